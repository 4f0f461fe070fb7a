// Weft itself: the exploring in a process of its own, and the built program from the shell to the verdict.

import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { answered, type Backend, request } from "../measure.ts";
import { type Contender, type Done, done, type Subject } from "./contender.ts";

const PROGRAM = "dist/cli.js";
const WORKERS = "--workers";
const UNREDUCED: readonly string[] = ["--no-symmetry", "--no-por"];
export const REDUCED: readonly string[] = ["--symmetry", "--por"];
/** Exit codes of a check that came to its end, whatever it found. */
const VERDICTS: readonly number[] = [0, 11, 12, 14, 15];

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
    kind: backend === "js" ? "Weft js" : "Weft",
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
      // JavaScript alone is there to compare the exploring; large specs go on in WebAssembly.
      const whole =
        backend === "js" && subject.hurried === "-O3" ? null : await fromShell(subject, flags);
      return {
        counts: { states, transitions },
        stored: states,
        wholeSeconds: whole?.seconds ?? null,
        exploringSeconds: seconds,
        peakBytes: whole?.peakBytes ?? null,
      };
    },
  };
}

/** Runs the built program with a spec; its exit code must be that of a verdict. */
export function fromShell(subject: Subject, flags: readonly string[]): Promise<Done> {
  const { of, folder } = subject;
  const settings = Object.entries(of.settings).flatMap(([name, value]) => [
    "--set",
    `${name}=${value}`,
  ]);
  const args = [resolve(PROGRAM), ...flags, ...settings, resolve(of.path)];
  return done(subject, { program: process.execPath, args, folder }, VERDICTS);
}

/** The options that `weft check` has. */
export function checkOptions(): readonly string[] {
  const { stdout } = spawnSync(process.execPath, [PROGRAM, "check", "--help"], {
    encoding: "utf8",
  });
  return [...stdout.matchAll(/^ +(?:-\w, )?(--[\w-]+)/gm)].map(([, option = ""]) => option);
}

function absolute({ of }: Subject): Subject["of"] {
  return { ...of, path: resolve(of.path) };
}
