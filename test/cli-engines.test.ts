// The built program and other model checkers: translations on the command line, checks by SPIN and rumur where they are,
// and what is left when one is stopped.

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { rumur } from "../src/engines/rumur.ts";
import { spin } from "../src/engines/spin.ts";
import { root, weft, withFiles } from "./support/cli.ts";
import { engineTest } from "./support/engines.ts";

const lostUpdate = "specs/classics/lost-update.weft";
const peterson = "specs/classics/peterson.weft";

// ---------------------------------------------------------------- emit

const notations = [
  ["tla", /^[\s\S]*MODULE lost_update[\s\S]*Next ==/, ["lost_update.cfg", "lost_update.tla"]],
  ["promela", /^\/\*[\s\S]*d_step/, ["lost_update.pml"]],
  ["murphi", /^--[\s\S]*startstate/, ["lost_update.m"]],
] as const;

test.each(notations)("emit %s writes to standard output, or into a folder", (name, look, files) => {
  const { code, stdout, stderr } = weft(["emit", name, lostUpdate]);
  expect([code, stdout]).toEqual([0, expect.stringMatching(look)]);
  expect(stderr).toMatch(files.length > 1 ? /-o FOLDER writes all of them/ : /^$/);
  withFiles({}, (folder) => {
    const into = join(folder, "new");
    const wrote = weft(["emit", name, lostUpdate, "-o", into]);
    expect([wrote.code, wrote.stdout]).toEqual([0, ""]);
    expect(readdirSync(into).sort()).toEqual(files);
    const told = wrote.stderr.trimEnd().split("\n").sort();
    expect(told).toEqual(files.map((file) => `wrote ${join(into, file)}`));
    const main = files.find((file) => !file.endsWith(".cfg")) ?? "";
    expect(readFileSync(join(into, main), "utf8")).toBe(stdout);
  });
});

test("emit gives params their values, and tells which names it had to change", () => {
  const input = "spec s\nparam TOP: 1..9 = 3\nvar byte: 0..TOP = 0\nprocess p { byte := TOP }\n";
  const { code, stdout, stderr } = weft(["emit", "promela", "-", "--set", "TOP=7"], { input });
  expect(code).toBe(0);
  expect(stdout).toContain("7");
  expect(stderr).toBe("`byte` is `byte_` in Promela\n");
});

engineTest(
  "a swarm runs, and never says that all holds",
  [spin],
  () => {
    withFiles({}, (folder) => {
      expect(weft(["emit", "promela", peterson, "--swarm", "2", "-o", folder]).code).toBe(0);
      const script = join(folder, "peterson.swarm.sh");
      const { status, stdout } = spawnSync("sh", [script, "1", "20"], { encoding: "utf8" });
      expect([status, stdout]).toEqual([0, expect.stringMatching(/did not see every state/)]);
    });
  },
  { timeout: 180_000 },
);

test("emit knows its notations", () => {
  expect(weft(["emit", "tla", peterson, "--swarm", "2"]).code).toBe(1);
  expect(weft(["emit", "promla", lostUpdate])).toMatchObject({
    ...{ code: 1, stdout: "" },
    stderr: "there is no notation `promla`: did you mean `promela`?\n",
  });
  expect(weft(["emit", "murphi", lostUpdate, "--no-fold"]).code).toBe(1);
  expect(weft(["emit", "murphi", "none.weft"]).code).toBe(1);
});

// ---------------------------------------------------------------- checks

const missing = { PATH: join(root, "test") };

test.each(["spin", "rumur"])("%s that is not there is named, with how to get it", (engine) => {
  const { code, stdout, stderr } = weft(["check", "--engine", engine, lostUpdate], {
    env: missing,
  });
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toMatch(/^error\[engine-missing\]: .* is not installed\n {2}hint: .*apt/);
});

for (const engine of [spin, rumur]) {
  engineTest(`${engine.name} checks like Weft`, [engine], () => {
    const violated = weft(["check", "--engine", engine.name, lostUpdate]);
    expect(violated.code).toBe(12);
    expect(violated.stdout).toMatch(/CPU0 \(cpu\[1\]\) +CPU1 \(cpu\[2\]\)/);
    expect(violated.stdout).toMatch(/none_lost violated[\s\S]*12 distinct states, 14 transitions/);
    expect(violated.stdout).toMatch(/\nchecked by [^\n]* exhaustive search/);
    const { code, stdout } = weft(["check", "--engine", engine.name, "--json", peterson]);
    expect([code, JSON.parse(stdout)]).toMatchObject([0, { status: "holds", exhaustive: true }]);
  });
}

engineTest("all agree", [spin, rumur], () => {
  const { code, stdout } = weft(["check", "--engine", "all", peterson], { env: { WEFT_TLC: "" } });
  expect(code).toBe(0);
  expect(stdout).toMatch(/\nWeft, interpreter, SPIN and rumur agree\neverything holds\n$/);
});

const program = join(root, "dist/cli.js");

/** Runs weft with programs that are not what they are called, and a place for temporary folders. */
function slowEngine(folder: string, script: string): ReturnType<typeof spawn> {
  for (const name of ["bin", "tmp"]) mkdirSync(join(folder, name));
  for (const [name, text] of [
    ["rumur", script],
    ["gcc", "#!/bin/sh\n"],
  ] as const) {
    writeFileSync(join(folder, "bin", name), text, { mode: 0o755 });
  }
  const env = {
    ...process.env,
    PATH: `${join(folder, "bin")}:${process.env["PATH"] ?? ""}`,
    TMPDIR: join(folder, "tmp"),
    NOTE: join(folder, "pid"),
  };
  return spawn(process.execPath, [program, "check", "--engine", "rumur", lostUpdate], {
    cwd: root,
    env,
    stdio: "ignore",
  });
}

/** The process that the script says it is. */
async function noted(folder: string): Promise<number> {
  const note = join(folder, "pid");
  for (;;) {
    const text = existsSync(note) ? readFileSync(note, "utf8") : "";
    if (text.endsWith("\n")) return Number(text);
    await setTimeout(20);
  }
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)("%s ends an engine too, and nothing of it stays behind", async (signal, code) => {
  const folder = mkdtempSync(join(tmpdir(), "weft-test-"));
  try {
    const child = slowEngine(folder, '#!/bin/sh\necho $$ > "$NOTE"\nexec sleep 100\n');
    const ended = once(child, "close");
    const pid = await noted(folder);
    expect([runs(pid), readdirSync(join(folder, "tmp")).length]).toEqual([true, 1]);
    child.kill(signal);
    expect(await ended).toEqual([code, null]);
    while (runs(pid)) await setTimeout(20);
    expect(readdirSync(join(folder, "tmp"))).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
