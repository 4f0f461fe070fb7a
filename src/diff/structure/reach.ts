// What a patch brought to life or left dead: actions, labels, branches, and code that constants rule out.
//
// Only what both versions have is compared; what came or went is told with its body. A branch inside one that is told
// is not told again. A version whose search ended early leaves nothing dead.

import { locationName } from "../../checker/processes.ts";
import type { Span } from "../../diagnostics/source.ts";
import type { Branch, Machine } from "../../machine/machine.ts";
import type { Matching } from "../matching/matching.ts";
import type { Version } from "../version.ts";
import { type DecidedCode, decidedCode } from "./decided.ts";
import type { ReachChange } from "./structure.ts";

/** Actions first, then labels that expectations name, then branches in the order of the text. */
export function reachChanges(
  before: Version,
  after: Version,
  matching: Matching,
): readonly ReachChange[] {
  const labels = labelChanges(before, after);
  const told = new Set(labels.map(({ name }) => name));
  const places = [...branchChanges(before, after), ...decidedChanges(before, after, matching)];
  const outermost = places.filter((one) => !places.some((other) => isInside(one, other)));
  return [
    ...actionChanges(before, after),
    ...labels,
    ...outermost.filter(({ name }) => !told.has(name)),
  ];
}

/** What something became that was reached in one version and not in the other; null if that is not known. */
function becameOf(
  before: Version,
  after: Version,
  reached: { readonly before: boolean; readonly after: boolean },
): ReachChange["became"] | null {
  if (reached.before && !reached.after && after.search.complete) return "dead";
  if (reached.after && !reached.before && before.search.complete) return "reachable";
  return null;
}

// ---------------------------------------------------------------- actions and labels

function actionChanges(before: Version, after: Version): readonly ReachChange[] {
  const taken = { before: takenActions(before), after: takenActions(after) };
  return after.machine.actions.flatMap(({ name, action }): readonly ReachChange[] => {
    if (!before.machine.actions.some((old) => old.name === name)) return [];
    const reached = { before: taken.before.has(name), after: taken.after.has(name) };
    const became = becameOf(before, after, reached);
    return became === null
      ? []
      : [{ kind: "action", name, owner: name, became, span: action.span }];
  });
}

function takenActions({ search }: Version): ReadonlySet<string> {
  return new Set(
    search.system.movers.flatMap(({ kind, name }, mover) =>
      kind === "action" && search.taken[mover] === 1 ? [name] : [],
    ),
  );
}

/** Labels of which the expectations of both versions speak. */
function labelChanges(before: Version, after: Version): readonly ReachChange[] {
  return after.exploration.coverage.labels.flatMap(({ name, reached }): readonly ReachChange[] => {
    const old = before.exploration.coverage.labels.find((label) => label.name === name);
    if (old === undefined) return [];
    const became = becameOf(before, after, { before: old.reached, after: reached });
    const owner = name.slice(0, name.indexOf("."));
    return became === null ? [] : [{ kind: "label", name, owner, became, span: null }];
  });
}

// ---------------------------------------------------------------- branches

function branchChanges(before: Version, after: Version): readonly ReachChange[] {
  return pairBranches(before.machine, after.machine).flatMap(([old, fresh]) => {
    const branch = after.machine.branches[fresh];
    const became = becameOf(before, after, {
      before: before.search.branches[old] === 1,
      after: after.search.branches[fresh] === 1,
    });
    return branch === undefined || became === null ? [] : changesOf(branch, became);
  });
}

/** A branch that begins with labels is called by them. */
function changesOf(branch: Branch, became: ReachChange["became"]): readonly ReachChange[] {
  const { description, function: owner, labels, span } = branch;
  if (labels.length === 0) return [{ kind: "branch", name: description, owner, became, span }];
  return labels.map((label) => ({ kind: "label", name: `${owner}.${label}`, owner, became, span }));
}

/** Branches of both versions that are the same, by their indices: where they stand, else their labels, else what they say. */
function pairBranches(before: Machine, after: Machine): readonly (readonly [number, number])[] {
  const open = new Set(telling(before));
  const pairs: [number, number][] = [];
  const pairBy = (key: (branch: Branch) => string, among: readonly number[]): readonly number[] =>
    among.filter((fresh) => {
      const wanted = keyAt(after, fresh, key);
      const old = [...open].find((candidate) => keyAt(before, candidate, key) === wanted);
      if (old === undefined) return true;
      open.delete(old);
      pairs.push([old, fresh]);
      return false;
    });
  const elsewhere = pairBy(placeOf, telling(after));
  const isLabelled = (branch: number): boolean => after.branches[branch]?.labels.length !== 0;
  const unlabelled = elsewhere.filter((branch) => !isLabelled(branch));
  pairBy(sayingOf, [...unlabelled, ...pairBy(labelsOf, elsewhere.filter(isLabelled))]);
  const start = (index: number): number => after.branches[index]?.span.start ?? 0;
  return pairs.sort(([, left], [, right]) => start(left) - start(right));
}

/** Branches whose never being entered is worth a word. */
function telling({ branches }: Machine): readonly number[] {
  return [...branches.keys()].filter((branch) => branches[branch]?.exempt === "none");
}

function keyAt({ branches }: Machine, index: number, key: (branch: Branch) => string): string {
  const branch = branches[index];
  return branch === undefined ? "" : key(branch);
}

/** Labels are the lasting names of places, whatever became of the condition in front of them. */
function labelsOf({ function: owner, labels }: Branch): string {
  return `${owner}: ${labels.join(" ")}`;
}

function sayingOf({ function: owner, description }: Branch): string {
  return `${owner}: ${description}`;
}

function placeOf(branch: Branch): string {
  const { source, start, end } = branch.span;
  return `${sayingOf(branch)} ${source.path}:${start}-${end}`;
}

// ---------------------------------------------------------------- code that constants rule out

function decidedChanges(
  before: Version,
  after: Version,
  matching: Matching,
): readonly ReachChange[] {
  return decidedCode(before.machine, after.machine, matching).flatMap(
    ({ name, owner, present, span, presentSpan, lines }: DecidedCode): readonly ReachChange[] => {
      const has = present === "before" ? before : after;
      // What its own version never comes to has not changed.
      if (neverEntered(has, presentSpan) || !everReached(has, lines)) return [];
      const became = present === "before" ? "dead" : "reachable";
      return [{ kind: "branch", name, owner, became, span }];
    },
  );
}

function neverEntered({ machine, search }: Version, span: Span): boolean {
  return machine.branches.some(
    (branch, index) => search.branches[index] === 0 && covers(branch.span, span),
  );
}

/** Of larger searches only so many states are looked through; what is not found there is not spoken of. */
const mostStates = 200_000;

/** Whether a process ever stands before one of these steps; taken for granted of steps that never begin a location. */
function everReached({ machine, search }: Version, lines: ReadonlySet<number>): boolean {
  const places = new Map(
    machine.processes.map(({ name, locations }) => [
      name,
      new Set(locations.flatMap((location) => (lines.has(location.line) ? [location.name] : []))),
    ]),
  );
  if ([...places.values()].every(({ size }) => size === 0)) return true;
  const { system, table } = search;
  for (let state = 0; state < Math.min(table.count, mostStates); state += 1) {
    const decoded = system.decode(table.arena, state * system.width);
    const stands = machine.instances.some(
      (instance) =>
        places.get(instance.process.name)?.has(locationName(instance, decoded)) === true,
    );
    if (stands) return true;
  }
  return false;
}

function isInside(one: ReachChange, other: ReachChange): boolean {
  return (
    one !== other &&
    one.became === other.became &&
    one.span !== null &&
    other.span !== null &&
    covers(other.span, one.span) &&
    !covers(one.span, other.span)
  );
}

function covers(outer: Span, inner: Span): boolean {
  return (
    outer.source.text === inner.source.text && outer.start <= inner.start && inner.end <= outer.end
  );
}
