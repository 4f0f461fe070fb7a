// The proctypes: a `do` over all commands of a process, or of all actions. Promela has no parameters of steps, so each
// choice is written once for every value.

import type { Command } from "../../machine/command.ts";
import {
  type Local,
  type Machine,
  type Process,
  type Value,
  valuesOf,
} from "../../machine/machine.ts";
import { offered } from "../scalar/execute.ts";
import type { Scalar } from "../scalar/scalar.ts";
import { and, eq, isFalse } from "../scalar/scalar-build.ts";
import type { Who } from "../scalar/symbolic.ts";
import { literal } from "../scalar/symbolic-values.ts";
import { type Lines, line, newLines } from "../text.ts";
import type { Refusal } from "../translation.ts";
import { comment, valueText } from "./comments.ts";
import { declaration } from "./declarations.ts";
import type { Findings } from "./findings.ts";
import { type Layout, locationType, type ProcessLayout, processLayout } from "./layout.ts";
import { text } from "./print.ts";
import { instancePlace, rawRead, type Translating } from "./reading.ts";
import { type Scratch, scratchOf } from "./scratch.ts";
import { TooLarge } from "./shapes.ts";
import { newPath, readingOf } from "./step-path.ts";
import { attempt, dStep, type StepBasis, stepStatements } from "./write-step.ts";

/** What a line of the translation is: a step, with its choices made. */
export interface Origin {
  readonly owner: Command["owner"];
  readonly choices: readonly { readonly name: string; readonly value: Value }[];
}

export interface CommandSetting {
  readonly translating: Translating;
  readonly findings: Findings;
  readonly label: (wish: string) => string;
  readonly to: Lines;
  /** By line, counted from 1. */
  readonly origins: Map<number, Origin>;
}

/** Leaves the room as a refusal. */
export class Refused extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.reason);
    this.refusal = refusal;
  }
}

const MOST_OPTIONS = 50_000;

/** A proctype for each process, and one for all actions. */
export function writeProctypes(setting: CommandSetting, commands: readonly Command[]): void {
  const { machine } = setting.translating.notions;
  for (const process of machine.processes) {
    const own = commands.filter(
      ({ owner }) => owner.kind === "process" && owner.process === process,
    );
    const { layout } = setting.translating;
    const inside = { ...setting.translating, layout: { ...layout, inside: process.process } };
    writeProcess({ ...setting, translating: inside }, processLayout(layout, process.process), own);
  }
  const actions = commands.filter(({ owner }) => owner.kind === "action");
  if (machine.actions.length === 0) return;
  line(setting.to, "");
  proctype(setting, `active proctype ${setting.translating.layout.actions}()`, [], {
    commands: actions,
    self: null,
    process: null,
  });
}

function writeProcess(
  setting: CommandSetting,
  own: ProcessLayout,
  commands: readonly Command[],
): void {
  const { layout, notions } = setting.translating;
  const { index, name, process } = own;
  const many = index === null ? "" : ` [${instanceCount(notions.machine, process.process)}]`;
  line(setting.to, "");
  comment(setting.to, process.process.doc);
  const declared =
    index === null
      ? []
      : [`${layout.shapes.of(index.type, index.name).base} ${index.name} = ${indexText(own)};`];
  const self: Who = {
    process: process.process,
    index: index === null ? null : { kind: "read", place: [index.name], type: index.type },
  };
  proctype(setting, `active${many} proctype ${name}()`, declared, { commands, self, process: own });
}

function instanceCount({ instances }: Machine, process: Process): number {
  return instances.filter((instance) => instance.process === process).length;
}

/** The index of an instance, by its number. */
function indexText({ index, firstPid }: ProcessLayout): string {
  const values = index?.values ?? [];
  const codes = values.map((value) => {
    if (index?.type.kind === "enum") return index.type.members.indexOf(String(value));
    return Number(value);
  });
  const [first = 0] = codes;
  if (codes.every((code, position) => code === first + position)) {
    const offset = first - firstPid;
    if (offset === 0) return "_pid";
    return offset > 0 ? `_pid + ${offset}` : `_pid - ${-offset}`;
  }
  return codes
    .slice(0, -1)
    .reduceRight(
      (rest, code, position) => `(_pid == ${firstPid + position} -> ${code} : ${rest})`,
      String(codes.at(-1)),
    );
}

interface Options {
  readonly commands: readonly Command[];
  readonly self: Who | null;
  readonly process: ProcessLayout | null;
}

/** The options are written first, since they decide which scratch variables there are. */
function proctype(
  setting: CommandSetting,
  head: string,
  declared: readonly string[],
  options: Options,
): void {
  const scratch = scratchOf(setting.translating);
  const body: CommandSetting = { ...setting, to: newLines(), origins: new Map() };
  body.to.depth = 1;
  for (const command of options.commands) writeCommand(body, scratch, command, options);
  const { to } = setting;
  line(to, `${head} {`);
  to.depth += 1;
  for (const text of declared) line(to, text);
  for (const root of scratch.all) line(to, `${declaration(setting.translating, root)};`);
  to.depth -= 1;
  line(to, `${setting.label("end")}:`);
  line(to, "  do");
  for (const [at, origin] of body.origins) setting.origins.set(to.lines.length + at, origin);
  to.lines.push(...body.to.lines);
  if (body.to.lines.length === 0) line(to, "  :: false");
  line(to, "  od");
  line(to, "}");
}

function writeCommand(
  setting: CommandSetting,
  scratch: Scratch,
  command: Command,
  { self, process }: Options,
): void {
  const { translating, findings, to, origins } = setting;
  const { owner } = command;
  const { machine } = translating.notions;
  const basisOf = (chosen: Chosen): StepBasis => ({
    translating,
    findings,
    scratch,
    label: setting.label,
    self,
    taker:
      owner.kind === "action"
        ? { kind: "action", action: owner.action.action }
        : { kind: "process", who: self as Who },
    from: owner.kind === "process" ? owner.location.id : null,
    choices: new Map(
      chosen.map(({ local, value }) => [local, literal(translating.notions, value, local.type)]),
    ),
    judged: machine.properties.flatMap((property, position) =>
      property.kind === "step" ? [{ property, position }] : [],
    ),
  });
  const guardOf = (chosen: Chosen, upTo: Command): Scalar =>
    offeredIn(translating, upTo, basisOf(chosen));
  let first = true;
  for (const { chosen, guard } of waysToChoose(command, guardOf)) {
    const basis = basisOf(chosen);
    const statements = stepStatements(basis, command.code);
    comment(to, title(command, chosen, first));
    first = false;
    origins.set(to.lines.length + 1, {
      owner,
      choices: chosen.map(({ local, value }) => ({ name: local.name, value })),
    });
    const whole = and(standing(translating.layout, command, self, process), guard);
    dStep(to, ":: ", text(whole, translating.layout), statements);
    if (to.lines.length > MOST_LINES)
      throw new TooLarge(`the choices of ${command.name} are too many to be written one by one`);
  }
}

const MOST_LINES = 2_000_000;

/** What a reader is told of a step beside its guard: the name of an action, and what was chosen. */
function title({ owner }: Command, chosen: Chosen, first: boolean): string {
  const choices = chosen
    .map(({ local, value }) => `${local.name.replace(/_choice(_\d+)?$/, "")} = ${valueText(value)}`)
    .join(", ");
  if (owner.kind === "process") return choices;
  const { name, doc } = owner.action.action;
  return `${name}(${choices})${doc === null || !first ? "" : `: ${doc}`}`;
}

/** When a command can be taken by a process that stands there. */
function offeredIn(translating: Translating, command: Command, basis: StepBasis): Scalar {
  const reading = readingOf(attempt(basis, new Set(), false), newPath());
  const condition = offered(command, translating.notions, reading, basis.self);
  if (condition.kind === "refusal") throw new Refused(condition.refusal);
  return condition.result;
}

function standing(
  layout: Layout,
  { owner }: Command,
  self: Who | null,
  process: ProcessLayout | null,
): Scalar {
  if (owner.kind === "action" || process === null || self === null) {
    return { kind: "read", place: [layout.started], type: { kind: "bool" } };
  }
  const place = instancePlace(layout, process, process.at, locationType(process), self);
  return eq(rawRead(place), rawRead([process.locations[owner.location.id] ?? ""]));
}

type Chosen = readonly { readonly local: Local; readonly value: Value }[];

/** Every combination of values for the choices of a command that may be taken, one choice after another. */
function* waysToChoose(
  command: Command,
  guardOf: (chosen: Chosen, upTo: Command) => Scalar,
): Generator<{ readonly chosen: Chosen; readonly guard: Scalar }> {
  const { choices, code } = command;
  let found = 0;
  function* from(chosen: Chosen): ReturnType<typeof waysToChoose> {
    const local = choices[chosen.length];
    if (local === undefined) {
      const guard = guardOf(chosen, command);
      found += 1;
      if (found > MOST_OPTIONS)
        throw new TooLarge(`${command.name} has too many choices, each a step of its own`);
      if (!isFalse(guard)) yield { chosen, guard };
      return;
    }
    const last = chosen.length === choices.length - 1;
    const until = code.findIndex((op) => op.kind === "assume-member" && op.choice === local);
    for (const value of valuesOf(local.type)) {
      const further = [...chosen, { local, value }];
      // Values that the set can never have are left out before they are combined with others.
      const upTo = { ...command, code: code.slice(0, until + 1) };
      if (last || !isFalse(guardOf(further, upTo))) yield* from(further);
    }
  }
  yield* from([]);
}
