// Random declarations: types, constants, variables, locks, defs, fns, processes, actions.

import { cardinality, type Type } from "../../src/language/types.ts";
import { makeable } from "./random-spec-choose.ts";
import {
  type Code,
  codeScope,
  emit,
  emitBlock,
  type Inside,
  localScope,
  newCode,
  statements,
  TOP,
} from "./random-spec-code.ts";
import {
  boolean,
  type DefInfo,
  expression,
  type FunctionInfo,
  fresh,
  isNumber,
  isSymmetric,
  type LockInfo,
  number,
  type RangeShape,
  type Readable,
  randomKey,
  randomRecord,
  randomScalar,
  randomType,
  range,
  type Scope,
  typeSet,
  typeText,
  type World,
} from "./random-spec-world.ts";

/** The scope of values that are known when the spec is compiled, and of initial values. */
export function constantScope(world: World, ...more: readonly Readable[]): Scope {
  const readables = [...world.constants, ...world.parameters, ...more];
  return { world, readables, place: "constant", hinted: true, daring: 0 };
}

// ---------------------------------------------------------------- types and constants

export function declareTypes(world: World, symmetric: RangeShape | null): readonly string[] {
  const { random } = world;
  const lines: string[] = [];
  if (symmetric !== null) lines.push(`symmetric type ${symmetric.name} = 1..${symmetric.hi}`);
  for (let count = random.int(0, 2); count > 0; count -= 1) {
    const lo = random.int(0, 1);
    const type = range(lo, lo + random.int(1, 2), fresh(world, "T"));
    world.types.push(type);
    lines.push(`type ${type.name} = ${type.lo}..${type.hi}`);
  }
  let shared: string | undefined;
  for (let count = random.int(0, 2); count > 0; count -= 1) {
    const members = Array.from({ length: random.int(2, 3) }, () => fresh(world, "m"));
    if (shared !== undefined && random.chance(0.4)) members[0] = shared;
    shared = members[0];
    for (const name of members) world.members.set(name, (world.members.get(name) ?? 0) + 1);
    const type: Type = { kind: "enum", name: fresh(world, "E"), members, symmetric: false };
    world.types.push(type);
    lines.push(`enum ${type.name} { ${members.join(", ")} }`);
  }
  if (random.chance(0.35)) {
    const type = randomRecord(world, fresh(world, "R"), 2);
    if (type.kind === "record" && cardinality(type) <= 400) {
      lines.push(`type ${type.name} = ${typeText({ ...type, name: null })}`);
      world.types.push(type);
    }
  }
  return lines;
}

export function declareConstants(world: World): readonly string[] {
  const { random } = world;
  const lines: string[] = [];
  for (let count = random.int(0, 2); count > 0; count -= 1) {
    const text = fresh(world, "N");
    if (random.chance(0.3)) {
      world.constants.push({ text, type: { kind: "bool" } });
      lines.push(`param ${text}: bool = ${random.chance(0.5)}`);
      continue;
    }
    const type = range(1, random.int(2, 3));
    const value = random.int(type.lo, type.hi);
    world.parameters.push({ text, type, lo: type.lo, hi: type.hi });
    lines.push(
      `param ${text}: ${typeText(type)} = ${value}${random.chance(0.3) ? "  /// how many" : ""}`,
    );
    if (random.chance(0.4)) lines.push(`assume ${text} >= 1 && ${text} <= ${type.hi}`);
  }
  for (let count = random.int(0, 2); count > 0; count -= 1) {
    const type = random.chance(0.8) ? randomScalar(world) : randomType(world, 1);
    if (!makeable(constantScope(world), type)) continue;
    const text = fresh(world, "C");
    lines.push(`const ${text}: ${typeText(type)} = ${expression(constantScope(world), type, 1)}`);
    world.constants.push({ text, type });
  }
  return lines;
}

// ---------------------------------------------------------------- state

/** A shared variable; `open` ones start with any value of a set. */
export function declareVariable(world: World, ghost: boolean, open: boolean): string {
  const { random } = world;
  const name = fresh(world, ghost ? "g" : "x");
  const key = random.chance(0.25) && !ghost ? randomKey(world) : null;
  const symmetric = world.symmetric !== null && random.chance(0.3);
  const type = symmetric
    ? symmetricType(world)
    : randomType(world, key === null ? random.int(0, 2) : random.int(0, 1));
  const before = ghost ? [] : world.variables;
  const head = `${ghost ? "ghost " : ""}var ${name}`;
  if (isSymmetric(type)) {
    world.variables.push({ text: name, type });
    return `var ${name}: ${typeText(type)} in ${typeText(type)}`;
  }
  const list = ghost ? world.ghosts : world.variables;
  if (key === null) {
    const scope = constantScope(world, ...(random.chance(0.5) ? before : []));
    const drawn =
      open &&
      cardinality(type) <= 3 &&
      (type.kind === "bool" || isNumber(type) || type.kind === "enum");
    const initial = drawn
      ? `in ${typeSet(type)}`
      : `= ${makeable(scope, type) ? expression(scope, type, 1) : fallback(world, type)}`;
    list.push({ text: name, type });
    return `${head}: ${typeText(type)} ${initial}`;
  }
  const binder = random.chance(0.5) ? fresh(world, "k") : null;
  const bound = binder === null ? [] : [{ text: binder, type: key }];
  const scope = constantScope(world, ...bound);
  const bracket = `[${binder === null ? "" : `${binder}: `}${typeText(key)}]`;
  const drawn = open && cardinality(type) === 2 && cardinality(key) <= 2 && type.kind === "bool";
  const initial = drawn ? "in bool" : `= ${expression(scope, type, 1)}`;
  list.push({ text: name, type: { kind: "array", key, of: type } });
  return `${head}${bracket}: ${typeText(type)} ${initial}`;
}

function fallback(world: World, type: Type): string {
  return expression(constantScope(world), type, 0);
}

function symmetricType(world: World): Type {
  const of = world.symmetric;
  if (of === null) return { kind: "bool" };
  return world.random.pick<Type>([
    of,
    { kind: "option", of },
    { kind: "set", of },
    { kind: "array", key: of, of: { kind: "bool" } },
    { kind: "sequence", of, upto: 2 },
  ]);
}

export function declareLock(world: World): string {
  const { random } = world;
  const kind = random.pick(["spinlock", "mutex", "rwsem"] as const);
  const keys = random.chance(0.35) ? [randomKey(world)] : [];
  if (keys.length > 0 && random.chance(0.2)) keys.push({ kind: "bool" });
  const name = fresh(world, "l");
  // Those that sleep come before those that spin.
  const rank = world.locks.length + (kind === "spinlock" ? 100 : 0);
  world.locks.push({ name, class: kind, keys, rank });
  return `${kind} ${name}${keys.map((key) => `[${typeText(key)}]`).join("")}`;
}

export function declareDef(world: World): string {
  const { random } = world;
  const name = fresh(world, "d");
  const parameters = Array.from({ length: random.int(0, 2) }, () => ({
    text: fresh(world, "p"),
    type: randomScalar(world),
  }));
  const result = random.chance(0.85) ? randomScalar(world) : randomType(world, 1);
  const shared = random.chance(0.5);
  const base = constantScope(world, ...parameters, ...(shared ? world.variables : []));
  const scope: Scope = { ...base, place: shared ? "code" : "local" };
  const info: DefInfo = { name, parameters: parameters.map(({ type }) => type), result, shared };
  const text = makeable(scope, result) ? expression(scope, result, 2) : "false";
  world.defs.push(info);
  const list = parameters.map((parameter) => `${parameter.text}: ${typeText(parameter.type)}`);
  return `def ${name}(${list.join(", ")}): ${typeText(result)} = ${text}`;
}

// ---------------------------------------------------------------- code

function finish(
  code: Code,
): Pick<FunctionInfo, "labels" | "ranges" | "calls" | "openCalls" | "hiddenCalls"> {
  const { labels, ranges, calls, openCalls, hiddenCalls } = code;
  return { labels, ranges, calls, openCalls, hiddenCalls };
}

/** Declares a fn of a few steps; what it promises about a lock is kept. */
export function declareFunction(world: World, budget: number): string {
  const { random } = world;
  const lock = random.some(world.locks);
  if (lock !== undefined && random.chance(0.3)) return declareTaker(world, lock);
  const name = fresh(world, "f");
  const result = random.chance(0.5)
    ? null
    : random.chance(0.5)
      ? ({ kind: "bool" } as const)
      : randomScalar(world);
  let before: Type | undefined;
  const parameters = Array.from({ length: random.int(0, 2) }, () => {
    const reference = random.chance(0.4);
    const like = random.chance(0.4) ? before : random.some(world.variables)?.type;
    const type =
      like !== undefined && random.chance(0.6) && !isSymmetric(like) ? like : randomScalar(world);
    before = type;
    return { text: fresh(world, "p"), type, reference };
  });
  const code = newCode(world, "fn", name, budget, [], result);
  const inside: Inside = {
    ...TOP,
    choice: true,
    variables: parameters.filter(({ reference }) => reference),
    fixed: parameters.filter(({ reference }) => !reference),
  };
  if (random.chance(0.3)) code.endLabel = fresh(world, "L");
  const after = statements(code, inside, random.int(1, 3));
  writeEnd(code, after, result);
  return record(world, code, parameters, result, null, Math.max(1, budget - code.budget));
}

/** What stands at the end of a fn: its label, the last `return`. */
function writeEnd(code: Code, inside: Inside, result: Type | null): void {
  const { random } = code.world;
  if (code.endLabel !== null) {
    code.labels.push({ name: code.endLabel, observable: false, anchor: false });
    emit(code, { ...TOP, depth: 0 }, `${code.endLabel}:`);
  }
  if (result === null) return;
  // A forward jump may skip declarations, which are in sight but not set: that is allowed and means their first value.
  const scope = random.chance(0.4) ? codeScope(code, inside) : localScope(code, inside);
  emit(
    code,
    TOP,
    `return ${expression(makeable(scope, result) ? scope : constantScope(code.world), result, 1)}`,
  );
}

/** A fn that tries to take a lock, and says whether it did. */
function declareTaker(world: World, lock: LockInfo): string {
  const name = fresh(world, "f");
  const parameters = lock.keys.map((type) => ({ text: fresh(world, "p"), type, reference: false }));
  const place = lock.name + parameters.map(({ text }) => `[${text}]`).join("");
  const code = newCode(world, "fn", name, 3, [], { kind: "bool" });
  code.waits = true;
  const inside: Inside = { ...TOP, fixed: parameters };
  const style = world.random.int(0, 2);
  if (style === 0) emit(code, inside, `return try acquire ${place}`);
  else {
    const scope = codeScope(code, inside);
    const guard = style === 1 ? `try acquire ${place}` : boolean(scope, 1);
    emitBlock(code, inside, `if ${guard}`, (inner) => {
      if (style === 2) emit(code, inner, `acquire ${place}`);
      emit(code, inner, "return true");
    });
    emit(code, inside, "return false");
  }
  return record(world, code, parameters, { kind: "bool" }, { lock, place }, 2);
}

function record(
  world: World,
  code: Code,
  parameters: readonly (Readable & { readonly reference: boolean })[],
  result: Type | null,
  contract: { readonly lock: LockInfo; readonly place: string } | null,
  size: number,
): string {
  const list = parameters.map(
    ({ text, type, reference }) => `${reference ? "ref " : ""}${text}: ${typeText(type)}`,
  );
  const holds = contract === null ? "" : ` holds ${contract.place} when result`;
  const head = `fn ${code.name}(${list.join(", ")})${result === null ? "" : `: ${typeText(result)}`}${holds}`;
  const text = [`${head} {`, ...code.lines, "}"].join("\n");
  world.functions.push({
    kind: "fn",
    name: code.name,
    ...finish(code),
    parameters,
    result,
    contract: contract?.lock ?? null,
    waits: code.waits,
    chooses: code.chooses,
    size,
    text,
  });
  return text;
}

/** Declares a process of about `budget` steps with `instances` instances. */
export function declareProcess(
  world: World,
  budget: number,
  instances: number,
  pending: Code["pending"],
): string {
  const { random } = world;
  const name = fresh(world, "p");
  const daemon = random.chance(0.15) ? "daemon " : "";
  const code = newCode(world, "process", name, budget, pending);
  const index = instances === 1 && random.chance(0.8) ? null : processIndex(world, instances);
  let inside: Inside = TOP;
  if (index !== null) inside = { ...inside, fixed: [{ text: index.name, type: index.type }] };
  const variables: Readable[] = [];
  for (let count = random.int(0, 2); count > 0; count -= 1) {
    const type = random.chance(0.7) ? randomScalar(world) : randomType(world, 1);
    const scope = random.chance(0.7) ? localScope(code, inside) : codeScope(code, inside);
    if (!makeable(scope, type) || cardinality(type) > 100) continue;
    const text = fresh(world, "t");
    emit(code, inside, `var ${text}: ${typeText(type)} = ${expression(scope, type, 1)}`);
    variables.push({ text, type });
    inside = { ...inside, variables: [...inside.variables, { text, type }] };
  }
  if (random.chance(0.25)) code.endLabel = fresh(world, "L");
  for (let rounds = 0; rounds < 12 && code.budget > 0; rounds += 1) {
    inside = statements(code, inside, 2);
  }
  // Faults that found no place on the way come last.
  for (const body of pending.splice(0)) body(code, inside);
  if (code.endLabel !== null) {
    code.labels.push({ name: code.endLabel, observable: false, anchor: false });
    emit(code, { ...TOP, depth: 0 }, `${code.endLabel}:`);
  }
  world.processes.push({ kind: "process", name, ...finish(code), index, variables });
  return [`${daemon}process ${name}${index?.text ?? ""} {`, ...code.lines, "}"].join("\n");
}

interface ProcessIndex {
  readonly name: string;
  readonly type: Type;
  readonly text: string;
  readonly values: readonly string[];
  readonly set: string;
}

function processIndex(world: World, instances: number): ProcessIndex {
  const { random } = world;
  const name = fresh(world, "i");
  const { symmetric } = world;
  if (symmetric !== null && cardinality(symmetric) === instances && random.chance(0.6)) {
    return {
      name,
      type: symmetric,
      text: `[${name}: ${typeText(symmetric)}]`,
      values: [],
      set: typeSet(symmetric),
    };
  }
  const fitting = world.types.filter(
    (type) => type.kind !== "record" && cardinality(type) === instances,
  );
  const type = random.some(fitting) ?? range(1, instances);
  const values = valuesOfKey(type);
  if (random.chance(0.3)) {
    const set = `{${values.join(", ")}}`;
    return { name, type, text: `[${name} in ${set}]`, values, set };
  }
  return { name, type, text: `[${name}: ${typeText(type)}]`, values, set: typeSet(type) };
}

function valuesOfKey(type: Type): readonly string[] {
  if (type.kind === "enum") return type.members.map((name) => `${type.name}.${name}`);
  if (type.kind !== "range") return ["false", "true"];
  return Array.from({ length: type.hi - type.lo + 1 }, (_, index) => number(type.lo + index));
}

/** Declares an action; `guarded` ones may be disabled. */
export function declareAction(world: World, guarded: boolean): string {
  const { random } = world;
  const name = fresh(world, "a");
  const parameters = Array.from({ length: random.int(0, 2) }, () => ({
    text: fresh(world, "p"),
    type: world.symmetric !== null && random.chance(0.3) ? world.symmetric : randomScalar(world),
  }));
  const code = newCode(world, "action", name, 3, []);
  const inside: Inside = { ...TOP, fixed: parameters, atomic: true };
  const when = guarded ? ` when ${boolean(codeScope(code, inside), 2)}` : "";
  statements(code, inside, random.int(1, 3));
  world.actions.push({ kind: "action", name, ...finish(code) });
  const list = parameters.map(({ text, type }) => `${text}: ${typeText(type)}`);
  const head = parameters.length > 0 || random.chance(0.5) ? `(${list.join(", ")})` : "";
  return [`action ${name}${head}${when} {`, ...code.lines, "}"].join("\n");
}
