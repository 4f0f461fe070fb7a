// Versions for tests of comparisons: a machine explored to the end, with its states.

import { type CheckSettings, checkSearch } from "../../src/checker/check.ts";
import { findingsOf } from "../../src/checker/expectations.ts";
import { finish } from "../../src/checker/explore.ts";
import type { Version } from "../../src/diff/version.ts";
import { withLockCosts } from "../../src/machine/counted.ts";
import type { Machine } from "../../src/machine/machine.ts";
import { packedSystem } from "../../src/pipeline.ts";

/** The version that a machine is. */
export function versionOf(
  machine: Machine,
  name: string = machine.name,
  settings: Partial<CheckSettings> = {},
): Version {
  const { search, exploration } = finish(checkSearch(machine, packedSystem(machine), settings));
  const findings = findingsOf(machine, exploration);
  const counted = (): Version["search"]["system"] => packedSystem(withLockCosts(machine));
  return { name, machine, search, exploration, findings, counted };
}
