// The properties of states and the end of all steps: macros, and a process that looks at every state.

import type { Expr, Property } from "../../machine/machine.ts";
import { evaluate } from "../scalar/evaluate.ts";
import type { Scalar } from "../scalar/scalar.ts";
import { and, boolean, FALSE, isFalse, isTrue, not, or } from "../scalar/scalar-build.ts";
import { scopeOf } from "../scalar/scope.ts";
import { instancesOf, scalarOf } from "../scalar/symbolic-build.ts";
import { type Lines, line } from "../text.ts";
import { comment } from "./comments.ts";
import type { Findings } from "./findings.ts";
import { text } from "./print.ts";
import { stateReading, type Translating } from "./reading.ts";
import { wrapped } from "./wrap.ts";

export interface PropertySetting {
  readonly translating: Translating;
  readonly findings: Findings;
  readonly to: Lines;
  readonly label: (wish: string) => string;
  /** Are covers looked for? An assertion then fails where one is reached. */
  readonly covers: boolean;
}

interface Judged {
  readonly value: Scalar;
  readonly faulty: Scalar;
}

function judge({ notions, ...rest }: Translating, condition: Expr): Judged {
  const translating = { notions, ...rest };
  const scope = scopeOf(
    notions,
    stateReading(translating, () => {
      throw new Error("a local in a property");
    }),
  );
  const value = scalarOf(evaluate(condition, scope));
  return { value, faulty: or(...scope.sites.map(({ when }) => when)) };
}

/** Macros for the properties, and the process that watches them. */
export function writeProperties(setting: PropertySetting): void {
  const { translating, findings, to, covers } = setting;
  const { layout, notions } = translating;
  const watched: string[] = [];
  const watch = (guard: string, finding: number, assertion: string): void => {
    watched.push(
      findings.purpose === "checking"
        ? `:: ${layout.started} && ${guard} && c_expr { weft_found (${finding}) } -> skip`
        : `:: ${layout.started} && ${guard} -> assert(${assertion})`,
    );
  };
  notions.machine.properties.forEach((property, position) => {
    const name = layout.properties[position] ?? property.name;
    if (property.kind === "step" || (property.kind === "cover" && !covers)) return;
    const { value, faulty } = judge(translating, property.condition);
    line(to, "");
    comment(to, describe(property));
    macro(to, name, text(and(not(faulty), value), layout));
    if (property.kind === "invariant") {
      watch(`!${name}`, findings.numberOf("invariant", position), name);
      return;
    }
    watch(name, findings.numberOf("cover", position), `!${name}`);
    if (findings.purpose === "checking" && !isFalse(faulty)) {
      const guard = `(${text(faulty, layout)})`;
      watch(guard, findings.numberOf("cover-fault", position), "false");
    }
  });
  writeFinished(setting);
  watch(`timeout && !${layout.finished}`, findings.numberOf("deadlock"), layout.finished);
  line(to, "");
  comment(to, "Looks at every state, and takes no step unless something is wrong in it");
  line(to, `active proctype ${layout.naming.fresh("properties")}() {`);
  line(to, `${setting.label("end")}:`);
  line(to, "  do");
  for (const option of watched) line(to, `  ${option}`);
  line(to, "  od");
  line(to, "}");
}

function macro(to: Lines, name: string, value: string): void {
  to.lines.push(...wrapped(`#define ${name} (${value})`, " \\"));
}

function describe({ kind, doc }: Property): string {
  return doc === null ? `${kind}` : `${kind}: ${doc}`;
}

/** It is right that nothing can happen any more: everybody who must finish has, or the spec says so. */
function writeFinished({ translating, to }: PropertySetting): void {
  const { layout, notions } = translating;
  const { machine } = notions;
  const reading = stateReading(translating, () => {
    throw new Error("a local in a property");
  });
  const done = machine.processes
    .filter(({ daemon }) => !daemon)
    .flatMap(({ process, locations }) =>
      instancesOf(machine, process).map((who) => reading.at(who, new Set([locations.length - 1]))),
    );
  const terminal = machine.terminal.map((condition) => {
    const { value, faulty } = judge(translating, condition);
    return and(not(faulty), value);
  });
  const someone = machine.processes.length > 0;
  const nobody = machine.instances.length === 0 && machine.actions.length === 0;
  const finished = or(nobody ? boolean(true) : someone ? and(...done) : FALSE, ...terminal);
  line(to, "");
  comment(to, "Nothing more needs to happen: elsewhere it is a deadlock that nothing can");
  const shown = isTrue(finished) ? "true" : text(finished, layout);
  macro(to, layout.finished, shown);
}
