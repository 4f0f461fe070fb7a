// The computer that the figures are of.

import { spawnSync } from "node:child_process";
import { cpus, loadavg, totalmem } from "node:os";

export interface Computer {
  readonly processor: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly node: string;
  /** Processes that wanted to run when the measuring began, on average over a minute. */
  readonly load: number;
  /** What a Node that does nothing takes. */
  readonly bareBytes: number;
}

export function thisComputer(): Computer {
  const all = cpus();
  return {
    processor: all[0]?.model.trim() ?? "unknown processor",
    cores: all.length,
    memoryBytes: totalmem(),
    node: process.version,
    load: loadavg()[0] ?? 0,
    bareBytes: bareBytes(),
  };
}

function bareBytes(): number {
  const script = "process.stdout.write(String(process.resourceUsage().maxRSS * 1024))";
  return Number(spawnSync(process.execPath, ["-e", script], { encoding: "utf8" }).stdout);
}
