// TLC as an engine: one complete run finds all verdicts and counts, then one run for each counterexample that is wanted.

import type { State } from "../checker/transition-system.ts";
import { writeTextAtomically } from "../runtime/files.ts";
import type {
  EngineAnswer,
  EngineBehaviour,
  EngineFailure,
  EngineResult,
  EngineSettings,
  EngineVerdict,
} from "./engine.ts";
import { javaFlags, locateTlc, type TlcInstallation } from "./tlc-java.ts";
import { type TlcCheck, type TlcModule, type TlcSubject, tlcModule } from "./tlc-module.ts";
import { runTlc, type TlcEnd, type TlcReport, type TlcTraceState } from "./tlc-run.ts";

/** What TLC is asked to judge, and how its answers are read. */
export interface TlcQuestion {
  readonly subject: TlcSubject;
  readonly files: readonly { readonly name: string; readonly text: string }[];
  readonly checks: readonly TlcQuestionCheck[];
  /** A state of the machine, from the values of the module's variables. */
  readState(values: TlcTraceState["values"]): State;
  /** The mover of a step, from the action that TLC names: `Inc(1)`. */
  readMover(action: string): string | null;
}

export interface TlcQuestionCheck extends TlcCheck {
  readonly verdict: Pick<EngineVerdict, "kind" | "name">;
}

const MAIN = "tlc2.TLC";
/** Flags that the figures depend on: one worker searches breadth first, so that ways are shortest. */
const FLAGS = ["-deadlock", "-workers", "1", "-fp", "0"] as const;
/** Flags for the ease of reading and cleaning up. */
const QUIET = ["-tool", "-nowarning", "-noGenerateSpecTE"] as const;
const PROGRESS_SECONDS = 5;

/** Asks TLC. */
export async function askTlc(
  question: TlcQuestion,
  settings: EngineSettings,
): Promise<EngineAnswer> {
  const begun = performance.now();
  const installation = await locateTlc(settings.tlc);
  if ("kind" in installation) return failure(installation);
  const module = tlcModule(question.subject, question.checks);
  for (const { name, text } of question.files) write(settings, name, text);
  write(settings, `${module.name}.tla`, module.text);
  const seconds = (): number => (performance.now() - begun) / 1000;
  const left = (): number => settings.timeLimitSeconds - seconds();
  const complete = await run(installation, settings, module, module.complete, left());
  if (complete.kind === "failure") return failure(complete.failure);
  const behaviours = new Map<TlcCheck, EngineBehaviour>();
  if (!settings.verdictsOnly) {
    for (const check of question.checks) {
      if (!complete.report.found.has(check.key) || left() <= 0) continue;
      const stopped = await run(installation, settings, module, module.stopAt(check), left());
      if (stopped.kind === "failure") return failure(stopped.failure);
      if (stopped.kind === "ended") behaviours.set(check, behaviour(question, check, stopped));
    }
  }
  const peakBytes = complete.kind === "ended" ? complete.peakBytes : null;
  const verdicts = question.checks.map((check) =>
    verdict(check, complete.report, behaviours.get(check) ?? null),
  );
  const figures = resultOf(complete.report, ["-XX:+UseParallelGC", ...FLAGS]);
  const result = { ...figures, verdicts, seconds: seconds(), memoryBytes: peakBytes };
  return { kind: "result", result };
}

/** Version, counts and remarks, in Weft's conventions. */
export function resultOf(
  report: TlcReport,
  flags: readonly string[],
): Omit<EngineResult, "verdicts" | "seconds" | "memoryBytes"> {
  const { figures, completed, depth, initialStates, collision } = report;
  const whole = completed && figures?.left === 0 ? figures : null;
  return {
    engine: "tlc",
    version: report.version ?? "unknown",
    flags,
    complete: whole !== null,
    states: whole?.distinct ?? null,
    transitions: whole === null ? null : whole.generated - initialStates,
    // TLC counts the states on the way, not the steps.
    depth: whole === null || depth === null ? null : Math.max(0, depth - 1),
    remarks:
      collision === null
        ? []
        : [`TLC knows states by fingerprints; the chance that it missed some: ${collision}`],
  };
}

/** What a report says on one check; what was not found holds only if everything has been explored. */
function verdict(
  check: TlcQuestionCheck,
  report: TlcReport,
  found: EngineBehaviour | null,
): EngineVerdict {
  const { kind } = check.verdict;
  const yes = report.found.has(check.key);
  const outcomes =
    kind === "cover" ? (["reachable", "unreachable"] as const) : (["violated", "holds"] as const);
  const outcome = yes ? outcomes[0] : report.completed ? outcomes[1] : "unknown";
  return { ...check.verdict, outcome, behaviour: found };
}

/** What TLC shows when it stops. At a report its states end before the step that reports. */
function behaviour(
  question: TlcQuestion,
  check: TlcQuestionCheck,
  { report }: Extract<TlcEnd, { readonly kind: "ended" }>,
): EngineBehaviour {
  const movers = report.trace.slice(1).map(({ action }) => question.readMover(action ?? ""));
  const named = movers.every((mover) => mover !== null);
  const reports = check.judged.by === "report";
  return {
    states: report.trace.map(({ values }) => question.readState(values)),
    steps: named && !reports ? movers.map((mover) => ({ mover, from: null, choices: null })) : null,
    faults: reports,
  };
}

function run(
  installation: TlcInstallation,
  settings: EngineSettings,
  module: TlcModule,
  configuration: string,
  timeLimitSeconds: number,
): Promise<TlcEnd> {
  write(settings, `${module.name}.cfg`, configuration);
  return runTlc({
    installation,
    settings,
    timeLimitSeconds,
    javaFlags: [...javaFlags(settings), `-Dtlc2.TLC.progressInterval=${PROGRESS_SECONDS}`],
    main: MAIN,
    args: [...FLAGS, ...QUIET, "-metadir", "states", "-config", `${module.name}.cfg`, module.name],
  });
}

function write(settings: EngineSettings, name: string, text: string): void {
  writeTextAtomically(`${settings.folder}/${name}`, text);
}

function failure(of: EngineFailure): EngineAnswer {
  return { kind: "failure", failure: of };
}
