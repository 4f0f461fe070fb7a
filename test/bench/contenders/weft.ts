// Weft itself: the exploring in a process of its own, and the built program from the shell to the verdict.

import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { answered, type Backend, request } from "../measure.ts";
import { type Contender, done, type Subject } from "./contender.ts";

export const PROGRAM = "dist/cli.js";
const WORKERS = "--workers";
const UNREDUCED: readonly string[] = ["--no-symmetry", "--no-por"];
export const REDUCED: readonly string[] = ["--symmetry", "--por"];
/** Exit codes of a check that came to its end, whatever it found. */
export const VERDICTS: readonly number[] = [0, 11, 12, 14, 15];

export function weft(
  backend: Exclude<Backend, "interpreter">,
  workers: number,
  options: readonly string[],
): Contender {
  const flags = [
    ...["check", "--quiet", "--backend", backend === "js" ? "js" : "auto"],
    ...(options.includes(WORKERS) ? [WORKERS, String(workers)] : []),
    ...options.filter((option) => UNREDUCED.includes(option)),
  ];
  return {
    kind: "Weft",
    name: backend === "js" ? "Weft js" : `Weft ${workers}`,
    flags: `weft ${flags.join(" ")}; exploring alone with --backend ${backend}`,
    missing: async () =>
      workers === 1 || options.includes(WORKERS) ? null : "Weft has no workers yet",
    async run(subject) {
      const { folder } = subject;
      const explored = await done(subject, {
        program: process.execPath,
        args: [resolve(process.argv[1] ?? ""), ...request(absolute(subject), { backend, workers })],
        folder,
      });
      const { states, transitions, seconds } = answered(explored.stdout);
      const whole = await done(
        subject,
        {
          program: process.execPath,
          args: [resolve(PROGRAM), ...flags, ...settingsOf(subject), resolve(subject.of.path)],
          folder,
        },
        VERDICTS,
      );
      return {
        counts: { states, transitions },
        stored: states,
        wholeSeconds: whole.seconds,
        exploringSeconds: seconds,
        peakBytes: whole.peakBytes,
      };
    },
  };
}

/** The options that `weft check` has. */
export function checkOptions(): readonly string[] {
  const { stdout } = spawnSync(process.execPath, [PROGRAM, "check", "--help"], {
    encoding: "utf8",
  });
  return [...stdout.matchAll(/^ +(?:-\w, )?(--[\w-]+)/gm)].map(([, option = ""]) => option);
}

export function settingsOf({ of }: Pick<Subject, "of">): readonly string[] {
  return Object.entries(of.settings).flatMap(([name, value]) => ["--set", `${name}=${value}`]);
}

function absolute({ of }: Subject): Subject["of"] {
  return { ...of, path: resolve(of.path) };
}
