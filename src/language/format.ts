// The canonical text of a file, for `weft fmt`: two blanks a level, at most one blank line, texts aligned.
//
// Takes a file as it was parsed, with the source that its spans point into: comments, blank lines and
// the choice between one line and several come from there. Parsing the result gives the same file.

import type { Span } from "../diagnostics/source.ts";
import type {
  ActionDeclaration,
  Block,
  CostDeclaration,
  Declaration,
  Edit,
  EnumDeclaration,
  ExpectDeclaration,
  Expression,
  File,
  FunctionDeclaration,
  LockDeclaration,
  ObserveDeclaration,
  Parameter,
  PatchItem,
  ProcessDeclaration,
  TypeDeclaration,
  UseDeclaration,
} from "./ast.ts";
import { breakInner, fits, isBroken } from "./format-broken.ts";
import { printBound, printExpression, printType } from "./format-expression.ts";
import { Layout } from "./format-layout.ts";
import { onOneLine, writeParts } from "./format-statement.ts";

/** The file in canonical layout. */
export function format(file: File): string {
  const layout = new Layout(file);
  const { name } = file;
  if (file.kind === "spec") {
    layout.write(0, `spec ${name.text}`, name.span.start, name.span.end);
    for (const declaration of file.declarations) writeDeclaration(layout, declaration);
  } else {
    const { path, span } = file.base;
    layout.write(0, `patch ${name.text} of "${path}"`, name.span.start, span.end);
    for (const item of file.items) writeItem(layout, item);
  }
  return layout.finish();
}

function writeItem(layout: Layout, item: PatchItem): void {
  const { span } = item;
  switch (item.kind) {
    case "set":
      writeLong(layout, `set ${item.name.text} =`, item.value, span);
      return;
    case "remove":
      layout.write(0, `remove ${item.name.text}`, span.start, span.end);
      return;
    case "replace":
      writeBody(layout, `replace ${headOf(item.declaration)}`, item.declaration.body, span);
      return;
    case "edit":
      writeBody(layout, `edit ${item.target.text} ${anchorOf(item.anchor)}`, item.body, span);
      return;
    default:
      writeDeclaration(layout, item);
  }
}

function anchorOf(anchor: Edit["anchor"]): string {
  switch (anchor.kind) {
    case "start":
      return "at start";
    case "replace": {
      const last = anchor.last === null ? "" : `..${anchor.last.text}`;
      return `replace ${anchor.label.text}${last}`;
    }
    default:
      return `${anchor.kind} ${anchor.label.text}`;
  }
}

function writeBody(layout: Layout, head: string, body: Block, span: Span): void {
  writeParts(layout, 0, [{ head, start: span.start, body }], onOneLine({ span }));
}

function writeDeclaration(layout: Layout, declaration: Declaration): void {
  const { span } = declaration;
  switch (declaration.kind) {
    case "fn":
    case "process":
    case "action":
      writeBody(layout, headOf(declaration), declaration.body, span);
      return;
    case "enum":
      writeEnum(layout, declaration);
      return;
    default: {
      const { head, value } = simpleOf(declaration);
      if (value === null) layout.write(0, head, span.start, span.end);
      else writeLong(layout, head, value, span);
    }
  }
}

/** A long expression begins on a line of its own, and so does one that the author put there. */
function writeLong(layout: Layout, head: string, value: Expression, span: Span): void {
  const code = `${head} ${printExpression(value)}`;
  const apart = onOneLine({ span: { ...span, end: value.span.start } });
  if (fits(code, 0) && apart && !isBroken(value)) {
    layout.write(0, code, span.start, span.end);
    return;
  }
  layout.write(0, head, span.start, span.start + 1);
  for (const line of breakInner(value, 1)) {
    layout.write(line.indent, line.code, line.start, line.end);
  }
}

/** One member a line if it was so, since each can have its text. */
function writeEnum(layout: Layout, declaration: EnumDeclaration): void {
  const { name, members, span } = declaration;
  const line = printDeclaration(declaration);
  if (fits(line, 0) && onOneLine({ span })) {
    layout.write(0, line, span.start, span.end);
    return;
  }
  layout.write(0, `enum ${name.text} {`, span.start, name.span.end);
  members.forEach((member, index) => {
    const comma = index === members.length - 1 ? "" : ",";
    layout.write(1, `${member.text}${comma}`, member.span.start, member.span.end);
  });
  layout.write(0, "}", span.end - 1, span.end, 1);
}

/** What stands before the block of a fn, process or action. */
function headOf(declaration: FunctionDeclaration | ProcessDeclaration | ActionDeclaration): string {
  const { kind, name } = declaration;
  switch (kind) {
    case "fn": {
      const { parameters, result, contract } = declaration;
      const type = result === null ? "" : `: ${printType(result)}`;
      const holds = contract === null ? "" : ` holds ${printExpression(contract.lock)} when result`;
      return `fn ${name.text}(${printParameters(parameters)})${type}${holds}`;
    }
    case "process": {
      const daemon = declaration.daemon ? "daemon " : "";
      return `${fairnessOf(declaration)}${daemon}process ${name.text}${indexOf(declaration.index)}`;
    }
    case "action": {
      const { parameters, when } = declaration;
      const list = parameters.length === 0 ? "" : `(${printParameters(parameters)})`;
      const condition = when === null ? "" : ` when ${printExpression(when)}`;
      return `${fairnessOf(declaration)}action ${name.text}${list}${condition}`;
    }
  }
}

function fairnessOf({ fairness }: ProcessDeclaration | ActionDeclaration): string {
  return { none: "", weak: "fair ", strong: "strongly fair " }[fairness];
}

function indexOf(index: ProcessDeclaration["index"]): string {
  if (index === null) return "";
  const { name, domain } = index;
  return domain.kind === "type"
    ? `[${name.text}: ${printType(domain.type)}]`
    : `[${name.text} in ${printExpression(domain.set)}]`;
}

function printParameters(parameters: readonly Parameter[]): string {
  return parameters
    .map(
      ({ reference, name, type }) => `${reference ? "ref " : ""}${name.text}: ${printType(type)}`,
    )
    .join(", ");
}

/** A declaration on one line, of code what stands before its block; neither comments nor texts. */
export function printDeclaration(declaration: Declaration): string {
  switch (declaration.kind) {
    case "fn":
    case "process":
    case "action":
      return headOf(declaration);
    case "enum": {
      const names = declaration.members.map(({ text }) => text);
      return `enum ${declaration.name.text} { ${names.join(", ")} }`;
    }
    default: {
      const { head, value } = simpleOf(declaration);
      return value === null ? head : `${head} ${printExpression(value)}`;
    }
  }
}

type SimpleDeclaration = Exclude<
  Declaration,
  FunctionDeclaration | ProcessDeclaration | ActionDeclaration | EnumDeclaration
>;

/** A declaration that is a line: what stands before its expression, and that if there is one. */
function simpleOf(declaration: SimpleDeclaration): {
  readonly head: string;
  readonly value: Expression | null;
} {
  switch (declaration.kind) {
    case "param":
    case "const": {
      const { kind, name, type, value } = declaration;
      return { head: `${kind} ${name.text}: ${printType(type)} =`, value };
    }
    case "def": {
      const { name, parameters, result, body } = declaration;
      const head = `def ${name.text}(${printParameters(parameters)}): ${printType(result)} =`;
      return { head, value: body };
    }
    case "var": {
      const { ghost, name, keys, type, initial } = declaration;
      const brackets = keys.map((key) => {
        const binder = key.binder === null ? "" : `${key.binder.text}: `;
        return `[${binder}${printType(key.type)}]`;
      });
      const sign = initial.kind === "value" ? "=" : "in";
      const declared = `${name.text}${brackets.join("")}: ${printType(type)}`;
      return { head: `${ghost ? "ghost " : ""}var ${declared} ${sign}`, value: initial.value };
    }
    case "invariant":
    case "step":
    case "property":
    case "cover":
      return {
        head: `${declaration.kind} ${declaration.name.text}:`,
        value: declaration.condition,
      };
    case "assume":
      return { head: "assume", value: declaration.condition };
    case "init":
      return { head: "init where", value: declaration.condition };
    case "terminal":
      return { head: "terminal when", value: declaration.condition };
    default:
      return { head: printPlain(declaration), value: null };
  }
}

function printPlain(
  declaration:
    | TypeDeclaration
    | LockDeclaration
    | CostDeclaration
    | ObserveDeclaration
    | ExpectDeclaration
    | UseDeclaration,
): string {
  switch (declaration.kind) {
    case "type": {
      const symmetric = declaration.symmetric ? "symmetric " : "";
      return `${symmetric}type ${declaration.name.text} = ${printType(declaration.type)}`;
    }
    case "lock": {
      const keys = declaration.keys.map((key) => `[${printType(key)}]`).join("");
      return `${declaration.class} ${declaration.name.text}${keys}`;
    }
    case "cost":
      return `cost ${declaration.name.text}`;
    case "observe":
      return `observe ${declaration.names.map(({ text }) => text).join(", ")}`;
    case "use":
      return `use "${declaration.path}"`;
    case "expect": {
      const bindings = declaration.bindings.map(
        ({ name, value }) => `${name.text} = ${printExpression(value)}`,
      );
      const suffix = bindings.length === 0 ? "" : ` with ${bindings.join(", ")}`;
      return `expect ${subjectOf(declaration.subject)}${suffix}`;
    }
  }
}

function subjectOf(subject: ExpectDeclaration["subject"]): string {
  switch (subject.kind) {
    case "property":
      return `${subject.name.text} ${subject.outcome}`;
    case "label":
      return `${subject.function.text}.${subject.label.text} ${subject.outcome}`;
    case "count":
      return `${subject.what} ${printCount(subject.value)}`;
  }
}

/** `expect states holds` would be about a property called `states`. */
function printCount(value: Expression): string {
  const text = printBound(value);
  return /^(?:holds|violated|reachable|unreachable)\b/.test(text) ? `(${text})` : text;
}
