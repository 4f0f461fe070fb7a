// Judging an exploration by the `expect`s of its spec: what was expected of this run, and what came out.

import type { Span } from "../diagnostics/source.ts";
import type { Expectation, Machine, Value } from "../machine/machine.ts";
import type { Found, Outcome, Trace, Verdict, VerdictKind } from "./exploration.ts";
import { sameValue } from "./values.ts";

/** The parameters of a run, by name. */
export type Parameters = readonly { readonly name: string; readonly value: Value }[];

export interface Judgement {
  readonly expectation: Expectation;
  /** What came out, in the words of expectations: `violated`, `unknown`, or a count. */
  readonly found: Outcome | number;
  readonly met: boolean;
}

/** The expectations whose bindings all hold in a run. */
function applicable(machine: Machine, run: Parameters): readonly Expectation[] {
  return machine.expectations.filter(({ bindings }) =>
    bindings.every((binding) =>
      run.some(({ name, value }) => name === binding.name && sameValue(value, binding.value)),
    ),
  );
}

/**
 * What the spec expects of a property in a run: the applicable expectation with the most bindings, the
 * later of two equals; null if none speaks of it. A deadlock that is expected leaves processes stuck.
 */
export function expectedOutcome(
  machine: Machine,
  run: Parameters,
  property: string,
): Outcome | null {
  const expected = strongest(
    applicable(machine, run).filter(
      ({ subject }) => subject.kind === "property" && subject.name === property,
    ),
  );
  // A deadlock that is expected not to be says nothing of processes that are stuck.
  if (expected === null && property === "stuck")
    return expectedOutcome(machine, run, "deadlock") === "violated" ? "violated" : null;
  return expected?.subject.kind === "property" ? expected.subject.outcome : null;
}

/** The expectation with the most bindings, the later of two equals. */
function strongest(expectations: readonly Expectation[]): Expectation | null {
  return expectations.reduce<Expectation | null>(
    (best, one) => (best === null || one.bindings.length >= best.bindings.length ? one : best),
    null,
  );
}

/** The first number that the spec expects of this run of the machine; null if it expects none. */
export function countExpected(
  machine: Machine,
): { readonly what: "states" | "transitions" | "depth"; readonly span: Span } | null {
  const run = machine.parameters;
  const expected = applicable(machine, run).find(
    ({ subject, bindings }) => subject.kind === "count" && speaksOfRun(machine, bindings),
  );
  if (expected?.subject.kind !== "count") return null;
  return { what: expected.subject.what, span: expected.span };
}

/** A count without bindings is that of the defaults. */
function speaksOfRun({ parameters }: Machine, bindings: Expectation["bindings"]): boolean {
  return bindings.length > 0 || !parameters.some(({ isSet }) => isSet);
}

/** Judges one expectation. */
export function judge(expectation: Expectation, exploration: Found): Judgement {
  const { subject } = expectation;
  switch (subject.kind) {
    case "count": {
      const found = countOf(exploration, subject.what);
      // A count of an incomplete search says nothing.
      if (!exploration.complete || found === null) {
        return { expectation, found: "unknown", met: false };
      }
      return { expectation, found, met: found === subject.value };
    }
    case "label": {
      const label = labelNamed(exploration, `${subject.function}.${subject.label}`);
      const found = labelOutcome(label?.reached ?? false, exploration.complete);
      return { expectation, found, met: found === subject.outcome };
    }
    case "property": {
      const found = outcomeOf(exploration, subject.name);
      return { expectation, found, met: found === subject.outcome };
    }
    default:
      return subject satisfies never;
  }
}

/** What came out for a property, a named assert or a built-in check: the worst of its verdicts. */
export function outcomeOf(exploration: Found, name: string): Outcome {
  const outcomes = exploration.verdicts.filter((verdict) => verdict.name === name);
  for (const worst of ["violated", "reachable", "unreachable", "unknown"] as const) {
    if (outcomes.some(({ outcome }) => outcome === worst)) return worst;
  }
  if (outcomes.length > 0) return "holds";
  // What an engine outside does not judge is not known to hold.
  return exploration.complete && exploration.by === undefined ? "holds" : "unknown";
}

/**
 * What is right for a property in a run: what the spec expects, else what is usual. Where a deadlock is expected and
 * nothing is said of stuck processes, whatever was found of these.
 */
export function rightOutcome(
  machine: Machine,
  run: Parameters,
  { name, kind }: Pick<Verdict, "name" | "kind">,
  found: Outcome,
): Outcome {
  const expected = expectedOutcome(machine, run, name);
  const spoken = machine.expectations.some(
    ({ subject }) => subject.kind === "property" && subject.name === name,
  );
  if (kind === "stuck" && expected !== null && !spoken) return found;
  return expected ?? usualOutcome(kind);
}

/** What is right where a spec says nothing. */
export function usualOutcome(kind: VerdictKind): Outcome {
  return kind === "cover" ? "reachable" : "holds";
}

/**
 * What came out otherwise than a spec expects, by name: properties, `f.L`, counts. Where it speaks of a property not at all,
 * what is usual is right. A spec without any expectation is surprised by nothing.
 */
export function unexpectedIn(machine: Machine, exploration: Found): readonly string[] {
  if (machine.expectations.length === 0) return [];
  const run = exploration.parameters;
  const kinds = new Map(exploration.verdicts.map(({ name, kind }) => [name, kind]));
  const properties = [...kinds].flatMap(([name, kind]) => {
    const found = outcomeOf(exploration, name);
    const right = rightOutcome(machine, run, { name, kind }, found);
    return found === right || found === "unknown" ? [] : [name];
  });
  const expected = applicable(machine, run);
  const labels = labelFindings(expected, exploration).map(({ name }) => name);
  const counts = (["states", "transitions", "depth"] as const).flatMap((what) => {
    const one = strongest(
      expected.filter(
        ({ subject, bindings }) =>
          subject.kind === "count" && subject.what === what && speaksOfRun(machine, bindings),
      ),
    );
    if (one === null || !exploration.complete) return [];
    return judge(one, exploration).met ? [] : [what];
  });
  return [...properties, ...labels, ...counts];
}

type LabelReach = Found["coverage"]["labels"][number];

function labelNamed({ coverage }: Found, name: string): LabelReach | undefined {
  return coverage.labels.find((label) => label.name === name);
}

function labelOutcome(reached: boolean, complete: boolean): Outcome {
  if (reached) return "reachable";
  return complete ? "unreachable" : "unknown";
}

function countOf(exploration: Found, what: "states" | "transitions" | "depth"): number | null {
  switch (what) {
    case "states":
      return exploration.distinctStates;
    case "transitions":
      return exploration.transitions;
    case "depth":
      return exploration.depth;
    default:
      return what satisfies never;
  }
}

/** Something wrong with a run that no expectation excuses. */
export interface Findings {
  readonly violations: readonly Verdict[];
  /** Covers that no state satisfies. */
  readonly covers: readonly Verdict[];
  /** Branches never entered, indices into Machine.branches. */
  readonly branches: readonly number[];
  readonly actions: readonly string[];
  /** Labels that are reached though the spec says that they are not, or the other way round. */
  readonly labels: readonly LabelFinding[];
}

export interface LabelFinding {
  /** `f.L` */
  readonly name: string;
  readonly expectation: Expectation;
  /** The way to a label that is not to be reached; null if one that is to be reached is not. */
  readonly trace: Trace | null;
}

/**
 * What a check complains about. A violation always counts, except a lock order that is expected to be
 * violated; what is expected to be unreachable is no finding when it is.
 */
export function findingsOf(machine: Machine, exploration: Found): Findings {
  const { parameters } = exploration;
  const says = (name: string, outcome: Outcome): boolean =>
    expectedOutcome(machine, parameters, name) === outcome;
  const bad = exploration.verdicts.filter(
    ({ kind, name, outcome }) =>
      (outcome === "violated" && !(kind === "lock_order" && says(name, "violated"))) ||
      (outcome === "unreachable" && !says(name, "unreachable")),
  );
  const expected = applicable(machine, parameters);
  const dead = machine.branches.filter(({ function: owner, labels, label }) =>
    expected.some(
      ({ subject }) =>
        subject.kind === "label" &&
        subject.outcome === "unreachable" &&
        ((owner === subject.function && labels.includes(subject.label)) ||
          (label?.[0] === subject.function && label[1] === subject.label)),
    ),
  );
  return {
    violations: bad.filter(({ outcome }) => outcome === "violated"),
    covers: bad.filter(({ outcome }) => outcome === "unreachable"),
    branches: exploration.coverage.branchesNeverEntered.filter((index) => {
      if (!exploration.complete) return false;
      const branch = machine.branches[index];
      if (branch === undefined || branch.exempt !== "none") return false;
      // What lies inside a branch that is dead on purpose is dead on purpose.
      return !dead.some(
        ({ span }) =>
          span.source === branch.span.source &&
          span.start <= branch.span.start &&
          branch.span.end <= span.end,
      );
    }),
    actions: exploration.complete ? exploration.coverage.actionsNeverTaken : [],
    labels: labelFindings(expected, exploration),
  };
}

/** What the strongest expectation of each label gets wrong. */
function labelFindings(
  expected: readonly Expectation[],
  exploration: Found,
): readonly LabelFinding[] {
  return exploration.coverage.labels.flatMap(({ name, trace }) => {
    const expectation = strongest(
      expected.filter(
        ({ subject }) =>
          subject.kind === "label" && `${subject.function}.${subject.label}` === name,
      ),
    );
    if (expectation === null) return [];
    const { found, met } = judge(expectation, exploration);
    return met || found === "unknown" ? [] : [{ name, expectation, trace }];
  });
}
