// Which behaviours came and went: states of the observed variables, and the shortest runs that only one version has.

import type { Trace } from "../../checker/exploration.ts";
import type {
  Behaviours,
  Ending,
  Inclusion,
  ObservedValue,
  StateExample,
} from "../../diff/behaviours.ts";
import type { Difference } from "../../diff/difference.ts";
import { summarize } from "../values.ts";
import { faultWords, grouped, limitWords, listed, plural } from "../words.ts";
import {
  type Block,
  code,
  enumerated,
  heading,
  joined,
  type Phrase,
  paragraph,
  say,
} from "./block.ts";
import type { Names } from "./names.ts";

/** A difference of the versions' behaviours that a run shows. */
export interface OwnRun {
  readonly trace: Trace;
  readonly owner: "before" | "after";
  readonly mark: string;
}

export function behaviourBlocks(
  { behaviours, before, after }: Difference,
  names: Names,
): readonly Block[] {
  if (behaviours === null) {
    const open = [before, after].filter(({ search }) => !search.complete);
    const which = open.length === 2 ? "neither search is" : `the search of ${open[0]?.name} is not`;
    return [heading("Behaviours"), paragraph(say`not compared: ${which} complete`, "warn")];
  }
  const { observed, onlyBefore, onlyAfter } = behaviours;
  if (observed.length === 0) {
    return [
      heading("Behaviours"),
      paragraph(say`not compared: the versions have no variable in common to observe`, "warn"),
    ];
  }
  return [
    heading(say`Behaviours, observed by ${enumerated(observed.map((name) => [code(name)]))}`),
    ...missingLine(onlyBefore, names.before),
    ...missingLine(onlyAfter, names.after),
    ...stateLines(behaviours, names),
    ...inclusionLines(behaviours, names),
  ];
}

function missingLine(only: readonly string[], name: string): readonly Block[] {
  if (only.length === 0) return [];
  return [
    paragraph(
      say`only ${code(name)} has ${enumerated(only.map((one) => [code(one)]))}: not compared`,
      "dim",
    ),
  ];
}

function stateLines({ states }: Behaviours, names: Names): readonly Block[] {
  const { kept, removed, added, examples } = states;
  const counts = say`observed states: ${grouped(kept)} in both, ${grouped(removed)} only in ${code(names.before)}, ${grouped(added)} only in ${code(names.after)}`;
  return [
    paragraph(counts),
    ...exampleLine(examples.removed, names.before),
    ...exampleLine(examples.added, names.after),
  ];
}

function exampleLine(example: StateExample | null, name: string): readonly Block[] {
  if (example === null) return [];
  const steps = example.trace.steps.length;
  const when = steps === 0 ? "at the start" : `after ${plural(steps, "step")}`;
  return [paragraph(say`only in ${code(name)}, ${when}: ${valuesPhrase(example.values)}`)];
}

/** `pmd[1] none, mapcount[*] 0` */
export function valuesPhrase(values: readonly ObservedValue[]): Phrase {
  const texts = values.flatMap(({ name, value, type }) => summarize(name, value, type));
  return joined(
    texts.map((text) => [text]),
    ", ",
  );
}

function inclusionLines(behaviours: Behaviours, names: Names): readonly Block[] {
  const { beforeInAfter, afterInBefore } = behaviours;
  if (beforeInAfter.kind === "included" && afterInBefore.kind === "included") {
    return [
      paragraph(
        say`both have the same behaviours: whatever one can do the other can do too`,
        "good",
      ),
    ];
  }
  return [
    ...inclusionLine(afterInBefore, names.after, names.before, "new"),
    ...inclusionLine(beforeInAfter, names.before, names.after, "gone"),
  ];
}

function inclusionLine(
  inclusion: Inclusion,
  own: string,
  other: string,
  what: "new" | "gone",
): readonly Block[] {
  switch (inclusion.kind) {
    case "included":
      return [
        paragraph(
          say`every behaviour of ${code(own)} is one of ${code(other)}: nothing is ${what}`,
          "good",
        ),
      ];
    case "unknown":
      return [
        paragraph(
          say`whether every behaviour of ${code(own)} is one of ${code(other)} is not known: ${limitWords(inclusion.stoppedBy)}`,
          "warn",
        ),
      ];
    case "differs": {
      const steps = plural(inclusion.trace.steps.length, "step");
      return [
        paragraph(
          say`${code(own)} has behaviours that ${code(other)} has not; a shortest one, of ${steps}, ${endPhrase(inclusion)}, where ${code(other)} can only ${insteadPhrase(inclusion)}`,
        ),
      ];
    }
    default:
      return inclusion satisfies never;
  }
}

type Differs = Extract<Inclusion, { readonly kind: "differs" }>;

function endPhrase({ ending }: Differs): Phrase {
  return ending === null ? say`comes to other values` : say`ends there (${endingWords(ending)})`;
}

function insteadPhrase({ instead }: Differs): Phrase {
  const ways = [
    ...instead.values.map(valuesPhrase),
    ...instead.endings.map((ending) => [`end (${endingWords(ending)})`]),
  ];
  return ways.length === 0 ? ["stay as it is"] : joined(ways, " or ");
}

/** How a complete run ends. */
export function endingWords(ending: Ending): string {
  switch (ending.kind) {
    case "ended":
      return "everything done";
    case "blocked":
      return `${listed(ending.processes)} blocked for ever`;
    case "fault":
      return `${faultWords(ending.fault)} in ${ending.process}`;
    default:
      return ending satisfies never;
  }
}
