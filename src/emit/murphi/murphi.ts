// A machine as a Murphi model, as rumur (and but for `assume` and `cover` any Murphi) reads it: one rule firing for one
// step, the state of the one being the state of the other.
//
// - A process stands where its variable `…_at` says; what it keeps between its steps is `<process>_<local>`.
// - A null is an undefined value; where the value has many parts, a record with a flag. Sets are arrays of flags,
//   sequences a length and items that are undefined beyond it. Locks hold their owner.
// - Guards are worked out from the state before the step; statements follow the spec.
// - Deadlock is an invariant of its own, finer than what tools know: check with `--deadlock-detection off`.

import type { Command } from "../../machine/command.ts";
import { commandsOf } from "../../machine/commands.ts";
import {
  type Constant,
  cardinality,
  type Machine,
  type Property,
  type Type,
} from "../../machine/machine.ts";
import { naming } from "../names.ts";
import { evaluate } from "../scalar/evaluate.ts";
import { and, not, or } from "../scalar/scalar-build.ts";
import { CannotEnumerate, scopeOf } from "../scalar/scope.ts";
import { scalarOf } from "../scalar/symbolic-build.ts";
import { fileName, type Lines, line, newLines } from "../text.ts";
import type { Translated, Translation } from "../translation.ts";
import { type Context, insideOf, type StateVariable } from "./context.ts";
import { deadlockConditions } from "./deadlock.ts";
import {
  type Counted,
  type Counting,
  faultyHead,
  isJudged,
  type Judging,
  type Subject,
  statePropertyHead,
} from "./judging.ts";
import {
  definitionText,
  isOneWord,
  isScalarset,
  type Layout,
  layoutOf,
  letterFirst,
  RESERVED,
  typeText,
} from "./layout.ts";
import { docComment, type RuleMeaning, rules } from "./rules.ts";
import { type Functions, scalarText } from "./scalar-text.ts";
import { startStates } from "./start.ts";
import { block } from "./store.ts";
import { Unsayable } from "./unsayable.ts";
import { wrapped } from "./wrap.ts";

export interface MurphiOptions {
  readonly judging: Judging;
  /** Whether symmetric types become scalarsets, where that can be. */
  readonly scalarsets: boolean;
}

export interface MurphiTranslation extends Translation {
  readonly layout: Layout;
  /** What rules stand for, by name. */
  readonly rules: ReadonlyMap<string, RuleMeaning>;
  /** What the covers of a counting text count, by their messages. */
  readonly counted: ReadonlyMap<string, Counted>;
}

const CHECK: MurphiOptions = { judging: { kind: "check" }, scalarsets: true };

/** Translates a machine. */
export function emitMurphi(
  machine: Machine,
  options: MurphiOptions = CHECK,
): Translated<MurphiTranslation> {
  const found = commandsOf(machine);
  if (found.kind === "refusal") return found;
  const scalarsets = new Set(options.scalarsets ? symmetricTypes(machine) : []);
  for (;;) {
    try {
      const translation = translate(machine, found.commands, options.judging, scalarsets);
      return { kind: "translation", translation };
    } catch (thrown) {
      if (thrown instanceof Unsayable)
        return { kind: "refusal", refusal: { span: thrown.span, reason: thrown.message } };
      // Symmetry is only a gift: a type whose values must be told apart is a plain one.
      if (!(thrown instanceof CannotEnumerate) || !gaveUp(scalarsets, thrown.type)) throw thrown;
    }
  }
}

function symmetricTypes(machine: Machine): readonly string[] {
  return machine.types.flatMap(({ name, type }) =>
    (type.kind === "range" || type.kind === "enum") && type.symmetric ? [name] : [],
  );
}

function gaveUp(scalarsets: Set<string>, type: Type): boolean {
  const named = type.kind === "range" || type.kind === "enum";
  return named && type.name !== null && scalarsets.delete(type.name);
}

function translate(
  machine: Machine,
  commands: readonly Command[],
  judging: Judging,
  scalarsets: ReadonlySet<string>,
): MurphiTranslation {
  const layout = layoutOf(machine, scalarsets);
  const variables = stateVariables(layout);
  const counting: Counting = new Map();
  const context: Context = {
    layout,
    notions: {
      machine,
      keep: () => true,
      opaque: layout.plain.opaque,
    },
    judging,
    counting,
    functions: newFunctions(layout),
    variables: new Map(variables.map((variable) => [variable.name, variable])),
  };
  const start = startStates(context);
  const made = rules(context, commands);
  const properties = propertiesText(context, commands);
  const to = newLines();
  head(to, machine);
  constants(to, layout);
  types(to, layout);
  line(to, "");
  line(to, "var");
  block(to, () => {
    for (const { name, type, doc } of variables) {
      docComment(to, doc);
      line(to, `${name}: ${type};`);
    }
  });
  for (const text of context.functions.texts) {
    line(to, "");
    for (const one of text.split("\n")) line(to, one);
  }
  line(to, "");
  for (const text of [...start.lines, ...made.lines.lines, ...properties.lines]) line(to, text);
  return {
    files: [{ name: `${machine.name}.m`, text: `${wrapped(to.lines).join("\n")}\n` }],
    renamed: layout.renamed,
    layout,
    rules: made.meanings,
    counted: counting,
  };
}

function newFunctions(layout: Layout): Functions {
  const { machine } = layout;
  const locals = [...machine.processes, ...machine.actions].flatMap((owner) =>
    owner.locals.map(({ name }) => name),
  );
  const names = naming([...RESERVED, ...layout.globals, ...locals]);
  return { texts: [], known: new Map(), fresh: (name) => names.fresh(letterFirst(name)) };
}

function head(to: Lines, machine: Machine): void {
  const parameters = machine.parameters.map(({ name, value }) => `${name} = ${String(value)}`);
  line(to, `-- Generated by weft from ${fileName(machine.source.path)}; do not edit.`);
  if (parameters.length > 0) line(to, `-- Parameters: ${parameters.join(", ")}.`);
  line(to, "-- One rule firing is one step of the spec. A null is an undefined value. Check with");
  line(to, "-- --deadlock-detection off: deadlock is an invariant at the end.");
  if (machine.doc !== null) line(to, "");
  docComment(to, machine.doc);
}

function constants(to: Lines, layout: Layout): void {
  const { parameters, constants: others } = layout.machine;
  const shown = [...parameters, ...others].flatMap((constant) => {
    const value = constantText(layout, constant);
    return value === null ? [] : [{ constant, value }];
  });
  if (shown.length === 0) return;
  line(to, "");
  line(to, "const");
  block(to, () => {
    for (const { constant, value } of shown) {
      const name = layout.names.get(constant.name) ?? constant.name;
      const doc = constant.doc === null ? "" : ` -- ${constant.doc.replaceAll("\n", " ")}`;
      line(to, `${name}: ${value};${doc}`);
    }
  });
}

/** Constants of Murphi are numbers; the others have gone into what uses them. */
function constantText(_layout: Layout, { value }: Constant): string | null {
  return typeof value === "number" ? String(value) : null;
}

function types(to: Lines, layout: Layout): void {
  const { machine, owner } = layout;
  const shown = newLines();
  shown.depth = 1;
  for (const { name, type, doc } of machine.types) {
    docComment(shown, doc);
    if (isPlainSymmetric(type, layout))
      line(shown, "-- Symmetric, but its values are told apart below.");
    line(shown, `${layout.types.get(name)}: ${declaredType(type, layout)};`);
  }
  if (owner !== null) {
    const names = [...layout.processes.values()].map((process) => process.owner);
    line(shown, `${owner.processType}: enum { ${[owner.nobody, ...names].join(", ")} };`);
    if (owner.fields.length > 0) {
      const fields = owner.fields.map(
        ({ name, type }) => `${name}: ${typeText(type, layout.types)};`,
      );
      line(shown, "-- Who holds a lock.");
      line(shown, `${owner.type}: record process: ${owner.processType}; ${fields.join(" ")} end;`);
    }
  }
  for (const { atType, locations, process } of layout.processes.values()) {
    line(shown, `-- Where ${process.name} stands: named after the step that is next.`);
    line(shown, `${atType}: enum {`);
    block(shown, () => {
      locations.forEach((name, id) => {
        line(shown, id < locations.length - 1 ? `${name},` : name);
      });
    });
    line(shown, "};");
  }
  if (shown.lines.length === 0) return;
  line(to, "");
  line(to, "type");
  for (const text of shown.lines) line(to, text);
}

function isPlainSymmetric(type: Type, { scalarsets }: Layout): boolean {
  if (type.kind !== "range" && type.kind !== "enum") return false;
  return type.symmetric && !isScalarset(type, scalarsets);
}

function declaredType(type: Type, layout: Layout): string {
  if (isScalarset(type, layout.scalarsets)) return `scalarset(${cardinality(type)})`;
  if (type.kind !== "enum") return definitionText(type, layout.types);
  const members = layout.members.get(type.name) ?? new Map<string, string>();
  return `enum { ${type.members.map((member) => members.get(member)).join(", ")} }`;
}

function stateVariables(layout: Layout): readonly StateVariable[] {
  const { machine, owner } = layout;
  const variables = machine.variables.map(({ name, type, doc }) => ({
    name: layout.names.get(name) ?? name,
    type: typeText(type, layout.types),
    nullable: isOneWord(type),
    doc,
  }));
  const locks = machine.locks.map(({ name, keys, doc, class: of }) => {
    const own = owner?.type ?? "";
    const one =
      of === "rwsem" ? `record writer: ${own}; readers: ${readersType(layout)}; end` : own;
    const arrays = keys.map((key) => `array [${typeText(key, layout.types)}] of `).join("");
    return { name: layout.names.get(name) ?? name, type: `${arrays}${one}`, nullable: false, doc };
  });
  const processes = [...layout.processes.values()].flatMap(({ at, atType, index, stored }) => {
    const array = index === null ? "" : `array [${index.text}] of `;
    return [
      { name: at, type: `${array}${atType}`, nullable: false, doc: null },
      ...[...stored].map(([local, name]) => ({
        name,
        type: `${array}${typeText(local.type, layout.types)}`,
        nullable: index === null && isOneWord(local.type),
        doc: null,
      })),
    ];
  });
  return [...variables, ...locks, ...processes];
}

function readersType({ processes }: Layout): string {
  const fields = [...processes.values()].map(
    ({ owner, index }) => `${owner}: ${index === null ? "" : `array [${index.text}] of `}boolean;`,
  );
  return `record ${fields.join(" ")} end`;
}

// ---------------------------------------------------------------- properties

function propertiesText(context: Context, commands: readonly Command[]): Lines {
  const to = newLines();
  const { machine } = context.layout;
  for (const property of machine.properties) {
    if (property.kind !== "step") stateProperty(to, context, property);
  }
  const subject: Subject = { kind: "deadlock", name: "deadlock" };
  if (!isJudged(context.judging, subject)) return to;
  const conditions = deadlockConditions(context, commands);
  if (conditions === null) return to;
  const shown = statePropertyHead(context.judging, context.counting, subject);
  if (shown === null) return to;
  line(to, "");
  line(to, shown.head);
  block(to, () => {
    const lines = conditions.map((text, position) =>
      position < conditions.length - 1 ? `${text} &` : text,
    );
    if (!shown.negated) line(to, "!(");
    for (const text of lines) line(to, shown.negated ? text : `  ${text}`);
    line(to, shown.negated ? ";" : ");");
  });
  return to;
}

function stateProperty(to: Lines, context: Context, property: Property): void {
  const { kind, name, condition, doc } = property;
  const shown = statePropertyHead(context.judging, context.counting, { kind, name });
  if (shown === null) return;
  const inside = insideOf(context, null, new Map());
  const scope = scopeOf(context.notions, inside.reading);
  const holds = scalarOf(evaluate(condition, scope));
  // What cannot be judged does not hold.
  const good = and(...scope.sites.map(({ when }) => not(when)), holds);
  line(to, "");
  docComment(to, doc);
  line(to, shown.head);
  block(to, () => line(to, `${scalarText(shown.negated ? not(good) : good, inside.text)};`));
  if (kind !== "cover" || context.judging.kind !== "count" || scope.sites.length === 0) return;
  // Weft calls a cover violated that is nowhere reached but somewhere cannot be judged.
  const faulty = or(...scope.sites.map(({ when }) => when));
  line(to, faultyHead(context.counting, { kind, name }));
  block(to, () => line(to, `${scalarText(faulty, inside.text)};`));
}
