// Flat routines as functions of JavaScript or TypeScript.
//
// Steps keep the words of the state being built in local variables (`w0`, `w1`, …), or in the array `now` where there are
// many. Forks are replayed: `choices` holds the number taken at each fork of the path, the path is run again from the
// start with the next numbers until all are tried. So nothing is copied, and every path is one step of `out`.

import type { FlatRoutine, FlatStmt } from "../machine/flatten-program.ts";
import { visitStatements } from "../machine/flatten-prune.ts";
import {
  at,
  localNames,
  MOST_LOCAL_WORDS,
  type Printing,
  readingOf,
  typed,
} from "./packed-reading.ts";
import { declarations } from "./packed-scoping.ts";
import { marksOf, printBlock, type Routine } from "./packed-statement.ts";
import { braces, type Lines, line } from "./text.ts";

/** Prints a step or the initial states as a function that adds to `out`. */
export function printStep(
  printing: Printing,
  to: Lines,
  name: string,
  routine: FlatRoutine,
  kind: "step" | "initial",
  mover: string,
): void {
  const { program } = printing;
  const statements: FlatStmt[] = [];
  visitStatements(routine.body, (statement) => statements.push(statement));
  const forks = statements.some(({ kind }) => kind === "pick");
  const { top, inPlace } = declarations(routine);
  const r: Routine = {
    printing,
    inPlace,
    reading: readingOf(printing, localNames(routine), "step"),
    to,
    routine,
    kind,
    mover,
    leave: forks ? "break path;" : "return;",
    late: rejectsAfter(statements, "branch"),
    notes: rejectsAfter(statements, "note") || rejectsAfter(statements, "lock-order"),
  };
  const { sure } = r.reading;
  const number = typed(printing, "number");
  const parameters = [
    ...(routine.parameter ? [`${localNames(routine)[0]}${number}`] : []),
    ...(kind === "step" ? [`states${typed(printing, "Int32Array")}`, `offset${number}`] : []),
    `out${typed(printing, "Steps")}`,
  ];
  const costs = program.costs.map((_, cost) => `c${cost}`);
  const zeroed = [
    ...top.map((local) => r.reading.locals[local] ?? ""),
    ...(r.late ? marksOf(statements).map((branch) => `b${branch}`) : []),
    ...costs,
  ];
  braces(to, `function ${name}(${parameters.join(", ")})${typed(printing, "void")}`, () => {
    const words = Array.from({ length: program.layout.width }, (_, word) => word);
    const local = program.layout.width <= MOST_LOCAL_WORDS;
    const source = (word: number): string =>
      kind === "initial" ? "0" : `states[${at("offset", word)}]${r.reading.sure}`;
    if (zeroed.length > 0) line(to, `let ${zeroed.map((zero) => `${zero} = 0`).join(", ")};`);
    if (r.kind === "initial") line(to, "let blamed = -1;");
    if (r.notes) line(to, `${forks ? "let" : "const"} noted = out.noteCount;`);
    if (!forks) {
      if (local) line(to, `let ${words.map((word) => `w${word} = ${source(word)}`).join(", ")};`);
      else loadArray(r);
      printBlock(r, routine.body);
      return;
    }
    if (local) line(to, `let ${words.map((word) => `w${word} = 0`).join(", ")};`);
    line(to, "let top = 0, depth = 0;");
    braces(
      to,
      "do",
      () => {
        if (local) line(to, `${words.map((word) => `w${word} = ${source(word)}`).join("; ")};`);
        else loadArray(r);
        const again = [
          ...costs,
          ...(r.late ? marksOf(statements).map((branch) => `b${branch}`) : []),
          "depth",
        ];
        line(to, `${again.map((zero) => `${zero} = 0`).join("; ")};`);
        if (r.kind === "initial") line(to, "blamed = -1;");
        if (r.notes) line(to, "noted = out.noteCount;");
        braces(to, "path:", () => printBlock(r, routine.body));
        line(to, "top = depth;");
        line(
          to,
          `while (top > 0 && (choices[top - 1]${sure} += 1) >= limits[top - 1]${sure}) top -= 1;`,
        );
      },
      "} while (top > 0);",
    );
  });
}

/** Prints a predicate as a function of one state, or of the two states of a step and its mover. */
export function printPredicate(
  printing: Printing,
  to: Lines,
  name: string,
  routine: FlatRoutine,
  step: boolean,
): void {
  const number = typed(printing, "number");
  const words = typed(printing, "Int32Array");
  const parameters = [
    `states${words}`,
    `offset${number}`,
    ...(step ? [`next${words}`, `nextOffset${number}`, `mover${number}`] : []),
  ];
  const { top, inPlace } = declarations(routine);
  const r: Routine = {
    printing,
    inPlace,
    reading: readingOf(printing, localNames(routine), "predicate"),
    to,
    routine,
    kind: "predicate",
    mover: "mover",
    leave: "",
    late: false,
    notes: false,
  };
  braces(to, `function ${name}(${parameters.join(", ")})${number}`, () => {
    const zeroed = top.map((local) => `${r.reading.locals[local]} = 0`);
    if (zeroed.length > 0) line(to, `let ${zeroed.join(", ")};`);
    printBlock(r, routine.body);
  });
}

function loadArray(r: Routine): void {
  if (r.kind === "initial") line(r.to, "now.fill(0);");
  else
    line(
      r.to,
      `for (let word = 0; word < ${r.printing.program.layout.width}; word += 1) now[word] = states[offset + word]${r.reading.sure};`,
    );
}

/** Whether a path may be rejected after such a statement; loops count as running to and fro. */
function rejectsAfter(statements: readonly FlatStmt[], kind: FlatStmt["kind"]): boolean {
  const first = statements.findIndex((statement) => statement.kind === kind);
  if (first < 0) return false;
  const loops = statements.some(
    (statement) => statement.kind === "loop" || statement.kind === "for",
  );
  return statements
    .slice(loops ? 0 : first)
    .some((statement) => statement.kind === "reject" || statement.kind === "pick");
}
