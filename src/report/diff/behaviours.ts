// Which behaviours came and went: states of the observed variables, and the shortest runs that only one version has.

import type { Limit, Trace } from "../../checker/exploration.ts";
import type { State } from "../../checker/transition-system.ts";
import { sameValue } from "../../checker/values.ts";
import type {
  Behaviours,
  Ending,
  Inclusion,
  ObservedValue,
  StateExample,
} from "../../diff/behaviours/behaviours.ts";
import type { Difference } from "../../diff/difference.ts";
import type { Machine } from "../../machine/machine.ts";
import { stateFields } from "../../machine/state.ts";
import { changedLeaves, type FieldKind, formatValue, leavesOf, summarize } from "../values.ts";
import { faultWords, grouped, limitWords, listed, plural } from "../words.ts";
import {
  type Block,
  code,
  enumerated,
  heading,
  joined,
  type Phrase,
  paragraph,
  say,
  value,
} from "./block.ts";
import type { Names } from "./names.ts";

/** What the observed variables tell; `all` with an example of the states that both have. */
export function behaviourBlocks(
  difference: Difference,
  names: Names,
  all: boolean,
): readonly Block[] {
  const { behaviours, before, after } = difference;
  const title = heading("Behaviours");
  if (behaviours === null) {
    const open = before.search.complete ? names.after : names.before;
    const both = !before.search.complete && !after.search.complete;
    const which = both ? say`neither search is` : say`the search of ${code(open)} is not`;
    return [title, paragraph(say`not compared: ${which} complete`, "warn")];
  }
  const { observed } = behaviours;
  const missing = missingLines(behaviours, names);
  if (observed.length === 0) {
    const reason = say`not compared: the versions have no variable in common (--observe NAME compares by a lock or a cost)`;
    return [title, paragraph(reason, "warn"), ...missing];
  }
  return [
    title,
    ...stateLines(behaviours, names, all),
    ...missing,
    ...inclusionLines(difference, behaviours, names),
  ];
}

/** Names that are not compared; those of both versions stand for a variable here and for a lock or a cost there. */
function missingLines({ onlyBefore, onlyAfter }: Behaviours, names: Names): readonly Block[] {
  const other = onlyBefore.filter((name) => onlyAfter.includes(name));
  const lone = (only: readonly string[]) => only.filter((name) => !other.includes(name));
  return [
    ...missingLine(lone(onlyBefore), names.before),
    ...missingLine(lone(onlyAfter), names.after),
    ...other.map((name) =>
      paragraph(say`${code(name)} is of another kind in ${code(names.after)}: not compared`, "dim"),
    ),
  ];
}

function missingLine(only: readonly string[], name: string): readonly Block[] {
  if (only.length === 0) return [];
  return [
    paragraph(
      say`only ${code(name)} has ${enumerated(only.map((one) => [code(one)]))}: not compared`,
      "dim",
    ),
  ];
}

function stateLines(
  { observed, states, beforeInAfter, afterInBefore }: Behaviours,
  names: Names,
  all: boolean,
): readonly Block[] {
  // Where a behaviour that is told leads to the very state, that is example enough.
  const example = (found: StateExample | null, inclusion: Inclusion, where: Phrase) =>
    !all && leadsTo(inclusion, found) ? [] : exampleLine(found, where);
  const { kept, removed, added, examples } = states;
  const variables = enumerated(observed.map((name) => [code(name)]));
  const counts =
    removed === 0 && added === 0
      ? say`${plural(kept, "state")} of ${variables}, the same in both`
      : say`${plural(kept, "state")} of ${variables} in both, ${countWords(removed)} only in ${code(names.before)}, ${countWords(added)} only in ${code(names.after)}`;
  return [
    paragraph(counts),
    ...(all ? exampleLine(examples.kept, say`in both`) : []),
    ...example(examples.removed, beforeInAfter, say`only in ${code(names.before)}`),
    ...example(examples.added, afterInBefore, say`only in ${code(names.after)}`),
  ];
}

function leadsTo(inclusion: Inclusion, example: StateExample | null): boolean {
  if (inclusion.kind !== "differs" || example === null) return false;
  const last = inclusion.trace.states.at(-1) ?? {};
  return example.values.every(({ name, value: found }) => sameValue(last[name] ?? null, found));
}

function countWords(count: number): string {
  return count === 0 ? "none" : grouped(count);
}

function exampleLine(example: StateExample | null, where: Phrase): readonly Block[] {
  if (example === null) return [];
  const steps = example.trace.steps.length;
  const when = steps === 0 ? "at the start" : `after ${plural(steps, "step")}`;
  return [paragraph(say`${where}, ${when}: ${valuesPhrase(example.values)}`)];
}

/** `pmd[1] none, mapcount[*] 0` */
export function valuesPhrase(values: readonly ObservedValue[]): Phrase {
  const texts = values.flatMap((one) => summarize(one.name, one.value, one.type));
  return joined(
    texts.map((text) => [value(text)]),
    ", ",
  );
}

interface Sides {
  readonly own: string;
  readonly other: string;
  readonly observed: readonly string[];
}

function inclusionLines(
  { before, after }: Difference,
  { observed, beforeInAfter, afterInBefore }: Behaviours,
  names: Names,
): readonly Block[] {
  if (beforeInAfter.kind === "included" && afterInBefore.kind === "included") {
    const same = say`both have the same behaviours: whatever one can do the other can do too`;
    return [paragraph(same, "good")];
  }
  const ofBefore = { own: names.before, other: names.after, observed };
  const ofAfter = { own: names.after, other: names.before, observed };
  const told = [
    { inclusion: afterInBefore, sides: ofAfter, machine: after.machine, what: "new" },
    { inclusion: beforeInAfter, sides: ofBefore, machine: before.machine, what: "gone" },
  ] as const;
  const included = told.find(({ inclusion }) => inclusion.kind === "included");
  const differing = told.flatMap(({ inclusion, sides, machine }) =>
    inclusion.kind === "differs" ? [{ sides, text: differsPhrase(machine, inclusion, sides) }] : [],
  );
  const unknown = told.flatMap(({ inclusion, sides }) =>
    inclusion.kind === "unknown" ? [unknownLine(inclusion.stoppedBy, sides)] : [],
  );
  const [first] = differing;
  if (included !== undefined && first !== undefined) {
    const { sides, what } = included;
    return [
      paragraph(
        say`every behaviour of ${code(sides.own)} is one of ${code(sides.other)}, nothing is ${what}; but not the other way round: ${first.text}`,
      ),
    ];
  }
  return [
    ...(included === undefined
      ? []
      : [
          paragraph(
            say`every behaviour of ${code(included.sides.own)} is one of ${code(included.sides.other)}: nothing is ${included.what}`,
          ),
        ]),
    ...differing.map(({ sides, text }) =>
      paragraph(
        say`not every behaviour of ${code(sides.own)} is one of ${code(sides.other)}: ${text}`,
      ),
    ),
    ...unknown,
  ];
}

function unknownLine(stoppedBy: Limit, { own, other }: Sides): Block {
  return paragraph(
    say`whether every behaviour of ${code(own)} is one of ${code(other)} is not known: ${limitWords(stoppedBy)}`,
    "warn",
  );
}

type Differs = Extract<Inclusion, { readonly kind: "differs" }>;

/** What the shortest behaviour does at last that the other version cannot do. */
function differsPhrase(machine: Machine, inclusion: Differs, sides: Sides): Phrase {
  const { trace, ending, instead } = inclusion;
  const { own, other, observed } = sides;
  if (trace.steps.length === 0 && ending === null) {
    return say`only ${code(own)} can begin with ${beginningPhrase(machine, trace, observed)}`;
  }
  // A beginning that faults has no state before it: the other version's beginnings are told in whole.
  const begins = trace.start.some(({ fault }) => fault !== null);
  const before = begins ? null : (trace.states.at(ending === null ? -2 : -1) ?? null);
  const more = instead.omitted === 0 ? [] : [say`${grouped(instead.omitted)} more`];
  const values = [...instead.values.map((one) => changedPhrase(one, before)), ...more];
  const ways = [
    ...(values.length === 0
      ? []
      : [say`${begins ? "begin with" : "go on to"} ${joined(values, " or ")}`]),
    ...instead.endings.map((one) => [endingWords(one)]),
  ];
  const others = ways.length === 0 ? say`do nothing more` : joined(ways, " or ");
  const only = say`where ${code(other)} can only ${others}`;
  const steps = trace.steps.length;
  if (ending !== null) {
    const when = steps === 0 ? "at the start" : `after ${plural(steps, "step")}`;
    return say`in a shortest one ${code(own)} can, ${when}, ${endingWords(ending)}, ${only}`;
  }
  const last = steps === 1 ? " the first step" : `, of ${plural(steps, "step")}, the last`;
  return say`in a shortest one${last} leads to ${steppedPhrase(machine, trace, observed)}, ${only}`;
}

function beginningPhrase(machine: Machine, { states }: Trace, observed: readonly string[]): Phrase {
  const [first = {}] = states;
  const fields = stateFields(machine).flatMap((field) =>
    field.kind === "process" || !observed.includes(field.name) ? [] : [field],
  );
  return valuesPhrase(fields.map(({ name, type }) => ({ name, type, value: first[name] ?? null })));
}

/** What the last step of a trace changes of what is observed. */
function steppedPhrase(machine: Machine, trace: Trace, observed: readonly string[]): Phrase {
  const [before, after] = [trace.states.at(-2), trace.states.at(-1)];
  if (before === undefined || after === undefined) return [];
  const values = changedLeaves(machine, before, after, sharedKinds)
    .filter(({ name }) => observed.includes(name.replace(/[[.].*$/, "")))
    .map((leaf) => `${leaf.name} ${formatValue(leaf.value, leaf.type)}`);
  const costs = (trace.steps.at(-1)?.events ?? []).flatMap((event) =>
    event.kind === "cost" && observed.includes(event.cost) ? [`${event.cost} +${event.value}`] : [],
  );
  return enumerated([...values, ...costs].map((text) => [value(text)]));
}

const sharedKinds: ReadonlySet<FieldKind> = new Set(["variable", "ghost", "lock"]);

/** Of observed values those that a state has not; all of them without a state. */
function changedPhrase(values: readonly ObservedValue[], before: State | null): Phrase {
  if (before === null) return valuesPhrase(values);
  const texts = values.flatMap(({ name, value: found, type }) => {
    const old = before[name];
    // A cost is no part of a state: its value is what the step adds.
    if (old === undefined) return [`${name} +${formatValue(found, type)}`];
    const known = leavesOf(name, old, type);
    return leavesOf(name, found, type).flatMap((leaf, index) =>
      sameValue(leaf.value, known[index]?.value ?? null)
        ? []
        : [`${leaf.name} ${formatValue(leaf.value, leaf.type)}`],
    );
  });
  return enumerated(texts.map((text) => [value(text)]));
}

/** How a complete run ends. */
export function endingWords(ending: Ending): string {
  switch (ending.kind) {
    case "ended":
      return "end with everything done";
    case "blocked":
      return ending.processes.length === 0
        ? "end in a deadlock"
        : `end with ${listed(ending.processes)} blocked for ever`;
    case "fault":
      return `fail by a fault of ${ending.process}: ${faultWords(ending.fault)}`;
    default:
      return ending satisfies never;
  }
}
