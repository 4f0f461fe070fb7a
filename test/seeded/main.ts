// Seeds bugs into the tool and lets the corpus of random specs look for each: `npm run test:seeded`.
//
// The working tree is never changed: a bug is put into the text of its file while the tool is bundled anew. Arguments are
// words that the bugs to be tried must have in their room, file or description; none: all. Bugs in translations to other
// notations have the word `engines`: they are looked for by the engines, which must be installed.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build, type Plugin } from "esbuild";
import { type SeededBug, seededBugs } from "./bugs.ts";
import { type EngineBug, engineBugs } from "./engine-bugs.ts";

const SPECS = 1000;
/** Engines take longer, and must notice sooner. */
const ENGINE_SPECS = 200;
const PATIENCE_MILLISECONDS = 900_000;

const folder = mkdtempSync(join(tmpdir(), "weft-seeded-"));

type Change = Pick<SeededBug, "file" | "from" | "to">;

/** Replaces the text in one file as it is bundled. */
function seeding({ file, from, to }: Change): Plugin {
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

/** Who looks for bugs, and through how many specs. */
interface Hunter {
  readonly driver: string;
  readonly specs: number;
  readonly engines: readonly string[];
}

function hunterOf(bug: SeededBug | EngineBug): Hunter {
  return "engines" in bug
    ? { driver: "engine-driver", specs: ENGINE_SPECS, engines: bug.engines }
    : { driver: "driver", specs: SPECS, engines: [] };
}

async function hunt(change: Change | null, { driver, specs, engines }: Hunter): Promise<Hunt> {
  const outfile = join(folder, `${driver}.mjs`);
  await build({
    entryPoints: [`test/seeded/${driver}.ts`],
    ...{ bundle: true, platform: "node", format: "esm", target: "node20", logLevel: "silent" },
    outfile,
    plugins: change === null ? [] : [seeding(change)],
  });
  const started = performance.now();
  const { status, stdout, stderr, signal } = spawnSync(
    process.execPath,
    [outfile, String(specs), ...engines],
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
const wanted = [...seededBugs, ...engineBugs].filter((bug) => {
  const text = `${bug.room} ${bug.file} ${bug.what}${"engines" in bug ? " engines" : ""}`;
  return words.every((word) => text.includes(word));
});
const hunters = new Map(wanted.map(hunterOf).map((hunter) => [hunter.engines.join(), hunter]));
for (const hunter of hunters.values()) {
  const sane = await hunt(null, { ...hunter, specs: hunter.specs / 10 });
  if (sane.found !== null) throw new Error(`without any bug: ${JSON.stringify(sane.found)}`);
}
row("room", "bug", "seed", "seconds", "noticed by");
let survivors = 0;
for (const bug of wanted) {
  const { found, seconds } = await hunt(bug, hunterOf(bug));
  if (found === null) survivors += 1;
  const by = found === null ? "NOBODY" : found.wrong.slice(0, 60).replaceAll("\n", " ");
  row(bug.room, bug.what, String(found?.seed ?? "-"), seconds.toFixed(1), by);
}
rmSync(folder, { recursive: true });
process.stdout.write(`${wanted.length - survivors} of ${wanted.length} bugs noticed\n`);
process.exitCode = survivors === 0 ? 0 : 1;
