// What the commands answer where their options meet: what is said, on which stream, with which status.

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Ran, type RunOptions, root, weft, withFiles } from "./support/cli.ts";
import { type Schema, violations } from "./support/json-schema.ts";

const counter = `spec counter
param TOP: 1..3 = 3
var n: 0..3 = 0
process p { n := 1 }
invariant zero: n == 0
`;

function run(args: readonly string[], options: RunOptions = {}): Ran {
  return withFiles({ "a.weft": counter }, (cwd) => weft(args, { cwd, ...options }));
}

test("matrix --quiet leaves the last line", () => {
  expect(run(["matrix", "a.weft", "-q"]).stdout).toBe("1 cell not as expected\n");
});

test("matrix knows when nothing has the property that is asked for", () => {
  const { code, stdout, stderr } = run(["matrix", "a.weft", "--property", "zeros"]);
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toBe("no version has a property `zeros`: did you mean `zero`?\n");
});

test("a cell of the matrix that is not known is neither as expected nor otherwise", () => {
  const args = ["matrix", "a.weft", "--property", "lock_use", "--max-states", "1"];
  const { code, stdout } = run(args);
  expect(code).toBe(152);
  expect(stdout).toBe(
    [
      "  lock_use",
      "  a         unknown",
      "",
      "NOT all searches are exhaustive, sequential consistency",
      "1 cell not known; not all searches are complete",
      "",
    ].join("\n"),
  );
});

test("a param varies once: the values of a second --vary would take the place of the first ones", () => {
  const { code, stdout, stderr } = run(["matrix", "a.weft", "--vary", "TOP=1", "--vary", "TOP=2"]);
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toContain("TOP varies already: write all its values behind one --vary.");
  const twice = run(["matrix", "a.weft", "--vary", "TOP=1,2,1"]);
  expect([twice.code, twice.stdout]).toEqual([1, ""]);
  expect(twice.stderr).toContain("TOP=1 is written twice.");
});

test("matrix sets a param that only one version declares there only, and one that none does nowhere", () => {
  const more = counter
    .replace("var n", "param MORE: 0..1 = 0\nvar n")
    .replace("n := 1", "n := MORE");
  const matrix = (param: string): Ran =>
    withFiles({ "a.weft": counter, "b.weft": more }, (cwd) =>
      weft(["matrix", "a.weft", "b.weft", "--vary", `${param}=0,1`, "--property", "zero"], { cwd }),
    );
  expect(matrix("MORE").stdout.split("\n").slice(0, 3)).toEqual([
    "  zero  MORE = 0                  MORE = 1",
    "  a     violated, expected holds  violated, expected holds",
    "  b     holds *                   violated, expected holds",
  ]);
  const { code, stderr } = matrix("NONE");
  expect(code).toBe(1);
  expect(stderr).toContain("error[parameter-unknown]: the spec has no param `NONE`");
});

test("matrix says once what is true of a version under all parameters", () => {
  const broken = counter.replace("n == 0", "m == 0");
  const args = ["matrix", "-", "--vary", "TOP=1,2,3"];
  const { code, stderr } = run(args, { input: broken });
  expect(code).toBe(120);
  expect(stderr.match(/error\[unknown-name\]/g)).toHaveLength(1);
});

test("standard input can be checked under several parameters", () => {
  const input = `${counter}expect zero violated\nexpect zero violated with TOP = 1\n`;
  expect(run(["test", "-"], { input }).stdout).toMatch(/2 as expected, 0 not\n$/);
  const matrix = run(["matrix", "-", "--vary", "TOP=1,2", "-q"], { input });
  expect([matrix.code, matrix.stdout]).toEqual([0, "every cell is as expected\n"]);
});

test("test passes over no violation of a spec that expects nothing", () => {
  const { code, stdout } = run(["test", "a.weft"]);
  expect(code).toBe(12);
  expect(stdout).toMatch(/zero .*violated, expected holds.*\n\n0 as expected, 1 not\n$/);
});

test("trace --least wants --cost", () => {
  expect(run(["trace", "a.weft", "--least"])).toEqual({
    code: 1,
    stdout: "",
    stderr: "--least goes with --cost\n",
  });
});

test.each([
  ["trace", ["trace", "a.weft", "-o", "a.weft/x"]],
  ["compile", ["compile", "a.weft", "-o", "a.weft"]],
  ["init", ["init", "a.weft/x"]],
])("%s says which file it cannot write", (_, args) => {
  const { code, stderr } = run(args);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^cannot write a\.weft\//);
});

test.each([
  [["check", "--memory", "1T"], "write a size in K, M or G, such as 512M."],
  [["check", "--time-limit", "1d"], "write a time in s, m or h, such as 30s."],
  [["check", "--workers", "0"], "write a whole number from 1 to 32."],
  [["check", "--spill", ""], "write a path."],
  [["check", "--resume", ""], "write a path."],
  [["matrix", "--vary", "TOP=1..3"], "write 1..3 as single values, like 1,2,3."],
  [["matrix", "--vary", "TOP=1,,3"], "write a value between commas."],
])("%j: %s", ([command = "", ...args], hint) => {
  const { code, stdout, stderr } = run([command, "a.weft", ...args]);
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toContain(`is invalid. ${hint}\n`);
});

test("estimate does not take a value of the param that varies", () => {
  const { code, stderr } = run(["estimate", "a.weft", "--vary", "TOP=1,2", "--set", "TOP=3"]);
  expect([code, stderr]).toEqual([1, "TOP varies: --set cannot give it another value\n"]);
});

test("a full disk is no fault of the program", ({ skip }) => {
  if (!existsSync("/dev/full")) skip("there is no /dev/full");
  withFiles({ "a.weft": counter }, (cwd) => {
    const line = '"$0" "$1" check a.weft > /dev/full';
    const args = ["-c", line, process.execPath, join(root, "dist/cli.js")];
    const { status, stderr } = spawnSync("sh", args, { cwd, encoding: "utf8" });
    expect([status, stderr]).toEqual([1, "cannot write the result: there is no space left\n"]);
  });
});

test("no command takes an option that does nothing there", () => {
  const help = (command: string): string => weft([command, "--help"]).stdout;
  for (const command of ["replay", "compile", "fmt"]) {
    expect(help(command)).not.toMatch(/--max-states|--time-limit|--fewest-switches/);
  }
  for (const command of ["matrix", "test"])
    expect(help(command)).not.toContain("--fewest-switches");
  expect(help("test")).not.toContain("--lint");
});

test("the documents of all commands fit the schema", () => {
  const schema = JSON.parse(readFileSync(join(root, "docs/check.schema.json"), "utf8")) as Schema;
  const files = {
    "a.weft": `${counter}cost writes\n`,
    "b.weft": counter.replace("= 0", "= 2"),
    "broken.weft": "spec s\nprocess p { m := 1 }\n",
  };
  withFiles(files, (cwd) => {
    weft(["trace", "a.weft", "--format", "itf", "-o", "a.itf.json"], { cwd });
    const commands = [
      ["check", "a.weft", "b.weft", "--json"],
      ["matrix", "a.weft", "b.weft", "--vary", "TOP=1,2", "--json"],
      ["matrix", "broken.weft", "--json"],
      ["test", ".", "--json"],
      ["replay", "a.itf.json", "a.weft", "--json"],
      ["replay", "a.itf.json", "b.weft", "--json"],
      ["trace", "a.weft", "--format", "json"],
    ];
    for (const args of commands) {
      const { stdout } = weft(args, { cwd });
      expect([args, violations(JSON.parse(stdout), schema)]).toEqual([args, []]);
    }
  });
});
