// Of all behaviours that reach a goal, however long, one with the fewest context switches, and of those one with the fewest steps.
// Dijkstra's search over pairs (state, class of who took the last step), ordered by switches and then by steps. A step costs
// no switch or one, so there are two queues, each of buckets by length: this number of switches, and one more.

import { FAULTED } from "./edge-log.ts";
import type { Search } from "./explore.ts";
import {
  expanderOf,
  type Goal,
  type Path,
  type PathStep,
  switchClasses,
  UNKNOWN,
} from "./paths.ts";

/** A way to arrive at a pair: from which pair, by whose step, and where to. */
interface Arrival {
  /** The pair arrived at; -1 for a step that is the goal itself. */
  readonly pair: number;
  readonly before: Arrival | null;
  readonly mover: number;
  readonly to: number;
}

type Buckets = Arrival[][];

/** The path with the fewest switches to a goal, null if no path leads there. */
export function fewestSwitches(search: Search, goal: Goal): Path | null {
  const classes = switchClasses(search.system.movers);
  const width = classes.count + 1;
  const nobody = classes.count;
  const expander = expanderOf(search);
  const settled = new Set<number>();

  let now: Buckets = [
    Array.from(
      { length: search.initialStates },
      (_, to): Arrival => ({ pair: to * width + nobody, before: null, mover: -1, to }),
    ),
  ];
  while (now.length > 0) {
    const later: Buckets = [];
    for (let length = 0; length < now.length; length += 1) {
      for (const arrival of now[length] ?? []) {
        if (arrival.pair < 0) return pathOf(arrival);
        if (settled.has(arrival.pair)) continue;
        settled.add(arrival.pair);
        if (goal.kind === "state" && goal.holds(arrival.to)) return pathOf(arrival);
        const last = arrival.pair % width;
        const count = expander.load(arrival.to);
        for (let step = 0; step < count; step += 1) {
          const mover = expander.out.mover[step] as number;
          const of = classes.of[mover] as number;
          const to = expander.target(step);
          const queue = last === nobody || last === of ? now : later;
          if (goal.kind === "step" && goal.holds(arrival.to, expander.out, step)) {
            enqueue(queue, length + 1, { pair: -1, before: arrival, mover, to });
          } else if (to !== FAULTED && to !== UNKNOWN && !settled.has(to * width + of)) {
            enqueue(queue, length + 1, { pair: to * width + of, before: arrival, mover, to });
          }
        }
      }
    }
    now = later;
  }
  return null;
}

function enqueue(queue: Buckets, length: number, arrival: Arrival): void {
  const bucket = queue[length];
  if (bucket === undefined) queue[length] = [arrival];
  else bucket.push(arrival);
}

function pathOf(last: Arrival): Path {
  const steps: PathStep[] = [];
  let arrival = last;
  while (arrival.before !== null) {
    steps.push({ mover: arrival.mover, to: arrival.to });
    arrival = arrival.before;
  }
  return { from: arrival.to, steps: steps.reverse() };
}
