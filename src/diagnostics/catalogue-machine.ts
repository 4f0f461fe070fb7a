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
    message: "`{label}` stands before no step, so no process is ever seen there",
    explain:
      "`p @ L` is true in states where the process `p` is about to take the step labelled `L`. This label stands before local work only (or inside an `atomic` block), which no state lies in front of. Put the label before a step, or put a `skip` behind it.",
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
