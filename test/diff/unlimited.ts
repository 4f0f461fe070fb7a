// A comparison that nothing stops.

import type { DifferenceOptions } from "../../src/diff/options.ts";

export const UNLIMITED: DifferenceOptions = {
  observe: null,
  interrupted: () => false,
  now: () => 0,
  memoryBytes: Number.POSITIVE_INFINITY,
  timeLimitSeconds: Number.POSITIVE_INFINITY,
};
