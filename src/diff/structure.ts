// What a patch changed in the text of the protocol, and what it brought to life or left dead.

import type { Span } from "../diagnostics/source.ts";
import type { Line } from "../machine/machine.ts";
import type { Matching } from "./matching.ts";
import type { Version } from "./version.ts";

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
  readonly steps: readonly StepChange[];
}

export interface StepChange {
  readonly change: "added" | "removed" | "changed";
  /** Null where the version has no such line. */
  readonly before: Line | null;
  readonly after: Line | null;
}

export interface DeclarationChange {
  /** As it is declared: `const`, `param`, `var`, `spinlock`, `invariant` … */
  readonly kind: string;
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
export function structureOf(_before: Version, _after: Version, _matching: Matching): Structure {
  return { owners: [], declarations: [], reach: [] };
}
