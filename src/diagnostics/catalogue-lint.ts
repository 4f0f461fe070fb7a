// Codes of `weft check --lint`: statements that say more than one step of real code can do.

import type { CatalogueTable } from "./entry.ts";

export const catalogueLint = {
  "several-locations": {
    severity: "warning",
    message: "this one step touches several shared locations: {locations}",
    explain:
      "An expression is evaluated at one instant, however many locations it reads, but the code under review reads them one after the other, and what lies between them is where races live. `await node[node[me].next].locked` reads two: give the first its own step, `var n: Id = node[me].next`, and use the local. Where the code does act at one instant (one word that holds both, a lock held by all writers), the step is right as it stands.",
  },
  "plain-read-modify-write": {
    severity: "warning",
    message: "this one step reads and writes {location}",
    explain:
      "`x := x + 1` is one atomic step here, while in C it is a load and a store with a gap between them. For an atomic operation write `x += 1`, `fetch_add(x, 1)`, `xchg` or `cmpxchg`, which say so; for a plain one write two steps: `var old: 0..3 = x` and `x := old + 1`.",
  },
} as const satisfies CatalogueTable;
