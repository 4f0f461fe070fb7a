// `--spill FOLDER`: where a search goes on that outgrows the memory.

import { type SpillFolder, spillFolder, unfitForSpill } from "../runtime/spill.ts";
import { remark } from "./console.ts";
import type { CheckOptions } from "./options.ts";

/** Why `--spill` cannot be had so; null if it can, or is not asked for. `given`: was this option on the command line? */
export function spillMisuse(
  options: CheckOptions & { readonly freeze?: boolean; readonly frozen?: boolean },
  given: (name: string) => boolean,
): string | null {
  const { spill } = options;
  if (spill === undefined) return null;
  const reasons: readonly (readonly [boolean, string])[] = [
    [given("engine"), "--engine: it is Weft's own search that keeps states on disk"],
    [options.freeze === true, "--freeze: only states in memory are written down in short"],
    [options.frozen === true, "--frozen: only states in memory are compared"],
    [given("checkpoint"), "--checkpoint: it keeps searches in memory"],
    [given("resume"), "--resume: it goes on with searches in memory"],
    [options.backend === "interpreter", "--backend interpreter: its states have no fixed size"],
    [options.fewestSwitches === true, "--fewest-switches: that takes all states in memory"],
  ];
  const reason = reasons.find(([wrong]) => wrong)?.[1];
  if (reason !== undefined) return `--spill does not go with ${reason}`;
  const unfit = unfitForSpill(spill);
  return unfit === null ? null : `--spill ${spill}: ${unfit}`;
}

/** Gives a search the folder that it may use, and removes what it left there. */
export async function withSpill<R>(
  { spill }: CheckOptions,
  search: (disk: SpillFolder | null) => Promise<R>,
): Promise<R> {
  if (spill === undefined) return search(null);
  const disk = spillFolder(spill);
  try {
    return await search(disk);
  } finally {
    disk.remove();
    if (disk.failure !== null) remark(`--spill ${spill}: ${disk.failure}`);
  }
}
