// The state at a moment: variables, locks, where the processes stand; what just changed, and where the versions differ.

import type { Choice, Leaf, Story } from "../data.ts";
import { element } from "./dom.ts";
import { changing, type Standing, standings } from "./playhead.ts";

const kinds = [
  ["variable", "Variables"],
  ["lock", "Locks"],
  ["process", "Processes"],
  ["local", "Locals"],
  ["ghost", "Ghosts"],
] as const;

/** A leaf of any version, with its number in each. */
interface Entry {
  readonly leaf: Leaf;
  readonly at: readonly number[];
}

/** Shows states as a table: a row for each part of a state, a column for each version. */
export class StateView {
  readonly root = element("div", { class: "panel state" });
  private readonly box = element("div", { class: "scroll", tabindex: "0", role: "region" });
  private readonly every = element("input", { type: "checkbox" });
  private shown: { choice: Choice; story: Story; moment: number } | null = null;

  constructor() {
    this.every.addEventListener("change", () => this.draw());
    this.box.setAttribute("aria-label", "The state");
    this.root.append(
      element(
        "div",
        { class: "panel-head" },
        element("h3", {}, "State"),
        element("label", { class: "every" }, this.every, " also what never changes"),
      ),
      this.box,
    );
  }

  show(choice: Choice, story: Story, moment: number): void {
    this.shown = { choice, story, moment };
    this.draw();
  }

  private draw(): void {
    if (this.shown === null) return;
    const { choice, story, moment } = this.shown;
    const here = standings(story, moment);
    const sides = here.flatMap((standing, side) => (standing === null ? [] : [side]));
    const entries = entriesOf(choice, sides).filter(
      (entry) => this.every.checked || moves(entry, story, sides, here),
    );
    const table = element("table", { class: "states" });
    const heads = sides.map((side) =>
      element("th", { scope: "col" }, choice.sides[side]?.name ?? ""),
    );
    table.append(
      element("thead", {}, element("tr", {}, element("th", { scope: "col" }, "name"), ...heads)),
    );
    for (const [kind, title] of kinds) {
      const rows = entries.filter(({ leaf }) => leaf.kind === kind);
      if (rows.length === 0) continue;
      const span = String(sides.length + 1);
      const body = element("tbody", {});
      body.append(
        element(
          "tr",
          { class: "kind" },
          element("th", { colspan: span, scope: "rowgroup" }, title),
        ),
        ...rows.map((entry) => rowOf(entry, sides, here)),
      );
      table.append(body);
    }
    this.box.replaceChildren(table);
  }
}

function entriesOf(choice: Choice, sides: readonly number[]): readonly Entry[] {
  const found = new Map<string, { leaf: Leaf; at: number[] }>();
  for (const [position, side] of sides.entries()) {
    for (const [index, leaf] of (choice.sides[side]?.leaves ?? []).entries()) {
      const key = `${leaf.kind} ${leaf.name}`;
      const entry = found.get(key) ?? { leaf, at: sides.map(() => -1) };
      entry.at[position] = index;
      found.set(key, entry);
    }
  }
  return [...found.values()];
}

/** Is there anything to see in this row: does it ever change, or is it another in the other version? */
function moves(
  { at }: Entry,
  { tracks }: Story,
  sides: readonly number[],
  here: readonly (Standing | null)[],
): boolean {
  const changes = sides.some((side, position) => {
    const track = tracks[side];
    return track != null && changing(track).has(at[position] ?? -1);
  });
  const texts = new Set(sides.map((side, position) => textAt(here[side], at[position])));
  return changes || texts.size > 1;
}

function textAt(standing: Standing | null | undefined, leaf: number | undefined): string {
  return standing?.readings[leaf ?? -1]?.[0] ?? "–";
}

function rowOf(
  { leaf, at }: Entry,
  sides: readonly number[],
  here: readonly (Standing | null)[],
): HTMLElement {
  const texts = sides.map((side, position) => textAt(here[side], at[position]));
  const differs = new Set(texts).size > 1;
  const cells = (differs ? sides : sides.slice(0, 1)).map((side, position) => {
    const text = texts[position] ?? "";
    const old = here[side]?.previous[at[position] ?? -1]?.[0] ?? text;
    const span = differs ? "" : String(sides.length);
    if (old === text) return element("td", { colspan: span }, text);
    const was = leaf.kind === "process" ? [] : [element("del", {}, old), " "];
    return element("td", { class: "changed", colspan: span }, ...was, element("ins", {}, text));
  });
  return element(
    "tr",
    { class: differs ? "differs" : "" },
    element("th", { scope: "row" }, leaf.name),
    ...cells,
  );
}
