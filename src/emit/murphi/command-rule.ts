// The body of a rule: the ops of a command as statements of Murphi, in the order of the spec.

import type { Assume, CommandCode, CommandOp } from "../../machine/command.ts";
import type { Expr, Place, Type } from "../../machine/machine.ts";
import { evaluate } from "../scalar/evaluate.ts";
import { available, costFaults, lockKeys } from "../scalar/locks.ts";
import { type PlaceStep, placeFaults } from "../scalar/place.ts";
import type { PlaceText, Scalar } from "../scalar/scalar.ts";
import { and, isTrue, not } from "../scalar/scalar-build.ts";
import type { Scope } from "../scalar/scope.ts";
import { expect, scalarOf, shaped } from "../scalar/symbolic-build.ts";
import { fits } from "../scalar/symbolic-fits.ts";
import { isScalarType } from "../scalar/symbolic-values.ts";
import { line } from "../text.ts";
import { readsRoot } from "./assigned.ts";
import { indicesOf } from "./axes.ts";
import { type Body, faults, scopeIn, textIn, valueIn } from "./body.ts";
import { type Inside, placeOfLocal } from "./context.ts";
import { faultStatements, noteStatement } from "./judging.ts";
import { fieldName, isOneWord, SEQUENCE, typeText } from "./layout.ts";
import { lockStatements } from "./lock-statements.ts";
import { ofProcess, part, processLayout } from "./reading.ts";
import { placeText } from "./scalar-text.ts";
import { block, either, store, storeFirst } from "./store.ts";
import { Unsayable } from "./unsayable.ts";

/** Statements for a block of code. */
export function codeStatements(body: Body, code: CommandCode): void {
  code.forEach((op, position) => {
    const last = body.last && position === code.length - 1;
    statements({ ...body, last }, op);
    if (op.kind !== "loop") return;
    const outer = [...body.loops].filter(([id]) => jumpsTo(op.body, id));
    if (outer.length === 0) return;
    throw new Unsayable("a jump out of two loops inside one step", op.span);
  });
}

function jumpsTo(code: CommandCode, loop: number): boolean {
  return code.some((op) => {
    if (op.kind === "break" || op.kind === "continue") return op.loop === loop;
    if (op.kind === "if") return jumpsTo(op.then, loop) || jumpsTo(op.otherwise, loop);
    return op.kind === "loop" && jumpsTo(op.body, loop);
  });
}

function statements(body: Body, op: CommandOp): void {
  const { inside, to } = body;
  const { context, self } = inside;
  const { machine } = context.layout;
  switch (op.kind) {
    case "assign":
      assign(body, op.place, op.value);
      return;
    case "if": {
      const condition = valueIn(body, op.condition);
      if (condition === null) return;
      either(
        to,
        scalarOf(condition),
        inside.text,
        () => codeStatements(body, op.then),
        () => codeStatements(body, op.otherwise),
      );
      return;
    }
    case "loop":
      loop(body, op);
      return;
    case "break":
      line(to, `${goingOn(body, op.loop)} := false;`);
      return;
    case "continue":
      return;
    case "assume":
    case "assume-member":
    case "assume-available":
      assumption(body, op);
      return;
    case "acquire":
    case "try-acquire":
    case "release":
    case "downgrade":
    case "contract":
    case "end":
      lockStatements(body, op);
      return;
    case "assert": {
      const condition = valueIn(body, op.condition);
      if (condition === null) return;
      const good = scalarOf(condition);
      const name = machine.assertions[op.assertion]?.name ?? "";
      const texts = { good: textIn(body, good), bad: textIn(body, not(good)) };
      noteStatement(to, context.judging, context.counting, { kind: "assert", name }, texts);
      return;
    }
    case "cost": {
      const scope = scopeIn(body);
      costFaults(op, scope);
      faults(body, scope.sites);
      return;
    }
    case "goto": {
      if (self === null) throw new Error("an action that goes to a location");
      if (context.judging.kind === "trial") {
        line(to, "return true;");
        return;
      }
      const process = processLayout(context.layout, self.process);
      for (const local of op.resets) {
        if (process.stored.has(local))
          storeFirst(to, placeOfLocal(inside, local), local.type, inside.text);
      }
      const at = placeText(ofProcess(process.at, self), inside.text);
      line(to, `${at} := ${process.locations[op.location]};`);
      ended(body);
      return;
    }
    case "stop":
      if (context.judging.kind === "trial") line(to, "return true;");
      else ended(body);
      return;
    case "fault": {
      const { fault: kind, span } = op;
      const fault = { kind, span, when: null, beginning: body.beginning };
      faultStatements(to, context.judging, context.counting, fault);
      return;
    }
    case "line": {
      const shown = machine.lines[op.line];
      if (shown !== undefined) line(to, `-- ${commentText(shown.text ?? shown.code)}`);
      return;
    }
    case "branch":
    case "enter":
    case "leave":
      return;
    default:
      op satisfies never;
  }
}

/** The guard says that it holds, so what remains is that it may fault; a trial finds out. */
function assumption(body: Body, op: Assume): void {
  const { inside, to } = body;
  const scope = scopeIn(body);
  const trial = inside.context.judging.kind === "trial";
  if (op.kind === "assume-available") {
    // Taking the lock, which is next, evaluates its place again.
    if (!trial || inside.self === null) return;
    const { lock, read } = op.acquire;
    const state = inside.reading.lock(lock.lock, lockKeys(lock, scope));
    if (faults(body, scope.sites)) onlyIf(available(state, read, inside.self));
    return;
  }
  const holds = assumed(inside, op, scope);
  const sane = and(...scope.sites.map(({ when }) => not(when)));
  if (op.faulty && !faults(body, scope.sites)) return;
  if (trial) onlyIf(op.faulty ? holds : and(sane, holds));

  function onlyIf(condition: Scalar): void {
    if (isTrue(condition)) return;
    line(to, `if ${textIn(body, not(condition))} then`);
    block(to, () => line(to, "return false;"));
    line(to, "end;");
  }
}

function assumed(
  { reading }: Inside,
  op: Exclude<Assume, { readonly kind: "assume-available" }>,
  scope: Scope,
): Scalar {
  if (op.kind === "assume-member")
    return expect(evaluate(op.set, scope), "set").has(reading.local(op.choice));
  const condition = scalarOf(evaluate(op.condition, scope));
  return op.negated ? not(condition) : condition;
}

/** Text of the spec that fits into a comment. */
export function commentText(shown: string): string {
  return shown.replaceAll(/\s+/g, " ").trim();
}

function ended(body: Body): void {
  body.atEnd(body);
  if (!body.last) line(body.to, "return;");
}

// ---------------------------------------------------------------- loops

function goingOn(body: Body, id: number): string {
  const again = body.loops.get(id);
  if (again === undefined) throw new Error(`no loop ${id} around`);
  return again;
}

function loop(body: Body, op: Extract<CommandOp, { readonly kind: "loop" }>): void {
  const { inside, to } = body;
  const rounds = inside.variable("rounds", `0 .. ${op.limit}`);
  const again = inside.variable("again", "boolean");
  line(to, `${rounds} := 0;`);
  line(to, `${again} := true;`);
  line(to, `while ${again} do`);
  block(to, () => {
    const { judging, counting } = inside.context;
    const when = `${rounds} = ${op.limit}`;
    const kind = "endless-loop" as const;
    const fault = { kind, span: op.span, when, beginning: body.beginning };
    faultStatements(to, judging, counting, fault);
    line(to, `${rounds} := ${rounds} + 1;`);
    const loops = new Map(body.loops).set(op.id, again);
    codeStatements({ ...body, loops, last: false }, op.body);
  });
  line(to, "end;");
}

// ---------------------------------------------------------------- assignments

function assign(body: Body, place: Place, value: Expr): void {
  const { inside, to } = body;
  const { layout } = inside.context;
  const scope = scopeIn(body);
  const made = evaluate(value, scope);
  const path = placeFaults(place, made, scope, value.type);
  if (!faults(body, scope.sites)) return;
  const target = targetOf(body, place, path);
  const copied = copiedPlace(body, value);
  const type = typeText(place.type, layout.types);
  if (isScalarType(place.type) || isOneWord(place.type)) {
    store(to, target, made, place.type, inside.text);
  } else if (fewElements(place, value) !== null) {
    changeElements(body, target, place.type, fewElements(place, value) as FewElements);
  } else if (copied !== null && typeText(value.type, layout.types) === type) {
    line(to, `${placeText(target, inside.text)} := ${placeText(copied, inside.text)};`);
  } else if (readsRoot(value, place.root)) {
    // What is read must not change while it is being written.
    const next = inside.variable(`next_${place.root.name}`, type);
    store(to, [next], made, place.type, inside.text);
    line(to, `${placeText(target, inside.text)} := ${next};`);
  } else {
    store(to, target, made, place.type, inside.text);
  }
}

/** Where a place is, its indices as they were before anything of it is written. */
function targetOf(body: Body, place: Place, path: readonly PlaceStep[]): PlaceText {
  const { inside, to } = body;
  const { layout } = inside.context;
  const root =
    place.root.kind === "variable"
      ? [layout.names.get(place.root.name) ?? place.root.name]
      : placeOfLocal(inside, place.root);
  let target: PlaceText = root;
  path.forEach((step, position) => {
    const written = place.path[position];
    if (step.kind === "field") {
      target = part.field(target, fieldName(step.name));
      return;
    }
    let { index } = step;
    if (!isScalarType(place.type) && written !== undefined && written.kind !== "field") {
      if (readsRoot(written.index, place.root)) {
        const type = written.index.type;
        const kept = inside.variable("index", typeText(type, layout.types));
        line(to, `${kept} := ${textIn(body, index)};`);
        if (isScalarType(type)) index = { kind: "read", place: [kept], type };
      }
    }
    const base = step.kind === "element" ? part.field(target, SEQUENCE.items) : target;
    target = part.index(base, index);
  });
  return target;
}

interface FewElements {
  readonly elements: readonly Expr[];
  readonly become: boolean;
}

/** `s := s union {x}` and `s := s minus {x}` change an element only. */
function fewElements({ root, path, type }: Place, value: Expr): FewElements | null {
  if (value.kind !== "set-operation" || value.operator === "intersect") return null;
  const { left, right, operator } = value;
  const same =
    (left.kind === "variable" && left.variable === root) ||
    (left.kind === "local" && left.local === root);
  if (!same || path.length > 0 || type.kind !== "set" || right.kind !== "set") return null;
  const { elements } = right;
  // Of several, the second might read what the first has changed.
  if (elements.length > 1 && elements.some((element) => readsRoot(element, root))) return null;
  return { elements, become: operator === "union" };
}

function changeElements(
  body: Body,
  target: PlaceText,
  type: Type,
  { elements, become }: FewElements,
): void {
  if (type.kind !== "set") return;
  const { inside, to } = body;
  const { layout, notions } = inside.context;
  for (const element of elements) {
    const value = evaluate(element, scopeIn(body));
    const change = (): void => {
      const indices = indicesOf(layout.plain, shaped(value, type.of), type.of);
      line(to, `${placeText(indices.reduce(part.index, target), inside.text)} := ${become};`);
    };
    either(to, fits(notions, value, element.type, type.of), inside.text, change, () => {});
  }
}

/** Where the value of an expression is kept as a whole, null if it is computed; nothing in it can fault any more. */
function copiedPlace(body: Body, expr: Expr): PlaceText | null {
  const { inside } = body;
  const { layout } = inside.context;
  switch (expr.kind) {
    case "variable":
      return [layout.names.get(expr.variable.name) ?? expr.variable.name];
    case "local":
      if (inside.values.has(expr.local)) return null;
      return placeOfLocal(inside, expr.local);
    case "field": {
      const base = copiedPlace(body, expr.base);
      return base && part.field(base, fieldName(expr.field));
    }
    case "index": {
      const base = copiedPlace(body, expr.base);
      return base && part.index(base, scalarOf(evaluate(expr.index, scopeIn(body))));
    }
    default:
      return null;
  }
}
