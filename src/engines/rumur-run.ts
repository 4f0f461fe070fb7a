// From a Murphi text to what its verifier says: rumur writes C, gcc compiles it, the program searches.

import { architecture } from "../runtime/environment.ts";
import { writeTextAtomically } from "../runtime/files.ts";
import { type ProgramEnd, runProgram } from "../runtime/programs.ts";
import type { EngineFailure, EngineSettings } from "./engine.ts";
import { emptyReport, type RumurReport, takeLine } from "./rumur-output.ts";

/**
 * Flags of rumur that the figures depend on. One thread searches breadth first, so that ways are shortest; symmetry
 * off, so that all states count; deadlock is a property of the text; and `value-type` has room for every sum.
 */
export const RUMUR_FLAGS: readonly string[] = [
  ...["--threads", "1"],
  ...["--symmetry-reduction", "off"],
  ...["--deadlock-detection", "off"],
  ...["--value-type", "int32_t"],
];

export type RumurEnd =
  | { readonly kind: "ended"; readonly report: RumurReport; readonly peakBytes: number | null }
  /** Out of time or of memory. */
  | { readonly kind: "cut"; readonly report: RumurReport }
  | { readonly kind: "failure"; readonly failure: EngineFailure };

export interface RumurRun {
  readonly name: string;
  readonly text: string;
  /** Whether ways to errors are printed. */
  readonly traces: boolean;
  /** Flags that override the usual ones. */
  readonly moreFlags?: readonly string[];
  readonly settings: EngineSettings;
  readonly secondsLeft: () => number;
}

/** Flags of gcc, as far as this computer wants them. */
export function compilerFlags({ optimise }: Pick<EngineSettings, "optimise">): readonly string[] {
  return architecture() === "x64" ? [optimise, "-mcx16"] : [optimise];
}

/** Makes a verifier and runs it to its end. */
export async function runRumur(run: RumurRun): Promise<RumurEnd> {
  const { name, settings } = run;
  writeTextAtomically(`${settings.folder}/${name}.m`, run.text);
  const trace = run.traces ? "full" : "off";
  const written = await step(run, "rumur", [
    ...RUMUR_FLAGS,
    ...(run.moreFlags ?? []),
    ...["--output-format", "machine-readable", "--counterexample-trace", trace, "--quiet"],
    ...["--output", `${name}.c`, `${name}.m`],
  ]);
  if (written.kind !== "ended") return notEnded(written, "rumur");
  if (written.code !== 0) return failed("rumur", written);
  const flags = compilerFlags(settings);
  const compiled = await step(run, "gcc", [
    ...["-std=c11", "-w", ...flags, "-o", name, `${name}.c`, "-lpthread"],
  ]);
  if (compiled.kind !== "ended") return notEnded(compiled, "gcc");
  if (compiled.code !== 0) return failed("gcc", compiled);
  return verify(run);
}

async function verify(run: RumurRun): Promise<RumurEnd> {
  const { settings, name } = run;
  const report = emptyReport();
  const end = await runProgram({
    program: "/bin/sh",
    args: ["-c", `${memoryLimit(settings.memoryBytes)}exec ./${name}`],
    folder: settings.folder,
    signal: settings.signal,
    timeLimitSeconds: run.secondsLeft(),
    onLine(line, stream) {
      if (stream === "stdout") takeLine(report, line, settings.progress);
    },
  });
  if (end.kind === "stopped" && end.by === "time-limit") return { kind: "cut", report };
  if (end.kind !== "ended") return notEnded(end, "the verifier");
  if (report.summary !== null) return { kind: "ended", report, peakBytes: end.peakBytes };
  if (/out of memory|memory/i.test(end.stderr)) return { kind: "cut", report };
  return failed("the verifier", end);
}

/** A command of the shell that holds the program to a size in memory. */
function memoryLimit(bytes: number): string {
  if (!Number.isFinite(bytes)) return "";
  return `ulimit -v ${Math.floor(bytes / 1024)} 2>/dev/null; `;
}

function step(run: RumurRun, program: string, args: readonly string[]): Promise<ProgramEnd> {
  const { folder, signal } = run.settings;
  return runProgram({ program, args, folder, signal, timeLimitSeconds: run.secondsLeft() });
}

const HINTS: { readonly [program: string]: string } = {
  rumur: "on Debian: apt install rumur",
  gcc: "on Debian: apt install gcc",
};

/** What is said of a program that is not there. */
export function missingProgram(program: string): EngineFailure {
  return {
    kind: "missing",
    message: `${program} is not installed`,
    hint: HINTS[program] ?? null,
  };
}

function notEnded(end: Exclude<ProgramEnd, { readonly kind: "ended" }>, program: string): RumurEnd {
  if (end.kind === "missing") return { kind: "failure", failure: missingProgram(program) };
  if (end.by === "time-limit") return { kind: "cut", report: emptyReport() };
  const failure: EngineFailure = { kind: "stopped", message: "rumur was stopped", hint: null };
  return { kind: "failure", failure };
}

function failed(program: string, end: Extract<ProgramEnd, { readonly kind: "ended" }>): RumurEnd {
  const said = `${end.stderr}${end.stdout}`.trim().split("\n").slice(0, 12);
  const how =
    end.signal === null ? `ended with exit code ${end.code}` : `was ended by ${end.signal}`;
  const message = [`${program} ${how}`, ...said].join("\n");
  return { kind: "failure", failure: { kind: "failed", message, hint: null } };
}
