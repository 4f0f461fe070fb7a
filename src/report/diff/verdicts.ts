// Verdicts of both versions in a table: those that flip first, those that nobody expects next, one line for the others.

import { unexpectedIn } from "../../checker/expectations.ts";
import type { Outcome, Verdict } from "../../checker/exploration.ts";
import type { Difference } from "../../diff/difference.ts";
import type { VectorDifference, VersionsDiff } from "../../diff/vectors.ts";
import type { VerdictPair } from "../../diff/verdicts.ts";
import type { Version } from "../../diff/version.ts";
import type { Role } from "../style.ts";
import { grouped, limitWords, listed, plural } from "../words.ts";
import {
  type Block,
  cell,
  code,
  enumerated,
  heading,
  joined,
  type Phrase,
  paragraph,
  say,
  type TableCell,
} from "./block.ts";
import { type Names, propertyName, shortName, vectorName } from "./names.ts";

export interface VerdictTable {
  /** Also those that are the same in both. */
  readonly all: boolean;
  /** Properties by their names, lengths in steps only. */
  readonly short: boolean;
}

/** The verdicts under every choice of parameters. */
export function verdictBlocks(
  { vectors }: VersionsDiff,
  names: Names,
  { all, short }: VerdictTable,
): readonly Block[] {
  const pairs = pairsByName(vectors).filter((row) => all || isTellingRow(row));
  const rows = pairs.flatMap((row) => tableRows(row, vectors, short || vectors.length > 1));
  return [
    heading("Verdicts"),
    ...(rows.length === 0 ? [] : [{ kind: "table", headed: false, rows } as const]),
    ...unchangedLine(vectors, all),
    ...vectors.flatMap(({ difference, values }) =>
      unexpectedLines(difference, names, vectorName({ values })),
    ),
  ];
}

/** One row a property: its pair under each choice of parameters; null where neither version has it. */
function pairsByName(
  vectors: readonly VectorDifference[],
): readonly (readonly (VerdictPair | null)[])[] {
  const found = new Set(
    vectors.flatMap(({ difference }) => difference.verdicts.map(({ name }) => name)),
  );
  const rows = [...found].map((name) =>
    vectors.map(({ difference }) => difference.verdicts.find((pair) => pair.name === name) ?? null),
  );
  const flips = (row: readonly (VerdictPair | null)[]): boolean =>
    row.some((pair) => pair?.flipped === true);
  return [...rows.filter(flips), ...rows.filter((row) => !flips(row))];
}

/** Also what depends on the parameters: of it nothing can be said in one word. */
function isTellingRow(row: readonly (VerdictPair | null)[]): boolean {
  const pairs = row.filter((pair) => pair !== null);
  return pairs.some(isTelling) || new Set(pairs.map(({ after }) => after)).size > 1;
}

/** What a reader should see one by one: what changed, and what is wrong in any version. */
function isTelling({ before, after, flipped }: VerdictPair): boolean {
  const gone = before === null || after === null;
  const wrong = [before, after].includes("violated");
  return flipped || gone || wrong || before !== after;
}

function tableRows(
  row: readonly (VerdictPair | null)[],
  vectors: readonly VectorDifference[],
  short: boolean,
): readonly (readonly TableCell[])[] {
  const told = row.flatMap((pair, index) => {
    const vector = vectors[index];
    return pair === null || vector === undefined ? [] : [{ pair, vector }];
  });
  return told.map(({ pair, vector }, position) => [
    cell(position > 0 ? "" : short ? shortName(pair) : propertyName(pair)),
    ...(vector.values.length === 0 ? [] : [cell(vectorName(vector))]),
    cell(outcomeWords(pair), roleOf(pair)),
    cell(lengthWords(pair, short), "dim"),
  ]);
}

/** `violated -> holds`, `holds in both`. */
export function outcomeWords({ before, after }: VerdictPair): string {
  if (before === null) return `${after} (new)`;
  if (after === null) return `${before} (gone)`;
  return before === after ? `${before} in both` : `${before} -> ${after}`;
}

const good: readonly Outcome[] = ["holds", "reachable"];

function roleOf({ kind, after, flipped }: VerdictPair): Role {
  if (after === null || after === "unknown") return "warn";
  if (good.includes(after)) return flipped ? "good" : "dim";
  return after === "violated" ? "bad" : kind === "cover" && flipped ? "warn" : "dim";
}

/** How long the shortest counterexamples or witnesses are: of the old version, of the new one. */
function lengthWords(pair: VerdictPair, short: boolean): string {
  const before = lengthIn(pair.verdictsBefore, short);
  const after = lengthIn(pair.verdictsAfter, short);
  if (before === "" || after === "" || before === after) return after || before;
  return `${before} -> ${after}`;
}

/**
 * `14 steps, 1 context switch`, or `14 steps` if it is to be short; empty without a trace. The way to a cover is a shortest
 * one, but not chosen for its switches.
 */
function lengthIn([first]: readonly Verdict[], short: boolean): string {
  const trace = first?.trace ?? null;
  if (trace === null) return "";
  const steps = plural(trace.steps.length, "step");
  return short || first?.kind === "cover"
    ? steps
    : `${steps}, ${plural(trace.contextSwitches, "context switch")}`;
}

/** `the same in both: 10 properties hold, 4 covers are reachable and 1 cover is unreachable` */
function unchangedLine(vectors: readonly VectorDifference[], all: boolean): readonly Block[] {
  if (all) return [];
  const rows = pairsByName(vectors).filter((row) => !isTellingRow(row));
  if (rows.length === 0) return [];
  const counted = (outcome: Outcome): number =>
    rows.filter((row) => row.find((pair) => pair !== null)?.after === outcome).length;
  const holds = counted("holds");
  const reachable = counted("reachable");
  const never = counted("unreachable");
  const unknown = counted("unknown");
  const told = [
    ...(holds > 0 ? [holds === 1 ? "1 property holds" : `${holds} properties hold`] : []),
    ...(reachable > 0
      ? [`${plural(reachable, "cover")} ${reachable === 1 ? "is" : "are"} reachable`]
      : []),
    ...(never > 0 ? [`${plural(never, "cover")} ${never === 1 ? "is" : "are"} unreachable`] : []),
  ];
  return [
    ...(told.length > 0 ? [paragraph(say`the same in both: ${listed(told)}`, "dim")] : []),
    ...(unknown > 0
      ? [paragraph(say`not known of either: ${plural(unknown, "verdict")}`, "dim")]
      : []),
  ];
}

/** What came out otherwise than the specs expect. */
function unexpectedLines(
  { before, after, verdicts }: Difference,
  names: Names,
  vector: string,
): readonly Block[] {
  const told = (version: Version, name: string, side: "Before" | "After"): readonly Block[] => {
    const found = unexpectedIn(version.machine, version.exploration);
    if (found.length === 0) return [];
    const each = found.map((one): Phrase => {
      const pair = verdicts.find((candidate) => candidate.name === one);
      const outcome = side === "Before" ? pair?.before : pair?.after;
      const expected = side === "Before" ? pair?.expectedBefore : pair?.expectedAfter;
      if (pair === undefined || outcome === expected) return say`${code(one)}`;
      return say`${propertyName(pair)} ${outcome ?? ""}, expected ${expected ?? ""}`;
    });
    const under = vector === "" ? "" : ` with ${vector}`;
    return [paragraph(say`unexpected in ${code(name)}${under}: ${enumerated(each)}`, "bad")];
  };
  return [...told(before, names.before, "Before"), ...told(after, names.after, "After")];
}

/** Everything that a version does not expect of itself, under any parameters. */
export function unexpectedNames(vectors: readonly VectorDifference[]): readonly string[] {
  const found = vectors.flatMap(({ difference: { before, after } }) =>
    [before, after].flatMap(({ machine, exploration }) => unexpectedIn(machine, exploration)),
  );
  return [...new Set(found)];
}

/** `4,610 -> 3,819 distinct states, 8,250 -> 6,843 transitions`, and how they were searched. */
export function countBlocks({ vectors }: VersionsDiff, names: Names): readonly Block[] {
  const told = vectors.map((vector) => countPhrase(vector));
  const rough = vectors.flatMap(({ difference: { before, after } }) => [
    ...limitedPhrase(before, names.before),
    ...limitedPhrase(after, names.after),
  ]);
  const searched =
    rough.length === 0
      ? say`exhaustive, sequential consistency`
      : say`NOT exhaustive: ${joined(rough, ", ")}; sequential consistency`;
  const role = rough.length === 0 ? [] : (["warn"] as const);
  const [only] = told;
  if (told.length === 1 && only !== undefined) {
    return [paragraph(say`${only}; ${searched}`, ...role)];
  }
  return [...told.map((text) => paragraph(text)), paragraph(searched, ...role)];
}

function countPhrase({ difference: { before, after }, values }: VectorDifference): Phrase {
  const [old, fresh] = [before.exploration, after.exploration];
  const states = `${changed(old.distinctStates, fresh.distinctStates)} distinct states`;
  const transitions = `${changed(old.transitions, fresh.transitions)} transitions`;
  const vector = vectorName({ values });
  return say`${vector === "" ? "" : `${vector}: `}${states}, ${transitions}`;
}

function changed(before: number, after: number): string {
  return before === after ? grouped(before) : `${grouped(before)} -> ${grouped(after)}`;
}

function limitedPhrase({ exploration }: Version, name: string): readonly Phrase[] {
  const { complete, stoppedBy } = exploration;
  if (complete) return [];
  return [say`${code(name)} (${stoppedBy === null ? "it ended early" : limitWords(stoppedBy)})`];
}
