// Codes of the parser: texts that are not Weft.

import type { CatalogueTable } from "./entry.ts";

export const catalogueSyntax = {
  "unknown-character": {
    severity: "error",
    message: "{found} cannot stand here",
    explain:
      "The text holds a character that belongs to no word, number or operator of the language, such as `#` or a `；` of another alphabet. Comments start with `//`, texts for traces with `///`.",
  },
  "syntax-error": {
    severity: "error",
    message: "expected {expected}, but found {found}",
    explain:
      "The text does not follow the grammar at this place. The message names what could have stood here. The parser goes on behind the mistake, so that one run reports all of them.",
  },
  "missing-separator": {
    severity: "error",
    message: "expected a line break or `;` before {what}",
    explain:
      "Two statements or declarations on one line need a `;` between them, as in `x := 1; y := 2`. Often something else is wrong: a misspelt word such as `aquire`, or an operator that is missing.",
  },
  "wrong-operator": {
    severity: "error",
    message: "`{sign}` is not an operator of Weft",
    explain:
      "The sign means something in C, TLA+ or another language, but nothing here. There is one spelling for each thing: `&&` and `||` for “and” and “or”, `==` and `!=` to compare, `x += 1` to count, `.` for a field. There are no bit operations, shifts or pointers: a spec describes what the code under review achieves with them.",
  },
  "equals-sign": {
    severity: "error",
    message: "`=` does not {verb}",
    explain:
      "`:=` changes a variable and `==` compares two values. A single `=` only gives a declared name its value or type: `const N: 1..8 = 2`, `type Mm = 1..N`, `let x = e: …`, `r with f = v`.",
  },
  "unterminated-string": {
    severity: "error",
    message: 'this file name has no closing `"`',
    explain:
      'A file name after `use` or `of` stands between two `"` on one line, as in `use "locks.weft"`. Strings occur nowhere else in the language.',
  },
  "block-comment": {
    severity: "error",
    message: "`/* … */` is not a comment of Weft",
    explain:
      "A comment starts with `//` and ends with its line. A text that traces should show starts with `///`.",
  },
  "bad-number": {
    severity: "error",
    message: "`{number}` is not a number",
    explain:
      "Numbers are decimal and plain: digits only, no leading zero, no `0x`, no suffix, no `_`. A name cannot begin with a digit.",
  },
  "integer-too-large": {
    severity: "error",
    message: "{number} is too large",
    explain:
      "Every number of a spec is at most 2147483647. State counts grow with every value that a variable can have, so a model uses small ranges: `0..3` rather than the 64 bits of the code.",
  },
  "nesting-too-deep": {
    severity: "error",
    message: "this is nested too deeply",
    explain:
      "Brackets, blocks and operators may be nested a few hundred levels deep. A text that goes deeper was hardly written by a person; split it, or name its parts with `def`.",
  },
  "reserved-word": {
    severity: "error",
    message: "`{word}` is a reserved word and cannot be a name",
    explain:
      "The words that begin a statement (`skip`, `release`, `cost` …), the operators that are words (`in`, `union`, `with` …) and `true`, `false`, `null` cannot be names. All other words of the language can: a variable may be called `state`, `read` or `process`.",
  },
  "needs-parentheses": {
    severity: "error",
    message: "`{operator}` behind `{outer}` needs parentheses",
    explain:
      "`!` binds less strongly than a comparison, so that `!a == b` means `!(a == b)`. Behind an operator that binds more strongly it would be unclear what it takes in: write `a == (!b)`.",
  },
  "operator-chained": {
    severity: "error",
    message: "`{operator}` does not chain",
    explain:
      "`a < b < c` is not “b lies between”: comparisons, `in`, `subset`, `@`, `..` and `~>` stand between two operands only. Join two comparisons with `&&`, or put one of them in parentheses if the comparison of a comparison is meant.",
  },
  "not-a-statement": {
    severity: "error",
    message: "a value by itself does nothing",
    explain:
      "An expression computes a value but changes nothing, so it is no statement. Calls are: `f(x)`. To change a variable write `x := e`, to check something `assert e`, to wait for it `await e`.",
  },
  "text-without-place": {
    severity: "error",
    message: "this text belongs to nothing",
    explain:
      "A `///` behind a step or declaration is its text. On a line of its own it documents the declaration right below, or continues the text right above. Anywhere else no trace would show it: put it behind the step it describes, or make it a comment with `//`.",
  },
  "not-yet-supported": {
    severity: "error",
    message: "{what} is not supported yet",
    explain:
      "The word is part of the language's design, but this version of Weft cannot check it yet. It is refused rather than ignored, so that no verdict is given about something that was not looked at.",
  },
} as const satisfies CatalogueTable;
