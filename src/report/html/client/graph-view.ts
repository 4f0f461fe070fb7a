// The state graph: drawn when the page was written; here its current states are marked, and a state tells its values when chosen.

import type { Choice, PageData } from "../data.ts";
import { element, reveal } from "./dom.ts";
import type { Standing } from "./playhead.ts";

const legend = [
  ["kept", "in both versions"],
  ["removed", "in the old one only"],
  ["added", "in the new one only"],
] as const;

export class GraphView {
  readonly root = element("section", { id: "graph", "aria-labelledby": "graph-title" });
  private readonly note = element("p", {});
  private readonly box = element("div", { class: "graph", tabindex: "0", role: "region" });
  private readonly told = element("pre", { class: "node" });
  private nodes: readonly Element[] = [];
  private values: readonly (readonly string[])[] = [];

  constructor(data: PageData) {
    this.box.setAttribute("aria-label", "The state graph");
    const keys = data.versions.length > 1 ? legend : [];
    const versions = data.versions.map((name, side) =>
      element("li", { class: `at-${side}` }, data.versions.length > 1 ? `now: ${name}` : "now"),
    );
    this.root.append(
      element("h2", { id: "graph-title" }, "State graph"),
      this.note,
      element(
        "ul",
        { class: "legend" },
        ...keys.map(([kind, words]) => element("li", { class: kind }, words)),
        element("li", { class: "way" }, "on the way"),
        ...versions,
      ),
      element("div", { class: "chart" }, this.box, this.told),
    );
  }

  show(choice: Choice, index: number): void {
    this.note.textContent = choice.graphNote;
    this.root.classList.toggle("empty", choice.graph === null);
    document.getElementById("drawings")?.append(...this.box.children);
    const drawing = document.getElementById(`graph-${index}`);
    this.values = choice.graph?.nodes ?? [];
    this.nodes = (choice.graph?.nodes ?? []).flatMap((values, node) => {
      const found = document.getElementById(`g${index}-${node}`);
      if (found === null) return [];
      const title = document.createElementNS("http://www.w3.org/2000/svg", "title");
      title.textContent = values.join("\n");
      found.prepend(title);
      found.addEventListener("click", () => {
        this.told.textContent = `${node + 1}\n${values.join("\n")}`;
      });
      return [found];
    });
    if (drawing !== null) this.box.append(drawing);
  }

  /** Marks the states that the versions have come to, and those on the way there; tells the former. */
  go(here: readonly (Standing | null)[]): void {
    for (const node of this.nodes) node.classList.remove("at-0", "at-1", "way");
    for (const standing of here) {
      const way = standing?.track.nodes.slice(0, standing.taken + 1) ?? [];
      for (const number of way) this.nodes[number]?.classList.add("way");
    }
    const now = here.map((standing) => standing?.track.nodes[standing.taken] ?? -1);
    for (const [side, number] of now.entries()) {
      const node = this.nodes[number];
      if (node === undefined) continue;
      node.classList.add(`at-${side}`);
      reveal(this.box, node);
    }
    const told = [...new Set(now)].flatMap((number) => {
      const values = this.values[number];
      return values === undefined ? [] : [`${number + 1}\n${values.join("\n")}`];
    });
    this.told.textContent = told.join("\n\n");
  }
}
