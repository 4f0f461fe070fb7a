// Do all ways to run a spec agree? The interpreter and the generated machine, state by state and verdict by verdict; the
// machine and the statements as they are written; the machine with and without folding and resets; the spec and its text
// printed anew.

import { check } from "../../src/checker/check.ts";
import type { Exploration, Trace, Verdict } from "../../src/checker/exploration.ts";
import { finish } from "../../src/checker/explore.ts";
import { interpretedSystem } from "../../src/checker/interpreted-system.ts";
import { format } from "../../src/language/format.ts";
import { parse } from "../../src/language/parse.ts";
import type { Machine } from "../../src/machine/machine.ts";
import { checkMachine, packedSystem } from "../../src/pipeline.ts";
import { LOOP_LIMIT, lowered, type Prepared, prepare } from "./corpus.ts";
import { differsFromOracle } from "./oracle-compare.ts";
import { compareSystems } from "./same-system.ts";

/** How far the slow interpreter goes with, and how far the comparison of verdicts. */
export interface Reach {
  readonly states: number;
  readonly verdictStates: number;
}

export const REACH: Reach = { states: 400, verdictStates: 4_000 };

/** The first disagreement about a spec, in words; null if there is none. */
export function disagreement(prepared: Prepared, reach: Reach = REACH): string | null {
  const { machine, model, file } = prepared;
  if (machine === null || model === null || file === null) return null;
  const systems = compareSystems(interpretedSystem(machine), packedSystem(machine), reach.states);
  if (systems.difference !== null) return `interpreter | generated: ${systems.difference}`;
  const searches = comparedSearches(machine, reach.states);
  if (searches !== null) return `search of interpreter | generated: ${searches}`;

  const told = differsFromOracle(machine, model, LOOP_LIMIT, reach.states / 4);
  if (told !== null) return `oracle | machine: ${told}`;

  const settings = { maxStates: reach.verdictStates } as const;
  const plain = checkMachine(machine, settings);
  for (const [name, printed] of printedAnew(prepared)) {
    if (printed.machine === null) return `${name} it is refused: ${printed.refusal}`;
    const again = difference(summary(plain), summary(checkMachine(printed.machine, settings)));
    if (again !== null) return `as written | ${name}: ${again}`;
  }

  for (const [name, options] of [
    ["folded | unfolded", { fold: false, reset: true }],
    ["with | without resets", { fold: true, reset: false }],
    ["reduced | neither folded nor reset", { fold: false, reset: false }],
  ] as const) {
    const other = checkMachine(lowered(model, options), {
      maxStates: 4 * reach.verdictStates,
      refine: "none",
    });
    // What is cut off short says nothing.
    if (!plain.complete || !other.complete) continue;
    const found = sameVerdicts(plain, other, options.fold);
    if (found !== null) return `${name}: ${found}`;
  }
  return null;
}

/** The same search by both, as far as `maxStates`, must come to the same. */
function comparedSearches(machine: Machine, maxStates: number): string | null {
  const slow = finish(check(machine, interpretedSystem(machine), { maxStates }));
  const fast = checkMachine(machine, { maxStates });
  return difference(summary(slow), summary(fast));
}

/** The spec with its files printed anew, and (if patched or assembled) with the whole of it printed as one file. */
function printedAnew({ spec, file }: Prepared): readonly (readonly [string, Prepared])[] {
  const files = new Map<string, string>();
  for (const [path, text] of spec.files) {
    const parsed = parse({ path, text });
    files.set(path, parsed.file === null ? text : format(parsed.file));
  }
  const one = ["printed anew", prepare({ ...spec, files })] as const;
  if (file === null || spec.files.size === 1) return [one];
  // Texts have their places in files of their own, which the whole does not have.
  const whole = format({ ...file, texts: [], comments: [] });
  return [one, ["printed as a whole", prepare({ ...spec, files: new Map([[spec.path, whole]]) })]];
}

// ---------------------------------------------------------------- what a check came to

/** Everything that a check says, places and times left out, a line for each thing. */
function summary(exploration: Exploration): readonly string[] {
  const { complete, initialStates, distinctStates, transitions, depth, levels } = exploration;
  const { verdicts, costs, coverage } = exploration;
  return [
    `complete ${complete} initial ${initialStates} states ${distinctStates}`,
    `transitions ${transitions} depth ${depth} levels ${levels.join(" ")}`,
    ...verdicts.map(describeVerdict),
    ...costs.map(
      ({ name, least, greatest, loopStart }) =>
        `cost ${name} ${least}..${greatest} loop ${loopStart}`,
    ),
    `never entered ${coverage.branchesNeverEntered.join(" ")}`,
    `never taken ${coverage.actionsNeverTaken.join(" ")}`,
    ...coverage.labels.map(
      ({ name, reached, trace }) => `label ${name} ${reached} ${describeTrace(trace)}`,
    ),
  ];
}

function describeVerdict({ kind, name, outcome, detail, trace, shortest }: Verdict): string {
  const what =
    detail === null
      ? ""
      : detail.kind === "fault"
        ? detail.fault
        : detail.kind === "blocked"
          ? detail.processes.join()
          : detail.kind === "lock-cycle"
            ? detail.edges.map(({ held, taken }) => `${held}-${taken}`).join()
            : detail.kind;
  return `${kind} ${name} ${outcome} ${what} ${describeTrace(trace)} of ${shortest}`;
}

function describeTrace(trace: Trace | null): string {
  if (trace === null) return "no trace";
  const steps = trace.steps.map(({ name, from }) => `${name}@${from}`);
  return `${trace.steps.length} steps, ${trace.contextSwitches} switches: ${steps.join(" ")}`;
}

// ---------------------------------------------------------------- what no reduction may change

/**
 * Verdicts of the same spec, lowered differently. Where a step faults, an unfolded machine shows others the part of the
 * step that came before the fault: then only the faults themselves are compared.
 */
function sameVerdicts(plain: Exploration, other: Exploration, folded: boolean): string | null {
  const [mine, theirs] = [faultsOf(plain), faultsOf(other)];
  if (folded) {
    const faults = difference(mine, theirs);
    if (faults !== null) return `faults: ${faults}`;
  } else if (mine.length > 0 || theirs.length > 0) {
    const lost = mine.find((fault) => !theirs.includes(fault));
    if (lost !== undefined) return `the fault ${lost} is lost`;
    return mine.length === 0 ? `the fault ${theirs[0]} comes from nowhere` : null;
  }
  return difference(outcomes(plain), outcomes(other));
}

function faultsOf({ verdicts }: Exploration): readonly string[] {
  return verdicts
    .flatMap(({ detail }) =>
      detail?.kind === "fault" ? [`${detail.fault} at ${detail.span.start}`] : [],
    )
    .sort();
}

function outcomes({ verdicts, costs, coverage }: Exploration): readonly string[] {
  return [
    ...verdicts
      .filter(({ detail }) => detail?.kind !== "fault")
      .map(({ kind, name, outcome, detail }) =>
        detail?.kind === "blocked"
          ? `${kind} ${name} ${outcome} ${detail.processes.join()}`
          : `${kind} ${name} ${outcome}`,
      )
      .sort(),
    ...costs.map(({ name, least, greatest }) => `cost ${name} ${least}..${greatest}`),
    `never entered ${coverage.branchesNeverEntered.join(" ")}`,
    `never taken ${coverage.actionsNeverTaken.join(" ")}`,
    ...coverage.labels.map(({ name, reached }) => `label ${name} ${reached}`),
  ];
}

function difference(mine: readonly string[], theirs: readonly string[]): string | null {
  for (let at = 0; at < Math.max(mine.length, theirs.length); at += 1) {
    if (mine[at] !== theirs[at]) {
      return `${mine[at] ?? "nothing"} | ${theirs[at] ?? "nothing"}`;
    }
  }
  return null;
}
