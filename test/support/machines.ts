// Small builders of machines by hand, for tests that want to say exactly what runs.

import type { Source, Span } from "../../src/diagnostics/source.ts";
import type {
  Code,
  Expr,
  Instance,
  Lock,
  LockPlace,
  Machine,
  MachineAction,
  MachineLocal,
  MachineProcess,
  Op,
  Place,
  Process,
  Type,
  Value,
  Variable,
} from "../../src/machine/machine.ts";

export const source: Source = { path: "hand-made.weft", text: " ".repeat(100_000) };
let nextSpan = 0;

/** A fresh place in the imaginary source: spans of different things differ. */
export function span(): Span {
  nextSpan = (nextSpan + 1) % 99_999;
  return { source, start: nextSpan, end: nextSpan + 1 };
}

export const bool: Type = { kind: "bool" };
export const range = (lo: number, hi: number): Type => ({
  kind: "range",
  lo,
  hi,
  name: null,
  symmetric: false,
});
// ---------------------------------------------------------------- expressions

export const literal = (
  value: Value,
  type: Type = typeof value === "number" ? range(value, value) : bool,
): Expr => ({
  kind: "literal",
  value,
  type,
  span: span(),
});
export const read = (variable: Variable): Expr => ({
  kind: "variable",
  variable,
  type: variable.type,
  span: span(),
});
export const local = (of: MachineLocal): Expr => ({
  kind: "local",
  local: of,
  type: of.type,
  span: span(),
});
export const equal = (left: Expr, right: Expr): Expr => ({
  kind: "comparison",
  operator: "==",
  left,
  right,
  type: bool,
  span: span(),
});
export const less = (left: Expr, right: Expr): Expr => ({
  kind: "comparison",
  operator: "<",
  left,
  right,
  type: bool,
  span: span(),
});
export const not = (operand: Expr): Expr => ({ kind: "not", operand, type: bool, span: span() });
export const add = (left: Expr, right: Expr): Expr => ({
  kind: "arithmetic",
  operator: "+",
  left,
  right,
  type: range(-1000, 1000),
  span: span(),
});
export const at = (base: Expr, index: Expr): Expr => {
  if (base.type.kind !== "array") throw new Error("not an array");
  return { kind: "index", base, index, type: base.type.of, span: span() };
};
export const allOf = (of: Type): Expr => ({
  kind: "type-set",
  of,
  type: { kind: "set", of },
  span: span(),
});
// ---------------------------------------------------------------- declarations

export function variable(name: string, type: Type, initial: Value): Variable {
  return {
    kind: "variable",
    name,
    type,
    ghost: false,
    keys: [],
    elementType: type,
    initial: { kind: "value", value: literal(initial, type) },
    doc: null,
    span: span(),
  };
}

/** A variable with one key: `var name[key]: of = initial`, or `in` a set. */
export function arrayVariable(
  name: string,
  key: Type,
  of: Type,
  initial: Expr,
  kind: "value" | "in" = "value",
): Variable {
  return {
    kind: "variable",
    name,
    type: { kind: "array", key, of },
    ghost: false,
    keys: [{ binder: { kind: "binder", name: "k", type: key, span: span() }, type: key }],
    elementType: of,
    initial: { kind, value: initial },
    doc: null,
    span: span(),
  };
}

export const lock = (name: string, kind: Lock["class"] = "mutex", ...keys: Type[]): Lock => ({
  kind: "lock",
  name,
  class: kind,
  keys,
  doc: null,
  span: span(),
});
export const machineLocal = (name: string, type: Type, stored = true): MachineLocal => ({
  kind: "local",
  name,
  type,
  role: "variable",
  stored,
  span: span(),
});

// ---------------------------------------------------------------- code

export const place = (root: Variable | MachineLocal, ...indices: Expr[]): Place => {
  let { type } = root;
  const path = indices.map((index) => {
    if (type.kind !== "array") throw new Error("not an array");
    const step = { kind: "index", index, type } as const;
    type = type.of;
    return step;
  });
  return { root, path, type, span: span() };
};
export const lockPlace = (of: Lock, ...indices: Expr[]): LockPlace => ({
  lock: of,
  indices,
  span: span(),
});
export const set = (root: Variable | MachineLocal, value: Expr, ...indices: Expr[]): Op => ({
  kind: "assign",
  place: place(root, ...indices),
  value,
  span: span(),
});
export const go = (location: number, ...resets: MachineLocal[]): Op => ({
  kind: "goto",
  location,
  resets,
});
export const wait = (condition: Expr): Op => ({ kind: "await", condition, span: span() });
export const when = (condition: Expr, then: Code, otherwise: Code = []): Op => ({
  kind: "if",
  condition,
  then,
  otherwise,
  span: span(),
});
export const either = (...branches: Code[]): Op => ({ kind: "either", branches, span: span() });
export const pick = (
  of: MachineLocal,
  from: Expr,
  body: Code,
  where: Expr | null = null,
  stuck: "wait" | "fault" = "wait",
): Op => ({
  kind: "pick",
  local: of,
  set: from,
  where,
  stuck,
  body,
  span: span(),
});
export const acquire = (of: Lock, read = false, ...indices: Expr[]): Op => ({
  kind: "acquire",
  lock: lockPlace(of, ...indices),
  read,
  span: span(),
});
export const release = (of: Lock, ...indices: Expr[]): Op => ({
  kind: "release",
  lock: lockPlace(of, ...indices),
  span: span(),
});
export const ended = (): Op => ({ kind: "end", span: span() });
export const stop: Op = { kind: "stop" };

// ---------------------------------------------------------------- processes, actions, machines

/** A process whose steps are these codes, one a location; `done` is added as the last location. */
export function processOf(
  name: string,
  codes: readonly Code[],
  options: {
    readonly index?: { readonly local: MachineLocal; readonly values: readonly Value[] };
    readonly locals?: readonly MachineLocal[];
    readonly start?: Code;
    readonly daemon?: boolean;
    readonly local?: readonly number[];
  } = {},
): MachineProcess {
  const {
    index = null,
    locals = [],
    start = [go(0)],
    daemon = false,
    local: localLocations = [],
  } = options;
  const process: Process = {
    kind: "process",
    name,
    daemon,
    index,
    body: { statements: [], endLabels: [], span: span() },
    doc: null,
    span: span(),
  };
  const locations = [...codes, []].map((code, id) => ({
    id,
    name: id === codes.length ? "done" : `${name}.${id}`,
    stack: [],
    labels: [],
    line: -1,
    code,
    local: localLocations.includes(id),
    mayHold: [],
  }));
  return { process, name, daemon, index: index?.local ?? null, locals, locations, start };
}

export function actionOf(name: string, code: Code, ...parameters: MachineLocal[]): MachineAction {
  return {
    action: {
      kind: "action",
      name,
      parameters,
      when: null,
      body: { statements: [], endLabels: [], span: span() },
      doc: null,
      span: span(),
    },
    name,
    parameters,
    possible: true,
    locals: [],
    code,
    line: -1,
  };
}

/** A machine of these parts; everything else is empty. */
export function machineOf(parts: Partial<Machine>): Machine {
  const processes = parts.processes ?? [];
  const instances = processes
    .flatMap(({ process }) => {
      const { index, name } = process;
      if (index === null) return [{ process, index: null, name }];
      return index.values.map((value) => ({ process, index: value, name: `${name}[${value}]` }));
    })
    .map((instance, id): Instance => ({ ...instance, id }));
  return {
    name: "hand_made",
    doc: null,
    source,
    sources: [source],
    declared: [],
    parameters: [],
    constants: [],
    types: [],
    variables: [],
    initConditions: [],
    locks: [],
    processes,
    instances,
    actions: [],
    properties: [],
    costs: [],
    terminal: [],
    observed: [],
    expectations: [],
    lines: [],
    branches: [],
    assertions: [],
    frames: [],
    folded: true,
    ...parts,
  };
}
