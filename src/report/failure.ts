// The story of a verdict: its trace, with the row marked where things went wrong, or who waits for whom.

import type { Trace, Verdict } from "../checker/exploration.ts";
import { holdersOf, lockInstances, lockName } from "../checker/locks.ts";
import type { State } from "../checker/transition-system.ts";
import { childrenOf, type Expr, type Instance, type Machine } from "../machine/machine.ts";
import { columnOf, standing } from "./cast.ts";
import { lockCall } from "./locks.ts";
import { type Narrative, narrate, type Row } from "./narrate.ts";
import { observations, wantedLock } from "./observe.ts";
import { faultWords, listed, oneLine } from "./words.ts";

/** Tells the trace of a verdict. */
export function narrateVerdict(machine: Machine, verdict: Verdict, trace: Trace): Narrative {
  switch (verdict.kind) {
    case "invariant":
    case "cover":
      return tellProperty(machine, verdict, trace);
    case "deadlock":
    case "stuck":
      return tellBlocked(machine, verdict, trace);
    case "step":
      return markLast(narrate(machine, trace), `${verdict.name} violated`);
    case "assert":
      // Failed asserts are marked as they are told.
      return narrate(machine, trace);
    case "range":
    case "lock_use":
    case "lock_order":
      return markLast(narrate(machine, trace), faultMark(verdict));
    default:
      return verdict.kind satisfies never;
  }
}

function faultMark({ detail, name }: Verdict): string {
  if (detail?.kind === "fault") return faultWords(detail.fault);
  if (detail?.kind === "sleep") return "may sleep under a spinlock";
  return name;
}

/**
 * A property of states is judged after the last step. If it speaks of where one process stands, the line
 * on which that process stands is told as the last row, as a commit message ends with the BUG that is hit.
 */
function tellProperty(machine: Machine, verdict: Verdict, trace: Trace): Narrative {
  const mark = propertyMark(verdict);
  const state = trace.states.at(-1);
  const mover = state === undefined ? null : placedMover(machine, verdict, state);
  if (state === undefined || mover === null) return markLast(narrate(machine, trace), mark);
  const story = narrate(machine, trace, { also: [mover] });
  const row = standingRow(machine, state, mover, story);
  return row === null
    ? markLast(story, mark)
    : { ...story, rows: [...story.rows, { ...row, mark }] };
}

function propertyMark({ kind, name, detail }: Verdict): string {
  if (kind === "cover") return name;
  return detail?.kind === "property-fault" ? `${name} has no value` : `${name} violated`;
}

/** The process that the property places (`p @ L`) and that stands there, if it is the only one. */
function placedMover(machine: Machine, verdict: Verdict, state: State): number | null {
  const property = machine.properties.find(
    ({ name, kind }) => name === verdict.name && kind === verdict.kind,
  );
  const places = property === undefined ? [] : placesIn(property.condition);
  const there = machine.instances.filter((instance) =>
    places.some((place) => standsAt(machine, state, instance, place)),
  );
  return there.length === 1 ? (there[0]?.id ?? null) : null;
}

type Located = Extract<Expr, { readonly kind: "located" }>;

function placesIn(expr: Expr): readonly Located[] {
  return expr.kind === "located" ? [expr] : childrenOf(expr).flatMap(placesIn);
}

function standsAt(machine: Machine, state: State, instance: Instance, place: Located): boolean {
  if (place.process !== instance.process) return false;
  if (place.index?.kind === "literal" && place.index.value !== instance.index) return false;
  const location = standing(machine, state, instance.id);
  return location !== null && place.locations.has(location.id);
}

/** Where a process stands in the last state, as a row behind the story. */
function standingRow(machine: Machine, state: State, mover: number, story: Narrative): Row | null {
  const location = standing(machine, state, mover);
  const line = machine.lines[location?.line ?? -1];
  if (location === null || line === undefined) return null;
  const wanted = wantedLock(machine, state, mover, location);
  const call = wanted === null ? null : lockCall(machine, wanted);
  return {
    column: columnOf(story.columns, mover),
    depth: location.stack.length,
    text: oneLine(line.text ?? call ?? line.code),
    values: observations(machine, state, mover, location),
    kind: "stands",
    step: story.rows.at(-1)?.step ?? 0,
    mark: null,
  };
}

function tellBlocked(machine: Machine, { detail }: Verdict, trace: Trace): Narrative {
  const names = detail?.kind === "blocked" ? detail.processes : [];
  const blocked = machine.instances.filter(({ name }) => names.includes(name));
  const story = narrate(machine, trace, { also: blocked.map(({ id }) => id) });
  const state = trace.states.at(-1);
  if (state === undefined) return story;
  const waits = blocked.flatMap((instance): readonly Row[] => {
    const row = standingRow(machine, state, instance.id, story);
    return row === null ? [] : [{ ...row, mark: waitOf(machine, state, instance, story) }];
  });
  return { ...story, rows: [...story.rows, ...waits] };
}

/** What a blocked process waits for: whoever holds the lock that it wants, or a condition. */
function waitOf(machine: Machine, state: State, instance: Instance, story: Narrative): string {
  const wait = waitedFor(machine, state, instance.id);
  if (wait === null) return "waits for ever";
  const holders = machine.instances.filter(({ name }) => wait.holders.includes(name));
  if (holders.length === 0) return `waits for ${wait.lock}`;
  const titles = holders.map(
    ({ id, name }) => story.columns[columnOf(story.columns, id)]?.title ?? name,
  );
  return `waits for ${listed(titles)}`;
}

/** The lock that a process is about to take, and who holds it; null if it does not stand before a lock. */
export function waitedFor(
  machine: Machine,
  state: State,
  mover: number,
): { readonly lock: string; readonly holders: readonly string[] } | null {
  const location = standing(machine, state, mover);
  const wanted = location === null ? null : wantedLock(machine, state, mover, location);
  if (wanted === null) return null;
  const lock = lockInstances(machine).find((candidate) => lockName(candidate) === wanted.lock);
  if (lock === undefined) return { lock: wanted.lock, holders: [] };
  const { owner, readers } = holdersOf(state, lock);
  return { lock: wanted.lock, holders: owner === null ? readers : [owner] };
}

function markLast(story: Narrative, mark: string): Narrative {
  return markRow(story, story.rows.length - 1, mark);
}

function markRow(story: Narrative, index: number, mark: string): Narrative {
  const rows = story.rows.map((row, position) => (position === index ? { ...row, mark } : row));
  return { ...story, rows };
}
