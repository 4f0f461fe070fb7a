// All who take part.

import { byHand } from "./by-hand.ts";
import type { Contender } from "./contender.ts";
import { rumur } from "./rumur.ts";
import { spin } from "./spin.ts";
import { tlc } from "./tlc.ts";
import { checkOptions, weft } from "./weft.ts";

export function everybody(): readonly Contender[] {
  const options = checkOptions();
  return [
    weft("js", 1, options),
    weft("wasm", 1, options),
    weft("wasm", 2, options),
    spin({ search: "DFS", reduced: false }),
    spin({ search: "BFS", reduced: false }),
    ...[1, 2].map(rumur),
    ...[1, 2].map(tlc),
    byHand({ grows: true }),
    byHand({ grows: false }),
  ];
}
