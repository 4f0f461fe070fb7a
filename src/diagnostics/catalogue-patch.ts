// Codes of loading and patching: files that refer to other files, and edits that do not apply.

import type { CatalogueTable } from "./entry.ts";

export const cataloguePatch = {
  "patch-base-missing": {
    severity: "error",
    message: "the base `{path}` of this patch cannot be read",
    explain:
      'A patch names the file it changes: `patch fixed of "broken.weft"`. The path is relative to the folder of the patch. Here no such file could be read, so there is nothing to apply the patch to.',
  },
  "patch-cycle": {
    severity: "error",
    message: "this patch is, in the end, a patch of itself: {cycle}",
    explain:
      'A patch may change another patch, but the chain must end at a spec. Here following `of "…"` from file to file comes back to where it began.',
  },
  "edit-unknown-target": {
    severity: "error",
    message: "there is no fn, process or action `{name}` in `{base}` to edit",
    explain:
      "`edit NAME before LABEL { … }` changes the code of a fn, process or action of the base. No such code is declared there (an earlier item of the patch may have removed it).",
  },
  "edit-unknown-label": {
    severity: "error",
    message: "`{target}` has no label `{label}`",
    explain:
      "An edit is held by a label of the code it changes: `edit f before L { … }` needs a statement `L: …` in `f`. Labels never change the state graph, so adding one to the base to hold an edit is free. An earlier edit of the same patch may also have replaced the statement that bore the label.",
  },
  "edit-range-order": {
    severity: "error",
    message: "`{last}` does not stand behind `{first}` in the same block",
    explain:
      "`edit f replace L..M { … }` replaces the statements from the one labelled `L` to the one labelled `M`, both included. Both must stand in the same block, `L` first; a range cannot begin in one block and end in another.",
  },
  "edit-end-label": {
    severity: "error",
    message: "`{label}` stands at the end of a block, where there is no statement to replace",
    explain:
      "A label may stand before the closing brace of a block and then names the block's end. Code can be put before or after it, but there is no statement there that `replace` could take the place of. Use `edit f before L { … }`.",
  },
  "set-unknown-name": {
    severity: "error",
    message: "there is no const, param or variable `{name}` in `{base}` to set",
    explain:
      "`set NAME = VALUE` gives a const of the base another value, a param another default, or a shared variable another initial value. Nothing of that name is declared in the base.",
  },
  "set-not-settable": {
    severity: "error",
    message: "`{name}` is {what} and cannot be set",
    explain:
      "`set NAME = VALUE` applies to a const, a param or a shared variable. Code is changed with `edit` or `replace`; any other declaration is changed by `remove NAME` and declaring it anew.",
  },
  "replace-unknown": {
    severity: "error",
    message: "there is no {kind} `{name}` in `{base}` to replace",
    explain:
      "`replace fn f(…) { … }` puts a new body and new parameters in the place of the fn `f` of the base. The base declares no such thing; to add it, leave out `replace`.",
  },
  "replace-kind-mismatch": {
    severity: "error",
    message: "`{name}` is {what} in `{base}`, so a {kind} cannot replace it",
    explain:
      "A fn is replaced by a fn, a process by a process, an action by an action. To turn one into another, `remove` it and declare the new one.",
  },
  "remove-unknown": {
    severity: "error",
    message: "there is nothing called `{name}` in `{base}` to remove",
    explain:
      "`remove NAME` takes a named declaration out of the base. None has this name (an earlier item of the patch may have removed it already).",
  },
  "use-cycle": {
    severity: "error",
    message: "this file uses itself, in the end: {cycle}",
    explain:
      '`use "file.weft"` brings the declarations of another file in. Following `use` from file to file must not come back to a file on the way.',
  },
  "use-missing": {
    severity: "error",
    message: "the file `{path}` cannot be read",
    explain:
      '`use "file.weft"` reads a file whose path is relative to the folder of the file that says so. No such file could be read.',
  },
  "use-of-patch": {
    severity: "error",
    message: "`{path}` is a patch, and only a spec can be used",
    explain:
      '`use` brings in the declarations of a spec. A patch has no declarations of its own to bring in: it says what changes in its base. To build on it, write a patch of it: `patch more of "that.weft"`.',
  },
} as const satisfies CatalogueTable;
