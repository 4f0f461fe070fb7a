// What may help with a syntax error: guesses from what was expected and what stands there.

import {
  declarationWords,
  isIn,
  StatementWord,
  statementWords,
  type Token,
} from "../../grammar/tokens.ts";
import { didYouMean } from "../diagnostics/suggest.ts";

export interface SyntaxFault {
  /** In words: "a value", "`}`". */
  readonly expected: string;
  readonly found: Token;
  readonly previous: Token;
  /** The productions that the parser was in, outermost first. */
  readonly rules: readonly string[];
}

/** Words of other languages, and what they are here. */
const foreignWords: ReadonlyMap<string, string> = new Map([
  ["and", "`&&` is “and”"],
  ["or", "`||` is “or”"],
  ["elif", "write `else if`"],
  ["elsif", "write `else if`"],
  ["elseif", "write `else if`"],
  ["func", "a procedure of steps is a `fn`, a pure expression a `def`"],
  ["function", "a procedure of steps is a `fn`, a pure expression a `def`"],
  ["void", "write `fn name(parameters) { … }`"],
  ["thread", "write `process name { … }`"],
  ["proctype", "write `process name { … }`"],
  ["lock", "a lock is a `spinlock`, a `mutex` or a `rwsem`"],
  ["struct", "write `type Name = { field: Type, … }`"],
  ["record", "write `type Name = { field: Type, … }`"],
  ["int", "write `var name: 0..N = 0`: every variable has a range"],
  ["bool", "write `var name: bool = false`"],
  ["constant", "write `const NAME: T = e`, or `param NAME: T = e` for what a run may change"],
  ["import", 'write `use "file.weft"`'],
  ["include", 'write `use "file.weft"`'],
  ["switch", "write `if`, `else if`, `else`"],
]);

/** Signs that stand at a place where they mean nothing, and what was probably meant. */
const strangeSigns: ReadonlyMap<string, string> = new Map([
  ["else", "`else` stands behind the `}` of an `if`, and before `{` or `if`"],
  ["then", "the statement `if` has no `then`: its branches stand in `{ … }`"],
  ["or", "`||` is “or”; `or { … }` stands behind the `}` of an `either`"],
  [":=", "`:=` assigns and is a statement of its own; `==` compares"],
  ["?", "write `if c then a else b`"],
  [";", "`;` stands between two statements only"],
  ["..", "a range inside another type stands in parentheses: `set of (0..3)`"],
  ["!", "write `x not in S`"],
  ["@", "a process and one of its labels: `p @ L`"],
]);

/** A hint for the fault, or null. */
export function hintFor(fault: SyntaxFault): string | null {
  const { expected, found, previous, rules } = fault;
  const rule = rules.at(-1);
  const word = found.image;
  if (expected.startsWith("a declaration") || expected.startsWith("a change")) {
    if (word === "}") return "there is one `}` too many, here or further up";
    if (isIn(found.tokenType, StatementWord))
      return "statements stand in the `{ … }` of a process, fn or action";
    return foreignWords.get(word) ?? didYouMean(word, declarationWords);
  }
  if (expected === "a statement" && word === "else") return strangeSigns.get("else") ?? null;
  if (expected === "`{`") {
    if (word === "then" || word === ":=") return strangeSigns.get(word) ?? null;
    return foreignWords.get(word) ?? "a body stands in `{ … }`, even a single statement";
  }
  if (expected === "`}`")
    return foreignWords.get(word) ?? "the block that opens here is not closed";
  if (expected === "`spec`" || expected === "`patch`") {
    return (
      didYouMean(word, ["spec", "patch"]) ??
      'a file begins with `spec NAME`, a patch with `patch NAME of "…"`'
    );
  }
  if (expected === "`then`" && word === "{")
    return "as a value, `if` is written `if c then a else b`";
  if (expected === "a name" && word === "(" && rule === "binding")
    return "write `for x in S { … }`";
  if (rule === "variable" || rule === "localVariable") {
    if (expected === "`:`") return "a variable has a type: `var x: T = e`";
    if (expected.startsWith("`=`")) return "a variable has an initial value: `var x: T = e`";
  }
  if (expected === "a value") {
    if (word === "&" || word === "*") return "there are no pointers: use an index or a name";
    if (word === "!") return null;
  }
  return foreignWords.get(word) ?? strangeSigns.get(word) ?? misspeltStatement(previous);
}

/** For two values in a row, of which the first may be a misspelt word: `aquire lock`. */
export function misspeltStatement(word: Token): string | null {
  return didYouMean(word.image, statementWords);
}
