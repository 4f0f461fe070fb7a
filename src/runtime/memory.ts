// How much memory a search may take if nobody says.

import { freemem, totalmem } from "node:os";

/** Three quarters of what is free, at least half a gigabyte. */
export function defaultMemory(): number {
  const free = Math.min(freemem(), totalmem());
  return Math.max(0.75 * free, 2 ** 29);
}
