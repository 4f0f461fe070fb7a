// A long run: seeds through the pool of workers, troubles sorted and made small, counts kept as the run goes.

import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { type Comparison, STATE_LIMIT } from "./differential.ts";
import { addTo, describeGroups, type Group, sortIn } from "./random-findings.ts";
import type { Pool } from "./random-pool.ts";
import { counted, type EngineRuns, merged, type RandomResults, resumed } from "./random-results.ts";

/** Shrunk examples of each kind of trouble. */
const EXAMPLES = 2;
/** More translations refused than this is not "very rare". */
const REFUSED_SHARE = 0.02;
/** A worker that does not answer has hung: more than all engines may take together. */
const COMPARE_SECONDS = 300;
const TELL_MILLISECONDS = 20_000;
/** Ctrl-C reaches the workers too, and may reach them first. */
const STOP_MILLISECONDS = 300;

export interface RunOptions {
  readonly seeds: readonly number[];
  /** Names of the engines beside Weft's own. */
  readonly engines: readonly string[];
  readonly shrinkSeconds: number;
  /** Where the counts are kept; null: nowhere. */
  readonly json: string | null;
}

/** What goes on while a run runs. */
interface Running {
  readonly options: RunOptions;
  readonly pool: Pool;
  readonly signal: AbortSignal;
  readonly groups: Map<string, Group>;
  /** What the file had before. */
  readonly kept: RandomResults | null;
  /** Comparisons that came in before those of seeds in front of them. */
  readonly early: Map<number, Comparison>;
  readonly started: number;
  /** Counts of the seeds in their order, as far as all are known. */
  entries: readonly EngineRuns[];
  done: number;
  inOrder: number;
  told: number;
}

/** Tries all seeds and tells what it finds; true if all is well. */
export async function longRun(
  options: RunOptions,
  pool: Pool,
  signal: AbortSignal,
): Promise<boolean> {
  const running = begin(options, pool, signal);
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < options.seeds.length && !signal.aborted) {
      const seed = options.seeds[next] as number;
      next += 1;
      await trySeed(running, seed);
      tell(running, false);
    }
  };
  await Promise.all(Array.from({ length: pool.size }, work));
  tell(running, true);
  return report(running);
}

function begin(options: RunOptions, pool: Pool, signal: AbortSignal): Running {
  const { json, seeds } = options;
  const there = json !== null && existsSync(json);
  const kept = there ? (JSON.parse(readFileSync(json, "utf8")) as RandomResults) : null;
  const entries = ["interpreter", ...options.engines].map((engine) =>
    resumed(kept, engine, seeds[0] ?? 0, STATE_LIMIT),
  );
  const now = performance.now();
  return {
    ...{ options, pool, signal, groups: new Map(), kept, early: new Map() },
    ...{ started: now, entries, done: 0, inOrder: 0, told: now },
  };
}

async function trySeed(running: Running, seed: number): Promise<void> {
  const { pool, groups, signal } = running;
  const outcome = await pool.perform({ kind: "compare", seed }, COMPARE_SECONDS);
  if (outcome.kind !== "compared") {
    await sleep(STOP_MILLISECONDS);
    if (signal.aborted) return;
    const reason = outcome.kind === "lost" ? outcome.reason : "an answer to another question";
    addTo(groups, seed, { engine: "all", outcome: "lost", signature: reason, message: reason });
    say(`seed ${seed}: ${reason}`);
    count(running, seed, lost(running, reason));
    return;
  }
  if (signal.aborted) return;
  count(running, seed, outcome.comparison);
  for (const group of sortIn(groups, seed, outcome.comparison)) {
    if (group.seeds.length === 1) say(`seed ${seed}: ${group.engine}: ${group.message}`);
    if (group.seeds.length <= EXAMPLES) await showSmall(running, group, seed);
  }
}

/** A spec whose worker was lost has failed with each engine. */
function lost({ entries }: Running, reason: string): Comparison {
  const failed = { outcome: "failed", message: reason, signature: reason, seconds: 0 } as const;
  const engines = entries.map(({ engine }) => ({ engine, version: "", flags: [], ...failed }));
  return { kind: "compared", states: 0, violated: false, engines };
}

/** Counts a comparison in, and those behind it that have waited for it. */
function count(running: Running, seed: number, comparison: Comparison): void {
  const { early, options } = running;
  running.done += 1;
  early.set(seed, comparison);
  const date = new Date().toISOString().slice(0, 10);
  while (running.inOrder < options.seeds.length) {
    const front = options.seeds[running.inOrder] as number;
    const next = early.get(front);
    if (next === undefined) break;
    early.delete(front);
    running.inOrder += 1;
    running.entries = running.entries.map((entry) => counted(entry, next, date));
  }
}

async function showSmall({ options, pool }: Running, group: Group, seed: number): Promise<void> {
  const seconds = options.shrinkSeconds;
  if (seconds === 0) return;
  const { engine, signature, outcome: kind } = group;
  const title = `---- seed ${seed}: ${engine} ${kind}: ${signature}`;
  const task = { kind: "shrink", seed, engine, signature, seconds } as const;
  const outcome = await pool.perform(task, seconds + COMPARE_SECONDS);
  if (outcome.kind !== "shrunk" || outcome.files === null) {
    const why = outcome.kind === "lost" ? outcome.reason : "it was not seen again";
    say(`${title}\n(${why})\n----`);
    return;
  }
  const texts = outcome.files.map(([path, text]) => `// ${path}\n${text.trimEnd()}`);
  say([title, outcome.message, ...texts, "----"].join("\n"));
}

// ---------------------------------------------------------------- telling

/** Now and then (or at the end): the progress, and the counts so far to their file. */
function tell(running: Running, end: boolean): void {
  const { options, entries, kept, started, done, inOrder } = running;
  const now = performance.now();
  const due = end || now - running.told > TELL_MILLISECONDS;
  if (due) {
    running.told = now;
    if (options.json !== null) keep(options.json, merged(kept, entries));
  }
  if (!due && !process.stderr.isTTY) return;
  const total = options.seeds.length;
  const rate = done / ((now - started) / 1000);
  const wrong = entries.map(
    ({ engine, disagreements, failed, refused }) =>
      `${engine} ${disagreements} wrong ${failed} failed ${refused} refused`,
  );
  const line = [
    `${done} of ${total}, ${rate.toFixed(2)} a second,`,
    `${Math.ceil((total - done) / rate / 60)} min left; ${wrong.join(", ")};`,
    inOrder < total ? `go on with --seed ${options.seeds[inOrder]}` : "all done",
  ].join(" ");
  process.stderr.write(process.stderr.isTTY && !end ? `\r\u001b[K${line}` : `${line}\n`);
}

function keep(path: string, results: RandomResults): void {
  // Never half a file, whenever the run is stopped.
  writeFileSync(`${path}.new`, `${JSON.stringify(results, null, 2)}\n`);
  renameSync(`${path}.new`, path);
}

/** What it came to; true if all is well. */
function report({ groups, entries, signal }: Running): boolean {
  for (const line of describeGroups(groups)) say(line);
  for (const entry of entries) say(describeRuns(entry));
  const often = entries.filter(({ refused, runs }) => refused > REFUSED_SHARE * runs);
  for (const { engine } of often) say(`${engine}: too many translations refused`);
  const wrong = [...groups.values()].some(({ outcome }) => outcome !== "refused");
  return !wrong && often.length === 0 && !signal.aborted;
}

function describeRuns(entry: EngineRuns): string {
  const { engine, version, firstSeed, specs, invalid, cut, runs, violated, states } = entry;
  return [
    `${engine}${version === "" ? "" : ` ${version}`}: ${specs} specs from seed ${firstSeed},`,
    `${invalid} invalid, ${cut} with over ${entry.stateLimit} states, ${runs} runs`,
    `(${violated} specs with violations, ${states} states): ${entry.disagreements} disagreements,`,
    `${entry.failed} failed, ${entry.refused} refused, ${entry.seconds.toFixed(0)} s`,
  ].join(" ");
}

function say(text: string): void {
  process.stdout.write(`${process.stderr.isTTY ? "\r\u001b[K" : ""}${text}\n`);
}
