// What is measured: specs and their params, from about 10^3 to 10^7 states.

import type { Kind } from "./contenders/contender.ts";

/** One spec at one size. */
export interface Case {
  readonly path: string;
  readonly settings: Readonly<Record<string, number>>;
}

/** A case in which checkers are measured side by side. */
export interface Race extends Case {
  readonly quick: boolean;
  /** How peers compile where the time from the shell counts: what is fastest at this size. */
  readonly hurried: "-O0" | "-O1" | "-O3";
  /** Those who take part. */
  readonly kinds: readonly Kind[];
  /** Why others do not. */
  readonly leftOut: string | null;
}

const twoPhaseCommit = "specs/classics/two-phase-commit.weft";
const postPatch = "specs/thp-unmap/post-patch.weft";
const anyOrder = "specs/thp-unmap/any-order-sync.weft";
const filterLock = "test/bench/specs/filter-lock.weft";
const ticketLock = "test/bench/specs/ticket-lock.weft";
const large = "test/bench/specs/two-phase-commit.weft";

type Size = Omit<Race, keyof Case>;

const tiny: Size = {
  hurried: "-O0",
  kinds: ["Weft", "Weft js", "SPIN", "rumur", "TLC", "C"],
  leftOut: null,
  quick: true,
};
const small: Size = { ...tiny, hurried: "-O1" };
const million: Size = { ...tiny, hurried: "-O3", quick: false };
const withoutTlc: Size = {
  ...million,
  kinds: ["Weft", "Weft js", "SPIN", "rumur", "C"],
  leftOut: "TLC would take minutes",
};
const withoutRumur: Size = {
  ...million,
  kinds: ["Weft", "Weft js", "SPIN", "C"],
  leftOut: "rumur and TLC would take minutes",
};
const largest: Size = {
  ...million,
  kinds: ["Weft", "C"],
  leftOut: "the others would take minutes, or more memory than is usual",
};

/** Side by side, with equal counts. */
export const races: readonly Race[] = [
  { path: "specs/classics/peterson.weft", settings: {}, ...tiny },
  { path: twoPhaseCommit, settings: { RMS: 3 }, ...tiny },
  { path: postPatch, settings: { MMS: 2, ZAPPERS: 1 }, ...tiny },
  { path: twoPhaseCommit, settings: { RMS: 6 }, ...small },
  { path: filterLock, settings: { PROCESSES: 4 }, ...small },
  { path: twoPhaseCommit, settings: { RMS: 8 }, ...million },
  { path: postPatch, settings: { MMS: 4, ZAPPERS: 2 }, ...withoutTlc },
  { path: ticketLock, settings: { THREADS: 8 }, ...withoutTlc },
  { path: filterLock, settings: { PROCESSES: 5 }, ...withoutRumur },
  { path: postPatch, settings: { MMS: 4, ZAPPERS: 3 }, ...withoutRumur },
  { path: twoPhaseCommit, settings: { RMS: 9 }, ...withoutRumur },
  { path: large, settings: { RMS: 10 }, ...largest },
];

/** A case that is searched with all reductions; SPIN has its own. */
export interface Reduced extends Case {
  readonly quick: boolean;
  readonly spin: boolean;
}

export const reduced: readonly Reduced[] = [
  { path: filterLock, settings: { PROCESSES: 4 }, quick: true, spin: true },
  { path: postPatch, settings: { MMS: 3, ZAPPERS: 2 }, quick: true, spin: true },
  { path: ticketLock, settings: { THREADS: 8 }, quick: false, spin: true },
  { path: postPatch, settings: { MMS: 4, ZAPPERS: 2 }, quick: false, spin: true },
  { path: anyOrder, settings: { MMS: 6, PTES: 1 }, quick: false, spin: false },
];

/** A walk over six mms in any order. */
export function isAnyOrder({ path, settings }: Case): boolean {
  return path === anyOrder && settings["MMS"] === 6;
}

/** Explored by the generated machine and the interpreter in turn, at sizes at which the interpreter can be borne. */
export const compared: readonly (Case & { readonly quick: boolean })[] = [
  { path: twoPhaseCommit, settings: { RMS: 3 }, quick: true },
  { path: twoPhaseCommit, settings: { RMS: 5 }, quick: true },
  { path: twoPhaseCommit, settings: { RMS: 6 }, quick: false },
  { path: postPatch, settings: { MMS: 2, ZAPPERS: 1 }, quick: true },
  { path: postPatch, settings: { MMS: 2, ZAPPERS: 2 }, quick: false },
];

/** The kernel specs that are checked from the shell; all classics come after them. */
export const headline: readonly string[] = ["specs/thp-unmap/pre-patch.weft", postPatch];

/** Is this the model that the C program is of? */
export function isByHand({ path }: Case): boolean {
  return path === twoPhaseCommit || path === large;
}

/** `two-phase-commit RMS=5`. */
export function caseName({ path, settings }: Case): string {
  const given = Object.entries(settings).map(([name, value]) => ` ${name}=${value}`);
  return path.replace(/^.*\//, "").replace(/\.weft$/, "") + given.join("");
}
