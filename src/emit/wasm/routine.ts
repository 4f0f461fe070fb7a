// Flat routines as code of WebAssembly: steps as functions, predicates as pieces of those that judge.

import { forks, withRests } from "../../machine/flat/forks.ts";
import type {
  FlatBlock,
  FlatProgram,
  FlatRoutine,
  FlatState,
  FlatStmt,
} from "../../machine/flat/program.ts";
import { specialise } from "../../machine/flat/specialise.ts";
import { visitStatements } from "../../machine/flat/walk.ts";
import type { Code, WasmFunction } from "./code.ts";
import * as wasm from "./code.ts";
import { type Reading, value, wordAddress } from "./expression.ts";
import { forked } from "./fork.ts";
import type { MemoryMap } from "./memory-map.ts";
import { choose, replayed } from "./replay.ts";
import { blockCode, type Firsts, type Routine } from "./statement.ts";
import { copyState } from "./table.ts";

/** States of more words than this are built in memory. */
const MOST_LOCAL_WORDS = 8;

/** What all routines of a module share. */
export interface Writing {
  readonly program: FlatProgram;
  readonly map: MemoryMap;
  readonly firsts: Firsts;
  /** The body of `arrive`, whose parameters are the locals `mover` and, of states in locals, `w0`, `w1`, … */
  readonly arrive: readonly Code[];
}

/** Whether the state being built lies in locals. */
export function inLocals(program: FlatProgram): boolean {
  return program.layout.width <= MOST_LOCAL_WORDS;
}

/** Whether any step has to be begun anew for each of its choices. */
export function replays(program: FlatProgram, routine: FlatRoutine): boolean {
  return forks(routine.body) && withForks(program, routine) === null;
}

// ---------------------------------------------------------------- steps

/** How steps read: the state that they start from at the address `states`, the one being built in locals or at `now`. */
function stepReading({ program, map }: Writing): Reading {
  const local = inLocals(program);
  return {
    program,
    map,
    local: (number) => `$${number}`,
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

function at(base: string, word: number, index: Code | null): Code {
  const from = wasm.get(base);
  return wasm.load(index === null ? from : wasm.add(from, wordAddress(index)), 4 * word);
}

/** A step of one mover. */
export interface Step {
  readonly name: string;
  readonly routine: FlatRoutine;
  /** The mover's number; of routines with a parameter, that of its process's first instance. */
  readonly mover: number;
}

/** A step as `name(states)` or, with a parameter, `name(states, k)`: adds what it leads to. */
export function stepFunction(writing: Writing, { name, routine, mover }: Step): WasmFunction {
  const { parameter } = routine;
  const nested = withForks(writing.program, routine);
  const reading = stepReading(writing);
  const instance = reading.local(0);
  let number = 0;
  const copied = begin(writing);
  const r: Routine = {
    reading,
    firsts: writing.firsts,
    local: inLocals(writing.program),
    mover: parameter ? wasm.add(wasm.get(instance), wasm.constant(mover)) : wasm.constant(mover),
    leave: wasm.jump("path"),
    pends: statementsOf(routine).some(({ kind }) => PENDING.has(kind)),
    copied,
    emit: wasm.jump("arrive"),
    fault: null,
    answer: () => wasm.unreachable,
    pick: (pick, rest) =>
      nested === null
        ? [choose(r, pick), ...blockCode(r, rest)]
        : forked(r, nested, path, pick, rest),
    fresh: () => {
      number += 1;
      return number;
    },
  };
  const path = (body: FlatBlock): Code => pathCode(writing, r, body);
  const body = path((nested ?? routine).body);
  return {
    name,
    exported: false,
    parameters: parameter ? ["states", instance] : ["states"],
    results: 0,
    body:
      nested === null
        ? replayed(writing.map, r, wasm.sequence([...copied, body]))
        : [...copied, body],
  };
}

/** A block that ends its path; a state that it arrives at is told behind it. */
function pathCode({ arrive }: Writing, r: Routine, body: FlatBlock): Code {
  return wasm.block("path", [
    wasm.block("arrive", blockCode(r, body)),
    wasm.set("mover", r.mover),
    ...arrive,
  ]);
}

/** The routine with everything behind its forks as their rest; null where that cannot be, or what was done before cannot be undone. */
function withForks(program: FlatProgram, routine: FlatRoutine): FlatRoutine | null {
  const nested = withRests(routine);
  if (nested === null || !forks(routine.body)) return nested;
  const statements = statementsOf(nested);
  const first = statements.findIndex(({ kind }) => kind === "pick");
  const last = statements.findLastIndex(({ kind }) => kind === "pick");
  // Scratch is not put back; nor is, in memory, the state being built.
  const stores = statements.findIndex(({ kind }) => kind === "store");
  const writes = statements.findIndex(({ kind }) => kind === "write");
  const changed =
    (stores >= 0 && stores < last) || (!inLocals(program) && writes < last && writes >= 0);
  const faults = statements.some(
    (one) => one.kind === "pick" && one.none.some(({ kind }) => kind !== "reject"),
  );
  return first >= 0 && (changed || faults) ? null : nested;
}

function statementsOf(routine: FlatRoutine): readonly FlatStmt[] {
  const statements: FlatStmt[] = [];
  visitStatements(routine.body, (statement) => statements.push(statement));
  return statements;
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

// ---------------------------------------------------------------- predicates

/** Predicates that are pieces of one function, and what that has to begin with: their words in locals. */
export interface Judging {
  /** The truth of a predicate, 0, 1 or 2, in the local that is named. */
  readonly judge: (routine: FlatRoutine, truth: string) => Code;
  /** To be asked for when all predicates have been written. */
  readonly begin: () => readonly Code[];
}

/** Of the state at the address `states`; of step predicates, that after the step is at `next`. */
export function judging({ program, map, firsts }: Writing): Judging {
  const read = new Set<string>();
  const wordLocal = (base: string, word: number): string => `${base} ${word}`;
  let number = 0;
  const fresh = (): number => {
    number += 1;
    return number;
  };
  const judge = (routine: FlatRoutine, truth: string): Code => {
    const own = fresh();
    const reading: Reading = {
      program,
      map,
      local: (local) => `${own} $${local}`,
      word(state: FlatState, word, index): Code {
        const base = state === "after" ? "next" : "states";
        if (index !== null) return at(base, word, index);
        read.add(wordLocal(base, word));
        return wasm.get(wordLocal(base, word));
      },
    };
    const label = `answered ${own}`;
    const answer = (code: Code): Code => wasm.sequence([wasm.set(truth, code), wasm.jump(label)]);
    const r: Routine = {
      reading,
      firsts,
      local: false,
      mover: wasm.get("mover"),
      leave: wasm.jump(label),
      pends: false,
      copied: [],
      emit: wasm.unreachable,
      fault: answer(wasm.constant(2)),
      answer,
      pick: () => [wasm.unreachable],
      fresh,
    };
    const { body } = specialise(program.layout, routine);
    const [only, ...more] = body;
    if (only?.kind === "answer" && more.length === 0) {
      return wasm.set(truth, value(reading, only.value));
    }
    return wasm.block(label, blockCode(r, body));
  };
  return {
    judge,
    begin: () =>
      [...read].map((name) => {
        const [base = "", word] = name.split(" ");
        return wasm.set(name, wasm.load(wasm.get(base), 4 * Number(word)));
      }),
  };
}

/** The location of an instance, the state being at the address `states`. */
export function locationCode(
  { program, map }: Writing,
  item: number,
  instance: Code | number,
): Code {
  if ((program.layout.items[item]?.bits ?? 0) === 0) return wasm.constant(0);
  const reading: Reading = {
    program,
    map,
    local: () => "instance",
    word: (_, word, index) => at("states", word, index),
  };
  if (typeof instance === "number") {
    const index = { kind: "const", value: instance } as const;
    return value(reading, { kind: "read", item, index, state: "now" });
  }
  const index = { kind: "local", local: 0 } as const;
  return wasm.sequence([
    wasm.set("instance", instance),
    value(reading, { kind: "read", item, index, state: "now" }),
  ]);
}
