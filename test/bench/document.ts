// docs/performance.md, written from the figures of one run.

import { grouped } from "../../src/report/words.ts";
import { bars } from "./bars.ts";
import { type Case, caseName } from "./cases.ts";
import type { Computer } from "./computer.ts";
import type { Contender } from "./contenders/contender.ts";
import { drawMarkdownTable, ratio, seconds } from "./figures.ts";
import type { Measured } from "./measure.ts";
import { LONG_RUNS, LONG_SECONDS, type Raced, RUNS } from "./race.ts";
import {
  barTable,
  bytesTable,
  caseTable,
  exploringTable,
  rateTable,
  ratioTable,
  reducedTable,
  remarks,
  wholeTable,
} from "./race-tables.ts";
import type { ReducedCase } from "./reductions.ts";
import type { Whole } from "./whole.ts";

/** All figures of one run. */
export interface Figures {
  readonly command: string;
  readonly computer: Computer;
  readonly contenders: readonly Contender[];
  readonly raced: readonly Raced[];
  readonly reduced: readonly ReducedCase[];
  readonly wholes: readonly { readonly path: string; readonly whole: Whole }[];
  readonly wholeRuns: number;
  readonly comparisons: readonly Comparison[];
  readonly comparisonRuns: number;
  /** What could not be measured, and why. */
  readonly failures: readonly string[];
}

export interface Comparison {
  readonly of: Case;
  readonly js: Measured;
  readonly interpreter: Measured;
  /** Of pairs of runs right after each other. */
  readonly ratio: number;
}

export function drawDocument(figures: Figures): string {
  const { command, computer, raced, reduced } = figures;
  const { processor, cores, memoryBytes, node, load, bareBytes } = computer;
  const memory = `${Math.round(memoryBytes / 2 ** 30)} GiB`;
  const bare = `${Math.round(bareBytes / 2 ** 20)} MiB`;
  return `# Performance

Written by \`${command}\`, which builds Weft and measures everything in one run; no test depends on a time.
\`npm run bench\` measures all sizes, \`npm run bench -- --quick\` the small ones.

The computer: ${processor}, ${cores} cores, ${memory} of memory, Node ${node}; load ${load.toFixed(1)} when the run began.
Figures vary from computer to computer and from run to run, the more so the higher that load: look at the
ratios first, whose sides were measured in turn, in another order each time.

## What Weft is to reach

Every case of this run that speaks of a bar is in it: the range is from the worst to the best of them.

${barTable(bars(raced, reduced, bareBytes))}

${list(figures.failures)}

## Side by side

Weft, [SPIN](https://spinroot.com), [rumur](https://github.com/Smattr/rumur) and [TLC](https://github.com/tlaplus/tlaplus) on
one spec: the peers are given what \`weft emit\` writes. A run whose states or transitions are not Weft's is a failure, and
shown. Figures are medians of ${RUNS} runs; of ${LONG_RUNS} where one takes more than ${LONG_SECONDS} s.

${caseTable(raced)}

*Packed* is what one state of Weft's takes by itself. The number behind a name says how many workers or threads it has;
*Weft js* is one worker in JavaScript alone, the others go on in WebAssembly.

${list(remarks(raced))}

### From the shell to the verdict

The whole process, from the shell. Of Weft: \`weft check --quiet\`, without reductions. Of SPIN and rumur: to write
the verifier, to compile it and to run it, up to 10^4 states with -O0 and up to 10^6 with -O1, which is faster there. Of TLC: \`java\`.
To translate the spec for them is not counted.

${wholeTable(raced)}

### Exploring alone

Of Weft: the breadth-first search in a process of its own, with the making of the module of WebAssembly, without starting,
compiling the spec and judging. Of SPIN and rumur: the run of the optimised verifier, all of it. Of TLC: from where
it begins to compute initial states. Of [C](../test/bench/by-hand/two-phase-commit.c): a program of the same algorithm by
hand for one model; *sized*, it is told how large its table will have to be.

${exploringTable(raced)}

How many times the states a second of Weft with one worker are those of others:

${ratioTable(raced)}

States a second. SPIN's count in its favour with the states that it stores before the spec's first ones, where it chooses
the initial values one after another.

${rateTable(raced)}

### Memory

The most memory of the whole process for each state, of Weft's less the ${bare} of a Node that does nothing; of the peers that of
the verifier. Java takes what it is given.

${bytesTable(raced, bareBytes)}

### Settings

${list(figures.contenders.map(({ name, flags }) => `**${name}**: \`${flags}\``))}

rumur and TLC are not asked for deadlocks, rumur not for covers and TLC not for types, all of which would cost them much.
gcc has \`-fno-tree-slp-vectorize\` because the vectors that gcc 12 makes of sums of comparisons make a verifier of SPIN's wrong.

## With reductions

SPIN with its partial-order reduction, depth first, and Weft with all of its own (\`weft check --symmetry --por\`), each run
once. What is stored is counted. In a translation all variables are global, so SPIN finds few steps that it may leave out.

${reducedTable(reduced)}

${list(reduced.flatMap(({ of, failures }) => failures.map((why) => `${caseName(of)}: ${why}`)))}

## All specs from the shell

\`weft check --quiet SPEC\` as a process: Node starts, the spec is compiled, its machine generated, explored and
judged. Beside it \`node -e 0\`, which does nothing. Medians of ${figures.wholeRuns} pairs of runs.

${shellTable(figures)}

## The generated machine and the interpreter

The interpreter is the oracle that tests hold the generated machine against. Both explore the same states by the
same search; medians of ${figures.comparisonRuns} pairs of runs.

${comparisonTable(figures.comparisons)}

\`${command}\`: ${cores} cores, ${memory}, Node ${node}. Figures vary from run to run.
`.replace(/\n{3,}/g, "\n\n");
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join("\n");
}

function shellTable({ wholes }: Figures): string {
  return drawMarkdownTable(
    ["spec", "states", "weft check", "node -e 0", "ratio"],
    wholes.map(({ path, whole }) => [
      path.replace(/^specs\//, ""),
      grouped(whole.states),
      seconds(whole.seconds),
      seconds(whole.bareSeconds),
      ratio(whole.ratio),
    ]),
  );
}

function comparisonTable(comparisons: readonly Comparison[]): string {
  return drawMarkdownTable(
    ["spec", "states", "interpreter", "generated", "ratio"],
    comparisons.map((comparison) => [
      caseName(comparison.of),
      grouped(comparison.js.states),
      seconds(comparison.interpreter.seconds),
      seconds(comparison.js.seconds),
      ratio(comparison.ratio),
    ]),
  );
}
