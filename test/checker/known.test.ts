// What two searches of one machine know together.

import { expect, test } from "vitest";
import { check } from "../../src/checker/check.ts";
import type { Exploration } from "../../src/checker/exploration.ts";
import { finish } from "../../src/checker/explore.ts";
import { knowsLess, withFindings } from "../../src/checker/known.ts";
import { compile, packedSystem } from "../../src/pipeline.ts";

const text = `spec a
var x: 0..5 = 0
var y: 0..2 = 0
process p { x := 1; A: y := x + 1; x := 3; B: y := x; x := 4 }
process q { skip; y := x + 2 }
action late when x == 4 { x := 5 }
invariant low: x < 3
cover four: x == 4
expect p.A reachable
expect p.B reachable`;

/** Two things wrong at one place. */
const twice = `spec a
mutex m
spinlock s
fn take() { acquire m }
process p { skip; skip; acquire s; take(); release m; release s }
process q { acquire m; take() }`;

function searched(maxStates: number, of = text): Exploration {
  const { machine } = compile("a.weft", () => of, new Map());
  if (machine === null) throw new Error("does not compile");
  return finish(check(machine, packedSystem(machine), { maxStates }));
}

const told = ({ verdicts, coverage }: Exploration): readonly string[] => [
  ...verdicts.map(
    ({ name, outcome, span, detail, trace }) =>
      `${name} ${outcome} ${detail?.kind} ${span?.start ?? "-"} ${trace?.steps.length ?? "-"}`,
  ),
  `taken ${coverage.actionsNeverTaken.length === 0}`,
  `branches ${coverage.branchesNeverEntered.length}`,
  ...coverage.labels.map(({ name, reached }) => `${name} ${reached}`),
];

const sizes = [1, 2, 4, 6, 8, 10, 12, Number.POSITIVE_INFINITY];

test.each([text, twice])("of two searches, all that either found is known: %s", (of) => {
  for (const one of sizes) {
    for (const other of sizes) {
      const both = withFindings(searched(one, of), searched(other, of));
      const larger = searched(Math.max(one, other), of);
      // What holds is known of a whole search only.
      if (larger.complete) continue;
      expect(told(both), `${one} and ${other}`).toEqual(told(larger));
    }
  }
});

test("of two deadlocks, the one that is reached sooner is told", () => {
  const early = searched(
    Number.POSITIVE_INFINITY,
    "spec a\nvar x: 0..1 = 0\nprocess p { await x == 1 }\nprocess q { await x == 1 }",
  );
  const late = searched(
    Number.POSITIVE_INFINITY,
    "spec a\nvar x: 0..1 = 0\nprocess p { await x == 1 }\nprocess q { skip; await x == 1; skip }\nprocess r { skip }",
  );
  const deadlocks = (found: Exploration): readonly unknown[] =>
    found.verdicts.filter(({ kind }) => kind === "deadlock");
  expect(deadlocks(early)).toHaveLength(1);
  expect(deadlocks(late)).not.toEqual(deadlocks(early));
  expect(deadlocks(withFindings(late, early))).toEqual(deadlocks(early));
  expect(deadlocks(withFindings(early, late))).toEqual(deadlocks(early));
});

test("a search knows less than a longer one, and not the other way round", () => {
  const [short, long, whole] = [2, 8, Number.POSITIVE_INFINITY].map((most) => searched(most));
  if (short === undefined || long === undefined || whole === undefined) throw new Error();
  expect([knowsLess(short, long), knowsLess(long, short), knowsLess(long, long)]).toEqual([
    true,
    false,
    false,
  ]);
  const costless = { ...whole, costs: [{ name: "c", greatest: null }] } as unknown as Exploration;
  const costly = { ...whole, costs: [{ name: "c", greatest: 1 }] } as unknown as Exploration;
  expect([knowsLess(costless, costly), knowsLess(costly, costless)]).toEqual([true, false]);
});
