// Writes the code of one step as statements of Promela. What may go wrong is looked at before anything is written, or,
// where that is too late, what was written is put back, so that a faulting step changes nothing.

import type { CommandCode, CommandOp } from "../../machine/command.ts";
import { firstValue, type MachineLocal, type Place } from "../../machine/machine.ts";
import { evaluate } from "../scalar/evaluate.ts";
import { lockFaults, lockKeys, sleepsUnderSpinlock } from "../scalar/locks.ts";
import { type PlaceStep, placeFaults } from "../scalar/place.ts";
import type { PlaceText, Scalar } from "../scalar/scalar.ts";
import { isFalse, isTrue, less, not, number, TRUE } from "../scalar/scalar-build.ts";
import { mayGoWrong } from "../scalar/scope.ts";
import type { Symbolic, Who } from "../scalar/symbolic.ts";
import { scalar, scalarOf, shaped } from "../scalar/symbolic-build.ts";
import { literal } from "../scalar/symbolic-values.ts";
import { line } from "../text.ts";
import { comment } from "./comments.ts";
import { reportUnless } from "./findings.ts";
import { type Layout, locationType, processLayout } from "./layout.ts";
import { placeText, text } from "./print.ts";
import {
  elementPlace,
  instancePlace,
  itemPlace,
  ownerPlace,
  part,
  pidScalar,
  rawRead,
  readerPlace,
  type Stored,
} from "./reading.ts";
import { failWith, finishStep, indented, unlessFaulty } from "./step-ends.ts";
import {
  beforeWriting,
  branchOf,
  join,
  keep,
  keptPlace,
  type Path,
  put,
  putShared,
  putValue,
  readingOf,
  type Step,
  scopeAt,
  setLocal,
  storedLocal,
} from "./step-path.ts";
import { readsOf, rootOf } from "./store.ts";

type OpOf<K extends CommandOp["kind"]> = Extract<CommandOp, { readonly kind: K }>;

/** Writes a code from a position on. */
export function writeCode(step: Step, path: Path, code: CommandCode, position = 0): void {
  const op = code[position];
  if (op === undefined) return;
  const rest = (): void => writeCode(step, path, code, position + 1);
  switch (op.kind) {
    case "assign":
      assign(step, path, op.place, op, rest);
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
      lockOp(step, path, op, rest);
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

function selfOf({ self }: Step): Who {
  if (self === null) throw new Error("a lock operation in an action");
  return self;
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

/** Something to be told unless the condition holds; the step goes on. */
function note(step: Step, finding: number, condition: Scalar): void {
  const { layout } = step.translating;
  reportUnless(
    step.to,
    step.findings,
    finding,
    text(condition, layout),
    text(not(condition), layout),
  );
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

// ---------------------------------------------------------------- assignments

function assign(
  step: Step,
  path: Path,
  place: Place,
  op: OpOf<"assign">,
  rest: () => void,
): void {
  const scope = scopeAt(step, path);
  const value = evaluate(op.value, scope);
  const steps = placeFaults(place, value, scope, op.value.type);
  unlessFaulty(step, path, scope.sites, () => {
    putIn(step, path, place, steps, shaped(value, place.type));
    rest();
  });
}

function putIn(
  step: Step,
  path: Path,
  place: Place,
  steps: readonly PlaceStep[],
  value: Symbolic,
): void {
  const { root } = place;
  const { layout } = step.translating;
  if (root.kind === "variable") {
    const whole: Stored = { place: [layout.variables.get(root) ?? root.name], type: root.type };
    withFixedIndices(step, whole, steps, place, (stored) =>
      putShared(step, path, stored, value),
    );
    return;
  }
  const stored = storedLocal(step, root);
  if (stored !== null) {
    withFixedIndices(step, stored, steps, place, (inner) =>
      putShared(step, path, inner, value),
    );
    return;
  }
  if (steps.length === 0) {
    setLocal(step, path, root, value);
    return;
  }
  withFixedIndices(step, keptPlace(step, path, root), steps, place, (inner) =>
    putValue(step, path, inner, value),
  );
}

/** The part of a place that is assigned; its index is kept where putting the value in place could change it. */
function withFixedIndices(
  step: Step,
  whole: Stored,
  steps: readonly PlaceStep[],
  { type }: Place,
  store: (stored: Stored) => void,
): void {
  const root = rootOf(whole.place);
  const slots: string[] = [];
  const fixed = steps.map((one): PlaceStep => {
    if (one.kind === "field" || isOneNumber(type)) return one;
    if (!readsOf(one.index).some((read) => rootOf(read) === root)) return one;
    const { name } = step.scratch.slot(slots.length);
    slots.push(name);
    put(step, [`${name} = ${text(one.index, step.translating.layout)}`]);
    return { ...one, index: rawRead([name]) };
  });
  store(placeIn(step.translating.layout, whole, fixed));
  put(step, slots.map((name) => `${name} = 0`));
}

function isOneNumber(type: Place["type"]): boolean {
  const of = type.kind === "option" ? type.of : type;
  return of.kind === "bool" || of.kind === "range" || of.kind === "enum";
}

/** A part of what is stored. */
function placeIn(layout: Layout, whole: Stored, steps: readonly PlaceStep[]): Stored {
  return steps.reduce<Stored>(({ place, type }, one) => {
    if (one.kind === "field") {
      const field = type.kind === "record" && type.fields.find(({ name }) => name === one.name);
      if (!field) throw new Error(`no field ${one.name}`);
      return { place: part.field(layout, place, one.name), type: field.type };
    }
    if (type.kind === "array")
      return { place: elementPlace(layout, place, type, one.index), type: type.of };
    if (type.kind === "sequence")
      return { place: itemPlace(layout, place, type.of, one.index), type: type.of };
    throw new Error(`an index into a ${type.kind}`);
  }, whole);
}

// ---------------------------------------------------------------- locks

function lockOp(
  step: Step,
  path: Path,
  op: OpOf<"acquire" | "try-acquire" | "release" | "downgrade">,
  rest: () => void,
): void {
  const { layout } = step.translating;
  const self = selfOf(step);
  const { lock } = op.lock;
  const scope = scopeAt(step, path);
  const keys = lockFaults(op, self, scope);
  const sleeps = op.kind === "acquire" ? sleepsUnderSpinlock(op, self, scope) : not(TRUE);
  unlessFaulty(step, path, scope.sites, () => {
    if (!isFalse(sleeps)) note(step, step.findings.numberOf("lock_use"), not(sleeps));
    const pid = pidScalar(layout, self);
    const owner = ownerPlace(layout, lock, keys);
    const root = rootOf(owner);
    const set = (place: PlaceText, value: string): string =>
      `${placeText(place, layout)} = ${value}`;
    const take = set(owner, text(pid, layout));
    const free = set(owner, "0");
    const shared = lock.class === "rwsem";
    const reader = (): PlaceText => readerPlace(layout, lock, keys, pid);
    if (op.kind === "try-acquire") {
      const before = readingOf(step, path).lock(lock, keys);
      keepResult(step, path, op.result, before.free);
      const taken = scalarOf(readingOf(step, path).local(op.result));
      beforeWriting(step, path, root);
      line(step.to, "if");
      line(step.to, `:: ${text(taken, layout)} -> ${take}`);
      line(step.to, ":: else");
      line(step.to, "fi;");
    } else {
      beforeWriting(step, path, root);
      if (op.kind === "acquire") put(step, [op.read ? set(reader(), "true") : take]);
      else if (op.kind === "downgrade") put(step, [free, set(reader(), "true")]);
      else if (!shared) put(step, [free]);
      else {
        const owned = readingOf(step, path).lock(lock, keys).ownedBy(self);
        line(step.to, "if");
        line(step.to, `:: ${text(owned, layout)} -> ${free}`);
        line(step.to, `:: else -> ${set(reader(), "false")}`);
        line(step.to, "fi;");
      }
    }
    path.written.add(root);
    rest();
  });
}

/** Whether the lock was free decides what is written to it, so it is kept. */
function keepResult(step: Step, path: Path, result: MachineLocal, free: Scalar): void {
  const stored = storedLocal(step, result);
  if (stored !== null) {
    putShared(step, path, stored, scalar(free));
    return;
  }
  setLocal(step, branchPathOf(path), result, scalar(free));
  path.locals.set(result, "kept");
}

/** The same path, in which values of locals are kept rather than put in for them. */
function branchPathOf(path: Path): Path {
  return { ...path, tail: false };
}

// ---------------------------------------------------------------- the end

function arrive(step: Step, path: Path, op: OpOf<"goto">): void {
  const { translating, self } = step;
  if (self === null) throw new Error("an action that goes to a location");
  const { layout, notions } = translating;
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
