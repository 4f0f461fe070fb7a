// Words that no name of ours may be: those of TLA+ itself, and what the modules that every translation extends define.

export const RESERVED: readonly string[] = (
  "ASSUME ASSUMPTION AXIOM ACTION BOOLEAN BY CASE CHOOSE CONSTANT CONSTANTS COROLLARY DEF DEFINE DEFS DOMAIN ELSE " +
  "ENABLED EXCEPT EXTENDS FALSE HAVE HIDE IF IN INSTANCE LAMBDA LEMMA LET LOCAL MODULE NEW OBVIOUS OMITTED ONLY OTHER " +
  "PICK PROOF PROPOSITION PROVE QED RECURSIVE SF_ STATE STRING SUBSET SUFFICES TAKE TEMPORAL THEN THEOREM TRUE " +
  "UNCHANGED UNION USE VARIABLE VARIABLES WF_ WITH WITNESS " +
  // Naturals, Integers, Sequences, FiniteSets, TLC
  "Nat Int Seq Head Tail Append Len SubSeq SelectSeq IsFiniteSet Cardinality Print PrintT Assert JavaTime TLCGet TLCSet " +
  "Permutations SortSeq RandomElement Any ToString TLCEval " +
  // Modules
  "Naturals Integers Reals Sequences FiniteSets TLC Bags Json Toolbox TLCExt Randomization RealTime"
).split(" ");

/** What no name may begin with: fairness is written so. */
export const RESERVED_HEADS: readonly string[] = ["WF_", "SF_"];

/** Operators that each translation may define for itself, and the names that TLA+ authors expect to find. */
export const OWN: readonly string[] = [
  ...["Null", "Stop", "vars", "Init", "Next", "Spec", "TypeOK", "Terminal", "NoDeadlock"],
  ...["Report", "Fault", "Checked", "When", "Symmetry", "Sum", "SumOver", "Min", "Max", "SeqOf"],
  ...["Steps", "Processes"],
];
