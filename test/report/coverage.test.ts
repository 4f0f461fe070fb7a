// How a check tells of what never happens, and of labels that are not as expected.

import { expect, test } from "vitest";
import { drawExploration, drawVerdict } from "../../src/report/verdicts.ts";
import { checked, verdictNamed } from "../support/checked.ts";

test("a cover that cannot be evaluated is not said to be reached", () => {
  const result = checked("spec s\nvar n: 0..1 = 0\ncover c: 1 / n == 1\n");
  const [sentence] = drawVerdict(result.machine, verdictNamed(result, "c")).split("\n");
  expect(sentence).toBe("cover c cannot be evaluated at the start:");
});

test("labels reached and not reached against expectation", () => {
  const { machine, exploration, findings } = checked(`spec s
var n: 0..2 = 0
process p {
  n := 1
a:
  n := 2                                  /// the last line
  goto c
b:
  n := 0
c:
}
expect p.a unreachable
expect p.b reachable
`);
  const text = drawExploration(machine, { ...exploration, elapsedSeconds: 0 }, findings);
  expect(`\n${text}\n`).toMatchInlineSnapshot(`
    "
    a.weft: s

    label p.a is reached, though it is expected to be unreachable (a.weft:12:1) after 1 step with 0 context switches:

            CPU0 (p)
            ----
            n := 1 [n 1]

      holds  freedom from deadlock
      holds  freedom from stuck processes
      holds  freedom from faults
      holds  lock use
      holds  lock order

    label p.b is never reached, though it is expected to be (a.weft:13:1)

    3 distinct states, 2 transitions, depth 2, 1 initial; 0.00 s
    exhaustive search, sequential consistency
    nothing is violated, but 1 thing never happens and 1 label is reached against expectation
    "
  `);
});
