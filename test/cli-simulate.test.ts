// `weft simulate` as a user runs it: what it prints, how it ends, and that it never says that anything holds.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { interrupted, type Ran, root, weft, withFiles } from "./support/cli.ts";
import { type Schema, violations } from "./support/json-schema.ts";

/** Runs `weft simulate` on this spec. */
function simulate(spec: string, args: readonly string[] = []): Ran {
  return withFiles({ "a.weft": spec }, (cwd) => weft(["simulate", "a.weft", ...args], { cwd }));
}

/** The output without its times. */
function timeless({ stdout }: Ran): string {
  return stdout.replaceAll(/; \d+\.\d+ s$/gm, "").trimEnd();
}

const tame = `spec tame
param TOP: 1..99 = 3
var n: 0..99 = 0
process p { while n < TOP { n := n + 1 } }
action never { await n > 90; n := 0 }
invariant small: n <= 99
cover top: n == TOP
cover high: n == 50
`;

test("what was met is told, and that it is no proof", () => {
  const ran = simulate(tame, ["--runs", "10", "--depth", "20"]);
  expect([ran.code, ran.stderr]).toEqual([152, ""]);
  expect(timeless(ran)).toMatchInlineSnapshot(`
    "a.weft: tame with TOP = 3

      unknown    invariant small
      reachable  cover top                     6 steps
      unknown    cover high
      unknown    freedom from deadlock
      unknown    freedom from stuck processes
      unknown    freedom from faults
      unknown    lock use
      unknown    lock order

    not met by these walks, which does not say that it cannot be:
    cover high is never reached (a.weft:8:1)
    action never is never taken (a.weft:5:1)

    10 random walks of at most 20 steps, seed 1: 70 steps, the longest walk 7; 10 came to an end
    8 distinct states, 1 initial
    NOT exhaustive (random walks only), sequential consistency
    not judged by walks: stuck processes
    no violation met in 10 random walks; that is no proof that there is none"
  `);
});

test("not even walks that met all that there is say that anything holds", () => {
  const ran = simulate("spec one\nvar n: bool = false\nterminal when true\n");
  expect(ran.code).toBe(152);
  expect(ran.stdout).not.toMatch(/holds|exhaustive search|unreachable/);
});

test("the status is that of what was found", () => {
  const codes = [
    ["invariant low: n < 3", 12],
    ["terminal when false", 152],
    ["process q { assert n > 50 }", 14],
    ["process q { await n == 77 }", 11],
  ] as const;
  for (const [line, code] of codes)
    expect([line, simulate(`${tame}${line}\n`).code]).toEqual([line, code]);
  expect(simulate(tame, ["--set", "TOP=100"]).code).toBe(10);
  expect(simulate("spec\n").code).toBe(150);
  expect(
    simulate("spec none\nvar n: 0..3 in {1, 2}\ninit where n > 2\nprocess p { skip }\n").code,
  ).toBe(120);
});

test("the seed decides all, and has a default that is told", () => {
  const spec = "specs/classics/mcs-lock-lost-waiter.weft";
  const of = (...args: readonly string[]): string =>
    timeless(weft(["simulate", spec, "--runs", "5", ...args]));
  expect(of()).toContain(", seed 1: ");
  expect(of("--seed", "1")).toBe(of());
  expect(of("--seed", "2")).not.toBe(of());
});

test("numbers that cannot be are refused", () => {
  for (const args of [
    ["--runs", "0"],
    ["--depth", "-1"],
    ["--seed", "x"],
    ["--seed", "4294967296"],
  ]) {
    const { code, stderr } = simulate(tame, args);
    expect([args, code]).toEqual([args, 1]);
    expect(stderr).toMatch(/write a whole number/);
  }
});

test("--quiet gives the last line, --json a document of the schema", () => {
  expect(simulate(tame, ["--quiet"]).stdout).toBe(
    "a.weft: no violation met in 1,000 random walks; that is no proof that there is none\n",
  );
  const schema = JSON.parse(readFileSync(join(root, "docs/check.schema.json"), "utf8")) as Schema;
  for (const spec of [tame, `${tame}invariant low: n < 3\n`, "spec\n"]) {
    const document: unknown = JSON.parse(simulate(spec, ["--json"]).stdout);
    expect(violations(document, schema)).toEqual([]);
  }
  const document = JSON.parse(simulate(tame, ["--json", "--runs", "2"]).stdout) as object;
  expect(document).toMatchObject({
    status: "incomplete",
    exhaustive: false,
    stoppedBy: "walks",
    exitCode: 152,
    walks: { runs: 2, walks: 2, seed: 1, ended: 2 },
  });
});

test("Ctrl-C ends the walks, and what they found is shown", async () => {
  const args = ["simulate", "-", "--runs", "1000000000"];
  const endless = `${tame}invariant low: n < 3\n`;
  const { code, stdout } = await interrupted(endless, 1500, args);
  expect(code).toBe(12);
  expect(stdout).toContain("NOT exhaustive (it was interrupted)");
  expect(stdout).toMatch(/random walks? of 1,000,000,000 asked for of at most/);
  const calm = await interrupted(tame, 1500, args);
  expect(calm.code).toBe(130);
  expect(calm.stdout).toMatch(/no proof that there is none\n$/);
});
