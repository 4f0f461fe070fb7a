// Forks whose rest stands behind them, as code of WebAssembly: the rest runs once for each alternative, in a loop, or
// written out for each where that is short.

import { alternative } from "../../machine/flat/forks.ts";
import { changesIn, sizeOfBlock } from "../../machine/flat/knowledge.ts";
import type { FlatBlock, FlatRoutine, FlatStmt } from "../../machine/flat/program.ts";
import { declarations } from "../../machine/flat/scoping.ts";
import { specialise } from "../../machine/flat/specialise.ts";
import { visitStatements } from "../../machine/flat/walk.ts";
import type { Code } from "./code.ts";
import * as wasm from "./code.ts";
import { itemOf, wordsOf } from "./expression.ts";
import { forgotten, type Routine } from "./statement.ts";

/** Parts of statements that the alternatives of one fork may be together where each is written out. */
const MOST_WRITTEN_OUT = 600;

type Pick = FlatStmt & { readonly kind: "pick" };

/** The fork and the rest of its routine. `path` makes code of a block that ends a path, which goes on behind that. */
export function forked(
  r: Routine,
  routine: FlatRoutine,
  path: (body: FlatBlock) => Code,
  pick: Pick,
  rest: FlatBlock,
): readonly Code[] {
  const { layout } = r.reading.program;
  const body = alternative(pick, rest);
  const { save, restore } = whatChanges(r, routine, body);
  const number = r.fresh();
  const chosen = r.reading.local(pick.local);
  const written = pick.count * sizeOfBlock(body) <= MOST_WRITTEN_OUT;
  const alternatives: readonly Code[] = written
    ? Array.from({ length: pick.count }, (_, at) => {
        const given = { local: pick.local, number: at };
        return wasm.sequence([
          path(specialise(layout, { ...routine, body }, given).body),
          ...restore,
        ]);
      })
    : [
        wasm.set(chosen, wasm.constant(0)),
        wasm.count(chosen, `alternative ${number}`, wasm.constant(pick.count), [
          path(body),
          ...restore,
        ]),
      ];
  return [...save, ...alternatives, ...forgotten(r), r.leave];
}

/** Keeps what an alternative may change, and what puts it back. */
function whatChanges(
  r: Routine,
  routine: FlatRoutine,
  body: FlatBlock,
): { readonly save: readonly Code[]; readonly restore: readonly Code[] } {
  const { inPlace } = declarations({ ...routine, body });
  const changes = changesIn(body);
  const locals = [...changes.locals].filter((local) => !inPlace.has(local)).map(r.reading.local);
  const names = [...locals, ...(r.local ? wordsWritten(r, body) : [])];
  const number = r.fresh();
  const kept = (name: string): string => `${name} at ${number}`;
  const pending = kept("pending");
  const unchanged = r.local ? [] : r.copied;
  return {
    save: [
      ...names.map((name) => wasm.set(kept(name), wasm.get(name))),
      ...(r.pends ? [wasm.set(pending, wasm.global("pending"))] : []),
    ],
    restore: [
      ...names.map((name) => wasm.set(name, wasm.get(kept(name)))),
      ...(r.pends ? [wasm.setGlobal("pending", wasm.get(pending))] : []),
      ...unchanged,
    ],
  };
}

/** The locals that hold words in which something is written. */
function wordsWritten(r: Routine, body: FlatBlock): readonly string[] {
  const words = new Set<number>();
  visitStatements(body, (statement) => {
    if (statement.kind !== "write") return;
    const item = itemOf(r.reading, statement.item);
    for (let at = 0; at < wordsOf(item); at += 1) words.add(item.word + at);
  });
  return [...words].map((word) => `w${word}`);
}
