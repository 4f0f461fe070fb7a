// Constant values while flattening: the words that a value has in memory.

import { isScalar, WORD_BITS } from "../layout.ts";
import { type Type, type Value, valuesOf } from "../machine.ts";
import { type Builder, dataAddress } from "./builder.ts";
import { valueKey } from "./convert.ts";
import { constant } from "./fold.ts";
import { type FlatValue, fromOrdinal, scalar, sizeOf } from "./value.ts";

/** A constant of this type. */
export function literalValue(b: Builder, type: Type, value: Value): FlatValue {
  if (isScalar(type)) return scalar(type, fromOrdinal(type, constant(ordinalOfValue(type, value))));
  return { kind: "memory", type, memory: "data", address: dataAddress(b, wordsOf(type, value)) };
}

/** The position of a value among those of its type; -1 if it is none of them. A set of up to 32 elements: its mask. */
export function ordinalOfValue(type: Type, value: Value): number {
  switch (type.kind) {
    case "bool":
      return Number(value);
    case "range":
      return Number(value) >= type.lo && Number(value) <= type.hi ? Number(value) - type.lo : -1;
    case "enum":
    case "process":
      return type.members.indexOf(String(value));
    case "option":
      return value === null ? 0 : 1 + ordinalOfValue(type.of, value);
    case "set":
      return elements(value).reduce<number>(
        (mask, one) => mask | (1 << ordinalOfValue(type.of, one)),
        0,
      );
    default:
      return [...valuesOf(type)].findIndex((one) => valueKey(one) === valueKey(value));
  }
}

function wordsOf(type: Type, value: Value): readonly number[] {
  if (isScalar(type)) return [ordinalOfValue(type, value)];
  const words = new Array<number>(sizeOf(type)).fill(0);
  const put = (at: number, part: readonly number[]): void => {
    part.forEach((word, index) => {
      words[at + index] = word;
    });
  };
  switch (type.kind) {
    case "option":
      if (value !== null) put(0, [1, ...wordsOf(type.of, value)]);
      return words;
    case "record":
      return type.fields.flatMap((field) => wordsOf(field.type, entry(value, field.name)));
    case "array":
      return [...valuesOf(type.key)].flatMap((key) => wordsOf(type.of, entry(value, String(key))));
    case "set":
      for (const one of elements(value)) {
        const ordinal = ordinalOfValue(type.of, one);
        const word = Math.floor(ordinal / WORD_BITS);
        words[word] = (words[word] ?? 0) | (1 << (ordinal % WORD_BITS));
      }
      return words;
    case "sequence": {
      const size = sizeOf(type.of);
      words[0] = elements(value).length;
      for (const [index, one] of elements(value).entries()) {
        put(1 + index * size, wordsOf(type.of, one));
      }
      return words;
    }
    default:
      throw new Error(`${type.kind} is a scalar`);
  }
}

function elements(value: Value): readonly Value[] {
  if (!Array.isArray(value)) throw new Error("not a set or sequence");
  return value;
}

function entry(value: Value, key: string): Value {
  const found = (value as { readonly [key: string]: Value })[key];
  if (found === undefined) throw new Error(`no ${key}`);
  return found;
}
