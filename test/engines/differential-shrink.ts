// Makes a random spec smaller while one engine still tells it differently, in the same way, from Weft.

import type { Engine } from "../../src/engines/engine.ts";
import { format } from "../../src/language/format.ts";
import { prepare } from "../support/corpus.ts";
import type { RandomSpec } from "../support/random-spec.ts";
import { shrinkSlowly } from "../support/shrink.ts";
import { type CompareOptions, compareEngines, type EngineComparison } from "./differential.ts";

/** A small spec, and what its engine says of it. */
export interface Small {
  readonly spec: RandomSpec;
  readonly comparison: EngineComparison;
}

/** The smallest spec found within the time that still gives the comparison's signature; null if it is not seen again. */
export async function smallest(
  spec: RandomSpec,
  engine: Engine | "interpreter",
  signature: string,
  options: CompareOptions,
  seconds: number,
): Promise<Small | null> {
  const deadline = performance.now() + 1000 * seconds;
  const until = (): boolean => performance.now() > deadline || options.signal.aborted;
  let best: Small | null = null;
  const shows = async (candidate: RandomSpec): Promise<boolean> => {
    if (until()) return false;
    const inside = engine === "interpreter";
    const comparison = await compareEngines(candidate, inside ? [] : [engine], {
      ...options,
      interpreter: inside,
    });
    if (comparison.kind !== "compared") return false;
    const [mine] = comparison.engines;
    if (mine?.signature !== signature) return false;
    best = { spec: candidate, comparison: mine };
    return true;
  };

  if (!(await shows(spec))) return null;
  const whole = inOneFile(spec);
  const start = whole !== null && (await shows(whole)) ? whole : spec;
  const files = new Map(start.files);
  for (const [path, text] of start.files) {
    const small = await shrinkSlowly(
      text,
      (smaller) => shows({ ...start, files: new Map(files).set(path, smaller) }),
      until,
    );
    files.set(path, small);
  }
  return best;
}

/** A patched or assembled spec as one file. */
function inOneFile(spec: RandomSpec): RandomSpec | null {
  const { file } = prepare(spec);
  if (file === null || spec.files.size === 1) return null;
  const text = format({ ...file, texts: [], comments: [] });
  return { ...spec, files: new Map([[spec.path, text]]) };
}
