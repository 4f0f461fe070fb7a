// The parts of the oracle: what is still to be run of a body, as a stack of work, and where a path stands in its step.

import { type Environment, evaluate, Fault } from "../../src/checker/evaluate.ts";
import type { Note, State } from "../../src/checker/transition-system.ts";
import { elementsOf, entryOf, fits } from "../../src/checker/values.ts";
import type { Span } from "../../src/diagnostics/source.ts";
import type { Body, Local, Place, Procedure, Stmt } from "../../src/language/model.ts";
import { firstValue, type Value } from "../../src/language/types.ts";
import type { Instance } from "../../src/machine/machine.ts";

/** Which cell a local of the body is, for one run of that body. */
export type Names = ReadonlyMap<Local, number>;

export type StmtOf<Kind extends Stmt["kind"]> = Stmt & { readonly kind: Kind };

/** Something still to be done; `names` are those of the body that it belongs to. */
export type Work =
  /** The statements of a block from `position` on. */
  | {
      readonly kind: "block";
      readonly body: Body;
      readonly position: number;
      readonly names: Names;
    }
  /** The next round of a `while` or `loop`; `rounds` counts those inside one step. */
  | {
      readonly kind: "again";
      readonly statement: StmtOf<"while" | "loop">;
      readonly rounds: number;
      readonly names: Names;
    }
  /** One round of a `while` or `loop`, and then the next. */
  | {
      readonly kind: "round";
      readonly statement: StmtOf<"while" | "loop">;
      readonly rounds: number;
      readonly names: Names;
    }
  /** The next round of a `for`, over what is left. */
  | {
      readonly kind: "next";
      readonly statement: StmtOf<"for">;
      readonly left: readonly Value[];
      readonly names: Names;
    }
  /** A condition that has been computed into a cell. */
  | {
      readonly kind: "decide";
      readonly cell: number;
      readonly negated: boolean;
      readonly then: Work | null;
      readonly otherwise: Work | null;
      readonly names: Names;
    }
  /** The arms of an `if` from `arm` on. */
  | {
      readonly kind: "arms";
      readonly statement: StmtOf<"if">;
      readonly arm: number;
      readonly names: Names;
    }
  /** The value of a call, in a cell, goes to a place, or is returned. */
  | {
      readonly kind: "store";
      readonly statement: StmtOf<"assign">;
      readonly cell: number;
      readonly names: Names;
    }
  | { readonly kind: "give"; readonly cell: number; readonly span: Span; readonly names: Names }
  /** A call ends here: its promise is checked. */
  | {
      readonly kind: "exit";
      readonly callee: Procedure | null;
      readonly body: Body;
      readonly result: number | null;
      readonly names: Names;
    }
  /** A branch of a choice or an `atomic` block ends here. */
  | { readonly kind: "fence"; readonly id: number; readonly names: Names };

export interface Stack {
  readonly work: Work;
  readonly below: Stack | null;
}

/** A process or action on its way. */
export interface Thread {
  readonly stack: Stack | null;
  readonly cells: ReadonlyMap<number, Value>;
}

/** How far a path is with its step. */
export interface Stage {
  /** The step is taken: what follows is local work up to the next one. */
  readonly spent: boolean;
  /** The fence of the innermost branch whose first step is still to come. */
  readonly choice: number | null;
  /** The fence of the `atomic` block around, and whether a step in it has been taken. */
  readonly atomic: number | null;
  readonly begun: boolean;
}

export const BEFORE: Stage = { spent: false, choice: null, atomic: null, begun: false };
export const SPENT: Stage = { spent: true, choice: null, atomic: null, begun: false };

/** A way through a step. */
export interface Way {
  readonly instance: Instance | null;
  state: State;
  stack: Stack | null;
  cells: Map<number, Value>;
  stage: Stage;
  notes: Note[];
  costs: number[];
}

export function copied(way: Way): Way {
  return {
    ...way,
    cells: new Map(way.cells),
    notes: [...way.notes],
    costs: [...way.costs],
  };
}

/** Where a way came to. */
export interface Arrival {
  readonly fault: { readonly kind: string; readonly span: Span } | null;
  readonly state: State;
  readonly thread: Thread;
  readonly notes: readonly Note[];
  readonly costs: readonly number[];
}

export function push(way: Way, ...works: readonly Work[]): void {
  for (const work of [...works].reverse()) way.stack = { work, below: way.stack };
}

export function isUnder(stack: Stack | null, fence: number): boolean {
  for (let at = stack; at !== null; at = at.below) {
    if (at.work.kind === "fence" && at.work.id === fence) return true;
  }
  return false;
}

// ---------------------------------------------------------------- locals and places

let cells = 0;

export function newCell(): number {
  cells += 1;
  return cells;
}

/** Cells with first values for all locals of a body, beside those given. */
export function namesFor(body: Body, given: Names, way: Way): Names {
  const names = new Map(given);
  const add = (local: Local): void => {
    if (names.has(local)) return;
    const cell = newCell();
    names.set(local, cell);
    way.cells.set(cell, firstValue(local.type));
  };
  const visit = (block: Body): void => {
    for (const statement of block.statements) {
      if (statement.kind === "assign" && statement.target.root.kind === "local") {
        add(statement.target.root);
      }
      if (statement.kind === "for" || statement.kind === "pick") add(statement.local);
      for (const inner of blocksIn(statement)) visit(inner);
    }
  };
  visit(body);
  return names;
}

export function blocksIn(statement: Stmt): readonly Body[] {
  switch (statement.kind) {
    case "if":
      return [
        ...statement.arms.map((arm) => arm.body),
        ...(statement.otherwise === null ? [] : [statement.otherwise]),
      ];
    case "either":
      return statement.branches;
    case "while":
    case "loop":
    case "for":
    case "pick":
    case "atomic":
      return [statement.body];
    default:
      return [];
  }
}

/** The locals of a body as expressions read them. */
export function valuesOf(names: Names, way: Way): Map<Local, Value> {
  return new Map([...names].map(([local, cell]) => [local, way.cells.get(cell) ?? null]));
}

function rootValue(place: Place, way: Way, names: Names): Value {
  const { root } = place;
  const value =
    root.kind === "variable" ? way.state[root.name] : way.cells.get(names.get(root) ?? -1);
  return value ?? null;
}

/** What a place holds. */
export function valueAt(place: Place, way: Way, names: Names, environment: Environment): Value {
  let value = rootValue(place, way, names);
  for (const step of place.path) {
    const part =
      step.kind === "field"
        ? entryOf(value, step.name)
        : step.kind === "index"
          ? entryOf(value, String(evaluate(step.index, environment)))
          : elementsOf(value)[Number(evaluate(step.index, environment))];
    if (part === undefined) throw new Fault("index", place.span);
    value = part;
  }
  return value;
}

/** Puts a value into a place. */
export function storeAt(
  place: Place,
  value: Value,
  way: Way,
  names: Names,
  environment: Environment,
): void {
  const change = (base: Value, depth: number): Value => {
    const step = place.path[depth];
    if (step === undefined) return value;
    if (step.kind === "element") {
      const elements = elementsOf(base);
      const index = Number(evaluate(step.index, environment));
      const element = elements[index];
      if (element === undefined) throw new Fault("index", place.span);
      return elements.with(index, change(element, depth + 1));
    }
    const key = step.kind === "field" ? step.name : String(evaluate(step.index, environment));
    const entry = entryOf(base, key);
    if (entry === undefined) throw new Fault("index", place.span);
    return { ...(base as { readonly [name: string]: Value }), [key]: change(entry, depth + 1) };
  };
  const { root } = place;
  const changed = change(rootValue(place, way, names), 0);
  if (!fits(place.type, value)) throw new Fault("range", place.span);
  if (root.kind === "variable") way.state = { ...way.state, [root.name]: changed };
  else way.cells.set(names.get(root) ?? -1, changed);
}
