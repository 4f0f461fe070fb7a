// The behaviours of a story side by side: a row for each moment, a lane for each version, in it a column for each CPU.

import type { Choice, Moment, MomentKind, RowData, Story, Track } from "../data.ts";
import { element, phrase, reveal } from "./dom.ts";

const signs: Readonly<Record<MomentKind, readonly [sign: string, words: string]>> = {
  start: ["", "the beginning"],
  step: ["", "a step"],
  alike: ["=", "the same step in both versions"],
  changed: ["~", "a changed step"],
  inserted: ["+", "a step that the new version adds"],
  removed: ["−", "a step that only the old version has"],
  apart: ["", "the versions have parted"],
};

/** The words for a kind of moment. */
export function kindWords(kind: MomentKind): string {
  return signs[kind][1];
}

/** Shows the moments of a story. */
export class TracksView {
  readonly root = element("div", { class: "tracks", tabindex: "0", role: "region" });
  private rows: readonly HTMLElement[] = [];
  private readonly choose: (moment: number) => void;

  constructor(choose: (moment: number) => void) {
    this.choose = choose;
  }

  show(choice: Choice, story: Story): void {
    const list = element("ol", { class: "moments" });
    const rows = story.moments.map((moment, index) => this.row(choice, story, moment, index));
    rows.forEach((row, index) => {
      if (story.parting?.moment === index) list.append(partingRow(story));
      list.append(row);
    });
    if (story.parting?.moment === rows.length) list.append(partingRow(story));
    const left = Math.max(...story.tracks.map((track) => track?.left ?? 0));
    if (left > 0) {
      list.append(
        element("li", { class: "notes" }, `${left} more steps are left out of this page`),
      );
    }
    const names = choice.sides.map(({ name }) => name);
    this.root.setAttribute("aria-label", `The behaviours of ${names.join(" and ")}, step by step`);
    const told = story.tracks.filter((track) => track !== null);
    this.root.classList.toggle("paired", told.length > 1);
    const columns = told.reduce((sum, track) => sum + (track?.columns.length ?? 0), 0);
    this.root.style.setProperty("--all-columns", String(columns));
    this.root.replaceChildren(headRow(choice, story), list);
    this.root.scrollTop = 0;
    this.rows = rows;
  }

  go(moment: number): void {
    for (const [index, row] of this.rows.entries()) {
      if (index === moment) row.setAttribute("aria-current", "step");
      else row.removeAttribute("aria-current");
      row.classList.toggle("past", index < moment);
    }
    const row = this.rows[moment];
    if (row !== undefined) reveal(this.root, row);
  }

  private row(choice: Choice, story: Story, moment: Moment, index: number): HTMLElement {
    const [sign, words] = signs[moment.kind];
    const lanes = story.tracks.flatMap((track, side) =>
      track === null
        ? []
        : [laneOf(track, moment.steps[side] ?? -1, moment.kind, choice.sides[side]?.name ?? "")],
    );
    const row = element(
      "li",
      { class: `moment ${moment.kind}`, "data-moment": String(index) },
      element("span", { class: "sign", title: words, "aria-hidden": "true" }, sign),
      element("span", { class: "unseen" }, `${words}: `),
      ...lanes,
    );
    if (moment.notes.length > 0) {
      row.append(element("p", { class: "notes" }, moment.notes.join("; ")));
    }
    row.addEventListener("click", () => this.choose(index));
    return row;
  }
}

function headRow(choice: Choice, story: Story): HTMLElement {
  const head = element("div", { class: "moment heads" }, element("span", { class: "sign" }));
  story.tracks.forEach((track, side) => {
    if (track === null) return;
    const lane = element("div", { class: "lane" });
    lane.style.setProperty("--columns", String(track.columns.length));
    const name = element("div", { class: "version" }, choice.sides[side]?.name ?? "");
    lane.append(
      name,
      ...track.columns.map(({ title, role }, column) => {
        const cpu = element("div", { class: `cpu cpu-${column % 6}` }, title);
        if (role !== "") cpu.append(element("span", { class: "role" }, ` (${role})`));
        return cpu;
      }),
    );
    head.append(lane);
  });
  return head;
}

function laneOf(track: Track, step: number, kind: MomentKind, version: string): HTMLElement {
  const rows = kind === "start" ? track.before : (track.steps[step]?.rows ?? []);
  const idle = step < 0 && kind !== "start";
  const lane = element("div", { class: idle ? "lane idle" : "lane", "data-version": version });
  lane.style.setProperty("--columns", String(track.columns.length));
  if (kind === "start" && rows.length === 0) {
    lane.append(element("div", { class: "row begins" }, "the beginning"));
  }
  rows.forEach((row, index) => {
    const made = rowOf(row, track);
    made.style.gridColumn = String(row.column + 1);
    made.style.gridRow = String(index + 1);
    lane.append(made);
  });
  return lane;
}

function rowOf({ column, depth, text, values, kind, mark }: RowData, track: Track): HTMLElement {
  const title = track.columns[column]?.title ?? "";
  const row = element(
    "div",
    { class: `row ${kind}` },
    element("span", { class: `badge cpu-${column % 6}` }, title),
    element("span", { class: "text" }, text),
  );
  row.style.setProperty("--depth", String(depth));
  if (values.length > 0) {
    row.append(" ", element("span", { class: "values" }, `[${values.join(", ")}]`));
  }
  if (mark !== "") row.append(" ", element("strong", { class: "mark" }, `<-- ${mark}`));
  return row;
}

function partingRow({ parting }: Story): HTMLElement {
  return element(
    "li",
    { class: `parting ${parting?.tone ?? ""}` },
    ...phrase(parting?.words ?? []),
  );
}
