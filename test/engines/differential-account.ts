// What an exploration came to, whoever made it: the figures and verdicts in which all engines must agree.

import type { Exploration, Outcome } from "../../src/checker/exploration.ts";
import type { EngineResult } from "../../src/engines/engine.ts";

/** Null: not known, and not compared. */
export interface Account {
  readonly states: number | null;
  readonly transitions: number | null;
  readonly depth: number | null;
  /** Outcomes by kind and name (`invariant sane`); `deadlock`, `range` and `lock_use` by kind alone. */
  readonly verdicts: ReadonlyMap<string, Outcome>;
}

/** One thing that two accounts tell differently. */
export interface Difference {
  /** `states`, `transitions`, `depth`, or the kind of a verdict. */
  readonly about: string;
  /** Name of the property or assert, else null. */
  readonly name: string | null;
  readonly weft: string;
  readonly other: string;
}

/** The account that Weft gives of a complete exploration. */
export function accountOf(exploration: Exploration): Account {
  const { distinctStates, transitions, depth, verdicts } = exploration;
  return {
    states: distinctStates,
    transitions,
    depth,
    verdicts: verdictsByName(
      verdicts.filter(({ kind }) => kind !== "stuck" && kind !== "lock_order"),
    ),
  };
}

/** The account that an engine gives. */
export function accountOfResult({ states, transitions, depth, verdicts }: EngineResult): Account {
  return { states, transitions, depth, verdicts: verdictsByName(verdicts) };
}

/** Is any step of it, or its beginning, at fault? Then transitions are counted in different ways. */
export function hasFaults({ verdicts }: Exploration): boolean {
  return verdicts.some(({ detail }) => detail?.kind === "fault");
}

interface Named {
  readonly kind: string;
  readonly name: string;
  readonly outcome: Outcome;
}

/** Several of one name (asserts in copies of a function, faults at several places): violated if any is. */
function verdictsByName(verdicts: readonly Named[]): ReadonlyMap<string, Outcome> {
  const byName = new Map<string, Outcome>();
  for (const { kind, name, outcome } of verdicts) {
    const key = kind === name ? kind : `${kind} ${name}`;
    if (byName.get(key) !== "violated") byName.set(key, outcome);
  }
  return byName;
}

/** What explains most comes first: a missed fault changes every figure after it. */
const telling: readonly string[] = [
  ...["range", "lock_use", "states", "transitions", "depth", "deadlock"],
  ...["assert", "invariant", "step", "cover"],
];

/** Everything that two accounts tell differently, most telling first; what one of them does not know is left out. */
export function differences(weft: Account, other: Account): readonly Difference[] {
  const found: Difference[] = [];
  for (const figure of ["states", "transitions", "depth"] as const) {
    const [mine, theirs] = [weft[figure], other[figure]];
    if (mine === null || theirs === null || mine === theirs) continue;
    found.push({ about: figure, name: null, weft: String(mine), other: String(theirs) });
  }
  for (const key of new Set([...weft.verdicts.keys(), ...other.verdicts.keys()])) {
    const [mine, theirs] = [weft.verdicts.get(key), other.verdicts.get(key)];
    if (mine === theirs) continue;
    const [about = "", name = null] = key.split(" ");
    found.push({ about, name, weft: mine ?? "nothing", other: theirs ?? "nothing" });
  }
  return found.toSorted((one, two) => telling.indexOf(one.about) - telling.indexOf(two.about));
}

/** `states: weft 12, spin 13; range: weft violated, spin holds`. */
export function describeDifferences(other: string, found: readonly Difference[]): string {
  return found
    .map(
      ({ about, name, weft, other: theirs }) =>
        `${name === null ? about : `${about} ${name}`}: weft ${weft}, ${other} ${theirs}`,
    )
    .join("; ");
}
