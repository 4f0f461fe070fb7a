// The readable form of a machine: states with the spec's own names, a function for each step and property.

import { locksHeldIn } from "../machine/flatten-lock.ts";
import type { FlatProgram } from "../machine/flatten-program.ts";
import type {
  Expr,
  Local,
  MachineAction,
  MachineProcess,
  Type,
  Variable,
} from "../machine/machine.ts";
import { type Owner, type Printed, printCode } from "./readable-code.ts";
import { printCodec } from "./readable-codec.ts";
import {
  allValues,
  annotation,
  type Context,
  helper,
  placeOf,
  quotedPlace,
  typeText,
} from "./readable-context.ts";
import { checked, expressionText } from "./readable-expression.ts";
import {
  arrowBody,
  atom,
  binding,
  cast,
  LEVEL,
  type Reading,
  type Text,
  wrap,
} from "./readable-reading.ts";
import {
  indexType,
  indexValues,
  printBlank,
  printDeclarations,
  printDoc,
} from "./readable-types.ts";
import { braces, identifier, type Lines, line, mentions } from "./text.ts";

/** A mover as `next` calls it: its name and the call that gives its steps. */
interface MoverCall {
  readonly name: string;
  readonly call: string;
}

/** Prints the readable form. */
export function printReadable(context: Context, to: Lines, program: FlatProgram): void {
  const { machine } = context;
  printDeclarations(context, to);
  printInitial(context, to, program.initialMayRepeat);
  const calls = [
    ...machine.processes.flatMap((process) => printProcess(context, to, process)),
    ...machine.actions.map((action) => printAction(context, to, action)),
  ];
  printNext(context, to, calls);
  printProperties(context, to);
  printCodec(context, to, program.layout, indexValues);
  line(to, "");
}

// ---------------------------------------------------------------- initial states

function printInitial(context: Context, to: Lines, mayRepeat: boolean): void {
  const { machine } = context;
  const blank = printBlank(context, to);
  const reading = plainReading(context, "s");
  const body = newBody();
  for (const variable of machine.variables) {
    printInitialValue(reading, body, variable);
    reading.compared.counts.set(`s.${variable.name}`, 2);
  }
  for (const condition of machine.initConditions) {
    line(
      body.to,
      `if (!${wrap(reading.text(reading, condition), LEVEL.unary)}) ${helper(context, "wait")}();`,
    );
  }
  for (const process of machine.processes) printStart(context, body.to, process);
  printDoc(to, "The states in which the system may begin.");
  helper(context, "newReport");
  const states = `: ${"State[]"}`;
  braces(
    to,
    `export function initialStates(report${reportType(context)})${context.types ? states : ""}`,
    () => {
      const parameters = runParameters(body.to.lines);
      braces(
        to,
        `return ${helper(context, "run")}${context.types ? "<State>" : ""}(${blank}, report, (${parameters}) =>`,
        () => {
          for (const text of body.to.lines) line(to, text);
        },
        mayRepeat
          ? `}).filter((one, at, all) => all.findIndex((other) => ${helper(context, "same")}(one, other)) === at);`
          : "});",
      );
    },
  );
  line(to, "");
}

function newBody(): { readonly to: Lines } {
  return { to: { lines: [], depth: 0 } };
}

function reportType(context: Context): string {
  if (context.types) helper(context, "Report");
  return `${annotation(context, "Report")} = newReport()`;
}

function printInitialValue(
  reading: Reading,
  body: { readonly to: Lines },
  variable: Variable,
): void {
  const { context } = reading;
  const { kind, value } = variable.initial;
  const place = quotedPlace(value.span);
  const element = (): Text => {
    if (kind === "value") return checked(reading, value, variable.elementType, place);
    const set: Type = { kind: "set", of: variable.elementType };
    const type = context.types ? `<${typeText(context, variable.elementType)}>` : "";
    return atom(
      `${helper(context, "pick")}${type}(choose, ${checked(reading, value, set, place).text}, () => true)`,
    );
  };
  const over = (depth: number, type: Type): Text => {
    const key = variable.keys[depth];
    if (key === undefined || type.kind !== "array") return element();
    const make = binding(reading, key.binder, (name) => {
      const inner = arrowBody(over(depth + 1, type.of));
      return inner.includes(name) ? `(${name}) => ${inner}` : `() => ${inner}`;
    });
    const text = `${helper(context, "keyed")}(${allValues(context, key.type)}, ${make})`;
    return context.types ? cast(atom(text), typeText(context, type)) : atom(text);
  };
  line(body.to, `s.${variable.name} = ${over(0, variable.type).text};`);
}

function printStart(context: Context, to: Lines, process: MachineProcess): void {
  const [first] = process.start;
  if (process.start.length === 1 && first?.kind === "goto" && first.location === 0) return;
  const index =
    process.index === null
      ? null
      : context.taken.has(process.index.name)
        ? `${process.index.name}$`
        : process.index.name;
  const owner: Owner = { process, index, mayHold: [] };
  const printed = printCode(context, {
    owner,
    given: new Map(),
    code: process.start,
    line: -1,
    arrive: "start",
  });
  const values = indexValues(process);
  const block = (): void => braces(to, "start:", () => printLines(to, printed));
  if (values === null) block();
  else braces(to, `for (const ${index} of ${values}${context.types ? " as const" : ""})`, block);
}

function printLines(to: Lines, { lines }: Printed): void {
  for (const text of lines) line(to, text);
}

// ---------------------------------------------------------------- steps

/** Prints the steps of a process; gives the calls for its instances. */
function printProcess(context: Context, to: Lines, process: MachineProcess): readonly MoverCall[] {
  const { machine } = context;
  const index =
    process.index === null
      ? null
      : context.taken.has(process.index.name)
        ? `${process.index.name}$`
        : process.index.name;
  const instance = index === null ? "" : `, ${index}${annotation(context, indexType(process))}`;
  const steps = process.locations.map((location) => {
    if (location.code.length === 0) return null;
    const name = context.name(identifier(`${process.name}_at_${location.name}`));
    const locks = location.mayHold.flatMap((lock) => machine.locks[lock] ?? []);
    const code = printCode(context, {
      owner: { process, index, mayHold: locksHeldIn(location.code, locks, machine.locks) },
      given: new Map(),
      code: location.code,
      line: location.line,
      arrive: "step",
    });
    const shown = machine.lines[location.line];
    printDoc(
      to,
      `${location.name}${shown === undefined ? "" : `: \`${shown.code.replaceAll("\n", " ")}\``}`,
      shown?.text ?? null,
      shown === undefined ? null : placeOf(shown.span),
    );
    printStep(context, to, `${name}(state${annotation(context, "State")}${instance}`, code);
    return { location: location.name, name };
  });
  const name = context.name(identifier(process.name));
  printDoc(to, process.process.doc, `The steps that ${process.name} can take.`);
  const some = steps.some((step) => step !== null);
  braces(
    to,
    `export function ${name}(state${annotation(context, "State")}${instance}, report${reportType(context)})${annotation(context, "State[]")}`,
    () => {
      if (!some) {
        line(to, `void [state${index === null ? "" : `, ${index}`}, report];`);
        line(to, "return [];");
        return;
      }
      const key = process.index?.type.kind === "bool" ? `${index} ? "true" : "false"` : index;
      const sure = context.types && indexType(process) === "number" ? "!" : "";
      braces(
        to,
        `switch (state.${process.name}${index === null ? "" : `[${key}]${sure}`}.at)`,
        () => {
          for (const step of steps) {
            if (step === null) continue;
            line(to, `case ${JSON.stringify(step.location)}:`);
            line(to, `  return ${step.name}(state${index === null ? "" : `, ${index}`}, report);`);
          }
          line(to, "default:");
          line(to, "  return [];");
        },
      );
    },
  );
  line(to, "");
  return machine.instances
    .filter((one) => one.process === process.process)
    .map((one) => ({
      name: one.name,
      call: `${name}(state${one.index === null ? "" : `, ${JSON.stringify(one.index)}`}, report)`,
    }));
}

function printAction(context: Context, to: Lines, action: MachineAction): MoverCall {
  const name = context.name(identifier(action.name));
  const given = new Map<Local, string>(
    action.parameters.map((parameter) => [parameter, `given.${parameter.name}`] as const),
  );
  const code = printCode(context, {
    owner: null,
    given,
    code: action.code,
    line: action.line,
    arrive: "step",
  });
  const shown = context.machine.lines[action.line];
  printDoc(to, action.action.doc, shown?.text ?? null, placeOf(action.action.span));
  const fields = action.parameters.map(
    (parameter) => `readonly ${parameter.name}?: ${typeText(context, parameter.type)}`,
  );
  const parameters =
    fields.length === 0 ? "" : `, given${annotation(context, `{ ${fields.join("; ")} }`)} = {}`;
  printStep(context, to, `${name}(state${annotation(context, "State")}${parameters}`, code);
  return { name: action.name, call: `${name}(state${fields.length === 0 ? "" : ", {}"}, report)` };
}

function printStep(context: Context, to: Lines, head: string, code: Printed): void {
  const type = context.types ? "<State>" : "";
  braces(
    to,
    `export function ${head}, report${reportType(context)})${annotation(context, "State[]")}`,
    () => {
      const parameters = runParameters(code.lines);
      braces(
        to,
        `return ${helper(context, "run")}${type}(state, report, (${parameters}) =>`,
        () => printLines(to, code),
        "});",
      );
    },
  );
  line(to, "");
}

/** What the body of a step takes: a copy of the state, and its choices. */
function runParameters(lines: readonly string[]): string {
  const state = mentions(lines, "s") ? "s" : "_s";
  if (mentions(lines, "choose")) return `${state}, choose`;
  return state === "s" ? state : "";
}

function printNext(context: Context, to: Lines, calls: readonly MoverCall[]): void {
  if (context.types) {
    printDoc(to, "Who takes steps: process instances, then actions.");
    line(
      to,
      `export type Mover = ${calls.length === 0 ? "never" : calls.map(({ name }) => JSON.stringify(name)).join(" | ")};`,
    );
    line(to, "");
  }
  line(
    to,
    `export const movers${annotation(context, "readonly Mover[]")} = [${calls.map(({ name }) => JSON.stringify(name)).join(", ")}];`,
  );
  line(to, "");
  printDoc(
    to,
    "The states to which a mover can go; what goes wrong on the way is added to the report.",
  );
  braces(
    to,
    `export function next(state${annotation(context, "State")}, mover${annotation(context, "Mover")}, report${reportType(context)})${annotation(context, "State[]")}`,
    () => {
      if (calls.length === 0) {
        line(to, "void [state, mover, report];");
        line(to, "return [];");
        return;
      }
      braces(to, "switch (mover)", () => {
        for (const { name, call } of calls) {
          line(to, `case ${JSON.stringify(name)}:`);
          line(to, `  return ${call};`);
        }
      });
    },
  );
  line(to, "");
  printDoc(to, "Who can take a step, though it may go wrong.");
  braces(
    to,
    `export function enabled(state${annotation(context, "State")})${annotation(context, "Mover[]")}`,
    () => {
      braces(
        to,
        "return movers.filter((mover) =>",
        () => {
          line(to, "const report = newReport();");
          line(to, "return next(state, mover, report).length > 0 || report.faults.length > 0;");
        },
        "});",
      );
    },
  );
  line(to, "");
}

// ---------------------------------------------------------------- properties

function printProperties(context: Context, to: Lines): void {
  const { machine } = context;
  for (const property of machine.properties) {
    const step = property.kind === "step";
    const reading = plainReading(context, step ? "before" : "state");
    const { text } = conditionText(reading, property.condition);
    printDoc(to, `${property.kind} ${property.name}`, property.doc, placeOf(property.span));
    const parameters: readonly (readonly [string, string])[] = step
      ? [
          ["before", "State"],
          ["after", "State"],
          ["taken", "Mover"],
        ]
      : [["state", "State"]];
    const list = parameters.map(
      ([name, type]) =>
        `${new RegExp(`\\b${name}\\b`).test(text) ? name : `_${name}`}${annotation(context, type)}`,
    );
    braces(
      to,
      `export function ${context.name(identifier(property.name))}(${list.join(", ")})${annotation(context, "boolean")}`,
      () => {
        line(to, `return ${text};`);
      },
    );
    line(to, "");
  }
  if (machine.terminal.length === 0) return;
  const reading = plainReading(context, "state");
  const text = machine.terminal
    .map((condition) => wrap(reading.text(reading, condition), LEVEL.and))
    .join(" || ");
  printDoc(to, "States in which it is right that nothing can happen any more.");
  braces(
    to,
    `export function ${context.name("isTerminal")}(${/\bstate\b/.test(text) ? "state" : "_state"}${annotation(context, "State")})${annotation(context, "boolean")}`,
    () => {
      line(to, `return ${text};`);
    },
  );
  line(to, "");
}

/** The condition, printed twice: the first time tells which texts are compared again. */
function conditionText(reading: Reading, condition: Expr): Text {
  reading.text(reading, condition);
  return reading.text(
    { ...reading, compared: { ...reading.compared, counting: false } },
    condition,
  );
}

function plainReading(context: Context, state: string): Reading {
  return {
    context,
    state,
    processes: state,
    local: (local) => {
      throw new Error(`${local.name} is local to code`);
    },
    binders: new Map(),
    compared: { counts: new Map(), counting: true },
    text: expressionText,
  };
}
