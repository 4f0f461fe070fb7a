// A state graph laid out and drawn as SVG by Graphviz, which is loaded only when there is something to draw.
//
// The library escapes all texts in what it writes; nodes carry an id by which the page's script finds them, and classes that
// give them their colours.

import type { GraphEdge, PageGraph } from "./graph.ts";

/** With more nodes than this they carry numbers only; the values of a node are shown when it is chosen. */
const mostLabelled = 40;
const longestLabel = 8;
/** With more edges than this it is not written beside them who takes the step. */
const mostNamedEdges = 80;

/** Draws a graph; the nodes have the ids `<prefix>0`, `<prefix>1` … */
export async function drawGraph(graph: PageGraph, prefix: string): Promise<string> {
  const { instance } = await import("@viz-js/viz");
  const viz = await instance();
  const { nodes, edges } = graph;
  const labelled =
    nodes.length <= mostLabelled && nodes.every(({ values }) => values.length <= longestLabel);
  const drawn = viz.renderString(
    {
      directed: true,
      graphAttributes: {
        bgcolor: "transparent",
        nodesep: 0.2,
        ranksep: labelled ? 0.4 : 0.3,
      },
      nodeAttributes: {
        shape: labelled ? "box" : "circle",
        style: "rounded",
        fontname: "Courier",
        fontsize: 11,
        margin: labelled ? "0.12,0.06" : "0.02",
        height: 0,
        width: labelled ? 0 : 0.3,
      },
      edgeAttributes: { fontname: "Courier", fontsize: 9, arrowsize: 0.6 },
      nodes: nodes.map(({ values, versions, initial }, index) => ({
        name: `n${index}`,
        attributes: {
          id: `${prefix}${index}`,
          class: [membership(versions), ...(initial ? ["initial"] : [])].join(" "),
          label: labelled ? leftAligned(values) : String(index + 1),
          peripheries: initial ? 2 : 1,
        },
      })),
      edges: edges.map((edge) => ({
        tail: `n${edge.from}`,
        head: `n${edge.to}`,
        attributes: edgeAttributes(edge, edges.length <= mostNamedEdges),
      })),
    },
    { format: "svg" },
  );
  return drawn
    .slice(drawn.indexOf("<svg"))
    .replaceAll(/<!--[^>]*-->\n?|<title>[^<]*<\/title>\n?/g, "");
}

function edgeAttributes({ versions, movers }: GraphEdge, named: boolean): Record<string, string> {
  const who = named ? { label: escaped(movers.join(", ")) } : {};
  return { class: membership(versions), ...who };
}

/** `kept`, `removed` or `added`, as the versions go from the old one to the new. */
function membership(versions: readonly boolean[]): string {
  if (versions.every((here) => here)) return "kept";
  return versions[0] === true ? "removed" : "added";
}

function leftAligned(lines: readonly string[]): string {
  return lines.map((line) => `${escaped(line)}\\l`).join("");
}

/** Graphviz reads `\N`, `\l` and their like in labels. */
function escaped(text: string): string {
  return text.replaceAll("\\", "\\\\");
}
