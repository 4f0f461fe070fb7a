import { expect, test } from "vitest";
import { interpret } from "../../src/checker/interpret.ts";
import { compile } from "../../src/pipeline.ts";

const WORLD = `
enum E { red, green, blue }
type K = 1..3
var n: 0..9 = 4
var neg: (-3)..3 = -3
var a[K]: 0..9 = 5
var b[k: K]: 0..9 = k * 2
var r: { f: 0..9, e: E } = { f: 7, e: green }
var o: (0..9)? = null
var some: (0..9)? = 3
var s: set of K = {3, 1}
var none: set of K = {}
var q: seq of K upto 3 = [2, 3]
var full: seq of (0..3) upto 2 = [1, 1]
var e: E = green
var yes: bool = true
mutex l[K]
process p { skip \n at_end: acquire l[2] \n release l[2] }
process w[k: K] { skip }
`;

/** What conditions come to in the only initial state: true, false or a fault. */
function check(expected: true | false | "fault", ...conditions: readonly string[]): void {
  const properties = conditions.map((condition, index) => `invariant i${index}: ${condition}\n`);
  const text = `spec t\n${WORLD}${properties.join("")}`;
  const { machine, diagnostics } = compile("t.weft", () => text, new Map());
  if (machine === null)
    throw new Error(diagnostics.map(({ code, message }) => `${code}: ${message}`).join("\n"));
  const interpreter = interpret(machine);
  const [beginning] = interpreter.initial();
  const truths = machine.properties.map(({ condition }) =>
    interpreter.judge(condition, beginning?.state ?? {}),
  );
  const words = [false, true, "fault"] as const;
  expect(
    conditions.map((condition, index) => `${condition} is ${words[truths[index] as number]}`),
  ).toEqual(conditions.map((condition) => `${condition} is ${expected}`));
}

test("numbers", () => {
  check(
    true,
    "n + 2 * 3 == 10",
    "n - 5 == -1",
    "-neg == 3",
    "n / 3 == 1",
    "n % 3 == 1",
    "neg * 0 == 0",
  );
  check(false, "n < 4", "n > 4", "n != 4");
  check(true, "n <= 4", "n >= 4");
});
test("division wants a left side of at least zero and a right side above", () => {
  check("fault", "n / (n - 4) == 1", "n % (n - 4) == 1", "neg / 2 == 0");
});
test("connectives go left to right and stop early", () => {
  check(
    true,
    "!(n == 5 && n / (n - 4) == 1)",
    "n == 4 || n / (n - 4) == 1",
    "n == 5 => n / (n - 4) == 1",
  );
  check("fault", "n == 4 && n / (n - 4) == 1", "n / (n - 4) == 1 || n == 4");
  check(true, "yes <=> n == 4", "(if n == 4 then 1 else n / (n - 4)) == 1", "n == 5 <=> !yes");
});
test("arrays, records and what differs from them", () => {
  check(
    true,
    "a[1] == 5",
    "b[3] == 6",
    "(a with [2] = 1)[2] == 1",
    "(a with [2] = 1)[1] == 5",
    "a != (a with [2] = 1)",
  );
  check(
    true,
    "r.f == 7",
    "r.e == green",
    "(r with f = 1) == { e: green, f: 1 }",
    "[k in K: k * 2] == b",
  );
  check("fault", "a[n] == 5", "(a with [n] = 1)[1] == 5");
});
test("enums and options", () => {
  check(
    true,
    "e == green",
    "e in {red, green}",
    "e not in {red}",
    "o == null",
    "some == 3",
    "some != null",
  );
  check(true, "some + 1 == 4");
  check("fault", "o + 1 == 4");
});
test("sets are in the order of their type, whatever order they are built in", () => {
  check(true, "s == {1, 3}", "s union {2} == K", "s intersect {2, 3} == {3}", "s minus {3} == {1}");
  check(
    true,
    "none subset s",
    "s subset s",
    "size(s) == 2",
    "min(s) == 1",
    "max(s) == 3",
    "2..3 subset K",
  );
  check(
    true,
    "{4 - k for k in s} == {1, 3}",
    "{k in K where k != 2} == s",
    "{k % 2 for k in K} == {0, 1}",
  );
  check(false, "{2} subset s", "2 in s", "3 not in s");
  check("fault", "min(none) == 1", "max(none) == 1");
});
test("sequences", () => {
  check(
    true,
    "length(q) == 2",
    "q[0] == 2",
    "first(q) == 2",
    "rest(q) == [3]",
    "append(q, 1) == [2, 3, 1]",
  );
  check(true, "(q with [1] = 1) == [2, 1]", "q != [3, 2]");
  check(
    "fault",
    "q[2] == 2",
    "first(rest(rest(q))) == 1",
    "append(full, 1) == full",
    "rest(rest(rest(q))) == q",
  );
});
test("quantifiers, sums, counts and let", () => {
  check(
    true,
    "forall k in K: a[k] == 5",
    "exists k in K: b[k] == 4",
    "(count k in K: b[k] > 2) == 2",
    "(sum k in K: b[k]) == 12",
  );
  check(
    true,
    "forall k in none: false",
    "let m = n + 1: m * m == 25",
    "forall k in K, j in K: a[k] == a[j]",
  );
  check(false, "exists k in none: true", "forall k in s: k == 1");
});
test("processes and locks", () => {
  check(
    true,
    "!done(p)",
    "holder(l[2]) == null",
    "!held(l[1])",
    "!held(l[1], p)",
    "!(p @ at_end)",
    "forall k in K: !done(w[k])",
  );
  check("fault", "held(l[n])", "done(w[n])");
});
