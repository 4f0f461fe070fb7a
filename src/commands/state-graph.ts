// All states and steps of a small system, for drawing.

import { StateTable } from "../checker/state-table.ts";
import { type TransitionSystem, Transitions } from "../checker/transition-system.ts";
import type { StateGraph } from "../report/dot.ts";

/** A drawing with more states than this helps nobody. */
const mostStates = 500;

/** Explores up to a few hundred states, keeping every step. */
export function stateGraph(system: TransitionSystem): StateGraph {
  const { width, movers } = system;
  const table = new StateTable(width);
  const out = new Transitions(width, system.costs.length);
  const edges: { from: number; to: number; mover: string }[] = [];
  system.initial(out);
  for (let step = 0; step < out.count; step += 1) {
    if ((out.fault[step] ?? -1) < 0) table.insert(out.words, step * width);
  }
  const initial = Array.from({ length: table.count }, (_, index) => index);
  let cut = false;
  for (let from = 0; from < table.count; from += 1) {
    system.successors(table.arena, from * width, out);
    for (let step = 0; step < out.count; step += 1) {
      if ((out.fault[step] ?? -1) >= 0) continue;
      if (table.count >= mostStates) {
        cut = true;
        break;
      }
      const to = table.insert(out.words, step * width);
      edges.push({ from, to, mover: movers[out.mover[step] ?? 0]?.name ?? "" });
    }
    if (cut) break;
  }
  const states = Array.from({ length: table.count }, (_, index) =>
    system.decode(table.arena, index * width),
  );
  return { states, initial, edges, cut };
}
