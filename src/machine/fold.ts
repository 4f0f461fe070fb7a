// From control-flow nodes to steps: which nodes are locations, and the code that runs from each to the next.
//
// A step begins at a location and runs on through local work until control stands before the next step. A choice runs on
// through the first step of the branch taken; an `atomic` block runs through to its end. The code is structured again:
// an `if` whose arms meet falls through, a cycle of local work inside a step becomes a `loop`, and forks come last, with
// the rest of the path inside. `folding` off makes local work a location of its own (except where properties or
// `done` could tell the difference), so that tests can compare both machines.

import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { report } from "../diagnostics/report.ts";
import { type GraphNode, type LoopNode, type Region, successorsOf } from "./graph.ts";
import type { Code, Op } from "./machine.ts";
import { after, arrive, FRESH, type Progress, SPENT, same } from "./progress.ts";

/** Rounds that a loop inside one step may take before it is the fault `endless-loop`. */
export const LOOP_LIMIT = 65_536;

/** More ops than this in the code of one process is refused. */
const OP_LIMIT = 400_000;

/** The id that `goto`s to the end carry until all locations are known. */
export const DONE = -1;

export interface FoldedUnit {
  readonly start: Code;
  /** One entry a location, in the order of discovery; the end is not among them (see DONE). */
  readonly locations: readonly {
    readonly node: GraphNode;
    readonly code: Code;
    readonly local: boolean;
  }[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A node at which several paths meet: all must arrive with the same progress, else the code behind it is not shared. */
interface Meeting {
  readonly node: GraphNode;
  arrived: Progress | null;
  mismatch: boolean;
}

interface ActiveLoop {
  readonly head: LoopNode;
  readonly entered: Progress;
  readonly id: number;
  readonly exit: Meeting | null;
  continued: boolean;
}

/** What a path may end in beside a location: falling through to the next op, or a jump of an enclosing loop. */
interface Around {
  readonly join: Meeting | null;
  readonly loops: readonly ActiveLoop[];
}

const NOTHING: Around = { join: null, loops: [] };

/** Folds a process from its entry. */
export function foldProcess(entry: GraphNode, folding: boolean): FoldedUnit {
  const folder = new Folder(folding ? () => false : isSplittable);
  const start = folder.code(entry, SPENT);
  const locations: { node: GraphNode; code: Code; local: boolean }[] = [];
  for (let id = 0; id < folder.found.length && !folder.overgrown; id += 1) {
    const node = folder.found[id];
    if (node === undefined) break;
    const local = !node.step;
    locations.push({
      node,
      code: folder.code(node, local ? { ...FRESH, single: true } : FRESH),
      local,
    });
  }
  return { start, locations, diagnostics: folder.diagnostics };
}

/** Folds the body of an action, which is one region. */
export function foldAction(
  entry: GraphNode,
  region: Region,
): { readonly code: Code; readonly diagnostics: readonly Diagnostic[] } {
  const folder = new Folder(() => false);
  const code = folder.code(entry, { ...FRESH, region });
  return { code, diagnostics: folder.diagnostics };
}

/** A class because the locations found, the loop ids and the diagnostics grow while code is made. */
class Folder {
  readonly found: GraphNode[] = [];
  readonly diagnostics: Diagnostic[] = [];
  overgrown = false;
  private readonly ids = new Map<GraphNode, number>();
  private readonly apart: (node: GraphNode) => boolean;
  private readonly waitsReported = new Set<number>();
  private loopCount = 0;
  private ops = 0;

  constructor(apart: (node: GraphNode) => boolean) {
    this.apart = apart;
  }

  code(node: GraphNode, progress: Progress, around: Around = NOTHING): Code {
    const out: Op[] = [];
    this.run(node, progress, around, out);
    return out;
  }

  /** Appends the code of a path from `node` on. */
  private run(from: GraphNode, at: Progress, around: Around, out: Op[]): void {
    let node = from;
    let progress = at;
    for (;;) {
      progress = arrive(node, progress);
      if (this.stops(node, progress, around, out) || this.tooMany(node)) return;
      if (node.line >= 0 && node.kind !== "either" && node.kind !== "pick")
        out.push({ kind: "line", line: node.line });
      switch (node.kind) {
        case "nop":
          out.push(...node.ops);
          if (node.next === null) throw new Error("a label leads nowhere");
          node = node.next;
          break;
        case "ops":
          this.refuseWait(node, progress);
          out.push(...node.ops);
          progress = after(node, progress);
          node = node.next;
          break;
        case "atomic":
          progress = { ...FRESH, region: node.inside };
          node = node.entry;
          break;
        case "branch": {
          const meeting = this.branch(node, after(node, progress), around, out);
          if (meeting?.arrived == null) return;
          progress = meeting.arrived;
          node = meeting.node;
          break;
        }
        case "loop": {
          const left = this.loop(node, progress, around, out);
          if (left === null) return;
          if (left === "plain") {
            if (node.entry === null) throw new Error("a loop has no body");
            node = node.entry;
            break;
          }
          progress = left.arrived ?? progress;
          node = left.node;
          break;
        }
        case "either": {
          const branches = node.branches.map((branch) =>
            this.code(branch.entry, { ...progress, choice: branch.scope, single: false }),
          );
          out.push(...lineOf(node), { kind: "either", branches, span: node.span });
          return;
        }
        case "pick": {
          const stuck = progress.region !== null && progress.begun ? "fault" : "wait";
          const body = this.code(node.body.entry, {
            ...progress,
            choice: node.body.scope,
            single: false,
          });
          out.push(...lineOf(node), {
            kind: "pick",
            local: node.local,
            set: node.set,
            where: node.where,
            stuck,
            body,
            span: node.span,
          });
          return;
        }
        case "end":
          out.push(...endOps(node));
          return;
        default:
          node satisfies never;
      }
    }
  }

  /** Whether the path ends here: at a meeting point, a jump of a loop, or the next location. */
  private stops(node: GraphNode, progress: Progress, around: Around, out: Op[]): boolean {
    if (around.join?.node === node) {
      meet(around.join, progress);
      return true;
    }
    for (const loop of [...around.loops].reverse()) {
      if (loop.head === node && same(loop.entered, progress)) {
        loop.continued = true;
        out.push({ kind: "continue", loop: loop.id });
        return true;
      }
      if (loop.exit?.node === node) {
        meet(loop.exit, progress);
        out.push({ kind: "break", loop: loop.id });
        return true;
      }
    }
    if (progress.spent && (node.step || this.apart(node))) {
      let id = this.ids.get(node);
      if (id === undefined) {
        id = this.found.length;
        this.ids.set(node, id);
        this.found.push(node);
      }
      out.push({ kind: "goto", location: id, resets: [] });
      return true;
    }
    return false;
  }

  /** An `if`; gives the meeting point behind it, or null if the arms have taken the rest of the path into themselves. */
  private branch(
    node: GraphNode & { kind: "branch" },
    progress: Progress,
    around: Around,
    out: Op[],
  ): Meeting | null {
    const { condition, span } = node;
    if (node.join !== null) {
      const join: Meeting = { node: node.join, arrived: null, mismatch: false };
      const inside = { ...around, join };
      const then = this.code(node.then, progress, inside);
      const otherwise = this.code(node.otherwise, progress, inside);
      if (!join.mismatch) {
        out.push({ kind: "if", condition, then, otherwise, span });
        return join;
      }
    }
    const then = this.code(node.then, progress, around);
    const otherwise = this.code(node.otherwise, progress, around);
    out.push({ kind: "if", condition, then, otherwise, span });
    return null;
  }

  /** A loop head: "plain" if no round can follow another within this step; else the loop's exit, null if it has none. */
  private loop(
    node: LoopNode,
    progress: Progress,
    around: Around,
    out: Op[],
  ): Meeting | "plain" | null {
    if (node.entry === null) throw new Error("a loop has no body");
    const attempt = (exit: Meeting | null): { active: ActiveLoop; body: Code } => {
      const active: ActiveLoop = {
        head: node,
        entered: progress,
        id: this.loopCount,
        exit,
        continued: false,
      };
      this.loopCount += 1;
      const body = this.code(node.entry ?? node, progress, {
        join: null,
        loops: [...around.loops, active],
      });
      return { active, body };
    };
    let tried = attempt(
      node.exit === null ? null : { node: node.exit, arrived: null, mismatch: false },
    );
    if (!tried.active.continued) return "plain";
    if (tried.active.exit?.mismatch === true) tried = attempt(null);
    out.push({
      kind: "loop",
      id: tried.active.id,
      body: tried.body,
      limit: LOOP_LIMIT,
      span: node.span,
    });
    const { exit } = tried.active;
    return exit?.arrived == null ? null : exit;
  }

  private refuseWait(node: GraphNode & { kind: "ops" }, progress: Progress): void {
    if (!node.waits || !progress.begun || this.waitsReported.has(node.line)) return;
    this.waitsReported.add(node.line);
    const op = node.ops[0];
    if (op !== undefined && "span" in op)
      this.diagnostics.push(report("await-inside-atomic", op.span, {}));
  }

  private tooMany(node: GraphNode): boolean {
    this.ops += 1;
    if (this.ops <= OP_LIMIT) return false;
    if (!this.overgrown)
      this.diagnostics.push(
        report("spec-too-large", "span" in node ? node.span : null, { limit: OP_LIMIT }),
      );
    this.overgrown = true;
    return true;
  }
}

function lineOf(node: GraphNode): readonly Op[] {
  return node.line >= 0 ? [{ kind: "line", line: node.line }] : [];
}

function endOps(node: GraphNode & { kind: "end" }): readonly Op[] {
  if (node.ofAction) return [{ kind: "stop" }];
  return [
    { kind: "end", span: node.span },
    { kind: "goto", location: DONE, resets: [] },
  ];
}

function meet(meeting: Meeting, progress: Progress): void {
  if (meeting.arrived === null) meeting.arrived = progress;
  else if (!same(meeting.arrived, progress)) meeting.mismatch = true;
}

/**
 * Whether an unfolded machine may stop before this local node: not inside `atomic`, and not if a cost, ghost or contract
 * (which belong to the step before) or the end, which others can see by `done`, would be delayed.
 */
function isSplittable(node: GraphNode): boolean {
  if (node.step || node.region !== null) return false;
  if (!(node.kind === "branch" || (node.kind === "ops" && node.local))) return false;
  const seen = new Set<GraphNode>();
  const delaysSomething = (at: GraphNode): boolean => {
    if (at.step || seen.has(at)) return false;
    seen.add(at);
    if (at.kind === "end") return true;
    if (at.kind === "ops" && !at.local) return true;
    return successorsOf(at).some(delaysSomething);
  };
  return !delaysSomething(node);
}
