// The state graph of a small spec in Graphviz's language.

import type { Trace } from "../checker/exploration.ts";
import { locationName } from "../checker/processes.ts";
import type { State } from "../checker/transition-system.ts";
import type { Machine } from "../machine/machine.ts";
import { stateKey } from "../machine/state.ts";
import { summarize } from "./values.ts";

export interface StateGraph {
  readonly states: readonly State[];
  readonly initial: readonly number[];
  readonly edges: readonly { readonly from: number; readonly to: number; readonly mover: string }[];
  /** True if there was more than the limit allowed. */
  readonly cut: boolean;
}

/** Draws a graph; the way of a trace is drawn bold. */
export function drawDot(machine: Machine, graph: StateGraph, trace: Trace | null): string {
  const way = (trace?.states ?? []).map(stateKey);
  const onWay = new Set(way);
  const wayEdges = new Set(way.slice(1).map((key, index) => `${way[index]} ${key}`));
  const keys = graph.states.map(stateKey);
  const nodes = graph.states.map((state, index) => {
    const styles = [
      `label=${quote(labelOf(machine, state))}`,
      ...(graph.initial.includes(index) ? ["peripheries=2"] : []),
      ...(onWay.has(keys[index] ?? "") ? ["color=red", "penwidth=2"] : []),
    ];
    return `  s${index} [${styles.join(", ")}];`;
  });
  const edges = graph.edges.map(({ from, to, mover }) => {
    const bold = wayEdges.has(`${keys[from]} ${keys[to]}`) ? ", color=red, penwidth=2" : "";
    return `  s${from} -> s${to} [label=${quote(mover)}${bold}];`;
  });
  return [
    `digraph ${quote(machine.name)} {`,
    "  node [shape=box, fontname=monospace, fontsize=10];",
    "  edge [fontname=monospace, fontsize=9];",
    ...(graph.cut ? ['  label="only a part of the states is shown";'] : []),
    ...nodes,
    ...edges,
    "}",
  ].join("\n");
}

function labelOf(machine: Machine, state: State): string {
  const variables = machine.variables
    .filter(({ ghost }) => !ghost)
    .flatMap(({ name, type }) => summarize(name, state[name] ?? null, type));
  const places = machine.instances.map(
    (instance) => `${instance.name} @ ${locationName(instance, state)}`,
  );
  return [...variables, ...places].join("\n");
}

function quote(text: string): string {
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\l")}\\l"`.replace(
    /^"([^\\]*)\\l"$/,
    '"$1"',
  );
}
