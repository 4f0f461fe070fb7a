// The notations of other tools that a machine can be written in.

import type { Machine } from "../machine/machine.ts";
import { emitMurphi } from "./murphi/murphi.ts";
import { emitPromela } from "./promela/promela.ts";
import { swarmScript } from "./promela/swarm.ts";
import { emitTlaPlus } from "./tlaplus/tlaplus.ts";
import type { Translated } from "./translation.ts";

export interface Notation {
  readonly name: "tla" | "promela" | "murphi";
  /** As its people write it. */
  readonly title: string;
  /** What it may be called on a command line. */
  readonly aliases: readonly string[];
  readonly emit: (machine: Machine) => Translated;
  /** The translation, and what runs this many partial searches of it; null if its engine has no such thing. */
  readonly swarm: ((machine: Machine, searches: number) => Translated) | null;
}

export const notations: readonly Notation[] = [
  {
    name: "tla",
    title: "TLA+",
    aliases: ["tla+", "tlaplus", "tlc"],
    emit: (machine) => emitTlaPlus(machine),
    swarm: null,
  },
  {
    name: "promela",
    title: "Promela",
    aliases: ["spin", "pml"],
    emit: (machine) => emitPromela(machine),
    swarm: promelaSwarm,
  },
  {
    name: "murphi",
    title: "Murphi",
    aliases: ["rumur", "m"],
    emit: (machine) => emitMurphi(machine),
    swarm: null,
  },
];

/** The notation of this name, which may be an alias in any case. */
export function notationNamed(name: string): Notation | null {
  const wanted = name.toLowerCase();
  const found = notations.find((one) => one.name === wanted || one.aliases.includes(wanted));
  return found ?? null;
}

function promelaSwarm(machine: Machine, searches: number): Translated {
  const translated = emitPromela(machine);
  if (translated.kind === "refusal") return translated;
  const { translation } = translated;
  const { stateBytes, renamed, files } = translation;
  const script = swarmScript(translation, { searches, stateBytes });
  return { kind: "translation", translation: { renamed, files: [...files, ...script] } };
}
