// Runs a machine and the oracle side by side: from each state of the machine, the steps of both must be the same ones, in
// the same order, and leave variables, locks and what properties see of processes alike.

import { interpret } from "../../src/checker/interpret.ts";
import { noteKey } from "../../src/checker/interpreted-system.ts";
import { isDone, processFields, withProcessFields } from "../../src/checker/processes.ts";
import type { Note, State } from "../../src/checker/transition-system.ts";
import { entryOf } from "../../src/checker/values.ts";
import { positionAt, type Span } from "../../src/diagnostics/source.ts";
import type { Local, Model } from "../../src/language/model.ts";
import type { Value } from "../../src/language/types.ts";
import type { Instance, Machine } from "../../src/machine/machine.ts";
import { stateKey } from "../../src/machine/state.ts";
import { actionSteps, startOf, stepsOf } from "./oracle.ts";
import { block, exit } from "./oracle-jumps.ts";
import type { Arrival } from "./oracle-path.ts";
import {
  BEFORE,
  type Names,
  namesFor,
  newCell,
  push,
  type Thread,
  type Way,
} from "./oracle-path.ts";
import type { Oracle } from "./oracle-values.ts";

/** A state as the oracle has it, beside one of the machine. */
interface Pair {
  readonly machine: State;
  readonly shared: State;
  readonly threads: readonly Thread[];
  /** The names of each process's own body. */
  readonly names: readonly Names[];
}

interface Step {
  readonly mover: number;
  readonly fault: { readonly kind: string; readonly span: Span } | null;
  readonly notes: readonly Note[];
  readonly costs: readonly number[];
}

/** The first difference in the first `limit` states of the machine; null if there is none. */
export function differsFromOracle(
  machine: Machine,
  model: Model,
  loopLimit: number,
  limit: number,
): string | null {
  const oracle: Oracle = { machine, loopLimit };
  const interpreter = interpret(machine);
  const seen = new Set<string>();
  const queue: Pair[] = [];

  for (const beginning of interpreter.initial()) {
    let shared = withoutProcesses(machine, beginning.before);
    const threads: Thread[] = [];
    let failed: string | null = null;
    let fault: Arrival["fault"] = null;
    const names: Names[] = [];
    for (const instance of model.instances) {
      const way = begin(oracle, instance, shared, names);
      const arrival = startOf(oracle, way);
      if (arrival.fault !== null) {
        fault = arrival.fault;
        break;
      }
      shared = placed(machine, arrival.state, instance, arrival.thread);
      threads.push(arrival.thread);
    }
    if (beginning.mover < 0 && beginning.state === null) continue;
    if ((fault === null) !== (beginning.fault === null)) failed = "one of them faults";
    if (failed === null && beginning.state !== null) {
      failed = compareStates(machine, beginning.state, { shared, threads, names });
    }
    if (failed !== null) return `at the start: ${failed}`;
    if (beginning.state === null || seen.has(stateKey(beginning.state))) continue;
    seen.add(stateKey(beginning.state));
    queue.push({ machine: beginning.state, shared, threads, names });
  }

  for (let at = 0; at < queue.length && at < limit; at += 1) {
    const pair = queue[at] as Pair;
    const theirs = interpreter.steps(pair.machine);
    const mine = oracleSteps(oracle, model, pair);
    const where = `from ${stateKey(pair.machine)}`;
    for (let step = 0; step < Math.max(mine.length, theirs.length); step += 1) {
      const [one, other] = [mine[step], theirs[step]];
      const [said, found] = [one && described(one), other && described(other)];
      if (said !== found) return `${where}: step ${step} is ${said} | ${found}`;
      if (one === undefined || other?.next == null) continue;
      const { names } = pair;
      const { shared, threads } = one;
      const differs = compareStates(machine, other.next, { shared, threads, names });
      if (differs !== null) return `${where}: step ${step} by ${one.mover}: ${differs}`;
      const key = stateKey(other.next);
      if (seen.has(key)) continue;
      seen.add(key);
      queue.push({ machine: other.next, shared, threads, names });
    }
  }
  return null;
}

/** A process at its beginning. */
function begin({ machine }: Oracle, instance: Instance, state: State, allNames: Names[]): Way {
  const way: Way = {
    ...{ instance, state, stack: null, cells: new Map(), stage: BEFORE, notes: [] },
    costs: machine.costs.map(() => 0),
  };
  const { index, body } = instance.process;
  const given = new Map<Local, number>();
  if (index !== null) {
    const cell = newCell();
    way.cells.set(cell, instance.index);
    given.set(index.local, cell);
  }
  const names = namesFor(body, given, way);
  allNames.push(names);
  push(way, block(body, names), exit(body, names));
  return way;
}

function oracleSteps(
  oracle: Oracle,
  model: Model,
  { shared, threads }: Pair,
): readonly (Step & Omit<Pair, "machine" | "names">)[] {
  const { machine } = oracle;
  const costs = machine.costs.map(() => 0);
  const way = (thread: Thread, instance: Instance | null): Way => ({
    ...{ instance, state: shared, stack: thread.stack, cells: new Map(thread.cells) },
    ...{ stage: BEFORE, notes: [], costs },
  });
  const ofProcesses = model.instances.flatMap((instance, mover) => {
    const thread = threads[mover];
    if (thread === undefined) return [];
    return stepsOf(oracle, way(thread, instance)).map((arrival) => ({
      ...{ mover, fault: arrival.fault, notes: arrival.notes, costs: arrival.costs },
      shared: placed(machine, arrival.state, instance, arrival.thread),
      threads: threads.with(mover, arrival.thread),
    }));
  });
  const ofActions = model.actions.flatMap((action, index) =>
    actionSteps(oracle, action, way({ stack: null, cells: new Map() }, null)).map((arrival) => ({
      ...{ mover: model.instances.length + index, fault: arrival.fault, notes: arrival.notes },
      ...{ costs: arrival.costs, shared: arrival.state, threads },
    })),
  );
  return [...ofProcesses, ...ofActions];
}

function described({ mover, fault, notes, costs }: Step): string {
  const noted = notes.map(noteKey).join("; ");
  if (fault !== null) {
    const { line } = positionAt(fault.span.source, fault.span.start);
    // What a faulting step has cost so far counts nowhere: no complete run goes through it.
    return `${mover} faults: ${fault.kind} in line ${line}; ${noted}`;
  }
  return `${mover}: ${noted}; ${costs}`;
}

// ---------------------------------------------------------------- states

/** Of a process, the oracle's states say only whether it is done, as code can ask. */
function placed(machine: Machine, state: State, instance: Instance, { stack }: Thread): State {
  const locations = machine.processes.find(
    ({ process }) => process === instance.process,
  )?.locations;
  const at = stack === null ? (locations?.at(-1)?.name ?? "") : "running";
  return withProcessFields(instance, state, { at });
}

function withoutProcesses(machine: Machine, state: State): State {
  return machine.instances.reduce(
    (cleared, instance) => withProcessFields(instance, cleared, { at: "running" }),
    state,
  );
}

function compareStates(
  machine: Machine,
  theirs: State,
  { shared: mine, threads, names }: Omit<Pair, "machine">,
): string | null {
  for (const { name } of [...machine.variables, ...machine.locks]) {
    const [one, other] = [JSON.stringify(mine[name]), JSON.stringify(theirs[name])];
    if (one !== other) return `${name} is ${one} | ${other}`;
  }
  for (const [mover, instance] of machine.instances.entries()) {
    const thread = threads[mover];
    if (thread === undefined) continue;
    const done = isDone(machine, instance, theirs);
    if (done !== (thread.stack === null)) return `${instance.name} is done | not done`;
    if (done) continue;
    const process = machine.processes.find((one) => one.process === instance.process);
    for (const [local, cell] of names[mover] ?? []) {
      if (local.role !== "top") continue;
      const own = process?.locals.find(({ role, span }) => role === "top" && span === local.span);
      if (own === undefined || !own.stored) continue;
      const value: Value | undefined = thread.cells.get(cell);
      const other = entryOf(processFields(instance, theirs), own.name);
      if (JSON.stringify(value) !== JSON.stringify(other)) {
        return `${instance.name}.${local.name} is ${JSON.stringify(value)} | ${JSON.stringify(other)}`;
      }
    }
  }
  return null;
}
