// What takes part in the bench: a checker at one setting, and what one run of it took.

import type { Machine } from "../../../src/machine/machine.ts";
import { findProgram, type ProgramRun, runProgram } from "../../../src/runtime/programs.ts";
import type { Case } from "../cases.ts";

/** A spec at one size, made ready to be run. */
export interface Subject {
  readonly of: Case;
  readonly machine: Machine;
  /** As Weft counts them: what everybody has to come to. */
  readonly counts: Counts;
  readonly initialStates: number;
  /** For what a contender makes once. */
  readonly folder: string;
  /** How C is compiled where the time from the shell counts: small specs are over before optimised code would pay. */
  readonly hurried: "-O0" | "-O1" | "-O3";
  readonly signal: AbortSignal;
  /** Of one program. */
  readonly timeLimitSeconds: number;
}

export interface Counts {
  readonly states: number;
  readonly transitions: number;
}

/** What one run took. */
export interface Ran {
  /** In Weft's conventions; null where the contender reduces, and counts are its own. */
  readonly counts: Counts | null;
  /** States that it stored by its own count, those on the way to Weft's initial states too: rates are counted in these. */
  readonly stored: number;
  /** From the shell to the verdict; null if only the exploring was run. */
  readonly wholeSeconds: number | null;
  readonly exploringSeconds: number;
  /** Of the whole where there is one; null if the system does not tell. */
  readonly peakBytes: number | null;
}

export type Kind = "Weft" | "Weft js" | "SPIN" | "rumur" | "TLC" | "C";

export interface Contender {
  readonly kind: Kind;
  readonly name: string;
  /** Everything that one would type, to be printed. */
  readonly flags: string;
  /** Why it cannot take part here; null if it can. */
  missing(): Promise<string | null>;
  /** Runs once; throws `Failed` if that gives no figures. */
  run(subject: Subject): Promise<Ran>;
}

/** A run that gave no figures, and why. */
export class Failed extends Error {}

/** What a program took that came to its end. */
export interface Done {
  readonly stdout: string;
  readonly seconds: number;
  readonly peakBytes: number | null;
}

/** Of what a program has written, to be shown when it fails. */
const LINES = 3;

/** Runs a program in a folder; it must end with one of `codes`. */
export async function done(
  { signal, timeLimitSeconds }: Pick<Subject, "signal" | "timeLimitSeconds">,
  run: Pick<ProgramRun, "program" | "args" | "folder" | "onLine">,
  codes: readonly number[] = [0],
): Promise<Done> {
  const end = await runProgram({ ...run, signal, timeLimitSeconds });
  const name = run.program.replace(/^.*\//, "");
  if (end.kind === "missing") throw new Failed(`${name} is not there`);
  if (end.kind === "stopped") {
    throw new Failed(
      end.by === "abort" ? "stopped" : `${name} did not end within ${timeLimitSeconds} s`,
    );
  }
  const { code, stdout, stderr, seconds, peakBytes } = end;
  if (code === null || !codes.includes(code)) {
    const said = `${stderr}\n${stdout}`.trim().split("\n").slice(-LINES).join(" ");
    throw new Failed(`${name} ended with ${code ?? end.signal}: ${said}`);
  }
  return { stdout, seconds, peakBytes };
}

/** Which of these programs is not there; null if all are. */
export async function missingOf(...programs: readonly string[]): Promise<string | null> {
  for (const program of programs) {
    if ((await findProgram(program)) === null) return `${program} is not installed`;
  }
  return null;
}

/** Makes something once for each subject. */
export function once<T>(make: (subject: Subject) => Promise<T>): (subject: Subject) => Promise<T> {
  const made = new WeakMap<Subject, Promise<T>>();
  return (subject) => {
    const known = made.get(subject) ?? make(subject);
    made.set(subject, known);
    return known;
  };
}

/** The number that stands where the pattern has its group. */
export function numberIn(text: string, pattern: RegExp): number {
  const found = pattern.exec(text)?.[1];
  if (found === undefined) throw new Failed(`it did not tell ${pattern.source}`);
  return Number(found);
}
