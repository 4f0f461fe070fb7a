// What may help with a syntax error: guesses from what was expected and what stands there.

import {
  DeclarationWord,
  declarationWords,
  isIn,
  NumberLiteral,
  StatementWord,
  statementWords,
  type Token,
} from "../../grammar/tokens.ts";
import { didYouMean } from "../diagnostics/suggest.ts";

export interface SyntaxFault {
  /** In words: "a value", "`}`". */
  readonly expected: string;
  readonly found: Token;
  /** The token before it. */
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
  ["!", "write `x not in S`"],
  ["@", "a process and one of its labels: `p @ L`"],
]);

/** A hint for the fault, or null. */
export function hintFor(fault: SyntaxFault): string | null {
  return hintByExpectation(fault) ?? hintByWord(fault.found.image);
}

function hintByExpectation({ expected, found, rules }: SyntaxFault): string | null {
  const word = found.image;
  const rule = rules.at(-1);
  switch (expected) {
    case "a declaration":
    case "a change or a declaration":
      return hintForDeclaration(found);
    case "`spec`":
    case "`patch`":
      return (
        didYouMean(word, ["spec", "patch"]) ??
        'a file begins with `spec NAME`, a patch with `patch NAME of "…"`'
      );
    case "`{`":
      return hintByWord(word) ?? "a body stands in `{ … }`, even a single statement";
    case "`}`":
      return rule === "block" ? null : "a `,` or the `}` is missing";
    case "`then`":
      return word === "{" ? "as a value, `if` is written `if c then a else b`" : null;
    case "`=`":
      return word === ":=" ? "a declared name gets its value with `=`" : null;
    case "`:`":
      return isVariable(rule) ? "a variable has a type: `var x: T = e`" : null;
    case "a name":
      return word === "(" && rule === "binding" ? "write `for x in S { … }`" : null;
    case "a type":
      return found.tokenType === NumberLiteral
        ? "a range inside another type stands in parentheses: `set of (0..3)`"
        : null;
    case "a value":
      return word === "&" || word === "*" ? "there are no pointers: use an index or a name" : null;
    default:
      if (isVariable(rule) && expected.startsWith("`=`")) {
        return "a variable has an initial value: `var x: T = e`";
      }
      return didYouMean(
        word,
        [...expected.matchAll(/`(\w+)`/g)].map(([, choice = ""]) => choice),
      );
  }
}

function isVariable(rule: string | undefined): boolean {
  return rule === "variable" || rule === "localVariable";
}

function hintForDeclaration({ image, tokenType, startColumn }: Token): string | null {
  if (image === "}") return "there is one `}` too many, here or further up";
  if (isIn(tokenType, StatementWord) || (startColumn ?? 1) > 1) {
    return "statements stand in the `{ … }` of a process, fn or action";
  }
  if (isIn(tokenType, DeclarationWord)) return `only a patch has \`${image}\``;
  return foreignWords.get(image) ?? didYouMean(image, declarationWords);
}

function hintByWord(word: string): string | null {
  return foreignWords.get(word) ?? strangeSigns.get(word) ?? null;
}

/** For two values in a row, of which the first may be a misspelt word: `aquire lock`. */
export function misspeltStatement(word: Token): string | null {
  return didYouMean(word.image, statementWords);
}
