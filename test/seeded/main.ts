// Seeds bugs into the tool and lets the corpus of random specs look for each: `npm run test:seeded`.
//
// The working tree is never changed: a bug is put into the text of its file while the tool is bundled anew. Arguments are
// words that the bugs to be tried must have in their room, file or description; none: all.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build, type Plugin } from "esbuild";
import { type SeededBug, seededBugs } from "./bugs.ts";

const SPECS = 1000;
const PATIENCE_MILLISECONDS = 900_000;

const folder = mkdtempSync(join(tmpdir(), "weft-seeded-"));

/** Replaces the text in one file as it is bundled. */
function seeding({ file, from, to }: SeededBug): Plugin {
  return {
    name: "seeded-bug",
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, ({ path }) => {
        if (path !== resolve(file)) return undefined;
        const text = readFileSync(path, "utf8");
        if (text.split(from).length !== 2) {
          return { errors: [{ text: `not exactly once in ${file}: ${from}` }] };
        }
        return { contents: text.replace(from, () => to), loader: "ts" };
      });
    },
  };
}

interface Hunt {
  /** Seed of the spec that noticed, and what it said; null: nobody did. */
  readonly found: { readonly seed: number; readonly wrong: string } | null;
  readonly seconds: number;
}

async function hunt(bug: SeededBug | null): Promise<Hunt> {
  const outfile = join(folder, "driver.mjs");
  await build({
    entryPoints: ["test/seeded/driver.ts"],
    ...{ bundle: true, platform: "node", format: "esm", target: "node20", logLevel: "silent" },
    outfile,
    plugins: bug === null ? [] : [seeding(bug)],
  });
  const started = performance.now();
  const { status, stdout, stderr, signal } = spawnSync(
    process.execPath,
    [outfile, String(bug === null ? SPECS / 10 : SPECS)],
    { encoding: "utf8", timeout: PATIENCE_MILLISECONDS },
  );
  const seconds = (performance.now() - started) / 1000;
  if (status === 0) return { found: null, seconds };
  if (stdout !== "") return { found: JSON.parse(stdout), seconds };
  return {
    found: { seed: -1, wrong: `exit ${signal ?? status}: ${stderr.slice(0, 80)}` },
    seconds,
  };
}

function row(...cells: readonly string[]): void {
  const widths = [12, 62, 6, 7];
  const padded = cells.map((cell, at) => cell.padEnd(widths[at] ?? 0));
  process.stdout.write(`${padded.join(" ").trimEnd()}\n`);
}

const words = process.argv.slice(2);
const wanted = seededBugs.filter((bug) =>
  words.every((word) => `${bug.room} ${bug.file} ${bug.what}`.includes(word)),
);
const sane = await hunt(null);
if (sane.found !== null) throw new Error(`without any bug: ${JSON.stringify(sane.found)}`);
row("room", "bug", "seed", "seconds", "noticed by");
let survivors = 0;
for (const bug of wanted) {
  const { found, seconds } = await hunt(bug);
  if (found === null) survivors += 1;
  const by = found === null ? "NOBODY" : found.wrong.slice(0, 60).replaceAll("\n", " ");
  row(bug.room, bug.what, String(found?.seed ?? "-"), seconds.toFixed(1), by);
}
rmSync(folder, { recursive: true });
process.stdout.write(`${wanted.length - survivors} of ${wanted.length} bugs noticed\n`);
process.exitCode = survivors === 0 ? 0 : 1;
