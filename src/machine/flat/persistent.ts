// The choice of persistent sets (machine/independence) as flat predicates: at this state, are the steps of this instance enough?

import type { LockInstance } from "../independence/cells.ts";
import type { Choice, Persistence } from "../independence/persistent.ts";
import { cardinality, type MachineProcess } from "../machine.ts";
import { type Builder, branch, count, dataAddress, emit, hold, routine } from "./builder.ts";
import { type Self, scopeAt } from "./code.ts";
import { add, binary, constant, known, multiply, ONE, ZERO } from "./fold.ts";
import { ordinalOf } from "./ordinal.ts";
import { locationAt, lockBy, ownerOf } from "./process.ts";
import type { FlatExpr, FlatRoutine } from "./program.ts";
import { value } from "./scope.ts";

/** The routines of a machine's choices; each answers 1 where the steps of the instance are enough. */
export function flattenPersistence(
  b: Builder,
  choices: Persistence,
): readonly (readonly (FlatRoutine | null)[])[] {
  return b.machine.processes.map((process, at) =>
    process.locations.map(({ id, name }) => {
      const choice = choices[at]?.[id] ?? null;
      return choice === null ? null : flattenChoice(b, process, at, name, choice);
    }),
  );
}

function flattenChoice(
  b: Builder,
  process: MachineProcess,
  at: number,
  name: string,
  choice: Choice,
): FlatRoutine {
  const stored = b.layout.processes[at];
  if (stored === undefined) throw new Error(`${process.name} is not laid out`);
  const parameter = stored.count > 1 ? "k" : null;
  return routine(b, `${process.name} alone at ${name}`, parameter, (position) => {
    const self: Self = { process, stored, position };
    const which = caseOf(b, self, choice);
    const held = hold(b, heldBits(b, self, choice.locks), "held");
    b.machine.processes.forEach((_, other) => {
      undisturbed(b, self, choice, which, held, other);
    });
    emit(b, { kind: "answer", value: ONE });
  });
}

/** The number of the case among those of the choice. */
function caseOf(b: Builder, self: Self, { indices }: Choice): FlatExpr {
  const scope = scopeAt(b, self);
  return indices.reduce<FlatExpr>((before, { expr, key }) => {
    const { inside, ordinal } = ordinalOf(b, value(scope, expr), key);
    // A step whose index is outside faults, and is none to go on with alone.
    branch(
      b,
      inside,
      () => {},
      () => emit(b, { kind: "answer", value: ZERO }),
    );
    return hold(b, add(multiply(before, constant(cardinality(key))), ordinal), "case");
  }, ZERO);
}

/** Bit 0 set, and bit i + 1 if the instance owns lock i. */
function heldBits(b: Builder, self: Self, locks: readonly LockInstance[]): FlatExpr {
  const me = add(self.position, constant(self.stored.first + 1));
  return locks.reduce<FlatExpr>((bits, { lock, position }, at) => {
    const keys: FlatExpr[] = [];
    let rest = position;
    for (const key of lock.keys.toReversed()) {
      keys.unshift(constant(rest % cardinality(key)));
      rest = Math.floor(rest / cardinality(key));
    }
    const owns = binary("==", ownerOf(b, lockBy(b, lock, keys, "now")), me);
    return binary("bit-or", bits, multiply(owns, constant(2 << at)));
  }, ONE);
}

/** Answers 0 if an instance of the other process may interfere. */
function undisturbed(
  b: Builder,
  self: Self,
  { indices, undisturbed: rowOf }: Choice,
  which: FlatExpr,
  held: FlatExpr,
  other: number,
): void {
  const stored = b.layout.processes[other];
  const process = b.machine.processes[other];
  if (stored === undefined || process === undefined) return;
  const cases = indices.reduce((product, { key }) => product * cardinality(key), 1);
  const free = process.locations.map(() => 1);
  const addresses: number[] = [];
  let always = true;
  for (let mine = 0; mine < self.stored.count; mine += 1) {
    const instance = self.stored.first + mine;
    for (let position = 0; position < cases; position += 1) {
      for (let theirs = 0; theirs < stored.count; theirs += 1) {
        const id = stored.first + theirs;
        const found = id === instance ? free : rowOf(instance, position, id);
        const row = free.map((_, location) => found[location] ?? 0);
        always &&= row.every((bits) => bits % 2 === 1);
        addresses.push(known(dataAddress(b, row)) ?? 0);
      }
    }
  }
  if (always) return;
  const mine = add(multiply(self.position, constant(cases)), which);
  const base = hold(b, multiply(mine, constant(stored.count)), "row");
  const judge = (theirs: FlatExpr): void => {
    const row: FlatExpr = {
      kind: "load",
      memory: "data",
      address: add(dataAddress(b, addresses), add(base, theirs)),
    };
    const address = add(row, locationAt(stored, theirs, "now"));
    const bits: FlatExpr = { kind: "load", memory: "data", address };
    branch(b, binary("==", binary("bit-and", bits, held), ZERO), () =>
      emit(b, { kind: "answer", value: ZERO }),
    );
  };
  if (stored.count === 1) judge(ZERO);
  else count(b, "other", ZERO, constant(stored.count), judge);
}
