// The result of a check as one JSON document, `weft-check/1`; docs/check.schema.json describes it.
//
// Fields are only ever added within a version. Values are as in a trace's states: numbers, booleans,
// names, null, objects by key, arrays for sets and sequences.

import type { Findings } from "../checker/expectations.ts";
import type {
  CostResult,
  Detail,
  Found,
  Outside,
  Step,
  Trace,
  Verdict,
} from "../checker/exploration.ts";
import type { Profile } from "../checker/profile.ts";
import type { ReductionReport } from "../checker/reduction.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { positionAt, type Span } from "../diagnostics/source.ts";
import type { Disagreement } from "../engines/agreement.ts";
import type { Line, Machine } from "../machine/machine.ts";
import { disagreementsJson } from "./agreement.ts";
import { coverageWords } from "./coverage.ts";
import { narrateVerdict } from "./failure.ts";
import { type Narrative, narrate } from "./narrate.ts";
import { profileJson } from "./profile.ts";
import { reductionJson } from "./reductions.ts";
import { changedLeaves } from "./values.ts";
import { drawStory } from "./verdicts.ts";

export const memoryModel = "sequential consistency";

export interface CheckFacts {
  readonly path: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly exitCode: number;
  /** Null if the spec was refused. */
  readonly result: {
    readonly machine: Machine;
    readonly exploration: Found;
    readonly findings: Findings;
    readonly profile?: Profile | null;
  } | null;
  /** In what Weft disagrees with the engine that checked. */
  readonly disagreements?: readonly Disagreement[];
}

/** The document of one check, ready for JSON.stringify. */
export function checkDocument(facts: CheckFacts): object {
  const { path, diagnostics, exitCode, result, disagreements } = facts;
  const head = {
    format: "weft-check/1",
    file: path,
    exitCode,
    diagnostics: diagnostics.map(diagnosticJson),
  };
  if (result === null) return { ...head, status: "refused" };
  const { machine, exploration, findings, profile } = result;
  return {
    ...head,
    status: statusOf(exploration, findings),
    spec: exploration.spec,
    parameters: parametersJson(exploration.parameters),
    memoryModel,
    ...(exploration.by === undefined ? {} : { engine: engineJson(exploration.by) }),
    ...(disagreements === undefined ? {} : { disagreements: disagreementsJson(disagreements) }),
    exhaustive: exploration.complete,
    stoppedBy: exploration.stoppedBy,
    initialStates: exploration.initialStates,
    distinctStates: exploration.distinctStates,
    transitions: exploration.transitions,
    depth: exploration.depth,
    levels: exploration.levels,
    ...reductionsJson(exploration.reductions ?? []),
    elapsedSeconds: exploration.elapsedSeconds,
    ...(exploration.notJudged?.length ? { notJudged: exploration.notJudged } : {}),
    properties: exploration.verdicts.map((verdict) => verdictJson(machine, verdict, findings)),
    costs: exploration.costs.map((cost) => costJson(machine, cost)),
    coverage: {
      branchesNeverEntered: findings.branches.flatMap((index) => {
        const branch = machine.branches[index];
        if (branch === undefined) return [];
        const { description, span, function: owner } = branch;
        return [{ description, function: owner, place: placeJson(span) }];
      }),
      actionsNeverTaken: findings.actions,
      labels: exploration.coverage.labels.map(({ name, reached }) => {
        const wrong = findings.labels.find((label) => label.name === name);
        const trace = wrong?.trace ?? null;
        return {
          name,
          reached,
          finding: wrong !== undefined,
          trace: trace === null ? null : traceJson(machine, trace),
        };
      }),
    },
    ...(profile ? { profile: profileJson(profile) } : {}),
  };
}

/** Of a search that nothing was to reduce nothing is said. */
function reductionsJson(reductions: readonly ReductionReport[]): object {
  return reductions.length === 0 ? {} : { reductions: reductions.map(reductionJson) };
}

export function engineJson({
  name,
  version,
  flags,
  memoryBytes,
  remarks,
  notJudged,
}: Outside): object {
  return { name, version, flags, memoryBytes, remarks, notJudged };
}

/** Several checks in one document. */
export function checksDocument(checks: readonly CheckFacts[]): object {
  return { format: "weft-checks/1", results: checks.map(checkDocument) };
}

/** Has Weft itself left a verdict open though it looked at all states? */
function isOpen({ by, verdicts }: Found): boolean {
  return by === undefined && verdicts.some(({ outcome }) => outcome === "unknown");
}

type Status = "holds" | "violated" | "vacuous" | "incomplete";

function statusOf(exploration: Found, findings: Findings): Status {
  if (findings.violations.length > 0) return "violated";
  if (!exploration.complete || isOpen(exploration)) return "incomplete";
  return coverageWords(findings) === null ? "holds" : "vacuous";
}

/** A verdict, with its trace. */
export function verdictJson(machine: Machine, verdict: Verdict, findings: Findings): object {
  const { kind, name, outcome, span, detail, trace, shortest } = verdict;
  return {
    kind,
    name,
    verdict: outcome,
    finding: findings.violations.includes(verdict) || findings.covers.includes(verdict),
    place: placeJson(span),
    detail: detail === null ? null : detailJson(machine, detail),
    // A count of behaviours may be beyond what JSON's readers keep exactly.
    shortestBehaviours: shortest === null ? null : String(shortest),
    trace:
      trace === null ? null : traceJson(machine, trace, narrateVerdict(machine, verdict, trace)),
  };
}

function detailJson(machine: Machine, detail: Detail): object {
  switch (detail.kind) {
    case "fault":
      return { kind: "fault", fault: detail.fault, place: placeJson(detail.span) };
    case "property-fault":
      return { kind: "property-fault" };
    case "sleep":
      return { kind: "sleep-under-spinlock", place: placeJson(detail.span) };
    case "blocked":
      return { kind: "blocked", processes: detail.processes };
    case "lock-cycle":
      return {
        kind: "lock-cycle",
        edges: detail.edges.map(({ held, taken, by, span, trace }) => ({
          held,
          taken,
          by,
          place: placeJson(span),
          trace: traceJson(machine, trace),
        })),
      };
    default:
      return detail satisfies never;
  }
}

/** A cost's totals, with runs that attain them. */
export function costJson(machine: Machine, cost: CostResult): object {
  const { name, least, greatest, leastRun, greatestRun, loopStart } = cost;
  return {
    name,
    least,
    greatest,
    loopStart,
    leastRun: leastRun === null ? null : traceJson(machine, leastRun),
    greatestRun: greatestRun === null ? null : traceJson(machine, greatestRun),
  };
}

/** A trace: its steps with what they changed, all states, and the columns for whoever just shows them. */
export function traceJson(
  machine: Machine,
  trace: Trace,
  story: Narrative = narrate(machine, trace),
): object {
  return {
    length: trace.steps.length,
    contextSwitches: trace.contextSwitches,
    loop: trace.loop,
    steps: trace.steps.map((step, index) => stepJson(machine, trace, step, index)),
    states: trace.states,
    columns: drawStory(machine, trace, story).split("\n"),
  };
}

function stepJson(machine: Machine, trace: Trace, step: Step, index: number): object {
  const before = trace.states[index];
  const after = trace.states[index + 1];
  const changes =
    before === undefined || after === undefined
      ? []
      : changedLeaves(machine, before, after, new Set(["variable", "ghost", "lock", "process"]));
  return {
    mover: step.name,
    from: step.from,
    lines: step.events.flatMap((event) => {
      const line = event.kind === "line" ? machine.lines[event.line] : undefined;
      return line === undefined ? [] : [lineJson(line)];
    }),
    picks: step.events.flatMap((event) =>
      event.kind === "pick" ? [{ name: event.name, value: event.value }] : [],
    ),
    changes: changes.map(({ name, value }) => ({ name, value })),
    fault:
      step.fault === null ? null : { kind: step.fault.kind, place: placeJson(step.fault.span) },
    failedAsserts: step.failedAsserts,
  };
}

/** A line of a spec that a step goes through. */
export function lineJson({ text, code, function: owner, kind, span }: Line): object {
  return { text, code, function: owner, kind, place: placeJson(span) };
}

/** A diagnostic with its places. */
export function diagnosticJson(diagnostic: Diagnostic): object {
  const { code, severity, message, span, hint, related } = diagnostic;
  return {
    code,
    severity,
    message,
    place: placeJson(span),
    hint,
    related: related.map(({ span: other, message: words }) => ({
      message: words,
      place: placeJson(other),
    })),
  };
}

export function parametersJson(parameters: Found["parameters"]): object {
  return Object.fromEntries(parameters.map(({ name, value }) => [name, value]));
}

/** A place as editors count it, both ends. */
export function placeJson(span: Span | null): object | null {
  if (span === null) return null;
  const start = positionAt(span.source, span.start);
  const end = positionAt(span.source, span.end);
  return {
    file: span.source.path,
    line: start.line,
    column: start.column,
    endLine: end.line,
    endColumn: end.column,
  };
}
