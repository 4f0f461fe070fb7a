// How the verdicts of two versions are paired.

import { expect, test } from "vitest";
import { compareVerdicts } from "../../src/diff/verdicts.ts";
import { versionOf } from "../../src/pipeline.ts";
import { machineOf } from "../support/spec.ts";

function pairs(before: string, after: string): readonly string[] {
  const [old, fresh] = [before, after].map((text) =>
    versionOf(machineOf(`spec s\nvar x: 0..3 = 0\nprocess p { x := 2 }\n${text}\n`)),
  );
  if (old === undefined || fresh === undefined) throw new Error("two versions");
  return compareVerdicts(old, fresh)
    .filter(({ name, kind }) => name !== kind)
    .map((pair) => `${pair.kind} ${pair.name}: ${pair.before} -> ${pair.after}`);
}

test("what flips stands first", () => {
  expect(
    pairs("invariant a: x < 3\ninvariant b: x < 1", "invariant a: x < 3\ninvariant b: x < 3"),
  ).toEqual(["invariant b: violated -> holds", "invariant a: holds -> holds"]);
});

test("an invariant and a cover of one name are two properties", () => {
  expect(pairs("invariant n: x < 1", "cover n: x == 2")).toEqual([
    "invariant n: violated -> null",
    "cover n: null -> reachable",
  ]);
});
