// What random walks found, for people and as JSON: as a check is told, with what was walked, what was not met so far, and
// a last line that never says more than walks can know.

import { type Findings, findingsOf } from "../checker/expectations.ts";
import type { Verdict } from "../checker/exploration.ts";
import type { Simulation, SimulationProgress } from "../checker/simulate.ts";
import type { Machine } from "../machine/machine.ts";
import { coverageLines } from "./coverage.ts";
import { type CheckFacts, checkDocument } from "./json.ts";
import { type Paint, plain } from "./style.ts";
import { countLines, drawVerdicts, type VerdictOptions } from "./verdicts.ts";
import { grouped, listed, plural } from "./words.ts";

export interface SimulationFacts extends CheckFacts {
  readonly result: (CheckFacts["result"] & { readonly exploration: Simulation }) | null;
}

/** Tells the result of random walks; lines without a line break at the end. */
export function drawSimulation(
  machine: Machine,
  simulation: Simulation,
  findings: Findings,
  options: VerdictOptions = {},
): string {
  const paint = options.paint ?? plain;
  const last = closingLine(simulation, findings, paint);
  if (options.quiet === true) return last;
  const notMet = notMetLines(machine, simulation);
  const blocks = [
    ...drawVerdicts(machine, simulation, findings, options),
    ...(notMet.length === 0
      ? []
      : [["not met by these walks, which does not say that it cannot be:", ...notMet].join("\n")]),
    [
      walkWords(simulation),
      ...countLines(simulation, paint),
      `not judged by walks: ${listed(notJudged(machine))}`,
      last,
    ].join("\n"),
  ];
  return blocks.join("\n\n");
}

/** The document of a check, with the walks that it rests on. */
export function simulationDocument(facts: SimulationFacts): object {
  const document = checkDocument(facts);
  if (facts.result === null) return document;
  const { machine, exploration } = facts.result;
  const notMet = notMetLines(machine, exploration);
  return { ...document, walks: { ...exploration.walks, notMet, notJudged: notJudged(machine) } };
}

/** `walk 12 of 1,000: 34,567 steps, 8,901 distinct states` */
export function simulationProgressLine(progress: SimulationProgress): string {
  if (progress.pass === "shortening") {
    return `looking for shorter ways: ${grouped(progress.states)} of ${plural(progress.of, "state")}`;
  }
  const { walks, runs, steps, states } = progress;
  return `walk ${grouped(walks)} of ${grouped(runs)}: ${plural(steps, "step")}, ${plural(states, "distinct state")}`;
}

/** `1,000 random walks of at most 1,000 steps, seed 1: 9,876 steps, the longest walk 12; 1,000 came to an end` */
function walkWords({ walks }: Simulation): string {
  const { runs, depth, seed, steps, longest, ended } = walks;
  const taken = walks.walks === runs ? "" : ` of ${grouped(runs)} asked for`;
  const head = `${plural(walks.walks, "random walk")}${taken} of at most ${plural(depth, "step")}, seed ${seed}`;
  return `${head}: ${plural(steps, "step")}, the longest walk ${grouped(longest)}; ${grouped(ended)} came to an end`;
}

/** A sentence for each cover, branch, action and label that no walk came to: what a check would miss, were this all there is. */
function notMetLines(machine: Machine, simulation: Simulation): readonly string[] {
  const verdicts = simulation.verdicts.map((verdict): Verdict => {
    const missed = verdict.kind === "cover" && verdict.outcome === "unknown";
    return missed ? { ...verdict, outcome: "unreachable" } : verdict;
  });
  return coverageLines(machine, findingsOf(machine, { ...simulation, verdicts, complete: true }));
}

function notJudged(machine: Machine): readonly string[] {
  return ["stuck processes", ...(machine.costs.length > 0 ? ["costs"] : [])];
}

function closingLine({ walks }: Simulation, findings: Findings, paint: Paint): string {
  const names = [...new Set(findings.violations.map(({ name }) => name))];
  const many = plural(walks.walks, "random walk");
  return names.length > 0
    ? paint("bad", `violated: ${names.join(", ")}; of all else ${many} are no proof`)
    : paint("warn", `no violation met in ${many}; that is no proof that there is none`);
}
