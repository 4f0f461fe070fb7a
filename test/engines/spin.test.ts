// SPIN itself: counts, verdicts and counterexamples of small specs, as Weft has them.

import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { emitPromela } from "../../src/emit/promela/promela.ts";
import { swarmScript } from "../../src/emit/promela/swarm.ts";
import type { EngineAnswer, EngineSettings } from "../../src/engines/engine.ts";
import { foundBy } from "../../src/engines/found-by.ts";
import { spin } from "../../src/engines/spin.ts";
import type { Machine } from "../../src/machine/machine.ts";
import { checkMachine, compile } from "../../src/pipeline.ts";
import { engineTest } from "../support/engines.ts";

function machineOf(spec: string): Machine {
  const { machine, diagnostics } = compile("a.weft", () => `spec a\n${spec}`);
  if (machine === null) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return machine;
}

async function inFolder<T>(run: (folder: string) => T | Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "weft-spin-"));
  try {
    return await run(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function asked(machine: Machine, settings: Partial<EngineSettings> = {}): Promise<EngineAnswer> {
  return inFolder((folder) =>
    spin.check(machine, {
      ...{ folder, memoryBytes: 2 ** 30, timeLimitSeconds: 60, tlc: null },
      ...{ signal: new AbortController().signal, progress: () => {} },
      ...{ verdictsOnly: false, optimise: "-O0" },
      ...settings,
    }),
  );
}

/** SPIN and Weft agree on the spec, and these are violated; each by a way that Weft can go too, as short as its own. */
function check(name: string, spec: string, violated: readonly string[]): void {
  engineTest(
    name,
    [spin],
    async () => {
      const machine = machineOf(spec);
      const answer = await asked(machine);
      if (answer.kind === "failure") throw new Error(answer.failure.message);
      const { result } = answer;
      const weft = checkMachine(machine);
      expect(result.complete).toBe(true);
      expect([result.states, result.transitions, result.depth]).toEqual([
        weft.distinctStates,
        weft.transitions,
        weft.depth,
      ]);
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
spinlock a
spinlock b
process p[i: 0..1] {
  if i == 0 { acquire a; acquire b } else { acquire b; acquire a }
  release a
  release b
}
daemon process d { loop { await done(p[0]); await !done(p[0]) } }
`,
  ["deadlock"],
);

check(
  "invariants, assertions, step properties, each with its shortest way",
  `
var n: 0..3 = 0
process p[i: 1..2] { n += 1; assert low: n < 2; n := 0 }
invariant two: n < 2
step up: n' >= n
cover both: done(p[1]) && done(p[2])
cover never: n == 3
`,
  ["invariant two", "step up", "assert low"],
);

check(
  "faults change nothing, whatever was written before them",
  `
var a: 0..2 = 0
var b: 0..2 = 0
mutex m
spinlock l
action up { a := 2; b += 1; a := b }
process p { acquire l; acquire m; release l; release l }
`,
  ["range", "lock_use"],
);

check(
  "several beginnings, some of them refused, some faulting",
  `
var a[0..1]: 0..2 in {0, 1, 2}
var s: set of (0..1) in {{}, {0}, {0, 1}}
init where a[0] <= a[1]
process p[i: 0..1] {
  var here: 0..1 = 1 - i
  if a[i] == 1 { a[i] := 0 }
  here := 0
  skip
}
invariant quiet: a[1] == 2 => size(s) < 2
`,
  ["invariant quiet"],
);

check(
  "nothing but a beginning that faults",
  "var a: 0..1 = 0\nvar b: 0..1 = a - 1\naction x { a := 1 }",
  ["range"],
);

check(
  "loops, sequences, options, records, and values that read themselves",
  `
type R = { q: seq of (0..2) upto 2, o: (0..2)? }
var r: R = { q: [], o: null }
var n: 0..4 = 0
action push(v: 0..2) when length(r.q) < 2 { r.q := append(r.q, v); r.o := v }
action pop when length(r.q) > 0 { r := { q: rest(r.q), o: first(r.q) } }
action number { n := 0; for v in {0, 1, 2} { if r.o == v { break }\n n += 1 } }
invariant shown: r.o == null || length(r.q) < 2
`,
  ["invariant shown"],
);

check(
  "readers and writers",
  `
rwsem m
var n: 0..1 = 0
process r[i: 0..1] { acquire m for read; skip; release m }
process w { acquire m; n := 1; downgrade m; n := 0; release m }
invariant calm: n == 0 || held(m, w)
`,
  [],
);

engineTest(
  "what SPIN could not finish is not said to hold",
  [spin],
  async () => {
    const spec =
      "var n[0..7]: 0..9 = 0\naction up(i: 0..7) when n[i] < 9 { n[i] += 1 }\ninvariant i: n[0] < 10";
    const answer = await asked(machineOf(spec), { memoryBytes: 2 ** 25, timeLimitSeconds: 20 });
    if (answer.kind === "failure") throw new Error(answer.failure.message);
    expect(answer.result).toMatchObject({ complete: false, states: null, transitions: null });
    expect(answer.result.verdicts.map(({ outcome }) => outcome)).not.toContain("holds");
  },
  { timeout: 60_000 },
);

engineTest(
  "a swarm finds what is wrong and never says that a spec holds",
  [spin],
  () =>
    inFolder((folder) => {
      const run = (spec: string) => {
        const translated = emitPromela(machineOf(spec));
        if (translated.kind === "refusal") throw new Error(translated.refusal.reason);
        const { translation } = translated;
        const script = swarmScript(translation, {
          searches: 5,
          stateBytes: translation.stateBytes,
        });
        for (const { name, text } of [...translation.files, ...script])
          writeFileSync(join(folder, name), text);
        const env = { ...process.env, CFLAGS: "-O0" };
        return spawnSync("sh", ["a.swarm.sh", "2", "20"], { cwd: folder, encoding: "utf8", env });
      };
      const counting =
        "var n: 0..20 = 0\naction up when n < 20 { n += 1 }\nterminal when n == 20\n";
      const wrong = run(`${counting}invariant few: n < 20`);
      expect([wrong.status, wrong.stderr]).toEqual([12, ""]);
      expect(wrong.stdout).toContain("search 1 found: pan:1: assertion violated");
      const fine = run(`${counting}invariant few: n >= 0`);
      expect([fine.status, fine.stderr]).toEqual([0, ""]);
      expect(fine.stdout).toContain(
        '5 searches found nothing. They did not see every state: this is not "holds".',
      );
    }),
  { timeout: 120_000 },
);

engineTest(
  "SPIN takes the model that people read without a complaint, and its assertions fail",
  [spin],
  () =>
    inFolder((folder) => {
      const translated = emitPromela(machineOf("var n: 0..3 = 0\nprocess p { n := 2; n += 2 }"));
      if (translated.kind === "refusal") throw new Error(translated.refusal.reason);
      writeFileSync(join(folder, "a.pml"), translated.translation.files[0]?.text ?? "");
      const run = (program: string, ...args: readonly string[]): string =>
        execFileSync(program, args, { cwd: folder, encoding: "utf8" });
      expect(run("spin", "-a", "a.pml")).toBe("");
      run("gcc", "-w", "-DBFS", "-DSAFETY", "-DNOREDUCE", "-o", "pan", "pan.c");
      expect(run("./pan")).toContain("assertion violated ((n+2)<=3) (at depth 2)");
    }),
  { timeout: 60_000 },
);
