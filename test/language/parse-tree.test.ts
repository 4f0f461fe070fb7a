// What the parser makes of texts: how operators group, what belongs to a statement, where texts belong.

import { expect, test } from "vitest";
import type { Declaration, Expression, File, Statement } from "../../src/language/ast.ts";
import { parse } from "../../src/language/parse.ts";

function parsed(text: string): File {
  const { file, diagnostics } = parse({ path: "x.weft", text });
  if (file === null) throw new Error(`${diagnostics[0]?.message}: ${text}`);
  return file;
}

function declarationsOf(text: string): readonly Declaration[] {
  const file = parsed(`spec s\n${text}`);
  return file.kind === "spec" ? file.declarations : [];
}

// ---------------------------------------------------------------- operators

/** The expression with the operator first and all parentheses. */
function grouped(expression: Expression): string {
  switch (expression.kind) {
    case "integer":
    case "boolean":
      return String(expression.value);
    case "name":
      return expression.name.text;
    case "binary":
      return `(${expression.operator} ${grouped(expression.left)} ${grouped(expression.right)})`;
    case "unary":
      return `(${expression.operator} ${grouped(expression.operand)})`;
    case "temporal":
      return `(${expression.operator} ${expression.operands.map(grouped).join(" ")})`;
    case "index":
      return `(index ${grouped(expression.base)} ${grouped(expression.index)})`;
    case "field":
      return `(field ${grouped(expression.base)} ${expression.field.text})`;
    case "prime":
      return `(prime ${grouped(expression.base)})`;
    case "at":
      return `(@ ${grouped(expression.process)} ${expression.path.map(({ text }) => text).join(".")})`;
    case "with":
      return `(with ${grouped(expression.base)} ${grouped(expression.value)})`;
    case "quantifier":
      return `(${expression.quantifier} ${expression.bindings.map(({ set }) => grouped(set)).join(" ")} ${grouped(expression.body)})`;
    case "if":
      return `(if ${grouped(expression.condition)} ${grouped(expression.then)} ${grouped(expression.otherwise)})`;
    case "let":
      return `(let ${grouped(expression.value)} ${grouped(expression.body)})`;
    case "set":
    case "sequence":
      return `(${expression.kind}${expression.elements.map((one) => ` ${grouped(one)}`).join("")})`;
    default:
      return expression.kind;
  }
}

const expressions: readonly (readonly [text: string, tree: string])[] = [
  ["a + b * c - d", "(- (+ a (* b c)) d)"],
  ["a => b => c <=> d", "(<=> (=> a (=> b c)) d)"],
  ["a || b && !c == d", "(|| a (&& b (! (== c d))))"],
  ["!a && b", "(&& (! a) b)"],
  ["-a * b % -c", "(% (* (- a) b) (- c))"],
  ["-a with [k] = -1 with f = b", "(- (with (with a (- 1)) b))"],
  ["r with f = x + 1", "(+ (with r x) 1)"],
  ["a union b..c + 1 minus d", "(minus (union a (.. b (+ c 1))) d)"],
  ["x in S union T && y not in U", "(&& (in x (union S T)) (not in y U))"],
  ["p[i] @ f.L => !q @ M", "(=> (@ (index p i) f.L) (! (@ q M)))"],
  ["pmd[m]' == node[me].next", "(== (prime (index pmd m)) (field (index node me) next))"],
  ["a && forall x in S, y in T: b || c", "(&& a (forall S T (|| b c)))"],
  ["1 + if a then b else c + 2", "(+ 1 (if a b (+ c 2)))"],
  ["let x = a: x + (let y = b: y) + c", "(let a (+ (+ x (let b y)) c))"],
  ["[] <> a => b ~> [] c", "(~> (=> ([] (<> a)) b) ([] c))"],
  ["x == [] && y == {}", "(&& (== x (sequence)) (== y (set)))"],
  ["(a == b) == c", "(== (== a b) c)"],
];

for (const [text, tree] of expressions) {
  test(text, () => {
    const [declaration] = declarationsOf(`invariant i: ${text}`);
    expect(declaration?.kind === "invariant" && grouped(declaration.condition)).toBe(tree);
  });
}

const literals: readonly (readonly [text: string, kind: Expression["kind"]])[] = [
  ["{ f: e, g: e }", "record"],
  ["{x in S}", "set"],
  ["{x in S where P}", "filter"],
  ["{x in [] where P}", "filter"],
  ["{x in S for x in T}", "map"],
  ["[x in S, y]", "sequence"],
  ["[x in K: e]", "array"],
  ["[x in S && forall y in T: e]", "sequence"],
  ["cmpxchg(v, null, me)", "call"],
  ["try acquire ptl[m]", "try-acquire"],
];

for (const [text, kind] of literals) {
  test(`${text} is a ${kind}`, () => {
    const [declaration] = declarationsOf(`invariant i: ${text}`);
    expect(declaration?.kind === "invariant" && declaration.condition.kind).toBe(kind);
  });
}

// ---------------------------------------------------------------- statements

function statementsOf(body: string): readonly Statement[] {
  const [process] = declarationsOf(`process p {\n${body}\n}`);
  return process?.kind === "process" ? process.body.statements : [];
}

const bodies: readonly (readonly [body: string, kinds: string])[] = [
  ["return\nx := 1", "return assign"],
  ["return x\nx := 1", "return assign"],
  ["acquire l for read\nfor x in S { skip }", "acquire for"],
  ["acquire l\nfor read in S { skip }", "acquire for"],
  ["x := []\ny := 1", "assign assign"],
  ["a: b: skip; c: skip", "skip skip"],
  ["for any in S { skip }; for any any in any { skip }", "for for"],
  ["read := when + holds; set(at)", "assign call"],
  ["x :=\n  1\n  + 2", "assign"],
];

for (const [body, kinds] of bodies) {
  test(body.replaceAll("\n", " ↵ "), () => {
    expect(
      statementsOf(body)
        .map(({ kind }) => kind)
        .join(" "),
    ).toBe(kinds);
  });
}

test("words of the language are names outside their own position", () => {
  const declarations = declarationsOf(`
var spec: bool = when
type set = seq
fn fn(ref: ref, ref ref: seq of seq upto upto): set of set holds when when result { holds() }
process process[process: process] { for any where in where { pick at in at where where { skip } } }
expect states violated
expect holds holds
expect states states
spinlock spinlock[step]`);
  expect(declarations.map(({ kind }) => kind).join(" ")).toBe(
    "var type fn process expect expect expect lock",
  );
});

test("labels stand before statements and at the end", () => {
  const [process] = declarationsOf("process p { a: b: skip; c: }");
  if (process?.kind !== "process") throw new Error("no process");
  expect(process.body.statements[0]?.labels.map(({ text }) => text)).toEqual(["a", "b"]);
  expect(process.body.endLabels.map(({ text }) => text)).toEqual(["c"]);
});

// ---------------------------------------------------------------- texts

test("a declaration has the texts above and behind it", () => {
  const docs = declarationsOf(`
/// above
/// it
// no text
var x: bool = true  /// and behind
var y: bool = true  /// y
                    /// goes on
/// of p
process p {         /// begins
  skip              /// of a step
}                   /// ends
fn f() { skip  /// of the step
}
cost c

/// of q
cost q`).map(({ doc }) => doc);
  expect(docs).toEqual([
    "above it and behind",
    "y",
    "goes on of p begins ends",
    null,
    null,
    "of q",
  ]);
});

test("texts keep to the line that they stand behind", () => {
  const { texts } = parsed("spec s /// a\n       /// b\n\n/// c\ncost d  /// e");
  expect(texts.map(({ text, trailing }) => [text, trailing])).toEqual([
    ["a b", true],
    ["c", false],
    ["e", true],
  ]);
});
