// Why a process or an action cannot move: the lock, who holds it and since when; or the condition, and what it sees.

import type { Blocker } from "../checker/interpret-path.ts";
import { locationOf } from "../checker/processes.ts";
import { type Held, heldLocks, present, type Session, type Situation } from "../checker/session.ts";
import type { State } from "../checker/transition-system.ts";
import type { Span } from "../diagnostics/source.ts";
import { allOps } from "../machine/code.ts";
import type { Code, Expr, Machine, Op } from "../machine/machine.ts";
import { lockCall } from "./locks.ts";
import { seenIn } from "./observe.ts";
import { listed, oneLine } from "./words.ts";
import { unbroken } from "./wrap.ts";

/** Each thing that keeps a mover from a step, once: `ptl = pmd_lock(): waits for ptl[1], held by zapper[1] since step 9`. */
export function blockedWords(session: Session, { mover, blockers }: Situation): readonly string[] {
  const { machine } = session.interpreter;
  const code = codeAt(machine, present(session), mover);
  const words = blockers.map((blocker) => {
    const op = [...allOps(code)].find((one) => "span" in one && sameSpan(one.span, blocker.span));
    const text = lineText(machine, code, blocker.span) ?? callOf(machine, blocker);
    return `${text === null ? "" : `${text}: `}${waitWords(session, mover, blocker, op)}`;
  });
  return [...new Set(words)];
}

function waitWords(session: Session, mover: number, blocker: Blocker, op: Op | undefined): string {
  switch (blocker.kind) {
    case "lock": {
      const held = heldLocks(session).filter(({ lock }) => lock === blocker.lock);
      return `waits for ${blocker.lock}, ${heldWords(held)}`;
    }
    case "await":
      return op?.kind === "await"
        ? `waits until ${conditionWords(session, mover, op.condition)}`
        : "waits";
    case "choice": {
      if (op?.kind !== "pick") return "waits for a choice";
      const set = sourceOf(op.set.span);
      return op.where === null
        ? `waits for an element of ${set}`
        : `waits for an element of ${set} with ${conditionWords(session, mover, op.where)}`;
    }
    default:
      return blocker satisfies never;
  }
}

/** `held by zapper[1] since step 9`, of the holders of one lock. */
export function heldWords(held: readonly Held[]): string {
  const reading = held.some(({ read }) => read) ? "for reading " : "";
  const holders = held.map(({ holder, since }) => `${holder} ${unbroken(`since step ${since}`)}`);
  return `held ${reading}by ${listed(holders)}`;
}

/** `q.ready [q.ready == false]` */
function conditionWords(session: Session, mover: number, condition: Expr): string {
  const seen = seenIn(session.interpreter.machine, present(session), mover, [condition]);
  const asked = sourceOf(condition.span);
  return seen.length === 0 ? asked : `${asked} [${seen.map(unbroken).join(", ")}]`;
}

/** The code that a mover would run next. */
function codeAt(machine: Machine, state: State, mover: number): Code {
  const instance = machine.instances[mover];
  if (instance !== undefined) return locationOf(machine, instance, state).code;
  return machine.actions[mover - machine.instances.length]?.code ?? [];
}

/** The author's text for the line at a place, if there is one. */
function lineText(machine: Machine, code: Code, span: Span): string | null {
  const lines = [...allOps(code)].flatMap((op) =>
    op.kind === "line" ? [machine.lines[op.line]] : [],
  );
  const line = lines.find((one) => one !== undefined && encloses(one.span, span));
  return line?.text == null ? null : oneLine(line.text);
}

/** A lock's own call; a condition speaks for itself. */
function callOf(machine: Machine, blocker: Blocker): string | null {
  if (blocker.kind !== "lock") return null;
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
