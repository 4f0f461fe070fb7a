// Partial-order reduction in the packed form: steps of one process alone where they are enough. A process that has taken a step
// goes on at once as long as its next step is enough, the only one, and its state may be passed over.

import type { FlatProcess, FlatProgram } from "../../machine/flat/program.ts";
import { braces, type Lines, line } from "../text.ts";

/** The functions of a process by location: its steps, and whether they are enough; and how its location is read. */
export interface OwnNames {
  readonly steps: readonly (string | null)[];
  readonly alone: readonly (string | null)[];
  readonly location: string;
}

/** Whether any state may be passed over. */
export function passesOver({ processes }: FlatProgram): boolean {
  return processes.some(({ count, passable }) => count > 0 && passable.includes(true));
}

/** Prints attempts to take the steps of one process: they return if these are enough, one of which leads somewhere. */
export function printAlone(to: Lines, process: FlatProcess, names: OwnNames): void {
  const { steps, alone, location } = names;
  if (process.count === 0 || alone.every((name) => name === null)) return;
  const many = process.count > 1;
  const k = many ? "k, " : "";
  const dispatch = (): void => {
    braces(to, `switch (${location})`, () => {
      alone.forEach((name, at) => {
        const step = steps[at];
        if (name === null || step == null) return;
        braces(to, `case ${at}: if (${name}(${k}states, offset) === 1)`, () => {
          line(to, "entered.set(branches);");
          line(to, `${step}(${k}states, offset, out);`);
          line(to, "if (goesOn(out)) return;");
          line(to, "out.clear();");
          line(to, "branches.set(entered);");
        });
        line(to, "break;");
      });
    });
  };
  if (many) braces(to, `for (let k = 0; k < ${process.count}; k += 1)`, dispatch);
  else dispatch();
}

/** Prints what attempts need; `goesOn`: does a step lead anywhere? */
export function printGoesOn(to: Lines): void {
  line(to, "/** Branches that were entered before an attempt. */");
  line(to, "const entered = new Uint8Array(branches.length);");
  line(to, "");
  braces(to, "function goesOn(out)", () => {
    line(
      to,
      "for (let step = 0; step < out.count; step += 1) if (out.fault[step] < 0) return true;",
    );
    line(to, "return false;");
  });
  line(to, "");
}

/** Prints `runOn`, which lets those who have taken a step go on as far as nothing depends on when they do. */
export function printRunOn(
  to: Lines,
  { processes, layout: { width }, costs }: FlatProgram,
  names: readonly OwnNames[],
): void {
  line(
    to,
    "/** Adds the steps of the mover, if they are enough and the state may be passed over. */",
  );
  braces(to, "function takeNext(mover, states, offset, out)", () => {
    processes.forEach((process, at) => {
      const { steps, alone, location } = names[at] ?? { steps: [], alone: [], location: "0" };
      const end = process.first + process.count;
      braces(to, `if (mover < ${end})`, () => {
        const k = process.count > 1 ? "k, " : "";
        if (process.count > 1) line(to, `const k = mover - ${process.first};`);
        braces(to, `switch (${location})`, () => {
          process.passable.forEach((passable, from) => {
            const [name, step] = [alone[from], steps[from]];
            if (!passable || name == null || step == null) return;
            const call = `${step}(${k}states, offset, out)`;
            line(to, `case ${from}: if (${name}(${k}states, offset) === 1) ${call}; break;`);
          });
        });
        line(to, "return;");
      });
    });
  });
  line(to, "");
  braces(to, "function runOn(out)", () => {
    line(to, "const { count } = out;");
    braces(to, "for (let step = 0; step < count; step += 1)", () => {
      braces(to, "while (out.fault[step] < 0)", () => {
        line(to, "const noted = out.noteCount;");
        line(to, "entered.set(branches);");
        line(to, `takeNext(out.mover[step], out.words, step * ${width}, out);`);
        line(to, "const only = out.count === count + 1 && out.fault[count] < 0;");
        line(to, "out.count = count;");
        braces(to, "if (!only)", () => {
          line(to, "out.noteCount = noted;");
          line(to, "branches.set(entered);");
          line(to, "break;");
        });
        line(
          to,
          `out.words.copyWithin(step * ${width}, count * ${width}, (count + 1) * ${width});`,
        );
        costs.forEach((_, cost) => {
          const weight = (at: string): string => `out.weights[${at} * ${costs.length} + ${cost}]`;
          line(to, `${weight("step")} += ${weight("count")};`);
        });
        line(to, "for (let at = noted; at < out.noteCount; at += 1) out.notes[2 * at] = step;");
      });
    });
  });
  line(to, "");
}
