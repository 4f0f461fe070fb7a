// What `encode` and `decode` of a generated module are made of; printed like prelude.ts, into modules that need it.

import { has } from "./prelude.ts";

/** Where a number is in the words of a state: field `index` of a row of equally wide ones. */
export interface Field {
  readonly word: number;
  readonly shift: number;
  readonly bits: number;
  readonly perWord: number;
}

/** How a part of a state is kept in words. */
export interface Codec {
  get(words: Int32Array, offset: number, index: number): unknown;
  put(words: Int32Array, offset: number, index: number, value: unknown): void;
}

/** The number in a field. */
export function getField(
  { word, shift, bits, perWord }: Field,
  words: Int32Array,
  offset: number,
  index: number,
): number {
  if (bits === 0) return 0;
  const packed = words[offset + word + Math.floor(index / perWord)] as number;
  return (packed >>> (shift + (index % perWord) * bits)) & (bits === 32 ? -1 : 2 ** bits - 1);
}

/** Puts a number into a field. */
export function putField(
  { word, shift, bits, perWord }: Field,
  words: Int32Array,
  offset: number,
  index: number,
  value: number,
): void {
  if (bits === 0) return;
  const at = offset + word + Math.floor(index / perWord);
  const by = shift + (index % perWord) * bits;
  words[at] = ((words[at] as number) & ~((bits === 32 ? -1 : 2 ** bits - 1) << by)) | (value << by);
}

/** A field: `bits` bits each, from a word and a shift on. */
export function field(word: number, shift: number, bits: number, perWord: number): Field {
  return { word, shift, bits, perWord };
}

/** One of a list of values, by its position. */
export function oneValue(values: readonly unknown[], at: Field): Codec {
  return {
    get: (words, offset, index) => values[getField(at, words, offset, index)],
    put: (words, offset, index, value) => putField(at, words, offset, index, values.indexOf(value)),
  };
}

/** A number, from the least one on. */
export function number(lo: number, at: Field): Codec {
  return {
    get: (words, offset, index) => lo + getField(at, words, offset, index),
    put: (words, offset, index, value) =>
      putField(at, words, offset, index, (value as number) - lo),
  };
}

/** A set, one bit for each value; more than 32 of them fill whole words first. */
export function bitSet(values: readonly unknown[], whole: Field, rest: Field): Codec {
  const wholeWords = Math.floor(values.length / 32);
  const placeOf = (index: number, bit: number): [Field, number] => {
    const word = Math.floor(bit / 32);
    return word < wholeWords ? [whole, index * wholeWords + word] : [rest, index];
  };
  return {
    get: (words, offset, index) =>
      values.filter((_, bit) => {
        const [at, position] = placeOf(index, bit);
        return ((getField(at, words, offset, position) >>> (bit % 32)) & 1) === 1;
      }),
    put(words, offset, index, value) {
      values.forEach((one, bit) => {
        if (!has(value as readonly unknown[], one)) return;
        const [at, position] = placeOf(index, bit);
        putField(
          at,
          words,
          offset,
          position,
          getField(at, words, offset, position) | (1 << (bit % 32)),
        );
      });
    },
  };
}

/** A value that may be null: a flag, then the value. */
export function nullable(flag: Field, inner: Codec): Codec {
  return {
    get: (words, offset, index) =>
      getField(flag, words, offset, index) === 0 ? null : inner.get(words, offset, index),
    put(words, offset, index, value) {
      putField(flag, words, offset, index, value === null ? 0 : 1);
      if (value !== null) inner.put(words, offset, index, value);
    },
  };
}

/** An object, part by part. */
export function parts(fields: { readonly [name: string]: Codec }): Codec {
  return {
    get: (words, offset, index) =>
      Object.fromEntries(
        Object.entries(fields).map(([name, codec]) => [name, codec.get(words, offset, index)]),
      ),
    put(words, offset, index, value) {
      for (const [name, codec] of Object.entries(fields)) {
        codec.put(words, offset, index, (value as { [name: string]: unknown })[name]);
      }
    },
  };
}

/** An array: an element for each key. */
export function elements(keys: readonly unknown[], of: Codec): Codec {
  return {
    get: (words, offset, index) =>
      Object.fromEntries(
        keys.map((key, at) => [String(key), of.get(words, offset, index * keys.length + at)]),
      ),
    put(words, offset, index, value) {
      keys.forEach((key, at) => {
        of.put(
          words,
          offset,
          index * keys.length + at,
          (value as { [key: string]: unknown })[String(key)],
        );
      });
    },
  };
}

/** A sequence: its length, then so many slots, those behind the length empty. */
export function slots(upto: number, length: Field, of: Codec): Codec {
  return {
    get: (words, offset, index) =>
      Array.from({ length: getField(length, words, offset, index) }, (_, at) =>
        of.get(words, offset, index * upto + at),
      ),
    put(words, offset, index, value) {
      const sequence = value as readonly unknown[];
      putField(length, words, offset, index, sequence.length);
      sequence.forEach((element, at) => {
        of.put(words, offset, index * upto + at, element);
      });
    },
  };
}
