// Codes of the command line: what was asked for cannot be done.

import type { CatalogueTable } from "./entry.ts";

export const catalogueCommand = {
  "file-missing": {
    severity: "error",
    message: "there is no file `{path}`",
    explain:
      "The file named on the command line does not exist or cannot be read. Paths are relative to the folder in which the command runs; `-` reads a spec from standard input.",
  },
  usage: {
    severity: "error",
    message: "{what}",
    explain:
      "The command was called with arguments that do not fit together. `weft help COMMAND` lists what it takes.",
  },
} as const satisfies CatalogueTable;
