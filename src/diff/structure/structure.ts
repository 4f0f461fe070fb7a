// What a patch changed in the text of the protocol, and what it brought to life or left dead.

import type { Span } from "../../diagnostics/source.ts";
import type { Line, Machine } from "../../machine/machine.ts";
import type { Matching } from "../matching/matching.ts";
import type { Version } from "../version.ts";
import { declarationChanges } from "./declarations.ts";
import { reachChanges } from "./reach.ts";

export interface Structure {
  /** Functions, processes and actions whose steps differ, in the order of the new version, those that are gone last. */
  readonly owners: readonly OwnerChange[];
  /** Declarations other than code: params, consts, variables, locks, properties, costs … that differ. */
  readonly declarations: readonly DeclarationChange[];
  /** Actions, branches and labels that became reachable, or dead. */
  readonly reach: readonly ReachChange[];
}

export interface OwnerChange {
  readonly kind: "process" | "fn" | "action";
  readonly name: string;
  readonly change: "added" | "removed" | "changed";
  /** In the order of the text; a line that is gone stands where it stood. */
  readonly steps: readonly StepChange[];
}

export interface StepChange {
  readonly change: "added" | "removed" | "changed";
  /** Null where the version has no such line. */
  readonly before: Line | null;
  readonly after: Line | null;
}

export interface DeclarationChange {
  /** As it is declared: `const`, `param`, `var`, `spinlock`, `invariant` …; of `fn`, `process` and `action` the head. */
  readonly kind: string;
  /** Empty for what has none: `assume`, `init`, `terminal`, `observe`. */
  readonly name: string;
  readonly change: "added" | "removed" | "changed";
  /** On one line, as the formatter prints it, shortened by reports as they need; null where there is none. */
  readonly before: string | null;
  readonly after: string | null;
  readonly span: Span | null;
}

export interface ReachChange {
  readonly kind: "action" | "branch" | "label";
  /** `f.L`, an action's name, or a branch in words. */
  readonly name: string;
  /** The fn, process or action that holds it. */
  readonly owner: string;
  readonly became: "reachable" | "dead";
  readonly span: Span | null;
}

/** What changed in the text of the protocol. */
export function structureOf(before: Version, after: Version, matching: Matching): Structure {
  return {
    owners: ownerChanges(before.machine, after.machine, matching),
    declarations: declarationChanges(before.machine, after.machine),
    reach: reachChanges(before, after, matching),
  };
}

/** The bodies whose lines differ. */
function ownerChanges(before: Machine, after: Machine, matching: Matching): readonly OwnerChange[] {
  const heads = new Map([...ownersOf(before), ...ownersOf(after)]);
  const order = new Set([...ownersOf(after).keys(), ...heads.keys()]);
  return [...order].flatMap((name): readonly OwnerChange[] => {
    const kind = heads.get(name) ?? "fn";
    const change = !ownersOf(before).has(name)
      ? "added"
      : ownersOf(after).has(name)
        ? "changed"
        : "removed";
    const steps = stepChanges(before, after, matching, name);
    return change === "changed" && steps.length === 0 ? [] : [{ kind, name, change, steps }];
  });
}

function ownersOf({ declared }: Machine): ReadonlyMap<string, OwnerChange["kind"]> {
  const owners = new Map<string, OwnerChange["kind"]>();
  for (const { kind, name } of declared) {
    if (name !== null && (kind === "fn" || kind === "process" || kind === "action")) {
      owners.set(name, kind);
    }
  }
  return owners;
}

/** The lines of one body that differ: those of the new version in order, each behind the old ones that stood before it. */
function stepChanges(
  before: Machine,
  after: Machine,
  matching: Matching,
  owner: string,
): readonly StepChange[] {
  const steps: StepChange[] = [];
  const removed = linesOf(before, owner).filter((line) => (matching.after[line] ?? -1) < 0);
  let gone = 0;
  const takeRemoved = (upTo: number): void => {
    for (let line = removed[gone]; line !== undefined && line < upTo; line = removed[gone]) {
      steps.push({ change: "removed", before: before.lines[line] ?? null, after: null });
      gone += 1;
    }
  };
  for (const line of linesOf(after, owner)) {
    const old = matching.before[line] ?? -1;
    const fresh = after.lines[line] ?? null;
    if (old < 0) {
      steps.push({ change: "added", before: null, after: fresh });
      continue;
    }
    takeRemoved(old);
    if (matching.changed[line] === 1) {
      steps.push({ change: "changed", before: before.lines[old] ?? null, after: fresh });
    }
  }
  takeRemoved(before.lines.length);
  return steps;
}

/** Indices of the lines of a body, in the order of the text. */
function linesOf({ lines }: Machine, owner: string): readonly number[] {
  return [...lines.keys()].filter((line) => lines[line]?.function === owner);
}
