// Deadlock as a property of states, which is finer than "no rule can fire": a process that is no daemon is unfinished,
// nothing can move, and the spec does not call the state terminal.

import type { Command } from "../../machine/command.ts";
import type { MachineProcess } from "../../machine/machine.ts";
import { evaluate } from "../scalar/evaluate.ts";
import type { Scalar } from "../scalar/scalar.ts";
import { and, isFalse, isTrue, not } from "../scalar/scalar-build.ts";
import { scopeOf } from "../scalar/scope.ts";
import { scalarOf } from "../scalar/symbolic-build.ts";
import { type Context, insideOf } from "./context.ts";
import { processLayout } from "./reading.ts";
import { exists, ready, selfOf } from "./rules.ts";
import { scalarText } from "./scalar-text.ts";

/** Conditions that hold together exactly in deadlocks, as texts; null if there can be none. */
export function deadlockConditions(
  context: Context,
  commands: readonly Command[],
): readonly string[] | null {
  const { machine } = context.layout;
  if (machine.processes.length === 0 && machine.actions.length === 0) return null;
  const parts: string[] = [];
  if (machine.processes.length > 0) {
    const unfinished = machine.processes.filter(({ daemon }) => !daemon);
    if (unfinished.length === 0) return null;
    const texts = unfinished.map((process) => someUnfinished(context, process));
    parts.push(texts.length === 1 ? (texts[0] as string) : `(${texts.join(" | ")})`);
  }
  for (const process of machine.processes) parts.push(allWait(context, process, commands));
  for (const command of commands) {
    if (command.owner.kind !== "action") continue;
    const { inside, choices, guard } = ready(context, command, null);
    if (isFalse(guard)) continue;
    const parameters = choices.flatMap((choice) => choice.parameters);
    parts.push(`!${some(parameters, scalarText(guard, inside.text))}`);
  }
  const inside = insideOf(context, null, new Map());
  for (const condition of machine.terminal) {
    const scope = scopeOf(context.notions, inside.reading);
    const holds = scalarOf(evaluate(condition, scope));
    const terminal = and(...scope.sites.map(({ when }) => not(when)), holds);
    parts.push(scalarText(not(terminal), inside.text, 3));
  }
  return parts;
}

function some(parameters: readonly (readonly [string, string])[], text: string): string {
  return parameters.reduceRight(
    (body, [name, type]) => `(exists ${name}: ${type} do ${body} end)`,
    parameters.length === 0 ? `(${text})` : text,
  );
}

function someUnfinished(context: Context, process: MachineProcess): string {
  const own = selfOf(context.layout, process);
  const parameters = new Map(own.index === null ? [] : [[own.index, own.type]]);
  const inside = insideOf(context, own, parameters);
  const done = new Set([process.locations.length - 1]);
  const unfinished = and(...exists(inside, process), not(inside.reading.at(own.self, done)));
  const text = scalarText(unfinished, inside.text, own.index === null ? 4 : 0);
  return own.index === null ? text : `(exists ${own.index}: ${own.type} do ${text} end)`;
}

/** No instance of the process can move: a function that tells it of one, called for all. */
function allWait(context: Context, process: MachineProcess, commands: readonly Command[]): string {
  const { functions, layout } = context;
  const { at, locations } = processLayout(layout, process.process);
  const own = selfOf(layout, process);
  const where = own.index === null ? at : `${at}[${own.index}]`;
  const cases = process.locations.flatMap((location): readonly string[] => {
    const name = locations[location.id];
    const here = commands.filter(
      ({ owner }) =>
        owner.kind === "process" && owner.process === process && owner.location === location,
    );
    const waits = waitText(context, here, own);
    if (waits === null) return [];
    return [`    case ${name}:`, `      return ${waits};`];
  });
  const name = functions.fresh(`${process.name}_waits`);
  const parameter = own.index === null ? "" : `${own.index}: ${own.type}`;
  const all = cases.length === 2 * process.locations.length;
  const moving = all ? [] : ["    else", "      return false;"];
  functions.texts.push(
    [
      `-- ${process.name} cannot move: it waits, or has come to its end.`,
      `function ${name}(${parameter}): boolean;`,
      "begin",
      `  switch ${where}`,
      ...cases,
      ...moving,
      "  end;",
      "end;",
    ].join("\n"),
  );
  if (own.index === null) return `${name}()`;
  const call = `${name}(${own.index})`;
  const inside = insideOf(context, own, new Map([[own.index, own.type]]));
  const there = exists(inside, process);
  const text =
    there.length === 0 ? call : `(${scalarText(not(and(...there)), inside.text)}) | ${call}`;
  return `(forall ${own.index}: ${own.type} do ${text} end)`;
}

/** That none of the commands of a location can be taken; null if one always can. */
function waitText(
  context: Context,
  here: readonly Command[],
  own: ReturnType<typeof selfOf>,
): string | null {
  const parts: string[] = [];
  for (const command of here) {
    const { inside, choices, possible } = ready(context, command, own);
    const parameters = choices.flatMap((choice) => choice.parameters);
    if (isTrue(possible)) return null;
    if (isFalse(possible)) continue;
    const text = (scalar: Scalar, above: number): string => scalarText(scalar, inside.text, above);
    parts.push(
      parameters.length === 0 ? text(not(possible), 3) : `!${some(parameters, text(possible, 0))}`,
    );
  }
  return parts.length === 0 ? "true" : parts.join(" & ");
}
