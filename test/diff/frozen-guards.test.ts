// Every guard of the specs here, turned into its opposite one at a time: what is frozen notices if and only if the set of
// states or something that a check finds is another one, and the text of the guard is named.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { stateSetHash } from "../../src/checker/state-hash.ts";
import { positionAt } from "../../src/diagnostics/source.ts";
import { driftOf, type FrozenVector, frozenVector } from "../../src/diff/frozen/frozen.ts";
import { matchLines } from "../../src/diff/matching/matching.ts";
import { structureOf } from "../../src/diff/structure/structure.ts";
import type { Version } from "../../src/diff/version.ts";
import type { Line } from "../../src/machine/machine.ts";
import { stateKey } from "../../src/machine/state.ts";
import { compile, type Settings, versionOf } from "../../src/pipeline.ts";

const specs: readonly (readonly [string, Settings])[] = [
  ["specs/classics/peterson.weft", new Map()],
  ["specs/classics/ticket-lock.weft", new Map()],
  ["specs/classics/mcs-lock.weft", new Map()],
  ["specs/thp-unmap/pre-patch.weft", new Map([["MMS", "1"]])],
];

/** With the whole of one file exchanged for another text; null if that is refused. */
function compiled(path: string, settings: Settings, changed: string | null): Version | null {
  const { machine } = compile(path, (wanted) => changed ?? readFileSync(wanted, "utf8"), settings);
  return machine === null
    ? null
    : versionOf(machine, "spec", { refine: "none", maxStates: 100_000 });
}

function frozen({ machine, search, exploration }: Version): FrozenVector {
  const { arena: words, count } = search.table;
  return frozenVector(new Map(), machine, exploration, stateSetHash(machine, { words, count }));
}

/** The states as people read them, sorted. */
function statesOf({ search: { system, table } }: Version): readonly string[] {
  const states = Array.from({ length: table.count }, (_, index) =>
    stateKey(system.decode(table.arena, index * table.width)),
  );
  return states.sort();
}

const heads = /^(if|await|while) (.*)$/s;

/** The spec's text with one guard turned into its opposite. */
function negated({ span }: Line): string {
  const { text } = span.source;
  const head = text.slice(span.start, span.end).replace(heads, "$1 !($2)");
  return text.slice(0, span.start) + head + text.slice(span.end);
}

test.each(specs)("the guards of %s", { timeout: 300_000 }, (path, settings) => {
  const before = compiled(path, settings, null);
  if (before === null) throw new Error(`${path} is refused`);
  const [kept, states] = [frozen(before), statesOf(before)];
  const guards = before.machine.lines.filter(({ code }) => heads.test(code));
  expect(guards.length).toBeGreaterThan(0);
  let noticed = 0;
  for (const guard of guards) {
    const place = `line ${positionAt(guard.span.source, guard.span.start).line}`;
    const after = compiled(path, settings, negated(guard));
    // A guard that bounds what is used below it cannot always be turned; nor does every search come to an end.
    if (after?.search.complete !== true) continue;
    const drifts = driftOf(kept, frozen(after));
    const sameStates = statesOf(after).join("\n") === states.join("\n");
    expect([place, drifts.some(({ kind }) => kind === "hash")]).toEqual([place, !sameStates]);
    if (drifts.length === 0) continue;
    noticed += 1;
    const { owners, declarations } = structureOf(
      before,
      after,
      matchLines(before.machine, after.machine),
    );
    const changes = owners.flatMap(({ name, steps }) =>
      steps.map((step) => [name, step.before?.code, step.after?.code]),
    );
    expect([place, changes, declarations]).toEqual([
      place,
      [[guard.function, guard.code, guard.code.replace(heads, "$1 !($2)")]],
      [],
    ]);
  }
  expect(noticed).toBeGreaterThan(guards.length / 2);
});
