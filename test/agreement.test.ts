// All ways of running a spec agree, on random specs and on all of specs/: the interpreter and the generated machine, the
// machine and the statements as they are written, with and without folding and resets, as written and printed anew.
//
// WEFT_RANDOM_SPECS says how many random specs to compare, WEFT_RANDOM_SEED from which seed on.

import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { interpretedSystem } from "../src/checker/interpreted-system.ts";
import { compile, packedSystem } from "../src/pipeline.ts";
import { disagreement } from "./support/agree.ts";
import { prepare } from "./support/corpus.ts";
import { differsFromOracle } from "./support/oracle-compare.ts";
import { type RandomSpec, randomSpec } from "./support/random-spec.ts";
import { compareSystems } from "./support/same-system.ts";
import { shrink } from "./support/shrink.ts";

const count = Number(process.env["WEFT_RANDOM_SPECS"] ?? 50);
const start = Number(process.env["WEFT_RANDOM_SEED"] ?? 0);
const CHUNK = 25;
const SHRINK_MILLISECONDS = 60_000;

/** What is wrong with a spec, our own exceptions included; a spec that is refused is not compared. */
function wrongWith(spec: RandomSpec): string | null {
  try {
    return disagreement(prepare(spec));
  } catch (error) {
    return error instanceof Error ? `exception: ${error.message}` : String(error);
  }
}

/** The spec made smaller, file by file, as long as it is wrong in the same way. */
function shrunk(spec: RandomSpec, wrong: string): string {
  const deadline = performance.now() + SHRINK_MILLISECONDS;
  const sort = (what: string | null): string | undefined => what?.split(":")[0];
  let files = spec.files;
  for (const path of files.keys()) {
    const text = shrink(
      files.get(path) ?? "",
      (smaller) => {
        const found = wrongWith({ ...spec, files: new Map(files).set(path, smaller) });
        return sort(found) === sort(wrong);
      },
      () => performance.now() > deadline,
    );
    files = new Map(files).set(path, text);
  }
  const smallest = { ...spec, files };
  const shown = [...files].map(([path, text]) => `--- ${path}\n${text}`);
  return [`seed ${spec.seed}: ${wrongWith(smallest)}`, ...shown].join("\n");
}

for (let from = start; from < start + count; from += CHUNK) {
  const to = Math.min(from + CHUNK, start + count);
  test(`random specs ${from} to ${to - 1} agree`, { timeout: 300_000 }, () => {
    for (let seed = from; seed < to; seed += 1) {
      const spec = randomSpec(seed);
      const wrong = wrongWith(spec);
      if (wrong !== null) expect.fail(shrunk(spec, wrong));
    }
  });
}

// ---------------------------------------------------------------- the specs for people

const folder = new URL("../specs/", import.meta.url);

const specs = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".weft"))
  .sort();

for (const path of specs) {
  test(`specs/${path} runs alike in all`, { timeout: 120_000 }, () => {
    const { machine, model, diagnostics } = compile(path, (name) =>
      readFileSync(new URL(name, folder), "utf8"),
    );
    if (machine === null || model === null) {
      expect.fail(diagnostics.map(({ message }) => message).join("\n"));
    }
    const found = compareSystems(interpretedSystem(machine), packedSystem(machine), 1500);
    expect(found.difference).toBeNull();
    expect(differsFromOracle(machine, model, 65_536, 500)).toBeNull();
  });
}
