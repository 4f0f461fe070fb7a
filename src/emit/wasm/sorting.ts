// The state that stands for all that differ in names of symmetric values only, as code of WebAssembly: the keys of all values
// in locals, a network that sorts them, and the state made of them anew. machine/symmetry/sort.ts does the same in JavaScript.

import type { Bits, Guard } from "../../machine/symmetry/families.ts";
import type { NamingField, SortPlan, TypeSorting } from "../../machine/symmetry/sort-plan.ts";
import type { Code, WasmFunction } from "./code.ts";
import * as wasm from "./code.ts";
import type { MemoryMap } from "./memory-map.ts";
import { eachRecord, FAULT_BIT } from "./runtime.ts";
import type { Table } from "./table.ts";

/** More words than this are not kept in locals. */
const MOST_KEY_WORDS = 96;

/** Whether the keys are few and short enough to be sorted here. */
export function sortsInLocals(plan: SortPlan): boolean {
  return plan.every(({ size, keyWords }) => size * keyWords <= MOST_KEY_WORDS);
}

/** Puts the state that stands for it in the place of each state found, from the record at `start` on. */
export function representFound(map: MemoryMap, width: number, table: Table): Code {
  const faults = wasm.and(wasm.load(wasm.get("record"), 4 * width + 4), wasm.constant(FAULT_BIT));
  return eachRecord(map, wasm.get("start"), wasm.global("out"), "representing", [
    wasm.when(wasm.isZero(faults), [
      wasm.call("represent", wasm.get("record")),
      table.hashAt("record"),
      wasm.store(wasm.get("record"), wasm.get("hash"), 4 * width),
    ]),
  ]);
}

/** `represent(state)`: the state at this address becomes the one that stands for it. */
export function representFunction(width: number, plan: SortPlan): WasmFunction {
  const words = Array.from({ length: width }, (_, word) => word);
  return {
    name: "represent",
    exported: false,
    parameters: ["state"],
    results: 0,
    body: [
      ...words.map((word) => wasm.set(wordLocal(word), wasm.load(wasm.get("state"), 4 * word))),
      ...plan.flatMap(sorted),
      ...words.map((word) => wasm.store(wasm.get("state"), wasm.get(wordLocal(word)), 4 * word)),
    ],
  };
}

function wordLocal(word: number): string {
  return `w${word}`;
}

function keyLocal(value: number, word: number): string {
  return `key ${value} ${word}`;
}

function namedLocal(at: number): string {
  return `named ${at}`;
}

/** Sorts the values of one type. */
function sorted(sorting: TypeSorting): readonly Code[] {
  const { size, naming } = sorting;
  return [
    ...naming.map((field, at) => wasm.set(namedLocal(at), valueNamed(field))),
    ...range(size).flatMap((value) => keyOf(sorting, value)),
    ...network(size).map(([one, other]) => exchanged(sorting, one, other)),
    ...naming.map((field, at) => renamed(sorting, field, at)),
    ...restored(sorting),
  ];
}

/** The value that stands in a field; none of them if none does. */
function valueNamed({ bits, first, guards }: NamingField): Code {
  const value = wasm.subtract(read(bits), wasm.constant(first));
  if (guards.length === 0) return value;
  const meant = guards.map(guardHolds).reduce((one, other) => wasm.and(one, other));
  return wasm.select(meant, value, wasm.constant(-1));
}

function guardHolds(guard: Guard): Code {
  const value = read(guard.bits);
  if (guard.kind === "at-least") return wasm.atLeast(value, wasm.constant(guard.least));
  const allowed = [...guard.allowed.keys()].filter((number) => guard.allowed[number] === 1);
  return allowed
    .map((number) => wasm.equal(value, wasm.constant(number)))
    .reduce((one, other) => wasm.or(one, other), wasm.constant(0));
}

/** The words of a value's key. */
function keyOf({ keyWords, own, naming }: TypeSorting, value: number): readonly Code[] {
  return range(keyWords).map((word) => {
    const parts = [
      ...own
        .filter(({ keyWord }) => keyWord === word)
        .map(({ cells, keyShift }) => shifted(read(cells[value] as Bits), keyShift)),
      ...naming.flatMap(({ keyWord, keyShift }, at) =>
        keyWord === word
          ? [shifted(wasm.equal(wasm.get(namedLocal(at)), wasm.constant(value)), keyShift)]
          : [],
      ),
    ];
    return wasm.set(
      keyLocal(value, word),
      parts.reduce((one, other) => wasm.or(one, other)),
    );
  });
}

/** Two keys in their order. */
function exchanged({ keyWords }: TypeSorting, one: number, other: number): Code {
  const words = range(keyWords);
  const upperIsLess = words.reduceRight<Code>((otherwise, word) => {
    const [lower, upper] = [wasm.get(keyLocal(one, word)), wasm.get(keyLocal(other, word))];
    const less = wasm.less(upper, lower);
    return word === keyWords - 1
      ? less
      : wasm.or(less, wasm.and(wasm.equal(upper, lower), otherwise));
  }, wasm.constant(0));
  return wasm.sequence([
    wasm.set("exchange", upperIsLess),
    ...words.flatMap((word) => {
      const [lower, upper] = [keyLocal(one, word), keyLocal(other, word)];
      const exchange = wasm.get("exchange");
      return [
        wasm.set("held", wasm.select(exchange, wasm.get(upper), wasm.get(lower))),
        wasm.set(upper, wasm.select(exchange, wasm.get(lower), wasm.get(upper))),
        wasm.set(lower, wasm.get("held")),
      ];
    }),
  ]);
}

/** The field names the value that stands now where the one that it named came to. */
function renamed({ size }: TypeSorting, field: NamingField, at: number): Code {
  const { bits, first, keyWord, keyShift } = field;
  const place = range(size)
    .slice(1)
    .map((value) => {
      const bit = wasm.and(
        wasm.shiftRight(wasm.get(keyLocal(value, keyWord)), wasm.constant(keyShift)),
        wasm.constant(1),
      );
      return wasm.multiply(bit, wasm.constant(value));
    })
    .reduce((sum, one) => wasm.add(sum, one), wasm.constant(first));
  return wasm.when(wasm.lessUnsigned(wasm.get(namedLocal(at)), wasm.constant(size)), [
    changed(bits.word, bits.mask << bits.shift, [shifted(place, bits.shift)]),
  ]);
}

/** What each value has for itself, from the keys, word by word. */
function restored({ size, own }: TypeSorting): readonly Code[] {
  const parts = own.flatMap(({ cells, keyWord, keyShift }) =>
    range(size).map((value) => {
      const bits = cells[value] as Bits;
      const key = wasm.shiftRight(wasm.get(keyLocal(value, keyWord)), wasm.constant(keyShift));
      return { bits, code: shifted(wasm.and(key, wasm.constant(bits.mask)), bits.shift) };
    }),
  );
  return [...new Set(parts.map(({ bits }) => bits.word))].map((word) => {
    const mine = parts.filter(({ bits }) => bits.word === word);
    const mask = mine.reduce((all, { bits }) => all | (bits.mask << bits.shift), 0);
    return changed(
      word,
      mask,
      mine.map(({ code }) => code),
    );
  });
}

/** A word with other bits under a mask. */
function changed(word: number, mask: number, parts: readonly Code[]): Code {
  const kept = wasm.and(wasm.get(wordLocal(word)), wasm.constant(~mask));
  return wasm.set(
    wordLocal(word),
    parts.reduce((one, other) => wasm.or(one, other), kept),
  );
}

function read({ word, shift, mask }: Bits): Code {
  const value = wasm.get(wordLocal(word));
  const low = shift === 0 ? value : wasm.shiftRight(value, wasm.constant(shift));
  return mask === -1 ? low : wasm.and(low, wasm.constant(mask));
}

function shifted(value: Code, by: number): Code {
  return by === 0 ? value : wasm.shiftLeft(value, wasm.constant(by));
}

/** Pairs to be put in order, one after the other, so that all are sorted: Batcher's merge exchange, as Knuth has it (TAOCP 5.2.2, algorithm M). */
export function network(size: number): readonly (readonly [number, number])[] {
  const pairs: [number, number][] = [];
  const top = 2 ** Math.ceil(Math.log2(Math.max(size, 2))) / 2;
  for (let p = top; p > 0; p >>= 1) {
    let [q, r, d] = [top, 0, p];
    for (;;) {
      for (let at = 0; at < size - d; at += 1) if ((at & p) === r) pairs.push([at, at + d]);
      if (q === p) break;
      d = q - p;
      q >>= 1;
      r = p;
    }
  }
  return pairs;
}

function range(count: number): readonly number[] {
  return Array.from({ length: count }, (_, at) => at);
}
