// What tells values of a symmetric type apart although the type checker lets it pass, and what permutations make of values.

import { expect, test } from "vitest";
import { renderDiagnostics } from "../../src/diagnostics/frame.ts";
import { cardinality, type Machine, type Type, valuesOf } from "../../src/machine/machine.ts";
import { type Distinction, distinctionOf } from "../../src/machine/symmetry/distinctions.ts";
import {
  composed,
  identity,
  inverse,
  type Permutation,
  relabelled,
  symmetryOf,
} from "../../src/machine/symmetry/permutations.ts";
import { symmetricTypes } from "../../src/machine/symmetry/types.ts";
import { compile } from "../../src/pipeline.ts";

function machineOf(text: string): Machine {
  const { machine, diagnostics } = compile(
    "a.weft",
    () => `spec a\nsymmetric type T = 1..3\n${text}`,
  );
  if (machine === null) throw new Error(renderDiagnostics(diagnostics));
  return machine;
}

const distinguished: readonly (readonly [string, Distinction["kind"] | null, string])[] = [
  ["nothing", null, "var x[T]: bool = false\nprocess p[t: T] { x[t] := true }"],
  [
    "a quantifier that ends at the first true body or at the first fault",
    "fault-in-order",
    "var q[T]: seq of bool upto 1 = []\naction push(t: T) when length(q[t]) == 0 { q[t] := append(q[t], true) }\ninvariant i: !(exists t in T: first(q[t]))",
  ],
  [
    "the same over values that hold those of the type",
    "fault-in-order",
    "var q[T]: seq of bool upto 1 = []\nvar seen: set of T? = {}\naction push(t: T) { seen := seen union {t}; q[t] := [true] }\ninvariant i: !(exists t in seen: t != null && first(q[t]))",
  ],
  [
    "no fault is possible in a quantifier",
    null,
    "var q[T]: seq of bool upto 1 = []\naction push(t: T) when length(q[t]) == 0 { q[t] := append(q[t], true) }\ninvariant i: forall t in T: length(q[t]) < 2",
  ],
  [
    "initial values that may fault, one after the other",
    "fault-in-order",
    "var n: set of (0..3) in {{}, {1}}\nvar m[t: T]: 0..3 = max(n)\naction a { skip }",
  ],
  [
    "a local that a jump leaves unassigned",
    "read-before-assigned",
    "var x[T]: bool = false\nvar on: bool in bool\nprocess p[t: T] {\n  if on { goto late }\n  var mine: T = t\n  skip\nlate:\n  x[mine] := true\n}",
  ],
  [
    "an option that a jump leaves unassigned is null",
    null,
    "var x[T]: bool = false\nvar on: bool in bool\nprocess p[t: T] {\n  if on { goto late }\n  var mine: T? = t\n  skip\nlate:\n  if mine != null { x[mine] := true }\n}",
  ],
  [
    "a variable of a process that a property reads when it is over",
    "read-after-end",
    "var x[T]: bool = false\nprocess p[t: T] {\n  var mine: T = t\n  x[mine] := true\n}\ninvariant i: forall t in T: done(p[t]) => x[p[t].mine]",
  ],
  [
    "ghosts written before the first step",
    "start-in-order",
    "ghost var order: seq of T upto 3 = []\nprocess p[t: T] {\n  ghost order := append(order, t)\n  skip\n}",
  ],
];

test.each(distinguished)("%s", (_, kind, text) => {
  const machine = machineOf(text);
  const [type] = symmetricTypes(machine);
  if (type === undefined) throw new Error("no symmetric type");
  expect(distinctionOf(machine, type)?.kind ?? null).toBe(kind);
});

test("a type of one value has nothing to permute", () => {
  const machine = machineOf("symmetric type One = 1..1\naction a { skip }");
  expect(symmetricTypes(machine)).toEqual([{ name: "T", size: 3 }]);
});

const machine = machineOf("process p[t: T] { skip }\nprocess q { skip }");
const symmetry = symmetryOf(machine, symmetricTypes(machine));
const t = machine.types[0]?.type as Type;
const process: Type = { kind: "process", members: machine.instances.map(({ name }) => name) };
const types: readonly Type[] = [
  t,
  process,
  { kind: "bool" },
  { kind: "option", of: t },
  { kind: "set", of: t },
  { kind: "set", of: { kind: "option", of: process } },
  { kind: "sequence", of: t, upto: 2 },
  { kind: "array", key: t, of: { kind: "option", of: t } },
  {
    kind: "record",
    name: null,
    fields: [
      { name: "a", type: t },
      { name: "b", type: { kind: "bool" } },
    ],
  },
];
const turn: Permutation = [Int32Array.of(1, 2, 0)];

/** What a value becomes, by names. */
function renamed(value: unknown): unknown {
  const next = new Map<unknown, unknown>([
    [1, 2],
    [2, 3],
    [3, 1],
    ["p[1]", "p[2]"],
    ["p[2]", "p[3]"],
    ["p[3]", "p[1]"],
  ]);
  if (Array.isArray(value)) return value.map(renamed);
  if (value === null || typeof value !== "object") return next.get(value) ?? value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      /\d/.test(key) ? next.get(Number(key)) : key,
      renamed(one),
    ]),
  );
}

test.each(types.map((type) => [type.kind, type] as const))(
  "values of a %s are renamed",
  (_, type) => {
    const values = [...valuesOf(type)];
    const text = (value: unknown): string => {
      const parts = Array.isArray(value) && type.kind === "set" ? value.map(text).sort() : value;
      return JSON.stringify(parts, (_, one) =>
        one !== null && typeof one === "object" && !Array.isArray(one)
          ? Object.entries(one).sort()
          : one,
      );
    };
    for (let ordinal = 0; ordinal < cardinality(type); ordinal += 1) {
      const moved = relabelled(symmetry, turn, type, ordinal);
      expect(text(values[moved])).toBe(text(renamed(values[ordinal])));
      expect(relabelled(symmetry, inverse(turn), type, moved)).toBe(ordinal);
    }
  },
);

test("permutations one after the other, and back", () => {
  expect(composed(turn, inverse(turn))).toEqual(identity(symmetry));
  expect(composed(turn, turn)).toEqual(inverse(turn));
});
