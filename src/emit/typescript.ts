// A machine as one module of TypeScript or JavaScript, without imports: first the readable form, then the packed one.

import { flatten } from "../machine/flatten.ts";
import type { Machine } from "../machine/machine.ts";
import { printPacked } from "./packed-module.ts";
import { preludeText } from "./prelude-text.ts";
import { type Context, newContext } from "./readable-context.ts";
import { printReadable } from "./readable-module.ts";
import { type Lines, line, names, newLines } from "./text.ts";

export interface EmitOptions {
  /** TypeScript if true, else JavaScript. */
  readonly types: boolean;
  readonly toolVersion: string;
  /** A hash of the sources, to tell whether the module is older than they are. */
  readonly sourceHash: string;
}

/** The whole module. */
export function emitTypeScript(machine: Machine, options: EmitOptions): string {
  const to = newLines();
  const context = newContext(machine, options.types);
  const readable = newLines();
  const program = flatten(machine);
  printReadable(context, readable, program);
  line(
    to,
    `// ${machine.name}: made by Weft ${options.toolVersion} from ${machine.sources.map(({ path }) => fileName(path)).join(", ")}.`,
  );
  line(to, `// Sources ${options.sourceHash}. Do not edit: compile the spec again.`);
  line(to, "");
  for (const text of machine.doc === null ? [] : machine.doc.split("\n")) line(to, `// ${text}`);
  if (machine.doc !== null) line(to, "");
  printLists(context, to);
  for (const text of readable.lines) to.lines.push(text);
  printPrelude(context, to);
  line(to, "// ---------------------------------------------------------------- packed form");
  line(to, "");
  printPacked(to, machine, program, options.types, context.name);
  return `${to.lines.map((text) => text.trimEnd()).join("\n")}\n`;
}

/** Just the packed form, as JavaScript: what a check runs at once. */
export function emitPacked(machine: Machine): string {
  const to = newLines();
  printPacked(to, machine, flatten(machine), false, names([]));
  return `${to.lines.join("\n")}\n`;
}

function fileName(path: string): string {
  return path.replace(/^.*\//, "");
}

/** Prints the lists of all values of a type; a list may be made of others, which come first. */
function printLists(context: Context, to: Lines): void {
  for (const [text, { name, type }] of context.lists) {
    line(to, `const ${name}${context.types ? `: ${type}` : ""} = ${text};`);
  }
  if (context.lists.size > 0) line(to, "");
}

/** Prints the helpers that the module needs, and those that they need. */
function printPrelude(context: Context, to: Lines): void {
  const needed = new Set<string>();
  const add = (name: string): void => {
    if (needed.has(name)) return;
    needed.add(name);
    for (const other of preludeText[name]?.uses ?? []) add(other);
  };
  for (const name of context.helpers) add(name);
  if (needed.size === 0) return;
  line(to, "// ---------------------------------------------------------------- helpers");
  line(to, "");
  for (const [name, { typed, plain }] of Object.entries(preludeText)) {
    const text = context.types ? typed : plain;
    if (!needed.has(name) || text === "") continue;
    for (const part of text.split("\n")) line(to, part);
    line(to, "");
  }
}
