// Symmetry reduction: states that differ only in which value of a symmetric type is which behave alike, so one of them is searched
// for all. Clarke, Enders, Filkorn and Jha, "Exploiting symmetry in temporal logic model checking", FMSD 9, 1996; Ip and Dill,
// "Better verification through symmetry", FMSD 9, 1996. machine/symmetry says which state stands for which.
//
// Steps are those of the machine itself, from states that stand for others; only the table knows of the reduction. So properties
// judge real states and real steps. What is found is brought back into real values when a trace of it is made (trace.ts).

import { type Layout, layout } from "../machine/layout.ts";
import { type Packer, packer } from "../machine/layout-pack.ts";
import type { Machine } from "../machine/machine.ts";
import type { ReducedForm } from "../machine/reduced-form.ts";
import { type Canonical, canonicalOf } from "../machine/symmetry/canonical.ts";
import { distinctionOf } from "../machine/symmetry/distinctions.ts";
import { instanceNames } from "../machine/symmetry/instances.ts";
import {
  composed,
  inverse,
  type Permutation,
  relabelledInstance,
} from "../machine/symmetry/permutations.ts";
import { permute } from "../machine/symmetry/permute.ts";
import { sortBy } from "../machine/symmetry/sort.ts";
import { type SortPlan, sortPlan } from "../machine/symmetry/sort-plan.ts";
import { type SymmetricType, symmetricTypes } from "../machine/symmetry/types.ts";
import { countExpected } from "./expectations.ts";
import type { CompiledForm } from "./explore.ts";
import type { Orbits, Renaming } from "./orbit-table.ts";
import {
  type KeptType,
  type Reduction,
  type ReductionRefusal,
  reducedFurther,
  type SymmetryReport,
  type Wish,
} from "./reduction.ts";

/**
 * The symmetry reduction of a machine's search; null if it was not asked for and there is nothing symmetric. `without` is an
 * option that rules it out, `compiled` gives what may take over a search so reduced.
 */
export function symmetryReduction(
  machine: Machine,
  wish: Wish,
  without: string | null,
  compiled: (reduced: ReducedForm) => CompiledForm | null,
): Reduction<SymmetryReport> | null {
  const symmetric = symmetricTypes(machine);
  if (symmetric.length === 0 && wish !== "at-once") return null;
  const kept = symmetric.flatMap((type): KeptType[] => {
    const distinction = distinctionOf(machine, type);
    return distinction === null ? [] : [{ name: type.name, distinction }];
  });
  const types = symmetric.filter(({ name }) => kept.every((other) => other.name !== name));
  const reason = refusal(machine, symmetric, types, kept, without);
  if (reason !== null) {
    return { wish, report: { kind: "symmetry", applied: false, reason }, reduce: null };
  }
  return {
    wish,
    report: { kind: "symmetry", applied: true, types, kept },
    reduce(searching) {
      const { orbits, plan } = orbitsOf(machine, types);
      const settings = { ...searching.settings, orbits };
      // Without a plan, orbits are known in JavaScript only.
      if (plan === null) return { ...searching, settings: { ...settings, compiled: null } };
      return reducedFurther({ ...searching, settings }, { plan }, compiled);
    },
  };
}

function refusal(
  machine: Machine,
  symmetric: readonly SymmetricType[],
  types: readonly SymmetricType[],
  kept: readonly KeptType[],
  without: string | null,
): ReductionRefusal | null {
  if (symmetric.length === 0) return { kind: "no-symmetric-type" };
  if (without !== null) return { kind: "option", option: without };
  if (types.length === 0) return { kind: "told-apart", types: kept };
  const expected = countExpected(machine);
  // The distance of a state from the beginning is that of all that it stands for.
  if (expected === null || expected.what === "depth") return null;
  return { kind: "expected-count", ...expected };
}

/** The orbits of a machine's packed states under all permutations of these types' values, and the plan by which values are sorted if that is all. */
export function orbitsOf(
  machine: Machine,
  types: readonly SymmetricType[],
  given: Layout = layout(machine),
): { readonly orbits: Orbits; readonly plan: SortPlan | null } {
  const canonical = canonicalOf(machine, given, types);
  const representative = new Int32Array(given.width);
  const again = new Int32Array(given.width);
  const states = packer(machine, given);
  const names = instanceNames(machine, canonical.symmetry);
  const plan = sortPlan(canonical.symmetry, canonical.families);
  const represent: Orbits["represent"] =
    plan === null
      ? (words, offset, into) => {
          canonical.apply(words, offset, into);
        }
      : sortBy(plan);
  const orbits: Orbits = {
    represent,
    moversInRepresentative(words, offset) {
      represent(words, offset, representative);
      const there = canonical.apply(words, offset, again);
      const back = canonical.apply(representative, 0, again);
      return moversUnder(machine, canonical, composed(there, inverse(back)));
    },
    kin: kinOf(machine, canonical),
    images: names.images,
    renaming: (some, others) => renamedBy(canonical, states, names.permutation(some, others)),
  };
  return { orbits, plan };
}

/** Renames states as they are read. */
function renamedBy(
  { symmetry, families }: Canonical,
  { pack, unpack, layout: { width } }: Packer,
  permutation: Permutation,
): Renaming {
  const words = new Int32Array(width);
  const renamed = new Int32Array(width);
  return (state) => {
    pack(state, words, 0);
    permute(symmetry, families, permutation, words, 0, renamed);
    return unpack(renamed, 0);
  };
}

function moversUnder(
  { instances, actions }: Machine,
  { symmetry }: Canonical,
  permutation: Permutation,
): Int32Array {
  return Int32Array.from([...instances, ...actions], (_, mover) =>
    mover < instances.length ? relabelledInstance(symmetry, permutation, mover) : mover,
  );
}

function kinOf(
  { instances, actions }: Machine,
  { symmetry }: Canonical,
): readonly (readonly number[])[] {
  return [...instances, ...actions].map((_, mover) => {
    const instance = instances[mover];
    if (instance === undefined || (symmetry.indexedBy[mover] as number) < 0) return [mover];
    return instances.filter(({ process }) => process === instance.process).map(({ id }) => id);
  });
}
