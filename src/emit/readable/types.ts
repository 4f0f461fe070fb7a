// The types of a generated module: those of the spec, the state, who takes steps; and the params and consts.

import { firstValue, type MachineProcess, type Type } from "../../machine/machine.ts";
import { lockType } from "../../machine/state.ts";
import { braces, type Lines, line } from "../text.ts";
import {
  allValues,
  annotation,
  type Context,
  definitionText,
  hasKnownKeys,
  helper,
  isListed,
  propertyName,
  typeText,
  valueText,
} from "./context.ts";

/** Prints the doc of a declaration. */
export function printDoc(to: Lines, ...parts: readonly (string | null)[]): void {
  const lines = parts.flatMap((part) =>
    part === null ? [] : part.replaceAll("*/", "* /").split("\n"),
  );
  if (lines.length === 1) line(to, `/** ${lines[0]} */`);
  else if (lines.length > 1) {
    line(to, "/**");
    for (const text of lines) line(to, text === "" ? " *" : ` * ${text}`);
    line(to, " */");
  }
}

/** Prints the types, where types are printed, and the constants. */
export function printDeclarations(context: Context, to: Lines): void {
  const { machine } = context;
  if (context.types) {
    for (const declared of machine.types) {
      const name = context.typeNames.get(declared.name) ?? declared.name;
      const range =
        declared.type.kind === "range" && !isListed(declared.type)
          ? `${declared.type.lo}..${declared.type.hi}`
          : null;
      printDoc(to, declared.doc, range);
      line(to, `export type ${name} = ${definitionText(context, declared.type)};`);
      line(to, "");
    }
    printState(context, to);
  }
  for (const constant of [...machine.parameters, ...machine.constants]) {
    printDoc(to, constant.doc);
    const type = context.types ? ` as ${typeText(context, constant.type)}` : "";
    line(
      to,
      `export const ${context.constants.get(constant)} = ${valueText(constant.type, constant.value)}${type};`,
    );
    line(to, "");
  }
}

function printState(context: Context, to: Lines): void {
  const { machine } = context;
  const instances = machine.instances.map(({ name }) => JSON.stringify(name));
  printDoc(to, "The instances of the processes.");
  line(to, `export type Process = ${instances.length === 0 ? "never" : instances.join(" | ")};`);
  line(to, "");
  printDoc(
    to,
    "The shared variables, who holds which lock, and where each process stands with its local variables.",
  );
  braces(
    to,
    "export type State =",
    () => {
      for (const variable of machine.variables) {
        printDoc(to, variable.doc);
        line(to, `${propertyName(variable.name)}: ${typeText(context, variable.type)};`);
      }
      for (const lock of machine.locks) {
        printDoc(to, lock.doc);
        line(to, `${propertyName(lock.name)}: ${typeText(context, lockType(machine, lock))};`);
      }
      for (const process of machine.processes) {
        printDoc(to, process.process.doc);
        const at = process.locations.map(({ name }) => JSON.stringify(name)).join(" | ");
        const locals = process.locals
          .filter((local) => local.stored)
          .map((local) => `; ${propertyName(local.name)}: ${typeText(context, local.type)}`);
        const own = `{ at: ${at}${locals.join("")} }`;
        line(
          to,
          `${propertyName(process.name)}: ${process.index === null ? own : `{ [key in ${indexKeys(process)}]: ${own} }`};`,
        );
      }
    },
    "};",
  );
  line(to, "");
}

/** The type of a process's index: just the values that it has instances for. */
export function indexType(process: MachineProcess): string {
  const { index } = process;
  if (index === null) return "never";
  if (!hasKnownKeys(index.type)) return "number";
  return (process.process.index?.values ?? [])
    .map((value) => valueText(index.type, value))
    .join(" | ");
}

function indexKeys(process: MachineProcess): string {
  return process.index?.type.kind === "bool"
    ? (process.process.index?.values ?? []).map((value) => `"${value}"`).join(" | ")
    : indexType(process);
}

/** The values of a process's index as a list; null if it has none. */
export function indexValues(process: MachineProcess): string | null {
  const { index } = process;
  if (index === null) return null;
  return `[${(process.process.index?.values ?? []).map((value) => valueText(index.type, value)).join(", ")}]`;
}

/** Prints the state in which nothing has a value yet. */
export function printBlank(context: Context, to: Lines): string {
  const { machine } = context;
  const name = context.name("blank");
  printDoc(to, "First values everywhere, locks free, processes at their first steps.");
  braces(
    to,
    `const ${name}${annotation(context, "State")} =`,
    () => {
      for (const variable of machine.variables)
        line(to, `${propertyName(variable.name)}: ${blankText(context, variable.type)},`);
      for (const lock of machine.locks)
        line(to, `${propertyName(lock.name)}: ${blankText(context, lockType(machine, lock))},`);
      for (const process of machine.processes) {
        const locals = process.locals
          .filter((local) => local.stored)
          .map((local) => `, ${propertyName(local.name)}: ${blankText(context, local.type)}`);
        const own = `{ at: ${JSON.stringify(process.locations[0]?.name ?? "")}${locals.join("")} }`;
        const values = process.process.index?.values ?? [];
        const many = values.map((value) => `${keyName(String(value))}: ${own}`);
        line(
          to,
          `${propertyName(process.name)}: ${process.index === null ? own : many.length === 0 ? "{}" : `{ ${many.join(", ")} }`},`,
        );
      }
    },
    "};",
  );
  line(to, "");
  return name;
}

function keyName(key: string): string {
  return /^\d+$/.test(key) ? key : propertyName(key);
}

/** The first value of a type; long arrays are made rather than written out. */
function blankText(context: Context, type: Type): string {
  if (type.kind === "record") {
    const fields = type.fields.map(
      (field) => `${propertyName(field.name)}: ${blankText(context, field.type)}`,
    );
    return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
  }
  if (type.kind !== "array") return valueText(type, firstValue(type));
  const first = valueText(type, firstValue(type));
  if (first.length <= 120) return first;
  const cast = context.types ? ` as ${typeText(context, type)}` : "";
  const inner = blankText(context, type.of);
  return `${helper(context, "keyed")}(${allValues(context, type.key)}, () => ${inner.startsWith("{") ? `(${inner})` : inner})${cast}`;
}
