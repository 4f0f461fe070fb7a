// A trace as a page steps through it: its rows by step, the lines that each step goes through, and what it changes.

import type { Step, Trace } from "../../checker/exploration.ts";
import type { Interpreter } from "../../checker/interpret.ts";
import type { State } from "../../checker/transition-system.ts";
import type { Machine } from "../../machine/machine.ts";
import { columnOf } from "../cast.ts";
import type { Narrative, Row } from "../narrate.ts";
import type { Reading, RowData, Track, TrackStep } from "./data.ts";
import { readingsOf } from "./readings.ts";

/** Steps beyond these are left out of a page: nobody steps that far. */
export const mostSteps = 1000;

/** The node of a graph that shows a state; -1 if none does. */
export type NodeOf = (state: State) => number;

/** Readies a trace, told by `story`, for a page. */
export function trackOf(
  interpreter: Interpreter,
  trace: Trace,
  story: Narrative,
  nodeOf: NodeOf,
): Track {
  const { machine } = interpreter;
  const shown = trace.steps.slice(0, mostSteps);
  const states = trace.states.slice(0, mostSteps + 1);
  const readings = states.map((state) => readingsOf(interpreter, state));
  const rows = rowsByStep(story);
  return {
    columns: story.columns.map(({ title, role, movers }) => ({
      title,
      role: role ?? "",
      movers: movers.map((mover) => interpreter.movers[mover]?.name ?? ""),
    })),
    first: readings[0] ?? [],
    before: rows.get(-1) ?? [],
    steps: shown.map(
      (step, index): TrackStep => ({
        name: step.name,
        column: columnOf(story.columns, step.mover),
        rows: rows.get(index) ?? [],
        lines: linesOf(machine, step),
        changes: changesBetween(readings[index] ?? [], readings[index + 1] ?? []),
      }),
    ),
    left: trace.steps.length - shown.length,
    nodes: states.map(nodeOf),
  };
}

function rowsByStep({ rows }: Narrative): ReadonlyMap<number, readonly RowData[]> {
  const found = new Map<number, RowData[]>();
  for (const row of rows) {
    const own = found.get(row.step) ?? [];
    own.push(rowData(row));
    found.set(row.step, own);
  }
  return found;
}

function rowData({ column, depth, text, values, kind, mark }: Row): RowData {
  return { column, depth, text, values, kind, mark: mark ?? "" };
}

/** The lines of a step; those that are steps themselves before those that only go along. */
function linesOf(machine: Machine, { events }: Step): readonly number[] {
  const lines = events.flatMap((event) => (event.kind === "line" ? [event.line] : []));
  const isLocal = (line: number): boolean => machine.lines[line]?.kind === "local";
  const distinct = [...new Set(lines)];
  return [...distinct.filter((line) => !isLocal(line)), ...distinct.filter(isLocal)];
}

function changesBetween(
  before: readonly Reading[],
  after: readonly Reading[],
): TrackStep["changes"] {
  return after.flatMap(([text, line], leaf) => {
    const old = before[leaf];
    return old?.[0] === text && old[1] === line ? [] : [[leaf, text, line] as const];
  });
}
