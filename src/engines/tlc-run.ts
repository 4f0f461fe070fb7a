// One run of TLC, from its start to what its output says.

import { type ProgramEnd, runProgram } from "../runtime/programs.ts";
import type { EngineFailure, EngineSettings } from "./engine.ts";
import { notTlc, type TlcInstallation } from "./tlc-java.ts";
import { foundKey } from "./tlc-module.ts";
import {
  countOf,
  figuresOf,
  TLC,
  type TlcFigures,
  type TlcMessage,
  tlcReader,
} from "./tlc-output.ts";
import { parseTlaState, type TlaValue } from "./tlc-value.ts";

/** A state of a counterexample, and the action that TLC names for the step to it (the initial one has none). */
export interface TlcTraceState {
  /** `Inc(1)`; null for the initial state. */
  readonly action: string | null;
  readonly values: ReadonlyMap<string, TlaValue>;
}

/** What a run has said, whatever its end. */
export interface TlcReport {
  version: string | null;
  /** The last figures; of the whole space if `completed`. */
  figures: TlcFigures | null;
  /** How many initial states were generated, equal ones counted each. */
  initialStates: number;
  /** As TLC counts it: states on the longest of the shortest ways. */
  depth: number | null;
  /** Every reachable state has been explored and no error met. */
  completed: boolean;
  /** The chance that states were missed because two had one fingerprint, as TLC estimates it. */
  collision: string | null;
  /** What the module has reported, in this order. */
  readonly found: Set<string>;
  /** What TLC has stopped at, if it is one of the things it was asked to find. */
  stoppedAt: string | null;
  readonly trace: TlcTraceState[];
  /** Errors that are no verdicts: the first lines of what was said. */
  readonly errors: string[];
}

export type TlcEnd =
  | { readonly kind: "ended"; readonly report: TlcReport; readonly peakBytes: number | null }
  | { readonly kind: "time-limit"; readonly report: TlcReport }
  | { readonly kind: "failure"; readonly failure: EngineFailure };

export interface TlcRun {
  readonly installation: TlcInstallation;
  readonly settings: Pick<EngineSettings, "folder" | "signal" | "progress">;
  readonly timeLimitSeconds: number;
  readonly javaFlags: readonly string[];
  /** Is told who takes part in a distributed run. */
  readonly tell?: (line: string) => void;
  /** The class to start and its arguments. */
  readonly main: string;
  readonly args: readonly string[];
}

/** Runs TLC to its end; a crash or an error in the module is a failure, never a report. */
export async function runTlc(run: TlcRun): Promise<TlcEnd> {
  const { installation, settings } = run;
  const report = emptyReport();
  const reader = tlcReader();
  const end = await runProgram({
    program: installation.java,
    args: [...run.javaFlags, "-cp", installation.classPath, run.main, ...run.args],
    folder: settings.folder,
    signal: settings.signal,
    timeLimitSeconds: run.timeLimitSeconds,
    onLine(line, stream) {
      if (stream === "stderr") return;
      const message = reader.line(line);
      if (message !== null) take(report, message, settings.progress, run.tell);
    },
  });
  return concluded(end, report, installation);
}

function concluded(end: ProgramEnd, report: TlcReport, installation: TlcInstallation): TlcEnd {
  const absent = notTlc(end, installation);
  if (absent !== null) return { kind: "failure", failure: absent };
  if (end.kind === "stopped") {
    if (end.by === "time-limit") return { kind: "time-limit", report };
    const failure: EngineFailure = { kind: "stopped", message: "TLC was stopped", hint: null };
    return { kind: "failure", failure };
  }
  if (end.kind === "missing") return failed(["TLC could not be started"]);
  // The server of TLC's distributed mode shows where it stops, and not at what.
  if (report.completed || report.stoppedAt !== null || report.trace.length > 0) {
    if (report.errors.length > 0) return failed(report.errors);
    return { kind: "ended", report, peakBytes: end.peakBytes };
  }
  const said = end.stderr.trim() === "" ? [] : [end.stderr.trim()];
  const how =
    end.signal === null ? `TLC ended with exit code ${end.code}` : `TLC was ended by ${end.signal}`;
  return failed([...report.errors, ...said, how]);
}

/** What TLC said, as far as a person would read it. */
function failed(said: readonly string[]): TlcEnd {
  const lines = said.join("\n").split("\n").slice(0, 12);
  return { kind: "failure", failure: { kind: "failed", message: lines.join("\n"), hint: null } };
}

export function emptyReport(): TlcReport {
  return {
    version: null,
    figures: null,
    initialStates: 0,
    depth: null,
    completed: false,
    collision: null,
    found: new Set(),
    stoppedAt: null,
    trace: [],
    errors: [],
  };
}

const DISTRIBUTED_CODES = 20;

/** TLC's server tells its version before it knows that it runs as a tool. */
const SERVER_VERSION = "TLC2 TLC Server ";

/** Adds a message to what is known. */
export function take(
  report: TlcReport,
  { code, severity, text }: TlcMessage,
  progress: (line: string) => void = () => {},
  tell: (line: string) => void = progress,
): void {
  if (code === null) {
    if (text.startsWith(SERVER_VERSION))
      report.version = versionOf(text.slice(SERVER_VERSION.length));
    const key = foundKey(text);
    if (key !== null) report.found.add(key);
    // What is wrong with a module comes in lines of its own.
    const complaint =
      report.errors.length > 0 || /^(\*{3}Parse|Semantic|Fatal) [Ee]rror/.test(text);
    if (complaint && text.trim() !== "") report.errors.push(text);
    return;
  }
  if (severity === "error" || severity === "bug") {
    takeError(report, code, text);
    return;
  }
  switch (code) {
    case TLC.version:
      report.version = versionOf(text);
      return;
    case TLC.initialStates:
    case TLC.initialStatesSeen:
      report.initialStates = countOf(
        /([\d,]+) (?:distinct )?states? generated/.exec(text)?.[1] ?? "0",
      );
      return;
    case TLC.progress:
      report.figures = figuresOf(text) ?? report.figures;
      if (report.figures !== null) progress(progressOf(report.figures));
      return;
    case TLC.statistics:
      report.figures = figuresOf(text) ?? report.figures;
      return;
    case TLC.depth:
      report.depth = Number(/\d+/.exec(text)?.[0] ?? Number.NaN);
      return;
    case TLC.success:
      report.completed = true;
      report.collision =
        /(?:actual fingerprints|optimistic\)):\s+val = (\S+)\s*$/.exec(text)?.[1] ?? null;
      return;
    case TLC.state:
      takeState(report, text);
      return;
    case TLC.assertion:
      // An assertion that fails in the initial predicate is told inside another message.
      report.stoppedAt = foundIn(text) ?? report.stoppedAt;
      return;
    default:
      // Who takes part in a distributed run, without the time.
      if (code >= TLC.distributed && code < TLC.distributed + DISTRIBUTED_CODES) {
        tell(text.replace(/ \([\d-]+ [\d:]+\)$/, ""));
      }
      return;
  }
}

function progressOf({ distinct, generated, left }: TlcFigures): string {
  return `${distinct} states, ${generated} generated, ${left} to be expanded`;
}

function takeError(report: TlcReport, code: number, text: string): void {
  switch (code) {
    case TLC.invariant:
    case TLC.invariantInitially:
    case TLC.stepProperty:
      report.stoppedAt =
        /(?:Invariant|property) (\S+) is (?:violated|false)/i.exec(text)?.[1] ?? null;
      // A state is told in the message itself if it is an initial one.
      if (code === TLC.invariantInitially)
        takeState(report, text.replace(/^.*\n/, "1: <Initial predicate>\n"));
      return;
    case TLC.assertion:
      report.stoppedAt = foundIn(text);
      if (report.stoppedAt === null) report.errors.push(text);
      return;
    case TLC.behaviour:
    case TLC.nested:
      return;
    case TLC.general:
      // What an assertion of ours has ended, in the initial predicate.
      if (report.stoppedAt === null) report.errors.push(text);
      return;
    default:
      report.errors.push(text);
  }
}

function foundIn(text: string): string | null {
  return foundKey(text.split("\n").at(-1) ?? "");
}

function takeState(report: TlcReport, text: string): void {
  const [head = "", ...lines] = text.split("\n");
  const state = parseTlaState(lines.join("\n"));
  if (state.kind === "error") {
    report.errors.push(`a state that cannot be read (expected ${state.error.expected}): ${text}`);
    return;
  }
  const label = /^\d+: <(.*)>$/.exec(head)?.[1] ?? "";
  const action = label === "Initial predicate" ? null : label.replace(/ line \d+, col .*$/, "");
  report.trace.push({ action, values: state.value });
}

/** `2.19 of 08 August 2024 (rev: 5a47802)`; a TLC that was not built by its project calls itself after the current time. */
function versionOf(text: string): string {
  const version = text.replace(/^TLC2 Version |^Version | of Day Month 20\?\?/g, "").trim();
  return /^\d{4}\.\d\d\.\d\d\.\d{6}$/.test(version) ? "unreleased" : version;
}
