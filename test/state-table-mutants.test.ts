// The protocol of a search by several workers, broken on purpose: each break must show.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { checkMachine, compile } from "../src/pipeline.ts";

const path = new URL("../specs/state-table.weft", import.meta.url);

/** What is violated with this part of the text replaced, among what the spec states and what is checked of any. */
function violated(part: string, replacement: string): readonly string[] {
  const text = readFileSync(path, "utf8");
  expect(text.split(part)).toHaveLength(2);
  const broken = text.replace(part, () => replacement);
  const { machine } = compile("state-table.weft", () => broken);
  if (machine === null) expect.fail("does not compile");
  const { complete, verdicts } = checkMachine(machine, { refine: "none" });
  expect(complete).toBe(true);
  return verdicts.filter(({ outcome }) => outcome === "violated").map(({ name }) => name);
}

test.each<[string, string, string, string]>([
  [
    "the next job begins while others are at the last",
    "await forall w in Worker: w == 0 || finished[w] == turn",
    "skip",
    "as_alone",
  ],
  [
    "each worker inserts the states of its chunks",
    "if owner(leads[c][p]) == w {",
    "if c % WORKERS == w {",
    "as_alone",
  ],
  [
    "a worker takes the chunks in another order",
    "if owner(leads[c][p]) == w {\n        assert",
    "if owner(leads[CHUNKS - 1 - c][p]) == w && w != 0 || owner(leads[c][p]) == w && w == 0 {\n        assert",
    "as_alone",
  ],
  [
    "states are added before it is counted where",
    "if which == insert { settle() }",
    "",
    "as_alone",
  ],
  [
    "a job is begun before it is said which",
    "    job := which\n    next_chunk := 0\n    turn += 1 ",
    "    turn += 1\n    job := which\n    next_chunk := 0 ",
    "as_alone",
  ],
])("%s", (_, part, replacement, name) => {
  expect(violated(part, replacement)).toContain(name);
});
