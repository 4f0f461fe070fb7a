// Random specs made ready for comparison, and what a corpus of them covers.

import type { Exploration, VerdictKind } from "../../src/checker/exploration.ts";
import type { SpecFile } from "../../src/language/ast.ts";
import type { Model } from "../../src/language/model.ts";
import { parse } from "../../src/language/parse.ts";
import { mapOps } from "../../src/machine/code.ts";
import { type LowerOptions, lower } from "../../src/machine/lower.ts";
import { type Code, FAULT_KINDS, type Machine } from "../../src/machine/machine.ts";
import { checkMachine, compile } from "../../src/pipeline.ts";
import { type RandomSpec, randomSpec } from "./random-spec.ts";
import { allKinds, astKinds, machineKinds } from "./spec-kinds.ts";

/** More states than this are not looked for. */
export const STATE_LIMIT = 20_000;
/** Rounds of a loop inside one step before it is endless: fewer than in real machines, which would take long. */
export const LOOP_LIMIT = 64;

/** A random spec as far as the compiler takes it. */
export interface Prepared {
  readonly spec: RandomSpec;
  readonly file: SpecFile | null;
  readonly model: Model | null;
  readonly machine: Machine | null;
  /** Why it was refused. */
  readonly refusal: string | null;
}

/** Compiles the files of a spec. */
export function prepare(spec: RandomSpec): Prepared {
  const { file, model, machine, diagnostics } = compile(
    spec.path,
    (path) => spec.files.get(path) ?? null,
  );
  const [first] = diagnostics.filter(({ severity }) => severity === "error");
  const refusal = first === undefined ? null : `${first.code}: ${first.message}`;
  return { spec, file, model, machine: machine && withShortLoops(machine), refusal };
}

/** The spec of a seed, compiled. */
export function prepareSeed(seed: number): Prepared {
  return prepare(randomSpec(seed));
}

/** The machine of a model with other options of lowering. */
export function lowered(model: Model, options: LowerOptions): Machine {
  const { value } = lower(model, options);
  if (value === null) throw new Error("a model that was lowered before is refused");
  return withShortLoops(value);
}

function withShortLoops(machine: Machine): Machine {
  const short = (code: Code): Code =>
    mapOps(code, (op) =>
      op.kind === "loop" ? { ...op, limit: Math.min(op.limit, LOOP_LIMIT) } : op,
    );
  return {
    ...machine,
    processes: machine.processes.map((process) => ({
      ...process,
      start: short(process.start),
      locations: process.locations.map((location) => ({ ...location, code: short(location.code) })),
    })),
    actions: machine.actions.map((action) => ({ ...action, code: short(action.code) })),
  };
}

// ---------------------------------------------------------------- what a corpus covers

export interface Statistics {
  specs: number;
  refused: number;
  /** More than 100 states. */
  large: number;
  /** Too many states to look at all. */
  cut: number;
  violated: number;
  /** Locks and at least two process instances. */
  locking: number;
  patches: number;
  /** States of all specs together. */
  states: number;
  /** In how many specs each kind of node, fault and violation occurs. */
  readonly kinds: Map<string, number>;
}

export function newStatistics(): Statistics {
  return {
    ...{ specs: 0, refused: 0, large: 0, cut: 0, violated: 0, locking: 0, patches: 0, states: 0 },
    kinds: new Map(),
  };
}

/** Counts a spec in. */
export function countSpec(statistics: Statistics, { spec, machine }: Prepared): void {
  statistics.specs += 1;
  if (machine === null) {
    statistics.refused += 1;
    return;
  }
  const found = new Set(machineKinds(machine));
  for (const [path, text] of spec.files) {
    const { file } = parse({ path, text });
    if (file !== null) for (const kind of astKinds(file)) found.add(kind);
  }
  const exploration = checkMachine(machine, { maxStates: STATE_LIMIT, refine: "none" });
  for (const kind of violationsOf(exploration)) found.add(kind);
  if (exploration.distinctStates > 100) statistics.large += 1;
  if (!exploration.complete) statistics.cut += 1;
  if (violationsOf(exploration).length > 0) statistics.violated += 1;
  if (machine.locks.length > 0 && machine.instances.length > 1) statistics.locking += 1;
  if (spec.path === "patch.weft") statistics.patches += 1;
  statistics.states += exploration.distinctStates;
  for (const kind of found) statistics.kinds.set(kind, (statistics.kinds.get(kind) ?? 0) + 1);
}

/** What is wrong with a spec: kinds of verdicts, and kinds of faults. */
function violationsOf({ verdicts }: Exploration): readonly string[] {
  return verdicts.flatMap(({ kind, outcome, detail }) => {
    if (outcome !== "violated") return [];
    return detail?.kind === "fault"
      ? [`violated ${kind}`, `fault ${detail.fault}`]
      : [`violated ${kind}`];
  });
}

const verdictKinds: readonly Exclude<VerdictKind, "cover">[] = [
  ...(["invariant", "step", "assert", "deadlock", "stuck", "range", "lock_use"] as const),
  "lock_order",
];

/** Everything that a corpus should hold often. */
export const coveredKinds: readonly string[] = [
  ...allKinds,
  ...FAULT_KINDS.map((fault) => `fault ${fault}`),
  ...verdictKinds.map((kind) => `violated ${kind}`),
];

/** The kinds that occur in fewer specs than wanted. */
export function rareKinds(statistics: Statistics, wanted: number): readonly string[] {
  return coveredKinds
    .map((kind) => [kind, statistics.kinds.get(kind) ?? 0] as const)
    .filter(([, count]) => count < wanted)
    .map(([kind, count]) => `${kind}: ${count}`);
}

/** The statistics as a table of a few lines. */
export function describeStatistics(statistics: Statistics): string {
  const { specs, refused, large, cut, violated, locking, patches, states, kinds } = statistics;
  const share = (count: number): string => `${((100 * count) / specs).toFixed(1)} %`;
  const rarest = coveredKinds
    .map((kind) => [kinds.get(kind) ?? 0, kind] as const)
    .sort(([a], [b]) => a - b)
    .slice(0, 8)
    .map(([count, kind]) => `${kind} ${count}`);
  return [
    `${specs} random specs, ${states} states; ${refused} refused, ${patches} patches`,
    `over 100 states: ${share(large)}, cut at ${STATE_LIMIT}: ${share(cut)}`,
    `violated: ${share(violated)}, locks and two processes: ${share(locking)}`,
    `${coveredKinds.length} kinds of nodes and faults, the rarest: ${rarest.join(", ")}`,
  ].join("\n");
}
