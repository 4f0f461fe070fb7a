// The JSON documents of comparisons, held against their schema.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { VersionsDiff } from "../../src/diff/vectors.ts";
import { differenceDocument } from "../../src/report/diff/json.ts";
import { diffOfFiles, diffOfTexts } from "../support/diff-of.ts";
import { type Schema, violations } from "../support/json-schema.ts";

const schema = JSON.parse(readFileSync("docs/diff.schema.json", "utf8")) as Schema;
const checks = JSON.parse(readFileSync("docs/check.schema.json", "utf8")) as Schema;

/** The document as a reader gets it. */
function read(diff: VersionsDiff | null): object {
  return JSON.parse(JSON.stringify(differenceDocument(diff, 0)));
}

const classics = "specs/classics";

const pairs: readonly (readonly [string, string])[] = [
  ["specs/thp-unmap/pre-patch.weft", "specs/thp-unmap/post-patch.weft"],
  ["specs/thp-unmap/post-patch.weft", "specs/thp-unmap/without-pte-sync.weft"],
  [`${classics}/dining.weft`, `${classics}/dining-ordered.weft`],
  [`${classics}/peterson-turn-first.weft`, `${classics}/peterson.weft`],
  [`${classics}/ticket-lock-plain-add.weft`, `${classics}/ticket-lock.weft`],
  [`${classics}/peterson.weft`, `${classics}/peterson.weft`],
  [`${classics}/peterson.weft`, `${classics}/dining.weft`],
];

test.each(pairs)(
  "the document of %s and %s fits its schema",
  { timeout: 60_000 },
  (before, after) => {
    expect(violations(read(diffOfFiles(before, after)), schema)).toEqual([]);
  },
);

test("faults, endings and unbounded costs fit it too", () => {
  const before = `spec s
var n: 0..2 = 0
cost c
process p { n += 1; n += 1; while n == 2 { cost c += 1; n := 1; n := 2 } }
action stop when n == 2 { n := 0 }
`;
  const after = `spec s
var n: 0..2 = 0
var m: 0..1 = 0
spinlock l
cost c
process p { acquire l; n += 1; n += 1; n += 1 }
process q { acquire l; m := 1; release l }
`;
  for (const [old, fresh] of [
    [before, after],
    [after, before],
  ] as const) {
    expect(violations(read(diffOfTexts(old, fresh)), schema)).toEqual([]);
  }
});

test("a refused version fits it, and says no more", () => {
  expect(read(null)).toEqual({ format: "weft-diff/1", exitCode: 0, refused: true });
  expect(violations(read(null), schema)).toEqual([]);
});

test("what both schemas describe they describe alike", () => {
  for (const name of ["property", "detail", "cost", "trace", "place"]) {
    expect(schema.$defs?.[name], name).toEqual(checks.$defs?.[name]);
  }
});

test("a document that says something else does not fit", () => {
  const document = read(
    diffOfFiles("specs/classics/peterson.weft", "specs/classics/peterson.weft"),
  );
  expect(violations({ ...document, surprise: 1 }, schema)).not.toEqual([]);
});
