// A machine as one module of TypeScript or JavaScript, without imports.

import { flatten } from "../machine/flatten.ts";
import type { Machine } from "../machine/machine.ts";
import { printPacked } from "./packed-module.ts";
import { names, newLines } from "./text.ts";

/** Just the packed form, as JavaScript: what a check runs at once. */
export function emitPacked(machine: Machine): string {
  const to = newLines();
  printPacked(to, machine, flatten(machine), false, names([]));
  return `${to.lines.join("\n")}\n`;
}
