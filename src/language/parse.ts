// Text to AST: the lexer, the parser, the builder, and everything they find wrong, in the order of the text.
//
// Takes any text at all and never throws. Gives the tree only if nothing is wrong.

import { type LexedText, lex } from "../../grammar/lexer.ts";
import { NestingTooDeep } from "../../grammar/recovery.ts";
import { WeftParser } from "../../grammar/rules.ts";
import { Of, Patch } from "../../grammar/tokens.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { report } from "../diagnostics/report.ts";
import type { Source, Span } from "../diagnostics/source.ts";
import type { File } from "./ast.ts";
import { buildFile, type FileCst } from "./build-ast.ts";
import { lexicalErrors, syntaxErrors } from "./syntax-errors.ts";
import { tooDeep } from "./tree-depth.ts";

export interface Parsed {
  /** Null if anything is wrong. */
  readonly file: File | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** Making a parser takes a while, and one can read any number of texts. */
let parser: WeftParser | null = null;

/** Parses a spec or a patch. */
export function parse(source: Source): Parsed {
  const lexed = lex(source.text);
  parser ??= new WeftParser({ skipValidations: true });
  const cst = parseTokens(parser, lexed);
  const faults = [
    ...lexicalErrors(source, lexed),
    ...syntaxErrors(source, lexed.tokens, parser.complaints, errorsOf(parser)),
  ];
  const whole = faults.length === 0;
  const built = cst === undefined ? null : buildFile(source, lexed, cst, whole);
  const diagnostics = independent([...faults, ...(built?.diagnostics ?? [])]);
  if (diagnostics.length > 0) return { file: null, diagnostics };
  const file = built?.file ?? null;
  const deep = file === null ? null : tooDeep(file);
  if (deep !== null) return { file: null, diagnostics: [report("nesting-too-deep", deep, {})] };
  return { file, diagnostics };
}

function parseTokens(weft: WeftParser, { tokens }: LexedText): FileCst | undefined {
  const isPatch = tokens[0]?.tokenType === Patch || tokens[2]?.tokenType === Of;
  weft.start(tokens);
  try {
    const cst = isPatch ? weft.patchFile() : weft.specFile();
    return cst as FileCst | undefined;
  } catch (error) {
    if (error instanceof NestingTooDeep) return undefined;
    throw error;
  }
}

/** When the parser stops early (see NestingTooDeep), Chevrotain adds that there was text left. */
function errorsOf(weft: WeftParser) {
  return weft.errors.filter((error) => error.name !== "NotAllInputParsedException");
}

/** In the order of the text, without what only follows from another fault. */
function independent(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const byPlace = new Map<number, Diagnostic>();
  for (const diagnostic of diagnostics) {
    const start = diagnostic.span?.start ?? 0;
    // Of several faults at one place the first counts: the lexer's, then the parser's, then the builder's.
    if (!byPlace.has(start)) byPlace.set(start, diagnostic);
  }
  const all = [...byPlace].sort(([a], [b]) => a - b).map(([, diagnostic]) => diagnostic);
  // Only a neighbour can be the cause: the list stays linear in the number of faults.
  return all.filter(
    (one, index) => ![all[index - 1], all[index + 1]].some((other) => other && follows(one, other)),
  );
}

function follows(one: Diagnostic, other: Diagnostic): boolean {
  if (one.span === null || other.span === null) return false;
  const { source, start, end } = one.span;
  switch (one.code) {
    case "not-a-statement":
      // `x++`: the sign is what is wrong.
      return start <= other.span.start && other.span.end <= end;
    case "missing-separator":
      // `aquire lock`: the first word is what is wrong.
      if (other.code === "not-a-statement" && other.span.end < start) {
        return source.text.slice(other.span.end, start).trim() === "";
      }
      return strangeBefore(one.span, other);
    case "syntax-error":
      return strangeBefore(one.span, other);
    default:
      return false;
  }
}

/** Does the other stand for a sign on the same line, ahead, that left the rest of the line without sense? */
function strangeBefore(span: Span, other: Diagnostic): boolean {
  if (other.span === null || other.span.end > span.start) return false;
  if (other.code !== "unknown-character" && other.code !== "block-comment") return false;
  return !span.source.text.slice(other.span.end, span.start).includes("\n");
}
