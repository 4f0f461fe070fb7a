// The interpreter as a TransitionSystem. A state is one word: its number in a table of the states met so far,
// so nothing here depends on how a state might be packed into bits.

import type { Span } from "../diagnostics/source.ts";
import type { Expr, FaultKind, Machine } from "../machine/machine.ts";
import { stateKey } from "../machine/state.ts";
import { type Interpreter, interpret } from "./interpret.ts";
import type { Effects, Outcome } from "./interpret-path.ts";
import { locationOf } from "./processes.ts";
import type {
  FaultSite,
  Note,
  State,
  StatePredicate,
  StepPredicate,
  TransitionSystem,
  Transitions,
} from "./transition-system.ts";

/** The system that the interpreter gives; the states that it meets stay in memory. Systems may share their states. */
export function interpretedSystem(
  machine: Machine,
  interpreter: Interpreter = interpret(machine),
  interned: InternedStates = internedStates(),
): TransitionSystem {
  const faults = indexed<FaultSite>(({ fault, span }) => `${fault} ${spanKey(span)}`);
  const notes = indexed<Note>(noteKey);
  const branches = new Uint8Array(machine.branches.length);

  const write = (
    out: Transitions,
    mover: number,
    next: State | null,
    fault: Outcome["fault"],
  ): number => {
    const step = out.count;
    if (step === out.mover.length) out.grow();
    out.words[step] = next === null ? -1 : interned.number(next);
    out.mover[step] = mover;
    out.fault[step] = fault === null ? -1 : faults.number({ fault: fault.kind, span: fault.span });
    out.weights.fill(0, step * out.costs, (step + 1) * out.costs);
    out.count += 1;
    return step;
  };
  const record = (out: Transitions, step: number, effects: Effects): void => {
    effects.costs.forEach((cost, index) => {
      const at = step * out.costs + index;
      out.weights[at] = (out.weights[at] as number) + cost;
    });
    for (const note of effects.notes) out.note(step, notes.number(note));
    for (const branch of effects.branches) branches[branch] = 1;
  };

  return {
    width: 1,
    packed: false,
    partial: false,
    movers: interpreter.movers,
    costs: machine.costs.map(({ name }) => name),
    faults: faults.all,
    notes: notes.all,
    statePredicates: statePredicates(machine, interpreter, interned.state),
    stepPredicates: stepPredicates(machine, interpreter, interned.state),
    branches,
    initial(out) {
      out.clear();
      for (const beginning of interpreter.initial()) {
        const step = write(out, beginning.mover, beginning.state, beginning.fault);
        for (const work of beginning.start) record(out, step, work);
      }
    },
    successors(states, offset, out) {
      out.clear();
      for (const taken of interpreter.steps(interned.state(states[offset] as number))) {
        record(out, write(out, taken.mover, taken.next, taken.fault), taken);
      }
    },
    finished: (states, offset, mover) =>
      interpreter.finished(interned.state(states[offset] as number), mover),
    atRest: (states, offset) =>
      machine.folded || interpreter.atRest(interned.state(states[offset] as number)),
    decode: (states, offset) => interned.state(states[offset] as number),
    encode(state, into, offset) {
      into[offset] = interned.number(state);
    },
  };
}

/** The state predicates that every system of this machine offers, in their order: properties, `terminal`, labels. */
function statePredicates(
  machine: Machine,
  interpreter: Interpreter,
  stateOf: (number: number) => State,
): readonly StatePredicate[] {
  const judged = (kind: StatePredicate["kind"], name: string, condition: Expr): StatePredicate => ({
    kind,
    name,
    evaluate: (states, offset) => interpreter.judge(condition, stateOf(states[offset] as number)),
  });
  const labels = expectedLabels(machine).map(
    ([owner, label]): StatePredicate => ({
      kind: "label",
      name: `${owner}.${label}`,
      evaluate: (states, offset) =>
        Number(standsAtLabel(machine, stateOf(states[offset] as number), owner, label)),
    }),
  );
  return [
    ...machine.properties.flatMap(({ kind, name, condition }) =>
      kind === "step" ? [] : [judged(kind, name, condition)],
    ),
    ...machine.terminal.map((condition) => judged("terminal", "terminal", condition)),
    ...labels,
  ];
}

function stepPredicates(
  machine: Machine,
  interpreter: Interpreter,
  stateOf: (number: number) => State,
): readonly StepPredicate[] {
  return machine.properties
    .filter(({ kind }) => kind === "step")
    .map(({ name, condition }) => ({
      kind: "step",
      name,
      evaluate: (states, offset, next, nextOffset, mover) =>
        interpreter.judgeStep(
          condition,
          stateOf(states[offset] as number),
          stateOf(next[nextOffset] as number),
          mover,
        ),
    }));
}

/** The labels named by the machine's expectations, each once: [function, label]. */
export function expectedLabels(machine: Machine): readonly (readonly [string, string])[] {
  const labels = new Map<string, readonly [string, string]>();
  for (const { subject } of machine.expectations) {
    if (subject.kind !== "label") continue;
    labels.set(`${subject.function}.${subject.label}`, [subject.function, subject.label]);
  }
  return [...labels.values()];
}

function standsAtLabel(machine: Machine, state: State, owner: string, label: string): boolean {
  return machine.instances.some((instance) =>
    locationOf(machine, instance, state).labels.some(([f, l]) => f === owner && l === label),
  );
}

/** States by number, each once. */
export interface InternedStates {
  number(state: State): number;
  state(number: number): State;
}

export function internedStates(): InternedStates {
  const numbers = new Map<string, number>();
  const states: State[] = [];
  return {
    number(state) {
      const key = stateKey(state);
      const known = numbers.get(key);
      if (known !== undefined) return known;
      numbers.set(key, states.length);
      return states.push(state) - 1;
    },
    state(number) {
      const state = states[number];
      if (state === undefined) throw new Error(`no state ${number}`);
      return state;
    },
  };
}

/** A list that grows by the things asked for, each once by its key. */
function indexed<T>(keyOf: (item: T) => string): {
  readonly all: readonly T[];
  number(item: T): number;
} {
  const numbers = new Map<string, number>();
  const all: T[] = [];
  return {
    all,
    number(item) {
      const key = keyOf(item);
      const known = numbers.get(key);
      if (known !== undefined) return known;
      numbers.set(key, all.length);
      return all.push(item) - 1;
    },
  };
}

/** Equal for the same place in the same file. */
export function spanKey(span: Span): string {
  return `${span.source.path}:${span.start}-${span.end}`;
}

/** Equal for the same fault at the same place. */
export function faultKey(fault: { readonly kind: FaultKind; readonly span: Span }): string {
  return `${fault.kind} ${spanKey(fault.span)}`;
}

/** Equal for notes that say the same. */
export function noteKey(note: Note): string {
  switch (note.kind) {
    case "assert":
      return `assert ${note.assertion}`;
    case "sleep-under-spinlock":
      return `sleep ${spanKey(note.span)}`;
    case "lock-order":
      return `order ${note.held} ${note.taken} ${spanKey(note.span)}`;
    default:
      return note satisfies never;
  }
}
