// rumur, with one thread or two.

import { mkdirSync } from "node:fs";
import { emitMurphi } from "../../../src/emit/murphi/murphi.ts";
import { compilerFlags } from "../../../src/engines/rumur-run.ts";
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
import { makeBest, runOnce, type Verifier } from "./verifier.ts";

const OPTIMISED = ["-O3", "-march=native"];
const MODEL = "model.m";
const [, ...EXTRA] = compilerFlags({ optimise: "-O3" });

export function rumur(threads: number): Contender {
  const flags = [
    ...["--threads", String(threads)],
    ...["--symmetry-reduction", "off"],
    ...["--deadlock-detection", "off"],
    ...["--counterexample-trace", "off"],
    // Enough for the specs here (else rumur says so), and faster than the wider ones.
    ...["--value-type", "int8_t"],
  ];
  const prepared = once((subject) => prepare(subject, `rumur-${threads}`, flags));
  return {
    kind: "rumur",
    name: `rumur ${threads}`,
    flags: `rumur ${flags.join(" ")}; gcc ${[...OPTIMISED, ...EXTRA].join(" ")} -lpthread`,
    missing: () => missingOf("rumur", "gcc"),
    async run(subject) {
      const { exploring, wholeSeconds } = await runOnce(subject, await prepared(subject));
      const { stdout, seconds, peakBytes } = exploring;
      if (!/<summary .*errors="0"/.test(stdout)) throw new Failed("it found errors");
      const states = numberIn(stdout, /<summary states="(\d+)"/);
      const transitions = numberIn(stdout, /<summary .*rules_fired="(\d+)"/);
      return {
        counts: { states, transitions },
        stored: states,
        wholeSeconds,
        exploringSeconds: seconds,
        peakBytes,
      };
    },
  };
}

async function prepare(
  subject: Subject,
  name: string,
  flags: readonly string[],
): Promise<Verifier> {
  const emitted = emitMurphi(subject.machine);
  if (emitted.kind === "refusal") throw new Failed(emitted.refusal.reason);
  const folder = `${subject.folder}/${name}`;
  mkdirSync(folder);
  writeTextAtomically(`${folder}/${MODEL}`, lean(emitted.translation.files[0]?.text ?? ""));
  const program = (command: string, args: readonly string[]): Promise<Done> =>
    done(subject, { program: command, args, folder });
  const shown = ["--output-format", "machine-readable", "--quiet"];
  const verifier: Verifier = {
    optimised: OPTIMISED,
    translate: () => program("rumur", [...flags, ...shown, "--output", "model.c", MODEL]),
    compile: (optimise, output) =>
      program("gcc", [
        ...["-std=c11", "-w", ...optimise, ...EXTRA],
        ...["-o", output, "model.c", "-lpthread"],
      ]),
    explore: (made) => program(`./${made}`, []),
  };
  await makeBest(subject, verifier);
  return verifier;
}

/** The text without what costs rumur much and the others little or nothing: covers, and deadlock as an invariant. */
export function lean(text: string): string {
  return text
    .split("\n\n")
    .filter((paragraph) => !/^(?:--.*\n)*(?:cover |invariant "deadlock")/.test(paragraph))
    .join("\n\n");
}
