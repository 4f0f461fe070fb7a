// A reduced search that is kept and gone on with comes to what it would have come to, before and after it was begun anew.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { CheckSettings } from "../../src/checker/check.ts";
import type { Exploration } from "../../src/checker/exploration.ts";
import { finish } from "../../src/checker/explore.ts";
import { partialOrderReduction } from "../../src/checker/partial-order.ts";
import { checkReduced } from "../../src/checker/reduced-check.ts";
import type { Reduction, Wish } from "../../src/checker/reduction.ts";
import { symmetryReduction } from "../../src/checker/symmetric.ts";
import type { Machine } from "../../src/machine/machine.ts";
import { packedSystem } from "../../src/pipeline.ts";
import { keeperIn, wholeIn } from "../support/checkpoints.ts";
import { prepare } from "../support/corpus.ts";
import { randomSpec } from "../support/random-spec.ts";
import { machineOf } from "../support/spec.ts";

const folder = mkdtempSync(join(tmpdir(), "weft-reduced-"));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, "search");

/** States from which on searches are begun anew. */
const LARGE = 30;

function reductions(machine: Machine, wish: Wish): readonly Reduction[] {
  const order = partialOrderReduction(machine, wish, null, {
    system: (choices) => packedSystem(machine, choices),
    compiled: () => null,
  });
  const symmetry = symmetryReduction(machine, wish, null, () => null);
  return [symmetry, order].filter((reduction) => reduction !== null);
}

/** What a check finds, without its time. */
function checked(
  machine: Machine,
  wish: Wish,
  settings: Partial<CheckSettings>,
): Omit<Exploration, "elapsedSeconds"> {
  const whole = { system: packedSystem(machine), settings: { maxLoggedEdges: 0, ...settings } };
  const { exploration } = finish(checkReduced(machine, whole, reductions(machine, wish), LARGE));
  const { elapsedSeconds: _, ...rest } = exploration;
  return rest;
}

/** Leaves a check after various numbers of states, and compares what it comes to when it is gone on with. */
function compare(machine: Machine, wish: Wish): void {
  const whole = checked(machine, wish, { maxStates: 2_000 });
  for (const part of [0.1, 0.5, 0.9, 1]) {
    const maxStates = Math.max(1, Math.ceil(part * whole.distinctStates));
    const keeper = keeperIn(machine, path);
    checked(machine, wish, { maxStates, keeper });
    keeper.close();
    const again = checked(machine, wish, { maxStates: 2_000, kept: wholeIn(machine, path) });
    expect([part, again]).toEqual([part, whole]);
  }
}

const workers = machineOf(`spec s
  symmetric type Worker = 1..4
  var x[Worker]: 0..2 = 0
  var n: 0..4 = 0
  process worker[w: Worker] { x[w] := 1; skip; x[w] := 2; n += 1 }
  invariant few: n < 4
  cover two: n == 2`);

test.each<Wish>(["when-large", "at-once", "never"])("symmetric workers, %s", (wish) => {
  compare(workers, wish);
});

test("random specs with symmetric types", { timeout: 120_000 }, () => {
  for (let seed = 0; seed < 12; seed += 1) {
    const { machine } = prepare(randomSpec(seed, 1));
    if (machine !== null) compare(machine, seed % 3 === 0 ? "at-once" : "when-large");
  }
});
