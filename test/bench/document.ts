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
  readonly js: Measured;
  readonly wasm: Measured;
  /** The time of JavaScript to that of WebAssembly, of pairs of runs right after each other. */
  readonly ratio: number;
  readonly checkSeconds: number;
}

export interface Comparison {
  readonly of: Case;
  readonly js: Measured;
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

The breadth-first search alone, on the generated machine, in JavaScript and in WebAssembly in turn: without starting,
compiling the spec or judging, but with the making of the module of WebAssembly. Each run is a process of its own, and
each row the run with the median time. So small specs are explored before Node has optimised the code, and their
rates are low. \`weft check\` begins in JavaScript and goes on in WebAssembly when it has met ten thousand states.

- The *ratio* is the time of JavaScript to that of WebAssembly; rates, *kept* and *peak* are those of WebAssembly.
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
      "js",
      "wasm",
      "ratio",
      "states/s",
      "transitions/s",
      "packed",
      "kept",
      "peak",
      "weft check",
    ],
    sizes.map(({ of, runs, js, wasm, ratio: times, checkSeconds }) => [
      caseName(of),
      grouped(wasm.states),
      grouped(wasm.transitions),
      String(runs),
      seconds(js.seconds),
      seconds(wasm.seconds),
      ratio(times),
      rate(wasm.states / wasm.seconds),
      rate(wasm.transitions / wasm.seconds),
      `${wasm.packedBytes} B`,
      `${Math.round(wasm.keptBytes / wasm.states)} B`,
      mebibytes(wasm.peakBytes),
      seconds(checkSeconds),
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
