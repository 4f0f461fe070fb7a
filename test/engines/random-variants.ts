// The random specs that go through the engines: those of the whole tool's tests, some of them made harder for translations.

import { seeded } from "../support/random.ts";
import { type RandomSpec, randomSpec } from "../support/random-spec.ts";
import { withFaultyClaims } from "./random-faulty-claims.ts";
import { withClashingNames } from "./random-names.ts";

/** The spec of a seed; one in four has names that clash, one in four claims that fault. */
export function specOf(seed: number): RandomSpec {
  const spec = randomSpec(seed);
  if (seed % 4 === 1) return withFaultyClaims(spec, seeded(seed));
  return seed % 4 === 3 ? withClashingNames(spec, seeded(seed)) : spec;
}
