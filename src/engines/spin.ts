// SPIN as an engine: one complete search finds all verdicts and counts; what was found is replayed from its trails.

import type { Finding } from "../emit/promela/findings.ts";
import { emitPromela, type PromelaTranslation } from "../emit/promela/promela.ts";
import type { Machine } from "../machine/machine.ts";
import { findProgram } from "../runtime/programs.ts";
import type {
  Engine,
  EngineAnswer,
  EngineBehaviour,
  EngineFailure,
  EngineSettings,
  EngineStep,
  EngineVerdict,
} from "./engine.ts";
import type { SpinReport, TrailStep } from "./spin-output.ts";
import {
  compilerFlags,
  missingProgram,
  replayTrail,
  runSpin,
  type SpinRun,
  spinVersion,
  TRANSLATION_FLAGS,
} from "./spin-run.ts";

export const spin: Engine = { name: "spin", missing, check };

async function missing(): Promise<EngineFailure | null> {
  for (const program of ["spin", "gcc"]) {
    if ((await findProgram(program)) === null) return missingProgram(program);
  }
  return null;
}

async function check(machine: Machine, settings: EngineSettings): Promise<EngineAnswer> {
  const begun = performance.now();
  const absent = await missing();
  if (absent !== null) return { kind: "failure", failure: absent };
  const seconds = (): number => (performance.now() - begun) / 1000;
  const emitted = emitPromela(machine, { purpose: "checking" });
  if (emitted.kind === "refusal") {
    const { reason } = emitted.refusal;
    return { kind: "failure", failure: { kind: "refused", message: reason, hint: null } };
  }
  const { translation } = emitted;
  const run: SpinRun = {
    text: translation.files[0]?.text ?? "",
    stateBytes: translation.stateBytes,
    settings,
    secondsLeft: () => Math.max(0, settings.timeLimitSeconds - seconds()),
  };
  const end = await runSpin(run);
  if (end.kind === "failure") return end;
  const { report } = end;
  if (report.unexpected !== null) {
    const message = `the translation is wrong: ${report.unexpected}`;
    return { kind: "failure", failure: { kind: "failed", message, hint: null } };
  }
  const complete = end.kind === "ended" && report.incomplete === null;
  const behaviours = new Map<Finding, EngineBehaviour>();
  if (!settings.verdictsOnly) {
    for (const [number, trail] of report.trails) {
      const finding = translation.findings[number];
      const steps = await replayTrail(run, trail);
      if (finding === undefined || steps === null) continue;
      behaviours.set(finding, behaviourOf(machine, translation, finding, steps));
    }
  }
  const figures = complete ? figuresOf(translation, report) : null;
  return {
    kind: "result",
    result: {
      engine: "spin",
      version: await spinVersion(settings),
      flags: [...TRANSLATION_FLAGS, ...compilerFlags(run)],
      complete,
      states: figures?.states ?? null,
      transitions: figures?.transitions ?? null,
      depth: figures?.depth ?? null,
      verdicts: verdictsOf(translation, report, complete, behaviours),
      seconds: seconds(),
      memoryBytes: end.kind === "ended" ? end.peakBytes : null,
    },
  };
}

/** What SPIN does before Weft's first state is taken off; it also counts its own first state as a transition. */
function figuresOf(
  { stages }: PromelaTranslation,
  { stored, transitions, depth, before }: SpinReport,
): { readonly states: number; readonly transitions: number; readonly depth: number } | null {
  if (stored === null || transitions === null || depth === null) return null;
  const { chosen, started, refused, places } = before;
  return {
    states: stored - 1 - chosen - places,
    transitions: transitions - 1 - chosen - started - refused,
    depth: started === 0 ? 0 : depth - stages,
  };
}

/** In the order of Weft's own verdicts, each name once. */
function verdictsOf(
  { findings }: PromelaTranslation,
  { found }: SpinReport,
  complete: boolean,
  behaviours: ReadonlyMap<Finding, EngineBehaviour>,
): readonly EngineVerdict[] {
  const verdicts = new Map<string, EngineVerdict>();
  const isFound = new Set(found.map((number) => findings[number]));
  for (const finding of findings) {
    const kind = finding.kind === "cover-fault" ? "cover" : finding.kind;
    const key = `${kind} ${finding.name}`;
    const known = verdicts.get(key);
    if (isFound.has(finding)) {
      // Where a cover is reached, nobody asks where it cannot be judged.
      if (known?.outcome === "reachable" || known?.outcome === "violated") continue;
      const outcome = finding.kind === "cover" ? "reachable" : "violated";
      const behaviour = behaviours.get(finding) ?? null;
      verdicts.set(key, { kind, name: finding.name, outcome, behaviour });
      continue;
    }
    if (known !== undefined) continue;
    const outcome = !complete ? "unknown" : kind === "cover" ? "unreachable" : "holds";
    verdicts.set(key, { kind, name: finding.name, outcome, behaviour: null });
  }
  return [...verdicts.values()];
}

/** The steps of a trail. Where a state is judged, the last line of a trail is the look at it. */
function behaviourOf(
  { instances }: Machine,
  { origins }: PromelaTranslation,
  { kind }: Finding,
  trail: readonly TrailStep[],
): EngineBehaviour {
  const steps = trail.flatMap(({ pid, line }): EngineStep[] => {
    const origin = origins.get(line);
    if (origin === undefined) return [];
    const { owner, choices } = origin;
    if (owner.kind === "action") return [{ mover: owner.action.name, from: null, choices }];
    const mover = instances[pid - 1]?.name ?? "";
    return [{ mover, from: owner.location.name, choices }];
  });
  return { states: null, steps, faults: kind === "range" || kind === "lock_use" };
}
