// Forks inside loops, as code of WebAssembly: the path is begun anew for each choice. `choices` holds the number taken at
// each fork of the path, `top` of them are to be taken again.

import type { FlatStmt } from "../../machine/flat/program.ts";
import type { Code } from "./code.ts";
import * as wasm from "./code.ts";
import { value, wordAddress } from "./expression.ts";
import { type MemoryMap, MOST_PICKS } from "./memory-map.ts";
import { blockCode, forgotten, type Routine } from "./statement.ts";

/** The path again and again, each time with other choices, until all are tried. */
export function replayed(map: MemoryMap, r: Routine, path: Code): readonly Code[] {
  const top = wasm.get("top");
  const last = wordAddress(wasm.subtract(top, wasm.constant(1)));
  return [
    wasm.set("top", wasm.constant(0)),
    wasm.again("replay", [
      wasm.set("depth", wasm.constant(0)),
      path,
      ...forgotten(r),
      wasm.when(wasm.global("overflow"), [wasm.leave]),
      wasm.set("top", wasm.get("depth")),
      wasm.forever("back", "other", [
        wasm.jumpIf("other", wasm.isZero(top)),
        wasm.store(last, wasm.add(wasm.load(last, map.choices), wasm.constant(1)), map.choices),
        wasm.jumpIf("other", wasm.less(wasm.load(last, map.choices), wasm.load(last, map.limits))),
        wasm.set("top", wasm.subtract(top, wasm.constant(1))),
      ]),
      wasm.jumpIf("replay", top),
    ]),
  ];
}

/** Takes the next number that the fork accepts, or the one to be taken again. */
export function choose(r: Routine, statement: FlatStmt & { readonly kind: "pick" }): Code {
  const { reading } = r;
  const { map } = reading;
  const chosen = reading.local(statement.local);
  const number = r.fresh();
  const last = wordAddress(wasm.subtract(wasm.get("depth"), wasm.constant(1)));
  const isNew = wasm.greater(wasm.get("depth"), wasm.get("top"));
  const taken = `taken ${number}`;
  return wasm.sequence([
    wasm.set("depth", wasm.add(wasm.get("depth"), wasm.constant(1))),
    wasm.when(wasm.greater(wasm.get("depth"), wasm.constant(MOST_PICKS)), [
      wasm.setGlobal("overflow", wasm.constant(1)),
      wasm.leave,
    ]),
    wasm.set(chosen, wasm.choose(isNew, wasm.constant(0), wasm.load(last, map.choices))),
    wasm.store(last, wasm.constant(statement.count), map.limits),
    wasm.forever(`next ${number}`, taken, [
      wasm.store(last, wasm.get(chosen), map.choices),
      wasm.when(wasm.equal(wasm.get(chosen), wasm.constant(statement.count)), [
        wasm.when(isNew, blockCode(r, statement.none)),
        ...forgotten(r),
        r.leave,
      ]),
      ...blockCode(r, statement.filter),
      wasm.jumpIf(taken, value(reading, statement.accept)),
      wasm.set(chosen, wasm.add(wasm.get(chosen), wasm.constant(1))),
    ]),
  ]);
}
