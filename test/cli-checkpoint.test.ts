// `weft check --checkpoint` and `--resume` as a user runs them: killed at any moment, a search goes on to the same result;
// what it must not go on with is refused.
//
// WEFT_KILLS says how often a search is killed, WEFT_KILLED_RMS how large it is: 8 has 1,745,408 states, 6 has 50,816.

import {
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import {
  interrupted,
  type Ran,
  root,
  started,
  weft,
  withFiles,
  withFilesAsync,
} from "./support/cli.ts";
import { killed } from "./support/kill.ts";
import { seeded } from "./support/random.ts";

const kills = Number(process.env["WEFT_KILLS"] ?? 4);
const size = process.env["WEFT_KILLED_RMS"] ?? "6";

const classic = readFileSync(join(root, "specs/classics/two-phase-commit.weft"), "utf8");
/** With a violation, so that there is a trace to find again. */
const spec = `${classic}
invariant not_all: !(forall rm in Rm: rm_state[rm] == committed)
`;

/** All that a check says but its time. */
function verdict({ code, stdout, stderr }: Ran): object {
  if (stdout === "") throw new Error(`status ${code}, and nothing but: ${stderr}`);
  const { elapsedSeconds: _, ...rest } = JSON.parse(stdout) as Record<string, unknown>;
  return { code, ...rest };
}

test(`killed at ${kills} moments, a search goes on to the same result`, {
  timeout: 120_000 + 20_000 * kills,
}, async () => {
  const random = seeded(1);
  const set = ["a.weft", "--set", `RMS=${size}`, "--json"];
  const often = ["--checkpoint-every", "0.02s"];
  await withFilesAsync({ "a.weft": spec }, async (cwd) => {
    const begun = performance.now();
    const whole = verdict(weft(["check", ...set], { cwd }));
    const milliseconds = Math.ceil(performance.now() - begun);
    const file = join(cwd, "a.ck");
    let [died, found] = [0, 0];
    for (let round = 0; round < kills; round += 1) {
      const first = ["check", ...set, "--checkpoint", "a.ck", ...often];
      died += Number(await killed(first, cwd, random.int(0, milliseconds)));
      if (!existsSync(file)) continue;
      found += 1;
      // And once more, on the way back.
      if (random.chance(0.5)) {
        await killed(
          ["check", ...set, "--resume", "a.ck", ...often],
          cwd,
          random.int(0, milliseconds),
        );
      }
      expect([round, verdict(weft(["check", ...set, "--resume", "a.ck"], { cwd }))]).toEqual([
        round,
        whole,
      ]);
    }
    // The test means nothing if searches end before they are killed, or have kept nothing.
    expect([died > 0, found > 0]).toEqual([true, true]);
  });
});

/** A search that ended early, in a folder with its spec; and what resumes it. */
function left<T>(use: (resume: (args?: readonly string[]) => Ran, cwd: string) => T): T {
  return withFiles({ "a.weft": spec }, (cwd) => {
    const args = ["check", "a.weft", "--max-states", "200", "--checkpoint", "a.ck"];
    const ran = weft(args, { cwd });
    expect([ran.code, ran.stderr]).toEqual([
      152,
      "the limit on states was reached: 201 states are kept, and --resume a.ck goes on from there\n",
    ]);
    return use((more = []) => weft(["check", "a.weft", "--resume", "a.ck", ...more], { cwd }), cwd);
  });
}

test("what is left is told, and resumed to the result of a whole search", () => {
  left((resume, cwd) => {
    const resumed = resume(["--json"]);
    expect(resumed.stderr).toBe("resumed at 201 states\n");
    expect(verdict(resumed)).toEqual(verdict(weft(["check", "a.weft", "--json"], { cwd })));
    // It was kept to its end: nothing is searched any more.
    expect(resume().stderr).toBe("resumed at 288 states\n");
  });
});

test("the spec may have been renamed meanwhile", () => {
  left((_, cwd) => {
    renameSync(join(cwd, "a.weft"), join(cwd, "b.weft"));
    expect(weft(["check", "b.weft", "--resume", "a.ck", "-q"], { cwd }).code).toBe(12);
  });
});

test("it may be kept elsewhere on the way, and goes on by any back end", () => {
  left((resume, cwd) => {
    const ran = resume(["--checkpoint", "b.ck", "--max-states", "250", "--backend", "wasm"]);
    expect(ran.stderr).toMatch(/25\d states are kept, and --resume b.ck goes on/);
    const again = weft(["check", "a.weft", "--resume", "b.ck", "--backend", "js", "-q"], { cwd });
    expect([again.code, again.stderr]).toEqual([12, ""]);
    expect(resume(["-q"]).code).toBe(12);
  });
});

test.each<[string, readonly string[], string]>([
  ["another parameter", ["--set", "RMS=2"], "it is of the spec with RMS = 3"],
  ["another end", ["--first"], "it is of a search without --first"],
  ["other folding", ["--no-fold"], "it is of a search without --no-fold"],
  ["other resets", ["--no-reset"], "it is of a search without --no-reset"],
  ["other reductions", ["--por"], "it is of a search without --por"],
  // Which leaves nothing out, as a search that may be reduced does.
  ["all ways", ["--fewest-switches"], "it is of a search without --fewest-switches"],
])("a search with %s is not gone on with", (_, args, reason) => {
  left((resume) => {
    const { code, stdout, stderr } = resume(args);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toBe(
      `error[checkpoint-unusable]: \`a.ck\` cannot be resumed: ${reason}\n` +
        "  hint: without --resume the search begins anew\n",
    );
  });
});

/** Under partial order, `big` goes first and alone. */
const late = `spec late
var a: 0..400 = 0
var bad: bool = false
var b: 0..400 = 0
process big { pick v in 0..400 { a := v }; pick v in 0..400 { b := v } }
process oops { bad := true }
invariant fine: !bad
`;

test("what a search found before it was begun anew with reductions is not forgotten", () => {
  withFiles({ "late.weft": late }, (cwd) => {
    const check = (...args: string[]): string =>
      weft(["check", "late.weft", ...args], { cwd }).stdout;
    expect(check("--max-states", "130000", "--por")).toMatch(/^ +unknown +invariant fine$/m);
    const found = /^ +violated +invariant fine +1 step$/m;
    expect(check("--max-states", "130000", "--checkpoint", "a.ck")).toMatch(found);
    expect(check("--max-states", "140000", "--resume", "a.ck")).toMatch(found);
    expect(check("--resume", "a.ck")).toMatch(found);
  });
});

test("nor with that of a text that has changed, of another spec, or of a damaged file", () => {
  left((resume, cwd) => {
    writeFileSync(join(cwd, "a.weft"), `${spec}\n// later\n`);
    expect(resume().stderr).toMatch(/the text of the spec has changed since/);
    writeFileSync(join(cwd, "a.weft"), "spec other\nvar n: bool = false\nterminal when true\n");
    expect(resume().stderr).toMatch(/it is of another spec, two_phase_commit/);
    writeFileSync(join(cwd, "a.weft"), spec);
    const bytes = readFileSync(join(cwd, "a.ck"));
    bytes[4200] = (bytes[4200] ?? 0) ^ 8;
    writeFileSync(join(cwd, "a.ck"), bytes);
    const { code, stderr } = resume();
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/cannot be resumed: it is damaged at byte 4096: /),
    ]);
    expect(resume(["--json"]).stdout).toMatch(/"status": "refused"/);
    writeFileSync(join(cwd, "a.ck"), "spec a\n");
    expect(resume().stderr).toMatch(/it is no checkpoint of Weft/);
  });
});

test("no file but a checkpoint is replaced, and none is left behind", () => {
  withFiles({ "a.weft": spec }, (cwd) => {
    const over = weft(["check", "a.weft", "--checkpoint", "a.weft"], { cwd });
    expect([over.code, over.stderr]).toEqual([
      1,
      "error[checkpoint-unwritable]: `a.weft` cannot be written: there is a file of that name already, which is no checkpoint\n",
    ]);
    expect(readFileSync(join(cwd, "a.weft"), "utf8")).toBe(spec);
    const nowhere = weft(["check", "a.weft", "--checkpoint", "no/a.ck"], { cwd });
    expect([nowhere.code, nowhere.stderr]).toEqual([
      1,
      expect.stringMatching(/`no\/a.ck` cannot be written: there is no such file or folder/),
    ]);
    expect(weft(["check", "a.weft", "--checkpoint", "a.ck", "-q"], { cwd }).code).toBe(12);
    expect(readdirSync(cwd).sort()).toEqual(["a.ck", "a.weft"]);
  });
});

test.each<[readonly string[], string]>([
  [
    ["a.weft", "b.weft", "--checkpoint", "c"],
    "--checkpoint is about the search of one spec; check them one by one",
  ],
  [
    ["a.weft", "--resume", "c", "--engine", "spin"],
    "--resume does not go with --engine: only a search by Weft itself can be gone on with",
  ],
  [
    ["a.weft", "--checkpoint", "c", "--freeze"],
    "--checkpoint does not go with --freeze or --frozen, which search several times",
  ],
  [
    ["a.weft", "--checkpoint", "c", "--backend", "interpreter"],
    "--checkpoint does not go with --backend interpreter: its states have no form that outlives the program",
  ],
  [["a.weft", "--checkpoint-every", "5s"], "--checkpoint-every goes with --checkpoint or --resume"],
])("%j is misuse", (args, why) => {
  expect(weft(["check", ...args])).toEqual({ code: 1, stdout: "", stderr: `${why}\n` });
});

test("of two that go on in one file the later keeps it, the other says so and searches on", {
  timeout: 120_000,
}, async () => {
  await withFilesAsync({ "a.weft": classic.replace("= 3 ", "= 8 ") }, async (cwd) => {
    weft(["check", "a.weft", "--max-states", "1000", "--checkpoint", "a.ck"], { cwd });
    const resume = ["check", "a.weft", "--resume", "a.ck", "--json"];
    const often = [...resume, "--checkpoint-every", "0.05s"];
    const file = join(cwd, "a.ck");
    const before = statSync(file).size;
    const first = started(often, { cwd });
    // The first is in the middle of its search when the second comes.
    while (statSync(file).size <= before) await setTimeout(5);
    const [lost, kept] = await Promise.all([first, started(often, { cwd })]);
    expect([lost.code, kept.code]).toEqual([1, 0]);
    expect(lost.stderr).toMatch(
      /^resumed at [\d,]+ states\ncannot write a\.ck: another program keeps its search in it now; the search goes on without\n$/,
    );
    expect(kept.stderr).toMatch(/^resumed at [\d,]+ states\n$/);
    const again = weft(resume, { cwd });
    expect(again.stderr).toBe("resumed at 1,745,408 states\n");
    expect(verdict(again)).toEqual(verdict(kept));
    expect(readdirSync(cwd).sort()).toEqual(["a.ck", "a.weft"]);
  });
});

test("Ctrl-C keeps the search and says so", async () => {
  await withFilesAsync({}, async (cwd) => {
    const file = join(cwd, "a.ck");
    const large = classic.replace("= 3 ", "= 9 ");
    const ran = await interrupted(large, 1500, [
      "check",
      "-",
      "--checkpoint",
      file,
      "--memory",
      "2G",
    ]);
    expect(ran.code).toBe(130);
    expect(ran.stderr).toMatch(/states are kept, and --resume .*a\.ck goes on from there\n$/);
    const on = weft(["check", "-", "--resume", file, "--max-states", "1"], { input: large });
    expect([on.code, on.stderr]).toEqual([
      152,
      expect.stringMatching(/^resumed at [\d,]+ states\n/),
    ]);
  });
});
