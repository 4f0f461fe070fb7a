// Walking and copying structured code: the blocks of an op, its expressions, and maps over both.

import { placeIndices } from "../language/expressions.ts";
import type { Code, Expr, MachineLocal, Op } from "./machine.ts";

/** The blocks inside an op. */
export function blocksOf(op: Op): readonly Code[] {
  switch (op.kind) {
    case "if":
      return [op.then, op.otherwise];
    case "loop":
    case "pick":
      return [op.body];
    case "either":
      return op.branches;
    default:
      return [];
  }
}

/** All ops of a code, inner ones after the op that holds them. */
export function* allOps(code: Code): Generator<Op> {
  for (const op of code) {
    yield op;
    for (const block of blocksOf(op)) yield* allOps(block);
  }
}

/** The same code with every op replaced; `change` gets ops whose blocks are already changed. */
export function mapOps(code: Code, change: (op: Op) => Op): Code {
  return flatMapOps(code, (op) => [change(op)]);
}

/** As `mapOps`, with any number of ops in place of each. */
export function flatMapOps(code: Code, change: (op: Op) => Code): Code {
  return code.flatMap((op) => {
    switch (op.kind) {
      case "if":
        return change({
          ...op,
          then: flatMapOps(op.then, change),
          otherwise: flatMapOps(op.otherwise, change),
        });
      case "loop":
      case "pick":
        return change({ ...op, body: flatMapOps(op.body, change) });
      case "either":
        return change({ ...op, branches: op.branches.map((branch) => flatMapOps(branch, change)) });
      default:
        return change(op);
    }
  });
}

/** The expressions that an op itself evaluates, those of its blocks left out. */
export function expressionsOf(op: Op): readonly Expr[] {
  switch (op.kind) {
    case "assign":
      return [...placeIndices(op.place), op.value];
    case "if":
    case "await":
    case "assert":
      return [op.condition];
    case "pick":
      return op.where === null ? [op.set] : [op.set, op.where];
    case "acquire":
    case "release":
    case "downgrade":
    case "try-acquire":
      return op.lock.indices;
    case "contract":
      return [...op.lock.indices, op.result];
    case "cost":
      return [op.value];
    default:
      return [];
  }
}

/** The local that an op sets as a whole, if any. */
export function localSet(op: Op): MachineLocal | null {
  if (op.kind === "assign")
    return op.place.root.kind === "local" && op.place.path.length === 0
      ? (op.place.root as MachineLocal)
      : null;
  if (op.kind === "pick") return op.local;
  if (op.kind === "try-acquire") return op.result;
  return null;
}
