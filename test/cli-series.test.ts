// `weft series` as a user runs it: what it prints, what is expected of whom, and with which status it ends.

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Ran, root, weft, withFiles } from "./support/cli.ts";
import { type Schema, violations } from "./support/json-schema.ts";

const base = `spec guards
param ENOUGH: 0..3 = 2
var guards: 0..3 = 0
process p {
one:
  skip
two:
  skip
three:
  skip
}
invariant enough: done(p) => guards >= ENOUGH
expect enough violated
`;

const files = {
  "base.weft": base,
  "one.weft":
    'patch one of "base.weft"\nedit p after one {\nraise:\n  guards += 1\n}\nexpect enough violated\n',
  "two.weft": 'patch two of "one.weft"\nedit p after two { guards += 1 }\nexpect enough holds\n',
  "three.weft": 'patch three of "two.weft"\nedit p after three { guards += 1 }\n',
  "strict.weft": 'patch strict of "two.weft"\nset ENOUGH = 3\nexpect enough violated\n',
  "needs-one.weft": 'patch needs_one of "one.weft"\nedit p after raise { skip }\n',
  "new-param.weft":
    'patch new_param of "base.weft"\nparam EXTRA: 0..1 = 0\nedit p after two { guards += EXTRA }\n',
  "wrong.weft":
    'patch wrong of "base.weft"\nedit p after one { guards += 1 }\nexpect enough holds\n',
  "broken.weft": 'patch broken of "base.weft"\nedit p { }\n',
  "ill-typed.weft": 'patch ill_typed of "base.weft"\nset guards = true\n',
  "nowhere.weft": 'patch nowhere of "base.weft"\nedit p after four { skip }\n',
};

function run(...args: readonly string[]): Ran {
  return withFiles(files, (cwd) => weft(["series", ...args], { cwd }));
}

test("the prefixes of a series, by default", () => {
  const { code, stdout } = run("base.weft", "one.weft", "two.weft", "three.weft");
  expect(stdout).toMatchInlineSnapshot(`
    "3 patches on base
      1  one
      2  two
      3  three

             enough
      base   violated
      1      violated
      1+2    holds
      1+2+3  holds

    in this order no state on the way is broken

    exhaustive searches, sequential consistency
    --subsets says which patches are needed, and which orders are safe
    nothing is unexpected
    "
  `);
  expect(code).toBe(0);
});

test("every subset: any two of three patches", () => {
  const { code, stdout } = run("base.weft", "one.weft", "two.weft", "three.weft", "--subsets");
  expect(stdout).toMatchInlineSnapshot(`
    "3 patches on base
      1  one
      2  two
      3  three

             enough
      base   violated
      1      violated
      2      violated
      3      violated
      1+2    holds
      1+3    holds
      2+3    holds
      1+2+3  holds

    enough: violated by the base, holds with all patches
      needed: none
      sufficient: any 2 of 1, 2 and 3

    6 of 6 orders pass through no broken state

    exhaustive searches, sequential consistency
    nothing is unexpected
    "
  `);
  expect(code).toBe(0);
});

test("a patch that breaks what held, and one that does not apply without another", () => {
  const series = ["base.weft", "one.weft", "two.weft", "strict.weft", "needs-one.weft"];
  const { code, stdout } = run(...series, "--subsets");
  expect(stdout).toMatchInlineSnapshot(`
    "4 patches on base
      1  one
      2  two
      3  strict
      4  needs-one

               enough
      base     violated
      1        violated
      2        violated
      3        violated
      4        does not apply
      1+2      holds
      1+3      violated
      1+4      violated
      2+3      violated
      2+4      does not apply
      3+4      does not apply
      1+2+3    violated
      1+2+4    holds
      1+3+4    violated
      2+3+4    does not apply
      1+2+3+4  violated

    7 of 24 orders pass through no broken state
      safe: 1-3-2-4, 1-3-4-2, 1-4-3-2, 2-3-1-4, 3-1-2-4, 3-1-4-2, 3-2-1-4
      4 does not apply without 1: \`p\` has no label \`raise\` (needs-one.weft:2:14)
      1+2+3 violates enough, which held before 3
      1+2+3+4 violates enough, which held before 3

    exhaustive searches, sequential consistency
    nothing is unexpected
    "
  `);
  expect(code).toBe(0);
});

test("a series that passes through what does not compile, and through what breaks", () => {
  const own = {
    "uses.weft": 'patch uses of "base.weft"\ninvariant calm: noise == 0\n',
    "brings.weft": 'patch brings of "uses.weft"\nvar noise: 0..1 = 0\n',
    "loud.weft":
      'patch loud of "brings.weft"\nedit p after one { noise := 1 }\nexpect calm violated\n',
    "quiet.weft":
      'patch quiet of "loud.weft"\nremove calm\ninvariant calm: noise == 0 || guards == 0\n',
  };
  const args = ["series", "base.weft", ...Object.keys(own), "--property", "calm"];
  const { code, stdout } = withFiles({ ...files, ...own }, (cwd) => weft(args, { cwd }));
  expect(stdout).toMatchInlineSnapshot(`
    "4 patches on base
      1  uses
      2  brings
      3  loud
      4  quiet

               calm
      base     -
      1        does not apply
      1+2      holds
      1+2+3    violated
      1+2+3+4  holds

    this order passes through a broken state:
      1 does not apply: \`noise\` is not declared (uses.weft:2:17)
      1+2+3 violates calm, which held before 3

    exhaustive searches, sequential consistency
    --subsets says which patches are needed, and which orders are safe
    nothing is unexpected
    "
  `);
  expect(code).toBe(0);
});

test("one table for each choice of parameters; a param that a patch brings is set where it is", () => {
  const series = ["base.weft", "one.weft", "new-param.weft"];
  const { code, stdout, stderr } = run(...series, "--vary", "EXTRA=0,1", "--set", "ENOUGH=2");
  expect(stdout).toMatchInlineSnapshot(`
    "2 patches on base
      1  one
      2  new-param

      EXTRA = 0  enough
      base       violated
      1          violated
      1+2        violated

    in this order no state on the way is broken

      EXTRA = 1  enough
      base       violated
      1          violated
      1+2        holds

    in this order no state on the way is broken

    exhaustive searches, sequential consistency
    --subsets says which patches are needed, and which orders are safe
    nothing is unexpected
    "
  `);
  expect([code, stderr]).toEqual([0, ""]);
});

test("a file judges the subset that it stands for, and no other", () => {
  const own = run("base.weft", "wrong.weft", "--quiet");
  expect([own.code, own.stdout]).toEqual([12, "not as expected: 1 (enough)\n"]);
  // On top of the first patch it is not what its file speaks of.
  expect(run("base.weft", "one.weft", "wrong.weft", "--quiet").code).toBe(0);
  const subsets = run("base.weft", "one.weft", "wrong.weft", "--subsets", "--quiet");
  expect([subsets.code, subsets.stdout]).toEqual([12, "not as expected: 2 (enough)\n"]);
  const other = run("base.weft", "wrong.weft", "--quiet", "--property", "deadlock");
  expect([other.code, other.stdout]).toEqual([0, "nothing is unexpected\n"]);
});

test.each([
  [150, "syntax", ["base.weft", "broken.weft"], "broken.weft:2:8"],
  [120, "a label that is nowhere", ["base.weft", "nowhere.weft"], "`p` has no label `four`"],
  [120, "a wrong type", ["base.weft", "one.weft", "ill-typed.weft"], "ill-typed.weft:2:14"],
  [1, "a missing file", ["base.weft", "gone.weft"], "there is no file `gone.weft`"],
  [1, "a spec for a patch", ["base.weft", "base.weft"], "is a whole spec"],
  [1, "a param that nobody has", ["base.weft", "one.weft", "--set", "X=1"], "X"],
  [1, "a property that nobody has", ["base.weft", "one.weft", "--property", "enoug"], "`enough`"],
  [10, "a value out of range", ["base.weft", "one.weft", "--set", "ENOUGH=4"], "ENOUGH"],
])("status %i: %s", (status, _, args, said) => {
  const { code, stdout, stderr } = run(...args);
  expect([code, stdout]).toEqual([status, ""]);
  expect(stderr).toContain(said);
});

test("more than ten patches are too many for every subset, not for the prefixes", () => {
  const many = Array<string>(11).fill("one.weft");
  const refused = run("base.weft", ...many, "--subsets");
  expect(refused.code).toBe(1);
  expect(refused.stderr).toBe(
    "--subsets checks up to 10 patches, not 11; without it, any number\n",
  );
  // The same patch twice brings the same label twice.
  expect(run("base.weft", ...many).code).toBe(120);
});

test("a search that ends early leaves nothing to conclude", () => {
  const series = ["base.weft", "one.weft", "two.weft", "--subsets", "--max-states", "2"];
  const { code, stdout } = run(...series);
  expect(code).toBe(152);
  expect(stdout).toContain("NOT all searches are exhaustive");
  expect(stdout).toContain("nothing is said of patches that are needed, nor of orders");
  expect(stdout).not.toMatch(/needed:|through no broken state|holds/);
});

test("Ctrl-C ends the series, and what was found is shown", async () => {
  const thp = ["pre-patch", "post-patch"].map((name) => `specs/thp-unmap/${name}.weft`);
  const ran = await interrupted(["series", ...thp, "--set", "MMS=4", "--set", "ZAPPERS=3"], 2500);
  expect(ran.code).toBe(130);
  expect(ran.stdout).toContain("NOT all searches are exhaustive");
  expect(ran.stdout).not.toMatch(/holds|no state on the way/);
});

/** Runs a command and sends Ctrl-C after a while. */
function interrupted(
  args: readonly string[],
  milliseconds: number,
): Promise<{ readonly code: number | null; readonly stdout: string }> {
  return new Promise((settle, fail) => {
    const child = spawn(process.execPath, [join(root, "dist/cli.js"), ...args], { cwd: root });
    let stdout = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.on("error", fail);
    child.on("close", (code) => settle({ code, stdout }));
    setTimeout(() => child.kill("SIGINT"), milliseconds);
  });
}

test("the documents fit the schema, and say the same", () => {
  const schema = JSON.parse(readFileSync(join(root, "docs/check.schema.json"), "utf8")) as Schema;
  const series = ["base.weft", "one.weft", "two.weft", "three.weft"];
  const documents = [
    [...series, "--json"],
    [...series, "--json", "--subsets", "--vary", "ENOUGH=1,3"],
    ["base.weft", "one.weft", "needs-one.weft", "strict.weft", "--json", "--subsets"],
    [...series, "--json", "--subsets", "--max-states", "2"],
    ["base.weft", "broken.weft", "--json"],
  ].map((args) => {
    const { code, stdout } = run(...args);
    const document = JSON.parse(stdout) as { readonly exitCode: number };
    expect([args, violations(document, schema)]).toEqual([args, []]);
    expect(document.exitCode).toBe(code);
    return document;
  });
  expect(documents[2]).toMatchObject({
    vectors: [
      {
        dependences: [{ patch: 2, on: [1], reason: expect.stringContaining("`raise`") }],
        orders: { total: 6, safe: 3 },
      },
    ],
  });
});

test("a search that ends early calls nothing free of violations", () => {
  const { code, stdout } = run("base.weft", "one.weft", "--max-states", "2");
  expect(code).toBe(152);
  expect(stdout).toContain("base  no violation found so far");
  expect(stdout).not.toContain("nothing is violated");
});
