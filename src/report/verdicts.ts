// What a check found, for people: the counterexamples, a line a property, findings, costs, counts, and
// a last line that says it all.

import type { Findings } from "../checker/expectations.ts";
import type { CostResult, Found, Trace, Verdict } from "../checker/exploration.ts";
import { formatPlace } from "../diagnostics/source.ts";
import type { Machine } from "../machine/machine.ts";
import { drawColumns } from "./columns.ts";
import { coverageWords, drawCoverage, reachedWords } from "./coverage.ts";
import { narrateVerdict, waitedFor } from "./failure.ts";
import { type Narrative, narrate } from "./narrate.ts";
import { engineWords, notJudgedWords } from "./outside.ts";
import { reductionWords } from "./reductions.ts";
import { type Paint, plain, type Role } from "./style.ts";
import { type Cell, drawTable } from "./table.ts";
import { drawText } from "./text.ts";
import { formatValue, summarize } from "./values.ts";
import { faultWords, kindWords, limitWords, listed, plural } from "./words.ts";

export type TraceStyle = "columns" | "text";

export interface VerdictOptions {
  readonly paint?: Paint;
  readonly traces?: TraceStyle;
  /** Only the last lines: what holds and what does not, without traces. */
  readonly quiet?: boolean;
}

/** Tells the result of a check; lines without a line break at the end. */
export function drawExploration(
  machine: Machine,
  exploration: Found,
  findings: Findings,
  options: VerdictOptions = {},
): string {
  const paint = options.paint ?? plain;
  if (options.quiet === true) return closingLine(exploration, findings, paint);
  const blocks = [
    ...drawVerdicts(machine, exploration, findings, options),
    ...optional(drawCoverage(machine, findings, paint)),
    ...optional(drawCosts(exploration.costs)),
    [...countLines(exploration, paint), closingLine(exploration, findings, paint)].join("\n"),
  ];
  return blocks.join("\n\n");
}

/** What was found, in blocks: which spec, each violation with its trace, labels reached against expectation, a line a property. */
export function drawVerdicts(
  machine: Machine,
  exploration: Found,
  findings: Findings,
  options: VerdictOptions,
): readonly string[] {
  const paint = options.paint ?? plain;
  return [
    paint("strong", headline(machine, exploration)),
    ...drawViolations(machine, findings.violations, options),
    ...drawReachedLabels(machine, findings, options),
    drawTable(
      exploration.verdicts.map((verdict) => verdictCells(verdict, findings)),
      paint,
    ),
  ];
}

function optional(block: string | null): readonly string[] {
  return block === null ? [] : [block];
}

/** `specs/a.weft: thp_unmap with MMS = 2, DEBUG_VM = false` */
export function headline(machine: Machine, { spec }: Pick<Found, "spec">): string {
  const settings = machine.parameters.map(
    ({ name, value, type }) => `${name} = ${formatValue(value, type)}`,
  );
  const given = settings.length > 0 ? ` with ${settings.join(", ")}` : "";
  return `${machine.source.path}: ${spec}${given}`;
}

/** Each violation with its trace; a trace that was shown already is only named. */
function drawViolations(
  machine: Machine,
  violations: readonly Verdict[],
  options: VerdictOptions,
): readonly string[] {
  const shown = new Map<string, string>();
  return violations.map((verdict) => {
    const key = verdict.trace === null ? null : JSON.stringify(verdict.trace.states);
    const earlier = key === null || verdict.trace?.steps.at(-1)?.fault ? undefined : shown.get(key);
    if (earlier === undefined) {
      if (key !== null) shown.set(key, subjectOf(verdict));
      return drawVerdict(machine, verdict, options);
    }
    const words = sentence({ ...verdict, trace: null });
    const why = stuckWords(machine, verdict);
    return [
      (options.paint ?? plain)("bad", `${words} in the behaviour shown for ${earlier}${why}`),
      ...placeLines(verdict, options),
    ].join("\n");
  });
}

/** What a stuck process waits for, where its trace is not shown. */
function stuckWords(machine: Machine, { kind, detail, trace }: Verdict): string {
  const state = trace?.states.at(-1);
  const who = detail?.kind === "blocked" ? detail.processes[0] : undefined;
  const instance = machine.instances.find(({ name }) => name === who);
  if (kind !== "stuck" || state === undefined || instance === undefined) return "";
  const wait = waitedFor(machine, state, instance.id);
  if (wait === null) return "";
  const held = wait.holders.length === 0 ? "" : `, held by ${listed(wait.holders)}`;
  return `: it waits for ${wait.lock}${held}`;
}

/** Labels that are reached against expectation, each with the way there. */
function drawReachedLabels(
  machine: Machine,
  findings: Findings,
  options: VerdictOptions,
): readonly string[] {
  return findings.labels.flatMap((label) => {
    const { trace } = label;
    if (trace === null) return [];
    const head = `${reachedWords(label)}${lengthOf({ trace, shortest: null })}:`;
    return [
      `${(options.paint ?? plain)("warn", head)}\n\n${drawPlainTrace(machine, trace, options)}`,
    ];
  });
}

/** One verdict with its trace, ready to be put into a commit message. */
export function drawVerdict(
  machine: Machine,
  verdict: Verdict,
  options: VerdictOptions = {},
): string {
  const paint = options.paint ?? plain;
  const lines = [`${paint(roleOf(verdict.outcome), sentence(verdict))}`];
  lines.push(...placeLines(verdict, options), ...detailLines(verdict));
  if (verdict.trace !== null) {
    lines.push("", drawTrace(machine, verdict, verdict.trace, options));
  }
  if (verdict.detail?.kind === "lock-cycle") {
    for (const edge of verdict.detail.edges) {
      lines.push("", `${edge.by} takes ${edge.taken} while it holds ${edge.held}:`);
      lines.push("", drawPlainTrace(machine, edge.trace, options));
    }
  }
  return lines.join("\n");
}

/** Where the property is written; a fault's own place stands with its details. */
function placeLines({ span, detail }: Verdict, options: VerdictOptions): readonly string[] {
  const told = detail?.kind === "fault" || detail?.kind === "sleep";
  return span === null || told ? [] : [(options.paint ?? plain)("dim", `  ${formatPlace(span)}`)];
}

/** A trace of a verdict in the style asked for. */
function drawTrace(
  machine: Machine,
  verdict: Verdict,
  trace: Trace,
  options: VerdictOptions,
): string {
  return drawStory(machine, trace, narrateVerdict(machine, verdict, trace), options);
}

export interface PlainTraceOptions extends VerdictOptions {
  /** Show what steps add to costs. */
  readonly costs?: boolean;
  /** The step at which a loop begins that the run may go round for ever. */
  readonly loopStart?: number | null;
}

/** A trace that shows nothing wrong by itself, such as the run of a cost. */
export function drawPlainTrace(
  machine: Machine,
  trace: Trace,
  options: PlainTraceOptions = {},
): string {
  const story = narrate(machine, trace, { costs: options.costs ?? false });
  const { loopStart = null } = options;
  const rows = story.rows.map((row) =>
    row.step === loopStart && row.kind === "step" ? { ...row, mark: "a loop begins" } : row,
  );
  return drawStory(machine, trace, { ...story, rows }, options);
}

/** Draws a story in the style asked for. */
export function drawStory(
  machine: Machine,
  trace: Trace,
  story: Narrative,
  { traces, paint = plain }: VerdictOptions = {},
): string {
  // Without rows there are no columns: the first state says it all.
  if (traces === "text" || story.rows.length === 0) return drawText(machine, trace, paint, story);
  return drawColumns(story, { paint, beginning: beginningOf(machine, trace) });
}

/** The variables that may start in several ways, with the values that this trace starts from. */
export function beginningOf(machine: Machine, trace: Trace): readonly string[] {
  const first = trace.states[0];
  if (first === undefined) return [];
  return machine.variables
    .filter(({ initial, ghost }) => initial.kind === "in" && !ghost)
    .flatMap(({ name, type }) => summarize(name, first[name] ?? null, type));
}

function roleOf(outcome: Verdict["outcome"]): Role {
  if (outcome === "violated") return "bad";
  return outcome === "holds" || outcome === "reachable" ? "good" : "warn";
}

/** `invariant unmap_complete is violated after 12 steps with 2 context switches:` */
export function sentence(verdict: Verdict): string {
  return `${subjectOf(verdict)} ${happens(verdict)}${lengthOf(verdict)}${verdict.trace === null ? "" : ":"}`;
}

export function subjectOf({ kind, name, detail }: Verdict): string {
  switch (kind) {
    case "invariant":
    case "cover":
    case "assert":
      return `${kind} ${name}`;
    case "step":
      return `step property ${name}`;
    case "deadlock":
      return "a deadlock";
    case "stuck":
      return detail?.kind === "blocked" ? `process ${listed(detail.processes)}` : "a process";
    case "range":
      return "a fault";
    case "lock_use":
      return "a lock";
    case "lock_order":
      return "the order of locks";
    default:
      return kind satisfies never;
  }
}

function happens({ kind, outcome, detail }: Verdict): string {
  if (outcome === "reachable") return "is reached";
  if (outcome !== "violated") return `is ${outcome}`;
  switch (kind) {
    case "invariant":
    case "step":
    case "cover":
      return detail?.kind === "property-fault" ? "cannot be evaluated" : "is violated";
    case "assert":
      return "fails";
    case "lock_order":
      return "has a cycle";
    case "stuck":
      return "is stuck for ever";
    case "lock_use":
      return "is misused";
    default:
      return "is reached";
  }
}

/** ` after 14 steps with 1 context switch, one of 462 as short`; empty if there is no trace. */
export function lengthOf({ trace, shortest }: Pick<Verdict, "trace" | "shortest">): string {
  if (trace === null) return "";
  const { steps, contextSwitches } = trace;
  if (steps.length === 0) return " at the start";
  const others = shortest === null || shortest <= 1n ? "" : `, one of ${shortest} as short`;
  return ` after ${plural(steps.length, "step")} with ${plural(contextSwitches, "context switch")}${others}`;
}

function detailLines({ kind, detail }: Verdict): readonly string[] {
  switch (detail?.kind) {
    case "fault":
      return [`  ${faultWords(detail.fault)} at ${formatPlace(detail.span)}`];
    case "sleep":
      return [`  a mutex or rwsem is taken under a spinlock at ${formatPlace(detail.span)}`];
    case "blocked":
      return kind === "stuck" ? [] : [`  blocked: ${detail.processes.join(", ")}`];
    case "lock-cycle":
      return [`  ${cycleWords(detail.edges)}`];
    case "property-fault":
    case undefined:
      return [];
    default:
      return detail satisfies never;
  }
}

function verdictCells(verdict: Verdict, findings: Findings): readonly Cell[] {
  const { kind, name, outcome, trace } = verdict;
  const builtIn = name === kind;
  const known = outcome === "unreachable" && !findings.covers.includes(verdict);
  const excused = outcome === "violated" && !findings.violations.includes(verdict);
  const role = known || excused ? "dim" : roleOf(outcome);
  const note =
    known || excused ? "as expected" : trace === null ? "" : stepWords(trace.steps.length);
  const subject = builtIn
    ? `${kindWords(kind)}${distinction(verdict)}`
    : `${kindWords(kind)} ${name}`;
  return [[role, outcome], subject, note];
}

function stepWords(steps: number): string {
  return steps === 0 ? "at the start" : plural(steps, "step");
}

/** What tells several findings of one built-in check apart. */
function distinction({ kind, detail }: Verdict): string {
  switch (detail?.kind) {
    case "fault":
      return `: ${faultWords(detail.fault)}`;
    case "sleep":
      return ": sleep under a spinlock";
    case "blocked":
      return kind === "stuck" ? `: ${listed(detail.processes)}` : "";
    case "lock-cycle":
      return `: ${cycleWords(detail.edges)}`;
    default:
      return "";
  }
}

/** `a -> b -> a` */
function cycleWords(edges: readonly { readonly held: string }[]): string {
  return [...edges, ...edges.slice(0, 1)].map(({ held }) => held).join(" -> ");
}

/** The costs with their least and greatest totals; null if the spec has none. */
export function drawCosts(costs: readonly CostResult[]): string | null {
  if (costs.length === 0) return null;
  const cell = (value: CostResult["greatest"]): string => (value === null ? "-" : String(value));
  return drawTable([
    ["cost", "least", "greatest"],
    ...costs.map(({ name, least, greatest }) => [name, cell(least), cell(greatest)]),
  ]);
}

/** How much was found, and how. */
export function countLines(exploration: Found, paint: Paint): readonly string[] {
  const { distinctStates, transitions, depth, initialStates, elapsedSeconds } = exploration;
  const known = [
    [distinctStates, `${distinctStates} distinct states`],
    [transitions, `${transitions} transitions`],
    [depth, `depth ${depth}`],
    [initialStates, `${initialStates} initial`],
  ] as const;
  const told = known.flatMap(([count, words]) => (count === null ? [] : [words]));
  const counts = `${told.length === 0 ? "no counts" : told.join(", ")}; ${elapsedSeconds.toFixed(2)} s`;
  return [counts, ...howSearched(exploration, paint)];
}

function howSearched(found: Found, paint: Paint): readonly string[] {
  const { complete, stoppedBy, by, reductions = [], notJudged = [] } = found;
  const why = stoppedBy === null ? "it ended early" : limitWords(stoppedBy);
  const how = complete
    ? "exhaustive search, sequential consistency"
    : paint("warn", `NOT exhaustive (${why}), sequential consistency`);
  if (by === undefined) {
    const lines = [how, ...reductions.map(reductionWords)];
    if (notJudged.length === 0) return lines;
    const words = notJudgedWords(notJudged);
    return [
      ...lines,
      paint("warn", `not judged, for there are more states than fit into one memory: ${words}`),
    ];
  }
  return [
    `checked by ${engineWords(by)}: ${how}`,
    `not judged by it: ${notJudgedWords(by.notJudged)}`,
    ...by.remarks,
  ];
}

/** The last line: what a person wants to know first. */
export function closingLine(exploration: Found, findings: Findings, paint: Paint): string {
  const names = [...new Set(findings.violations.map(({ name }) => name))];
  const partial = exploration.complete ? "" : " (the search is not complete)";
  if (names.length > 0) return paint("bad", `violated: ${names.join(", ")}${partial}`);
  if (!exploration.complete) {
    return paint("warn", "no violation found so far; the search is not complete");
  }
  const words = coverageWords(findings);
  if (words !== null) return paint("warn", `nothing is violated, but ${words}`);
  const open = (exploration.notJudged ?? []).filter(({ kind }) => kind !== "cost");
  if (open.length > 0) {
    return paint("warn", `nothing is violated, but not judged: ${notJudgedWords(open)}`);
  }
  if (exploration.by !== undefined) {
    return paint("good", `everything that ${exploration.by.name} judges holds`);
  }
  return paint("good", "everything holds");
}
