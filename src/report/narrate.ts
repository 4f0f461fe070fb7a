// A trace as a story: one row a step, in the column of the CPU that takes it, calls nested as in the code.
//
// Layout-free: columns.ts draws these rows as text, mermaid.ts as a diagram. The words come from the
// spec: the author's text beside a line, else locks spelled as the kernel's calls, else what a condition
// saw, else the source line.

import type { Step, StepEvent, Trace } from "../checker/exploration.ts";
import type { Span } from "../diagnostics/source.ts";
import type { Line, Machine, Value } from "../machine/machine.ts";
import { actionCall, type Column, columnOf, columnsOf, locationNamed } from "./cast.ts";
import { lockCall } from "./locks.ts";
import { nextLockUse, observations, writtenPlace } from "./observe.ts";
import { changedLeaves, formatPlainValue, formatValue, stateLeaves } from "./values.ts";
import { oneLine } from "./words.ts";

export interface Narrative {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

export interface Row {
  readonly column: number;
  /** Nesting of calls around it. */
  readonly depth: number;
  readonly text: string;
  /** What the step changed or saw, shown in brackets. */
  readonly values: readonly string[];
  /** `call`: the head of a call; `step`: a step's line; `stands`: where a process is after the last step. */
  readonly kind: "call" | "step" | "stands";
  /** Index into the trace's steps; -1 for work before the first one. */
  readonly step: number;
  /** What is wrong in this row, shown behind an arrow. */
  readonly mark: string | null;
}

export interface NarrateOptions {
  /** Movers that get a column even if they take no step, such as those that a deadlock blocks. */
  readonly also?: readonly number[];
  /** Show what steps add to costs. */
  readonly costs?: boolean;
}

/** Rows of others, within a call, after which the call's name is repeated. */
const longPause = 14;

/** Tells a trace. */
export function narrate(machine: Machine, trace: Trace, options: NarrateOptions = {}): Narrative {
  const broken = trace.start.filter((step) => step.fault !== null || step.failedAsserts.length > 0);
  const also = [...(options.also ?? []), ...broken.map(({ mover }) => mover)];
  const teller: Teller = {
    machine,
    trace,
    costs: options.costs ?? false,
    columns: columnsOf(machine, trace, also),
    ambiguous: ambiguousCalls(machine, trace),
    stacks: new Map(),
    lastRow: new Map(),
    rows: [],
  };
  for (const step of trace.start) tellStart(teller, step);
  trace.steps.forEach((step, index) => {
    const drafts = draftsOf(teller, step, callsAround(teller, step));
    const call = drafts.some(({ line }) => line.text !== null) ? null : actionCall(machine, step);
    if (call === null) tellRows(teller, step, index, chooseDrafts(drafts));
    else tellRows(teller, step, index, actionDrafts(drafts, call));
  });
  return { columns: teller.columns, rows: teller.rows };
}

interface Teller {
  readonly machine: Machine;
  readonly trace: Trace;
  readonly costs: boolean;
  readonly columns: readonly Column[];
  /** Functions whose calls would look alike without their arguments. */
  readonly ambiguous: ReadonlySet<string>;
  /** The calls that each mover is in, outermost first. */
  readonly stacks: Map<number, Call[]>;
  /** How many rows there were after each mover's last one. */
  readonly lastRow: Map<number, number>;
  readonly rows: Row[];
}

interface Call {
  readonly frame: number;
  readonly name: string;
  told: boolean;
}

/** A line that the step went through, as its events tell. */
interface Draft {
  readonly line: Line;
  readonly calls: readonly Call[];
  /** The assert of this line that failed. */
  readonly failed: string | null;
  readonly picks: string[];
  /** What is told in place of the line: a lock's call, an action's. */
  call: string | null;
}

/** Start work is only told where something went wrong in it; its calls are remembered. */
function tellStart(teller: Teller, step: Step): void {
  const stack: Call[] = [];
  teller.stacks.set(step.mover, stack);
  const drafts = draftsOf(teller, step, stack);
  const told =
    step.fault === null ? drafts.filter(({ failed }) => failed !== null) : chooseDrafts(drafts);
  if (told.length > 0) tellRows(teller, step, -1, told);
}

function tellRows(teller: Teller, step: Step, index: number, drafts: readonly Draft[]): void {
  const column = columnOf(teller.columns, step.mover);
  const groups = groupDrafts(drafts);
  const seen = seenBy(teller, step, index);
  // What a step that faults needed says more than what it was about to overwrite.
  const changes = step.fault !== null && seen.length > 0 ? [] : changesOf(teller, step, index);
  const own = groups.findLastIndex((group) => group.some(({ line }) => line.kind !== "local"));
  const main = Math.max(own, 0);
  groups.forEach((group, position) => {
    const [first] = group;
    if (first === undefined) return;
    const observed = position === 0 ? seen : [];
    const written = position === main ? changes : [];
    // A bare condition is told by what it saw; anything else says so in brackets.
    const bare = group.length === 1 && isBareTest(first) && observed.length > 0;
    tellCalls(teller, first.calls, step.mover, index, column);
    push(teller, step.mover, {
      column,
      depth: first.calls.length,
      text: bare ? observed.join(", ") : [...new Set(group.map(textOf))].join("; "),
      values: [
        ...group.flatMap(({ picks }) => picks),
        ...(bare || written.length > 0 ? [] : observed),
        ...written,
        ...(position === main && teller.costs ? costsOf(step) : []),
      ],
      kind: "step",
      step: index,
      mark: first.failed === null ? null : `${first.failed} fails`,
    });
  });
}

function push(teller: Teller, mover: number, row: Row): void {
  teller.rows.push(row);
  teller.lastRow.set(mover, teller.rows.length);
}

/** Names the calls that this mover is in and that were not named yet, or too long ago. */
function tellCalls(
  teller: Teller,
  calls: readonly Call[],
  mover: number,
  step: number,
  column: number,
): void {
  const innermost = calls.at(-1);
  const pause = teller.rows.length - (teller.lastRow.get(mover) ?? teller.rows.length);
  if (innermost !== undefined && pause >= longPause) innermost.told = false;
  calls.forEach((call, depth) => {
    if (call.told) return;
    call.told = true;
    const row = { column, depth, text: call.name, values: [], step, mark: null };
    push(teller, mover, { ...row, kind: "call" });
  });
}

/**
 * What a step wrote, `pmd[1] none`; if it wrote what was there already, `pmd[1] still none`; if it faults,
 * what it was about to write, `pmd[1] == none`.
 */
function changesOf({ machine, trace }: Teller, step: Step, index: number): readonly string[] {
  const before = trace.states[index];
  if (before === undefined) return [];
  const after = trace.states[index + 1];
  const shared = new Set(["variable"] as const);
  const changed = after === undefined ? [] : changedLeaves(machine, before, after, shared);
  if (changed.length > 0) {
    return changed.map(({ name, value, type }) => `${name} ${formatValue(value, type)}`);
  }
  const location = locationNamed(machine, step.mover, step.from);
  const written = location && writtenPlace(machine, before, step.mover, location);
  const same = stateLeaves(machine, before, shared).filter(({ name }) => name === written);
  const verb = after === undefined ? "==" : "still";
  return same.map(({ name, value, type }) => `${name} ${verb} ${formatValue(value, type)}`);
}

/** What a step adds to costs. */
function costsOf({ events }: Step): readonly string[] {
  return events.flatMap((event) =>
    event.kind === "cost" && event.value !== 0 ? [`${event.cost} +${event.value}`] : [],
  );
}

/** What a step saw before it did anything, `pmd[1] == none`. */
function seenBy({ machine, trace }: Teller, step: Step, index: number): readonly string[] {
  const before = trace.states[index];
  const location = locationNamed(machine, step.mover, step.from);
  if (before === undefined || location === null) return [];
  return observations(machine, before, step.mover, location, step.fault !== null);
}

/** A lock that is misused in a step leaves no event: the call that the step came to. */
function misusedLock({ machine, trace }: Teller, step: Step): string | null {
  const location = locationNamed(machine, step.mover, step.from);
  const state = trace.states.at(-1);
  if (step.fault === null || location === null || state === undefined) return null;
  const use = nextLockUse(machine, state, step.mover, location);
  return use !== null && within(step.fault.span, use.span) ? lockCall(machine, use) : null;
}

/** The lines of a step with what happened on each; `stack` follows the calls entered and left. */
function draftsOf(teller: Teller, step: Step, stack: Call[]): readonly Draft[] {
  const { machine } = teller;
  const failed = machine.assertions.filter(({ name }) => step.failedAsserts.includes(name));
  const drafts: Draft[] = [];
  // Told with the next line: the head of a choice is seldom shown.
  const picks: string[] = [];
  for (const event of step.events) {
    const draft = drafts.at(-1);
    switch (event.kind) {
      case "line": {
        const line = machine.lines[event.line];
        if (line === undefined) break;
        const hit = failed.find(({ span }) => within(span, line.span))?.name ?? null;
        const calls = [...stack];
        drafts.push({ line, calls, failed: hit, picks: picks.splice(0), call: null });
        break;
      }
      case "enter":
        stack.push(callOf(teller, event));
        break;
      case "leave":
        stack.pop();
        break;
      case "pick":
        picks.push(`${event.name} ${formatPlainValue(event.value)}`);
        break;
      case "acquire":
      case "release":
      case "downgrade":
      case "try-acquire":
        if (draft !== undefined) draft.call = lockCall(machine, event);
        break;
      case "branch":
      case "cost":
        break;
      default:
        event satisfies never;
    }
  }
  const last = drafts.at(-1);
  last?.picks.push(...picks);
  if (last !== undefined) last.call ??= misusedLock(teller, step);
  return drafts;
}

function within(inner: Span, outer: Span): boolean {
  return (
    inner.source.path === outer.source.path && inner.start >= outer.start && inner.end <= outer.end
  );
}

/**
 * Which lines of a step are shown: those that are steps, those that the author gave a text, and failed
 * asserts. The word `atomic` says nothing beside the statements of the block.
 */
function chooseDrafts(drafts: readonly Draft[]): readonly Draft[] {
  const told = drafts.filter(
    ({ line, failed }) =>
      failed !== null || line.text !== null || (line.kind === "step" && line.code !== "atomic"),
  );
  return told.length > 0 ? told : drafts.slice(0, 1);
}

/** An action without a text is told by its name; of its lines only failed asserts have rows. */
function actionDrafts(drafts: readonly Draft[], call: string): readonly Draft[] {
  const [first, ...others] = drafts;
  if (first === undefined) return [];
  const head = { ...first, call, calls: [], picks: [] };
  return [head, ...others.filter(({ failed }) => failed !== null)];
}

/** Lines of one step within the same call share a row; a failed assert has its own. */
function groupDrafts(drafts: readonly Draft[]): readonly (readonly Draft[])[] {
  const groups: Draft[][] = [];
  for (const draft of drafts) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    const together =
      last !== undefined &&
      last.failed === null &&
      draft.failed === null &&
      last.calls.at(-1) === draft.calls.at(-1);
    if (together) group?.push(draft);
    else groups.push([draft]);
  }
  return groups;
}

function textOf({ line, call }: Draft): string {
  return oneLine(line.text ?? call ?? line.code);
}

/** A condition without a text: what it saw says all. */
function isBareTest({ line, call, failed }: Draft): boolean {
  if (line.text !== null || call !== null || failed !== null) return false;
  return /^(if|else if|while|return)\b/.test(line.code);
}

/**
 * The calls around the location where a step starts, outermost first; the step's events change this
 * list. They are known from the mover's earlier steps; the location is what they must agree with.
 */
function callsAround(teller: Teller, step: Step): Call[] {
  const { machine, stacks } = teller;
  const known = stacks.get(step.mover) ?? [];
  const frames = locationNamed(machine, step.mover, step.from)?.stack ?? [];
  const differs = frames.findIndex((frame, depth) => known[depth]?.frame !== frame);
  const same = differs < 0 ? frames.length : differs;
  const fresh = frames.slice(same).map((frame): Call => {
    return { frame, name: callName(machine, frame, ""), told: false };
  });
  const stack = [...known.slice(0, same), ...fresh];
  stacks.set(step.mover, stack);
  return stack;
}

type Enter = Extract<StepEvent, { readonly kind: "enter" }>;

function callOf({ machine, ambiguous }: Teller, event: Enter): Call {
  const name = machine.frames[event.frame]?.function ?? "";
  const shown = ambiguous.has(name) ? argumentsOf(event) : "";
  return { frame: event.frame, name: callName(machine, event.frame, shown), told: false };
}

function callName(machine: Machine, frame: number, shown: string): string {
  return `${machine.frames[frame]?.function ?? "?"}(${shown})`;
}

function argumentsOf(event: Enter): string {
  const short = (value: Value): string =>
    value !== null && typeof value === "object" ? "…" : String(value);
  return event.arguments.map(short).join(", ");
}

/** Functions that one mover calls with different arguments: their calls show them. */
function ambiguousCalls(machine: Machine, trace: Trace): ReadonlySet<string> {
  const first = new Map<string, string>();
  const ambiguous = new Set<string>();
  for (const { mover, events } of [...trace.start, ...trace.steps]) {
    for (const event of events) {
      if (event.kind !== "enter") continue;
      const name = machine.frames[event.frame]?.function ?? "";
      const passed = argumentsOf(event);
      const known = first.get(`${mover} ${name}`);
      if (known === undefined) first.set(`${mover} ${name}`, passed);
      else if (known !== passed) ambiguous.add(name);
    }
  }
  return ambiguous;
}
