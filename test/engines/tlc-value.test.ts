import { expect, test } from "vitest";
import { parseTlaState, parseTlaValue, type TlaValue } from "../../src/engines/tlc-value.ts";

/** A value as plain data, short enough to be written down here. */
function plain(value: TlaValue): unknown {
  switch (value.kind) {
    case "boolean":
    case "number":
    case "string":
      return value.value;
    case "model":
      return { model: value.name };
    case "set":
      return { set: value.elements.map(plain) };
    case "tuple":
      return value.elements.map(plain);
    case "record":
      return Object.fromEntries([...value.fields].map(([name, of]) => [name, plain(of)]));
    case "function":
      return { pairs: value.pairs.map((pair) => pair.map(plain)) };
    default:
      return value satisfies never;
  }
}

function check(text: string, expected: unknown): void {
  const parsed = parseTlaValue(text);
  expect(parsed.kind === "parsed" ? plain(parsed.value) : parsed.error).toEqual(expected);
}

const values: readonly (readonly [string, unknown])[] = [
  ["TRUE", true],
  ["FALSE", false],
  ["-12", -12],
  ['"a \\"quoted\\" \\\\ word"', 'a "quoted" \\ word'],
  ["Null", { model: "Null" }],
  ["{}", { set: [] }],
  ["<<>>", []],
  ["-1..2", { set: [-1, 0, 1, 2] }],
  ["{1..2, {}}", { set: [{ set: [1, 2] }, { set: [] }] }],
  ['<<"zapper", 1>>', ["zapper", 1]],
  ["[a |-> {1, 2}, b |-> <<TRUE>>]", { a: { set: [1, 2] }, b: [true] }],
  [
    "(0 :> [x |-> Null] @@ -1 :> (TRUE :> <<>>))",
    {
      pairs: [
        [0, { x: { model: "Null" } }],
        [-1, { pairs: [[true, []]] }],
      ],
    },
  ],
  ['[ writer |-> "a",\n  readers |-> {} ]', { writer: "a", readers: { set: [] } }],
];

test.each(values)("%s", check);

test.each([
  ["", 0],
  ["{1, ", 3],
  ["{1 2}", 3],
  ["<<1>> 2", 6],
  ["[a -> 1]", 2],
  ["(1 :> 2 @@)", 10],
  ["1..Null", 3],
])("%s is no value", (text, at) => {
  const parsed = parseTlaValue(text);
  expect(parsed).toMatchObject({ kind: "error", error: { at } });
});

test("states, with one variable and with several", () => {
  const state = parseTlaState(
    '/\\ x = (0 :> 1)\n/\\ y = "a = b"\n/\\ zapper_at = <<"l1", "done">>\n',
  );
  if (state.kind === "error") throw new Error(state.error.expected);
  expect([...state.value.keys()]).toEqual(["x", "y", "zapper_at"]);
  const one = parseTlaState("x = 4\n");
  expect(one.kind === "parsed" && one.value.get("x")).toEqual({ kind: "number", value: 4 });
});
