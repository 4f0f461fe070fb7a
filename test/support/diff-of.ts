// Two versions compared, from texts in memory or files of the repository.

import { finish } from "../../src/checker/explore.ts";
import { difference } from "../../src/diff/difference.ts";
import type { VersionsDiff } from "../../src/diff/vectors.ts";
import type { Version } from "../../src/diff/version.ts";
import { UNLIMITED } from "../diff/unlimited.ts";
import { versionAt } from "./transplanted.ts";

/** The name that the command would give a file. */
function named(path: string, version: Version): Version {
  return { ...version, name: path.replace(/^.*\//, "").replace(/\.weft$/, "") };
}

/** The comparison of two versions, as `weft diff` makes it. */
export function diffOf(
  before: Version,
  after: Version,
  observe: readonly string[] | null = null,
): VersionsDiff {
  const compared = finish(difference(before, after, { ...UNLIMITED, observe }));
  return {
    before: before.name,
    after: after.name,
    vectors: [{ values: [], difference: compared }],
  };
}

/** The comparison of two files of the repository. */
export function diffOfFiles(before: string, after: string): VersionsDiff {
  return diffOf(named(before, versionAt(before)), named(after, versionAt(after)));
}

/** The comparison of two texts, called `old` and `new`. */
export function diffOfTexts(
  before: string,
  after: string,
  observe: readonly string[] | null = null,
): VersionsDiff {
  const files = { "old.weft": before, "new.weft": after };
  const [old, fresh] = ["old.weft", "new.weft"].map((path) => named(path, versionAt(path, files)));
  if (old === undefined || fresh === undefined) throw new Error("two versions");
  return diffOf(old, fresh, observe);
}
