// Random statements with blocks: conditionals, loops, choices, critical sections, `atomic`.

import { cardinality, type Type } from "../../src/language/types.ts";
import { domainOf, findRead, makeable } from "./random-spec-choose.ts";
import {
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
import { lockText } from "./random-spec-conditions.ts";
import { boolean, expression } from "./random-spec-expressions.ts";
import {
  assertion,
  assignLocal,
  assignShared,
  bookkeeping,
  callable,
  callStatement,
  callText,
  countCall,
  declareLocal,
  definiteStep,
  jump,
  labelledStep,
  noChoice,
  stepFunction,
} from "./random-spec-statements.ts";
import { fresh, type LockInfo, type Readable, type Scope, typeSet } from "./random-spec-world.ts";

type Writer = (code: Code, inside: Inside) => Inside | boolean | void;

/** Writes up to `count` statements, as far as the budget goes. */
export function statements(code: Code, from: Inside, count: number): Inside {
  let inside = from;
  for (let index = 0; index < count && code.budget > 0; index += 1) {
    const { random } = code.world;
    if (
      code.pending.length > 0 &&
      !inside.atomic &&
      inside.held.length === 0 &&
      random.chance(0.3)
    ) {
      code.pending.shift()?.(code, inside);
      continue;
    }
    const outcome = random.weighted(writers(code, inside))(code, inside);
    if (typeof outcome === "object") inside = outcome;
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
    [free ? 1.5 : 0, labelledStep],
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
    [free && !(isTame(world) && inside.held.length > 0) ? 0.5 : 0, waiting],
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

function body(code: Code, inside: Inside, most: number): void {
  const { random } = code.world;
  statements(code, inside, random.int(1, most));
  if (random.chance(0.15)) jump(code, inside);
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

/** The branch of a choice: no `goto` from outside enters it, and its first step is one with the choice. */
function branch(code: Code, inside: Inside): Inside {
  return { ...inside, choice: true, cages: caged(code, inside) };
}

// ---------------------------------------------------------------- one step

function atomic(code: Code, inside: Inside): void {
  const { world } = code;
  const { random } = world;
  code.budget -= 1;
  const locks = world.locks.filter((lock) => mayTake(code, inside, lock));
  const lock = random.some(locks);
  emitBlock(
    code,
    inside,
    "atomic",
    (inner) => {
      const place = lock && random.chance(0.25) ? lockText(localScope(code, inside), lock) : null;
      if (place !== null && lock !== undefined) {
        code.waits = true;
        emit(code, inner, `acquire ${place}`);
        body(code, { ...inner, held: [...inner.held, lock] }, 2);
        emit(code, inner, `release ${place}`);
        return;
      }
      const budget = code.budget;
      code.budget = 4;
      body(code, inner, 3);
      code.budget = budget;
    },
    { atomic: true, atomicLoop: false, cages: caged(code, inside) },
  );
}

/** A loop inside one step, over a local counter. */
function countingAtomic(code: Code, inside: Inside): void {
  const { world } = code;
  const counter = fresh(world, "i");
  const rounds = world.random.int(1, 3);
  emit(code, inside, `var ${counter}: 0..${rounds} = 0`);
  emitBlock(
    code,
    inside,
    "atomic",
    (outer) => {
      emitBlock(
        code,
        outer,
        `while ${counter} < ${rounds}`,
        (inner) => {
          emit(code, inner, `${counter} += 1`);
          body(code, inner, 2);
        },
        { loop: true, heldInLoop: inside.held.length, atomicLoop: true },
      );
    },
    { atomic: true, cages: caged(code, inside) },
  );
}

// ---------------------------------------------------------------- locks

/** In a tame spec locks are taken in one order, those that sleep before those that spin. */
function mayTake(code: Code, inside: Inside, lock: LockInfo): boolean {
  if (code.kind === "action") return false;
  if (!isTame(code.world) && code.world.random.chance(0.1)) return true;
  return inside.held.every((held) => held.rank < lock.rank);
}

/** `acquire`, some work, `release`. */
function critical(code: Code, inside: Inside): void {
  const { world } = code;
  const { random } = world;
  const lock = random.some(world.locks.filter((one) => mayTake(code, inside, one)));
  // What the indices read must be the same at the release: constants, loop variables, parameters.
  const place = lock && lockText(steady(code, inside), lock);
  if (lock === undefined || place == null) return;
  code.waits = true;
  const inner = { ...inside, held: [...inside.held, lock] };
  const read = lock.class === "rwsem" && random.chance(0.5);
  emitStep(code, inside, `acquire ${place}${read ? " for read" : ""}`);
  const after = statements(code, inner, random.int(1, 3));
  if (lock.class === "rwsem" && !read && random.chance(0.4)) {
    emitStep(code, inside, `downgrade ${place}`);
    statements(code, after, 1);
  }
  emitStep(code, inside, `release ${place}`);
}

function tried(code: Code, inside: Inside): void {
  const { world } = code;
  const { random } = world;
  const lock = random.some(world.locks.filter((one) => mayTake(code, inside, one)));
  const place = lock && lockText(steady(code, inside), lock);
  if (lock === undefined || place == null) return;
  code.waits = true;
  code.budget -= 1;
  const inner = { held: [...inside.held, lock] };
  const name = fresh(world, "t");
  const kept = random.chance(0.4);
  if (kept) emit(code, inside, `var ${name}: bool = try acquire ${place}`);
  emitBlock(
    code,
    inside,
    kept ? `if ${name}` : `if try acquire ${place}`,
    (inner2) => {
      statements(code, inner2, random.int(1, 2));
      emitStep(code, { ...inner2, held: inside.held }, `release ${place}`);
    },
    inner,
  );
}

/** A call of a fn that says by its result whether it took a lock, and the release if it did. */
function contracted(code: Code, inside: Inside): void {
  const { world } = code;
  const callee = world.random.some(
    world.functions.filter(
      ({ contract, name }) =>
        contract !== null && name !== code.name && mayTake(code, inside, contract),
    ),
  );
  if (callee === undefined || callee.contract === null) return;
  const { contract } = callee;
  const keys: string[] = [];
  const scope = steady(code, inside);
  for (const key of contract.keys) {
    if (!makeable(scope, key)) return;
    keys.push(expression(scope, key, 0));
  }
  countCall(code, inside, callee);
  emitBlock(
    code,
    inside,
    `if ${callee.name}(${keys.join(", ")})`,
    (inner) => {
      statements(code, inner, 1);
      const place = contract.name + keys.map((key) => `[${key}]`).join("");
      emitStep(code, { ...inner, held: inside.held }, `release ${place}`);
    },
    { held: [...inside.held, contract] },
  );
}

function steady(code: Code, inside: Inside): Scope {
  return { ...localScope(code, { ...inside, variables: [] }), daring: 0 };
}

/** An `await` that may wait for ever, unless the spec is tame: there it is offered beside something else. */
function waiting(code: Code, inside: Inside): void {
  const { random } = code.world;
  code.waits = true;
  const wanted = boolean(codeScope(code, inside), 2);
  if (!isTame(code.world)) {
    emitStep(code, inside, `await ${wanted}`);
    return;
  }
  if (noChoice(code, inside) || random.chance(0.4)) {
    emitStep(code, inside, `await (${wanted} || !${wanted})`);
    return;
  }
  code.chooses = true;
  emit(code, inside, "either {");
  const inner = { ...branch(code, inside), depth: inside.depth + 1 };
  emitStep(code, inner, `await ${wanted}`);
  body(code, inner, 1);
  emit(code, inside, "} or {");
  body(code, { ...branch(code, inside), depth: inside.depth + 1 }, 1);
  emit(code, inside, "}");
}
