// WebAssembly modules as bytes: the sections of the binary format, as far as Weft needs them.

import { encodeBody, type WasmFunction } from "./code.ts";
import { signedLeb, unsignedLeb } from "./leb.ts";

export interface WasmModule {
  /** Pages of 64 KiB at the start; the memory may grow up to 4 GiB and is exported as `memory`. */
  readonly pages: number;
  /** Whether the memory is one that several instances share, given to each as the import `shared.memory`. */
  readonly shared?: boolean;
  readonly functions: readonly WasmFunction[];
  /** Names of numbers of 32 bits, 0 at the start, exported. */
  readonly globals: readonly string[];
  /** Words that lie in memory from the start. */
  readonly data: readonly { readonly address: number; readonly words: readonly number[] }[];
}

/** Pages of the largest memory: 4 GiB. */
const MOST_PAGES = 65_536;

const FUNCTION = 0x60;
const VALUE = 0x7f;

/** The module in the binary format, version 1. */
export function encodeModule(module: WasmModule): Uint8Array<ArrayBuffer> {
  const { functions, globals, data, pages, shared = false } = module;
  const types = new Map(functions.map((one) => [typeName(one), functionType(one)]));
  const typeNames = [...types.keys()];
  const names = {
    function: place(functions.map(({ name }) => name)),
    global: place(globals),
  };
  const exported: readonly Bytes[] = [
    [text("memory"), [0x02, 0x00]].flat(),
    ...functions
      .filter((one) => one.exported)
      .map(({ name }) => [text(name), [0x00], unsignedLeb(names.function(name))].flat()),
    ...globals.map((name) => [text(name), [0x03], unsignedLeb(names.global(name))].flat()),
  ];
  const sections: readonly (readonly [id: number, entries: readonly Entry[]])[] = [
    [1, [...types.values()].map(alone)],
    [2, shared ? [[text("shared"), text("memory"), [0x02, 0x03], limits(pages)]] : []],
    [3, functions.map((one) => alone(unsignedLeb(typeNames.indexOf(typeName(one)))))],
    [5, shared ? [] : [[[0x01], limits(pages)]]],
    [6, globals.map(() => alone([VALUE, 0x01, 0x41, 0x00, 0x0b]))],
    [7, exported.map(alone)],
    [10, functions.map((one) => sized(encodeBody(one, names)))],
    [
      11,
      data.map(({ address, words }) => [
        [0x00, 0x41, ...signedLeb(address), 0x0b],
        ...sized([words.flatMap((word) => [word, word >>> 8, word >>> 16, word >>> 24])]),
      ]),
    ],
  ];
  const written = sections
    .filter(([, entries]) => entries.length > 0)
    .flatMap(([id, entries]) => [[id], ...sized([unsignedLeb(entries.length), ...entries.flat()])]);
  return joined([[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00], ...written]);
}

type Bytes = readonly number[];

/** Bytes in pieces, which are put together only at the end. */
type Entry = readonly Bytes[];

function alone(bytes: Bytes): Entry {
  return [bytes];
}

function lengthOf(pieces: Entry): number {
  return pieces.reduce((sum, { length }) => sum + length, 0);
}

/** The pieces with the number of their bytes in front. */
function sized(pieces: Entry): Entry {
  return [unsignedLeb(lengthOf(pieces)), ...pieces];
}

function joined(pieces: Entry): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(lengthOf(pieces));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

function limits(pages: number): readonly number[] {
  return [...unsignedLeb(pages), ...unsignedLeb(MOST_PAGES)];
}

function typeName({ parameters, results }: WasmFunction): string {
  return `${parameters.length} ${results}`;
}

function functionType({ parameters, results }: WasmFunction): readonly number[] {
  const values = (length: number): readonly number[] => [
    ...unsignedLeb(length),
    ...Array.from({ length }, () => VALUE),
  ];
  return [FUNCTION, ...values(parameters.length), ...values(results)];
}

/** Tells the position of a name. */
function place(names: readonly string[]): (name: string) => number {
  const places = new Map(names.map((name, at) => [name, at]));
  return (name) => {
    const at = places.get(name);
    if (at === undefined) throw new Error(`no ${name} in the module`);
    return at;
  };
}

function text(name: string): Bytes {
  return sized([[...new TextEncoder().encode(name)]]).flat();
}
