// A comparison as one JSON document, `weft-diff/1`; docs/diff.schema.json describes it.
//
// Fields are only ever added within a version. Traces, verdicts and costs are as in `weft-check/1`.

import { unexpectedIn } from "../../checker/expectations.ts";
import type { CostResult } from "../../checker/exploration.ts";
import type {
  Behaviours,
  Ending,
  Inclusion,
  ObservedValue,
  StateExample,
} from "../../diff/behaviours/behaviours.ts";
import type { CostPair } from "../../diff/costs.ts";
import type { Difference } from "../../diff/difference.ts";
import type { Difference as ValueDifference } from "../../diff/replay.ts";
import type { Structure } from "../../diff/structure/structure.ts";
import type {
  BlockedBy,
  Continuation,
  Parting,
  Transplant,
  TransplantRow,
} from "../../diff/transplant/transplant.ts";
import type { VersionsDiff } from "../../diff/vectors.ts";
import type { VerdictPair } from "../../diff/verdicts.ts";
import type { Version } from "../../diff/version.ts";
import type { Line } from "../../machine/machine.ts";
import {
  costJson,
  lineJson,
  memoryModel,
  parametersJson,
  placeJson,
  traceJson,
  verdictJson,
} from "../json.ts";
import { bare } from "./block.ts";
import { closingOf } from "./closing.ts";
import { followedStory } from "./followed.ts";

/** The document, ready for JSON.stringify; `diff` is null if a version was refused. */
export function differenceDocument(diff: VersionsDiff | null, exitCode: number): object {
  const head = { format: "weft-diff/1", exitCode };
  if (diff === null) return { ...head, refused: true };
  return {
    ...head,
    refused: false,
    before: diff.before,
    after: diff.after,
    memoryModel,
    summary: bare(closingOf(diff).text),
    vectors: diff.vectors.map(({ values, difference }) => ({
      values: Object.fromEntries(values),
      ...differenceJson(difference),
    })),
  };
}

function differenceJson(difference: Difference): object {
  const { before, after, verdicts, transplants, behaviours, costs, structure } = difference;
  return {
    before: versionJson(before),
    after: versionJson(after),
    verdicts: verdicts.map((pair) => pairJson(difference, pair)),
    transplants: transplants.map((one) => transplantJson(difference, one)),
    behaviours: behaviours === null ? null : behavioursJson(difference, behaviours),
    costs: costs.map((cost) => costPairJson(difference, cost)),
    structure: structureJson(structure),
  };
}

function versionJson({ name, machine, exploration }: Version): object {
  return {
    name,
    file: machine.source.path,
    spec: machine.name,
    doc: machine.doc,
    parameters: parametersJson(exploration.parameters),
    exhaustive: exploration.complete,
    stoppedBy: exploration.stoppedBy,
    initialStates: exploration.initialStates,
    distinctStates: exploration.distinctStates,
    transitions: exploration.transitions,
    depth: exploration.depth,
    unexpected: unexpectedIn(machine, exploration),
  };
}

function pairJson({ before, after }: Difference, pair: VerdictPair): object {
  const { name, kind, flipped } = pair;
  const side = (version: Version, which: "Before" | "After"): object | null => {
    const outcome = which === "Before" ? pair.before : pair.after;
    if (outcome === null) return null;
    const verdicts = which === "Before" ? pair.verdictsBefore : pair.verdictsAfter;
    return {
      outcome,
      expected: which === "Before" ? pair.expectedBefore : pair.expectedAfter,
      verdicts: verdicts.map((one) => verdictJson(version.machine, one, version.findings)),
    };
  };
  return { kind, name, flipped, before: side(before, "Before"), after: side(after, "After") };
}

// ---------------------------------------------------------------- transplants

function transplantJson(difference: Difference, transplant: Transplant): object {
  const { before, after } = difference;
  const { verdict, trace, followed, rows, parting, continuation } = transplant;
  return {
    kind: verdict.kind,
    name: verdict.name,
    trace: traceJson(before.machine, trace),
    followed: traceJson(after.machine, followed, followedStory(difference, transplant)),
    rows: rows.map(rowJson),
    parting: parting === null ? null : partingJson(difference, parting),
    continuation: continuation === null ? null : continuationJson(after, continuation),
  };
}

function rowJson(row: TransplantRow): object {
  const common = { kind: row.kind, before: null, after: null };
  switch (row.kind) {
    case "alike":
      return { ...common, before: row.before, after: row.after };
    case "changed":
      return {
        ...common,
        before: row.before,
        after: row.after,
        differences: row.differences.map(valueDifferenceJson),
      };
    case "inserted":
      return { ...common, after: row.after };
    case "removed":
      return { ...common, before: row.before };
    default:
      return row satisfies never;
  }
}

function valueDifferenceJson({ name, recorded, found }: ValueDifference): object {
  return { name, before: recorded, after: found };
}

function partingJson({ after }: Difference, parting: Parting): object {
  const { before, mover, state, location, line, next, why } = parting;
  return {
    before,
    mover: mover === null ? null : (after.search.system.movers[mover]?.name ?? null),
    state,
    location: location?.name ?? null,
    line: lineOrNull(line),
    next,
    why: {
      kind: why.kind,
      differences:
        "differs" in why
          ? why.differs.map(valueDifferenceJson)
          : "differences" in why
            ? why.differences.map(valueDifferenceJson)
            : [],
      blockedBy: why.kind === "blocked" ? why.by.map(blockedJson) : [],
    },
  };
}

function blockedJson({ blocker, holders }: BlockedBy): object {
  return {
    kind: blocker.kind,
    lock: blocker.kind === "lock" ? blocker.lock : null,
    place: placeJson(blocker.span),
    holders: holders.map(({ holder, taken, released, before }) => ({
      holder,
      taken,
      released: lineOrNull(released),
      before: before.map(lineJson),
    })),
  };
}

function lineOrNull(line: Line | null): object | null {
  return line === null ? null : lineJson(line);
}

function continuationJson({ machine, findings }: Version, continuation: Continuation): object {
  const { states, transitions, complete, violation, exploration } = continuation;
  const violated = exploration.verdicts.filter(({ outcome }) => outcome === "violated");
  return {
    states,
    transitions,
    exhaustive: complete,
    violated: [...new Set(violated.map(({ name }) => name))],
    violation:
      violation === null
        ? null
        : verdictJson(machine, { ...violation.verdict, trace: violation.trace }, findings),
  };
}

// ---------------------------------------------------------------- behaviours, costs, text

function behavioursJson({ before, after }: Difference, behaviours: Behaviours): object {
  const { observed, onlyBefore, onlyAfter, states, beforeInAfter, afterInBefore } = behaviours;
  const { kept, removed, added, examples } = states;
  return {
    observed,
    onlyBefore,
    onlyAfter,
    states: {
      kept,
      removed,
      added,
      examples: {
        kept: exampleJson(before, examples.kept),
        removed: exampleJson(before, examples.removed),
        added: exampleJson(after, examples.added),
      },
    },
    beforeInAfter: inclusionJson(before, beforeInAfter),
    afterInBefore: inclusionJson(after, afterInBefore),
  };
}

function exampleJson({ machine }: Version, example: StateExample | null): object | null {
  if (example === null) return null;
  return { values: valuesJson(example.values), trace: traceJson(machine, example.trace) };
}

function valuesJson(values: readonly ObservedValue[]): object {
  return Object.fromEntries(values.map(({ name, value }) => [name, value]));
}

function inclusionJson({ machine }: Version, inclusion: Inclusion): object {
  switch (inclusion.kind) {
    case "included":
      return { kind: "included" };
    case "unknown":
      return { kind: "unknown", stoppedBy: inclusion.stoppedBy };
    case "differs":
      return {
        kind: "differs",
        trace: traceJson(machine, inclusion.trace),
        ending: inclusion.ending === null ? null : endingJson(inclusion.ending),
        instead: {
          values: inclusion.instead.values.map(valuesJson),
          omitted: inclusion.instead.omitted,
          endings: inclusion.instead.endings.map(endingJson),
        },
      };
    default:
      return inclusion satisfies never;
  }
}

function endingJson(ending: Ending): object {
  return {
    kind: ending.kind,
    processes:
      ending.kind === "blocked"
        ? ending.processes
        : ending.kind === "fault"
          ? [ending.process]
          : [],
    fault: ending.kind === "fault" ? ending.fault : null,
  };
}

function costPairJson({ before, after }: Difference, pair: CostPair): object {
  const { name, kind, process, differs } = pair;
  const side = ({ machine }: Version, cost: CostResult | null): object | null =>
    cost === null ? null : costJson(machine, cost);
  return {
    name,
    kind,
    process,
    differs,
    before: side(before, pair.before),
    after: side(after, pair.after),
  };
}

function structureJson({ owners, declarations, reach }: Structure): object {
  return {
    owners: owners.map(({ kind, name, change, steps }) => ({
      kind,
      name,
      change,
      steps: steps.map((step) => ({
        change: step.change,
        before: lineOrNull(step.before),
        after: lineOrNull(step.after),
      })),
    })),
    declarations: declarations.map(({ kind, name, change, before, after, span }) => ({
      kind,
      name,
      change,
      before,
      after,
      place: placeJson(span),
    })),
    reach: reach.map(({ kind, name, owner, became, span }) => ({
      kind,
      name,
      owner,
      became,
      place: placeJson(span),
    })),
  };
}
