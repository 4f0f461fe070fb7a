// Breaks the cycles of a control flow: locations without which nothing goes round.

/**
 * Nodes such that each cycle among the nodes contains one: the targets of back edges of a depth-first search, begun at the
 * nodes in order (Tarjan, 1972). `next` leads out of the nodes where it likes.
 */
export function cycleBreakers(
  nodes: ReadonlySet<number>,
  next: (node: number) => Iterable<number>,
): ReadonlySet<number> {
  const breakers = new Set<number>();
  const state = new Map<number, "open" | "closed">();
  for (const root of nodes) {
    if (state.has(root)) continue;
    const stack = [{ node: root, targets: [...next(root)] }];
    state.set(root, "open");
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const target = top.targets.pop();
      if (target === undefined) {
        state.set(top.node, "closed");
        stack.pop();
      } else if (state.get(target) === "open") {
        breakers.add(target);
      } else if (nodes.has(target) && !state.has(target)) {
        state.set(target, "open");
        stack.push({ node: target, targets: [...next(target)] });
      }
    }
  }
  return breakers;
}
