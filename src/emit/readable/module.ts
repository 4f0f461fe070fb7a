// The readable form of a machine: types and states with the spec's own names, initial states, steps, properties.

import type { FlatProgram } from "../../machine/flat/program.ts";
import type { Expr, MachineProcess, Type, Variable } from "../../machine/machine.ts";
import {
  braces,
  identifier,
  type Lines,
  line,
  mentions,
  newLines,
  printFunction,
  type Signature,
} from "../text.ts";
import { printCode } from "./code.ts";
import { printCodec } from "./codec.ts";
import { allValues, type Context, helper, placeOf, quotedPlace, typeText } from "./context.ts";
import { checked, expressionText } from "./expression.ts";
import { arrowBody, atom, binding, cast, LEVEL, type Reading, type Text, wrap } from "./reading.ts";
import { indexName, printRun, printSteps, reportParameter } from "./steps.ts";
import { indexValues, printBlank, printDeclarations, printDoc } from "./types.ts";

/** Prints the readable form. */
export function printReadable(context: Context, to: Lines, program: FlatProgram): void {
  printDeclarations(context, to);
  printInitial(context, to, program.initialMayRepeat);
  printSteps(context, to);
  printProperties(context, to);
  printCodec(context, to, program.layout, indexValues);
  line(to, "");
}

// ---------------------------------------------------------------- initial states

function printInitial(context: Context, to: Lines, mayRepeat: boolean): void {
  const { machine, types } = context;
  const blank = printBlank(context, to);
  const reading = plainReading(context, "s");
  const body = newLines();
  for (const variable of machine.variables) {
    printInitialValue(reading, body, variable);
    // Assigned, so that TypeScript knows more of it than a later comparison may take for granted.
    reading.compared.counts.set(`s.${variable.name}`, 2);
  }
  for (const condition of machine.initConditions) {
    const test = wrap(reading.text(reading, condition), LEVEL.unary);
    line(body, `if (!${test}) ${helper(context, "wait")}();`);
  }
  for (const process of machine.processes) printStart(context, body, process);
  const once = `.filter((one, at, all) => all.findIndex((other) => ${helper(context, "same")}(one, other)) === at)`;
  const parameters = [reportParameter(context)];
  printDoc(to, "The states in which the system may begin.");
  printFunction(
    to,
    { head: "export function initialStates", parameters, result: "State[]", types },
    (inside) => {
      printRun(context, inside, blank, body.lines, `})${mayRepeat ? once : ""};`);
    },
  );
  line(to, "");
}

function printInitialValue(reading: Reading, to: Lines, variable: Variable): void {
  const { context } = reading;
  const { kind, value } = variable.initial;
  const place = quotedPlace(value.span);
  const element = (): Text => {
    if (kind === "value") return checked(reading, value, variable.elementType, place);
    const set: Type = { kind: "set", of: variable.elementType };
    const of = context.types ? `<${typeText(context, variable.elementType)}>` : "";
    const candidates = checked(reading, value, set, place).text;
    return atom(`${helper(context, "pick")}${of}(choose, ${candidates}, () => true)`);
  };
  const over = (depth: number, type: Type): Text => {
    const key = variable.keys[depth];
    if (key === undefined || type.kind !== "array") return element();
    const make = binding(reading, key.binder, (name) => {
      const inner = arrowBody(over(depth + 1, type.of));
      return mentions([inner], name) ? `(${name}) => ${inner}` : `() => ${inner}`;
    });
    const text = atom(`${helper(context, "keyed")}(${allValues(context, key.type)}, ${make})`);
    return context.types ? cast(text, typeText(context, type)) : text;
  };
  line(to, `s.${variable.name} = ${over(0, variable.type).text};`);
}

/** The local work of a process before its first step. */
function printStart(context: Context, to: Lines, process: MachineProcess): void {
  const [first] = process.start;
  if (process.start.length === 1 && first?.kind === "goto" && first.location === 0) return;
  const index = indexName(context, process);
  const owner = { process, index, mayHold: [] };
  const { lines } = printCode(context, {
    owner,
    given: new Map(),
    code: process.start,
    line: -1,
    arrive: "start",
  });
  const block = (): void => {
    braces(to, "start:", () => {
      for (const text of lines) line(to, text);
    });
  };
  const values = indexValues(process);
  if (values === null) block();
  else
    braces(
      to,
      `for (const ${mentions(lines, index ?? "") ? index : `_${index}`} of ${values}${context.types ? " as const" : ""})`,
      block,
    );
}

// ---------------------------------------------------------------- properties

function printProperties(context: Context, to: Lines): void {
  const { machine } = context;
  for (const property of machine.properties) {
    const step = property.kind === "step";
    const { text } = conditionText(
      plainReading(context, step ? "before" : "state"),
      property.condition,
    );
    const states = [
      ["before", "State"],
      ["after", "State"],
      ["taken", "Mover"],
    ] as const;
    printDoc(to, `${property.kind} ${property.name}`, property.doc, placeOf(property.span));
    printTest(context, to, property.name, step ? states : [["state", "State"]], text);
  }
  if (machine.terminal.length === 0) return;
  const conditions = machine.terminal.map((condition) =>
    wrap(conditionText(plainReading(context, "state"), condition), LEVEL.and),
  );
  printDoc(to, "States in which it is right that nothing can happen any more.");
  printTest(context, to, "isTerminal", [["state", "State"]], conditions.join(" || "));
}

function printTest(
  context: Context,
  to: Lines,
  name: string,
  parameters: Signature["parameters"],
  text: string,
): void {
  const head = `export function ${context.name(identifier(name))}`;
  printFunction(to, { head, parameters, result: "boolean", types: context.types }, (inside) => {
    line(inside, `return ${text};`);
  });
  line(to, "");
}

/** The condition, printed twice: the first time tells which texts are compared again. */
function conditionText(reading: Reading, condition: Expr): Text {
  reading.text(reading, condition);
  const compared = { ...reading.compared, counting: false };
  return reading.text({ ...reading, compared }, condition);
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
