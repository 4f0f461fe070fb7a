// A machine as one module of TypeScript or JavaScript, without imports: first the readable form, then the packed one.

import { flatten } from "../machine/flat/flatten.ts";
import type { FlatProgram } from "../machine/flat/program.ts";
import type { Persistence } from "../machine/independence/persistent.ts";
import type { Machine } from "../machine/machine.ts";
import { printPacked } from "./packed/module.ts";
import { type Context, newContext } from "./readable/context.ts";
import { printReadable } from "./readable/module.ts";
import { preludeText } from "./readable/prelude-text.ts";
import { fileName, mentions, names, newLines, wordsOf } from "./text.ts";

export interface EmitOptions {
  /** TypeScript if true, else JavaScript. */
  readonly types: boolean;
  readonly toolVersion: string;
  /** A hash of the sources, to tell whether the module is older than they are. */
  readonly sourceHash: string;
}

/** The whole module. */
export function emitTypeScript(machine: Machine, options: EmitOptions): string {
  const context = newContext(machine, options.types);
  const program = flatten(machine);
  const readable = newLines();
  printReadable(context, readable, program);
  const lists = listLines(context, readable.lines);
  const packed = newLines();
  printPacked(packed, machine, program, options.types, context.name);
  const files = machine.sources.map(({ path }) => fileName(path)).join(", ");
  const doc =
    machine.doc === null ? [] : [...machine.doc.split("\n").map((text) => `// ${text}`), ""];
  const lines = [
    `// ${machine.name}: made by Weft ${options.toolVersion} from ${files}.`,
    `// Sources ${options.sourceHash}. Do not edit: compile the spec again.`,
    "",
    ...doc,
    ...lists,
    ...readable.lines,
    ...preludeLines(context, [...readable.lines, ...lists]),
    "// ---------------------------------------------------------------- packed form",
    "",
    ...packed.lines,
  ];
  return `${lines.map((text) => text.trimEnd()).join("\n")}\n`;
}

/**
 * Just the packed form, as JavaScript: what a check runs at once. With `choices`, steps of one process are taken alone where
 * they are enough.
 */
export function emitPacked(machine: Machine, choices: Persistence | null = null): string {
  return emitProgram(machine, flatten(machine, choices));
}

/** As `emitPacked`, of a program that was made of the machine's. */
export function emitProgram(machine: Machine, program: FlatProgram): string {
  const to = newLines();
  printPacked(to, machine, program, false, names([]));
  return `${to.lines.join("\n")}\n`;
}

/** The lists of all values of a type that the code names; a list may be made of others, which come first. */
function listLines(context: Context, code: readonly string[]): readonly string[] {
  const found: string[] = [];
  const mentioned = wordsOf(code);
  for (const { name, type, text } of [...context.lists.values()].toReversed()) {
    if (!mentioned.has(name) && !mentions(found, name)) continue;
    found.unshift(`const ${name}${context.types ? `: ${type}` : ""} = ${text};`);
  }
  return found.length === 0 ? [] : [...found, ""];
}

/** The helpers that the code calls, and those that they need. */
function preludeLines(context: Context, code: readonly string[]): readonly string[] {
  const needed = new Set<string>();
  const add = (name: string): void => {
    if (needed.has(name)) return;
    needed.add(name);
    for (const other of preludeText[name]?.uses ?? []) add(other);
  };
  const mentioned = wordsOf(code);
  for (const name of context.helpers) if (mentioned.has(name)) add(name);
  const texts = Object.entries(preludeText).flatMap(([name, { typed, plain }]) => {
    const text = context.types ? typed : plain;
    return needed.has(name) && text !== "" ? [...text.split("\n"), ""] : [];
  });
  const title = "// ---------------------------------------------------------------- helpers";
  return texts.length === 0 ? [] : [title, "", ...texts];
}
