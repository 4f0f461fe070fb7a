// Calls: a body of their own on the stack, with cells of their own for its locals, and the promise checked at its end.

import { evaluate } from "../../src/checker/evaluate.ts";
import type { Call, Local } from "../../src/language/model.ts";
import { block } from "./oracle-jumps.ts";
import { type Names, namesFor, newCell, push, type Way, type Work } from "./oracle-path.ts";
import { around, lockWork, type Oracle, type Outcome } from "./oracle-values.ts";

/** Puts a call on the stack; its result goes into a cell, if anybody wants it. */
export function enter(
  oracle: Oracle,
  way: Way,
  call: Call,
  result: number | null,
  names: Names,
): void {
  const { function: callee } = call;
  const given = new Map<Local, number>();
  const environment = around(oracle, way, names);
  callee.parameters.forEach((parameter, index) => {
    const argument = call.arguments[index];
    if (argument === undefined) throw new Error(`${callee.name} lacks an argument`);
    if (argument.kind === "reference") {
      given.set(parameter, names.get(argument.local) ?? -1);
      return;
    }
    const cell = newCell();
    way.cells.set(cell, evaluate(argument.value, environment));
    given.set(parameter, cell);
  });
  const inside = namesFor(callee.body, given, way);
  push(way, block(callee.body, inside), {
    kind: "exit",
    callee,
    result,
    body: callee.body,
    names: inside,
  });
}

export function leaveCall(
  oracle: Oracle,
  way: Way,
  work: Work & { readonly kind: "exit" },
): Outcome {
  const { callee, result, names } = work;
  if (callee?.contract == null || result === null) return "on";
  const { lock, span } = callee.contract;
  const value = way.cells.get(result) ?? null;
  return lockWork(
    oracle,
    way,
    {
      kind: "contract",
      lock,
      result: { kind: "literal", value, type: { kind: "bool" }, span },
      span,
    },
    names,
  );
}
