// Modules of TLA+: how values, choices, locks, faults and loops are written. Whether they mean the same, TLC says elsewhere.

import { expect, test } from "vitest";
import { emitTlaPlus, type TlaTranslation } from "../../src/emit/tlaplus/tlaplus.ts";
import { machineOf } from "../support/spec.ts";

function translated(spec: string): TlaTranslation {
  const result = emitTlaPlus(machineOf(`spec a\n${spec}`));
  if (result.kind === "refusal") throw new Error(result.refusal.reason);
  return result.translation;
}

/** The module has these lines, one after another, whatever their indentation. */
function check(spec: string, ...parts: readonly (readonly string[])[]): void {
  const text = translated(spec).files[0]?.text.replaceAll(/^ +/gm, "");
  for (const lines of parts) expect(text).toContain(lines.join("\n"));
}

test("a step is an operator: where the process stands, what it changes, what it leaves", () => {
  check(
    "var n: 0..9 = 0\nvar f: bool = false\nprocess p[i: 1..2] { n := 3 /// said\n f := true }",
    [
      "\\* n := 3  /// said",
      "p_1(i) ==",
      '/\\ p_at[i] = "p.1"',
      "/\\ n' = 3",
      '/\\ p_at\' = [p_at EXCEPT ![i] = "p.2"]',
      "/\\ UNCHANGED f",
    ],
    ["p(i) ==", "\\/ p_1(i)", "\\/ p_2(i)"],
    ["Next == \\E i \\in 1..2 : p(i)"],
  );
});

test("a step that goes wrong changes nothing and says so", () => {
  check("var n: 0..2 = 0\nprocess p { n += 1 }", [
    "/\\ IF n + 1 > 2",
    'THEN Fault("range", "range, test.weft:3")',
    "ELSE /\\ n' = n + 1",
    '/\\ p_at\' = "done"',
  ]);
});

test("partial expressions are evaluated only where they have values", () => {
  check("var n: 0..3 = 0\nvar b: bool = false\nprocess p { b := n != 0 && 3 / n == 1 }", [
    "/\\ IF n # 0 /\\ n = 0",
    'THEN Fault("range", "division, test.weft:4")',
  ]);
});

test("a disjunction that one waits for is no choice of steps", () => {
  check("var a: bool = true\nvar b: bool = true\nprocess p { await a || b }", [
    "/\\ When(a \\/ b)",
  ]);
});

test("choices are quantifiers and disjunctions; parameters of actions are parameters", () => {
  check(
    "var n: 0..3 = 0\naction up(x: 1..3) when x > n { n := x }\nprocess p { either { n := 1 } or { n := 2 } }",
    ["up(x) ==", "/\\ x > n", "/\\ n' = x"],
    ["Next ==", "\\/ p", "\\/ \\E x \\in 1..3 : up(x)"],
    ["\\/ /\\ n' = 1", '/\\ p_at\' = "done"', "\\/ /\\ n' = 2", '/\\ p_at\' = "done"'],
  );
});

test("locks hold Null or their owner, which is a tuple", () => {
  check(
    "spinlock l[1..2]\nrwsem m\nprocess p[i: 1..2] { acquire l[i]; release l[i]; acquire m for read; release m }",
    ["/\\ l[i] = Null", '/\\ l\' = [l EXCEPT ![i] = <<"p", i>>]'],
    ['/\\ IF l[i] # <<"p", i>>', 'THEN Fault("lock_use", "release-not-held, test.weft:4")'],
    ["/\\ m.writer = Null", '/\\ m\' = [m EXCEPT !.readers = @ \\cup {<<"p", i>>}]'],
  );
});

test("sequences begin with 1, and with a chosen element", () => {
  check(
    "var s: seq of (0..3) upto 2 = [1]\nvar n: 0..3 = 0\nprocess p { n := s[0]; s := append(s, n) }",
    ["/\\ IF 0 >= Len(s)", 'THEN Fault("range", "index, test.weft:4")', "ELSE /\\ n' = s[1]"],
  );
});

test("ways that only compute meet in a value, others in an operator", () => {
  const spec = (body: string): string =>
    `var a: 0..9 = 0\nvar b: 0..9 = 0\nvar c: bool = false\nprocess p { atomic { ${body} } }`;
  check(spec("if c { a := 1 } else { a := 2 }\n b := a"), [
    "/\\ a' = IF c THEN 1 ELSE 2",
    "/\\ b' = IF c THEN 1 ELSE 2",
  ]);
  check(
    spec("if c { a += 1 } else { a := 2 }\n b := a; if a == 3 { b := 4 }\n if b == 2 { b := 0 }"),
    ["/\\ LET Rest(a_2) =="],
  );
});

test("loops are written out where constants decide the rounds, else they apply themselves", () => {
  const spec = (body: string): string =>
    `var a: 0..9 = 0\nvar f[0..2]: bool = false\nprocess p { atomic { ${body} } }`;
  check(spec("for i in 0..2 { f[i] := true }"), [
    "/\\ f' = [f EXCEPT ![0] = TRUE, ![1] = TRUE, ![2] = TRUE]",
  ]);
  check(spec("while a < 9 { a += 1 }"), ["ELSE LET RECURSIVE Loop(_, _)", "Loop(round, a_2) =="]);
});

test("step properties are judged mover by mover", () => {
  check(
    "var n: 0..2 = 0\naction up when n < 2 { n += 1 }\nprocess p { n := 0 }\nstep rises: taken(up) => n' > n",
    ['rises(mover) == mover = <<"up">> => n\' > n'],
    ['vars\' # vars => Checked("step rises", rises(mover), "test.weft:5")'],
    ["Next ==", '\\/ p /\\ Steps(<<"p">>)', '\\/ up /\\ Steps(<<"up">>)'],
  );
});

test("deadlock: nobody can move, and somebody should", () => {
  check("var n: 0..2 = 0\nprocess p[i: 1..2] { await n == 1 }\nterminal when n == 2", [
    "NoDeadlock ==",
    '\\/ \\A i \\in 1..2 : p_at[i] = "done"',
    "\\/ Terminal",
    "\\/ ENABLED Next",
  ]);
});

test("symmetric types are sets of model values, with a configuration of their own", () => {
  const { files, symbols, constants } = translated(
    "symmetric type Mm = 1..2\nvar on[Mm]: bool = false\naction put(m: Mm) { on[m] := true }",
  );
  expect(files.map(({ name }) => name)).toEqual(["a.tla", "a.cfg", "a_symmetric.cfg"]);
  expect(files[0]?.text).toContain("Mm == {Mm1, Mm2}\n\nSymmetry == Permutations(Mm)");
  expect(files[2]?.text).toContain("SYMMETRY Symmetry");
  expect([...symbols]).toEqual([
    ["Mm1", 1],
    ["Mm2", 2],
  ]);
  expect(constants).toContain("CONSTANT Mm1 = Mm1");
});

test("words of TLA+ and bound names that are taken are renamed", () => {
  const spec = "var Next: 0..2 = 0\nvar x: 0..2 = 0\nprocess p[Len: 1..2] { x := Next }";
  expect(translated(spec).renamed).toEqual([{ from: "Next", to: "Next_" }]);
  check(spec, ["p_1(Len_2) ==", '/\\ p_at[Len_2] = "p.1"', "/\\ x' = Next_"]);
});

test("the plain configuration judges all but covers", () => {
  const { files } = translated(
    "param N: 1..3 = 2\nvar n: 0..3 = N\nprocess p { assert low: n < 3 }\ninvariant some: n > 0\ncover all: n == 3",
  );
  expect(files[1]?.text.split("\n")).toEqual([
    "\\* Generated by weft from test.weft; do not edit.",
    "SPECIFICATION Spec",
    "CONSTANT N = 2",
    "CONSTANT Null = Null",
    'CONSTANT Stop = {"range", "lock_use", "assert low"}',
    "INVARIANT TypeOK",
    "INVARIANT some",
    "INVARIANT NoDeadlock",
    "\\* Each of these is violated by a behaviour that reaches a cover.",
    "\\* INVARIANT all_unreached",
    "\\* TLC would take every end for a deadlock; NoDeadlock does not.",
    "CHECK_DEADLOCK FALSE",
    "",
  ]);
});

test("a machine without a state is refused", () => {
  expect(emitTlaPlus(machineOf("spec a\naction b { skip }"))).toEqual({
    kind: "refusal",
    refusal: { span: null, reason: "a module needs a variable" },
  });
});
