// When a check is begun anew with reductions, and what it says of them.

import { describe, expect, test } from "vitest";
import type { CheckSettings } from "../../src/checker/check.ts";
import type { Standing } from "../../src/checker/checkpoint.ts";
import type { Exploration } from "../../src/checker/exploration.ts";
import { finish } from "../../src/checker/explore.ts";
import { partialOrderReduction } from "../../src/checker/partial-order.ts";
import { checkReduced } from "../../src/checker/reduced-check.ts";
import type { Wish } from "../../src/checker/reduction.ts";
import { symmetryReduction } from "../../src/checker/symmetric.ts";
import { renderDiagnostics } from "../../src/diagnostics/frame.ts";
import { compile, packedSystem } from "../../src/pipeline.ts";
import { reductionWords } from "../../src/report/reductions.ts";

/** Three workers, each in one of three places: 27 states, 10 that differ in more than names. */
const workers = `spec workers
symmetric type Worker = 1..3
param LOUD: bool = false
var x[Worker]: bool = false
process worker[w: Worker] { x[w] := true; skip }
cover all: forall w in Worker: x[w]
expect states 28 with LOUD = true`;

const LARGE = 20;

function check(
  wish: Wish,
  {
    text = workers,
    large = LARGE,
    without = null,
    set = {},
    maxStates = Number.POSITIVE_INFINITY,
  }: {
    readonly text?: string;
    readonly large?: number;
    readonly without?: string | null;
    readonly set?: Readonly<Record<string, string>>;
    readonly maxStates?: number;
  } = {},
): Exploration {
  const { machine, diagnostics } = compile("a.weft", () => text, new Map(Object.entries(set)));
  if (machine === null) throw new Error(renderDiagnostics(diagnostics));
  const reduction = symmetryReduction(machine, wish, without, () => null);
  const whole = { system: packedSystem(machine), settings: { maxStates } };
  return finish(checkReduced(machine, whole, reduction === null ? [] : [reduction], large))
    .exploration;
}

const words = ({ reductions }: Exploration): readonly string[] => reductions.map(reductionWords);
const said = [
  "symmetry of Worker (3 values): one state stands for up to 6 that differ in names only",
];

test("a small search is left alone", () => {
  const found = check("when-large", { large: 28 });
  expect([found.distinctStates, words(found)]).toEqual([27, []]);
});

test("a large one is begun anew", () => {
  const found = check("when-large");
  expect([found.complete, found.distinctStates, words(found)]).toEqual([true, 10, said]);
  expect(found.verdicts[0]).toMatchObject({ outcome: "reachable", shortest: null });
});

test("asked for, it is reduced from the first state on", () => {
  const found = check("at-once", { large: 28 });
  expect([found.distinctStates, words(found)]).toEqual([10, said]);
});

test("forbidden, it is not", () => {
  const found = check("never");
  expect([found.distinctStates, words(found)]).toEqual([27, []]);
});

test("a limit of states ends either search", () => {
  const small = check("when-large", { maxStates: 15 });
  expect([small.complete, small.stoppedBy, words(small)]).toEqual([false, "max-states", []]);
  const large = check("at-once", { maxStates: 5 });
  expect([large.complete, large.stoppedBy, words(large)]).toEqual([false, "max-states", said]);
});

test("counts that the spec expects of this run", () => {
  const found = check("when-large", { set: { LOUD: "true" } });
  expect(found.distinctStates).toBe(27);
  expect(words(found)).toEqual([
    "no symmetry: the spec expects a number of states of this run, at a.weft:7:1",
  ]);
});

test("an option that it does not go with", () => {
  const found = check("at-once", { without: "--fewest-switches" });
  expect([found.distinctStates, words(found)]).toEqual([
    27,
    ["no symmetry: it does not go with --fewest-switches"],
  ]);
});

test("values that are told apart", () => {
  const text = `${workers}
ghost var order: seq of Worker upto 3 = []
process late[w: Worker] {
  ghost order := append(order, w)
  skip
}`;
  expect(words(check("when-large", { text }))).toEqual([
    "no symmetry: Worker: the instances of late write ghosts one after the other before the first step, at a.weft:9:1",
  ]);
});

test("nothing is said of a spec without symmetric types, unless it was asked for", () => {
  const text = "spec a\nvar x: 0..9 = 0\naction up when x < 9 { x += 1 }";
  expect(words(check("when-large", { text, large: 5 }))).toEqual([]);
  expect(words(check("at-once", { text }))).toEqual([
    "no symmetry: the spec has no symmetric type of two values or more",
  ]);
});

/** Two processes that do not care for each other, and a third step that is violated in. */
const independent = `spec independent
var a: 0..5 = 0
var b: 0..5 = 0
process p { a := 1; a := 2; a := 3; a := 4 }
process q { b := 1; b := 2; b := 3; b := 4 }
invariant low: b < 3`;

/** A check with partial order alone. */
function checkOrdered(
  wish: Wish,
  text: string,
  settings: Partial<CheckSettings>,
  large = LARGE,
): Exploration {
  const { machine } = compile("a.weft", () => text, new Map());
  if (machine === null) throw new Error("does not compile");
  const order = partialOrderReduction(machine, wish, null, {
    system: (choices) => packedSystem(machine, choices),
    compiled: () => null,
  });
  if (order === null) throw new Error("nothing to reduce");
  const whole = { system: packedSystem(machine), settings };
  return finish(checkReduced(machine, whole, [order], large)).exploration;
}

test.each<[Wish, string, number | null, readonly string[]]>([
  [
    "when-large",
    independent,
    3,
    [
      "no partial order: it found a violation, and the search was begun once more without, for the shortest counterexamples",
    ],
  ],
  ["when-large", independent.replace("b < 3", "b < 5"), null, [expect.stringMatching(/^partial/)]],
  ["at-once", independent, null, [expect.stringMatching(/^partial order: .* --no-por finds/)]],
])("%s, partial order does not lengthen what is shown", (wish, text, shortest, told) => {
  const kept: (readonly string[])[] = [];
  const keeper = {
    isDue: () => true,
    keep: ({ reductions }: Standing) => {
      kept.push(reductions);
    },
  };
  const exploration = checkOrdered(wish, text, { keeper }, 5);
  expect(words(exploration)).toEqual(told);
  // The search that is begun once more is not kept: what is resumed would be taken for the first one.
  expect(kept.at(-1)).toEqual(["partial-order"]);
  if (shortest !== null) expect(exploration.verdicts[0]?.trace?.steps.length).toBe(shortest);
});

/** While `big` goes first and alone, what the others could do at once is not seen. */
const late = `spec late
var a: 0..30 = 0
var bad: bool = false
var none: 0..1 = 0
process big { pick v in 0..30 { a := v }; pick v in 0..30 { a := v }; pick v in 0..30 { a := v } }
process oops { bad := true }
process odd { none := 1 / none }
invariant fine: !bad
cover seen: bad`;

describe("of a search that was begun anew and did not come to its end", () => {
  const settings = { maxStates: 25 };
  const known = ({ verdicts }: Exploration): readonly string[] =>
    verdicts.flatMap(({ name, outcome }) => (outcome === "unknown" ? [] : [name]));

  test("what the first one found is still known", () => {
    expect(known(checkOrdered("at-once", late, settings))).toEqual([]);
    const found = checkOrdered("when-large", late, settings);
    expect(known(found)).toEqual(["fine", "seen", "range"]);
    expect([found.complete, found.distinctStates, words(found)[0]]).toEqual([
      false,
      32,
      expect.stringMatching(/^partial order/),
    ]);
  });
});

test("of a search for the shortest counterexamples that is stopped, those that it found are told", () => {
  const lengths = (wish: Wish, settings: Partial<CheckSettings>): readonly unknown[] => {
    const { complete, verdicts, reductions } = checkOrdered(wish, independent, settings, 5);
    return [complete, verdicts[0]?.trace?.steps.length, reductions[0]?.applied];
  };
  const longer = lengths("at-once", {});
  const maxStates = 20;
  expect([longer, lengths("when-large", { maxStates }), lengths("when-large", {})]).toEqual([
    [true, 7, true],
    [true, 3, true],
    [true, 3, false],
  ]);
});
