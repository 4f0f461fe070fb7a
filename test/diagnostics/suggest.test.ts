// Did-you-mean: what is near enough to be meant, and what is not.

import fc from "fast-check";
import { expect, test } from "vitest";
import { editDistance, suggest } from "../../src/diagnostics/suggest.ts";

function check(name: string, candidates: readonly string[], expected: string | null): void {
  test(`${name} among ${candidates.join(", ")}`, () => {
    expect(suggest(name, candidates)).toBe(expected);
  });
}

check("pmdd", ["pte", "pmd", "ptl"], "pmd");
check("ptll", ["pte", "ptl"], "ptl");
check("acqiure", ["release", "acquire"], "acquire");
check("compound_mapcuont", ["compound_mapcount"], "compound_mapcount");
check("PMD", ["pte", "pmd"], "pmd");
check("x", ["y", "z"], null);
check("ab", ["cd"], null);
check("zapper", ["splitter"], null);
check("lock", [], null);
check("lack", ["lock", "luck"], "lock");
check("pmd", ["pmd", "pmds"], "pmds");
check("n".repeat(100), ["n".repeat(99)], null);

test("the distance counts slips: insert, delete, replace, swap neighbours", () => {
  const pairs = ["|", "a|", "|ab", "ab|ba", "abc|acb", "kitten|sitting", "ca|abc"];
  const distances = pairs.map((pair) => {
    const [left = "", right = ""] = pair.split("|");
    return `${pair} ${editDistance(left, right)}`;
  });
  expect(distances).toEqual([
    "| 0",
    "a| 1",
    "|ab 2",
    "ab|ba 1",
    "abc|acb 1",
    "kitten|sitting 3",
    "ca|abc 3",
  ]);
});

test("the distance is symmetric, zero for equal words only, and one slip costs at most one", () => {
  const word = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 8 });
  fc.assert(
    fc.property(word, word, fc.nat(), (left, right, at) => {
      expect(editDistance(left, right)).toBe(editDistance(right, left));
      expect(editDistance(left, right) === 0).toBe(left === right);
      const cut = at % (left.length + 1);
      const slipped = `${left.slice(0, cut)}x${left.slice(cut)}`;
      expect(editDistance(left, slipped)).toBe(1);
    }),
  );
});
