// Codes of names and types: specs that are well written but mean nothing, or too much.

import { catalogueTyping } from "./catalogue-typing.ts";
import type { CatalogueTable } from "./entry.ts";

export const catalogueMeaning = {
  "unknown-name": {
    severity: "error",
    message: "`{name}` is not declared",
    explain:
      "A name must be declared before it can be used: as a param, const, type, enum, var, lock, fn, def, process, cost or property of the spec, or as a parameter or local `var` of the code around it. `x := 1` needs `var x: 0..1 = 0`.",
  },
  "unknown-type": {
    severity: "error",
    message: "there is no type `{name}`",
    explain:
      "A type is `bool`, a range such as `0..3`, or a name declared with `type` or `enum`: `type Cpu = 0..1`. Weft has no `int`, because every type must have a known number of values.",
  },
  "unknown-label": {
    severity: "error",
    message: "there is no label `{label}` in `{where}`",
    explain:
      "A label is written before a statement, `retry: acquire l`, or before a closing brace. `goto` reaches labels of its own body; `p @ L` means a label of the process `p` or of a fn that it calls; `p @ f.L` a label of the fn `f`.",
  },
  "unknown-field": {
    severity: "error",
    message: "{type} has no field `{field}`",
    explain:
      "A record has the fields that its type lists: `type Node = { next: Id?, locked: bool }` has `next` and `locked`.",
  },
  "unknown-member": {
    severity: "error",
    message: "the enum `{enum}` has no member `{member}`",
    explain:
      "An enum has the members that its declaration lists: after `enum Pte { none, present }`, `Pte.none` is a value and `Pte.huge` is not.",
  },
  "ambiguous-member": {
    severity: "error",
    message: "`{member}` is a member of more than one enum: {enums}",
    explain:
      "Enums may share the names of members. Which one is meant follows from the type that is expected: `pmd := none` is `Pmd.none` if `pmd` is a `Pmd`. Where nothing tells, as in `none == none`, write the enum in front: `Pmd.none`.",
  },
  "ambiguous-label": {
    severity: "error",
    message: "`{label}` is a label of more than one fn that `{process}` calls: {functions}",
    explain:
      "`p @ L` looks for `L` in the body of `p`, then in the fns that it calls. Several of them have such a label: write which one, `p @ f.L`.",
  },
  "duplicate-name": {
    severity: "error",
    message: "`{name}` is declared twice",
    explain:
      "All declarations of a spec share one space of names, also those that `use` and a patch bring in, and so do the locals of one body. Only the names of properties, which nothing but `expect` uses, may be names of locals, parameters, labels and bound variables as well. Rename one of the two, or `remove` the first in the patch.",
  },
  "type-mismatch": {
    severity: "error",
    message: "expected {expected}, but this is {found}",
    explain:
      "Every place says what type of value it takes: a condition takes a `bool`, an index the key type of its array, an assignment the type of its target. There are no conversions between types: write `if b then 1 else 0` to count a bool.",
  },
  "not-a-place": {
    severity: "error",
    message: "{what} is not a place that holds a value",
    explain:
      "The left side of an assignment, and what `xchg`, `cmpxchg` and `fetch_add` change, must be a variable, an element of one, or a field of one: `x`, `a[i]`, `node[me].next`.",
  },
  "not-assignable": {
    severity: "error",
    message: "`{name}` is {what} and cannot be assigned",
    explain:
      "Only variables change: shared ones and local `var`s. Params and consts have one value for the whole run; loop variables and parameters of a fn keep theirs, unless the parameter is declared `ref`, which makes it stand for a variable of the caller.",
  },
  "out-of-range": {
    severity: "error",
    message: "this is {found}, which never fits {expected}",
    explain:
      "Weft computes the interval of values that an expression can have. Here it has no value in common with the range of its target, so the assignment would be a fault each time: `x := 5` with `x: 0..3`. If only some values lie outside, the check decides whether they occur.",
  },
  "interval-too-large": {
    severity: "error",
    message: "the values of this expression do not fit {bits} bits",
    explain:
      "Intermediate values are exact, so the interval of each expression must be small enough to be computed exactly. Here it is not, which mostly means that a product of large ranges was written where a smaller type was meant.",
  },
  "range-empty": {
    severity: "error",
    message: "the range {range} has no values",
    explain:
      "In `a..b`, `b` must be at least `a`. A type with no value cannot be the type of anything. If the bounds depend on a param, `assume` what makes it non-empty.",
  },
  "range-too-large": {
    severity: "error",
    message: "the range {range} has more values than the {limit} that a type may have",
    explain:
      "A spec is checked by visiting every state, so types are small: model an address by the few that matter, a counter by the few values at which something happens. A wider range is nearly always a slip.",
  },
  "type-too-large": {
    severity: "error",
    message: "{type} has more values than a state can hold",
    explain:
      "Each state is packed into a fixed number of bits, so a type needs a known, bounded number of them. `set of T` needs one bit for each value of `T`, an array its element's bits times its keys.",
  },
  "recursive-function": {
    severity: "error",
    message: "`{name}` calls itself: {cycle}",
    explain:
      "Calls are copied into the caller, so that a state needs no stack; a fn that calls itself, directly or through others, would be copied for ever. Write the recursion as a loop over a local variable.",
  },
  "recursive-definition": {
    severity: "error",
    message: "`{name}` is defined by itself: {cycle}",
    explain:
      "A const, type, def or initial value may read what is declared, but following the names must not come back to where it began: `const A: 0..3 = B` with `const B: 0..3 = A` has no value.",
  },
  "call-in-expression": {
    severity: "error",
    message: "a call of `{name}` takes steps, so it cannot stand inside an expression",
    explain:
      "An expression is evaluated at one instant, a fn takes steps. A call of a fn, a step function or `try acquire` may stand, under at most one `!`, as the whole condition of `if`, `else if` or `while`, as the whole right side of `:=` or `var`, and after `return`. Elsewhere give its result a name first: `var got: bool = f(x)`.",
  },
  "wrong-argument-count": {
    severity: "error",
    message: "`{name}` takes {expected}, but {found} given",
    explain:
      "A call gives one value for each parameter, in order. There are no optional parameters.",
  },
  "result-unused": {
    severity: "error",
    message: "the result of `{name}` is thrown away",
    explain:
      "A `try acquire l` or `cmpxchg(v, a, b)` whose result nobody looks at cannot be told from one that failed, and a fn that returns a value says what it did. Test it, `if try acquire l { … }`, or keep it, `var ok: bool = try acquire l`.",
  },
  "missing-return": {
    severity: "error",
    message: "`{name}` can end without returning a value",
    explain:
      "A fn with a result type must `return` a value on every way through it: in both branches of an `if`, and behind a loop that can end.",
  },
  "not-constant": {
    severity: "error",
    message: "{what} must be known when the spec is compiled, but this reads `{name}`",
    explain:
      "Bounds of types, values of consts and defaults of params fix the layout of a state, so they may use literals, params and consts, but no variable.",
  },
  "division-by-non-positive": {
    severity: "error",
    message: "the right side of `{operator}` must be above 0, but this is {found}",
    explain:
      "`/` and `%` are defined for a left side of at least 0 and a right side above 0, where every language agrees on the result. Here no value of the right side is.",
  },
  "symmetric-misuse": {
    severity: "error",
    message: "{what} would tell the values of the symmetric type `{type}` apart",
    explain:
      "The values of a `symmetric type` are interchangeable: they may be compared for equality, used as index, quantified over, picked, walked with `for any`, and kept in sets, sequences and options. Literals, `<`, arithmetic and `for x in T` give them an order, which makes the reduction wrong. Leave out `symmetric` if the order matters.",
  },
  "shared-in-local-set": {
    severity: "error",
    message: "the set of this `for` reads `{name}`, which is shared",
    explain:
      "`for x in S` walks a set that cannot change under it: a constant or local one. If the walk should see what others change, read the shared state in the body; if it should see one instant, copy it first: `var s: set of T = shared`.",
  },
  "property-only": {
    severity: "error",
    message: "{what} can stand in a property only",
    explain:
      "`p @ L` and `p.x` look into another process, which code cannot do: they may stand in `invariant`, `step`, `property`, `cover` and `terminal` only. To let code see it, keep a shared variable; whether a process has ended, `done(p)`, may be read everywhere.",
  },
  "prime-outside-step": {
    severity: "error",
    message: "{what} needs a step property around it",
    explain:
      "`x'` is the value of `x` after the step and `taken(p)` says which step it is, so both have a meaning only in a `step` property, which is about pairs of states: `step grows: x' >= x`.",
  },
  "lock-misuse-in-action": {
    severity: "error",
    message: "an action cannot {what} a lock",
    explain:
      "A lock is held by a process, and an action belongs to none. Write a process that takes the lock, or let the action read `held(l)` in its condition.",
  },
  "not-a-lock": {
    severity: "error",
    message: "{what} is not a lock",
    explain:
      "`acquire`, `release`, `try acquire`, `downgrade`, `held` and `holder` take a lock that was declared with `spinlock`, `mutex` or `rwsem`, with all of its indices: `acquire ptl[m]`.",
  },
  "lock-class": {
    severity: "error",
    message: "`{what}` needs an rwsem, but `{lock}` is a {class}",
    explain:
      "Only an `rwsem` has readers: `acquire l for read` and `downgrade l` make no sense for a `spinlock` or a `mutex`.",
  },
  "assume-broken": {
    severity: "error",
    message: "with {params}, this assumption is false",
    explain:
      "`assume e` states which values of the params the spec is written for. The values of this run break it, so whatever a check found would say nothing about the protocol.",
  },
  "parameter-out-of-range": {
    severity: "error",
    message: "`{name}` cannot be {value}: it takes {expected}",
    explain:
      "A param's type lists the values it may have: `param MMS: 1..8 = 2`. The value given with `--set`, or in an `expect … with`, or by a patch, is not one of them.",
  },
  "parameter-unknown": {
    severity: "error",
    message: "the spec has no param `{name}`",
    explain:
      "`--set NAME=VALUE` and `expect … with NAME = VALUE` give a value to a `param`. A `const` is changed by a patch only: it is part of what the code is, not of how large the check is.",
  },
  "break-outside-loop": {
    severity: "error",
    message: "`{what}` stands in no loop",
    explain:
      "`break` and `continue` belong to the innermost `while`, `loop`, `for` or `for any` around them in the same body. A call does not carry them into the caller's loop.",
  },
  "goto-into-block": {
    severity: "error",
    message: "`goto {label}` would enter {what} from outside",
    explain:
      "`goto` reaches any label of its body, except into an `atomic`, `for`, `pick` or `either` that it does not stand in: there the block's variable or choice would be missing.",
  },
  "duplicate-label": {
    severity: "error",
    message: "the label `{label}` stands twice in `{where}`",
    explain:
      "A label names one place of a body, so that `goto`, properties and patches know which one is meant. Labels of different fns may have the same name.",
  },
  "ghost-in-code": {
    severity: "error",
    message: "`{name}` is a ghost, and code cannot read it",
    explain:
      "A `ghost var` records history for properties. If code read it, the ghost would change what the protocol does. Properties and other ghosts may read it; code sets it with `ghost x := e`.",
  },
  "cost-unknown": {
    severity: "error",
    message: "there is no cost `{name}`",
    explain:
      "`cost c += e` adds to a quantity that is declared with `cost c`. Costs are no part of the state: the checker reports their least and greatest totals.",
  },
  "array-key-type": {
    severity: "error",
    message: "{type} cannot be the key of an array",
    explain:
      "The keys of an array are the values of a range, an enum or `bool`. Records, options, sets, sequences and arrays cannot be keys.",
  },
  "comparison-of-unlike": {
    severity: "error",
    message: "{left} and {right} are never equal, so they cannot be compared",
    explain:
      "`==`, `!=` and `in` compare values of one type. These two types have no value in common, so the answer would always be the same.",
  },
  "unused-function": {
    severity: "warning",
    message: "no process or action calls `{name}`",
    explain:
      "A fn is code only where it is called, so this one is not checked at all. Call it, or remove it. Only fns of the file that is checked are told of, not those that `use` or the base of a patch brings in.",
  },
  ...catalogueTyping,
} as const satisfies CatalogueTable;
