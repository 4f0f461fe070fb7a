// Partial-order reduction in the packed form: steps of one process alone where they are enough.

import type { FlatProcess } from "../../machine/flat/program.ts";
import { braces, type Lines, line } from "../text.ts";

/** The functions of a process by location: its steps, and whether they are enough. */
export interface OwnNames {
  readonly steps: readonly (string | null)[];
  readonly alone: readonly (string | null)[];
}

/**
 * Prints the attempt to go on with one process: it returns from `successors` if the steps of some process are enough, one
 * of which leads somewhere.
 */
export function printAlone(
  to: Lines,
  process: FlatProcess,
  names: OwnNames,
  location: string,
): void {
  const many = process.count > 1;
  const k = many ? "k, " : "";
  const cases = names.alone.flatMap((alone, at) => {
    const step = names.steps[at];
    return alone === null || step == null ? [] : [{ alone, at, step }];
  });
  if (process.count === 0 || cases.length === 0) return;
  const dispatch = (): void => {
    braces(to, `switch (${location})`, () => {
      for (const { alone, at, step } of cases) {
        braces(to, `case ${at}: if (${alone}(${k}states, offset) === 1)`, () => {
          line(to, `${step}(${k}states, offset, out);`);
          line(to, "if (goesOn(out)) return;");
          line(to, "out.clear();");
        });
        line(to, "break;");
      }
    });
  };
  if (many) braces(to, `for (let k = 0; k < ${process.count}; k += 1)`, dispatch);
  else dispatch();
}

/** Prints `goesOn`: does a step lead anywhere? */
export function printGoesOn(to: Lines, types: boolean): void {
  const [steps, truth] = types ? [": Steps", ": boolean"] : ["", ""];
  braces(to, `function goesOn(out${steps})${truth}`, () => {
    line(
      to,
      "for (let step = 0; step < out.count; step += 1) if (out.fault[step] === -1) return true;",
    );
    line(to, "return false;");
  });
  line(to, "");
}
