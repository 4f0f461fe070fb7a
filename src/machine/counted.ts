// A machine that also counts how often its locks are taken, step by step. Costs are no part of the state, so it has the
// states and the steps of the machine itself, in the same order. A count that is read off two states would miss a lock
// that one step takes and releases.

import { flatMapOps } from "./code.ts";
import type { Code, Cost, Lock, Machine, Op } from "./machine.ts";

/** The name of the cost that counts the acquisitions of a lock; no declared cost can have it. */
export function acquiresName(lock: Lock): string {
  return `acquires ${lock.name}`;
}

/**
 * The machine with one more cost for each declared lock, after its own: how often steps take it, in any mode, all its keys
 * together. Work before the first step takes no locks, nor do actions.
 */
export function withLockCosts(machine: Machine): Machine {
  const costs = new Map(machine.locks.map((lock) => [lock, costOf(lock)]));
  const counting = (code: Code): Code =>
    flatMapOps(code, (op) =>
      op.kind === "acquire" || op.kind === "try-acquire"
        ? counted(op, costs.get(op.lock.lock) as Cost)
        : [op],
    );
  return {
    ...machine,
    costs: [...machine.costs, ...costs.values()],
    processes: machine.processes.map((process) => ({
      ...process,
      locations: process.locations.map((location) => ({
        ...location,
        code: counting(location.code),
      })),
    })),
  };
}

function costOf(lock: Lock): Cost {
  return { kind: "cost", name: acquiresName(lock), doc: null, span: lock.span };
}

/** The op, and one more behind it if the lock was taken. */
function counted(op: Extract<Op, { readonly kind: "acquire" | "try-acquire" }>, cost: Cost): Code {
  const { span } = op;
  const type = { kind: "range", lo: 1, hi: 1, name: null, symmetric: false } as const;
  const value = { kind: "literal", value: 1, type, span } as const;
  const add: Op = { kind: "cost", cost, value, span };
  if (op.kind === "acquire") return [op, add];
  const condition = { kind: "local", local: op.result, type: op.result.type, span } as const;
  return [op, { kind: "if", condition, then: [add], otherwise: [], span }];
}
