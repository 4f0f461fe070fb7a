// The program as one file, with the code that V8 made of it beside it: to read that is faster than to compile it at each start.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { Script } from "node:vm";
import { crc32 } from "node:zlib";

/** Where the program lies in its folder, and what was compiled of it. */
const PROGRAM = "weft.cjs";
const COMPILED = "weft.v8";
/** Bytes of a checksum. */
const CHECKSUM = 4;
/**
 * How many bytes of bytecode a function runs before V8 optimises it: about four times what V8 takes by itself. Most runs are
 * over in a quarter of a second, in which each part of the compiler sees its input once: what V8 optimises of it by itself, and
 * gives up again, takes longer than it saves. Longer searches are repaid later by milliseconds.
 */
const INTERRUPT_BUDGET = 500_000;

export interface Program {
  /** Whether V8 takes what was compiled of it before. */
  readonly wasCompiled: boolean;
  /** Runs it, once. */
  readonly run: () => void;
  /** Keeps what V8 has compiled of it so far. */
  readonly keepCompiled: () => void;
}

/**
 * The program in a folder; `self` is the URL of the executable. What was compiled by another V8 is refused by V8 itself, which
 * compiles the program anew; whether it is whole, and of this program, is not looked at by V8, but here.
 */
export function loadProgram(folder: URL, self: string): Program {
  // Before all else: V8 refuses what was compiled under other flags.
  setFlagsFromString(`--interrupt-budget=${INTERRUPT_BUDGET}`);
  const url = new URL(PROGRAM, folder);
  const compiledUrl = new URL(COMPILED, folder);
  const source = readFileSync(url);
  const sourceSum = crc32(source);
  // The bundler writes ASCII only, and no `import()`, which code that is read ready-made cannot do.
  const script = new Script(source.toString("latin1"), {
    filename: fileURLToPath(url),
    cachedData: compiledBefore(compiledUrl, sourceSum),
  });
  return {
    wasCompiled: script.cachedDataRejected === false,
    run(): void {
      const module = { exports: {} };
      script.runInThisContext()(createRequire(url), module, module.exports, self);
    },
    keepCompiled(): void {
      const data = script.createCachedData();
      const sums = Buffer.alloc(2 * CHECKSUM);
      sums.writeUInt32LE(sourceSum, 0);
      sums.writeUInt32LE(crc32(data), CHECKSUM);
      writeFileSync(compiledUrl, Buffer.concat([sums, data]));
    },
  };
}

function compiledBefore(url: URL, sourceSum: number): Buffer | undefined {
  if (!existsSync(url)) return;
  const kept = readFileSync(url);
  if (kept.length < 2 * CHECKSUM || kept.readUInt32LE(0) !== sourceSum) return;
  const data = kept.subarray(2 * CHECKSUM);
  return crc32(data) === kept.readUInt32LE(CHECKSUM) ? data : undefined;
}
