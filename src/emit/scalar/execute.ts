// Runs commands symbolically: when they can be taken, and when they fault, in terms of the state before the step.
//
// Assigned locals, variables and locks are laid over what the target reads. Where paths part, each goes on under its
// condition and they are laid together again; loops are unrolled, which ends because their conditions fold to constants.

import type { Span } from "../../diagnostics/source.ts";
import type { Assume, Command, CommandCode, CommandOp } from "../../machine/command.ts";
import { firstValue, type Local } from "../../machine/machine.ts";
import type { Refusal } from "../translation.ts";
import { evaluate } from "./evaluate.ts";
import { available, costFaults, lockFaults, lockKeys } from "./locks.ts";
import { either, locked, stored } from "./overlay.ts";
import { placeFaults } from "./place.ts";
import type { Scalar } from "./scalar.ts";
import { and, FALSE, isFalse, not, or, TRUE } from "./scalar-build.ts";
import { apart, mayGoWrong, type Notions, type Scope, scopeOf } from "./scope.ts";
import type { FaultSite, Reading, Who } from "./symbolic.ts";
import { expect, scalarOf } from "./symbolic-build.ts";
import { literal } from "./symbolic-values.ts";

export type Executed<T> =
  | { readonly kind: "result"; readonly result: T }
  | { readonly kind: "refusal"; readonly refusal: Refusal };

/** More ops than this in unrolled loops are refused. */
const MOST_OPS = 5000;

/** The condition under which the command can be taken. `reading.local` gives choices, the index and stored locals. */
export function offered(
  command: Command,
  notions: Notions,
  reading: Reading,
  self: Who | null,
): Executed<Scalar> {
  const last = command.code.findLastIndex(isAssume);
  return executed(() => {
    const run = begin(command, notions, reading, self);
    // What stands between two assumptions: what may fault there, and the assumption that follows.
    const stages: { readonly faults: Scalar; readonly holds: Scalar }[] = [];
    for (const op of command.code.slice(0, last + 1)) {
      if (isAssume(op)) {
        const holds = assumption(run, op);
        stages.push({ faults: some(run.scope.sites), holds });
        run.scope = apart(run.scope);
      } else if (!plain(run, op)) {
        // Something always goes wrong here.
        stages.push({ faults: some(run.scope.sites), holds: FALSE });
        break;
      }
    }
    return stages.reduceRight<Scalar>(
      (rest, { faults, holds }) => or(faults, and(holds, rest)),
      TRUE,
    );
  });
}

/** Everything that may go wrong in the command, once taken, in terms of the state before it. */
export function faultsOf(
  command: Command,
  notions: Notions,
  reading: Reading,
  self: Who | null,
): Executed<readonly FaultSite[]> {
  return executed(() => {
    const run = begin(command, notions, reading, self);
    block(run, command.code);
    return run.scope.sites;
  });
}

function isAssume(op: CommandOp): op is Assume {
  return op.kind === "assume" || op.kind === "assume-member" || op.kind === "assume-available";
}

function some(sites: readonly FaultSite[]): Scalar {
  return or(...sites.map(({ when }) => when));
}

// ---------------------------------------------------------------- one path

/** A path that is being run: where it is under `scope.path`, reading what was assigned before. */
interface Run {
  scope: Scope;
  readonly self: Who | null;
  readonly effort: { ops: number };
}

/** A way out of a block; the one that falls off its end has no jump. */
interface Exit {
  readonly jump: { readonly kind: "break" | "continue"; readonly loop: number } | "end" | null;
  readonly when: Scalar;
  readonly reading: Reading;
}

class Refused extends Error {
  readonly refusal: Refusal;

  constructor(span: Span | null, reason: string) {
    super(reason);
    this.refusal = { span, reason };
  }
}

function executed<T>(execute: () => T): Executed<T> {
  try {
    return { kind: "result", result: execute() };
  } catch (thrown) {
    if (thrown instanceof Refused) return { kind: "refusal", refusal: thrown.refusal };
    throw thrown;
  }
}

function begin(command: Command, notions: Notions, reading: Reading, self: Who | null): Run {
  const { owner } = command;
  const scratch = new Set<Local>(
    owner.kind === "process"
      ? owner.process.locals.filter((local) => !local.stored)
      : [...owner.action.parameters, ...owner.action.locals],
  );
  const fresh: Reading = {
    ...forwarded(reading),
    local: (local) =>
      scratch.has(local)
        ? literal(notions, firstValue(local.type), local.type)
        : reading.local(local),
  };
  return { scope: scopeOf(notions, fresh), self, effort: { ops: 0 } };
}

function forwarded(reading: Reading): Reading {
  return {
    variable: (variable) => reading.variable(variable),
    local: (local) => reading.local(local),
    lock: (lock, keys) => reading.lock(lock, keys),
    at: (who, locations) => reading.at(who, locations),
    processVariable: (who, local) => reading.processVariable(who, local),
  };
}

/** Whether the assumption holds; `scope.sites` gets what makes the command one that faults here. */
function assumption(run: Run, op: Assume): Scalar {
  const { self } = run;
  switch (op.kind) {
    case "assume": {
      const within = apart(run.scope);
      const condition = scalarOf(evaluate(op.condition, within));
      const holds = op.negated ? not(condition) : condition;
      return judged(run, within, holds, op.faulty);
    }
    case "assume-member": {
      const within = apart(run.scope);
      const set = expect(evaluate(op.set, within), "set");
      const holds = set.has(run.scope.reading.local(op.choice));
      return judged(run, within, holds, op.faulty);
    }
    case "assume-available": {
      const { lock, read } = op.acquire;
      const keys = lockKeys(lock, run.scope);
      return available(run.scope.reading.lock(lock.lock, keys), read, selfOf(self));
    }
    default:
      return op satisfies never;
  }
}

function judged(run: Run, within: Scope, holds: Scalar, faulty: boolean): Scalar {
  if (!faulty) return and(not(some(within.sites)), holds);
  run.scope.sites.push(...within.sites);
  return holds;
}

function selfOf(self: Who | null): Who {
  if (self === null) throw new Error("a lock operation in an action");
  return self;
}

// ---------------------------------------------------------------- ops

/** Runs an op that goes on with the next one; false if it never comes there because it always faults. */
function plain(run: Run, op: CommandOp): boolean {
  const [exit, ...others] = block(run, [op]);
  if (exit === undefined) return false;
  if (exit.jump !== null || others.length > 0) {
    throw new Error(`an op that does not go on: ${op.kind}`);
  }
  run.scope = { ...run.scope, reading: exit.reading };
  return true;
}

/** All ways out of a block, those that fall off its end laid together as the first. */
function block(run: Run, code: CommandCode): readonly Exit[] {
  const exits: Exit[] = [];
  let at: Run = run;
  for (const op of code) {
    run.effort.ops += 1;
    if (run.effort.ops > MOST_OPS && "span" in op) {
      throw new Refused(op.span, "the loops of this step have too many rounds to be unrolled");
    }
    const found = perform(at, op);
    exits.push(...found.filter(({ jump }) => jump !== null));
    const on = together(found.filter(({ jump }) => jump === null));
    if (on === null) return exits;
    at = { ...at, scope: { ...at.scope, reading: on.reading, path: on.when } };
  }
  return [{ jump: null, when: at.scope.path, reading: at.scope.reading }, ...exits];
}

function perform(run: Run, op: CommandOp): readonly Exit[] {
  const { scope } = run;
  const on = (reading = scope.reading): readonly Exit[] => [
    { jump: null, when: scope.path, reading },
  ];
  switch (op.kind) {
    case "assign": {
      const value = evaluate(op.value, scope);
      const path = placeFaults(op.place, value, scope, op.value.type);
      return on(stored(scope.reading, op.place, path, value));
    }
    case "if": {
      const condition = scalarOf(evaluate(op.condition, scope));
      const arm = (code: CommandCode, holds: Scalar): readonly Exit[] => {
        const path = and(scope.path, holds);
        return isFalse(path) ? [] : block({ ...run, scope: { ...scope, path } }, code);
      };
      return [...arm(op.then, condition), ...arm(op.otherwise, not(condition))];
    }
    case "loop":
      return rounds(run, op);
    case "break":
    case "continue":
      return [{ jump: { kind: op.kind, loop: op.loop }, when: scope.path, reading: scope.reading }];
    case "acquire":
    case "try-acquire":
    case "release":
    case "downgrade":
    case "contract":
    case "end": {
      const keys = lockFaults(op, selfOf(run.self), scope);
      return on(locked(scope, op, keys, selfOf(run.self)));
    }
    case "assert":
      evaluate(op.condition, scope);
      return on();
    case "cost":
      costFaults(op, scope);
      return on();
    case "fault":
      mayGoWrong(scope, TRUE, op.fault, op.span);
      return [{ jump: "end", when: scope.path, reading: scope.reading }];
    case "goto":
    case "stop":
      return [{ jump: "end", when: scope.path, reading: scope.reading }];
    case "assume":
    case "assume-member":
    case "assume-available": {
      // Whoever takes the command knows that it holds, unless evaluating it faults.
      assumption(run, op);
      return on();
    }
    case "line":
    case "branch":
    case "enter":
    case "leave":
      return on();
    default:
      return op satisfies never;
  }
}

function rounds(run: Run, op: Extract<CommandOp, { readonly kind: "loop" }>): readonly Exit[] {
  const out: Exit[] = [];
  const isMine = ({ jump }: Exit): boolean =>
    jump !== null && jump !== "end" && jump.loop === op.id;
  let at: Run = run;
  for (let round = 1; ; round += 1) {
    if (round > op.limit) {
      mayGoWrong(at.scope, TRUE, "endless-loop", op.span);
      break;
    }
    const exits = block(at, op.body);
    out.push(...exits.filter((exit) => exit.jump !== null && !isMine(exit)));
    const mine = exits.filter(isMine);
    out.push(
      ...mine
        .filter(({ jump }) => jump !== null && jump !== "end" && jump.kind === "break")
        .map((exit) => ({ ...exit, jump: null })),
    );
    const again = together(
      exits.filter(
        ({ jump }) =>
          jump === null || (jump !== "end" && jump.kind === "continue" && jump.loop === op.id),
      ),
    );
    if (again === null) break;
    at = { ...at, scope: { ...at.scope, reading: again.reading, path: again.when } };
  }
  return out;
}

/** One exit for several that go on alike; null if there is none. */
function together(
  exits: readonly Exit[],
): { readonly when: Scalar; readonly reading: Reading } | null {
  const possible = exits.filter(({ when }) => !isFalse(when));
  const last = possible.at(-1);
  if (last === undefined) return null;
  return possible.slice(0, -1).reduceRight(
    (rest, { when, reading }) => ({
      when: or(when, rest.when),
      reading: either(when, reading, rest.reading),
    }),
    { when: last.when, reading: last.reading },
  );
}
