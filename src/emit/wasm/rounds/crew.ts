// How the workers of a search go from one job to the next. One of them leads: it says what is to be done, takes part, and
// then looks whether the others are done; they wait for the next job. Within a job nobody waits for anybody.

import { atomicAdd, atomicLoad, atomicStore, sleep, wake } from "../atomics.ts";
import {
  add,
  answer,
  atLeastUnsigned,
  type Code,
  call,
  choice,
  constant,
  equal,
  forever,
  get,
  global,
  jumpIf,
  leave,
  set,
  setGlobal,
  unequal,
  type WasmFunction,
  when,
} from "../code.ts";
import { CONTROL, WORKER } from "./shared-map.ts";
import { control, ofWorker, type Sharer, setControl } from "./sharer.ts";

/** What workers do, by number; to leave is to wait for nothing more. */
export const JOBS = ["leave", "expandChunks", "insertPart", "compactChunks", "fillPart"] as const;

/** Globals of who leads that are to be those of all. */
const GLOBALS = ["count", "arena", "size", "judgesEnds", "judgesStates", "judgesSteps"] as const;

/** How often a word is looked at before going to sleep: for some tens of microseconds. */
const LOOKS = 50_000;
/** Nanoseconds after which a worker looks again by itself, and after which who leads asks whether all are still there. */
const LONG_SLEEP = 1_000_000_000;
const SHORT_SLEEP = 20_000_000;

export function crewFunctions(sharer: Sharer): readonly WasmFunction[] {
  return [workFunction(), serveFunction(sharer), beginFunction(sharer), awaitFunction(sharer)];
}

/** `work(job)`: does this worker's share of it. */
function workFunction(): WasmFunction {
  const cases = JOBS.map((job) => (job === "leave" ? [] : [call(job)]));
  return {
    name: "work",
    exported: true,
    parameters: ["job"],
    results: 0,
    body: [choice(get("job"), cases)],
  };
}

function turnOf({ map }: Sharer): Code {
  return constant(map.control + CONTROL.turn);
}

/** `serve()`: does one job after the other, until it is to leave. */
function serveFunction(sharer: Sharer): WasmFunction {
  const turn = turnOf(sharer);
  const done = ofWorker(sharer, sharer.worker, WORKER.done);
  return {
    name: "serve",
    exported: true,
    parameters: [],
    results: 0,
    body: [
      set("turn", atomicLoad(turn)),
      forever("serving", "left", [
        atomicStore(done, get("turn")),
        wake(done),
        set("looks", constant(0)),
        forever("waiting", "called", [
          jumpIf("called", unequal(atomicLoad(turn), get("turn"))),
          set("looks", add(get("looks"), constant(1))),
          when(atLeastUnsigned(get("looks"), constant(LOOKS)), [
            sleep(turn, get("turn"), LONG_SLEEP),
          ]),
        ]),
        set("turn", atomicLoad(turn)),
        set("job", control(sharer, "job")),
        when(equal(get("job"), constant(JOBS.indexOf("leave"))), [leave]),
        ...GLOBALS.map((name) => setGlobal(name, control(sharer, name))),
        call("work", get("job")),
      ]),
    ],
  };
}

/** `begin(job)`: calls the others to it. */
function beginFunction(sharer: Sharer): WasmFunction {
  const nextChunk = constant(sharer.map.control + CONTROL.nextChunk);
  return {
    name: "begin",
    exported: true,
    parameters: ["job"],
    results: 0,
    body: [
      setControl(sharer, "job", get("job")),
      ...GLOBALS.map((name) => setControl(sharer, name, global(name))),
      atomicStore(nextChunk, constant(0)),
      // Whoever sees the new number sees all that was written before it.
      set("before", atomicAdd(turnOf(sharer), constant(1))),
      wake(turnOf(sharer)),
    ],
  };
}

/** `await(word)`: 1 if the worker has done the present job whose word this is, 0 if it has not after a while. */
function awaitFunction(sharer: Sharer): WasmFunction {
  return {
    name: "await",
    exported: true,
    parameters: ["word"],
    results: 1,
    body: [
      set("turn", atomicLoad(turnOf(sharer))),
      set("looks", constant(0)),
      forever("waiting", "late", [
        set("seen", atomicLoad(get("word"))),
        when(equal(get("seen"), get("turn")), [answer(constant(1))]),
        jumpIf("late", atLeastUnsigned(get("looks"), constant(LOOKS + 1))),
        set("looks", add(get("looks"), constant(1))),
        when(equal(get("looks"), constant(LOOKS)), [sleep(get("word"), get("seen"), SHORT_SLEEP)]),
      ]),
      answer(constant(0)),
    ],
  };
}
