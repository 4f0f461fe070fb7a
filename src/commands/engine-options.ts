// The options of checks by engines outside, and those of a check that do not go with them.

import { type Command, Option } from "commander";
import type { EngineName } from "../engines/engine.ts";
import type { CheckOptions } from "./options.ts";

export interface EngineOptions {
  readonly engine?: EngineName | "all";
  /** Where TLC is. */
  readonly tlc?: string;
}

/** `--engine`, `--tlc`. */
export function withEngine(command: Command): Command {
  return command
    .addOption(
      new Option(
        "--engine <which>",
        "let another model checker search; all: every one that is here, side by side with Weft",
      ).choices(["spin", "rumur", "tlc", "all"]),
    )
    .option(
      "--tlc <path>",
      "tla2tools.jar or the class path of TLC (default: the variable WEFT_TLC)",
    );
}

/** Why these options do not go together; null if they do. `given`: was this option on the command line? */
export function engineMisuse(
  options: CheckOptions & EngineOptions,
  given: (name: string) => boolean,
): string | null {
  const { engine } = options;
  if (engine === undefined) {
    return options.tlc === undefined ? null : "--tlc goes with --engine tlc or --engine all";
  }
  if (options.tlc !== undefined && engine !== "tlc" && engine !== "all") {
    return `--tlc says nothing to ${engine}`;
  }
  const reasons: readonly (readonly [boolean, string])[] = [
    [options.first === true, "--first: other engines are asked for all verdicts at once"],
    [
      options.fewestSwitches === true,
      "--fewest-switches: a counterexample is shown as the other engine found it",
    ],
    [
      options.maxStates !== undefined,
      "--max-states: other engines count in ways of their own; --time-limit and --memory bound them",
    ],
    [
      given("backend"),
      engine === "all"
        ? "--backend: both of Weft's own machines run anyway"
        : "--backend: the other engine takes the steps, not a machine of Weft's",
    ],
    [!options.fold, "--no-fold: other engines know no local work that is no step"],
  ];
  const reason = reasons.find(([wrong]) => wrong)?.[1];
  return reason === undefined ? null : `--engine does not go with ${reason}`;
}
