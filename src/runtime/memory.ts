// How much memory a search may take if nobody says, and how much was taken.

import { freemem, totalmem } from "node:os";

/** The most memory that this program has had so far, in bytes. */
export function peakMemory(): number {
  const kibi = 1024;
  return process.resourceUsage().maxRSS * kibi;
}

/** The memory that this program has now, in bytes. */
export function memoryInUse(): number {
  return process.memoryUsage.rss();
}

/** Three quarters of what is free, at least half a gigabyte. */
export function defaultMemory(): number {
  const free = Math.min(freemem(), totalmem());
  return Math.max(0.75 * free, 2 ** 29);
}
