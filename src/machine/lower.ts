// Model to machine: statements become atomic steps, calls are inlined, local work is folded, dead locals are reset.
// Takes a typed model; gives a closed machine, or the faults that only the control flow shows. The model is left alone.
// The way: statements.ts (graph of nodes) → fold.ts (locations and code) → dead-variables.ts, may-hold.ts → here, the tables.

import type { Diagnostic, Result } from "../diagnostics/diagnostic.ts";
import { report } from "../diagnostics/report.ts";
import { mapChildren } from "../language/expressions.ts";
import type { Action, Expr, Local, Model, Process } from "../language/model.ts";
import {
  type Context,
  freshLocal,
  readLocal,
  substitute,
  type Tables,
  type Unit,
} from "./builder.ts";
import { mapOps } from "./code.ts";
import { constantTruth } from "./conditions.ts";
import { findLoopsWithoutStep } from "./cycles.ts";
import { analyseLiveness, resetDead } from "./dead-variables.ts";
import { DONE, type FoldedUnit, foldAction, foldProcess } from "./fold.ts";
import type { GraphNode, NopNode, Region } from "./graph.ts";
import { withLabels } from "./labels.ts";
import { collectLines, type SourceLines } from "./lines.ts";
import type {
  Code,
  Location,
  Machine,
  MachineAction,
  MachineLocal,
  MachineProcess,
  Op,
} from "./machine.ts";
import { analyseHeldLocks } from "./may-hold.ts";
import { type ObservableLabels, observeLabels } from "./observable.ts";
import { buildBody } from "./statements.ts";

export interface LowerOptions {
  /** Run local work with the step before it (the default). */
  readonly fold: boolean;
  /** Reset dead locals (the default). */
  readonly reset: boolean;
}

/** Lowers a model. The value is null if anything is wrong with it. */
export function lower(
  model: Model,
  options: LowerOptions = { fold: true, reset: true },
): Result<Machine> {
  const lines = collectLines(model);
  const expectedLabels = new Set(
    model.expectations.flatMap(({ subject }) =>
      subject.kind === "label" ? [`${subject.function}.${subject.label}`] : [],
    ),
  );
  const tables: Tables = {
    lines,
    branches: [],
    branchIds: new Map(),
    assertions: [],
    assertionIds: new Map(),
    frames: [],
    diagnostics: [...lines.diagnostics],
    expectedLabels,
  };
  const topLocals = new Map<Local, MachineLocal>();
  const hidden = new Set<string>();
  const processes = model.processes.map((process) =>
    lowerProcess(process, model, tables, options, topLocals, hidden),
  );
  const actions = model.actions.map((action) => lowerAction(action, tables));
  const { diagnostics } = tables;
  if (diagnostics.some((diagnostic) => diagnostic.severity === "error"))
    return { value: null, diagnostics };

  const located = locator(model.processes, processes, tables, topLocals, hidden);
  const properties = model.properties.map((property) => ({
    ...property,
    condition: located(property.condition),
  }));
  const terminal = model.terminal.map(located);
  if (diagnostics.some((diagnostic) => diagnostic.severity === "error"))
    return { value: null, diagnostics };
  const {
    name,
    doc,
    source,
    sources,
    declared,
    parameters,
    constants,
    types,
    variables,
    initConditions,
    locks,
    instances,
    costs,
    observed,
    expectations,
  } = model;
  const value: Machine = {
    ...{
      name,
      doc,
      source,
      sources,
      declared,
      parameters,
      constants,
      types,
      variables,
      initConditions,
      locks,
      processes,
      instances,
      actions,
    },
    ...{ properties, costs, terminal, observed, expectations },
    lines: lines.lines,
    branches: tables.branches,
    assertions: tables.assertions,
    frames: tables.frames,
    folded: options.fold,
  };
  return { value, diagnostics };
}

function newUnit(tables: Tables, names: readonly string[], absent: boolean): Unit {
  return {
    tables,
    locals: [],
    names: new Set(names),
    loops: [],
    topLocals: new Map(),
    labelNodes: [],
    buildBody,
    absent,
    nodes: 0,
    overgrown: false,
  };
}

function newContext(unit: Unit, owner: string, end: GraphNode, region: Region | null): Context {
  return {
    ...{ unit, owner, region },
    locals: new Map<Local, Expr>(),
    scope: null,
    stack: [],
    breakTo: null,
    continueTo: null,
    returnTo: { node: end, result: null },
    labels: new Map<string, NopNode>(),
    jumps: new Set<string>(),
  };
}

function endNode(owner: string, span: Process["span"], region: Region | null): GraphNode {
  return {
    kind: "end",
    span,
    ofAction: region !== null,
    region,
    scope: null,
    stack: [],
    owner,
    line: -1,
    step: false,
  };
}

function lowerProcess(
  process: Process,
  model: Model,
  tables: Tables,
  options: LowerOptions,
  topLocals: Map<Local, MachineLocal>,
  hidden: Set<string>,
): MachineProcess {
  const unit = newUnit(
    tables,
    process.index === null ? [] : [process.index.local.name],
    model.instances.every((instance) => instance.process !== process),
  );
  const end = endNode(
    process.name,
    { ...process.body.span, start: Math.max(process.body.span.start, process.body.span.end - 1) },
    null,
  );
  const context = newContext(unit, process.name, end, null);
  const index: MachineLocal | null =
    process.index === null ? null : { ...process.index.local, stored: false };
  const own =
    index === null || process.index === null
      ? context
      : {
          ...context,
          locals: new Map<Local, Expr>([[process.index.local, readLocal(index, index.span)]]),
        };
  const inside = withLabels(own, process.body);
  const entry = buildBody(process.body, inside, end);
  for (const [local, machineLocal] of unit.topLocals) topLocals.set(local, machineLocal);
  tables.diagnostics.push(...dedupe(findLoopsWithoutStep(entry)));
  const failed = tables.diagnostics.some((diagnostic) => diagnostic.severity === "error");
  const folded: FoldedUnit = failed
    ? { start: [], locations: [], diagnostics: [] }
    : foldProcess(entry, options.fold);
  tables.diagnostics.push(...folded.diagnostics);
  const { locals } = unit;
  const { start, codes } = settle(folded, locals, options);
  const held = analyseHeldLocks(start, codes, model.locks);
  const places = new Set(folded.locations.map((location) => location.node));
  const observed = observeLabels(entry, unit.labelNodes, places);
  for (const label of observed.hidden) hidden.add(`${process.name}: ${label}`);
  const names = nameLocations(folded, observed, tables.lines, process.name);
  const done = codes.length;
  const finish = (code: Code): Code =>
    mapOps(code, (op) =>
      op.kind === "goto" && op.location === DONE ? { ...op, location: done } : op,
    );
  const locations = folded.locations.map(
    ({ node, local }, id): Location => ({
      ...{ id, local },
      name: names[id] ?? `step_${id}`,
      stack: node.stack,
      labels: observed.at.get(node) ?? [],
      line: node.line,
      code: finish(codes[id] ?? []),
      mayHold: held[id] ?? [],
    }),
  );
  const last: Location = {
    id: done,
    name: "done",
    stack: [],
    labels: [],
    line: -1,
    code: [],
    local: false,
    mayHold: [],
  };
  return {
    process,
    name: process.name,
    daemon: process.daemon,
    index,
    locals,
    locations: [...locations, last],
    start: finish(start),
  };
}

/** Decides which locals are stored, and puts the resets of dead ones into the gotos. */
function settle(
  folded: FoldedUnit,
  locals: readonly MachineLocal[],
  options: LowerOptions,
): { start: Code; codes: readonly Code[] } {
  const codes = folded.locations.map((location) => location.code);
  const top = locals.filter((local) => local.role === "top");
  const liveness = analyseLiveness(codes, top);
  const stored = new Set(liveness.atLocation.flatMap((live) => [...live]));
  for (const local of locals) local.stored = stored.has(local);
  // What properties can read is reset at the end all the same: it is the same there, however the spec is lowered.
  const mortal = options.reset ? stored : new Set(top);
  return {
    start: resetDead(folded.start, new Set(), liveness, mortal),
    codes: codes.map((code, id) =>
      resetDead(code, liveness.atLocation[id] ?? new Set(), liveness, mortal),
    ),
  };
}

function lowerAction(action: Action, tables: Tables): MachineAction {
  const unit = newUnit(tables, [], false);
  const region: Region = { span: action.span };
  const end = endNode(action.name, action.span, region);
  const context = newContext(unit, action.name, end, region);
  const parameters = action.parameters.map((parameter) =>
    freshLocal(unit, parameter.name, parameter.type, "parameter", parameter.span),
  );
  const locals = new Map<Local, Expr>();
  action.parameters.forEach((parameter, index) => {
    const own = parameters[index];
    if (own !== undefined) locals.set(parameter, readLocal(own, parameter.span));
  });
  const inside = withLabels({ ...context, locals }, action.body);
  // What params and consts rule out is not part of the machine, as with the arms of an `if`.
  const possible = action.when === null || constantTruth(action.when, false) !== false;
  const entry = possible ? buildBody(action.body, inside, end) : end;
  tables.diagnostics.push(...dedupe(findLoopsWithoutStep(entry)));
  const failed = tables.diagnostics.some((diagnostic) => diagnostic.severity === "error");
  const folded = failed ? { code: [], diagnostics: [] } : foldAction(entry, region);
  tables.diagnostics.push(...folded.diagnostics);
  const line = tables.lines.lineOf(action.span);
  const guarded: Code =
    action.when === null
      ? folded.code
      : [
          { kind: "await", condition: substitute(action.when, locals), span: action.when.span },
          ...folded.code,
        ];
  const code = parameters.reduceRight<Code>((body, local) => {
    const set: Expr = {
      kind: "type-set",
      of: local.type,
      type: { kind: "set", of: local.type },
      span: local.span,
    };
    const pick: Op = {
      kind: "pick",
      local,
      set,
      where: null,
      stuck: "wait",
      body,
      span: local.span,
    };
    return [pick];
  }, guarded);
  return { action, name: action.name, parameters, possible, locals: unit.locals, code, line };
}

/** `f.L` for a labelled step, else `f.3` for the third step of f; copies of one step are numbered. */
function nameLocations(
  folded: FoldedUnit,
  observed: ObservableLabels,
  lines: SourceLines,
  process: string,
): readonly string[] {
  const used = new Map<string, number>();
  return folded.locations.map(({ node, local }) => {
    const label = observed.at.get(node)?.[0];
    const line = lines.lines[node.line];
    const owner = line?.function ?? process;
    const ordinal = line === undefined ? 0 : lines.ordinalOf(line.span);
    const base =
      label !== undefined
        ? `${label[0]}.${label[1]}`
        : local
          ? `${owner}.local`
          : `${owner}.${ordinal}`;
    const copy = (used.get(base) ?? 0) + 1;
    used.set(base, copy);
    return copy === 1 ? base : `${base}#${copy}`;
  });
}

/** Replaces `at` by the locations it means, and process variables by the machine's locals. */
function locator(
  sources: readonly Process[],
  processes: readonly MachineProcess[],
  tables: Tables,
  topLocals: ReadonlyMap<Local, MachineLocal>,
  hidden: ReadonlySet<string>,
): (expr: Expr) => Expr {
  const visit = (expr: Expr): Expr => {
    const node = mapChildren(expr, visit);
    if (node.kind === "process-variable") {
      const local = topLocals.get(node.local);
      return local === undefined ? node : { ...node, local };
    }
    if (node.kind !== "at") return node;
    const machine = processes[sources.indexOf(node.process)];
    const { target } = node;
    const locations = new Set<number>();
    if (target.kind === "label") {
      const owner = target.function ?? node.process.name;
      if (hidden.has(`${node.process.name}: ${owner}.${target.label}`)) {
        tables.diagnostics.push(report("label-not-observable", node.span, { label: target.label }));
      }
      for (const location of machine?.locations ?? []) {
        if (location.labels.some(([fn, label]) => fn === owner && label === target.label))
          locations.add(location.id);
      }
    } else {
      for (const location of machine?.locations ?? []) {
        if (location.stack.some((frame) => tables.frames[frame]?.function === target.function))
          locations.add(location.id);
      }
    }
    const { process, index, type, span } = node;
    return { kind: "located", process, index, locations, type, span };
  };
  return visit;
}

function dedupe(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Set<string>();
  return diagnostics.filter((diagnostic) => {
    const key = `${diagnostic.code}:${diagnostic.span?.start ?? -1}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
