// Programs of the computer, run as child processes: their output by lines, their time and memory, and their end.
// Whatever ends the run ends the program and all that it started.

import { type ChildProcess, spawn } from "node:child_process";
import { constants, readFileSync } from "node:fs";
import { access } from "node:fs/promises";
import { delimiter, join } from "node:path";

export interface ProgramRun {
  /** A name looked up on PATH, or a path. */
  readonly program: string;
  readonly args: readonly string[];
  /** The folder that it runs in. */
  readonly folder: string;
  /** Added to the environment. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Wall clock; Infinity for none. */
  readonly timeLimitSeconds: number;
  /** Each line as it comes, without its end. */
  readonly onLine?: (line: string, stream: "stdout" | "stderr") => void;
}

export type ProgramEnd =
  /** `code` is null if a signal ended it that we did not send; `signal` names it. */
  | {
      readonly kind: "ended";
      readonly code: number | null;
      readonly signal: string | null;
      readonly stdout: string;
      readonly stderr: string;
      readonly seconds: number;
      /** Peak resident memory of the program itself, sampled; null if this system does not tell. */
      readonly peakBytes: number | null;
    }
  | { readonly kind: "missing" }
  | { readonly kind: "stopped"; readonly by: "abort" | "time-limit"; readonly stdout: string };

const SAMPLE_MILLISECONDS = 20;
const KIBI = 1024;
/** What is kept of each stream: engines can write counterexamples without end. */
const KEPT_CHARACTERS = 64 * KIBI * KIBI;

/** Runs a program to its end. Never throws: a program that is not there is `missing`. */
export function runProgram(run: ProgramRun): Promise<ProgramEnd> {
  return new Promise((resolve) => {
    const begun = performance.now();
    if (run.signal.aborted) {
      resolve({ kind: "stopped", by: "abort", stdout: "" });
      return;
    }
    const child = spawn(run.program, run.args, {
      cwd: run.folder,
      env: { ...process.env, ...run.environment },
      stdio: ["ignore", "pipe", "pipe"],
      // A group of its own, so that what it starts ends with it.
      detached: true,
    });
    const stdout = collect(child, "stdout", run.onLine);
    const stderr = collect(child, "stderr", run.onLine);
    let peakBytes: number | null = null;
    let stoppedBy: "abort" | "time-limit" | null = null;
    const sample = (): void => {
      peakBytes = Math.max(peakBytes ?? 0, peakOf(child.pid) ?? 0) || null;
    };
    const sampling = setInterval(sample, SAMPLE_MILLISECONDS);
    const stop = (by: "abort" | "time-limit"): void => {
      stoppedBy ??= by;
      killGroup(child);
    };
    const onAbort = (): void => stop("abort");
    const limit = Number.isFinite(run.timeLimitSeconds)
      ? setTimeout(() => stop("time-limit"), run.timeLimitSeconds * 1000)
      : null;
    // A program of Weft's must not outlive it.
    const onExit = (): void => killGroup(child);
    const settle = (end: ProgramEnd): void => {
      clearInterval(sampling);
      if (limit !== null) clearTimeout(limit);
      run.signal.removeEventListener("abort", onAbort);
      process.removeListener("exit", onExit);
      resolve(end);
    };
    run.signal.addEventListener("abort", onAbort);
    process.on("exit", onExit);
    child.once("spawn", sample);
    child.once("error", () => settle({ kind: "missing" }));
    child.once("close", (code, signal) => {
      if (stoppedBy !== null) {
        settle({ kind: "stopped", by: stoppedBy, stdout: stdout() });
        return;
      }
      settle({
        kind: "ended",
        code,
        signal,
        stdout: stdout(),
        stderr: stderr(),
        seconds: (performance.now() - begun) / 1000,
        peakBytes,
      });
    });
  });
}

/** The path of a program on PATH; null if there is none. */
export async function findProgram(name: string): Promise<string | null> {
  for (const folder of (process.env["PATH"] ?? "").split(delimiter)) {
    const path = join(folder, name);
    try {
      await access(path, constants.X_OK);
      return path;
    } catch {
      // Not in this folder.
    }
  }
  return null;
}

function collect(
  child: ChildProcess,
  stream: "stdout" | "stderr",
  onLine: ProgramRun["onLine"],
): () => string {
  const chunks: string[] = [];
  let length = 0;
  let partial = "";
  const readable = child[stream];
  readable?.setEncoding("utf8");
  readable?.on("data", (chunk: string) => {
    if (length < KEPT_CHARACTERS) chunks.push(chunk);
    length += chunk.length;
    if (onLine === undefined) return;
    const lines = (partial + chunk).split("\n");
    partial = lines.pop() ?? "";
    for (const line of lines) onLine(line, stream);
  });
  readable?.on("end", () => {
    if (partial !== "") onLine?.(partial, stream);
  });
  return () => chunks.join("");
}

/** The kernel's high-water mark; programs that end between two samples show what the last one saw. */
function peakOf(pid: number | undefined): number | null {
  try {
    const [, kibibytes] =
      /^VmHWM:\s*(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return kibibytes === undefined ? null : Number(kibibytes) * KIBI;
  } catch {
    return null;
  }
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // It has ended already.
  }
}
