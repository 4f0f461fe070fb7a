// rumur itself: counts, verdicts and counterexamples of small specs, as Weft has them.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { emitMurphi } from "../../src/emit/murphi/murphi.ts";
import type { EngineResult, EngineSettings } from "../../src/engines/engine.ts";
import { foundBy } from "../../src/engines/found-by.ts";
import { rumur } from "../../src/engines/rumur.ts";
import { runRumur } from "../../src/engines/rumur-run.ts";
import type { Machine } from "../../src/machine/machine.ts";
import { checkMachine, compile } from "../../src/pipeline.ts";
import { engineTest } from "../support/engines.ts";

function machineOf(spec: string): Machine {
  const { machine, diagnostics } = compile("a.weft", () => `spec a\n${spec}`);
  if (machine === null) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return machine;
}

async function inFolder<T>(run: (settings: EngineSettings) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "weft-rumur-"));
  try {
    return await run({
      ...{ folder, memoryBytes: Number.POSITIVE_INFINITY, timeLimitSeconds: 60, tlc: null },
      ...{ signal: new AbortController().signal, progress: () => {} },
      ...{ verdictsOnly: false, optimise: "-O0" },
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function asked(machine: Machine): Promise<EngineResult> {
  const answer = await inFolder((settings) => rumur.check(machine, settings));
  if (answer.kind === "failure") throw new Error(answer.failure.message);
  return answer.result;
}

/** rumur and Weft agree on the spec, and these are violated; each by a way that Weft can go too, as short as its own. */
function check(name: string, spec: string, violated: readonly string[]): void {
  engineTest(
    name,
    [rumur],
    async () => {
      const machine = machineOf(spec);
      const result = await asked(machine);
      const weft = checkMachine(machine);
      expect(result.complete).toBe(true);
      expect([result.states, result.transitions]).toEqual([weft.distinctStates, weft.transitions]);
      const wrong = result.verdicts.filter(({ outcome }) => outcome === "violated");
      expect(wrong.map(({ kind, name: of }) => (kind === of ? kind : `${kind} ${of}`))).toEqual(
        violated,
      );
      const { found, unconfirmed } = foundBy(machine, result, null);
      expect(unconfirmed).toEqual([]);
      for (const { kind, name: of } of wrong) {
        const [own, other] = [weft, found].map(({ verdicts }) =>
          verdicts.find((verdict) => verdict.kind === kind && verdict.name === of),
        );
        expect(other?.trace?.steps.length).toBe(own?.trace?.steps.length);
      }
    },
    { timeout: 60_000 },
  );
}

check(
  "locks, a deadlock and a daemon",
  `
type I = 1..2
spinlock l[I]
var x: 0..1 = 0
process p[i: I] {
  acquire l[i]
  acquire l[3 - i]
  x := 1 - x
  release l[3 - i]
  release l[i]
}
daemon process d { loop { await x == 1; x := 0 } }
invariant low: x < 2
cover high: x == 1
`,
  ["deadlock"],
);

check(
  "a fault takes its step back and the search goes on; an assertion lets it go on",
  `
var n: 0..3 = 0
var odd: bool = false
process p {
  loop {
    atomic { odd := !odd; n += 1; assert even: !odd }
  }
}
process q { loop { n := 0 } }
`,
  ["assert even", "range"],
);

check(
  "step properties, on steps that change something",
  `
var a: 0..2 = 0
action up when a < 2 { a += 1 }
action stay { a := a }
action down when a == 2 { a := 0 }
step grows: a' > a
step moves: a' != a
`,
  ["step grows"],
);

check(
  "values of many parts: options, sequences, sets of records",
  `
type Small = 0..1
type Pair = { left: Small?, right: bool }
var queue: seq of Small upto 2 in {[], [1], [0, 1]}
var last: Pair? = null
var seen: set of Pair = {}
action push(x: Small) when length(queue) < 2 { queue := append(queue, x) }
action pop(b: bool) when length(queue) > 0 {
  last := { left: first(queue), right: b }
  queue := rest(queue)
  if last != null { seen := seen union {{ left: null, right: b }} }
}
invariant never: last == null || !({ left: null, right: true } in seen) || last.left != 0
`,
  ["invariant never"],
);

check(
  "beginnings that fault or are ruled out",
  `
var a: 0..3 in {0, 1, 2, 3}
var b: 0..2 = a
init where b != 1
action down when a > 0 { a -= 1 }
`,
  ["deadlock", "range"],
);

check(
  "a choice behind a loop inside one step",
  `
type Small = 0..2
var s: set of Small in {{}, {0}, {0, 1}}
var n: 0..2 = 0
process p {
  var t: set of Small = s
  atomic {
    for x in t { n += 1 }
    if n > 0 { either { n := 0 } or { n -= 1 } }
  }
}
invariant none: n == 0
`,
  ["invariant none"],
);

engineTest(
  "scalarsets reduce states and keep verdicts",
  [rumur],
  async () => {
    const spec = `
symmetric type I = 1..3
spinlock l
var owner: I? = null
process p[i: I] { acquire l; owner := i; owner := null; release l }
invariant alone: owner == null || held(l)
`;
    const machine = machineOf(spec);
    const emitted = emitMurphi(machine);
    if (emitted.kind === "refusal") throw new Error(emitted.refusal.reason);
    const text = emitted.translation.files[0]?.text ?? "";
    expect(text).toContain("I: scalarset(3);");
    const end = await inFolder((settings) => {
      const symmetry = ["--symmetry-reduction", "exhaustive"];
      return runRumur({
        ...{ name: "symmetric", text, traces: false, settings, secondsLeft: () => 60 },
        moreFlags: symmetry,
      });
    });
    if (end.kind !== "ended") throw new Error(end.kind);
    expect(end.report.error).toBe(null);
    const all = checkMachine(machine).distinctStates;
    expect(end.report.summary?.states).toBeLessThan(all / 2);
    expect(end.report.summary?.states).toBeGreaterThan(all / 12);
  },
  { timeout: 60_000 },
);
