// Random specs: whole files of Weft, well typed by construction, the same for the same seed.
//
// Half of them are tame: what they do is guarded, so that they should do nothing wrong. The others are daring: some
// operations go unguarded, and one or two kinds of fault are planted. State spaces are kept small by the number of
// instances, the steps that each may take, and variables of few values (or of many, few of them used).

import { type Random, seeded } from "./random.ts";
import { makeStatements } from "./random-spec-blocks.ts";
import {
  declareAction,
  declareConstants,
  declareDef,
  declareFunction,
  declareLock,
  declareProcess,
  declareTypes,
  declareVariable,
} from "./random-spec-declarations.ts";
import { makeBoolean, makeExpression } from "./random-spec-expressions.ts";
import { type FaultPlan, faultPlans, planFault } from "./random-spec-faults.ts";
import { randomPatch } from "./random-spec-patch.ts";
import {
  declareExpect,
  declareInit,
  declareObserve,
  declareProperty,
  declareTerminal,
} from "./random-spec-properties.ts";
import { fresh, isNumber, number, type World } from "./random-spec-world.ts";

/** A spec in one file or several: a patch with its base, a spec with what it uses. */
export interface RandomSpec {
  readonly seed: number;
  /** The file to compile. */
  readonly path: string;
  readonly files: ReadonlyMap<string, string>;
}

/** The spec of a seed, with so great a chance of a symmetric type. */
export function randomSpec(seed: number, symmetric = 0.13): RandomSpec {
  const random = seeded(seed);
  const world = newWorld(random, symmetric);
  const files = new Map<string, string>();
  const names: string[] = [];
  const sections: string[] = [];

  const types = declareTypes(world, world.symmetric);
  const constants = declareConstants(world);
  const apart = random.chance(0.06) && types.length + constants.length > 0;
  if (apart) {
    files.set("common.weft", ["spec common", "", ...types, ...constants, ""].join("\n"));
    sections.push('use "common.weft"');
  } else sections.push([...types, ...constants].join("\n"));

  const plans = faults(world);
  sections.push(plans.flatMap(({ declarations }) => declarations).join("\n"));
  sections.push(...declareState(world));
  for (let count = random.int(0, 2); count > 0; count -= 1) sections.push(declareDef(world));
  sections.push(...declareCode(world, plans));
  sections.push(declareClaims(world, names).join("\n"));

  const base = [
    `${random.chance(0.3) ? "/// A random spec." : "// made from a seed"}\nspec random_${seed}`,
    ...sections.filter((section) => section !== ""),
    "",
  ].join("\n\n");
  if (!random.chance(0.25)) {
    files.set("spec.weft", base);
    return { seed, path: "spec.weft", files };
  }
  files.set("base.weft", base);
  const removable = names.filter((name) => name.startsWith("cover"));
  files.set("patch.weft", randomPatch(world, "base.weft", removable, names));
  return { seed, path: "patch.weft", files };
}

function newWorld(random: Random, chance: number): World {
  const symmetric = random.chance(chance)
    ? ({ kind: "range", lo: 1, hi: random.int(2, 3), name: "Sym", symmetric: true } as const)
    : null;
  return {
    random,
    makers: { expression: makeExpression, boolean: makeBoolean, statements: makeStatements },
    symmetric,
    daring: random.chance(0.43) ? 0 : 0.04,
    types: [],
    parameters: [],
    constants: [],
    variables: [],
    ghosts: [],
    locks: [],
    costs: [],
    defs: [],
    functions: [],
    processes: [],
    actions: [],
    members: new Map(),
    next: 0,
  };
}

function faults(world: World): readonly FaultPlan[] {
  if (world.daring === 0) return [];
  const { random } = world;
  const names = new Set<string>();
  for (let count = random.int(2, 4); count > 0; count -= 1) names.add(random.weighted(faultPlans));
  return [...names].map((name) => planFault(world, name));
}

function declareState(world: World): readonly string[] {
  const { random } = world;
  const lines: string[] = [];
  const count = random.int(2, 4);
  for (let index = 0; index < count; index += 1) {
    const before = world.variables.length;
    const open = random.chance(0.25);
    const line = declareVariable(world, false, open);
    lines.push(line + (random.chance(0.15) ? "  /// a shared variable" : ""));
    const variable = world.variables[before];
    if (
      variable !== undefined &&
      line.includes(" in ") &&
      isNumber(variable.type) &&
      random.chance(0.5)
    ) {
      lines.push(declareInit(world, variable.text, number(variable.type.lo)));
    }
  }
  if (random.chance(0.25)) lines.push(declareVariable(world, true, false));
  if (random.chance(0.3)) {
    const cost = fresh(world, "c");
    world.costs.push(cost);
    lines.push(`cost ${cost}`);
  }
  if (random.chance(0.6)) {
    for (let locks = random.int(1, 2); locks > 0; locks -= 1) lines.push(declareLock(world));
  }
  return [lines.join("\n")];
}

/** Fns, processes and actions. A spec of actions only has no process. */
function declareCode(world: World, plans: readonly FaultPlan[]): readonly string[] {
  const { random } = world;
  const sections: string[] = [];
  const actionsOnly = plans.length === 0 && random.chance(0.08);
  for (let count = random.int(0, 3); count > 0; count -= 1) {
    sections.push(declareFunction(world, random.int(1, 4)));
  }
  if (actionsOnly) {
    sections.push(declareAction(world, false));
    for (let count = random.int(1, 2); count > 0; count -= 1)
      sections.push(declareAction(world, true));
    return sections;
  }
  let instances = random.weighted([
    [0.5, 1],
    [5, 2],
    [3.5, 3],
    [0.5, 4],
  ]);
  const steps = [28, 15, 9, 6][instances - 1] ?? 3;
  // Each body of a plan goes into a process of its own, as far as there are some.
  const bodies = plans.flatMap((plan) => plan.bodies.map((body, turn) => ({ body, turn })));
  while (instances > 0) {
    const together =
      instances > 1 && random.chance(0.45) ? random.int(2, Math.min(3, instances)) : 1;
    instances -= together;
    const mine = bodies
      .filter(({ turn }) => instances === 0 || turn % 2 === sections.length % 2)
      .splice(0);
    for (const taken of mine) bodies.splice(bodies.indexOf(taken), 1);
    const pending = mine.map(({ body }) => body);
    sections.push(declareProcess(world, random.int(steps - 1, steps + 2), together, pending));
  }
  if (random.chance(0.3)) sections.push(declareAction(world, true));
  return sections;
}

function declareClaims(world: World, names: string[]): string[] {
  const { random } = world;
  const tame = world.daring === 0;
  const lines: string[] = [];
  for (let count = random.int(0, 2); count > 0; count -= 1) {
    lines.push(declareProperty(world, "invariant", tame || random.chance(0.6), names));
  }
  if (random.chance(0.4))
    lines.push(declareProperty(world, "step", tame || random.chance(0.6), names));
  for (let count = random.int(0, 2); count > 0; count -= 1) {
    lines.push(declareProperty(world, "cover", false, names));
  }
  if (random.chance(0.12)) lines.push(declareTerminal(world));
  if (random.chance(0.08)) lines.push(declareObserve(world) ?? "");
  for (let count = random.chance(0.35) ? random.int(1, 2) : 0; count > 0; count -= 1) {
    lines.push(declareExpect(world, names));
  }
  return lines;
}
