// Lint: which steps are pointed at because they touch several shared locations, or one twice.

import { expect, test } from "vitest";
import { spanText } from "../../src/diagnostics/source.ts";
import { lint } from "../../src/language/lint.ts";
import { compile } from "../../src/pipeline.ts";

const declarations = `spec s
type Id = 0..2
type Node = { next: Id?, locked: bool }
var node[Id]: Node = { next: null, locked: false }
var tail: Id? = null
var n: 0..3 = 0
var flag: bool = false
var grid[Id][Id]: bool = false
spinlock l[Id]
const C: Id = 1
ghost var seen: 0..3 = 0
cost work
def both(i: Id): bool = flag && node[i].locked
def locked(i: Id): bool = node[i].locked
fn take(i: Id): bool { return node[i].locked }
`;

/** The steps of the code that are pointed at, as written, with what is said of their locations. */
function check(code: string, expected: readonly string[]): void {
  test(code.replace(/\s+/g, " "), () => {
    const text = `${declarations}process p[me: Id] {\n  var old: 0..3 = 0\n  var ok: bool = false\n${code}\n}`;
    const { model, diagnostics } = compile("s.weft", () => text);
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    if (model === null) throw new Error("no model came out");
    const said = lint(model).map(({ code: found, message, span }) => {
      const step = span === null ? "" : spanText(span).replace(/\s+/g, " ").trim();
      return `${found === "several-locations" ? "" : "again "}${step} | ${message.replace(/^[^:]*(locations: |writes )/, "")}`;
    });
    expect(said).toEqual(expected);
  });
}

// ---- one location, or none: nothing to say
check("n += 1", []);
check("n := 2; flag := true", []);
check("old := n; n := old", []);
check("node[me].locked := true", []);
check("await node[me].locked == false && node[me].locked == ok", []);
check("await locked(me)", []);
check("if take(me) { skip }", []);
check("acquire l[me]; release l[me]", []);
check("old := fetch_add(n, 1)", []);
check("ok := cmpxchg(flag, false, true)", []);
check("await done(p[C])", []);
check("var next: Id? = node[me].next", []);
check("n := let x = C: x", []);

// ---- several locations
check("n := if flag then 1 else 0", ["n := if flag then 1 else 0 | `flag`, `n`"]);
check("await node[me].locked && flag", [
  "await node[me].locked && flag | `node[me].locked`, `flag`",
]);
check("tail := node[me].next", ["tail := node[me].next | `node[me].next`, `tail`"]);
check("await node[me].next != null => node[node[me].next].locked", [
  "await node[me].next != null => node[node[me].next].locked | `node[me].next`, `node[node[me].next].locked`",
]);
check("node[tail].locked := true", ["node[tail].locked := true | `tail`, `node[tail].locked`"]);
check("await both(me)", ["await both(me) | `flag`, `node[i].locked`"]);
check("if flag && n > 0 { skip } else if n == 0 && flag { skip }", [
  "if flag && n > 0 | `flag`, `n`",
  "else if n == 0 && flag | `n`, `flag`",
]);
check("while flag || n > 0 { n := if flag then 1 else 0 }", [
  "while flag || n > 0 | `flag`, `n`",
  "n := if flag then 1 else 0 | `flag`, `n`",
]);
check("n += if flag then 1 else 0", ["n += if flag then 1 else 0 | `flag`, `n`"]);
check("old := fetch_add(n, if flag then 1 else 0)", [
  "old := fetch_add(n, if flag then 1 else 0) | `flag`, `n`",
]);
check("acquire l[n]; release l[n]".replaceAll("l[n]", "l[tail]"), [
  "acquire l[tail] | `tail`, `l[tail]`",
  "release l[tail] | `tail`, `l[tail]`",
]);
check("ok := take(if flag then tail else 0)", [
  "ok := take(if flag then tail else 0) | `flag`, `tail`",
]);
check("await held(l[me]) || flag", ["await held(l[me]) || flag | `l[me]`, `flag`"]);
check("await done(p[C]) || flag", ["await done(p[C]) || flag | `done(p[C])`, `flag`"]);

// ---- one access that stands for many locations
check("await forall i in Id: node[i].locked", [
  "await forall i in Id: node[i].locked | many elements of `node[i].locked`",
]);
check("await forall i in Id: i != C", []);
check("pick i in Id where !node[i].locked { skip }", [
  "pick i in Id where !node[i].locked | many elements of `node[i].locked`",
]);
check("pick i in Id where i != C { await !node[i].locked }", []);
check("grid[me] := [i in Id: true]", ["grid[me] := [i in Id: true] | many elements of `grid[me]`"]);

// ---- read and written at once
check("n := n + 1", ["again n := n + 1 | `n`"]);
check("node[me].locked := !node[ me ].locked", [
  "again node[me].locked := !node[ me ].locked | `node[me].locked`",
]);

// ---- what says itself that it happens at once, or is no code
check("atomic { n := n + 1; tail := node[me].next }", []);
check("assert flag || n == 0", []);
check("skip; cost work += n", []);
check("skip; ghost seen := n", []);
