// Lays a tree with resolved names out in lines: what fits stands on one line, else lists get bullets and parts are aligned.

import type { Infix, Tla } from "./tree.ts";

const WIDTH = 100;

/** Binding strength; an operand that does not bind more strongly than its operator gets parentheses. */
const LEVELS: Readonly<Record<Infix, number>> = {
  ...{ "=>": 1, "<=>": 2, "=": 5, "#": 5, "<": 5, ">": 5, "<=": 5, ">=": 5 },
  ...{ "\\in": 5, "\\notin": 5, "\\subseteq": 5, "@@": 6, ":>": 7 },
  ...{ "\\cup": 8, "\\cap": 8, "\\": 8, "..": 9, "+": 10, "-": 10, "%": 10, "*": 13, "\\div": 13 },
};
const ATOM = 100;
const LIST = 3;
const NOT = 4;
const MINUS = 12;
const PREFIX = 9;

function levelOf(tree: Tla): number {
  switch (tree.kind) {
    case "infix":
      return LEVELS[tree.operator];
    case "list":
      return LIST;
    case "prefix":
      return tree.operator === "~" ? NOT : tree.operator === "-" ? MINUS : PREFIX;
    case "if":
    case "let":
    case "quantifier":
      return 0;
    default:
      return ATOM;
  }
}

/** An operand where it needs parentheses unless it binds more strongly than `level`. */
interface Operand {
  readonly tree: Tla;
  readonly wrapped: boolean;
}

const operand = (tree: Tla, level: number): Operand => ({
  tree,
  wrapped: levelOf(tree) <= level || (level < ATOM - 1 && endsOpen(tree)),
});

/** Does it end in something that would take in whatever follows? */
function endsOpen(tree: Tla): boolean {
  return tree.kind === "infix" && (levelOf(tree.right) === 0 || endsOpen(tree.right));
}

const LEFT_ASSOCIATIVE: ReadonlySet<Infix> = new Set(["*", "\\cup", "\\cap", "@@"]);
const SUMS: ReadonlySet<Infix> = new Set(["+", "-"]);

function operandsOf(tree: Extract<Tla, { readonly kind: "infix" }>): readonly [Operand, Operand] {
  const { operator, left, right } = tree;
  const level = LEVELS[operator];
  const again =
    left.kind === "infix" &&
    ((left.operator === operator && LEFT_ASSOCIATIVE.has(operator)) ||
      (SUMS.has(operator) && SUMS.has(left.operator)));
  const open = levelOf(right) === 0 && (operator === "=" || operator === "=>");
  return [
    again ? { tree: left, wrapped: false } : operand(left, level),
    open ? { tree: right, wrapped: false } : operand(right, level),
  ];
}

/** The tree on one line; null if it is laid out in several always. */
function flat(tree: Tla): string | null {
  const known = flats.get(tree);
  if (known !== undefined) return known;
  const made = makeFlat(tree);
  flats.set(tree, made);
  return made;
}

const flats = new WeakMap<Tla, string | null>();

function makeFlat(tree: Tla): string | null {
  const all = (parts: readonly Tla[]): string | null => {
    const texts = parts.map(flat);
    return texts.includes(null) ? null : texts.join(", ");
  };
  const wrap = ({ tree: inner, wrapped }: Operand): string | null => {
    const inside = flat(inner);
    return inside === null || !wrapped ? inside : `(${inside})`;
  };
  const join = (...parts: readonly (string | null)[]): string | null =>
    parts.includes(null) ? null : parts.join("");
  switch (tree.kind) {
    case "text":
      return tree.text;
    case "list": {
      if (tree.bullets) return null;
      const parts = tree.parts.map((part) => wrap(operand(part, LIST)));
      return parts.includes(null) ? null : parts.join(` ${tree.operator} `);
    }
    case "infix": {
      const [left, right] = operandsOf(tree).map(wrap);
      const apart = tree.operator === ".." ? ".." : ` ${tree.operator} `;
      return join(left ?? null, apart, right ?? null);
    }
    case "prefix":
      return join(prefixText(tree.operator), wrap(operand(tree.operand, levelOf(tree))));
    case "if":
      return join(
        ...["IF ", flat(tree.condition), " THEN ", flat(tree.then), " ELSE ", flat(tree.otherwise)],
      );
    case "let": {
      const [only, ...others] = tree.definitions;
      if (only === undefined || others.length > 0 || only.recursive) return null;
      return join("LET ", headOf(only), " == ", flat(only.value), " IN ", flat(tree.body));
    }
    case "quantifier":
      return join(quantifierText(tree), flat(tree.set), " : ", flat(tree.body));
    case "call":
      return tree.arguments.length === 0
        ? tree.name
        : join(`${tree.name}(`, all(tree.arguments), ")");
    case "items": {
      const [open, close] = tree.brackets === "{}" ? ["{", "}"] : ["<<", ">>"];
      const [only, ...others] = tree.parts;
      if (only !== undefined && others.length === 0) return join(open, guarded(flat(only)), close);
      return join(open, all(tree.parts), close);
    }
    case "comprehension": {
      const [set, body] = [flat(tree.set), flat(tree.body)];
      const name = tree.bound.wish;
      if (tree.form === "filter") return join(`{${name} \\in `, set, " : ", body, "}");
      if (tree.form === "map") return join("{", guarded(body), ` : ${name} \\in `, set, "}");
      return join(`[${name} \\in `, set, " |-> ", body, "]");
    }
    case "record": {
      const arrow = tree.types ? " : " : " |-> ";
      const fields = tree.fields.map(([name, value]) => join(name, arrow, flat(value)));
      return fields.includes(null) ? null : `[${fields.join(", ")}]`;
    }
    case "functions":
      return join("[", flat(tree.from), " -> ", flat(tree.to), "]");
    case "except": {
      const changes = tree.changes.map(({ path, value }) =>
        join(...pathText(path), " = ", flat(value)),
      );
      if (changes.includes(null)) return null;
      return join("[", flat(tree.base), " EXCEPT ", changes.join(", "), "]");
    }
    case "apply":
      return join(
        wrap(operand(tree.function, ATOM - 1)),
        ...["[", guarded(flat(tree.argument)), "]"],
      );
    case "field":
      return join(wrap(operand(tree.record, ATOM - 1)), ".", tree.name);
    case "reference":
    case "later":
      throw new Error("a tree that was not resolved");
    default:
      return tree satisfies never;
  }
}

function pathText(path: readonly (Tla | string)[]): readonly (string | null)[] {
  return [
    "!",
    ...path.flatMap((step) =>
      typeof step === "string" ? [`.${step}`] : ["[", guarded(flat(step)), "]"],
    ),
  ];
}

/** Between brackets `x \\in S` would be taken for the beginning of something else. */
function guarded(shown: string | null): string | null {
  return shown !== null && /^\w+ \\in /.test(shown) ? `(${shown})` : shown;
}

function prefixText(operator: string): string {
  return operator === "~" || operator === "-" ? operator : `${operator} `;
}

function quantifierText(tree: Extract<Tla, { readonly kind: "quantifier" }>): string {
  return `${tree.quantifier} ${tree.bound.wish} \\in `;
}

function headOf(definition: {
  readonly bound: { readonly wish: string };
  readonly parameters: readonly { readonly wish: string }[];
}): string {
  const { bound, parameters } = definition;
  if (parameters.length === 0) return bound.wish;
  return `${bound.wish}(${parameters.map(({ wish }) => wish).join(", ")})`;
}

/** Lines of a tree whose first line begins at a column; the others bring their indentation. */
export function layOut(tree: Tla, column: number): readonly string[] {
  const short = flat(tree);
  if (short !== null && column + short.length <= WIDTH) return [short];
  const pad = " ".repeat(column);
  /** Puts text before the first line, at the same column. */
  const after = (head: string, inner: Tla): readonly string[] => {
    const [first = "", ...others] = layOut(inner, column + head.length);
    return [head + first, ...others];
  };
  const closing = (lines: readonly string[], close: string): readonly string[] => [
    ...lines.slice(0, -1),
    `${lines.at(-1) ?? ""}${close}`,
  ];
  const below = (lines: readonly string[]): readonly string[] => {
    const [first = "", ...others] = lines;
    return [pad + first, ...others];
  };
  const wrapped = (part: Operand, at: number): readonly string[] => {
    if (!part.wrapped) return layOut(part.tree, at);
    const [first = "", ...others] = layOut(part.tree, at + 1);
    return closing([`(${first}`, ...others], ")");
  };
  /** Parts between brackets, one below the other. */
  const column2 = (
    open: string,
    parts: readonly ((at: number) => readonly string[])[],
    close: string,
  ): readonly string[] => {
    const at = column + open.length;
    const lines = parts.flatMap((part, index) => {
      const own = closing(part(at), index < parts.length - 1 ? "," : close);
      return index === 0 ? own : [" ".repeat(at) + (own[0] ?? ""), ...own.slice(1)];
    });
    return [open + (lines[0] ?? close), ...lines.slice(1)];
  };
  switch (tree.kind) {
    case "list":
      return tree.parts.flatMap((part, index) => {
        const lines = after(`${tree.operator} `, part);
        return index === 0 ? lines : below(lines);
      });
    case "if":
      return [
        ...after("IF ", tree.condition),
        ...below(after("THEN ", tree.then)),
        ...below(after("ELSE ", tree.otherwise)),
      ];
    case "let": {
      const inside = " ".repeat(column + 4);
      const lines = tree.definitions.flatMap((definition, index) => {
        const head = `${headOf(definition)} == `;
        const valueAt = column + 4;
        const oneLine = layOut(definition.value, valueAt + head.length);
        const own =
          definition.parameters.length > 0 && oneLine.length > 1
            ? [head.trimEnd(), ...indented(definition.value, valueAt + 2)]
            : [head + (oneLine[0] ?? ""), ...oneLine.slice(1)];
        const blanks = definition.parameters.map(() => "_").join(", ");
        const declared = definition.recursive
          ? [
              `RECURSIVE ${definition.bound.wish}(${blanks})`,
              inside + (own[0] ?? ""),
              ...own.slice(1),
            ]
          : own;
        return index === 0
          ? [`LET ${declared[0] ?? ""}`, ...declared.slice(1)]
          : [inside + (declared[0] ?? ""), ...declared.slice(1)];
      });
      return [...lines, ...below(after("IN  ", tree.body))];
    }
    case "quantifier": {
      const head = closing(after(quantifierText(tree), tree.set), " :");
      return [...head, ...indented(tree.body, column + 2)];
    }
    case "infix": {
      const [left, right] = operandsOf(tree);
      const first = flat(left.tree);
      const shown = first === null ? null : left.wrapped ? `(${first})` : first;
      if (shown !== null && shown.length <= WIDTH / 3) {
        const head = `${shown} ${tree.operator} `;
        const lines = wrapped(right, column + head.length);
        const whole = [head + (lines[0] ?? ""), ...lines.slice(1)];
        if (tree.operator !== "=" || widest(whole, column) <= WIDTH) return whole;
        const apart = [head.trimEnd(), ...indented(right.tree, column + 2)];
        return right.wrapped || widest(apart, column) >= widest(whole, column) ? whole : apart;
      }
      const before = wrapped(left, column);
      // What stands further right than a bullet belongs to it.
      const bulleted = !left.wrapped && before.some((line) => /^ *(\/\\|\\\/) /.test(line));
      const head = bulleted ? `${tree.operator} ` : `  ${tree.operator} `;
      const lines = wrapped(right, column + head.length);
      return [...before, `${pad}${head}${lines[0] ?? ""}`, ...lines.slice(1)];
    }
    case "prefix": {
      const head = prefixText(tree.operator);
      const lines = wrapped(operand(tree.operand, levelOf(tree)), column + head.length);
      return [head + (lines[0] ?? ""), ...lines.slice(1)];
    }
    case "call":
      return column2(
        `${tree.name}(`,
        tree.arguments.map((part) => (at: number) => layOut(part, at)),
        ")",
      );
    case "items": {
      const [open, close] = tree.brackets === "{}" ? ["{", "}"] : ["<<", ">>"];
      if (tree.parts.length === 0) return [open + close];
      if (tree.parts.every((part) => part.kind === "text")) {
        return filled(
          open,
          tree.parts.map((part) => flat(part) ?? ""),
          close,
          column,
        );
      }
      return column2(
        open,
        tree.parts.map((part) => (at: number) => layOut(part, at)),
        close,
      );
    }
    case "record": {
      const arrow = tree.types ? " : " : " |-> ";
      return column2(
        "[",
        tree.fields.map(([name, value]) => (at: number) => {
          const head = name + arrow;
          const [first = "", ...others] = layOut(value, at + head.length);
          return [head + first, ...others];
        }),
        "]",
      );
    }
    case "comprehension": {
      const name = tree.bound.wish;
      if (tree.form === "map") {
        const body = closing(wrapped({ tree: tree.body, wrapped: true }, column + 1), " :");
        const set = closing(layOut(tree.set, column + 1 + name.length + 5), "}");
        return [
          `{${body[0] ?? ""}`,
          ...body.slice(1),
          `${pad} ${name} \\in ${set[0] ?? ""}`,
          ...set.slice(1),
        ];
      }
      const [open, arrow, close] = tree.form === "filter" ? ["{", " :", "}"] : ["[", " |->", "]"];
      const head = closing(after(`${open}${name} \\in `, tree.set), arrow);
      return closing([...head, ...indented(tree.body, column + 2)], close);
    }
    case "except": {
      const base = after("[", tree.base);
      const last = (base.at(-1) ?? "").length + (base.length === 1 ? column : 0);
      const head = closing(base, " EXCEPT ");
      const at = last + " EXCEPT ".length;
      const lines = tree.changes.flatMap(({ path, value }, index) => {
        const key = `${pathText(path).join("")} = `;
        const end = index < tree.changes.length - 1 ? "," : "]";
        const own = layOut(value, at + key.length);
        const whole = closing([key + (own[0] ?? ""), ...own.slice(1)], end);
        return index === 0 ? whole : [" ".repeat(at) + (whole[0] ?? ""), ...whole.slice(1)];
      });
      return [...head.slice(0, -1), (head.at(-1) ?? "") + (lines[0] ?? ""), ...lines.slice(1)];
    }
    case "apply": {
      const of = wrapped(operand(tree.function, ATOM - 1), column);
      return closing(of, `[${guarded(flat(tree.argument)) ?? ""}]`);
    }
    case "field":
      return closing(wrapped(operand(tree.record, ATOM - 1), column), `.${tree.name}`);
    default:
      return [short ?? ""];
  }
}

/** The width of lines of which the first begins at a column. */
function widest([first = "", ...others]: readonly string[], column: number): number {
  return Math.max(column + first.length, ...others.map((one) => one.length));
}

function indented(tree: Tla, column: number): readonly string[] {
  const [first = "", ...others] = layOut(tree, column);
  return [" ".repeat(column) + first, ...others];
}

/** Short parts, as many on a line as fit. */
function filled(
  open: string,
  parts: readonly string[],
  close: string,
  column: number,
): readonly string[] {
  const pad = " ".repeat(column + open.length);
  const lines: string[] = [];
  let line = open;
  parts.forEach((part, index) => {
    const piece = part + (index < parts.length - 1 ? "," : close);
    const fresh = line === open || line === pad;
    const width = (lines.length === 0 ? column : 0) + line.length;
    if (!fresh && width + 1 + piece.length > WIDTH) {
      lines.push(line);
      line = pad + piece;
    } else line += (fresh ? "" : " ") + piece;
  });
  return [...lines, line];
}
