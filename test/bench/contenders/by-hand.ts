// The C program of one model: the limit that Weft is compared with.

import { resolve } from "node:path";
import { type Contender, done, missingOf, numberIn, once, type Subject } from "./contender.ts";

const FLAGS = ["-O3", "-march=native"];
/** Seen from the folder of the project, where the bench runs. */
const SOURCE = "test/bench/by-hand/two-phase-commit.c";

/** `grows`: its hash table grows by need as Weft's does; else it has its size at once. */
export function byHand({ grows }: { readonly grows: boolean }): Contender {
  const prepared = once((subject) => prepare(subject, grows ? "grows" : "sized"));
  return {
    kind: "C",
    name: grows ? "C" : "C, sized",
    flags: `gcc ${FLAGS.join(" ")} -DRMS=<n> ${SOURCE}${grows ? "" : "; run with the size of its table"}`,
    missing: () => missingOf("gcc"),
    async run(subject) {
      const program = await prepared(subject);
      // At most half full, as a table that grows is on average.
      const slots = Math.ceil(Math.log2(subject.counts.states * 2));
      const { stdout, peakBytes } = await done(subject, {
        program,
        args: grows ? [] : [String(slots)],
        folder: subject.folder,
      });
      const states = numberIn(stdout, /^states (\d+)/m);
      return {
        counts: { states, transitions: numberIn(stdout, /^transitions (\d+)/m) },
        stored: states,
        wholeSeconds: null,
        exploringSeconds: numberIn(stdout, /^seconds ([\d.]+)/m),
        peakBytes,
      };
    },
  };
}

async function prepare(subject: Subject, name: string): Promise<string> {
  const program = `${subject.folder}/${name}`;
  const managers = subject.of.settings["RMS"];
  await done(subject, {
    program: "gcc",
    args: [...FLAGS, `-DRMS=${managers}`, "-o", program, resolve(SOURCE)],
    folder: subject.folder,
  });
  return program;
}
