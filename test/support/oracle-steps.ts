// Which of the things still to be done is a step, by the rules of the language reference.

import { readsShared } from "../../src/language/expressions.ts";
import type { Call, Computation, Place, Stmt } from "../../src/language/model.ts";
import type { Work } from "./oracle-path.ts";

function statementOf(work: Work): Stmt | null {
  return work.kind === "block" ? (work.body.statements[work.position] ?? null) : null;
}

export function isEntry(work: Work): boolean {
  return statementOf(work)?.kind === "atomic";
}

export function isStep(work: Work): boolean {
  switch (work.kind) {
    case "block": {
      const statement = statementOf(work);
      return statement !== null && isStepStatement(statement);
    }
    case "again":
      return work.statement.kind === "while" && takesStep(work.statement.condition.computation);
    case "arms": {
      const arm = work.statement.arms[work.arm];
      return arm !== undefined && takesStep(arm.condition.computation);
    }
    case "next":
      return work.statement.any && work.left.length > 0;
    case "store":
      return isSharedPlace(work.statement.target);
    default:
      return false;
  }
}

function isStepStatement(statement: Stmt): boolean {
  switch (statement.kind) {
    case "skip":
    case "acquire":
    case "release":
    case "downgrade":
    case "await":
    case "either":
    case "pick":
    case "atomic":
      return true;
    case "assign": {
      const { value, target } = statement;
      if (value.kind === "call") return takesStep(value);
      return isSharedPlace(target) || takesStep(value);
    }
    case "assert":
      return readsShared(statement.condition);
    case "call":
      return passesShared(statement.call);
    case "return":
      return statement.value !== null && takesStep(statement.value);
    case "for":
      return statement.any && readsShared(statement.set);
    default:
      // The conditions of `if` and `while` are work of their own.
      return false;
  }
}

function takesStep(computation: Computation): boolean {
  switch (computation.kind) {
    case "expression":
      return readsShared(computation.value);
    case "call":
      return passesShared(computation.call);
    default:
      return true;
  }
}

function passesShared(call: Call): boolean {
  return call.arguments.some((one) => one.kind === "value" && readsShared(one.value));
}

function isSharedPlace({ root, path }: Place): boolean {
  return (
    root.kind === "variable" ||
    path.some((step) => step.kind !== "field" && readsShared(step.index))
  );
}
