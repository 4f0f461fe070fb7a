// Random statements with blocks: conditionals, loops, choices.

import { cardinality, type Type } from "../../src/language/types.ts";
import { domainOf, findRead, makeable } from "./random-spec-choose.ts";
import {
  branch,
  type Code,
  caged,
  codeScope,
  emit,
  emitBlock,
  emitStep,
  type Inside,
  isTame,
  localScope,
} from "./random-spec-code.ts";
import {
  atomic,
  contracted,
  countingAtomic,
  critical,
  tried,
  waiting,
} from "./random-spec-locks.ts";
import {
  assertion,
  assignLocal,
  assignShared,
  body,
  bookkeeping,
  callable,
  callStatement,
  callText,
  countCall,
  declareLocal,
  definiteStep,
  labelledStep,
  noChoice,
  publish,
  stepFunction,
} from "./random-spec-statements.ts";
import { boolean, expression, fresh, type Readable, typeSet } from "./random-spec-world.ts";

/** Writes something, and gives the block with what it declared in it, if it did. */
type Writer = (code: Code, inside: Inside) => unknown;

/** Writes up to `count` statements, as far as the budget goes. */
export function makeStatements(code: Code, from: Inside, count: number): Inside {
  let inside = from;
  for (let index = 0; index < count && code.budget > 0; index += 1) {
    const { random } = code.world;
    if (
      code.pending.length > 0 &&
      !inside.atomic &&
      inside.held.length === 0 &&
      code.lines.length > 8 &&
      random.chance(0.12)
    ) {
      code.pending.shift()?.(code, inside);
      continue;
    }
    const outcome = random.weighted(writers(code, inside))(code, inside);
    if (typeof outcome === "object" && outcome !== null) inside = outcome as Inside;
  }
  return inside;
}

/** What may be written here, and how likely. */
function writers(code: Code, inside: Inside): (readonly [number, Writer])[] {
  const { world, kind } = code;
  const free = !inside.atomic && kind !== "action";
  const locks = free && world.locks.length > 0;
  const deep = inside.depth > 4 || code.budget < 2;
  const nested = deep ? 0 : 1;
  const choices = noChoice(code, inside) ? 0 : nested;
  const anyLocals = inside.variables.length > 0 ? 1 : 0;
  return [
    [5, assignShared],
    [1.5, stepFunction],
    [2, declareLocal],
    [2 * anyLocals, assignLocal],
    [inside.variables.length + inside.fixed.length > 0 ? 2.5 : 0, publish],
    [free ? 2 : 0, labelledStep],
    [free ? 0.5 : 0, (_, here) => emitStep(code, here, "skip")],
    [0.8, assertion],
    [world.ghosts.length + world.costs.length > 0 ? 1.2 : 0, bookkeeping],
    [world.functions.length > 0 ? 3 : 0, callStatement],
    [4 * nested, conditional],
    [free ? 1.5 * nested : 0, whileLoop],
    [free ? 0.7 * nested : 0, endlessLoop],
    [1.2 * nested, forLoop],
    [free ? 0.8 * choices : 0, forAny],
    [1.3 * choices, either],
    [1.3 * choices, pickOne],
    [free ? 1.6 * nested : 0, atomic],
    [free ? 0.25 * nested : 0, countingAtomic],
    [locks ? 4 * nested : 0, critical],
    [locks ? 1 * nested : 0, tried],
    [locks ? 2 * nested : 0, contracted],
    [free && !(isTame(world) && inside.held.length > 0) ? 0.3 : 0, waiting],
  ];
}

// ---------------------------------------------------------------- conditionals

/** A condition: shared, local, or a computation that takes a step of its own. */
function condition(code: Code, inside: Inside): string {
  const { random } = code.world;
  const roll = random.int(0, 9);
  if (roll < 2) {
    const callee = callable(code, inside, ({ result }) => result?.kind === "bool");
    const call = callee && callText(code, inside, callee);
    if (callee !== undefined && call != null) {
      countCall(code, inside, callee);
      return random.chance(0.4) ? `!${call}` : call;
    }
  }
  if (roll === 2) {
    const target = findRead(
      { ...codeScope(code, inside), readables: code.world.variables, daring: 0 },
      (type) => cardinality(type) <= 16,
    );
    const scope = codeScope(code, inside);
    if (target !== null && makeable(scope, target.type)) {
      code.budget -= 1;
      const values = [expression(scope, target.type, 0), expression(scope, target.type, 0)];
      return `${random.chance(0.3) ? "!" : ""}cmpxchg(${target.text}, ${values.join(", ")})`;
    }
  }
  if (roll < 7) {
    code.budget -= 1;
    return boolean(codeScope(code, inside), 2);
  }
  return boolean(localScope(code, inside), 1);
}

function conditional(code: Code, inside: Inside): void {
  const { random } = code.world;
  const arms = random.weighted([
    [5, 1],
    [2, 2],
    [0.7, 3],
  ]);
  for (let arm = 0; arm < arms; arm += 1) {
    emit(code, inside, `${arm === 0 ? "if" : "} else if"} ${condition(code, inside)} {`);
    body(code, { ...inside, depth: inside.depth + 1 }, 2);
  }
  if (random.chance(0.4)) {
    emit(code, inside, "} else {");
    body(code, { ...inside, depth: inside.depth + 1 }, 2);
  }
  emit(code, inside, "}");
}

// ---------------------------------------------------------------- loops

function inLoop(inside: Inside): Partial<Inside> {
  return { loop: true, heldInLoop: inside.held.length };
}

/** A `while` that takes a step each round, over something shared or over a local counter. */
function whileLoop(code: Code, inside: Inside): void {
  const { world } = code;
  const { random } = world;
  if (random.chance(0.5)) {
    emitBlock(
      code,
      inside,
      `while ${condition(code, inside)}`,
      (inner) => {
        definiteStep(code, inner);
        body(code, inner, 2);
      },
      inLoop(inside),
    );
    return;
  }
  const counter = fresh(world, "i");
  const rounds = random.int(1, 2);
  emit(code, inside, `var ${counter}: 0..${rounds} = 0`);
  const fixed = [
    ...inside.fixed,
    {
      text: counter,
      type: { kind: "range", lo: 0, hi: rounds, name: null, symmetric: false },
    } as Readable,
  ];
  emitBlock(
    code,
    inside,
    `while ${counter} < ${rounds}`,
    (inner) => {
      definiteStep(code, inner);
      emit(code, inner, `${counter} += 1`);
      body(code, inner, 2);
    },
    { ...inLoop(inside), fixed },
  );
}

/** A `loop` with a way out, mostly. */
function endlessLoop(code: Code, inside: Inside): void {
  const { random } = code.world;
  emitBlock(
    code,
    inside,
    "loop",
    (inner) => {
      definiteStep(code, inner);
      if (random.chance(0.9)) emit(code, inner, `if ${condition(code, inner)} { break }`);
      body(code, inner, 2);
    },
    inLoop(inside),
  );
}

/** A set that a `for` may walk: constant or local. */
function walked(code: Code, inside: Inside): { readonly text: string; readonly of: Type } | null {
  const domain = domainOf(localScope(code, inside), 1);
  return domain !== null && cardinality(domain.of) <= 4 ? domain : null;
}

function forLoop(code: Code, inside: Inside): void {
  const { world } = code;
  const domain = walked(code, inside);
  if (domain === null || !ordered(domain.of)) return;
  const name = fresh(world, "x");
  emitBlock(code, inside, `for ${name} in ${domain.text}`, (inner) => body(code, inner, 2), {
    ...inLoop(inside),
    // A choice in it is unrolled; now and then is enough.
    atomicLoop: inside.atomicLoop || (inside.atomic && world.random.chance(0.6)),
    fixed: [...inside.fixed, { text: name, type: domain.of }],
    cages: caged(code, inside),
  });
}

function ordered(type: Type): boolean {
  return !(type.kind === "range" && type.symmetric);
}

function forAny(code: Code, inside: Inside): void {
  const { world } = code;
  const local = world.random.chance(0.7);
  const domain = local ? walked(code, inside) : domainOf(codeScope(code, inside), 1);
  if (domain === null || cardinality(domain.of) > 3) return;
  code.chooses = true;
  const name = fresh(world, "x");
  emitBlock(
    code,
    inside,
    `for any ${name} in ${domain.text}`,
    (inner) => {
      if (world.random.chance(0.5)) definiteStep(code, inner);
      body(code, inner, 1);
    },
    {
      ...inLoop(inside),
      fixed: [...inside.fixed, { text: name, type: domain.of }],
      choice: true,
      cages: caged(code, inside),
    },
  );
}

// ---------------------------------------------------------------- choices

function either(code: Code, inside: Inside): void {
  const { random } = code.world;
  code.chooses = true;
  const branches = random.int(2, 3);
  for (let index = 0; index < branches; index += 1) {
    emit(code, inside, index === 0 ? "either {" : "} or {");
    const inner = { ...branch(code, inside), depth: inside.depth + 1 };
    const waits = !inside.atomic && code.kind === "process" && index > 0 && random.chance(0.2);
    if (waits) emitStep(code, inner, `await ${boolean(codeScope(code, inner), 1)}`);
    if (random.chance(0.9)) body(code, inner, 2);
  }
  emit(code, inside, "}");
}

function pickOne(code: Code, inside: Inside): void {
  const { world } = code;
  const { random } = world;
  const type = random.some(
    world.types.filter((of) => of.kind !== "record" && cardinality(of) <= 4),
  );
  const of = random.chance(0.3) ? world.symmetric : type;
  // In a tame spec there is always a candidate.
  const domain =
    isTame(world) || random.chance(0.6)
      ? of && { text: typeSet(of), of }
      : domainOf(codeScope(code, inside), 1);
  if (domain == null || cardinality(domain.of) > 4) return;
  code.chooses = true;
  const name = fresh(world, "x");
  const fixed = [...inside.fixed, { text: name, type: domain.of }];
  const where =
    isTame(world) || random.chance(0.6)
      ? ""
      : ` where ${boolean(codeScope(code, { ...inside, fixed }), 1)}`;
  code.budget -= 1;
  emitBlock(
    code,
    inside,
    `pick ${name} in ${domain.text}${where}`,
    (inner) => body(code, inner, 2),
    { ...branch(code, inside), fixed },
  );
}
