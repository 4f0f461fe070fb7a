// One version of a spec under one choice of parameters, explored to the end: what two of are compared.

import type { Findings } from "../checker/expectations.ts";
import type { Exploration } from "../checker/exploration.ts";
import type { Search } from "../checker/explore.ts";
import type { TransitionSystem } from "../checker/transition-system.ts";
import type { Machine } from "../machine/machine.ts";

export interface Version {
  /** As people call it: the file's name without its ending, `pre-patch`. */
  readonly name: string;
  readonly machine: Machine;
  readonly search: Search;
  readonly exploration: Exploration;
  readonly findings: Findings;
  /**
   * The same states and steps in the same order as `search.system`, whose steps also weigh what built-in costs count
   * (machine/counted.ts). Made when first asked for.
   */
  readonly counted: () => TransitionSystem;
}
