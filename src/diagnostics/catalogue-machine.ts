// Codes of the lowering: statements that cannot become atomic steps.

import type { CatalogueTable } from "./entry.ts";

export const catalogueMachine = {
  "loop-without-step": {
    severity: "error",
    message: "this loop can go round without taking a step",
    explain:
      "Local work is folded into the step before it. A cycle made only of local work would be a step that never ends: `loop { x := 1 }` with `x` local. Put something shared into the loop, or a `skip`, which is a step that does nothing.",
  },
  "await-inside-atomic": {
    severity: "error",
    message: "only the first step of an `atomic` block may wait",
    explain:
      "An `atomic` block is one step: it runs from its beginning to its end with nothing in between. Its first statement may be an `await` or `acquire`, which says when the whole block can run; a later one would have to stop in the middle.",
  },
  "label-not-observable": {
    severity: "error",
    message:
      "no state tells that a process stands at `{label}`: it is before no step of its own, or its step is reached another way too",
    explain:
      "`p @ L` is true in states where the process `p` is about to take the step labelled `L`, after it came by the label. There are two reasons why no state says so. The label stands where no process ever comes to rest: inside an `atomic` block, before the first step of a branch of a choice (which is one step with the choice), or before nothing but local work and the end. Or the step behind it is also reached another way, without passing the label, as when the label stands in one arm of an `if` before local work only, and the step comes after both arms: then a state at that step does not tell which way was taken. Put the label before a step, or a `skip` behind it.",
  },
  "text-for-two-steps": {
    severity: "error",
    message: "this text belongs to a line with more than one step",
    explain:
      "A `///` behind a step is what a trace shows for it. With two steps on the line, `a := 1; b := 2  /// both?`, it is unclear which one it describes: give each step its own line.",
  },
  "choice-in-atomic-while": {
    severity: "error",
    message: "a choice cannot stand in a loop inside `atomic`",
    explain:
      "An `either` or `pick` in an `atomic` block gives one successor for each way to choose. Inside a `while` of that block the number of ways is not known when the spec is compiled. Choose before the loop, or take the loop out of the block.",
  },
  "spec-too-large": {
    severity: "error",
    message: "with its calls inlined, this process has more than {limit} statements",
    explain:
      "Every call is inlined, so a function that calls two others twice each is there many times. A process whose code grows beyond all measure this way can hardly be checked: call less deeply, or check a smaller part.",
  },
} as const satisfies CatalogueTable;
