// Codes of what a check finds in the behaviours of a spec, so that `weft explain` knows them.

import type { CatalogueTable } from "./entry.ts";

export const catalogueFinding = {
} as const satisfies CatalogueTable;
