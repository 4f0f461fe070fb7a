// Searches with all reductions of each: SPIN with its partial-order reduction against Weft with all of its own.

import type { Case } from "./cases.ts";
import { type Contender, Failed, type Ran, type Subject } from "./contenders/contender.ts";
import { spin } from "./contenders/spin.ts";
import { checkOptions, fromShell, REDUCED } from "./contenders/weft.ts";

/** One spec, with figures of single runs: the numbers of states are what matters. */
export interface ReducedCase {
  readonly of: Case;
  /** Unreduced. */
  readonly states: number;
  readonly weft: { readonly states: number; readonly wholeSeconds: number } | null;
  readonly spin: Ran | null;
  readonly failures: readonly string[];
}

/** `withSpin`: unless there are too many states for it. */
export async function runReduced(subject: Subject, withSpin: boolean): Promise<ReducedCase> {
  const failures: string[] = [];
  const attempt = async <T>(name: string, run: () => Promise<T>): Promise<T | null> => {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof Failed)) throw error;
      failures.push(`${name}: ${error.message}`);
      return null;
    }
  };
  const peer = spin({ search: "DFS", reduced: true });
  return {
    of: subject.of,
    states: subject.counts.states,
    weft: await attempt("Weft", () => weftReduced(subject)),
    spin: withSpin ? await attempt(peer.name, () => peerReduced(subject, peer)) : null,
    failures,
  };
}

async function peerReduced(subject: Subject, peer: Contender): Promise<Ran> {
  const missing = await peer.missing();
  if (missing !== null) throw new Failed(missing);
  return peer.run(subject);
}

async function weftReduced(
  subject: Subject,
): Promise<{ readonly states: number; readonly wholeSeconds: number }> {
  const known = checkOptions();
  const flags = REDUCED.filter((option) => known.includes(option));
  const { stdout, seconds } = await fromShell(subject, ["check", "--json", ...flags]);
  const { distinctStates } = JSON.parse(stdout) as { readonly distinctStates: number };
  return { states: distinctStates, wholeSeconds: seconds };
}
