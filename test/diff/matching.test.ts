// Which line of one version is which of another.

import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { align } from "../../src/diff/matching/align.ts";
import { matchLines } from "../../src/diff/matching/matching.ts";
import type { Machine } from "../../src/machine/machine.ts";
import { compileFiles, machineOf } from "../support/spec.ts";

function specAt(path: string): Machine {
  const compiled = compileFiles({
    [path]: readFileSync(path, "utf8"),
    "specs/thp-unmap/pre-patch.weft": readFileSync("specs/thp-unmap/pre-patch.weft", "utf8"),
    "specs/thp-unmap/post-patch.weft": readFileSync("specs/thp-unmap/post-patch.weft", "utf8"),
  });
  if (compiled.machine === null) throw new Error(`${path} does not compile`);
  return compiled.machine;
}

/** What differs, in words: `- old line`, `+ new line`, `~ old line -> new line`. */
function differences(before: Machine, after: Machine): readonly string[] {
  const matching = matchLines(before, after);
  const gone = before.lines.flatMap(({ code }, line) =>
    matching.after[line] === -1 ? [`- ${code}`] : [],
  );
  const others = after.lines.flatMap(({ code }, line) => {
    const old = matching.before[line] ?? -1;
    if (old < 0) return [`+ ${code}`];
    return matching.changed[line] === 1 ? [`~ ${before.lines[old]?.code} -> ${code}`] : [];
  });
  return [...gone, ...others];
}

const small = (body: string): Machine =>
  machineOf(`spec s
var n: 0..3 = 0
var ready: bool = false
spinlock l
spinlock k
process p { ${body}
}
`);

test("a patched spec keeps all lines of its base", () => {
  const [pre, post] = ["pre-patch", "post-patch"].map((name) =>
    specAt(`specs/thp-unmap/${name}.weft`),
  ) as [Machine, Machine];
  expect(differences(pre, post)).toEqual([
    "+ if TTU_SYNC",
    "+ acquire pmd_ptl[m]",
    "+ cost idle_locks += if maps(m) then 0 else 1",
    "+ release pmd_ptl[m]",
  ]);
  expect(differences(post, specAt("specs/thp-unmap/without-pte-sync.weft"))).toEqual([
    "- if !TTU_SYNC",
  ]);
  expect(differences(pre, pre)).toEqual([]);
});

test("bodies written anew are aligned by what they say", () => {
  const old = "acquire l /// lock\n n += 1\n release l /// unlock\n ready := true";
  expect(differences(small(old), small(old.replace("n += 1", "await ready\n n += 2")))).toEqual([
    "+ await ready",
    "~ n += 1 -> n += 2",
  ]);
});

test("the comment tells two lines of the same code apart", () => {
  const old = "acquire l\n release l /// first\n acquire l\n release l /// second";
  const fresh = "acquire l\n release l /// second";
  expect(matchLines(small(old), small(fresh)).after).toEqual(Int32Array.of(0, -1, -1, 1));
});

test("statements of different forms are never one line changed", () => {
  expect(differences(small("acquire l\n release l"), small("acquire l\n acquire k"))).toEqual([
    "- release l",
    "+ acquire k",
  ]);
  expect(differences(small("await n > 0"), small("await n > 0 && ready"))).toEqual([
    "~ await n > 0 -> await n > 0 && ready",
  ]);
});

test("bodies are matched by name", () => {
  const old = machineOf("spec s\nvar n: 0..3 = 0\nprocess p { n := 1 }\nprocess q { n := 2 }\n");
  const fresh = machineOf("spec s\nvar n: 0..3 = 0\nprocess q { n := 1 }\nprocess r { n := 2 }\n");
  expect(differences(old, fresh)).toEqual(["- n := 1", "~ n := 2 -> n := 1", "+ n := 2"]);
});

test("an alignment is worth most of all that cross nowhere", () => {
  const worths = fc.array(
    fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 4, maxLength: 4 }),
    {
      maxLength: 5,
    },
  );
  const total = (rows: readonly (readonly number[])[]): number => {
    const from = (row: number, column: number): number =>
      row === rows.length || column === 4
        ? 0
        : Math.max(
            from(row + 1, column),
            from(row, column + 1),
            (rows[row]?.[column] ?? 0) + from(row + 1, column + 1),
          );
    return from(0, 0);
  };
  fc.assert(
    fc.property(worths, (rows) => {
      const pairs = align(rows.length, 4, (row, column) => rows[row]?.[column] ?? 0);
      const found = pairs.map(([row, column]) => rows[row]?.[column] ?? 0);
      expect(found.every((worth) => worth > 0)).toBe(true);
      expect(found.reduce((sum, worth) => sum + worth, 0)).toBe(total(rows));
      for (const [index, [row, column]] of pairs.entries()) {
        const [lastRow, lastColumn] = pairs[index - 1] ?? [-1, -1];
        expect(row > lastRow && column > lastColumn).toBe(true);
      }
    }),
    { seed: 20210615, numRuns: 300 },
  );
});
