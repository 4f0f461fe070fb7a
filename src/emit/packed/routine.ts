// Flat routines as functions of JavaScript or TypeScript.
//
// Steps keep the words of the state being built in local variables (`w0`, `w1`, …), or in the array `now` where there are
// many. Forks are replayed: `choices` holds the number taken at each fork of the path, the path is run again from the
// start with the next numbers until all are tried. So nothing is copied, and every path is one step of `out`.

import type { FlatRoutine, FlatStmt } from "../../machine/flat/program.ts";
import { declarations } from "../../machine/flat/scoping.ts";
import { visitStatements } from "../../machine/flat/walk.ts";
import {
  braces,
  type Lines,
  line,
  newLines,
  printFunction,
  type Signature,
  wordsOf,
} from "../text.ts";
import { at, localNames, MOST_LOCAL_WORDS, type Printing, readingOf } from "./reading.ts";
import { printBlock, type Routine } from "./statement.ts";

/** Prints a step or the initial states as a function that adds to `out`. */
export function printStep(
  printing: Printing,
  to: Lines,
  name: string,
  routine: FlatRoutine,
  kind: "step" | "initial",
  mover: string,
): void {
  const statements: FlatStmt[] = [];
  visitStatements(routine.body, (statement) => statements.push(statement));
  const forks = statements.some((statement) => statement.kind === "pick");
  const { top, inPlace } = declarations(routine);
  const code = newLines();
  const late = rejectsAfter(statements, "branch");
  const r: Routine = {
    printing,
    inPlace,
    reading: readingOf(printing, localNames(routine), "step"),
    to: code,
    routine,
    kind,
    mover,
    leave: forks ? "break path;" : "return;",
    blames: statements.some((statement) => statement.kind === "fault"),
    late,
    marks: late ? marksOf(statements) : [],
    notes: rejectsAfter(statements, "note") || rejectsAfter(statements, "lock-order"),
  };
  printBlock(r, routine.body);
  if (!forks && code.lines.at(-1) === "return;") code.lines.pop();
  const frame = frameOf(r, top, code.lines);
  const parameters: Signature["parameters"] = [
    ...(routine.parameter ? ([[r.reading.locals[0] ?? "", "number"]] as const) : []),
    ...(kind === "step"
      ? ([
          ["states", "Int32Array"],
          ["offset", "number"],
        ] as const)
      : []),
    ["out", "Steps"],
  ];
  printFunction(
    to,
    { head: `function ${name}`, parameters, result: "void", types: printing.types },
    (inside) => {
      if (forks) printReplay(inside, r, frame, code.lines);
      else {
        declare(inside, "let", [...frame.locals, ...frame.again, ...frame.words]);
        if (frame.fill !== null) line(inside, frame.fill);
        for (const text of code.lines) line(inside, text);
      }
    },
  );
}

/** A variable and its value at the start of a path. */
type Start = readonly [name: string, value: string];

/** What a path starts with; only what its code mentions. */
interface Frame {
  readonly locals: readonly Start[];
  /** Set again for each path. */
  readonly again: readonly Start[];
  readonly words: readonly Start[];
  /** The statement that loads the words, where they are in an array. */
  readonly fill: string | null;
}

function frameOf(r: Routine, top: readonly number[], code: readonly string[]): Frame {
  const { width } = r.printing.program.layout;
  const { sure } = r.reading;
  const initial = r.kind === "initial";
  const mentioned = wordsOf(code);
  const used = (starts: readonly Start[]): readonly Start[] =>
    starts.filter(([name]) => mentioned.has(name));
  const words = Array.from(
    { length: width },
    (_, word): Start => [`w${word}`, initial ? "0" : `states[${at("offset", word)}]${sure}`],
  );
  const costs = r.printing.program.costs.map((_, cost): Start => [`c${cost}`, "0"]);
  const load = initial
    ? "now.fill(0);"
    : `for (let word = 0; word < ${width}; word += 1) now[word] = states[offset + word]${sure};`;
  return {
    locals: used(top.map((local): Start => [r.reading.locals[local] ?? "", "0"])),
    again: used([
      ...r.marks.map((branch): Start => [`b${branch}`, "0"]),
      ...costs,
      ["blamed", "-1"],
      ["noted", "out.noteCount"],
    ]),
    words: width <= MOST_LOCAL_WORDS ? used(words) : [],
    fill:
      mentioned.has("now") || (width > MOST_LOCAL_WORDS && mentioned.has("arrive")) ? load : null,
  };
}

function declare(to: Lines, keyword: string, starts: readonly Start[]): void {
  if (starts.length > 0)
    line(to, `${keyword} ${starts.map(([name, value]) => `${name} = ${value}`).join(", ")};`);
}

/** The path again and again, each time with other choices, until all are tried. */
function printReplay(to: Lines, r: Routine, frame: Frame, code: readonly string[]): void {
  const { sure } = r.reading;
  const each = [...frame.again, ...frame.words];
  declare(to, "let", [
    ...frame.locals,
    ...each.map(([name]): Start => [name, "0"]),
    ["top", "0"],
    ["depth", "0"],
  ]);
  const path = (): void => {
    for (const text of code) line(to, text);
  };
  const again = (): void => {
    line(
      to,
      `${[...each, ["depth", "0"] as const].map(([name, value]) => `${name} = ${value};`).join(" ")}`,
    );
    if (frame.fill !== null) line(to, frame.fill);
    braces(to, "path:", path);
    line(to, "top = depth;");
    line(
      to,
      `while (top > 0 && (choices[top - 1]${sure} += 1) >= limits[top - 1]${sure}) top -= 1;`,
    );
  };
  braces(to, "do", again, "} while (top > 0);");
}

/** Prints a predicate as a function of one state (and an instance), or of the two states of a step and its mover. */
export function printPredicate(
  printing: Printing,
  to: Lines,
  name: string,
  routine: FlatRoutine,
  of: "state" | "step",
): void {
  const { top, inPlace } = declarations(routine);
  const reading = readingOf(printing, localNames(routine), "predicate");
  const parameters: Signature["parameters"] = [
    ...(routine.parameter ? ([[reading.locals[0] ?? "", "number"]] as const) : []),
    ["states", "Int32Array"],
    ["offset", "number"],
    ...(of === "step"
      ? ([
          ["next", "Int32Array"],
          ["nextOffset", "number"],
          ["mover", "number"],
        ] as const)
      : []),
  ];
  printFunction(
    to,
    { head: `function ${name}`, parameters, result: "number", types: printing.types },
    (inside) => {
      declare(
        inside,
        "let",
        top.map((local): Start => [reading.locals[local] ?? "", "0"]),
      );
      const code: Routine = {
        printing,
        inPlace,
        reading,
        to: inside,
        routine,
        kind: "predicate",
        mover: "mover",
        leave: "",
        late: false,
        marks: [],
        blames: false,
        notes: false,
      };
      printBlock(code, routine.body);
    },
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

/** The branches that a step may mark: those of a step that can never be taken stay as they are. */
function marksOf(statements: readonly FlatStmt[]): readonly number[] {
  if (!statements.some(({ kind }) => kind === "emit" || kind === "fault")) return [];
  return [...new Set(statements.flatMap((one) => (one.kind === "branch" ? [one.branch] : [])))];
}
