// From a Promela model to what its verifier says: SPIN writes C, gcc compiles it, the program searches.

import { writeTextAtomically } from "../runtime/files.ts";
import { type ProgramEnd, runProgram } from "../runtime/programs.ts";
import type { EngineFailure, EngineSettings } from "./engine.ts";
import {
  emptySpinReport,
  type SpinReport,
  type TrailStep,
  takeSpinLine,
  trailSteps,
} from "./spin-output.ts";

/** What the figures depend on: breadth first for shortest ways, safety only, no reduction of any kind. */
export const SEARCH_FLAGS: readonly string[] = ["-DBFS", "-DSAFETY", "-DNOREDUCE"];
/** SPIN is to leave out no variable (it hides those that are only written) and to merge no statements. */
export const TRANSLATION_FLAGS: readonly string[] = ["-o1", "-o2", "-o3"];
/** Every error is told, and none ends the search; ends that Weft judges itself are not looked at. */
const RUN_FLAGS: readonly string[] = ["-c0", "-E", "-n"];

const MODEL = "model.pml";
const FIRST_DEPTH = 10_000;
const MOST_DEPTH = 10_000_000;
const DEEPER = 30;
/** SPIN's own room for a state, in bytes. */
const USUAL_VECTOR = 1024;
const MEBI = 1024 * 1024;
const SLOT_BYTES = 8;

export type SpinEnd =
  | { readonly kind: "ended"; readonly report: SpinReport; readonly peakBytes: number | null }
  /** Out of time. */
  | { readonly kind: "cut"; readonly report: SpinReport }
  | { readonly kind: "failure"; readonly failure: EngineFailure };

export interface SpinRun {
  readonly text: string;
  readonly stateBytes: number;
  readonly settings: EngineSettings;
  readonly secondsLeft: () => number;
}

/** Flags of gcc that matter for the figures. */
export function compilerFlags({ stateBytes, settings }: SpinRun): readonly string[] {
  const vector = 2 * stateBytes;
  const wide = vector > USUAL_VECTOR ? [`-DVECTORSZ=${vector}`] : [];
  return [settings.optimise, ...SEARCH_FLAGS, ...wide];
}

/** Without it the verifier takes what it wants. */
function memoryFlag({ memoryBytes }: EngineSettings): readonly string[] {
  if (!Number.isFinite(memoryBytes)) return [];
  return [`-DMEMLIM=${Math.max(1, Math.floor(memoryBytes / MEBI))}`];
}

/** Makes a verifier and lets it search everything. */
export async function runSpin(run: SpinRun): Promise<SpinEnd> {
  const { settings } = run;
  writeTextAtomically(`${settings.folder}/${MODEL}`, run.text);
  const written = await program(run, "spin", [...TRANSLATION_FLAGS, "-a", MODEL]);
  if (written.kind !== "ended") return notEnded(written, "spin");
  if (written.code !== 0 || /\bError:|syntax error/.test(written.stdout))
    return failed("spin", written);
  const args = ["-w", ...compilerFlags(run), ...memoryFlag(settings), "-o", "pan", "pan.c"];
  const compiled = await program(run, "gcc", args);
  if (compiled.kind !== "ended") return notEnded(compiled, "gcc");
  if (compiled.code !== 0) return failed("gcc", compiled);
  for (let depth = FIRST_DEPTH; ; depth *= DEEPER) {
    const end = await search(run, depth);
    if (end.kind !== "ended" || !end.report.tooDeep || depth * DEEPER > MOST_DEPTH) return end;
  }
}

async function search(run: SpinRun, depth: number): Promise<SpinEnd> {
  const { settings } = run;
  const report = emptySpinReport();
  const end = await runProgram({
    program: "./pan",
    args: [...RUN_FLAGS, ...(settings.verdictsOnly ? [] : ["-e"]), `-m${depth}`, tableFlag(run)],
    folder: settings.folder,
    signal: settings.signal,
    timeLimitSeconds: run.secondsLeft(),
    onLine: (line) => takeSpinLine(report, line, settings.progress),
  });
  if (end.kind === "stopped" && end.by === "time-limit") return { kind: "cut", report };
  if (end.kind !== "ended") return notEnded(end, "the verifier");
  if (report.stored === null) return failed("the verifier", end);
  return { kind: "ended", report, peakBytes: end.peakBytes };
}

/** The size of the hash table, as a power of 2: small for the many small specs that are only compared. */
function tableFlag({ settings }: SpinRun): string {
  const wanted = settings.optimise === "-O0" ? 18 : 24;
  const slots = settings.memoryBytes / (4 * SLOT_BYTES);
  return `-w${Math.max(10, Math.min(wanted, Math.floor(Math.log2(slots))))}`;
}

/** The steps that lead to what a trail shows. */
export async function replayTrail(
  run: SpinRun,
  trail: string,
): Promise<readonly TrailStep[] | null> {
  const end = await program(run, "./pan", ["-r", trail]);
  return end.kind === "ended" ? trailSteps(end.stdout) : null;
}

/** The version as SPIN gives it. */
export async function spinVersion({ folder, signal }: EngineSettings): Promise<string> {
  const end = await runProgram({
    program: "spin",
    args: ["-V"],
    folder,
    signal,
    timeLimitSeconds: 10,
  });
  const said = end.kind === "ended" ? end.stdout : "";
  return /Version (\S+)/.exec(said)?.[1] ?? "unknown";
}

function program(run: SpinRun, name: string, args: readonly string[]): Promise<ProgramEnd> {
  const { folder, signal } = run.settings;
  return runProgram({ program: name, args, folder, signal, timeLimitSeconds: run.secondsLeft() });
}

/** What is said of a program that is not there. */
export function missingProgram(name: string): EngineFailure {
  return {
    kind: "missing",
    message: `${name} is not installed`,
    hint: `on Debian: apt install ${name}`,
  };
}

function notEnded(end: Exclude<ProgramEnd, { readonly kind: "ended" }>, name: string): SpinEnd {
  if (end.kind === "missing") return { kind: "failure", failure: missingProgram(name) };
  if (end.by === "time-limit") return { kind: "cut", report: emptySpinReport() };
  return { kind: "failure", failure: { kind: "stopped", message: "SPIN was stopped", hint: null } };
}

function failed(name: string, end: Extract<ProgramEnd, { readonly kind: "ended" }>): SpinEnd {
  const said = `${end.stderr}${end.stdout}`.trim().split("\n").slice(0, 12);
  const how =
    end.signal === null ? `ended with exit code ${end.code}` : `was ended by ${end.signal}`;
  const message = [`${name} ${how}`, ...said].join("\n");
  return { kind: "failure", failure: { kind: "failed", message, hint: null } };
}
