// The parts of a page that only tell: the first sentences, the matrix of verdicts, sentences and tables about the rest.

import type { Block, TableCell } from "../../diff/block.ts";
import type { Cell, Choice, PageData, PropertyRow, Section, Sentence } from "../data.ts";
import { button, type Child, element, phrase } from "./dom.ts";

/** Asked to show a story of a choice of parameters. */
export type ShowStory = (choice: number, story: number) => void;

/** The sentences at the head of a page. */
export function leadOf(sentences: readonly Sentence[], show: (story: number) => void): HTMLElement {
  return element(
    "ul",
    { class: "lead" },
    ...sentences.map(({ words, tone, story }) =>
      element(
        "li",
        { class: tone },
        ...phrase(words),
        ...(story < 0
          ? []
          : [" ", button("step through it", { class: "link" }, () => show(story))]),
      ),
    ),
  );
}

/** The verdicts of all versions under all choices of parameters. */
export function matrixOf(data: PageData, show: ShowStory): HTMLElement {
  const several = data.choices.length > 1;
  const width = String(data.versions.length);
  const blank = (): HTMLElement => element("td", {});
  const choices = data.choices.map(({ name }) =>
    element("th", { colspan: width, scope: "colgroup" }, name),
  );
  const versions = data.choices.flatMap(() =>
    data.versions.map((name) => element("th", { scope: "col" }, name)),
  );
  const rowOf = ({ name, cells }: PropertyRow): HTMLElement =>
    element(
      "tr",
      { class: flips({ cells }) ? "flips" : "" },
      element("th", { scope: "row" }, name),
      ...cells.flatMap((pair, choice) => pair.map((cell) => matrixCell(cell, choice, show))),
    );
  const tableOf = (rows: readonly PropertyRow[]): HTMLElement =>
    scrolling(
      element(
        "table",
        { class: "matrix" },
        element(
          "thead",
          {},
          ...(several ? [element("tr", {}, blank(), ...choices.map(clone))] : []),
          element("tr", {}, element("th", { scope: "col" }, "property"), ...versions.map(clone)),
        ),
        element("tbody", {}, ...rows.map(rowOf)),
      ),
    );
  const flipped = data.properties.filter(flips);
  const others = data.properties.filter((row) => !flips(row));
  if (data.versions.length === 1) return tableOf(data.properties);
  return element(
    "div",
    {},
    ...(flipped.length === 0 ? [] : [tableOf(flipped)]),
    ...(others.length === 0
      ? []
      : [
          element(
            "details",
            { open: flipped.length === 0 },
            element("summary", {}, `${others.length} that do not flip`),
            tableOf(others),
          ),
        ]),
  );
}

function flips({ cells }: Pick<PropertyRow, "cells">): boolean {
  return cells.some((pair) => pair.some((cell) => cell?.flipped === true));
}

function clone(made: Node): Node {
  return made.cloneNode(true);
}

function matrixCell(cell: Cell | null, choice: number, show: ShowStory): HTMLElement {
  if (cell === null) return element("td", { class: "none" }, "–");
  const { words, note, tone, flipped, story } = cell;
  const children: Child[] = [element("strong", {}, words)];
  if (note !== "") children.push(" ", element("small", {}, note));
  if (flipped) children.push(" ", element("span", { class: "flip" }, "flips"));
  const shown =
    story < 0
      ? children
      : [
          (() => {
            const made = button("", { class: "cell", title: "Step through it" }, () =>
              show(choice, story),
            );
            made.append(...children);
            return made;
          })(),
        ];
  return element("td", { class: tone }, ...shown);
}

/** A part about something else than verdicts. */
export function sectionOf(
  { id, title, blocks, stories }: Section,
  choice: Choice,
  show: (story: number) => void,
): HTMLElement {
  const links = stories.flatMap((story) => {
    const told = choice.stories[story];
    if (told === undefined) return [];
    return [
      element(
        "li",
        {},
        button(told.title, { class: "link" }, () => show(story)),
      ),
    ];
  });
  return element(
    "section",
    { id, "aria-labelledby": `${id}-title` },
    element("h2", { id: `${id}-title` }, ...phrase(title)),
    ...blocks.map(blockOf),
    ...(links.length === 0
      ? []
      : [
          element("p", { class: "links" }, "Step through:"),
          element("ul", { class: "links" }, ...links),
        ]),
  );
}

function blockOf(block: Block): HTMLElement {
  switch (block.kind) {
    case "heading":
      return element("h3", {}, ...phrase(block.text));
    case "paragraph":
      return element("p", { class: block.role ?? "" }, ...phrase(block.text));
    case "table": {
      const [head, ...rows] = block.rows;
      const headed = block.headed && head !== undefined;
      const body = (headed ? rows : block.rows).map((row) => element("tr", {}, ...row.map(cellOf)));
      return scrolling(
        element(
          "table",
          {},
          ...(headed
            ? [
                element(
                  "thead",
                  {},
                  element(
                    "tr",
                    {},
                    ...head.map(({ text }) => element("th", { scope: "col" }, ...phrase(text))),
                  ),
                ),
              ]
            : []),
          element("tbody", {}, ...body),
        ),
      );
    }
    case "drawing":
      return element("pre", { class: "drawing", tabindex: "0" }, block.text);
    default:
      return block satisfies never;
  }
}

function cellOf({ text, role }: TableCell): HTMLElement {
  return element("td", { class: role ?? "" }, ...phrase(text));
}

/** A table may be wider than a phone; its box scrolls, the page does not. */
function scrolling(table: HTMLElement): HTMLElement {
  return element("div", { class: "wide", tabindex: "0" }, table);
}
