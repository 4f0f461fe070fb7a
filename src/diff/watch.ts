// Keeps a pass within its limits: pauses it now and then, and ends it when the time, the memory or somebody's patience is out.

import type { Limit } from "../checker/exploration.ts";
import type { Progress } from "../checker/explore.ts";
import type { PairProgress } from "./behaviours/inclusion.ts";
import type { DifferenceOptions } from "./options.ts";

/** What a pass came to, or why it was ended before. */
export type Watched<R> =
  | { readonly kind: "done"; readonly value: R }
  | { readonly kind: "stopped"; readonly by: Limit };

/** Between two reports of progress. */
const PAUSE_MILLISECONDS = 100;

/** Watches over one pass after the other; all of them share the time. */
export class Watch {
  private readonly options: DifferenceOptions;
  private readonly started: number;
  private paused: number;

  constructor(options: DifferenceOptions) {
    this.options = options;
    this.started = options.now();
    this.paused = this.started;
  }

  /** Runs a pass; `progress` says how far it is, from what it gives at a pause. */
  *over<P, R>(
    pass: Generator<P, R, void>,
    progress: (pause: P) => PairProgress,
  ): Generator<Progress, Watched<R>, void> {
    const { options } = this;
    for (let next = pass.next(); ; next = pass.next()) {
      if (next.done === true) return { kind: "done", value: next.value };
      const now = options.now();
      const elapsedSeconds = (now - this.started) / 1000;
      const { pairs, open, bytes } = progress(next.value);
      if (elapsedSeconds > options.timeLimitSeconds) return { kind: "stopped", by: "time-limit" };
      if (bytes > options.memoryBytes) return { kind: "stopped", by: "memory" };
      if (now - this.paused < PAUSE_MILLISECONDS) continue;
      this.paused = now;
      yield { states: pairs, transitions: 0, depth: 0, frontier: open, elapsedSeconds };
      if (options.interrupted()) return { kind: "stopped", by: "interrupted" };
    }
  }
}
