// One way to go wrong for each kind of fault, and for what is wrong without being a fault: each a few declarations and
// statements of its own, so that it happens for certain once a process comes by.

import { type Code, emit, emitStep, type Inside } from "./random-spec-code.ts";
import { fresh, type World } from "./random-spec-world.ts";

/** What a fault declares, and what it writes into one body (or several, in turn). */
export interface FaultPlan {
  readonly declarations: readonly string[];
  readonly bodies: readonly ((code: Code, inside: Inside) => void)[];
}

type Plan = (world: World) => FaultPlan;

const plans: Readonly<Record<string, Plan>> = {
  range(world) {
    const [n, t] = [fresh(world, "n"), fresh(world, "t")];
    const local = [`var ${t}: 0..2 = 1`, `${t} += 2`];
    const ofLocal = [`var ${t}: 0..2 = ${n}`, `${t} -= 2`];
    const shared = [`${n} := ${n} * 3`];
    return plan([`var ${n}: 0..2 = 1`], [world.random.pick([local, ofLocal, shared])]);
  },
  index(world) {
    const [a, i] = [fresh(world, "a"), fresh(world, "i")];
    const write = [`${i} := 2`, `${a}[${i}] := true`];
    const read = [`${i} := 3`, `await ${a}[${i}]`];
    const declarations = [`var ${a}[0..1]: bool = false`, `var ${i}: 0..3 = 0`];
    const q = fresh(world, "q");
    const element = [`${q}[${i}] := 1`];
    return plan(
      [...declarations, `var ${q}: seq of (0..1) upto 2 = []`],
      [world.random.pick([write, read, element])],
    );
  },
  "null-used"(world) {
    const [o, n] = [fresh(world, "o"), fresh(world, "n")];
    const copied = [`${n} := ${o}`];
    const added = [`${n} := (${o} + 1) % 3`];
    return plan(
      [`var ${o}: (0..2)? = null`, `var ${n}: 0..2 = 0`],
      [world.random.pick([copied, added])],
    );
  },
  "sequence-full"(world) {
    const q = fresh(world, "q");
    return plan(
      [`var ${q}: seq of bool upto 1 = []`],
      [[`${q} := append(${q}, true)`, `${q} := append(${q}, false)`]],
    );
  },
  "sequence-empty"(world) {
    const [q, n] = [fresh(world, "q"), fresh(world, "n")];
    const rest = [`${q} := rest(${q})`];
    const first = [`${n} := first(${q})`];
    return plan(
      [`var ${q}: seq of (0..1) upto 2 = []`, `var ${n}: 0..1 = 0`],
      [world.random.pick([rest, first])],
    );
  },
  "empty-set"(world) {
    const [s, n] = [fresh(world, "s"), fresh(world, "n")];
    return plan(
      [`var ${s}: set of (0..2) = {}`, `var ${n}: 0..2 = 0`],
      [[`${n} := ${world.random.pick(["min", "max"])}(${s})`]],
    );
  },
  division(world) {
    const n = fresh(world, "n");
    const by = [`${n} := 4 ${world.random.pick(["/", "%"])} ${n}`];
    const negative = [`${n} := (${n} - 1) ${world.random.pick(["/", "%"])} 2`];
    return plan([`var ${n}: 0..4 = 0`], [world.random.pick([by, negative])]);
  },
  "double-acquire"(world) {
    const l = fresh(world, "l");
    const kind = world.random.pick(["spinlock", "mutex", "rwsem"]);
    const read = kind === "rwsem" && world.random.chance(0.5) ? " for read" : "";
    return plan([`${kind} ${l}`], [[`acquire ${l}${read}`, `acquire ${l}`]]);
  },
  "release-not-held"(world) {
    const l = fresh(world, "l");
    const kind = world.random.pick(["spinlock", "mutex", "rwsem"]);
    return plan(
      [`${kind} ${l}`],
      [world.random.pick([[`release ${l}`], [`acquire ${l}`, `release ${l}`, `release ${l}`]])],
    );
  },
  "downgrade-not-held"(world) {
    const l = fresh(world, "l");
    return plan(
      [`rwsem ${l}`],
      [world.random.pick([[`acquire ${l} for read`, `downgrade ${l}`], [`downgrade ${l}`]])],
    );
  },
  "lock-held-at-end"(world) {
    const l = fresh(world, "l");
    return plan([`${world.random.pick(["spinlock", "mutex"])} ${l}`], [[`acquire ${l}`]]);
  },
  "contract-broken"(world) {
    const [l, f, n] = [fresh(world, "l"), fresh(world, "f"), fresh(world, "n")];
    const taken = world.random.chance(0.5);
    return plan(
      [
        `var ${n}: bool = true`,
        `mutex ${l}`,
        `fn ${f}(): bool holds ${l} when result {`,
        taken ? `  acquire ${l}` : "  skip",
        taken ? "  return false" : `  return ${n}`,
        "}",
      ],
      [[`if ${f}() { release ${l} }`]],
    );
  },
  "atomic-stuck"(world) {
    const [n, x] = [fresh(world, "n"), fresh(world, "x")];
    return plan(
      [`var ${n}: 0..2 = 0`],
      [[`atomic { ${n} := 1; pick ${x} in 0..2 where ${x} > ${n} + 1 { ${n} := ${x} } }`]],
    );
  },
  "endless-loop"(world) {
    const [n, m] = [fresh(world, "n"), fresh(world, "n")];
    return plan(
      [`var ${n}: 0..1 = 0`, `var ${m}: bool = false`],
      [[`atomic { while ${n} == 0 { ${m} := !${m} } }`]],
    );
  },
  "negative-cost"(world) {
    const [c, n] = [fresh(world, "c"), fresh(world, "n")];
    return plan([`cost ${c}`, `var ${n}: 0..2 = 0`], [[`${n} := 0`, `cost ${c} += ${n} - 1`]]);
  },
  "sleep-under-spinlock"(world) {
    const [s, m] = [fresh(world, "l"), fresh(world, "l")];
    const read = world.random.chance(0.4) ? " for read" : "";
    return plan(
      [`spinlock ${s}`, `rwsem ${m}`],
      [[`acquire ${s}`, `acquire ${m}${read}`, `release ${m}`, `release ${s}`]],
    );
  },
  "lock-order"(world) {
    const [a, b] = [fresh(world, "l"), fresh(world, "l")];
    const there = [`acquire ${a}`, `acquire ${b}`, `release ${b}`, `release ${a}`];
    const back = [`acquire ${b}`, `acquire ${a}`, `release ${a}`, `release ${b}`];
    return plan([`spinlock ${a}`, `spinlock ${b}`], [there, back]);
  },
  deadlock(world) {
    const n = fresh(world, "n");
    return plan([`var ${n}: 0..2 = 0`], [[`await ${n} == 2`]]);
  },
  stuck(world) {
    const [n, m, p] = [fresh(world, "n"), fresh(world, "m"), fresh(world, "p")];
    const declarations = [`var ${n}: 0..2 = 0`, `var ${m}: bool = false`];
    return plan(
      [...declarations, `daemon process ${p} { loop { ${m} := !${m} } }`],
      [[`await ${n} == 2`]],
    );
  },
  assert(world) {
    const n = fresh(world, "n");
    return plan(
      [`var ${n}: 0..2 = 0`],
      [[`assert ${fresh(world, "claim")}: ${n} > 0`, `${n} := 2`]],
    );
  },
};

/** What needs more tries to happen: the end of a process, or two processes that meet. */
const rare: { readonly [name: string]: number } = {
  ...{ "lock-held-at-end": 6, "lock-order": 3.5, "downgrade-not-held": 1.7, "negative-cost": 2.3 },
  ...{ "sequence-empty": 1.5, "release-not-held": 2, "endless-loop": 1.6, "atomic-stuck": 1.5 },
  ...{ "contract-broken": 1.5, "sequence-full": 1.8, "null-used": 1.3, "empty-set": 1.5 },
  // These come about without a plan, too.
  ...{ range: 0.4, assert: 0.5, deadlock: 0.9, index: 1, division: 1.4 },
};

/** The names of all plans (the kinds of faults, and what else goes wrong), each with its weight. */
export const faultPlans: readonly (readonly [number, string])[] = Object.keys(plans).map(
  (name) => [rare[name] ?? 1, name] as const,
);

function plan(declarations: readonly string[], bodies: readonly (readonly string[])[]): FaultPlan {
  return {
    declarations,
    bodies: bodies.map((lines) => (code: Code, inside: Inside) => {
      for (const line of lines) {
        if (line.startsWith("var ") || line.startsWith("cost ") || line.startsWith("assert "))
          emit(code, inside, line);
        else emitStep(code, inside, line);
      }
    }),
  };
}

/** A plan by its name. */
export function planFault(world: World, name: string): FaultPlan {
  const make = plans[name];
  if (make === undefined) throw new Error(`no plan for ${name}`);
  return make(world);
}
