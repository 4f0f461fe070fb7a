// A trace state by state: who did what, what it changed, and who holds which lock.

import type { Step, Trace } from "../checker/exploration.ts";
import { holdersOf, lockInstances, lockName } from "../checker/locks.ts";
import { locationName } from "../checker/processes.ts";
import type { State } from "../checker/transition-system.ts";
import { formatPlace } from "../diagnostics/source.ts";
import type { Line, Machine } from "../machine/machine.ts";
import { actionCall } from "./cast.ts";
import type { Narrative, Row } from "./narrate.ts";
import { type Paint, plain } from "./style.ts";
import {
  changedLeaves,
  formatPlainValue,
  formatValue,
  type Leaf,
  stateLeaves,
  summarize,
} from "./values.ts";
import { faultWords, oneLine } from "./words.ts";

/** Draws a trace, with the marks of its story if there is one; lines without a line break at the end. */
export function drawText(
  machine: Machine,
  trace: Trace,
  paint: Paint = plain,
  story: Narrative = { columns: [], rows: [] },
): string {
  const first = trace.states[0];
  if (first === undefined) return "";
  const lines = [paint("strong", "state 0: start"), ...startLines(machine, first)];
  const begun = story.rows.filter(({ step, mark }) => step === -1 && mark !== null);
  lines.push(...begun.map((row) => `    ${standsLine(story, row, paint)}`));
  trace.steps.forEach((step, index) => {
    if (trace.loop === index) lines.push("", paint("warn", "from here the steps repeat for ever"));
    lines.push("", ...stepLines(machine, trace, step, index, paint));
    // A failed assert and a fault have lines of their own.
    if (step.failedAsserts.length > 0 || step.fault !== null) return;
    const own = story.rows.filter((row) => row.step === index && row.kind === "step");
    for (const { mark } of own) if (mark !== null) lines.push(paint("bad", `    <-- ${mark}`));
  });
  const last = story.rows.filter(({ kind }) => kind === "stands");
  if (last.length > 0) lines.push("", ...last.map((row) => standsLine(story, row, paint)));
  return lines.join("\n");
}

/** Where a process stands, before the first step or after the last: `CPU0 (p): mutex_lock(b) <-- waits for CPU1`. */
function standsLine(story: Narrative, { column, text, mark }: Row, paint: Paint): string {
  const { title = "", role = null } = story.columns[column] ?? {};
  const line = `${title}${role === null ? "" : ` (${role})`}: ${text}`;
  return mark === null ? line : paint("bad", `${line} <-- ${mark}`);
}

function startLines(machine: Machine, state: State): readonly string[] {
  const variables = machine.variables.flatMap(({ name, type }) =>
    summarize(name, state[name] ?? null, type),
  );
  return [
    ...variables.map((text) => `    ${text}`),
    ...machine.instances.map(
      (instance) => `    ${instance.name} stands at ${locationName(instance, state)}`,
    ),
    ...heldLines(machine, state),
  ];
}

function stepLines(
  machine: Machine,
  trace: Trace,
  step: Step,
  index: number,
  paint: Paint,
): readonly string[] {
  const line = lineOf(machine, step);
  const place = line === null ? "" : ` (${formatPlace(line.span)})`;
  const what = line === null ? "" : `: ${oneLine(line.text ?? line.code)}`;
  const who = actionCall(machine, step) ?? step.name;
  const head = paint("strong", `state ${index + 1}: ${who}${what}`) + paint("dim", place);
  const before = trace.states[index];
  const after = trace.states[index + 1];
  const notes = step.failedAsserts.map((name) => paint("bad", `    assert ${name} fails`));
  if (step.fault !== null) {
    const words = `${faultWords(step.fault.kind)} (${formatPlace(step.fault.span)})`;
    return [head, ...notes, paint("bad", `    ${words}: there is no next state`)];
  }
  if (before === undefined || after === undefined) return [head, ...notes];
  const changes = changesBetween(machine, before, after).map((change) => `    ${change}`);
  const moved = movedLine(machine, step, after);
  const added = addedLines(machine, step);
  return [head, ...changes, ...added, ...moved, ...notes, ...heldLines(machine, after)];
}

/** What a process picked, and what the step adds to costs. */
function addedLines(machine: Machine, { mover, events }: Step): readonly string[] {
  const isAction = mover >= machine.instances.length;
  return events.flatMap((event) => {
    if (event.kind === "cost" && event.value !== 0) return [`    ${event.cost}: +${event.value}`];
    if (event.kind !== "pick" || isAction) return [];
    return [`    picked: ${event.name} ${formatPlainValue(event.value)}`];
  });
}

/** What two states differ in beside locks: `pmd[1]: huge -> none`. */
export function changesBetween(machine: Machine, before: State, after: State): readonly string[] {
  const kinds = new Set(["variable", "ghost", "process"] as const);
  const old = new Map(stateLeaves(machine, before, kinds).map((leaf) => [leaf.name, leaf]));
  return changedLeaves(machine, before, after, kinds).map((leaf: Leaf) => {
    const was = old.get(leaf.name);
    const from = was === undefined ? "" : `${formatValue(was.value, was.type)} -> `;
    return `${leaf.name}: ${from}${formatValue(leaf.value, leaf.type)}`;
  });
}

function movedLine(machine: Machine, step: Step, after: State): readonly string[] {
  const instance = machine.instances[step.mover];
  if (instance === undefined) return [];
  const at = locationName(instance, after);
  return [at === "done" ? `    ${step.name} is done` : `    ${step.name} stands at ${at}`];
}

function heldLines(machine: Machine, state: State): readonly string[] {
  const held = lockInstances(machine).flatMap((lock) => {
    const { owner, readers } = holdersOf(state, lock);
    if (owner !== null) return [`${lockName(lock)} by ${owner}`];
    return readers.length > 0 ? [`${lockName(lock)} for read by ${readers.join(" and ")}`] : [];
  });
  return held.length > 0 ? [`    held: ${held.join(", ")}`] : [];
}

/** The line that a step shows: its first step or choice, else its first line. */
export function lineOf(machine: Machine, step: Step): Line | null {
  const lines = step.events.flatMap((event) => {
    const line = event.kind === "line" ? machine.lines[event.line] : undefined;
    return line === undefined ? [] : [line];
  });
  const own = lines.filter(({ code }) => code !== "atomic");
  return own.find(({ kind }) => kind !== "local") ?? own[0] ?? lines[0] ?? null;
}
