// One step as the text of a `d_step`: its guard and what it does.

import type { CommandCode } from "../../machine/command.ts";
import { type Lines, line, newLines } from "../text.ts";
import { writeCode } from "./step.ts";
import { indented, save, tidy, undo } from "./step-ends.ts";
import { newPath, type Path, put, type Step } from "./step-path.ts";
import { wrapped } from "./wrap.ts";

export type StepBasis = Omit<Step, "to" | "saved" | "needs" | "labels">;

/** The statements of a code. It is written twice: the first time shows what has to be saved and jumped to. */
export function stepStatements(basis: StepBasis, code: CommandCode): readonly string[] {
  const first = attempt(basis, new Set(), false);
  writeCode(first, newPath(), code);
  const { saved, jumps } = first.needs;
  const step = attempt(basis, saved, jumps);
  const path = newPath();
  save(step);
  writeCode(step, path, code);
  finishJumps(step, path);
  return step.to.lines;
}

export function attempt(basis: StepBasis, saved: ReadonlySet<string>, jumps: boolean): Step {
  return {
    ...basis,
    to: newLines(),
    saved,
    needs: { saved: new Set(saved), jumps, faults: false },
    labels: jumps ? { undo: basis.label("undo"), out: basis.label("out") } : null,
  };
}

function finishJumps(step: Step, path: Path): void {
  if (step.labels === null) return;
  labelled(step, step.labels.undo, () => undo(step, path));
  labelled(step, step.labels.out, () => tidy(step, path));
}

/** A label and what stands behind it, which must be something. */
export function labelled(step: Step, label: string, body: () => void): void {
  const { to } = step;
  line(to, `${label}:`);
  const before = to.lines.length;
  indented(step, body);
  if (to.lines.length === before) indented(step, () => put(step, ["skip"]));
}

/** A line of code, broken if it is long. */
export function code(to: Lines, text: string): void {
  const indent = "  ".repeat(to.depth);
  to.lines.push(...wrapped(`${indent}${text}`));
}

/** An option of a `do` or `if`, or a statement: everything from guard to end in one step. */
export function dStep(
  to: Lines,
  prefix: string,
  guard: string,
  statements: readonly string[],
): void {
  line(to, `${prefix}d_step {`);
  to.depth += 1;
  if (guard !== "") code(to, `${guard} ->`);
  for (const statement of statements) code(to, statement);
  if (statements.every((text) => /^\s*(\/?\*.*)?$/.test(text))) line(to, "skip");
  to.depth -= 1;
  line(to, "}");
}
