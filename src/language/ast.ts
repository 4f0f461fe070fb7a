// The tree as written: one node per construct, every node with its span, nothing resolved.
// Patches are applied on this tree (patch.ts), and it can be printed back (format.ts).

import type { Source, Span } from "../diagnostics/source.ts";

export interface Name {
  readonly text: string;
  readonly span: Span;
}

/** A `//` comment, or a blank-line-separated block of them, kept for the formatter only. */
export interface Comment {
  readonly text: string;
  readonly span: Span;
}

/**
 * A `///` text. `trailing` stands behind something on its line, otherwise it has the line to itself.
 * Own-line texts that directly follow a trailing one continue it and are already joined to it (by one space).
 */
export interface Text {
  readonly text: string;
  readonly trailing: boolean;
  readonly span: Span;
}

// ---------------------------------------------------------------- files

export interface SpecFile {
  readonly kind: "spec";
  readonly source: Source;
  readonly name: Name;
  readonly doc: string | null;
  readonly declarations: readonly Declaration[];
  readonly comments: readonly Comment[];
  readonly texts: readonly Text[];
  readonly span: Span;
}

export interface PatchFile {
  readonly kind: "patch";
  readonly source: Source;
  readonly name: Name;
  readonly doc: string | null;
  /** The path as written, relative to this file. */
  readonly base: { readonly path: string; readonly span: Span };
  readonly items: readonly PatchItem[];
  readonly comments: readonly Comment[];
  readonly texts: readonly Text[];
  readonly span: Span;
}

export type File = SpecFile | PatchFile;

export type PatchItem =
  | {
      readonly kind: "set";
      readonly name: Name;
      readonly value: Expression;
      readonly doc: string | null;
      readonly span: Span;
    }
  | {
      readonly kind: "replace";
      readonly declaration: FunctionDeclaration | ProcessDeclaration | ActionDeclaration;
      readonly span: Span;
    }
  | { readonly kind: "remove"; readonly name: Name; readonly span: Span }
  | Edit
  | Declaration;

/** A code edit at labels of `target`, a fn, process or action. */
export interface Edit {
  readonly kind: "edit";
  readonly target: Name;
  readonly anchor:
    | { readonly kind: "start" }
    | { readonly kind: "before" | "after"; readonly label: Name }
    /** `last` is null for a single statement, else the label that ends `L..M`. */
    | { readonly kind: "replace"; readonly label: Name; readonly last: Name | null };
  readonly body: Block;
  readonly span: Span;
}

// ---------------------------------------------------------------- declarations

interface DeclarationBase {
  readonly name: Name;
  /** The `///` above or behind the declaration, joined; null if none. */
  readonly doc: string | null;
  readonly span: Span;
}

export type Declaration =
  | ParamDeclaration
  | ConstDeclaration
  | AssumeDeclaration
  | TypeDeclaration
  | EnumDeclaration
  | VarDeclaration
  | InitDeclaration
  | LockDeclaration
  | FunctionDeclaration
  | DefDeclaration
  | ProcessDeclaration
  | ActionDeclaration
  | PropertyDeclaration
  | CostDeclaration
  | TerminalDeclaration
  | ObserveDeclaration
  | ExpectDeclaration
  | UseDeclaration;

export interface ParamDeclaration extends DeclarationBase {
  readonly kind: "param";
  readonly type: TypeExpression;
  readonly value: Expression;
}
export interface ConstDeclaration extends DeclarationBase {
  readonly kind: "const";
  readonly type: TypeExpression;
  readonly value: Expression;
}
export interface AssumeDeclaration {
  readonly kind: "assume";
  readonly condition: Expression;
  readonly doc: string | null;
  readonly span: Span;
}
export interface TypeDeclaration extends DeclarationBase {
  readonly kind: "type";
  readonly symmetric: boolean;
  readonly type: TypeExpression;
}
export interface EnumDeclaration extends DeclarationBase {
  readonly kind: "enum";
  readonly members: readonly Name[];
}
/** `var a[k: K][L]: T = e`: `keys` has one entry a bracket, with its binder if it was named. */
export interface VarDeclaration extends DeclarationBase {
  readonly kind: "var";
  readonly ghost: boolean;
  readonly keys: readonly { readonly binder: Name | null; readonly type: TypeExpression }[];
  readonly type: TypeExpression;
  readonly initial: { readonly kind: "value" | "in"; readonly value: Expression };
}
export interface InitDeclaration {
  readonly kind: "init";
  readonly condition: Expression;
  readonly doc: string | null;
  readonly span: Span;
}
export interface LockDeclaration extends DeclarationBase {
  readonly kind: "lock";
  readonly class: "spinlock" | "mutex" | "rwsem";
  readonly keys: readonly TypeExpression[];
}
export interface Parameter {
  readonly name: Name;
  readonly type: TypeExpression;
  readonly reference: boolean;
  readonly span: Span;
}
export interface FunctionDeclaration extends DeclarationBase {
  readonly kind: "fn";
  readonly parameters: readonly Parameter[];
  readonly result: TypeExpression | null;
  /** `holds l when result`, the lock as a place expression. */
  readonly contract: { readonly lock: Expression; readonly span: Span } | null;
  readonly body: Block;
}
export interface DefDeclaration extends DeclarationBase {
  readonly kind: "def";
  readonly parameters: readonly Parameter[];
  readonly result: TypeExpression;
  readonly body: Expression;
}
export interface ProcessDeclaration extends DeclarationBase {
  readonly kind: "process";
  readonly daemon: boolean;
  readonly fairness: "none" | "weak" | "strong";
  /** `p[i: T]` gives `type`, `w[t in {…}]` gives `set`; null for a single process. */
  readonly index: {
    readonly name: Name;
    readonly domain:
      | { readonly kind: "type"; readonly type: TypeExpression }
      | { readonly kind: "set"; readonly set: Expression };
  } | null;
  readonly body: Block;
}
export interface ActionDeclaration extends DeclarationBase {
  readonly kind: "action";
  readonly fairness: "none" | "weak" | "strong";
  readonly parameters: readonly Parameter[];
  readonly when: Expression | null;
  readonly body: Block;
}
export interface PropertyDeclaration extends DeclarationBase {
  readonly kind: "invariant" | "step" | "property" | "cover";
  readonly condition: Expression;
}
export interface CostDeclaration extends DeclarationBase {
  readonly kind: "cost";
}
export interface TerminalDeclaration {
  readonly kind: "terminal";
  readonly condition: Expression;
  readonly doc: string | null;
  readonly span: Span;
}
export interface ObserveDeclaration {
  readonly kind: "observe";
  readonly names: readonly Name[];
  readonly doc: string | null;
  readonly span: Span;
}
export interface ExpectDeclaration {
  readonly kind: "expect";
  readonly subject:
    | {
        readonly kind: "property";
        readonly name: Name;
        readonly outcome: "holds" | "violated" | "reachable" | "unreachable";
      }
    | {
        readonly kind: "label";
        readonly function: Name;
        readonly label: Name;
        readonly outcome: "reachable" | "unreachable";
      }
    | {
        readonly kind: "count";
        readonly what: "states" | "transitions" | "depth";
        readonly value: Expression;
      };
  readonly bindings: readonly {
    readonly name: Name;
    readonly value: Expression;
    readonly span: Span;
  }[];
  readonly doc: string | null;
  readonly span: Span;
}
export interface UseDeclaration {
  readonly kind: "use";
  readonly path: string;
  readonly doc: string | null;
  readonly span: Span;
}

// ---------------------------------------------------------------- types

export type TypeExpression =
  | { readonly kind: "bool"; readonly span: Span }
  | {
      readonly kind: "range";
      readonly lo: Expression;
      readonly hi: Expression;
      readonly span: Span;
    }
  | { readonly kind: "name"; readonly name: Name; readonly span: Span }
  | {
      readonly kind: "record";
      readonly fields: readonly { readonly name: Name; readonly type: TypeExpression }[];
      readonly span: Span;
    }
  | { readonly kind: "option"; readonly of: TypeExpression; readonly span: Span }
  | {
      readonly kind: "array";
      readonly of: TypeExpression;
      readonly key: TypeExpression;
      readonly span: Span;
    }
  | { readonly kind: "set"; readonly of: TypeExpression; readonly span: Span }
  | {
      readonly kind: "sequence";
      readonly of: TypeExpression;
      readonly upto: Expression;
      readonly span: Span;
    };

// ---------------------------------------------------------------- expressions

export type BinaryOperator =
  | "<=>"
  | "=>"
  | "||"
  | "&&"
  | "=="
  | "!="
  | "<"
  | "<="
  | ">"
  | ">="
  | "in"
  | "not in"
  | "subset"
  | "union"
  | "intersect"
  | "minus"
  | ".."
  | "+"
  | "-"
  | "*"
  | "/"
  | "%";

export interface Binding {
  readonly name: Name;
  readonly set: Expression;
}

export type Expression =
  | { readonly kind: "integer"; readonly value: number; readonly span: Span }
  | { readonly kind: "boolean"; readonly value: boolean; readonly span: Span }
  | { readonly kind: "null"; readonly span: Span }
  | { readonly kind: "name"; readonly name: Name; readonly span: Span }
  /** A def, fn, step function, or built-in (`size`, `held`, `done`, `taken` …); `taken(p @ L)` has an `at` argument. */
  | {
      readonly kind: "call";
      readonly name: Name;
      readonly arguments: readonly Expression[];
      readonly span: Span;
    }
  | {
      readonly kind: "index";
      readonly base: Expression;
      readonly index: Expression;
      readonly span: Span;
    }
  /** Also `Pte.none` (an enum member) and `p.x` (a process variable): names are not resolved here. */
  | { readonly kind: "field"; readonly base: Expression; readonly field: Name; readonly span: Span }
  | { readonly kind: "prime"; readonly base: Expression; readonly span: Span }
  | {
      readonly kind: "unary";
      readonly operator: "!" | "-";
      readonly operand: Expression;
      readonly span: Span;
    }
  | {
      readonly kind: "binary";
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly span: Span;
    }
  | {
      readonly kind: "if";
      readonly condition: Expression;
      readonly then: Expression;
      readonly otherwise: Expression;
      readonly span: Span;
    }
  | {
      readonly kind: "let";
      readonly name: Name;
      readonly value: Expression;
      readonly body: Expression;
      readonly span: Span;
    }
  | {
      readonly kind: "quantifier";
      readonly quantifier: "forall" | "exists" | "count" | "sum";
      readonly bindings: readonly Binding[];
      readonly body: Expression;
      readonly span: Span;
    }
  | {
      readonly kind: "record";
      readonly fields: readonly { readonly name: Name; readonly value: Expression }[];
      readonly span: Span;
    }
  | { readonly kind: "set"; readonly elements: readonly Expression[]; readonly span: Span }
  | { readonly kind: "sequence"; readonly elements: readonly Expression[]; readonly span: Span }
  /** `[x in K: e]` */
  | {
      readonly kind: "array";
      readonly binding: Binding;
      readonly body: Expression;
      readonly span: Span;
    }
  /** `{e for x in S}` */
  | {
      readonly kind: "map";
      readonly body: Expression;
      readonly binding: Binding;
      readonly span: Span;
    }
  /** `{x in S where P}` */
  | {
      readonly kind: "filter";
      readonly binding: Binding;
      readonly condition: Expression;
      readonly span: Span;
    }
  /** `a with [k] = v`, `r with f = v` */
  | {
      readonly kind: "with";
      readonly base: Expression;
      readonly selector:
        | { readonly kind: "index"; readonly index: Expression }
        | { readonly kind: "field"; readonly name: Name };
      readonly value: Expression;
      readonly span: Span;
    }
  /** `p @ L`, `p[i] @ f.L`: `path` has one name or two. */
  | {
      readonly kind: "at";
      readonly process: Expression;
      readonly path: readonly Name[];
      readonly span: Span;
    }
  | { readonly kind: "try-acquire"; readonly lock: Expression; readonly span: Span }
  /** `<> P`, `[] P`, `P ~> Q`: reserved for temporal properties. */
  | {
      readonly kind: "temporal";
      readonly operator: "[]" | "<>" | "~>";
      readonly operands: readonly Expression[];
      readonly span: Span;
    };

// ---------------------------------------------------------------- statements

export interface Block {
  readonly statements: readonly Statement[];
  /** Labels that stand before the closing brace: the end of the block. */
  readonly endLabels: readonly Name[];
  readonly span: Span;
}

interface StatementBase {
  readonly labels: readonly Name[];
  /** The whole statement, labels left out. */
  readonly span: Span;
}

export type Statement = StatementBase & StatementShape;

export type StatementShape =
  | {
      readonly kind: "assign";
      readonly target: Expression;
      readonly operator: ":=" | "+=" | "-=";
      readonly value: Expression;
    }
  | {
      readonly kind: "var";
      readonly name: Name;
      readonly type: TypeExpression;
      readonly value: Expression;
    }
  | {
      readonly kind: "ghost";
      readonly target: Expression;
      readonly operator: ":=" | "+=" | "-=";
      readonly value: Expression;
    }
  | { readonly kind: "cost"; readonly name: Name; readonly value: Expression }
  | { readonly kind: "skip" }
  | { readonly kind: "acquire"; readonly lock: Expression; readonly read: boolean }
  | { readonly kind: "release"; readonly lock: Expression }
  | { readonly kind: "downgrade"; readonly lock: Expression }
  | { readonly kind: "await"; readonly condition: Expression }
  | { readonly kind: "assert"; readonly name: Name | null; readonly condition: Expression }
  /** `head` of an arm covers `if cond` / `else if cond`, up to the brace. */
  | {
      readonly kind: "if";
      readonly arms: readonly {
        readonly condition: Expression;
        readonly body: Block;
        readonly head: Span;
      }[];
      readonly otherwise: Block | null;
    }
  | {
      readonly kind: "while";
      readonly condition: Expression;
      readonly body: Block;
      readonly head: Span;
    }
  | { readonly kind: "loop"; readonly body: Block }
  | { readonly kind: "break" }
  | { readonly kind: "continue" }
  | {
      readonly kind: "for";
      readonly any: boolean;
      readonly binding: Binding;
      readonly body: Block;
      readonly head: Span;
    }
  | { readonly kind: "either"; readonly branches: readonly Block[] }
  | {
      readonly kind: "pick";
      readonly binding: Binding;
      readonly where: Expression | null;
      readonly body: Block;
      readonly head: Span;
    }
  | { readonly kind: "call"; readonly call: Expression & { readonly kind: "call" } }
  /** A `try acquire l` or a step function whose result is thrown away is refused later, with a place. */
  | { readonly kind: "expression"; readonly value: Expression }
  | { readonly kind: "return"; readonly value: Expression | null }
  | { readonly kind: "goto"; readonly label: Name }
  | { readonly kind: "atomic"; readonly body: Block };
