// Partial-order reduction in WebAssembly: steps of one process alone where they are enough.

import type { FlatProcess, FlatRoutine } from "../../machine/flat/program.ts";
import { specialise } from "../../machine/flat/specialise.ts";
import type { Code, WasmFunction } from "./code.ts";
import * as wasm from "./code.ts";
import { judging, locationCode, type Writing } from "./routine.ts";
import { FAULT_BIT } from "./runtime.ts";

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

/** Leaves `successors` with the steps of one process if they are enough and one of them leads somewhere. */
export function tryAlone(
  writing: Writing,
  process: FlatProcess,
  at: number,
  step: (location: number, instance: number) => Code,
): readonly Code[] {
  if (process.alone.every((routine) => routine === null)) return [];
  const states = wasm.get("states");
  return instancesOf(process).map((instance) => {
    const cases = process.alone.map((routine, location) =>
      routine === null
        ? []
        : [
            wasm.when(
              wasm.equal(wasm.call(aloneName(at, location, instance), states), wasm.constant(1)),
              [
                wasm.set("before", wasm.global("out")),
                step(location, instance),
                wasm.when(
                  wasm.or(wasm.global("overflow"), wasm.call("goesOn", wasm.get("before"))),
                  [wasm.leave],
                ),
                wasm.setGlobal("out", wasm.get("before")),
              ],
            ),
          ],
    );
    return wasm.choice(locationCode(writing, process.location, instance), cases);
  });
}
