// The engines outside Weft that can be asked.

import type { Engine, EngineName } from "./engine.ts";
import { rumur } from "./rumur.ts";
import { spin } from "./spin.ts";
import { tlc } from "./tlc.ts";

/** In the order in which they are asked and shown. */
export const engines: readonly Engine[] = [spin, rumur, tlc];

export function engineNamed(name: EngineName): Engine {
  const found = engines.find((engine) => engine.name === name);
  if (found === undefined) throw new Error(`no engine ${name}`);
  return found;
}
