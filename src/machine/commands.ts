// Splits the machine's code into commands: one way through a step each, in the order of successors.

import type { Span } from "../diagnostics/source.ts";
import type { Command } from "./command.ts";
import { Refused, waysThrough } from "./commands-split.ts";
import type { Machine, MachineLocal } from "./machine.ts";

export type Commands =
  | { readonly kind: "commands"; readonly commands: readonly Command[] }
  | {
      readonly kind: "refusal";
      readonly refusal: { readonly span: Span | null; readonly reason: string };
    };

/**
 * All commands, in the order of successors. In their code
 * - assumptions stand at the top level only, never inside an `if` or `loop`;
 * - an `if` with a way that does not fall through (it goes elsewhere, faults, or jumps in a loop) is the last op of its
 *   block, the rest of the path being in its arms.
 */
export function commandsOf(machine: Machine): Commands {
  try {
    const ofProcesses = machine.processes.flatMap((process) =>
      process.locations.flatMap((location) =>
        named(
          `${process.name}.${location.name}`,
          { kind: "process", process, location },
          process.index === null ? process.locals : [process.index, ...process.locals],
          location.code,
        ),
      ),
    );
    const ofActions = machine.actions.flatMap((action) =>
      named(
        action.name,
        { kind: "action", action },
        [...action.parameters, ...action.locals],
        action.code,
      ),
    );
    return { kind: "commands", commands: [...ofProcesses, ...ofActions] };
  } catch (thrown) {
    if (!(thrown instanceof Refused)) throw thrown;
    return { kind: "refusal", refusal: { span: thrown.span, reason: thrown.message } };
  }
}

function named(
  name: string,
  owner: Command["owner"],
  locals: readonly MachineLocal[],
  code: Parameters<typeof waysThrough>[0],
): readonly Command[] {
  if (code.length === 0) return [];
  const ways = waysThrough(code, new Set(locals.map((local) => local.name)));
  return ways.map((way, position) => ({
    name: ways.length === 1 ? name : `${name}~${position + 1}`,
    owner,
    ...way,
  }));
}
