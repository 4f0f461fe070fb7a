// The JSON documents, held against their schema.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { ReductionReport } from "../../src/checker/reduction.ts";
import { compile } from "../../src/pipeline.ts";
import { checkDocument, checksDocument } from "../../src/report/json.ts";
import { checked } from "../support/checked.ts";
import { type Schema, violations } from "../support/json-schema.ts";

const schema = JSON.parse(readFileSync("docs/check.schema.json", "utf8")) as Schema;

function check(text: string, search: Parameters<typeof checked>[2] = {}): object {
  const result = checked(text, new Map(), search);
  return checkDocument({ path: "a.weft", diagnostics: [], exitCode: 0, result });
}

/** The document as a reader gets it. */
function read(document: object): object {
  return JSON.parse(JSON.stringify(document));
}

const specs: readonly [string, string][] = [
  [
    "a race with a cost",
    `spec s
var n: 0..2 = 0
cost writes
process p[i: 1..2] { var seen: 0..2 = n; n := seen + 1; cost writes += 1 }
invariant both: (forall i in {1, 2}: done(p[i])) => n == 2
cover never: n == 2 && !done(p[1]) && !done(p[2])
`,
  ],
  [
    "a deadlock and a lock cycle",
    `spec s
spinlock a
spinlock b
process p { acquire a; acquire b; release b; release a }
process q { acquire b; acquire a; release a; release b }
`,
  ],
  [
    "labels reached and not reached against expectation",
    "spec s\nvar n: 0..1 = 0\nprocess p { a: n := 1 ; goto c ; b: n := 0 ; c: }\nexpect p.a unreachable\nexpect p.b reachable\n",
  ],
  ["a fault", "spec s\nvar n: 0..1 = 0\nprocess p { n += 1; n += 1 }\n"],
  [
    "sleeping under a spinlock",
    "spec s\nspinlock l\nmutex m\nprocess p { acquire l; acquire m; release m; release l }\n",
  ],
  [
    "choices",
    "spec s\nvar n: 0..3 = 0\nprocess p { pick x in {1, 2} { n := x } }\ninvariant not_two: n != 2\n",
  ],
  [
    "an unbounded cost",
    "spec s\nvar go: bool = true\ncost c\nprocess p { while go { cost c += 1 } }\naction stop { go := false }\nterminal when !go\n",
  ],
];

test.each(specs)("the document of %s fits its schema", (_, text) => {
  const document = read(check(text));
  expect(violations(document, schema)).toEqual([]);
});

test("an incomplete check, a refused spec and several checks fit it too", () => {
  const partial = check(specs[0]?.[1] ?? "", { maxStates: 2 });
  expect(partial).toMatchObject({
    exhaustive: false,
    stoppedBy: "max-states",
    status: "incomplete",
  });
  const { diagnostics } = compile("a.weft", () => "spec s\nprocess p { m := 1 }\n");
  const refused = { path: "a.weft", diagnostics, exitCode: 120, result: null };
  for (const document of [partial, checkDocument(refused), checksDocument([refused, refused])]) {
    expect(violations(read(document), schema)).toEqual([]);
  }
});

test("so does one that says what was reduced, and what was not", () => {
  const span = { source: { path: "a.weft", text: "spec s" }, start: 0, end: 4 };
  const reductions: readonly ReductionReport[] = [
    {
      kind: "symmetry",
      applied: true,
      types: [{ name: "Mm", size: 6 }],
      kept: [{ name: "Cpu", distinction: { kind: "fault-in-order", span } }],
    },
    { kind: "symmetry", applied: false, reason: { kind: "option", option: "--no-reset" } },
    { kind: "partial-order", applied: true, locations: { alone: 3, all: 20 } },
  ];
  const result = checked("spec s\nvar n: 0..1 = 0\nprocess p { n += 1 }\n");
  const reduced = { ...result, exploration: { ...result.exploration, reductions } };
  const facts = { path: "a.weft", diagnostics: [], exitCode: 0, result: reduced };
  const document = read(checkDocument(facts));
  expect(violations(document, schema)).toEqual([]);
  expect(document).toMatchObject({
    reductions: [
      {
        types: [{ name: "Mm", values: 6 }],
        kept: [
          {
            name: "Cpu",
            reason:
              "which of its values is looked at first matters where one may fault, at a.weft:1:1",
          },
        ],
      },
      { applied: false, reason: "it does not go with --no-reset" },
      { kind: "partial-order" },
    ],
  });
  expect(read(check("spec s\nvar n: 0..1 = 0\nprocess p { n += 1 }\n"))).not.toHaveProperty(
    "reductions",
  );
});
