// Step properties, judged where rules end: over copies of the variables before, and on steps that change the state only.

import type { Command, CommandCode } from "../../machine/command.ts";
import type { Property } from "../../machine/machine.ts";
import { evaluate } from "../scalar/evaluate.ts";
import type { Scalar } from "../scalar/scalar.ts";
import { and, isTrue, not, or } from "../scalar/scalar-build.ts";
import { scopeOf, type Taker } from "../scalar/scope.ts";
import type { Reading, Symbolic, Who } from "../scalar/symbolic.ts";
import { scalarOf } from "../scalar/symbolic-build.ts";
import { written } from "./assigned.ts";
import type { Body } from "./body.ts";
import type { Inside } from "./context.ts";
import { isJudged, noteStatement } from "./judging.ts";
import { processLayout, readingAt } from "./reading.ts";
import { scalarText } from "./scalar-text.ts";

/** The step properties that the text judges. */
export function judgedSteps({ context }: Inside): readonly Property[] {
  return context.layout.machine.properties.filter(
    ({ kind, name }) => kind === "step" && isJudged(context.judging, { kind, name }),
  );
}

/** Judges step properties, over copies of what was before; only steps that change the state count. */
export function judgeSteps(
  body: Body,
  judged: readonly Property[],
  command: Command,
  before: Map<string, string>,
): void {
  if (judged.length === 0 || body.beginning) return;
  const { inside, to } = body;
  const { context } = inside;
  const copy = (name: string): string => {
    let made = before.get(name);
    if (made === undefined) {
      const variable = context.variables.get(name);
      if (variable === undefined) throw new Error(`no variable of the state: ${name}`);
      made = inside.variable(`${name}_before`, variable.type);
      before.set(name, made);
    }
    return made;
  };
  const changed = changedBy(inside, command, copy);
  if (changed.length === 0) return;
  const noLocal = (): Symbolic => {
    throw new Error("a local in a property");
  };
  const reading: Reading = readingAt(context.layout, noLocal, copy);
  const after: Reading = readingAt(context.layout, noLocal, (name) => name);
  const taker: Taker =
    command.owner.kind === "action"
      ? { kind: "action", action: command.owner.action.action }
      : { kind: "process", who: inside.self as Who };
  for (const { kind, name, condition } of judged) {
    const scope = scopeOf(context.notions, reading, { after, taker });
    const holds = scalarOf(evaluate(condition, scope));
    const sane = scope.sites.map(({ when }) => not(when));
    const good = and(...sane, holds);
    if (isTrue(good)) continue;
    const same = and(...changed.map((it) => not(it)));
    noteStatement(
      to,
      context.judging,
      context.counting,
      { kind, name },
      {
        good: scalarText(isTrue(changed[0] as Scalar) ? good : or(same, good), inside.text),
        bad: scalarText(
          isTrue(changed[0] as Scalar) ? not(good) : and(or(...changed), not(good)),
          inside.text,
        ),
      },
    );
  }
}

/** Conditions of which one holds if the step has changed the state; `true` first if it always does. */
function changedBy(
  inside: Inside,
  { owner, code }: Command,
  copy: (name: string) => string,
): readonly Scalar[] {
  const { layout } = inside.context;
  if (owner.kind === "process" && !goesTo(code, owner.location.id))
    return [{ kind: "boolean", value: true }];
  const names = new Set<string>();
  for (const root of written(code)) {
    if (root.kind !== "local") names.add(layout.names.get(root.name) ?? root.name);
    else if (owner.kind === "process") {
      const stored = processLayout(layout, owner.process.process).stored.get(root);
      if (stored !== undefined) names.add(stored);
    }
  }
  if (owner.kind === "process") names.add(processLayout(layout, owner.process.process).at);
  return [...names].map((name) => {
    const nullable = inside.context.variables.get(name)?.nullable ?? false;
    return differs(copy(name), name, nullable);
  });
}

function differs(left: string, right: string, nullable: boolean): Scalar {
  const read = (place: string): Scalar => ({
    ...{ kind: "read", place: [place], type: { kind: "bool" } },
  });
  const unequal = (one: string, other: string): Scalar => ({
    ...{ kind: "binary", operator: "!=", left: read(one), right: read(other) },
  });
  if (!nullable) return unequal(left, right);
  const [none, neither] = [left, right].map((one) => `isundefined(${one})`) as [string, string];
  const values = and(not(read(none)), not(read(neither)), unequal(left, right));
  return or(unequal(none, neither), values);
}

function goesTo(code: CommandCode, location: number): boolean {
  return code.some((op) => {
    if (op.kind === "goto") return op.location === location;
    if (op.kind === "if") return goesTo(op.then, location) || goesTo(op.otherwise, location);
    return op.kind === "loop" && goesTo(op.body, location);
  });
}
