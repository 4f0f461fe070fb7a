// Codes of the command line: what was asked for cannot be done.

import type { CatalogueTable } from "./entry.ts";

export const catalogueCommand = {
  "file-missing": {
    severity: "error",
    message: "there is no file `{path}`",
    explain:
      "The file named on the command line does not exist or cannot be read. Paths are relative to the folder in which the command runs; `-` reads a spec from standard input.",
  },
  "not-translatable": {
    severity: "error",
    message: "this cannot be written in {notation}: {reason}",
    explain:
      "`weft emit` and `weft check --engine` write the spec in the notation of another tool, one step for one step. Very few things have no counterpart there, such as a loop whose rounds cannot be counted in front of a wait. Such a spec is refused rather than translated wrongly; `weft check` without `--engine` checks all of them.",
  },
  "engine-missing": {
    severity: "error",
    message: "{engine} cannot be asked: {what}",
    explain:
      "`weft check --engine` runs a model checker that is not part of Weft. SPIN and rumur come with Debian (`apt install spin rumur gcc`) and want a C compiler; TLC is a `tla2tools.jar` (or a class path), given by `--tlc` or the variable WEFT_TLC, and wants `java`.",
  },
  "engine-failed": {
    severity: "error",
    message: "{engine} gave no answer: {what}",
    explain:
      "The model checker that was asked ended without an answer that Weft understands: it broke down, it took more memory than there is, or it does not accept what Weft wrote for it. That is no fault of the spec. `weft emit` shows what Weft wrote; please report it.",
  },
  "engine-stopped": {
    severity: "error",
    message: "{engine} was stopped before it had an answer: {why}",
    explain:
      "The search of the model checker that was asked ended at the limit that was given, or by Ctrl-C, before it could say anything. Raise `--time-limit` or `--memory`, or make the spec smaller.",
  },
  "frozen-missing": {
    severity: "error",
    message: "nothing is frozen for `{spec}`: there is no file `{path}`",
    explain:
      "`weft check --frozen` holds a spec against the results that `weft check --freeze` wrote beside it, in a file of the same name that ends in `.lock.json`. Freeze them once, look at what was frozen, and put the file under version control with the spec.",
  },
  "frozen-unreadable": {
    severity: "error",
    message: "`{path}` holds no frozen results that can be read: {what}",
    explain:
      "The file beside the spec is not one that this version of `weft check --freeze` writes, or not any more: it was edited, a merge left its marks in it, another tool wrote it, or a later version of Weft did. Nothing is compared with it. Take it from version control, or freeze the results anew.",
  },
  "frozen-parameters": {
    severity: "error",
    message: "nothing is frozen for {parameters} in `{path}`, which has {known}",
    explain:
      "`--set` and `--vary` choose among the choices of parameters that were frozen, by what they gave then. Without them all of these are checked. `weft check --freeze` writes exactly the choices that it is given.",
  },
  "frozen-incomplete": {
    severity: "error",
    message: "the search ended early, {why}: its results are neither frozen nor compared",
    explain:
      "What a search has found before its end says nothing of the whole: counts are those of a part, and nothing holds. Raise `--max-states`, `--time-limit` or `--memory`, or choose smaller parameters.",
  },
  "checkpoint-unusable": {
    severity: "error",
    message: "`{path}` cannot be resumed: {reason}",
    explain:
      "`weft check --resume` goes on only with a search that is whole, and is one of the same spec with the same parameters and options, written by the same version of Weft: anything else could come to a wrong result. Check the spec without `--resume`, and with `--checkpoint` for the next time. A checkpoint is never left half written by a program that is killed; a damaged one was changed or copied in part afterwards.",
  },
  "checkpoint-unwritable": {
    severity: "error",
    message: "`{path}` cannot be written: {reason}",
    explain:
      "`weft check --checkpoint` keeps its search in this file, and takes the place of an earlier checkpoint there, but of no other file. The folder must exist and be writable; `--checkpoint` takes another file just as well.",
  },
  usage: {
    severity: "error",
    message: "{what}",
    explain:
      "The command was called with arguments that do not fit together. `weft help COMMAND` lists what it takes.",
  },
} as const satisfies CatalogueTable;
