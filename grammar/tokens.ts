// The vocabulary: every token of Weft with the label that messages use, in the order the lexer tries it.
// `line_breaks: false` spares the lexer finding out by itself, which takes a third of its start.

import { createToken, EOF, type IToken, Lexer, type TokenType } from "chevrotain";

/** One token of a text. */
export type Token = IToken;
/** What kind of token it is. */
export type TokenKind = TokenType;

/** What the parser meets after the last token. */
export const EndOfFile = EOF;

// ---------------------------------------------------------------- categories

/** Any operator between two operands; its strength stands in operators.ts. */
export const BinaryOperator = createToken({
  name: "BinaryOperator",
  pattern: Lexer.NA,
  label: "an operator",
});
/** The operators that may stand in a bound of a range. */
export const ArithmeticOperator = createToken({
  name: "ArithmeticOperator",
  pattern: Lexer.NA,
  label: "an arithmetic operator",
  categories: [BinaryOperator],
});
export const AssignOperator = createToken({
  name: "AssignOperator",
  pattern: Lexer.NA,
  label: "`:=`",
});
/** Words that begin a declaration or an item of a patch. */
export const DeclarationWord = createToken({
  name: "DeclarationWord",
  pattern: Lexer.NA,
  label: "a declaration",
});
/** Reserved words that begin a statement. */
export const StatementWord = createToken({
  name: "StatementWord",
  pattern: Lexer.NA,
  label: "a statement",
});

// ---------------------------------------------------------------- names, numbers, texts

export const Identifier = createToken({
  name: "Identifier",
  pattern: /[A-Za-z_][A-Za-z0-9_]*/,
  line_breaks: false,
  label: "a name",
});
/** Also what only looks like a number (`0x1F`, `1_000`), which the parser refuses with a better message. */
export const NumberLiteral = createToken({
  name: "NumberLiteral",
  pattern: /[0-9][A-Za-z0-9_]*/,
  line_breaks: false,
  label: "a number",
});
export const StringLiteral = createToken({
  name: "StringLiteral",
  pattern: /"[^"\r\n]*"/,
  line_breaks: false,
  label: 'a file name in `"…"`',
});
export const UnterminatedString = createToken({
  name: "UnterminatedString",
  pattern: /"[^"\r\n]*/,
  line_breaks: false,
  label: "an unterminated string",
  categories: [StringLiteral],
});

export const Blank = createToken({
  name: "Blank",
  pattern: /[ \t\r\n\f\uFEFF]+/,
  group: Lexer.SKIPPED,
  line_breaks: true,
});
/** `/// …`: a text that traces and reports show. */
export const TextComment = createToken({
  name: "TextComment",
  pattern: /\/\/\/(?!\/)[^\r\n]*/,
  line_breaks: false,
  group: "texts",
});
export const LineComment = createToken({
  name: "LineComment",
  pattern: /\/\/[^\r\n]*/,
  line_breaks: false,
  group: "comments",
});
/** Not part of the language; recognised to say so. */
export const BlockComment = createToken({
  name: "BlockComment",
  pattern: /\/\*[^*]*(?:\*(?!\/)[^*]*)*(?:\*\/)?/,
  group: "blockComments",
  line_breaks: true,
});

// ---------------------------------------------------------------- words

const words: TokenType[] = [];

function word(name: string, text: string, categories: TokenType[]): TokenType {
  const token = createToken({
    name,
    pattern: text,
    label: `\`${text}\``,
    longer_alt: Identifier,
    line_breaks: false,
    categories,
  });
  words.push(token);
  return token;
}

/** A word that no name may have. */
function reserved(name: string, ...categories: TokenType[]): TokenType {
  return word(name, name.toLowerCase(), categories);
}

/** A word with a meaning in its own position only; elsewhere it is an ordinary name. */
function contextual(name: string, ...categories: TokenType[]): TokenType {
  return word(name, name.toLowerCase(), [Identifier, ...categories]);
}

export const Acquire = reserved("Acquire", StatementWord);
export const Release = reserved("Release", StatementWord);
export const Downgrade = reserved("Downgrade", StatementWord);
export const Await = reserved("Await", StatementWord);
export const Assert = reserved("Assert", StatementWord);
export const Skip = reserved("Skip", StatementWord);
export const If = reserved("If", StatementWord);
export const Then = reserved("Then");
export const Else = reserved("Else");
export const While = reserved("While", StatementWord);
export const Loop = reserved("Loop", StatementWord);
export const Break = reserved("Break", StatementWord);
export const Continue = reserved("Continue", StatementWord);
export const For = reserved("For", StatementWord);
export const Either = reserved("Either", StatementWord);
export const Or = reserved("Or");
export const Pick = reserved("Pick", StatementWord);
export const Return = reserved("Return", StatementWord);
export const Goto = reserved("Goto", StatementWord);
export const Atomic = reserved("Atomic", StatementWord);
export const Cost = reserved("Cost", StatementWord, DeclarationWord);
export const Ghost = reserved("Ghost", StatementWord, DeclarationWord);
export const Var = reserved("Var", StatementWord, DeclarationWord);
export const Try = reserved("Try");
export const In = reserved("In", BinaryOperator);
/** The `not` of `not in`. */
export const NotWord = word("NotWord", "not", []);
export const Subset = reserved("Subset", BinaryOperator);
export const Union = reserved("Union", BinaryOperator);
export const Intersect = reserved("Intersect", BinaryOperator);
export const MinusWord = word("MinusWord", "minus", [BinaryOperator]);
export const With = reserved("With");
export const Let = reserved("Let");
export const Forall = reserved("Forall");
export const Exists = reserved("Exists");
export const Count = reserved("Count");
export const Sum = reserved("Sum");
export const True = reserved("True");
export const False = reserved("False");
export const Null = reserved("Null");

export const Spec = contextual("Spec");
export const Patch = contextual("Patch");
export const Of = contextual("Of");
export const Param = contextual("Param", DeclarationWord);
export const Const = contextual("Const", DeclarationWord);
export const Assume = contextual("Assume", DeclarationWord);
export const Symmetric = contextual("Symmetric", DeclarationWord);
export const Type = contextual("Type", DeclarationWord);
export const Enum = contextual("Enum", DeclarationWord);
export const Init = contextual("Init", DeclarationWord);
export const Where = contextual("Where");
export const Spinlock = contextual("Spinlock", DeclarationWord);
export const Mutex = contextual("Mutex", DeclarationWord);
export const Rwsem = contextual("Rwsem", DeclarationWord);
export const Fn = contextual("Fn", DeclarationWord);
export const Ref = contextual("Ref");
export const Holds = contextual("Holds");
export const When = contextual("When");
export const Result = contextual("Result");
export const Def = contextual("Def", DeclarationWord);
export const Daemon = contextual("Daemon", DeclarationWord);
export const Fair = contextual("Fair", DeclarationWord);
export const Strongly = contextual("Strongly", DeclarationWord);
export const Process = contextual("Process", DeclarationWord);
export const Action = contextual("Action", DeclarationWord);
export const Invariant = contextual("Invariant", DeclarationWord);
export const Step = contextual("Step", DeclarationWord);
export const Property = contextual("Property", DeclarationWord);
export const Cover = contextual("Cover", DeclarationWord);
export const Terminal = contextual("Terminal", DeclarationWord);
export const Observe = contextual("Observe", DeclarationWord);
export const Expect = contextual("Expect", DeclarationWord);
export const Violated = contextual("Violated");
export const Reachable = contextual("Reachable");
export const Unreachable = contextual("Unreachable");
export const States = contextual("States");
export const Transitions = contextual("Transitions");
export const Depth = contextual("Depth");
export const Use = contextual("Use", DeclarationWord);
export const SetWord = word("SetWord", "set", [Identifier, DeclarationWord]);
export const Replace = contextual("Replace", DeclarationWord);
export const Remove = contextual("Remove", DeclarationWord);
export const Edit = contextual("Edit", DeclarationWord);
export const Before = contextual("Before");
export const After = contextual("After");
export const AtWord = word("AtWord", "at", [Identifier]);
export const Start = contextual("Start");
export const Any = contextual("Any");
export const Read = contextual("Read");
export const Bool = contextual("Bool");
export const Seq = contextual("Seq");
export const Upto = contextual("Upto");

// ---------------------------------------------------------------- signs

const signs: TokenType[] = [];

function sign(name: string, text: string, ...categories: TokenType[]): TokenType {
  const label = `\`${text}\``;
  const token = createToken({ name, pattern: text, label, line_breaks: false, categories });
  signs.push(token);
  return token;
}

/** What a sign of another language should have been: shown as the hint of `wrong-operator`. */
export const wrongSigns = new Map<TokenType, string>();

/** A sign that Weft does not have but people write: it parses as what it stands for, and is refused. */
function wrong(name: string, text: string, hint: string, ...categories: TokenType[]): void {
  wrongSigns.set(sign(name, text, ...categories), hint);
}

wrong("TripleEquals", "===", "`==` compares", BinaryOperator);
wrong("NotDoubleEquals", "!==", "`!=` compares", BinaryOperator);
export const Equivalent = sign("Equivalent", "<=>", BinaryOperator);
export const Assign = sign("Assign", ":=", AssignOperator);
export const PlusAssign = sign("PlusAssign", "+=", AssignOperator);
export const MinusAssign = sign("MinusAssign", "-=", AssignOperator);
wrong("ShiftLeft", "<<", "there are no shifts: multiply or divide", ArithmeticOperator);
wrong("ShiftRight", ">>", "there are no shifts: multiply or divide", ArithmeticOperator);
wrong("Wedge", "/\\", "`&&` is “and”", BinaryOperator);
wrong("Vee", "\\/", "`||` is “or”", BinaryOperator);
wrong("EqualsLess", "=<", "`<=` is “at most”", BinaryOperator);
export const Implies = sign("Implies", "=>", BinaryOperator);
export const OrElse = sign("OrElse", "||", BinaryOperator);
export const AndAlso = sign("AndAlso", "&&", BinaryOperator);
wrong("Pipe", "|", "`||` is “or”, `union` joins sets; there are no bit operations", BinaryOperator);
wrong(
  "Ampersand",
  "&",
  "`&&` is “and”, `intersect` is for sets; there are no bit operations",
  BinaryOperator,
);
export const DoubleEquals = sign("DoubleEquals", "==", BinaryOperator);
export const NotEquals = sign("NotEquals", "!=", BinaryOperator);
export const Not = sign("Not", "!");
export const Diamond = sign("Diamond", "<>");
export const LessOrEqual = sign("LessOrEqual", "<=", BinaryOperator);
export const GreaterOrEqual = sign("GreaterOrEqual", ">=", BinaryOperator);
export const Less = sign("Less", "<", BinaryOperator);
export const Greater = sign("Greater", ">", BinaryOperator);
export const LeadsTo = sign("LeadsTo", "~>", BinaryOperator);
export const At = sign("At", "@");
/** In the place of a comparison or an assignment it is taken for one, and refused there. */
export const Equals = sign("Equals", "=", BinaryOperator, AssignOperator);
export const DotDot = sign("DotDot", "..", BinaryOperator);
export const Dot = sign("Dot", ".");
wrong("Arrow", "->", "`.` selects a field, `=>` is implication", Dot);
export const Prime = sign("Prime", "'");
wrong("PlusPlus", "++", "write `x += 1`", Prime);
wrong("MinusMinus", "--", "write `x -= 1`", Prime);
export const Plus = sign("Plus", "+", ArithmeticOperator);
export const Minus = sign("Minus", "-", ArithmeticOperator);
wrong("Power", "**", "there are no powers: multiply", ArithmeticOperator);
export const Times = sign("Times", "*", ArithmeticOperator);
export const Divide = sign("Divide", "/", ArithmeticOperator);
export const Modulo = sign("Modulo", "%", ArithmeticOperator);
wrong(
  "Caret",
  "^",
  "`!=` on two conditions is “either, but not both”; there are no bit operations",
  BinaryOperator,
);
export const Colon = sign("Colon", ":");
export const Semicolon = sign("Semicolon", ";");
export const Comma = sign("Comma", ",");
export const Question = sign("Question", "?");
export const LParen = sign("LParen", "(");
export const RParen = sign("RParen", ")");
export const LCurly = sign("LCurly", "{");
export const RCurly = sign("RCurly", "}");
export const LSquare = sign("LSquare", "[");
export const RSquare = sign("RSquare", "]");

// ---------------------------------------------------------------- the whole

const categories = [
  BinaryOperator,
  ArithmeticOperator,
  AssignOperator,
  DeclarationWord,
  StatementWord,
];

/** Every token, in the order the lexer tries it. */
export const vocabulary: readonly TokenType[] = [
  Blank,
  TextComment,
  LineComment,
  BlockComment,
  // Longer ones first: `in` would take the beginning of `invariant`, and give it to Identifier.
  ...words.toSorted((a, b) => tokenText(b).length - tokenText(a).length),
  Identifier,
  NumberLiteral,
  StringLiteral,
  UnterminatedString,
  ...signs,
  ...categories,
];

/** The words that no name may have. */
export const reservedWords: readonly TokenType[] = words.filter(
  (token) => !isIn(token, Identifier),
);
/** The words that are ordinary names outside their own position. */
export const contextualWords: readonly TokenType[] = words.filter((token) =>
  isIn(token, Identifier),
);
/** The words that begin a statement. */
export const statementWords: readonly string[] = words
  .filter((token) => isIn(token, StatementWord))
  .map(tokenText);
/** The words that begin a declaration or a change of a patch. */
export const declarationWords: readonly string[] = words
  .filter((token) => isIn(token, DeclarationWord))
  .map(tokenText);
/** The signs of the language, of one category if given; those of other languages left out. */
export function ownOperators(category?: TokenType): readonly TokenType[] {
  const all = category === undefined ? signs : [...signs, ...words];
  return all.filter(
    (token) =>
      !wrongSigns.has(token) &&
      (category === undefined || (token !== Equals && isIn(token, category))),
  );
}

/** Does the token belong to the category, directly or through another one? */
export function isIn(token: TokenType, category: TokenType): boolean {
  return token.CATEGORIES?.some((own) => own === category || isIn(own, category)) ?? false;
}

/** The text of a word or sign; a description of any other token. */
export function tokenText(token: TokenType): string {
  return typeof token.PATTERN === "string" ? token.PATTERN : (token.LABEL ?? token.name);
}
