// Splits the machine's code into commands: one way through a step each, in the order of successors.

import type { Span } from "../diagnostics/source.ts";
import type { Command } from "./command.ts";
import type { Machine } from "./machine.ts";

export type Commands =
  | { readonly kind: "commands"; readonly commands: readonly Command[] }
  | {
      readonly kind: "refusal";
      readonly refusal: { readonly span: Span | null; readonly reason: string };
    };

/** All commands; assumptions stand at the top level of a command's code only, never inside an `if` or `loop`. */
export function commandsOf(_machine: Machine): Commands {
  throw new Error("to come");
}
