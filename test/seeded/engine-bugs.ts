// Bugs to seed into the translations to other notations: random specs through the engines must notice each.

import type { EngineName } from "../../src/engines/engine.ts";

export interface EngineBug {
  readonly room: "commands" | "scalar core" | "promela" | "murphi" | "tlaplus";
  readonly file: string;
  /** Stands exactly once in the file. */
  readonly from: string;
  readonly to: string;
  readonly what: string;
  /** Who looks for it. */
  readonly engines: readonly EngineName[];
}

export const engineBugs: readonly EngineBug[] = [];
