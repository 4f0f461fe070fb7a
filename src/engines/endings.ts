// What a behaviour must end in for an engine's verdict to be true, judged by Weft's own interpreter.

import type { Detail } from "../checker/exploration.ts";
import type { InterpretedStep, Interpreter } from "../checker/interpret.ts";
import type { Beginning } from "../checker/interpret-initial.ts";
import type { Effects } from "../checker/interpret-path.ts";
import { deadlocked } from "../checker/judgement.ts";
import type { Note, State, Truth } from "../checker/transition-system.ts";
import { sameValue } from "../checker/values.ts";
import { verdictOfFault } from "../checker/verdicts-built-in.ts";
import type { Span } from "../diagnostics/source.ts";
import type { EngineVerdict } from "./engine.ts";

/** The end as it was found: what is to be told of it. */
export interface Shown {
  readonly detail: Detail | null;
  /** The place where it went wrong, if that is not where the property is written. */
  readonly span: Span | null;
}

/** Null where what is looked for is not so. */
export type Ending =
  | { readonly kind: "state"; readonly shows: (state: State) => Shown | null }
  | {
      readonly kind: "step";
      readonly shows: (before: State, step: InterpretedStep) => Shown | null;
      /** The work before the first step may go wrong too. */
      readonly begins: (beginning: Beginning) => Shown | null;
    };

/** What a verdict is about; null if the machine knows no such property, or the verdict has nothing to show. */
export function endingOf(
  interpreter: Interpreter,
  { kind, name, outcome }: EngineVerdict,
): Ending | null {
  if (outcome !== "violated" && outcome !== "reachable") return null;
  const { machine } = interpreter;
  const property = machine.properties.find((one) => one.kind === kind && one.name === name);
  switch (kind) {
    case "invariant":
    case "cover": {
      if (property === undefined) return null;
      const wanted = wantedTruths(kind, outcome);
      return {
        kind: "state",
        shows: (state) => judged(interpreter.judge(property.condition, state), wanted),
      };
    }
    case "step":
      if (property === undefined) return null;
      return aboutSteps((before, { next, mover }) => {
        // A step that changes nothing is not judged.
        if (next === null || sameValue(before, next)) return null;
        return judged(interpreter.judgeStep(property.condition, before, next, mover), [0, 2]);
      });
    case "assert": {
      const fails = (note: Note): boolean =>
        note.kind === "assert" && machine.assertions[note.assertion]?.name === name;
      return withNotes(({ notes }) => (notes.some(fails) ? { detail: null, span: null } : null));
    }
    case "deadlock":
      return { kind: "state", shows: deadlockIn(interpreter) };
    case "range":
    case "lock_use":
      return troubleOf(kind);
    default:
      return kind satisfies never;
  }
}

function wantedTruths(kind: "invariant" | "cover", outcome: string): readonly Truth[] {
  if (outcome === "reachable") return [1];
  // A cover is violated where it cannot be evaluated.
  return kind === "cover" ? [2] : [0, 2];
}

function judged(truth: Truth, wanted: readonly Truth[]): Shown | null {
  if (!wanted.includes(truth)) return null;
  return { detail: truth === 2 ? { kind: "property-fault" } : null, span: null };
}

function aboutSteps(shows: (before: State, step: InterpretedStep) => Shown | null): Ending {
  return { kind: "step", shows, begins: () => null };
}

/** An ending that steps and the work before them show alike. */
function withNotes(shows: (effects: Effects) => Shown | null): Ending {
  return {
    kind: "step",
    shows: (_, step) => shows(step),
    begins: ({ start }) => firstShown(start.map(shows)),
  };
}

function firstShown(all: readonly (Shown | null)[]): Shown | null {
  return all.find((shown) => shown !== null) ?? null;
}

function deadlockIn(interpreter: Interpreter): (state: State) => Shown | null {
  return (state) => {
    const processes = deadlocked(interpreter, state);
    return processes === null ? null : { detail: { kind: "blocked", processes }, span: null };
  };
}

/** A fault of this kind, or (for the use of locks) sleeping under a spinlock. */
function troubleOf(kind: "range" | "lock_use"): Ending {
  const faulty = (fault: InterpretedStep["fault"]): Shown | null => {
    if (fault === null || verdictOfFault(fault.kind) !== kind) return null;
    return { detail: { kind: "fault", fault: fault.kind, span: fault.span }, span: fault.span };
  };
  const asleep = ({ notes }: Pick<Effects, "notes">): Shown | null => {
    if (kind !== "lock_use") return null;
    const note = notes.find((one) => one.kind === "sleep-under-spinlock");
    if (note?.kind !== "sleep-under-spinlock") return null;
    return { detail: { kind: "sleep", span: note.span }, span: note.span };
  };
  return {
    kind: "step",
    shows: (_, step) => faulty(step.fault) ?? asleep(step),
    begins: ({ fault, start }) => faulty(fault) ?? firstShown(start.map(asleep)),
  };
}
