// Codes of what a check finds in the behaviours of a spec, so that `weft explain` knows them.

import type { CatalogueTable } from "./entry.ts";

export const catalogueFinding = {
  // ---- faults: the step that would do this has no successor
  range: {
    severity: "error",
    message: "the value {value} does not fit {type}",
    explain:
      "An assignment went outside the range of its variable. Nothing wraps and nothing is cut off: with `var n: 0..3 = 3`, the step `n += 1` is a fault with a counterexample. Either the protocol does what it should not, or the range is too small for what it does.",
  },
  index: {
    severity: "error",
    message: "there is no element {value}",
    explain:
      "An index lies outside the keys of its array, or at or beyond the length of its sequence: with `var a[0..2]: bool = false`, reading `a[i]` when `i` is 3 is a fault.",
  },
  "null-used": {
    severity: "error",
    message: "a value was needed, but this is `null`",
    explain:
      "A `T?` holds a `T` or `null`, like a pointer. Using it where a `T` is needed, as in `node[head]` with `var head: Id? = null`, is a fault when it is null: test it first, in the same step.",
  },
  "sequence-full": {
    severity: "error",
    message: "the sequence already holds {limit} elements",
    explain:
      "A `seq of T upto N` holds at most `N` elements, and appending to a full one is a fault, not a wait. Write `await length(q) < N` before it if the code under review waits.",
  },
  "sequence-empty": {
    severity: "error",
    message: "the sequence is empty",
    explain:
      "`first(q)` and `rest(q)` of an empty sequence have no value. Write `await length(q) > 0` before them if the code under review waits.",
  },
  "empty-set": {
    severity: "error",
    message: "the set is empty",
    explain: "`min(s)` and `max(s)` of an empty set have no value. Test `size(s) > 0` first.",
  },
  division: {
    severity: "error",
    message: "division outside its domain",
    explain:
      "`/` and `%` want a left side of at least 0 and a right side above 0, where every language agrees on the result. Here one of them was not.",
  },
  "double-acquire": {
    severity: "error",
    message: "`{lock}` is already held by the process that takes it",
    explain:
      "A lock cannot be taken twice by the same process, not even for reading: kernel locks are not recursive, and the second `acquire l` would wait for itself for ever.",
  },
  "release-not-held": {
    severity: "error",
    message: "`{lock}` is released by a process that does not hold it",
    explain:
      "`release l` must be done by the process that took `l`. A release on a way that did not acquire, or a second release, is a fault.",
  },
  "downgrade-not-held": {
    severity: "error",
    message: "`{lock}` is downgraded by a process that does not hold it for writing",
    explain:
      "`downgrade l` turns the write lock that the process holds into a read lock without letting go in between; it must hold it for writing.",
  },
  "lock-held-at-end": {
    severity: "error",
    message: "the process ends while it holds `{lock}`",
    explain:
      "A process that ends with a lock held leaves everyone else waiting. Look for a `return` or `break` on the way that skips the `release`.",
  },
  "contract-broken": {
    severity: "error",
    message: "the fn promises to hold `{lock}` exactly when its result is true",
    explain:
      "`fn f(…): bool holds l when result { … }` promises that the caller finds `l` held if `f` returned true, and not held by it otherwise. Here a return breaks the promise.",
  },
  "atomic-stuck": {
    severity: "error",
    message: "the `atomic` block cannot go on",
    explain:
      "Behind its first step an `atomic` block cannot wait, so a `pick` that finds no candidate there leaves it with nowhere to go. Test before the block that there is one, or make the `pick` its first statement.",
  },
  "endless-loop": {
    severity: "error",
    message: "the loop goes round more often than its state has values",
    explain:
      "A loop of local work, or a `while` inside `atomic`, is part of one step, and a step must end. Here the same values came back, so it never would.",
  },
  "negative-cost": {
    severity: "error",
    message: "{value} was added to the cost `{cost}`",
    explain:
      "Costs only grow: `cost c += e` needs `e` to be at least 0, so that the least and greatest totals have a meaning.",
  },

  // ---- what is wrong with the states and steps that are reached
  "no-initial-state": {
    severity: "error",
    message: "no initial state satisfies `init where`",
    explain:
      "`init where e` keeps the initial states that satisfy `e`. None does, so the spec has no behaviour at all and everything about it would hold. Weaken the condition, or widen the sets that variables start in.",
  },
  "invariant-violated": {
    severity: "error",
    message: "the invariant `{name}` is violated",
    explain:
      "`invariant n: e` must hold in every reachable state. A state was reached in which it does not; the counterexample is a shortest way there.",
  },
  "step-violated": {
    severity: "error",
    message: "the step property `{name}` is violated",
    explain:
      "`step n: e` must hold of every step, `x` being the value before it and `x'` the value after it. The last step of the counterexample breaks it.",
  },
  "assert-failed": {
    severity: "error",
    message: "the assertion `{name}` fails",
    explain:
      "`assert e` is checked when a process comes by. It was false at least once; the search goes on behind it, so further violations are reported too.",
  },
  "property-fault": {
    severity: "error",
    message: "`{name}` could not be evaluated",
    explain:
      "While a property was being evaluated, an index was out of range, a null was used or a sequence was empty. A property must have a value in every state: guard it, `i in K => a[i]`.",
  },
  deadlock: {
    severity: "error",
    message: "deadlock: nothing can happen any more, and {processes} is unfinished",
    explain:
      "A state was reached in which no step is possible though a process that is no `daemon` has not ended. If that is how it should be, say so with `terminal when e`; if the process may wait for ever, make it a `daemon`.",
  },
  stuck: {
    severity: "error",
    message: "{process} is stuck for ever, though others go on",
    explain:
      "The process is unfinished and can never move again, whatever the others do. The system as a whole still moves, so this is no deadlock, but it is as bad for the one that waits.",
  },
  lock_use: {
    severity: "error",
    message: "a lock is misused",
    explain:
      "The name under which `expect lock_use holds` speaks of all rules for locks together: `double-acquire`, `release-not-held`, `downgrade-not-held`, `lock-held-at-end`, `contract-broken` and `sleep-under-spinlock`.",
  },
  lock_order: {
    severity: "error",
    message: "the locks {cycle} are taken in a circle",
    explain:
      "One process takes `b` while it holds `a`, another takes `a` while it holds `b`. Even if no run of this spec deadlocks, such an order is one change away from it. It is judged per instance (`ptl[1]` and `ptl[2]` differ); `try acquire` of the second lock does not count. If the cycle is known to be harmless, write `expect lock_order violated`.",
  },
  "sleep-under-spinlock": {
    severity: "error",
    message: "`{lock}` may sleep, and it is taken while a spinlock is held",
    explain:
      "Waiting for a `mutex` or an `rwsem` puts a task to sleep, which is forbidden while it holds a `spinlock`. Release the spinlock first, or use `try acquire`, which never sleeps.",
  },

  // ---- vacuity: what never happens
  "cover-unreached": {
    severity: "error",
    message: "the cover `{name}` is not reached",
    explain:
      "`cover n: e` says that some reachable state satisfies `e`. None does, so whatever the spec proves, it does not prove it about such a state. Either the race cannot be set up, or the model leaves out what makes it possible.",
  },
  "branch-never-entered": {
    severity: "error",
    message: "{branch} is never entered",
    explain:
      "No run of any process enters this branch, so the code in it was not checked at all. If it is dead on purpose, put a label at its start and write `expect f.L unreachable`.",
  },
  "action-never-taken": {
    severity: "error",
    message: "the action `{name}` is never taken",
    explain:
      "The condition of the action is true in no reachable state, for no values of its parameters, so what it does was not checked at all.",
  },
  "label-reached": {
    severity: "error",
    message: "the label `{name}` is reached, though it is expected to be unreachable",
    explain:
      "`expect f.L unreachable` says that the code at `L` is dead on purpose, or that this version never comes there. Some behaviour does, and it is shown.",
  },
  "label-unreached": {
    severity: "error",
    message: "the label `{name}` is not reached, though it is expected to be",
    explain:
      "`expect f.L reachable` says that some behaviour comes by `L`. None does, so the code at it was not checked at all.",
  },
} as const satisfies CatalogueTable;
