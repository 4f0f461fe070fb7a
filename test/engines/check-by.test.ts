// Checks by another engine, which here only pretends to be one: what is shown, with which status, and what is left behind.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { agree } from "../../src/commands/agreement.ts";
import { type CheckedBy, checkSpecBy } from "../../src/commands/engine.ts";
import type { Engine, EngineFailure, EngineResult } from "../../src/engines/engine.ts";
import { checkMachine } from "../../src/pipeline.ts";
import { agreementLine, drawAgreement, drawDisagreements } from "../../src/report/agreement.ts";
import { agreementDocument } from "../../src/report/agreement-json.ts";
import { checkDocument } from "../../src/report/json.ts";
import { drawExploration } from "../../src/report/verdicts.ts";
import { withFiles } from "../support/cli.ts";
import { type Schema, violations } from "../support/json-schema.ts";
import { fakeEngine } from "./differential-fake.ts";

const spec = `spec counter
var n: 0..3 = 0
cost writes
process p[i: 1..2] {
  var seen: 0..3 = n
  n := seen + 1
  cost writes += 1
}
invariant both: (done(p[1]) && done(p[2])) => n == 2
cover two: n == 2
`;

const options = {
  set: new Map<string, string>(),
  fold: true,
  reset: true,
  color: "never",
  backend: "typescript",
  traces: "columns",
} as const;

/** Gives a spec as a file; it is read before the first wait. */
function inFolder<T>(text: string, use: (path: string) => Promise<T>): Promise<T> {
  return withFiles({ "a.weft": text }, (folder) => use(join(folder, "a.weft")));
}

function checkedBy(engine: Engine, text = spec): Promise<CheckedBy> {
  return inFolder(text, (path) => checkSpecBy(path, engine, options));
}

/** An engine that tells the truth, with counterexamples. */
const truthful = fakeEngine((truth, machine) => {
  const own = checkMachine(machine);
  const verdicts = truth.verdicts.map((verdict) => {
    const trace = own.verdicts.find(
      ({ kind, name }) => kind === verdict.kind && name === verdict.name,
    )?.trace;
    if (!trace) return verdict;
    return { ...verdict, behaviour: { states: trace.states, steps: null, faults: false } };
  });
  return { ...truth, version: "6.5.2", verdicts };
});

function drawn({ result }: CheckedBy): string {
  if (result === null) return "";
  const { machine, exploration, findings } = result;
  return drawExploration(machine, exploration, findings)
    .replace(/^.*a\.weft/gm, "a.weft")
    .replace(/\d+\.\d+ s$/m, "0.00 s");
}

test("the result of an engine reads like a check, and says what it leaves open", async () => {
  const checked = await checkedBy(truthful);
  expect(checked.code).toBe(12);
  expect(drawn(checked)).toMatchInlineSnapshot(`
    "a.weft: counter

    invariant both is violated after 4 steps with 2 context switches:
    a.weft:9:1

            CPU0 (p[1])                     CPU1 (p[2])
            ----                            ----
            var seen: 0..3 = n [n == 0]
                                            var seen: 0..3 = n [n == 0]
                                            n := seen + 1 [n 1]
            n := seen + 1 [n still 1]
              <-- both violated

      violated   invariant both         4 steps
      reachable  cover two              4 steps
      holds      freedom from deadlock
      holds      freedom from faults
      holds      lock use

    12 distinct states, 14 transitions, depth 4; 0.00 s
    checked by SPIN 6.5.2: exhaustive search, sequential consistency
    not judged by it: stuck processes, lock order, costs and what is never entered or taken
    violated: both"
  `);
});

test("what an engine judges may hold; no more than that is said", async () => {
  const checked = await checkedBy(truthful, spec.replace("n == 2\n", "n <= 2\n"));
  expect(checked.code).toBe(0);
  expect(drawn(checked)).toMatch(/\neverything that SPIN judges holds$/);
});

test.each([
  ["missing", 1, /^SPIN cannot be asked: it broke$/],
  ["refused", 1, /^this cannot be written in Promela: it broke$/],
  ["failed", 255, /^SPIN gave no answer: it broke$/],
  ["stopped", 152, /^SPIN was stopped before it had an answer: the time limit was reached$/],
] as const)("an engine that has %s ends in %i", async (kind, code, words) => {
  const failure: EngineFailure = { kind, message: "it broke", hint: "mend it" };
  const engine: Engine = {
    ...fakeEngine(),
    missing: async () => (kind === "missing" ? failure : null),
    check: async () => ({ kind: "failure", failure }),
  };
  const checked = await checkedBy(engine);
  expect(checked.code).toBe(code);
  expect(checked.diagnostics.map(({ message }) => message).join()).toMatch(words);
  expect(checked.diagnostics.map(({ hint }) => hint)).toEqual(["mend it"]);
});

test("an engine works in a folder of its own that is gone afterwards", async () => {
  const folders: string[] = [];
  const engine = (check: Engine["check"]): Engine => ({
    ...truthful,
    check: async (machine, settings) => {
      folders.push(settings.folder);
      writeFileSync(join(settings.folder, "a"), "a");
      return check(machine, settings);
    },
  });
  await checkedBy(engine(truthful.check));
  const broken = engine(() => Promise.reject(new Error("broken")));
  await expect(checkedBy(broken)).rejects.toThrow("broken");
  expect(new Set(folders).size).toBe(2);
  expect(folders.filter((folder) => existsSync(folder))).toEqual([]);
});

test("a behaviour that Weft's machine does not have is a disagreement, with status 255", async () => {
  const liar = fakeEngine((truth) => ({
    ...truth,
    verdicts: truth.verdicts.map((verdict) =>
      verdict.name === "both"
        ? {
            ...verdict,
            outcome: "violated",
            behaviour: {
              states: null,
              steps: [{ mover: "p[1]", from: "p.1", choices: [{ name: "x", value: 1 }] }],
              faults: false,
            },
          }
        : verdict,
    ),
  }));
  const checked = await checkedBy(liar);
  expect(checked.code).toBe(255);
  const { machine } = checked.result ?? {};
  if (machine === undefined) expect.fail("refused");
  expect(drawDisagreements(machine, checked.disagreements)).toMatchInlineSnapshot(`
    "DISAGREEMENT about invariant both: SPIN 0 says violated, by a behaviour that Weft's machine does not have

      1. p[1] from p.1 (x = 1)

    This is a fault of Weft or of the engine, not of your spec. Please report it with the spec."
  `);
});

// ---------------------------------------------------------------- side by side

type Lie = (truth: EngineResult) => EngineResult;

const lies: readonly (readonly [string, Lie, readonly string[]])[] = [
  ["states", (truth) => ({ ...truth, states: (truth.states ?? 0) + 1 }), ["states"]],
  ["transitions", (truth) => ({ ...truth, transitions: 1 }), ["transitions"]],
  ["depth", (truth) => ({ ...truth, depth: 9 }), ["depth"]],
  ["nothing that it does not know", (truth) => ({ ...truth, depth: null, transitions: null }), []],
  ["nothing if it did not finish", (truth) => ({ ...truth, complete: false, states: 1 }), []],
  [
    "a verdict",
    (truth) => ({
      ...truth,
      verdicts: truth.verdicts.map((one) =>
        one.name === "both" ? { ...one, outcome: "holds" } : one,
      ),
    }),
    ["invariant both"],
  ],
];

test.each(lies)("side by side one sees a lie about %s", async (_, lie, about) => {
  const agreed = await inFolder(spec, (path) => agree(path, options, [fakeEngine(lie)]));
  expect(agreed.code).toBe(about.length === 0 ? 12 : 255);
  expect(agreementLine(agreed.contenders, agreed.disagreements)).toBe(
    about.length === 0 ? agreementLine(agreed.contenders, []) : `NO agreement: ${about.join(", ")}`,
  );
});

test("after a fault only states are compared, not steps", async () => {
  const faulty = spec.replace("n := seen + 1", "n := seen + 3");
  const lie: Lie = (truth) => ({ ...truth, transitions: 1 });
  const agreed = await inFolder(faulty, (path) => agree(path, options, [fakeEngine(lie)]));
  expect(agreed.disagreements).toEqual([]);
});

test("the table has a column for each, and those that are not there are named", async () => {
  const absent: Engine = {
    ...truthful,
    name: "tlc",
    missing: async () => ({ kind: "missing", message: "there is no java", hint: "install one" }),
  };
  const engines = [truthful, absent];
  const agreed = await inFolder(spec, (path) => agree(path, options, engines));
  expect(agreed.silent.map(({ diagnostic }) => diagnostic.message)).toEqual([
    "TLC cannot be asked: there is no java",
  ]);
  const timeless = agreed.contenders.map((one) => ({
    ...one,
    version: "1",
    memoryBytes: one.memoryBytes === null ? null : 2 ** 24,
    found: { ...one.found, elapsedSeconds: 0 },
  }));
  const table = drawAgreement(timeless, []);
  const closing = agreementLine(agreed.contenders, []);
  expect(`${table}\n\n${closing}`).toMatchInlineSnapshot(`
    "                                Weft       interpreter  SPIN
      version                       1          1            1
      states                        12         12           12
      transitions                   14         14           14
      depth                         4          4            4
      invariant both                violated   violated     violated
      cover two                     reachable  reachable    reachable
      freedom from deadlock         holds      holds        holds
      freedom from stuck processes  holds      holds        -
      freedom from faults           holds      holds        holds
      lock use                      holds      holds        holds
      lock order                    holds      holds        -
      time                          0.00 s     0.00 s       0.00 s
      memory                        16 MiB     -            -

    Weft, interpreter and SPIN agree"
  `);
});

test("an engine that did not come to an end is told, and counts", async () => {
  const fine = spec.replace("n == 2\n", "n <= 2\n");
  const cut = fakeEngine((truth) => ({ ...truth, complete: false, states: null }));
  const agreed = await inFolder(fine, (path) => agree(path, options, [cut]));
  expect(agreed.code).toBe(152);
  expect(agreementLine(agreed.contenders, [])).toBe(
    "Weft and interpreter agree; SPIN did not come to an end",
  );
});

test("if no engine is there, that is no agreement", async () => {
  const failure: EngineFailure = { kind: "missing", message: "no", hint: null };
  const absent: Engine = { ...truthful, missing: async () => failure };
  const fine = spec.replace("n == 2\n", "n <= 2\n");
  expect((await inFolder(fine, (path) => agree(path, options, [absent]))).code).toBe(1);
});

test("the documents fit the schema", async () => {
  const schema = JSON.parse(readFileSync("docs/check.schema.json", "utf8")) as Schema;
  const checked = await checkedBy(truthful);
  const { path, diagnostics, code, result, disagreements } = checked;
  const facts = { path, diagnostics, exitCode: code, result, disagreements };
  const lie = lies.find(([about]) => about === "states")?.[1];
  const agreed = await inFolder(spec, (path) => agree(path, options, [fakeEngine(lie)]));
  const documents = [
    checkDocument(facts),
    agreementDocument({
      ...agreed,
      path,
      diagnostics,
      exitCode: 255,
      found: agreed.checked.result?.exploration ?? null,
    }),
  ];
  for (const document of documents) {
    expect(violations(JSON.parse(JSON.stringify(document)), schema)).toEqual([]);
  }
});
