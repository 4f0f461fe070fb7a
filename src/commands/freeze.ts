// `weft check SPEC --freeze` and `--frozen`: keep the results of a spec beside it, and hold later versions against them.

import { relative, sep } from "node:path";
import { packedStates } from "../checker/packed-states.ts";
import { stateSetHash } from "../checker/state-hash.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { report } from "../diagnostics/report.ts";
import { difference } from "../diff/difference.ts";
import {
  type DriftCause,
  type FrozenCheck,
  type FrozenVectorCheck,
  leadingDrift,
} from "../diff/frozen/check.ts";
import {
  type FrozenFile,
  frozenFile,
  frozenTexts,
  readFrozen,
  writeFrozen,
} from "../diff/frozen/file.ts";
import { driftOf, type FrozenVector, frozenVector } from "../diff/frozen/frozen.ts";
import type { Version } from "../diff/version.ts";
import { drawFrozen, settingsWords } from "../report/frozen.ts";
import { type FrozenFacts, frozenDocument } from "../report/frozen-json.ts";
import { limitWords } from "../report/words.ts";
import { readText, standardInput } from "../runtime/files.ts";
import { version as weft } from "../version.ts";
import { paintFor, print, printDiagnostics, printJson, wroteFile } from "./console.ts";
import {
  codeOfDiagnostics,
  codeOfLimit,
  type ExitCode,
  exitCodes,
  firstCode,
} from "./exit-codes.ts";
import type { CheckOptions, ReductionOptions } from "./options.ts";
import { driven } from "./run.ts";
import { vectorsOf } from "./vectors.ts";
import { exploreVersion } from "./versions.ts";

export interface FreezeOptions {
  readonly freeze?: boolean;
  readonly frozen?: boolean;
  readonly vary: ReadonlyMap<string, readonly string[]>;
}

type Options = CheckOptions & FreezeOptions & ReductionOptions;

/** Why these options do not go together; null if they do. `given`: was this option on the command line? */
export function freezeMisuse(
  paths: readonly string[],
  options: Options,
  given: (name: string) => boolean,
): string | null {
  const { freeze = false, frozen = false } = options;
  if (!freeze && !frozen) {
    return options.vary.size > 0 ? "--vary goes with --freeze or --frozen" : null;
  }
  if (freeze && frozen) return "--freeze and --frozen exclude each other: write, or compare";
  const option = freeze ? "--freeze" : "--frozen";
  const reasons: readonly (readonly [boolean, string])[] = [
    [paths.includes(standardInput), "standard input: the results lie beside the file of a spec"],
    [given("engine"), "--engine: only a search by Weft itself gives all that is frozen"],
    [options.first === true, "--first: only a search of all states gives results that last"],
    [!options.fold, "--no-fold: the counts would be those of another machine"],
    [!options.reset, "--no-reset: the counts would be those of another machine"],
    [options.symmetry === true, "--symmetry: what is frozen comes from a search of all states"],
    [options.por === true, "--por: what is frozen comes from a search of all states"],
    [given("traces"), "--traces: of a drift, `weft diff` tells in its own way"],
    [freeze && options.fewestSwitches === true, "--fewest-switches: it shows no counterexample"],
  ];
  const reason = reasons.find(([wrong]) => wrong)?.[1];
  return reason === undefined ? null : `${option} does not go with ${reason}`;
}

/** Freezes specs, or holds them against what is frozen; gives the program's status. */
export async function checkFrozen(paths: readonly string[], options: Options): Promise<ExitCode> {
  const done: Done[] = [];
  for (const path of paths) {
    const one =
      options.freeze === true ? await freeze(path, options) : await compare(path, options);
    done.push(one);
    if (options.json === true) continue;
    printDiagnostics(one.diagnostics, options.color);
    if (one.check === null) continue;
    if (done.length > 1 && options.quiet !== true) print("");
    const { quiet = false } = options;
    print(drawFrozen(one.check, { paint: paintFor(options.color), quiet, weft }));
  }
  const code = firstCode(done.map((one) => one.code));
  if (options.json === true) printJson(frozenDocument(done, code));
  return code;
}

/** What came of one spec, with what it gives the program as its status. */
type Done = FrozenFacts & { readonly code: ExitCode };

/** `pre-patch.lock.json` for `pre-patch.weft`. */
function lockPath(path: string): string {
  return `${path.replace(/\.weft$/, "")}.lock.json`;
}

async function freeze(path: string, options: Options): Promise<Done> {
  const lock = lockPath(path);
  const vectors: FrozenVectorCheck[] = [];
  const diagnostics: Diagnostic[] = [];
  let last: Version | null = null;
  for (const vector of vectorsOf(options.vary)) {
    const settings = new Map([...options.set, ...vector]);
    const searched = await searchFrozen(path, options, settings);
    if (vectors.length === 0 || searched.found === null) diagnostics.push(...searched.diagnostics);
    if (searched.found === null) {
      return { path, lock, diagnostics, code: searched.code, check: null };
    }
    vectors.push({ frozen: null, found: searched.found, drifts: [] });
    last = searched.version;
  }
  const machine = last?.machine;
  if (machine === undefined) throw new Error("no choice of parameters to freeze");
  const found = vectors.map((vector) => vector.found);
  const { name, sources } = machine;
  const text = writeFrozen(frozenFile(name, weft, found, sources, placeBeside(lock)));
  if (!wroteFile(lock, text)) {
    return { path, lock, diagnostics, code: exitCodes.usage, check: null };
  }
  const check: FrozenCheck = { path, lock, outcome: { kind: "frozen" }, vectors };
  return { path, lock, diagnostics, code: exitCodes.holds, check };
}

async function compare(path: string, options: Options): Promise<Done> {
  const lock = lockPath(path);
  const refused = (diagnostics: readonly Diagnostic[], code: ExitCode): Done => {
    return { path, lock, diagnostics, code, check: null };
  };
  const kept = keptResults(path, lock, options);
  if ("wrong" in kept) return refused([kept.wrong], codeOfDiagnostics([kept.wrong]));
  const { file } = kept;
  const vectors: FrozenVectorCheck[] = [];
  const diagnostics: Diagnostic[] = [];
  let sameText = true;
  for (const frozen of kept.vectors) {
    const settings = new Map(Object.entries(frozen.settings));
    const searched = await searchFrozen(path, options, settings);
    if (vectors.length === 0 || searched.found === null) diagnostics.push(...searched.diagnostics);
    if (searched.found === null) return refused(diagnostics, searched.code);
    const { found } = searched;
    vectors.push({ frozen, found, drifts: driftOf(frozen, found) });
    sameText = isText(file, searched.version, placeBeside(lock));
  }
  const drifted = vectors.some(({ drifts }) => drifts.length > 0);
  const outcome: FrozenCheck["outcome"] = drifted
    ? { kind: "drifted", cause: await causeOf(path, file, vectors, sameText, options) }
    : { kind: "same", textChanged: !sameText };
  const code = drifted ? exitCodes.violation : exitCodes.holds;
  return { path, lock, diagnostics, code, check: { path, lock, outcome, vectors } };
}

interface Kept {
  readonly file: FrozenFile;
  /** The choices of parameters that are asked for. */
  readonly vectors: readonly FrozenVector[];
}

/** What is frozen of a spec, as far as `--set` and `--vary` ask for it; all if they do not. */
function keptResults(
  path: string,
  lock: string,
  { set, vary }: Options,
): Kept | { readonly wrong: Diagnostic } {
  const text = readText(lock);
  if (text === null) {
    if (readText(path) === null) return { wrong: report("file-missing", null, { path }) };
    const hint = `freeze its results: weft check ${path} --freeze`;
    return { wrong: report("frozen-missing", null, { spec: path, path: lock }, { hint }) };
  }
  const read = readFrozen(text);
  if ("problem" in read) {
    const hint = `take the file from version control, or freeze anew: weft check ${path} --freeze`;
    const what = read.problem;
    return { wrong: report("frozen-unreadable", null, { path: lock, what }, { hint }) };
  }
  const { file } = read;
  if (set.size === 0 && vary.size === 0) return { file, vectors: file.vectors };
  const chosen: FrozenVector[] = [];
  for (const vector of vectorsOf(vary)) {
    const asked = Object.fromEntries([...set, ...vector]);
    const found = file.vectors.find(({ settings }) => keyOf(settings) === keyOf(asked));
    if (found === undefined) {
      const known = file.vectors.map(({ settings }) => settingsWords(settings)).join("; ");
      const parameters = settingsWords(asked);
      return { wrong: report("frozen-parameters", null, { parameters, path: lock, known }) };
    }
    chosen.push(found);
  }
  return { file, vectors: chosen };
}

function keyOf(settings: FrozenVector["settings"]): string {
  return JSON.stringify(Object.entries(settings).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

type Searched = { readonly diagnostics: readonly Diagnostic[] } & (
  | { readonly found: FrozenVector; readonly version: Version }
  | { readonly found: null; readonly code: ExitCode }
);

/** Searches a spec to the end, or says why there is nothing to freeze or compare. */
async function searchFrozen(
  path: string,
  options: Options,
  settings: ReadonlyMap<string, string>,
): Promise<Searched> {
  const { version, diagnostics, code } = await exploreVersion(path, options, settings);
  if (version === null) return { found: null, diagnostics, code };
  const { exploration } = version;
  if (exploration.stoppedBy !== null) {
    const why = limitWords(exploration.stoppedBy);
    return {
      found: null,
      diagnostics: [...diagnostics, report("frozen-incomplete", null, { why })],
      code: codeOfLimit(exploration.stoppedBy),
    };
  }
  return { found: resultsOf(version, settings), version, diagnostics };
}

/** What there is to freeze of a version that was searched to the end. */
function resultsOf(
  { machine, search, exploration }: Version,
  settings: ReadonlyMap<string, string>,
): FrozenVector {
  const hash = stateSetHash(machine, packedStates(machine, search));
  return frozenVector(settings, machine, exploration, hash);
}

/** Is the spec's text, in all its files, the one that was frozen? */
function isText(file: FrozenFile, { machine }: Version, place: (path: string) => string): boolean {
  const texts = frozenTexts(file);
  const { sources } = machine;
  return (
    sources.length === texts.size &&
    sources.every(({ path, text }) => texts.get(place(path)) === text)
  );
}

/** Explores the text that was frozen beside the present one, to say in what they differ. */
async function causeOf(
  path: string,
  file: FrozenFile,
  vectors: readonly FrozenVectorCheck[],
  sameText: boolean,
  options: Options,
): Promise<DriftCause> {
  const then = file.weft;
  const frozen = leadingDrift(vectors)?.frozen ?? null;
  if (sameText || frozen === null) return { kind: "not-text", then };
  const settings = new Map(Object.entries(frozen.settings));
  const place = placeBeside(lockPath(path));
  const texts = frozenTexts(file);
  const old = await exploreVersion(path, options, settings, (wanted) => {
    return texts.get(place(wanted)) ?? null;
  });
  const { version: after } = await exploreVersion(path, options, settings);
  if (old.version === null || after === null) return { kind: "text-refused", then };
  const before: Version = { ...old.version, name: "frozen" };
  const { complete } = before.search;
  const asFrozen = !complete || driftOf(frozen, resultsOf(before, settings)).length === 0;
  const compared = await driven(options, (limits) =>
    difference(before, after, { ...limits, observe: null }),
  );
  const vector = { values: [], difference: compared };
  const diff = { before: before.name, after: after.name, vectors: [vector] };
  return { kind: "text", diff, asFrozen, then };
}

/** The path of a source as a file of frozen results keeps it: from its own folder, with `/` between the parts. */
function placeBeside(lock: string): (path: string) => string {
  const folder = lock.replace(/[^/\\]*$/, "");
  return (path) => relative(folder, path).split(sep).join("/");
}
