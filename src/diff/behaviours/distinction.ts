// A behaviour that only one version has, as a person reads it: its trace, and what the other version can do instead.

import type { Trace } from "../../checker/exploration.ts";
import type { Path, PathStep } from "../../checker/paths.ts";
import { type Replayer, traceOf, traceOfBeginning } from "../../checker/trace.ts";
import type { Alphabet, Letter } from "./alphabet.ts";
import type { Ending, Inclusion, ObservedValue } from "./behaviours.ts";
import type { Distinction } from "./inclusion.ts";
import { withFewestSwitches } from "./readable-run.ts";
import { END, observedCosts, SILENT, type VisibleGraph } from "./visible-graph.ts";

/** Observations of the other version that are told; more would not be read. */
const SHOWN = 5;

/** Shows a difference; `replayer` is that of the version that has the behaviour. */
export function shownDifference(
  replayer: Replayer,
  graph: VisibleGraph,
  { edges, instead }: Distinction,
  names: readonly string[],
  alphabet: Alphabet,
): Inclusion & { readonly kind: "differs" } {
  const last = alphabet.letter(graph.letters[edges.at(-1) as number] as number);
  const others = instead.map((letter) => alphabet.letter(letter));
  const valuesOf = (letter: Letter & { readonly kind: "values" }): readonly ObservedValue[] => [
    ...alphabet.observations.values(letter.observation),
    ...addedCosts(graph, names, letter.increments),
  ];
  const shown = others.flatMap((letter) => (letter.kind === "values" ? [valuesOf(letter)] : []));
  return {
    kind: "differs",
    trace: distinguishingTrace(replayer, graph, withFewestSwitches(graph, edges), names, alphabet),
    ending: last.kind === "ending" ? last.ending : null,
    instead: {
      values: (last.kind === "values" ? likest(shown, valuesOf(last)) : shown).slice(0, SHOWN),
      omitted: Math.max(shown.length - SHOWN, 0),
      endings: others.flatMap((letter) => (letter.kind === "ending" ? [letter.ending] : [])),
    },
  };
}

/** Those first that have the most values in common with what happened. */
function likest(
  shown: readonly (readonly ObservedValue[])[],
  happened: readonly ObservedValue[],
): readonly (readonly ObservedValue[])[] {
  const texts = new Map(happened.map(({ name, value }) => [name, JSON.stringify(value)]));
  const likeness = (values: readonly ObservedValue[]): number =>
    values.filter(({ name, value }) => texts.get(name) === JSON.stringify(value)).length;
  return shown.toSorted((one, other) => likeness(other) - likeness(one));
}

/** The observed costs that a step adds to, as values. */
function addedCosts(
  { version }: VisibleGraph,
  names: readonly string[],
  increments: readonly number[],
): readonly ObservedValue[] {
  const costs = observedCosts(version, names);
  return increments.flatMap((value, index) => {
    if (value === 0) return [];
    const name = version.search.system.costs[costs[index] as number] as string;
    return [
      { name, value, type: { kind: "range", lo: 0, hi: value, name: null, symmetric: false } },
    ];
  });
}

/** The run along these edges. Its last step may fault; a run that merely ends has no step for that. */
function distinguishingTrace(
  replayer: Replayer,
  graph: VisibleGraph,
  edges: readonly number[],
  names: readonly string[],
  alphabet: Alphabet,
): Trace {
  const letters = edges.map((edge) => graph.letters[edge] as number);
  const [first, ...rest] = edges as readonly [number, ...(readonly number[])];
  const [begun] = letters as [number];
  const from = graph.targets[first] as number;
  if (from === END) return faultingBeginning(replayer, alphabet.letter(begun));
  const steps = rest.flatMap((edge): readonly PathStep[] => {
    const mover = graph.movers[edge] as number;
    // Endings that are no fault are nobody's step; END is where a faulting one leads.
    return mover < 0 ? [] : [{ mover, to: graph.targets[edge] as number }];
  });
  const path: Path = { from, steps };
  const costs = observedCosts(graph.version, names);
  return traceOf(replayer, path, (step, position) => {
    const number = letters[position + 1] as number;
    const letter = number === SILENT ? null : alphabet.letter(number);
    if (letter?.kind === "ending") return endsWithFault(letter.ending, step.fault?.kind);
    const increments = letter?.increments ?? [];
    return costs.every((cost, index) => step.costs[cost] === (increments[index] ?? 0));
  });
}

function endsWithFault(ending: Ending, kind: string | undefined): boolean {
  return ending.kind === "fault" && ending.fault === kind;
}

function faultingBeginning(replayer: Replayer, letter: Letter): Trace {
  const { movers } = replayer.interpreter;
  const trace = traceOfBeginning(replayer, ({ fault, mover }) => {
    if (letter.kind !== "ending" || letter.ending.kind !== "fault") return false;
    const { ending } = letter;
    return ending.fault === fault?.kind && ending.process === (movers[mover]?.name ?? "init");
  });
  if (trace === null) throw new Error("a fault before the first step that cannot be replayed");
  return trace;
}
