// What became of an old counterexample, in words: how far it goes alike, what stops it, and what is possible from there.

import type { Step, Trace } from "../../checker/exploration.ts";
import { spanText } from "../../diagnostics/source.ts";
import type {
  BlockedBy,
  Continuation,
  Holding,
  Parting,
  Transplant,
} from "../../diff/transplant/transplant.ts";
import type { Line, Machine } from "../../machine/machine.ts";
import { actionCall, columnOf, standing } from "../cast.ts";
import { lockCall } from "../locks.ts";
import type { Narrative } from "../narrate.ts";
import { observations, wantedLock } from "../observe.ts";
import { lineOf } from "../text.ts";
import { formatPlainValue } from "../values.ts";
import { lengthOf } from "../verdicts.ts";
import { grouped, limitWords, oneLine, plural } from "../words.ts";
import { type Code, code, enumerated, joined, type Phrase, say, value } from "./block.ts";
import { type Names, shortName, sparedPhrase } from "./names.ts";

/** Who and what the sentences speak of. */
export interface TransplantScene {
  readonly before: Machine;
  readonly after: Machine;
  readonly names: Names;
  /** What is followed: `the counterexample of pre-patch`. */
  readonly subject: Phrase;
  /** Of the followed behaviour, for the names of the CPUs. */
  readonly story: Narrative;
}

/** The whole story in sentences. */
export function transplantPhrase(transplant: Transplant, scene: TransplantScene): Phrase {
  const sentences = [
    say`${alikePhrase(transplant, scene)}.`,
    ...holdingPhrases(transplant, scene),
    ...continuationPhrase(transplant),
  ];
  return joined(sentences);
}

/** How far the old counterexample goes, and how it parts. */
function alikePhrase(transplant: Transplant, scene: TransplantScene): Phrase {
  const { rows, parting, verdict } = transplant;
  const { names, subject: what } = scene;
  if (parting?.why.kind === "no-start") {
    const differs = parting.why.differs.map(({ name }) => say`${code(name)}`);
    return say`No initial state of ${code(names.after)} agrees with the first one of ${what} (${enumerated(differs)})`;
  }
  const alike = rows.filter(({ kind }) => kind === "alike" || kind === "changed").length;
  const inserted = rows.filter(({ kind }) => kind === "inserted").length;
  const removed = rows.filter(({ kind }) => kind === "removed").length;
  const apart = [
    ...(inserted > 0 ? [`${plural(inserted, "step")} of the patch between them`] : []),
    ...(removed > 0 ? [`${plural(removed, "step")} left out that the patch removed`] : []),
  ];
  const besides = apart.length === 0 ? "" : ` (${apart.join(", ")})`;
  const left = removed > 0 ? " that the patch left" : "";
  if (parting === null) {
    return say`All of ${what}${left} runs on ${code(names.after)} too${besides}`;
  }
  if (parting.why.kind === "not-violated") {
    return say`Every step of ${what}${left} has its counterpart${besides}, and at the end ${sparedPhrase(verdict)}`;
  }
  const start =
    alike === 0
      ? say`Of ${what} not even the first step${left} is possible`
      : say`On ${code(names.after)} ${what} goes the same way for ${plural(alike, "step")}${besides}`;
  return say`${start}; then ${partingPhrase(transplant, parting, scene)}`;
}

/** Who does what in place of the old step. */
function partingPhrase(transplant: Transplant, parting: Parting, scene: TransplantScene): Phrase {
  const { why } = parting;
  const step = transplant.trace.steps[parting.before];
  const who = parting.mover === null ? (step?.name ?? "it") : cpuName(scene, parting.mover);
  const old = step === undefined ? null : stepWords(scene.before, transplant.trace, parting.before);
  const here = nextWords(scene.after, parting);
  const { comes, aside } = comesPhrase(who, here, old, parting.next);
  switch (why.kind) {
    case "unknown-mover":
      return say`it is the turn of ${code(step?.name ?? "?")}, which ${code(scene.names.after)} does not have`;
    case "done":
      return say`${who} has come to its end, and cannot take ${old ?? "its next step"}`;
    case "blocked":
      if (here === null) return say`${comes}, which cannot happen${guardPhrase(why.by)}`;
      return say`${comes}${aside ? "," : ""} and waits${waitPhrase(parting, why.by, scene)}`;
    case "faults":
      return say`${comes}, and that is a fault`;
    case "elsewhere":
      return parting.next === "elsewhere" || old === null
        ? comes
        : say`${comes}, so ${old} is not its next step`;
    case "differs":
      return say`${comes}, but with another effect: ${enumerated(why.differences.slice(0, 3).map(({ name, found, recorded }) => say`${code(name)} becomes ${formatPlainValue(found)}, not ${formatPlainValue(recorded)}`))}`;
    case "no-start":
    case "not-violated":
      return comes;
    default:
      return why satisfies never;
  }
}

/** Behind "cannot happen": the conditions of an action that do not hold. */
function guardPhrase(by: readonly BlockedBy[]): Phrase {
  const guards = by.flatMap(({ blocker: { kind, span } }) =>
    kind === "await" ? [say`${code(oneLine(spanText(span)))}`] : [],
  );
  return guards.length === 0
    ? []
    : say`, since ${enumerated(guards)} ${guards.length === 1 ? "does" : "do"} not hold`;
}

/** To which step someone comes, and whether that ends in a clause that a comma must close. */
function comesPhrase(
  who: string,
  here: Code | null,
  old: Code | null,
  next: Parting["next"],
): { readonly comes: Phrase; readonly aside: boolean } {
  // An action stands nowhere.
  if (here === null) return { comes: say`it is the turn of ${old ?? who}`, aside: false };
  const instead = old === null || sameCode(old, here) ? [] : say` instead of ${old}`;
  const comes = say`${who} comes to ${here}`;
  switch (next) {
    case "inserted":
      return { comes: say`${comes}, which the patch put there${instead}`, aside: true };
    case "changed":
      return { comes: say`${comes}, which the patch changed`, aside: true };
    case "elsewhere":
      return { comes: say`${comes}${instead}`, aside: false };
    case "same":
    case "none":
      return { comes: say`${comes} as before`, aside: false };
    default:
      return next satisfies never;
  }
}

function sameCode(one: Code, other: Code): boolean {
  return one.code === other.code;
}

/** Behind "waits": for which lock, or for which condition. */
function waitPhrase(parting: Parting, by: readonly BlockedBy[], scene: TransplantScene): Phrase {
  const locks = by.filter(({ blocker }) => blocker.kind === "lock");
  if (locks.length > 0) return [];
  const location = parting.location;
  const seen =
    location === null || parting.mover === null
      ? []
      : observations(scene.after, parting.state, parting.mover, location);
  const [first] = by;
  if (first === undefined) return [];
  const values: Phrase =
    seen.length === 0 ? [] : say`, since ${enumerated(seen.map((one) => [value(one)]))}`;
  return first.blocker.kind === "choice" ? say`, since nothing can be chosen` : values;
}

/** Of each lock that blocks: who holds it since when, and what comes before it is released. */
function holdingPhrases(
  { parting, followed }: Transplant,
  scene: TransplantScene,
): readonly Phrase[] {
  if (parting?.why.kind !== "blocked") return [];
  return parting.why.by.flatMap(({ blocker, holders }) => {
    if (blocker.kind !== "lock") return [];
    return holders.map((holding) => holdingPhrase(blocker.lock, holding, followed, scene));
  });
}

function holdingPhrase(
  lock: string,
  { mover, taken, released, before }: Holding,
  followed: Trace,
  scene: TransplantScene,
): Phrase {
  const { after } = scene;
  const held = say`${code(lock)} is held by ${cpuName(scene, mover)}`;
  const by = taken === null ? null : takenWords(after, followed, taken, lock);
  const since =
    taken === null
      ? say`${held} from the start`
      : say`${held}, taken at step ${taken + 1}${by === null ? "" : say` by ${by}`}`;
  if (released === null) return say`${since}, and is never released.`;
  const first = before.slice(-2).map((line) => [lineCode(line)]);
  const only = first.length === 0 ? [] : say` only after ${enumerated(first)}`;
  // Who wants to read need not wait until a writer is done with reading.
  const how = released.code.startsWith("downgrade ") ? "downgraded" : "released";
  return say`${since}, and is ${how} by ${lineCode(released)}${only}.`;
}

/** What an exhaustive search from where the ways part found. */
function continuationPhrase({ continuation, parting }: Transplant): readonly Phrase[] {
  if (continuation === null || parting === null) return [];
  const { states, complete, violation } = continuation;
  const from = `From there ${grouped(states)} ${states === 1 ? "state is" : "states are"} reachable`;
  if (violation !== null) return [say`${from}, and ${violationPhrase(violation)}.`];
  if (!complete) return [say`${from}${stoppedWords(continuation)}: what follows is not known.`];
  const expected = expectedPhrase(continuation);
  return [say`${from}, and no continuation violates anything${expected}.`];
}

/** Violations that the new version expects are told by their names only. */
function expectedPhrase({ exploration: { verdicts } }: Continuation): Phrase {
  const violated = verdicts.filter(({ outcome }) => outcome === "violated");
  const names = [...new Map(violated.map((verdict) => [verdict.name, verdict])).values()];
  if (names.length === 0) return [];
  return say` but ${enumerated(names.map((verdict) => [shortName(verdict)]))}, as expected`;
}

function stoppedWords({ exploration: { stoppedBy } }: Continuation): string {
  return stoppedBy === null ? " so far" : ` until ${limitWords(stoppedBy)}`;
}

function violationPhrase({ verdict, trace }: NonNullable<Continuation["violation"]>): Phrase {
  const length = lengthOf({ trace, shortest: null }).trim();
  return say`${shortName(verdict)} is violated ${length}`;
}

/** `CPU1 (munmap)` */
function cpuName({ story, after }: TransplantScene, mover: number): string {
  const column = story.columns[columnOf(story.columns, mover)];
  if (column === undefined) return after.instances[mover]?.name ?? "the environment";
  if (mover >= after.instances.length) {
    return `action ${after.actions[mover - after.instances.length]?.name ?? ""}`;
  }
  return column.role === null ? column.title : `${column.title} (${column.role})`;
}

function lineCode({ text, code: source }: Line): Code {
  return code(oneLine(text ?? source));
}

/** The text of a step: the author's, else a lock's call, else its source. */
function stepWords(machine: Machine, trace: Trace, index: number): Code | null {
  const step: Step | undefined = trace.steps[index];
  if (step === undefined) return null;
  const call = actionCall(machine, step);
  if (call !== null) return code(call);
  const line = lineOf(machine, step);
  if (line === null) return null;
  if (line.text === null) {
    const lock = step.events.find(
      (event) => event.kind === "acquire" || event.kind === "release" || event.kind === "downgrade",
    );
    if (lock !== undefined && "lock" in lock) return code(lockCall(machine, lock));
  }
  return lineCode(line);
}

/** What takes this lock in a step, which may do more: the author's text, else the lock's call. */
function takenWords(machine: Machine, trace: Trace, index: number, lock: string): Code | null {
  const events = trace.steps[index]?.events ?? [];
  const takes = events.findLastIndex(
    (event) =>
      (event.kind === "acquire" || (event.kind === "try-acquire" && event.taken)) &&
      event.lock === lock,
  );
  const event = events[takes];
  if (event === undefined || !("lock" in event)) return stepWords(machine, trace, index);
  const begun = events.slice(0, takes).findLast(({ kind }) => kind === "line");
  const line = begun?.kind === "line" ? (machine.lines[begun.line] ?? null) : null;
  return line === null || line.text === null
    ? code(lockCall(machine, event).replace(/ == true$/, ""))
    : lineCode(line);
}

/** The text of the step that a mover comes to. */
function nextWords(machine: Machine, { mover, line, location, state }: Parting): Code | null {
  if (line === null || mover === null) return null;
  const at = location ?? standing(machine, state, mover);
  const wanted = at === null ? null : wantedLock(machine, state, mover, at);
  if (line.text === null && wanted !== null) return code(lockCall(machine, wanted));
  return lineCode(line);
}
