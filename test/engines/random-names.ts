// Random specs whose names mean something in other notations, or in what their engines make of them: keywords, operators,
// words of C, names that translations like to give.

import { compile } from "../../src/pipeline.ts";
import type { Random } from "../support/random.ts";
import type { RandomSpec } from "../support/random-spec.ts";

const words = [
  // Promela
  "active bit byte chan d_step do empty enabled eval fi full hidden init inline int len ltl mtype nempty never nfull",
  "notrace od of pc_value printf priority proctype provided run select short show timeout trace typedef unless",
  "unsigned xr xs progress accept pid np_ _pid _last _nr_pr nr_pr STDIN now trpt depth",
  // Murphi
  "alias array assume begin by case clear const else elsif end endalias endfor endfunction endif endrecord endrule",
  "endruleset endstartstate endswitch endwhile error exists flushing forall from function isundefined liveness map",
  "procedure program property put record rule ruleset scalarset startstate switch to undefine undefined union boolean",
  "While Begin END Rule multiset ismember",
  // TLA+
  "ASSUME ASSUMPTION AXIOM BOOLEAN CASE CHOOSE CONSTANT DOMAIN ELSE ENABLED EXCEPT EXTENDS FALSE IF IN INSTANCE LET",
  "LOCAL MODULE OTHER SF_ STRING STATE SUBSET THEN THEOREM TRUE UNCHANGED UNION VARIABLE WF_ WITH LAMBDA PROOF QED",
  "Nat Int Integers Naturals Seq Len Head Tail Append SubSeq Cardinality FiniteSets Sequences TLC Print Assert Init",
  "Next Spec TypeOK vars Permutations Max Min Symmetry None Null NONE null_ self pc stack defaultInitValue",
  // C, and what stands in C code that engines write
  "auto char double enum extern float inline long main register restrict return signed sizeof static struct switch",
  "volatile errno exit assert stdin NULL EOF uint uchar ushort ulong uint8_t uint32_t state hash Bool",
  // What translations like to call things
  "at owner readers fault faulted failed stuck locks lock_use range deadlock me who step state_at next value",
  "size_of length_of has is_null null_used DONE start choice index x_at p_at tmp scratch ok error_ result",
].flatMap((line) => line.split(" "));

/** Names that the generator of random specs gives, apart from those that properties have for people. */
const GIVEN = /\b(?:[acdfgilkmnpqtvxACELNRT])\d+\b/g;

let usable: readonly string[] | null = null;

/** The words that a spec may have as names. */
function usableWords(): readonly string[] {
  usable ??= [...new Set(words)].filter((word) => {
    const text = `spec s\nvar ${word}: bool = false\n`;
    return compile("s.weft", (path) => (path === "s.weft" ? text : null)).machine !== null;
  });
  return usable;
}

/** The spec with many of its names replaced; the same spec otherwise. */
export function withClashingNames(spec: RandomSpec, random: Random): RandomSpec {
  const texts = [...spec.files.values()].join("\n");
  const given = [...new Set(texts.match(GIVEN) ?? [])];
  const free = random.shuffled(usableWords());
  const instead = new Map<string, string>();
  for (const name of given) {
    const word = free[instead.size];
    if (word !== undefined && random.chance(0.7)) instead.set(name, word);
  }
  const renamed = [...spec.files].map(
    ([path, text]) => [path, text.replace(GIVEN, (name) => instead.get(name) ?? name)] as const,
  );
  return { ...spec, files: new Map(renamed) };
}
