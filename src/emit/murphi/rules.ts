// The rules: one for each command, those of a process in a ruleset over its index.

import { positionAt } from "../../diagnostics/source.ts";
import type { Command, CommandCode } from "../../machine/command.ts";
import type { Local, MachineProcess } from "../../machine/machine.ts";
import { offered } from "../scalar/execute.ts";
import type { Scalar } from "../scalar/scalar.ts";
import { and, isFalse, or } from "../scalar/scalar-build.ts";
import type { Symbolic, Who } from "../scalar/symbolic.ts";
import { scalarLiteral } from "../scalar/symbolic-values.ts";
import { type Lines, line, newLines } from "../text.ts";
import { readFirst, sameAsChoices } from "./assigned.ts";
import type { Body } from "./body.ts";
import { type Choice, choiceOf } from "./choices.ts";
import { codeStatements, commentText } from "./command-rule.ts";
import { type Context, type Inside, insideOf, named, placeOfLocal } from "./context.ts";
import { type Layout, RESERVED } from "./layout.ts";
import { processLayout } from "./reading.ts";
import { scalarText } from "./scalar-text.ts";
import { judgedSteps, judgeSteps } from "./step-properties.ts";
import { block, storeFirst } from "./store.ts";
import { tidied } from "./tidy.ts";
import { trialCall, waitsBehindLoop } from "./trial.ts";
import { Unsayable } from "./unsayable.ts";

/** What a rule of the text stands for. */
export interface RuleMeaning {
  readonly command: Command;
  /** The parameter that is the index of the process. */
  readonly index: string | null;
}

export interface Rules {
  readonly lines: Lines;
  readonly meanings: Map<string, RuleMeaning>;
}

/** All rules of a machine. */
export function rules(context: Context, commands: readonly Command[]): Rules {
  const made: Rules = { lines: newLines(), meanings: new Map() };
  for (const process of context.layout.machine.processes)
    processRules(context, process, commands, made);
  for (const command of commands) {
    if (command.owner.kind !== "action") continue;
    const { action } = command.owner;
    line(made.lines, "");
    docComment(made.lines, action.action.doc);
    rule(context, command, null, made);
  }
  return made;
}

/** A process with its index as a parameter, if it has one. */
export interface Own {
  readonly self: Who;
  readonly index: string | null;
  readonly type: string;
}

export function selfOf(layout: Layout, process: MachineProcess): Own {
  const { index } = processLayout(layout, process.process);
  if (index === null || process.index === null)
    return { self: { process: process.process, index: null }, index: null, type: "" };
  const taken = new Set([...RESERVED, ...layout.globals]);
  let name = /^[A-Za-z]/.test(process.index.name) ? process.index.name : `x${process.index.name}`;
  while (taken.has(name)) name = `${name}_`;
  return {
    self: { process: process.process, index: named(name, index.type) },
    index: name,
    type: index.text,
  };
}

function processRules(
  context: Context,
  process: MachineProcess,
  commands: readonly Command[],
  made: Rules,
): void {
  const { lines } = made;
  const own = selfOf(context.layout, process);
  const mine = commands.filter(
    ({ owner }) => owner.kind === "process" && owner.process === process,
  );
  if (mine.length === 0) return;
  line(lines, "");
  line(lines, `-- ${"-".repeat(64)} ${process.name}`);
  line(lines, "");
  docComment(lines, process.process.doc);
  const inner = (): void => {
    mine.forEach((command, position) => {
      if (position > 0) line(lines, "");
      rule(context, command, own, made);
    });
  };
  if (own.index === null) {
    inner();
    return;
  }
  line(lines, `ruleset ${own.index}: ${own.type} do`);
  block(lines, inner);
  line(lines, "end;");
}

/** A command made ready: its parameters, its guard, and the names inside. */
export interface Ready {
  readonly inside: Inside;
  readonly choices: readonly Choice[];
  /** It can be taken where it starts. */
  readonly possible: Scalar;
  readonly guard: Scalar;
}

export function ready(context: Context, command: Command, own: Own | null): Ready {
  const { layout } = context;
  const parameters = new Map<string, string>();
  if (own !== null && own.index !== null) parameters.set(own.index, own.type);
  const taken = new Set([...RESERVED, ...layout.globals, ...parameters.keys()]);
  const chosen = new Map<Local, Symbolic>();
  const choices = command.choices.map((local) => {
    const choice = choiceOf(layout, choiceName(local.name), local.type, (wish) => {
      let name = /^[A-Za-z]/.test(wish) ? wish : `x${wish}`;
      while (taken.has(name)) name = `${name}_`;
      taken.add(name);
      return name;
    });
    chosen.set(local, choice.value);
    for (const [name, type] of choice.parameters) parameters.set(name, type);
    return choice;
  });
  const inside = insideOf(context, own, parameters, chosen);
  const possible = waitsBehindLoop(command)
    ? trialCall(context, command, own, parameters, chosen)
    : guardOf(inside, command);
  return { inside, choices, possible, guard: and(...standing(inside, command), possible) };
}

function guardOf({ context, reading, self }: Inside, command: Command): Scalar {
  const possible = offered(command, context.notions, reading, self);
  if (possible.kind === "result") return possible.result;
  throw new Unsayable(possible.refusal.reason, possible.refusal.span);
}

/** `x` for the choice that the splitting called `x_choice`. */
function choiceName(name: string): string {
  return name.replace(/_choice$/, "");
}

/** The process stands where the command starts, and is one that there is. */
function standing(inside: Inside, { owner }: Command): readonly Scalar[] {
  if (owner.kind === "action" || inside.self === null) return [];
  const at = inside.reading.at(inside.self, new Set([owner.location.id]));
  return [...exists(inside, owner.process), at];
}

/** Where not all values of the index's type are processes. */
export function exists({ context, self }: Inside, process: MachineProcess): readonly Scalar[] {
  const { index } = processLayout(context.layout, process.process);
  if (index === null || index.all || self === null || self.index === null) return [];
  const { type } = index;
  const is = self.index;
  const values = process.process.index?.values ?? [];
  return [
    or(
      ...values.map((value): Scalar => {
        if (type.kind !== "range" && type.kind !== "enum" && type.kind !== "bool")
          throw new Error("an index that is no scalar");
        const right = scalarLiteral(context.layout.plain, value, type);
        return { kind: "binary", operator: "==", left: is, right };
      }),
    ),
  ];
}

function rule(context: Context, command: Command, own: Own | null, made: Rules): void {
  const { inside, choices, guard } = ready(context, command, own);
  if (isFalse(guard)) return;
  made.meanings.set(command.name, { command, index: own?.index ?? null });
  const parameters = choices.flatMap((choice) => choice.parameters);
  const { lines } = made;
  const whole = (): void => {
    for (const text of headComments(context, command)) line(lines, `-- ${text}`);
    line(lines, `rule ${JSON.stringify(command.name)}`);
    block(lines, () => {
      for (const text of conjuncts(guard, inside)) line(lines, text);
    });
    line(lines, "==>");
    const statements = bodyStatements(inside, command);
    declarations(lines, inside);
    line(lines, "begin");
    block(lines, () => {
      for (const text of statements) line(lines, text);
    });
    line(lines, "end;");
  };
  if (parameters.length === 0) {
    whole();
    return;
  }
  const list = parameters.map(([name, type]) => `${name}: ${type}`).join("; ");
  line(lines, `ruleset ${list} do`);
  block(lines, whole);
  line(lines, "end;");
}

/** The guard, a conjunct a line. */
function conjuncts(guard: Scalar, inside: Inside): readonly string[] {
  const parts: Scalar[] = [];
  const split = (scalar: Scalar): void => {
    if (scalar.kind === "binary" && scalar.operator === "and") {
      split(scalar.left);
      split(scalar.right);
    } else parts.push(scalar);
  };
  split(guard);
  const texts = parts.map((part) => scalarText(part, inside.text, parts.length > 1 ? 3 : 0));
  return texts.map((text, position) => (position < texts.length - 1 ? `${text} &` : text));
}

/** Variables of the rule, known only once its statements are. */
export function declarations(to: Lines, { declared }: Inside): void {
  if (declared.size === 0) return;
  line(to, "var");
  block(to, () => {
    for (const [name, type] of declared) line(to, `${name}: ${type};`);
  });
}

/** What stands over a rule: its label and the lines before its first wait. */
function headComments({ layout }: Context, { owner }: Command): readonly string[] {
  if (owner.kind === "action") return [];
  const { location } = owner;
  const shown = layout.machine.lines[location.line];
  if (shown === undefined) return [];
  const { line: number } = positionAt(shown.span.source, shown.span.start);
  const place = `${shown.function}, line ${number}`;
  return [`${place}: ${commentText(shown.code)}`];
}

export function docComment(to: Lines, doc: string | null): void {
  for (const text of (doc ?? "").split("\n")) {
    if (text.trim() !== "") line(to, `-- ${text.trim()}`);
  }
}

// ---------------------------------------------------------------- bodies

function bodyStatements(inside: Inside, command: Command): readonly string[] {
  const { owner } = command;
  const stored = (local: Local): boolean =>
    owner.kind === "process" && owner.process.locals.some((it) => it === local && it.stored);
  const code = tidied(withoutChoosing(inside, command), (local) => !stored(local));
  const judged = judgedSteps(inside);
  const before = new Map<string, string>();
  const to = newLines();
  const body: Body = {
    inside,
    to,
    beginning: false,
    atEnd: (at) => judgeSteps(at, judged, command, before),
    loops: new Map(),
    last: true,
  };
  codeStatements(body, code);
  const starting = newLines();
  for (const [name, copy] of before) {
    const { nullable } = inside.context.variables.get(name) ?? { nullable: false };
    if (nullable) line(starting, `if !isundefined(${name}) then ${copy} := ${name}; end;`);
    else line(starting, `${copy} := ${name};`);
  }
  for (const local of readFirst(code, scratchOf(inside, owner)))
    storeFirst(starting, placeOfLocal(inside, local), local.type, inside.text);
  return [...starting.lines, ...to.lines];
}

/** The code without assignments of choices to locals that are nothing else: they go by the names of the choices. */
function withoutChoosing(inside: Inside, { code, choices, owner }: Command): CommandCode {
  const same = sameAsChoices(code, choices);
  const plain = new Set<Local>();
  for (const [local, choice] of same) {
    const value = inside.values.get(choice);
    const stored =
      owner.kind === "process" && owner.process.locals.some((it) => it === local && it.stored);
    if (value === undefined || stored) continue;
    inside.values.set(local, value);
    plain.add(local);
  }
  return code.filter(
    (op) => op.kind !== "assign" || op.place.root.kind !== "local" || !plain.has(op.place.root),
  );
}

function scratchOf(inside: Inside, owner: Command["owner"]): readonly Local[] {
  const locals =
    owner.kind === "process"
      ? owner.process.locals.filter((local) => !local.stored)
      : [...new Set([...owner.action.parameters, ...owner.action.locals])];
  return locals.filter((local) => inside.places.has(local));
}
