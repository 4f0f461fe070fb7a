// Figures and tables as docs/performance.md shows them.

import { expect, test } from "vitest";
import { bytes, drawMarkdownTable, median, rate, ratio, seconds } from "./figures.ts";

test("the median is the middle one, the lower of two", () => {
  expect(median([3])).toBe(3);
  expect(median([30, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(2);
  expect(() => median([])).toThrow();
});

test.each([
  [seconds(0.00314159), "0.0031 s"],
  [seconds(0.1416), "0.142 s"],
  [seconds(1.416), "1.42 s"],
  [seconds(12.345), "12.3 s"],
  [seconds(1234.5), "1235 s"],
  [ratio(1), "1.0 ×"],
  [ratio(3.44), "3.4 ×"],
  [ratio(27.4), "27 ×"],
  [ratio(140.4), "140 ×"],
  [rate(412_345.6), "412,000"],
  [rate(7_654_321), "7,650,000"],
  [rate(87.2), "87"],
  [bytes(23.4), "23 B"],
])("%s is %s", (shown, expected) => {
  expect(shown).toBe(expected);
});

test("a table has its text on the left and its figures on the right", () => {
  const rows = [
    ["peterson", "1"],
    ["mcs", "10,340,352"],
  ];
  expect(`\n${drawMarkdownTable(["spec", "states"], rows)}`).toMatchInlineSnapshot(`
    "
    | spec     |     states |
    | -------- | ---------: |
    | peterson |          1 |
    | mcs      | 10,340,352 |"
  `);
});
