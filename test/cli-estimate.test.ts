// `weft estimate` as a user runs it.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Ran, root, weft } from "./support/cli.ts";
import { type Schema, violations } from "./support/json-schema.ts";

/** (TOP + 1)^3 states, and a param that is no number. */
const grid = `spec grid
type Digit = 0..50
param TOP: 1..50 = 3
param WIDE: bool = false
type Place = 1..3
var digits[Place]: Digit = 0
action up(p: Place) when digits[p] < TOP { digits[p] := digits[p] + 1 }
terminal when true
`;

function estimate(...args: readonly string[]): Ran {
  return weft(["estimate", "-", ...args], { input: grid });
}

test("sizes, ratios and a guess that is called one", () => {
  const ran = estimate("--vary", "TOP=10,20,30", "--memory", "64M");
  expect([ran.code, ran.stderr]).toEqual([0, ""]);
  expect(ran.stdout.replaceAll(/ {2}\d\.\d\d(?=$| {2})/gm, "  *")).toMatchInlineSnapshot(`
    "<stdin>: grid, by TOP

      TOP  states  transitions  depth  seconds  ratio
      10   1,331   3,630        30     *
      20   9,261   26,460       60     *     *
      30   29,791  86,490       90     *     *

    a guess, between the last ratio kept and the last ratio changing on as it last did; growth may be outside:

      TOP = 40  44,000 to 96,000 states
      TOP = 50  44,000 to 310,000 states

    15 to 25 bytes a state, as tables grow; 64 MiB take 2,700,000 to 4,500,000 states
    guess: the memory does for TOP up to 50, 2 sizes more
    "
  `);
});

test("without three even steps there is no guess, and why is said", () => {
  const last = (...args: readonly string[]): string | undefined =>
    estimate(...args)
      .stdout.trimEnd()
      .split("\n")
      .at(-1);
  expect(last("--vary", "TOP=1,2")).toMatch(/^no guess .* three sizes/);
  expect(last("--vary", "TOP=1,2,4")).toMatch(/^no guess .* the same step/);
  expect(last("--vary", "TOP=3,2,1")).toMatch(/^no guess .* the same step/);
  expect(last("--vary", "TOP=48,49,50")).toBe(
    "no guess at larger sizes: the spec takes no larger TOP",
  );
});

test("a size that meets a limit ends it, and is shown with what was counted", () => {
  const { code, stdout } = estimate("--vary", "TOP=2,4,6,50", "--memory", "600K");
  expect(code).toBe(152);
  expect(stdout).toMatch(/^ {2}50 +> [\d,]+ .*the limit on memory was reached$/m);
  expect(stdout).toMatch(/from TOP = 50 on the memory does not do\n$/);
});

test("what makes no sense is refused", () => {
  expect(estimate().code).toBe(1);
  expect(estimate().stderr).toContain("--vary P=1,2,3");
  expect(estimate("--vary", "TOP=1", "--vary", "WIDE=true").code).toBe(1);
  expect(estimate("--vary", "TOPP=1").code).toBe(1);
  expect(estimate("--vary", "TOP=1,51").code).toBe(10);
});

test("--json fits the schema", () => {
  const schema = JSON.parse(readFileSync(join(root, "docs/check.schema.json"), "utf8")) as Schema;
  for (const values of ["1,2,3", "1,2", "2,4,6,50"]) {
    const { stdout } = estimate("--vary", `TOP=${values}`, "--memory", "600K", "--json");
    expect(violations(JSON.parse(stdout), schema)).toEqual([]);
  }
});
