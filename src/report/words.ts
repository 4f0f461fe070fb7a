// The sentences of reports: what a fault, a limit, an outcome is called.

import type { Limit, VerdictKind } from "../checker/exploration.ts";
import { cellsOf } from "../diagnostics/width.ts";
import type { FaultKind } from "../machine/machine.ts";

const faults: Readonly<Record<FaultKind, string>> = {
  range: "value out of range",
  index: "index out of range",
  "null-used": "null used",
  "sequence-full": "sequence full",
  "sequence-empty": "sequence empty",
  "empty-set": "set empty",
  division: "division outside its domain",
  "double-acquire": "lock already held",
  "release-not-held": "lock not held",
  "downgrade-not-held": "lock not held for writing",
  "lock-held-at-end": "ends with a lock held",
  "contract-broken": "lock contract broken",
  "atomic-stuck": "atomic block cannot go on",
  "endless-loop": "loop never ends",
  "negative-cost": "negative cost",
};

/** A fault in few words. */
export function faultWords(fault: FaultKind): string {
  return faults[fault];
}

const limits: Readonly<Record<Limit, string>> = {
  "max-states": "the limit on states was reached",
  memory: "the limit on memory was reached",
  disk: "the disk could not take more states",
  "time-limit": "the time limit was reached",
  interrupted: "it was interrupted",
  "first-violation": "it stopped at the first violation",
  walks: "random walks only",
};

/** Why a search ended early. */
export function limitWords(limit: Limit): string {
  return limits[limit];
}

const kinds: Readonly<Record<VerdictKind, string>> = {
  invariant: "invariant",
  step: "step",
  cover: "cover",
  assert: "assert",
  deadlock: "freedom from deadlock",
  stuck: "freedom from stuck processes",
  range: "freedom from faults",
  lock_use: "lock use",
  lock_order: "lock order",
};

/** What a kind of verdict is called in front of its outcome. */
export function kindWords(kind: VerdictKind): string {
  return kinds[kind];
}

/** `1 step`, `2 steps`, `2 switches`. */
export function plural(count: number, word: string): string {
  const ending = count === 1 ? "" : /(s|x|ch|sh)$/.test(word) ? "es" : "s";
  return `${grouped(count)} ${word}${ending}`;
}

/** Digits in groups of three. */
export function grouped(count: number | bigint): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** `a, b and c` */
export function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length <= 1 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}

/** A text of the spec on one line: single blanks, no tabs, nothing that upsets a terminal. */
export function oneLine(text: string): string {
  return cellsOf(text.trim().replace(/\s+/g, " "))
    .map((cell) => cell.text)
    .join("");
}

/** `182 MiB`, `1.5 GiB` */
export function memoryWords(bytes: number): string {
  const [gibi, mebi] = [2 ** 30, 2 ** 20];
  return bytes < gibi ? `${(bytes / mebi).toFixed(0)} MiB` : `${(bytes / gibi).toFixed(1)} GiB`;
}
