// A random patch of a random spec: every kind of change, each one that applies.

import { newCode, statements, TOP } from "./random-spec-code.ts";
import { constantScope, declareVariable } from "./random-spec-declarations.ts";
import { declareProperty } from "./random-spec-properties.ts";
import { definiteStep } from "./random-spec-statements.ts";
import {
  type CodeInfo,
  expression,
  fresh,
  isSymmetric,
  type Scope,
  type World,
} from "./random-spec-world.ts";

/** The text of a patch of the file `base`; `removable` are names that nothing needs. */
export function randomPatch(
  world: World,
  base: string,
  removable: readonly string[],
  names: string[],
): string {
  const { random } = world;
  const items: string[] = [];
  const edited = new Set<string>();
  for (let count = random.int(1, 3); count > 0; count -= 1) items.push(...edit(world, edited));
  if (random.chance(0.5)) items.push(...setting(world));
  if (random.chance(0.4)) items.push(...replacement(world, edited));
  const gone = random.some(removable);
  if (gone !== undefined && random.chance(0.6)) items.push(`remove ${gone}`);
  if (random.chance(0.4)) items.push(declareVariable(world, false, false));
  if (random.chance(0.4))
    items.push(declareProperty(world, "invariant", world.daring === 0, names));
  return [
    `/// A change of ${base}.`,
    `patch p${random.int(0, 99)} of "${base}"`,
    "",
    ...items,
    "",
  ].join("\n");
}

function setting(world: World): readonly string[] {
  const { random } = world;
  const constant = random.some(world.constants);
  const parameter = random.some(world.parameters);
  if (parameter !== undefined && random.chance(0.4)) {
    return [`set ${parameter.text} = ${random.int(parameter.lo, parameter.hi)}`];
  }
  if (constant !== undefined && random.chance(0.5)) {
    return [`set ${constant.text} = ${expression(plainScope(world), constant.type, 1)}`];
  }
  const variable = random.some(
    world.variables.filter(({ type }) => !isSymmetric(type) && type.kind !== "array"),
  );
  if (variable === undefined) return [];
  return [`set ${variable.text} = ${expression(plainScope(world), variable.type, 1)}`];
}

/** What is certain not to depend on the thing that is set: nothing. */
function plainScope(world: World): Scope {
  return { ...constantScope(world), world: { ...world, defs: [] }, readables: [] };
}

/** One edit of some body at one of its anchors. */
function edit(world: World, edited: Set<string>): readonly string[] {
  const { random } = world;
  const bodies: readonly CodeInfo[] = [...world.functions, ...world.processes].filter(
    ({ name }) => !edited.has(name),
  );
  const target = random.some(
    random.shuffled(bodies).filter(({ labels }) => labels.some(({ anchor }) => anchor)),
  );
  if (target === undefined) {
    const start = random.some([...bodies, ...world.actions]);
    if (start !== undefined) edited.add(start.name);
    return start === undefined ? [] : [`edit ${start.name} at start ${block(world, start, true)}`];
  }
  edited.add(target.name);
  const range = random.some(target.ranges);
  if (range !== undefined && random.chance(0.5)) {
    return [`edit ${target.name} replace ${range[0]}..${range[1]} ${block(world, target, true)}`];
  }
  const label = random.some(target.labels.filter(({ anchor }) => anchor));
  if (label === undefined || random.chance(0.1)) {
    return [`edit ${target.name} at start ${block(world, target, true)}`];
  }
  const where = random.pick(["before", "after", "replace"]);
  return [`edit ${target.name} ${where} ${label.name} ${block(world, target, true)}`];
}

function block(world: World, target: CodeInfo, step: boolean): string {
  const { random } = world;
  const result = world.functions.find(({ name }) => name === target.name)?.result ?? null;
  const code = newCode(world, target.kind, target.name, 3, [], result);
  // A fn may be called inside `atomic`, where it must neither wait nor choose in a loop.
  const inside =
    target.kind === "process" ? TOP : { ...TOP, atomic: true, atomicLoop: target.kind === "fn" };
  // An anchor may be the step that keeps a loop from spinning: what replaces it is a step too.
  if (step && target.kind !== "action") definiteStep(code, inside);
  // No calls: they could close a cycle, or hide labels that properties of the base name.
  const calls = world.functions.splice(0);
  if (random.chance(0.6)) statements(code, inside, 2);
  world.functions.unshift(...calls);
  return ["{", ...code.lines, "}"].join("\n");
}

/** A fn or process as it was, with a step more. */
function replacement(world: World, edited: ReadonlySet<string>): readonly string[] {
  const { random } = world;
  const fn = random.some(world.functions.filter(({ name }) => !edited.has(name)));
  if (fn === undefined) return [];
  const lines = fn.text.split("\n");
  const note = fresh(world, "t");
  return [
    [
      `replace ${lines[0]}`,
      `  var ${note}: bool = ${random.chance(0.5)}`,
      "  skip",
      ...lines.slice(1),
    ].join("\n"),
  ];
}
