import fc from "fast-check";
import { expect, test } from "vitest";
import { canReach } from "../../src/checker/reachability.ts";

/** Backwards along turned edges, by the book. */
function byTheBook(targets: readonly (readonly number[])[], goals: ReadonlySet<number>) {
  const found = new Set(goals);
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    targets.forEach((of, state) => {
      if (of.some((target) => found.has(target))) found.add(state);
    });
  }
  return found;
}

const graph = fc.integer({ min: 1, max: 60 }).chain((states) => {
  const state = fc.nat({ max: states - 1 });
  return fc.record({
    targets: fc.array(fc.array(state, { maxLength: 2 }), { minLength: states, maxLength: states }),
    goals: fc.uniqueArray(state, { maxLength: 3 }),
  });
});

function agrees(targets: readonly (readonly number[])[], goals: readonly number[]): void {
  const set = new Set(goals);
  const marks = canReach({
    states: targets.length,
    leadsTo: (state, marked) =>
      set.has(state) || (targets[state] ?? []).some((target) => marked[target] === 1),
    unmet: (state, marked) => (targets[state] ?? []).find((target) => marked[target] === 0) ?? -1,
    eachTarget: (state, visit) => (targets[state] ?? []).forEach(visit),
  });
  const found = byTheBook(targets, set);
  expect([...marks]).toEqual(targets.map((_, state) => (found.has(state) ? 1 : 0)));
}

test("marks the states from which a goal can be reached", () => {
  fc.assert(
    fc.property(graph, ({ targets, goals }) => agrees(targets, goals)),
    { numRuns: 1000 },
  );
});

test("goes along ways that lead back all the time", () => {
  const states = 5_000;
  const back = Array.from({ length: states }, (_, state) => [Math.max(state - 1, 0)]);
  agrees(back.slice(0, 60), [0]);
  agrees(back.slice(0, 60), []);
  const marks = canReach({
    states,
    leadsTo: (state, marked) => state === 0 || marked[state - 1] === 1,
    unmet: (state, marked) => (state > 0 && marked[state - 1] === 0 ? state - 1 : -1),
    eachTarget: (state, visit) => (back[state] ?? []).forEach(visit),
  });
  expect(marks.every((mark) => mark === 1)).toBe(true);
});
