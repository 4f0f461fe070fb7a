// What every translation to another notation gives: files, the names that had to be changed, and what it cannot say.

import type { Span } from "../diagnostics/source.ts";

export interface Translation {
  /** The first one is the translation itself; others belong to it (a `.cfg`). Names have no folder. */
  readonly files: readonly { readonly name: string; readonly text: string }[];
  /** Names of the spec that the notation could not take as they are, in the order of the text. */
  readonly renamed: readonly { readonly from: string; readonly to: string }[];
}

/** A machine that a notation cannot express; shown as the diagnostic `not-translatable`. */
export interface Refusal {
  readonly span: Span | null;
  /** Ends the sentence "… cannot be written in Promela: ". */
  readonly reason: string;
}

export type Translated<T extends Translation = Translation> =
  | { readonly kind: "translation"; readonly translation: T }
  | { readonly kind: "refusal"; readonly refusal: Refusal };
