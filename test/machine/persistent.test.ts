// Persistent sets: on random specs, each choice is tried out on the whole state graph.

import { expect, test } from "vitest";
import { persistence } from "../../src/machine/independence/persistent.ts";
import { packedSystem } from "../../src/pipeline.ts";
import { prepare } from "../support/corpus.ts";
import { tryOut } from "../support/persistence-oracle.ts";
import { randomSpec } from "../support/random-spec.ts";

const SPECS = Number(process.env["WEFT_POR_SPECS"] ?? 60);
const FIRST = Number(process.env["WEFT_POR_FIRST"] ?? 0);
/** Larger state graphs take too long to try everything on. */
const MOST_STATES = 600;

test("whoever goes alone commutes with all that others may do before", { timeout: 600_000 }, () => {
  let [tried, alone, states] = [0, 0, 0];
  for (let seed = FIRST; seed < FIRST + SPECS; seed += 1) {
    const { machine } = prepare(randomSpec(seed));
    const choices = machine === null ? null : persistence(machine);
    if (machine === null || choices === null) continue;
    const stepwise = choices.map((process) =>
      process.map((choice) => choice && { ...choice, passable: false }),
    );
    const whole = packedSystem(machine);
    const result = tryOut(whole, packedSystem(machine, stepwise), MOST_STATES);
    if (result === null) continue;
    expect(result.wrong, `seed ${seed}`).toBe(null);
    tried += 1;
    alone += result.alone;
    states += result.states;
  }
  process.stdout.write(
    `${tried} specs tried: somebody goes alone in ${alone} of ${states} states\n`,
  );
  // Else nothing was tested.
  expect(tried).toBeGreaterThan(SPECS / 6);
  expect(alone / states).toBeGreaterThan(0.05);
});
