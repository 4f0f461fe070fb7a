// SPIN: depth first or breadth first, without its partial-order reduction or with it.

import { mkdirSync } from "node:fs";
import { emitPromela } from "../../../src/emit/promela/promela.ts";
import { TRANSLATION_FLAGS } from "../../../src/engines/spin-run.ts";
import { writeTextAtomically } from "../../../src/runtime/files.ts";
import {
  type Contender,
  type Done,
  done,
  Failed,
  missingOf,
  numberIn,
  once,
  type Subject,
} from "./contender.ts";
import { exploreBest, makeBest, runOnce, type Verifier } from "./verifier.ts";

export interface SpinSetting {
  readonly search: "DFS" | "BFS";
  readonly reduced: boolean;
}

/** gcc 12 makes vectors of sums of comparisons, and gets some of them wrong. */
const OPTIMISED = ["-O3", "-march=native", "-fno-tree-slp-vectorize"];
const MODEL = "model.pml";
/** SPIN's own room for a state, in bytes. */
const USUAL_VECTOR = 1024;
const LEAST_DEPTH = 10_000;
const MOST_DEPTH = 30_000_000;

export function spin({ search, reduced }: SpinSetting): Contender {
  const directives = [
    "-DSAFETY",
    ...(reduced ? [] : ["-DNOREDUCE"]),
    ...(search === "BFS" ? ["-DBFS"] : []),
  ];
  const name = reduced ? "SPIN reduced" : `SPIN ${search}`;
  const prepared = once((subject) => prepare(subject, name.replace(" ", "-"), directives));
  return {
    kind: "SPIN",
    name,
    flags: [
      `spin ${TRANSLATION_FLAGS.join(" ")} -a`,
      `gcc ${[...OPTIMISED, ...directives].join(" ")}`,
      "./pan -n -E -w<log2 of the states> -m<a tenth more than the search is deep>",
    ].join("; "),
    missing: () => missingOf("spin", "gcc"),
    async run(subject) {
      const { verifier, before } = await prepared(subject);
      const { exploring, wholeSeconds } = await runOnce(subject, verifier);
      const { stdout, seconds, peakBytes } = exploring;
      const stored = numberIn(stdout, /(\d+) states, stored/);
      const steps = numberIn(stdout, /([\d.]+(?:e\+\d+)?) transitions \(= /);
      const told = steps - before - subject.initialStates;
      // From 10^8 on it tells eight digits only.
      const rounded = steps >= 1e8 && Math.abs(told / subject.counts.transitions - 1) < 1e-6;
      const transitions = rounded ? subject.counts.transitions : told;
      const counts = { states: stored - before, transitions };
      return {
        counts: reduced ? null : counts,
        stored,
        wholeSeconds,
        exploringSeconds: seconds,
        peakBytes,
      };
    },
  };
}

/** `before`: states that SPIN stores before the spec's first. */
interface Prepared {
  readonly verifier: Verifier;
  readonly before: number;
}

async function prepare(
  subject: Subject,
  name: string,
  directives: readonly string[],
): Promise<Prepared> {
  const emitted = emitPromela(subject.machine);
  if (emitted.kind === "refusal") throw new Failed(emitted.refusal.reason);
  const { files, stateBytes } = emitted.translation;
  const text = files[0]?.text ?? "";
  const told = /what lies before: (?:(\d+) states|its own first state)/.exec(text);
  if (told === null) throw new Failed("how many states lie before the first is not known");
  const folder = `${subject.folder}/${name}`;
  mkdirSync(folder);
  writeTextAtomically(`${folder}/${MODEL}`, text);
  const vector = 2 * stateBytes;
  const wide = vector > USUAL_VECTOR ? [`-DVECTORSZ=${vector}`] : [];
  const at = (depth: number): Verifier =>
    verifierIn(subject, folder, [...directives, ...wide], depth);
  await makeBest(subject, at(LEAST_DEPTH));
  const deepFirst = !directives.includes("-DBFS");
  const depth = deepFirst ? await depthOf(subject, at) : LEAST_DEPTH;
  return { verifier: at(depth), before: Number(told[1] ?? 1) };
}

/** How deep it goes, and a tenth more; no search is deeper than there are states. */
async function depthOf({ counts }: Subject, at: (depth: number) => Verifier): Promise<number> {
  const { stdout } = await exploreBest(at(Math.min(2 * counts.states + LEAST_DEPTH, MOST_DEPTH)));
  return Math.max(LEAST_DEPTH, Math.ceil(1.1 * numberIn(stdout, /depth reached (\d+)/)));
}

function verifierIn(
  subject: Subject,
  folder: string,
  directives: readonly string[],
  depth: number,
): Verifier {
  const slots = Math.max(10, Math.ceil(Math.log2(subject.counts.states)));
  const program = (name: string, args: readonly string[]): Promise<Done> =>
    done(subject, { program: name, args, folder });
  return {
    optimised: OPTIMISED,
    translate: () => program("spin", [...TRANSLATION_FLAGS, "-a", MODEL]),
    compile: (optimise, name) =>
      program("gcc", ["-w", ...optimise, ...directives, "-o", name, "pan.c"]),
    async explore(name) {
      const end = await program(`./${name}`, ["-n", "-E", `-m${depth}`, `-w${slots}`]);
      const found = /^pan:\d+: .*$/m.exec(end.stdout);
      if (found !== null) throw new Failed(found[0]);
      return end;
    },
  };
}
