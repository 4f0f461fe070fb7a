// Random properties, expectations and the other declarations that no code depends on.

import { constantScope } from "./random-spec-declarations.ts";
import { boolean, fresh, number, type Scope, type World } from "./random-spec-world.ts";

function propertyScope(world: World, place: "property" | "step", daring: number): Scope {
  const base = constantScope(world, ...world.variables, ...world.variables, ...world.ghosts);
  return { ...base, place, daring };
}

/** A property; one that holds for certain if `holds`. */
export function declareProperty(
  world: World,
  kind: "invariant" | "step" | "cover",
  holds: boolean,
  names: string[],
): string {
  const { random } = world;
  const name = fresh(world, kind === "invariant" ? "safe" : kind);
  names.push(name);
  const scope = propertyScope(world, kind === "step" ? "step" : "property", world.daring * 2);
  const condition = boolean(scope, 3);
  if (!holds || kind === "cover") return `${kind} ${name}: ${condition}`;
  const other = boolean(propertyScope(world, "property", 0), 2);
  return `${kind} ${name}: ${random.pick([
    `${condition} => (${condition} || ${other})`,
    `${condition} || !${condition}`,
    `(${condition} && ${other}) => ${condition}`,
  ])}`;
}

/** `init where`, satisfied by at least the variable's first value. */
export function declareInit(world: World, open: string, value: string): string {
  const scope = constantScope(world, ...world.variables);
  return `init where ${open} == ${value} || ${boolean(scope, 2)}`;
}

export function declareTerminal(world: World): string {
  return `terminal when ${boolean(propertyScope(world, "property", 0), 2)}`;
}

export function declareObserve(world: World): string | null {
  const names = [
    ...world.variables.map(({ text }) => text),
    ...world.locks.map(({ name }) => name),
  ];
  const some = world.random.shuffled(names).slice(0, 2);
  return some.length === 0 ? null : `observe ${some.join(", ")}`;
}

/** An expectation, right or wrong. */
export function declareExpect(world: World, names: readonly string[]): string {
  const { random } = world;
  const built = ["deadlock", "lock_use", "lock_order", "range"];
  const labelled = [...world.functions, ...world.processes].flatMap((owner) =>
    owner.labels.map((label) => `${owner.name}.${label.name}`),
  );
  const label = random.some(labelled);
  const parameter = random.some(world.parameters);
  const binding =
    parameter !== undefined && random.chance(0.4)
      ? ` with ${parameter.text} = ${number(random.int(parameter.lo, parameter.hi))}`
      : "";
  switch (random.int(0, 3)) {
    case 0:
      return `expect ${random.pick(["states", "transitions", "depth"])} ${random.int(1, 300)}${binding}`;
    case 1:
      if (label !== undefined) {
        return `expect ${label} ${random.pick(["reachable", "unreachable"])}${binding}`;
      }
      return `expect ${random.pick(["deadlock", "range"])} holds${binding}`;
    default: {
      const name = random.some([...names, ...built]) ?? "deadlock";
      const cover = name.startsWith("cover");
      const outcome = cover
        ? random.pick(["reachable", "unreachable"])
        : random.pick(["holds", "violated"]);
      return `expect ${name} ${outcome}${binding}`;
    }
  }
}
