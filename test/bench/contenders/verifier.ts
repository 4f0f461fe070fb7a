// A verifier that is written in C for one model, compiled and run: how SPIN and rumur work.

import type { Done, Subject } from "./contender.ts";

/** The steps from a model to its figures; each may be done again and again. */
export interface Verifier {
  /** The best that gcc can do. */
  readonly optimised: readonly string[];
  translate(): Promise<Done>;
  /** Makes a program of this name. */
  compile(optimise: readonly string[], name: string): Promise<Done>;
  explore(name: string): Promise<Done>;
}

const BEST = "best";
const ANEW = "anew";

/** Makes the program whose exploring is timed; where that is over at once, it need not be a good one. */
export async function makeBest(subject: Subject, verifier: Verifier): Promise<void> {
  await verifier.translate();
  await verifier.compile(subject.hurried === "-O0" ? ["-O0"] : verifier.optimised, BEST);
}

export function exploreBest(verifier: Verifier): Promise<Done> {
  return verifier.explore(BEST);
}

/**
 * One run: everything anew from the shell to the verdict, and the exploring by itself. These are two runs of the verifier where
 * less optimisation is faster from the shell, and the exploring still worth being timed.
 */
export async function runOnce(
  { hurried }: Subject,
  verifier: Verifier,
): Promise<{ readonly exploring: Done; readonly wholeSeconds: number }> {
  const writing = await verifier.translate();
  const optimise = hurried === "-O3" ? verifier.optimised : [hurried];
  const compiling = await verifier.compile(optimise, ANEW);
  const running = await verifier.explore(ANEW);
  const exploring = hurried === "-O1" ? await exploreBest(verifier) : running;
  const wholeSeconds = writing.seconds + compiling.seconds + running.seconds;
  return { exploring, wholeSeconds };
}
