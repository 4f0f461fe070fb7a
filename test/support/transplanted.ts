// Transplants told in words that a test can compare: a line for each row, a sentence on where the way parts, one on what follows.

import { readFileSync } from "node:fs";
import type { Step } from "../../src/checker/exploration.ts";
import { finish } from "../../src/checker/explore.ts";
import { spanText } from "../../src/diagnostics/source.ts";
import { matchLines } from "../../src/diff/matching/matching.ts";
import type { DifferenceOptions } from "../../src/diff/options.ts";
import {
  type BlockedBy,
  type Parting,
  type Transplant,
  type TransplantRow,
  transplants,
} from "../../src/diff/transplant/transplant.ts";
import { compareVerdicts } from "../../src/diff/verdicts.ts";
import type { Version } from "../../src/diff/version.ts";
import type { Line, Machine, Value } from "../../src/machine/machine.ts";
import { compile, type Settings, versionOf } from "../../src/pipeline.ts";
import { UNLIMITED } from "../diff/unlimited.ts";

/** A version of a spec in memory, or of one in the repository by its path; `files` can be named by either. */
export function versionAt(
  path: string,
  files: Readonly<Record<string, string>> = {},
  settings: Settings = new Map(),
): Version {
  const read = (name: string): string => files[name] ?? readFileSync(name, "utf8");
  const { machine, diagnostics } = compile(path, read, settings);
  if (machine === null) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return versionOf(machine, path);
}

/** A version of one text. */
export function versionOfText(text: string): Version {
  return versionAt("test.weft", { "test.weft": text });
}

/** All transplants of one version's counterexamples to another. */
export function transplanted(
  before: Version,
  after: Version,
  options: DifferenceOptions = UNLIMITED,
): readonly Transplant[] {
  const matching = matchLines(before.machine, after.machine);
  const verdicts = compareVerdicts(before, after);
  return finish(transplants(before, after, matching, verdicts, options));
}

/** The transplant of one property's counterexample. */
export function transplantOf(before: Version, after: Version, property: string): Transplant {
  const found = transplanted(before, after).find(({ verdict }) => verdict.name === property);
  if (found === undefined) throw new Error(`no counterexample of ${property} is transplanted`);
  return found;
}

/** A transplant of two texts in words. */
export function told(before: string, after: string, property: string): string {
  return toldOf(versionOfText(before), versionOfText(after), property);
}

/** The same of two versions. */
export function toldOf(before: Version, after: Version, property: string): string {
  const transplant = transplantOf(before, after, property);
  return tell(transplant, before.machine, after.machine).join("\n");
}

/** Row by row: `=` alike, `~` changed, `+` inserted, `-` removed; then where it parts, and what can follow. */
function tell(transplant: Transplant, before: Machine, after: Machine): readonly string[] {
  const { trace, followed, rows, parting, continuation } = transplant;
  const oldStep = (index: number): string => stepWords(before, trace.steps[index]);
  const newStep = (index: number): string => stepWords(after, followed.steps[index]);
  const row = (one: TransplantRow): string => {
    switch (one.kind) {
      case "alike":
        return `= ${oldStep(one.before)}`;
      case "changed":
        return `~ ${newStep(one.after)}${differing(one.differences)}`;
      case "inserted":
        return `+ ${newStep(one.after)}`;
      case "removed":
        return `- ${oldStep(one.before)}`;
      default:
        return one satisfies never;
    }
  };
  const violation = continuation?.violation ?? null;
  const follows =
    continuation === null
      ? "nothing follows"
      : violation === null
        ? `no violation in ${continuation.states} states`
        : `${violation.verdict.name} after ${violation.trace.steps.length} steps`;
  return [...rows.map(row), ...partingWords(parting, followed.steps, after), follows];
}

function differing(
  differences: readonly {
    readonly name: string;
    readonly recorded: Value;
    readonly found: Value;
  }[],
): string {
  return differences
    .map(({ name, recorded, found }) => ` [${name}: ${String(recorded)}, now ${String(found)}]`)
    .join("");
}

/** Who took a step, and its first line. */
function stepWords({ lines }: Machine, step: Step | undefined): string {
  const shown = step?.events.flatMap((event) => (event.kind === "line" ? [event.line] : [])) ?? [];
  const heads = shown.flatMap((line) => lines[line] ?? []);
  const line = heads.find(({ kind }) => kind === "step") ?? heads[0];
  return `${step?.name}: ${lineWords(line ?? null)}`;
}

function lineWords(line: Line | null): string {
  return line === null ? "nowhere" : (line.text ?? line.code);
}

function partingWords(
  parting: Parting | null,
  followed: readonly Step[],
  after: Machine,
): readonly string[] {
  if (parting === null) return ["runs"];
  const { why, next, line, before, mover } = parting;
  const who = after.instances[mover ?? -1]?.name ?? "nobody";
  const place = `parts at ${before}: ${who} at ${next} ${lineWords(line)}`;
  if (why.kind === "blocked") {
    return [place, ...why.by.map((by) => blockedWords(by, followed, after))];
  }
  const differences =
    why.kind === "differs" ? why.differences : why.kind === "no-start" ? why.differs : [];
  return [place, `${why.kind}${differing(differences)}`];
}

function blockedWords(
  { blocker, holders }: BlockedBy,
  followed: readonly Step[],
  after: Machine,
): string {
  if (blocker.kind !== "lock") return `blocked by ${spanText(blocker.span)}`;
  const words = holders.map(({ holder, taken, released, before }) => {
    const since = taken === null ? "the start" : stepWords(after, followed[taken]);
    const first = before.map(lineWords).join(", then ");
    return `${holder} since "${since}" until "${lineWords(released)}"${first && `, first ${first}`}`;
  });
  return `blocked by ${blocker.lock}: ${words.join("; ")}`;
}
