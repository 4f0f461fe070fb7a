// A machine as a module of WebAssembly that searches it: the fixed runtime, and the machine's steps and predicates.

import { flatten } from "../../machine/flat/flatten.ts";
import type { FlatProcess, FlatProgram, FlatRoutine } from "../../machine/flat/program.ts";
import { specialisedProgram } from "../../machine/flat/specialise.ts";
import type { Machine } from "../../machine/machine.ts";
import type { Code, WasmFunction } from "./code.ts";
import * as wasm from "./code.ts";
import { edgesFunction } from "./edge-runtime.ts";
import { encodeModule } from "./encoder.ts";
import { fillIndex, indexTable } from "./index-table.ts";
import { type MemoryMap, MOST_RECORDS, MOST_STATES, memoryMap } from "./memory-map.ts";
import {
  inLocals,
  locationCode,
  picks,
  predicateFunction,
  stepFunction,
  type Writing,
} from "./routine.ts";
import { RUNTIME_GLOBALS, runtimeFunctions } from "./runtime.ts";
import { shortTable, shortWords } from "./short-table.ts";
import type { Firsts } from "./statement.ts";

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
}

/** Lock orders are told apart by a byte each, twice; machines with more than this are left to JavaScript. */
const MOST_ORDERS = 1 << 22;
const MOST_MOVERS = 1 << 16;
const PAGE = 1 << 16;

/** The module; null for a machine that it cannot search (unfolded ones with step properties). */
export function emitWasm(machine: Machine): WasmSearch | null {
  const program = specialisedProgram(flatten(machine));
  const orders = program.orderSites.length * program.lockNames.length ** 2;
  const movers = machine.instances.length + machine.actions.length;
  // A step's outcome has to be settled first where processes stand at local work.
  const unsettled =
    program.stepPredicates.length > 0 &&
    program.processes.some(({ localLocations }) => localLocations.length > 0);
  if (orders > MOST_ORDERS || movers > MOST_MOVERS || unsettled) return null;
  const { faults, branches, notes } = program;
  const map = memoryMap({
    width: program.layout.width,
    dataWords: program.data.length,
    scratchWords: program.scratchWords,
    firsts: faults.length + branches + notes.length + 2 * orders,
    statePredicates: program.statePredicates.length,
    stepPredicates: program.stepPredicates.length,
    movers,
    picks: steps(program).some(picks),
  });
  const firsts: Firsts = {
    fault: (site) => map.firsts + site,
    branch: (branch) => map.firsts + faults.length + branch,
    note: (note) => map.firsts + faults.length + branches + note,
    order: map.firsts + faults.length + branches + notes.length,
    orderInStep: map.firsts + faults.length + branches + notes.length + orders,
  };
  const writing: Writing = { program, map, firsts };
  const { width } = program.layout;
  const used = shortWords(program.layout);
  const table = used === null ? indexTable(map, width) : shortTable(map, used);
  const bytes = encodeModule({
    pages: Math.ceil(map.slots / PAGE),
    globals: RUNTIME_GLOBALS,
    functions: [
      ...runtimeFunctions(map, width, table, inLocals(program)),
      fillIndex(map, width, "fillIndex"),
      edgesFunction(map, width),
      ...stepFunctions(writing, machine),
      ...predicateFunctions(writing),
      atRestFunction(writing),
      deadlockFunction(writing, machine),
    ],
    data: program.data.length === 0 ? [] : [{ address: map.data, words: program.data }],
  });
  const { slotBytes } = table;
  return { bytes, map, slotBytes, mostStates: MOST_STATES, mostRecords: MOST_RECORDS };
}

function steps(program: FlatProgram): readonly FlatRoutine[] {
  const ofProcesses = program.processes.flatMap(({ steps: own }) => own);
  return [...ofProcesses, ...program.actions].filter((step) => step !== null);
}

// ---------------------------------------------------------------- steps

function stepFunctions(writing: Writing, machine: Machine): readonly WasmFunction[] {
  const { program } = writing;
  const ofProcesses = program.processes.flatMap((process, at) =>
    process.steps.flatMap((step, location) => {
      if (step === null) return [];
      const first = wasm.constant(process.first);
      const mover = (k: Code): Code => (step.parameter ? wasm.add(first, k) : first);
      return [stepFunction(writing, stepName(at, location), step, mover)];
    }),
  );
  const ofActions = program.actions.map((action, at) => {
    const mover = wasm.constant(machine.instances.length + at);
    return stepFunction(writing, `action ${at}`, action, () => mover);
  });
  return [...ofProcesses, ...ofActions, successorsFunction(writing)];
}

function stepName(process: number, location: number): string {
  return `step ${process} ${location}`;
}

/** `successors(states)`: all steps from the state there, in the fixed order of movers. */
function successorsFunction(writing: Writing): WasmFunction {
  const { program } = writing;
  const states = wasm.get("states");
  return {
    name: "successors",
    exported: false,
    parameters: ["states"],
    results: 0,
    body: [
      ...program.processes.map((process, at) => dispatch(writing, process, at)),
      ...program.actions.map((_, at) => wasm.call(`action ${at}`, wasm.constant(0), states)),
    ],
  };
}

function dispatch(writing: Writing, process: FlatProcess, at: number): Code {
  if (process.count === 0 || process.steps.every((step) => step === null)) return wasm.sequence([]);
  const many = process.count > 1;
  const k = many ? wasm.get("k") : wasm.constant(0);
  const cases = process.steps.map((step, location) =>
    step === null ? [] : [wasm.call(stepName(at, location), k, wasm.get("states"))],
  );
  const one = wasm.choice(locationCode(writing, process.location, many ? k : 0), cases);
  if (!many) return one;
  return wasm.sequence([
    wasm.set("k", wasm.constant(0)),
    wasm.count("k", "instances", wasm.constant(process.count), [one]),
  ]);
}

// ---------------------------------------------------------------- predicates

function predicateFunctions(writing: Writing): readonly WasmFunction[] {
  const { statePredicates, stepPredicates } = writing.program;
  return [
    ...statePredicates.map(({ routine }, at) => predicateFunction(writing, `state ${at}`, routine)),
    ...stepPredicates.map(({ routine }, at) => predicateFunction(writing, `judged ${at}`, routine)),
    judgeStateFunction(writing),
    judgeStepFunction(writing),
  ];
}

/**
 * `judgeState(states)`: may the state be the first that shows something? Of each predicate a byte says what is still
 * looked for: 1, that it is violated or reached; 2, that it cannot be evaluated.
 */
function judgeStateFunction({ program, map }: Writing): WasmFunction {
  const states = wasm.get("states");
  const none = wasm.constant(0);
  return {
    name: "judgeState",
    exported: false,
    parameters: ["states"],
    results: 1,
    body: [
      wasm.when(wasm.isZero(wasm.call("atRest", states)), [wasm.answer(none)]),
      ...program.statePredicates.map(({ kind }, at) => {
        if (kind === "terminal") return wasm.sequence([]);
        const truth = wasm.call(`state ${at}`, states, none, none);
        const open = wasm.loadByte(wasm.constant(map.openStates + at));
        const shows =
          kind === "invariant"
            ? wasm.unequal(truth, wasm.constant(1))
            : // 0, 1 and 2 as the bit that is looked for.
              wasm.and(truth, open);
        return wasm.when(open, [wasm.when(shows, [wasm.answer(wasm.constant(1))])]);
      }),
      wasm.answer(none),
    ],
  };
}

/** `judgeStep(states, next, mover)`: may the step be the first that violates something? */
function judgeStepFunction({ program, map }: Writing): WasmFunction {
  const operands = ["states", "next", "mover"].map(wasm.get);
  return {
    name: "judgeStep",
    exported: false,
    parameters: ["states", "next", "mover"],
    results: 1,
    body: [
      ...program.stepPredicates.map((_, at) =>
        wasm.when(wasm.loadByte(wasm.constant(map.openSteps + at)), [
          wasm.when(wasm.unequal(wasm.call(`judged ${at}`, ...operands), wasm.constant(1)), [
            wasm.answer(wasm.constant(1)),
          ]),
        ]),
      ),
      wasm.answer(wasm.constant(0)),
    ],
  };
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
  const terminal = statePredicates.flatMap(({ kind }, at) =>
    kind === "terminal" ? [wasm.call(`state ${at}`, wasm.get("states"), none, none)] : [],
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
    body: [
      ...answered,
      ...terminal.map((truth) =>
        wasm.when(wasm.equal(truth, wasm.constant(1)), [wasm.answer(none)]),
      ),
      wasm.answer(wasm.constant(1)),
    ],
  };
}
