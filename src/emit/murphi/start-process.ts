// The work of processes before their first steps, as a part of the start states.

import type { CommandCode } from "../../machine/command.ts";
import { waysThrough } from "../../machine/commands-split.ts";
import type { MachineProcess } from "../../machine/machine.ts";
import { type Lines, line, newLines } from "../text.ts";
import { readFirst, setSurely } from "./assigned.ts";
import { codeStatements } from "./command-rule.ts";
import { type Context, type Inside, insideOf, placeOfLocal } from "./context.ts";
import { processLayout } from "./reading.ts";
import { declarations, exists, selfOf } from "./rules.ts";
import { scalarText } from "./scalar-text.ts";
import { storeFirst } from "./store.ts";

/** Statements that put all instances of a process to their first locations; `around` are the names of the start state. */
export function startProcess(
  context: Context,
  around: Inside,
  to: Lines,
  process: MachineProcess,
): void {
  const own = selfOf(context.layout, process);
  const [way, ...others] = waysThrough(process.start, new Set());
  if (way === undefined || others.length > 0)
    throw new Error("work before the first step that chooses");
  // Where a loop ends the work, it is a procedure of its own, to return from.
  const apart = endsInLoop(way.code, false);
  const taken = apart ? [] : [...around.text.locals, ...around.declared];
  const parameters = new Map(taken);
  if (own.index !== null) parameters.set(own.index, own.type);
  const inside = insideOf(context, own, parameters);
  const work = startStatements(inside, process, way.code);
  if (!apart) for (const [name, type] of inside.declared) around.declared.set(name, type);
  const body = apart ? [`${procedure(inside, process, own, work)}(${own.index ?? ""});`] : work;
  const there = exists(inside, process).map((one) => scalarText(one, inside.text));
  const guarded =
    there.length === 0 ? body : [`if ${there.join(" & ")} then`, ...indented(body), "end;"];
  const all =
    own.index === null
      ? guarded
      : [`for ${own.index}: ${own.type} do`, ...indented(guarded), "end;"];
  for (const text of all) line(to, text);
}

const indented = (lines: readonly string[]): readonly string[] => lines.map((text) => `  ${text}`);

/** Declares a procedure that does the work of one instance, and gives its name. */
function procedure(
  inside: Inside,
  { name }: MachineProcess,
  own: ReturnType<typeof selfOf>,
  work: readonly string[],
): string {
  const { functions } = inside.context;
  const made = functions.fresh(`start_${name}`);
  const text = newLines();
  line(text, `procedure ${made}(${own.index === null ? "" : `${own.index}: ${own.type}`});`);
  declarations(text, inside);
  for (const one of ["begin", ...indented(work), "end;"]) line(text, one);
  functions.texts.push(text.lines.join("\n"));
  return made;
}

function startStatements(
  inside: Inside,
  process: MachineProcess,
  code: CommandCode,
): readonly string[] {
  const { stored } = processLayout(inside.context.layout, process.process);
  const to = newLines();
  for (const local of stored.keys()) {
    if (!setSurely(code, local))
      storeFirst(to, placeOfLocal(inside, local), local.type, inside.text);
  }
  const work = newLines();
  const body = { inside, to: work, beginning: true, atEnd: () => {}, loops: new Map(), last: true };
  codeStatements(body, code);
  const scratch = process.locals.filter((local) => !local.stored && inside.places.has(local));
  for (const local of readFirst(code, scratch))
    storeFirst(to, placeOfLocal(inside, local), local.type, inside.text);
  return [...to.lines, ...work.lines];
}

function endsInLoop(code: CommandCode, looping: boolean): boolean {
  return code.some((op) => {
    if (op.kind === "goto") return looping;
    if (op.kind === "if") return endsInLoop(op.then, looping) || endsInLoop(op.otherwise, looping);
    return op.kind === "loop" && endsInLoop(op.body, true);
  });
}
