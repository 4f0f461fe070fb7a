// What is generated from the vocabulary for editors: TextMate colours and a Vim syntax file.

import {
  BinaryOperator,
  Bool,
  contextualWords,
  DeclarationWord,
  False,
  isIn,
  Null,
  NumberLiteral,
  ownOperators,
  Patch,
  reservedWords,
  Spec,
  type TokenKind,
  True,
  tokenText,
} from "./tokens.ts";

const constants = [True, False, Null].map(tokenText);
const wordOperators = [...ownOperators(BinaryOperator).map(tokenText), "not", "with"].filter(
  (text) => /^[a-z]/.test(text),
);
const control = reservedWords
  .map(tokenText)
  .filter((text) => !constants.includes(text) && !wordOperators.includes(text));
const openers = contextualWords.filter(opensDeclaration).map(tokenText);
const helpers = contextualWords
  .filter((token) => !opensDeclaration(token) && token !== Bool)
  .map(tokenText);
const signs = ownOperators()
  .map(tokenText)
  .filter((text) => /^[^()[\]{},;.:]|^:=|^\.\./.test(text));

function opensDeclaration(token: TokenKind): boolean {
  return isIn(token, DeclarationWord) || token === Spec || token === Patch;
}

function oneOf(texts: readonly string[]): string {
  // Longer ones first: alternatives are tried in order.
  const escaped = texts.map((text) => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"));
  return escaped.toSorted((a, b) => b.length - a.length || (a < b ? -1 : 1)).join("|");
}

/** grammar/weft.tmLanguage.json */
export function textMateGrammar(): string {
  const patterns = [
    { name: "comment.line.documentation.weft", match: "///(?!/).*$" },
    { name: "comment.line.double-slash.weft", match: "//.*$" },
    { name: "string.quoted.double.weft", match: '"[^"]*"' },
    { name: "constant.numeric.weft", match: `\\b${sourceOf(NumberLiteral)}\\b` },
    {
      match: `^\\s*((?:(?:${oneOf(openers)}|${oneOf(["var", "cost", "ghost"])})\\s+)+)(\\w+)`,
      captures: {
        1: { name: "storage.type.weft" },
        2: { name: "entity.name.weft" },
      },
    },
    { match: "^\\s*(\\w+):(?!=)", captures: { 1: { name: "entity.name.label.weft" } } },
    { name: "constant.language.weft", match: `\\b(?:${oneOf(constants)})\\b` },
    { name: "keyword.operator.word.weft", match: `\\b(?:${oneOf(wordOperators)})\\b` },
    { name: "keyword.control.weft", match: `\\b(?:${oneOf(control)})\\b` },
    { name: "support.type.weft", match: `\\b(?:${tokenText(Bool)}|(?:set|seq)(?=\\s+of\\b))\\b` },
    { name: "entity.name.function.weft", match: "\\b\\w+(?=\\()" },
    { name: "keyword.other.weft", match: `\\b(?:${oneOf(helpers)})\\b` },
    { name: "keyword.operator.weft", match: oneOf(signs) },
  ];
  const grammar = {
    $schema: "https://raw.githubusercontent.com/martinring/tmlanguage/master/tmlanguage.json",
    comment: "Generated from the vocabulary of Weft.",
    name: "Weft",
    scopeName: "source.weft",
    fileTypes: ["weft"],
    patterns,
  };
  return `${JSON.stringify(grammar, null, 2)}\n`;
}

/** grammar/weft.vim */
export function vimSyntax(): string {
  const vimSigns = signs.map((text) => text.replace(/[\\/.*~[\]^$]/g, "\\$&"));
  return `" Vim syntax file for Weft, generated from its vocabulary.
if exists("b:current_syntax")
  finish
endif

syntax match weftLabel "^\\s*\\zs\\w\\+\\ze:\\%(=\\)\\@!"
syntax match weftFunction "\\<\\w\\+\\ze("
syntax match weftNumber "\\<\\d\\+\\>"
syntax match weftOperator "${vimSigns.join("\\|")}"
syntax keyword weftStatement ${control.join(" ")}
syntax keyword weftWordOperator ${wordOperators.join(" ")}
syntax keyword weftConstant ${constants.join(" ")}
syntax keyword weftType ${tokenText(Bool)}
syntax match weftType "\\<\\%(set\\|seq\\)\\ze\\s\\+of\\>"
syntax match weftHelper "\\<\\%(${helpers.join("\\|")}\\)\\>"
syntax match weftDeclaration "^\\s*\\zs\\%(\\%(${openers.join("\\|")}\\)\\s\\+\\)\\+\\ze[A-Za-z_\\"]"
syntax region weftString start=+"+ end=+"+ oneline
syntax match weftComment "//.*$" contains=@Spell
syntax match weftText "///.*$" contains=@Spell

highlight default link weftLabel Label
highlight default link weftFunction Function
highlight default link weftNumber Number
highlight default link weftOperator Operator
highlight default link weftStatement Statement
highlight default link weftWordOperator Operator
highlight default link weftConstant Constant
highlight default link weftType Type
highlight default link weftHelper Keyword
highlight default link weftDeclaration Structure
highlight default link weftString String
highlight default link weftComment Comment
highlight default link weftText SpecialComment

let b:current_syntax = "weft"
`;
}

function sourceOf(token: TokenKind): string {
  return token.PATTERN instanceof RegExp ? token.PATTERN.source : "";
}
