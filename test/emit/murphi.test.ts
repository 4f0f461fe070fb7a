// Murphi models: how types, choices, locks and faults are written. Whether they mean the same, rumur says elsewhere.

import { expect, test } from "vitest";
import { emitMurphi, type MurphiOptions } from "../../src/emit/murphi/murphi.ts";
import { wrapped } from "../../src/emit/murphi/wrap.ts";
import { compile } from "../../src/pipeline.ts";

function translated(spec: string, options?: MurphiOptions) {
  const { machine, diagnostics } = compile("a.weft", () => `spec a\n${spec}`);
  if (machine === null) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  const translation = emitMurphi(machine, options);
  if (translation.kind === "refusal") throw new Error(translation.refusal.reason);
  return translation.translation;
}

/** The text has these lines, one after another, whatever their indentation. */
function check(spec: string, ...parts: readonly (readonly string[])[]): void {
  const text = translated(spec).files[0]?.text.replaceAll(/^ +/gm, "");
  for (const lines of parts) expect(text).toContain(lines.join("\n"));
}

const actions = `
enum Color { red, green }
enum Light { off, red }
var n: 0..2 = 0
var seen: set of Color = {}
action up(c: Color) when n < 2 && !(c in seen) { n += 1; seen := seen union {c} }
`;

test("enums share their names with nothing", () => {
  check(actions, ["Color: enum { Color_red, green };", "Light: enum { off, Light_red };"]);
  expect(translated(actions).renamed).toEqual([
    { from: "Color.red", to: "Color_red" },
    { from: "Light.red", to: "Light_red" },
  ]);
});

test("words of Murphi are renamed, in any case", () => {
  const { renamed } = translated(
    "var rule: bool = false\nvar End: bool = false\naction a { rule := End }",
  );
  expect(renamed).toEqual([
    { from: "rule", to: "rule_" },
    { from: "End", to: "End_" },
  ]);
});

test("a choice is a parameter; a fault is told before anything changes", () => {
  check(actions, [
    "ruleset c: Color do",
    'rule "up"',
    "n < 2 &",
    "!seen[c]",
    "==>",
    "begin",
    "-- n += 1",
    "if n + 1 > 2 then",
    'error "range, a.weft:7";',
    "end;",
    "n := n + 1;",
    "-- seen := seen union {c}",
    "seen[c] := true;",
    "end;",
    "end;",
  ]);
});

test("null is undefined, sequences have a length, what has many parts a flag", () => {
  check(
    `
type Pair = { a: 0..1, b: bool }
type Small = 0..3
var last: Small? = null
var queue: seq of (0..1) upto 2 = []
var pair: Pair? = null
action set { last := 2; queue := append(queue, 1); pair := { a: 1, b: true } }
action clear when last != null { last := null }
`,
    [
      "last: Small;",
      "queue: record length: 0 .. 2; items: array [0 .. 1] of 0 .. 1; end;",
      "pair: record is_some: boolean; some: Pair; end;",
    ],
    ["undefine last;"],
    ["last := 2;"],
    ["pair.is_some := true;", "pair.some.a := 1;", "pair.some.b := true;"],
    ['rule "clear"', "!isundefined(last)"],
  );
});

const locked = `
type I = 1..2
spinlock l
var x: 0..2 = 0
process p[i: I] { acquire l; x += 1; release l }
daemon process d { loop { acquire l; release l } }
`;

test("locks have owners: the process and its index", () => {
  check(
    locked,
    ["ProcessName: enum { nobody, p, d };"],
    ["Owner: record process: ProcessName; index: I; end;"],
    ["l: Owner;"],
    ["ruleset i: I do"],
    ["p_at[i] = p_1 &", "(l.process = nobody | l.process = p & l.index = i)"],
    ["l.process := p;", "l.index := i;"],
  );
});

test("deadlock: a process that is no daemon is unfinished, and nothing can move", () => {
  check(locked, [
    'invariant "deadlock"',
    "!(",
    "(exists i: I do p_at[i] != p_done end) &",
    "(forall i: I do p_waits(i) end) &",
    "d_waits()",
    ");",
  ]);
});

test("what is counted is covered, and a fault takes the step back", () => {
  const { files, counted } = translated(locked, { judging: { kind: "count" }, scalarsets: false });
  expect(files[0]?.text.replaceAll(/^ +/gm, "")).toContain(
    ["if x + 1 > 2 then", 'cover "range" true;', "assume false;", "end;"].join("\n"),
  );
  expect(counted.get("range")).toEqual({
    subject: { kind: "range", name: "range" },
    message: "range",
    discards: true,
    faulty: false,
  });
});

test("counting is a function, with what is bound around as its parameters", () => {
  check(
    `
type I = 1..2
var a[I][I]: bool = false
action set(i: I, j: I) { a[i][j] := true }
invariant few: forall i in I: (count j in I: a[i][j]) < 2
`,
    ["function count_j_a(i: I): 0 .. 2;"],
    ['invariant "few"', "(forall i: I do count_j_a(i) < 2 end);"],
  );
});

const chosen = `
symmetric type I = 1..3
var a[I]: bool = false
action set(i: I) { a[i] := true }
`;

test("symmetric types are scalarsets, unless their values are drawn one by one", () => {
  check(chosen, ["I: scalarset(3);"]);
  check(chosen.replace("bool = false", "bool in {false, true}"), [
    "-- Symmetric, but its values are told apart below.",
    "I: 1 .. 3;",
  ]);
});

test("start states are drawn from all values, those outside discarded", () => {
  check(
    "type I = 1..2\nvar a[I]: 0..2 in {0, 2}\ninit where a[1] == a[2]\naction go { a[1] := 0 }",
    [
      "ruleset a_1: 0 .. 2;",
      "a_2: 0 .. 2 do",
      'startstate "init"',
      "begin",
      "assume a_1 = 0 | a_1 = 2;",
      "assume a_2 = 0 | a_2 = 2;",
      "a[1] := a_1;",
      "a[2] := a_2;",
      "assume a[1] = a[2];",
    ],
  );
});

test("long lines are broken at operators, comments at words, texts nowhere", () => {
  const condition = `  if ${"x".repeat(60)} & ${"y".repeat(60)} then`;
  expect(wrapped([condition])).toEqual([`  if ${"x".repeat(60)} &`, `    ${"y".repeat(60)} then`]);
  const comment = `-- ${"word ".repeat(30)}end`;
  expect(wrapped([comment]).every((line) => line.startsWith("-- ") && line.length <= 100)).toBe(
    true,
  );
  const text = `error "${"a & b ".repeat(30)}";`;
  expect(wrapped([text])).toEqual([text]);
});
