// The notations of other tools that a machine can be written in.

import type { Machine } from "../machine/machine.ts";
import { emitMurphi } from "./murphi/murphi.ts";
import { emitPromela } from "./promela/promela.ts";
import type { Translated } from "./translation.ts";

export type NotationName = "tla" | "promela" | "murphi";

export interface Notation {
  readonly name: NotationName;
  /** As its people write it. */
  readonly title: string;
  /** What it may be called on a command line. */
  readonly aliases: readonly string[];
  readonly emit: (machine: Machine) => Translated;
}

export const notations: readonly Notation[] = [
  {
    name: "promela",
    title: "Promela",
    aliases: ["spin", "pml"],
    emit: (machine) => emitPromela(machine),
  },
  {
    name: "murphi",
    title: "Murphi",
    aliases: ["rumur", "m"],
    emit: (machine) => emitMurphi(machine),
  },
];

/** The notation of this name, which may be an alias in any case. */
export function notationNamed(name: string): Notation | null {
  const wanted = name.toLowerCase();
  const found = notations.find((one) => one.name === wanted || one.aliases.includes(wanted));
  return found ?? null;
}
