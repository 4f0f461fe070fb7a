// All states and steps of a small machine, by the interpreter and a plain breadth-first search: what brute force works on.

import { type InterpretedStep, type Interpreter, interpret } from "../../src/checker/interpret.ts";
import type { Beginning } from "../../src/checker/interpret-initial.ts";
import { faultKey } from "../../src/checker/interpreted-system.ts";
import type { State } from "../../src/checker/transition-system.ts";
import type { Machine } from "../../src/machine/machine.ts";
import { stateKey } from "../../src/machine/state.ts";

export interface ExplicitGraph {
  readonly interpreter: Interpreter;
  readonly states: readonly State[];
  /** By state: the steps from it. */
  readonly steps: readonly (readonly ExplicitStep[])[];
  readonly beginnings: readonly ExplicitBeginning[];
  numberOf(state: State): number;
}

export interface ExplicitStep {
  readonly from: number;
  readonly mover: number;
  /** The state that it leads to; -1 if it faults. */
  readonly to: number;
  /** What tells it from others of the same mover: the state that it leads to, or how it faults. */
  readonly key: string;
  readonly taken: InterpretedStep;
}

export interface ExplicitBeginning {
  readonly state: number;
  readonly beginning: Beginning;
}

/** The graph of a machine; null if it has more states than that. */
export function explicitGraph(machine: Machine, maxStates: number): ExplicitGraph | null {
  const interpreter = interpret(machine);
  const numbers = new Map<string, number>();
  const states: State[] = [];
  const steps: ExplicitStep[][] = [];
  const numberOf = (state: State): number => {
    const key = stateKey(state);
    const number = numbers.get(key) ?? states.push(state) - 1;
    numbers.set(key, number);
    return number;
  };
  const beginnings = interpreter.initial().flatMap((beginning): ExplicitBeginning[] => {
    return beginning.state === null ? [] : [{ state: numberOf(beginning.state), beginning }];
  });
  for (let from = 0; from < states.length; from += 1) {
    if (states.length > maxStates) return null;
    steps[from] = interpreter.steps(states[from] as State).map((taken): ExplicitStep => {
      const to = taken.next === null ? -1 : numberOf(taken.next);
      const key = taken.fault === null ? `${to}` : faultKey(taken.fault);
      return { from, mover: taken.mover, to, key, taken };
    });
  }
  return { interpreter, states, steps, beginnings, numberOf };
}
