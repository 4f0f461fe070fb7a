// Each bug to be seeded still has its place in the sources.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { seededBugs } from "./bugs.ts";
import { engineBugs } from "./engine-bugs.ts";

test("the text that each bug changes stands exactly once in its file", () => {
  const lost = [...seededBugs, ...engineBugs].filter(
    ({ file, from }) => readFileSync(file, "utf8").split(from).length !== 2,
  );
  expect(lost.map(({ file, from }) => `${file}: ${from}`)).toEqual([]);
});
