// Runs commands symbolically: when they can be taken, and when they fault, in terms of the state before the step.

import type { Command } from "../../machine/command.ts";
import type { Refusal } from "../translation.ts";
import type { Scalar } from "./scalar.ts";
import type { Notions } from "./scope.ts";
import type { FaultSite, Reading, Who } from "./symbolic.ts";

export type Executed<T> =
  | { readonly kind: "result"; readonly result: T }
  | { readonly kind: "refusal"; readonly refusal: Refusal };

/** The condition under which the command can be taken. `reading.local` gives choices, the index and stored locals. */
export function offered(
  _command: Command,
  _notions: Notions,
  _reading: Reading,
  _self: Who | null,
): Executed<Scalar> {
  throw new Error("to come");
}

/** Everything that may go wrong in the command, once taken, in terms of the state before it. */
export function faultsOf(
  _command: Command,
  _notions: Notions,
  _reading: Reading,
  _self: Who | null,
): Executed<readonly FaultSite[]> {
  throw new Error("to come");
}
