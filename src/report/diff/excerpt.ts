// The rows of a story that matter, in the calls around them; `...` stands for what is left out.

import type { Narrative, Row } from "../narrate.ts";

/** So many calls around a row are named; the outer ones say little. */
const levels = 2;

/** Keeps some rows of steps; columns without any vanish. */
export function excerpt(story: Narrative, isKept: (row: Row) => boolean): Narrative {
  const kept = new Set<Row>();
  for (const row of story.rows) {
    if (row.kind === "call" || !isKept(row)) continue;
    kept.add(row);
    for (const call of callsAround(story.rows, row)) kept.add(call);
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

/** The heads of the innermost calls around a row. */
function callsAround(rows: readonly Row[], row: Row): readonly Row[] {
  const calls: Row[] = [];
  let depth = row.depth;
  for (let index = rows.indexOf(row) - 1; index >= 0 && depth > 0; index -= 1) {
    const above = rows[index];
    if (above === undefined || above.column !== row.column || above.kind !== "call") continue;
    if (above.depth >= depth) continue;
    depth = above.depth;
    calls.push(above);
    if (calls.length === levels) break;
  }
  return calls;
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
