// Runs of the built program that once claimed more than they had looked at.

import { expect, test } from "vitest";
import { weft, withFiles } from "./support/cli.ts";

const early = `spec early
var a: 0..500 = 0
cost k
action up when a < 500 { a += 1 }
terminal when a == 500
invariant few: a < 3
expect few violated
`;

const noStates = JSON.stringify({ "#meta": {}, vars: ["a"], states: [] });

/** Arguments, the exit code, and what is said. */
const claims: readonly [string, readonly string[], number, string][] = [
  [
    "tests of a search that ended early are not all well",
    ["test", "a.weft", "--max-states", "100"],
    152,
    "1 as expected, 0 not; not all searches are complete",
  ],
  ["tests of a whole search are", ["test", "a.weft"], 0, "1 as expected, 0 not\n"],
  [
    "without all runs nobody knows whether one is complete",
    ["trace", "a.weft", "--cost", "k", "--max-states", "100"],
    152,
    "the search is not complete",
  ],
  [
    "a trace without states does not run",
    ["replay", "none.itf.json", "a.weft"],
    1,
    "it has no `states`",
  ],
];

test.each(claims)("%s", (_, args, code, words) => {
  const ran = withFiles({ "a.weft": early, "none.itf.json": noStates }, (cwd) =>
    weft(args, { cwd }),
  );
  expect(ran.code).toBe(code);
  expect(ran.stdout + ran.stderr).toContain(words);
});
