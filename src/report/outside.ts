// What is said of a result that another engine came to, or why it came to none.

import type { NotJudged, Outside } from "../checker/exploration.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Paint } from "./style.ts";
import { kindWords, listed } from "./words.ts";

/** `SPIN 6.5.2` */
export function engineWords({ name, version }: Pick<Outside, "name" | "version">): string {
  return `${name} ${version}`;
}

/** What an engine does not judge of a spec: `stuck processes, lock order and costs`. */
export function notJudgedWords(notJudged: readonly NotJudged[]): string {
  return listed([...new Set(notJudged.map(subject))]);
}

function subject({ kind, name }: NotJudged): string {
  switch (kind) {
    case "stuck":
      return "stuck processes";
    case "lock_order":
      return "lock order";
    case "cost":
      return "costs";
    case "coverage":
      return "what is never entered or taken";
    default:
      return kind === name ? kindWords(kind) : `${kindWords(kind)} ${name}`;
  }
}

/** Engines that gave no answer, each with why and what can be done. */
export function drawMissing(
  silent: readonly { readonly diagnostic: Diagnostic }[],
  paint: Paint,
): string {
  return silent
    .map(({ diagnostic: { message, hint } }) =>
      paint("warn", hint === null ? message : `${message} (${hint})`),
    )
    .join("\n");
}
