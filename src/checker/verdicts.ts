// Verdicts on what a spec states itself: invariants, step properties, covers and assertions.

import type { Property } from "../machine/machine.ts";
import { type Claim, settledClaim, tracedClaim, type Want } from "./claims.ts";
import type { Detail, Outcome, Trace, Verdict } from "./exploration.ts";
import type { Finding } from "./findings.ts";
import { noteGoal, stateGoal, stepGoal } from "./goals.ts";
import { settled } from "./interpret.ts";
import type { Goal } from "./paths.ts";
import { beginningNotes, type Replayer } from "./trace.ts";
import type { Note, State, Truth } from "./transition-system.ts";

/** For which verdicts the best trace is looked for; the others get the first that the search met. */
export type Refine = "none" | "violations" | "all";

/** Verdicts on all properties as declared, then on all assertions. */
export function statedClaims(replayer: Replayer, refine: Refine): readonly Claim[] {
  const { machine } = replayer.interpreter;
  return [
    ...machine.properties.map((property) => propertyClaim(replayer, property, refine)),
    ...machine.assertions.map((_, assertion) => assertionClaim(replayer, assertion, refine)),
  ];
}

function propertyClaim(replayer: Replayer, property: Property, refine: Refine): Claim {
  switch (property.kind) {
    case "invariant":
      return invariantClaim(replayer, property, refine);
    case "step":
      return stepClaim(replayer, property, refine);
    case "cover":
      return coverClaim(replayer, property, refine);
    default:
      return property.kind satisfies never;
  }
}

function invariantClaim(replayer: Replayer, property: Property, refine: Refine): Claim {
  const { search, interpreter } = replayer;
  const position = statePosition(replayer, property);
  const finding = search.findings.states[position];
  if (finding === null || finding === undefined) return withoutTrace(replayer, property, "holds");
  const goal = stateGoal(search, position, (truth) => truth !== 1);
  return tracedClaim(want(finding, goal, refine !== "none"), ({ trace, shortest }) => {
    const truth = interpreter.judge(property.condition, lastState(trace));
    prove(truth !== 1, property.name);
    return { ...verdictOf(property, "violated"), detail: faultDetail(truth), trace, shortest };
  });
}

function coverClaim(replayer: Replayer, property: Property, refine: Refine): Claim {
  const { search, interpreter } = replayer;
  const position = statePosition(replayer, property);
  const reached = search.findings.states[position];
  // Where it cannot be evaluated, it may be reached elsewhere still.
  const faulted = search.complete ? search.findings.coverFaults[position] : null;
  const finding = reached ?? faulted;
  if (finding === null || finding === undefined)
    return withoutTrace(replayer, property, "unreachable");
  const expected: Truth = reached ? 1 : 2;
  const goal = stateGoal(search, position, (truth) => truth === expected);
  return tracedClaim(want(finding, goal, refine === "all"), ({ trace, shortest }) => {
    const truth = interpreter.judge(property.condition, lastState(trace));
    prove(truth === expected, property.name);
    const outcome = truth === 1 ? "reachable" : "violated";
    return { ...verdictOf(property, outcome), detail: faultDetail(truth), trace, shortest };
  });
}

function stepClaim(replayer: Replayer, property: Property, refine: Refine): Claim {
  const { search, interpreter } = replayer;
  const position = search.system.stepPredicates.findIndex(({ name }) => name === property.name);
  const finding = search.findings.steps[position];
  if (finding === null || finding === undefined) return withoutTrace(replayer, property, "holds");
  const goal = stepGoal(search, position);
  // Where states are taken for one, who steps and where to does not say everything.
  const lastStep: Want["lastStep"] = ({ mover, next }, before) => {
    const after = next === null ? null : settled(interpreter, next, mover);
    return after !== null && interpreter.judgeStep(property.condition, before, after, mover) !== 1;
  };
  const wanted = { ...want(finding, goal, refine !== "none"), lastStep };
  return tracedClaim(wanted, ({ trace, shortest }) => {
    const mover = trace.steps.at(-1)?.mover ?? -1;
    const [before, after] = trace.states.slice(-2) as [State, State];
    const next = settled(interpreter, after, mover);
    if (next === null) throw new Error("local work that does not go on");
    const truth = interpreter.judgeStep(property.condition, before, next, mover);
    prove(truth !== 1, property.name);
    return { ...verdictOf(property, "violated"), detail: faultDetail(truth), trace, shortest };
  });
}

function assertionClaim(replayer: Replayer, assertion: number, refine: Refine): Claim {
  const { search, interpreter } = replayer;
  const { name, span } = interpreter.machine.assertions[assertion] as {
    name: string;
    span: Verdict["span"];
  };
  const isIt = (note: Note): boolean => note.kind === "assert" && note.assertion === assertion;
  const stated = { kind: "assert" as const, name, span };
  const note = search.system.notes.findIndex(isIt);
  const finding = search.findings.notes[note];
  if (finding === undefined) return withoutTrace(replayer, stated, "holds");
  const wanted: Want = {
    ...want(finding, noteGoal(new Set([note])), refine !== "none"),
    lastStep: ({ notes }) => notes.some(isIt),
    beginning: (beginning) => beginningNotes(beginning).some(isIt),
  };
  return tracedClaim(wanted, (got) => ({ ...verdictOf(stated, "violated"), ...got }));
}

/** A trace that is wanted for a finding, with nothing special about its steps. */
export function want(finding: Finding, goal: Goal, refined: boolean): Want {
  return { finding, goal, refined, lastStep: () => true, beginning: () => true };
}

type Stated = Pick<Verdict, "kind" | "name" | "span">;

/** A verdict without its trace. */
export function verdictOf({ kind, name, span }: Stated, outcome: Outcome): Verdict {
  return { kind, name, outcome, span, detail: null, trace: null, shortest: null };
}

/** What was not found: decided if the search is complete, else unknown. */
export function withoutTrace({ search }: Replayer, stated: Stated, outcome: Outcome): Claim {
  return settledClaim(verdictOf(stated, search.complete ? outcome : "unknown"));
}

function statePosition({ search }: Replayer, { kind, name }: Property): number {
  return search.system.statePredicates.findIndex(
    (predicate) => predicate.kind === kind && predicate.name === name,
  );
}

function lastState(trace: Trace): State {
  return trace.states.at(-1) as State;
}

function faultDetail(truth: Truth): Detail | null {
  return truth === 2 ? { kind: "property-fault" } : null;
}

/** The interpreter must come to the same judgement. */
function prove(agreed: boolean, name: string): void {
  if (!agreed) throw new Error(`the interpreter does not confirm the verdict on ${name}`);
}
