// A version's states and steps with what an observer sees of each step: an automaton whose language is the version's behaviours.
//
// Beginnings and endings are edges too: those of the `root` lead to the initial states, and a complete run's last edge leads
// to END. A step that changes nothing observed and adds to no observed cost is SILENT.

import { FAULTED } from "../../checker/edge-log.ts";
import { edgesOf } from "../../checker/edges.ts";
import { isDeadlock } from "../../checker/findings.ts";
import { Transitions } from "../../checker/transition-system.ts";
import type { Version } from "../version.ts";
import type { Alphabet } from "./alphabet.ts";
import type { Ending } from "./behaviours.ts";
import { observeStates } from "./observation.ts";

export const SILENT = -1;
/** Where an edge leads that ends the run. */
export const END = -1;

export interface VisibleGraph {
  readonly version: Version;
  /** The number of states, those of the search; also the number of the root. */
  readonly root: number;
  /** The number of the observation of each state. */
  readonly observations: Int32Array;
  /** The edges of a node are starts[node] … starts[node+1]-1. */
  readonly starts: Int32Array;
  readonly targets: Int32Array;
  /** Whose step an edge is; -1 for beginnings and for endings that are no fault. */
  readonly movers: Int32Array;
  /** By number in the alphabet. */
  readonly letters: Int32Array;
}

/** The graph of a version that was searched completely, observed by these names. */
export function visibleGraph(
  version: Version,
  names: readonly string[],
  alphabet: Alphabet,
): VisibleGraph {
  const { system, table, transitions } = version.search;
  const observations = observeStates(version, names, alphabet.observations);
  const out = new Transitions(system.width, system.costs.length);
  const letterOf = stepLetters(version, names, alphabet, out);
  const weighed = observedCosts(version, names).length > 0;
  const edges = edgesOf(version.search);
  system.initial(out);
  const graph = new Builder(table.count, transitions + table.count + out.count);
  for (let state = 0; state < table.count; state += 1) {
    const here = observations[state] as number;
    const count = edges.load(state);
    const { targets, movers } = edges;
    if (count === 0) graph.add(END, -1, alphabet.ending(endingOf(version, state)));
    // Weights and kinds of faults are in no log: the steps are found anew, in the same order.
    if (weighed || targets.subarray(0, count).includes(FAULTED)) {
      system.successors(table.arena, state * system.width, out);
    }
    for (let step = 0; step < count; step += 1) {
      const target = targets[step] as number;
      const mover = movers[step] as number;
      if (target === FAULTED) {
        graph.add(END, mover, letterOf.fault(step));
        continue;
      }
      const there = observations[target] as number;
      const plain = alphabet.reaching(there);
      const letter = weighed ? letterOf.step(step, there) : plain;
      graph.add(target, mover, letter === plain && here === there ? SILENT : letter);
    }
    graph.endNode();
  }
  system.initial(out);
  for (let step = 0; step < out.count; step += 1) {
    if ((out.fault[step] as number) >= 0) {
      graph.add(END, out.mover[step] as number, letterOf.fault(step));
      continue;
    }
    const state = table.find(out.words, step * system.width);
    graph.add(state, -1, letterOf.step(step, observations[state] as number));
  }
  graph.endNode();
  const { starts, targets, movers, letters } = graph;
  return { version, root: table.count, observations, starts, targets, movers, letters };
}

/** What the steps found last, those of `out`, show. */
function stepLetters(
  version: Version,
  names: readonly string[],
  alphabet: Alphabet,
  out: Transitions,
): {
  readonly step: (step: number, observation: number) => number;
  readonly fault: (step: number) => number;
} {
  const { faults, movers } = version.search.system;
  const costs = observedCosts(version, names);
  return {
    step(step, observation) {
      const increments = costs.map((cost) => out.weights[step * out.costs + cost] as number);
      return increments.some((added) => added !== 0)
        ? alphabet.adding(observation, increments)
        : alphabet.reaching(observation);
    },
    fault(step) {
      const site = faults[out.fault[step] as number];
      if (site === undefined) throw new Error("a fault at no place");
      const process = movers[out.mover[step] as number]?.name ?? "init";
      return alphabet.ending({ kind: "fault", fault: site.fault, process });
    },
  };
}

/** Indices of the observed costs among the system's, in the order of the names. */
export function observedCosts({ search }: Version, names: readonly string[]): readonly number[] {
  return names.map((name) => search.system.costs.indexOf(name)).filter((cost) => cost >= 0);
}

/** How a run ends in a state without steps. */
function endingOf({ search }: Version, state: number): Ending {
  const { system, table } = search;
  const offset = state * system.width;
  if (!isDeadlock(system, table.arena, offset)) return { kind: "ended" };
  const unfinished = system.movers.filter(
    ({ mustFinish }, mover) => mustFinish && !system.finished(table.arena, offset, mover),
  );
  return { kind: "blocked", processes: unfinished.map(({ name }) => name) };
}

/** Fills the arrays of a graph, node by node. */
class Builder {
  readonly starts: Int32Array;
  readonly targets: Int32Array;
  readonly movers: Int32Array;
  readonly letters: Int32Array;
  private count = 0;
  private nodes = 0;

  constructor(states: number, edges: number) {
    this.starts = new Int32Array(states + 2);
    this.targets = new Int32Array(edges);
    this.movers = new Int32Array(edges);
    this.letters = new Int32Array(edges);
  }

  add(target: number, mover: number, letter: number): void {
    this.targets[this.count] = target;
    this.movers[this.count] = mover;
    this.letters[this.count] = letter;
    this.count += 1;
  }

  endNode(): void {
    this.nodes += 1;
    this.starts[this.nodes] = this.count;
  }
}
