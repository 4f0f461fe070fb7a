// docs/agreement.md as text: what all engines come to on every spec, and on random ones.

import type { EngineRuns } from "./random-results.ts";

/** One search of a document of `weft check --engine all --json`. */
export interface Search {
  readonly by: string;
  readonly version: string;
  readonly flags: readonly string[];
  readonly exhaustive: boolean;
  readonly distinctStates: number | null;
  readonly transitions: number | null;
  readonly depth: number | null;
  readonly elapsedSeconds: number;
  readonly memoryBytes: number | null;
  readonly remarks: readonly string[];
  readonly properties: readonly {
    readonly kind: string;
    readonly name: string;
    readonly verdict: string;
  }[];
}

/** Such a document. */
export interface Agreement {
  readonly file: string;
  readonly status: "refused" | "agreed" | "incomplete" | "disagreed";
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly searches: readonly Search[];
  readonly disagreements: readonly { readonly about: string }[];
}

export interface AgreementPage {
  readonly command: string;
  readonly agreements: readonly Agreement[];
  readonly random: readonly EngineRuns[];
}

const order = ["Weft", "interpreter", "SPIN", "rumur", "TLC"];
const none = "–";

/** The page. */
export function drawPage({ command, agreements, random }: AgreementPage): string {
  const engines = order.filter((name) =>
    agreements.some(({ searches }) => searches.some(({ by }) => by === name)),
  );
  const blocks = [
    "# Agreement",
    `What Weft says of a spec, other model checkers say too. Each spec under \`specs/\`, at its default size, was checked by Weft, by Weft's interpreter, and, written in their own notations by \`weft emit\`, by the engines below; one step of the spec is one step of each, so that states, transitions and depth must be the same, and every verdict. This page is written by \`${command}\`.`,
    "## Who was asked, and how",
    drawEngines(engines, agreements),
    "No reduction was on: no partial orders, no symmetry, no fingerprints but those of TLC. States are distinct states; transitions count every step that can be taken from each of them, those that lead back to where they began among them; depth is the number of steps of the longest shortest way.",
    "## States / transitions / depth",
    drawCounts(engines, agreements),
    conclusion(agreements),
    "## Verdicts",
    `\`${none}\`: not judged by this engine. Stuck processes and the order of locks are found by analyses of Weft's own.`,
    drawVerdicts(engines, agreements),
    "## Time and memory",
    "Whole runs: translation, compilation and search, one after the other, on a machine that was doing other things too; memory is the most that the search had resident.",
    drawEfforts(engines, agreements),
    "## Random specs",
    drawRandom(random),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function searchBy({ searches }: Agreement, name: string): Search | undefined {
  return searches.find(({ by }) => by === name);
}

function drawEngines(engines: readonly string[], agreements: readonly Agreement[]): string {
  const rows = engines.map((name) => {
    const searches = agreements.flatMap((one) => searchBy(one, name) ?? []);
    const versions = [...new Set(searches.map(({ version }) => version))];
    const flags = [...new Set(searches.map((search) => search.flags.join(" ")))];
    const how = [
      ...flags.flatMap((line) => (line === "" ? [] : [`\`${line}\``])),
      ...worst(searches.flatMap((search) => search.remarks)),
    ].join("; ");
    return [name, versions.join(", "), how === "" ? none : how.replaceAll("|", "\\|")];
  });
  return table(["engine", "version", "flags"], rows);
}

/** Remarks that differ in a number only are one, that with the greatest. */
function worst(remarks: readonly string[]): readonly string[] {
  const number = /\d+(\.\d+)?(E[-+]?\d+)?/;
  const valueIn = (remark: string): number => Number(number.exec(remark)?.[0] ?? 0);
  const kept = new Map<string, string>();
  for (const remark of remarks) {
    const kind = remark.replace(number, "");
    const before = kept.get(kind);
    if (before === undefined || valueIn(before) < valueIn(remark)) kept.set(kind, remark);
  }
  return [...kept.values()];
}

function drawCounts(engines: readonly string[], agreements: readonly Agreement[]): string {
  const rows = agreements.map((one) => [
    one.file,
    ...engines.map((name) => countsOf(searchBy(one, name))),
  ]);
  return table(["spec", ...engines], rows);
}

/** `12 / 14 / 4` */
export function countsOf(search: Search | undefined): string {
  if (search === undefined) return none;
  if (!search.exhaustive) return "no end";
  const { distinctStates, transitions, depth } = search;
  return [distinctStates, transitions, depth]
    .map((count) => (count === null ? none : grouped(count)))
    .join(" / ");
}

function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

function conclusion(agreements: readonly Agreement[]): string {
  const differing = agreements.filter(({ status }) => status !== "agreed");
  if (differing.length === 0) return "All agree, on every figure and every verdict.";
  const told = differing.map(({ file, status, disagreements }) => {
    const about = disagreements.map((one) => one.about).join(", ");
    return `${file} (${about === "" ? status : about})`;
  });
  return `**There is no agreement on ${told.join("; ")}.**`;
}

function drawVerdicts(engines: readonly string[], agreements: readonly Agreement[]): string {
  const rows = agreements.flatMap((one) => {
    const properties = one.searches[0]?.properties ?? [];
    return properties.map(({ kind, name }) => [
      one.file,
      kind === name ? kind : `${kind} ${name}`,
      ...engines.map((engine) => {
        const found = searchBy(one, engine)?.properties.find(
          (property) => property.kind === kind && property.name === name,
        );
        return found?.verdict ?? none;
      }),
    ]);
  });
  return table(["spec", "", ...engines], rows);
}

function drawEfforts(engines: readonly string[], agreements: readonly Agreement[]): string {
  const rows = agreements.map((one) => [
    one.file,
    ...engines.map((name) => {
      const search = searchBy(one, name);
      if (search === undefined) return none;
      const { elapsedSeconds, memoryBytes } = search;
      const time = `${elapsedSeconds.toFixed(1)} s`;
      return memoryBytes === null ? time : `${time}, ${Math.ceil(memoryBytes / 2 ** 20)} MiB`;
    }),
  ]);
  return table(["spec", ...engines], rows);
}

function drawRandom(runs: readonly EngineRuns[]): string {
  if (runs.length === 0) return "No results of `npm run test:engines` are kept.";
  const rows = runs.map((run) => [
    run.engine,
    run.version === "" ? none : run.version,
    run.date,
    `${run.firstSeed} to ${run.firstSeed + run.specs - 1}`,
    ...[run.specs, run.runs, run.states, run.violated].map(grouped),
    ...[run.refused, run.failed, run.disagreements].map(grouped),
  ]);
  const head = [
    ...["engine", "version", "day", "seeds", "specs", "runs", "states", "violated"],
    ...["refused", "failed", "disagreements"],
  ];
  return [
    "`npm run test:engines` makes specs that use the whole language, at random, and has Weft's generated machine, its interpreter and the engines check each; states, transitions where they can be compared, deadlocks and the verdict on each property must be the same. The seed makes the spec. Specs that the compiler refuses, and those with too many states, are not given to the engines.",
    table(head, rows),
  ].join("\n\n");
}
