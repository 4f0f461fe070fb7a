// Partial-order reduction in WebAssembly: steps of one process alone where they are enough. A process that has taken a step goes
// on at once as long as its next step is enough, the only one, and its state may be passed over.

import type { FlatProcess, FlatRoutine } from "../../machine/flat/program.ts";
import { specialise } from "../../machine/flat/specialise.ts";
import type { Code, WasmFunction } from "./code.ts";
import * as wasm from "./code.ts";
import { judging, locationCode, type Writing } from "./routine.ts";
import { FAULT_BIT } from "./runtime.ts";

/** The call of an instance's step from the state at the address `states`. */
export type StepCall = (process: number, location: number, instance: number) => Code;

/** The functions that `tryAlone` calls; none where every step is always taken. */
export function aloneFunctions(writing: Writing): readonly WasmFunction[] {
  const { layout, processes } = writing.program;
  const predicates = processes.flatMap((process, at) =>
    process.alone.flatMap((routine, location) =>
      routine === null
        ? []
        : instancesOf(process).map((instance) => {
            const own = routine.parameter
              ? { ...specialise(layout, routine, { local: 0, number: instance }), parameter: false }
              : routine;
            return aloneFunction(writing, aloneName(at, location, instance), own);
          }),
    ),
  );
  return predicates.length === 0 ? [] : [...predicates, goesOnFunction(writing)];
}

function aloneName(process: number, location: number, instance: number): string {
  return `alone ${process} ${location} of ${instance}`;
}

function instancesOf({ count }: FlatProcess): readonly number[] {
  return Array.from({ length: count }, (_, instance) => instance);
}

/** `name(states)`: 1 if the steps of the instance are enough in the state there. */
function aloneFunction(writing: Writing, name: string, routine: FlatRoutine): WasmFunction {
  const { judge, begin } = judging(writing);
  const judged = judge(routine, "truth");
  return {
    name,
    exported: false,
    parameters: ["states"],
    results: 1,
    body: [...begin(), judged, wasm.answer(wasm.get("truth"))],
  };
}

/** `goesOn(from)`: does a step found since the address `from` lead anywhere? */
function goesOnFunction({ program, map }: Writing): WasmFunction {
  const mover = wasm.load(wasm.get("from"), 4 * program.layout.width + 4);
  return {
    name: "goesOn",
    exported: false,
    parameters: ["from"],
    results: 1,
    body: [
      wasm.forever("looking", "looked", [
        wasm.jumpIf("looked", wasm.atLeastUnsigned(wasm.get("from"), wasm.global("out"))),
        wasm.when(wasm.isZero(wasm.and(mover, wasm.constant(FAULT_BIT))), [
          wasm.answer(wasm.constant(1)),
        ]),
        wasm.set("from", wasm.add(wasm.get("from"), wasm.constant(map.stride))),
      ]),
      wasm.answer(wasm.constant(0)),
    ],
  };
}

/**
 * Leaves `successors` with the steps of one process if they are enough and one of them leads somewhere. They are only tried out
 * at first: of steps that are not taken here, nothing has happened yet.
 */
export function tryAlone(
  writing: Writing,
  process: FlatProcess,
  at: number,
  step: StepCall,
): readonly Code[] {
  if (process.alone.every((routine) => routine === null)) return [];
  const states = wasm.get("states");
  const forget = wasm.setGlobal("out", wasm.get("before"));
  return instancesOf(process).map((instance) => {
    const cases = process.alone.map((routine, location) =>
      routine === null
        ? []
        : [
            wasm.when(
              wasm.equal(wasm.call(aloneName(at, location, instance), states), wasm.constant(1)),
              [
                wasm.set("before", wasm.global("out")),
                ...triedOut(step(at, location, instance)),
                wasm.when(wasm.global("overflow"), [wasm.leave]),
                wasm.when(wasm.call("goesOn", wasm.get("before")), [
                  wasm.when(wasm.global("news"), [forget, step(at, location, instance)]),
                  wasm.leave,
                ]),
                forget,
              ],
            ),
          ],
    );
    return wasm.choice(locationCode(writing, process.location, instance), cases);
  });
}

/** Takes steps without anything that happens being taken for the first time; `news` says whether something would be. */
function triedOut(steps: Code): readonly Code[] {
  return [
    wasm.setGlobal("trial", wasm.constant(1)),
    wasm.setGlobal("news", wasm.constant(0)),
    steps,
    wasm.setGlobal("trial", wasm.constant(0)),
  ];
}

// ---------------------------------------------------------------- going on at once

/** Whether any state may be passed over. */
export function passesOver({ program }: Writing): boolean {
  return program.processes.some(({ count, passable }) => count > 0 && passable.includes(true));
}

/**
 * `successors(states)`, where states may be passed over: the steps that `stepsFrom` finds, each with what its mover does next.
 * A next step is tried out first without anything that happens being taken for the first time: it may turn out not to be the only one.
 */
export function runningOn(writing: Writing, step: StepCall): readonly WasmFunction[] {
  const { map, program } = writing;
  const { width } = program.layout;
  const moverAt = 4 * width + 4;
  const { stride } = map;
  const end = wasm.get("end");
  const record = wasm.get("record");
  const forget = wasm.setGlobal("out", end);
  const take = wasm.call("takeNext", record, wasm.get("mover"));
  const ifFull = wasm.when(wasm.global("overflow"), [wasm.leave]);
  const goOn = [
    ...triedOut(take),
    ifFull,
    wasm.jumpIf("stays", wasm.unequal(wasm.global("out"), wasm.add(end, wasm.constant(stride)))),
    wasm.jumpIf("stays", wasm.and(wasm.load(end, moverAt), wasm.constant(FAULT_BIT))),
    wasm.when(wasm.global("news"), [forget, take, ifFull]),
    wasm.copyMemory(record, end, wasm.constant(moverAt)),
    forget,
  ];
  return [
    takeNextFunction(writing, step),
    {
      name: "successors",
      exported: false,
      parameters: ["states"],
      results: 0,
      body: [
        wasm.set("record", wasm.global("out")),
        wasm.call("stepsFrom", wasm.get("states")),
        ifFull,
        wasm.set("end", wasm.global("out")),
        wasm.forever("steps", "done", [
          wasm.jumpIf("done", wasm.atLeastUnsigned(record, end)),
          wasm.set("mover", wasm.load(record, moverAt)),
          wasm.block("stays", [
            wasm.jumpIf("stays", wasm.and(wasm.get("mover"), wasm.constant(FAULT_BIT))),
            wasm.again("on", [...goOn, wasm.jump("on")]),
          ]),
          forget,
          wasm.set("record", wasm.add(record, wasm.constant(stride))),
        ]),
      ],
    },
  ];
}

/** `takeNext(states, mover)`: the steps of the mover, if they are enough and the state may be passed over. */
function takeNextFunction(writing: Writing, step: StepCall): WasmFunction {
  const { processes } = writing.program;
  const cases = processes.flatMap((process, at) =>
    instancesOf(process).map((instance): readonly Code[] => {
      if (!process.passable.includes(true)) return [];
      const ofLocations = process.passable.map((passable, location) =>
        passable
          ? [
              wasm.when(
                wasm.equal(
                  wasm.call(aloneName(at, location, instance), wasm.get("states")),
                  wasm.constant(1),
                ),
                [step(at, location, instance)],
              ),
            ]
          : [],
      );
      return [wasm.choice(locationCode(writing, process.location, instance), ofLocations)];
    }),
  );
  return {
    name: "takeNext",
    exported: false,
    parameters: ["states", "mover"],
    results: 0,
    body: [wasm.choice(wasm.get("mover"), cases)],
  };
}
