// The control-flow graph that statements become before they are folded into steps: one node a statement or part of one.
// Calls are already inlined here; loops keep a node of their own so that folding can see cycles.

import type { Span } from "../diagnostics/source.ts";
import type { Expr, MachineLocal, Op } from "./machine.ts";

/** An `atomic` block (outermost ones only), or the body of an action. */
export interface Region {
  readonly span: Span;
}

/** The body of one branch of a choice; `parent` is the scope around the choice. */
export interface Scope {
  readonly parent: Scope | null;
}

interface NodeBase {
  readonly region: Region | null;
  readonly scope: Scope | null;
  /** Inlined calls around it, outermost first. */
  readonly stack: readonly number[];
  /** The fn, process or action that holds the statement. */
  readonly owner: string;
  /** Index into the lines, -1 for nodes without a line of their own. */
  readonly line: number;
  /** Whether it is a step when it stands outside `atomic`. */
  readonly step: boolean;
}

export type GraphNode =
  | OpsNode
  | BranchNode
  | EitherNode
  | PickNode
  | AtomicNode
  | LoopNode
  | NopNode
  | EndNode;

/** Ops in a row; `waits` if the first may not be able to run. */
export interface OpsNode extends NodeBase {
  readonly kind: "ops";
  readonly ops: readonly Op[];
  readonly waits: boolean;
  /** Local work of its own, which an unfolded machine keeps apart. */
  readonly local: boolean;
  readonly next: GraphNode;
  /** The node that starts a bounded loop's next round: no cycle without a step goes through it for ever. */
  readonly nextRound: boolean;
}
export interface BranchNode extends NodeBase {
  readonly kind: "branch";
  readonly condition: Expr;
  readonly span: Span;
  readonly then: GraphNode;
  readonly otherwise: GraphNode;
  /** Where both arms meet again, if the source says so. */
  readonly join: GraphNode | null;
}
export interface EitherNode extends NodeBase {
  readonly kind: "either";
  readonly span: Span;
  readonly branches: readonly { readonly scope: Scope; readonly entry: GraphNode }[];
}
export interface PickNode extends NodeBase {
  readonly kind: "pick";
  readonly span: Span;
  readonly local: MachineLocal;
  readonly set: Expr;
  readonly where: Expr | null;
  readonly body: { readonly scope: Scope; readonly entry: GraphNode };
}
/** The step that an `atomic` block is; the nodes inside have its region. */
export interface AtomicNode extends NodeBase {
  readonly kind: "atomic";
  readonly inside: Region;
  readonly entry: GraphNode;
}
/** The head of a loop: going on here starts a round; `exit` is where control goes after the loop. */
export interface LoopNode extends NodeBase {
  readonly kind: "loop";
  readonly span: Span;
  entry: GraphNode | null;
  readonly exit: GraphNode | null;
}
/** Marks only: labels, calls entered and left, branches. `next` is set when the labelled statement is built. */
export interface NopNode extends NodeBase {
  readonly kind: "nop";
  ops: readonly Op[];
  next: GraphNode | null;
  /** Where the label stands, for nodes that are one. */
  readonly span?: Span;
}
/** The end of a process or action. */
export interface EndNode extends NodeBase {
  readonly kind: "end";
  readonly span: Span;
  readonly ofAction: boolean;
}

/** The nodes to which control can go on from here. */
export function successorsOf(node: GraphNode): readonly GraphNode[] {
  switch (node.kind) {
    case "ops":
      return [node.next];
    case "branch":
      return [node.then, node.otherwise];
    case "either":
      return node.branches.map((branch) => branch.entry);
    case "pick":
      return [node.body.entry];
    case "atomic":
      return [node.entry];
    case "loop":
      return node.entry === null ? [] : [node.entry];
    case "nop":
      return node.next === null ? [] : [node.next];
    case "end":
      return [];
    default:
      return node satisfies never;
  }
}
