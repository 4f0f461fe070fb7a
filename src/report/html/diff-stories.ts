// What of a comparison can be stepped through: old counterexamples on the new version, verdicts of both, runs that only one has.

import type { Trace, Verdict } from "../../checker/exploration.ts";
import type { Difference } from "../../diff/difference.ts";
import type { Difference as ValueDifference } from "../../diff/replay.ts";
import type { Transplant, TransplantRow } from "../../diff/transplant/transplant.ts";
import type { VerdictPair } from "../../diff/verdicts.ts";
import { bare, code, say } from "../diff/block.ts";
import { costName, totalWords } from "../diff/costs.ts";
import { followedStory } from "../diff/followed.ts";
import { type Names, propertyName } from "../diff/names.ts";
import { transplantPhrase } from "../diff/transplant.ts";
import { formatPlainValue } from "../values.ts";
import { plural } from "../words.ts";
import type { Moment, Story } from "./data.ts";
import type { Teller } from "./side.ts";
import { matchedStory, moment, plainStory, type Stories } from "./stories.ts";

/** Those who tell the old version's traces, and the new one's. */
export type Tellers = readonly [Teller, Teller];

/** The story of each counterexample that was tried on the new version, by its verdict. */
export function transplantStories(
  difference: Difference,
  tellers: Tellers,
  names: Names,
  stories: Stories,
): ReadonlyMap<Verdict, number> {
  return new Map(
    difference.transplants.map((transplant) => [
      transplant.verdict,
      stories.add(() => transplantStory(transplant, difference, tellers, names)),
    ]),
  );
}

/** An old counterexample beside what the new version does instead. */
function transplantStory(
  transplant: Transplant,
  difference: Difference,
  [oldTeller, newTeller]: Tellers,
  names: Names,
): Story {
  const { verdict, trace, followed, rows, parting, continuation } = transplant;
  const violation = continuation?.violation ?? null;
  const stopped = followedStory(difference, transplant);
  const right =
    violation !== null
      ? newTeller.verdict(violation.verdict, prolonged(followed, violation.trace))
      : parting === null
        ? newTeller.verdict(verdict, followed)
        : newTeller.told(followed, stopped);
  const scene = {
    before: difference.before.machine,
    after: difference.after.machine,
    names,
    subject: say`the counterexample of ${code(names.before)}`,
    story: stopped,
  };
  return matchedStory(
    {
      group: "Old counterexamples on the new version",
      title: plainName(verdict),
      about: `${plural(trace.steps.length, "step")} in ${names.before}`,
    },
    [oldTeller.verdict(verdict, trace), right],
    rows.map(momentOf),
    {
      words: transplantPhrase(transplant, scene),
      stands: parting?.location?.line ?? -1,
      tone: parting === null || violation !== null ? "bad" : "good",
    },
  );
}

/** A behaviour with what follows it. */
function prolonged(trace: Trace, { states, steps }: Trace): Trace {
  return {
    ...trace,
    states: [...trace.states, ...states.slice(1)],
    steps: [...trace.steps, ...steps],
    loop: null,
  };
}

function momentOf(row: TransplantRow): Moment {
  switch (row.kind) {
    case "alike":
      return moment("alike", row.before, row.after);
    case "changed":
      return moment("changed", row.before, row.after, row.differences.map(differenceWords));
    case "inserted":
      return moment("inserted", -1, row.after);
    case "removed":
      return moment("removed", row.before, -1);
    default:
      return row satisfies never;
  }
}

function differenceWords({ name, recorded, found }: ValueDifference): string {
  return `${name} becomes ${formatPlainValue(found)}, not ${formatPlainValue(recorded)}`;
}

/** The stories of a pair of verdicts: of both versions, each version's own if it has one. */
export function showPair(
  pair: VerdictPair,
  transplanted: ReadonlyMap<Verdict, number>,
  [oldTeller, newTeller]: Tellers,
  names: Names,
  stories: Stories,
): readonly number[] {
  const [before] = pair.verdictsBefore;
  const [after] = pair.verdictsAfter;
  const known = pair.verdictsBefore
    .map((verdict) => transplanted.get(verdict) ?? -1)
    .find((story) => story >= 0);
  const left = before?.trace ?? null;
  const right = after?.trace ?? null;
  if (left === null && right === null) return [-1, -1];
  if (known !== undefined && right === null) return [known, known];
  const own = stories.add(() =>
    plainStory(
      {
        group: pair.kind === "cover" ? "Ways to covers" : "Counterexamples",
        title: plainName(pair),
        about: lengthsOf(left, right, names),
      },
      [
        before === undefined || left === null ? null : oldTeller.verdict(before, left),
        after === undefined || right === null ? null : newTeller.verdict(after, right),
      ],
    ),
  );
  return [known ?? (left === null ? -1 : own), right === null ? -1 : own];
}

/** `14 steps in pre-patch`, `10 and 12 steps` */
function lengthsOf(left: Trace | null, right: Trace | null, names: Names): string {
  if (left === null) return `${plural(right?.steps.length ?? 0, "step")} in ${names.after}`;
  if (right === null) return `${plural(left.steps.length, "step")} in ${names.before}`;
  return `${left.steps.length} and ${plural(right.steps.length, "step")}`;
}

/** A property by its name, without marks. */
export function plainName(verdict: Pick<Verdict, "kind" | "name">): string {
  return bare(propertyName(verdict));
}

/** Runs that only one version has, and ways to states that only one has; gives the stories' numbers. */
export function behaviourStories(
  { behaviours }: Difference,
  [oldTeller, newTeller]: Tellers,
  names: Names,
  stories: Stories,
): readonly number[] {
  if (behaviours === null) return [];
  const { beforeInAfter, afterInBefore, states } = behaviours;
  const own = (title: string, trace: Trace | null, side: "before" | "after"): readonly number[] => {
    if (trace === null) return [];
    const heading = { group: "Behaviours", title, about: plural(trace.steps.length, "step") };
    return [
      stories.add(() =>
        plainStory(
          heading,
          side === "before"
            ? [oldTeller.marked(trace, `only in ${names.before}`), null]
            : [null, newTeller.marked(trace, `only in ${names.after}`)],
        ),
      ),
    ];
  };
  const runOf = (inclusion: typeof beforeInAfter): Trace | null =>
    inclusion.kind === "differs" ? inclusion.trace : null;
  return [
    ...own(`a behaviour that only ${names.before} has`, runOf(beforeInAfter), "before"),
    ...own(`a behaviour that only ${names.after} has`, runOf(afterInBefore), "after"),
    ...own(
      `a state that only ${names.before} has`,
      states.examples.removed?.trace ?? null,
      "before",
    ),
    ...own(`a state that only ${names.after} has`, states.examples.added?.trace ?? null, "after"),
  ];
}

/** Runs that attain the totals in which costs differ; gives the stories' numbers. */
export function costStories(
  { costs }: Difference,
  [oldTeller, newTeller]: Tellers,
  stories: Stories,
): readonly number[] {
  const options = { costs: true };
  return costs
    .filter(({ differs }) => differs)
    .flatMap((pair) =>
      (["least", "greatest"] as const).flatMap((which) => {
        const { before, after } = pair;
        if (before?.[which] === after?.[which]) return [];
        const old = before?.[`${which}Run`] ?? null;
        const fresh = after?.[`${which}Run`] ?? null;
        if (old === null && fresh === null) return [];
        const heading = {
          group: "Costs",
          title: `${which} ${bare(costName(pair))}`,
          about: `${totalWords(before)} -> ${totalWords(after)}`,
        };
        return [
          stories.add(() =>
            plainStory(heading, [
              old === null ? null : oldTeller.plain(old, options),
              fresh === null ? null : newTeller.plain(fresh, options),
            ]),
          ),
        ];
      }),
    );
}
