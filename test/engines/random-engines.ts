// The engines outside Weft that random specs go through.

import type { Engine } from "../../src/engines/engine.ts";

export const engines: readonly Engine[] = [];
