// `weft trace SPEC`: one behaviour, to look at, to paste into a commit message, or for other tools.

import { type Command, Option } from "commander";
import type { Exploration, Trace, Verdict } from "../checker/exploration.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import type { ReadFile } from "../language/load.ts";
import { drawDot } from "../report/dot.ts";
import { narrateVerdict } from "../report/failure.ts";
import { toItf } from "../report/itf.ts";
import { parametersJson, traceJson } from "../report/json.ts";
import { drawMermaid } from "../report/mermaid.ts";
import { narrate } from "../report/narrate.ts";
import { drawPlainTrace, drawVerdict, headline } from "../report/verdicts.ts";
import { limitWords } from "../report/words.ts";
import { paintFor, print, printDiagnostics, remark, wroteFile } from "./console.ts";
import { codeOfKind, codeOfLimit, type ExitCode, exitCodes } from "./exit-codes.ts";
import {
  type CheckOptions,
  withCompileOptions,
  withFewestSwitches,
  withLint,
  withSearchOptions,
} from "./options.ts";
import { type CheckResult, checkSpec, readSpec, shownPath, systemOf } from "./run.ts";
import { stateGraph } from "./state-graph.ts";

interface Options extends CheckOptions {
  readonly property?: string;
  readonly reach?: string;
  readonly cost?: string;
  readonly least?: boolean;
  readonly format: "columns" | "text" | "json" | "itf" | "mermaid" | "dot";
  readonly output?: string;
}

/** The cover that `--reach` adds to the spec. */
const reachName = "reach__";

export function addTrace(program: Command): void {
  const command = program
    .command("trace")
    .description("show one behaviour: a counterexample, a way to somewhere, or the run of a cost")
    .argument("<spec>", "the file; - is standard input")
    .option("--property <name>", "of this property (default: the first that is violated)")
    .option("--reach <expression>", "to a state in which this is true")
    .option("--cost <name>", "the dearest complete run")
    .option("--least", "with --cost: the cheapest one")
    .addOption(
      new Option("--format <how>", "how to write it (dot: the whole state graph)")
        .choices(["columns", "text", "json", "itf", "mermaid", "dot"])
        .default("columns"),
    )
    .option("-o, --output <file>", "write it to a file")
    .option("-q, --quiet", "no progress");
  withLint(withCompileOptions(command));
  withFewestSwitches(withSearchOptions(command)).action(runTrace);
}

async function runTrace(path: string, options: Options): Promise<void> {
  const chosen = [options.property, options.reach, options.cost].filter((one) => one !== undefined);
  if (chosen.length > 1) {
    remark("choose one of --property, --reach and --cost");
    process.exitCode = exitCodes.usage;
    return;
  }
  if (options.least === true && options.cost === undefined) {
    remark("--least goes with --cost");
    process.exitCode = exitCodes.usage;
    return;
  }
  const readFile = options.reach === undefined ? readSpec : readingWith(path, options.reach);
  const search = { ...options, refineCovers: true };
  const checked = await checkSpec(path, search, options.set, readFile);
  printDiagnostics(checked.diagnostics, options.color);
  if (checked.result === null) {
    process.exitCode = checked.code;
    return;
  }
  const shown = choose(checked.result, options);
  if (typeof shown === "string") {
    remark(shown);
    process.exitCode = exitCodes.usage;
    return;
  }
  const { stoppedBy } = checked.result.exploration;
  process.exitCode = shown.code === exitCodes.limit ? codeOfLimit(stoppedBy) : shown.code;
  const text = draw(checked.result, shown, options);
  if (text === null) {
    remark(stoppedBy === null ? shown.absent : `${shown.absent} (${limitWords(stoppedBy)})`);
  } else if (options.output === undefined) print(text);
  else if (!wroteFile(options.output, text.endsWith("\n") ? text : `${text}\n`)) {
    process.exitCode = exitCodes.usage;
  }
}

/** The same files, the asked one with a cover behind its end. */
function readingWith(path: string, expression: string): ReadFile {
  const asked = shownPath(path);
  return (file) => {
    const text = readSpec(file);
    return text === null || file !== asked ? text : `${text}\ncover ${reachName}: ${expression}\n`;
  };
}

/** What is to be shown, or why there is nothing. */
interface Shown {
  readonly code: ExitCode;
  readonly title: string;
  readonly verdict: Verdict | null;
  readonly trace: Trace | null;
  /** Of the run of an unbounded cost: the step at which its loop begins. */
  readonly loopStart: number | null;
  readonly absent: string;
}

function choose({ exploration }: CheckResult, options: Options): Shown | string {
  if (options.cost !== undefined)
    return chooseCost(exploration, options.cost, options.least ?? false);
  const name = options.reach === undefined ? options.property : reachName;
  if (name === undefined) {
    const violated = exploration.verdicts.find(({ outcome }) => outcome === "violated");
    return violated === undefined
      ? nothingViolated(exploration)
      : shownVerdict(violated, `${violated.name} is violated`);
  }
  const verdict = exploration.verdicts.find((candidate) => candidate.name === name);
  if (verdict === undefined) {
    const hint = didYouMean(
      name,
      exploration.verdicts.map((candidate) => candidate.name),
    );
    return `there is no property \`${name}\`${hint === null ? "" : `: ${hint}`}`;
  }
  const title =
    options.reach === undefined ? `${name} is ${verdict.outcome}` : `a way to ${options.reach}`;
  return shownVerdict(verdict, title);
}

/** A verdict with its trace, or why there is none. */
export function shownVerdict(verdict: Verdict, title: string): Shown {
  const { outcome, detail } = verdict;
  // A cycle of lock orders has a trace for each edge; where only one can be shown, it is the first.
  const edge = detail?.kind === "lock-cycle" ? (detail.edges[0]?.trace ?? null) : null;
  const trace = verdict.trace ?? edge;
  const bad = outcome === "violated" || outcome === "unreachable";
  const code = bad
    ? codeOfKind(verdict.kind)
    : outcome === "unknown"
      ? exitCodes.limit
      : exitCodes.holds;
  const absent =
    outcome === "unknown"
      ? "no such behaviour was found, but the search is not complete"
      : `there is no trace: ${verdict.name === reachName ? "no state satisfies it" : `${verdict.name} ${outcome === "holds" ? "holds" : `is ${outcome}`}`}`;
  return { code, title, verdict, trace, loopStart: null, absent };
}

function nothingViolated(exploration: Exploration): Shown {
  const { complete } = exploration;
  const absent = complete
    ? "nothing is violated: there is no trace to show (try --property COVER, --reach or --cost)"
    : "no violation was found, but the search is not complete";
  const code = complete ? exitCodes.holds : exitCodes.limit;
  return { code, title: exploration.spec, verdict: null, trace: null, loopStart: null, absent };
}

function chooseCost(exploration: Exploration, name: string, least: boolean): Shown | string {
  const cost = exploration.costs.find((candidate) => candidate.name === name);
  if (cost === undefined) {
    const hint = didYouMean(
      name,
      exploration.costs.map((candidate) => candidate.name),
    );
    return `there is no cost \`${name}\`${hint === null ? "" : `: ${hint}`}`;
  }
  const total = least ? cost.least : cost.greatest;
  return {
    code: exploration.complete ? exitCodes.holds : exitCodes.limit,
    title: `the ${least ? "least" : "greatest"} total of ${name} is ${total ?? "unknown"}`,
    verdict: null,
    trace: least ? cost.leastRun : cost.greatestRun,
    loopStart: least ? null : cost.loopStart,
    absent: exploration.complete
      ? "there is no complete run to show"
      : "totals and their runs are not known: the search is not complete",
  };
}

function draw(result: CheckResult, shown: Shown, options: Options): string | null {
  const { machine, exploration } = result;
  const { title, trace } = shown;
  // The cover that --reach adds has no name to tell.
  const verdict = shown.verdict?.name === reachName ? null : shown.verdict;
  if (options.format === "dot") {
    const system = systemOf(machine, options.backend);
    return drawDot(machine, stateGraph(system), trace);
  }
  if (trace === null) return null;
  const costs = options.cost !== undefined;
  const story =
    verdict === null ? narrate(machine, trace, { costs }) : narrateVerdict(machine, verdict, trace);
  switch (options.format) {
    case "columns":
    case "text": {
      const paint = paintFor(options.output === undefined ? options.color : "never");
      const drawing = { paint, traces: options.format } as const;
      const body =
        verdict !== null
          ? drawVerdict(machine, verdict, drawing)
          : `${title}:\n\n${drawPlainTrace(machine, trace, { ...drawing, costs, loopStart: shown.loopStart })}`;
      return `${paint("strong", headline(machine, exploration))}\n\n${body}\n`;
    }
    case "json":
      return JSON.stringify(
        {
          format: "weft-trace/1",
          spec: exploration.spec,
          parameters: parametersJson(exploration.parameters),
          title,
          trace: traceJson(machine, trace, story),
        },
        null,
        2,
      );
    case "itf": {
      const status = verdict?.outcome === "violated" ? "violation" : "example";
      return JSON.stringify(toItf(machine, trace, { description: title, status }), null, 2);
    }
    case "mermaid":
      return drawMermaid(story, title);
    default:
      return options.format satisfies never;
  }
}
