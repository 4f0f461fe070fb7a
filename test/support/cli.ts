// Runs the built program as a user does, in a folder of its own.

import { execFile, spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

export const root = resolve(import.meta.dirname, "../..");
const program = join(root, "dist/cli.js");

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly input?: string;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs `weft` with arguments; colours are off unless the environment says otherwise. */
export function weft(args: readonly string[], options: RunOptions = {}): Ran {
  const { input = "", cwd = root, env = {} } = options;
  const { FORCE_COLOR: _, NO_COLOR: __, ...inherited } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd,
    input,
    env: { ...inherited, ...env },
    encoding: "utf8",
    timeout: 50_000,
  });
  return { code: status, stdout, stderr };
}

/** Gives a fresh folder with these files to a test, and removes it afterwards. */
export function withFiles<T>(
  files: Readonly<Record<string, string>>,
  use: (folder: string) => T,
): T {
  const folder = folderOf(files);
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** As `withFiles`, for tests that wait. */
export async function withFilesAsync<T>(
  files: Readonly<Record<string, string>>,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = folderOf(files);
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "weft-"));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

/** As `weft`, beside others. */
export function started(args: readonly string[], { cwd = root }: RunOptions): Promise<Ran> {
  return new Promise((settle) => {
    execFile(process.execPath, [program, ...args], { cwd }, (error, stdout, stderr) => {
      const code = error === null ? 0 : Number(error.code ?? -1);
      settle({ code, stdout, stderr });
    });
  });
}

/** Checks a spec from standard input (or does something else with it) and sends Ctrl-C after a while. */
export function interrupted(
  spec: string,
  milliseconds: number,
  args: readonly string[] = ["check", "-"],
): Promise<Ran> {
  return new Promise((settle, fail) => {
    const child = spawn(process.execPath, [program, ...args], { cwd: root });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.on("error", fail);
    child.on("close", (code) => settle({ code, stdout, stderr }));
    child.stdin.end(spec);
    setTimeout(() => child.kill("SIGINT"), milliseconds);
  });
}
