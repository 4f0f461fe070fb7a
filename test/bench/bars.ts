// What Weft is to reach, and what was measured: every bar that is a ratio, a time or a size.

import { isAnyOrder, isByHand } from "./cases.ts";
import { median } from "./figures.ts";
import type { Raced } from "./race.ts";
import type { ReducedCase } from "./reductions.ts";

export interface Bar {
  readonly what: string;
  /** The most or the least that is allowed. */
  readonly bound: { readonly kind: "least" | "most"; readonly value: number };
  readonly unit: "ratio" | "seconds" | "bytes";
  /** One for each case that speaks of it; none if it was not measured. */
  readonly measured: readonly number[];
}

const MILLION = 1e6;
/** Of one packed state: up to 64 bits, and up to 512. */
const NARROW_BYTES = 8;
const WIDE_BYTES = 64;

export function isMet({ bound, measured }: Bar): boolean | null {
  if (measured.length === 0) return null;
  return measured.every((value) =>
    bound.kind === "least" ? value >= bound.value : value <= bound.value,
  );
}

/** All bars; `bareBytes` is what a Node that does nothing takes. */
export function bars(
  raced: readonly Raced[],
  reduced: readonly ReducedCase[],
  bareBytes: number,
): readonly Bar[] {
  const large = raced.filter(({ measured }) => between(measured.states, 1, 20));
  const narrow = large.filter(({ measured }) => measured.packedBytes <= NARROW_BYTES);
  const wide = large.filter(
    ({ measured }) => measured.packedBytes > NARROW_BYTES && measured.packedBytes <= WIDE_BYTES,
  );
  const tenMillion = raced.filter(({ measured }) => between(measured.states, 8, 20));
  const largest = raced.filter(({ measured }) => between(measured.states, 50, 80));
  const tiny = raced.filter(({ measured }) => measured.states <= 1000);
  const least = (what: string, value: number, measured: readonly (number | null)[]): Bar => ({
    ...{ what, bound: { kind: "least", value }, unit: "ratio", measured: known(measured) },
  });
  const most = (
    what: string,
    value: number,
    unit: Bar["unit"],
    measured: readonly (number | null)[],
  ): Bar => ({ ...{ what, bound: { kind: "most", value }, unit, measured: known(measured) } });
  const toSpin = (one: Raced): number | null =>
    smaller(rateRatio(one, "SPIN DFS"), rateRatio(one, "SPIN BFS"));
  const inverse = (ratio: number | null): number | null => (ratio === null ? null : 1 / ratio);
  const anyOrder = reduced.filter(({ of }) => isAnyOrder(of));
  const byHand = narrow.filter(({ of }) => isByHand(of));
  return [
    least("SPIN, the faster of DFS and BFS; ≤ 64 bits, 10^6 to 10^7 states", 6, narrow.map(toSpin)),
    least(
      "rumur, one thread; the same",
      20,
      narrow.map((one) => rateRatio(one, "rumur 1")),
    ),
    least(
      "TLC, one worker; the same",
      60,
      narrow.map((one) => rateRatio(one, "TLC 1")),
    ),
    most(
      "time to that of C, whose table grows by need as Weft's does",
      1.5,
      "ratio",
      byHand.map((one) => inverse(rateRatio(one, "C"))),
    ),
    most(
      "time to that of C, which is told the size of its table",
      1.5,
      "ratio",
      byHand.map((one) => inverse(rateRatio(one, "C, sized"))),
    ),
    least(
      "SPIN, the faster of DFS and BFS; 65 to 512 bits, 10^6 to 10^7 states",
      3,
      wide.map(toSpin),
    ),
    least(
      "two workers to one, about 10^7 states",
      1.2,
      tenMillion.map((one) => inverse(rateRatio(one, "Weft 2"))),
    ),
    least(
      "two workers to one, 5·10^7 states",
      1.4,
      largest.map((one) => inverse(rateRatio(one, "Weft 2"))),
    ),
    most(
      "from the shell to the verdict, ≤ 10^3 states",
      0.25,
      "seconds",
      tiny.map((one) => wholeSeconds(one, "Weft 1")),
    ),
    least(
      "from the shell to the verdict: the fastest peer, every size",
      1,
      raced.map(toFastestPeer),
    ),
    most(
      "bytes a state, 5·10^7 states",
      24,
      "bytes",
      largest.map((one) => bytesPerState(one, "Weft 1", bareBytes)),
    ),
    least(
      "states to those that all reductions leave; a walk over 6 mms in any order",
      100,
      anyOrder.map(({ states, weft }) => (weft === null ? null : states / weft.states)),
    ),
  ];
}

/** States a second, as it counts them. */
export function statesPerSecond({ entries }: Raced, name: string): number | null {
  const entry = entries.find((one) => one.name === name);
  if (entry === undefined || entry.runs.length === 0) return null;
  return median(entry.runs.map(({ stored, exploringSeconds }) => stored / exploringSeconds));
}

/** The rate of Weft with one worker to that of another. */
export function rateRatio(one: Raced, name: string): number | null {
  const [weft, other] = [statesPerSecond(one, "Weft 1"), statesPerSecond(one, name)];
  return weft === null || other === null ? null : weft / other;
}

export function exploringSeconds({ entries }: Raced, name: string): number | null {
  const entry = entries.find((one) => one.name === name);
  if (entry === undefined || entry.runs.length === 0) return null;
  return median(entry.runs.map((run) => run.exploringSeconds));
}

export function wholeSeconds({ entries }: Raced, name: string): number | null {
  const runs = entries.find((one) => one.name === name)?.runs ?? [];
  const whole = known(runs.map((run) => run.wholeSeconds));
  return whole.length === 0 ? null : median(whole);
}

/** Peak memory for each state; of Weft's less that of a Node that does nothing. */
export function bytesPerState(
  { entries, measured }: Raced,
  name: string,
  bareBytes: number,
): number | null {
  const runs = entries.find((one) => one.name === name)?.runs ?? [];
  const peaks = known(runs.map(({ peakBytes }) => peakBytes));
  if (peaks.length === 0) return null;
  const bare = name.startsWith("Weft") ? bareBytes : 0;
  return (median(peaks) - bare) / measured.states;
}

/** The time from the shell of the fastest peer to that of Weft, which chooses its workers itself or has one. */
function toFastestPeer(one: Raced): number | null {
  const weft = wholeSeconds(one, "Weft 1");
  const peers = known(
    one.entries
      .filter(({ name }) => !name.startsWith("Weft") && !name.startsWith("C"))
      .map(({ name }) => wholeSeconds(one, name)),
  );
  return weft === null || peers.length === 0 ? null : Math.min(...peers) / weft;
}

function between(states: number, least: number, most: number): boolean {
  return states >= least * MILLION && states <= most * MILLION;
}

function smaller(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.min(one, other);
}

function known(values: readonly (number | null)[]): readonly number[] {
  return values.filter((value) => value !== null);
}
