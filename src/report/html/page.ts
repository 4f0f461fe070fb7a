// Results as one self-contained HTML file: no network, no other file, the same bytes each time.

import { leading, type VersionsDiff } from "../../diff/vectors.ts";
import { namesOf } from "../diff/names.ts";
import type { PageData } from "./data.ts";
import { tellVector } from "./diff-data.ts";
import { propertyRows } from "./diff-matrix.ts";
import { document } from "./document.ts";
import { Files } from "./files.ts";
import type { Charted } from "./graph.ts";
import { drawGraph } from "./layout.ts";

/** The page of a comparison: verdicts, behaviours side by side, what differs. */
export async function diffPage(diff: VersionsDiff): Promise<string> {
  const files = new Files();
  const told = diff.vectors.map((vector) => tellVector(vector, diff, files));
  const names = namesOf(diff);
  const first = diff.vectors.findIndex(({ difference }) => difference === leading(diff));
  const data: PageData = {
    title: `${names.before} → ${names.after}`,
    versions: [names.before, names.after],
    files: files.all,
    properties: propertyRows(
      diff.vectors,
      told.map(({ shown }) => shown),
    ),
    choices: told.map(({ choice }) => choice),
    first,
  };
  return document(data, await drawAll(told.map(({ charted }) => charted)));
}

async function drawAll(charts: readonly Charted[]): Promise<readonly (string | null)[]> {
  const drawn: (string | null)[] = [];
  for (const [index, { graph }] of charts.entries()) {
    drawn.push(graph === null ? null : await drawGraph(graph, `g${index}-`));
  }
  return drawn;
}
