// Whether a command can be taken that waits behind a loop: a function that goes through it on copies of what it writes.
// Guards of other commands are worked out as expressions; loops would have to be unrolled for that.

import type { Command, CommandCode } from "../../machine/command.ts";
import type { Local } from "../../machine/machine.ts";
import type { Scalar } from "../scalar/scalar.ts";
import type { Symbolic } from "../scalar/symbolic.ts";
import { type Lines, line, newLines } from "../text.ts";
import { readFirst, written } from "./assigned.ts";
import { codeStatements } from "./command-rule.ts";
import { type Context, insideOf, placeOfLocal } from "./context.ts";
import { type Layout, RESERVED } from "./layout.ts";
import { processLayout } from "./reading.ts";
import type { Own } from "./rules.ts";
import { block, storeFirst } from "./store.ts";

/** The code up to the last thing that decides whether the command can be taken. */
export function decidingCode({ code }: Command): CommandCode {
  return code.slice(0, code.findLastIndex((op) => op.kind.startsWith("assume")) + 1);
}

/** Would a guard have to unroll a loop? */
export function waitsBehindLoop(command: Command): boolean {
  return holdsLoop(decidingCode(command));
}

function holdsLoop(code: CommandCode): boolean {
  return code.some(
    (op) =>
      op.kind === "loop" || (op.kind === "if" && (holdsLoop(op.then) || holdsLoop(op.otherwise))),
  );
}

/** A call of the function; `parameters` are the names around it that it is passed. */
export function trialCall(
  context: Context,
  command: Command,
  own: Own | null,
  parameters: ReadonlyMap<string, string>,
  chosen: ReadonlyMap<Local, Symbolic>,
): Scalar {
  const { functions } = context;
  const key = `trial ${command.name}`;
  let name = functions.known.get(key);
  if (name === undefined) {
    name = functions.fresh(`can_${command.name.replaceAll(/[^A-Za-z0-9]+/g, "_")}`);
    functions.known.set(key, name);
    functions.texts.push(functionText(context, command, own, parameters, chosen, name));
  }
  const call = `${name}(${[...parameters.keys()].join(", ")})`;
  return { kind: "read", place: [call], type: { kind: "bool" } };
}

function functionText(
  context: Context,
  command: Command,
  own: Own | null,
  parameters: ReadonlyMap<string, string>,
  chosen: ReadonlyMap<Local, Symbolic>,
  name: string,
): string {
  const code = decidingCode(command);
  const copies = copiesOf(context.layout, command, code, parameters);
  const layout = withCopies(context.layout, copies);
  const inside = insideOf(
    { ...context, layout, judging: { kind: "trial" } },
    own,
    parameters,
    new Map(chosen),
  );
  const copying = newLines();
  for (const [from, to] of copies) {
    const variable = context.variables.get(from);
    if (variable === undefined) throw new Error(`no variable of the state: ${from}`);
    if (inside.variable(to, variable.type) !== to) throw new Error(`a name that is taken: ${to}`);
    const copy = `${to} := ${from};`;
    line(copying, variable.nullable ? `if !isundefined(${from}) then ${copy} end;` : copy);
  }
  const work = newLines();
  codeStatements(
    { inside, to: work, beginning: false, atEnd: () => {}, loops: new Map(), last: false },
    code,
  );
  const scratch = [...inside.places.keys()].filter((local) => !isStored(context, own, local));
  for (const local of readFirst(code, scratch)) {
    if (own !== null && local.role === "index") continue;
    storeFirst(copying, placeOfLocal(inside, local), local.type, inside.text);
  }
  const to = newLines();
  const list = [...parameters].map(([parameter, type]) => `${parameter}: ${type}`).join("; ");
  line(to, `-- ${command.name} can be taken, if control is there.`);
  line(to, `function ${name}(${list}): boolean;`);
  if (inside.declared.size > 0) line(to, "var");
  block(to, () => {
    for (const [variable, type] of inside.declared) line(to, `${variable}: ${type};`);
  });
  line(to, "begin");
  block(to, () => allOf(to, [...copying.lines, ...work.lines, "return true;"]));
  line(to, "end;");
  return to.lines.join("\n");
}

function allOf(to: Lines, lines: readonly string[]): void {
  for (const text of lines) line(to, text);
}

function isStored({ layout }: Context, own: Own | null, local: Local): boolean {
  return own !== null && processLayout(layout, own.self.process).stored.has(local);
}

/** Names for copies of the variables of the state that the code writes. */
function copiesOf(
  layout: Layout,
  { owner }: Command,
  code: CommandCode,
  parameters: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const taken = new Set([...RESERVED, ...layout.globals, ...parameters.keys()]);
  const copies = new Map<string, string>();
  for (const root of written(code)) {
    const name =
      root.kind !== "local"
        ? layout.names.get(root.name)
        : owner.kind === "process"
          ? processLayout(layout, owner.process.process).stored.get(root)
          : undefined;
    if (name === undefined) continue;
    let copy = `${name}_then`;
    while (taken.has(copy)) copy = `${copy}_`;
    taken.add(copy);
    copies.set(name, copy);
  }
  return copies;
}

function withCopies(layout: Layout, copies: ReadonlyMap<string, string>): Layout {
  const copied = (name: string): string => copies.get(name) ?? name;
  return {
    ...layout,
    names: new Map([...layout.names].map(([of, name]) => [of, copied(name)])),
    processes: new Map(
      [...layout.processes].map(([process, one]) => [
        process,
        { ...one, stored: new Map([...one.stored].map(([of, name]) => [of, copied(name)])) },
      ]),
    ),
  };
}
