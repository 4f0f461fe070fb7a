// The value of constant expressions, and that of sets and records in their canonical form.

import { expect, test } from "vitest";
import { evaluate, evaluateConstant } from "../../src/language/constants.ts";
import type { Expr } from "../../src/language/model.ts";
import { type Type, type Value, valuesOf } from "../../src/language/types.ts";
import { compareValues, fitsType, formatValue, sameValue } from "../../src/language/values.ts";
import { errorsOf, modelOf, specOf } from "../support/typechecked.ts";

const declarations = `
type K = -1..2
enum E { one, two, three }
type R = { a: K, b: E? }
def twice(n: 0..9): 0..18 = n + n
def swap(a: 0..9, b: 0..9): 0..99 = let c = a: twice(b) - c
`;

function check(type: string, expression: string, value: Value): void {
  test(`${expression}  =  ${JSON.stringify(value)}`, () => {
    const [constant] = modelOf(specOf(`${declarations}const C: ${type} = ${expression}`)).constants;
    expect(constant?.value).toEqual(value);
    expect(constant && fitsType(constant.value, constant.type)).toBe(true);
  });
}

check("0..99", "7 / 2 + 7 % 4 * 3 - -1", 13);
check("bool", "!(1 < 2 && 2 >= 3) <=> (false => true)", true);
check("bool", "true || min({x in 0..1 where x > 1}) == 0", true);
check("0..99", "if 3 in {1, 2} then 1 else size({5, 4, 5})", 2);
check("set of (0..9)", "{5, 1, 5, 3}", [1, 3, 5]);
check("set of E", "{three, one} union {two} minus {one}", ["two", "three"]);
check("set of K", "{x in K where x * x == 1}", [-1, 1]);
check("set of (0..9)", "{x % 3 for x in 4..9}", [0, 1, 2]);
check("bool", "{1, 2} subset {2, 1, 0} && !({0, 3} subset {0}) && {1, 2} == {2, 1}", true);
check("bool", "forall x in K, y in K: x + y <= 4 && exists z in K: z == x", true);
check("0..99", "sum x in 1..4: (count y in 1..4: y < x)", 6);
check("(0..9)[K]", "[k in K: k + 1] with [0] = 9", { "-1": 0, "0": 9, "1": 2, "2": 3 });
check("R", "{ b: null, a: 1 } with b = two", { a: 1, b: "two" });
check("bool", "let r = { b: one, a: 1 }: (r with a = 1) == { b: one, a: 1 }", true);
check("seq of K upto 3", "append(rest([0, 1]), -1)", [1, -1]);
check("0..9", "first([3, 4]) + length([1]) + max({2, 4}) - min(1..3)", 7);
check("0..9", "[5, 6][1]", 6);
check("E?", "if 1 == 2 then one else null", null);
check("0..99", "swap(1, 2) + swap(2, 1)", 3);
check("set of bool", "bool", [false, true]);

for (const [expression, what] of [
  ["[1, 2][size({x in 0..2 where x > 0})]", "an index beyond its sequence"],
  ["min({x in 0..3 where x > 3})", "the least element of an empty set"],
  ["first(rest([1]))", "the first element of an empty sequence"],
  ["1 / size({x in 0..2 where x > 2})", "a division by what is not above 0"],
]) {
  test(`${expression} has no value`, () => {
    const [error] = errorsOf(specOf(`\nconst C: 0..9 = ${expression}`));
    expect(error).toContain(`: ${what}`);
  });
}

test("an expression that reads the state has no constant value, null is one", () => {
  const model = modelOf(specOf("\nvar x: bool? = null\ninvariant i: x == null"));
  const condition = model.properties[0]?.condition as Expr;
  expect(evaluateConstant(condition)).toBe(undefined);
  expect(evaluate(condition)).toEqual({ kind: "open" });
  expect(evaluateConstant(model.variables[0]?.initial.value as Expr)).toBe(null);
});

const small: Type = { kind: "range", lo: -1, hi: 1, name: null, symmetric: false };
const types: readonly Type[] = [
  { kind: "bool" },
  small,
  { kind: "option", of: small },
  { kind: "set", of: small },
  { kind: "sequence", of: small, upto: 2 },
  { kind: "array", key: small, of: { kind: "bool" } },
  {
    kind: "record",
    name: null,
    fields: [
      { name: "b", type: small },
      { name: "a", type: { kind: "option", of: { kind: "bool" } } },
    ],
  },
  { kind: "set", of: { kind: "option", of: { kind: "bool" } } },
];

for (const type of types) {
  test(`values of ${JSON.stringify(type)} are ordered as they are enumerated`, () => {
    const values = [...valuesOf(type)];
    for (const [i, left] of values.entries()) {
      expect(fitsType(left, type)).toBe(true);
      for (const [j, right] of values.entries()) {
        expect(Math.sign(compareValues(left, right, type))).toBe(Math.sign(i - j));
        expect(sameValue(left, right)).toBe(i === j);
        expect(formatValue(left, type) === formatValue(right, type)).toBe(i === j);
      }
    }
  });
}
