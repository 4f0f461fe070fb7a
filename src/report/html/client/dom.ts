// Building elements. Text goes in as text only: nothing here ever reads markup.

import type { Phrase } from "../../diff/block.ts";

export type Child = Node | string;

/** An element with attributes and children; a false or empty attribute is left out. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string | boolean>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== "") made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

/** A button with words, and what it does. */
export function button(
  words: string,
  attributes: Readonly<Record<string, string | boolean>>,
  press: () => void,
): HTMLButtonElement {
  const made = element("button", { type: "button", ...attributes }, words);
  made.addEventListener("click", press);
  return made;
}

/** The words of a phrase, its code marked as such. */
export function phrase(words: Phrase): readonly Child[] {
  return words.map((word) => (typeof word === "string" ? word : element("code", {}, word.code)));
}

/** A choice of one of several texts. */
export function picker(
  label: string,
  choices: readonly { readonly text: string; readonly group: string }[],
  choose: (index: number) => void,
): HTMLSelectElement {
  const made = element("select", { "aria-label": label });
  const groups = new Map<string, HTMLElement>();
  for (const [index, { text, group }] of choices.entries()) {
    const option = element("option", { value: String(index) }, text);
    if (group === "") {
      made.append(option);
      continue;
    }
    const own = groups.get(group) ?? element("optgroup", { label: group });
    if (!groups.has(group)) made.append(own);
    groups.set(group, own);
    own.append(option);
  }
  made.addEventListener("change", () => choose(Number(made.value)));
  return made;
}

/** Scrolls a box, and nothing around it, until a part of it is well in sight. */
export function reveal(box: HTMLElement, part: Element): void {
  const outer = box.getBoundingClientRect();
  const inner = part.getBoundingClientRect();
  const margin = Math.min(48, outer.height / 4);
  if (inner.top < outer.top + margin || inner.bottom > outer.bottom - margin) {
    box.scrollTop += inner.top - outer.top - (outer.height - inner.height) / 2;
  }
  if (inner.right < outer.left || inner.left > outer.right) {
    box.scrollLeft += inner.left - outer.left - (outer.width - inner.width) / 2;
  }
}
