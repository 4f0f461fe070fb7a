// What a search in WebAssembly is given: a module that searches one machine, and the search that it is to go on with.

import type { Recorder } from "./findings.ts";
import type { Parents } from "./parents.ts";
import type { StateTable } from "./state-table.ts";
import type { TransitionSystem, Transitions } from "./transition-system.ts";
import type { WebAssemblyMemory } from "./web-assembly.ts";

/** A module that searches one machine: emit/wasm/module.ts says what it exports. Addresses are in bytes. */
export interface SearchModule {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly map: {
    readonly openStates: number;
    readonly openSteps: number;
    readonly taken: number;
    readonly stride: number;
    readonly firsts: number;
    readonly records: number;
    readonly ends: number;
    readonly targets: number;
    readonly movers: number;
    readonly children: number;
    readonly looks: number;
    readonly judged: number;
    readonly guests: number;
    readonly slots: number;
  };
  /** Bytes of a slot of the search's table: 8 if slots hold the states themselves, 4 if they tell where states stand. */
  readonly slotBytes: number;
  readonly mostStates: number;
  readonly mostRecords: number;
  /** Bytes that a memory may have. */
  readonly mostBytes: number;
}

/** What a search offers to be expanded further. */
export interface Expanding {
  readonly system: TransitionSystem;
  readonly table: StateTable;
  readonly out: Transitions;
  readonly recorder: Recorder;
  readonly taken: Uint8Array;
  readonly parents: Parents;
}

/** What an instance of the module exports. */
export interface Exports {
  readonly memory: WebAssemblyMemory;
  readonly expand: (from: number, to: number, most: number) => number;
  readonly edges: (from: number, to: number) => number;
  /** Those of emit/wasm/link-runtime.ts. */
  readonly find: (first: number, last: number) => number;
  readonly recognise: () => void;
  readonly absorb: (last: number, most: number) => number;
  readonly fill: () => void;
  readonly fillIndex: () => void;
  readonly count: Variable;
  readonly room: Variable;
  readonly arena: Variable;
  readonly size: Variable;
  readonly mask: Variable;
  readonly overflow: Variable;
  readonly judgesEnds: Variable;
  readonly judgesStates: Variable;
  readonly judgesSteps: Variable;
  readonly out: Variable;
  readonly steps: Variable;
  readonly looks: Variable;
  readonly judged: Variable;
}

interface Variable {
  value: number;
}
