// Finds cycles that take no step: a step that never ends, refused before anything runs.

import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { report } from "../diagnostics/report.ts";
import type { Span } from "../diagnostics/source.ts";
import { type GraphNode, successorsOf } from "./graph.ts";

/**
 * Finds cycles that take no step: outside `atomic` any cycle of local work, inside one any cycle that is no loop statement
 * (whose rounds are counted when it runs). Bounded loops (`for`) are no cycles here.
 */
export function findLoopsWithoutStep(entry: GraphNode): readonly Diagnostic[] {
  const state = new Map<GraphNode, "open" | "closed">();
  const diagnostics: Diagnostic[] = [];
  const stack: { node: GraphNode; next: number; targets: readonly GraphNode[] }[] = [];
  const roots: GraphNode[] = [entry];
  const known = new Set<GraphNode>([entry]);
  const open = (node: GraphNode): void => {
    state.set(node, "open");
    const localOnly = successorsOf(node).filter((target) => {
      if (!known.has(target)) {
        known.add(target);
        roots.push(target);
      }
      return !(node.kind === "ops" && node.nextRound) && !breaksCycle(target);
    });
    stack.push({ node, next: 0, targets: localOnly });
  };
  for (let root = roots.pop(); root !== undefined; root = roots.pop()) {
    if (state.has(root)) continue;
    open(root);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const target = top.targets[top.next];
      top.next += 1;
      if (target === undefined) {
        state.set(top.node, "closed");
        stack.pop();
      } else if (state.get(target) === "open") {
        const cycle = stack.slice(stack.findIndex((frame) => frame.node === target));
        const span = cycle.map(({ node }) => placeOf(node)).find((place) => place !== null) ?? null;
        diagnostics.push(report("loop-without-step", span, {}));
      } else if (!state.has(target)) {
        open(target);
      }
    }
  }
  return diagnostics;
}

function placeOf(node: GraphNode): Span | null {
  return "span" in node && node.span !== undefined ? node.span : null;
}

/** A cycle through this node takes a step, or its rounds are counted. */
function breaksCycle(node: GraphNode): boolean {
  if (node.region !== null) return node.kind === "loop";
  return node.step;
}
