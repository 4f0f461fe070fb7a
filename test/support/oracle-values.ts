// What the statements of the oracle do to variables, locals and locks.

import { type Environment, evaluate, Fault } from "../../src/checker/evaluate.ts";
import { runCode } from "../../src/checker/interpret-code.ts";
import { sameValue } from "../../src/checker/values.ts";
import type { Computation, Local, Place } from "../../src/language/model.ts";
import type { Value } from "../../src/language/types.ts";
import type { Machine, MachineLocal, Op } from "../../src/machine/machine.ts";
import { type Names, storeAt, valueAt, valuesOf, type Way } from "./oracle-path.ts";

/** Rounds of a loop inside one step, as the machines of the corpus allow. */
export interface Oracle {
  readonly machine: Machine;
  readonly loopLimit: number;
}

/** `forked`: the way has ended here, or gone on as others. */
export type Outcome = "on" | "forked";

export function around({ machine }: Oracle, way: Way, names: Names): Environment {
  return { machine, state: way.state, step: null, locals: valuesOf(names, way), bound: null };
}

export function assign(
  oracle: Oracle,
  way: Way,
  { target, operator }: { readonly target: Place; readonly operator: ":=" | "+=" | "-=" },
  computed: () => Value,
  names: Names,
): void {
  const environment = around(oracle, way, names);
  const old = operator === ":=" ? null : Number(valueAt(target, way, names, environment));
  const value = computed();
  const sum = old === null ? value : operator === "+=" ? old + Number(value) : old - Number(value);
  // A step function may have changed what an index reads.
  storeAt(target, sum, way, names, around(oracle, way, names));
}

export function compute(oracle: Oracle, way: Way, computation: Computation, names: Names): Value {
  const environment = around(oracle, way, names);
  switch (computation.kind) {
    case "expression":
      return evaluate(computation.value, environment);
    case "try-acquire": {
      const { lock, span } = computation;
      const result: MachineLocal = {
        ...{ kind: "local", name: "taken", type: { kind: "bool" }, role: "result", span },
        stored: false,
      };
      const { outcomes } = runCode(
        oracle.machine,
        way.instance,
        [{ kind: "try-acquire", lock, result, span }, { kind: "stop" }],
        way.state,
        valuesOf(names, way),
      );
      const [outcome] = outcomes;
      if (outcome === undefined) throw new Error("a try waits");
      if (outcome.fault !== null) throw new Fault(outcome.fault.kind, outcome.fault.span);
      way.state = outcome.next ?? way.state;
      return outcome.events.some((event) => event.kind === "try-acquire" && event.taken);
    }
    case "step-function": {
      const { place } = computation;
      const old = valueAt(place, way, names, environment);
      const [first, second] = computation.arguments;
      if (first === undefined) throw new Error("a step function without arguments");
      if (computation.function === "cmpxchg") {
        const equal = sameValue(old, evaluate(first, environment));
        if (equal && second !== undefined) {
          storeAt(place, evaluate(second, environment), way, names, environment);
        }
        return equal;
      }
      const given = evaluate(first, environment);
      const next = computation.function === "xchg" ? given : Number(old) + Number(given);
      storeAt(place, next, way, names, environment);
      return old;
    }
    case "call":
      throw new Error("a call has no value before it is over");
    default:
      return computation satisfies never;
  }
}

/** Runs one op on locks or costs, as the interpreter of machines does. */
export function lockWork(
  oracle: Oracle,
  way: Way,
  op: Op,
  names: Names = new Map<Local, number>(),
): Outcome {
  const { machine } = oracle;
  const locals = valuesOf(names, way);
  const { outcomes } = runCode(machine, way.instance, [op, { kind: "stop" }], way.state, locals);
  const [outcome] = outcomes;
  if (outcome === undefined) return "forked";
  if (outcome.fault !== null) throw new Fault(outcome.fault.kind, outcome.fault.span);
  way.state = outcome.next ?? way.state;
  way.notes.push(...outcome.notes);
  way.costs = way.costs.map((cost, index) => cost + (outcome.costs[index] ?? 0));
  return "on";
}
