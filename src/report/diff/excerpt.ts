// The rows of a story that matter, in the calls around them; `...` stands for what is left out.

import type { Narrative, Row } from "../narrate.ts";

/** A story of so many rows is short enough to be told in whole. */
const shortStory = 14;

/** Keeps some rows of steps, or all of a short story; columns without any vanish. */
export function excerpt(story: Narrative, isKept: (row: Row) => boolean): Narrative {
  if (story.rows.length <= shortStory) return story;
  const kept = new Set<Row>();
  for (const row of story.rows) {
    if (row.kind === "call" || !isKept(row)) continue;
    kept.add(row);
    const call = callAround(story.rows, row);
    if (call !== null) kept.add(call);
  }
  if (kept.size === story.rows.length) return story;
  const base = story.columns.map((_, column) =>
    Math.min(...[...kept].filter((row) => row.column === column).map(({ depth }) => depth)),
  );
  const remaining = story.columns.flatMap((_, column) =>
    Number.isFinite(base[column]) ? [column] : [],
  );
  const rows = withGaps(story.rows, kept).flatMap((row): readonly Row[] => {
    const column = remaining.indexOf(row.column);
    const depth = Math.max(row.depth - (base[row.column] ?? 0), 0);
    return column < 0 ? [] : [{ ...row, column, depth }];
  });
  return { columns: remaining.flatMap((column) => story.columns[column] ?? []), rows };
}

/** The head of the innermost call around a row; the outer ones say little. */
function callAround(rows: readonly Row[], row: Row): Row | null {
  const above = rows.slice(0, rows.indexOf(row));
  return (
    above.findLast(
      ({ column, kind, depth }) =>
        column === row.column && kind === "call" && depth === row.depth - 1,
    ) ?? null
  );
}

/** The kept rows, and one `...` for each run of others in a column, where it begins. */
function withGaps(rows: readonly Row[], kept: ReadonlySet<Row>): readonly Row[] {
  const inGap = new Set<number>();
  return rows.flatMap((row): readonly Row[] => {
    if (kept.has(row)) {
      inGap.delete(row.column);
      return [row];
    }
    if (inGap.has(row.column)) return [];
    inGap.add(row.column);
    return [{ ...row, kind: "call", text: "...", values: [], mark: null }];
  });
}
