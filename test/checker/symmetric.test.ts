// Symmetry reduction: the same verdicts, the same shortest lengths, the same totals as a search of all states, and one state for each orbit.

import { expect, test } from "vitest";
import { checkSearch, type Searched } from "../../src/checker/check.ts";
import type { Exploration, Trace } from "../../src/checker/exploration.ts";
import { finish } from "../../src/checker/explore.ts";
import { symmetryReduction } from "../../src/checker/symmetric.ts";
import type { Machine } from "../../src/machine/machine.ts";
import { packedSystem } from "../../src/pipeline.ts";
import { prepare, STATE_LIMIT } from "../support/corpus.ts";
import { countOrbits } from "../support/orbit-oracle.ts";
import { randomSpec } from "../support/random-spec.ts";

const SPECS = Number(process.env["WEFT_SYMMETRIC_SPECS"] ?? 60);
const FIRST = Number(process.env["WEFT_SYMMETRIC_FIRST"] ?? 0);

interface Compared {
  readonly applies: boolean;
  readonly reduced: number;
  readonly whole: number;
}

/** Compares both searches of a machine; null if it is too large. */
function compare(machine: Machine): Compared | null {
  const reduction = symmetryReduction({ ...machine, expectations: [] }, "at-once", null);
  if (reduction?.reduce == null || !reduction.report.applied) {
    return { applies: false, reduced: 0, whole: 0 };
  }
  const whole = finish(
    checkSearch(machine, packedSystem(machine), { maxStates: STATE_LIMIT, compiled: null }),
  );
  if (!whole.exploration.complete) return null;
  const { system, settings } = reduction.reduce({ system: packedSystem(machine), settings: {} });
  const reduced = finish(checkSearch(machine, system, settings));
  expect(described(reduced.exploration)).toEqual(described(whole.exploration));
  const orbits = countOrbits(
    machine,
    statesOf(whole),
    reduction.report.types.map(({ name }) => name),
  );
  expect(reduced.exploration.distinctStates).toBe(orbits);
  return { applies: true, reduced: orbits, whole: whole.exploration.distinctStates };
}

function statesOf({ search }: Searched): Parameters<typeof countOrbits>[1] {
  const { system, table } = search;
  return Array.from({ length: table.count }, (_, state) =>
    system.decode(table.arena, state * system.width),
  );
}

/** What must be the same; which of several shortest traces is shown, and in which order of values, need not be. */
function described(exploration: Exploration): unknown {
  const length = (trace: Trace | null): number | null => trace?.steps.length ?? null;
  return {
    complete: exploration.complete,
    depth: exploration.depth,
    verdicts: exploration.verdicts
      .map(({ kind, name, outcome, span, detail, trace }) => ({
        what: `${kind} ${name} ${outcome} ${span?.start}`,
        trace: length(trace),
        detail:
          detail?.kind === "lock-cycle"
            ? detail.edges.length
            : detail?.kind === "blocked"
              ? kind === "stuck"
                ? detail.processes
                : detail.processes.length >= 0
              : detail && { ...detail, span: null },
      }))
      .toSorted((left, right) => (left.what < right.what ? -1 : left.what > right.what ? 1 : 0)),
    costs: exploration.costs.map(({ name, least, greatest, leastRun, greatestRun }) => ({
      name,
      least,
      greatest,
      leastRun: length(leastRun),
      greatestRun: greatest === "unbounded" ? null : length(greatestRun),
    })),
    coverage: {
      ...exploration.coverage,
      labels: exploration.coverage.labels.map(({ trace, ...label }) => ({
        ...label,
        trace: length(trace),
      })),
    },
  };
}

test("random specs: as without it, with one state for each orbit", { timeout: 3_600_000 }, () => {
  let [applied, smaller, whole, reduced] = [0, 0, 0, 0];
  for (let seed = FIRST; seed < FIRST + SPECS; seed += 1) {
    const { machine } = prepare(randomSpec(seed, 1));
    if (machine === null) continue;
    let compared: Compared | null = null;
    try {
      compared = compare(machine);
    } catch (error) {
      throw new Error(`spec ${seed}`, { cause: error });
    }
    if (compared === null || !compared.applies) continue;
    applied += 1;
    if (compared.reduced < compared.whole) smaller += 1;
    whole += compared.whole;
    reduced += compared.reduced;
  }
  process.stdout.write(
    `${SPECS} specs: symmetry applies to ${applied}, reduces ${smaller}; ${whole} states, ${reduced} orbits\n`,
  );
  expect(applied).toBeGreaterThan(SPECS / 3);
  expect(smaller).toBeGreaterThan(SPECS / 4);
});
