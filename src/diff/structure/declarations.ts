// Which declarations of two versions differ, by kind and name. What has no name is paired by what it says.

import type { Declared, Machine } from "../../machine/machine.ts";
import type { DeclarationChange } from "./structure.ts";

/** Declarations that differ in meaning, in the order of the new version, those that are gone last. */
export function declarationChanges(before: Machine, after: Machine): readonly DeclarationChange[] {
  const old = group(before.declared);
  const fresh = group(after.declared);
  const keys = new Set([...fresh.keys(), ...old.keys()]);
  const changes = [...keys].flatMap((key) => changesOf(old.get(key) ?? [], fresh.get(key) ?? []));
  const gone = ({ change }: DeclarationChange): boolean => change === "removed";
  return [...changes.filter((change) => !gone(change)), ...changes.filter(gone)];
}

/** By name; what has none by kind. A spec has one namespace, so a var that became a const is one that changed. */
function group(declared: readonly Declared[]): ReadonlyMap<string, readonly Declared[]> {
  const groups = new Map<string, Declared[]>();
  for (const one of declared) {
    const key = one.name ?? `(${one.kind})`;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [one]);
    else known.push(one);
  }
  return groups;
}

/** The changes among declarations of one name, or of one kind that has no names. */
function changesOf(
  before: readonly Declared[],
  after: readonly Declared[],
): readonly DeclarationChange[] {
  const old = without(before, after);
  const fresh = without(after, before);
  return Array.from({ length: Math.max(old.length, fresh.length) }, (_, index) => {
    const [from, to] = [old[index] ?? null, fresh[index] ?? null];
    return from === null && to === null ? [] : [changeOf(from, to)];
  })
    .flat()
    .filter(({ kind, change }) => change === "changed" || !isCode(kind));
}

/** A body that came or went is told with its steps. */
function isCode(kind: string): boolean {
  return kind === "fn" || kind === "process" || kind === "action";
}

/** Those of `these` that have no counterpart of the same meaning among `those`. */
function without(these: readonly Declared[], those: readonly Declared[]): readonly Declared[] {
  const left = those.map(({ meaning }) => meaning);
  return these.filter(({ meaning }) => {
    const position = left.indexOf(meaning);
    if (position >= 0) left.splice(position, 1);
    return position < 0;
  });
}

function changeOf(before: Declared | null, after: Declared | null): DeclarationChange {
  const shown = after ?? before;
  return {
    kind: shown?.kind ?? "",
    name: shown?.name ?? "",
    change: before === null ? "added" : after === null ? "removed" : "changed",
    before: before?.text ?? null,
    after: after?.text ?? null,
    span: shown?.span ?? null,
  };
}
