// Writes the code of one step as statements of Promela. What may go wrong is looked at before anything is written, or,
// where that is too late, what was written is put back, so that a faulting step changes nothing.

import type { CommandCode, CommandOp } from "../../machine/command.ts";
import { firstValue, type MachineLocal } from "../../machine/machine.ts";
import { evaluate } from "../scalar/evaluate.ts";
import { lockFaults, lockKeys } from "../scalar/locks.ts";
import { isFalse, isTrue, less, number } from "../scalar/scalar-build.ts";
import { mayGoWrong } from "../scalar/scope.ts";
import { scalarOf } from "../scalar/symbolic-build.ts";
import { literal } from "../scalar/symbolic-values.ts";
import { line } from "../text.ts";
import { readsLocal } from "./code-reads.ts";
import { comment } from "./comments.ts";
import { locationType, processLayout } from "./layout.ts";
import { placeText, text } from "./print.ts";
import { instancePlace } from "./reading.ts";
import { assign } from "./step-assign.ts";
import { failWith, finishStep, indented, note, unlessFaulty } from "./step-ends.ts";
import { lockOp, selfOf } from "./step-locks.ts";
import {
  beforeWriting,
  branchOf,
  join,
  keep,
  type Path,
  put,
  putShared,
  type Step,
  scopeAt,
  storedLocal,
} from "./step-path.ts";
import { rootOf } from "./store.ts";

type OpOf<K extends CommandOp["kind"]> = Extract<CommandOp, { readonly kind: K }>;

/** Writes a code from a position on. */
export function writeCode(step: Step, path: Path, code: CommandCode, position = 0): void {
  const op = code[position];
  if (op === undefined) return;
  const rest = (): void => writeCode(step, path, code, position + 1);
  const forget = (): void => forgetUnread(path, code, position + 1);
  switch (op.kind) {
    case "assign":
      assign(step, path, op, forget, rest);
      return;
    case "if":
      branch(step, path, op, code.slice(position + 1));
      return;
    case "loop":
      loop(step, path, op, rest);
      return;
    case "break":
    case "continue": {
      const around = path.loops.find(({ id }) => id === op.loop);
      if (around === undefined) throw new Error(`no loop ${op.loop} around`);
      line(step.to, `goto ${op.kind === "break" ? around.after : around.again};`);
      return;
    }
    case "assume":
    case "assume-member":
    case "assume-available":
      assume(step, path, op, rest);
      return;
    case "acquire":
    case "try-acquire":
    case "release":
    case "downgrade":
      lockOp(step, path, op, forget, rest);
      return;
    case "contract":
    case "end": {
      const scope = scopeAt(step, path);
      lockFaults(op, selfOf(step), scope);
      unlessFaulty(step, path, scope.sites, rest);
      return;
    }
    case "assert":
      assertion(step, path, op, rest);
      return;
    case "cost": {
      const scope = scopeAt(step, path);
      const value = scalarOf(evaluate(op.value, scope));
      mayGoWrong(scope, less(value, number(0)), "negative-cost", op.span);
      unlessFaulty(step, path, scope.sites, rest);
      return;
    }
    case "goto":
      arrive(step, path, op);
      return;
    case "stop":
      finishStep(step, path, false);
      return;
    case "fault":
      failWith(step, path, op.fault);
      return;
    case "line":
      showLine(step, op.line);
      rest();
      return;
    case "branch":
    case "enter":
    case "leave":
      rest();
      return;
    default:
      op satisfies never;
  }
}

/** Locals that the rest of the step does not read need not be kept. */
function forgetUnread(path: Path, code: CommandCode, from: number): void {
  if (!path.tail) return;
  for (const local of [...path.locals.keys()])
    if (!readsLocal(code, from, local)) path.locals.delete(local);
}

function showLine(step: Step, position: number): void {
  const shown = step.translating.notions.machine.lines[position];
  if (shown === undefined || shown.kind === "local") return;
  comment(step.to, shown.text === null ? shown.code : `${shown.code}: ${shown.text}`);
}

// ---------------------------------------------------------------- conditions

function assume(
  step: Step,
  path: Path,
  op: OpOf<"assume" | "assume-member" | "assume-available">,
  rest: () => void,
): void {
  const scope = scopeAt(step, path);
  if (op.kind === "assume-available") lockKeys(op.acquire.lock, scope);
  else evaluate(op.kind === "assume" ? op.condition : op.set, scope);
  const faulty = op.kind === "assume-available" || op.faulty;
  unlessFaulty(step, path, faulty ? scope.sites : [], rest);
}

function assertion(step: Step, path: Path, op: OpOf<"assert">, rest: () => void): void {
  const scope = scopeAt(step, path);
  const condition = scalarOf(evaluate(op.condition, scope));
  unlessFaulty(step, path, scope.sites, () => {
    if (!isTrue(condition)) note(step, step.findings.numberOf("assert", op.assertion), condition);
    rest();
  });
}

function branch(step: Step, path: Path, op: OpOf<"if">, rest: CommandCode): void {
  const scope = scopeAt(step, path);
  const condition = scalarOf(evaluate(op.condition, scope));
  unlessFaulty(step, path, scope.sites, () => {
    if (isTrue(condition) || isFalse(condition)) {
      const taken = isTrue(condition) ? op.then : op.otherwise;
      writeCode(step, path, [...taken, ...rest]);
      return;
    }
    const tail = path.tail && rest.length === 0;
    if (!tail) settle(step, path, [op]);
    const [then, otherwise] = [branchOf(path, { tail }), branchOf(path, { tail })];
    line(step.to, "if");
    arm(step, `:: ${text(condition, step.translating.layout)}`, () =>
      writeCode(step, then, op.then),
    );
    arm(step, ":: else", () => writeCode(step, otherwise, op.otherwise));
    line(step.to, "fi;");
    join(path, [then, otherwise]);
    writeCode(step, path, rest);
  });
}

/** One way of an `if` or `do`. */
function arm(step: Step, head: string, body: () => void): void {
  const { to } = step;
  const at = to.lines.length;
  line(to, `${head} ->`);
  indented(step, body);
  if (to.lines.slice(at + 1).every((text) => /^\s*(\/?\*.*)?$/.test(text)))
    to.lines.splice(at, to.lines.length - at, `${"  ".repeat(to.depth)}${head} -> skip`);
}

/** Locals that a code assigns, or whose values it changes, are kept before ways part that come together again. */
function settle(step: Step, path: Path, code: CommandCode): void {
  const { locals, roots } = assignedIn(step, code);
  for (const local of locals)
    if (storedLocal(step, local) === null && path.locals.get(local) !== "kept")
      keep(step, path, local);
  for (const root of roots) beforeWriting(step, path, root);
}

interface Assigned {
  readonly locals: ReadonlySet<MachineLocal>;
  readonly roots: ReadonlySet<string>;
}

function assignedIn(step: Step, code: CommandCode): Assigned {
  const locals = new Set<MachineLocal>();
  const roots = new Set<string>();
  const { layout } = step.translating;
  const visit = (ops: CommandCode): void => {
    for (const op of ops) {
      if (op.kind === "assign") {
        const { root } = op.place;
        if (root.kind === "variable") roots.add(layout.variables.get(root) ?? root.name);
        else addLocal(root as MachineLocal);
      } else if (op.kind === "try-acquire") addLocal(op.result);
      if ("lock" in op) roots.add(layout.locks.get(op.lock.lock) ?? op.lock.lock.name);
      if (op.kind === "if") {
        visit(op.then);
        visit(op.otherwise);
      }
      if (op.kind === "loop") visit(op.body);
    }
  };
  const addLocal = (local: MachineLocal): void => {
    const stored = storedLocal(step, local);
    if (stored === null) locals.add(local);
    else roots.add(rootOf(stored.place));
  };
  visit(code);
  return { locals, roots };
}

// ---------------------------------------------------------------- loops

function loop(step: Step, path: Path, op: OpOf<"loop">, rest: () => void): void {
  const { to } = step;
  settle(step, path, [op]);
  for (const root of assignedIn(step, [op]).roots) path.written.add(root);
  const rounds = step.scratch.round(path.loops.length).name;
  const again = step.label("again");
  const after = step.label("after");
  path.dirty.add(rounds);
  const inside = branchOf(path, {
    tail: false,
    loops: [...path.loops, { id: op.id, again, after }],
  });
  line(to, `${rounds} = 0;`);
  line(to, `${again}:`);
  line(to, "do");
  arm(step, `:: ${rounds} < ${op.limit}`, () => {
    line(to, `${rounds}++;`);
    writeCode(step, inside, op.body);
  });
  arm(step, ":: else", () => failWith(step, inside, "endless-loop"));
  line(to, "od;");
  line(to, `${after}: skip;`);
  join(path, [inside]);
  rest();
}

// ---------------------------------------------------------------- the end

function arrive(step: Step, path: Path, op: OpOf<"goto">): void {
  const { translating, self } = step;
  if (self === null) throw new Error("an action that goes to a location");
  const { layout, notions } = translating;
  path.locals.clear();
  for (const local of op.resets) {
    const stored = storedLocal(step, local);
    if (stored !== null)
      putShared(step, path, stored, literal(notions, firstValue(local.type), local.type));
  }
  const process = processLayout(layout, self.process);
  const moved = op.location !== step.from;
  if (moved) {
    const place = instancePlace(layout, process, process.at, locationType(process), self);
    put(step, [`${placeText(place, layout)} = ${process.locations[op.location] ?? ""}`]);
    path.written.add(process.at);
  }
  finishStep(step, path, moved);
}
