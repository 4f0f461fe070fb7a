// Random statements without blocks of their own: assignments, declarations, step functions, asserts, jumps, calls.

import { cardinality, type Type } from "../../src/language/types.ts";
import { makeable, stepInto } from "./random-spec-choose.ts";
import {
  type Code,
  codeScope,
  emit,
  emitLabel,
  emitStep,
  type Inside,
  isTame,
  localScope,
  statements,
} from "./random-spec-code.ts";
import {
  boolean,
  expression,
  type FunctionInfo,
  fresh,
  isNumber,
  isSymmetric,
  number,
  type Readable,
  randomScalar,
  randomType,
  typeKey,
  typeText,
} from "./random-spec-world.ts";

/** A part of a variable that can be assigned. */
function place(code: Code, inside: Inside, roots: readonly Readable[]): Readable | null {
  const { random } = code.world;
  const scope = codeScope(code, inside);
  const root = random.some(roots.filter(({ type }) => !isSymmetric(type) || makeable(scope, type)));
  if (root === undefined) return null;
  let chosen = root;
  for (let steps = 0; steps < 2 && random.chance(0.6); steps += 1) {
    if (chosen.type.kind === "option") break;
    const part = stepInto(scope, chosen);
    if (part === undefined || part.type === chosen.type) break;
    chosen = part;
  }
  return makeable(scope, chosen.type) ? chosen : null;
}

/** `x := e` on shared state; false if there is nothing to assign. */
export function assignShared(code: Code, inside: Inside): boolean {
  const { world } = code;
  const target = place(code, inside, world.variables);
  if (target === null) return false;
  const { type } = target;
  if (isNumber(type) && type.hi - type.lo < 9 && type.hi > type.lo && world.random.chance(0.4)) {
    bump(code, inside, target);
    return true;
  }
  const scope = world.random.chance(0.7) ? codeScope(code, inside) : localScope(code, inside);
  const value = makeable(scope, target.type)
    ? expression(scope, target.type, world.random.int(0, 2))
    : expression(codeScope(code, inside), target.type, 1);
  emitStep(code, inside, `${target.text} := ${value}`);
  return true;
}

/** `x += 1` and its like, kept in range by a guard in the same step if the spec is tame. */
function bump(code: Code, inside: Inside, target: Readable): void {
  const { random } = code.world;
  const { type, text } = target;
  if (!isNumber(type)) return;
  const by = random.int(1, Math.min(2, type.hi - type.lo));
  const up = random.chance(0.6);
  const change = up ? `${text} += ${by}` : `${text} -= ${by}`;
  if (random.chance(3 * code.world.daring)) {
    emitStep(code, inside, change);
    return;
  }
  const guard = up ? `${text} <= ${number(type.hi - by)}` : `${text} >= ${number(type.lo + by)}`;
  if (inside.atomic) emit(code, inside, `if ${guard} { ${change} }`);
  else emitStep(code, inside, `atomic { if ${guard} { ${change} } }`);
}

/** `var t: T = e`, local. */
export function declareLocal(code: Code, inside: Inside): Inside {
  const { world } = code;
  const { random } = world;
  const type = random.chance(0.5) ? sharedLike(code) : randomType(world, random.int(0, 2));
  const scope = random.chance(0.5) ? codeScope(code, inside) : localScope(code, inside);
  if (!makeable(scope, type) || cardinality(type) > 300) return inside;
  const name = fresh(world, "t");
  const value = expression(scope, type, random.int(0, 2));
  if (scope.place === "local") emit(code, inside, `var ${name}: ${typeText(type)} = ${value}`);
  else emitStep(code, inside, `var ${name}: ${typeText(type)} = ${value}`);
  return { ...inside, variables: [...inside.variables, { text: name, type }] };
}

/** The type of some shared variable, so that values can be carried about. */
function sharedLike(code: Code): Type {
  const { world } = code;
  return world.random.some(world.variables)?.type ?? randomScalar(world);
}

export function assignLocal(code: Code, inside: Inside): boolean {
  const { random } = code.world;
  const target = place(code, inside, inside.variables);
  if (target === null) return false;
  const local = random.chance(0.6);
  const scope = local ? localScope(code, inside) : codeScope(code, inside);
  if (!makeable(scope, target.type)) return false;
  if (isNumber(target.type) && random.chance(0.3)) {
    const { lo, hi } = target.type;
    const change = `${target.text} += 1`;
    if (random.chance(3 * code.world.daring)) emit(code, inside, change);
    else if (hi > lo) emit(code, inside, `if ${target.text} < ${number(hi)} { ${change} }`);
    return true;
  }
  const value = expression(scope, target.type, random.int(1, 2));
  if (local) emit(code, inside, `${target.text} := ${value}`);
  else emitStep(code, inside, `${target.text} := ${value}`);
  return true;
}

/** `x := t`: a local or parameter, or a part of it, shows where all can see it. */
export function publish(code: Code, inside: Inside): boolean {
  const { world } = code;
  const { random } = world;
  const scope = codeScope(code, inside);
  for (const local of random.shuffled([...inside.variables, ...inside.fixed])) {
    const read = random.chance(0.3) ? (stepInto({ ...scope, daring: 0 }, local) ?? local) : local;
    const target = random.some(
      world.variables.filter(({ type }) => typeKey(type) === typeKey(read.type)),
    );
    if (target === undefined) continue;
    emitStep(code, inside, `${target.text} := ${read.text}`);
    return true;
  }
  return false;
}

/** A step for certain: `skip` or an assignment to something shared. */
export function definiteStep(code: Code, inside: Inside): void {
  if (code.world.random.chance(0.4) || !assignShared(code, inside)) emitStep(code, inside, "skip");
}

/** A step with a label before it, for properties, edits and jumps. */
export function labelledStep(code: Code, inside: Inside): void {
  const { random } = code.world;
  const anchor = random.chance(0.55);
  if (inside.choice) definiteStep(code, inside);
  const first = emitLabel(code, inside, { observable: true, anchor });
  definiteStep(code, inside);
  if (!anchor || !random.chance(0.5)) return;
  if (random.chance(0.5)) definiteStep(code, inside);
  code.ranges.push([first, emitLabel(code, inside, { observable: true, anchor })]);
  definiteStep(code, inside);
}

/** `xchg`, `fetch_add`, `cmpxchg` on something shared, as the right side of `var` or `:=`. */
export function stepFunction(code: Code, inside: Inside): Inside {
  const { world } = code;
  const { random } = world;
  const target = place(code, inside, world.variables);
  if (target === null) return inside;
  const { type } = target;
  const scope = codeScope(code, inside);
  const name = fresh(world, "t");
  if (isNumber(type) && type.hi > type.lo && type.hi - type.lo < 9 && random.chance(0.4)) {
    const by = random.int(1, type.hi - type.lo);
    const declared = typeText(type);
    if (random.chance(3 * world.daring)) {
      emitStep(code, inside, `var ${name}: ${declared} = fetch_add(${target.text}, ${by})`);
      return { ...inside, variables: [...inside.variables, { text: name, type }] };
    }
    const within = `${target.text} <= ${number(type.hi - by)}`;
    const add = `if ${within} { var ${name}: ${declared} = fetch_add(${target.text}, ${by}) }`;
    if (inside.atomic) emit(code, inside, add);
    else emitStep(code, inside, `atomic { ${add} }`);
    return inside;
  }
  if (random.chance(0.5) && cardinality(type) < 100) {
    const old = expression(scope, type, 0);
    const value = expression(scope, type, 1);
    emitStep(code, inside, `var ${name}: bool = cmpxchg(${target.text}, ${old}, ${value})`);
    return { ...inside, variables: [...inside.variables, { text: name, type: { kind: "bool" } }] };
  }
  if (cardinality(type) > 100) return inside;
  const same = inside.variables.find((local) => typeKey(local.type) === typeKey(type));
  const exchange = `xchg(${target.text}, ${expression(scope, type, 1)})`;
  if (same !== undefined && random.chance(0.5)) {
    emitStep(code, inside, `${same.text} := ${exchange}`);
    return inside;
  }
  emitStep(code, inside, `var ${name}: ${typeText(type)} = ${exchange}`);
  return { ...inside, variables: [...inside.variables, { text: name, type }] };
}

/** An assertion, true for certain in a tame spec. */
export function assertion(code: Code, inside: Inside): void {
  const { world } = code;
  const { random } = world;
  const scope = random.chance(0.6) ? codeScope(code, inside) : localScope(code, inside);
  const condition = boolean(scope, 2);
  const name = random.chance(0.5) ? `${fresh(world, "claim")}: ` : "";
  const tame = isTame(world) || random.chance(0.5);
  emit(code, inside, `assert ${name}${tame ? `(${condition} || !${condition})` : condition}`);
}

/** `ghost g := e` or `cost c += e`, which belong to the step before. */
export function bookkeeping(code: Code, inside: Inside): void {
  const { world } = code;
  const { random } = world;
  const scope = codeScope(code, inside);
  const cost = random.some(world.costs);
  if (cost !== undefined && random.chance(0.5)) {
    const value = random.chance(0.5)
      ? String(random.int(1, 3))
      : `(if ${boolean(scope, 1)} then ${random.int(1, 3)} else 0)`;
    emit(code, inside, `cost ${cost} += ${value}`);
    return;
  }
  const ghost = random.some(world.ghosts);
  if (ghost === undefined) return;
  const inGhost = { ...scope, readables: [...scope.readables, ...world.ghosts] };
  emit(code, inside, `ghost ${ghost.text} := ${expression(inGhost, ghost.type, 1)}`);
}

// ---------------------------------------------------------------- calls

/** A call with arguments; null if nothing of a wanted type can be given. */
export function callText(code: Code, inside: Inside, callee: FunctionInfo): string | null {
  const { random } = code.world;
  const values: string[] = [];
  const passed: Readable[] = [];
  for (const { type, reference } of callee.parameters) {
    const alike = inside.variables.filter((one) => typeKey(one.type) === typeKey(type));
    if (reference) {
      const local = random.some(alike);
      if (local === undefined) return null;
      passed.push(local);
      values.push(local.text);
      continue;
    }
    // Now and then a local is passed both ways at once.
    const both = passed.find((local) => alike.includes(local)) ?? random.some(alike);
    if (both !== undefined && random.chance(0.4)) {
      values.push(both.text);
      continue;
    }
    const scope = random.chance(0.45) ? codeScope(code, inside) : localScope(code, inside);
    if (!makeable(scope, type)) return null;
    values.push(expression(scope, type, random.int(0, 1)));
  }
  return `${callee.name}(${values.join(", ")})`;
}

/** A fn that may be called here. */
export function callable(
  code: Code,
  inside: Inside,
  wanted: (callee: FunctionInfo) => boolean,
): FunctionInfo | undefined {
  const { world } = code;
  const restricted = inside.atomic || (isTame(world) && inside.held.length > 0);
  return world.random.some(
    world.functions.filter(
      (callee) =>
        wanted(callee) &&
        callee.name !== code.name &&
        callee.contract === null &&
        callee.size <= Math.max(2, code.budget) &&
        !(restricted && callee.waits) &&
        !(noChoice(code, inside) && callee.chooses) &&
        !(code.kind === "action" && callee.waits),
    ),
  );
}

/** Loops inside `atomic` may not choose, nor loops of what may be called there. */
export function noChoice(code: Code, inside: Inside): boolean {
  return inside.atomicLoop || (code.kind === "fn" && inside.loop);
}

/** Books a call: what the callee does, the caller does. */
export function countCall(code: Code, inside: Inside, callee: FunctionInfo): void {
  for (const name of [callee.name, ...callee.calls]) code.calls.add(name);
  const called = inside.atomic ? code.hiddenCalls : code.openCalls;
  for (const name of [callee.name, ...callee.openCalls]) called.add(name);
  for (const name of callee.hiddenCalls) code.hiddenCalls.add(name);
  code.budget -= callee.size;
  code.waits ||= callee.waits;
  code.chooses ||= callee.chooses;
}

/** `f(…)`, `var t: T = f(…)` or `x := f(…)`. */
export function callStatement(code: Code, inside: Inside): Inside {
  const { world } = code;
  const { random } = world;
  const callee = callable(code, inside, () => true);
  const call = callee && callText(code, inside, callee);
  if (callee === undefined || call == null) return inside;
  countCall(code, inside, callee);
  const { result } = callee;
  if (result === null) {
    emit(code, inside, call);
    return inside;
  }
  const roots = random.chance(0.5) ? world.variables : inside.variables;
  const target = findTarget(roots, result);
  if (target !== null && random.chance(0.6)) {
    emit(code, inside, `${target} := ${call}`);
    return inside;
  }
  const name = fresh(world, "t");
  emit(code, inside, `var ${name}: ${typeText(result)} = ${call}`);
  return { ...inside, variables: [...inside.variables, { text: name, type: result }] };
}

function findTarget(roots: readonly Readable[], type: Type): string | null {
  return roots.find((root) => typeKey(root.type) === typeKey(type))?.text ?? null;
}

// ---------------------------------------------------------------- jumps

/** `break`, `continue`, `goto`, `return`, whichever is possible here; to be the last of its block. */
export function jump(code: Code, inside: Inside): void {
  const { world, result } = code;
  const { random } = world;
  const free = inside.held.length === 0 || random.chance(world.daring);
  const target = random.some(
    code.targets.filter(
      ({ cages, held }) =>
        held === inside.held.length && cages.every((cage, index) => inside.cages[index] === cage),
    ),
  );
  const ways: (readonly [number, string])[] = [];
  if (inside.loop && inside.held.length === inside.heldInLoop) {
    if (!inside.atomic || inside.atomicLoop) ways.push([2, "break"]);
    if (!inside.atomic) ways.push([1, "continue"]);
  }
  if (target !== undefined && !inside.atomic) ways.push([1, `goto ${target.name}`]);
  // Leaving an `atomic` block ends it.
  const leaves = !inside.atomic || (!inside.atomicLoop && random.chance(0.3));
  if (free && leaves && code.kind !== "action") {
    if (code.endLabel !== null) ways.push([1, `goto ${code.endLabel}`]);
    if (code.kind === "fn" && result === null) ways.push([1, "return"]);
    if (code.kind === "process") ways.push([0.3, "return"]);
    const scope = random.chance(0.5) ? codeScope(code, inside) : localScope(code, inside);
    if (result !== null && makeable(scope, result)) {
      ways.push([2, `return ${expression(scope, result, 1)}`]);
    }
  }
  if (ways.length > 0) emit(code, inside, random.weighted(ways));
}

/** A few statements, now and then with a jump at the end. */
export function body(code: Code, inside: Inside, most: number): void {
  const { random } = code.world;
  statements(code, inside, random.int(1, most));
  if (random.chance(0.15)) jump(code, inside);
}
