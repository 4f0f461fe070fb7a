// Tables of checkers side by side.

import { grouped } from "../../src/report/words.ts";
import {
  type Bar,
  bytesPerState,
  exploringSeconds,
  isMet,
  rateRatio,
  statesPerSecond,
  wholeSeconds,
} from "./bars.ts";
import { caseName } from "./cases.ts";
import { bytes, drawMarkdownTable, rate, ratio, seconds } from "./figures.ts";
import { type Raced, RUNS } from "./race.ts";
import type { ReducedCase } from "./reductions.ts";

const NONE = "–";
/** Below this the exploring is over before anything can be said about its rate. */
const LEAST_STATES = 10_000;

/** The specs and their sizes. */
export function caseTable(raced: readonly Raced[]): string {
  return drawMarkdownTable(
    ["spec", "states", "transitions", "depth", "initial", "packed"],
    raced.map(({ of, measured }) => [
      caseName(of),
      ...[measured.states, measured.transitions, measured.depth, measured.initialStates].map(
        grouped,
      ),
      `${measured.packedBytes} B`,
    ]),
  );
}

/** From the shell to the verdict. */
export function wholeTable(raced: readonly Raced[]): string {
  const compared = raced.filter(({ entries }) => entries.some(({ name }) => name === "SPIN DFS"));
  return table(compared, wholeSeconds, seconds, (name) => !name.startsWith("C"));
}

export function exploringTable(raced: readonly Raced[]): string {
  return table(large(raced), exploringSeconds, seconds);
}

export function rateTable(raced: readonly Raced[]): string {
  return table(large(raced), statesPerSecond, rate);
}

/** How many times as fast Weft with one worker is. */
export function ratioTable(raced: readonly Raced[]): string {
  return table(large(raced), rateRatio, ratio, (name) => name !== "Weft 1");
}

export function bytesTable(raced: readonly Raced[], bareBytes: number): string {
  const million = raced.filter(({ measured }) => measured.states >= 1e6);
  return table(million, (one, name) => bytesPerState(one, name, bareBytes), bytes);
}

export function barTable(bars: readonly Bar[]): string {
  return drawMarkdownTable(
    ["bar", "asked", "measured", "met"],
    bars.map((bar) => {
      const show = { ratio, seconds, bytes }[bar.unit];
      const { bound, measured } = bar;
      const met = isMet(bar);
      const range = [Math.min(...measured), Math.max(...measured)].map(show);
      return [
        bar.what,
        `${bound.kind === "least" ? "≥" : "≤"} ${show(bound.value)}`,
        met === null ? "not measured" : [...new Set(range)].join(" to "),
        met === null ? NONE : met ? "yes" : "**no**",
      ];
    }),
  );
}

export function reducedTable(cases: readonly ReducedCase[]): string {
  const counted = (states: number | null): string => (states === null ? NONE : grouped(states));
  const timed = (value: number | null): string => (value === null ? NONE : seconds(value));
  return drawMarkdownTable(
    [
      "spec",
      "states",
      "Weft reduced",
      "SPIN reduced",
      "Weft, shell",
      "SPIN, shell",
      "SPIN exploring",
    ],
    cases.map(({ of, states, weft, spin }) => [
      caseName(of),
      grouped(states),
      counted(weft?.states ?? null),
      counted(spin?.stored ?? null),
      timed(weft?.wholeSeconds ?? null),
      timed(spin?.wholeSeconds ?? null),
      timed(spin?.exploringSeconds ?? null),
    ]),
  );
}

/** Who did not take part or failed, and where medians are of fewer runs than usual. */
export function remarks(raced: readonly Raced[]): readonly string[] {
  const lines = new Map<string, string[]>();
  const add = (what: string, where: string): void => {
    lines.set(what, [...(lines.get(what) ?? []), where]);
  };
  for (const { of, entries, leftOut } of raced) {
    if (leftOut !== null) add(`peers left out: ${leftOut}`, caseName(of));
    for (const { name, runs, missing, failure } of entries) {
      if (missing !== null) add(`${name} is left out: ${missing}`, caseName(of));
      else if (failure !== null)
        add(`${name} has no figures, or not all: ${failure}`, caseName(of));
      else if (runs.length < RUNS) add(`${name}: ${runs.length} runs`, caseName(of));
    }
  }
  return [...lines].map(([what, where]) => `${what} (${where.join(", ")})`);
}

function large(raced: readonly Raced[]): readonly Raced[] {
  return raced.filter(({ measured }) => measured.states >= LEAST_STATES);
}

/** A row for each case, a column for each contender that has any figure. */
function table(
  raced: readonly Raced[],
  value: (one: Raced, name: string) => number | null,
  show: (value: number) => string,
  wanted: (name: string) => boolean = () => true,
): string {
  const everybody = [...new Set(raced.flatMap(({ entries }) => entries.map(({ name }) => name)))];
  const names = everybody.filter(
    (name) => wanted(name) && raced.some((one) => value(one, name) !== null),
  );
  return drawMarkdownTable(
    ["spec", "states", ...names],
    raced.map((one) => [
      caseName(one.of),
      grouped(one.measured.states),
      ...names.map((name) => {
        const figure = value(one, name);
        return figure === null ? NONE : show(figure);
      }),
    ]),
  );
}
