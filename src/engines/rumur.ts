// rumur as an engine: one complete run counts states, steps and everything that goes wrong, then one run for each
// violation that is to be shown, which stops at its first and hence shortest occurrence.

import type { Judging, Subject } from "../emit/murphi/judging.ts";
import { emitMurphi, type MurphiTranslation } from "../emit/murphi/murphi.ts";
import type { Machine } from "../machine/machine.ts";
import { findProgram, runProgram } from "../runtime/programs.ts";
import type {
  Engine,
  EngineAnswer,
  EngineBehaviour,
  EngineFailure,
  EngineSettings,
  EngineVerdict,
} from "./engine.ts";
import type { RumurReport } from "./rumur-output.ts";
import {
  compilerFlags,
  missingProgram,
  RUMUR_FLAGS,
  type RumurEnd,
  runRumur,
} from "./rumur-run.ts";
import { readState, readStep } from "./rumur-state.ts";

export const rumur: Engine = { name: "rumur", missing, check };

async function missing(): Promise<EngineFailure | null> {
  for (const program of ["rumur", "gcc"]) {
    if ((await findProgram(program)) === null) return missingProgram(program);
  }
  return null;
}

async function check(machine: Machine, settings: EngineSettings): Promise<EngineAnswer> {
  const begun = performance.now();
  const absent = await missing();
  if (absent !== null) return { kind: "failure", failure: absent };
  const seconds = (): number => (performance.now() - begun) / 1000;
  const secondsLeft = (): number => Math.max(0, settings.timeLimitSeconds - seconds());
  const ask = (name: string, judging: Judging): Promise<Asked> =>
    askOnce(machine, name, judging, settings, secondsLeft);
  const counted = await ask("count", { kind: "count" });
  if (counted.kind === "failure") return counted;
  const { translation, end } = counted;
  if (end.report.error !== null) {
    const message = `rumur stopped at what the translation should not do: ${end.report.error}`;
    return { kind: "failure", failure: { kind: "failed", message, hint: null } };
  }
  const subjects = subjectsOf(machine);
  const behaviours = new Map<Subject, EngineBehaviour>();
  const complete = end.kind === "ended";
  const found = end.kind === "ended" ? foundIn(translation, end.report) : new Set<string>();
  if (complete && !settings.verdictsOnly) {
    for (const [position, subject] of subjects.entries()) {
      // What is to be reached needs no excuse.
      if (!found.has(keyOf(subject)) || subject.kind === "cover") continue;
      if (secondsLeft() <= 0) break;
      const shown = await ask(`stop_${position}`, { kind: "stop", subject });
      if (shown.kind === "failure") return shown;
      const behaviour = behaviourOf(shown, subject);
      if (behaviour !== null) behaviours.set(subject, behaviour);
    }
  }
  const version = await versionOf(settings);
  const verdicts = subjects.map((subject): EngineVerdict => {
    const outcome = complete ? outcomeOf(subject, found) : "unknown";
    return { ...subject, outcome, behaviour: behaviours.get(subject) ?? null };
  });
  const figures = end.kind === "ended" ? figuresOf(translation, end.report) : null;
  return {
    kind: "result",
    result: {
      engine: "rumur",
      version,
      flags: [...RUMUR_FLAGS, ...compilerFlags(settings)],
      complete,
      states: figures?.states ?? null,
      transitions: figures?.transitions ?? null,
      // rumur does not say how deep it went.
      depth: null,
      verdicts,
      seconds: seconds(),
      memoryBytes: end.kind === "ended" ? end.peakBytes : null,
    },
  };
}

type Asked =
  | {
      readonly kind: "asked";
      readonly translation: MurphiTranslation;
      readonly end: Exclude<RumurEnd, { readonly kind: "failure" }>;
    }
  | Extract<EngineAnswer, { readonly kind: "failure" }>;

async function askOnce(
  machine: Machine,
  name: string,
  judging: Judging,
  settings: EngineSettings,
  secondsLeft: () => number,
): Promise<Asked> {
  const emitted = emitMurphi(machine, { judging, scalarsets: false });
  if (emitted.kind === "refusal") {
    const { reason } = emitted.refusal;
    return { kind: "failure", failure: { kind: "refused", message: reason, hint: null } };
  }
  const { translation } = emitted;
  const text = translation.files[0]?.text ?? "";
  const traces = judging.kind === "stop";
  const end = await runRumur({ name, text, traces, settings, secondsLeft });
  if (end.kind === "failure") return end;
  return { kind: "asked", translation, end };
}

async function versionOf({ folder, signal }: EngineSettings): Promise<string> {
  const end = await runProgram({
    program: "rumur",
    args: ["--version"],
    folder,
    signal,
    timeLimitSeconds: 10,
  });
  const said = end.kind === "ended" ? end.stdout : "";
  return /v?(\d{4}\.\d+\.\d+)/.exec(said)?.[1] ?? "unknown";
}

/** Everything that is judged, in the order of Weft's own verdicts. */
function subjectsOf(machine: Machine): readonly Subject[] {
  const assertions = new Set(machine.assertions.map(({ name }) => name));
  return [
    ...machine.properties.map(({ kind, name }) => ({ kind, name })),
    ...[...assertions].map((name) => ({ kind: "assert" as const, name })),
    ...(["deadlock", "range", "lock_use"] as const).map((kind) => ({ kind, name: kind })),
  ];
}

const keyOf = ({ kind, name }: Subject): string => `${kind} ${name}`;

const faultyKey = (subject: Subject): string => `${keyOf(subject)} cannot be judged`;

function outcomeOf(subject: Subject, found: ReadonlySet<string>): EngineVerdict["outcome"] {
  const isFound = found.has(keyOf(subject));
  if (subject.kind !== "cover") return isFound ? "violated" : "holds";
  if (isFound) return "reachable";
  return found.has(faultyKey(subject)) ? "violated" : "unreachable";
}

/** What has been met at least once. */
function foundIn({ counted }: MurphiTranslation, { covers }: RumurReport): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [message, { subject, faulty }] of counted)
    if ((covers.get(message) ?? 0) > 0) found.add(faulty ? faultyKey(subject) : keyOf(subject));
  return found;
}

/** A step that faults is taken back by the text, and counted where that is done. */
function figuresOf(
  { counted }: MurphiTranslation,
  { summary, covers }: RumurReport,
): { readonly states: number; readonly transitions: number } | null {
  if (summary === null) return null;
  let transitions = summary.rulesFired;
  for (const [message, { discards }] of counted)
    if (discards) transitions += covers.get(message) ?? 0;
  return { states: summary.states, transitions };
}

function behaviourOf(
  { translation, end }: Extract<Asked, { readonly kind: "asked" }>,
  { kind }: Subject,
): EngineBehaviour | null {
  if (end.report.error === null) return null;
  const [, ...steps] = end.report.steps;
  const states = end.report.steps.map(({ state }) => state);
  // What goes wrong inside a step is found half way through it.
  const inside = kind !== "invariant" && kind !== "cover" && kind !== "deadlock";
  const movers = steps.map((step) => readStep(translation, step));
  const named = movers.filter((step) => step !== null);
  const whole = inside ? states.slice(0, -1) : states;
  return {
    states: whole.length === 0 ? null : whole.map((parts) => readState(translation.layout, parts)),
    steps: named.length === movers.length ? named : null,
    faults: inside && steps.length > 0,
  };
}
