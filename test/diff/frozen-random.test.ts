// Random specs, written otherwise: other names of locals, labels everywhere, other layout, declarations the other way round.
// What is frozen must be the same.

import { expect, test } from "vitest";
import { checkSearch } from "../../src/checker/check.ts";
import { finish } from "../../src/checker/explore.ts";
import { stateSetHash } from "../../src/checker/state-hash.ts";
import { driftOf, type FrozenVector, frozenVector } from "../../src/diff/frozen/frozen.ts";
import type { Declaration, SpecFile } from "../../src/language/ast.ts";
import { format } from "../../src/language/format.ts";
import { packedSystem } from "../../src/pipeline.ts";
import { type Prepared, prepare, prepareSeed } from "../support/corpus.ts";

const SPECS = Number(process.env["WEFT_FROZEN_SPECS"] ?? 15);
const MAX_STATES = 3_000;

/** Null if there are too many states. */
function frozen({ machine, refusal }: Prepared): FrozenVector | null {
  if (machine === null) throw new Error(refusal ?? "refused");
  const settings = { maxStates: MAX_STATES, refine: "none" } as const;
  const { search, exploration } = finish(checkSearch(machine, packedSystem(machine), settings));
  const { arena: words, count } = search.table;
  if (!exploration.complete) return null;
  const hash = stateSetHash(machine, { words, count });
  return frozenVector(new Map(), machine, exploration, hash);
}

/** A tree with some of its objects exchanged; `change` gives null where it has nothing to say. */
function mapped<T>(tree: T, change: (node: Tree) => Tree | null): T {
  if (Array.isArray(tree)) return tree.map((one: unknown) => mapped(one, change)) as T;
  if (typeof tree !== "object" || tree === null) return tree;
  const node = tree as unknown as Tree;
  // Texts have their sources in their spans: these stay.
  const inner = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [
      key,
      key === "span" ? value : mapped(value, change),
    ]),
  );
  return (change(inner) ?? inner) as T;
}

type Tree = { readonly [key: string]: unknown };

/** A label of its own before every statement. */
function labelled(declarations: readonly Declaration[]): readonly Declaration[] {
  let count = 0;
  return mapped(declarations, (node) => {
    if (!Array.isArray(node["labels"]) || typeof node["kind"] !== "string") return null;
    count += 1;
    const label = { text: `extra_${count}`, span: node["span"] };
    return { ...node, labels: [...node["labels"], label] };
  });
}

/** Another name for each local whose name nothing else has. */
function renamed(declarations: readonly Declaration[]): readonly Declaration[] {
  const locals = new Set<string>();
  const others = new Set<string>();
  for (const declaration of declarations) {
    const named = (declaration as unknown as { readonly name?: { readonly text: string } }).name;
    if (named !== undefined) others.add(named.text);
  }
  mapped(declarations, (node) => {
    const { text } = (node["name"] ?? {}) as { readonly text?: string };
    if (node["kind"] === "var" && Array.isArray(node["labels"]) && text !== undefined)
      locals.add(text);
    return null;
  });
  return mapped(declarations, (node) => {
    const { text } = node;
    if (typeof text !== "string" || !locals.has(text) || others.has(text)) return null;
    return { ...node, text: `${text}_renamed` };
  });
}

/** The other way round, but for variables, whose initial values read those above. */
function backwards(declarations: readonly Declaration[]): readonly Declaration[] {
  const variables = declarations.filter(({ kind }) => kind === "var").values();
  return declarations
    .toReversed()
    .map((one) => (one.kind === "var" ? (variables.next().value ?? one) : one));
}

const rewritings: readonly (readonly [string, (file: SpecFile) => readonly Declaration[]])[] = [
  ["as it is printed", ({ declarations }) => declarations],
  ["with labels", ({ declarations }) => labelled(declarations)],
  ["with other names of locals", ({ declarations }) => renamed(declarations)],
  ["backwards", ({ declarations }) => backwards(declarations)],
];

test(`${SPECS} random specs, written otherwise, have not drifted`, { timeout: 300_000 }, () => {
  const tried = new Map(rewritings.map(([name]) => [name, 0]));
  let compared = 0;
  for (let seed = 1; compared < SPECS; seed += 1) {
    const prepared = prepareSeed(seed);
    const { file } = prepared;
    if (prepared.machine === null || file === null) continue;
    const before = frozen(prepared);
    if (before === null) continue;
    compared += 1;
    const texts = new Set([...prepared.spec.files.values()]);
    for (const [name, rewrite] of rewritings) {
      const text = format({ ...file, declarations: rewrite(file), texts: [], comments: [] });
      if (texts.has(text)) continue;
      texts.add(text);
      const again = prepare({ seed, path: "spec.weft", files: new Map([["spec.weft", text]]) });
      // A label more may not stand everywhere.
      if (again.machine === null && name === "with labels") continue;
      const after = frozen(again);
      expect([seed, name, after === null ? null : driftOf(before, after)]).toEqual([
        seed,
        name,
        [],
      ]);
      tried.set(name, (tried.get(name) ?? 0) + 1);
    }
  }
  for (const [name, count] of tried) expect([name, count > SPECS / 2]).toEqual([name, true]);
});
