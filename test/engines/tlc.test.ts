// TLC itself, asked about a module that is written by hand in the manner of a translation.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { EngineAnswer, EngineSettings, EngineVerdict } from "../../src/engines/engine.ts";
import { askTlc, tlc } from "../../src/engines/tlc.ts";
import type { TlcQuestion, TlcQuestionCheck } from "../../src/engines/tlc-question.ts";
import { engineTest } from "../support/engines.ts";

const module = `---- MODULE Count ----
EXTENDS Integers, TLC
CONSTANT Top
VARIABLE x
Report(verdict, place) == Assert(FALSE, <<verdict, place>>)
Init == x \\in 0..3 /\\ IF x = 3 THEN Report("range", "Init") /\\ FALSE ELSE TRUE
Up ==
  /\\ x < Top
  /\\ IF x = 5 THEN Report("assert odd", "Up") ELSE TRUE
  /\\ x' = x + 1
Fault == x = 4 /\\ Report("lock_use", "Fault") /\\ UNCHANGED x
Next == Up \\/ Fault
Small == x < 3
Reached == x = 5
Beyond == x > Top
NoDeadlock == ENABLED Next
Never == FALSE
TypeOK == x \\in 0..Top
====
`;

const verdicts = {
  small: { kind: "invariant", name: "small" },
  even: { kind: "invariant", name: "even" },
  never: { kind: "invariant", name: "never" },
  reached: { kind: "cover", name: "reached" },
  beyond: { kind: "cover", name: "beyond" },
  deadlock: { kind: "deadlock", name: "deadlock" },
  odd: { kind: "assert", name: "odd" },
  range: { kind: "range", name: "range" },
  lockUse: { kind: "lock_use", name: "lock_use" },
} as const satisfies Record<string, TlcQuestion["verdicts"][number]>;

const state = (
  verdict: TlcQuestionCheck["verdict"],
  predicate: string,
  found: boolean,
): TlcQuestionCheck => ({
  key: `${verdict.kind} ${verdict.name}`,
  verdict,
  outcome: verdict.kind === "cover" ? "reachable" : "violated",
  judged: { by: "state", predicate, found },
});

const report = (verdict: TlcQuestionCheck["verdict"], told: string): TlcQuestionCheck => ({
  key: told,
  verdict,
  outcome: "violated",
  judged: { by: "report", report: told },
});

function question(text: string): TlcQuestion {
  return {
    subject: {
      module: "Count",
      text,
      init: "Init",
      next: "Next",
      variables: "x",
      report: "Report",
      constants: ["CONSTANT Top = 9"],
      sanity: "TypeOK",
    },
    files: [{ name: "Count.tla", text }],
    verdicts: Object.values(verdicts),
    checks: [
      state(verdicts.small, "Small", false),
      state(verdicts.even, "TypeOK", false),
      state(verdicts.never, "Never", false),
      state(verdicts.reached, "Reached", true),
      state(verdicts.beyond, "Beyond", true),
      state(verdicts.deadlock, "NoDeadlock", false),
      report(verdicts.odd, "assert odd"),
      report(verdicts.range, "range"),
      report(verdicts.lockUse, "lock_use"),
    ],
    readState: (values) => {
      const x = values.get("x");
      return { x: x?.kind === "number" ? x.value : null };
    },
  };
}

async function ask(text: string, settings: Partial<EngineSettings>): Promise<EngineAnswer> {
  const folder = mkdtempSync(join(tmpdir(), "weft-tlc-"));
  try {
    return await askTlc(question(text), {
      folder,
      memoryBytes: 2 ** 29,
      timeLimitSeconds: 60,
      signal: new AbortController().signal,
      progress: () => {},
      verdictsOnly: false,
      optimise: "-O0",
      tlc: null,
      ...settings,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What is found, and the values of `x` on the way to it; `?` for a step that no state follows. */
function told({ outcome, behaviour }: EngineVerdict): string {
  const way = behaviour?.states?.map(({ x }) => String(x)) ?? [];
  return [outcome, ...way, ...(behaviour?.faults ? ["?"] : [])].join(" ");
}

const expected = {
  small: "violated 2 3",
  even: "holds",
  never: "violated 0",
  reached: "reachable",
  beyond: "unreachable",
  deadlock: "violated 2 3 4 5 6 7 8 9",
  odd: "violated 2 3 4 5 ?",
  range: "violated",
  lockUse: "violated 2 3 4 ?",
};

engineTest(
  "TLC finds all verdicts, with shortest ways",
  [tlc],
  async () => {
    const answer = await ask(module, {});
    if (answer.kind === "failure") throw new Error(answer.failure.message);
    const { result } = answer;
    expect(result).toMatchObject({ complete: true, states: 10, transitions: 10, depth: 7 });
    const found = Object.fromEntries(
      Object.keys(verdicts).map((key, position) => {
        const verdict = result.verdicts[position];
        return [key, verdict === undefined ? "" : told(verdict)];
      }),
    );
    expect(found).toEqual(expected);
  },
  { timeout: 60_000 },
);

engineTest(
  "one run is enough for verdicts alone, and a limit of time ends it",
  [tlc],
  async () => {
    const lines: string[] = [];
    const answer = await ask(module, { verdictsOnly: true, progress: (line) => lines.push(line) });
    expect(lines).toEqual(["10 states, 13 generated, 0 to be expanded"]);
    const outcomes =
      answer.kind === "result" ? answer.result.verdicts.map(({ outcome }) => outcome) : [];
    expect(outcomes).toEqual(Object.values(expected).map((text) => text.split(" ")[0]));
    const early = await ask(module, { timeLimitSeconds: 0.05 });
    expect(early).toMatchObject({ kind: "result", result: { complete: false, states: null } });
    const stopped = await ask(module, { signal: AbortSignal.timeout(100) });
    expect(stopped).toMatchObject({ kind: "failure", failure: { kind: "stopped" } });
  },
  { timeout: 60_000 },
);

const mistakes: readonly (readonly [string, string, string, RegExp])[] = [
  ["an operator that is not there", "x < Top", "x < Bottom", /Bottom/],
  ["a value of the wrong kind", "x < 3", "x < <<3>>", /integers?/i],
  ["a state outside its types", "x \\in 0..Top", "x \\in 0..8", /the translation is wrong/],
];

engineTest(
  "mistakes in the module are no verdicts",
  [tlc],
  async () => {
    for (const [name, right, wrong, message] of mistakes) {
      const answer = await ask(module.replace(right, wrong), { verdictsOnly: true });
      expect(answer, name).toMatchObject({ kind: "failure", failure: { kind: "failed" } });
      expect(answer.kind === "failure" && answer.failure.message, name).toMatch(message);
    }
  },
  { timeout: 60_000 },
);

test("a class path without TLC is told", async () => {
  const missing = await tlc.missing({ tlc: "nowhere.jar" });
  expect(missing).toMatchObject({ kind: "missing", hint: expect.any(String) });
});
