// The expectations of specs and how they came out, as a table.

import { type Paint, plain } from "./style.ts";
import { type Cell, drawTable } from "./table.ts";

export interface TestRow {
  readonly spec: string;
  /** `DEBUG_VM = true`; empty for the defaults. */
  readonly parameters: string;
  readonly subject: string;
  readonly expected: string;
  readonly found: string;
  readonly met: boolean;
  /** Where the expectation is written. */
  readonly place: string;
}

/** Draws the rows under their specs, and a last line with the counts. */
export function drawTests(
  rows: readonly TestRow[],
  options: {
    readonly paint?: Paint;
    readonly quiet?: boolean;
    /** False if any of the searches ended early: then something unexpected may have been missed. */
    readonly complete?: boolean;
  } = {},
): string {
  const { paint = plain, complete = true } = options;
  const shown = options.quiet === true ? rows.filter(({ met }) => !met) : rows;
  const specs = [...new Set(shown.map(({ spec }) => spec))];
  const blocks = specs.map((spec) => {
    const own = shown.filter((row) => row.spec === spec);
    return `${paint("strong", spec)}\n${drawTable(own.map(cellsOf), paint)}`;
  });
  const failed = rows.filter(({ met }) => !met).length;
  const partial = complete ? "" : "; not all searches are complete";
  const last = `${rows.length - failed} as expected, ${failed} not${partial}`;
  const role = failed > 0 ? "bad" : complete ? "good" : "warn";
  return [...blocks, paint(role, last)].join("\n\n");
}

function cellsOf(row: TestRow): readonly Cell[] {
  const { subject, expected, found, met, parameters, place } = row;
  const outcome = met ? found : `${found}, expected ${expected}`;
  const given = parameters === "" ? "" : `with ${parameters}`;
  return [met ? ["good", "ok"] : ["bad", "NOT"], subject, outcome, given, met ? "" : place];
}
