// `weft diff` as a user calls it: exit codes, streams, options.

import { expect, test } from "vitest";
import { type Ran, weft, withFiles } from "./support/cli.ts";

const base = `spec counter
param N: 1..3 = 2
var n: 0..3 = 0
process p { n := 1; n := N }
invariant small: n < 2
`;

const files = {
  "old.weft": `${base}expect small violated\nexpect small holds with N = 1\n`,
  "fixed.weft": `${base.replace("n := N", "n := 0")}expect small holds\n`,
  "wrong.weft": `${base}expect small holds\n`,
  "silent.weft": base,
  "syntax.weft": "spec s\nvar n 0..3 = 0\n",
  "names.weft": "spec s\nprocess p { m := 1 }\n",
  "other.weft":
    "spec other\nvar m: 0..1 = 0\nspinlock l\nprocess q { acquire l; m := 1; release l }\n",
};

function diff(...args: readonly string[]): Ran {
  return withFiles(files, (cwd) => weft(["diff", ...args], { cwd }));
}

test.each<readonly [string, number, readonly string[]]>([
  ["a violation that the old version expects", 0, ["old.weft", "fixed.weft"]],
  ["versions that expect nothing", 0, ["silent.weft", "silent.weft"]],
  ["a file and itself", 0, ["old.weft", "old.weft"]],
  ["something unexpected in the old version", 12, ["wrong.weft", "fixed.weft"]],
  ["something unexpected in the new one", 12, ["fixed.weft", "wrong.weft"]],
  ["a limit", 152, ["old.weft", "fixed.weft", "--max-states", "1"]],
  ["a missing old version", 1, ["nowhere.weft", "fixed.weft"]],
  ["a missing new version", 1, ["old.weft", "nowhere.weft"]],
  ["only one version", 1, ["old.weft"]],
  ["a syntax error", 150, ["old.weft", "syntax.weft"]],
  ["an unknown name", 120, ["names.weft", "old.weft"]],
  ["a param that neither has", 1, ["old.weft", "fixed.weft", "--set", "M=1"]],
  ["two forms at once", 1, ["old.weft", "fixed.weft", "--mail", "--json"]],
])("%s gives %i", (_, code, args) => {
  const ran = diff(...args);
  expect({ code: ran.code, stderr: ran.stderr }).toEqual({ code, stderr: ran.stderr });
  if (code === 1) expect(ran.stdout).toBe("");
  if (code === 1) expect(ran.stderr.trim().split("\n").length).toBeLessThanOrEqual(2);
});

test("the last line says it all, and is all that --quiet says", () => {
  const { stdout } = diff("old.weft", "fixed.weft");
  const quiet = diff("old.weft", "fixed.weft", "--quiet");
  expect(quiet.stdout).toBe(
    "small holds now; some behaviours are gone and some are new; nothing unexpected\n",
  );
  expect(stdout.endsWith(`\n\n${quiet.stdout}`)).toBe(true);
});

test("an unknown name to observe is refused with the nearest one", () => {
  const { code, stdout, stderr } = diff("old.weft", "other.weft", "--observe", "mm");
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toBe("neither version has a variable, lock or cost `mm`: did you mean `m`?\n");
});

test("what only one version has is told, and not compared", () => {
  const { stdout } = diff("old.weft", "other.weft", "--observe", "l", "--observe", "n");
  expect(stdout).toContain("only old has n: not compared");
  expect(stdout).toContain("only other has l: not compared");
});

test("versions are compared under every choice, and told under the first that flips", () => {
  const { code, stdout } = diff("old.weft", "fixed.weft", "--vary", "N=1,2");
  expect(code).toBe(0);
  expect(stdout).toMatch(/small {2}N = 1 {2}holds in both/);
  expect(stdout).toMatch(/N = 2 {2}violated -> holds/);
  expect(stdout).toContain("what follows is about N = 2");
});

test("the last line is about every choice of parameters", () => {
  const more = {
    "a.weft":
      "spec s\nparam N: 1..9 = 1\nvar x: 0..9 = 0\ncost c\nprocess p { x := 1; cost c += 1 }\ninvariant low: x < 3\n",
    "b.weft":
      "spec s\nparam N: 1..9 = 1\nvar x: 0..9 = 0\ncost c\nprocess p { x := N; cost c += N }\ninvariant low: x < 3\n",
  };
  const last = (values: string, ...specs: readonly string[]): string =>
    withFiles(more, (cwd) =>
      weft(["diff", ...specs, "--vary", `N=${values}`, "-q"], { cwd }).stdout.replace(/\s+/g, " "),
    );
  expect(last("1,2", "a.weft", "b.weft")).toBe(
    "no verdict differs; the same behaviours with N = 1; some behaviours are gone and some are new with N = 2; c 1 -> 2 with N = 2; nothing unexpected ",
  );
  expect(last("2,3,4", "a.weft", "b.weft")).toMatch(
    /^low is violated now with N = 3 and with N = 4; some behaviours are gone and some are new; /,
  );
  expect(last("3,4,5,6,1", "a.weft", "b.weft")).toMatch(
    /^low is violated now under 4 of 5 choices of parameters; /,
  );
  expect(last("3,4", "b.weft", "b.weft")).toBe(
    "no verdict differs; low is still violated; the same behaviours; nothing unexpected ",
  );
});

test("what both versions have in common is told for every choice of parameters", () => {
  const spec =
    "spec s\nparam N: 1..2 = 1\nvar x: 0..9 = 0\ncost c\nprocess p { x := N; cost c += N }\ncover two: x == 2\n";
  const { stdout } = withFiles({ "a.weft": spec }, (cwd) =>
    weft(["diff", "a.weft", "a.weft", "--vary", "N=1,2"], { cwd }),
  );
  expect(stdout).toContain("the same in both: c and 3 counts of locks taken, steps and waits");
  expect(stdout).toMatch(/two {2}N = 1 {2}unreachable in both\n {7}N = 2 {2}reachable in both/);
});

test("verdicts that are not known are not called the same", () => {
  const { stdout } = diff("silent.weft", "silent.weft", "--max-states", "1");
  expect(stdout).not.toContain("the same in both");
  expect(stdout).toContain("not known of either: ");
  expect(stdout).toContain("no verdict is known to differ");
});

test("a param of one version only is set there only", () => {
  const { code, stdout } = diff("old.weft", "other.weft", "--set", "N=1");
  expect(code).toBe(0);
  expect(stdout).toContain("N = 1");
});

test("the document says what the text says, and that a version was refused", () => {
  const compared = diff("old.weft", "fixed.weft", "--json");
  const document = JSON.parse(compared.stdout) as Record<string, unknown>;
  expect(document).toMatchObject({
    format: "weft-diff/1",
    exitCode: 0,
    before: "old",
    after: "fixed",
    summary: "small holds now; some behaviours are gone and some are new; nothing unexpected",
  });
  const refused = diff("old.weft", "syntax.weft", "--json");
  expect(JSON.parse(refused.stdout)).toEqual({
    format: "weft-diff/1",
    exitCode: 150,
    refused: true,
  });
});

test("the mail and the Markdown go to standard output", () => {
  expect(diff("old.weft", "fixed.weft", "--mail").stdout).toMatch(/^Subject: old -> fixed\n/);
  expect(diff("old.weft", "fixed.weft", "--markdown").stdout).toMatch(/^## `old` → `fixed`\n/);
});

test("colour only where it is asked for", () => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what colour is made of
  const colour = /\u001b\[/;
  expect(diff("old.weft", "fixed.weft").stdout).not.toMatch(colour);
  expect(diff("old.weft", "fixed.weft", "--color", "always").stdout).toMatch(colour);
});
