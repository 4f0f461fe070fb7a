// A machine as a module of WebAssembly that searches it: the fixed runtime, and the machine's steps and predicates.

import { flatten } from "../../machine/flat/flatten.ts";
import type { FlatProcess, FlatProgram } from "../../machine/flat/program.ts";
import type { Machine } from "../../machine/machine.ts";
import type { ReducedForm } from "../../machine/reduced-form.ts";
import type { Code, WasmFunction } from "./code.ts";
import * as wasm from "./code.ts";
import { stepFunctions, stepsOf } from "./dispatch.ts";
import { edgesFunction } from "./edge-runtime.ts";
import { encodeModule, type WasmModule } from "./encoder.ts";
import { fillIndex } from "./index-table.ts";
import { linkFunctions } from "./link-runtime.ts";
import { type MemoryMap, MOST_RECORDS, MOST_STATES, memoryMap, type Sizes } from "./memory-map.ts";
import { inLocals, judging, locationCode, replays, type Writing } from "./routine.ts";
import { RUNTIME_GLOBALS, runtimeFunctions } from "./runtime.ts";
import { shortTable, shortWords } from "./short-table.ts";
import { representFound, representFunction, sortsInLocals } from "./sorting.ts";
import type { Firsts } from "./statement.ts";
import type { Table } from "./table.ts";
import { tagTable } from "./tag-table.ts";

/** A module, and where things are in its memory. */
export interface WasmSearch {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly map: MemoryMap;
  /** Bytes of a slot of the hash table: 8 if it holds the states themselves, 4 if it knows where in the arena they stand. */
  readonly slotBytes: number;
  /** States that one call of `expand` may take. */
  readonly mostStates: number;
  /** The most states that one batch may add. */
  readonly mostRecords: number;
  /** Bytes that its memory may have. */
  readonly mostBytes: number;
}

/** Lock orders are told apart by a byte each, twice; machines with more than this are left to JavaScript. */
const MOST_ORDERS = 1 << 22;
const MOST_MOVERS = 1 << 16;
const PAGE = 1 << 16;
/** The last page is left out, so that the bytes of all are a number of 32 bits. */
const MOST_BYTES = 2 ** 32 - PAGE;

/** A machine that can be searched in WebAssembly, and what its search needs room for. */
export interface Searchable {
  readonly machine: Machine;
  readonly program: FlatProgram;
  readonly steps: ReturnType<typeof stepsOf>;
  readonly orders: number;
  readonly sizes: Sizes;
  readonly plan: NonNullable<ReducedForm["plan"]>;
}

/** Null for a machine that cannot be searched so (unfolded ones with step properties). */
export function searchable(
  machine: Machine,
  { choices = null, plan = [] }: ReducedForm,
): Searchable | null {
  const program = flatten(machine, choices);
  const orders = program.orderSites.length * program.lockNames.length ** 2;
  const movers = machine.instances.length + machine.actions.length;
  // A step's outcome has to be settled first where processes stand at local work.
  const unsettled =
    program.stepPredicates.length > 0 &&
    program.processes.some(({ localLocations }) => localLocations.length > 0);
  if (orders > MOST_ORDERS || movers > MOST_MOVERS || unsettled || !sortsInLocals(plan))
    return null;
  const { faults, branches, notes } = program;
  const steps = stepsOf(program);
  const sizes = {
    width: program.layout.width,
    dataWords: program.data.length,
    scratchWords: program.scratchWords,
    firsts: faults.length + branches + notes.length + 2 * orders,
    statePredicates: program.statePredicates.length,
    stepPredicates: program.stepPredicates.length,
    movers,
    picks: steps.some(({ routine }) => replays(program, routine)),
  };
  return { machine, program, steps, orders, sizes, plan };
}

/**
 * The module; null for a machine that it cannot search. Reduced, it takes steps of one process alone where they are enough,
 * and states that differ in names of symmetric values only for one.
 */
export function emitWasm(machine: Machine, reduced: ReducedForm = {}): WasmSearch | null {
  const found = searchable(machine, reduced);
  if (found === null) return null;
  const { layout } = found.program;
  const map = memoryMap(found.sizes);
  const used = shortWords(layout);
  const table = used === null ? tagTable(map, layout.width) : shortTable(map, used);
  return encodedSearch(found, map, table, {});
}

/** The module of a search in such a memory and with such a table, with what else is to be in it. */
export function encodedSearch(
  { machine, program, steps, orders, plan }: Searchable,
  map: MemoryMap,
  table: Table,
  { shared = false, globals = [], functions = [] }: Partial<WasmModule>,
): WasmSearch {
  const { faults, branches, notes } = program;
  const { width } = program.layout;
  const branch = map.firsts + faults.length;
  const order = branch + branches + notes.length;
  const firsts: Firsts = {
    fault: (site) => map.firsts + site,
    branch: (at) => branch + at,
    note: (note) => branch + branches + note,
    order,
    orderInStep: order + orders,
  };
  const ofFound = plan.length === 0 ? [] : [representFound(map, width, table)];
  const runtime = runtimeFunctions(map, width, table, inLocals(program), ofFound);
  const arrive = runtime.find(({ name }) => name === "arrive")?.body ?? [];
  const writing: Writing = { program, map, firsts, arrive };
  const bytes = encodeModule({
    pages: Math.ceil(map.slots / PAGE),
    shared,
    globals: [...RUNTIME_GLOBALS, ...globals],
    functions: [
      ...runtime,
      fillIndex(map, width),
      edgesFunction(map, width, ofFound),
      ...linkFunctions(map, width, table, ofFound),
      ...(plan.length === 0 ? [] : [representFunction(width, plan)]),
      ...stepFunctions(writing, steps),
      judgeStateFunction(writing),
      judgeStepFunction(writing),
      atRestFunction(writing),
      deadlockFunction(writing, machine),
      ...functions,
    ],
    data: program.data.length === 0 ? [] : [{ address: map.data, words: program.data }],
  });
  const { slotBytes } = table;
  return {
    ...{ bytes, map, slotBytes },
    mostStates: MOST_STATES,
    mostRecords: MOST_RECORDS,
    mostBytes: MOST_BYTES,
  };
}

// ---------------------------------------------------------------- predicates

/**
 * `judgeState(states)`: may the state be the first that shows something? Of each predicate a byte says what is still
 * looked for: 1, that it is violated or reached; 2, that it cannot be evaluated.
 */
function judgeStateFunction(writing: Writing): WasmFunction {
  const { program, map } = writing;
  const none = wasm.constant(0);
  const { judge, begin } = judging(writing);
  const all = program.statePredicates.map(({ kind, routine }, at) => {
    if (kind === "terminal") return wasm.sequence([]);
    const open = wasm.loadByte(wasm.constant(map.openStates + at));
    const truth = wasm.get("truth");
    const shows =
      kind === "invariant"
        ? wasm.unequal(truth, wasm.constant(1))
        : // 0, 1 and 2 as the bit that is looked for.
          wasm.and(truth, open);
    const judged = [judge(routine, "truth"), wasm.when(shows, [wasm.answer(wasm.constant(1))])];
    return wasm.when(open, judged);
  });
  return {
    name: "judgeState",
    exported: false,
    parameters: ["states"],
    results: 1,
    body: [...whenAtRest(writing, none), ...begin(), ...all, wasm.answer(none)],
  };
}

/** `judgeStep(states, next, mover)`: may the step be the first that violates something? */
function judgeStepFunction(writing: Writing): WasmFunction {
  const { program, map } = writing;
  const { judge, begin } = judging(writing);
  const all = program.stepPredicates.map(({ routine }, at) =>
    wasm.when(wasm.loadByte(wasm.constant(map.openSteps + at)), [
      judge(routine, "truth"),
      wasm.when(wasm.unequal(wasm.get("truth"), wasm.constant(1)), [wasm.answer(wasm.constant(1))]),
    ]),
  );
  return {
    name: "judgeStep",
    exported: false,
    parameters: ["states", "next", "mover"],
    results: 1,
    body: [...begin(), ...all, wasm.answer(wasm.constant(0))],
  };
}

/** Answers at once where some process stands at local work. */
function whenAtRest({ program }: Writing, answer: Code): readonly Code[] {
  if (program.processes.every(({ localLocations }) => localLocations.length === 0)) return [];
  return [wasm.when(wasm.isZero(wasm.call("atRest", wasm.get("states"))), [wasm.answer(answer)])];
}

/** `atRest(states)`: does no process stand at local work? */
function atRestFunction(writing: Writing): WasmFunction {
  const { processes } = writing.program;
  return {
    name: "atRest",
    exported: false,
    parameters: ["states"],
    results: 1,
    body: [
      ...processes.flatMap((process) =>
        instancesOf(process).flatMap((instance) =>
          process.localLocations.map((location) =>
            wasm.when(
              wasm.equal(
                locationCode(writing, process.location, instance),
                wasm.constant(location),
              ),
              [wasm.answer(wasm.constant(0))],
            ),
          ),
        ),
      ),
      wasm.answer(wasm.constant(1)),
    ],
  };
}

function instancesOf({ count }: FlatProcess): readonly number[] {
  return Array.from({ length: count }, (_, instance) => instance);
}

/** `isDeadlock(states)` of a state without steps: as checker/findings.ts has it. */
function deadlockFunction(writing: Writing, machine: Machine): WasmFunction {
  const { processes, actions, statePredicates } = writing.program;
  const none = wasm.constant(0);
  const unfinished = processes.flatMap((process, at) =>
    machine.processes[at]?.daemon === true
      ? []
      : instancesOf(process).map((instance) =>
          wasm.unequal(
            locationCode(writing, process.location, instance),
            wasm.constant(process.done),
          ),
        ),
  );
  const anyUnfinished = unfinished.reduce((some, one) => wasm.or(some, one), none);
  const { judge, begin } = judging(writing);
  const terminal = statePredicates.flatMap(({ kind, routine }) =>
    kind === "terminal"
      ? [
          judge(routine, "truth"),
          wasm.when(wasm.equal(wasm.get("truth"), wasm.constant(1)), [wasm.answer(none)]),
        ]
      : [],
  );
  const answered: readonly Code[] =
    machine.instances.length > 0
      ? [wasm.when(wasm.isZero(anyUnfinished), [wasm.answer(none)])]
      : actions.length > 0
        ? []
        : [wasm.answer(none)];
  return {
    name: "isDeadlock",
    exported: false,
    parameters: ["states"],
    results: 1,
    body: [...answered, ...begin(), ...terminal, wasm.answer(wasm.constant(1))],
  };
}
