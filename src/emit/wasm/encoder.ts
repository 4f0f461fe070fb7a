// WebAssembly modules as bytes: the sections of the binary format, as far as Weft needs them.

import { encodeBody, type WasmFunction } from "./code.ts";
import { signedLeb, unsignedLeb } from "./leb.ts";

export interface WasmModule {
  /** Pages of 64 KiB at the start; the memory may grow up to 4 GiB and is exported as `memory`. */
  readonly pages: number;
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
  const { functions, globals, data, pages } = module;
  const types = new Map(functions.map((one) => [typeName(one), functionType(one)]));
  const typeNames = [...types.keys()];
  const names = {
    function: place(functions.map(({ name }) => name)),
    global: place(globals),
  };
  const exported = [
    [...text("memory"), 0x02, 0x00],
    ...functions
      .filter((one) => one.exported)
      .map(({ name }) => [...text(name), 0x00, ...unsignedLeb(names.function(name))]),
    ...globals.map((name) => [...text(name), 0x03, ...unsignedLeb(names.global(name))]),
  ];
  const sections: readonly (readonly [id: number, entries: readonly (readonly number[])[]])[] = [
    [1, [...types.values()]],
    [3, functions.map((one) => unsignedLeb(typeNames.indexOf(typeName(one))))],
    [5, [[0x01, ...unsignedLeb(pages), ...unsignedLeb(MOST_PAGES)]]],
    [6, globals.map(() => [VALUE, 0x01, 0x41, 0x00, 0x0b])],
    [7, exported],
    [10, functions.map((one) => sized(encodeBody(one, names)))],
    [
      11,
      data.map(({ address, words }) => [
        ...[0x00, 0x41, ...signedLeb(address), 0x0b],
        ...sized(words.flatMap((word) => [word, word >>> 8, word >>> 16, word >>> 24])),
      ]),
    ],
  ];
  const bytes = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
  for (const [id, entries] of sections) {
    if (entries.length === 0) continue;
    const content = [unsignedLeb(entries.length), ...entries].flat();
    for (const byte of [id, ...unsignedLeb(content.length)]) bytes.push(byte);
    for (const byte of content) bytes.push(byte);
  }
  return Uint8Array.from(bytes);
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

/** The bytes with their number in front. */
function sized(bytes: readonly number[]): readonly number[] {
  return [unsignedLeb(bytes.length), bytes].flat();
}

function text(name: string): readonly number[] {
  return sized([...new TextEncoder().encode(name)]);
}
