// A run of the built program that is killed in the middle of its work, without a warning.

import { spawn } from "node:child_process";
import { join } from "node:path";
import { root } from "./cli.ts";

/** Runs `weft` and kills it after so many milliseconds. Answers whether it was killed, and not done before. */
export function killed(
  args: readonly string[],
  cwd: string,
  milliseconds: number,
): Promise<boolean> {
  return new Promise((settle, fail) => {
    const child = spawn(process.execPath, [join(root, "dist/cli.js"), ...args], {
      cwd,
      stdio: "ignore",
    });
    const timer = setTimeout(() => child.kill("SIGKILL"), milliseconds);
    child.on("error", fail);
    child.on("close", (_, signal) => {
      clearTimeout(timer);
      settle(signal === "SIGKILL");
    });
  });
}
