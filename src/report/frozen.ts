// What was frozen, and what drifted, for people.

import { usualOutcome } from "../checker/expectations.ts";
import type { Outcome, VerdictKind } from "../checker/exploration.ts";
import { positionAt, type Span } from "../diagnostics/source.ts";
import {
  type DriftCause,
  type FrozenCheck,
  type FrozenVectorCheck,
  leadingDrift,
} from "../diff/frozen/check.ts";
import type { CountName, Drift, FrozenCost, FrozenVector } from "../diff/frozen/frozen.ts";
import type {
  DeclarationChange,
  OwnerChange,
  StepChange,
  Structure,
} from "../diff/structure/structure.ts";
import { leading, type VersionsDiff } from "../diff/vectors.ts";
import { behaviourBlocks } from "./diff/behaviours.ts";
import { costBlocks } from "./diff/costs.ts";
import { namesOf } from "./diff/names.ts";
import { drawPlain } from "./diff/plain.ts";
import { counterexampleBlocks } from "./diff/sections.ts";
import { transplantBlocks } from "./diff/transplant-blocks.ts";
import { type Paint, plain, type Role } from "./style.ts";
import { type Cell, drawTable } from "./table.ts";
import { grouped, oneLine, plural } from "./words.ts";

export interface FrozenOptions {
  readonly paint?: Paint;
  /** Only the last line. */
  readonly quiet?: boolean;
  /** The version of Weft that runs. */
  readonly weft: string;
}

/** Tells what freezing, or the comparison with what is frozen, came to; no line break at the end. */
export function drawFrozen(check: FrozenCheck, options: FrozenOptions): string {
  const { paint = plain, quiet = false } = options;
  const { outcome, vectors } = check;
  const last = closing(check, paint);
  if (quiet) return last;
  switch (outcome.kind) {
    case "frozen":
      return `${frozenTable(vectors, paint)}\n\n${last}`;
    case "same":
      return outcome.textChanged ? `${last}\n${paint("dim", textOnly)}` : last;
    case "drifted":
      return [
        paint("strong", `${check.path} against ${check.lock}`),
        ...vectors.map((vector) => drawVector(vector, paint)),
        ...drawCause(outcome.cause, vectors, options),
        last,
      ].join("\n\n");
    default:
      return outcome satisfies never;
  }
}

const textOnly =
  "  Its text is not the one that was frozen; that changed nothing of what was frozen.";

/** The last line. */
function closing({ path, lock, outcome, vectors }: FrozenCheck, paint: Paint): string {
  const choices = `${plural(vectors.length, "choice")} of parameters`;
  const under = (words: string): string => (vectors.length === 1 ? "" : ` under ${words}`);
  switch (outcome.kind) {
    case "frozen":
      return paint("good", `${path}: frozen${under(choices)} in ${lock}`);
    case "same":
      return paint("good", `${path}: as frozen${under(choices)}`);
    case "drifted": {
      const drifted = vectors.filter(({ drifts }) => drifts.length > 0).length;
      return paint(
        "bad",
        `${path}: drifted${under(`${drifted} of ${choices}`)}; if that is meant, freeze it again`,
      );
    }
    default:
      return outcome satisfies never;
  }
}

/** `MMS = 3, ANON = true`; what was given, not all that there is. */
export function settingsWords(settings: FrozenVector["settings"]): string {
  const given = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  return given.length === 0 ? "the default parameters" : given.join(", ");
}

function frozenTable(vectors: readonly FrozenVectorCheck[], paint: Paint): string {
  const head = ["states", "transitions", "depth", "hash", "violated or unreachable"];
  const rows = vectors.map(({ found }): readonly Cell[] => [
    settingsWords(found.settings),
    grouped(found.states),
    grouped(found.transitions),
    grouped(found.depth),
    found.hash,
    unusual(found).join(", "),
  ]);
  return drawTable([["", ...head.map((title): Cell => ["strong", title])], ...rows], paint);
}

/** What one looks at twice before it is frozen. */
function unusual({ verdicts }: FrozenVector): readonly string[] {
  return verdicts.flatMap(({ name, kind, outcome }) =>
    outcome === usualOutcome(kind as VerdictKind) ? [] : [name],
  );
}

// ---------------------------------------------------------------- what drifted

function drawVector({ found, drifts }: FrozenVectorCheck, paint: Paint): string {
  const name = `Under ${settingsWords(found.settings)}`;
  if (drifts.length === 0) return paint("dim", `${name}: as frozen`);
  return `${paint("strong", name)}\n${drawTable(drifts.map(driftCells), paint)}`;
}

const countNames: Readonly<Record<CountName, string>> = {
  initialStates: "initial states",
  states: "states",
  transitions: "transitions",
  depth: "depth",
};

function driftCells(drift: Drift): readonly Cell[] {
  switch (drift.kind) {
    case "verdict":
      return [drift.name, [verdictRole(drift.after), outcomesWords(drift.before, drift.after)]];
    case "findings":
      return [drift.name, changeWords(drift.before.join(", "), drift.after.join(", "))];
    case "count":
      return [countNames[drift.name], changeWords(grouped(drift.before), grouped(drift.after))];
    case "cost":
      return [`cost ${drift.name}`, changeWords(costWords(drift.before), costWords(drift.after))];
    case "hash":
      return ["reachable states", changeWords(drift.before, drift.after)];
    default:
      return drift satisfies never;
  }
}

function verdictRole(after: Outcome | null): Role {
  return after === "violated" || after === "unreachable" ? "bad" : "warn";
}

function outcomesWords(before: Outcome | null, after: Outcome | null): string {
  if (before === null) return `${after}, and was not there`;
  return after === null ? `gone, and was ${before}` : changeWords(before, after);
}

function changeWords(before: string, after: string): string {
  return `${before} -> ${after}`;
}

function costWords(cost: FrozenCost | null): string {
  if (cost === null) return "none";
  if (cost.least === null || cost.greatest === null) return "no run ends";
  return cost.least === cost.greatest ? String(cost.least) : `${cost.least} to ${cost.greatest}`;
}

// ---------------------------------------------------------------- where it comes from

function drawCause(
  cause: DriftCause,
  vectors: readonly FrozenVectorCheck[],
  { paint = plain, weft }: FrozenOptions,
): readonly string[] {
  const otherwise =
    cause.then === weft
      ? "the file of frozen results was edited"
      : `this version of Weft, ${weft}, finds something else than ${cause.then}, which froze them, or the file was edited`;
  switch (cause.kind) {
    case "text":
      return [
        ...(cause.asFrozen
          ? []
          : [`The text that was frozen comes to other results now: ${otherwise}.`]),
        drawText(leading(cause.diff).structure, paint),
        ...underWords(vectors, paint),
        drawBehaviours(cause.diff, paint),
      ];
    case "not-text":
      return [`The text is the one that was frozen: ${otherwise}.`];
    case "text-refused":
      return [
        `The text that was frozen, by Weft ${cause.then}, is refused by this one, ${weft}: the two texts are not compared.`,
      ];
    default:
      return cause satisfies never;
  }
}

/** The params under which the behaviours are told, where several choices were compared. */
function underWords(vectors: readonly FrozenVectorCheck[], paint: Paint): readonly string[] {
  const told = leadingDrift(vectors);
  if (told === null || vectors.length < 2) return [];
  return [paint("dim", `What follows is about ${settingsWords(told.found.settings)}.`)];
}

/** What the changes do, as `weft diff` tells it of the frozen text and the present one. */
function drawBehaviours(diff: VersionsDiff, paint: Paint): string {
  const names = namesOf(diff);
  const difference = leading(diff);
  const drawing = { width, paint, extent: "screen" } as const;
  return drawPlain(
    [
      ...counterexampleBlocks(difference, names, drawing),
      ...transplantBlocks(difference, names, drawing),
      ...behaviourBlocks(difference, names, false),
      ...costBlocks(diff, names, false),
    ],
    { width, indent: 2, paint },
  );
}

const width = 100;

/** The changes of the text, with both texts of what was changed. */
function drawText({ owners, declarations }: Structure, paint: Paint): string {
  const blocks = [
    ...declarations.map((change) => drawDeclaration(change, paint)),
    ...owners.map((change) => drawOwner(change, paint)),
  ];
  const head = paint("strong", "What changed in the text");
  return blocks.length === 0
    ? `${head}\n  nothing but comments, layout and names of locals`
    : `${head}\n${blocks.join("\n")}`;
}

function drawDeclaration({ kind, name, before, after, span }: DeclarationChange, paint: Paint) {
  const head = name === "" ? kind : `${kind} ${name}`;
  return [`  ${head}${placeWords(span)}`, ...bothTexts(before, after, paint)].join("\n");
}

function drawOwner({ kind, name, change, steps }: OwnerChange, paint: Paint): string {
  const head = kind === "fn" ? `fn ${name}()` : `${kind} ${name}`;
  const told = change === "changed" ? "" : `, ${change}`;
  return steps
    .map((step, index) => {
      const title = index === 0 || step.change === "changed" ? `  ${head}${told}` : null;
      return [
        ...(title === null ? [] : [`${title}${placeWords(spanOf(step))}`]),
        ...bothTexts(step.before?.code ?? null, step.after?.code ?? null, paint),
      ].join("\n");
    })
    .join("\n");
}

function spanOf({ before, after }: StepChange): Span | null {
  return (after ?? before)?.span ?? null;
}

function placeWords(span: Span | null): string {
  if (span === null) return "";
  return `, ${span.source.path}:${positionAt(span.source, span.start).line}`;
}

function bothTexts(before: string | null, after: string | null, paint: Paint): readonly string[] {
  return [
    ...(before === null ? [] : [paint("bad", `    - ${oneLine(before)}`)]),
    ...(after === null ? [] : [paint("good", `    + ${oneLine(after)}`)]),
  ];
}
