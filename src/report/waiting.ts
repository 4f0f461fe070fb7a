// Why a process or an action cannot move: the lock, who holds it and since when; or the condition, and what it sees.

import type { Blocker } from "../checker/interpret-path.ts";
import { locationOf } from "../checker/processes.ts";
import { heldLocks, present, type Session, type Situation } from "../checker/session.ts";
import type { State } from "../checker/transition-system.ts";
import type { Span } from "../diagnostics/source.ts";
import { allOps } from "../machine/code.ts";
import type { Code, Expr, Machine, Op } from "../machine/machine.ts";
import { lockCall } from "./locks.ts";
import { seenIn } from "./observe.ts";
import { listed, oneLine } from "./words.ts";
import { unbroken } from "./wrap.ts";

/** Each thing that keeps a mover from a step, once: `ptl = pmd_lock(): waits for ptl[1], which zapper[1] took in step 9`. */
export function blockedWords(session: Session, situation: Situation): readonly string[] {
  const words = situation.blockers.map((blocker) =>
    blockerWords(session, situation.mover, blocker),
  );
  return [...new Set(words)];
}

function blockerWords(session: Session, mover: number, blocker: Blocker): string {
  const { machine } = session.interpreter;
  const state = present(session);
  const code = codeAt(machine, state, mover);
  const op = [...allOps(code)].find((one) => "span" in one && sameSpan(one.span, blocker.span));
  const text = lineText(machine, code, op) ?? ownWords(machine, blocker);
  switch (blocker.kind) {
    case "lock":
      return `${text}: waits for ${blocker.lock}, ${holdingWords(session, blocker)}`;
    case "await": {
      if (op?.kind !== "await") return `${text}: waits`;
      return `${text}: waits until ${conditionWords(machine, state, mover, op.condition)}`;
    }
    case "choice": {
      if (op?.kind !== "pick" || op.where === null) return `${text}: there is nothing to choose`;
      return `${text}: waits for a choice with ${conditionWords(machine, state, mover, op.where)}`;
    }
    default:
      return blocker satisfies never;
  }
}

/** `which zapper[1] took in step 9`; for a lock that several read, all of them. */
function holdingWords(
  session: Session,
  { lock, holders }: Extract<Blocker, { readonly kind: "lock" }>,
): string {
  const held = heldLocks(session).filter(
    (one) => one.lock === lock && holders.includes(one.holder),
  );
  const words = held.map(
    ({ holder, read, since }) =>
      `${holder} took ${read ? "for reading " : ""}${unbroken(`in step ${since}`)}`,
  );
  return `which ${listed(words)}`;
}

/** `q.ready == true [q.ready == false]` */
function conditionWords(machine: Machine, state: State, mover: number, condition: Expr): string {
  const seen = seenIn(machine, state, mover, [condition]);
  const asked = sourceOf(condition.span);
  return seen.length === 0 ? asked : `${asked} [${seen.join(", ")}]`;
}

/** The code that a mover would run next. */
function codeAt(machine: Machine, state: State, mover: number): Code {
  const instance = machine.instances[mover];
  if (instance !== undefined) return locationOf(machine, instance, state).code;
  return machine.actions[mover - machine.instances.length]?.code ?? [];
}

/** The author's text for the line that an op belongs to, if there is one. */
function lineText(machine: Machine, code: Code, op: Op | undefined): string | null {
  if (op === undefined || !("span" in op)) return null;
  const lines = [...allOps(code)].flatMap((one) =>
    one.kind === "line" ? [machine.lines[one.line]] : [],
  );
  const line = lines.find((one) => one !== undefined && encloses(one.span, op.span));
  return line?.text == null ? null : oneLine(line.text);
}

function ownWords(machine: Machine, blocker: Blocker): string {
  if (blocker.kind !== "lock") return sourceOf(blocker.span);
  const { lock, read } = blocker;
  return lockCall(machine, { kind: "acquire", lock, read });
}

function sourceOf({ source, start, end }: Span): string {
  return oneLine(source.text.slice(start, end));
}

function sameSpan(one: Span, other: Span): boolean {
  return one.source === other.source && one.start === other.start && one.end === other.end;
}

function encloses(outer: Span, inner: Span): boolean {
  return outer.source === inner.source && outer.start <= inner.start && inner.end <= outer.end;
}
