// The process that compares specs for a long run: asked for a seed at a time, it answers with the comparison, or with the
// smallest spec that shows a difference. If it dies or hangs, only that seed is lost.

import type { Engine } from "../../src/engines/engine.ts";
import { type CompareOptions, type Comparison, compareEngines } from "./differential.ts";
import { smallest } from "./differential-shrink.ts";
import { specOf } from "./random-variants.ts";

export type Task =
  | { readonly kind: "compare"; readonly seed: number }
  | {
      readonly kind: "shrink";
      readonly seed: number;
      readonly engine: string;
      readonly signature: string;
      readonly seconds: number;
    };

export type Answer =
  | { readonly kind: "compared"; readonly comparison: Comparison }
  /** The files of the smallest spec by path, null if the difference was not seen again. */
  | {
      readonly kind: "shrunk";
      readonly files: readonly (readonly [string, string])[] | null;
      readonly message: string;
    };

/** Answers tasks until the parent goes away. */
export function serve(engines: readonly Engine[]): void {
  const stop = new AbortController();
  const options: CompareOptions = { tlc: null, signal: stop.signal, interpreter: true };
  process.on("message", (task: Task) => {
    perform(task, engines, options).then(
      (answer) => process.connected && process.send?.(answer),
      (error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
        process.exit(1);
      },
    );
  });
  // Ctrl-C reaches the whole group; the parent says when to stop.
  process.on("SIGINT", () => {});
  process.once("disconnect", () => stop.abort());
  process.once("SIGTERM", () => {
    stop.abort();
    if (process.connected) process.disconnect();
  });
}

async function perform(
  task: Task,
  engines: readonly Engine[],
  options: CompareOptions,
): Promise<Answer> {
  const spec = specOf(task.seed);
  if (task.kind === "compare") {
    return { kind: "compared", comparison: await compareEngines(spec, engines, options) };
  }
  const engine = engines.find(({ name }) => name === task.engine) ?? "interpreter";
  const small = await smallest(spec, engine, task.signature, options, task.seconds);
  return {
    kind: "shrunk",
    files: small === null ? null : [...small.spec.files],
    message: small?.comparison.message ?? "not seen again",
  };
}
