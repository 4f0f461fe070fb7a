// `init`: the choice of an initial state, and the work that processes do before their first step.
// Promela chooses one value after another, so SPIN knows states before Weft's first one; how many is told.

import { waysThrough } from "../../machine/commands-split.ts";
import { firstValue, type Instance, type Variable } from "../../machine/machine.ts";
import { evaluate } from "../scalar/evaluate.ts";
import type { Scalar } from "../scalar/scalar.ts";
import { and, boolean, isFalse, isTrue, not, or, TRUE } from "../scalar/scalar-build.ts";
import { type Scope, scopeOf, under } from "../scalar/scope.ts";
import type { FaultSite, Reading } from "../scalar/symbolic.ts";
import { scalarOf, whoOf } from "../scalar/symbolic-build.ts";
import { literal } from "../scalar/symbolic-values.ts";
import { type Lines, line, newLines } from "../text.ts";
import { type Element, elementsOf, initialSet, initialValue } from "./beginning-values.ts";
import { type Findings, reportFound } from "./findings.ts";
import { processLayout, stateRoots } from "./layout.ts";
import { text } from "./print.ts";
import { instancePlace, stateReading, type Translating } from "./reading.ts";
import type { Scratch } from "./scratch.ts";
import { isOneNumber } from "./shapes.ts";
import { writeCode } from "./step.ts";
import { tidy, unlessFaulty } from "./step-ends.ts";
import { branchOf, newPath, put, type Step } from "./step-path.ts";
import { clear, readsOf, rootOf, store, storeFirst, storeInZero } from "./store.ts";
import { attempt, code, labelled, type StepBasis } from "./write-step.ts";

export interface BeginningSetting {
  readonly translating: Translating;
  readonly findings: Findings;
  readonly scratch: Scratch;
  readonly label: (wish: string) => string;
  /** What says that a beginning faulted. */
  readonly refused: string;
}

export interface Beginning {
  readonly lines: readonly string[];
  /** Steps that `init` takes one after another up to the first state. */
  readonly stages: number;
  /** True if some beginnings fault: they end where `refused` holds. */
  readonly refuses: boolean;
  /** States of SPIN before the last of these steps, its own first one too; null if that depends on what is chosen. */
  readonly statesBefore: number | null;
}

interface Writing extends BeginningSetting {
  readonly to: Lines;
  stages: number;
  refuses: boolean;
  /** The ways to have come this far; null if unknown. */
  ways: number | null;
  statesBefore: number | null;
}

/** The body of `init`. */
export function beginningOf(setting: BeginningSetting): Beginning {
  const writing: Writing = {
    ...setting,
    ...{ to: newLines(), stages: 0, refuses: false, ways: 1, statesBefore: 1 },
  };
  const { machine } = setting.translating.notions;
  const scope = (): Scope => scopeOf(setting.translating.notions, readingAtStart(writing));
  let pending: Variable[] = [];
  const flush = (): void => {
    const now = pending;
    pending = [];
    if (now.length > 0) stage(writing, TRUE, "chose", (step) => initialise(step, now, scope));
  };
  for (const variable of machine.variables) {
    if (variable.initial.kind === "value") {
      pending.push(variable);
      continue;
    }
    for (const element of elementsOf(setting.translating, variable)) {
      const choice = initialSet(variable, element, scope());
      const scalars = [...choice.candidates.map(({ when }) => when), ...whens(choice.sites)];
      if (readsAny(writing, scalars, pending)) flush();
      choose(writing, element, choice);
    }
  }
  const { holds, sites } = conditions(writing, scope());
  const early =
    readsAny(writing, [holds, ...whens(sites)], pending) ||
    pending.some((it) =>
      elementsOf(setting.translating, it).some((element) => {
        const at = scope();
        initialValue(it, element, at);
        return at.sites.length > 0;
      }),
    );
  if (early && !isTrue(holds)) flush();
  stage(writing, or(...whens(sites), holds), "start", (step) => {
    const path = branchOf(newPath(), { tail: false });
    unlessFaulty(step, path, sites, () => initialise(step, pending, scope));
    for (const instance of machine.instances) firstLocals(step, instance);
    for (const instance of machine.instances) startWork(writing, step, instance);
    put(step, [`${setting.translating.layout.started} = true`]);
  });
  const { to, stages, refuses, statesBefore } = writing;
  return { lines: to.lines, stages, refuses, statesBefore };
}

const whens = (sites: readonly FaultSite[]): readonly Scalar[] => sites.map(({ when }) => when);

function readsAny(
  { translating }: Writing,
  scalars: readonly Scalar[],
  variables: readonly Variable[],
): boolean {
  const read = new Set(scalars.flatMap(readsOf).map(rootOf));
  return variables.some((it) => read.has(translating.layout.variables.get(it) ?? it.name));
}

/** Before the start processes stand at their first locations, though nothing of that is written yet. */
function readingAtStart({ translating }: Writing): Reading {
  return {
    ...stateReading(translating, () => {
      throw new Error("a local in an initial value");
    }),
    at: (_, locations) => boolean(locations.has(0)),
    processVariable: (_, { type }) => literal(translating.notions, firstValue(type), type),
  };
}

function conditions(
  { translating }: Writing,
  at: Scope,
): { readonly holds: Scalar; readonly sites: readonly FaultSite[] } {
  let holds: Scalar = TRUE;
  for (const condition of translating.notions.machine.initConditions) {
    holds = and(holds, scalarOf(evaluate(condition, under(at, holds))));
  }
  return { holds, sites: at.sites };
}

// ---------------------------------------------------------------- stages

/** What a step of `init` comes to: it chose a value, it is the last one, or it faulted. */
type Ending = "chose" | "start" | "refuse";

/** So many values were chosen from, or none. */
function goOn(writing: Writing, choices: number | null): void {
  const ways = writing.ways === null || choices === null ? null : writing.ways * choices;
  writing.ways = ways;
  writing.statesBefore =
    writing.statesBefore === null || ways === null ? null : writing.statesBefore + ways;
  writing.stages += 1;
}

function count(writing: Writing, to: Lines, ending: Ending): void {
  if (writing.findings.purpose !== "checking") return;
  const place = ending === "refuse" ? String(writing.stages) : "";
  line(to, `c_code { weft_${ending}(${place}); };`);
}

/** One `d_step` of `init`; it ends with `refused` if something goes wrong. */
function stage(writing: Writing, guard: Scalar, ending: Ending, body: (step: Step) => void): void {
  const { to } = writing;
  const write = (jumps: boolean): Step => {
    const step = attempt(basisOf(writing), new Set(), jumps);
    body(step);
    return step;
  };
  const first = write(false);
  const step = first.needs.faults ? write(true) : first;
  const head = guarded(writing, guard);
  if (head !== "") label(writing, "end");
  line(to, "d_step {");
  to.depth += 1;
  if (head !== "") code(to, `${head} ->`);
  for (const statement of step.to.lines) code(to, statement);
  count(writing, to, ending);
  if (step.labels !== null) {
    const { undo, out } = step.labels;
    line(to, `goto ${out};`);
    line(to, `${undo}:`);
    refuse(writing, to);
    line(to, `${out}: skip`);
  }
  to.depth -= 1;
  line(to, "};");
  if (step.labels !== null) writing.refuses = true;
  if (ending === "chose") goOn(writing, writing.refuses ? null : 1);
  else writing.stages += 1;
}

/** A label, at the margin. */
function label({ to, label: make }: Writing, wish: string): void {
  to.lines.push(`${make(wish)}:`);
}

/** The guard of a step of `init`; nothing if it is always taken. */
function guarded(writing: Writing, guard: Scalar): string {
  const { translating, refuses, refused } = writing;
  const { layout } = translating;
  const open: Scalar = { kind: "read", place: [refused], type: { kind: "bool" } };
  const all = and(refuses ? not(open) : TRUE, guard);
  return isTrue(all) ? "" : text(all, layout);
}

/** All beginnings that fault are one state for SPIN, from which nothing goes on. */
function refuse(writing: Writing, to: Lines): void {
  const { translating, refused } = writing;
  for (const { name, type } of [...stateRoots(translating.layout), ...writing.scratch.all]) {
    for (const statement of clear(translating, { place: [name], type })) line(to, `${statement};`);
  }
  line(to, `${refused} = true;`);
  count(writing, to, "refuse");
}

/** One `if` of `init`: an element of a variable gets one of the values of a set. */
function choose(writing: Writing, element: Element, choice: ReturnType<typeof initialSet>): void {
  const { to, translating, findings } = writing;
  const faulty = or(...whens(choice.sites));
  const open = choice.candidates.some(({ when }) => isTrue(when)) && isFalse(faulty);
  if (!open || writing.refuses) label(writing, "end");
  const refusing = writing.refuses;
  line(to, "if");
  for (const { value, when } of choice.candidates) {
    const guard = guarded(writing, and(not(faulty), when));
    const statements = store(translating, element.stored, value);
    if (guard === "" && statements.length === 1 && findings.purpose === "reading") {
      line(to, `:: ${statements[0]}`);
      continue;
    }
    line(to, ":: d_step {");
    to.depth += 2;
    if (guard !== "") line(to, `${guard} ->`);
    for (const statement of statements) line(to, `${statement};`);
    count(writing, to, "chose");
    to.depth -= 2;
    line(to, "   }");
  }
  if (!isFalse(faulty)) {
    line(to, ":: d_step {");
    to.depth += 2;
    line(to, `${guarded(writing, faulty) || "true"} ->`);
    reportFound(to, findings, findings.numberOf("range"));
    refuse(writing, to);
    to.depth -= 2;
    line(to, "   }");
  } else if (choice.candidates.length === 0) line(to, ":: false");
  line(to, "fi;");
  writing.refuses = refusing || !isFalse(faulty);
  const free = choice.candidates.every(({ when }) => isTrue(when)) && !writing.refuses;
  goOn(writing, free ? choice.candidates.length : null);
}

function basisOf({ translating, findings, scratch, label }: Writing): StepBasis {
  return {
    translating,
    findings,
    scratch,
    label,
    self: null,
    taker: null,
    from: null,
    choices: new Map(),
    judged: [],
  };
}

// ---------------------------------------------------------------- values and start work

function initialise(step: Step, variables: readonly Variable[], scope: () => Scope): void {
  const path = branchOf(newPath(), { tail: false });
  for (const variable of variables) {
    for (const element of elementsOf(step.translating, variable)) {
      const at = scope();
      const value = initialValue(variable, element, at);
      unlessFaulty(step, path, at.sites, () =>
        put(
          step,
          isOneNumber(variable.type)
            ? store(step.translating, element.stored, value)
            : storeInZero(step.translating, element.stored, value),
        ),
      );
    }
  }
}

/** Locals that nothing is assigned to hold the first values of their types. */
function firstLocals(step: Step, instance: Instance): void {
  const { translating } = step;
  const process = processLayout(translating.layout, instance.process);
  for (const [{ type }, name] of process.stored) {
    const place = instancePlace(translating.layout, process, name, type, whoOf(instance));
    put(step, storeFirst(translating, { place, type }));
  }
}

/** What a process does before its first step. */
function startWork(writing: Writing, outer: Step, instance: Instance): void {
  const { layout } = writing.translating;
  const { process } = processLayout(layout, instance.process);
  const [way] = waysThrough(process.start, new Set());
  if (way === undefined) throw new Error(`no start of ${instance.name}`);
  const basis: StepBasis = { ...basisOf(writing), self: whoOf(instance) };
  const first = attempt(basis, new Set(), false);
  writeCode(first, newPath(), way.code);
  outer.needs.faults ||= first.needs.faults;
  if (!first.needs.jumps && (!first.needs.faults || outer.labels === null)) {
    for (const statement of first.to.lines) line(outer.to, statement);
    return;
  }
  const next = writing.label("next");
  const step: Step = {
    ...attempt(basis, new Set(), false),
    labels: { undo: outer.labels?.undo ?? next, out: next },
  };
  const path = newPath();
  writeCode(step, path, way.code);
  labelled(step, next, () => tidy(step, path));
  for (const statement of step.to.lines) line(outer.to, statement);
}
