// Results as HTML files.

import type { Found } from "../checker/exploration.ts";
import { DEFAULT_SEARCH, explore, finish } from "../checker/explore.ts";
import type { VersionsDiff } from "../diff/vectors.ts";
import { packedSystem } from "../pipeline.ts";
import { mostStates } from "../report/html/graph.ts";
import { checkPage, diffPage } from "../report/html/page.ts";
import { wroteFile } from "./console.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import type { CheckResult } from "./run.ts";

/** Writes the page of a comparison; the status that it gives the program. */
export async function writeDiffPage(path: string, diff: VersionsDiff): Promise<ExitCode> {
  return written(path, await diffPage(diff));
}

/** Writes the page of a check; a small spec is searched once more, for the state graph. */
export async function writeCheckPage(
  path: string,
  { machine, exploration, findings }: CheckResult<Found>,
): Promise<ExitCode> {
  const { complete, distinctStates } = exploration;
  const small = complete && distinctStates !== null && distinctStates <= mostStates;
  const search = small ? finish(explore(packedSystem(machine), DEFAULT_SEARCH)) : null;
  return written(path, await checkPage(machine, exploration, findings, search));
}

function written(path: string, text: string): ExitCode {
  return wroteFile(path, text) ? exitCodes.holds : exitCodes.usage;
}
