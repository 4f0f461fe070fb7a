// The meaning of statements, read straight off the typed model: a second opinion on everything that lowering does
// (steps, folding, inlined calls, dead locals). A process is a stack of what it still has to do; a step runs until
// control stands before the next one. Slow, and written from the language reference, not from the lowering.

import { evaluate, Fault, isTrue } from "../../src/checker/evaluate.ts";
import { elementsOf, sameValue } from "../../src/checker/values.ts";
import type { Action, Condition } from "../../src/language/model.ts";
import { valuesOf as valuesOfType } from "../../src/language/types.ts";
import { enter, leaveCall } from "./oracle-calls.ts";
import { block, exit, giveBack, jump, unwindLoop, unwindTo } from "./oracle-jumps.ts";
import {
  type Arrival,
  BEFORE,
  copied,
  isUnder,
  type Names,
  namesFor,
  newCell,
  push,
  SPENT,
  type StmtOf,
  type Way,
  type Work,
} from "./oracle-path.ts";
import { isEntry, isStep } from "./oracle-steps.ts";
import { around, assign, compute, lockWork, type Oracle, type Outcome } from "./oracle-values.ts";

/** All ways through the next step of a process; none if it waits or is done. */
export function stepsOf(oracle: Oracle, way: Way): readonly Arrival[] {
  const arrivals: Arrival[] = [];
  if (way.stack !== null) run(oracle, { ...copied(way), stage: BEFORE }, arrivals);
  return arrivals;
}

/** The local work of a process before its first step. */
export function startOf(oracle: Oracle, way: Way): Arrival {
  const arrivals: Arrival[] = [];
  run(oracle, { ...copied(way), stage: SPENT }, arrivals);
  const [arrival] = arrivals;
  if (arrival === undefined) throw new Error("the work before the first step waits");
  return arrival;
}

/** All ways to take an action. */
export function actionSteps(oracle: Oracle, action: Action, way: Way): readonly Arrival[] {
  const arrivals: Arrival[] = [];
  const choose = (position: number, names: Names, from: Way): void => {
    const parameter = action.parameters[position];
    if (parameter !== undefined) {
      for (const value of valuesOfType(parameter.type)) {
        const next = copied(from);
        const cell = newCell();
        next.cells.set(cell, value);
        choose(position + 1, new Map(names).set(parameter, cell), next);
      }
      return;
    }
    attempt(from, arrivals, () => {
      if (action.when !== null && !isTrue(action.when, around(oracle, from, names))) return;
      const fence = newCell();
      const inside = namesFor(action.body, names, from);
      push(from, block(action.body, inside), exit(action.body, inside), {
        kind: "fence",
        id: fence,
        names,
      });
      from.stage = { ...BEFORE, atomic: fence };
      run(oracle, from, arrivals);
    });
  };
  choose(0, new Map(), { ...copied(way), stack: null });
  return arrivals;
}

function attempt(way: Way, arrivals: Arrival[], work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    arrive(way, arrivals, error);
  }
}

function arrive(way: Way, arrivals: Arrival[], fault: Fault | null): void {
  const { state, stack, cells, notes, costs } = way;
  arrivals.push({ fault, state, thread: { stack, cells }, notes, costs });
}

/** Runs a way to the end of its step, and all ways that it forks into. */
function run(oracle: Oracle, way: Way, arrivals: Arrival[]): void {
  attempt(way, arrivals, () => {
    for (;;) {
      leaveFences(way);
      const { stack } = way;
      if (stack === null) {
        endProcess(oracle, way);
        arrive(way, arrivals, null);
        return;
      }
      const { work } = stack;
      if (way.stage.spent && isStep(work)) {
        arrive(way, arrivals, null);
        return;
      }
      way.stack = stack.below;
      const step = isStep(work);
      if (perform(oracle, way, work, arrivals) === "forked") return;
      if (step && !way.stage.spent) {
        const { atomic } = way.stage;
        // An `atomic` block just entered has not begun; after any other step it has.
        if (atomic === null) way.stage = SPENT;
        else if (!isEntry(work)) way.stage = { ...way.stage, choice: null, begun: true };
      }
    }
  });
}

/** Leaving an `atomic` block, or a branch without a step, ends the step. */
function leaveFences(way: Way): void {
  const { stage } = way;
  if (stage.atomic !== null && !isUnder(way.stack, stage.atomic)) way.stage = SPENT;
  const { choice, atomic } = way.stage;
  if (choice !== null && !isUnder(way.stack, choice)) {
    way.stage = atomic === null ? SPENT : { ...way.stage, choice: null, begun: true };
  }
}

function endProcess(oracle: Oracle, way: Way): void {
  if (way.instance === null) return;
  const { span } = way.instance.process.body;
  const at = { ...span, start: Math.max(span.start, span.end - 1) };
  lockWork(oracle, way, { kind: "end", span: at });
}

// ---------------------------------------------------------------- doing it

function perform(oracle: Oracle, way: Way, work: Work, arrivals: Arrival[]): Outcome {
  switch (work.kind) {
    case "fence":
      return "on";
    case "exit":
      return leaveCall(oracle, way, work);
    case "store":
      assign(oracle, way, work.statement, () => way.cells.get(work.cell) ?? null, work.names);
      return "on";
    case "give":
      giveBack(way, way.cells.get(work.cell) ?? null, work.span);
      return "on";
    case "decide": {
      const met = (way.cells.get(work.cell) === true) !== work.negated;
      const next = met ? work.then : work.otherwise;
      if (next !== null) push(way, next);
      return "on";
    }
    case "arms": {
      const { statement, arm, names } = work;
      const current = statement.arms[arm];
      if (current === undefined) {
        if (statement.otherwise !== null) push(way, block(statement.otherwise, names));
        return "on";
      }
      const then = block(current.body, names);
      return decide(oracle, way, current.condition, then, { ...work, arm: arm + 1 }, names);
    }
    case "again": {
      const { statement, names } = work;
      const rounds = way.stage.atomic === null ? 0 : work.rounds + 1;
      if (rounds > oracle.loopLimit) throw new Fault("endless-loop", statement.span);
      const round: Work = { kind: "round", statement, rounds, names };
      if (statement.kind === "while") {
        return decide(oracle, way, statement.condition, round, null, names);
      }
      push(way, round);
      return "on";
    }
    case "round":
      push(way, block(work.statement.body, work.names), { ...work, kind: "again" });
      return "on";
    case "next":
      return nextRound(oracle, way, work, arrivals);
    case "block":
      return performNext(oracle, way, work, arrivals);
    default:
      return work satisfies never;
  }
}

function decide(
  oracle: Oracle,
  way: Way,
  { computation, negated }: Condition,
  then: Work,
  otherwise: Work | null,
  names: Names,
): Outcome {
  const cell = newCell();
  push(way, { kind: "decide", cell, negated, then, otherwise, names });
  if (computation.kind === "call") enter(oracle, way, computation.call, cell, names);
  else way.cells.set(cell, compute(oracle, way, computation, names));
  return "on";
}

/** The next statement of a block, or its end. */
function performNext(
  oracle: Oracle,
  way: Way,
  work: Work & { readonly kind: "block" },
  arrivals: Arrival[],
): Outcome {
  const { names } = work;
  const statement = work.body.statements[work.position];
  if (statement === undefined) return "on";
  push(way, { ...work, position: work.position + 1 });
  const environment = around(oracle, way, names);
  switch (statement.kind) {
    case "skip":
      return "on";
    case "assign": {
      const { value } = statement;
      if (value.kind !== "call") {
        assign(oracle, way, statement, () => compute(oracle, way, value, names), names);
        return "on";
      }
      const cell = newCell();
      push(way, { kind: "store", statement, cell, names });
      enter(oracle, way, value.call, cell, names);
      return "on";
    }
    case "ghost":
      assign(oracle, way, statement, () => evaluate(statement.value, environment), names);
      return "on";
    case "cost":
      return lockWork(oracle, way, { ...statement, kind: "cost" }, names);
    case "acquire":
    case "release":
    case "downgrade":
      return lockWork(oracle, way, statement, names);
    case "await":
      return isTrue(statement.condition, environment) ? "on" : "forked";
    case "assert": {
      const assertion = oracle.machine.assertions.findIndex(
        ({ span }) => span.start === statement.span.start && span.source === statement.span.source,
      );
      if (!isTrue(statement.condition, environment)) way.notes.push({ kind: "assert", assertion });
      return "on";
    }
    case "if":
      push(way, { kind: "arms", statement, arm: 0, names });
      return "on";
    case "while":
    case "loop":
      push(way, { kind: "again", statement, rounds: 0, names });
      return "on";
    case "break":
    case "continue":
      unwindLoop(way, statement.kind === "break");
      return "on";
    case "for": {
      const left = elementsOf(evaluate(statement.set, environment));
      push(way, { kind: "next", statement, left, names });
      return "on";
    }
    case "either":
      for (const branch of statement.branches) {
        const other = copied(way);
        choose(other, block(branch, names), names);
        run(oracle, other, arrivals);
      }
      return "forked";
    case "pick":
      return pick(oracle, way, statement, names, arrivals);
    case "call":
      enter(oracle, way, statement.call, null, names);
      return "on";
    case "return": {
      const { value, span } = statement;
      if (value === null) unwindTo(way, (at) => at.kind === "exit");
      else if (value.kind === "call") {
        const cell = newCell();
        push(way, { kind: "give", cell, span, names });
        enter(oracle, way, value.call, cell, names);
      } else giveBack(way, compute(oracle, way, value, names), span);
      return "on";
    }
    case "goto":
      jump(way, statement.label, names);
      return "on";
    case "atomic": {
      const fence = newCell();
      push(way, block(statement.body, names), { kind: "fence", id: fence, names });
      if (way.stage.atomic === null) way.stage = { ...BEFORE, atomic: fence };
      return "on";
    }
    default:
      return statement satisfies never;
  }
}

// ---------------------------------------------------------------- calls, choices, jumps

/** Puts a branch of a choice on the stack: its first step is one with the choice. */
function choose(way: Way, branch: Work, names: Names): void {
  const fence = newCell();
  push(way, branch, { kind: "fence", id: fence, names });
  way.stage = { ...way.stage, choice: fence };
}

function pick(
  oracle: Oracle,
  way: Way,
  statement: StmtOf<"pick">,
  names: Names,
  arrivals: Arrival[],
): Outcome {
  const { atomic, begun } = way.stage;
  let candidates = 0;
  for (const value of elementsOf(evaluate(statement.set, around(oracle, way, names)))) {
    const other = copied(way);
    other.cells.set(names.get(statement.local) ?? -1, value);
    // A candidate whose `where` faults is one all the same.
    let met = true;
    attempt(other, arrivals, () => {
      const { where } = statement;
      met = where === null || isTrue(where, around(oracle, other, names));
      if (!met) return;
      choose(other, block(statement.body, names), names);
      run(oracle, other, arrivals);
    });
    if (met) candidates += 1;
  }
  if (candidates === 0 && atomic !== null && begun) throw new Fault("atomic-stuck", statement.span);
  return "forked";
}

function nextRound(
  oracle: Oracle,
  way: Way,
  work: Work & { readonly kind: "next" },
  arrivals: Arrival[],
): Outcome {
  const { statement, left, names } = work;
  const cell = names.get(statement.local) ?? -1;
  const [first, ...rest] = left;
  if (first === undefined) return "on";
  const body = block(statement.body, names);
  if (!statement.any) {
    way.cells.set(cell, first);
    push(way, body, { ...work, left: rest });
    return "on";
  }
  for (const value of left) {
    const other = copied(way);
    other.cells.set(cell, value);
    push(other, { ...work, left: left.filter((one) => !sameValue(one, value)) });
    choose(other, body, names);
    run(oracle, other, arrivals);
  }
  return "forked";
}
