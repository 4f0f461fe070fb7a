// Locals whose values are known while loops are unrolled.

import { evaluateConstant } from "../language/constants.ts";
import { mapChildren } from "../language/expressions.ts";
import type { Expr, Local, Value } from "./machine.ts";

/** Locals that are set; `value` is null if what they become is not told by the op itself. */
export type Assignments = readonly { readonly local: Local; readonly value: Expr | null }[];

export class Known {
  private readonly values: ReadonlyMap<Local, Value>;

  constructor(values: ReadonlyMap<Local, Value> = new Map()) {
    this.values = values;
  }

  /** Is the condition surely true or surely false? Null if that is not known. */
  truth(condition: Expr): boolean | null {
    const value = this.value(condition);
    return typeof value === "boolean" ? value : null;
  }

  after(assignments: Assignments): Known {
    if (assignments.length === 0) return this;
    const values = new Map(this.values);
    for (const { local, value } of assignments) {
      const known = value === null ? undefined : this.value(value);
      if (known === undefined) values.delete(local);
      else values.set(local, known);
    }
    return new Known(values);
  }

  private value(expr: Expr): Value | undefined {
    return evaluateConstant(this.substituted(expr));
  }

  private substituted(expr: Expr): Expr {
    if (expr.kind === "local") {
      const value = this.values.get(expr.local);
      return value === undefined
        ? expr
        : { kind: "literal", value, type: expr.type, span: expr.span };
    }
    return mapChildren(expr, (child) => this.substituted(child));
  }
}
