// What TLC is asked about a machine: the translation, what is to be judged in it, and how states are read.

import type { State } from "../checker/transition-system.ts";
import type { Machine } from "../machine/machine.ts";
import type { EngineAnswer, EngineVerdict } from "./engine.ts";
import type { TlcCheck, TlcSubject } from "./tlc-module.ts";
import { readState } from "./tlc-state.ts";
import type { TlaValue } from "./tlc-value.ts";

export interface TlcQuestion {
  readonly subject: TlcSubject;
  readonly files: readonly { readonly name: string; readonly text: string }[];
  readonly verdicts: readonly Pick<EngineVerdict, "kind" | "name">[];
  /** Of those of one verdict the first that is found decides. */
  readonly checks: readonly TlcQuestionCheck[];
  /** A state of the machine, from the values of the module's variables. */
  readState(values: ReadonlyMap<string, TlaValue>): State;
}

export interface TlcQuestionCheck extends TlcCheck {
  /** One of the question's. */
  readonly verdict: TlcQuestion["verdicts"][number];
  /** What it says when it is found. */
  readonly outcome: EngineVerdict["outcome"];
}

export type Asked =
  | { readonly kind: "question"; readonly question: TlcQuestion }
  | (EngineAnswer & { readonly kind: "failure" });

export function tlcQuestion(machine: Machine): Asked {
  throw new Error(machine.name + String(readState));
}
