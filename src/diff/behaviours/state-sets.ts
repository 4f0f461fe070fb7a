// Which observations two versions reach: those kept, removed and added, with an example of each.

import type { Search } from "../../checker/explore.ts";
import { levelOf } from "../../checker/paths.ts";
import { shortestPaths } from "../../checker/shortest.ts";
import { type Replayer, traceOf } from "../../checker/trace.ts";
import type { StateExample, StateSets } from "./behaviours.ts";
import type { Observations } from "./observation.ts";
import type { VisibleGraph } from "./visible-graph.ts";

/** One version's states, their observations, and how to show a way to them. */
export interface ObservedSide {
  readonly graph: VisibleGraph;
  readonly replayer: Replayer;
}

/** Compares what two versions reach. */
export function stateSets(
  before: ObservedSide,
  after: ObservedSide,
  observations: Observations,
): StateSets {
  const inBefore = reached(before.graph, observations.count);
  const inAfter = reached(after.graph, observations.count);
  let [kept, removed, added] = [0, 0, 0];
  for (let observation = 0; observation < observations.count; observation += 1) {
    if (inBefore[observation] === 0) added += 1;
    else if (inAfter[observation] === 0) removed += 1;
    else kept += 1;
  }
  const isKept = (observation: number): boolean => inAfter[observation] === 1;
  const [keptExample, removedExample] = examples(before, observations, [
    farthest(before.graph, isKept),
    nearest(before.graph, (observation) => !isKept(observation)),
  ]);
  const [addedExample] = examples(after, observations, [
    nearest(after.graph, (observation) => inBefore[observation] === 0),
  ]);
  return {
    kept,
    removed,
    added,
    examples: {
      kept: keptExample ?? null,
      removed: removedExample ?? null,
      added: addedExample ?? null,
    },
  };
}

function reached({ observations }: VisibleGraph, count: number): Uint8Array {
  const found = new Uint8Array(count);
  for (const observation of observations) found[observation] = 1;
  return found;
}

/** What an example is to show, and the first state, hence one of the nearest, that does. */
interface Wanted {
  readonly state: number;
  readonly shows: (observation: number) => boolean;
}

/** Any observation of this kind that is the nearest to the start; null if there is none. */
function nearest(
  { observations }: VisibleGraph,
  shows: (observation: number) => boolean,
): Wanted | null {
  const state = observations.findIndex(shows);
  return state < 0 ? null : { state, shows };
}

/** The observation of this kind to which even the shortest way is the longest: what comes late tells most. */
function farthest(
  { observations }: VisibleGraph,
  shows: (observation: number) => boolean,
): Wanted | null {
  const seen = new Set<number>();
  let last: Wanted | null = null;
  for (const [state, observation] of observations.entries()) {
    if (seen.has(observation)) continue;
    seen.add(observation);
    if (shows(observation)) last = { state, shows: (other) => other === observation };
  }
  return last;
}

/** An example of each, by a shortest way with the fewest context switches. */
function examples(
  { graph, replayer }: ObservedSide,
  observations: Observations,
  wanted: readonly (Wanted | null)[],
): readonly (StateExample | null)[] {
  const { search } = replayer;
  const goals = wanted.flatMap((one) => (one === null ? [] : [goalOf(search, graph, one)]));
  const found = shortestPaths(search, goals).map(({ path }): StateExample => {
    const last = path.steps.at(-1)?.to ?? path.from;
    const observation = graph.observations[last] as number;
    return { values: observations.values(observation), trace: traceOf(replayer, path) };
  });
  return wanted.map((one) => (one === null ? null : (found.shift() ?? null)));
}

function goalOf(
  search: Search,
  { observations }: VisibleGraph,
  { state, shows }: Wanted,
): Parameters<typeof shortestPaths>[1][number] {
  const holds = (other: number): boolean => shows(observations[other] as number);
  return { goal: { kind: "state", holds }, depth: levelOf(search, state) };
}
