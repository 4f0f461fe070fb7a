// The file of frozen results, `weft-lock/1`; docs/frozen.schema.json describes it.
//
// It holds the text that was frozen beside the results, so that a later version can be compared with that very one.
// What can be read here was written here, or by somebody's hand or a merge: nothing of it is taken on trust.

import type { Source } from "../../diagnostics/source.ts";
import type { FrozenVector } from "./frozen.ts";

export interface FrozenFile {
  readonly format: typeof FORMAT;
  /** The name that the spec gives itself. */
  readonly spec: string;
  /** The version of Weft that froze this; for information. */
  readonly weft: string;
  readonly vectors: readonly FrozenVector[];
  /** The text that was frozen, the spec itself first. Paths are relative to the folder of this file. */
  readonly files: readonly FrozenText[];
}

export interface FrozenText {
  readonly path: string;
  readonly lines: readonly string[];
}

const FORMAT = "weft-lock/1";

/** A file of results; `place` gives a source's path as it is kept. */
export function frozenFile(
  spec: string,
  weft: string,
  vectors: readonly FrozenVector[],
  sources: readonly Source[],
  place: (path: string) => string,
): FrozenFile {
  const files = sources.map(({ path, text }) => ({ path: place(path), lines: text.split("\n") }));
  return { format: FORMAT, spec, weft, vectors, files };
}

/** The text of such a file. */
export function writeFrozen(file: FrozenFile): string {
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** Reads what `writeFrozen` wrote; else says in a few words what is wrong with the text. */
export function readFrozen(
  text: string,
): { readonly file: FrozenFile } | { readonly problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { problem: `it is not JSON (${error instanceof Error ? error.message : "unknown"})` };
  }
  const format = isRecord(value) ? value["format"] : undefined;
  if (format !== FORMAT) {
    const told = typeof format === "string" ? `its format is \`${format}\`` : "it has no format";
    return { problem: `${told}, where \`${FORMAT}\` is expected` };
  }
  const misfit = shape(value, "");
  if (misfit !== null) return { problem: `\`${misfit}\` is missing or is not what it should be` };
  return { file: value as FrozenFile };
}

/** The texts by path. */
export function frozenTexts({ files }: FrozenFile): ReadonlyMap<string, string> {
  return new Map(files.map(({ path, lines }) => [path, lines.join("\n")]));
}

// ---------------------------------------------------------------- shapes

/** The path of the first part of a value that does not fit; null if all does. */
type Shape = (value: unknown, path: string) => string | null;

const where =
  (fits: (value: unknown) => boolean): Shape =>
  (value, path) =>
    fits(value) ? null : path;

const text = where((value) => typeof value === "string");
const count = where((value) => Number.isSafeInteger(value) && Number(value) >= 0);
const anything = where((value) => value !== undefined);
const oneOf = (...words: readonly unknown[]): Shape => where((value) => words.includes(value));

const either =
  (...shapes: readonly Shape[]): Shape =>
  (value, path) =>
    shapes.some((one) => one(value, path) === null) ? null : path;

const list =
  (of: Shape, least = 0): Shape =>
  (value, path) => {
    if (!Array.isArray(value) || value.length < least) return path;
    return first(value.map((one, index) => () => of(one, `${path}[${index}]`)));
  };

const map =
  (of: Shape): Shape =>
  (value, path) => {
    if (!isRecord(value)) return path;
    return first(
      Object.entries(value).map(
        ([key, one]) =>
          () =>
            of(one, `${path}.${key}`),
      ),
    );
  };

const record =
  (fields: Readonly<Record<string, Shape>>): Shape =>
  (value, path) => {
    if (!isRecord(value)) return path;
    const inside = (name: string): string => (path === "" ? name : `${path}.${name}`);
    return first(
      Object.entries(fields).map(
        ([name, of]) =>
          () =>
            of(value[name], inside(name)),
      ),
    );
  };

function first(checks: readonly (() => string | null)[]): string | null {
  for (const check of checks) {
    const misfit = check();
    if (misfit !== null) return misfit;
  }
  return null;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const nothing = oneOf(null);

const shape = record({
  format: text,
  spec: text,
  weft: text,
  vectors: list(
    record({
      settings: map(text),
      parameters: map(anything),
      initialStates: count,
      states: count,
      transitions: count,
      depth: count,
      hash: where((value) => /^[0-9a-f]{16}$/.test(String(value))),
      verdicts: list(
        record({
          kind: text,
          name: text,
          outcome: oneOf("holds", "violated", "reachable", "unreachable"),
          findings: list(text),
        }),
      ),
      costs: list(
        record({
          name: text,
          least: either(count, nothing),
          greatest: either(count, oneOf("unbounded"), nothing),
        }),
      ),
    }),
    1,
  ),
  files: list(record({ path: text, lines: list(text) }), 1),
});
