// Flat statements as code of WebAssembly: the body of a routine. What each end of a path does is in runtime.ts.

import type { FlatBlock, FlatStmt } from "../../machine/flat/program.ts";
import type { Code } from "./code.ts";
import * as wasm from "./code.ts";
import {
  changedWord,
  itemOf,
  placeOf,
  type Reading,
  value,
  wordAddress,
  wordsOf,
} from "./expression.ts";

/** A byte each, behind each other: has this fault, branch or note been met? Lock orders twice: on any path, in a step. */
export interface Firsts {
  readonly fault: (site: number) => number;
  readonly branch: (branch: number) => number;
  readonly note: (note: number) => number;
  /** Of the lock order with number 0, on any path and in a step. */
  readonly order: number;
  readonly orderInStep: number;
}

/** A routine being written. */
export interface Routine {
  readonly reading: Reading;
  readonly firsts: Firsts;
  /** The words of the state being built are locals. */
  readonly local: boolean;
  readonly mover: Code;
  /** Whether paths may bring something that has not happened before. */
  readonly pends: boolean;
  /** The state that a path starts from becomes the one being built. */
  readonly copied: readonly Code[];
  /** Ends a path. */
  readonly leave: Code;
  /** Ends a path that arrives at the state being built. */
  readonly emit: Code;
  /** Ends a predicate that cannot be evaluated; null in steps. */
  readonly fault: Code | null;
  /** Ends a predicate. */
  readonly answer: (value: Code) => Code;
  /** A fork, and what stands behind it in its block. */
  readonly pick: (pick: FlatStmt & { readonly kind: "pick" }, rest: FlatBlock) => readonly Code[];
  /** Gives numbers to labels and locals. */
  readonly fresh: () => number;
}

export function blockCode(r: Routine, block: FlatBlock): readonly Code[] {
  const at = block.findIndex(({ kind }) => kind === "pick");
  const pick = block[at];
  if (pick?.kind !== "pick") return block.map((statement) => statementCode(r, statement));
  const before = block.slice(0, at).map((statement) => statementCode(r, statement));
  return [...before, ...r.pick(pick, block.slice(at + 1))];
}

function statementCode(r: Routine, statement: FlatStmt): Code {
  const { reading } = r;
  switch (statement.kind) {
    case "set":
      return wasm.set(reading.local(statement.local), value(reading, statement.value));
    case "write":
      return writeCode(r, statement);
    case "store":
      return wasm.store(
        wordAddress(value(reading, statement.address)),
        value(reading, statement.value),
        reading.map.scratch,
      );
    case "if":
      return ifCode(r, statement);
    case "for":
      return forCode(r, statement);
    case "loop":
      return wasm.forever(again(statement.id), out(statement.id), blockCode(r, statement.body));
    case "block":
      return wasm.block(out(statement.id), blockCode(r, statement.body));
    case "break":
      return wasm.jump(out(statement.id));
    case "continue":
      return wasm.jump(again(statement.id));
    case "pick":
      return wasm.sequence(r.pick(statement, []));
    case "answer":
      return r.answer(value(reading, statement.value));
    case "emit":
      return wasm.sequence([...committed(r), r.emit]);
    case "fault":
      if (r.fault !== null) return r.fault;
      return wasm.sequence([
        first(wasm.constant(r.firsts.fault(statement.site))),
        ...committed(r),
        wasm.call("fault", r.mover),
        r.leave,
      ]);
    case "reject":
      return wasm.sequence([...forgotten(r), r.leave]);
    case "note":
      return first(wasm.constant(r.firsts.note(statement.note)));
    case "lock-order":
      return orderCode(r, statement);
    case "branch":
      return first(wasm.constant(r.firsts.branch(statement.branch)));
    // The search has no use for costs: who asks for them takes the steps again.
    case "cost":
    case "blame":
      return wasm.sequence([]);
    default:
      return statement satisfies never;
  }
}

function again(id: number): string {
  return `again ${id}`;
}

function out(id: number): string {
  return `out ${id}`;
}

// ---------------------------------------------------------------- what happens for the first time

/** The step is remembered if this has not happened before. */
function first(address: Code): Code {
  return wasm.when(wasm.isZero(wasm.loadByte(address)), [wasm.call("pend", address)]);
}

function committed(r: Routine): readonly Code[] {
  return r.pends ? [wasm.when(wasm.global("pending"), [wasm.call("commit")])] : [];
}

export function forgotten(r: Routine): readonly Code[] {
  return r.pends ? [wasm.setGlobal("pending", wasm.constant(0))] : [];
}

/** Lock orders get their numbers where they are met first, even on a path that is rejected. */
function orderCode(r: Routine, statement: FlatStmt & { readonly kind: "lock-order" }): Code {
  const { reading, firsts } = r;
  const locks = wasm.constant(reading.program.lockNames.length);
  const site = wasm.constant(statement.site);
  const held = wasm.add(wasm.multiply(site, locks), value(reading, statement.held));
  const key = wasm.get("order");
  return wasm.sequence([
    wasm.set("order", wasm.add(wasm.multiply(held, locks), value(reading, statement.taken))),
    wasm.when(wasm.isZero(wasm.loadByte(key, firsts.order)), [
      wasm.storeByte(key, wasm.constant(1), firsts.order),
      wasm.setGlobal("look", wasm.constant(1)),
    ]),
    first(wasm.add(key, wasm.constant(firsts.orderInStep))),
  ]);
}

// ---------------------------------------------------------------- conditions, loops, writes

function ifCode(
  r: Routine,
  { condition, then, otherwise }: FlatStmt & { readonly kind: "if" },
): Code {
  const test = value(r.reading, condition);
  if (then.length === 0) return wasm.when(wasm.isZero(test), blockCode(r, otherwise));
  return wasm.when(test, blockCode(r, then), blockCode(r, otherwise));
}

function forCode(r: Routine, statement: FlatStmt & { readonly kind: "for" }): Code {
  const { reading } = r;
  const counter = reading.local(statement.local);
  const { below } = statement;
  const limit = `below ${r.fresh()}`;
  const fixed = below.kind === "const";
  const end = `end ${statement.id}`;
  return wasm.sequence([
    wasm.set(counter, value(reading, statement.from)),
    ...(fixed ? [] : [wasm.set(limit, value(reading, below))]),
    wasm.forever(end, out(statement.id), [
      wasm.jumpIf(
        out(statement.id),
        wasm.atLeast(wasm.get(counter), fixed ? wasm.constant(below.value) : wasm.get(limit)),
      ),
      wasm.block(again(statement.id), blockCode(r, statement.body)),
      wasm.set(counter, wasm.add(wasm.get(counter), wasm.constant(1))),
    ]),
  ]);
}

function writeCode(r: Routine, statement: FlatStmt & { readonly kind: "write" }): Code {
  const { reading } = r;
  const item = itemOf(reading, statement.item);
  const place = placeOf(reading, item, statement.index);
  const number = value(reading, statement.value);
  const { fixedWord, shift } = place;
  if (place.word === null) {
    const word = reading.word("now", fixedWord, null, 1);
    return written(r, fixedWord, changedWord(item, word, shift, number));
  }
  if (!r.local) {
    const word = reading.word("now", fixedWord, wasm.get("at"), wordsOf(item));
    return wasm.sequence([
      wasm.set("at", place.word),
      wasm.store(
        wasm.add(wasm.get("now"), wordAddress(wasm.get("at"))),
        changedWord(item, word, shift, number),
        4 * fixedWord,
      ),
    ]);
  }
  const cases = Array.from({ length: wordsOf(item) }, (_, position) => {
    const word = reading.word("now", fixedWord + position, null, 1);
    return [
      written(r, fixedWord + position, changedWord(item, word, kept(shift), wasm.get("value"))),
    ];
  });
  return wasm.sequence([
    wasm.set("at", place.word),
    wasm.set("value", number),
    ...(typeof shift === "number" ? [] : [wasm.set("shift", shift)]),
    wasm.choice(wasm.get("at"), cases),
  ]);
}

/** The shift in its local, if it is not fixed. */
function kept(shift: number | Code): number | Code {
  return typeof shift === "number" ? shift : wasm.get("shift");
}

function written(r: Routine, word: number, to: Code): Code {
  return r.local ? wasm.set(`w${word}`, to) : wasm.store(wasm.get("now"), to, 4 * word);
}
