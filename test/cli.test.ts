// The built program: exit codes, streams, and each command once the way a user would call it.

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { interrupted, type Ran, type RunOptions, root, weft, withFiles } from "./support/cli.ts";

/** Runs a command on one spec, `a.weft`. */
function check(spec: string, args: readonly string[], options: RunOptions = {}): Ran {
  return withFiles({ "a.weft": spec }, (cwd) => weft(args, { ...options, cwd }));
}

const counter = `spec counter
var n: 0..3 = 0
process p { n := 1 }
`;

// ---------------------------------------------------------------- exit codes

const codes: readonly [string, number, string, (readonly string[])?][] = [
  ["everything holds", 0, `${counter}invariant small: n <= 1\ncover reached: n == 1\n`],
  ["an unknown option", 1, counter, ["--frobnicate"]],
  ["a setting that is none", 1, counter, ["--set", "n"]],
  ["a param that the spec does not have", 1, counter, ["--set", "M=1"]],
  ["a syntax error", 150, "spec s\nvar n 0..3 = 0\n"],
  ["a name that is not known", 120, "spec s\nprocess p { m := 1 }\n"],
  ["a step that cannot be", 120, "spec s\nprocess p { var x: 0..1 = 0; loop { x := 1 } }\n"],
  [
    "an assumption broken",
    10,
    `spec s\nparam N: 1..3 = 2\nassume N > 1\n${counter.slice(13)}`,
    ["--set", "N=1"],
  ],
  [
    "a param out of its range",
    10,
    `spec s\nparam N: 1..3 = 2\n${counter.slice(13)}`,
    ["--set", "N=7"],
  ],
  [
    "a deadlock",
    11,
    "spec s\nspinlock a\nspinlock b\nprocess p { acquire a; acquire b; release b; release a }\nprocess q { acquire b; acquire a; release a; release b }\n",
  ],
  ["an invariant", 12, `${counter}invariant zero: n == 0\n`],
  ["a step property", 12, `${counter}step same: n' == n\n`],
  ["lock misuse", 12, "spec s\nspinlock l\nprocess p { release l }\n"],
  ["a range error", 12, "spec s\nvar n: 0..1 = 0\nprocess p { n += 1; n += 1 }\n"],
  ["an assert", 14, `spec s\nvar n: 0..3 = 0\nprocess p { n := 1; assert zero: n == 0 }\n`],
  ["a cover that is not reached", 15, `${counter}cover two: n == 2\n`],
  [
    "a branch never entered",
    15,
    "spec s\nvar n: 0..3 = 0\nprocess p { n := 1; if n == 2 { n := 3 } }\n",
  ],
  [
    "an action never taken",
    15,
    "spec s\nvar n: 0..3 = 0\naction a when n == 1 { n := 2 }\nterminal when true\n",
  ],
  ["a limit", 152, `${counter}invariant small: n <= 1\n`, ["--max-states", "1"]],
];

test.each(codes)("check exits for %s with %i", (_, code, spec, args = []) => {
  const ran = check(spec, ["check", "a.weft", ...args]);
  expect(ran.stderr).not.toMatch(/^\s+at /m);
  expect([ran.code, ran.stderr]).toEqual([
    code,
    code === 1 || code === 150 || code === 120 || code === 10 ? expect.stringMatching(/./) : "",
  ]);
});

test("the first row of the table wins: a deadlock over an invariant over an unreached cover", () => {
  const spec = `spec s
var n: 0..3 = 0
process p { n := 1; await n == 2 }
invariant zero: n == 0
cover three: n == 3
`;
  expect(check(spec, ["check", "a.weft"]).code).toBe(11);
  expect(check(spec.replace("; await n == 2", ""), ["check", "a.weft"]).code).toBe(12);
});

test("a missing file is named, and the other files are checked all the same", () => {
  const ran = check(counter, ["check", "b.weft", "a.weft"]);
  expect(ran.code).toBe(1);
  expect(ran.stderr).toContain("there is no file `b.weft`");
  expect(ran.stdout).toContain("everything holds");
});

// ---------------------------------------------------------------- check

test("an incomplete search never says that something holds", () => {
  const ran = check(`${counter}invariant small: n <= 1\n`, [
    "check",
    "a.weft",
    "--max-states",
    "1",
  ]);
  expect(ran.stdout).toContain("NOT exhaustive");
  expect(ran.stdout).not.toMatch(/\bholds\b/);
});

test("a spec comes from standard input with -", () => {
  const ran = weft(["check", "-"], { input: `${counter}invariant zero: n == 0\n` });
  expect(ran.code).toBe(12);
  expect(ran.stdout).toContain("<stdin>:4:1");
});

test("--json is one document on standard output and nothing else", () => {
  const ran = check(`${counter}invariant zero: n == 0\n`, ["check", "a.weft", "--json"]);
  const document = JSON.parse(ran.stdout);
  expect(document).toMatchObject({
    format: "weft-check/1",
    status: "violated",
    exitCode: 12,
    exhaustive: true,
    memoryModel: "sequential consistency",
    distinctStates: 2,
    transitions: 1,
    depth: 1,
  });
  expect(document.properties[0]).toMatchObject({ name: "zero", verdict: "violated" });
  expect(document.properties[0].trace.steps).toHaveLength(1);
});

test("--json tells of a refused spec too", () => {
  const ran = check("spec s\nprocess p { m := 1 }\n", ["check", "a.weft", "--json"]);
  expect(JSON.parse(ran.stdout)).toMatchObject({
    status: "refused",
    exitCode: 120,
    diagnostics: [{ code: "unknown-name", place: { file: "a.weft", line: 2, column: 13 } }],
  });
});

test("several specs make one document and one exit code", () => {
  const files = { "a.weft": counter, "b.weft": `${counter}invariant zero: n == 0\n` };
  withFiles(files, (cwd) => {
    const ran = weft(["check", "a.weft", "b.weft", "--json"], { cwd });
    expect(ran.code).toBe(12);
    expect(JSON.parse(ran.stdout).results.map((one: { status: string }) => one.status)).toEqual([
      "holds",
      "violated",
    ]);
  });
});

test("--quiet leaves one line", () => {
  const ran = check(counter, ["check", "a.weft", "--quiet"]);
  expect(ran.stdout).toBe("a.weft: everything holds\n");
});

test("colour: off in a pipe, on when forced or asked for, off when asked for", () => {
  const start = "\u001b[";
  const colored = (args: readonly string[], env: Record<string, string> = {}): boolean =>
    check(counter, ["check", "a.weft", ...args], { env }).stdout.includes(start);
  expect(colored([])).toBe(false);
  expect(colored([], { FORCE_COLOR: "1" })).toBe(true);
  expect(colored([], { FORCE_COLOR: "1", NO_COLOR: "1" })).toBe(true);
  expect(colored(["--color", "always"], { NO_COLOR: "1" })).toBe(true);
  expect(colored(["--color", "never"], { FORCE_COLOR: "1" })).toBe(false);
});

test("all machines and both switches come to the same result", () => {
  const race = `spec race
var n: 0..2 = 0
process p[i: 1..2] { var seen: 0..2 = n; n := seen + 1 }
invariant both: (forall i in {1, 2}: done(p[i])) => n == 2
`;
  const lines = (args: readonly string[]): string => {
    const ran = check(race, ["check", "a.weft", ...args]);
    expect(ran.code).toBe(12);
    return ran.stdout.replace(/; \d+\.\d+ s$/m, "");
  };
  for (const backend of ["auto", "js", "wasm", "interpreter", "typescript"]) {
    expect(lines(["--backend", backend])).toBe(lines([]));
  }
  expect(lines(["--no-fold"])).toContain("violated: both");
  expect(lines(["--no-reset"])).toContain("violated: both");
});

// ---------------------------------------------------------------- the other commands

const thp = ["pre-patch", "v1-debug-vm", "post-patch"].map(
  (name) => `specs/thp-unmap/${name}.weft`,
);

test("matrix shows each version under each choice, and exits with 0 when all is as expected", () => {
  const args = ["matrix", ...thp, "--vary", "DEBUG_VM=false,true", "--property", "unmap_complete"];
  const ran = weft(args);
  expect(ran.stdout).toMatchInlineSnapshot(`
    "  unmap_complete  DEBUG_VM = false  DEBUG_VM = true
      pre-patch       violated          violated
      v1-debug-vm     violated          holds *
      post-patch      holds *           holds

      cost idle_locks  DEBUG_VM = false  DEBUG_VM = true
      pre-patch        0 to 2            0 to 2
      v1-debug-vm      0 to 2            0 to 3
      post-patch       0 to 3            0 to 3

    * otherwise than in the row above
    exhaustive searches, sequential consistency
    every cell is as expected
    "
  `);
  expect(ran.code).toBe(0);
});

test("matrix exits with 12 when a cell is not as expected", () => {
  const spec = `${counter}invariant zero: n == 0\nexpect zero holds\n`;
  const ran = check(spec, ["matrix", "a.weft", "--property", "zero"]);
  expect(ran.stdout).toContain("violated, expected holds");
  expect(ran.code).toBe(12);
});

test("matrix marks an outcome only if the row above has another one, and both are known", () => {
  const spec = (value: number, more = ""): string =>
    `${counter.replace("n := 1", `n := ${value}`)}invariant zero: n == 0\n${more}`;
  const versions = {
    "a.weft": spec(1, "invariant zero_too: n == 0\n"),
    "b.weft": spec(0),
    "c.weft": spec(0, "invariant zero_too: n == 0\n"),
  };
  const args = ["matrix", "--json", "--property", "zero", "--property", "zero_too"];
  const flips = (...rest: readonly string[]): readonly (readonly unknown[])[] =>
    withFiles(versions, (cwd) => {
      const { stdout } = weft([...args, ...Object.keys(versions), ...rest], { cwd });
      const { properties } = JSON.parse(stdout) as {
        readonly properties: readonly {
          readonly rows: readonly { readonly cells: readonly ({ flipped: boolean } | null)[] }[];
        }[];
      };
      return properties.map(({ rows }) => rows.map(({ cells }) => cells[0]?.flipped ?? null));
    });
  expect(flips()).toEqual([
    [false, true, false],
    [false, null, false],
  ]);
  expect(flips("--max-states", "1").flat()).not.toContain(true);
});

test("trace shows the race in columns of at most 80, calls nested, the failing row marked", () => {
  const ran = weft(["trace", thp[0] ?? "", "--property", "unmap_complete"]);
  expect(ran.code).toBe(12);
  const lines = ran.stdout.split("\n").filter((line) => line.startsWith("        "));
  const head = lines.findIndex((line) => line.startsWith("        CPU0 (split_huge_page)"));
  const right = lines[head]?.indexOf("CPU1 (munmap)") ?? -1;
  expect(right).toBeGreaterThanOrEqual(40);
  expect(lines[head + 1]).toBe(`${" ".repeat(8)}----${" ".repeat(right - 12)}----`);
  for (const line of lines) {
    expect(line.length).toBeLessThanOrEqual(80);
    expect(line).not.toMatch(/\t|\s$/);
  }
  const rows = lines.map((line) => line.trim());
  const cleared = rows.indexOf("ptep_get_and_clear_full()");
  expect(rows[cleared + 1]).toBe("[pte[1][0] none]");
  expect(rows.indexOf("!page_mapcount(page)")).toBeGreaterThan(cleared);
  expect(rows.at(-1)).toMatch(/<-- unmap_complete violated$/);
});

test("trace finds a way to a state, or says that there is none", () => {
  const there = check(counter, ["trace", "a.weft", "--reach", "n == 1"]);
  expect([there.code, there.stdout]).toEqual([0, expect.stringContaining("n := 1 [n 1]")]);
  const nowhere = check(counter, ["trace", "a.weft", "--reach", "n == 2"]);
  expect([nowhere.code, nowhere.stderr]).toEqual([
    15,
    "there is no trace: no state satisfies it\n",
  ]);
  const nonsense = check(counter, ["trace", "a.weft", "--reach", "m == 2"]);
  expect([nonsense.code, nonsense.stderr]).toEqual([120, expect.stringContaining("unknown-name")]);
});

test("a stored trace replays on its spec, and stops on the fix with the reason", () => {
  withFiles({}, (cwd) => {
    const file = join(cwd, "race.itf.json");
    weft(["trace", thp[0] ?? "", "--property", "unmap_complete", "--format", "itf", "-o", file]);
    const same = weft(["replay", file, thp[0] ?? ""]);
    expect([same.code, same.stdout]).toEqual([0, "the trace runs: 14 steps\n"]);
    const fixed = weft(["replay", file, thp[2] ?? ""]);
    expect(fixed.code).toBe(12);
    expect(fixed.stdout).toContain("(pte_ptl[1] is held by zapper[1])");
  });
});

test("test runs every expectation under a folder and counts them", () => {
  const files = {
    "good/a.weft": `${counter}expect states 2\n`,
    "good/b.weft": `${counter}invariant zero: n == 0\nexpect zero violated\n`,
    "bad/c.weft": `${counter}invariant zero: n == 0\nexpect states 2\n`,
  };
  withFiles(files, (cwd) => {
    const good = weft(["test", "good"], { cwd });
    expect([good.code, good.stdout]).toEqual([0, expect.stringMatching(/2 as expected, 0 not\n$/)]);
    const all = weft(["test"], { cwd });
    expect(all.code).toBe(12);
    expect(all.stdout).toContain("zero");
    expect(all.stdout).toMatch(/3 as expected, 1 not\n$/);
  });
});

test("init writes a spec that shows its race; a second time it refuses", () => {
  withFiles({}, (cwd) => {
    expect(weft(["init", "my-first"], { cwd }).code).toBe(0);
    expect(weft(["check", "my-first.weft"], { cwd }).code).toBe(12);
    expect(weft(["test", "my-first.weft"], { cwd }).code).toBe(0);
    expect(weft(["init", "my-first"], { cwd }).code).toBe(1);
  });
});

test("compile writes a module, to a folder or to standard output", () => {
  withFiles({ "a.weft": counter }, (cwd) => {
    const ran = weft(["compile", "a.weft"], { cwd });
    expect(ran.stdout).toContain("initialStates");
    expect(weft(["compile", "a.weft", "-o", "out"], { cwd }).code).toBe(0);
    expect(existsSync(join(cwd, "out/a.ts"))).toBe(true);
    expect(readFileSync(join(cwd, "out/a.ts"), "utf8")).toBe(ran.stdout);
  });
});

test("fmt rewrites a file, leaves a laid out one alone, and --check only names it", () => {
  withFiles({ "a.weft": "spec   a\nvar n:0..1=0\nprocess p{n:=1}\n" }, (cwd) => {
    const named = weft(["fmt", "--check", "a.weft"], { cwd });
    expect([named.code, named.stdout]).toEqual([1, "a.weft\n"]);
    expect(weft(["fmt", "a.weft"], { cwd }).code).toBe(0);
    expect(weft(["fmt", "--check", "a.weft"], { cwd }).code).toBe(0);
    expect(readFileSync(join(cwd, "a.weft"), "utf8")).toContain("var n: 0..1 = 0");
  });
});

test("explain knows every code, and suggests one for a slip", () => {
  expect(weft(["explain", "unknown-name"]).stdout).toMatch(/^unknown-name\n\n/);
  const slip = weft(["explain", "unknwon-name"]);
  expect([slip.code, slip.stderr]).toEqual([
    1,
    expect.stringContaining("did you mean `unknown-name`?"),
  ]);
});

test("Ctrl-C shows what was found so far and says that it is not all", async () => {
  const endless = `spec endless
type Digit = 0..99
var a: Digit = 0
var b: Digit = 0
var c: Digit = 0
var d: Digit = 0
action i when a < 99 { a += 1 }
action j when b < 99 { b += 1 }
action k when c < 99 { c += 1 }
action l when d < 99 { d += 1 }
terminal when true
invariant low: a < 3
`;
  const { code, stdout } = await interrupted(endless, 1000);
  expect(code).toBe(12);
  expect(stdout).toContain("NOT exhaustive (it was interrupted)");
  expect(stdout).toMatch(/violated: low \(the search is not complete\)\n$/);
  const calm = await interrupted(endless.replace("a < 3", "a < 100"), 1000);
  expect(calm.code).toBe(130);
});

test("a closed pipe is no fault", () => {
  const { status, stderr } = spawnSync("bash", ["-c", "node dist/cli.js explain | head -1"], {
    cwd: root,
    encoding: "utf8",
  });
  expect([status, stderr]).toEqual([0, ""]);
});

test("a file that cannot be written is named, without a stack trace", () => {
  const { code, stderr } = check(counter, ["compile", "a.weft", "-o", "/dev/null/x"]);
  expect(code).toBe(1);
  expect(stderr).not.toMatch(/^\s+at /m);
});
