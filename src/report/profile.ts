// What a search is made of, as two tables: what code made its states, and what its states hold.

import type { PartProfile, Profile } from "../checker/profile.ts";
import type { Distinct, FieldProfile } from "../checker/profile-fields.ts";
import type { Machine } from "../machine/machine.ts";
import { drawTable } from "./table.ts";
import { grouped } from "./words.ts";

/** Rows of a table that are shown. */
const MOST_ROWS = 20;

/** Tells a profile; lines without a line break at the end. */
export function drawProfile(machine: Machine, profile: Profile): string {
  const { expanded, counted } = profile;
  const parts = profile.parts
    .filter(({ tried, process, name }) => tried > 0 && !(process !== "" && name === "done"))
    .toSorted((one, other) => other.met - one.met || other.taken - one.taken);
  const fields = profile.fields.toSorted(
    (one, other) =>
      one.without.count - other.without.count || other.values.count - one.values.count,
  );
  const among =
    counted === expanded
      ? ""
      : `, estimated from ${grouped(counted)} of ${grouped(expanded)} states`;
  return [
    `where the states come from${among}:`,
    drawRows(
      ["process", "step", "tried", "taken", "new states", "   time", ""],
      parts.map((part) => partCells(machine, part, counted < expanded ? "~" : "")),
    ),
    `what the states are made of${profile.fields.some(isEstimated) ? " (~: estimated, with the standard error)" : ""}:`,
    drawRows(
      ["", "name", "values", "states without it", "times fewer"],
      fields.map((field) => fieldCells(field, profile.states)),
    ),
  ].join("\n\n");
}

function drawRows(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const more = rows.length - MOST_ROWS;
  const table = drawTable([head, ...rows.slice(0, MOST_ROWS)]);
  return more > 0 ? `${table}\n  and ${more} more, in --json` : table;
}

/** `about` is put before what is not counted but estimated. */
function partCells(machine: Machine, part: PartProfile, about: string): readonly string[] {
  const { kind, process, name, line, tried, taken, met, time } = part;
  return [
    kind === "action" ? "action" : process,
    name,
    `${about}${grouped(tried)}`,
    `${about}${grouped(taken)}`,
    `${about}${grouped(met)}`,
    `${(100 * time).toFixed(1)} %`.padStart(7),
    machine.lines[line]?.text ?? "",
  ];
}

function fieldCells(
  { kind, name, values, without }: FieldProfile,
  states: number,
): readonly string[] {
  return [
    kind,
    name,
    distinctWords(values),
    distinctWords(without),
    (states / Math.max(without.count, 1)).toFixed(1),
  ];
}

function distinctWords({ count, error }: Distinct): string {
  return error === 0 ? grouped(count) : `~${grouped(count)} ± ${(100 * error).toFixed(1)} %`;
}

function isEstimated({ values, without }: FieldProfile): boolean {
  return values.error > 0 || without.error > 0;
}

/** As data, for `--json`. */
export function profileJson({ states, expanded, counted, parts, fields }: Profile): object {
  return {
    states,
    expanded,
    counted,
    parts: parts.map(({ kind, process, name, tried, taken, met, time }) => {
      const owner = kind === "action" ? {} : { process };
      return { kind, ...owner, name, tried, taken, newStates: met, time };
    }),
    fields: fields.map(({ kind, name, values, without }) => {
      return { kind, name, values, statesWithout: without };
    }),
  };
}
