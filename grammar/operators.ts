// How strongly the operators bind: one table for the parser, the printer and the grammar for people.

export interface Level {
  readonly operators: readonly string[];
  /** `none` does not chain: `a < b < c` is refused. `prefix` stands before its one operand. */
  readonly kind: "left" | "right" | "none" | "prefix";
}

/** Weakest first. After these come `with` and then the postfix `[i]`, `.f`, `'`, which the rules say themselves. */
export const levels: readonly Level[] = [
  { operators: ["~>"], kind: "none" },
  { operators: ["<=>"], kind: "left" },
  { operators: ["=>"], kind: "right" },
  { operators: ["||"], kind: "left" },
  { operators: ["&&"], kind: "left" },
  { operators: ["!", "[]", "<>"], kind: "prefix" },
  { operators: ["==", "!=", "<", "<=", ">", ">=", "in", "not in", "subset", "@"], kind: "none" },
  { operators: ["union", "intersect", "minus"], kind: "left" },
  { operators: [".."], kind: "none" },
  { operators: ["+", "-"], kind: "left" },
  { operators: ["*", "/", "%"], kind: "left" },
  { operators: ["-"], kind: "prefix" },
];

/** The strength of a `with`: above every level of the table. */
export const withStrength = levels.length;
/** The strength of what stands by itself or takes a suffix. */
export const postfixStrength = levels.length + 1;

const binary = new Map<string, number>();
const prefix = new Map<string, number>();
levels.forEach((level, strength) => {
  for (const operator of level.operators)
    (level.kind === "prefix" ? prefix : binary).set(operator, strength);
});

/** The index in `levels` of an operator between two operands. */
export function binaryStrength(operator: string): number {
  return binary.get(operator) ?? 0;
}

/** The index in `levels` of an operator before its operand. */
export function prefixStrength(operator: string): number {
  return prefix.get(operator) ?? 0;
}
