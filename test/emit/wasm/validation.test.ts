// Every module that Weft writes is accepted by a validator that is not the one that runs it (wabt, as `wasm-validate` has it),
// and needs nothing of WebAssembly that Node 20 lacks. All of specs/, and random specs; folded and not.
//
// WEFT_RANDOM_SPECS says how many random specs to look at, WEFT_RANDOM_SEED from which seed on.

import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import loadWabt from "wabt";
import { emitWasm } from "../../../src/emit/wasm/module.ts";
import type { LowerOptions } from "../../../src/machine/lower.ts";
import type { Machine } from "../../../src/machine/machine.ts";
import { compile } from "../../../src/pipeline.ts";
import { lowered, prepareSeed } from "../../support/corpus.ts";

const count = Number(process.env["WEFT_RANDOM_SPECS"] ?? 40);
const start = Number(process.env["WEFT_RANDOM_SEED"] ?? 0);

/** What a module may use beside the first version of WebAssembly; wabt would allow most of the rest by itself. */
const features = {
  mutable_globals: true,
  sign_extension: true,
  bulk_memory: true,
  sat_float_to_int: false,
  multi_value: false,
  reference_types: false,
  simd: true,
  threads: false,
  exceptions: false,
  function_references: false,
  tail_call: false,
  annotations: false,
  code_metadata: false,
  gc: false,
  memory64: false,
  extended_const: false,
  relaxed_simd: false,
};

const wabt = await loadWabt();

/** Why a module is not valid; null if it is. */
function complaint(bytes: Uint8Array): string | null {
  try {
    const module = wabt.readWasm(bytes, features);
    try {
      module.validate();
      return null;
    } finally {
      module.destroy();
    }
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** As `complaint`; null also for a machine that is not searched in WebAssembly. */
function complaintOf(machine: Machine): string | null {
  const module = emitWasm(machine);
  return module === null ? null : complaint(module.bytes);
}

const unfolded: readonly LowerOptions[] = [
  { fold: false, reset: true },
  { fold: false, reset: false },
  { fold: true, reset: false },
];

const folder = new URL("../../../specs/", import.meta.url);

for (const path of readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()) {
  if (!path.endsWith(".weft")) continue;
  test(`specs/${path}`, () => {
    const { machine, model } = compile(path, (name) => readFileSync(new URL(name, folder), "utf8"));
    if (machine === null || model === null) expect.fail("does not compile");
    const module = emitWasm(machine);
    if (module === null) expect.fail("is not searched in WebAssembly");
    expect(complaint(module.bytes)).toBeNull();
    for (const options of unfolded) expect(complaintOf(lowered(model, options))).toBeNull();
  });
}

test("random specs", { timeout: 30_000 + 500 * count }, () => {
  for (let seed = start; seed < start + count; seed += 1) {
    const { machine, model } = prepareSeed(seed);
    if (machine === null || model === null) continue;
    expect([seed, complaintOf(machine)]).toEqual([seed, null]);
    for (const options of unfolded) {
      expect([seed, options, complaintOf(lowered(model, options))]).toEqual([seed, options, null]);
    }
  }
});

test("the validator refuses what is not valid", () => {
  const header = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
  // One function from nothing to a number; its body follows.
  const withBody = (...body: number[]): Uint8Array =>
    Uint8Array.from([
      ...header,
      ...[1, 5, 1, 0x60, 0, 1, 0x7f],
      ...[3, 2, 1, 0],
      ...[10, 4 + body.length, 1, 2 + body.length, 0, ...body, 0x0b],
    ]);
  expect(complaint(withBody(0x41, 7))).toBeNull();
  expect(complaint(withBody(0x42, 7))).toMatch(/type mismatch/);
  expect(complaint(withBody())).toMatch(/type mismatch/);
  // A memory that workers share.
  expect(complaint(Uint8Array.from([...header, 5, 4, 1, 0x03, 1, 1]))).toMatch(/shared|threads/);
  // A memory of 64 bits.
  expect(complaint(Uint8Array.from([...header, 5, 3, 1, 0x04, 1]))).toMatch(/memory|64/);
});
