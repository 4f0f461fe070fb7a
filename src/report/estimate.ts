// How a spec grows with a param, as a table, with a guess that is called one.

import type { Range, Size } from "../checker/growth.ts";
import { drawTable } from "./table.ts";
import { grouped, limitWords, memoryWords, plural } from "./words.ts";

export interface Estimate {
  /** The headline: file and spec. */
  readonly title: string;
  readonly parameter: string;
  /** In the order in which they were asked for; the last one may have met a limit. */
  readonly sizes: readonly { readonly value: string; readonly size: Size }[];
  /** Values behind the largest that was explored, as far as the spec takes them. */
  readonly guesses: readonly { readonly value: string; readonly guess: Range }[];
  /** Why there is no guess; null if there is one. */
  readonly noGuess: string | null;
  /** What a search may take on this computer, or as told. */
  readonly memoryBytes: number;
}

/** Tells an estimate; lines without a line break at the end. */
export function drawEstimate(estimate: Estimate): string {
  const { title, parameter, sizes, noGuess } = estimate;
  const rows = sizes.map(({ value, size }, index) => sizeRow(value, size, sizes[index - 1]?.size));
  const table = drawTable([
    [parameter, "states", "transitions", "depth", "seconds", "ratio"],
    ...rows,
  ]);
  const blocks = [`${title}, by ${parameter}`, table];
  if (noGuess === null) blocks.push(drawGuesses(estimate));
  return [...blocks, [memoryLine(estimate), lastLine(estimate)].join("\n")].join("\n\n");
}

function sizeRow(value: string, size: Size, before: Size | undefined): readonly string[] {
  const { states, transitions, depth, seconds, stoppedBy } = size;
  const least = stoppedBy === null ? "" : "> ";
  const ratio = stoppedBy === null ? ratioOf(size, before) : null;
  return [
    value,
    `${least}${grouped(states)}`,
    `${least}${grouped(transitions)}`,
    `${least}${depth}`,
    seconds.toFixed(2),
    stoppedBy !== null ? limitWords(stoppedBy) : ratio === null ? "" : ratio.toFixed(2),
  ];
}

/** How many times more states than the size before has. */
function ratioOf({ states }: Size, before: Size | undefined): number | null {
  return before === undefined || before.states === 0 ? null : states / before.states;
}

function drawGuesses({ parameter, guesses }: Estimate): string {
  const head =
    "a guess, between the last ratio kept and the last ratio changing on as it last did; growth may be outside:";
  const rows = guesses.map(({ value, guess: { low, high } }) => [
    `${parameter} = ${value}`,
    `${rounded(low)} to ${rounded(high)} states`,
  ]);
  return `${head}\n\n${drawTable(rows)}`;
}

/** Two digits that count; more would say that they are known. */
function rounded(count: number): string {
  return count < 1e15 ? grouped(Math.round(Number(count.toPrecision(2)))) : count.toExponential(1);
}

/** How many states the memory takes, as measured on the largest size; none if nothing was. */
function capacityOf({ sizes, memoryBytes }: Estimate): Range {
  const { low, high } = bytesAState(sizes);
  return { low: memoryBytes / high, high: memoryBytes / low };
}

/** Bytes that a search needs for a state, as measured on the largest size. */
function bytesAState(sizes: Estimate["sizes"]): Range {
  const largest = sizes.reduce<Size | null>(
    (best, { size }) => (size.states >= (best?.states ?? 0) ? size : best),
    null,
  );
  return largest?.bytesAState ?? { low: 0, high: 0 };
}

function memoryLine(estimate: Estimate): string {
  const bytes = bytesAState(estimate.sizes);
  const { low, high } = capacityOf(estimate);
  const a = `${bytes.low.toFixed(0)} to ${bytes.high.toFixed(0)} bytes a state, as tables grow`;
  return `${a}; ${memoryWords(estimate.memoryBytes)} take ${rounded(low)} to ${rounded(high)} states`;
}

/** From which size on the memory will not do: perhaps by the high guesses, likely by the low ones. */
function tooLarge(estimate: Estimate): {
  readonly perhaps: string | null;
  readonly likely: string | null;
} {
  const { low, high } = capacityOf(estimate);
  const from = (exceeds: (guess: Range) => boolean): string | null =>
    estimate.guesses.find(({ guess }) => exceeds(guess))?.value ?? null;
  return { perhaps: from((guess) => guess.high > low), likely: from((guess) => guess.low > high) };
}

/** The last line: from which size on this computer will not do. */
function lastLine(estimate: Estimate): string {
  const { parameter, sizes, guesses, noGuess } = estimate;
  const full = sizes.find(({ size }) => size.stoppedBy === "memory");
  if (full !== undefined) return `from ${parameter} = ${full.value} on the memory does not do`;
  if (noGuess !== null) return `no guess at larger sizes: ${noGuess}`;
  const { perhaps, likely } = tooLarge(estimate);
  const last = guesses.at(-1)?.value ?? "";
  if (perhaps === null) {
    return `guess: the memory does for ${parameter} up to ${last}, ${plural(guesses.length, "size")} more`;
  }
  if (likely === null || likely === perhaps) {
    return `guess: from ${parameter} = ${perhaps} on the memory ${likely === null ? "may not do" : "will not do"}`;
  }
  return `guess: from ${parameter} = ${perhaps} on the memory may not do, from ${likely} on it will not`;
}

/** The estimate as a JSON document, `weft-estimate/1`. */
export function estimateDocument(estimate: Estimate, exitCode: number): object {
  const { title, parameter, sizes, guesses, noGuess, memoryBytes } = estimate;
  return {
    format: "weft-estimate/1",
    exitCode,
    spec: title,
    parameter,
    sizes: sizes.map(({ value, size }, index) => ({
      value,
      ...size,
      ratio: size.stoppedBy === null ? ratioOf(size, sizes[index - 1]?.size) : null,
    })),
    memoryBytes,
    guesses: guesses.map(({ value, guess }) => ({ value, ...guess })),
    noGuess,
    tooLargeFrom: tooLarge(estimate),
  };
}
