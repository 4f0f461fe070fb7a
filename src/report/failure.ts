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
      return markLast(narrate(machine, trace), markOf(verdict));
    case "assert":
      // Failed asserts are marked as they are told.
      return narrate(machine, trace);
    case "range":
    case "lock_use":
    case "lock_order":
      return markLast(narrate(machine, trace), markOf(verdict));
    default:
      return verdict.kind satisfies never;
  }
}

/** What stands behind the arrow at a step that comes to a verdict. */
export function markOf({ kind, name, detail }: Verdict): string {
  switch (detail?.kind) {
    case "fault":
      return faultWords(detail.fault);
    case "sleep":
      return "may sleep under a spinlock";
    case "property-fault":
      return kind === "cover" ? name : `${name} has no value`;
    default:
      if (kind === "assert") return `${name} fails`;
      return kind === "invariant" || kind === "step" ? `${name} violated` : name;
  }
}

/**
 * A property of states is judged after the last step. If it speaks of where one process stands, the line
 * on which that process stands is told as the last row, as a commit message ends with the BUG that is hit.
 */
function tellProperty(machine: Machine, verdict: Verdict, trace: Trace): Narrative {
  const mark = markOf(verdict);
  const state = trace.states.at(-1);
  const mover = state === undefined ? null : placedMover(machine, verdict, state);
  if (state === undefined || mover === null) return markLast(narrate(machine, trace), mark);
  const story = narrate(machine, trace, { also: [mover] });
  const row = standingRow(machine, state, mover, story);
  return row === null
    ? markLast(story, mark)
    : { ...story, rows: [...story.rows, { ...row, mark }] };
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

/** The calls around where a process stands that no row has named: those that its last step entered. */
function untoldCalls(
  machine: Machine,
  state: State,
  row: Row,
  { columns, rows }: Narrative,
): readonly Row[] {
  const [mover] = columns[row.column]?.movers ?? [];
  const stack = mover === undefined ? [] : (standing(machine, state, mover)?.stack ?? []);
  const told: string[] = [];
  for (const { column, kind, depth, text } of rows) {
    if (column !== row.column) continue;
    told.length = Math.min(told.length, depth);
    if (kind === "call") told[depth] = text;
  }
  const names = stack.map((frame) => `${machine.frames[frame]?.function ?? "?"}(`);
  const first = names.findIndex((name, depth) => told[depth]?.startsWith(name) !== true);
  if (first < 0) return [];
  return names.slice(first).map((name, position): Row => {
    return { ...row, kind: "call", depth: first + position, text: `${name})`, values: [] };
  });
}

function tellBlocked(machine: Machine, { detail }: Verdict, trace: Trace): Narrative {
  const names = detail?.kind === "blocked" ? detail.processes : [];
  const blocked = machine.instances.filter(({ name }) => names.includes(name));
  const markOf = (instance: Instance, story: Narrative): string =>
    waitOf(machine, trace, instance, story) ?? "waits for ever";
  return narrateStanding(machine, trace, blocked, markOf);
}

/** Tells a trace, and then where some processes stand at its end, each with a mark. */
export function narrateStanding(
  machine: Machine,
  trace: Trace,
  standing: readonly Instance[],
  markOf: (instance: Instance, story: Narrative) => string | null,
): Narrative {
  const story = narrate(machine, trace, { also: standing.map(({ id }) => id) });
  const state = trace.states.at(-1);
  if (state === undefined) return story;
  const rows = standing.flatMap((instance): readonly Row[] => {
    const row = standingRow(machine, state, instance.id, story);
    if (row === null) return [];
    return [...untoldCalls(machine, state, row, story), { ...row, mark: markOf(instance, story) }];
  });
  return { ...story, rows: [...story.rows, ...rows] };
}

/** Whom a process that stands before a lock at the end of a trace waits for; null if it stands elsewhere. */
export function waitOf(
  machine: Machine,
  trace: Trace,
  instance: Instance,
  story: Narrative,
): string | null {
  const state = trace.states.at(-1);
  const wait = state === undefined ? null : waitedFor(machine, state, instance.id);
  if (wait === null) return null;
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
