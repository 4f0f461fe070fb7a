// Versions for tests of comparisons: a machine explored to the end, with its states.

import { checkSearch } from "../../src/checker/check.ts";
import { findingsOf } from "../../src/checker/expectations.ts";
import { finish } from "../../src/checker/explore.ts";
import type { Version } from "../../src/diff/version.ts";
import type { Machine } from "../../src/machine/machine.ts";
import { packedSystem } from "../../src/pipeline.ts";

/** The version that a machine is. */
export function versionOf(machine: Machine, name: string = machine.name): Version {
  const { search, exploration } = finish(checkSearch(machine, packedSystem(machine)));
  const findings = findingsOf(machine, exploration);
  return { name, machine, search, exploration, findings, counted: () => packedSystem(machine) };
}
