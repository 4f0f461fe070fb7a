// `weft check --freeze` and `--frozen`, the way a user and CI call them.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Ran, root, weft, withFiles } from "./support/cli.ts";
import { type Schema, violations } from "./support/json-schema.ts";

const counter = `spec counter
param TOP: 1..3 = 2
var n: 0..4 = 0
cost writes

fn up() {
  var seen: 0..4 = n                      /// seen = n
  if n < TOP {                            /// room?
    n := seen + 1
    cost writes += 1
  }
}

process p { up(); up() }
process q { up() }
invariant small: n <= TOP
`;
const patch = `patch counter_patched of "a.weft"
edit up before here {
  skip
}
`;

/** Runs commands one after the other in a folder with the spec `a.weft`; gives what the last one came to. */
function run(
  files: Readonly<Record<string, string>>,
  ...steps: readonly (readonly string[] | ((folder: string) => void))[]
): Ran {
  return withFiles(files, (cwd) => {
    let ran: Ran = { code: null, stdout: "", stderr: "" };
    for (const step of steps) {
      if (typeof step === "function") step(cwd);
      else ran = weft(step, { cwd });
      expect(ran.stderr).not.toMatch(/^\s+at /m);
    }
    return ran;
  });
}

const freeze = ["check", "a.weft", "--freeze"];
const frozen = ["check", "a.weft", "--frozen"];

const known = new Map<string, Readonly<Record<string, string>>>();

/** The spec and the file of its results, as frozen with these arguments. */
function frozenCounter(...args: readonly string[]): Readonly<Record<string, string>> {
  const key = args.join(" ");
  const files =
    known.get(key) ??
    withFiles({ "a.weft": counter }, (cwd) => {
      expect(weft([...freeze, ...args], { cwd })).toMatchObject({ code: 0, stderr: "" });
      return { "a.weft": counter, "a.lock.json": readFileSync(join(cwd, "a.lock.json"), "utf8") };
    });
  known.set(key, files);
  return files;
}

/** Changes a file of the folder; it must be there to be changed. */
function edit(change: (text: string) => string, path = "a.weft"): (folder: string) => void {
  return (folder) => {
    const before = readFileSync(join(folder, path), "utf8");
    const after = change(before);
    expect(after).not.toBe(before);
    writeFileSync(join(folder, path), after);
  };
}

test("what was frozen lies beside the spec, alone, and passes", () => {
  withFiles({ "dir/a.weft": counter }, (cwd) => {
    const wrote = weft(["check", "dir/a.weft", "--freeze"], { cwd });
    expect(wrote).toMatchObject({ code: 0, stderr: "" });
    expect(wrote.stdout).toMatch(/frozen in dir\/a\.lock\.json\n$/);
    expect(readdirSync(join(cwd, "dir")).sort()).toEqual(["a.lock.json", "a.weft"]);
    // From wherever it is called.
    for (const [path, folder] of [
      ["dir/a.weft", cwd],
      ["a.weft", join(cwd, "dir")],
      [join(cwd, "dir/a.weft"), root],
    ] as const) {
      expect(weft(["check", path, "--frozen"], { cwd: folder })).toEqual({
        code: 0,
        stdout: `${path}: as frozen\n`,
        stderr: "",
      });
    }
  });
});

test("a one-line change of a guard is caught and named", () => {
  const { code, stdout } = run(
    frozenCounter(),
    edit((text) => text.replace("if n < TOP", "if n <= TOP")),
    frozen,
  );
  expect(code).toBe(12);
  expect(stdout).toContain("fn up(), a.weft:8\n    - if n < TOP\n    + if n <= TOP\n");
  expect(stdout).toMatch(/^ {2}small +holds -> violated$/m);
  expect(stdout).toMatch(/^ {2}states +\d+ -> \d+$/m);
  // The verdict first, the hash last.
  expect(stdout).toMatch(
    /Under the default parameters\n {2}small [\s\S]*\n {2}reachable states .*\n\nWhat changed/,
  );
  expect(stdout).toMatch(/small is violated in a /);
  expect(stdout).toMatch(/a\.weft: drifted; if that is meant, freeze it again\n$/);
});

test("comments, layout and names of locals are no drift, and are remarked on", () => {
  const { code, stdout } = run(
    frozenCounter(),
    edit((text) => text.replaceAll("seen", "old").replace("var n", "\n// a counter\nvar n")),
    frozen,
  );
  expect([code, stdout]).toEqual([
    0,
    "a.weft: as frozen\n  Its text is not the one that was frozen; that changed nothing of what was frozen.\n",
  ]);
});

test("a violation can be frozen, and is no failure then", () => {
  const spec = counter.replace("n <= TOP\n", "n < TOP\n");
  const { code, stdout } = run({ "a.weft": spec }, freeze, frozen);
  expect([code, stdout]).toEqual([0, "a.weft: as frozen\n"]);
  const mended = run(
    { "a.weft": spec },
    freeze,
    edit((text) => text.replace("n < TOP\n", "n <= TOP\n")),
    frozen,
  );
  expect(mended.code).toBe(12);
  expect(mended.stdout).toMatch(/^ {2}small +violated -> holds$/m);
  expect(mended.stdout).toContain("invariant small");
});

test("a change of the base of a patch is found in the base", () => {
  const files = { "b.weft": patch, "a.weft": counter.replace("  if n", "here:\n  if n") };
  const check = ["check", "b.weft"];
  const { code, stdout } = run(
    files,
    [...check, "--freeze"],
    edit((text) => text.replace("seen + 1", "seen + 2")),
    [...check, "--frozen"],
  );
  expect(code).toBe(12);
  expect(stdout).toContain("fn up(), a.weft:10\n    - n := seen + 1\n    + n := seen + 2\n");
});

test("every choice of parameters that was frozen is checked, unless some are chosen", () => {
  const all = frozenCounter("--vary", "TOP=1,2,3");
  expect(run(all, frozen).stdout).toBe("a.weft: as frozen under 3 choices of parameters\n");
  // Only where there is room for it does the change matter.
  const change = edit((text) => text.replace("seen + 1", "if seen == 2 then 2 else seen + 1"));
  const { code, stdout } = run(all, change, frozen);
  expect(code).toBe(12);
  expect(stdout).toContain("Under TOP = 1: as frozen\n");
  expect(stdout).toContain("Under TOP = 3\n");
  expect(stdout).toContain("drifted under 1 of 3 choices of parameters");
  expect(stdout).toContain("\n\nWhat follows is about TOP = 3.\n\n");
  expect(run(all, change, [...frozen, "--vary", "TOP=2,1"]).code).toBe(0);
  expect(run(all, change, [...frozen, "--set", "TOP=3"]).code).toBe(12);
  const other = run(frozenCounter(), [...frozen, "--set", "TOP=3"]);
  expect([other.code, other.stdout]).toEqual([1, ""]);
  expect(other.stderr).toContain(
    "nothing is frozen for TOP = 3 in `a.lock.json`, which has the default parameters",
  );
});

test("freezing writes exactly the choices that it is given", () => {
  const { stdout } = run(
    frozenCounter("--vary", "TOP=1,2,3"),
    [...freeze, "--set", "TOP=3"],
    frozen,
  );
  expect(stdout).toBe("a.weft: as frozen\n");
});

test("both machines come to the same results", () => {
  const slow = ["--backend", "interpreter"];
  expect(run(frozenCounter(), [...frozen, ...slow]).code).toBe(0);
  expect(run({ "a.weft": counter }, [...freeze, ...slow], frozen).code).toBe(0);
});

// ---------------------------------------------------------------- what cannot be frozen or compared

test("a search that ended early is neither frozen nor compared", () => {
  const limited = run(frozenCounter(), [...frozen, "--max-states", "3"]);
  expect([limited.code, limited.stdout]).toEqual([152, ""]);
  expect(limited.stderr).toContain("the search ended early, the limit on states was reached");
  withFiles({ "a.weft": counter }, (cwd) => {
    expect(weft([...freeze, "--max-states", "3"], { cwd }).code).toBe(152);
    expect(readdirSync(cwd)).toEqual(["a.weft"]);
  });
  // One of several is enough, and what was frozen before stays.
  const files = frozenCounter();
  withFiles(files, (cwd) => {
    expect(weft([...freeze, "--vary", "TOP=1,3", "--max-states", "20"], { cwd }).code).toBe(152);
    expect(readFileSync(join(cwd, "a.lock.json"), "utf8")).toBe(files["a.lock.json"]);
  });
});

test.each<readonly [string, string, readonly string[]]>([
  ["no file", "there is no file `a.lock.json`", []],
  ["an empty file", "it is not JSON", [""]],
  ["a merge", "it is not JSON", ["<<<<<<< HEAD\n{}\n"]],
  ["another tool's file", "it has no format", ['{ "lockfileVersion": 3, "packages": {} }']],
  ["a later format", "its format is `weft-lock/2`", ['{ "format": "weft-lock/2" }']],
  ["half a file", "`spec` is missing", ['{ "format": "weft-lock/1" }']],
])("%s is told with a hint, and nothing passes", (_, reason, texts) => {
  const files = Object.fromEntries(texts.map((text) => ["a.lock.json", text]));
  const { code, stdout, stderr } = run({ "a.weft": counter, ...files }, frozen);
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toContain(reason);
  expect(stderr).toContain("weft check a.weft --freeze");
});

test("a spec that is refused says so with its own status", () => {
  const broken = run(
    frozenCounter(),
    edit((text) => text.replace("seen + 1", "sen + 1")),
    frozen,
  );
  expect([broken.code, broken.stdout]).toEqual([120, ""]);
  expect(run({ "a.weft": counter }, [...freeze, "--set", "TOP=9"]).code).toBe(10);
  expect(run({}, freeze).code).toBe(1);
});

test.each<readonly [string, readonly string[]]>([
  ["--vary goes with --freeze or --frozen", ["a.weft", "--vary", "TOP=1"]],
  ["--freeze and --frozen exclude each other", ["a.weft", "--freeze", "--frozen"]],
  ["--freeze does not go with standard input", ["-", "--freeze"]],
  ["--frozen does not go with --engine", ["a.weft", "--frozen", "--engine", "spin"]],
  ["--freeze does not go with --first", ["a.weft", "--freeze", "--first"]],
  ["--frozen does not go with --no-fold", ["a.weft", "--frozen", "--no-fold"]],
  ["--freeze does not go with --no-reset", ["a.weft", "--freeze", "--no-reset"]],
  ["--frozen does not go with --traces", ["a.weft", "--frozen", "--traces", "text"]],
  ["--freeze does not go with --fewest-switches", ["a.weft", "--freeze", "--fewest-switches"]],
  ["--frozen does not go with --symmetry", ["a.weft", "--frozen", "--symmetry"]],
])("%s", (told, args) => {
  withFiles({ "a.weft": counter }, (cwd) => {
    const { code, stdout, stderr } = weft(["check", ...args], { cwd });
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain(told);
    expect(readdirSync(cwd)).toEqual(["a.weft"]);
  });
});

test("a file that was edited by hand drifts, and the text is not blamed", () => {
  const { code, stdout } = run(
    frozenCounter(),
    edit((text) => text.replace(/"depth": \d+/, '"depth": 99'), "a.lock.json"),
    frozen,
  );
  expect(code).toBe(12);
  expect(stdout).toMatch(/^ {2}depth +99 -> \d+$/m);
  expect(stdout).toContain(
    "The text is the one that was frozen: the file of frozen results was edited.",
  );
  const older = run(
    frozenCounter(),
    edit(
      (text) =>
        text.replace(/"depth": \d+/, '"depth": 99').replace(/"weft": ".*?"/, '"weft": "0.0.1"'),
      "a.lock.json",
    ),
    frozen,
  );
  expect(older.stdout).toMatch(/finds something else than 0\.0\.1, which froze them/);
});

test("a text that was frozen and comes to other results now is not blamed alone", () => {
  const { code, stdout } = run(
    frozenCounter(),
    edit((text) => text.replace(/"depth": \d+/, '"depth": 99'), "a.lock.json"),
    edit((text) => text.replace("/// room?", "/// any room?")),
    frozen,
  );
  expect(code).toBe(12);
  expect(stdout).toContain(
    "The text that was frozen comes to other results now: the file of frozen results was edited.",
  );
  expect(stdout).toContain(
    "What changed in the text\n  nothing but comments, layout and names of locals\n",
  );
});

test("a frozen text that this version does not take leaves the results to compare", () => {
  const { code, stdout } = run(
    frozenCounter(),
    edit((text) => text.replace("if n < TOP", "when n < TOP"), "a.lock.json"),
    edit((text) => text.replace("if n < TOP", "if n <= TOP")),
    frozen,
  );
  expect(code).toBe(12);
  expect(stdout).toMatch(/The text that was frozen, by Weft \S+, is refused by this one/);
  expect(stdout).toMatch(/^ {2}small +holds -> violated$/m);
});

// ---------------------------------------------------------------- forms

const schema = JSON.parse(readFileSync(join(root, "docs/frozen.schema.json"), "utf8")) as Schema;

test("the file and all documents fit their schema", () => {
  withFiles({ "a.weft": counter, "b.weft": counter }, (cwd) => {
    const document = (...args: readonly string[]): unknown => {
      const { stdout } = weft(["check", "a.weft", "--json", ...args], { cwd });
      const value: unknown = JSON.parse(stdout);
      expect([args, violations(value, schema)]).toEqual([args, []]);
      return value;
    };
    const result = (status: string): object => ({ results: [{ status }] });
    expect(document("--frozen")).toMatchObject({ exitCode: 1, ...result("refused") });
    expect(document("--freeze", "--vary", "TOP=1,2")).toMatchObject({
      exitCode: 0,
      ...result("frozen"),
    });
    const lock: unknown = JSON.parse(readFileSync(join(cwd, "a.lock.json"), "utf8"));
    expect(violations(lock, schema)).toEqual([]);
    expect(document("--frozen")).toMatchObject({ exitCode: 0, ...result("same") });
    edit((text) =>
      text
        .replace("if n < TOP", "if n <= TOP")
        .replace("cost writes\n", "")
        .replace("    cost writes += 1\n", "")
        .replace("small", "low"),
    )(cwd);
    const drifted = document("--frozen");
    expect(drifted).toMatchObject({
      exitCode: 12,
      results: [
        {
          status: "drifted",
          textChanged: true,
          changes: expect.arrayContaining([
            expect.objectContaining({
              kind: "fn",
              name: "up",
              before: "if n < TOP",
              after: "if n <= TOP",
            }),
          ]),
        },
      ],
    });
    expect(document("b.weft", "--frozen")).toMatchObject({
      exitCode: 1,
      results: [{ status: "drifted" }, { status: "refused" }],
    });
  });
});

test("--quiet leaves a line for each spec", () => {
  const quiet = ["check", "a.weft", "b.weft", "--quiet"];
  const files = { "a.weft": counter, "b.weft": counter };
  const { code, stdout } = run(
    files,
    [...quiet, "--freeze"],
    edit((text) => text.replace("n < TOP", "n <= TOP")),
    [...quiet, "--frozen"],
  );
  expect([code, stdout]).toEqual([
    12,
    "a.weft: drifted; if that is meant, freeze it again\nb.weft: as frozen\n",
  ]);
});

// ---------------------------------------------------------------- what is frozen here

const locks = readdirSync(join(root, "specs"), { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".lock.json"))
  .map((path) => `specs/${path.replace(/\.lock\.json$/, ".weft")}`);

test.each(locks)("%s has not drifted", (path) => {
  const { code, stdout } = weft(["check", path, "--frozen"]);
  expect([code, stdout]).toEqual([0, expect.stringContaining(`${path}: as frozen`)]);
});

test("the drift that docs/frozen.md shows is the tool's own words", async () => {
  const page = join(root, "docs/frozen.md");
  const peterson = readFileSync(join(root, "specs/classics/peterson.weft"), "utf8");
  const { stdout } = run(
    { "peterson.weft": peterson },
    ["check", "peterson.weft", "--freeze"],
    edit((text) => text.replace("turn == me", "turn != me"), "peterson.weft"),
    ["check", "peterson.weft", "--frozen"],
  );
  // Behind the changes of the text stands what `weft diff` says of the behaviours, and the last line.
  const end = stdout.indexOf("\n\n", stdout.indexOf("What changed in the text"));
  const shown = `${stdout.slice(0, end)}\n\n...\n\n${stdout.slice(stdout.lastIndexOf("peterson.weft: "))}`;
  const block = `<!-- drift -->\n\`\`\`text\n$ weft check peterson.weft --frozen\n${shown.trimEnd()}\n\`\`\`\n<!-- /drift -->`;
  const fresh = readFileSync(page, "utf8").replace(
    /<!-- drift -->\n[\s\S]*?<!-- \/drift -->/,
    () => block,
  );
  await expect(fresh).toMatchFileSnapshot(page);
});

test("a spec that is not there is not said to lack frozen results", () => {
  const { code, stderr } = run({ "a.weft": counter }, ["check", "b.weft", "--frozen"]);
  expect(code).toBe(1);
  expect(stderr).toContain("there is no file `b.weft`");
});
