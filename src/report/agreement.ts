// Several searches of one spec side by side, and in what they differ.

import type { Outcome } from "../checker/exploration.ts";
import {
  type Contender,
  type Count,
  countOf,
  type Disagreement,
  outcomeOn,
  type Subject,
  subjectsOf,
} from "../engines/agreement.ts";
import type { EngineStep } from "../engines/engine.ts";
import type { Machine } from "../machine/machine.ts";
import { type Paint, plain, type Role } from "./style.ts";
import { type Cell, drawTable } from "./table.ts";
import { formatPlainValue } from "./values.ts";
import { drawVerdict, type VerdictOptions } from "./verdicts.ts";
import { grouped, kindWords, listed } from "./words.ts";

const counts: readonly Count[] = ["states", "transitions", "depth"];
const unknown = "-";

/** One column for each search, one row for each figure and verdict. */
export function drawAgreement(
  contenders: readonly Contender[],
  differing: readonly Disagreement[],
  options: VerdictOptions = {},
): string {
  const paint = options.paint ?? plain;
  const row = (name: string, cellOf: (contender: Contender) => Cell): readonly Cell[] => [
    name,
    ...contenders.map(cellOf),
  ];
  return drawTable(
    [
      row("", ({ who }) => ["strong", who]),
      row("version", ({ version }) => version),
      ...counts.map((what) =>
        row(what, ({ found }) => {
          const count = countOf(found, what);
          if (count === null || !found.complete) return unknown;
          return [roleOf(differs(differing, what), "strong"), grouped(count)];
        }),
      ),
      ...subjectsOf(contenders).map((subject) =>
        row(subjectWords(subject), ({ found }) => {
          const outcome = outcomeOn(found, subject);
          if (outcome === null) return unknown;
          return [roleOf(differsOn(differing, subject), outcomeRole(outcome)), outcome];
        }),
      ),
      row("time", ({ found }) => `${found.elapsedSeconds.toFixed(2)} s`),
      row("memory", ({ memoryBytes }) => memoryWords(memoryBytes)),
    ],
    paint,
  );
}

function roleOf(different: boolean, otherwise: Role): Role {
  return different ? "bad" : otherwise;
}

function outcomeRole(outcome: Outcome): Role {
  if (outcome === "violated") return "bad";
  return outcome === "holds" || outcome === "reachable" ? "good" : "warn";
}

function differs(differing: readonly Disagreement[], what: Count): boolean {
  return differing.some((one) => one.kind === "count" && one.what === what);
}

function differsOn(differing: readonly Disagreement[], { kind, name }: Subject): boolean {
  return differing.some(
    (one) => one.kind === "verdict" && one.subject.kind === kind && one.subject.name === name,
  );
}

/** `invariant unmap_complete`, `freedom from deadlock` */
export function subjectWords({ kind, name }: Subject): string {
  return name === kind ? kindWords(kind) : `${kindWords(kind)} ${name}`;
}

/** `Weft, interpreter, SPIN and rumur agree`; or in what they do not. */
export function agreementLine(
  contenders: readonly Contender[],
  differing: readonly Disagreement[],
  paint: Paint = plain,
): string {
  if (differing.length > 0) {
    return paint("bad", `NO agreement: ${[...new Set(differing.map(aboutWhat))].join(", ")}`);
  }
  const who = (whole: boolean): string =>
    listed(contenders.filter(({ found }) => found.complete === whole).map((one) => one.who));
  const [all, late] = [who(true), who(false)];
  if (late === "") return paint("good", `${all} agree`);
  const several = contenders.filter(({ found }) => found.complete).length > 1;
  const sofar = several ? `${all} agree` : "there is nothing to compare";
  return paint("warn", `${sofar}; ${late} did not come to an end`);
}

function aboutWhat(one: Disagreement): string {
  switch (one.kind) {
    case "count":
      return one.what;
    case "verdict":
      return subjectWords(one.subject);
    case "behaviour":
      return subjectWords(one.verdict);
    default:
      return one satisfies never;
  }
}

function memoryWords(bytes: number | null): string {
  return bytes === null ? unknown : `${grouped(Math.ceil(bytes / 2 ** 20))} MiB`;
}

/** The disagreements, each with the behaviour that it is about. */
export function drawDisagreements(
  machine: Machine,
  differing: readonly Disagreement[],
  options: VerdictOptions = {},
): string {
  const paint = options.paint ?? plain;
  const blocks = differing.map((one) => {
    const lines = [paint("bad", `DISAGREEMENT ${aboutWords(one)}`)];
    if (one.kind === "verdict" && one.shown !== null && options.quiet !== true)
      lines.push("", drawVerdict(machine, one.shown, options));
    if (one.kind === "behaviour" && options.quiet !== true) lines.push(...toldLines(one));
    return lines.join("\n");
  });
  const whose =
    "This is a fault of Weft or of the engine, not of your spec. Please report it with the spec.";
  return [...blocks, whose].join("\n\n");
}

/** `about the states: 12 say Weft and interpreter, 11 says SPIN` */
function aboutWords(one: Disagreement): string {
  switch (one.kind) {
    case "count":
      return `about the ${one.what}: ${saidWords(one.said, grouped)}`;
    case "verdict":
      return `about ${subjectWords(one.subject)}: ${saidWords(one.said, String)}`;
    case "behaviour": {
      const { outcome } = one.verdict;
      return `about ${subjectWords(one.verdict)}: ${one.who} says ${outcome}, by a behaviour that Weft's machine does not have`;
    }
    default:
      return one satisfies never;
  }
}

function saidWords<T>(
  said: readonly { readonly who: string; readonly value: T }[],
  words: (value: T) => string,
): string {
  const groups = new Map<T, string[]>();
  for (const { who, value } of said) groups.set(value, [...(groups.get(value) ?? []), who]);
  return [...groups]
    .map(([value, who]) => `${words(value)} ${who.length === 1 ? "says" : "say"} ${listed(who)}`)
    .join(", ");
}

/** The steps as the engine tells them. */
function toldLines({ verdict }: Disagreement & { readonly kind: "behaviour" }): readonly string[] {
  const { behaviour } = verdict;
  if (behaviour === null) return [];
  const steps = (behaviour.steps ?? []).map((step, at) => `  ${at + 1}. ${stepWords(step)}`);
  const states = (behaviour.states ?? []).map(
    (state, at) => `  state ${at}: ${JSON.stringify(state)}`,
  );
  const fault = behaviour.faults ? ["  and the last step faults"] : [];
  return ["", ...steps, ...states, ...fault];
}

function stepWords({ mover, from, choices }: EngineStep): string {
  const chosen = (choices ?? []).map(({ name, value }) => `${name} = ${formatPlainValue(value)}`);
  const place = from === null ? "" : ` from ${from}`;
  return `${mover}${place}${chosen.length === 0 ? "" : ` (${chosen.join(", ")})`}`;
}

/** The differences as JSON. */
export function disagreementsJson(differing: readonly Disagreement[]): readonly object[] {
  return differing.map((one) => {
    switch (one.kind) {
      case "count":
        return { about: one.what, said: one.said.map(({ who, value }) => ({ by: who, value })) };
      case "verdict":
        return {
          about: `${one.subject.kind} ${one.subject.name}`,
          said: one.said.map(({ who, value }) => ({ by: who, value })),
        };
      case "behaviour":
        return {
          about: `${one.verdict.kind} ${one.verdict.name}`,
          said: [{ by: one.who, value: one.verdict.outcome }],
          behaviour: one.verdict.behaviour,
        };
      default:
        return one satisfies never;
    }
  });
}
