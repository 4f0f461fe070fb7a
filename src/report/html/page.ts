// Results as one self-contained HTML file: no network, no other file, the same bytes each time.

import type { Findings } from "../../checker/expectations.ts";
import type { Found } from "../../checker/exploration.ts";
import type { Search } from "../../checker/explore.ts";
import { leading, type VersionsDiff } from "../../diff/vectors.ts";
import type { Machine } from "../../machine/machine.ts";
import { namesOf } from "../diff/names.ts";
import { tellCheck } from "./check-data.ts";
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

/** The page of a check: verdicts, every behaviour that it found, costs, coverage. */
export async function checkPage(
  machine: Machine,
  exploration: Found,
  findings: Findings,
  search: Search | null = null,
): Promise<string> {
  const files = new Files();
  const told = tellCheck(machine, exploration, findings, search, files);
  const data: PageData = {
    title: machine.name,
    versions: [machine.name],
    files: files.all,
    properties: told.properties,
    choices: [told.choice],
    first: 0,
  };
  return document(data, await drawAll([told.charted]));
}

async function drawAll(charts: readonly Charted[]): Promise<readonly (string | null)[]> {
  const drawn: (string | null)[] = [];
  for (const [index, { graph }] of charts.entries()) {
    drawn.push(graph === null ? null : await drawGraph(graph, `g${index}-`));
  }
  return drawn;
}
