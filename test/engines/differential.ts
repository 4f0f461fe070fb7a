// One random spec through all engines: Weft's generated machine, its interpreter, and the programs outside.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { check } from "../../src/checker/check.ts";
import { finish } from "../../src/checker/explore.ts";
import { interpretedSystem } from "../../src/checker/interpreted-system.ts";
import type { Engine, EngineAnswer, EngineSettings } from "../../src/engines/engine.ts";
import type { Machine } from "../../src/machine/machine.ts";
import { checkMachine } from "../../src/pipeline.ts";
import { prepare } from "../support/corpus.ts";
import type { RandomSpec } from "../support/random-spec.ts";
import {
  type Account,
  accountOf,
  accountOfResult,
  describeDifferences,
  differences,
  hasFaults,
} from "./differential-account.ts";

/** Larger state spaces are not compared: most are smaller, and the slower engines stay quick. */
export const STATE_LIMIT = 3_000;

const ENGINE_SECONDS = 60;
const MEBI = 1024 * 1024;

/** What became of a spec. */
export type Comparison =
  /** The compiler does not take it. */
  | { readonly kind: "invalid"; readonly reason: string }
  /** More states than `STATE_LIMIT`. */
  | { readonly kind: "cut" }
  | {
      readonly kind: "compared";
      readonly states: number;
      /** Is anything wrong with the spec, as far as outside engines judge it? */
      readonly violated: boolean;
      readonly engines: readonly EngineComparison[];
    };

export interface EngineComparison {
  /** An engine's name, or `interpreter`. */
  readonly engine: string;
  readonly outcome: "agrees" | "differs" | "refused" | "failed";
  /** What differs, why it was refused, or how it failed; empty if it agrees. */
  readonly message: string;
  /** The same for the same kind of trouble: what the most telling difference is about, without names and figures. */
  readonly signature: string;
  readonly seconds: number;
  readonly version: string;
  readonly flags: readonly string[];
}

export interface CompareOptions {
  readonly tlc: string | null;
  readonly signal: AbortSignal;
  /** Compare the interpreter too. */
  readonly interpreter: boolean;
}

export const PLAIN_COMPARISON: CompareOptions = {
  tlc: null,
  signal: new AbortController().signal,
  interpreter: true,
};

/** Explores the spec with each engine and says who tells it differently from Weft's generated machine. */
export async function compareEngines(
  spec: RandomSpec,
  engines: readonly Engine[],
  options: CompareOptions = PLAIN_COMPARISON,
): Promise<Comparison> {
  const { machine, refusal } = prepare(spec);
  if (machine === null) return { kind: "invalid", reason: refusal ?? "no machine" };
  const exploration = checkMachine(machine, { maxStates: STATE_LIMIT + 1, refine: "none" });
  if (!exploration.complete || exploration.distinctStates > STATE_LIMIT) return { kind: "cut" };
  const weft = accountOf(exploration);
  const compared: EngineComparison[] = [];
  if (options.interpreter) compared.push(interpreterComparison(machine, weft));
  // A step that may fault in several ways is one step for some and several for others.
  const comparable = hasFaults(exploration) ? { ...weft, transitions: null } : weft;
  for (const engine of engines) {
    compared.push(await engineComparison(engine, machine, comparable, options));
  }
  return {
    kind: "compared",
    states: exploration.distinctStates,
    violated: [...weft.verdicts.values()].includes("violated"),
    engines: compared,
  };
}

function interpreterComparison(machine: Machine, weft: Account): EngineComparison {
  const started = performance.now();
  const system = interpretedSystem(machine);
  const slow = finish(check(machine, system, { refine: "none" }));
  return compared("interpreter", weft, accountOf(slow), {
    seconds: (performance.now() - started) / 1000,
    version: "",
    flags: [],
  });
}

async function engineComparison(
  engine: Engine,
  machine: Machine,
  weft: Account,
  options: CompareOptions,
): Promise<EngineComparison> {
  const started = performance.now();
  const answer = await ask(engine, machine, options);
  const seconds = (performance.now() - started) / 1000;
  const failed = (message: string, outcome: "failed" | "refused"): EngineComparison => ({
    ...{ engine: engine.name, outcome, message, signature: `${outcome}: ${withoutNames(message)}` },
    ...{ seconds, version: "", flags: [] },
  });
  if (answer.kind === "failure") {
    const { kind, message, hint } = answer.failure;
    return failed(
      hint === null ? message : `${message}\n${hint}`,
      kind === "refused" ? kind : "failed",
    );
  }
  const { result } = answer;
  if (!result.complete || result.states === null)
    return failed("not explored to the end", "failed");
  return compared(engine.name, weft, accountOfResult(result), {
    seconds,
    version: result.version,
    flags: result.flags,
  });
}

/** The engine's answer, in a folder of its own; whatever it throws is a failure. */
async function ask(
  engine: Engine,
  machine: Machine,
  { tlc, signal }: CompareOptions,
): Promise<EngineAnswer> {
  const folder = await mkdtemp(join(tmpdir(), "weft-random-"));
  const settings: EngineSettings = {
    ...{ folder, tlc, signal, timeLimitSeconds: ENGINE_SECONDS, memoryBytes: 1024 * MEBI },
    ...{ verdictsOnly: true, optimise: "-O0", progress: () => {} },
  };
  try {
    return await engine.check(machine, settings);
  } catch (error) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { kind: "failure", failure: { kind: "failed", message, hint: null } };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function compared(
  engine: string,
  weft: Account,
  other: Account,
  rest: Pick<EngineComparison, "seconds" | "version" | "flags">,
): EngineComparison {
  const found = differences(weft, other);
  const [first] = found;
  if (first === undefined)
    return { engine, outcome: "agrees", message: "", signature: "", ...rest };
  const sense =
    first.name === null && !Number.isNaN(Number(first.weft))
      ? Number(first.weft) < Number(first.other)
        ? "too many"
        : "too few"
      : `${first.other} instead of ${first.weft}`;
  return {
    ...{ engine, outcome: "differs", message: describeDifferences(engine, found) },
    ...{ signature: `${first.about}: ${sense}`, ...rest },
  };
}

/** What a message is about without what differs from spec to spec: its first line that tells of an error. */
function withoutNames(message: string): string {
  const lines = message.split("\n").filter((line) => !/^\*|^Fatal errors/.test(line));
  const telling = /error|exception|unexpected|encountered|conflict|unknown/i;
  return (lines.find((line) => telling.test(line)) ?? lines[0] ?? "")
    .replace(/,? expecting .*/, "")
    .replace(/unexpected [A-Z]+/, "unexpected …")
    .replaceAll(/'[^']*'|`[^`]*`|‘[^’]*’|"[^"]*"/g, "…")
    .replaceAll(/\S*\/\S*/g, "…")
    .replaceAll(/\d+/g, "#")
    .slice(0, 160);
}
