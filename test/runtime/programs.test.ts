// Child processes: lines as they come, ends of every kind, and nothing left running.

import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { findProgram, type ProgramRun, runProgram } from "../../src/runtime/programs.ts";

function shell(script: string, settings: Partial<ProgramRun> = {}): ReturnType<typeof runProgram> {
  return runProgram({
    program: "sh",
    args: ["-c", script],
    folder: tmpdir(),
    signal: new AbortController().signal,
    timeLimitSeconds: 60,
    ...settings,
  });
}

test("the output, by lines too, and the exit code", async () => {
  const lines: string[] = [];
  const onLine: ProgramRun["onLine"] = (line, stream) => lines.push(`${stream}: ${line}`);
  const end = await shell("echo one; echo bad >&2; sleep 0.1; printf two; exit 3", { onLine });
  expect(end).toMatchObject({ kind: "ended", code: 3, stdout: "one\ntwo", stderr: "bad\n" });
  expect(lines.toSorted()).toEqual(["stderr: bad", "stdout: one", "stdout: two"]);
});

test("a program that is not there is missing", async () => {
  expect(await shell("", { program: "no-such-program" })).toEqual({ kind: "missing" });
  expect(await findProgram("no-such-program")).toBeNull();
  expect(await findProgram("sh")).toMatch(/\/sh$/);
});

test("a signal that ends it by itself is told", async () => {
  expect(await shell("kill -9 $$")).toMatchObject({ kind: "ended", code: null, signal: "SIGKILL" });
});

for (const by of ["abort", "time-limit"] as const) {
  test(`stopped by ${by}, it ends with all that it started`, async () => {
    const controller = new AbortController();
    let child = "";
    const end = await shell("sleep 60 & echo $!; wait", {
      signal: controller.signal,
      timeLimitSeconds: by === "abort" ? 60 : 0.5,
      onLine: (line) => {
        child = line;
        if (by === "abort") controller.abort();
      },
    });
    expect(end).toMatchObject({ kind: "stopped", by });
    for (let tries = 0; tries < 100 && running(child); tries += 1) await wait(20);
    expect(running(child)).toBe(false);
  });
}

test("what was stopped beforehand is not started", async () => {
  const end = await shell("echo started", { signal: AbortSignal.abort() });
  expect(end).toEqual({ kind: "stopped", by: "abort", stdout: "" });
});

test("peak memory is that of the program, where the system tells", async () => {
  const end = await shell("x=$(head -c 30000000 /dev/zero | tr '\\0' x); sleep 0.2; echo done");
  if (!existsSync("/proc/self/status")) return;
  expect(end.kind === "ended" ? end.peakBytes : 0).toBeGreaterThan(2 ** 20);
});

/** Whether a process runs; one that has ended and waits to be buried does not. */
function running(pid: string): boolean {
  try {
    process.kill(Number(pid), 0);
  } catch {
    return false;
  }
  return true;
}
