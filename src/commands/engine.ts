// Checks by engines outside: the engine is asked in a folder of its own, and its answer shown as a check's is.

import type { Found, Limit } from "../checker/exploration.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { report } from "../diagnostics/report.ts";
import type { Disagreement } from "../engines/agreement.ts";
import type { Engine, EngineAnswer, EngineFailure, EngineSettings } from "../engines/engine.ts";
import { engineTitles, type FoundBy, foundBy } from "../engines/found-by.ts";
import type { Machine } from "../machine/machine.ts";
import { limitWords } from "../report/words.ts";
import { defaultMemory } from "../runtime/memory.ts";
import { withTemporaryFolder } from "../runtime/temporary.ts";
import type { EngineOptions } from "./engine-options.ts";
import { exitCodes } from "./exit-codes.ts";
import type { CheckOptions } from "./options.ts";
import { interruptSignal, progressMeter } from "./progress.ts";
import { type Checked, compileSpec, concluded, refused } from "./run.ts";

/** A check by an engine outside, and in what Weft disagrees with it. */
export interface CheckedBy extends Checked<Found> {
  readonly disagreements: readonly Disagreement[];
}

/** Compiles a spec and has an engine check it. */
export async function checkSpecBy(
  path: string,
  engine: Engine,
  options: CheckOptions & EngineOptions,
): Promise<CheckedBy> {
  const { machine, diagnostics } = compileSpec(path, options);
  if (machine === null) return { ...refused(path, diagnostics), disagreements: [] };
  const answer = await askEngine(machine, engine, options, { verdictsOnly: false });
  if (answer.kind === "failure") {
    const failed = refused(path, [...diagnostics, failureDiagnostic(engine, answer)]);
    const code = answer.interrupted ? exitCodes.interrupted : failed.code;
    return { ...failed, code, disagreements: [] };
  }
  const { found, unconfirmed } = answer.by;
  const who = `${engineTitles[engine.name]} ${found.by?.version ?? ""}`;
  const disagreements = unconfirmed.map(
    (verdict) => ({ kind: "behaviour", who, verdict }) as const,
  );
  const checked = concluded(path, diagnostics, machine, found);
  const code = disagreements.length > 0 ? exitCodes.internal : checked.code;
  return { ...checked, code, disagreements };
}

export type Asked =
  | { readonly kind: "found"; readonly by: FoundBy }
  | { readonly kind: "failure"; readonly failure: EngineFailure; readonly interrupted: boolean };

/** Asks an engine, in a new folder that is gone afterwards, with its progress on standard error; Ctrl-C stops it. */
export async function askEngine(
  machine: Machine,
  engine: Engine,
  options: CheckOptions & EngineOptions,
  { verdictsOnly }: Pick<EngineSettings, "verdictsOnly">,
): Promise<Asked> {
  const missing = await engine.missing({ tlc: options.tlc ?? null });
  if (missing !== null) return { kind: "failure", failure: missing, interrupted: false };
  const progress = progressMeter(options);
  const interrupt = interruptSignal();
  const title = engineTitles[engine.name];
  const timeLimitSeconds = options.timeLimit ?? Number.POSITIVE_INFINITY;
  try {
    const answer = await withTemporaryFolder((folder) =>
      engine.check(machine, {
        folder,
        memoryBytes: options.memory ?? defaultMemory(),
        timeLimitSeconds,
        signal: interrupt.signal,
        progress: (line) => progress.show(`${title}: ${line.trim()}`),
        verdictsOnly,
        optimise: "-O1",
        tlc: options.tlc ?? null,
      }),
    );
    return arranged(machine, answer, interrupt.signal.aborted, timeLimitSeconds);
  } finally {
    progress.end();
    interrupt.end();
  }
}

function arranged(
  machine: Machine,
  answer: EngineAnswer,
  interrupted: boolean,
  timeLimitSeconds: number,
): Asked {
  if (answer.kind === "failure") return { ...answer, interrupted };
  const late = answer.result.seconds >= timeLimitSeconds;
  const stoppedBy: Limit | null = interrupted ? "interrupted" : late ? "time-limit" : null;
  return { kind: "found", by: foundBy(machine, answer.result, stoppedBy) };
}

/** Why there is no answer, as it is told to people. */
export function failureDiagnostic(
  { name }: Pick<Engine, "name">,
  { failure, interrupted }: Extract<Asked, { readonly kind: "failure" }>,
): Diagnostic {
  const { kind, message, hint } = failure;
  const engine = engineTitles[name];
  const extras = { hint };
  switch (kind) {
    case "missing":
      return report("engine-missing", null, { engine, what: message }, extras);
    case "refused":
      return report(
        "not-translatable",
        null,
        { notation: notations[name], reason: message },
        extras,
      );
    case "failed":
      return report("engine-failed", null, { engine, what: message }, extras);
    case "stopped": {
      const why = limitWords(interrupted ? "interrupted" : "time-limit");
      return report("engine-stopped", null, { engine, why }, extras);
    }
    default:
      return kind satisfies never;
  }
}

const notations: Readonly<Record<Engine["name"], string>> = {
  spin: "Promela",
  rumur: "Murphi",
  tlc: "TLA+",
};
