// The packed form of a generated module as a TransitionSystem.

import type { Span } from "../diagnostics/source.ts";
import { packer } from "../machine/layout-pack.ts";
import type { FaultKind, Machine } from "../machine/machine.ts";
import type {
  FaultSite,
  Mover,
  Note,
  StatePredicate,
  StepPredicate,
  TransitionSystem,
  Transitions,
} from "./transition-system.ts";

interface Place {
  readonly source: number;
  readonly start: number;
  readonly end: number;
}

type PackedNote =
  | { readonly kind: "assert"; readonly assertion: number }
  | { readonly kind: "sleep-under-spinlock"; readonly place: Place }
  | {
      readonly kind: "lock-order";
      readonly held: string;
      readonly taken: string;
      readonly place: Place;
    };

/** What a generated module exports as `packed`. */
interface PackedModule {
  readonly width: number;
  readonly movers: readonly Mover[];
  readonly costs: readonly string[];
  readonly faults: readonly { readonly fault: FaultKind; readonly place: Place }[];
  readonly notes: readonly PackedNote[];
  readonly branches: Uint8Array;
  readonly statePredicates: readonly StatePredicate[];
  readonly stepPredicates: readonly StepPredicate[];
  initial(out: Transitions): void;
  successors(states: Int32Array, offset: number, out: Transitions): void;
  finished(states: Int32Array, offset: number, mover: number): boolean;
  atRest(states: Int32Array, offset: number): boolean;
}

/** Runs the text of a module that was emitted from this machine, and gives the system that it describes; `partial` if it leaves out steps. */
export function load(machine: Machine, javascript: string, partial = false): TransitionSystem {
  // The text is our own and imports nothing: as the body of a function it is there at once, in any kind of thread.
  const body = `"use strict";\n${javascript.replaceAll(/^export /gm, "")}\nreturn packed;`;
  const module = new Function(body)() as PackedModule;
  const spanOf = ({ source, start, end }: Place): Span => {
    return { source: machine.sources[source] ?? machine.source, start, end };
  };
  const notes: Note[] = [];
  const noted = (): void => {
    for (const note of module.notes.slice(notes.length)) {
      notes.push(note.kind === "assert" ? note : withSpan(note, spanOf(note.place)));
    }
  };
  noted();
  const { pack, unpack } = packer(machine);
  return {
    width: module.width,
    packed: true,
    partial,
    movers: module.movers,
    costs: module.costs,
    faults: module.faults.map(({ fault, place }): FaultSite => ({ fault, span: spanOf(place) })),
    notes,
    statePredicates: module.statePredicates,
    stepPredicates: module.stepPredicates,
    branches: module.branches,
    initial(out) {
      module.initial(out);
      if (notes.length < module.notes.length) noted();
    },
    successors(states, offset, out) {
      module.successors(states, offset, out);
      if (notes.length < module.notes.length) noted();
    },
    finished: module.finished,
    atRest: module.atRest,
    decode: unpack,
    encode: pack,
  };
}

function withSpan(note: Exclude<PackedNote, { readonly kind: "assert" }>, span: Span): Note {
  if (note.kind === "sleep-under-spinlock") return { kind: note.kind, span };
  return { kind: note.kind, held: note.held, taken: note.taken, span };
}
