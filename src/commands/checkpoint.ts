// `weft check --checkpoint FILE` and `--resume FILE`: a search that survives the end of the program.

import type { Command } from "commander";
import type { Kept } from "../checker/checkpoint.ts";
import type { Exploration } from "../checker/exploration.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { report } from "../diagnostics/report.ts";
import type { Machine } from "../machine/machine.ts";
import { grouped, limitWords } from "../report/words.ts";
import {
  type CheckpointReader,
  CheckpointWriter,
  mayBeReplaced,
  openCheckpoint,
} from "../runtime/checkpoint-file.ts";
import { takeOver } from "../runtime/checkpoint-owner.ts";
import { fileErrorWords } from "../runtime/file-errors.ts";
import { foreignness, type Identity, identityOf } from "./checkpoint-identity.ts";
import {
  FileKeeper,
  type KeepingRule,
  readKept,
  readSummary,
  type Summary,
} from "./checkpoint-search.ts";
import { remark } from "./console.ts";
import { exitCodes, firstCode } from "./exit-codes.ts";
import { type CheckOptions, parsePath, parseTime } from "./options.ts";
import { type Checked, compileSpec, refused, searchedSpec } from "./run.ts";

export interface CheckpointOptions {
  /** The file to keep the search in. */
  readonly checkpoint?: string;
  /** Seconds. */
  readonly checkpointEvery?: number;
  /** The file to go on with. */
  readonly resume?: string;
}

type Options = CheckOptions & CheckpointOptions;

/** Half a minute, and at most this share of the time, as long as nobody says how often. */
const DEFAULT_RULE: KeepingRule = { everySeconds: 30, share: 0.05 };

/** `--checkpoint`, `--checkpoint-every`, `--resume`. */
export function withCheckpoint(command: Command): Command {
  return command
    .option(
      "--checkpoint <file>",
      "keep the search in this file, so that it can be resumed",
      parsePath,
    )
    .option(
      "--checkpoint-every <time>",
      "so often, such as 5m (default: 30s, or less often where that took more than 5 % of the time)",
      parseTime,
    )
    .option("--resume <file>", "go on with the search in this file, and keep it there", parsePath);
}

/** Is a search to be kept, or gone on with? */
export function usesCheckpoint({ checkpoint, resume }: CheckpointOptions): boolean {
  return checkpoint !== undefined || resume !== undefined;
}

/** Why these options do not go together; null if they do. `given`: was this option on the command line? */
export function checkpointMisuse(
  paths: readonly string[],
  options: Options,
  given: (name: string) => boolean,
): string | null {
  if (!usesCheckpoint(options)) {
    return given("checkpointEvery")
      ? "--checkpoint-every goes with --checkpoint or --resume"
      : null;
  }
  const option = options.resume === undefined ? "--checkpoint" : "--resume";
  if (paths.length > 1) return `${option} is about the search of one spec; check them one by one`;
  const reasons: readonly (readonly [boolean, string])[] = [
    [given("engine"), "--engine: only a search by Weft itself can be gone on with"],
    [given("freeze") || given("frozen"), "--freeze or --frozen, which search several times"],
    [given("spill"), "--spill: states on disk are those of one run"],
    [
      options.backend === "interpreter",
      "--backend interpreter: its states have no form that outlives the program",
    ],
  ];
  const reason = reasons.find(([wrong]) => wrong)?.[1];
  return reason === undefined ? null : `${option} does not go with ${reason}`;
}

/** Compiles and checks a spec, from the start or from where a search was left, and keeps the search meanwhile. */
export async function checkSpecKept(
  path: string,
  options: Options & Required<Pick<Options, "reduce">>,
): Promise<Checked> {
  const { machine, diagnostics } = compileSpec(path, options);
  if (machine === null) return refused(path, diagnostics);
  const identity = identityOf(machine, {
    ...options,
    wishes: options.reduce,
    fewestSwitches: options.fewestSwitches === true,
    stop: options.first === true ? "violation" : "never",
  });
  const begun = begin(machine, identity, options);
  if ("code" in begun) return refused(path, [...diagnostics, begun]);
  const { kept, keeper } = begun;
  if (kept !== null && options.quiet !== true) {
    remark(`resumed at ${grouped(kept.states)} states`);
  }
  try {
    const checked = await searchedSpec(path, diagnostics, machine, options, { kept, keeper });
    if (begun.failure() !== null) {
      return { ...checked, code: firstCode([checked.code, exitCodes.usage]) };
    }
    if (options.quiet !== true) tellWhereKept(checked.result?.exploration ?? null, keeper, options);
    return checked;
  } finally {
    keeper.close();
  }
}

interface Begun {
  readonly kept: Kept | null;
  readonly keeper: FileKeeper;
  /** Why the search could not be kept to its end; null if it could. */
  readonly failure: () => unknown;
}

/** Reads what is to be gone on with, and opens the file to keep the search in. */
function begin(machine: Machine, identity: Identity, options: Options): Begun | Diagnostic {
  const { resume, checkpoint = resume } = options;
  if (resume === undefined) return keeping(machine, identity, options, null, null);
  // Taken before it is read: whoever has it may go on writing until then. Not if it is refused anyway.
  let owner: Buffer | null = null;
  if (resume === checkpoint) {
    const refusal = withSummary(resume, identity, () => null);
    if (refusal !== null) return refusal;
    try {
      owner = takeOver(resume);
    } catch (error) {
      return unwritable(resume, error);
    }
  }
  return withSummary(resume, identity, (reader, summary) => {
    const kept = readKept(reader, summary, machine.sources);
    if ("reason" in kept) return unusable(resume, kept.reason);
    const same = owner === null ? null : { reader, owner };
    return keeping(machine, identity, options, kept, same);
  });
}

/** Opens a file for a while; it must hold a search of this identity. */
function withSummary<R>(
  path: string,
  identity: Identity,
  use: (reader: CheckpointReader, summary: Summary) => R,
): R | Diagnostic {
  const reader = openCheckpoint(path);
  if ("reason" in reader) return unusable(path, reader.reason);
  try {
    const summary = readSummary(reader);
    const foreign = foreignness(summary.identity, identity);
    return foreign === null ? use(reader, summary) : unusable(path, foreign);
  } finally {
    reader.close();
  }
}

/** The file that a search was read from, taken to keep it there. */
interface SameFile {
  readonly reader: CheckpointReader;
  readonly owner: Buffer;
}

/** Opens the file to keep a search in: the one that it was read from, or another. */
function keeping(
  machine: Machine,
  identity: Identity,
  options: Options,
  kept: Kept | null,
  same: SameFile | null,
): Begun | Diagnostic {
  const { resume = "", checkpoint = resume, checkpointEvery } = options;
  let failure: unknown = null;
  try {
    const writer =
      same === null ? newWriter(checkpoint) : CheckpointWriter.after(same.reader, same.owner);
    const keeper = new FileKeeper(writer, same === null ? null : kept, {
      identity,
      sources: machine.sources,
      rule:
        checkpointEvery === undefined ? DEFAULT_RULE : { everySeconds: checkpointEvery, share: 1 },
      now: () => performance.now(),
      onFailure: (error) => {
        failure = error;
        remark(`cannot write ${checkpoint}: ${fileErrorWords(error)}; the search goes on without`);
      },
    });
    return { kept, keeper, failure: () => failure };
  } catch (error) {
    return unwritable(checkpoint, error);
  }
}

function newWriter(path: string): CheckpointWriter {
  if (!mayBeReplaced(path)) {
    throw new Error("there is a file of that name already, which is no checkpoint");
  }
  return CheckpointWriter.create(path);
}

function unusable(path: string, reason: string): Diagnostic {
  const hint = "without --resume the search begins anew";
  return report("checkpoint-unusable", null, { path, reason }, { hint });
}

function unwritable(path: string, error: unknown): Diagnostic {
  return report("checkpoint-unwritable", null, { path, reason: fileErrorWords(error) });
}

/** How a search that ended early can be gone on with. */
function tellWhereKept(
  exploration: Exploration | null,
  { kept }: FileKeeper,
  { checkpoint, resume = "" }: Options,
): void {
  if (exploration === null) return;
  const { complete, stoppedBy } = exploration;
  if (complete || stoppedBy === null || stoppedBy === "first-violation") return;
  const file = checkpoint ?? resume;
  const states = `${grouped(kept)} states`;
  remark(`${limitWords(stoppedBy)}: ${states} are kept, and --resume ${file} goes on from there`);
}
