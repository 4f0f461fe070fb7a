// Whose search a checkpoint holds: it may be gone on with only for the same machine, to the same end, by the same Weft.

import type { StopFor } from "../checker/findings.ts";
import { emitPacked } from "../emit/typescript.ts";
import type { Machine } from "../machine/machine.ts";
import { formatValue } from "../report/values.ts";
import { hashTexts } from "../runtime/hash.ts";
import { version } from "../version.ts";
import type { ReductionWishes } from "./options.ts";

export interface Identity {
  readonly weft: string;
  readonly spec: string;
  /** Hashes of the texts that the machine was made from, the spec's own first. */
  readonly sources: readonly string[];
  /** `MMS = 3`, in the order of the spec. */
  readonly parameters: readonly string[];
  readonly fold: boolean;
  readonly reset: boolean;
  readonly stop: StopFor;
  /** By reduction. */
  readonly wishes: ReductionWishes;
  /** Were reductions given up for the fewest context switches? */
  readonly fewestSwitches: boolean;
  /** Hash of the steps and properties as the search runs them. */
  readonly program: string;
}

/** Options that make another machine of a spec, or end its search elsewhere. */
export interface SearchedHow {
  readonly fold: boolean;
  readonly reset: boolean;
  readonly stop: StopFor;
  readonly wishes: ReductionWishes;
  readonly fewestSwitches: boolean;
}

export function identityOf(
  machine: Machine,
  { fold, reset, stop, wishes, fewestSwitches }: SearchedHow,
): Identity {
  // A file may be given another name: only texts matter.
  const program = emitPacked(machine).replace(/^ *sources: .*$/m, "");
  const reduces = Object.values(wishes).some((wish) => wish !== "never");
  return {
    weft: version,
    spec: machine.name,
    sources: machine.sources.map(({ text }) => hashTexts([text])),
    parameters: machine.parameters.map(
      ({ name, value, type }) => `${name} = ${formatValue(value, type)}`,
    ),
    fold,
    reset,
    stop,
    wishes,
    fewestSwitches: fewestSwitches && reduces,
    program: hashTexts([program]),
  };
}

/** Why a search of one is none of the other, as the end of a sentence about the former; null if they are the same. */
export function foreignness(kept: Identity, wanted: Identity): string | null {
  if (kept.weft !== wanted.weft) {
    return `it was written by Weft ${kept.weft}, and this is ${wanted.weft}`;
  }
  if (kept.spec !== wanted.spec) return `it is of another spec, ${kept.spec}`;
  const parameter = kept.parameters.find((value, at) => value !== wanted.parameters[at]);
  if (parameter !== undefined) return `it is of the spec with ${parameter}`;
  if (!same(kept.sources, wanted.sources)) return "the text of the spec has changed since";
  if (kept.fold !== wanted.fold) return optionWords("--no-fold", !kept.fold);
  if (kept.reset !== wanted.reset) return optionWords("--no-reset", !kept.reset);
  if (!same(kept.stop, wanted.stop)) return optionWords("--first", kept.stop !== "never");
  const wish = wishWords(kept.wishes, wanted.wishes);
  if (wish !== null) return wish;
  if (kept.fewestSwitches !== wanted.fewestSwitches) {
    return optionWords("--fewest-switches", kept.fewestSwitches);
  }
  return kept.program === wanted.program ? null : "the spec makes another machine now";
}

/** Reductions are asked for, forbidden, or left to the size of a search. */
function wishWords(kept: ReductionWishes, wanted: ReductionWishes): string | null {
  const names = Object.keys(wanted) as (keyof ReductionWishes)[];
  const name = names.find((one) => kept[one] !== wanted[one]);
  if (name === undefined) return null;
  if (kept[name] === "at-once") return optionWords(`--${name}`, true);
  if (kept[name] === "never") return optionWords(`--no-${name}`, true);
  return optionWords(wanted[name] === "never" ? `--no-${name}` : `--${name}`, false);
}

function optionWords(option: string, kept: boolean): string {
  return `it is of a search ${kept ? "with" : "without"} ${option}`;
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
