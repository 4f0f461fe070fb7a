// `weft check --profile` as a user runs it.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root, weft } from "./support/cli.ts";
import { type Schema, violations } from "./support/json-schema.ts";

const spec = "specs/classics/two-phase-commit.weft";

test("the tables stand below the result, which is that of a check without them", () => {
  const { code, stdout } = weft(["check", spec, "--profile"]);
  const plain = weft(["check", spec]).stdout.replace(/\d+\.\d+ s$/m, "");
  expect(code).toBe(0);
  const [result, tables] = stdout
    .replace(/\d+\.\d+ s$/m, "")
    .split("\nwhere the states come from:\n");
  expect(result).toBe(plain);
  expect(tables).toMatch(/^ {2}action +rm_receive_abort +288 +648 +152 +\d+\.\d %$/m);
  expect(tables).toMatch(/^ {2}variable +rm_state +34 +55 +5\.2$/m);
  expect(weft(["check", spec, "--profile", "-q"]).stdout).toBe(`${spec}: everything holds\n`);
});

test("as data it has what the schema says", () => {
  const schema = JSON.parse(readFileSync(join(root, "docs/check.schema.json"), "utf8")) as Schema;
  const { stdout } = weft(["check", "specs/thp-unmap/post-patch.weft", "--profile", "--json"]);
  const document = JSON.parse(stdout) as { readonly profile: { readonly states: number } };
  expect(violations(document, schema)).toEqual([]);
  expect(document.profile.states).toBe(3819);
});

test.each<[readonly string[], string]>([
  [["--engine", "spin"], "--engine: only states that Weft itself finds can be looked at"],
  [["--frozen"], "--freeze or --frozen: nothing of it is frozen"],
  [["--backend", "interpreter"], "--backend interpreter: its states have no parts"],
])("it does not go with %j", (args, reason) => {
  const ran = weft(["check", spec, "--profile", ...args]);
  expect(ran).toEqual({ code: 1, stdout: "", stderr: `--profile does not go with ${reason}\n` });
});
