// The typed model: a spec with its parameters valued, every name resolved to its declaration, every expression typed.
// Nothing here is optional knowledge: what a later pass needs is present. The machine shares the expressions of this file.

import type { Source, Span } from "../diagnostics/source.ts";
import type { Text } from "./ast.ts";
import type { ArrayType, ProcessType, RecordType, Type, Value } from "./types.ts";

export interface Model {
  readonly name: string;
  readonly doc: string | null;
  /** The file that was asked for; `sources` has every file that went in, this one first. */
  readonly source: Source;
  readonly sources: readonly Source[];
  readonly texts: readonly Text[];
  readonly declared: readonly Declared[];
  readonly parameters: readonly Constant[];
  readonly constants: readonly Constant[];
  /** Declared types in the order of the text (`type` and `enum`). */
  readonly types: readonly {
    readonly name: string;
    readonly type: Type;
    readonly doc: string | null;
    readonly span: Span;
  }[];
  readonly variables: readonly Variable[];
  readonly initConditions: readonly Expr[];
  readonly locks: readonly Lock[];
  readonly functions: readonly Procedure[];
  readonly processes: readonly Process[];
  readonly actions: readonly Action[];
  readonly properties: readonly Property[];
  readonly costs: readonly Cost[];
  /** The disjunction of these is where nothing needs to happen any more. */
  readonly terminal: readonly Expr[];
  /** Names of observed variables, locks and costs; empty: the default. */
  readonly observed: readonly string[];
  readonly expectations: readonly Expectation[];
  /** All process instances, in the order of successors: processes as declared, indices ascending. */
  readonly instances: readonly Instance[];
}

/** A declaration as it is written, on one line: what a comparison of versions reads. Expectations are not among them. */
export interface Declared {
  /** As it begins: `const`, `spinlock`, `init` …; of code it is the head only. */
  readonly kind: string;
  /** Null for what has no name: `assume`, `init`, `terminal` and `observe`. */
  readonly name: string | null;
  /** As the formatter prints it, without comments. */
  readonly text: string;
  /** The same whatever its parameters and bound variables are called: alike for declarations that mean the same. */
  readonly meaning: string;
  /** Where it stands; where a patch gave it another value, that value. */
  readonly span: Span;
}

/** A `param` or `const` with its value in this run. */
export interface Constant {
  readonly kind: "constant";
  readonly name: string;
  readonly type: Type;
  readonly value: Value;
  readonly isParameter: boolean;
  /** Of a param: was its value set for this run, in place of its default? */
  readonly isSet: boolean;
  readonly doc: string | null;
  readonly span: Span;
}

export interface Variable {
  readonly kind: "variable";
  readonly name: string;
  /** With keys, nested arrays: `var a[K][L]: T` has type T[L][K], read `a[k][l]`. */
  readonly type: Type;
  readonly ghost: boolean;
  /** The key binders (one a bracket, null if unnamed and unused) and the element's initial value, or the set it is drawn from element by element. */
  readonly keys: readonly { readonly binder: Binder; readonly type: Type }[];
  readonly elementType: Type;
  readonly initial: { readonly kind: "value" | "in"; readonly value: Expr };
  readonly doc: string | null;
  readonly span: Span;
}

export interface Lock {
  readonly kind: "lock";
  readonly name: string;
  readonly class: "spinlock" | "mutex" | "rwsem";
  readonly keys: readonly Type[];
  readonly doc: string | null;
  readonly span: Span;
}

export interface Cost {
  readonly kind: "cost";
  readonly name: string;
  readonly doc: string | null;
  readonly span: Span;
}

/** A local variable, parameter or loop variable of a body; identity is by reference. */
export interface Local {
  readonly kind: "local";
  readonly name: string;
  readonly type: Type;
  /** `index`: the process index (constant per instance); `top`: a `var` at the top of a process's body; `reference`: a `ref` parameter. */
  readonly role: "index" | "parameter" | "reference" | "variable" | "top" | "loop" | "result";
  readonly span: Span;
}

/** A name bound inside an expression (quantifier, let, comprehension, key of an initial value, def parameter); identity is by reference. */
export interface Binder {
  readonly kind: "binder";
  readonly name: string;
  readonly type: Type;
  readonly span: Span;
}

export interface Procedure {
  readonly kind: "fn";
  readonly name: string;
  readonly parameters: readonly Local[];
  readonly result: Type | null;
  /** `holds l when result`. */
  readonly contract: { readonly lock: LockPlace; readonly span: Span } | null;
  readonly body: Body;
  readonly doc: string | null;
  readonly span: Span;
}

export interface Process {
  readonly kind: "process";
  readonly name: string;
  readonly daemon: boolean;
  readonly index: { readonly local: Local; readonly values: readonly Value[] } | null;
  readonly body: Body;
  readonly doc: string | null;
  readonly span: Span;
}

/** `id` is the position in Model.instances; `name` is `splitter` or `zapper[1]`. */
export interface Instance {
  readonly id: number;
  readonly process: Process;
  readonly index: Value | null;
  readonly name: string;
}

export interface Action {
  readonly kind: "action";
  readonly name: string;
  readonly parameters: readonly Local[];
  readonly when: Expr | null;
  readonly body: Body;
  readonly doc: string | null;
  readonly span: Span;
}

export interface Property {
  readonly kind: "invariant" | "step" | "cover";
  readonly name: string;
  readonly condition: Expr;
  readonly doc: string | null;
  readonly span: Span;
}

export interface Expectation {
  readonly subject:
    | {
        readonly kind: "property";
        readonly name: string;
        readonly outcome: "holds" | "violated" | "reachable" | "unreachable";
      }
    | {
        readonly kind: "label";
        readonly function: string;
        readonly label: string;
        readonly outcome: "reachable" | "unreachable";
      }
    | {
        readonly kind: "count";
        readonly what: "states" | "transitions" | "depth";
        readonly value: number;
      };
  /** Parameter values under which this is expected; an expectation without bindings speaks of the defaults. */
  readonly bindings: readonly { readonly name: string; readonly value: Value }[];
  readonly span: Span;
}

// ---------------------------------------------------------------- statements

export interface Label {
  readonly name: string;
  readonly span: Span;
}

export interface Body {
  readonly statements: readonly Stmt[];
  readonly endLabels: readonly Label[];
  readonly span: Span;
}

/** What may stand as a whole condition, right side or returned value. */
export type Computation =
  | { readonly kind: "expression"; readonly value: Expr; readonly span: Span }
  | {
      readonly kind: "step-function";
      readonly function: "xchg" | "fetch_add" | "cmpxchg";
      readonly place: Place;
      readonly arguments: readonly Expr[];
      readonly type: Type;
      readonly span: Span;
    }
  | { readonly kind: "try-acquire"; readonly lock: LockPlace; readonly span: Span }
  | { readonly kind: "call"; readonly call: Call; readonly span: Span };

export interface Call {
  readonly function: Procedure;
  /** One a parameter; for a `ref` parameter the caller's local. */
  readonly arguments: readonly (
    | { readonly kind: "value"; readonly value: Expr }
    | { readonly kind: "reference"; readonly local: Local }
  )[];
  readonly span: Span;
}

/** A computation used as a condition, possibly under one `!`. */
export interface Condition {
  readonly computation: Computation;
  readonly negated: boolean;
  /** From the keyword to the end of the condition. */
  readonly head: Span;
}

export type PathStep =
  | { readonly kind: "index"; readonly index: Expr; readonly type: ArrayType }
  /** An element of a sequence, from 0; beyond its length is a fault. */
  | { readonly kind: "element"; readonly index: Expr }
  | { readonly kind: "field"; readonly name: string; readonly type: RecordType };

/** Something that can be assigned; `type` is the type of what it denotes. */
export interface Place {
  readonly root: Variable | Local;
  readonly path: readonly PathStep[];
  readonly type: Type;
  readonly span: Span;
}

export interface LockPlace {
  readonly lock: Lock;
  readonly indices: readonly Expr[];
  readonly span: Span;
}

interface StmtBase {
  readonly labels: readonly Label[];
  readonly span: Span;
}

export type Stmt = StmtBase & StmtShape;

export type StmtShape =
  /** Includes `var x: T = e` (declares: true). `+=`/`-=` are kept as written; the value has its own computed interval. */
  | {
      readonly kind: "assign";
      readonly target: Place;
      readonly operator: ":=" | "+=" | "-=";
      readonly value: Computation;
      readonly declares: boolean;
    }
  | {
      readonly kind: "ghost";
      readonly target: Place;
      readonly operator: ":=" | "+=" | "-=";
      readonly value: Expr;
    }
  | { readonly kind: "cost"; readonly cost: Cost; readonly value: Expr }
  | { readonly kind: "skip" }
  | { readonly kind: "acquire"; readonly lock: LockPlace; readonly read: boolean }
  | { readonly kind: "release"; readonly lock: LockPlace }
  | { readonly kind: "downgrade"; readonly lock: LockPlace }
  | { readonly kind: "await"; readonly condition: Expr }
  | { readonly kind: "assert"; readonly name: string | null; readonly condition: Expr }
  | {
      readonly kind: "if";
      readonly arms: readonly { readonly condition: Condition; readonly body: Body }[];
      readonly otherwise: Body | null;
    }
  | { readonly kind: "while"; readonly condition: Condition; readonly body: Body }
  | { readonly kind: "loop"; readonly body: Body }
  | { readonly kind: "break" }
  | { readonly kind: "continue" }
  /** `set` is constant or local for `any: false`. */
  | {
      readonly kind: "for";
      readonly any: boolean;
      readonly local: Local;
      readonly set: Expr;
      readonly body: Body;
      readonly head: Span;
    }
  | { readonly kind: "either"; readonly branches: readonly Body[] }
  | {
      readonly kind: "pick";
      readonly local: Local;
      readonly set: Expr;
      readonly where: Expr | null;
      readonly body: Body;
      readonly head: Span;
    }
  | { readonly kind: "call"; readonly call: Call }
  | { readonly kind: "return"; readonly value: Computation | null }
  | { readonly kind: "goto"; readonly label: Label }
  | { readonly kind: "atomic"; readonly body: Body };

// ---------------------------------------------------------------- expressions

interface ExprBase {
  readonly type: Type;
  readonly span: Span;
}

export type ArithmeticOperator = "+" | "-" | "*" | "/" | "%";
/** `==`/`!=` compare any values of alike types (an option with its inner type too); the order is of numbers, and of enum members in loops that the machine makes. */
export type ComparisonOperator = "==" | "!=" | "<" | "<=" | ">" | ">=";
export type LogicalOperator = "&&" | "||" | "=>" | "<=>";

export type Expr = ExprBase & ExprShape;

export type ExprShape =
  /** Any constant value, of any type; literals and folded constants. */
  | { readonly kind: "literal"; readonly value: Value }
  | { readonly kind: "constant"; readonly constant: Constant }
  | { readonly kind: "variable"; readonly variable: Variable }
  | { readonly kind: "local"; readonly local: Local }
  | { readonly kind: "bound"; readonly binder: Binder }
  | { readonly kind: "index"; readonly base: Expr; readonly index: Expr }
  /** An element of a sequence; beyond its length is a fault. */
  | { readonly kind: "element"; readonly base: Expr; readonly index: Expr }
  | { readonly kind: "field"; readonly base: Expr; readonly field: string }
  | { readonly kind: "not"; readonly operand: Expr }
  | { readonly kind: "negate"; readonly operand: Expr }
  | {
      readonly kind: "logical";
      readonly operator: LogicalOperator;
      readonly left: Expr;
      readonly right: Expr;
    }
  | {
      readonly kind: "arithmetic";
      readonly operator: ArithmeticOperator;
      readonly left: Expr;
      readonly right: Expr;
    }
  | {
      readonly kind: "comparison";
      readonly operator: ComparisonOperator;
      readonly left: Expr;
      readonly right: Expr;
    }
  /** `negated` is `not in`. */
  | {
      readonly kind: "member";
      readonly element: Expr;
      readonly set: Expr;
      readonly negated: boolean;
    }
  | {
      readonly kind: "set-operation";
      readonly operator: "union" | "intersect" | "minus";
      readonly left: Expr;
      readonly right: Expr;
    }
  | { readonly kind: "subset"; readonly left: Expr; readonly right: Expr }
  /** `a..b` with constant or computed bounds: a set of numbers; its type's element range covers it. */
  | { readonly kind: "interval"; readonly lo: Expr; readonly hi: Expr }
  /** A type used as the set of all its values. */
  | { readonly kind: "type-set"; readonly of: Type }
  | { readonly kind: "if"; readonly condition: Expr; readonly then: Expr; readonly otherwise: Expr }
  | { readonly kind: "let"; readonly binder: Binder; readonly value: Expr; readonly body: Expr }
  /** One binder a node; `forall x in S, y in T: P` is nested. */
  | {
      readonly kind: "quantifier";
      readonly quantifier: "forall" | "exists" | "count" | "sum";
      readonly binder: Binder;
      readonly set: Expr;
      readonly body: Expr;
    }
  | {
      readonly kind: "record";
      readonly fields: readonly { readonly name: string; readonly value: Expr }[];
    }
  | { readonly kind: "set"; readonly elements: readonly Expr[] }
  | { readonly kind: "sequence"; readonly elements: readonly Expr[] }
  /** `[x in K: e]`: `set` is the type-set of the key. */
  | { readonly kind: "array"; readonly binder: Binder; readonly body: Expr }
  /** `{e for x in S}` */
  | { readonly kind: "map"; readonly binder: Binder; readonly set: Expr; readonly body: Expr }
  /** `{x in S where P}` */
  | {
      readonly kind: "filter";
      readonly binder: Binder;
      readonly set: Expr;
      readonly condition: Expr;
    }
  | { readonly kind: "with-index"; readonly base: Expr; readonly index: Expr; readonly value: Expr }
  /** Replaces an element of a sequence. */
  | {
      readonly kind: "with-element";
      readonly base: Expr;
      readonly index: Expr;
      readonly value: Expr;
    }
  | {
      readonly kind: "with-field";
      readonly base: Expr;
      readonly field: string;
      readonly value: Expr;
    }
  /** size(set), length(seq), min/max of a set of numbers (empty: a fault), first/rest/append of a sequence. */
  | {
      readonly kind: "builtin";
      readonly function: "size" | "length" | "min" | "max" | "first" | "rest" | "append";
      readonly arguments: readonly Expr[];
    }
  /** A value used where an option is wanted. */
  | { readonly kind: "some"; readonly value: Expr }
  /** An option used where its value is wanted: null is a fault. */
  | { readonly kind: "unwrap"; readonly value: Expr }
  /** A value that must lie in `type` (its interval only partly does): outside is a range fault. Also widens/narrows set, seq, record and array elements. */
  | { readonly kind: "convert"; readonly value: Expr }
  | {
      readonly kind: "instance";
      readonly process: Process;
      readonly index: Expr | null;
      readonly members: ProcessType;
    }
  | { readonly kind: "done"; readonly process: Process; readonly index: Expr | null }
  /** `holder(l)`: the owner, null when free or read-held. */
  | { readonly kind: "holder"; readonly lock: LockPlace }
  /** `held(l)` by anyone (also for read), or by one process. */
  | { readonly kind: "held"; readonly lock: LockPlace; readonly by: Expr | null }
  // ---- in properties only
  | { readonly kind: "prime"; readonly operand: Expr }
  | {
      readonly kind: "at";
      readonly process: Process;
      readonly index: Expr | null;
      readonly target:
        | { readonly kind: "label"; readonly function: string | null; readonly label: string }
        | { readonly kind: "function"; readonly function: string };
    }
  /** What `at` becomes in the machine: the locations (positions in MachineProcess.locations) at which it holds. */
  | {
      readonly kind: "located";
      readonly process: Process;
      readonly index: Expr | null;
      readonly locations: ReadonlySet<number>;
    }
  /** `p.x`; once p is done, the first value of x's type. */
  | {
      readonly kind: "process-variable";
      readonly process: Process;
      readonly index: Expr | null;
      readonly local: Local;
    }
  /** The step is one of this instance; with `at` (an `at`/`located` node of the same instance), one taken from there. */
  | {
      readonly kind: "taken";
      readonly process: Process;
      readonly index: Expr | null;
      readonly at: Expr | null;
    }
  | { readonly kind: "taken-action"; readonly action: Action };

export type { ArrayType, ProcessType, RecordType, Type, Value };
