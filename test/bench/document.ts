// docs/performance.md, written from the figures of one run.

import { grouped } from "../../src/report/words.ts";
import { type Case, caseName } from "./cases.ts";
import { drawMarkdownTable, mebibytes, rate, ratio, seconds } from "./figures.ts";
import type { Measured } from "./measure.ts";
import type { Whole } from "./whole.ts";

/** All figures of one run. */
export interface Figures {
  readonly command: string;
  readonly computer: Computer;
  readonly wholes: readonly { readonly path: string; readonly whole: Whole }[];
  readonly wholeRuns: number;
  readonly sizes: readonly Size[];
  readonly comparisons: readonly Comparison[];
  readonly comparisonRuns: number;
}

export interface Computer {
  readonly processor: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly node: string;
  /** Processes that wanted to run when the measuring began, on average over a minute. */
  readonly load: number;
}

export interface Size {
  readonly of: Case;
  readonly runs: number;
  readonly measured: Measured;
  readonly checkSeconds: number;
}

export interface Comparison {
  readonly of: Case;
  readonly generated: Measured;
  readonly interpreter: Measured;
  /** Of pairs of runs right after each other. */
  readonly ratio: number;
}

export function drawDocument(figures: Figures): string {
  const { command, computer } = figures;
  const { processor, cores, memoryBytes, node, load } = computer;
  const memory = `${Math.round(memoryBytes / 2 ** 30)} GiB`;
  const where = `\`${command}\`: ${cores} cores, ${memory}, Node ${node}. Figures vary from run to run.`;
  return `# Performance

Written by \`${command}\`, which builds Weft and measures everything in one run; no test depends on a time.
\`npm run bench\` measures all sizes, \`npm run bench -- --quick\` the small ones.

The computer: ${processor}, ${cores} cores, ${memory} of memory, Node ${node}; load ${load.toFixed(1)} when the run began.
Figures vary from computer to computer and from run to run, the more so the higher that load: look at the
ratios first, whose two sides were measured in turn.

## From the shell to the verdict

\`weft check --quiet SPEC\` as a process: Node starts, the spec is compiled, its machine generated, explored and
judged. Beside it \`node -e 0\`, which does nothing. Medians of ${figures.wholeRuns} pairs of runs.

${wholeTable(figures)}

${where}

## Exploring

The breadth-first search alone, on the generated machine: without starting, compiling or judging. Each run is a
process of its own, and each row the run with the median time. So small specs are explored before Node has
optimised the code, and their rates are low.

- *Packed* is what one state takes by itself.
- *Kept* is all that the search keeps at its end, for each state: the state, its slot in the hash table, its
  parent, and the steps out of it, which later passes read. All of these grow by doubling, so some room is
  spare, in small specs most of it.
- *Peak* is the most memory that the process had, with Node and Weft themselves.
- The last column is one whole \`weft check --quiet\`, with traces and verdicts.

${sizeTable(figures.sizes)}

${where}

## The generated machine and the interpreter

The interpreter is the oracle that tests hold the generated machine against. Both explore the same states by the
same search; medians of ${figures.comparisonRuns} pairs of runs.

${comparisonTable(figures.comparisons)}

${where}
`;
}

function wholeTable({ wholes }: Figures): string {
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

function sizeTable(sizes: readonly Size[]): string {
  return drawMarkdownTable(
    [
      "spec",
      "states",
      "transitions",
      "runs",
      "time",
      "states/s",
      "transitions/s",
      "packed",
      "kept",
      "peak",
      "weft check",
    ],
    sizes.map(({ of, runs, measured, checkSeconds }) => [
      caseName(of),
      grouped(measured.states),
      grouped(measured.transitions),
      String(runs),
      seconds(measured.seconds),
      rate(measured.states / measured.seconds),
      rate(measured.transitions / measured.seconds),
      `${measured.packedBytes} B`,
      `${Math.round(measured.keptBytes / measured.states)} B`,
      mebibytes(measured.peakBytes),
      seconds(checkSeconds),
    ]),
  );
}

function comparisonTable(comparisons: readonly Comparison[]): string {
  return drawMarkdownTable(
    ["spec", "states", "interpreter", "generated", "ratio"],
    comparisons.map((comparison) => [
      caseName(comparison.of),
      grouped(comparison.generated.states),
      seconds(comparison.interpreter.seconds),
      seconds(comparison.generated.seconds),
      ratio(comparison.ratio),
    ]),
  );
}
