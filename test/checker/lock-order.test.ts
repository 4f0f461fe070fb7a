import { expect, test } from "vitest";
import { lockCycles } from "../../src/checker/lock-order.ts";
import type { Note } from "../../src/checker/transition-system.ts";
import { span } from "../support/machines.ts";

/** Orders as "a>b" at depths 1, 2, …; cycles as the locks that are held, in turn. */
function check(orders: readonly string[], expected: readonly string[]): void {
  const notes = orders.map((order): Note => {
    const [held = "", taken = ""] = order.split(">");
    return { kind: "lock-order", held, taken, span: span() };
  });
  const findings = orders.map((_, index) => ({ depth: index + 1, state: index, step: 0 }));
  expect(lockCycles(notes, findings).map((cycle) => cycle.map(({ held }) => held).join())).toEqual(
    expected,
  );
}

test("an order that all keep is no cycle", () => check(["a>b", "b>c", "a>c"], []));
test("two orders", () => check(["a>b", "b>a"], ["a,b"]));
test("a cycle of three", () => check(["a>b", "b>c", "c>a"], ["a,b,c"]));
test("the shortest of a tangle", () => check(["a>b", "b>c", "c>a", "c>b"], ["b,c"]));
test("two tangles apart", () => check(["a>b", "b>a", "x>y", "y>x", "b>x"], ["a,b", "x,y"]));
test("a lock on the way to a cycle is not part of it", () => check(["a>b", "b>c", "c>b"], ["b,c"]));

test("of two places with the same order, the earlier one", () => {
  const order = (held: string, taken: string): Note => ({
    kind: "lock-order",
    held,
    taken,
    span: span(),
  });
  const notes = [order("a", "b"), order("a", "b"), order("b", "a")];
  const findings = [5, 3, 4].map((depth) => ({ depth, state: depth, step: 0 }));
  expect(lockCycles(notes, findings)[0]?.map(({ note }) => note)).toEqual([1, 2]);
});
