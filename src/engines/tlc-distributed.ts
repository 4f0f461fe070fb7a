// TLC over several hosts: its server here, its workers and fingerprint servers where the user wants them.
// Nothing of it is ours but the command lines: what TLC's distributed mode does not tell, is not told.

import { type Interpreter, interpret } from "../checker/interpret.ts";
import type { State } from "../checker/transition-system.ts";
import type { Machine } from "../machine/machine.ts";
import { type ProgramEnd, runProgram } from "../runtime/programs.ts";
import { type Ending, endingOf } from "./endings.ts";
import type {
  Engine,
  EngineAnswer,
  EngineBehaviour,
  EngineSettings,
  EngineVerdict,
} from "./engine.ts";
import { retrace } from "./retrace.ts";
import { failure, resultOf, writeQuestion } from "./tlc.ts";
import {
  type DistributedOptions,
  type HostProgram,
  hostPrograms,
  javaArguments,
  LOCAL,
  SERVER,
  serverFlags,
  shellLine,
} from "./tlc-hosts.ts";
import {
  heapFlag,
  locateTlc,
  missingTlc,
  type TlcInstallation,
  temporaryFlag,
} from "./tlc-java.ts";
import { type TlcQuestion, tlcQuestion } from "./tlc-question.ts";
import { runTlc, type TlcEnd, type TlcReport } from "./tlc-run.ts";

const REPORT_MILLISECONDS = 5000;
const GRACE_MILLISECONDS = 3000;
/** What is quoted of a program that could not take part. */
const QUOTED_LINES = 6;

/**
 * The engine of a check with `--distributed HOSTS`. Of the command line it wants the workers' hosts, `--fingerprint-servers
 * HOSTS`, `--remote-shell COMMAND`, `--server-host NAME` and `--server-port N`, read by `hostsOf` and judged by `hostsMisuse`;
 * `tell` shows the user the command lines that are his to run.
 */
export function distributedTlc(options: DistributedOptions, tell: (line: string) => void): Engine {
  return {
    name: "tlc",
    missing: ({ tlc }) => missingTlc(tlc),
    async check(machine, settings) {
      const asked = tlcQuestion(machine);
      if (asked.kind === "failure") return asked;
      return askDistributed(machine, asked.question, { options, tell, settings });
    },
  };
}

/** Asks TLC's programs; what they are asked may be any module that is written in the manner of a translation. */
export async function askDistributed(
  machine: Machine,
  question: TlcQuestion,
  run: Pick<Distributed, "options" | "tell" | "settings">,
): Promise<EngineAnswer> {
  const begun = performance.now();
  const installation = await locateTlc(run.settings.tlc);
  if ("kind" in installation) return failure(installation);
  writeQuestion(question, run.settings);
  const end = await runAll({ ...run, installation, question });
  if (end.kind === "failure") return end;
  return answerOf(machine, question, end, (performance.now() - begun) / 1000);
}

interface Distributed {
  readonly options: DistributedOptions;
  readonly tell: (line: string) => void;
  readonly installation: TlcInstallation;
  readonly settings: EngineSettings;
  readonly question: TlcQuestion;
}

/** Runs the server to its end, and the others until then. */
async function runAll(run: Distributed): Promise<TlcEnd> {
  const { options, tell, installation, settings, question } = run;
  const ending = new AbortController();
  const stop = (): void => ending.abort();
  settings.signal.addEventListener("abort", stop);
  const programs = hostPrograms(options);
  const heap = heapFlag(settings.memoryBytes / (1 + programs.filter(isLocal).length));
  const lost = new Set<HostProgram>();
  let trouble: string | null = null;
  let givingUp: NodeJS.Timeout | null = null;
  const lose = (program: HostProgram, why: string): void => {
    if (ending.signal.aborted || lost.has(program)) return;
    lost.add(program);
    const told = `the ${program.role} on ${program.host} is lost: ${why}`;
    tell(told);
    const hopeless = programs.every((one) => one.role !== "worker" || lost.has(one));
    if (!hopeless && program.role === "worker") return;
    trouble ??= told;
    // The server may be about to end itself.
    givingUp ??= setTimeout(stop, GRACE_MILLISECONDS);
  };
  const others = programs.map((program) => runBeside(run, program, heap, ending.signal, lose));
  const { module } = question.subject;
  const end = await runTlc({
    installation,
    settings: { ...settings, signal: ending.signal },
    timeLimitSeconds: settings.timeLimitSeconds,
    tell,
    javaFlags: [
      ...serverFlags(options),
      ...heap,
      ...temporaryFlag(settings),
      `-D${SERVER}.report=${REPORT_MILLISECONDS}`,
    ],
    main: SERVER,
    args: [...SERVER_ARGUMENTS, "-metadir", "states", "-config", `${module}.cfg`, module],
  });
  if (givingUp !== null) clearTimeout(givingUp);
  stop();
  settings.signal.removeEventListener("abort", stop);
  await Promise.all(others);
  return trouble === null || end.kind !== "failure" ? end : failed(trouble);
}

const SERVER_ARGUMENTS = ["-tool", "-deadlock", "-checkpoint", "0", "-fp", "0"] as const;

/** Runs one program here or, by the remote shell, on its host; without one the user is told what to run. */
async function runBeside(
  { options, tell, installation, settings }: Distributed,
  program: HostProgram,
  heap: readonly string[],
  signal: AbortSignal,
  lose: (program: HostProgram, why: string) => void,
): Promise<void> {
  const { host, role } = program;
  const said: string[] = [];
  const run = (command: string, args: readonly string[]): Promise<ProgramEnd> =>
    runProgram({
      program: command,
      args,
      folder: settings.folder,
      signal,
      timeLimitSeconds: Number.POSITIVE_INFINITY,
      onLine(line) {
        said.push(line);
        if (said.length > QUOTED_LINES) said.shift();
        // Java keeps such a program alive though it does nothing any more.
        if (/^Error: Failed to start/.test(line)) lose(program, said.join("\n"));
      },
    });
  if (isLocal(program)) {
    const flags = [...heap, ...temporaryFlag(settings)];
    const args = javaArguments(options, program, installation.classPath, flags);
    report(await run(installation.java, args));
    return;
  }
  const line = shellLine(["java", ...javaArguments(options, program, installation.classPath)]);
  if (options.remoteShell === null) {
    tell(`on ${host}, for a ${role}: ${line}`);
    return;
  }
  const [shell = "", ...shellArguments] = options.remoteShell.split(/\s+/);
  report(await run(shell, [...shellArguments, host, line]));

  function report(end: ProgramEnd): void {
    if (end.kind === "missing") lose(program, `\`${options.remoteShell}\` cannot be started`);
    if (end.kind === "ended" && end.code !== 0) {
      lose(program, [...said, `it ended with exit code ${end.code}`].join("\n"));
    }
  }
}

/** Counts and verdicts: TLC's server stops at what is wrong with a behaviour, and does not say what it is. */
function answerOf(
  machine: Machine,
  question: TlcQuestion,
  end: Exclude<TlcEnd, { readonly kind: "failure" }>,
  seconds: number,
): EngineAnswer {
  const { report } = end;
  const found = report.completed ? [] : violations(machine, question, report);
  if (end.kind === "ended" && !report.completed && found.length === 0) {
    return failed("TLC's server shows a behaviour in which nothing that was asked goes wrong");
  }
  const verdicts = question.verdicts.map((verdict): EngineVerdict => {
    const violation = found.find(({ of }) => of === verdict);
    if (violation !== undefined) {
      return { ...verdict, outcome: "violated", behaviour: violation.behaviour };
    }
    const judged = report.completed && verdict.kind !== "cover";
    return { ...verdict, outcome: judged ? "holds" : "unknown", behaviour: null };
  });
  const figures = resultOf(report, ["-XX:+UseParallelGC", SERVER, ...SERVER_ARGUMENTS]);
  const remarks = [
    ...(figures.remarks ?? []),
    "the memory is the server's alone",
    report.completed
      ? "distributed TLC counts steps more than once, does not search level by level and would stop at a cover: transitions, depth and covers are not known"
      : "distributed TLC stops at the first violation, which need not be the shortest",
  ];
  const memoryBytes = end.kind === "ended" ? end.peakBytes : null;
  const counts = { ...figures, transitions: null, depth: null, remarks };
  return { kind: "result", result: { ...counts, verdicts, seconds, memoryBytes } };
}

interface Violation {
  readonly of: TlcQuestion["verdicts"][number];
  /** Null if the server shows the end only, as that of TLC 1.7.4 does. */
  readonly behaviour: EngineBehaviour | null;
}

/** What is wrong at the end of the behaviour that the server shows, by Weft's own judgement. */
function violations(
  machine: Machine,
  question: TlcQuestion,
  report: TlcReport,
): readonly Violation[] {
  const interpreter = interpret(machine);
  const states = report.trace.map(({ values }) => question.readState(values));
  const endings = question.verdicts.flatMap((of) => {
    const ending = endingOf(interpreter, { ...of, outcome: "violated", behaviour: null });
    return ending === null || of.kind === "cover" ? [] : [{ of, ending }];
  });
  // The last step may be one that does not end in a state that is shown.
  const behaviours = [false, true].map(
    (faults): EngineBehaviour => ({ states, steps: null, faults }),
  );
  const followed = endings.flatMap(({ of, ending }): readonly Violation[] => {
    const behaviour = behaviours.find((one) => retrace(interpreter, one, ending) !== null);
    return behaviour === undefined ? [] : [{ of, behaviour }];
  });
  if (followed.length > 0) return followed;
  return endings.flatMap(({ of, ending }) =>
    endsIn(interpreter, ending, states.slice(-2)) ? [{ of, behaviour: null }] : [],
  );
}

/** Do these states, the last of a behaviour, show it? */
function endsIn(interpreter: Interpreter, ending: Ending, states: readonly State[]): boolean {
  const last = states.at(-1);
  if (last === undefined) return false;
  if (ending.kind === "state") return ending.shows(last) !== null;
  return states.some((before) =>
    interpreter.steps(before).some((step) => ending.shows(before, step) !== null),
  );
}

function isLocal({ host }: HostProgram): boolean {
  return host === LOCAL;
}

function failed(message: string): ReturnType<typeof failure> {
  return failure({ kind: "failed", message, hint: null });
}
