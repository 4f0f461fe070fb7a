// TLC as an engine: one complete run finds all verdicts and counts, then one run for each counterexample that is wanted.

import { writeTextAtomically } from "../runtime/files.ts";
import type {
  Engine,
  EngineAnswer,
  EngineBehaviour,
  EngineFailure,
  EngineResult,
  EngineSettings,
  EngineVerdict,
} from "./engine.ts";
import { COLLECTOR, javaFlags, locateTlc, missingTlc, temporaryFlag } from "./tlc-java.ts";
import { tlcModule } from "./tlc-module.ts";
import { type TlcQuestion, type TlcQuestionCheck, tlcQuestion } from "./tlc-question.ts";
import { runTlc, type TlcEnd, type TlcReport } from "./tlc-run.ts";

/** TLC on this computer. */
export const tlc: Engine = {
  name: "tlc",
  missing: (settings) => missingTlc(settings.tlc),
  async check(machine, settings) {
    const asked = tlcQuestion(machine);
    return asked.kind === "failure" ? asked : askTlc(asked.question, settings);
  },
};

const MAIN = "tlc2.TLC";
/** Flags that the figures depend on: one worker searches breadth first, so that ways are shortest. */
const FLAGS = ["-deadlock", "-workers", "1", "-fp", "0"] as const;
/** Flags for the ease of reading and cleaning up. */
const QUIET = ["-tool", "-nowarning"] as const;
const PROGRESS_SECONDS = 5;

/** Asks TLC; what it is asked may be any module that is written in the manner of a translation. */
export async function askTlc(
  question: TlcQuestion,
  settings: EngineSettings,
): Promise<EngineAnswer> {
  const begun = performance.now();
  const installation = await locateTlc(settings.tlc);
  if ("kind" in installation) return failure(installation);
  const module = tlcModule(question.subject, question.checks);
  writeQuestion(question, settings);
  write(settings, `${module.name}.tla`, module.text);
  const seconds = (): number => (performance.now() - begun) / 1000;
  let runs = 0;
  const run = (configuration: string): Promise<TlcEnd> => {
    runs += 1;
    write(settings, `${module.name}.cfg`, configuration);
    return runTlc({
      installation,
      settings,
      timeLimitSeconds: settings.timeLimitSeconds - seconds(),
      javaFlags: [
        ...javaFlags(settings),
        ...temporaryFlag(settings),
        `-Dtlc2.TLC.progressInterval=${PROGRESS_SECONDS}`,
      ],
      main: MAIN,
      // TLC names folders after the second, and wants new ones.
      args: [...FLAGS, ...QUIET, "-metadir", `states${runs}`, module.name],
    });
  };
  const complete = await run(module.complete);
  if (complete.kind === "failure") return complete;
  if (complete.kind === "ended" && !complete.report.completed) {
    const message = `the translation is wrong: ${complete.report.stoppedAt ?? "TLC stopped early"}`;
    return failure({ kind: "failed", message, hint: null });
  }
  const { report } = complete;
  const behaviours = new Map<TlcQuestionCheck, EngineBehaviour>();
  if (!settings.verdictsOnly) {
    for (const check of toldChecks(question, report)) {
      if (seconds() >= settings.timeLimitSeconds) break;
      const stopped = await run(module.stopAt(check));
      if (stopped.kind === "failure") return stopped;
      if (stopped.kind === "ended") {
        behaviours.set(check, behaviourOf(question, check, stopped.report));
      }
    }
  }
  const result: EngineResult = {
    ...resultOf(report, [COLLECTOR, ...FLAGS]),
    verdicts: question.verdicts.map((verdict) => verdictOf(question, verdict, report, behaviours)),
    seconds: seconds(),
    memoryBytes: complete.kind === "ended" ? complete.peakBytes : null,
  };
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
        : [`TLC knows states by fingerprints; the chance that it missed some is ${collision}`],
  };
}

export function failure(of: EngineFailure): EngineAnswer & { readonly kind: "failure" } {
  return { kind: "failure", failure: of };
}

/** Writes all files of a translation. */
export function writeQuestion(question: TlcQuestion, settings: EngineSettings): void {
  for (const { name, text } of question.files) write(settings, name, text);
}

/** What is shown how TLC came to it, one check for each verdict; what is to be reached needs no excuse. */
function toldChecks(question: TlcQuestion, report: TlcReport): readonly TlcQuestionCheck[] {
  return question.verdicts.flatMap((verdict) => {
    const check = foundCheck(question, verdict, report);
    return check === undefined || check.outcome === "reachable" ? [] : [check];
  });
}

function foundCheck(
  question: TlcQuestion,
  verdict: TlcQuestion["verdicts"][number],
  report: TlcReport,
): TlcQuestionCheck | undefined {
  return question.checks.find((check) => check.verdict === verdict && report.found.has(check.key));
}

/** What was not found holds only if everything has been explored. */
function verdictOf(
  question: TlcQuestion,
  verdict: TlcQuestion["verdicts"][number],
  report: TlcReport,
  behaviours: ReadonlyMap<TlcQuestionCheck, EngineBehaviour>,
): EngineVerdict {
  const { kind, name } = verdict;
  const check = foundCheck(question, verdict, report);
  if (check !== undefined) {
    return { kind, name, outcome: check.outcome, behaviour: behaviours.get(check) ?? null };
  }
  const outcome = !report.completed ? "unknown" : kind === "cover" ? "unreachable" : "holds";
  return { kind, name, outcome, behaviour: null };
}

/** What TLC shows when it stops. At a report its states end before the step that reports. */
function behaviourOf(
  question: TlcQuestion,
  { judged }: TlcQuestionCheck,
  report: TlcReport,
): EngineBehaviour {
  return {
    states: report.trace.map(({ values }) => question.readState(values)),
    steps: null,
    // Without any state it is the work before the first step that reports.
    faults: judged.by === "report" && report.trace.length > 0,
  };
}

function write(settings: EngineSettings, name: string, text: string): void {
  writeTextAtomically(`${settings.folder}/${name}`, text);
}
