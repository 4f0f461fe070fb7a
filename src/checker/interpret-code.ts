// Runs the code of one step: every way through it, in order. Slow and obviously right.
// A path is a state, the locals of its mover and what is still to be run; choices copy it and run each copy to its end.

import {
  type Code,
  type Expr,
  firstValue,
  type Instance,
  type Local,
  type Machine,
  type Op,
  type Place,
  type Value,
} from "../machine/machine.ts";
import { type Environment, evaluate, Fault, isTrue, lockOf } from "./evaluate.ts";
import {
  acquire,
  downgrade,
  holdsLock,
  locksHeld,
  release,
  tryAcquire,
} from "./interpret-locks.ts";
import type { Advance, Control, OpOf, Outcome, Path, Run, Ways } from "./interpret-path.ts";
import { machineProcess, withProcessFields } from "./processes.ts";
import type { State } from "./transition-system.ts";
import { elementsOf, entryOf, type Fields, fits } from "./values.ts";

/** All ways through a code from a state, in the order of the text and of the values picked. */
export function runCode(
  machine: Machine,
  self: Instance | null,
  code: Code,
  state: State,
  locals: ReadonlyMap<Local, Value>,
): Ways {
  const run: Run = { machine, self, outcomes: [], blocked: [] };
  follow(run, {
    state,
    control: { code, position: 0, loop: null, outer: null },
    locals: new Map(locals),
    events: [],
    branches: [],
    notes: [],
    costs: machine.costs.map(() => 0),
  });
  return run;
}

/** Runs a path to its end, or to the ends of all paths that it forks into. */
function follow(run: Run, path: Path): void {
  try {
    while (true) {
      const op = nextOp(path);
      if (perform(run, path, op) === "ended") return;
    }
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    end(run, path, null, { kind: error.kind, span: error.span });
  }
}

function end(run: Run, path: Path, next: State | null, fault: Outcome["fault"]): Advance {
  const { events, branches, notes, costs } = path;
  run.outcomes.push({ next, fault, events, branches, notes, costs });
  return "ended";
}

function fork(path: Path, code: Code): Path {
  return {
    state: path.state,
    control: { code, position: 0, loop: null, outer: path.control },
    locals: new Map(path.locals),
    events: [...path.events],
    branches: [...path.branches],
    notes: [...path.notes],
    costs: [...path.costs],
  };
}

/** Takes the next op off the control; falls through ends of code and starts rounds of loops. */
function nextOp(path: Path): Op {
  while (path.control !== null) {
    const { code, position, loop, outer } = path.control;
    const op = code[position];
    if (op !== undefined) {
      path.control = { code, position: position + 1, loop, outer };
      return op;
    }
    path.control = loop === null ? outer : round(loop.op, loop.round + 1, outer);
  }
  throw new Error("code that ends without going anywhere");
}

function round(op: OpOf<"loop">, number: number, outer: Control | null): Control {
  if (number > op.limit) throw new Fault("endless-loop", op.span);
  return { code: op.body, position: 0, loop: { op, round: number }, outer };
}

/** The control of the loop around that has this id. */
function loopControl(
  path: Path,
  id: number,
): Control & { readonly loop: NonNullable<Control["loop"]> } {
  for (let control = path.control; control !== null; control = control.outer) {
    if (control.loop?.op.id === id) return { ...control, loop: control.loop };
  }
  throw new Error(`no loop ${id} around`);
}

function environmentOf(run: Run, path: Path): Environment {
  return { machine: run.machine, state: path.state, step: null, locals: path.locals, bound: null };
}

function perform(run: Run, path: Path, op: Op): Advance {
  const environment = environmentOf(run, path);
  switch (op.kind) {
    case "assign":
      assign(path, op.place, evaluate(op.value, environment), environment);
      return "on";
    case "if": {
      const code = isTrue(op.condition, environment) ? op.then : op.otherwise;
      path.control = { code, position: 0, loop: null, outer: path.control };
      return "on";
    }
    case "loop":
      path.control = round(op, 1, path.control);
      return "on";
    case "break":
      path.control = loopControl(path, op.loop).outer;
      return "on";
    case "continue": {
      const { loop, outer } = loopControl(path, op.loop);
      path.control = round(loop.op, loop.round + 1, outer);
      return "on";
    }
    case "either":
      for (const branch of op.branches) follow(run, fork(path, branch));
      return "ended";
    case "pick":
      return pick(run, path, op, environment);
    case "await":
      if (isTrue(op.condition, environment)) return "on";
      run.blocked.push({ kind: "await", span: op.span });
      return "ended";
    case "acquire":
      return acquire(run, path, op, lockOf(op.lock, environment));
    case "try-acquire":
      tryAcquire(run, path, op, lockOf(op.lock, environment));
      return "on";
    case "release":
      release(run, path, op.span, lockOf(op.lock, environment));
      return "on";
    case "downgrade":
      downgrade(run, path, op.span, lockOf(op.lock, environment));
      return "on";
    case "assert":
      if (!isTrue(op.condition, environment))
        path.notes.push({ kind: "assert", assertion: op.assertion });
      return "on";
    case "cost": {
      const value = Number(evaluate(op.value, environment));
      if (value < 0) throw new Fault("negative-cost", op.span);
      const position = run.machine.costs.indexOf(op.cost);
      path.costs[position] = (path.costs[position] ?? 0) + value;
      path.events.push({ kind: "cost", cost: op.cost.name, value });
      return "on";
    }
    case "contract": {
      const held = holdsLock(run, path, lockOf(op.lock, environment));
      if (held !== isTrue(op.result, environment)) throw new Fault("contract-broken", op.span);
      return "on";
    }
    case "end":
      if (locksHeld(run, path).length > 0) throw new Fault("lock-held-at-end", op.span);
      return "on";
    case "goto":
      for (const local of op.resets) path.locals.set(local, firstValue(local.type));
      return end(run, path, arrive(run, path, op.location), null);
    case "stop":
      return end(run, path, path.state, null);
    case "fault":
      throw new Fault(op.fault, op.span);
    case "line":
      path.events.push({ kind: "line", line: op.line });
      return "on";
    case "branch":
      path.events.push({ kind: "branch", branch: op.branch });
      path.branches.push(op.branch);
      return "on";
    case "enter": {
      const { arguments: passed } = run.machine.frames[op.frame] as Machine["frames"][number];
      const values = passed.map((argument) => shown(argument, environment));
      path.events.push({ kind: "enter", frame: op.frame, arguments: values });
      return "on";
    }
    case "leave":
      path.events.push({ kind: "leave", frame: op.frame });
      return "on";
    default:
      return op satisfies never;
  }
}

/** What a call was passed, for readers only: it must not fault where the step itself does not. */
function shown(argument: Expr, environment: Environment): Value {
  try {
    return evaluate(argument, environment);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return null;
  }
}

/** A candidate whose `where` faults is a faulting step by itself; the others are offered all the same. */
function pick(run: Run, path: Path, op: OpOf<"pick">, environment: Environment): Advance {
  let candidates = 0;
  for (const value of elementsOf(evaluate(op.set, environment))) {
    const copy = fork(path, op.body);
    copy.locals.set(op.local, value);
    try {
      if (op.where !== null && !isTrue(op.where, environmentOf(run, copy))) continue;
      copy.events.push({ kind: "pick", name: op.local.name, value });
      follow(run, copy);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      end(run, copy, null, { kind: error.kind, span: error.span });
    }
    candidates += 1;
  }
  if (candidates > 0) return "ended";
  if (op.stuck === "fault") throw new Fault("atomic-stuck", op.span);
  run.blocked.push({ kind: "choice", span: op.span });
  return "ended";
}

function assign(path: Path, place: Place, value: Value, environment: Environment): void {
  const { root } = place;
  const old = root.kind === "variable" ? path.state[root.name] : path.locals.get(root);
  if (place.path.length > 0 && old === undefined)
    throw new Error(`no value to change: ${root.name}`);
  const updated = changed(place, 0, old ?? null, value, environment);
  if (!fits(place.type, value)) throw new Fault("range", place.span);
  if (root.kind === "variable") path.state = { ...path.state, [root.name]: updated };
  else path.locals.set(root, updated);
}

function changed(
  place: Place,
  depth: number,
  base: Value,
  value: Value,
  environment: Environment,
): Value {
  const step = place.path[depth];
  if (step === undefined) return value;
  if (step.kind === "element") {
    const elements = elementsOf(base);
    const index = Number(evaluate(step.index, environment));
    const element = elements[index];
    if (element === undefined) throw new Fault("index", place.span);
    return elements.with(index, changed(place, depth + 1, element, value, environment));
  }
  const key = step.kind === "field" ? step.name : String(evaluate(step.index, environment));
  const entry = entryOf(base, key);
  if (entry === undefined) throw new Fault("index", place.span);
  return { ...(base as Fields), [key]: changed(place, depth + 1, entry, value, environment) };
}

/** The state once the process stands at a location, with its stored locals. */
function arrive(run: Run, path: Path, location: number): State {
  if (run.self === null) throw new Error("an action that goes to a location");
  return placeProcess(run.machine, run.self, path.state, location, path.locals);
}

/** Puts a process at a location with these values of its stored locals. */
export function placeProcess(
  machine: Machine,
  instance: Instance,
  state: State,
  location: number,
  locals: ReadonlyMap<Local, Value>,
): State {
  const process = machineProcess(machine, instance.process);
  const fields: [string, Value][] = [["at", process.locations[location]?.name ?? ""]];
  for (const local of process.locals) {
    if (local.stored) fields.push([local.name, locals.get(local) as Value]);
  }
  return withProcessFields(instance, state, Object.fromEntries(fields));
}
