import {
  cardinality,
  type Type,
  type Value,
  type Variable,
  valuesOf,
} from "../../machine/machine.ts";
import { evaluate } from "../scalar/evaluate.ts";
import type { Bound, PlaceText, Scalar } from "../scalar/scalar.ts";
import { boundScalar, isTrue, not, TRUE } from "../scalar/scalar-build.ts";
import { bind, type Scope, scopeOf } from "../scalar/scope.ts";
import type { FaultSite } from "../scalar/symbolic.ts";
import { expect, scalarOf } from "../scalar/symbolic-build.ts";
import { fits } from "../scalar/symbolic-fits.ts";
import { isScalarType, scalarLiteral } from "../scalar/symbolic-values.ts";
import { type Lines, line, newLines } from "../text.ts";
import { faults } from "./body.ts";
import { type Choice, choiceOf } from "./choices.ts";
import { type Context, type Inside, insideOf } from "./context.ts";
import { RESERVED, typeText } from "./layout.ts";
import { part } from "./reading.ts";
import { declarations } from "./rules.ts";
import { placeText, scalarText, type TextScope, withBound } from "./scalar-text.ts";
import { startProcess } from "./start-process.ts";
import { block, store } from "./store.ts";

interface Starting {
  readonly context: Context;
  readonly inside: Inside;
  readonly to: Lines;
}

/** A variable drawn element by element: the keys of the element, and what was chosen. */
interface Drawn {
  readonly variable: Variable;
  readonly keys: readonly Value[];
  readonly choice: Choice;
}

/** The start states of a machine. */
export function startStates(context: Context): Lines {
  const { layout } = context;
  const { machine } = layout;
  const taken = new Set([...RESERVED, ...layout.globals]);
  const fresh = (wish: string): string => {
    let name = wish;
    while (taken.has(name)) name = `${name}_`;
    taken.add(name);
    return name;
  };
  const drawn = machine.variables.flatMap((variable) =>
    variable.initial.kind === "in" ? draw(context, variable, fresh) : [],
  );
  const parameters = drawn.flatMap(({ choice }) => choice.parameters);
  const inside = insideOf(context, null, new Map(parameters));
  const starting: Starting = { context, inside, to: newLines() };
  for (const variable of machine.variables) {
    const own = drawn.filter((one) => one.variable === variable);
    if (variable.initial.kind === "in") drawVariable(starting, variable, own);
    else setVariable(starting, variable);
  }
  for (const condition of machine.initConditions) {
    const scope = scopeOf(context.notions, inside.reading);
    const holds = scalarOf(evaluate(condition, scope));
    if (!faults(bodyOf(starting, inside), scope.sites)) break;
    if (!isTrue(holds)) line(starting.to, `assume ${scalarText(holds, inside.text)};`);
  }
  locksFree(starting);
  for (const process of machine.processes) startProcess(context, inside, starting.to, process);
  return startRule(starting, parameters);
}

function startRule(
  { inside, to }: Starting,
  parameters: readonly (readonly [string, string])[],
): Lines {
  const made = newLines();
  const state = (): void => {
    line(made, 'startstate "init"');
    declarations(made, inside);
    line(made, "begin");
    block(made, () => {
      for (const text of to.lines) line(made, text);
    });
    line(made, "end;");
  };
  if (parameters.length === 0) state();
  else {
    for (const text of rulesetHead(parameters)) line(made, text);
    block(made, state);
    line(made, "end;");
  }
  return made;
}

/** Parameters of the same type together, a type a line. */
function rulesetHead(parameters: readonly (readonly [string, string])[]): readonly string[] {
  const texts = parameters.map(([name, type], position) => {
    const ends = position === parameters.length - 1 ? " do" : ";";
    return `${position === 0 ? "ruleset " : "        "}${name}: ${type}${ends}`;
  });
  return texts;
}

function bodyOf({ to }: Starting, inside: Inside): Parameters<typeof faults>[0] {
  return { inside, to, beginning: true, atEnd: () => {}, loops: new Map(), last: true };
}

// ---------------------------------------------------------------- variables

function draw(
  { layout }: Context,
  variable: Variable,
  fresh: (wish: string) => string,
): readonly Drawn[] {
  const type = drawnType(variable);
  return keysOf(variable).map((keys) => {
    const wish = [layout.names.get(variable.name) ?? variable.name, ...keys.map(plain)].join("_");
    return { variable, keys, choice: choiceOf(layout, wish, type, fresh) };
  });
}

const plain = (key: Value): string => String(key).replace("-", "m");

/** What may be drawn: the elements of the set that the variable can hold. */
function drawnType({ initial, elementType }: Variable): Type {
  const { type } = initial.value;
  if (type.kind !== "set" || type.of.kind !== "range" || elementType.kind !== "range")
    return elementType;
  const lo = Math.max(type.of.lo, elementType.lo);
  const hi = Math.min(type.of.hi, elementType.hi);
  if (lo === elementType.lo && hi === elementType.hi) return elementType;
  return lo <= hi ? { ...type.of, lo, hi, name: null } : elementType;
}

function keysOf({ keys }: Variable): readonly (readonly Value[])[] {
  return keys.reduce<readonly (readonly Value[])[]>(
    (prefixes, { type }) =>
      prefixes.flatMap((prefix) => [...valuesOf(type)].map((key) => [...prefix, key])),
    [[]],
  );
}

function drawVariable(starting: Starting, variable: Variable, drawn: readonly Drawn[]): void {
  const { context, inside, to } = starting;
  const { initial, elementType, keys } = variable;
  const setType: Type = { kind: "set", of: elementType };
  const sites: FaultSite[] = [];
  const sets = drawn.map((one) => {
    let scope: Scope = { ...scopeOf(context.notions, inside.reading), sites };
    keys.forEach(({ binder, type }, depth) => {
      if (!isScalarType(type)) throw new Error("a key that is no scalar");
      const key = scalarLiteral(context.layout.plain, one.keys[depth] as Value, type);
      scope = bind(scope, binder, { kind: "scalar", scalar: key });
    });
    const set = evaluate(initial.value, scope);
    const fitting = fits(context.notions, set, initial.value.type, setType);
    if (!isTrue(fitting))
      sites.push({ when: not(fitting), fault: "range", span: initial.value.span });
    return expect(set, "set");
  });
  if (!faults(bodyOf(starting, inside), sites)) return;
  drawn.forEach((one, position) => {
    const set = sets[position];
    const all = set === undefined || listsAll(variable);
    const has = all ? TRUE : set.has(one.choice.value);
    if (!isTrue(has)) line(to, `assume ${scalarText(has, inside.text)};`);
  });
  for (const one of drawn) {
    const place = one.keys.reduce<PlaceText>(
      (base, key, depth) => {
        const type = keys[depth]?.type;
        if (type === undefined || !isScalarType(type)) throw new Error("a key that is no scalar");
        return part.index(base, scalarLiteral(context.layout.plain, key, type));
      },
      [nameOf(context, variable)],
    );
    store(to, place, one.choice.value, elementType, inside.text);
  }
}

/** Is the set that it is drawn from a list of all values? */
function listsAll(variable: Variable): boolean {
  const { value } = variable.initial;
  if (value.kind !== "set" || !isScalarType(drawnType(variable))) return false;
  const listed = value.elements.map((one) => (one.kind === "literal" ? one.value : null));
  return new Set(listed).size === cardinality(drawnType(variable)) && !listed.includes(null);
}

function nameOf({ layout }: Context, variable: Variable): string {
  return layout.names.get(variable.name) ?? variable.name;
}

function setVariable(starting: Starting, variable: Variable): void {
  const { context, inside } = starting;
  const scope = scopeOf(context.notions, inside.reading);
  setBelow(starting, variable, 0, scope, [nameOf(context, variable)], inside.text);
}

function setBelow(
  starting: Starting,
  variable: Variable,
  depth: number,
  scope: Scope,
  place: PlaceText,
  text: TextScope,
): void {
  const { context, inside, to } = starting;
  const key = variable.keys[depth];
  const { value } = variable.initial;
  if (key === undefined) {
    const made = evaluate(value, scope);
    const fitting = fits(context.notions, made, value.type, variable.elementType);
    if (!isTrue(fitting))
      scope.sites.push({ when: not(fitting), fault: "range", span: value.span });
    if (!faults(bodyOf(starting, { ...inside, text }), scope.sites)) return;
    store(to, place, made, variable.elementType, text);
    return;
  }
  const { type, binder } = key;
  if (!isScalarType(type)) throw new Error("a key that is no scalar");
  const bound: Bound = { name: binder.name, type };
  const { name, inside: under } = withBound(bound, text);
  const index = boundScalar(bound);
  line(to, `for ${name}: ${typeText(type, context.layout.types)} do`);
  block(to, () => {
    const inner = bind({ ...scope, sites: [] }, binder, { kind: "scalar", scalar: index });
    setBelow(starting, variable, depth + 1, inner, part.index(place, index), under);
  });
  line(to, "end;");
}

// ---------------------------------------------------------------- locks and processes

function locksFree({ context, inside, to }: Starting): void {
  const { layout } = context;
  const { owner } = layout;
  if (owner === null) return;
  const nameField =
    owner.fields.length === 0
      ? (at: PlaceText) => at
      : (at: PlaceText) => part.field(at, "process");
  for (const lock of layout.machine.locks) {
    const free = (place: PlaceText, depth: number, text: TextScope): void => {
      const key = lock.keys[depth];
      if (key !== undefined) {
        loopOver(to, "k", key, text, layout, (index, under) =>
          free(part.index(place, index), depth + 1, under),
        );
        return;
      }
      const at = (of: PlaceText): string => placeText(of, text);
      if (lock.class !== "rwsem") {
        line(to, `${at(nameField(place))} := ${owner.nobody};`);
        return;
      }
      line(to, `${at(nameField(part.field(place, "writer")))} := ${owner.nobody};`);
      for (const { owner: name, index } of layout.processes.values()) {
        const readers = part.field(part.field(place, "readers"), name);
        if (index === null) line(to, `${at(readers)} := false;`);
        else {
          loopOver(
            to,
            "p",
            index.type,
            text,
            layout,
            (p, under) => line(to, `${placeText(part.index(readers, p), under)} := false;`),
            index.text,
          );
        }
      }
    };
    free([layout.names.get(lock.name) ?? lock.name], 0, inside.text);
  }
}

function loopOver(
  to: Lines,
  wish: string,
  type: Type,
  text: TextScope,
  layout: Context["layout"],
  body: (index: Scalar, under: TextScope) => void,
  over = typeText(type, layout.types),
): void {
  if (!isScalarType(type)) throw new Error("an index that is no scalar");
  const bound: Bound = { name: wish, type };
  const { name, inside } = withBound(bound, text);
  line(to, `for ${name}: ${over} do`);
  block(to, () => body(boundScalar(bound), inside));
  line(to, "end;");
}
