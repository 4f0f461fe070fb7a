// Codes of the parser: texts that are not Weft.

import type { CatalogueTable } from "./entry.ts";

export const catalogueSyntax = {
  "unexpected-character": {
    severity: "error",
    message: "{found} cannot stand here",
    explain:
      "The text holds a character that belongs to no word, number or operator of the language, such as `#` or `;;` typed as `；`. Comments start with `//`, texts for traces with `///`.",
  },
  "syntax-error": {
    severity: "error",
    message: "expected {expected}, but found {found}",
    explain:
      "The text does not follow the grammar at this place. The message names what could have stood here. The parser goes on behind the mistake, so that one run reports all of them.",
  },
  "not-yet-supported": {
    severity: "error",
    message: "{what} is not supported yet",
    explain:
      "The word is part of the language's design, but this version of Weft cannot check it yet. It is refused rather than ignored, so that no verdict is given about something that was not looked at.",
  },
} as const satisfies CatalogueTable;
