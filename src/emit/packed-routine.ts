// Flat routines as functions of JavaScript or TypeScript.
//
// Steps keep the words of the state being built in local variables (`w0`, `w1`, …), or in the array `now` where there are
// many. Forks are replayed: `choices` holds the number taken at each fork of the path, the path is run again from the
// start with the next numbers until all are tried. So nothing is copied, and every path is one step of `out`.

import type { FlatBlock, FlatRoutine, FlatStmt } from "../machine/flatten-program.ts";
import { blocksOf, visitBlock, visitStatements } from "../machine/flatten-prune.ts";
import {
  conditionText,
  itemOf,
  maskOf,
  numberText,
  parenthesised,
  placeOf,
  type Reading,
} from "./packed-expression.ts";
import {
  at,
  localNames,
  MOST_LOCAL_WORDS,
  type Printing,
  readingOf,
  typed,
} from "./packed-reading.ts";
import { braces, type Lines, line } from "./text.ts";

interface Routine {
  readonly printing: Printing;
  readonly reading: Reading;
  readonly to: Lines;
  readonly routine: FlatRoutine;
  readonly kind: "step" | "initial" | "predicate";
  /** Who moves: the text of a number. */
  readonly mover: string;
  /** Statements that end a path: with forks the next path begins, else the function returns. */
  readonly leave: string;
  readonly forks: boolean;
  /** Branches are marked when the path ends: it may turn out that the step cannot be taken. */
  readonly late: boolean;
  readonly notes: boolean;
}

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
  const r: Routine = {
    printing,
    reading: readingOf(printing, localNames(routine), "step"),
    to,
    routine,
    kind,
    mover,
    forks,
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
    ...declaredLocals(routine),
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
  const r: Routine = {
    printing,
    reading: readingOf(printing, localNames(routine), "predicate"),
    to,
    routine,
    kind: "predicate",
    mover: "mover",
    leave: "",
    forks: false,
    late: false,
    notes: false,
  };
  const locals = declaredLocals(routine);
  braces(to, `function ${name}(${parameters.join(", ")})${number}`, () => {
    if (locals.length > 0) line(to, `let ${locals.map((local) => `${local} = 0`).join(", ")};`);
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

/** Locals that the text mentions, without the parameter. */
function declaredLocals(routine: FlatRoutine): readonly string[] {
  const used = new Set<number>();
  visitBlock(routine.body, (expr) => {
    if (expr.kind === "local") used.add(expr.local);
  });
  visitStatements(routine.body, (statement) => {
    if (statement.kind === "pick" || statement.kind === "for") used.add(statement.local);
  });
  const names = localNames(routine);
  return [...used]
    .toSorted((a, z) => a - z)
    .filter((id) => !(routine.parameter && id === 0))
    .map((id) => names[id] ?? "");
}

function marksOf(statements: readonly FlatStmt[]): readonly number[] {
  return [
    ...new Set(
      statements.flatMap((statement) => (statement.kind === "branch" ? [statement.branch] : [])),
    ),
  ];
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

// ---------------------------------------------------------------- statements

function printBlock(r: Routine, block: FlatBlock): void {
  for (const statement of block) printStatement(r, statement);
}

function printStatement(r: Routine, statement: FlatStmt): void {
  const { to, reading } = r;
  switch (statement.kind) {
    case "set":
      return line(
        to,
        `${reading.locals[statement.local]} = ${numberText(reading, statement.value)};`,
      );
    case "write":
      return printWrite(r, statement);
    case "store":
      return line(
        to,
        `scratch[${numberText(reading, statement.address)}] = ${numberText(reading, statement.value)};`,
      );
    case "if":
      return printIf(r, statement);
    case "for": {
      const counter = reading.locals[statement.local];
      const label = isNamed(statement.body, statement.id) ? `l${statement.id}: ` : "";
      const below = numberText(reading, statement.below);
      const from = numberText(reading, statement.from);
      return braces(
        to,
        `${label}for (${counter} = ${from}; ${counter} < ${parenthesisedSum(below)}; ${counter} += 1)`,
        () => printBlock(r, statement.body),
      );
    }
    case "loop":
      return braces(to, `${labelOf(statement.id)}: while (true)`, () =>
        printBlock(r, statement.body),
      );
    case "block":
      return braces(to, `${labelOf(statement.id)}:`, () => printBlock(r, statement.body));
    case "break":
    case "continue":
      return line(to, `${statement.kind} ${labelOf(statement.id)};`);
    case "pick":
      return printPick(r, statement);
    case "answer":
      return line(to, `return ${numberText(reading, statement.value)};`);
    case "emit":
      return printArrival(r);
    case "fault":
      if (r.kind === "predicate") return line(to, "return 2;");
      printMarks(r);
      line(to, `${endCall(r, "faulted", [String(statement.site)])};`);
      return line(to, r.leave);
    case "reject":
      if (r.notes) line(to, "out.noteCount = noted;");
      return line(to, r.leave);
    case "blame":
      return line(to, `blamed = ${numberText(reading, statement.mover)};`);
    case "note":
      return line(to, `out.note(out.count, ${statement.note});`);
    case "lock-order":
      r.printing.helpers.add("lockOrder");
      return line(
        to,
        `out.note(out.count, lockOrder(${statement.site}, ${numberText(reading, statement.held)}, ${numberText(reading, statement.taken)}));`,
      );
    case "cost":
      return line(to, `c${statement.cost} += ${numberText(reading, statement.value)};`);
    case "branch":
      return line(to, r.late ? `b${statement.branch} = 1;` : `branches[${statement.branch}] = 1;`);
    default:
      return statement satisfies never;
  }
}

function parenthesisedSum(text: string): string {
  return /[<>=?|&]/.test(text) ? `(${text})` : text;
}

/** Loops of the code have negative ids. */
function labelOf(id: number): string {
  return id < 0 ? `loop${-1 - id}` : `l${id}`;
}

function isNamed(block: FlatBlock, id: number): boolean {
  return block.some(
    (statement) =>
      ((statement.kind === "break" || statement.kind === "continue") && statement.id === id) ||
      blocksOf(statement).some((inner) => isNamed(inner, id)),
  );
}

function printArrival(r: Routine): void {
  const { program, helpers } = r.printing;
  const arrive = (): void => {
    printMarks(r);
    line(r.to, `${endCall(r, "arrive", [])};`);
  };
  if (r.kind === "initial" && program.initialMayRepeat) {
    helpers.add("isNew");
    const words = Array.from({ length: program.layout.width }, (_, word) => `w${word}`).join(", ");
    const state = program.layout.width <= MOST_LOCAL_WORDS ? `[${words}]` : "now";
    braces(r.to, `if (isNew(${state}))`, arrive, r.notes ? "} else out.noteCount = noted;" : "}");
  } else arrive();
  line(r.to, r.leave);
}

function endCall(r: Routine, name: string, more: readonly string[]): string {
  const { program } = r.printing;
  const words =
    program.layout.width <= MOST_LOCAL_WORDS && name === "arrive"
      ? Array.from({ length: program.layout.width }, (_, word) => `w${word}`)
      : [];
  const costs = program.costs.map((_, cost) => `c${cost}`);
  const mover = r.kind === "initial" ? (name === "arrive" ? "-1" : "blamed") : r.mover;
  return `${name}(${["out", mover, ...more, ...words, ...costs].join(", ")})`;
}

function printMarks(r: Routine): void {
  if (!r.late) return;
  const statements: FlatStmt[] = [];
  visitStatements(r.routine.body, (statement) => statements.push(statement));
  for (const branch of marksOf(statements))
    line(r.to, `branches[${branch}]${r.reading.sure} |= b${branch};`);
}

function printIf(r: Routine, statement: FlatStmt & { readonly kind: "if" }): void {
  const { to } = r;
  const test = conditionText(r.reading, statement.condition);
  if (statement.then.length === 0) {
    const otherwise = conditionText(r.reading, {
      kind: "unary",
      operator: "not",
      operand: statement.condition,
    });
    return braces(to, `if (${otherwise})`, () => printBlock(r, statement.otherwise));
  }
  braces(
    to,
    `if (${test})`,
    () => printBlock(r, statement.then),
    statement.otherwise.length === 0 ? "}" : "} else {",
  );
  if (statement.otherwise.length === 0) return;
  to.depth += 1;
  printBlock(r, statement.otherwise);
  to.depth -= 1;
  line(to, "}");
}

function printPick(r: Routine, statement: FlatStmt & { readonly kind: "pick" }): void {
  const { to, reading } = r;
  const chosen = reading.locals[statement.local];
  const last = "[depth - 1]";
  line(to, "depth += 1;");
  line(to, `${chosen} = depth > top ? 0 : choices${last}${reading.sure};`);
  line(to, `limits${last} = ${statement.count};`);
  braces(to, `for (; ; ${chosen} += 1)`, () => {
    line(to, `choices${last} = ${chosen};`);
    braces(to, `if (${chosen} === ${statement.count})`, () => {
      braces(to, "if (depth > top)", () => printBlock(r, statement.none));
      if (r.notes) line(to, "out.noteCount = noted;");
      line(to, r.leave);
    });
    printBlock(r, statement.filter);
    const accept = conditionText(reading, statement.accept);
    line(to, accept === "true" ? "break;" : `if (${accept}) break;`);
  });
}

function printWrite(r: Routine, statement: FlatStmt & { readonly kind: "write" }): void {
  const { to, reading } = r;
  const item = itemOf(reading, statement.item);
  const place = placeOf(reading, item, statement.index);
  const mask = maskOf(item.bits);
  const array = r.printing.program.layout.width > MOST_LOCAL_WORDS;
  const value = numberText(reading, statement.value);
  const valueIn = (shift: string): string =>
    shift === "0" ? parenthesised(value) : `(${parenthesised(value)} << ${parenthesised(shift)})`;
  const updated = (word: string, shift: string): string => {
    if (item.bits >= 32) return value;
    if (place.fixedShift !== null) {
      const kept = `${word} & ${~(mask << place.fixedShift)}`;
      if (statement.value.kind !== "const") return `(${kept}) | ${valueIn(shift)}`;
      const bits = statement.value.value << place.fixedShift;
      if (bits === 0) return kept;
      return bits === mask << place.fixedShift ? `${word} | ${bits}` : `(${kept}) | ${bits}`;
    }
    return `(${word} & ~(${mask} << ${parenthesised(shift)})) | ${valueIn(shift)}`;
  };
  if (place.fixedShift !== null && place.word === null) {
    const word = reading.word("now", place.fixedWord, null, 1);
    return line(to, `${word} = ${updated(word, place.shift)};`);
  }
  braces(to, "", () => {
    let { shift } = place;
    if (place.fixedShift === null && !/^\w+$/.test(shift)) {
      line(to, `const shift = ${shift};`);
      shift = "shift";
    }
    if (place.word === null) {
      const word = reading.word("now", place.fixedWord, null, 1);
      return line(to, `${word} = ${updated(word, shift)};`);
    }
    line(to, `const at = ${place.word};`);
    if (array) {
      const word = reading.word("now", place.fixedWord, "at", 1);
      return line(to, `${word} = ${updated(word, shift)};`);
    }
    const words = Math.ceil(item.count / item.perWord);
    for (let position = 0; position < words; position += 1) {
      const word = `w${place.fixedWord + position}`;
      const head =
        position === 0
          ? `if (at === 0) `
          : position === words - 1
            ? "else "
            : `else if (at === ${position}) `;
      line(to, `${head}${word} = ${updated(word, shift)};`);
    }
  });
}
