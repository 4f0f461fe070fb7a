// Pages for tests: of spec texts, and of the specs here.

import { checkSearch } from "../../src/checker/check.ts";
import { findingsOf } from "../../src/checker/expectations.ts";
import { DEFAULT_SEARCH, finish } from "../../src/checker/explore.ts";
import { difference } from "../../src/diff/difference.ts";
import type { VectorDifference } from "../../src/diff/vectors.ts";
import type { Machine } from "../../src/machine/machine.ts";
import { compile, packedSystem, versionOf } from "../../src/pipeline.ts";
import { checkPage, diffPage } from "../../src/report/html/page.ts";
import { readText } from "../../src/runtime/files.ts";

/** The machine of a spec here, by its path in specs/, with values for its params. */
export function specHere(path: string, settings: Readonly<Record<string, string>> = {}): Machine {
  const spec = new URL(`../../specs/${path}`, import.meta.url).pathname;
  const { machine } = compile(spec, readText, new Map(Object.entries(settings)));
  if (machine === null) throw new Error(`${path} does not compile`);
  return machine;
}

/** A version by its name. */
type Named = readonly [name: string, machine: Machine];

function vectorOf(
  values: VectorDifference["values"],
  [before, old]: Named,
  [after, fresh]: Named,
): VectorDifference {
  const options = { ...DEFAULT_SEARCH, observe: null };
  const versions = [versionOf(old, before), versionOf(fresh, after)] as const;
  return { values, difference: finish(difference(...versions, options)) };
}

/** The page of two machines. */
export function pageOfDiff(before: Named, after: Named): Promise<string> {
  return diffPage({ before: before[0], after: after[0], vectors: [vectorOf([], before, after)] });
}

/** The page of two specs here under several values of a param. */
export function pageOfVaried(
  before: string,
  after: string,
  param: string,
  values: readonly string[],
): Promise<string> {
  const vectors = values.map((value) =>
    vectorOf(
      [[param, value]],
      [before, specHere(before, { [param]: value })],
      [after, specHere(after, { [param]: value })],
    ),
  );
  return diffPage({ before, after, vectors });
}

/** The page of a check. */
export function pageOfCheck(machine: Machine): Promise<string> {
  const { search, exploration } = finish(checkSearch(machine, packedSystem(machine)));
  return checkPage(machine, exploration, findingsOf(machine, exploration), search);
}
