// Codes of types and code that are found when a spec is typechecked; the second half of catalogue-meaning.ts.

import type { CatalogueTable } from "./entry.ts";

export const catalogueTyping = {
  "reserved-name": {
    severity: "error",
    message: "`{name}` is the name of a check that is always made",
    explain:
      "`deadlock`, `stuck`, `lock_use`, `lock_order` and `range` are checked in every spec, and `expect deadlock holds` speaks of them. No property or assertion can take their names.",
  },
  "no-value": {
    severity: "error",
    message: "`{name}` is {what} and has no value",
    explain:
      "Only params, consts, variables, processes, types (as the set of their values) and what is bound in the code around can stand in an expression by name. A lock is asked with `held(l)` and `holder(l)`, a def is called: `d(x)`.",
  },
  "type-unknown": {
    severity: "error",
    message: "nothing here says what type {what} has",
    explain:
      "`null`, `{}` and `[]` belong to many types. Which one is meant follows from what they are assigned to or compared with; here nothing does: `let s = {}: …`.",
  },
  "nested-option": {
    severity: "error",
    message: "`{type}` is an option already",
    explain:
      "`T?` adds `null` to the values of `T`. In `T??` nobody could tell the two nulls apart. Use an enum or a record for a third case.",
  },
  "missing-field": {
    severity: "error",
    message: "a value of {type} also needs {fields}",
    explain:
      "A record literal gives a value to every field: with `type Node = { next: Id?, locked: bool }`, write `{ next: null, locked: false }`. To change one field, write `node with locked = true`.",
  },
  "without-order": {
    severity: "error",
    message: "{type} has no order, so `{operator}` does not apply",
    explain:
      "`<`, `<=`, `>` and `>=` compare numbers. Members of an enum are only equal or not: list those that are meant, `s in {idle, ready}`.",
  },
  "division-of-negative": {
    severity: "error",
    message: "the left side of `{operator}` must be at least 0, but this is {found}",
    explain:
      "`/` and `%` are defined for a left side of at least 0 and a right side above 0, where every language agrees on the result. Here no value of the left side is.",
  },
  "constant-fault": {
    severity: "error",
    message: "this constant has no value: {fault}",
    explain:
      "The expression is worked out when the spec is compiled, and a step of that fails, as a division by zero or the least element of an empty set would when the spec runs.",
  },
  "constant-too-long": {
    severity: "error",
    message: "working out this constant takes too long",
    explain:
      "The expression is worked out when the spec is compiled, within a million operations. Nested quantifiers over large ranges take more: use smaller ranges, or write the result.",
  },
  "definition-too-deep": {
    severity: "error",
    message: "`{name}` is reached through more than {limit} other declarations",
    explain:
      "Consts, types and defs may name each other in any order, but not in chains of more than a hundred declarations each of which needs the one below it. Declare what is needed first.",
  },
  "expression-too-large": {
    severity: "error",
    message: "with its defs in place, this expression is too large",
    explain:
      "Each use of a `def` is replaced by its body. Defs that use each other several times grow with every level; bind what is used twice with `let`.",
  },
  "not-callable": {
    severity: "error",
    message: "`{name}` is {what} and cannot be called",
    explain:
      "Only a `fn`, a `def` and the built-in functions take arguments. An element of an array is written with brackets: `a[i]`.",
  },
  "no-result": {
    severity: "error",
    message: "`{name}` returns nothing",
    explain:
      "The call stands where a value is wanted, but the fn has no result type. `fn f(x: T): bool { … }` returns a bool.",
  },
  "return-mismatch": {
    severity: "error",
    message: "{what}",
    explain:
      "A fn with a result type returns a value of it, `return e`; a fn without one, a process and an action use `return` alone, which ends their body.",
  },
  "reference-argument": {
    severity: "error",
    message: "the argument for `ref {parameter}` must be a local variable of type `{type}`",
    explain:
      "A `ref` parameter stands for a variable of the caller, so the argument is the name of a local `var` (or of a `ref` parameter) of exactly the same type. Shared variables cannot be passed: each access to them is a step that must be seen in the code.",
  },
  "reference-parameter": {
    severity: "error",
    message: "{kind} cannot have a `ref` parameter",
    explain:
      "A `ref` parameter stands for a local variable of the caller. Only a call of a fn has such a caller: a def is an expression and changes nothing, an action is called by nobody.",
  },
  "not-shared": {
    severity: "error",
    message: "`{name}` is local, and `{function}` works on shared places",
    explain:
      "`xchg`, `fetch_add` and `cmpxchg` read and write a shared place in one step. On a local variable, which nobody else sees, write plain assignments.",
  },
  "not-a-ghost": {
    severity: "error",
    message: "`{name}` is no ghost",
    explain:
      "`ghost x := e` records history: it adds no step, so it may only set what is declared with `ghost var`. Anything else is set by a plain `x := e`, which is a step.",
  },
  "not-a-process": {
    severity: "error",
    message: "this is no process",
    explain:
      "`@`, `done`, `taken` and the second argument of `held` take a process: `splitter`, or `zapper[m]` for one with an index.",
  },
  "process-index": {
    severity: "error",
    message: "the process `{name}` takes {what}",
    explain:
      "`process zapper[m: Mm]` has an instance for each value of `Mm`, named `zapper[1]`, `zapper[2]`…: say which one, or quantify, `exists m in Mm: zapper[m] @ L`. A process without an index has one instance, named alone.",
  },
  "not-called": {
    severity: "error",
    message: "`{process}` never calls `{name}`",
    explain:
      "`p @ f` and `p @ f.L` are true while `p` is inside a call of `f`. This process does not call it, directly or through others, so they would never be true.",
  },
  "unknown-process-variable": {
    severity: "error",
    message: "the process `{process}` has no variable `{name}`",
    explain:
      "`p.x` in a property is a `var` that stands at the top of the body of `p`. Variables of inner blocks and of fns come and go and cannot be asked for.",
  },
  "nested-prime": {
    severity: "error",
    message: "a prime stands inside another",
    explain:
      "`x'` is the value after the step; there is no step after that. Write the prime once, around all that is meant: `a[i]'` reads both `a` and `i` after the step.",
  },
  "state-in-initial": {
    severity: "error",
    message: "`{what}` has no meaning before the first step",
    explain:
      "Initial values and `init where` are about the variables before anything runs. All locks are free and no process is done then.",
  },
  "read-before-declaration": {
    severity: "error",
    message: "the initial value of `{variable}` reads `{name}`, which is declared below it",
    explain:
      "Initial values are given in the order of the text, so one may read the variables above it only. Move the declaration of what is read up.",
  },
  "not-a-property": {
    severity: "error",
    message: "`{name}` is {what}, and `expect` speaks of properties and checks",
    explain:
      "`expect n holds` takes the name of an `invariant`, `step`, `cover` or named `assert`, or one of the checks that are always made: `deadlock`, `stuck`, `lock_use`, `lock_order`, `range`.",
  },
  "expect-outcome": {
    severity: "error",
    message: "`{name}` is {what}: it can be {fitting}, not {outcome}",
    explain:
      "A `cover` is `reachable` or `unreachable`; an `invariant`, `step` or named `assert` and the built-in checks `holds` or are `violated`.",
  },
  "not-observable": {
    severity: "error",
    message: "`{name}` is {what}, and only variables, locks and costs are observed",
    explain:
      "`observe x, y` says by what the behaviours of two versions of a spec are compared: shared variables, locks, and costs, of which each step that adds to them is seen.",
  },
} as const satisfies CatalogueTable;
