// Flat routines as functions of WebAssembly.

import type { FlatProgram, FlatRoutine, FlatState, FlatStmt } from "../../machine/flat/program.ts";
import { visitStatements } from "../../machine/flat/walk.ts";
import type { Code, WasmFunction } from "./code.ts";
import * as wasm from "./code.ts";
import { localName, type Reading, value, wordAddress } from "./expression.ts";
import type { MemoryMap } from "./memory-map.ts";
import { blockCode, type Firsts, forgotten, type Routine } from "./statement.ts";
import { copyState } from "./table.ts";

/** States of more words than this are built in memory. */
const MOST_LOCAL_WORDS = 8;

/** What all routines of a module share. */
export interface Writing {
  readonly program: FlatProgram;
  readonly map: MemoryMap;
  readonly firsts: Firsts;
}

/** Whether the state being built lies in locals. */
export function inLocals(program: FlatProgram): boolean {
  return program.layout.width <= MOST_LOCAL_WORDS;
}

/** Whether a routine chooses. */
export function picks(routine: FlatRoutine): boolean {
  return statementsOf(routine).some(({ kind }) => kind === "pick");
}

function statementsOf(routine: FlatRoutine): readonly FlatStmt[] {
  const statements: FlatStmt[] = [];
  visitStatements(routine.body, (statement) => statements.push(statement));
  return statements;
}

/** How steps read: the state that they start from at the address `states`, the one being built in locals or at `now`. */
function stepReading({ program, map }: Writing): Reading {
  const local = inLocals(program);
  return {
    program,
    map,
    word(state, word, index, count): Code {
      if (state === "start" || !local) return at(state === "start" ? "states" : "now", word, index);
      if (index === null) return wasm.get(`w${word}`);
      const last = wasm.get(`w${word + count - 1}`);
      const others = Array.from({ length: count - 1 }, (_, position) => position);
      return others.reduceRight(
        (otherwise, position) =>
          wasm.select(
            wasm.equal(index, wasm.constant(position)),
            wasm.get(`w${word + position}`),
            otherwise,
          ),
        last,
      );
    },
  };
}

/** How predicates read: from the address `states`, after a step from `next`. */
export function predicateReading({ program, map }: Writing): Reading {
  return {
    program,
    map,
    word: (state: FlatState, word, index) => at(state === "after" ? "next" : "states", word, index),
  };
}

function at(base: string, word: number, index: Code | null): Code {
  const from = wasm.get(base);
  return wasm.load(index === null ? from : wasm.add(from, wordAddress(index)), 4 * word);
}

/** A step as `name(k, states)`, `k` being the number of the instance: adds what it leads to. */
export function stepFunction(
  writing: Writing,
  name: string,
  routine: FlatRoutine,
  mover: (instance: Code) => Code,
): WasmFunction {
  const statements = statementsOf(routine);
  const forks = statements.some(({ kind }) => kind === "pick");
  const local = inLocals(writing.program);
  let number = 0;
  const r: Routine = {
    reading: stepReading(writing),
    firsts: writing.firsts,
    kind: "step",
    local,
    mover: mover(wasm.get(localName(0))),
    leave: forks ? wasm.jump("path") : wasm.leave,
    pends: statements.some(({ kind }) => PENDING.has(kind)),
    fresh: () => {
      number += 1;
      return number;
    },
  };
  const path = [...begin(writing), ...blockCode(r, routine.body)];
  return {
    name,
    exported: false,
    parameters: [localName(0), "states"],
    results: 0,
    body: forks ? replayed(writing, r, path) : path,
  };
}

const PENDING: ReadonlySet<FlatStmt["kind"]> = new Set(["branch", "note", "lock-order", "fault"]);

/** The state that a path starts from becomes the one being built. */
function begin({ program }: Writing): readonly Code[] {
  const { width } = program.layout;
  if (!inLocals(program)) {
    return [wasm.set("now", wasm.global("out")), copyState("states", "now", width)];
  }
  return Array.from({ length: width }, (_, word) =>
    wasm.set(`w${word}`, wasm.load(wasm.get("states"), 4 * word)),
  );
}

/** The path again and again, each time with other choices, until all are tried. */
function replayed({ map }: Writing, r: Routine, path: readonly Code[]): readonly Code[] {
  const top = wasm.get("top");
  const last = wordAddress(wasm.subtract(top, wasm.constant(1)));
  return [
    wasm.set("top", wasm.constant(0)),
    wasm.again("replay", [
      wasm.set("depth", wasm.constant(0)),
      wasm.block("path", path),
      ...forgotten(r),
      wasm.when(wasm.global("overflow"), [wasm.leave]),
      wasm.set("top", wasm.get("depth")),
      wasm.forever("back", "other", [
        wasm.jumpIf("other", wasm.isZero(top)),
        wasm.store(last, wasm.add(wasm.load(last, map.choices), wasm.constant(1)), map.choices),
        wasm.jumpIf("other", wasm.less(wasm.load(last, map.choices), wasm.load(last, map.limits))),
        wasm.set("top", wasm.subtract(top, wasm.constant(1))),
      ]),
      wasm.jumpIf("replay", top),
    ]),
  ];
}

/** A predicate as `name(states, next, mover)`, answering 0, 1 or 2. */
export function predicateFunction(
  writing: Writing,
  name: string,
  routine: FlatRoutine,
): WasmFunction {
  const reading = predicateReading(writing);
  let number = 0;
  const r: Routine = {
    reading,
    firsts: writing.firsts,
    kind: "predicate",
    local: false,
    mover: wasm.get("mover"),
    leave: wasm.leave,
    pends: false,
    fresh: () => {
      number += 1;
      return number;
    },
  };
  return {
    name,
    exported: true,
    parameters: ["states", "next", "mover"],
    results: 1,
    body: [...blockCode(r, routine.body), wasm.unreachable],
  };
}

/** The location of an instance, the state being at the address `states`. */
export function locationCode(writing: Writing, item: number, instance: Code | number): Code {
  const { program } = writing;
  if ((program.layout.items[item]?.bits ?? 0) === 0) return wasm.constant(0);
  const reading = predicateReading(writing);
  if (typeof instance === "number") {
    const index = { kind: "const", value: instance } as const;
    return value(reading, { kind: "read", item, index, state: "now" });
  }
  const index = { kind: "local", local: 0 } as const;
  return wasm.sequence([
    wasm.set(localName(0), instance),
    value(reading, { kind: "read", item, index, state: "now" }),
  ]);
}
