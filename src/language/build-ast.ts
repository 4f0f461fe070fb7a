// Files: concrete tree to AST. Leaves out what the parser could not read, so that the rest is still looked at.

import type {
  EditCstNode,
  PatchFileCstNode,
  PatchItemCstNode,
  SpecFileCstNode,
} from "../../grammar/cst.ts";
import type { LexedText } from "../../grammar/lexer.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { report } from "../diagnostics/report.ts";
import type { Source, Span } from "../diagnostics/source.ts";
import type { Comment, Edit, File, PatchFile, PatchItem, SpecFile } from "./ast.ts";
import {
  all,
  type Building,
  type Located,
  linesOf,
  MissingPart,
  nameOf,
  spanOf,
  the,
  unquoted,
  wholeOnes,
} from "./build-ast-base.ts";
import { buildActor, buildDeclaration, buildFunction } from "./build-ast-declaration.ts";
import { buildExpression } from "./build-ast-expression.ts";
import { buildBlock } from "./build-ast-statement.ts";
import { type PlacedTexts, placeTexts } from "./build-ast-texts.ts";

/** What the parser gives for a file. */
export type FileCst = SpecFileCstNode | PatchFileCstNode;

export interface BuiltFile {
  /** Null if even the first line could not be read. */
  readonly file: File | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** Builds the file; `whole` says that the parser found nothing wrong, so nothing may be missing. */
export function buildFile(
  source: Source,
  lexed: LexedText,
  cst: FileCst,
  whole: boolean,
): BuiltFile {
  const placed = placeTexts(source, lexed, declaredLines(cst));
  const diagnostics: Diagnostic[] = [];
  // A text seems lost when what it documents is broken: then only the break is reported.
  if (whole) diagnostics.push(...placed.lost.map((span) => report("text-without-place", span, {})));
  const b: Building = { source, diagnostics, docOf: placed.docOf };
  try {
    return { file: buildEither(b, lexed, placed, cst), diagnostics };
  } catch (error) {
    if (whole || !(error instanceof MissingPart)) throw error;
    return { file: null, diagnostics };
  }
}

function buildEither(b: Building, lexed: LexedText, placed: PlacedTexts, cst: FileCst): File {
  const common = {
    source: b.source,
    texts: placed.texts,
    comments: lexed.comments.map((token) => buildComment(token.image, spanOf(b, token))),
    span: { source: b.source, start: 0, end: b.source.text.length },
  };
  return cst.name === "specFile"
    ? { ...buildSpec(b, cst), ...common }
    : { ...buildPatch(b, cst), ...common };
}

type OwnParts<T extends File> = Omit<T, "source" | "texts" | "comments" | "span">;

function buildSpec(b: Building, cst: SpecFileCstNode): OwnParts<SpecFile> {
  const { Spec, Identifier, specItem } = cst.children;
  const declarations = wholeOnes(specItem, ({ children }) =>
    buildDeclaration(b, the(children.declaration)),
  );
  const doc = b.docOf(linesOfHead(the(Spec)));
  return { kind: "spec", name: nameOf(b, the(Identifier)), doc, declarations };
}

function buildPatch(b: Building, cst: PatchFileCstNode): OwnParts<PatchFile> {
  const { Patch, Identifier, StringLiteral, patchItem } = cst.children;
  const items = wholeOnes(patchItem, (item) => buildItem(b, item));
  const base = { path: unquoted(the(StringLiteral)), span: spanOf(b, the(StringLiteral)) };
  const doc = b.docOf(linesOfHead(the(Patch)));
  return { kind: "patch", name: nameOf(b, the(Identifier)), doc, base, items };
}

function linesOfHead(word: { readonly startLine?: number }) {
  const line = word.startLine ?? 0;
  return { first: line, head: line, last: line };
}

function buildItem(b: Building, cst: PatchItemCstNode): PatchItem {
  const { declaration, set, replace, remove, edit } = cst.children;
  if (declaration !== undefined) return buildDeclaration(b, the(declaration));
  if (edit !== undefined) return buildEdit(b, the(edit));
  if (set !== undefined) {
    const { Identifier, expression } = the(set).children;
    return {
      kind: "set",
      name: nameOf(b, the(Identifier)),
      value: buildExpression(b, the(expression)),
      doc: b.docOf(linesOf(the(set))),
      span: spanOf(b, the(set)),
    };
  }
  if (replace !== undefined) {
    const whole = the(replace);
    const { function: fn, actor } = whole.children;
    const built =
      fn === undefined ? buildActor(b, the(actor), whole) : buildFunction(b, the(fn), whole);
    return { kind: "replace", declaration: built, span: spanOf(b, whole) };
  }
  const name = nameOf(b, the(the(remove).children.Identifier));
  return { kind: "remove", name, span: spanOf(b, the(remove)) };
}

function buildEdit(b: Building, cst: EditCstNode): Edit {
  const { Identifier, Before, After, Replace, block } = cst.children;
  const body = buildBlock(b, the(block));
  const names = all(Identifier).map((token) => nameOf(b, token));
  const anchor = (): Edit["anchor"] => {
    if (Before !== undefined) return { kind: "before", label: the(names, 1) };
    if (After !== undefined) return { kind: "after", label: the(names, 1) };
    if (Replace !== undefined)
      return { kind: "replace", label: the(names, 1), last: names[2] ?? null };
    return { kind: "start" };
  };
  return { kind: "edit", target: the(names), anchor: anchor(), body, span: spanOf(b, cst) };
}

function buildComment(image: string, span: Span): Comment {
  return { text: image.slice(2).trim(), span };
}

/** The lines on which the file or something in it is declared or changed. */
function declaredLines(cst: FileCst): ReadonlySet<number> {
  const items: readonly Located[] =
    (cst.name === "specFile" ? cst.children.specItem : cst.children.patchItem) ?? [];
  return new Set([cst, ...items].map(({ location }) => location?.startLine ?? 0));
}
