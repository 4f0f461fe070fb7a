// Verdicts on the way: those that need traces say which, all traces are found together, and then the verdicts are drawn up.

import type { Trace, Verdict } from "./exploration.ts";
import type { Search } from "./explore.ts";
import { fewestSwitches } from "./fewest-switches.ts";
import type { Finding } from "./findings.ts";
import type { InterpretedStep } from "./interpret.ts";
import type { Beginning } from "./interpret-initial.ts";
import type { Orbits, Renaming } from "./orbit-table.ts";
import { type Goal, type Path, pathToFinding } from "./paths.ts";
import { shortestPaths } from "./shortest.ts";
import { type Accept, type Followed, type Replayer, traceOf, traceOfBeginning } from "./trace.ts";
import type { State } from "./transition-system.ts";

/** What a trace's last step must show under any names, and the names under which the trace is wanted. */
export interface WantedNames {
  readonly lastStep: Want["lastStep"];
  readonly renaming: (orbits: Orbits, followed: Followed) => Renaming;
}

/** A trace that is wanted. */
export interface Want {
  readonly finding: Finding;
  readonly goal: Goal;
  /** What its last step, from the state before it, must show beside mover and target. */
  readonly lastStep: (step: InterpretedStep, before: State) => boolean;
  /** Where states are taken for one, and not any names will do. */
  readonly names?: WantedNames;
  /** What its beginning must show if it has no steps because the work before the first one is what is wrong. */
  readonly beginning: (beginning: Beginning) => boolean;
  /** Look for the fewest switches, and count; otherwise the first way found will do. */
  readonly refined: boolean;
}

/** A trace as it was wanted. */
export interface Got {
  readonly trace: Trace;
  /** How many behaviours as short there are, if they were counted and the trace is one of the shortest. */
  readonly shortest: bigint | null;
}

/** A verdict that waits for its traces, in the order of `wants`. */
export interface Claim {
  readonly wants: readonly Want[];
  readonly verdict: (got: readonly Got[]) => Verdict;
}

/** A verdict that needs no trace. */
export function settledClaim(verdict: Verdict): Claim {
  return { wants: [], verdict: () => verdict };
}

/** A verdict with one trace. */
export function tracedClaim(want: Want, verdict: (got: Got) => Verdict): Claim {
  return { wants: [want], verdict: ([got]) => verdict(got as Got) };
}

/** Draws up all verdicts. */
export function settleClaims(
  replayer: Replayer,
  claims: readonly Claim[],
  fewest: boolean,
): readonly Verdict[] {
  const got = findTraces(
    replayer,
    claims.flatMap(({ wants }) => wants),
    fewest,
  );
  let taken = 0;
  return claims.map(({ wants, verdict }) => {
    const mine = got.slice(taken, taken + wants.length);
    taken += wants.length;
    return verdict(mine);
  });
}

/** Is the best way to a state looked for? */
export function isRefined({ refined, finding }: Want): boolean {
  return refined && finding.state >= 0;
}

/**
 * Does a search know all shortest ways to what it found? Not if it broke off in the middle of a level. Of the states that
 * walks met, all levels are known; but there may be ways through others. Who takes a step, and how many can, is not known where
 * states are taken for one, or steps are left out.
 */
export function waysKnown(search: Search): boolean {
  const { complete, stoppedBy, beyond, orbits, system } = search;
  const levelsWhole = complete || stoppedBy === "first-violation" || stoppedBy === "walks";
  return levelsWhole && orbits === null && !system.partial && beyond?.allWays !== false;
}

/** Finds the traces that are wanted; the refined ones in one sweep over the state graph. */
export function findTraces(
  replayer: Replayer,
  wants: readonly Want[],
  fewest: boolean,
): readonly Got[] {
  const { search } = replayer;
  const walked = search.stoppedBy === "walks";
  const refined = waysKnown(search) ? wants.filter(isRefined) : [];
  const found = shortestPaths(
    search,
    refined.map(({ goal, finding }) => ({ goal, depth: finding.depth })),
  );
  return wants.map((want): Got => {
    if (want.finding.state < 0) return fromBeginning(replayer, want);
    const best = found[refined.indexOf(want)];
    // Of a search beyond one memory only the states on shortest ways are at hand.
    const all = fewest && want.refined && search.beyond === null;
    const chosen = all ? fewestSwitches(search, want.goal) : best?.path;
    const path = chosen ?? pathToFinding(search, want.finding);
    // A way with fewer switches may be longer: the count of shortest ones says nothing of it.
    const isShortest = path.steps.length === want.finding.depth && !walked;
    const shortest = isShortest ? best?.count : null;
    return { trace: traceOfWant(replayer, want, path), shortest: shortest ?? null };
  });
}

function traceOfWant(replayer: Replayer, want: Want, path: Path): Trace {
  const last = path.steps.length - 1;
  const aboutStep = want.goal.kind === "step";
  const accepting =
    (lastStep: Want["lastStep"]): Accept =>
    (step, position, before) =>
      !aboutStep || position !== last || lastStep(step, before);
  const { names } = want;
  const { orbits } = replayer.search;
  const underNames = names !== undefined && orbits !== null;
  return traceOf(
    replayer,
    path,
    accepting(want.lastStep),
    underNames
      ? {
          accept: accepting(names.lastStep),
          renaming: (followed) => names.renaming(orbits, followed),
        }
      : null,
    aboutStep ? "step" : "path",
  );
}

function fromBeginning(replayer: Replayer, want: Want): Got {
  const trace = traceOfBeginning(replayer, want.beginning);
  if (trace === null) throw new Error("a beginning that the interpreter does not know");
  return { trace, shortest: BigInt(replayer.beginnings().filter(want.beginning).length) };
}
