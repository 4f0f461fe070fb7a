// Promela models: how types, steps, choices, faults and beginnings are written. Whether they mean the same, SPIN says elsewhere.

import { expect, test } from "vitest";
import { emitPromela, type PromelaOptions } from "../../src/emit/promela/promela.ts";
import { swarmScript } from "../../src/emit/promela/swarm.ts";
import { wrapped } from "../../src/emit/promela/wrap.ts";
import { compile } from "../../src/pipeline.ts";

function translated(spec: string, options?: PromelaOptions) {
  const { machine, diagnostics } = compile("a.weft", () => `spec a\n${spec}`);
  if (machine === null) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  const translation = emitPromela(machine, options);
  if (translation.kind === "refusal") throw new Error(translation.refusal.reason);
  return translation.translation;
}

function textOf(spec: string, options?: PromelaOptions): string {
  return (translated(spec, options).files[0]?.text ?? "").replaceAll(/^ +/gm, "");
}

/** The text has these lines, one after another, whatever their indentation. */
function check(spec: string, options: PromelaOptions, ...lines: readonly string[]): void {
  expect(textOf(spec, options)).toContain(lines.join("\n"));
}

const locking = `
var n: 0..2 = 0                           /// how many
spinlock l[1..2]
process p[i: 1..2] {
  acquire l[i]                            /// lock()
  n += 1
  release l[i]
}
invariant few: n < 2                     /// never more
`;

test("variables keep their names, texts and types; a slot of an array is its key", () => {
  check(locking, {}, "/* how many */", "byte n;");
  check(locking, {}, "byte l[3];");
  check(locking, {}, "byte p_at[3];");
});

test("a step is one d_step; what goes wrong in it is an assertion, before anything is written", () => {
  check(
    locking,
    {},
    ":: d_step {",
    "p_at[i] == p_2 ->",
    "/* n += 1 */",
    "assert(n + 1 <= 2);",
    "n++;",
    "p_at[i] = p_3;",
    "}",
  );
});

test("a lock holds the number of its owner", () => {
  check(
    locking,
    {},
    "p_at[i] == p_1 && (l[i] == 0 || l[i] == _pid) ->",
    "/* acquire l[i]: lock() */",
    "assert(l[i] != _pid);",
    "l[i] = _pid;",
  );
});

test("processes are numbered from 1 and know their index", () => {
  check(locking, {}, "active [2] proctype p() {", "byte i = _pid;");
  check(
    "process p[i: 1..2] { skip }\nprocess q[t in {2, 4}] { skip }",
    {},
    "byte t = (_pid == 3 -> 2 : 4);",
  );
});

test("a process of its own watches invariants and deadlocks", () => {
  check(
    locking,
    {},
    ":: started && !few -> assert(few)",
    ":: started && timeout && !finished -> assert(finished)",
  );
  check(locking, {}, "/* invariant: never more */", "#define few (n < 2)");
});

test("a cover fails an assertion only where that is asked for", () => {
  const spec = "var n: 0..1 = 0\naction a { n := 1 }\ncover c: n == 1";
  expect(textOf(spec)).not.toContain("assert(!c)");
  check(spec, { covers: true }, ":: started && c -> assert(!c)");
});

test("each choice is written once for each value that may be chosen", () => {
  const spec =
    "var s: set of (1..3) = {1}\nvar x: 1..3 = 1\naction a(v: 1..3) when v != 2 && !(v in s) { x := v }";
  const text = textOf(spec);
  expect(text).toContain("/* a(v = 1) */\n:: d_step {\nstarted && !s[1] ->\n");
  expect(text).toContain("/* a(v = 3) */\n:: d_step {\nstarted && !s[3] ->\n");
  expect(text).not.toContain("a(v = 2)");
});

test("for Weft, a step that faults puts back what it wrote, and what is found is told without an end", () => {
  const spec = "var a: 0..3 = 0\nvar b: 0..1 = 1\naction up { a := 2; b += 1 }";
  check(
    spec,
    { purpose: "checking" },
    "started ->",
    "old_a = a;",
    "/* a := 2 */",
    "a = 2;",
    "/* b += 1 */",
    "if",
    ":: b + 1 > 1 ->",
    "c_code { weft_found(1); };",
    "a = old_a;",
    "old_a = 0;",
    ":: else ->",
    "b++;",
    "old_a = 0;",
    "fi;",
  );
});

test("a local that is not part of the state is replaced by its value, unless that changes before it is read", () => {
  const spec =
    "var x: 0..9 = 0\nvar y: 0..9 = 0\naction a { var t: 0..9 = x\n y := t\n x := 3\n x := t }";
  check(spec, {}, "y = x;", "/* x := 3 */", "t = x;", "x = 3;", "/* x := t */", "x = t;", "t = 0;");
});

test("parts that would read what is already written go by way of another variable", () => {
  const spec =
    "var a[0..1]: 0..3 = 0\naction swap { a := [k in 0..1: a[1 - k]] }\naction same { a := [k in 0..1: a[k]] }";
  check(spec, {}, "next[0] = a[1];", "next[1] = a[0];", "a[0] = next[0];", "a[1] = next[1];");
});

test("an option is copied as the number that it is", () => {
  check("var o: (1..3)? = null\nvar p: (1..3)? = 2\naction a { o := p }", {}, "o = p;");
  const wider = "var o: (0..3)? = null\nvar p: (0..2)? = 2\naction a { o := p }";
  check(wider, {}, "o = (p == 3 -> 4 : p);");
});

test("null is a number of its own, and what a sequence does not hold is always the same", () => {
  check("var o: (1..3)? = null\nvar p: bool? = null\naction a { o := 2 }", {}, "o = 0;", "p = 2;");
  check(
    "var q: seq of (1..3) upto 2 = []\naction a { q := append(q, 3) }",
    {},
    "typedef q_seq { byte length; byte item[2] };",
  );
});

test("the beginning is chosen value by value, and the choices are no states of the spec", () => {
  const spec = "var a: 0..1 in {0, 1}\nvar b: 0..3 = a\ninit where a == 1\naction x { b := 2 }";
  const { stages } = translated(spec);
  expect(stages).toBe(2);
  check(
    spec,
    {},
    "init {",
    "if",
    ":: a = 0",
    ":: a = 1",
    "fi;",
    "end_1:",
    "d_step {",
    "a == 1 ->",
    "b = a;",
    "started = true;",
  );
});

test("names that Promela or C keep, and members that two enums share, are renamed and told of", () => {
  const { renamed } = translated(
    "enum A { red, green }\nenum B { off, red }\nvar len: bool = false\nvar now: A = green\naction a { len := now == A.red }",
  );
  expect(renamed).toEqual([
    { from: "len", to: "len_" },
    { from: "now", to: "now_" },
    { from: "A.red", to: "A_red" },
    { from: "B.red", to: "B_red" },
  ]);
});

test("comments cannot be ended by the words of a spec", () => {
  const text = textOf("/// ends */ here\nvar x: bool = false\naction a { x := true }");
  expect(text).toContain("/* ends * / here */");
});

test("more processes than SPIN can number are refused", () => {
  const { machine } = compile("a.weft", () => "spec a\nprocess p[i: 0..250] { skip }");
  expect(machine && emitPromela(machine)).toMatchObject({ kind: "refusal" });
});

test("long lines are broken behind operators, those that bind least first", () => {
  const part = (name: string): string => `(${name.repeat(20)} == 1 && ${name.repeat(18)} != 0)`;
  expect(wrapped(`  ${part("a")} || ${part("b")} || c ->`)).toEqual([
    `  ${part("a")} ||`,
    `      ${part("b")} || c ->`,
  ]);
  expect(wrapped(`#define x ${part("a")} || ${part("b")}`, " \\")).toEqual([
    `#define x ${part("a")} || \\`,
    `    ${part("b")}`,
  ]);
});

test("the searches of a swarm differ, and say that they prove nothing", () => {
  const [file] = swarmScript(translated(locking), { searches: 40, stateBytes: 20 });
  const searches = (file?.text ?? "").split("\n").filter((line) => /^next \d/.test(line));
  expect(file?.name).toBe("a.swarm.sh");
  expect(searches.length).toBe(40);
  expect(new Set(searches.map((line) => line.replace(/^next \d+ /, ""))).size).toBe(40);
  expect(file?.text).toContain('this is not "holds"');
});
