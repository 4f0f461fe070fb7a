// Options that several commands share, and how their values are read.

import { type Command, InvalidArgumentError, Option } from "commander";
import type { Wish } from "../checker/reduction.ts";
import type { ColorMode } from "./console.ts";

export interface CompileOptions {
  readonly set: ReadonlyMap<string, string>;
  readonly fold: boolean;
  readonly reset: boolean;
  readonly color: ColorMode;
  readonly lint?: boolean;
}

/** `typescript` is what `js` was called first. */
export type Backend = "auto" | "js" | "wasm" | "interpreter" | "typescript";

export interface ResourceLimits {
  /** Bytes. */
  readonly memory?: number;
  /** Seconds. */
  readonly timeLimit?: number;
}

export interface SearchLimits extends ResourceLimits {
  readonly maxStates?: number;
}

export interface CheckOptions extends CompileOptions, SearchLimits {
  /** The folder for states that are too many for the memory. */
  readonly spill?: string;
  /** Threads that search; one for each core if it is not there. */
  readonly workers?: number;
  readonly first?: boolean;
  readonly fewestSwitches?: boolean;
  readonly backend: Backend;
  /** Look for the fewest switches on the ways to covers too. */
  readonly refineCovers?: boolean;
  readonly quiet?: boolean;
  readonly json?: boolean;
  /** Say what the search is made of. */
  readonly profile?: boolean;
  /** The reductions that the command wishes for, if it may use any. */
  readonly reduce?: ReductionWishes;
}

export interface ReductionWishes {
  readonly symmetry: Wish;
  readonly por: Wish;
}

/** What `--symmetry`, `--por` and their opposites come to: without any, reductions are for large searches. */
export interface ReductionOptions {
  readonly symmetry?: boolean;
  readonly por?: boolean;
}

/** `--symmetry`, `--no-symmetry`, `--por`, `--no-por`. */
export function withReductions(command: Command): Command {
  return command
    .option(
      "--symmetry",
      "take states that differ in names of symmetric values for one from the first state on, not only in large searches",
    )
    .option("--no-symmetry", "never do so")
    .option(
      "--por",
      "leave out orders of independent steps from the first state on, not only in large searches",
    )
    .option("--no-por", "never do so");
}

export function wishesOf({ symmetry, por }: ReductionOptions): ReductionWishes {
  return { symmetry: wishOf(symmetry), por: wishOf(por) };
}

function wishOf(option: boolean | undefined): Wish {
  if (option === undefined) return "when-large";
  return option ? "at-once" : "never";
}

/** `--set`, `--no-fold`, `--no-reset`, `--color`. */
export function withCompileOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--set <param=value>", "give a param a value (repeat for several)")
        .argParser(addSetting)
        .default(new Map(), "its default"),
    )
    .option("--no-fold", "keep local work apart: the same verdicts, more states")
    .option("--no-reset", "keep dead locals: the same verdicts, more states")
    .addOption(colorOption());
}

/** `--lint`, for commands that show what is remarkable in a spec that is in order. */
export function withLint(command: Command): Command {
  return command.option(
    "--lint",
    "also point at steps that real code can seldom take at one instant",
  );
}

/** `--backend`: which machine runs. */
export function withBackend(command: Command): Command {
  return command.addOption(
    new Option(
      "--backend <which>",
      "what takes the steps; auto begins with js and goes on with wasm if there are many",
    )
      .choices(["auto", "js", "wasm", "interpreter", "typescript"])
      .default("auto"),
  );
}

/** What a search may use up, and which machine it runs on. */
export function withSearchOptions(command: Command): Command {
  const limited = command.option("--max-states <n>", "stop after this many states", parseCount);
  return withBackend(withResourceLimits(limited)).option(
    "--workers <n>",
    "threads that search together if there are many states (default: one for each core)",
    parseWorkers,
  );
}

/** `--memory`, `--time-limit`. */
export function withResourceLimits(command: Command): Command {
  return command
    .option("--memory <size>", "stop before the search takes more, such as 512M or 8G", parseSize)
    .option("--time-limit <time>", "stop after this time, such as 30s or 5m", parseTime);
}

/** `--fewest-switches`, for commands that show traces. */
export function withFewestSwitches(command: Command): Command {
  return command.option(
    "--fewest-switches",
    "counterexamples with the fewest context switches of all",
  );
}

/** `--json`, `--quiet`. */
export function withOutputOptions(command: Command, quiet = "only the last line"): Command {
  return command
    .option("--json", "one JSON document on standard output")
    .option("-q, --quiet", `${quiet}, and no progress`);
}

/** `--traces`. */
export function tracesOption(): Option {
  return new Option("--traces <how>", "how counterexamples are shown")
    .choices(["columns", "text"])
    .default("columns");
}

export function colorOption(): Option {
  return new Option("--color <when>", "colour the output")
    .choices(["auto", "always", "never"])
    .default("auto");
}

function addSetting(text: string, known: ReadonlyMap<string, string>): Map<string, string> {
  const match = /^(\w+)=(.*)$/s.exec(text);
  if (match === null) throw new InvalidArgumentError("write it as name=value.");
  const [, name = "", value = ""] = match;
  return new Map([...known, [name, value.trim()]]);
}

/** `--vary`, with what it does here, and what is so without it. */
export function varyOption(what: string, otherwise = "as --set says"): Option {
  return new Option("--vary <param=value,...>", what)
    .argParser(addVariation)
    .default(new Map(), otherwise);
}

/** `--vary P=v,v`, repeated. */
function addVariation(
  text: string,
  known: ReadonlyMap<string, readonly string[]>,
): Map<string, readonly string[]> {
  const match = /^(\w+)=(.+)$/s.exec(text);
  if (match === null) throw new InvalidArgumentError("write it as name=value,value.");
  const [, name = "", list = ""] = match;
  if (known.has(name)) {
    throw new InvalidArgumentError(
      `${name} varies already: write all its values behind one --vary.`,
    );
  }
  const values = list.split(",").map((value) => value.trim());
  if (values.includes("")) throw new InvalidArgumentError("write a value between commas.");
  const range = values.find((value) => /^-?\d+\s*\.\./.test(value));
  if (range !== undefined)
    throw new InvalidArgumentError(`write ${range} as single values, like 1,2,3.`);
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  if (twice !== undefined) throw new InvalidArgumentError(`${name}=${twice} is written twice.`);
  return new Map([...known, [name, values]]);
}

/** A path of a file or folder that an option names. */
export function parsePath(text: string): string {
  if (text === "") throw new InvalidArgumentError("write a path.");
  return text;
}

/** Values of a repeatable option. */
export function addValue(text: string, known: readonly string[]): readonly string[] {
  return [...known, text];
}

export function parseCount(text: string): number {
  const digits = text.replaceAll("_", "");
  if (!/^[1-9]\d*$/.test(digits)) throw new InvalidArgumentError("write a whole number above 0.");
  return Number(digits);
}

/** More of them only wait for each other. */
const MOST_WORKERS = 32;

function parseWorkers(text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || count < 1 || count > MOST_WORKERS) {
    throw new InvalidArgumentError(`write a whole number from 1 to ${MOST_WORKERS}.`);
  }
  return count;
}

const sizes: Readonly<Record<string, number>> = { "": 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30 };

function parseSize(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*([KMG]?)(?:i?B)?$/i.exec(text);
  const unit = sizes[match?.[2]?.toUpperCase() ?? ""];
  const size = Number(match?.[1]) * (unit ?? Number.NaN);
  if (!(size > 0)) throw new InvalidArgumentError("write a size in K, M or G, such as 512M.");
  return size;
}

const times: Readonly<Record<string, number>> = { "": 1, s: 1, m: 60, h: 3600 };

export function parseTime(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*([smh]?)$/.exec(text);
  const seconds = Number(match?.[1]) * (times[match?.[2] ?? ""] ?? Number.NaN);
  if (!(seconds > 0)) throw new InvalidArgumentError("write a time in s, m or h, such as 30s.");
  return seconds;
}
