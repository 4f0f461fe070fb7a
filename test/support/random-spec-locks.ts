// Random statements about locks and waiting, and `atomic` blocks.

import { makeable } from "./random-spec-choose.ts";
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
  statements,
} from "./random-spec-code.ts";
import { lockText } from "./random-spec-conditions.ts";
import { body, countCall, noChoice } from "./random-spec-statements.ts";
import { boolean, expression, fresh, type LockInfo, type Scope } from "./random-spec-world.ts";

export function atomic(code: Code, inside: Inside): void {
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
export function countingAtomic(code: Code, inside: Inside): void {
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
export function critical(code: Code, inside: Inside): void {
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

export function tried(code: Code, inside: Inside): void {
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
export function contracted(code: Code, inside: Inside): void {
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
export function waiting(code: Code, inside: Inside): void {
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
