// The ways through one code: choices and waits become assumptions, and what may follow a choice is repeated behind each
// of its alternatives. Code without choices and waits stays as it is.

import type { Span } from "../diagnostics/source.ts";
import { mapChildren } from "../language/expressions.ts";
import { blocksOf } from "./code.ts";
import type { Assume, CommandCode, CommandOp } from "./command.ts";
import { type Assignments, Known } from "./commands-known.ts";
import type { Code, Expr, MachineLocal, Op } from "./machine.ts";

export interface Way {
  readonly choices: readonly MachineLocal[];
  readonly code: CommandCode;
}

/** Leaves the recursion: the code has no finite number of ways that can be told beforehand. Never leaves this room. */
export class Refused extends Error {
  readonly span: Span;

  constructor(span: Span, reason: string) {
    super(reason);
    this.span = span;
  }
}

/** More ways through one step than this are refused, and more ops on the way through unrolled loops. */
const MOST_WAYS = 4096;
const MOST_UNROLLED = 2_000;

type OpOf<K extends Op["kind"]> = Extract<Op, { readonly kind: K }>;

/** A code that is being walked; behind the body of an unrolled loop stands its next round, behind any other code the outer one. */
interface Control {
  readonly code: Code;
  readonly position: number;
  readonly loop: OpOf<"loop"> | null;
  readonly outer: Control | null;
}

/** All ways through a code, in the order of successors. `taken` are the names that choices may not have. */
export function waysThrough(code: Code, taken: ReadonlySet<string>): readonly Way[] {
  const splitter = new Splitter(taken);
  return splitter.ways({ code, position: 0, loop: null, outer: null }, new Known());
}

/** A class because names and limits are counted over the whole code. */
class Splitter {
  private readonly taken: Set<string>;
  private unrolled = 0;

  constructor(taken: ReadonlySet<string>) {
    this.taken = new Set(taken);
  }

  /** The ways from here to the end of the path, or of the body of a loop that is kept. */
  ways(from: Control | null, at: Known): readonly Way[] {
    const out: CommandOp[] = [];
    let known = at;
    let control = from;
    for (;;) {
      const next = nextOp(control);
      if (next === null) return [{ choices: [], code: out }];
      const { op } = next;
      control = next.control;
      const unrolling = this.countUnrolled(control);
      switch (op.kind) {
        case "if": {
          if (unrolling) {
            const truth = known.truth(op.condition);
            if (truth !== null) {
              control = inside(truth ? op.then : op.otherwise, control);
              break;
            }
          }
          const jumps = !alwaysFallsThrough(op);
          if (!forks(op) && !jumps) {
            out.push(this.whole(op, known));
            known = known.after(assignmentsIn(op));
            break;
          }
          const [then, otherwise] = [
            this.ways(inside(op.then, control), known),
            this.ways(inside(op.otherwise, control), known),
          ];
          const [one, other] = [then[0], otherwise[0]];
          if (isOnly(then) && isOnly(otherwise) && one !== undefined && other !== undefined) {
            out.push({ ...op, then: one.code, otherwise: other.code });
            return [{ choices: [], code: out }];
          }
          const { condition, span } = op;
          const assume = (negated: boolean): CommandOp => ({
            ...{ kind: "assume", condition, negated, faulty: !negated, span },
          });
          const split = [...behind([assume(false)], then), ...behind([assume(true)], otherwise)];
          return this.limited(behind(out, split), span);
        }
        case "loop":
          if (!forks(op) && !jumpsTo(op, unrolledLoops(control))) {
            out.push({
              ...op,
              body: this.only({ ...START, code: op.body }, known.after(assignmentsIn(op))),
            });
            known = known.after(assignmentsIn(op));
            break;
          }
          control = { code: op.body, position: 0, loop: op, outer: control };
          break;
        case "break": {
          const around = loopAround(control, op.loop);
          if (around === null) return ended(out, op);
          control = around.outer;
          break;
        }
        case "continue": {
          const around = loopAround(control, op.loop);
          if (around === null) return ended(out, op);
          control = { ...around, position: 0 };
          break;
        }
        case "either": {
          const { branches, span } = op;
          const ways = branches.flatMap((branch) => this.ways(inside(branch, control), known));
          return this.limited(behind(out, ways), span);
        }
        case "pick":
          return this.limited(behind(out, this.picked(op, control, known)), op.span);
        case "await": {
          const { condition, span } = op;
          out.push({ kind: "assume", condition, negated: false, faulty: true, span });
          break;
        }
        case "acquire":
          out.push({ kind: "assume-available", acquire: op, span: op.span }, op);
          break;
        case "goto":
        case "stop":
        case "fault":
          return ended(out, op);
        default:
          out.push(op);
          known = known.after(assignmentsIn(op));
      }
    }
  }

  private picked(op: OpOf<"pick">, control: Control | null, known: Known): readonly Way[] {
    const { local, set, where, span } = op;
    const choice: MachineLocal = {
      ...local,
      name: this.fresh(`${local.name}_choice`),
      stored: false,
    };
    const front: CommandOp[] = [
      { kind: "assume-member", choice, set, faulty: true, span },
      {
        kind: "assign",
        place: { root: local, path: [], type: local.type, span: local.span },
        value: { kind: "local", local: choice, type: choice.type, span: local.span },
        span,
      },
    ];
    if (where !== null) {
      front.push({
        kind: "assume",
        condition: where,
        negated: false,
        faulty: true,
        span: where.span,
      });
    }
    const assigned: Assignments = [{ local, value: null }];
    const body = this.ways(inside(op.body, control), known.after(assigned));
    const ways = behind(
      front,
      body.map((way) => ({ ...way, choices: [choice, ...way.choices] })),
    );
    if (op.stuck === "wait") return ways;
    const stuck: Assume = {
      kind: "assume",
      condition: someCandidate(op),
      negated: true,
      faulty: false,
      span,
    };
    return [
      ...ways,
      { choices: [], code: [stuck, { kind: "fault", fault: "atomic-stuck", span }] },
    ];
  }

  /** An op without choices, waits and jumps, with its blocks. */
  private whole(op: OpOf<"if">, known: Known): CommandOp {
    const block = (code: Code): CommandCode => this.only({ ...START, code }, known);
    return { ...op, then: block(op.then), otherwise: block(op.otherwise) };
  }

  private only(control: Control, known: Known): CommandCode {
    const [way] = this.ways(control, known);
    if (way === undefined) throw new Error("a code without a way through it");
    return way.code;
  }

  private fresh(wanted: string): string {
    let name = wanted;
    for (let count = 2; this.taken.has(name); count += 1) name = `${wanted}_${count}`;
    this.taken.add(name);
    return name;
  }

  private limited(ways: readonly Way[], span: Span): readonly Way[] {
    if (ways.length > MOST_WAYS) throw new Refused(span, "this step has too many ways through it");
    return ways;
  }

  /** Is control in an unrolled loop? Then it must come out of it before long. */
  private countUnrolled(control: Control | null): boolean {
    const loop = unrolledLoops(control)[0];
    if (loop === undefined) return false;
    this.unrolled += 1;
    if (this.unrolled > MOST_UNROLLED) {
      throw new Refused(
        loop.span,
        "this loop before a choice or wait does not have a fixed number of rounds",
      );
    }
    return true;
  }
}

const START = { position: 0, loop: null, outer: null } as const;

function inside(code: Code, outer: Control | null): Control {
  return { code, position: 0, loop: null, outer };
}

function ended(out: readonly CommandOp[], last: CommandOp): readonly Way[] {
  return [{ choices: [], code: [...out, last] }];
}

function isOnly(ways: readonly Way[]): boolean {
  return ways.length === 1 && ways.every((way) => !way.code.some(isAssume));
}

function isAssume(op: CommandOp): op is Assume {
  return op.kind === "assume" || op.kind === "assume-member" || op.kind === "assume-available";
}

/** The ways with this code in front. Where one of its assumptions faults, only the first way stands for that. */
function behind(front: readonly CommandOp[], ways: readonly Way[]): readonly Way[] {
  if (front.length === 0) return ways;
  const others = front.map((op) =>
    op.kind === "assume" || op.kind === "assume-member" ? { ...op, faulty: false } : op,
  );
  return ways.map(({ choices, code }, position) => ({
    choices,
    code: [...(position === 0 ? front : others), ...code],
  }));
}

/** Takes the next op; falls through ends of code and starts rounds of unrolled loops. */
function nextOp(from: Control | null): { readonly op: Op; readonly control: Control } | null {
  for (let control = from; control !== null; ) {
    const op = control.code[control.position];
    if (op !== undefined) return { op, control: { ...control, position: control.position + 1 } };
    control = control.loop === null ? control.outer : { ...control, position: 0 };
  }
  return null;
}

/** The unrolled loop around that has this id; null if it is one that is kept. */
function loopAround(from: Control | null, id: number): Control | null {
  for (let control = from; control !== null; control = control.outer) {
    if (control.loop?.id === id) return control;
  }
  return null;
}

function unrolledLoops(from: Control | null): readonly OpOf<"loop">[] {
  const loops: OpOf<"loop">[] = [];
  for (let control = from; control !== null; control = control.outer) {
    if (control.loop !== null) loops.push(control.loop);
  }
  return loops;
}

/** Is there a choice or a wait in this op? */
function forks(op: Op): boolean {
  if (op.kind === "either" || op.kind === "pick" || op.kind === "await" || op.kind === "acquire") {
    return true;
  }
  return blocksOf(op).some((block) => block.some(forks));
}

function jumpsTo(op: Op, loops: readonly OpOf<"loop">[]): boolean {
  if (op.kind === "break" || op.kind === "continue") return loops.some(({ id }) => id === op.loop);
  return blocksOf(op).some((block) => block.some((inner) => jumpsTo(inner, loops)));
}

/** Does every path through the op come to the op behind it, unless something goes wrong? */
function alwaysFallsThrough(op: Op): boolean {
  switch (op.kind) {
    case "goto":
    case "stop":
    case "fault":
    case "break":
    case "continue":
    case "either":
    case "pick":
      return false;
    case "loop":
      return !jumpsOut(op.body, new Set([op.id]));
    default:
      return blocksOf(op).every((block) => block.every(alwaysFallsThrough));
  }
}

/** May a path leave this code other than by jumps to these loops or by falling through? */
function jumpsOut(code: Code, within: ReadonlySet<number>): boolean {
  return code.some((op) => {
    switch (op.kind) {
      case "break":
      case "continue":
        return !within.has(op.loop);
      case "loop":
        return jumpsOut(op.body, new Set([...within, op.id]));
      case "if":
        return jumpsOut(op.then, within) || jumpsOut(op.otherwise, within);
      default:
        return !alwaysFallsThrough(op);
    }
  });
}

/** Whole locals that an op may set. */
function assignmentsIn(op: Op): Assignments {
  switch (op.kind) {
    case "assign": {
      const { root, path } = op.place;
      if (root.kind !== "local") return [];
      return [{ local: root, value: path.length === 0 ? op.value : null }];
    }
    case "try-acquire":
      return [{ local: op.result, value: null }];
    default:
      return blocksOf(op).flatMap((block) =>
        block.flatMap(assignmentsIn).map(({ local }) => ({ local, value: null })),
      );
  }
}

/** That the set of a pick has a candidate: the same in an expression. */
function someCandidate({ local, set, where, span }: OpOf<"pick">): Expr {
  const binder = { kind: "binder", name: local.name, type: local.type, span: local.span } as const;
  const type = { kind: "bool" } as const;
  const candidate: Expr = { kind: "bound", binder, type: local.type, span: local.span };
  const body: Expr =
    where === null
      ? { kind: "literal", value: true, type, span }
      : replaceLocal(where, local, candidate);
  return { kind: "quantifier", quantifier: "exists", binder, set, body, type, span };
}

function replaceLocal(expr: Expr, local: MachineLocal, by: Expr): Expr {
  if (expr.kind === "local" && expr.local === local) return by;
  return mapChildren(expr, (child) => replaceLocal(child, local, by));
}
