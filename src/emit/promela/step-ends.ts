// How steps end: by a fault, which changes nothing, or at a location, where step properties are judged.

import type { FaultKind, Property } from "../../machine/machine.ts";
import { evaluate } from "../scalar/evaluate.ts";
import type { Scalar } from "../scalar/scalar.ts";
import { and, FALSE, implies, isFalse, isTrue, not, or, TRUE } from "../scalar/scalar-build.ts";
import { type Scope, scopeOf } from "../scalar/scope.ts";
import type { FaultSite } from "../scalar/symbolic.ts";
import { scalarOf } from "../scalar/symbolic-build.ts";
import { line } from "../text.ts";
import { reportFound, reportUnless } from "./findings.ts";
import { text } from "./print.ts";
import {
  branchOf,
  type Path,
  put,
  readingBefore,
  readingOf,
  type Step,
  savedRoots,
  stateRoot,
} from "./step-path.ts";
import { clear, copy, differ } from "./store.ts";

// ---------------------------------------------------------------- faults

/** Looks at what may go wrong, and goes on with `rest` if nothing does. */
export function unlessFaulty(
  step: Step,
  path: Path,
  sites: readonly FaultSite[],
  rest: () => void,
): void {
  const groups = grouped(step, sites);
  if (groups.length === 0) {
    rest();
    return;
  }
  const [first] = groups;
  if (first !== undefined && isTrue(first.when)) {
    fail(step, path, first.finding);
    return;
  }
  const { to, findings, translating } = step;
  if (findings.purpose === "reading") {
    // SPIN stops at the first assertion that fails, so what the step would do behind it does not matter.
    const fine = not(or(...groups.map(({ when }) => when)));
    line(to, `assert(${text(fine, translating.layout)});`);
    rest();
    return;
  }
  line(to, "if");
  for (const { when, finding } of groups) {
    line(to, `:: ${text(when, translating.layout)} ->`);
    indented(step, () => fail(step, branchOf(path), finding));
  }
  if (!path.tail) {
    line(to, ":: else");
    line(to, "fi;");
    rest();
    return;
  }
  line(to, ":: else ->");
  indented(step, () => {
    const before = to.lines.length;
    rest();
    if (to.lines.length === before) line(to, "skip;");
  });
  line(to, "fi;");
}

interface Group {
  readonly when: Scalar;
  readonly finding: number;
}

/** Sites that lead to the same verdict are one; each holds only where none before it does. */
function grouped({ findings }: Step, sites: readonly FaultSite[]): readonly Group[] {
  const groups: Group[] = [];
  for (const { when, fault } of sites) {
    const finding = findings.faultNumber(fault);
    const last = groups.at(-1);
    if (last?.finding === finding)
      groups[groups.length - 1] = { finding, when: or(last.when, when) };
    else groups.push({ finding, when });
  }
  const distinct: Group[] = [];
  let earlier: Scalar = FALSE;
  for (const { when, finding } of groups) {
    const here = and(not(earlier), when);
    if (!isFalse(here)) distinct.push({ when: here, finding });
    earlier = or(earlier, when);
  }
  return distinct;
}

/** The step faults here. */
export function failWith(step: Step, path: Path, fault: FaultKind): void {
  fail(step, path, step.findings.faultNumber(fault));
}

function fail(step: Step, path: Path, finding: number): void {
  reportFound(step.to, step.findings, finding);
  if (step.findings.purpose === "reading") return;
  for (const name of path.written) if (stateRoot(step, name) !== null) step.needs.saved.add(name);
  step.needs.faults = true;
  if (!path.tail) step.needs.jumps = true;
  if (step.labels !== null) {
    line(step.to, `goto ${step.labels.undo};`);
    return;
  }
  undo(step, path);
  tidy(step, path);
}

/** Puts back what was written. */
export function undo(step: Step, path: Path): void {
  for (const { root, old } of savedRoots(step)) {
    if (path.written.has(root.name))
      put(step, copy(step.translating, [root.name], [old.name], root.type));
  }
}

/** Scratch variables are zero outside of steps. */
export function tidy(step: Step, path: Path): void {
  const { translating, scratch } = step;
  const kept = [...path.dirty].map((name) => scratch.named(name));
  for (const { name, type } of [...kept, ...savedRoots(step).map(({ old }) => old)])
    put(step, clear(translating, { place: [name], type }));
}

/** Keeps the values that may have to be put back or compared. */
export function save(step: Step): void {
  for (const { root, old } of savedRoots(step))
    put(step, copy(step.translating, [old.name], [root.name], root.type));
}

// ---------------------------------------------------------------- the end

/** The step is done, and has moved its process elsewhere or not. */
export function finishStep(step: Step, path: Path, moved: boolean): void {
  if (step.taker !== null && step.judged.length > 0) judge(step, path, moved);
  if (!path.tail) step.needs.jumps = true;
  if (step.labels === null) tidy(step, path);
  else line(step.to, `goto ${step.labels.out};`);
}

function judge(step: Step, path: Path, moved: boolean): void {
  const { translating, findings, to } = step;
  const { layout } = translating;
  const changed = moved ? TRUE : changes(step, path);
  for (const { property, position } of step.judged) {
    const holds = judgement(step, path, property);
    const fine = implies(changed, holds);
    if (isTrue(fine)) continue;
    reportUnless(
      to,
      findings,
      findings.numberOf("step", position),
      text(fine, layout),
      text(not(fine), layout),
    );
  }
}

/** Does the step change anything? */
function changes(step: Step, path: Path): Scalar {
  const differences = [...path.written].flatMap((name) => {
    const root = stateRoot(step, name);
    if (root === null) return [];
    step.needs.saved.add(name);
    return [differ(step.translating, [step.scratch.old(root).name], [name], root.type)];
  });
  return or(...differences);
}

function judgement(step: Step, path: Path, { condition }: Property): Scalar {
  const { taker, translating } = step;
  if (taker === null) return TRUE;
  const scope: Scope = scopeOf(translating.notions, readingBefore(step, path), {
    after: readingOf(step, path),
    taker,
  });
  const value = scalarOf(evaluate(condition, scope));
  return and(not(or(...scope.sites.map(({ when }) => when))), value);
}

/** Something to be told unless the condition holds; the step goes on. */
export function note(step: Step, finding: number, condition: Scalar): void {
  const { layout } = step.translating;
  reportUnless(
    step.to,
    step.findings,
    finding,
    text(condition, layout),
    text(not(condition), layout),
  );
}

export function indented(step: Step, body: () => void): void {
  step.to.depth += 1;
  body();
  step.to.depth -= 1;
}
