// Partial-order reduction: the same verdicts, coverage and totals as a search that takes every step, in JavaScript and in
// WebAssembly, with symmetry and without.

import { expect, test } from "vitest";
import { checkSearch, searchOptions } from "../../src/checker/check.ts";
import type { Exploration } from "../../src/checker/exploration.ts";
import { type CompiledForm, explore, finish } from "../../src/checker/explore.ts";
import { partialOrderReduction } from "../../src/checker/partial-order.ts";
import { symmetryReduction } from "../../src/checker/symmetric.ts";
import type { Machine } from "../../src/machine/machine.ts";
import type { ReducedForm } from "../../src/machine/reduced-form.ts";
import { compile, compiledSearch, packedSystem } from "../../src/pipeline.ts";
import { prepare, STATE_LIMIT } from "../support/corpus.ts";
import { randomSpec } from "../support/random-spec.ts";
import { searchDifference } from "../support/same-search.ts";

const SPECS = Number(process.env["WEFT_POR_SPECS"] ?? 60);
const FIRST = Number(process.env["WEFT_POR_FIRST"] ?? 0);

/** A random machine as a reduction may have it: without step properties, and without counts that are expected. */
function machineOf(seed: number): Machine | null {
  const { machine } = prepare(randomSpec(seed));
  if (machine === null) return null;
  const properties = machine.properties.filter(({ kind }) => kind !== "step");
  const expectations = machine.expectations.filter(({ subject }) => subject.kind !== "count");
  return { ...machine, properties, expectations };
}

function reductionOf(machine: Machine, compiled: (form: ReducedForm) => CompiledForm | null) {
  return partialOrderReduction(machine, "at-once", null, {
    system: (choices) => packedSystem(machine, choices),
    compiled,
  });
}

/** What must be the same: everything but counts, and which of several ways is shown. */
function described(exploration: Exploration): unknown {
  return {
    complete: exploration.complete,
    verdicts: exploration.verdicts
      .map(({ kind, name, outcome, span, detail, trace }) => ({
        what: `${kind} ${name} ${outcome} ${span?.start}`,
        traced: trace !== null,
        detail:
          detail?.kind === "lock-cycle"
            ? detail.edges.length
            : detail?.kind === "blocked"
              ? // Which of several deadlocks is met first may differ.
                kind === "stuck" && detail.processes
              : detail && { ...detail, span: null },
      }))
      .toSorted((left, right) => (left.what < right.what ? -1 : left.what > right.what ? 1 : 0)),
    costs: exploration.costs.map(({ name, least, greatest }) => ({ name, least, greatest })),
    coverage: {
      ...exploration.coverage,
      labels: exploration.coverage.labels.map(({ name, reached }) => ({ name, reached })),
    },
  };
}

test("a reduced search comes to the same verdicts", { timeout: 600_000 }, () => {
  let [compared, whole, reduced, orbits] = [0, 0, 0, 0];
  for (let seed = FIRST; seed < FIRST + SPECS; seed += 1) {
    const machine = machineOf(seed);
    if (machine === null) continue;
    const reduction = reductionOf(machine, () => null);
    if (reduction?.reduce == null || !reduction.report.applied) continue;
    const all = finish(
      checkSearch(machine, packedSystem(machine), { maxStates: STATE_LIMIT, compiled: null }),
    );
    if (!all.exploration.complete) continue;
    const searching = reduction.reduce({ system: packedSystem(machine), settings: {} });
    const some = finish(checkSearch(machine, searching.system, searching.settings));
    expect(described(some.exploration), `seed ${seed}`).toEqual(described(all.exploration));
    compared += 1;
    whole += all.exploration.distinctStates;
    reduced += some.exploration.distinctStates;
    const symmetry = symmetryReduction(machine, "when-large", null, () => null);
    if (symmetry?.reduce == null) continue;
    const both = symmetry.reduce(searching);
    const fewest = finish(checkSearch(machine, both.system, both.settings));
    expect(described(fewest.exploration), `seed ${seed}`).toEqual(described(all.exploration));
    orbits += 1;
  }
  process.stdout.write(
    `${compared} specs (${orbits} with symmetry too): ${reduced} of ${whole} states\n`,
  );
  // Else nothing was tested.
  expect(compared).toBeGreaterThan(SPECS / 5);
  expect(reduced).toBeLessThan(whole);
});

test("a fault of a step that is not enough, as it leads nowhere, is still met where it is taken", () => {
  const text = `spec s
spinlock l
var m: 0..3 = 0
var k: 0..3 = 0
process a {
  k := 1
  release l
}
process b {
  m := 1
  m := 2
  m := 3
}
`;
  const { machine } = compile("s.weft", () => text);
  if (machine === null) throw new Error("does not compile");
  const reduction = reductionOf(machine, (form) => compiledSearch(machine, 0, form));
  const system = packedSystem(machine);
  for (const compiled of [null, compiledSearch(machine, 0)]) {
    const reduced = reduction?.reduce?.({ system, settings: { compiled } });
    if (reduced === undefined) throw new Error("nothing to reduce");
    const { exploration } = finish(checkSearch(machine, reduced.system, reduced.settings));
    expect(exploration.distinctStates).toBe(3);
    const violated = exploration.verdicts.filter(({ outcome }) => outcome === "violated");
    expect(violated.map(({ kind }) => kind)).toEqual(["lock_use"]);
  }
});

test("JavaScript and WebAssembly leave out the same steps", { timeout: 600_000 }, () => {
  let compared = 0;
  for (let seed = FIRST; seed < FIRST + SPECS; seed += 1) {
    const machine = machineOf(seed);
    if (machine === null) continue;
    const reduction = reductionOf(machine, (form) => compiledSearch(machine, 0, form));
    if (reduction?.reduce == null || !reduction.report.applied) continue;
    const system = packedSystem(machine);
    const compiled = compiledSearch(machine, 0);
    const one = reduction.reduce({ system, settings: {} });
    const other = reduction.reduce({ system, settings: { compiled } });
    expect(other.settings.compiled).not.toBe(null);
    const search = ({ system: steps, settings }: typeof one) =>
      finish(explore(steps, { ...searchOptions(settings), maxStates: STATE_LIMIT }));
    expect(searchDifference(search(one), search(other)), `seed ${seed}`).toBe(null);
    compared += 1;
  }
  expect(compared).toBeGreaterThan(SPECS / 5);
});
