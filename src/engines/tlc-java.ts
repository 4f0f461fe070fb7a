// Where Java and TLC are on this machine, and the flags that every run of TLC's has.

import { absolutePaths, environmentVariable } from "../runtime/environment.ts";
import { findProgram, type ProgramEnd, runProgram } from "../runtime/programs.ts";
import type { EngineFailure, EngineSettings } from "./engine.ts";

export interface TlcInstallation {
  readonly java: string;
  /** Absolute, as `java -cp` takes it. */
  readonly classPath: string;
}

const HOW_TO_GET_TLC =
  "TLC is tla2tools.jar of https://github.com/tlaplus/tlaplus/releases: name it by `--tlc PATH` or in WEFT_TLC";
const HOW_TO_GET_JAVA =
  "install a Java runtime, 11 or later (Debian: `apt install default-jre-headless`)";

/** Java on PATH and TLC by its option or WEFT_TLC; a failure says which of them is missing. */
export async function locateTlc(tlc: string | null): Promise<TlcInstallation | EngineFailure> {
  const java = await findProgram("java");
  if (java === null) return missing("TLC needs `java`, which is not on PATH", HOW_TO_GET_JAVA);
  const classPath = tlc ?? environmentVariable("WEFT_TLC");
  if (classPath === null) return missing("it is not known where TLC is", HOW_TO_GET_TLC);
  return { java, classPath: absolutePaths(classPath) };
}

/** Starts TLC for nothing, to see that it is there. */
export async function missingTlc(tlc: string | null): Promise<EngineFailure | null> {
  const installation = await locateTlc(tlc);
  if ("kind" in installation) return installation;
  const end = await runProgram({
    program: installation.java,
    args: [
      "-Xshare:auto",
      "-XX:TieredStopAtLevel=1",
      "-cp",
      installation.classPath,
      "tlc2.TLC",
      "-h",
    ],
    folder: ".",
    signal: new AbortController().signal,
    timeLimitSeconds: 60,
  });
  return notTlc(end, installation);
}

/** The failure if what has run was no TLC at all. */
export function notTlc(end: ProgramEnd, installation: TlcInstallation): EngineFailure | null {
  if (end.kind === "missing") {
    return missing(`\`${installation.java}\` cannot be started`, HOW_TO_GET_JAVA);
  }
  if (end.kind === "ended" && /Could not find or load main class/.test(end.stderr)) {
    return missing(`there is no TLC in \`${installation.classPath}\``, HOW_TO_GET_TLC);
  }
  return null;
}

/** Flags of the virtual machine: a small spec is over before optimised code would pay. */
export function javaFlags({
  memoryBytes,
  optimise,
}: Pick<EngineSettings, "memoryBytes" | "optimise">): readonly string[] {
  const quick = optimise === "-O0" ? ["-XX:TieredStopAtLevel=1", "-Xshare:auto"] : [];
  return [COLLECTOR, ...quick, ...heapFlag(memoryBytes)];
}

/** TLC asks for this one. */
export const COLLECTOR = "-XX:+UseParallelGC";

/** The largest heap that Java may take; none if there is no bound. */
export function heapFlag(memoryBytes: number): readonly string[] {
  if (!Number.isFinite(memoryBytes)) return [];
  return [`-Xmx${Math.max(SMALLEST_HEAP, Math.floor(memoryBytes / MEBI))}m`];
}

/** Whatever TLC leaves anywhere goes with the folder. */
export function temporaryFlag({ folder }: Pick<EngineSettings, "folder">): readonly string[] {
  return [`-Djava.io.tmpdir=${folder}`];
}

const MEBI = 1024 * 1024;
/** In mebibytes; TLC does not start with less. */
const SMALLEST_HEAP = 64;

function missing(message: string, hint: string): EngineFailure {
  return { kind: "missing", message, hint };
}
