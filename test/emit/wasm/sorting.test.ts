// States that stand for others: sorted in WebAssembly as in JavaScript, to the last index, and as the general way has it, orbit for orbit.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { DEFAULT_SEARCH, explore, finish, type Search } from "../../../src/checker/explore.ts";
import type { Orbits } from "../../../src/checker/orbit-table.ts";
import { orbitsOf } from "../../../src/checker/symmetric.ts";
import { renderDiagnostics } from "../../../src/diagnostics/frame.ts";
import { network } from "../../../src/emit/wasm/sorting.ts";
import { layout } from "../../../src/machine/layout.ts";
import type { Machine } from "../../../src/machine/machine.ts";
import { canonicalOf } from "../../../src/machine/symmetry/canonical.ts";
import { symmetricTypes } from "../../../src/machine/symmetry/types.ts";
import { compile, compiledSearch, packedSystem } from "../../../src/pipeline.ts";
import { searchDifference } from "../../support/same-search.ts";

test.each([2, 3, 4, 5, 6, 7, 8, 11])("a network sorts %i keys", (size) => {
  const pairs = network(size);
  for (const [one, other] of pairs) expect(one).toBeLessThan(other);
  // What sorts all rows of zeros and ones sorts everything (Knuth, TAOCP 5.3.4, theorem Z).
  for (let row = 0; row < 2 ** size; row += 1) {
    let bits = row;
    for (const [one, other] of pairs) {
      if (((bits >> one) & 1) === 1 && ((bits >> other) & 1) === 0)
        bits ^= (1 << one) | (1 << other);
    }
    // Ones at the end.
    const ones = bits.toString(2).replaceAll("0", "").length;
    if (bits !== (2 ** ones - 1) * 2 ** (size - ones)) expect.fail(`${row} is not sorted`);
  }
});

function machineOf(
  path: string,
  text: string,
  settings: Readonly<Record<string, string>>,
): Machine {
  const { machine, diagnostics } = compile(
    path,
    (wanted) => (wanted === path && text !== "" ? text : readFileSync(wanted, "utf8")),
    new Map(Object.entries(settings)),
  );
  if (machine === null) throw new Error(renderDiagnostics(diagnostics));
  return machine;
}

const wide = `spec wide
symmetric type Mm = 1..4
symmetric type Cpu = 1..3
var pages[Mm]: set of (0..39) = {}
var owner[Mm]: 0..3 = 0
var current: Mm? = null
var waiting: set of Mm = {}
var line: seq of Mm upto 3 = []
spinlock l
rwsem r
process cpu[c: Cpu] {
  acquire l
  skip
  release l
  acquire r for read
  release r
}
process worker {
  for any m in Mm {
    acquire r
    pages[m] := {1, 38}
    current := m
    waiting := waiting union {m}
    if length(line) < 3 { line := append(line, m) }
    release r
    owner[m] := 2
  }
}
step ordered: length(line)' >= length(line)`;

test.each([
  ["specs/thp-unmap/any-order.weft", "", { MMS: "3", PTES: "1" }],
  ["specs/thp-unmap/any-order-sync.weft", "", { MMS: "2", ANON: "true" }],
  ["wide.weft", wide, {}],
])("%s", { timeout: 60_000 }, (path, text, settings) => {
  const machine = machineOf(path, text, settings as Readonly<Record<string, string>>);
  const types = symmetricTypes(machine);
  const { orbits, plan } = orbitsOf(machine, types);
  if (plan === null) throw new Error("no plan to sort by");
  expect(compiledSearch(machine, 100, { plan }).module()).not.toBeNull();
  const searched = (given: Orbits, after: number | null): Search =>
    finish(
      explore(packedSystem(machine), {
        ...DEFAULT_SEARCH,
        orbits: given,
        compiled: after === null ? null : compiledSearch(machine, after, { plan }),
      }),
    );
  const inJavaScript = searched(orbits, null);
  expect(searchDifference(inJavaScript, searched(orbits, 100))).toBeNull();

  const general = canonicalOf(machine, layout(machine), types);
  const generally = searched(
    { ...orbits, represent: (words, offset, into) => void general.apply(words, offset, into) },
    null,
  );
  const counts = ({ table, transitions, levels }: Search): unknown => [
    table.count,
    transitions,
    levels,
  ];
  expect(counts(generally)).toEqual(counts(inJavaScript));
});
