// How packed code names what it reads: locals, the words of states, constants.

import type { FlatProgram, FlatRoutine, FlatState } from "../../machine/flat/program.ts";
import { RESERVED } from "../text.ts";
import type { Reading } from "./expression.ts";

/** How all routines of a module are printed. */
export interface Printing {
  readonly program: FlatProgram;
  readonly types: boolean;
  readonly helpers: Set<string>;
}

/** States of more words than this are built in an array. */
export const MOST_LOCAL_WORDS = 8;

export function typed(printing: { readonly types: boolean }, type: string): string {
  return printing.types ? `: ${type}` : "";
}

/** `base + word`, without the `+ 0`. */
export function at(base: string, word: number): string {
  return word === 0 ? base : `${base} + ${word}`;
}

/** How a routine reads: steps the words that they are building, predicates the states that they are given. */
export function readingOf(
  printing: Printing,
  locals: readonly string[],
  kind: "step" | "predicate",
): Reading {
  const { helpers, program } = printing;
  const sure = printing.types ? "!" : "";
  const element = (array: string, base: string, word: number, index: string | null): string => {
    const fixed = base === "" ? String(word) : at(base, word);
    if (index === null) return `${array}[${fixed}]${sure}`;
    return `${array}[${fixed === "0" ? index : `${fixed} + ${/^\w+$/.test(index) ? index : `(${index})`}`}]${sure}`;
  };
  return {
    program,
    locals,
    sure,
    helpers,
    word(state: FlatState, word: number, index: string | null, count: number): string {
      if (state === "after") return element("next", "nextOffset", word, index);
      if (kind === "predicate" || state === "start")
        return element("states", "offset", word, index);
      if (program.layout.width > MOST_LOCAL_WORDS) return element("now", "", word, index);
      if (index === null) return `w${word}`;
      helpers.add(`word${count}`);
      const words = Array.from({ length: count }, (_, position) => `w${word + position}`);
      return `word${count}(${[index, ...words].join(", ")})`;
    },
  };
}

const TAKEN =
  /^([wbc][0-9]+|word[0-9]*|packed.*|arrive|at|blamed|branches|choices|countBits|data|depth|faulted|faults|isNew|limits|lockNames|lockOrder|met|mover|next|nextOffset|noted|notes|now|offset|orderPlaces|orders|out|scratch|shift|states|step|top)$/;

/** The names of a routine's locals, kept apart from those of the module. */
export function localNames(routine: FlatRoutine): readonly string[] {
  return routine.locals.map((name) => (TAKEN.test(name) || RESERVED.has(name) ? `${name}$` : name));
}
