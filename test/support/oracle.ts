// The meaning of statements, read straight off the typed model: a second opinion on everything that lowering does
// (steps, folding, inlined calls, dead locals). A process is a stack of what it still has to do; a step runs until
// control stands before the next one. Slow, and written from the language reference, not from the lowering.

import { type Environment, evaluate, Fault, isTrue } from "../../src/checker/evaluate.ts";
import { runCode } from "../../src/checker/interpret-code.ts";
import { elementsOf, fits, sameValue } from "../../src/checker/values.ts";
import { readsShared } from "../../src/language/expressions.ts";
import type {
  Action,
  Body,
  Call,
  Computation,
  Condition,
  Label,
  Local,
  Place,
  Stmt,
} from "../../src/language/model.ts";
import { type Value, valuesOf as valuesOfType } from "../../src/language/types.ts";
import type { Machine, MachineLocal, Op } from "../../src/machine/machine.ts";
import {
  type Arrival,
  BEFORE,
  blocksIn,
  copied,
  isUnder,
  type Names,
  namesFor,
  newCell,
  push,
  SPENT,
  type Stack,
  type StmtOf,
  storeAt,
  valueAt,
  valuesOf,
  type Way,
  type Work,
} from "./oracle-path.ts";

/** Rounds of a loop inside one step, as the machines of the corpus allow. */
export interface Oracle {
  readonly machine: Machine;
  readonly loopLimit: number;
}

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
    attempt(oracle, from, arrivals, () => {
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

export function block(body: Body, names: Names): Work {
  return { kind: "block", body, position: 0, names };
}

/** Where `return` goes in a body that is not a fn's. */
export function exit(body: Body, names: Names): Work {
  return { kind: "exit", callee: null, body, result: null, names };
}

function around({ machine }: Oracle, way: Way, names: Names): Environment {
  return { machine, state: way.state, step: null, locals: valuesOf(names, way), bound: null };
}

function attempt(oracle: Oracle, way: Way, arrivals: Arrival[], work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    arrive(oracle, way, arrivals, error);
  }
}

function arrive(_: Oracle, way: Way, arrivals: Arrival[], fault: Fault | null): void {
  const { state, stack, cells, notes, costs } = way;
  arrivals.push({ fault, state, thread: { stack, cells }, notes, costs });
}

/** Runs a way to the end of its step, and all ways that it forks into. */
function run(oracle: Oracle, way: Way, arrivals: Arrival[]): void {
  attempt(oracle, way, arrivals, () => {
    for (;;) {
      leaveFences(way);
      const { stack } = way;
      if (stack === null) {
        endProcess(oracle, way);
        arrive(oracle, way, arrivals, null);
        return;
      }
      const { work } = stack;
      if (way.stage.spent && isStep(work)) {
        arrive(oracle, way, arrivals, null);
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

// ---------------------------------------------------------------- what is a step

function statementOf(work: Work): Stmt | null {
  return work.kind === "block" ? (work.body.statements[work.position] ?? null) : null;
}

function isEntry(work: Work): boolean {
  return statementOf(work)?.kind === "atomic";
}

function isStep(work: Work): boolean {
  switch (work.kind) {
    case "block": {
      const statement = statementOf(work);
      return statement !== null && isStepStatement(statement);
    }
    case "again":
      return work.statement.kind === "while" && takesStep(work.statement.condition.computation);
    case "arms": {
      const arm = work.statement.arms[work.arm];
      return arm !== undefined && takesStep(arm.condition.computation);
    }
    case "next":
      return work.statement.any && work.left.length > 0;
    case "store":
      return isSharedPlace(work.statement.target);
    default:
      return false;
  }
}

function isStepStatement(statement: Stmt): boolean {
  switch (statement.kind) {
    case "skip":
    case "acquire":
    case "release":
    case "downgrade":
    case "await":
    case "either":
    case "pick":
    case "atomic":
      return true;
    case "assign": {
      const { value, target } = statement;
      if (value.kind === "call") return takesStep(value);
      return isSharedPlace(target) || takesStep(value);
    }
    case "assert":
      return readsShared(statement.condition);
    case "call":
      return passesShared(statement.call);
    case "return":
      return statement.value !== null && takesStep(statement.value);
    case "for":
      return statement.any && readsShared(statement.set);
    default:
      // The conditions of `if` and `while` are work of their own.
      return false;
  }
}

function takesStep(computation: Computation): boolean {
  switch (computation.kind) {
    case "expression":
      return readsShared(computation.value);
    case "call":
      return passesShared(computation.call);
    default:
      return true;
  }
}

function passesShared(call: Call): boolean {
  return call.arguments.some((one) => one.kind === "value" && readsShared(one.value));
}

function isSharedPlace({ root, path }: Place): boolean {
  return (
    root.kind === "variable" ||
    path.some((step) => step.kind !== "field" && readsShared(step.index))
  );
}

// ---------------------------------------------------------------- doing it

/** `forked`: the way has ended here, or gone on as others. */
type Outcome = "on" | "forked";

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
      unwindLoop(way, true);
      return "on";
    case "continue":
      unwindLoop(way, false);
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

// ---------------------------------------------------------------- values

function assign(
  oracle: Oracle,
  way: Way,
  { target, operator }: { readonly target: Place; readonly operator: ":=" | "+=" | "-=" },
  computed: () => Value,
  names: Names,
): void {
  const environment = around(oracle, way, names);
  const old = operator === ":=" ? null : Number(valueAt(target, way, names, environment));
  const value = computed();
  const sum = old === null ? value : operator === "+=" ? old + Number(value) : old - Number(value);
  // A step function may have changed what an index reads.
  storeAt(target, sum, way, names, around(oracle, way, names));
}

function compute(oracle: Oracle, way: Way, computation: Computation, names: Names): Value {
  const environment = around(oracle, way, names);
  switch (computation.kind) {
    case "expression":
      return evaluate(computation.value, environment);
    case "try-acquire": {
      const { lock, span } = computation;
      const result: MachineLocal = {
        ...{ kind: "local", name: "taken", type: { kind: "bool" }, role: "result", span },
        stored: false,
      };
      const { outcomes } = runCode(
        oracle.machine,
        way.instance,
        [{ kind: "try-acquire", lock, result, span }, { kind: "stop" }],
        way.state,
        valuesOf(names, way),
      );
      const [outcome] = outcomes;
      if (outcome === undefined) throw new Error("a try waits");
      if (outcome.fault !== null) throw new Fault(outcome.fault.kind, outcome.fault.span);
      way.state = outcome.next ?? way.state;
      return outcome.events.some((event) => event.kind === "try-acquire" && event.taken);
    }
    case "step-function": {
      const { place } = computation;
      const old = valueAt(place, way, names, environment);
      const [first, second] = computation.arguments;
      if (first === undefined) throw new Error("a step function without arguments");
      if (computation.function === "cmpxchg") {
        const equal = sameValue(old, evaluate(first, environment));
        if (equal && second !== undefined) {
          storeAt(place, evaluate(second, environment), way, names, environment);
        }
        return equal;
      }
      const given = evaluate(first, environment);
      const next = computation.function === "xchg" ? given : Number(old) + Number(given);
      storeAt(place, next, way, names, environment);
      return old;
    }
    case "call":
      throw new Error("a call has no value before it is over");
    default:
      return computation satisfies never;
  }
}

/** Runs one op on locks or costs, as the interpreter of machines does. */
function lockWork(
  oracle: Oracle,
  way: Way,
  op: Op,
  names: Names = new Map<Local, number>(),
): Outcome {
  const { machine } = oracle;
  const locals = valuesOf(names, way);
  const { outcomes } = runCode(machine, way.instance, [op, { kind: "stop" }], way.state, locals);
  const [outcome] = outcomes;
  if (outcome === undefined) return "forked";
  if (outcome.fault !== null) throw new Fault(outcome.fault.kind, outcome.fault.span);
  way.state = outcome.next ?? way.state;
  way.notes.push(...outcome.notes);
  way.costs = way.costs.map((cost, index) => cost + (outcome.costs[index] ?? 0));
  return "on";
}

// ---------------------------------------------------------------- calls, choices, jumps

function enter(oracle: Oracle, way: Way, call: Call, result: number | null, names: Names): void {
  const { function: callee } = call;
  const given = new Map<Local, number>();
  const environment = around(oracle, way, names);
  callee.parameters.forEach((parameter, index) => {
    const argument = call.arguments[index];
    if (argument === undefined) throw new Error(`${callee.name} lacks an argument`);
    if (argument.kind === "reference") {
      given.set(parameter, names.get(argument.local) ?? -1);
      return;
    }
    const cell = newCell();
    way.cells.set(cell, evaluate(argument.value, environment));
    given.set(parameter, cell);
  });
  const inside = namesFor(callee.body, given, way);
  push(way, block(callee.body, inside), {
    kind: "exit",
    callee,
    result,
    body: callee.body,
    names: inside,
  });
}

function leaveCall(oracle: Oracle, way: Way, work: Work & { readonly kind: "exit" }): Outcome {
  const { callee, result, names } = work;
  if (callee?.contract == null || result === null) return "on";
  const { lock, span } = callee.contract;
  const value = way.cells.get(result) ?? null;
  return lockWork(
    oracle,
    way,
    {
      kind: "contract",
      lock,
      result: { kind: "literal", value, type: { kind: "bool" }, span },
      span,
    },
    names,
  );
}

/** `return` with a value: it goes into the cell that the caller reads. */
function giveBack(way: Way, value: Value, span: Stmt["span"]): void {
  unwindTo(way, ({ kind }) => kind === "exit");
  const work = way.stack?.work;
  if (work?.kind !== "exit" || work.result === null) return;
  const type = work.callee?.result;
  if (type != null && !fits(type, value)) throw new Fault("range", span);
  way.cells.set(work.result, value);
}

/** Takes work off the stack until some that is wanted lies on top. */
function unwindTo(way: Way, wanted: (work: Work) => boolean): void {
  while (way.stack !== null && !wanted(way.stack.work)) way.stack = way.stack.below;
}

function unwindLoop(way: Way, leave: boolean): void {
  unwindTo(way, ({ kind }) => kind === "again" || kind === "next");
  if (leave) way.stack = way.stack?.below ?? null;
}

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
    attempt(oracle, other, arrivals, () => {
      candidates += 1;
      const { where } = statement;
      if (where !== null && !isTrue(where, around(oracle, other, names))) {
        candidates -= 1;
        return;
      }
      choose(other, block(statement.body, names), names);
      run(oracle, other, arrivals);
    });
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

/** `goto`: the stack as it is at the label, with the loops and choices around it that the `goto` stands in, too. */
function jump(way: Way, label: Label, names: Names): void {
  const kept: Work[] = [];
  let stack: Stack | null = way.stack;
  for (; stack !== null && stack.work.kind !== "exit"; stack = stack.below) {
    if (stack.work.kind === "fence" || stack.work.kind === "next") kept.unshift(stack.work);
  }
  const exitWork = stack?.work;
  way.stack = stack;
  const body = exitWork?.kind === "exit" ? bodyOf(exitWork) : null;
  const path = body === null ? null : pathTo(body, label);
  if (path === null) throw new Error(`no label ${label.name}`);
  for (const { block: inside, position, container } of path) {
    if (container !== null) {
      if (container.kind === "while" || container.kind === "loop") {
        push(way, { kind: "again", statement: container, rounds: 0, names });
      } else if (container.kind !== "if") {
        const count = container.kind === "for" && container.any ? 2 : 1;
        for (const work of kept.splice(0, count)) push(way, work);
      }
    }
    push(way, { kind: "block", body: inside, position, names });
  }
}

function bodyOf(work: Work & { readonly kind: "exit" }): Body | null {
  return work.callee?.body ?? work.body;
}

interface Level {
  readonly block: Body;
  readonly position: number;
  /** The statement that holds the block; null for the body itself. */
  readonly container: Stmt | null;
}

/** The blocks around a label, outermost first; each but the last goes on behind the statement that holds the next. */
function pathTo(body: Body, label: Label, container: Stmt | null = null): readonly Level[] | null {
  if (body.endLabels.some(({ name }) => name === label.name)) {
    return [{ block: body, position: body.statements.length, container }];
  }
  for (const [position, statement] of body.statements.entries()) {
    if (statement.labels.some(({ name }) => name === label.name)) {
      return [{ block: body, position, container }];
    }
    for (const inner of blocksIn(statement)) {
      const path = pathTo(inner, label, statement);
      if (path !== null) return [{ block: body, position: position + 1, container }, ...path];
    }
  }
  return null;
}
