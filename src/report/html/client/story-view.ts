// The story that is being stepped through: the list of stories, the buttons, and all views of the current moment.

import type { Choice, PageData, Story } from "../data.ts";
import { button, element, picker } from "./dom.ts";
import { type Standing, standings } from "./playhead.ts";
import { SourceView } from "./source-view.ts";
import { StateView } from "./state-view.ts";
import { kindWords, TracksView } from "./tracks.ts";

/** Told of each moment that is shown. */
export type Listener = (story: Story, standings: readonly (Standing | null)[]) => void;

export class StoryView {
  readonly root = element("section", { id: "story", "aria-labelledby": "story-title" });
  private readonly tracks = new TracksView((moment) => this.go(moment));
  private readonly state = new StateView();
  private readonly sources: readonly SourceView[];
  private readonly stage = element("div", { class: "stage" });
  private readonly picker = element("div", { class: "picker" });
  private readonly slider = element("input", {
    type: "range",
    min: "0",
    "aria-label": "Moment of the story",
  });
  private readonly count = element("output", { class: "count" });
  private readonly live = element("p", { class: "unseen", "aria-live": "polite" });
  private readonly partingButton: HTMLButtonElement;
  private readonly listener: Listener;
  private choice: Choice | null = null;
  private number = -1;
  private moment = 0;

  constructor(data: PageData, listener: Listener) {
    this.listener = listener;
    this.sources = data.versions.map((_, side) => new SourceView(data, side));
    this.slider.addEventListener("input", () => this.go(Number(this.slider.value)));
    this.partingButton = button("Where they part", { class: "to-parting", "data-key": "d" }, () =>
      this.toParting(),
    );
    const step = (words: string, label: string, move: () => void): HTMLElement =>
      button(words, { "aria-label": label, title: label }, move);
    this.root.append(
      element("h2", { id: "story-title" }, "Step by step"),
      element(
        "div",
        { class: "bar" },
        this.picker,
        element(
          "div",
          { class: "buttons", role: "group", "aria-label": "Stepping" },
          step("|◀", "To the beginning (Home)", () => this.go(0)),
          step("◀", "One step back (Left)", () => this.move(-1)),
          step("▶", "One step on (Right)", () => this.move(1)),
          step("▶|", "To the end (End)", () => this.toEnd()),
          this.partingButton,
        ),
        this.slider,
        this.count,
      ),
      this.live,
      element(
        "p",
        { class: "nothing" },
        "There is nothing to step through: no counterexample was found, and no way to a cover.",
      ),
      this.stage,
    );
    this.stage.append(this.tracks.root, this.state.root, ...this.sources.map(({ root }) => root));
  }

  get story(): Story | null {
    return this.choice?.stories[this.number] ?? null;
  }

  /** Shows the stories of a choice of parameters, and the one with this number. */
  showChoice(choice: Choice, number: number): void {
    this.choice = choice;
    this.root.classList.toggle("still", choice.stories.length === 0);
    const list = choice.stories.map(({ title, group, about }) => ({
      text: about === "" ? title : `${title} (${about})`,
      group,
    }));
    this.picker.replaceChildren(
      picker("Story to step through", list, (index) => this.showStory(index)),
    );
    for (const source of this.sources) source.show(choice);
    this.number = -1;
    this.showStory(number);
  }

  showStory(number: number): void {
    const { choice } = this;
    const story = choice?.stories[number];
    if (choice === null || story === undefined) return;
    this.number = number;
    const select = this.picker.querySelector("select");
    if (select !== null) select.value = String(number);
    this.tracks.show(choice, story);
    this.slider.max = String(story.moments.length - 1);
    this.partingButton.hidden = (story.parting?.moment ?? Infinity) >= story.moments.length;
    const shown = story.tracks.filter((track) => track !== null).length;
    this.stage.className = `stage shown-${shown}`;
    this.go(0);
  }

  /** Brings the story into sight, for whoever reads and for whoever listens. */
  enter(): void {
    this.root.scrollIntoView({ block: "start" });
    this.tracks.root.focus({ preventScroll: true });
  }

  /** The story with the number next to this one's, if there is one. */
  turn(by: number): void {
    const stories = this.choice?.stories.length ?? 0;
    this.showStory(Math.min(Math.max(this.number + by, 0), stories - 1));
  }

  move(by: number): void {
    this.go(this.moment + by);
  }

  toEnd(): void {
    this.go((this.story?.moments.length ?? 1) - 1);
  }

  /** To the last moment before the ways part. */
  toParting(): void {
    const parting = this.story?.parting;
    if (parting != null) this.go(parting.moment - 1);
  }

  go(wanted: number): void {
    const { choice, story } = this;
    if (choice === null || story === null) return;
    const last = story.moments.length - 1;
    this.moment = Math.min(Math.max(wanted, 0), last);
    const here = standings(story, this.moment);
    this.tracks.go(this.moment);
    this.state.show(choice, story, this.moment);
    for (const [side, source] of this.sources.entries()) {
      source.go(here[side] ?? null, stoppedAt(story, this.moment, side));
    }
    this.slider.value = String(this.moment);
    const told = this.tell(story, here);
    this.slider.setAttribute("aria-valuetext", told);
    this.count.textContent = `${this.moment} of ${last}`;
    this.live.textContent = told;
    this.listener(story, here);
  }

  /** The moment in words, for those who do not see it. */
  private tell(story: Story, here: readonly (Standing | null)[]): string {
    const moment = story.moments[this.moment];
    if (moment === undefined) return "";
    const steps = here.flatMap((standing) => {
      const step = standing?.track.steps[standing.step];
      return step === undefined ? [] : [step];
    });
    const words = steps.flatMap(({ name, rows }) => [
      name,
      ...rows.map(({ text, values, mark }) => [text, ...values, mark].join(" ").trim()),
    ]);
    const distinct = [...new Set(words)].join(", ");
    const parts = story.parting?.moment === this.moment + 1 ? "; after this the ways part" : "";
    return `${this.moment} of ${story.moments.length - 1}: ${kindWords(moment.kind)}. ${distinct}${parts}`;
  }
}

/** The line before which a version is stopped: of the new one, from where the ways part until it goes on. */
function stoppedAt({ parting, moments }: Story, moment: number, side: number): number {
  if (parting === null || side === 0 || moment < parting.moment - 1) return -1;
  const goesOn = moments
    .slice(parting.moment, moment + 1)
    .some(({ steps }) => (steps[side] ?? -1) >= 0);
  return goesOn ? -1 : parting.stands;
}
