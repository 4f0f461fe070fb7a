// Behaviours in CPU columns, within a given width; where they would be wider, one row below the other.

import type { Step, Trace, Verdict } from "../../checker/exploration.ts";
import { displayWidth } from "../../diagnostics/width.ts";
import type { Difference } from "../../diff/difference.ts";
import type { Transplant, TransplantRow } from "../../diff/transplant/transplant.ts";
import type { Machine } from "../../machine/machine.ts";
import { locationNamed } from "../cast.ts";
import { beginningLines, drawColumns } from "../columns.ts";
import { markOf, narrateVerdict } from "../failure.ts";
import { type Narrative, narrate, type Row } from "../narrate.ts";
import { type Paint, plain } from "../style.ts";
import { summarize } from "../values.ts";
import { beginningOf } from "../verdicts.ts";
import { wrap } from "../wrap.ts";
import { bare } from "./block.ts";
import { excerpt } from "./excerpt.ts";
import { followedStory, removedStep, withRemoved } from "./followed.ts";
import { sparedPhrase } from "./names.ts";

export interface DrawingOptions {
  readonly width: number;
  readonly paint?: Paint;
  /** Every row, and the values that the behaviour starts from. */
  readonly whole: boolean;
}

/** Two CPUs are drawn as in a commit message, however wide the terminal is. */
const pageWidth = 80;

/** With less for each CPU nobody could read the columns. */
const narrowestColumn = 18;

/** So many steps before the end are shown, of those within the calls around it. */
const lastSteps = 3;
/** And so many of those that the patch touched. */
const lastSigns = 6;

/** The counterexample of a verdict. */
export function drawCounterexample(
  machine: Machine,
  verdict: Verdict,
  trace: Trace,
  options: DrawingOptions,
): string {
  const story = narrateVerdict(machine, verdict, trace);
  if (story.rows.length === 0) return drawStart(machine, trace, markOf(verdict), options);
  return drawn(machine, trace, story, options);
}

/** Where nobody takes a step, the values at the start are all that there is to see. */
function drawStart(
  machine: Machine,
  { states: [first = {}] }: Trace,
  mark: string,
  { width }: DrawingOptions,
): string {
  const values = machine.variables
    .filter(({ ghost }) => !ghost)
    .flatMap(({ name, type }) => summarize(name, first[name] ?? null, type));
  return [
    ...beginningLines(values, Math.min(width, pageWidth)),
    `        (nobody takes a step) <-- ${mark}`,
  ].join("\n");
}

/** A behaviour whose end tells the versions apart. */
export function drawRun(
  machine: Machine,
  trace: Trace,
  mark: string,
  options: DrawingOptions,
): string {
  const marked = markedLast(narrate(machine, trace), mark);
  const from = trace.steps.length - 2 * lastSteps;
  const shown = options.whole ? marked : excerpt(marked, ({ step }) => step >= from);
  return drawn(machine, trace, shown, options);
}

/** How a counterexample went on the new version, with the steps of the patch marked. */
export function drawFollowed(
  difference: Difference,
  transplant: Transplant,
  options: DrawingOptions,
): string {
  const { machine } = difference.after;
  const { followed, parting } = transplant;
  const followedRows = markedStory(followedStory(difference, transplant), transplant);
  const story = withRemoved(followedRows, difference, transplant);
  const signs = new Map(transplant.rows.flatMap(signsOf));
  const signOf = (row: Row): string => {
    if (row.kind === "call") return "";
    if (row.kind === "step") return signs.get(row.step) ?? "";
    return parting?.next === "inserted" ? "+" : parting?.next === "changed" ? "~" : "";
  };
  const telling = tellingSteps(machine, transplant, signs);
  const shown = options.whole
    ? story
    : excerpt(story, (row) => row.kind === "stands" || telling.has(row.step));
  return drawn(machine, followed, shown, options, signOf);
}

/** The sign of a step that the patch touched, by the number of its rows. */
function signsOf(row: TransplantRow): readonly (readonly [number, string])[] {
  switch (row.kind) {
    case "inserted":
      return [[row.after, "+"]];
    case "changed":
      return [[row.after, "~"]];
    case "removed":
      return [[removedStep(row.before), "-"]];
    case "alike":
      return [];
    default:
      return row satisfies never;
  }
}

/** A counterexample that runs to its end, and shows nothing there, says so in its last row. */
function markedStory(story: Narrative, { parting, verdict }: Transplant): Narrative {
  if (parting?.why.kind !== "not-violated") return story;
  return markedLast(story, bare(sparedPhrase(verdict)));
}

function markedLast(story: Narrative, mark: string): Narrative {
  const last = story.rows.length - 1;
  const rows = story.rows.map((row, index) => (index === last ? { ...row, mark } : row));
  return { ...story, rows };
}

/** The steps that explain why the path parts: those of the patch, who took the lock and went on, and the last ones. */
function tellingSteps(
  machine: Machine,
  { parting, followed }: Transplant,
  signs: ReadonlyMap<number, string>,
): ReadonlySet<number> {
  const stepsOf = (mover: number): readonly number[] =>
    [...followed.steps.keys()].filter((index) => followed.steps[index]?.mover === mover);
  const holdings =
    parting?.why.kind === "blocked" ? parting.why.by.flatMap(({ holders }) => holders) : [];
  const last = followed.steps.at(-1);
  const stopped = parting?.mover ?? last?.mover ?? -1;
  const stack = parting?.location?.stack ?? stackOf(machine, last);
  const near = stepsOf(stopped).filter((index) =>
    isNear(stackOf(machine, followed.steps[index]), stack),
  );
  return new Set([
    ...[...signs.keys()].slice(-lastSigns),
    ...holdings.flatMap(({ taken }) => (taken === null ? [] : [taken])),
    ...holdings.flatMap(({ mover }) => stepsOf(mover).slice(-1)),
    ...near.slice(-lastSteps),
    ...stepsOf(stopped).slice(-1),
    ...[...followed.steps.keys()].slice(-1),
  ]);
}

function stackOf(machine: Machine, step: Step | undefined): readonly number[] {
  if (step === undefined) return [];
  return locationNamed(machine, step.mover, step.from)?.stack ?? [];
}

/** Is a call stack that of the end, but for the innermost call? */
function isNear(stack: readonly number[], end: readonly number[]): boolean {
  const outer = end.slice(0, -1);
  return outer.every((frame, depth) => stack[depth] === frame);
}

function drawn(
  machine: Machine,
  trace: Trace,
  story: Narrative,
  { width, paint = plain, whole }: DrawingOptions,
  signOf: (row: Row) => string = () => "",
): string {
  if (story.rows.length === 0) return "        (nobody takes a step)";
  const columns = {
    beginning: whole ? beginningOf(machine, trace) : [],
    width: story.columns.length <= 2 ? Math.min(width, pageWidth) : width,
    signOf,
  };
  const fits =
    story.columns.length * narrowestColumn <= width &&
    drawColumns(story, columns)
      .split("\n")
      .every((line) => displayWidth(line) <= width);
  return fits ? drawColumns(story, { ...columns, paint }) : listRows(story, width, signOf);
}

/** Many CPUs, or very deep calls: `CPU3 (cpu[4])  text [values]`, one row below the other. */
function listRows(story: Narrative, width: number, signOf: (row: Row) => string): string {
  const titles = story.columns.map(({ title, role }) =>
    role === null ? title : `${title} (${role})`,
  );
  const widest = Math.max(...titles.map((title) => title.length));
  return story.rows
    .flatMap((row) => {
      const title = (titles[row.column] ?? "").padEnd(widest);
      const values = row.values.length === 0 ? "" : ` [${row.values.join(", ")}]`;
      const mark = row.mark === null ? "" : ` <-- ${row.mark}`;
      const sign = signOf(row).padEnd(2);
      const front = `      ${sign}${title}  `;
      const lines = wrap(`${row.text}${values}${mark}`, Math.max(width - front.length, 16));
      return lines.map((line, index) => (index === 0 ? front : " ".repeat(front.length)) + line);
    })
    .join("\n");
}
