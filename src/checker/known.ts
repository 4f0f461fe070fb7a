// What two searches of one machine know together. What was found stays true however the search that found it ended.

import type { Coverage, Detail, Exploration, Verdict, VerdictKind } from "./exploration.ts";
import { spanKey } from "./interpreted-system.ts";

/** A search with what another one found of the same machine, where it left that open or goes a longer way. All counts are its own. */
export function withFindings(exploration: Exploration, other: Exploration): Exploration {
  return {
    ...exploration,
    verdicts: verdictsOfBoth(exploration.verdicts, other.verdicts),
    coverage: coverageOfBoth(exploration.coverage, other.coverage),
  };
}

/** Does a search leave open what another one has settled? */
export function knowsLess(exploration: Exploration, other: Exploration): boolean {
  const keys = (verdicts: readonly Verdict[]): ReadonlySet<string> =>
    new Set(verdicts.filter((verdict) => !isKnown(verdict)).map(propertyKey));
  const open = keys(other.verdicts);
  const lost = [...keys(exploration.verdicts)].some((key) => !open.has(key));
  const settled = ({ costs }: Exploration): number =>
    costs.filter(({ greatest }) => greatest !== null).length;
  return lost || settled(exploration) < settled(other);
}

/** Verdicts by property, in the order of the former; of the same one, that with the shorter trace. */
function verdictsOfBoth(
  verdicts: readonly Verdict[],
  others: readonly Verdict[],
): readonly Verdict[] {
  const properties = [...new Set(verdicts.map(propertyKey))];
  return properties.flatMap((property) => {
    const ofThis = (verdict: Verdict): boolean => propertyKey(verdict) === property;
    const group = verdicts.filter(ofThis);
    const found = others.filter((verdict) => ofThis(verdict) && isKnown(verdict));
    const more = new Map(found.map((verdict) => [findingKey(verdict), verdict]));
    const known = group.filter(isKnown).map((verdict) => {
      const other = more.get(findingKey(verdict));
      more.delete(findingKey(verdict));
      return other !== undefined && isShorter(other, verdict) ? other : verdict;
    });
    const all = [...known, ...more.values()];
    return all.length > 0 ? all : group;
  });
}

function coverageOfBoth(one: Coverage, other: Coverage): Coverage {
  return {
    branchesNeverEntered: one.branchesNeverEntered.filter((branch) =>
      other.branchesNeverEntered.includes(branch),
    ),
    actionsNeverTaken: one.actionsNeverTaken.filter((name) =>
      other.actionsNeverTaken.includes(name),
    ),
    labels: one.labels.map((label) =>
      label.reached ? label : (other.labels.find(({ name }) => name === label.name) ?? label),
    ),
  };
}

function isKnown({ outcome }: Verdict): boolean {
  return outcome !== "unknown";
}

function isShorter({ trace }: Verdict, { trace: than }: Verdict): boolean {
  return trace !== null && (than === null || trace.steps.length < than.steps.length);
}

const builtIn: readonly VerdictKind[] = ["deadlock", "stuck", "range", "lock_use", "lock_order"];

/** Equal for verdicts on the same property. What is built in has a place only where it was violated, and may have several. */
function propertyKey({ kind, name, span }: Verdict): string {
  return builtIn.includes(kind) || span === null
    ? `${kind} ${name}`
    : `${kind} ${name} ${spanKey(span)}`;
}

/** Equal for verdicts that tell of the same thing. A search tells of one deadlock, the first that it met. */
function findingKey({ kind, name, span, outcome, detail }: Verdict): string {
  const place = span === null ? "" : spanKey(span);
  const details = kind === "deadlock" ? [] : detailKey(detail);
  return [kind, name, outcome, place, ...details].join(" ");
}

function detailKey(detail: Detail | null): readonly string[] {
  switch (detail?.kind) {
    case undefined:
    case "property-fault":
    case "sleep":
      return [detail?.kind ?? ""];
    case "fault":
      return [detail.fault];
    case "blocked":
      return detail.processes;
    case "lock-cycle":
      return detail.edges.map(({ held, taken }) => `${held}>${taken}`);
    default:
      return detail satisfies never;
  }
}
