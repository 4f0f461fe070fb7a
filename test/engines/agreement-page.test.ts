// docs/agreement.md: every spec stands there with the counts that Weft comes to today, and what differs is said.

import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { checkMachine, compile } from "../../src/pipeline.ts";
import { type Agreement, countsOf, drawPage, type Search } from "./agreement-document.ts";
import { counted, noRuns } from "./random-results.ts";

const page = readFileSync("docs/agreement.md", "utf8");

const specs = readdirSync("specs", { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".weft"))
  .map((path) => `specs/${path}`)
  .sort();

/** The counts that the page has for each spec, by engine. */
function rows(text: string): ReadonlyMap<string, readonly string[]> {
  const [, section = ""] = text.split(/^## States.*$/m);
  const lines = section.split(/^## /m)[0]?.matchAll(/^\| (specs\/\S+) \| (.*) \|$/gm) ?? [];
  return new Map([...lines].map(([, path = "", cells = ""]) => [path, cells.split(" | ")]));
}

test("the page has all specs and no others", () => {
  expect([...rows(page).keys()]).toEqual(specs);
});

test.each(specs)("%s stands there as it is, and all agree", { timeout: 60_000 }, (path) => {
  const { machine } = compile(path, (name) => readFileSync(name, "utf8"));
  if (machine === null) expect.fail("refused");
  const { distinctStates, transitions, depth } = checkMachine(machine, { refine: "none" });
  const cells = rows(page).get(path) ?? [];
  expect(cells[0]).toBe(countsOf({ ...search, distinctStates, transitions, depth }));
  const states = cells.map((cell) => cell.split(" / ")[0]);
  expect(new Set(states).size).toBe(1);
  expect(cells.length).toBeGreaterThanOrEqual(4);
});

const search: Search = {
  ...{ by: "Weft", version: "1", flags: [], exhaustive: true, remarks: [] },
  ...{ distinctStates: 1200, transitions: 14, depth: 4, elapsedSeconds: 0.1, memoryBytes: null },
  properties: [
    { kind: "invariant", name: "both", verdict: "holds" },
    { kind: "stuck", name: "stuck", verdict: "holds" },
  ],
};

const agreement: Agreement = {
  ...{ file: "specs/a.weft", status: "agreed", parameters: {}, disagreements: [] },
  searches: [
    search,
    {
      ...search,
      ...{
        by: "SPIN",
        flags: ["-DBFS", "a|b"],
        remarks: ["the chance is 2E-12", "the chance is 1.5E-9"],
        depth: null,
        memoryBytes: 2 ** 21,
      },
      properties: search.properties.slice(0, 1),
    },
  ],
};

test("a page shows who said what, and how they were asked", () => {
  const before = { ...noRuns("spin", 10, 1000), version: "6.5.2" };
  const random = [counted(before, { kind: "invalid" } as never, "2026-11-23")];
  const text = drawPage({ command: "npm run agreement", agreements: [agreement], random });
  expect(text).toContain("| SPIN | 1 | `-DBFS a\\|b`; the chance is 1.5E-9 |");
  expect(rows(text).get("specs/a.weft")).toEqual(["1,200 / 14 / 4", "1,200 / 14 / –"]);
  expect(text).toContain("| specs/a.weft | invariant both | holds | holds |");
  expect(text).toContain("| specs/a.weft | stuck | holds | – |");
  expect(text).toContain("All agree, on every figure and every verdict.");
  expect(text).toContain("| spin | 6.5.2 | 2026-11-23 | 10 to 10 | 1 |");
});

test("a page never calls agreement what is none", () => {
  const differing: Agreement = {
    ...agreement,
    status: "disagreed",
    disagreements: [{ about: "states" }],
  };
  const text = drawPage({ command: "x", agreements: [agreement, differing], random: [] });
  expect(text).toContain("**There is no agreement on specs/a.weft (states).**");
  expect(text).not.toContain("All agree");
});
