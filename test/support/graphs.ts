// Transition systems written as lists of edges, and random ones.

import fc from "fast-check";
import type {
  FaultSite,
  Mover,
  Note,
  StatePredicate,
  StepPredicate,
  TransitionSystem,
} from "../../src/checker/transition-system.ts";
import { span } from "./machines.ts";

export interface Edge {
  readonly mover: number;
  /** -1: the step faults at `faults[0]`. */
  readonly to: number;
  readonly weight: number;
  /** Notes of the step, indices into Graph.notes. */
  readonly notes: readonly number[];
}

export interface Graph {
  readonly initial: readonly number[];
  readonly edges: readonly (readonly Edge[])[];
  /** Processes come first; the rest are actions. */
  readonly processes: number;
  readonly actions: number;
  /** finished[state] has the processes that are at their end. */
  readonly finished: readonly (readonly number[])[];
  readonly notes: readonly Note[];
  /** States in which the invariant is false, the cover true, `terminal` true. */
  readonly bad: readonly number[];
  readonly wanted: readonly number[];
  readonly terminal: readonly number[];
  /** The step property is false on edges into these states by mover 0. */
  readonly badTargets: readonly number[];
}

const faultSite: FaultSite = { fault: "range", span: span() };

/** A state is one word: its number times 7 plus 3, so that numbers and indices differ. */
export const wordOf = (state: number): number => 7 * state + 3;
export const stateOf = (word: number): number => (word - 3) / 7;

export function graphSystem(graph: Graph): TransitionSystem {
  const movers = Array.from({ length: graph.processes + graph.actions }, (_, mover): Mover => {
    const process = mover < graph.processes;
    return {
      kind: process ? "process" : "action",
      name: `${process ? "p" : "a"}${mover}`,
      mustFinish: process,
    };
  });
  const predicate = (
    kind: StatePredicate["kind"],
    name: string,
    states: readonly number[],
  ): StatePredicate => ({
    kind,
    name,
    evaluate: (words, offset) =>
      Number(states.includes(stateOf(words[offset] as number)) !== (kind === "invariant")),
  });
  const step: StepPredicate = {
    kind: "step",
    name: "step",
    evaluate: (_words, _offset, next, nextOffset, mover) =>
      Number(!(mover === 0 && graph.badTargets.includes(stateOf(next[nextOffset] as number)))),
  };
  return {
    width: 1,
    packed: false,
    partial: false,
    movers,
    costs: ["cost"],
    faults: [faultSite],
    notes: graph.notes,
    statePredicates: [
      predicate("invariant", "good", graph.bad),
      predicate("cover", "wanted", graph.wanted),
      predicate("terminal", "terminal", graph.terminal),
    ],
    stepPredicates: [step],
    branches: new Uint8Array(0),
    initial(out) {
      out.clear();
      for (const state of graph.initial) {
        if (out.count === out.mover.length) out.grow();
        out.words[out.count] = wordOf(state);
        out.mover[out.count] = -1;
        out.fault[out.count] = -1;
        out.weights[out.count] = 0;
        out.count += 1;
      }
    },
    successors(states, offset, out) {
      out.clear();
      for (const edge of graph.edges[stateOf(states[offset] as number)] ?? []) {
        if (out.count === out.mover.length) out.grow();
        out.words[out.count] = edge.to < 0 ? 0 : wordOf(edge.to);
        out.mover[out.count] = edge.mover;
        out.fault[out.count] = edge.to < 0 ? 0 : -1;
        out.weights[out.count] = edge.weight;
        for (const note of edge.notes) out.note(out.count, note);
        out.count += 1;
      }
    },
    finished: (states, offset, mover) =>
      graph.finished[stateOf(states[offset] as number)]?.includes(mover) ?? false,
    atRest: () => true,
    decode: (states, offset) => ({ state: stateOf(states[offset] as number) }),
    encode(state, into, offset) {
      into[offset] = wordOf(Object.values(state)[0] as number);
    },
  };
}

export interface GraphShape {
  readonly maxStates: number;
  readonly maxEdges: number;
  readonly maxWeight: number;
  readonly faults: boolean;
}

/** Small random graphs; edges of a state come in the order of movers, as in real systems. */
export function arbitraryGraph(shape: GraphShape): fc.Arbitrary<Graph> {
  const { maxStates, maxEdges, maxWeight, faults } = shape;
  return fc
    .record({
      states: fc.integer({ min: 1, max: maxStates }),
      processes: fc.integer({ min: 1, max: 3 }),
      actions: fc.integer({ min: 0, max: 2 }),
    })
    .chain(({ states, processes, actions }) => {
      const state = fc.integer({ min: 0, max: states - 1 });
      const some = fc.uniqueArray(state, { maxLength: 3 });
      const edge = fc.record({
        mover: fc.integer({ min: 0, max: processes + actions - 1 }),
        to: faults
          ? fc.oneof({ weight: 12, arbitrary: state }, { weight: 1, arbitrary: fc.constant(-1) })
          : state,
        weight: fc.integer({ min: 0, max: maxWeight }),
        notes: fc.constant([]),
      });
      const edges = fc
        .array(edge, { maxLength: maxEdges })
        .map((list) => list.toSorted((left, right) => left.mover - right.mover));
      return fc.record({
        initial: fc.uniqueArray(state, { minLength: 1, maxLength: 2 }),
        edges: fc.array(edges, { minLength: states, maxLength: states }),
        processes: fc.constant(processes),
        actions: fc.constant(actions),
        finished: fc.array(fc.subarray(Array.from({ length: processes }, (_, index) => index)), {
          minLength: states,
          maxLength: states,
        }),
        notes: fc.constant([]),
        bad: some,
        wanted: some,
        terminal: some,
        badTargets: some,
      });
    });
}
