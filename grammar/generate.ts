// What is generated from the grammar: the types of the concrete tree and the grammar for people.

import { generateCstDts } from "chevrotain";
import { levels } from "./operators.ts";
import type { WeftParser } from "./rules.ts";
import {
  ArithmeticOperator,
  AssignOperator,
  BinaryOperator,
  contextualWords,
  Identifier,
  NumberLiteral,
  ownOperators,
  reservedWords,
  StringLiteral,
  type TokenKind,
  tokenText,
} from "./tokens.ts";

/** A file of productions and what its section of the grammar for people is called. */
export interface RuleSource {
  readonly title: string;
  readonly text: string;
}

/** What Chevrotain gives for a production, or a part of one. */
interface Part {
  readonly type: string;
  readonly name?: string;
  readonly definition?: readonly Part[];
}

/** The examples above the productions, by the production's name, in reading order. */
export function examplesOf(text: string): ReadonlyMap<string, string> {
  const found = text.matchAll(/^ *\/\/ e\.g\. (.+)\n *(\w+) = this\.RULE\("\2"/gm);
  return new Map([...found].map(([, example = "", rule = ""]) => [rule, example]));
}

/** grammar/cst.ts */
export function cstTypes(parser: WeftParser): string {
  const types = generateCstDts(parser.getGAstProductions(), { includeVisitorInterface: false });
  return [
    "// Generated from the rules: the types of the concrete tree.",
    "// biome-ignore-all lint/style/noExcessiveLinesPerFile: generated",
    "// biome-ignore-all format: generated",
    "",
    types.replace("CstNode, ICstVisitor, IToken", "CstNode, IToken"),
  ].join("\n");
}

/** grammar/GRAMMAR.md */
export function grammarPage(parser: WeftParser, sources: readonly RuleSource[]): string {
  const rules: readonly Part[] = parser.getSerializedGastProductions();
  const productions = new Map(rules.map((rule) => [rule.name, rule]));
  const sections = sources.map(({ title, text }) => {
    const entries = [...examplesOf(text)].map(([name, example]) => {
      const rule = productions.get(name);
      if (rule === undefined) throw new Error(`no production ${name}`);
      return `// e.g. ${example}\n${production(name, rule)}`;
    });
    return `## ${title}\n\n\`\`\`ebnf\n${entries.join("\n\n")}\n\`\`\``;
  });
  return `${[introduction, ...sections, words(), operators()].join("\n\n")}\n`;
}

const introduction = `# The grammar of Weft

Generated from the productions in this folder. What the texts mean stands in \`docs/language.md\`.

\`"x"\` stands for itself, \`[ x ]\` may be left out, \`{ x }\` may come any number of times, \`|\` separates
alternatives, \`x % ","\` is one or more \`x\` with commas between them. A file is a \`specFile\` or a \`patchFile\`.

Blanks and line breaks separate words and mean nothing else, with three exceptions: between two statements
or two declarations there must be a line break or a \`;\`; the value of a \`return\` and \`for read\` stand on
the line of what they belong to; \`[]\` is “always” if its operand begins on the same line, else the empty sequence.
\`//\` begins a comment, \`///\` a text that traces and reports show; both end with the line.`;

// ---------------------------------------------------------------- productions

function production(name: string, rule: Part): string {
  const parts = definitionOf(rule);
  const only = parts.length === 1 ? parts[0] : undefined;
  if (only?.type === "Alternation") {
    const choices = definitionOf(only).map(notation);
    const oneLine = `${name} = ${choices.join(" | ")}`;
    if (oneLine.length <= 100) return oneLine;
    return `${name} =\n    ${choices.join("\n  | ")}`;
  }
  return `${name} = ${sequence(parts)}`;
}

function sequence(parts: readonly Part[]): string {
  return parts.map(grouped).join(" ");
}

/** In a row with others an alternation needs parentheses. */
function grouped(part: Part): string {
  return part.type === "Alternation" ? `( ${notation(part)} )` : notation(part);
}

function notation(part: Part): string {
  const inner = definitionOf(part);
  switch (part.type) {
    case "Terminal":
      return terminal(part.name ?? "");
    case "NonTerminal":
      return part.name ?? "";
    case "Alternation":
      return inner.map(notation).join(" | ");
    case "Option":
      return `[ ${inside(inner)} ]`;
    case "Repetition":
      return `{ ${inside(inner)} }`;
    case "RepetitionMandatory":
      return `${sequence(inner)} { ${inside(inner)} }`;
    case "RepetitionWithSeparator":
      return `[ ${sequence(inner)} % "," ]`;
    case "RepetitionMandatoryWithSeparator":
      return `${sequence(inner)} % ","`;
    default:
      return sequence(inner);
  }
}

/** Within brackets of its own an alternation needs no parentheses. */
function inside(parts: readonly Part[]): string {
  const only = parts.length === 1 ? parts[0] : undefined;
  return only === undefined ? sequence(parts) : notation(only);
}

function definitionOf(part: Part): readonly Part[] {
  return part.definition ?? [];
}

const tokenNames: ReadonlyMap<string, string> = new Map([
  [Identifier.name, "NAME"],
  [NumberLiteral.name, "NUMBER"],
  [StringLiteral.name, "FILE_NAME"],
  [BinaryOperator.name, "OPERATOR"],
  [ArithmeticOperator.name, "ARITHMETIC"],
  [AssignOperator.name, "ASSIGN"],
]);

function terminal(name: string): string {
  const known = tokenNames.get(name);
  if (known !== undefined) return known;
  const token = spelled.get(name);
  if (token === undefined) throw new Error(`no token ${name}`);
  return `"${tokenText(token)}"`;
}

const spelled = new Map<string, TokenKind>(
  [...reservedWords, ...contextualWords, ...ownOperators()].map((token) => [token.name, token]),
);

// ---------------------------------------------------------------- words and operators

function words(): string {
  const choice = (category: TokenKind) =>
    ownOperators(category)
      .map((token) => `"${tokenText(token)}"`)
      .join(" | ");
  const list = (tokens: readonly TokenKind[]) =>
    tokens.map((token) => `\`${tokenText(token)}\``).join(" ");
  return `## Words

\`\`\`ebnf
NAME = a letter or "_", then letters, digits and "_"; no reserved word

NUMBER = "0" | a digit from 1 to 9, then digits

FILE_NAME = '"', any characters but '"' and line breaks, '"'

OPERATOR = ${choice(BinaryOperator)}

ARITHMETIC = ${choice(ArithmeticOperator)}

ASSIGN = ${choice(AssignOperator)}
\`\`\`

Reserved, so no names: ${list(reservedWords)}.

Words with a meaning in their own position only, elsewhere ordinary names: ${list(contextualWords)}.`;
}

function operators(): string {
  const kinds = {
    left: "to the left",
    right: "to the right",
    none: "does not chain",
    prefix: "stands before its operand",
  };
  const rows = [
    ["operators", "groups"],
    ...levels.map((level) => [level.operators.map(cell).join(" "), kinds[level.kind]]),
    [cell("with"), "to the left"],
    [["[i]", ".f", "'"].map(cell).join(" "), "stand behind their operand"],
  ];
  return `## Strength of operators

Weakest first.

${table(rows)}

\`if\`, \`let\`, \`forall\`, \`exists\`, \`count\` and \`sum\` reach as far to the right as they can.`;
}

/** A table in Markdown, the first row its head. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]) =>
    `| ${row.map((text, column) => text.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const rule = widths.map((width) => "-".repeat(width));
  return [...rows.slice(0, 1), rule, ...rows.slice(1)].map(line).join("\n");
}

function cell(operator: string): string {
  return `\`${operator.replaceAll("|", "\\|")}\``;
}
