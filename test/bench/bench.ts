// `npm run bench`: measures the built program and the search in one run, and writes docs/performance.md.

import { readdirSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";
import { writeTextAtomically } from "../../src/runtime/files.ts";
import { type Case, caseName, compared, headline, sizes } from "./cases.ts";
import { type Comparison, type Computer, drawDocument, type Size } from "./document.ts";
import { median } from "./figures.ts";
import { answerMeasure, type Backend, type Measured, measure } from "./measure.ts";
import { timeCheck, timeWhole } from "./whole.ts";

const document = "docs/performance.md";
const classics = "specs/classics";
const quickFlag = "--quick";
/** The interpreter takes its time. */
const comparisonRuns = 3;

const args = process.argv.slice(2);
if (!answerMeasure(args)) run(args);

function run(options: readonly string[]): void {
  const unknown = options.find((option) => option !== quickFlag);
  if (unknown !== undefined) {
    console.error(`unknown option ${unknown}; there is ${quickFlag}`);
    process.exitCode = 1;
    return;
  }
  const quick = options.includes(quickFlag);
  const chosen = <T extends { readonly quick: boolean }>(all: readonly T[]): readonly T[] =>
    all.filter((one) => one.quick || !quick);
  const wholeRuns = quick ? 5 : 7;
  const computer = thisComputer();
  if (computer.load > computer.cores / 4) {
    console.error(
      `the computer is busy (load ${computer.load.toFixed(1)}): times will be too long`,
    );
  }
  const text = drawDocument({
    command: quick ? `npm run bench -- ${quickFlag}` : "npm run bench",
    computer,
    wholes: [...headline, ...specsUnder(classics)].map((path) => {
      say(path);
      return { path, whole: timeWhole(path, wholeRuns) };
    }),
    wholeRuns,
    sizes: chosen(sizes).map(({ runs, ...of }) => sized(of, runs)),
    comparisons: chosen(compared).map((of) => comparison(of, comparisonRuns)),
    comparisonRuns,
  });
  writeTextAtomically(document, text);
  console.log(text);
  say(`written to ${document}`);
}

function thisComputer(): Computer {
  const all = cpus();
  return {
    processor: all[0]?.model.trim() ?? "unknown processor",
    cores: all.length,
    memoryBytes: totalmem(),
    node: process.version,
    load: loadavg()[0] ?? 0,
  };
}

function specsUnder(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".weft"))
    .sort()
    .map((name) => `${folder}/${name}`);
}

function sized(of: Case, runs: number): Size {
  say(`${caseName(of)}: exploring`);
  const { all, ratio } = inTurn(of, ["js", "wasm"], runs);
  const [js, wasm] = all as [Measured, Measured];
  return { of, runs, js, wasm, ratio, checkSeconds: timeCheck(of) };
}

function comparison(of: Case, runs: number): Comparison {
  say(`${caseName(of)}: generated and interpreted`);
  const { all, ratio } = inTurn(of, ["interpreter", "js"], runs);
  const [interpreter, js] = all as [Measured, Measured];
  return { of, js, interpreter, ratio };
}

/** Two back ends, one run after the other: the run with the median time of each, and the median ratio of the first to the second. */
function inTurn(
  of: Case,
  [first, second]: readonly [Backend, Backend],
  runs: number,
): { readonly all: readonly Measured[]; readonly ratio: number } {
  const pairs = Array.from({ length: runs }, () => [measure(of, first), measure(of, second)]) as [
    Measured,
    Measured,
  ][];
  for (const [one, other] of pairs) {
    const same = one.states === other.states && one.transitions === other.transitions;
    if (!same) throw new Error(`${caseName(of)}: ${first} and ${second} do not agree`);
  }
  return {
    all: [middle(pairs.map(([one]) => one)), middle(pairs.map(([, other]) => other))],
    ratio: median(pairs.map(([one, other]) => one.seconds / other.seconds)),
  };
}

/** The run with the median time. */
function middle(runs: readonly Measured[]): Measured {
  const time = median(runs.map(({ seconds }) => seconds));
  const found = runs.find(({ seconds }) => seconds === time);
  if (found === undefined) throw new Error("no run has the median time");
  return found;
}

/** What is being done goes to stderr; the document alone to stdout. */
function say(text: string): void {
  console.error(text);
}
