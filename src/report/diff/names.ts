// How the versions, their runs and the properties that are compared are called.

import type { VectorDifference, VersionsDiff } from "../../diff/vectors.ts";
import type { VerdictPair } from "../../diff/verdicts.ts";
import { kindWords } from "../words.ts";
import { type Code, code, type Phrase, say } from "./block.ts";

/** What sentences call the two versions: by their files' names, unless these are the same. */
export interface Names {
  readonly before: string;
  readonly after: string;
}

export function namesOf({ before, after }: VersionsDiff): Names {
  return before === after ? { before: "old", after: "new" } : { before, after };
}

/** `DEBUG_VM = false`; empty if nothing varies. */
export function vectorName({ values }: Pick<VectorDifference, "values">): string {
  return values.map(([name, value]) => `${name} = ${value}`).join(", ");
}

/** `invariant unmap_complete`, `freedom from deadlock`. */
export function propertyName({ kind, name }: Pick<VerdictPair, "kind" | "name">): Phrase {
  return kind === name ? [kindWords(kind)] : say`${kindWords(kind)} ${code(name)}`;
}

/** What can be said where a counterexample does not show what it showed. */
export function sparedPhrase({ kind, name }: Pick<VerdictPair, "kind" | "name">): Phrase {
  switch (kind) {
    case "deadlock":
      return say`there is no deadlock`;
    case "stuck":
      return say`no process is stuck`;
    case "range":
      return say`there is no fault`;
    case "lock_use":
      return say`no lock is misused`;
    case "lock_order":
      return say`the order of locks has no cycle`;
    case "assert":
      return say`${code(name)} does not fail`;
    case "invariant":
    case "step":
    case "cover":
      return say`${code(name)} is not violated`;
    default:
      return kind satisfies never;
  }
}

/** The name by which a sentence speaks of it. */
export function shortName({ kind, name }: Pick<VerdictPair, "kind" | "name">): Code | string {
  return kind === name ? kindWords(kind) : code(name);
}
