// What keys do, and the table that says so.

import { button, element } from "./dom.ts";

export interface Shortcut {
  /** As `KeyboardEvent.key` has them. */
  readonly keys: readonly string[];
  readonly shown: string;
  readonly words: string;
  readonly press: () => void;
}

/** Listens for keys, wherever they do not mean something else already. */
export function listen(shortcuts: readonly Shortcut[]): void {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typesHere(event.target)) return;
    const found = shortcuts.find(({ keys }) => keys.includes(event.key));
    if (found === undefined) return;
    event.preventDefault();
    found.press();
  });
}

function typesHere(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.matches("select, textarea") ||
      (target instanceof HTMLInputElement && target.type !== "checkbox") ||
      target.closest("dialog") !== null)
  );
}

/** A dialogue that lists the keys. */
export function helpDialog(shortcuts: readonly Shortcut[]): HTMLDialogElement {
  const dialog = element(
    "dialog",
    { "aria-labelledby": "help-title" },
    element("h2", { id: "help-title" }, "Keys"),
    element(
      "table",
      {},
      element(
        "tbody",
        {},
        ...shortcuts.map(({ shown, words }) =>
          element(
            "tr",
            {},
            element("th", { scope: "row" }, element("kbd", {}, shown)),
            element("td", {}, words),
          ),
        ),
      ),
    ),
  );
  dialog.append(button("Close", {}, () => dialog.close()));
  return dialog;
}
