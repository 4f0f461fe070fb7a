// Does a behaviour of the new version end with what the old counterexample showed?

import type { Verdict } from "../../checker/exploration.ts";
import type { Interpreter } from "../../checker/interpret.ts";
import { beginningVerdicts, stateVerdicts, stepVerdicts } from "../../checker/judgement.ts";
import { startSteps } from "../../checker/trace.ts";
import type { State } from "../../checker/transition-system.ts";
import type { Reached } from "./follow.ts";

/**
 * Judges the end of a way by the state that it comes to and by its last step. Whether a process is stuck for ever is seen
 * from what can follow only, and is not judged here.
 */
export function showsAtEnd(
  interpreter: Interpreter,
  { name, kind }: Pick<Verdict, "name" | "kind">,
): (end: Reached) => boolean {
  return ({ state, how, previous }) => {
    const taken = "step" in how ? how.step : null;
    const wrong = [
      ...(taken === null || previous === null
        ? []
        : stepVerdicts(interpreter, previous.state, taken)),
      ...(how.kind === "start" ? startVerdicts(interpreter, state) : []),
      ...(taken?.fault == null ? stateVerdicts(interpreter, state) : []),
    ];
    return wrong.some((verdict) => verdict.name === name && verdict.kind === kind);
  };
}

/** What the work before the first step does wrong. */
function startVerdicts(interpreter: Interpreter, state: State): readonly Verdict[] {
  const start = interpreter.beginningWith(state)?.start ?? [];
  return beginningVerdicts(interpreter, {
    start: startSteps(interpreter.machine, interpreter, start),
  });
}
