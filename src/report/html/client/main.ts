// Shows a page: reads its data, builds its parts, lets the reader choose and step.

import type { Choice, PageData } from "../data.ts";
import { button, type Child, element, picker } from "./dom.ts";
import { GraphView } from "./graph-view.ts";
import { helpDialog, listen, type Shortcut } from "./keyboard.ts";
import { leadOf, matrixOf, sectionOf } from "./sections.ts";
import { StoryView } from "./story-view.ts";
import { restoreTheme, toggleTheme } from "./theme.ts";

function start(data: PageData): void {
  restoreTheme();
  const graph = new GraphView(data);
  const story = new StoryView(data, (_, standings) => graph.go(standings));
  const about = element("p", { class: "about" });
  const lead = element("div", { id: "lead" });
  const told = element("div", { id: "told" });
  let current = -1;

  const showStory = (choice: number, number: number): void => {
    showChoice(choice);
    story.showStory(number);
    story.enter();
  };
  const showChoice = (index: number): void => {
    const choice = data.choices[index];
    if (choice === undefined || index === current) return;
    current = index;
    choices.value = String(index);
    about.replaceChildren(...aboutOf(choice));
    lead.replaceChildren(leadOf(choice.lead, (number) => showStory(index, number)));
    told.replaceChildren(
      ...choice.sections.map((one) => sectionOf(one, choice, (number) => showStory(index, number))),
    );
    graph.show(choice, index);
    story.showChoice(choice, 0);
  };
  const choices = picker(
    "Parameters",
    data.choices.map(({ name }) => ({ text: name, group: "" })),
    showChoice,
  );
  const shortcuts: readonly Shortcut[] = [
    key(["ArrowRight", "l"], "→, l", "one step on", () => story.move(1)),
    key(["ArrowLeft", "h"], "←, h", "one step back", () => story.move(-1)),
    key(["Home"], "Home", "to the beginning", () => story.go(0)),
    key(["End"], "End", "to the end", () => story.toEnd()),
    key(["d"], "d", "to where the ways part", () => story.toParting()),
    key(["]"], "]", "the next story", () => story.turn(1)),
    key(["["], "[", "the story before", () => story.turn(-1)),
    key(["t"], "t", "dark or light", toggleTheme),
    key(["?"], "?", "this table", () => help.showModal()),
  ];
  const help = helpDialog(shortcuts);
  document.getElementById("page")?.append(
    element(
      "header",
      {},
      element("h1", {}, ...titleOf(data)),
      element(
        "div",
        { class: "tools" },
        ...(data.choices.length > 1 ? [element("label", {}, "with ", choices)] : []),
        button("◐", { "aria-label": "Dark or light (t)", title: "Dark or light (t)" }, toggleTheme),
        button("?", { "aria-label": "Keys (?)", title: "Keys (?)" }, () => help.showModal()),
      ),
      about,
      navigation(data),
    ),
    element(
      "main",
      {},
      lead,
      element(
        "section",
        { id: "verdicts", "aria-labelledby": "verdicts-title" },
        element("h2", { id: "verdicts-title" }, "Verdicts"),
        matrixOf(data, showStory),
      ),
      story.root,
      told,
      graph.root,
    ),
    help,
  );
  listen(shortcuts);
  // On paper nothing can be unfolded.
  window.addEventListener("beforeprint", () => {
    for (const folded of document.querySelectorAll("details")) folded.open = true;
  });
  showChoice(data.first);
}

/** What the parts are called where there is little room. */
const shortNames: Readonly<Record<string, string>> = {
  behaviours: "Behaviours",
  costs: "Costs",
  text: "Text",
  coverage: "Coverage",
};

/** Links to the parts of the page. */
function navigation({ choices }: PageData): HTMLElement {
  const parts = [
    ["verdicts", "Verdicts"],
    ["story", "Step by step"],
    ...(choices[0]?.sections ?? []).map(({ id }) => [id, shortNames[id] ?? id] as const),
    ["graph", "State graph"],
  ] as const;
  const links = parts.map(([id, title]) => element("a", { href: `#${id}` }, title));
  return element("nav", { "aria-label": "Parts of this page" }, ...links);
}

function key(keys: readonly string[], shown: string, words: string, press: () => void): Shortcut {
  return { keys, shown, words, press };
}

function titleOf({ versions }: PageData): readonly Child[] {
  return versions.flatMap((name, index) => [
    ...(index === 0 ? [] : [" → "]),
    element("span", { class: `name side-${index}` }, name),
  ]);
}

/** What was checked or compared; parameters that all versions share are said once. */
function aboutOf({ sides }: Choice): readonly Child[] {
  const shared = (sides[0]?.parameters ?? []).filter((one) =>
    sides.every(({ parameters }) => parameters.includes(one)),
  );
  const given = shared.length === 0 ? [] : [element("span", {}, `with ${shared.join(", ")}`)];
  const each = sides.map(({ name, spec, parameters, counts }) => {
    const own = parameters.filter((one) => !shared.includes(one));
    const about = [
      ...(spec === name ? [] : [`spec ${spec}`]),
      ...(own.length === 0 ? [] : [`with ${own.join(", ")}`]),
    ];
    const beside = about.length === 0 ? "" : ` (${about.join(" ")})`;
    return element("span", {}, element("b", {}, name), `${beside}: ${counts}`);
  });
  return [...given, ...each];
}

const text = document.getElementById("data")?.textContent;
if (text != null) start(JSON.parse(text) as PageData);
