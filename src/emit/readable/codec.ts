// How each part of a state is kept in packed words, as a table that a reader can check, and `encode` and `decode` over it.

import type { Item, Layout, Stored } from "../../machine/layout.ts";
import type { MachineProcess, Type } from "../../machine/machine.ts";
import { lockType } from "../../machine/state.ts";
import { braces, type Lines, line } from "../text.ts";
import { allValues, annotation, type Context, helper, propertyName } from "./context.ts";

/** Prints the table, `encode` and `decode`. */
export function printCodec(
  context: Context,
  to: Lines,
  layout: Layout,
  processKeys: (process: MachineProcess) => string | null,
): void {
  const { machine } = context;
  const codecs = context.name("codecs");
  const type = context.types ? ": { readonly [name: string]: Codec }" : "";
  if (context.types) helper(context, "Codec");
  line(
    to,
    "/** Where the words of a packed state keep what: field(word, shift, bits, how many a word). */",
  );
  braces(
    to,
    `const ${codecs}${type} =`,
    () => {
      for (const [variable, stored] of layout.variables) {
        line(
          to,
          `${propertyName(variable.name)}: ${codecText(context, layout, stored, variable.type)},`,
        );
      }
      for (const [lock, stored] of layout.locks) {
        line(
          to,
          `${propertyName(lock.name)}: ${codecText(context, layout, stored, lockType(machine, lock))},`,
        );
      }
      layout.processes.forEach((place, at) => {
        const process = machine.processes[at];
        if (process === undefined) return;
        const names = `[${process.locations.map(({ name }) => JSON.stringify(name)).join(", ")}]`;
        const locals = [...place.locals].map(
          ([local, stored]) =>
            `${propertyName(local.name)}: ${codecText(context, layout, stored, local.type)}`,
        );
        const own = [
          `at: ${helper(context, "oneValue")}(${names}, ${fieldText(context, place.location)})`,
          ...locals,
        ];
        const instance = `${helper(context, "parts")}({ ${own.join(", ")} })`;
        const keys = processKeys(process);
        line(
          to,
          `${propertyName(process.name)}: ${keys === null ? instance : `${helper(context, "elements")}(${keys}, ${instance})`},`,
        );
      });
    },
    "};",
  );
  line(to, "");
  line(to, "/** Writes a state as packed words. */");
  const words = annotation(context, "Int32Array");
  const zero = context.types ? ": number = 0" : " = 0";
  braces(
    to,
    `export function encode(state${annotation(context, "State")}, words${words} = new Int32Array(${layout.width}), offset${zero})${words}`,
    () => {
      line(to, `words.fill(0, offset, offset + ${layout.width});`);
      line(
        to,
        `for (const [name, codec] of Object.entries(${codecs})) codec.put(words, offset, 0, state[name${context.types ? " as keyof State" : ""}]);`,
      );
      line(to, "return words;");
    },
  );
  line(to, "");
  line(to, "/** Reads a state from packed words. */");
  braces(
    to,
    `export function decode(words${words}, offset${zero})${annotation(context, "State")}`,
    () => {
      line(
        to,
        `const parts = Object.entries(${codecs}).map(([name, codec]) => [name, codec.get(words, offset, 0)]${context.types ? " as const" : ""});`,
      );
      line(to, `return Object.fromEntries(parts)${context.types ? " as State" : ""};`);
    },
  );
}

function fieldText(context: Context, item: Item): string {
  return `${helper(context, "field")}(${item.word}, ${item.shift}, ${item.bits}, ${item.perWord})`;
}

function codecText(context: Context, layout: Layout, stored: Stored, type: Type): string {
  const inner = (of: Stored, its: Type): string => codecText(context, layout, of, its);
  switch (stored.kind) {
    case "scalar":
      return scalarText(context, stored.item, type);
    case "option":
      return `${helper(context, "nullable")}(${fieldText(context, stored.flag)}, ${inner(stored.of, type.kind === "option" ? type.of : type)})`;
    case "record": {
      const fields = stored.fields.map((field, at) => {
        const its = type.kind === "record" ? type.fields[at]?.type : undefined;
        return `${propertyName(field.name)}: ${inner(field.of, its ?? type)}`;
      });
      return `${helper(context, "parts")}({ ${fields.join(", ")} })`;
    }
    case "array": {
      if (type.kind !== "array") throw new Error("stored otherwise");
      return `${helper(context, "elements")}(${allValues(context, type.key)}, ${inner(stored.of, type.of)})`;
    }
    case "set": {
      if (type.kind !== "set") throw new Error("stored otherwise");
      return `${helper(context, "bitSet")}(${allValues(context, type.of)}, ${fieldText(context, stored.whole)}, ${fieldText(context, stored.rest)})`;
    }
    case "sequence": {
      if (type.kind !== "sequence") throw new Error("stored otherwise");
      return `${helper(context, "slots")}(${stored.upto}, ${fieldText(context, stored.length)}, ${inner(stored.of, type.of)})`;
    }
    default:
      return stored satisfies never;
  }
}

function scalarText(context: Context, item: Item, type: Type): string {
  const at = fieldText(context, item);
  if (type.kind === "range") return `${helper(context, "number")}(${type.lo}, ${at})`;
  if (type.kind === "set") {
    const [whole, rest] =
      item.bits === 32
        ? [at, `${helper(context, "field")}(0, 0, 0, 1)`]
        : [`${helper(context, "field")}(0, 0, 0, 1)`, at];
    return `${helper(context, "bitSet")}(${allValues(context, type.of)}, ${whole}, ${rest})`;
  }
  return `${helper(context, "oneValue")}(${allValues(context, type)}, ${at})`;
}
