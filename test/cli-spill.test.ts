// `weft check --spill` as a user runs it: the same result as in memory, nothing left behind, and what is said where it cannot be.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Ran, weft, withFiles } from "./support/cli.ts";

const twoPhaseCommit = "specs/classics/two-phase-commit.weft";

/** Runs `weft` with a folder for states, and says what it left there. */
function spilling(args: (folder: string) => readonly string[]): Ran & { readonly left: string[] } {
  return withFiles({}, (folder) => ({ ...weft(args(folder)), left: readdirSync(folder) }));
}

function timeless({ stdout }: Ran): string {
  return stdout.replaceAll(/; \d+\.\d+ s$/gm, "").replaceAll(/"elapsedSeconds": .*/g, "");
}

test("states that are too many for the memory go to disk, and the result is the same", () => {
  const check = ["check", twoPhaseCommit, "--set", "RMS=6", "--json"];
  const inMemory = weft(check);
  const onDisk = spilling((folder) => [...check, "--memory", "500K", "--spill", folder]);
  expect([onDisk.code, onDisk.stderr, onDisk.left]).toEqual([0, "", []]);
  expect(timeless(onDisk)).toBe(timeless(inMemory));
});

/** Two counters, a wish that cannot be granted for ever, and what it costs to count. */
const waiting = `spec waiting
var n: 0..99 = 0
var m: 0..99 = 0
cost steps
process p { while n < 99 { n := n + 1; cost steps += 1 } }
process q { while m < 99 { m := m + 1; cost steps += 1 } }
invariant far: n + m < 150
`;

test("what is not judged on disk is said, and nothing holds of it", () => {
  const ran = withFiles({ "a.weft": waiting }, (folder) => {
    const spec = join(folder, "a.weft");
    return weft(["check", spec, "--memory", "50K", "--spill", folder, "-q"]);
  });
  expect(ran.stdout).toContain("violated: far");
  const calm = waiting.replace("150", "199");
  const shown = withFiles({ "a.weft": calm }, (cwd) =>
    weft(["check", "a.weft", "--memory", "50K", "--spill", "."], { cwd }),
  );
  expect([shown.code, shown.stderr]).toEqual([152, ""]);
  expect(timeless(shown)).toMatchInlineSnapshot(`
    "a.weft: waiting

      holds    invariant far
      holds    freedom from deadlock
      unknown  freedom from stuck processes
      holds    freedom from faults
      holds    lock use
      holds    lock order

      cost   least  greatest
      steps  -      -

    40000 distinct states, 79600 transitions, depth 398, 1 initial
    exhaustive search, sequential consistency
    not judged, for there are more states than fit into one memory: stuck processes and costs
    nothing is violated, but not judged: stuck processes
    "
  `);
});

test("where states cannot go there is one clear sentence", () => {
  withFiles({ file: "" }, (folder) => {
    const missing = weft(["check", twoPhaseCommit, "--spill", join(folder, "missing")]);
    expect([missing.code, missing.stdout]).toEqual([1, ""]);
    expect(missing.stderr).toContain("missing: there is no such file or folder");
    const file = weft(["check", twoPhaseCommit, "--spill", join(folder, "file")]);
    expect(file.stderr).toContain("file: it is not a folder");
    const frozen = weft(["check", twoPhaseCommit, "--spill", folder, "--frozen"]);
    expect([frozen.code, frozen.stderr]).toMatchInlineSnapshot(`
      [
        1,
        "--spill does not go with --frozen: only states in memory are compared
      ",
      ]
    `);
  });
});
