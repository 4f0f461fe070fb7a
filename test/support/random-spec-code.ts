// The body being written: its lines, labels and budget, and the block inside it where the next statement goes.

import type { Type } from "../../src/language/types.ts";
import {
  type CodeInfo,
  fresh,
  type LabelInfo,
  type LockInfo,
  type Readable,
  type Scope,
  type World,
} from "./random-spec-world.ts";

/** One body of a fn, process or action. */
export interface Code {
  readonly world: World;
  readonly kind: CodeInfo["kind"];
  readonly name: string;
  readonly result: Type | null;
  readonly lines: string[];
  readonly labels: LabelInfo[];
  readonly ranges: (readonly [string, string])[];
  readonly calls: Set<string>;
  readonly openCalls: Set<string>;
  readonly hiddenCalls: Set<string>;
  /** Labels that a `goto` may name, with the blocks that it must stand in and the locks held there. */
  readonly targets: {
    readonly name: string;
    readonly cages: readonly number[];
    readonly held: number;
  }[];
  /** Where a forward `goto` may jump to: the end of the body. */
  endLabel: string | null;
  /** Steps that may still be written. */
  budget: number;
  waits: boolean;
  chooses: boolean;
  /** What faults still wait for a place in some body. */
  readonly pending: ((code: Code, inside: Inside) => void)[];
}

/** The block in which a statement is written. */
export interface Inside {
  readonly depth: number;
  /** Locals in sight: those that can be assigned, and those that cannot. */
  readonly variables: readonly Readable[];
  readonly fixed: readonly Readable[];
  readonly loop: boolean;
  /** Locks held when control comes here as the innermost loop begins: jumps must leave them alone. */
  readonly heldInLoop: number;
  readonly atomic: boolean;
  readonly atomicLoop: boolean;
  readonly held: readonly LockInfo[];
  /** In a branch of a choice, whose first step is one with the choice. */
  readonly choice: boolean;
  /** Ids of the blocks around it that a `goto` cannot enter. */
  readonly cages: readonly number[];
}

export const TOP: Inside = {
  depth: 1,
  variables: [],
  fixed: [],
  loop: false,
  heldInLoop: 0,
  atomic: false,
  atomicLoop: false,
  held: [],
  choice: false,
  cages: [],
};

export function newCode(
  world: World,
  kind: CodeInfo["kind"],
  name: string,
  budget: number,
  pending: Code["pending"],
  result: Type | null = null,
): Code {
  return {
    ...{ world, kind, name, result, budget, pending },
    lines: [],
    labels: [],
    ranges: [],
    calls: new Set(),
    openCalls: new Set(),
    hiddenCalls: new Set(),
    targets: [],
    endLabel: null,
    waits: false,
    chooses: false,
  };
}

export function emit(code: Code, inside: Inside, line: string): void {
  code.lines.push("  ".repeat(inside.depth) + line);
}

/** Writes a step, now and then with a text for traces. */
export function emitStep(code: Code, inside: Inside, line: string): void {
  const { random } = code.world;
  code.budget -= 1;
  emit(code, inside, random.chance(0.1) ? `${line}  /// text ${random.int(1, 99)}` : line);
}

/** `head {`, what `write` writes, `}`. */
export function emitBlock(
  code: Code,
  inside: Inside,
  head: string,
  write: (inner: Inside) => void,
  inner: Partial<Inside> = {},
): void {
  emit(code, inside, `${head} {`);
  write({ ...inside, ...inner, depth: inside.depth + 1 });
  emit(code, inside, "}");
}

/** A block that no `goto` from outside may enter. */
export function caged(code: Code, inside: Inside): readonly number[] {
  code.world.next += 1;
  return [...inside.cages, code.world.next];
}

/** Puts a label before the next statement, which must be a step if the label is to be seen. */
export function emitLabel(
  code: Code,
  inside: Inside,
  { observable, anchor }: { readonly observable: boolean; readonly anchor: boolean },
): string {
  const name = fresh(code.world, anchor ? "A" : "L");
  code.labels.push({
    name,
    observable: observable && !inside.atomic && code.kind !== "action",
    anchor,
  });
  emit(code, { ...inside, depth: inside.depth - 1 }, `${name}:`);
  if (observable && !inside.atomic && !anchor) {
    code.targets.push({ name, cages: inside.cages, held: inside.held.length });
  }
  return name;
}

/** What code may read here, shared variables among it. */
export function codeScope(code: Code, inside: Inside): Scope {
  const { world } = code;
  const locals = [...inside.variables, ...inside.fixed];
  return {
    world,
    // Locals twice: they are read more often than their number says.
    readables: [...world.constants, ...world.parameters, ...world.variables, ...locals, ...locals],
    place: "code",
    hinted: true,
    daring: world.daring,
  };
}

/** What local work may read here. */
export function localScope(code: Code, inside: Inside): Scope {
  const { world } = code;
  const locals = [...inside.variables, ...inside.fixed];
  return {
    world,
    readables: [...world.constants, ...world.parameters, ...locals, ...locals, ...locals],
    place: "local",
    hinted: true,
    daring: world.daring,
  };
}

/** Is the spec one that should do nothing wrong? */
export function isTame(world: World): boolean {
  return world.daring === 0;
}

/** The branch of a choice: no `goto` from outside enters it, and its first step is one with the choice. */
export function branch(code: Code, inside: Inside): Inside {
  return { ...inside, choice: true, cages: caged(code, inside) };
}

/** Writes up to `count` statements, as far as the budget goes. */
export function statements(code: Code, inside: Inside, count: number): Inside {
  return code.world.makers.statements(code, inside, count);
}
