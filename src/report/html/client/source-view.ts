// The text of a version, with the lines of the current step marked, and where each process stands.

import type { Choice, PageData } from "../data.ts";
import { element, picker, reveal } from "./dom.ts";
import type { Standing } from "./playhead.ts";

type Place = readonly [file: number, first: number, last: number];

/** Shows the text of one version. */
export class SourceView {
  readonly root = element("div", { class: "panel source" });
  private readonly data: PageData;
  private readonly side: number;
  private readonly title = element("h3", {});
  private readonly files = element("span", {});
  private readonly box = element("div", { class: "scroll", tabindex: "0", role: "region" });
  private choice: Choice | null = null;
  private file = -1;
  private lines: readonly HTMLElement[] = [];
  private standing: Standing | null = null;
  private stopped = -1;

  constructor(data: PageData, side: number) {
    this.data = data;
    this.side = side;
    this.root.append(element("div", { class: "panel-head" }, this.title, this.files), this.box);
  }

  show(choice: Choice): void {
    this.choice = choice;
    this.file = -1;
    this.standing = null;
    this.root.hidden = false;
    const name = choice.sides[this.side]?.name ?? "";
    this.title.textContent = name;
    this.box.setAttribute("aria-label", `The text of ${name}`);
    const own = choice.sides[this.side]?.files ?? [];
    const paths = own.map((file) => ({ text: this.data.files[file]?.path ?? "", group: "" }));
    this.files.replaceChildren(
      own.length > 1
        ? picker("File", paths, (index) => this.open(own[index] ?? 0))
        : element("code", {}, paths[0]?.text ?? ""),
    );
    const [first] = own;
    if (first !== undefined) this.open(first);
  }

  /** Marks a step, or the line before which the version is stopped (-1: it is not); null: it has no part in the story. */
  go(standing: Standing | null, stopped: number): void {
    this.standing = standing;
    this.stopped = stopped;
    this.root.hidden = standing === null;
    const place = this.stoppedPlace() ?? this.places()[0];
    if (place !== undefined && place[0] !== this.file) this.open(place[0]);
    else this.mark();
  }

  private stoppedPlace(): Place | undefined {
    return this.choice?.sides[this.side]?.lines[this.stopped];
  }

  /** The places of the step last taken: what it is about goes first. */
  private places(): readonly Place[] {
    const { standing } = this;
    if (standing === null) return [];
    const known = this.choice?.sides[this.side]?.lines ?? [];
    return (standing.track.steps[standing.taken - 1]?.lines ?? []).flatMap((line) => {
      const place = known[line];
      return place === undefined ? [] : [place];
    });
  }

  private open(file: number): void {
    this.file = file;
    const text = this.data.files[file]?.lines ?? [];
    this.lines = text.map((line, index) => lineRow(line, index + 1));
    this.box.replaceChildren(element("pre", {}, ...this.lines));
    const select = this.files.querySelector("select");
    if (select !== null) select.value = String(this.choice?.sides[this.side]?.files.indexOf(file));
    this.mark();
  }

  private mark(): void {
    for (const row of this.lines) {
      row.classList.remove("current", "main", "last", "stopped");
      row.querySelector(".who")?.replaceChildren();
    }
    const { standing } = this;
    if (standing === null) return;
    for (const [index, [file, first, last]] of this.places().entries()) {
      if (file !== this.file) continue;
      for (const row of this.lines.slice(first - 1, index === 0 ? last : first)) {
        row.classList.add(standing.step >= 0 ? "current" : "last");
        if (index === 0) row.classList.add("main");
      }
    }
    this.markProcesses(standing);
    const [file, line] = this.stoppedPlace() ?? [-1, 0];
    const stopped = file === this.file ? this.lines[line - 1] : undefined;
    stopped?.classList.add("stopped");
    const main = stopped ?? this.lines.find((row) => row.classList.contains("main"));
    if (main !== undefined) reveal(this.box, main);
    else if (standing.taken === 0) this.box.scrollTop = 0;
  }

  /** Names the CPUs in the margin of the lines before which they stand. */
  private markProcesses({ track, readings }: Standing): void {
    const side = this.choice?.sides[this.side];
    side?.leaves.forEach((leaf, index) => {
      const place = side.lines[readings[index]?.[1] ?? -1];
      if (leaf.kind !== "process" || place === undefined || place[0] !== this.file) return;
      const column = track.columns.findIndex(({ movers }) => movers.includes(leaf.name));
      const title = track.columns[column]?.title ?? "";
      if (column < 0) return;
      // Where there are many they may stand at one line.
      const short = track.columns.length > 2 ? title.replace(/^CPU/, "") : title;
      this.lines[place[1] - 1]
        ?.querySelector(".who")
        ?.append(
          element(
            "span",
            { class: `badge cpu-${column % 6}`, title: `${title}: ${leaf.name}` },
            short,
          ),
        );
    });
  }
}

/** A line of the text: the author's words beside a step stand out, other remarks stand back. */
function lineRow(text: string, number: number): HTMLElement {
  const [, code = "", remark = ""] = /^((?:[^/"]|"[^"]*"|\/(?!\/))*)(.*)$/.exec(text) ?? [];
  const [, indent = "", word = "", rest = ""] =
    /^(\s*)([a-z_]*(?= +[\w({]))?(.*)$/.exec(code) ?? [];
  return element(
    "span",
    { class: "line" },
    element("span", { class: "who" }),
    element("span", { class: "number" }, String(number)),
    element(
      "span",
      { class: "code" },
      indent,
      element("span", { class: "word" }, word),
      rest,
      element("span", { class: remark.startsWith("///") ? "doc" : "remark" }, remark),
    ),
    "\n",
  );
}
