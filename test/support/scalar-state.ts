// Scalars over a concrete state: a reading whose places are ways into a `State`, and the value of a scalar there.
// Whatever would be read outside its array, sequence or process is an error: no target may be made to read it.

import { holdersOf } from "../../src/checker/locks.ts";
import { processFields } from "../../src/checker/processes.ts";
import type { State } from "../../src/checker/transition-system.ts";
import { entryOf, fits, sameValue } from "../../src/checker/values.ts";
import type { Bound, PlaceText, Scalar, ScalarType } from "../../src/emit/scalar/scalar.ts";
import { and, or } from "../../src/emit/scalar/scalar-build.ts";
import type { Notions } from "../../src/emit/scalar/scope.ts";
import type { LockSymbolic, Reading, Symbolic, Who } from "../../src/emit/scalar/symbolic.ts";
import { instancesOf, option, scalar } from "../../src/emit/scalar/symbolic-build.ts";
import { equal, literal } from "../../src/emit/scalar/symbolic-values.ts";
import {
  type Instance,
  type Local,
  type Machine,
  type Type,
  type Value,
  valuesOf,
} from "../../src/machine/machine.ts";

/** Where scalars are evaluated. */
export interface Here {
  readonly machine: Machine;
  readonly state: State;
  readonly next: State | null;
  readonly self: Instance | null;
  readonly choices: ReadonlyMap<Local, Value>;
}

const BOOL: ScalarType = { kind: "bool" };

/** What a place says: JSON of a step into a value, or of a question to it; indices are scalars in between. */
const step = (...parts: readonly string[]): string => JSON.stringify(parts);

/** Reads the state that scalars are evaluated in; `after` reads the one after it. */
export function stateReading(notions: Notions, after = false): Reading {
  const when = after ? "after" : "now";
  const whoText = ({ process, index }: Who): PlaceText => [
    step("who", process.name),
    ...(index === null ? [] : [index]),
  ];
  return {
    variable: (variable) =>
      viewed(notions, [step(when), step("variable", variable.name)], variable.type),
    local: (local) => viewed(notions, [step(when), step("local", local.name)], local.type),
    lock: (lock, keys): LockSymbolic => {
      const ask = (question: string, who: PlaceText = []): Scalar => ({
        kind: "read",
        place: [step(when), step("lock", lock.name), ...keys, step(question), ...who],
        type: BOOL,
      });
      return {
        free: ask("free"),
        owned: ask("owned"),
        ownedBy: (who) => ask("ownedBy", whoText(who)),
        readBy: (who) => ask("readBy", whoText(who)),
      };
    },
    at: (who, locations) => ({
      kind: "read",
      place: [step(when), ...whoText(who), step("at", ...[...locations].map(String))],
      type: BOOL,
    }),
    processVariable: (who, local) =>
      viewed(notions, [step(when), ...whoText(who), step("field", local.name)], local.type),
  };
}

function viewed(notions: Notions, place: PlaceText, type: Type): Symbolic {
  const ask = (text: PlaceText, of: ScalarType): Scalar => ({
    kind: "read",
    place: [...place, ...text],
    type: of,
  });
  switch (type.kind) {
    case "bool":
    case "range":
    case "enum":
      return scalar(ask([], type));
    case "option":
      return option(ask([step("isNull")], BOOL), () => viewed(notions, place, type.of));
    case "record":
      return {
        kind: "record",
        field: (name) => {
          const field = type.fields.find((other) => other.name === name);
          if (field === undefined) throw new Error(`no field ${name}`);
          return viewed(notions, [...place, step("field", name)], field.type);
        },
      };
    case "array":
      return {
        kind: "array",
        at: (key) => viewed(notions, [...place, step("index"), key], type.of),
      };
    case "sequence":
      return {
        kind: "sequence",
        length: ask([step("length")], { kind: "range", lo: 0, hi: type.upto, ...PLAIN }),
        at: (index) => viewed(notions, [...place, step("element"), index], type.of),
      };
    case "process":
      return {
        kind: "process",
        is: ({ process, index }) =>
          ask([step("is", process.name), ...(index === null ? [] : [index])], BOOL),
      };
    case "set":
      return {
        kind: "set",
        has: (element) => {
          if (element.kind === "scalar") return ask([step("has"), element.scalar], BOOL);
          const of = type.of;
          return or(
            ...[...valuesOf(of)].map((value) =>
              and(
                equal(notions, element, of, literal(notions, value, of), of),
                ask([step("hasValue", JSON.stringify(value))], BOOL),
              ),
            ),
          );
        },
      };
    default:
      return type satisfies never;
  }
}

const PLAIN = { name: null, symmetric: false } as const;

type Bounds = ReadonlyMap<Bound, Value>;

const known = new WeakMap<Here, Map<Scalar, Value>>();

/** The value of a scalar. What is shared by many scalars is looked at once. */
export function scalarValue(of: Scalar, here: Here, bounds: Bounds = new Map()): Value {
  if (bounds.size > 0) return found(of, here, bounds);
  const values = known.get(here) ?? new Map<Scalar, Value>();
  known.set(here, values);
  const value = values.get(of) ?? found(of, here, bounds);
  values.set(of, value);
  return value;
}

function found(of: Scalar, here: Here, bounds: Bounds): Value {
  const value = (part: Scalar): Value => scalarValue(part, here, bounds);
  switch (of.kind) {
    case "boolean":
    case "number":
      return of.value;
    case "member":
      return of.member;
    case "bound": {
      const bound = bounds.get(of.bound);
      if (bound === undefined) throw new Error(`not bound: ${of.bound.name}`);
      return bound;
    }
    case "not":
      return !truthOf(value(of.operand));
    case "negate":
      return 0 - numberOf(value(of.operand));
    case "select":
      return truthOf(value(of.condition)) ? value(of.then) : value(of.otherwise);
    case "binary":
      return binaryValue(of, value);
    case "quantifier": {
      const { quantifier, bound, body } = of;
      const values = [...valuesOf(bound.type)].map((each) =>
        scalarValue(body, here, new Map(bounds).set(bound, each)),
      );
      if (quantifier === "forall") return values.every(truthOf);
      if (quantifier === "exists") return values.some(truthOf);
      if (quantifier === "count") return values.filter(truthOf).length;
      return values.reduce<number>((sum, each) => sum + numberOf(each), 0);
    }
    case "read": {
      const read = readPlace(of.place, here, value);
      if (!fits(of.type, read)) throw new Error(`not of its type: ${JSON.stringify(read)}`);
      return read;
    }
    default:
      return of satisfies never;
  }
}

function truthOf(value: Value): boolean {
  if (typeof value !== "boolean") throw new Error(`not a boolean: ${JSON.stringify(value)}`);
  return value;
}

function numberOf(value: Value): number {
  if (typeof value !== "number") throw new Error(`not a number: ${JSON.stringify(value)}`);
  return value;
}

function binaryValue(
  { operator, left, right }: Extract<Scalar, { readonly kind: "binary" }>,
  value: (part: Scalar) => Value,
): Value {
  if (operator === "and") return truthOf(value(left)) && truthOf(value(right));
  if (operator === "or") return truthOf(value(left)) || truthOf(value(right));
  const [a, b] = [value(left), value(right)];
  if (operator === "==" || operator === "!=") {
    if (typeof a !== typeof b) throw new Error(`${JSON.stringify(a)} compared with ${String(b)}`);
    return sameValue(a, b) === (operator === "==");
  }
  const [x, y] = [numberOf(a), numberOf(b)];
  switch (operator) {
    case "<":
      return x < y;
    case "<=":
      return x <= y;
    case ">":
      return x > y;
    case ">=":
      return x >= y;
    case "+":
      return x + y;
    case "-":
      return x - y;
    case "*":
      return x * y + 0;
    case "/":
    case "%":
      if (x < 0 || y <= 0) throw new Error("a division that is not defined");
      return operator === "/" ? Math.floor(x / y) : x % y;
    default:
      return operator satisfies never;
  }
}

// ---------------------------------------------------------------- places

function readPlace(place: PlaceText, here: Here, value: (part: Scalar) => Value): Value {
  const pieces = place.map((piece): readonly string[] | { readonly key: Value } =>
    typeof piece === "string" ? (JSON.parse(piece) as readonly string[]) : { key: value(piece) },
  );
  let at = 0;
  const text = (): readonly string[] => {
    const piece = pieces[at];
    at += 1;
    if (piece === undefined || "key" in piece) throw new Error("a key where a step is wanted");
    return piece;
  };
  const key = (): Value => {
    const piece = pieces[at];
    at += 1;
    if (piece === undefined || !("key" in piece)) throw new Error("a step where a key is wanted");
    return piece.key;
  };
  const hasKey = (): boolean => {
    const piece = pieces[at];
    return piece !== undefined && "key" in piece;
  };
  const who = (name: string | undefined): Instance => {
    const index = hasKey() ? key() : null;
    const found = here.machine.instances.find(
      (instance) => instance.process.name === name && sameValue(instance.index, index),
    );
    if (found === undefined) throw new Error(`no instance ${name}[${String(index)}]`);
    return found;
  };
  const [when] = text();
  const state = when === "after" ? here.next : here.state;
  if (state === null) throw new Error("no state after this");

  const [kind, name = ""] = text();
  let current: Value;
  if (kind === "variable") current = state[name] as Value;
  else if (kind === "local") current = localValue(here, state, name);
  else if (kind === "lock") {
    const lock = here.machine.locks.find((other) => other.name === name);
    if (lock === undefined) throw new Error(`no lock ${name}`);
    const keys = lock.keys.map((type) => {
      const found = key();
      if (!fits(type, found)) throw new Error(`no lock ${name}[${String(found)}]`);
      return String(found);
    });
    const holders = holdersOf(state, { lock, keys });
    const [question] = text();
    if (question === "free") return holders.owner === null && holders.readers.length === 0;
    if (question === "owned") return holders.owner !== null;
    const by = who(text()[1]).name;
    return question === "ownedBy" ? holders.owner === by : holders.readers.includes(by);
  } else current = processFields(who(name), state);

  while (at < pieces.length) {
    const [question, detail = "", ...more] = text();
    switch (question) {
      case "isNull":
        return current === null;
      case "field":
        current = present(entryOf(current, detail));
        break;
      case "index":
        current = present(entryOf(current, String(key())));
        break;
      case "element":
        current = present((current as readonly Value[])[numberOf(key())]);
        break;
      case "length":
        return (current as readonly Value[]).length;
      case "is":
        return current === who(detail).name;
      case "has": {
        const wanted = key();
        return (current as readonly Value[]).some((element) => sameValue(element, wanted));
      }
      case "hasValue":
        return (current as readonly Value[]).some((element) =>
          sameValue(element, JSON.parse(detail) as Value),
        );
      case "at": {
        const fields = current;
        const process = here.machine.processes.find((other) => other.name === name);
        const location = process?.locations.find((other) => other.name === entryOf(fields, "at"));
        return [detail, ...more].includes(String(location?.id));
      }
      default:
        throw new Error(`unknown step ${question}`);
    }
  }
  return current;
}

function present(value: Value | undefined): Value {
  if (value === undefined) throw new Error("reads what is not there");
  return value;
}

function localValue(here: Here, state: State, name: string): Value {
  for (const [choice, value] of here.choices) if (choice.name === name) return value;
  if (here.self === null) throw new Error(`no local ${name}`);
  const { local } = here.self.process.index ?? { local: null };
  const process = here.machine.processes.find((other) => other.process === here.self?.process);
  if (local !== null && process?.index?.name === name) return here.self.index;
  return present(entryOf(processFields(here.self, state), name));
}

/** All values that some locals may have together. */
export function assignmentsOf(locals: readonly Local[]): readonly ReadonlyMap<Local, Value>[] {
  return locals.reduce<readonly ReadonlyMap<Local, Value>[]>(
    (before, local) =>
      before.flatMap((others) =>
        [...valuesOf(local.type)].map((value) => new Map(others).set(local, value)),
      ),
    [new Map()],
  );
}

/** The instance that a process name and index mean, in the form of the symbolic evaluator. */
export function whoIs(machine: Machine, instance: Instance): Who {
  const position = machine.instances
    .filter(({ process }) => process === instance.process)
    .indexOf(instance);
  const who = instancesOf(machine, instance.process)[position];
  if (who === undefined) throw new Error(`no instance ${instance.name}`);
  return who;
}
