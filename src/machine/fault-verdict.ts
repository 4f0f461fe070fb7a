// Which verdict a fault counts against.

import type { FaultKind } from "./machine.ts";

/** Faults that are misuses of locks; all others are reported as `range`. */
const LOCK_FAULTS: ReadonlySet<FaultKind> = new Set<FaultKind>([
  "double-acquire",
  "release-not-held",
  "downgrade-not-held",
  "lock-held-at-end",
  "contract-broken",
]);

/** The verdict that a fault makes `violated`. */
export function faultVerdict(fault: FaultKind): "lock_use" | "range" {
  return LOCK_FAULTS.has(fault) ? "lock_use" : "range";
}
