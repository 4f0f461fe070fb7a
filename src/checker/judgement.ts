// What is wrong with one state, or with one step, as the interpreter judges it: the verdicts of a search, but of this place only.
// What needs the whole state graph (a process stuck for ever, the order of locks) is not judged here.

import type { Span } from "../diagnostics/source.ts";
import { faultVerdict } from "../machine/fault-verdict.ts";
import type { FaultKind, Property } from "../machine/machine.ts";
import type { Detail, Trace, Verdict } from "./exploration.ts";
import { type InterpretedStep, type Interpreter, settled } from "./interpret.ts";
import type { State, Truth } from "./transition-system.ts";
import { sameValue } from "./values.ts";
import { verdictOf } from "./verdicts.ts";

/** Invariants that are false in a state, properties that have no value in it, and the deadlock that it may be. */
export function stateVerdicts(interpreter: Interpreter, state: State): readonly Verdict[] {
  const blocked = deadlocked(interpreter, state);
  const deadlock = { kind: "deadlock", name: "deadlock", span: null } as const;
  const properties = interpreter.machine.properties.filter(({ kind }) => kind !== "step");
  return [
    ...properties.flatMap((property) => violated(property, truthOf(interpreter, property, state))),
    ...(blocked === null
      ? []
      : [
          {
            ...verdictOf(deadlock, "violated"),
            detail: { kind: "blocked", processes: blocked } as const,
          },
        ]),
  ];
}

/** How a property of states comes out; null at places where it is not judged. */
export function truthOf(interpreter: Interpreter, property: Property, state: State): Truth | null {
  return interpreter.atRest(state) ? interpreter.judge(property.condition, state) : null;
}

/** How a step property comes out for a step; null where it is not judged: local work, faults, and steps that do nothing. */
export function stepTruthOf(
  interpreter: Interpreter,
  property: Property,
  before: State,
  { next, mover }: Pick<InterpretedStep, "next" | "mover">,
): Truth | null {
  if (next === null || !interpreter.atRest(before)) return null;
  const rest = settled(interpreter, next, mover);
  if (rest === null || sameValue(before, rest)) return null;
  return interpreter.judgeStep(property.condition, before, rest, mover);
}

function violated(property: Property, truth: Truth | null): readonly Verdict[] {
  const fine = truth === null || truth === 1 || (property.kind === "cover" && truth === 0);
  if (fine) return [];
  const detail: Detail | null = truth === 2 ? { kind: "property-fault" } : null;
  return [{ ...verdictOf(property, "violated"), detail }];
}

/** The processes that a deadlock blocks, none in a spec of actions only; null if the state is no deadlock. */
export function deadlocked(interpreter: Interpreter, state: State): readonly string[] | null {
  const { machine, movers } = interpreter;
  if (movers.length === 0 || interpreter.steps(state).length > 0) return null;
  if (machine.terminal.some((condition) => interpreter.judge(condition, state) === 1)) return null;
  const unfinished = movers
    .filter(({ mustFinish }, mover) => mustFinish && !interpreter.finished(state, mover))
    .map(({ name }) => name);
  return machine.instances.length > 0 && unfinished.length === 0 ? null : unfinished;
}

/** What a step does wrong: step properties, failed asserts, faults, sleeping under a spinlock. */
export function stepVerdicts(
  interpreter: Interpreter,
  before: State,
  step: InterpretedStep,
): readonly Verdict[] {
  const { machine } = interpreter;
  const properties = machine.properties.filter(({ kind }) => kind === "step");
  const failed = step.notes.flatMap((note) =>
    note.kind === "assert" ? [machine.assertions[note.assertion]?.name ?? ""] : [],
  );
  return [
    ...properties.flatMap((property) =>
      violated(property, stepTruthOf(interpreter, property, before, step)),
    ),
    ...assertVerdicts(interpreter, failed),
    ...step.notes.flatMap((note) =>
      note.kind === "sleep-under-spinlock"
        ? [trouble("lock_use", { kind: "sleep", span: note.span })]
        : [],
    ),
    ...faultVerdicts(step.fault),
  ];
}

/** What the work before the first step does wrong. */
export function beginningVerdicts(
  interpreter: Interpreter,
  { start }: Pick<Trace, "start">,
): readonly Verdict[] {
  return start.flatMap(({ failedAsserts, fault }) => [
    ...assertVerdicts(interpreter, failedAsserts),
    ...faultVerdicts(fault),
  ]);
}

function assertVerdicts({ machine }: Interpreter, failed: readonly string[]): readonly Verdict[] {
  return [...new Set(failed)].map((name) => {
    const span = machine.assertions.find((assertion) => assertion.name === name)?.span ?? null;
    return verdictOf({ kind: "assert", name, span }, "violated");
  });
}

function faultVerdicts(
  fault: { readonly kind: FaultKind; readonly span: Span } | null,
): readonly Verdict[] {
  if (fault === null) return [];
  const { kind, span } = fault;
  return [trouble(faultVerdict(kind), { kind: "fault", fault: kind, span })];
}

function trouble(
  kind: "range" | "lock_use",
  detail: Extract<Detail, { readonly kind: "fault" | "sleep" }>,
): Verdict {
  return { ...verdictOf({ kind, name: kind, span: detail.span }, "violated"), detail };
}
