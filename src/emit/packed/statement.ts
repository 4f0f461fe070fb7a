// Flat statements as text: the body of a packed function.

import type { FlatBlock, FlatRoutine, FlatStmt } from "../../machine/flat/program.ts";
import { blocksOf } from "../../machine/flat/walk.ts";
import { braces, type Lines, line } from "../text.ts";
import { conditionText, numberText, type Reading } from "./expression.ts";
import { MOST_LOCAL_WORDS, type Printing } from "./reading.ts";
import { printWrite } from "./write.ts";

/** A routine being printed. */
export interface Routine {
  readonly printing: Printing;
  readonly reading: Reading;
  readonly to: Lines;
  readonly routine: FlatRoutine;
  readonly kind: "step" | "initial" | "predicate";
  /** Who moves: the text of a number. */
  readonly mover: string;
  /** Statements that end a path: with forks the next path begins, else the function returns. */
  readonly leave: string;
  /** Locals that are declared where they are set. */
  readonly inPlace: ReadonlySet<number>;
  /** Branches are marked when the path ends: it may turn out that the step cannot be taken. */
  readonly late: boolean;
  /** The branches to mark then. */
  readonly marks: readonly number[];
  /** Whether a fault asks who is to blame for it. */
  readonly blames: boolean;
  /** Notes are taken back where the step cannot be taken. */
  readonly notes: boolean;
}

/** Prints the statements of a block. */
export function printBlock(r: Routine, block: FlatBlock): void {
  for (const statement of block) printStatement(r, statement);
}

function printStatement(r: Routine, statement: FlatStmt): void {
  const { to, reading } = r;
  switch (statement.kind) {
    case "set":
      line(to, `${declared(r, statement.local)} = ${numberText(reading, statement.value)};`);
      break;
    case "write":
      printWrite(to, reading, statement, r.printing.program.layout.width <= MOST_LOCAL_WORDS);
      break;
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
        `${label}for (let ${counter} = ${from}; ${counter} < ${parenthesisedSum(below)}; ${counter} += 1)`,
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
      if (r.blames) line(to, `blamed = ${numberText(reading, statement.mover)};`);
      break;
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
      if (!r.late) line(to, `branches[${statement.branch}] = 1;`);
      else if (r.marks.includes(statement.branch)) line(to, `b${statement.branch} = 1;`);
      break;
    default:
      return statement satisfies never;
  }
}

/** A local that is assigned, and maybe declared by that. */
function declared(r: Routine, local: number): string {
  const name = r.reading.locals[local] ?? "";
  if (!r.inPlace.has(local)) return name;
  // Else TypeScript would take `c ? 1 : 0` for 0 | 1, and reason about it.
  return `const ${name}${r.printing.types ? ": number" : ""}`;
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
  for (const branch of r.marks) {
    line(r.to, `branches[${branch}]${r.reading.sure} |= b${branch};`);
  }
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
