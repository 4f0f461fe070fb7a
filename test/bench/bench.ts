// `npm run bench`: measures the built program, the search and its peers in one run, and writes docs/performance.md.
// Nothing that fails ends the run; what is measured is kept from case to case, and Ctrl-C ends all that was started.

import { mkdirSync, readdirSync } from "node:fs";
import { writeTextAtomically } from "../../src/runtime/files.ts";
import { withTemporaryFolder } from "../../src/runtime/temporary.ts";
import { seeded } from "../support/random.ts";
import {
  type Case,
  caseName,
  compared,
  headline,
  isByHand,
  type Race,
  races,
  reduced,
} from "./cases.ts";
import { thisComputer } from "./computer.ts";
import type { Contender } from "./contenders/contender.ts";
import { everybody } from "./contenders/everybody.ts";
import { type Comparison, drawDocument, type Figures } from "./document.ts";
import { median } from "./figures.ts";
import { answerMeasure, type Measured, measure } from "./measure.ts";
import { type Raced, race, subjectOf } from "./race.ts";
import { runReduced } from "./reductions.ts";
import { timeWhole } from "./whole.ts";

const document = "docs/performance.md";
const cache = "node_modules/.cache/weft";
const partial = `${cache}/performance.md`;
const classics = "specs/classics";
const quickFlag = "--quick";
const onlyFlag = "--only";
/** The interpreter takes its time. */
const comparisonRuns = 3;
const random = seeded(1);
const INTERRUPTED = 130;

const args = process.argv.slice(2);
if (!answerMeasure(args)) await run(args);

async function run(options: readonly string[]): Promise<void> {
  const wish = wishOf(options);
  if (wish === null) {
    console.error(`there are ${quickFlag} and ${onlyFlag} <a part of a case's name>`);
    process.exitCode = 1;
    return;
  }
  const stop = new AbortController();
  for (const asked of ["SIGINT", "SIGTERM"]) process.once(asked, () => stop.abort());
  mkdirSync(cache, { recursive: true });
  const computer = thisComputer();
  if (computer.load > computer.cores / 4) {
    say(`the computer is busy (load ${computer.load.toFixed(1)}): times will be too long`);
  }
  const figures = await measureAll(
    {
      command: ["npm run bench", ...(options.length === 0 ? [] : ["--", ...options])].join(" "),
      computer,
      contenders: everybody(),
      ...{ raced: [], reduced: [], wholes: [], comparisons: [], failures: [] },
      wholeRuns: wish.quick ? 5 : 7,
      comparisonRuns,
    },
    wish,
    stop.signal,
  );
  const text = drawDocument(figures);
  const whole = wish.only === null && !stop.signal.aborted;
  const path = whole ? document : partial;
  writeTextAtomically(path, text);
  console.log(text);
  say(`${whole ? "written to" : "what was measured is in"} ${path}`);
  if (stop.signal.aborted) process.exit(INTERRUPTED);
  if (hasFailed(figures)) process.exitCode = 1;
}

/** What is to be measured: the small sizes alone, or what has this in its name. */
interface Wish {
  readonly quick: boolean;
  readonly only: string | null;
}

/** Null if the options are not ours. */
function wishOf(options: readonly string[]): Wish | null {
  const [first, second, ...more] = options;
  if (first === undefined) return { quick: false, only: null };
  if (first === quickFlag && second === undefined) return { quick: true, only: null };
  const only = first === onlyFlag && more.length === 0 ? second : undefined;
  return only === undefined ? null : { quick: false, only };
}

/** Everything in turn, until it is done or stopped. */
async function measureAll(
  empty: Figures,
  { quick, only }: Wish,
  signal: AbortSignal,
): Promise<Figures> {
  let figures = empty;
  const add = async (name: string, measured: () => Promise<Partial<Figures>>): Promise<void> => {
    if (signal.aborted || (only !== null && !name.includes(only))) return;
    say(name);
    try {
      figures = { ...figures, ...(await measured()) };
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      figures = { ...figures, failures: [...figures.failures, `${name}: ${why}`] };
    }
    writeTextAtomically(partial, drawDocument(figures));
  };
  const chosen = <T extends { readonly quick: boolean }>(all: readonly T[]): readonly T[] =>
    all.filter((one) => one.quick || !quick);
  for (const one of chosen(races)) {
    await add(caseName(one), async () => ({
      raced: [...figures.raced, await raced(one, figures.contenders, signal)],
    }));
  }
  for (const one of chosen(reduced)) {
    await add(`${caseName(one)} with reductions`, () =>
      withTemporaryFolder(async (folder) => {
        const { subject } = subjectOf(one, "-O3", folder, signal);
        return { reduced: [...figures.reduced, await runReduced(subject, one.spin)] };
      }),
    );
  }
  for (const path of [...headline, ...specsUnder(classics)]) {
    await add(path, async () => ({
      wholes: [...figures.wholes, { path, whole: timeWhole(path, figures.wholeRuns) }],
    }));
  }
  for (const one of chosen(compared)) {
    await add(`${caseName(one)} generated and interpreted`, async () => ({
      comparisons: [...figures.comparisons, comparison(one, comparisonRuns)],
    }));
  }
  return figures;
}

function specsUnder(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".weft"))
    .sort()
    .map((name) => `${folder}/${name}`);
}

function raced(of: Race, contenders: readonly Contender[], signal: AbortSignal): Promise<Raced> {
  const takingPart = contenders.filter(
    ({ kind }) => of.kinds.includes(kind) && (kind !== "C" || isByHand(of)),
  );
  return withTemporaryFolder(async (folder) => {
    const { subject, measured } = subjectOf(of, of.hurried, folder, signal);
    const entries = await race(subject, takingPart, random, say);
    return { of, measured, entries, leftOut: of.leftOut };
  });
}

function hasFailed({ raced: all, reduced: others, failures }: Figures): boolean {
  return (
    failures.length > 0 ||
    all.some(({ entries }) => entries.some(({ failure }) => failure !== null)) ||
    others.some((one) => one.failures.length > 0)
  );
}

/** Both machines in turn: the run with the median time of each, and the median ratio of the first to the second. */
function comparison(of: Case, runs: number): Comparison {
  const pairs = Array.from({ length: runs }, () => ({
    interpreter: measure(of, { backend: "interpreter", workers: 1 }),
    js: measure(of, { backend: "js", workers: 1 }),
  }));
  for (const { interpreter, js } of pairs) {
    const same = interpreter.states === js.states && interpreter.transitions === js.transitions;
    if (!same) throw new Error("the interpreter and the generated machine do not agree");
  }
  return {
    of,
    interpreter: middle(pairs.map(({ interpreter }) => interpreter)),
    js: middle(pairs.map(({ js }) => js)),
    ratio: median(pairs.map(({ interpreter, js }) => interpreter.seconds / js.seconds)),
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
