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
  joined,
  type Phrase,
  paragraph,
  say,
  type TableCell,
} from "./block.ts";
import { type Names, vectorName } from "./names.ts";

/** Rows that are shown unless all are asked for. */
const mostRows = 8;

/** The costs under every choice of parameters; `all` also those that are the same, or that only one version has. */
export function costBlocks(diff: VersionsDiff, names: Names, all: boolean): readonly Block[] {
  const { vectors } = diff;
  const pairs = vectors.flatMap(({ difference }) => difference.costs);
  if (pairs.length === 0) return [];
  const title = heading("Costs");
  const searched = vectors.every(({ difference: { before, after } }) =>
    [before, after].every(({ search }) => search.complete),
  );
  if (!searched) {
    return [title, paragraph(say`not known, since not all searches are complete`, "warn")];
  }
  const endless = endlessVersions(pairs, names);
  if (endless.length > 0 && !all) {
    const each = joined(
      endless.map((name) => [code(name)]),
      " or ",
    );
    return [title, paragraph(say`not compared: no run of ${each} ends without a fault`, "dim")];
  }
  const groups = groupsOf(vectors);
  const telling = groups.filter(isTelling);
  const shown = all ? groups : telling.filter((group) => !isTold(group, telling));
  const rows = shown.slice(0, all ? shown.length : mostRows).flatMap(groupRows);
  const varies = vectors.some(({ values }) => values.length > 0);
  const head = [
    cell("least to greatest, over complete runs"),
    ...(varies ? [cell("")] : []),
    cell(names.before),
    cell(names.after),
  ];
  return [
    title,
    ...(rows.length === 0 ? [] : [{ kind: "table", headed: true, rows: [head, ...rows] } as const]),
    ...(all ? [] : restLines(groups, telling.length, shown.length)),
  ];
}

/** Versions none of whose costs has a total: without complete runs there is none. */
function endlessVersions(pairs: readonly CostPair[], names: Names): readonly string[] {
  return (["before", "after"] as const).flatMap((side) => {
    const known = pairs.flatMap((pair) => pair[side] ?? []);
    return known.length > 0 && known.every(({ least }) => least === null) ? [names[side]] : [];
  });
}

/** One cost under each choice of parameters. */
type Group = readonly { readonly pair: CostPair; readonly vector: VectorDifference }[];

function groupsOf(vectors: readonly VectorDifference[]): readonly Group[] {
  const keys = new Set(vectors.flatMap(({ difference }) => difference.costs.map(keyOf)));
  return [...keys].map((key) =>
    vectors.flatMap((vector) => {
      const pair = vector.difference.costs.find((cost) => keyOf(cost) === key);
      return pair === undefined ? [] : [{ pair, vector }];
    }),
  );
}

function keyOf({ name, process }: CostPair): string {
  return `${name} of ${process}`;
}

/** Does it differ between versions that both have it? */
function isTelling(group: Group): boolean {
  return group.some(({ pair }) => pair.differs && pair.before !== null && pair.after !== null);
}

/** Is it a sum over all processes, and told by what some of them do? */
function isTold(group: Group, telling: readonly Group[]): boolean {
  const [first] = group;
  if (first === undefined || first.pair.kind === "declared" || first.pair.process !== null) {
    return false;
  }
  return telling.some(
    ([other]) => other?.pair.name === first.pair.name && other.pair.process !== null,
  );
}

function groupRows(group: Group): readonly (readonly TableCell[])[] {
  return group.map(({ pair, vector }, position) => [
    cell(position === 0 ? costName(pair) : ""),
    ...(vector.values.length === 0 ? [] : [cell(vectorName(vector))]),
    cell(totalWords(pair.before)),
    cell(totalWords(pair.after), pair.differs ? "strong" : "dim"),
  ]);
}

/** `cost idle_locks`, `pmd_ptl taken by splitter`, `steps of splitter`. */
export function costName({ kind, name, process }: CostPair): Phrase {
  const whose = process === null ? say`, all together` : say` of ${code(process)}`;
  switch (kind) {
    case "declared":
      return say`cost ${code(name)}`;
    case "acquires": {
      const lock = code(name.replace(/^acquires /, ""));
      return say`${lock} taken${process === null ? whose : say` by ${code(process)}`}`;
    }
    case "steps":
    case "waits":
      return say`${name}${whose}`;
    default:
      return kind satisfies never;
  }
}

/** `0 to 2`, `3`, `2 or more`; `-` where there is no total. */
export function totalWords(cost: CostResult | null): string {
  if (cost === null || cost.least === null || cost.greatest === null) return "-";
  if (cost.greatest === "unbounded") return `${cost.least} or more`;
  return cost.least === cost.greatest ? String(cost.least) : `${cost.least} to ${cost.greatest}`;
}

/** `idle_locks 0 to 2`; the name alone if the total depends on the parameters. */
function sameTotals(group: Group): string {
  const totals = new Set(group.map(({ pair }) => totalWords(pair.after)));
  return [group[0]?.pair.name ?? "", ...(totals.size === 1 ? totals : [])].join(" ");
}

/** What the table leaves out. */
function restLines(groups: readonly Group[], telling: number, shown: number): readonly Block[] {
  const alike = groups.filter((group) => group.every(({ pair }) => !pair.differs));
  const declared = alike.filter(([first]) => first?.pair.kind === "declared");
  const others = alike.length - declared.length;
  const same = [
    ...declared.map(sameTotals),
    ...(others > 0 ? [`${plural(others, "count")} of locks taken, steps and waits`] : []),
  ];
  const hidden = Math.max(shown - mostRows, 0);
  const lone = groups.length - alike.length - telling;
  const left = [
    ...(hidden > 0 ? [`${hidden} more that differ`] : []),
    ...(lone > 0 ? [`${lone} of what only one version has`] : []),
  ];
  return [
    ...(same.length === 0 ? [] : [paragraph(say`the same in both: ${listed(same)}`, "dim")]),
    ...(left.length === 0
      ? []
      : [paragraph(say`not shown: ${listed(left)} (weft diff --full)`, "dim")]),
  ];
}
