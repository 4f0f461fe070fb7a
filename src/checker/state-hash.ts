// A 64-bit hash of a set of states: the same whatever the order in which a search met them, and however they are packed.
//
// Each part of a state (a variable's element, a lock, where a process stands) adds a hash of its path and its value, the
// sum is mixed into the hash of the state, and these are summed modulo 2^64 over all states. Paths and values are those
// that a spec's people write, so that declarations may change their order and types may grow; locals go by their order and
// locations by their order among those reached, so that names of locals, labels and dead code do not matter.
//
// If the mixing were a random function, two different sets would have the same hash with a chance of 2^-64: their sums
// differ by hashes that only one set has. It is no such thing against an adversary; against mistakes it is near enough.
// The mixing is the finalizer of MurmurHash3 (Austin Appleby, public domain, github.com/aappleby/smhasher), on two halves
// of 32 bits whose keys come from different seeds: JavaScript has fast arithmetic on 32 bits only.

import { type Item, type Layout, layout, type Stored, WORD_BITS } from "../machine/layout.ts";
import { get, mask } from "../machine/layout-pack.ts";
import { type Machine, type Type, type Value, valuesOf } from "../machine/machine.ts";
import { lockType } from "../machine/state.ts";
import type { PackedStates } from "./packed-states.ts";

/** The hash of a set of states of this machine (each given once): 16 hexadecimal digits. */
export function stateSetHash(machine: Machine, { words, count }: PackedStates): string {
  const placed = layout(machine);
  const { width } = placed;
  const parts = partsOf(machine, placed, { words, count });
  let high = 0;
  let low = 0;
  for (let offset = 0; offset < count * width; offset += width) {
    let stateHigh = 0;
    let stateLow = 0;
    for (const part of parts) {
      const { word, shift, bits, least, guard, codes, key } = part;
      const guarded = ((words[offset + guard.word] as number) >>> guard.shift) & guard.bits;
      if (guarded >>> 0 < least) continue;
      const ordinal = ((words[offset + word] as number) >>> shift) & bits;
      const codeHigh = codes === null ? part.first + ordinal : (codes.high[ordinal] as number);
      const codeLow = codes === null ? part.first + ordinal : (codes.low[ordinal] as number);
      stateHigh = (stateHigh + mixed(key.high ^ codeHigh)) | 0;
      stateLow = (stateLow + mixed(key.low ^ codeLow)) | 0;
    }
    const added = mixed(stateLow) >>> 0;
    low = (low + added) >>> 0;
    high = (high + mixed(stateHigh) + (low < added ? 1 : 0)) | 0;
  }
  return digits(high) + digits(low);
}

function digits(half: number): string {
  return (half >>> 0).toString(16).padStart(8, "0");
}

// ---------------------------------------------------------------- what a state consists of

interface Halves<T> {
  readonly high: T;
  readonly low: T;
}

interface Field {
  readonly word: number;
  readonly shift: number;
  /** A mask of the field's width. */
  readonly bits: number;
}

/** One field of a packed state. It adds to the state's hash if the field `guard` holds `least` or more. */
interface Part extends Field {
  readonly key: Halves<number>;
  readonly guard: Field;
  readonly least: number;
  /** What each ordinal stands for; null: the number `first` + ordinal. */
  readonly codes: Halves<Int32Array> | null;
  readonly first: number;
}

/** A field that is always there: nothing guards what lies in no option and no sequence. */
const always = { guard: { word: 0, shift: 0, bits: 0 }, least: 0 };

type Guard = Pick<Part, "guard" | "least">;

/** All parts have one shape, since the loop over states reads them. */
function partOf(
  { word, shift, bits }: Field,
  key: Halves<number>,
  { guard, least }: Guard,
  codes: Part["codes"] = null,
  first = 0,
): Part {
  return { word, shift, bits, key, guard, least, codes, first };
}

function partsOf(machine: Machine, placed: Layout, states: PackedStates): readonly Part[] {
  const parts: Part[] = [];
  for (const [variable, stored] of placed.variables) {
    parts.push(...storedParts(stored, variable.type, variable.name, 0, always));
  }
  for (const [lock, stored] of placed.locks) {
    parts.push(...storedParts(stored, lockType(machine, lock), lock.name, 0, always));
  }
  for (const place of placed.processes) {
    const ranks = locationRanks(place.location, placed.width, states);
    const locals = [...place.locals];
    machine.instances.slice(place.first, place.first + place.count).forEach((instance, index) => {
      const key = keyOf(`${instance.name}.at`);
      parts.push(partOf(fieldOf(place.location, index), key, always, ranks));
      locals.forEach(([local, stored], order) => {
        const path = `${instance.name}.local ${order}`;
        parts.push(...storedParts(stored, local.type, path, index, always));
      });
    });
  }
  return parts;
}

/** By location: its position among those that some process stands at. */
function locationRanks(item: Item, width: number, { words, count }: PackedStates): Part["codes"] {
  const reached = new Uint8Array(2 ** item.bits);
  for (let state = 0; state < count; state += 1) {
    for (let index = 0; index < item.count; index += 1) {
      reached[get(item, index, words, state * width)] = 1;
    }
  }
  let rank = 0;
  const ranks = Int32Array.from(reached, (known) => {
    rank += known;
    return rank - 1;
  });
  return { high: ranks, low: ranks };
}

function storedParts(
  stored: Stored,
  type: Type,
  path: string,
  index: number,
  around: Guard,
): readonly Part[] {
  const inner = (of: Stored, part: Type, name: string, at: number, guard: Guard = around) =>
    storedParts(of, part, `${path}${name}`, at, guard);
  if (stored.kind === "scalar") return scalarParts(stored.item, type, path, index, around);
  if (stored.kind === "option" && type.kind === "option") {
    // Of null nothing is added; what lies inside is guarded by the flag.
    const flag = fieldOf(stored.flag, index);
    const there = { guard: flag, least: 1 };
    const some = partOf(flag, keyOf(`${path}?`), there);
    return [some, ...inner(stored.of, type.of, "", index, there)];
  }
  if (stored.kind === "record" && type.kind === "record") {
    return type.fields.flatMap((field, at) => {
      const of = stored.fields[at]?.of;
      return of === undefined ? [] : inner(of, field.type, `.${field.name}`, index);
    });
  }
  if (stored.kind === "array" && type.kind === "array") {
    return [...valuesOf(type.key)].flatMap((key, at) =>
      inner(stored.of, type.of, `[${textOf(key)}]`, index * stored.count + at),
    );
  }
  if (stored.kind === "set" && type.kind === "set") {
    return [...valuesOf(type.of)].map((element, bit) => {
      const word = Math.floor(bit / WORD_BITS);
      const row = word < stored.wholeWords ? stored.whole : stored.rest;
      const at = word < stored.wholeWords ? index * stored.wholeWords + word : index;
      return elementPart(fieldOf(row, at), bit % WORD_BITS, path, element);
    });
  }
  if (stored.kind === "sequence" && type.kind === "sequence") {
    const length = fieldOf(stored.length, index);
    return [
      partOf(length, keyOf(`${path}.length`), around),
      ...Array.from({ length: stored.upto }, (_, at) => {
        const there = { guard: length, least: at + 1 };
        return inner(stored.of, type.of, `[${at}]`, index * stored.upto + at, there);
      }).flat(),
    ];
  }
  throw new Error(`a ${type.kind} is not stored as a ${stored.kind}`);
}

function scalarParts(
  item: Item,
  type: Type,
  path: string,
  index: number,
  around: Guard,
): readonly Part[] {
  const field = fieldOf(item, index);
  if (type.kind === "set") {
    // Of an element that is not in nothing is added, so that it does not matter which ones the type has.
    return [...valuesOf(type.of)].map((element, bit) => elementPart(field, bit, path, element));
  }
  const key = keyOf(path);
  // Ordinal 0 of an option is null.
  const optional = type.kind === "option";
  const plain = optional ? type.of : type;
  const guard = optional ? { guard: field, least: 1 } : around;
  if (plain.kind === "range") {
    return [partOf(field, key, guard, null, plain.lo - (optional ? 1 : 0))];
  }
  const values = [...(optional ? [null] : []), ...valuesOf(plain)].map(textOf);
  return [partOf(field, key, guard, codesOf(values))];
}

/** An element of a set, if it is in. */
function elementPart(set: Field, bit: number, path: string, element: Value): Part {
  const field = { word: set.word, shift: set.shift + bit, bits: 1 };
  return partOf(field, keyOf(`${path} has ${textOf(element)}`), { guard: field, least: 1 });
}

/** What has only one value has no bits; it is a part of the state all the same. */
function fieldOf(item: Item, index: number): Field {
  if (item.bits === 0) return always.guard;
  const word = item.word + Math.floor(index / item.perWord);
  return { word, shift: item.shift + (index % item.perWord) * item.bits, bits: mask(item.bits) };
}

// ---------------------------------------------------------------- texts and numbers to halves

/** A value on one line; the fields of records and the keys of arrays in the order of the alphabet. */
function textOf(value: Value): string {
  if (value === null || typeof value !== "object") return String(value);
  if (Array.isArray(value)) return `(${value.map(textOf).join(" ")})`;
  const entries = Object.entries(value).map(([name, one]) => `${name} ${textOf(one)}`);
  return `{${entries.toSorted().join(" ")}}`;
}

function keyOf(text: string): Halves<number> {
  return { high: hashText(text, HIGH_SEED), low: hashText(text, LOW_SEED) };
}

function codesOf(texts: readonly string[]): Halves<Int32Array> {
  return {
    high: Int32Array.from(texts, (text) => hashText(text, HIGH_SEED)),
    low: Int32Array.from(texts, (text) => hashText(text, LOW_SEED)),
  };
}

const HIGH_SEED = 0x9e3779b9;
const LOW_SEED = 0x7f4a7c15;

function hashText(text: string, seed: number): number {
  let hash = seed;
  for (let index = 0; index < text.length; index += 1) {
    hash = mixed((hash + seed) ^ text.charCodeAt(index));
  }
  return hash;
}

/** MurmurHash3's fmix32: every bit of the result depends on every bit of the word. */
function mixed(word: number): number {
  let hash = word ^ (word >>> 16);
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
