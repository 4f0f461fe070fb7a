// What a patch costs: least and greatest totals of both versions, those that differ in a table.

import type { CostResult } from "../../checker/exploration.ts";
import type { CostPair } from "../../diff/costs.ts";
import type { VectorDifference, VersionsDiff } from "../../diff/vectors.ts";
import { listed, plural } from "../words.ts";
import {
  type Block,
  cell,
  code,
  heading,
  type Phrase,
  paragraph,
  say,
  type TableCell,
} from "./block.ts";
import { type Names, vectorName } from "./names.ts";

/** Rows that are shown unless all are asked for. */
const mostRows = 8;

/** The costs under every choice of parameters; `all` also those that are the same. */
export function costBlocks(
  { vectors }: VersionsDiff,
  names: Names,
  all: boolean,
): readonly Block[] {
  const rows = costRows(vectors, all);
  const known = vectors.flatMap(({ difference }) => difference.costs).length > 0;
  if (!known) return [];
  const shown = all ? rows : rows.slice(0, mostRows);
  const title = [names.before, names.after].map((name) => cell(name));
  const varies = vectors.some(({ values }) => values.length > 0);
  const head = [
    cell("least to greatest, over complete runs"),
    ...(varies ? [cell("")] : []),
    ...title,
  ];
  return [
    heading("Costs"),
    ...(shown.length === 0
      ? []
      : [{ kind: "table", headed: true, rows: [head, ...shown] } as const]),
    ...restLine(vectors, rows.length - shown.length, all),
  ];
}

function costRows(
  vectors: readonly VectorDifference[],
  all: boolean,
): readonly (readonly TableCell[])[] {
  const keys = new Map<string, CostPair>();
  for (const { difference } of vectors) {
    for (const cost of difference.costs) {
      const key = keyOf(cost);
      if (!keys.has(key)) keys.set(key, cost);
    }
  }
  return [...keys.keys()].flatMap((key) => {
    const found = vectors.flatMap((vector) => {
      const pair = vector.difference.costs.find((cost) => keyOf(cost) === key);
      return pair === undefined ? [] : [{ pair, vector }];
    });
    if (!all && !found.some(({ pair }) => pair.differs)) return [];
    return found.map(({ pair, vector }, position) => [
      cell(position === 0 ? costName(pair) : ""),
      ...(vector.values.length === 0 ? [] : [cell(vectorName(vector))]),
      cell(totalWords(pair.before)),
      cell(totalWords(pair.after), pair.differs ? "strong" : "dim"),
    ]);
  });
}

function keyOf({ name, process }: CostPair): string {
  return `${name} of ${process}`;
}

/** `idle_locks`, `pmd_ptl taken by splitter`, `steps of splitter`. */
export function costName({ kind, name, process }: CostPair): Phrase {
  switch (kind) {
    case "declared":
      return say`cost ${code(name)}`;
    case "acquires": {
      const lock = code(name.replace(/^acquires /, ""));
      return process === null
        ? say`${lock} taken, all together`
        : say`${lock} taken by ${code(process)}`;
    }
    case "steps":
    case "waits":
      return process === null ? say`${name}, all together` : say`${name} of ${code(process)}`;
    default:
      return kind satisfies never;
  }
}

/** `0 to 2`, `3`, `2 or more`. */
export function totalWords(cost: CostResult | null): string {
  if (cost === null || cost.least === null || cost.greatest === null) return "-";
  if (cost.least === cost.greatest) return String(cost.least);
  return cost.greatest === "unbounded"
    ? `${cost.least} or more`
    : `${cost.least} to ${cost.greatest}`;
}

function restLine(
  vectors: readonly VectorDifference[],
  hidden: number,
  all: boolean,
): readonly Block[] {
  if (all) return [];
  const pairs = vectors.flatMap(({ difference }) => difference.costs);
  const differing = new Set(pairs.filter(({ differs }) => differs).map(keyOf));
  const same = new Map(
    pairs.filter((pair) => !differing.has(keyOf(pair))).map((pair) => [keyOf(pair), pair]),
  );
  const complete = vectors.every(
    ({ difference: { before, after } }) => before.search.complete && after.search.complete,
  );
  if (!complete) {
    return [paragraph(say`not known where a search is not complete`, "warn")];
  }
  const declared = [...same.values()].filter(({ kind }) => kind === "declared");
  const others = same.size - declared.length;
  const told = [
    ...declared.map(({ name, after }) => `${name} ${totalWords(after)}`),
    ...(others > 0 ? [`${plural(others, "count")} of locks taken, steps and waits`] : []),
  ];
  const more =
    hidden > 0 ? [paragraph(say`and ${plural(hidden, "more row")} (--full)`, "dim")] : [];
  return told.length === 0
    ? more
    : [...more, paragraph(say`the same in both: ${listed(told)}`, "dim")];
}
