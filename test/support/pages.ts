// Pages for tests: of spec texts, and of the specs here.

import { checkSearch } from "../../src/checker/check.ts";
import { findingsOf } from "../../src/checker/expectations.ts";
import { DEFAULT_SEARCH, finish } from "../../src/checker/explore.ts";
import { difference } from "../../src/diff/difference.ts";
import type { VersionsDiff } from "../../src/diff/vectors.ts";
import type { Machine } from "../../src/machine/machine.ts";
import { compile, packedSystem } from "../../src/pipeline.ts";
import { checkPage, diffPage } from "../../src/report/html/page.ts";
import { readText } from "../../src/runtime/files.ts";
import { versionOf } from "./version-of.ts";

/** The machine of a spec here, by its path in specs/, with values for its params. */
export function specHere(path: string, settings: Readonly<Record<string, string>> = {}): Machine {
  const spec = new URL(`../../specs/${path}`, import.meta.url).pathname;
  const { machine } = compile(spec, readText, new Map(Object.entries(settings)));
  if (machine === null) throw new Error(`${path} does not compile`);
  return machine;
}

/** Two machines compared, by the names of the versions. */
export function compared(
  [before, oldMachine]: readonly [string, Machine],
  [after, newMachine]: readonly [string, Machine],
): VersionsDiff {
  const options = { ...DEFAULT_SEARCH, observe: null };
  const [old, fresh] = [versionOf(oldMachine, before), versionOf(newMachine, after)];
  const found = finish(difference(old, fresh, options));
  return { before, after, vectors: [{ values: [], difference: found }] };
}

/** The page of two machines. */
export function pageOfDiff(
  before: readonly [string, Machine],
  after: readonly [string, Machine],
): Promise<string> {
  return diffPage(compared(before, after));
}

/** The page of a check. */
export function pageOfCheck(machine: Machine): Promise<string> {
  const { search, exploration } = finish(checkSearch(machine, packedSystem(machine)));
  return checkPage(machine, exploration, findingsOf(machine, exploration), search);
}
