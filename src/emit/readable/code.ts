// The code of a step as the body of a function: `s` is a copy of the state that it changes, `choose` takes its choices.

import { type Code, type Expr, firstValue, type Local, type Op } from "../../machine/machine.ts";
import { mayFault } from "../../machine/may-fault.ts";
import { braces, line, names, newLines } from "../text.ts";
import { printAssign, setLocal } from "./assign.ts";
import type { Body, Owner, Task } from "./body.ts";
import {
  allValues,
  type Context,
  hasKnownKeys,
  helper,
  quotedPlace,
  typeText,
  valueText,
} from "./context.ts";
import { expressionText } from "./expression.ts";
import { printLock } from "./lock.ts";
import { arrow, type Compared, exact, LEVEL, type Reading, wrap } from "./reading.ts";

type OpOf<K extends Op["kind"]> = Extract<Op, { readonly kind: K }>;

/** What a printed body needs around it. */
export interface Printed {
  readonly lines: readonly string[];
  readonly chooses: boolean;
}

/**
 * Prints code; more than once, since the first time tells which texts are compared again, and each time which locals are
 * still read, now that what nobody reads is left out.
 */
export function printCode(context: Context, task: Task): Printed {
  const counts = new Map<string, number>();
  let used: ReadonlySet<Local> | null = null;
  while (true) {
    const read = new Set<Local>();
    const counting = used === null;
    const printed = printOnce(context, task, { counts, counting }, read, used);
    if (used !== null && read.size === used.size) return printed;
    used = read;
  }
}

function printOnce(
  context: Context,
  task: Task,
  compared: Compared,
  read: Set<Local>,
  used: ReadonlySet<Local> | null,
): Printed {
  const { owner, arrive } = task;
  const to = newLines();
  const unique = names([...context.taken, owner?.index ?? ""]);
  const locals = new Map<Local, string>();
  const needs = { chooses: false, self: false, own: false };
  const nameOf = (local: Local): string => {
    if (owner !== null && local === owner.process.index) return owner.index ?? "";
    if (isStored(owner, local)) {
      needs.own = true;
      return `own.${local.name}`;
    }
    const known = locals.get(local) ?? unique(local.name);
    locals.set(local, known);
    return known;
  };
  const reading: Reading = {
    context,
    state: "s",
    processes: arrive === "step" ? "state" : "s",
    local: (local) => {
      read.add(local);
      return nameOf(local);
    },
    binders: new Map(),
    compared,
    text: expressionText,
  };
  const isRead = (local: Local): boolean => (used?.has(local) ?? true) || isStored(owner, local);
  printOps({ context, reading, to, task, nameOf, unique, isRead, needs }, task.code);
  if (to.lines.at(-1) === "return;") to.lines.pop();
  const head: string[] = [];
  if (needs.self && owner !== null) {
    head.push(`const self = ${ownName(owner)}${context.types ? " as Process" : ""};`);
  }
  if (needs.own && owner !== null) head.push(`const own = ${ownState(context, owner)};`);
  for (const [local, name] of locals) {
    if (!isRead(local)) continue;
    const type = context.types ? `: ${typeText(context, local.type)}` : "";
    head.push(`let ${name}${type} = ${valueText(local.type, firstValue(local.type))};`);
  }
  return { lines: [...head, ...to.lines], chooses: needs.chooses };
}

function isStored(owner: Owner | null, local: Local): boolean {
  return owner?.process.locals.some((mine) => mine === local && mine.stored) ?? false;
}

function ownState(context: Context, { process, index }: Owner): string {
  if (index === null || process.index === null) return `s.${process.name}`;
  const sure = context.types && !hasKnownKeys(process.index.type) ? "!" : "";
  const key = process.index.type.kind === "bool" ? `${index} ? "true" : "false"` : index;
  return `s.${process.name}[${key}]${sure}`;
}

function ownName({ process, index }: Owner): string {
  return index === null ? JSON.stringify(process.name) : `\`${process.name}[\${${index}}]\``;
}

function printOps(body: Body, code: Code): void {
  for (const op of code) printOp(body, op);
}

function printOp(body: Body, op: Op): void {
  const { context, reading, to } = body;
  switch (op.kind) {
    case "assign":
      printAssign(body, op);
      break;
    case "if":
      printIf(body, op);
      break;
    case "loop": {
      const round = body.unique("round");
      braces(to, `loop${op.id}: for (let ${round} = 1; ; ${round} += 1)`, () => {
        line(
          to,
          `if (${round} > ${op.limit}) ${helper(context, "fault")}("endless-loop", ${quotedPlace(op.span)});`,
        );
        printOps(body, op.body);
      });
      break;
    }
    case "break":
    case "continue":
      line(to, `${op.kind} loop${op.loop};`);
      break;
    case "either":
      printEither(body, op);
      break;
    case "pick":
      printPick(body, op);
      break;
    case "await":
      line(
        to,
        `if (!${wrap(reading.text(reading, op.condition), LEVEL.unary)}) ${helper(context, "wait")}();`,
      );
      break;
    case "acquire":
    case "try-acquire":
    case "release":
    case "downgrade":
    case "contract":
    case "end":
      printLock(body, op, (local, value) => setLocal(body, local, value));
      break;
    case "assert": {
      const name = JSON.stringify(context.machine.assertions[op.assertion]?.name ?? "");
      line(
        to,
        `if (!${wrap(reading.text(reading, op.condition), LEVEL.unary)}) report.failed.push(${name});`,
      );
      break;
    }
    case "cost":
      printCost(body, op);
      break;
    case "goto":
      printGoto(body, op);
      break;
    case "stop":
      line(to, "return;");
      break;
    case "fault":
      line(to, `${helper(context, "fault")}("${op.fault}", ${quotedPlace(op.span)});`);
      break;
    case "line": {
      const shown = context.machine.lines[op.line];
      if (shown === undefined || op.line === body.task.line) break;
      const said = shown.text === null ? "" : `  /// ${shown.text}`;
      line(to, `// ${shown.code}${said}`.replaceAll("\n", " "));
      break;
    }
    case "enter":
      for (const argument of context.machine.frames[op.frame]?.arguments ?? []) {
        if (mayFault(argument))
          line(to, `void ${wrap(reading.text(reading, argument), LEVEL.unary)};`);
      }
      break;
    case "branch":
    case "leave":
      break;
    default:
      op satisfies never;
  }
}

function printIf(body: Body, op: OpOf<"if">): void {
  const { reading, to } = body;
  const then = printedApart(body, op.then);
  const otherwise = printedApart(body, op.otherwise);
  if (then.length === 0 && otherwise.length === 0 && !mayFault(op.condition)) return;
  const condition = reading.text(reading, op.condition);
  const lines = (of: readonly string[]) => (): void => {
    for (const text of of) line(to, text);
  };
  if (then.length > 0) {
    braces(to, `if (${condition.text})`, lines(then), otherwise.length > 0 ? "} else {" : "}");
    if (otherwise.length > 0) {
      to.depth += 1;
      lines(otherwise)();
      to.depth -= 1;
      line(to, "}");
    }
  } else if (otherwise.length > 0) {
    braces(to, `if (!${wrap(condition, LEVEL.unary)})`, lines(otherwise));
  } else line(to, `void ${wrap(condition, LEVEL.unary)};`);
}

/** The lines of a code that is part of another. */
function printedApart(body: Body, code: Code): readonly string[] {
  const to = newLines();
  printOps({ ...body, to }, code);
  return to.lines;
}

function printCost(body: Body, op: OpOf<"cost">): void {
  const { context, reading, to } = body;
  const { source, start, end } = op.value.span;
  line(to, `// cost ${op.cost.name} += ${source.text.slice(start, end).replaceAll(/\s+/g, " ")}`);
  const negative = op.value.type.kind !== "range" || op.value.type.lo < 0;
  if (negative) {
    const value = wrap(reading.text(reading, op.value), LEVEL.compare + 1);
    line(
      to,
      `if (${value} < 0) ${helper(context, "fault")}("negative-cost", ${quotedPlace(op.span)});`,
    );
  } else if (mayFault(op.value)) {
    line(to, `void ${wrap(reading.text(reading, op.value), LEVEL.unary)};`);
  }
}

function printEither(body: Body, op: OpOf<"either">): void {
  const { to } = body;
  const [first, ...others] = op.branches;
  if (first !== undefined && others.length === 0) {
    printOps(body, first);
    return;
  }
  body.needs.chooses = true;
  const way = body.unique("way");
  line(to, `const ${way} = choose(${op.branches.length}, () => true);`);
  op.branches.forEach((branch, at) => {
    const test = at === others.length ? "" : `if (${way} === ${at})`;
    braces(to, `${at === 0 ? "" : "else "}${test}`.trim(), () => printOps(body, branch));
  });
}

function printPick(body: Body, op: OpOf<"pick">): void {
  const { context, reading, to } = body;
  body.needs.chooses = true;
  const given = body.task.given.get(op.local) ?? null;
  const all =
    op.set.kind === "type-set"
      ? allValues(context, op.set.of)
      : exact(reading, op.set, op.set.type).text;
  const set = given === null ? all : `${given} === undefined ? ${all} : [${given}]`;
  const test = op.where === null ? "() => true" : pickTest(body, op, op.where);
  const stuck = op.stuck === "fault" ? `, ${quotedPlace(op.span)}` : "";
  const type = context.types ? `<${typeText(context, op.local.type)}>` : "";
  const call = `${helper(context, "pick")}${type}(choose, ${set}, ${test}${stuck})`;
  if (body.isRead(op.local)) setLocal(body, op.local, call);
  else line(to, `${call};`);
  printOps(body, op.body);
}

/** The test of a candidate: a function whose parameter stands for the local that it is to be given to. */
function pickTest({ reading, task, nameOf, unique }: Body, op: OpOf<"pick">, where: Expr): string {
  const name = isStored(task.owner, op.local) ? unique(op.local.name) : nameOf(op.local);
  const local = (other: Local): string => (other === op.local ? name : reading.local(other));
  return arrow(name, reading.text({ ...reading, local }, where));
}

function printGoto(body: Body, op: OpOf<"goto">): void {
  const { to } = body;
  const { owner, arrive } = body.task;
  if (owner === null) throw new Error("an action that goes to a location");
  for (const reset of op.resets) {
    if (isStored(owner, reset))
      line(to, `${body.nameOf(reset)} = ${valueText(reset.type, firstValue(reset.type))};`);
  }
  const location = owner.process.locations[op.location];
  body.needs.own = true;
  line(to, `own.at = ${JSON.stringify(location?.name ?? "")};`);
  line(to, arrive === "step" ? "return;" : "break start;");
}
