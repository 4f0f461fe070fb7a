// Which locals are live where. Live at some location: part of the state. Dead at a location: reset there to the first
// value of its type, so that values nobody will read again cost no states. Variables at the top of a process's body can be
// read by properties, so they live until the process ends, whether or not a property reads them.
// Backward analysis over structured code, iterated to a fixpoint (Aho, Lam, Sethi, Ullman: Compilers, 9.2.5).

import { childrenOf } from "../language/expressions.ts";
import { allOps, expressionsOf, localSet, mapOps } from "./code.ts";
import { DONE } from "./fold.ts";
import type { Code, Expr, MachineLocal, Op } from "./machine.ts";

export interface Liveness {
  /** Live locals by location id. */
  readonly atLocation: readonly ReadonlySet<MachineLocal>[];
}

type Live = ReadonlySet<MachineLocal>;

/** Computes what is live at each location of a process, from the codes of its locations. */
export function analyseLiveness(codes: readonly Code[], top: readonly MachineLocal[]): Liveness {
  const always = new Set(top);
  const atLocation: Set<MachineLocal>[] = codes.map(() => new Set(always));
  const target = (id: number): Live => (id === DONE ? new Set() : (atLocation[id] ?? new Set()));
  for (let changed = true; changed; ) {
    changed = false;
    for (let id = codes.length - 1; id >= 0; id -= 1) {
      const known = atLocation[id];
      const code = codes[id];
      if (known === undefined || code === undefined) continue;
      for (const local of liveBefore(code, new Set(), { target, loops: new Map() })) {
        if (!known.has(local)) {
          known.add(local);
          changed = true;
        }
      }
    }
  }
  return { atLocation };
}

/** Gives every `goto` the locals that die with it: stored, not live there, and possibly set on the way or live before. */
export function resetDead(
  code: Code,
  liveBeforeCode: Live,
  liveness: Liveness,
  stored: ReadonlySet<MachineLocal>,
): Code {
  const touched = new Set<MachineLocal>(liveBeforeCode);
  for (const op of allOps(code)) {
    const set = localSet(op);
    if (set !== null) touched.add(set);
    if (op.kind === "assign" && op.place.root.kind === "local")
      touched.add(op.place.root as MachineLocal);
  }
  return mapOps(code, (op) => {
    if (op.kind !== "goto") return op;
    const live: Live =
      op.location === DONE ? new Set() : (liveness.atLocation[op.location] ?? new Set());
    return { ...op, resets: [...touched].filter((local) => stored.has(local) && !live.has(local)) };
  });
}

interface Targets {
  readonly target: (location: number) => Live;
  readonly loops: ReadonlyMap<number, { readonly again: Live; readonly out: Live }>;
}

function liveBefore(code: Code, after: Live, targets: Targets): Live {
  let live = after;
  for (let index = code.length - 1; index >= 0; index -= 1) {
    const op = code[index];
    if (op !== undefined) live = liveBeforeOp(op, live, targets);
  }
  return live;
}

function liveBeforeOp(op: Op, after: Live, targets: Targets): Live {
  switch (op.kind) {
    case "goto":
      return targets.target(op.location);
    case "stop":
    case "fault":
      return new Set();
    case "break":
      return targets.loops.get(op.loop)?.out ?? new Set();
    case "continue":
      return targets.loops.get(op.loop)?.again ?? new Set();
    case "if":
      return union(
        usesOf(op),
        liveBefore(op.then, after, targets),
        liveBefore(op.otherwise, after, targets),
      );
    case "either":
      return union(...op.branches.map((branch) => liveBefore(branch, new Set(), targets)));
    case "pick": {
      const inside = union(
        liveBefore(op.body, new Set(), targets),
        op.where === null ? [] : localsIn(op.where),
      );
      inside.delete(op.local);
      return union(inside, localsIn(op.set));
    }
    case "loop": {
      let again: Live = new Set();
      for (;;) {
        const loops = new Map(targets.loops).set(op.id, { again, out: after });
        const before = liveBefore(op.body, again, { ...targets, loops });
        if (before.size === again.size) return before;
        again = before;
      }
    }
    default: {
      const live = new Set(after);
      const set = localSet(op);
      if (set !== null) live.delete(set);
      else if (op.kind === "assign" && op.place.root.kind === "local")
        live.add(op.place.root as MachineLocal);
      return union(live, usesOf(op));
    }
  }
}

function usesOf(op: Op): Iterable<MachineLocal> {
  return expressionsOf(op).flatMap((expr) => [...localsIn(expr)]);
}

function localsIn(expr: Expr): Set<MachineLocal> {
  const found = new Set<MachineLocal>();
  const visit = (node: Expr): void => {
    if (node.kind === "local" && node.local.role !== "index") found.add(node.local as MachineLocal);
    childrenOf(node).forEach(visit);
  };
  visit(expr);
  return found;
}

function union(...sets: readonly Iterable<MachineLocal>[]): Set<MachineLocal> {
  const all = new Set<MachineLocal>();
  for (const set of sets) for (const local of set) all.add(local);
  return all;
}
