// Applies a patch to its base: two trees go in, the tree of the patched spec comes out.
//
// Items apply in the order in which they are written, each to what the items before it left. Neither
// tree is mutated. Every node keeps its span, so a step that a patch brought in points into the
// patch's file and all others into the base's. Covers and properties are inherited, expectations are
// not: they say what was true of the base. An item that does not apply is reported with both places,
// its own and the one in the base, and the other items are applied all the same.

import type { Diagnostic, Result } from "../diagnostics/diagnostic.ts";
import { report } from "../diagnostics/report.ts";
import type { Span } from "../diagnostics/source.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import type { Declaration, Edit, Name, PatchFile, PatchItem, SpecFile } from "./ast.ts";
import { type EditRefusal, editBody, labelsOf } from "./patch-edit.ts";

type Named = Declaration & { readonly name: Name };
type Code = Declaration & { readonly kind: "fn" | "process" | "action" };

/** What the items work on: the declarations so far, what was found, and where names went. */
interface Patching {
  readonly base: SpecFile;
  declarations: readonly Declaration[];
  readonly diagnostics: Diagnostic[];
  /** Names that an earlier item removed, and labels that an earlier edit took away. */
  readonly gone: Map<string, Span>;
}

/** The base with the patch applied; null if an item does not apply. */
export function applyPatch(base: SpecFile, patch: PatchFile): Result<SpecFile> {
  const patching: Patching = {
    base,
    declarations: base.declarations.filter((declaration) => declaration.kind !== "expect"),
    diagnostics: [],
    gone: new Map(),
  };
  for (const item of patch.items) {
    const refusal = applyItem(patching, item);
    if (refusal !== null) patching.diagnostics.push(refusal);
  }
  const { declarations, diagnostics } = patching;
  if (diagnostics.length > 0) return { value: null, diagnostics };
  const value: SpecFile = {
    kind: "spec",
    source: patch.source,
    name: patch.name,
    doc: patch.doc,
    declarations,
    comments: [...base.comments, ...patch.comments],
    texts: [...base.texts, ...patch.texts],
    span: patch.span,
  };
  return { value, diagnostics };
}

/** Applies one item; what it gives back says why it does not apply, null if it does. */
function applyItem(patching: Patching, item: PatchItem): Diagnostic | null {
  switch (item.kind) {
    case "set":
      return applySet(patching, item);
    case "replace":
      return applyReplace(patching, item.declaration, item.span);
    case "remove":
      return applyRemove(patching, item.name, item.span);
    case "edit":
      return applyEdit(patching, item);
    default:
      return applyAddition(patching, item);
  }
}

function applySet(
  patching: Patching,
  item: PatchItem & { readonly kind: "set" },
): Diagnostic | null {
  const { name, value } = item;
  const found = findNamed(patching, name.text);
  if (found === null) {
    const params = { name: name.text, base: patching.base.name.text };
    const hint = didYouMean(name.text, namesOf(patching, ["const", "param", "var"]));
    const related = missingPlace(patching, name.text);
    return report("set-unknown-name", name.span, params, { hint, related });
  }
  const doc = item.doc ?? found.doc;
  if (found.kind === "const" || found.kind === "param") {
    exchange(patching, found, { ...found, value, doc });
    return null;
  }
  if (found.kind === "var") {
    exchange(patching, found, { ...found, initial: { kind: "value", value }, doc });
    return null;
  }
  const params = { name: name.text, what: describe(found) };
  return report("set-not-settable", name.span, params, { related: declaredAt(found) });
}

function applyReplace(patching: Patching, declaration: Code, span: Span): Diagnostic | null {
  const { name, kind } = declaration;
  const base = patching.base.name.text;
  const found = findNamed(patching, name.text);
  if (found === null) {
    const hint = didYouMean(name.text, namesOf(patching, [kind]));
    const related = missingPlace(patching, name.text);
    return report("replace-unknown", name.span, { kind, name: name.text, base }, { hint, related });
  }
  if (found.kind !== kind) {
    const params = { name: name.text, what: describe(found), base, kind };
    return report("replace-kind-mismatch", name.span, params, { related: declaredAt(found) });
  }
  noteLostLabels(patching, found, declaration, span);
  exchange(patching, found, declaration);
  return null;
}

function applyRemove(patching: Patching, name: Name, span: Span): Diagnostic | null {
  const found = findNamed(patching, name.text);
  if (found === null) {
    const params = { name: name.text, base: patching.base.name.text };
    const hint = didYouMean(name.text, namesOf(patching, null));
    const related = missingPlace(patching, name.text);
    return report("remove-unknown", name.span, params, { hint, related });
  }
  patching.declarations = patching.declarations.filter((declaration) => declaration !== found);
  patching.gone.set(name.text, span);
  return null;
}

function applyEdit(patching: Patching, edit: Edit): Diagnostic | null {
  const { target } = edit;
  const found = findNamed(patching, target.text);
  if (found === null || !isCode(found)) {
    const params = { name: target.text, base: patching.base.name.text };
    const hint = didYouMean(target.text, namesOf(patching, ["fn", "process", "action"]));
    const related = found === null ? missingPlace(patching, target.text) : declaredAt(found);
    return report("edit-unknown-target", target.span, params, { hint, related });
  }
  const outcome = editBody(found.body, edit);
  if (outcome.kind !== "edited") return refuseEdit(patching, found, edit, outcome);
  const changed = { ...found, body: outcome.body };
  noteLostLabels(patching, found, changed, edit.span);
  exchange(patching, found, changed);
  return null;
}

function refuseEdit(patching: Patching, code: Code, edit: Edit, refusal: EditRefusal): Diagnostic {
  const { label } = refusal;
  switch (refusal.kind) {
    case "unknown-label": {
      const params = { target: edit.target.text, label: label.text };
      const labels = labelsOf(code.body).map((name) => name.text);
      const hint = didYouMean(label.text, labels);
      const lost = patching.gone.get(`${edit.target.text}.${label.text}`);
      const related =
        lost === undefined ? declaredAt(code) : [{ span: lost, message: "taken away here" }];
      return report("edit-unknown-label", label.span, params, { hint, related });
    }
    case "end-label": {
      const related = [{ span: refusal.at.span, message: "it stands here" }];
      return report("edit-end-label", label.span, { label: label.text }, { related });
    }
    case "range-order": {
      const params = { first: refusal.first.text, last: label.text };
      const related = [{ span: refusal.at.span, message: `\`${label.text}\` stands here` }];
      return report("edit-range-order", label.span, params, { related });
    }
    default:
      return refusal satisfies never;
  }
}

function applyAddition(patching: Patching, declaration: Declaration): Diagnostic | null {
  const found = isNamed(declaration) ? findNamed(patching, declaration.name.text) : null;
  if (found !== null && isNamed(declaration)) {
    const hint = isCode(found)
      ? `write \`replace ${found.kind} ${found.name.text}\` to put this in its place`
      : `\`remove ${found.name.text}\` first, or \`set\` it if only its value changes`;
    const params = { name: found.name.text };
    const related = declaredAt(found);
    return report("duplicate-name", declaration.name.span, params, { hint, related });
  }
  patching.declarations = [...patching.declarations, declaration];
  return null;
}

// ---------------------------------------------------------------- looking up

function isNamed(declaration: Declaration): declaration is Named {
  return "name" in declaration;
}

function isCode(declaration: Declaration): declaration is Code {
  const { kind } = declaration;
  return kind === "fn" || kind === "process" || kind === "action";
}

function findNamed(patching: Patching, name: string): Named | null {
  const { declarations } = patching;
  return declarations.filter(isNamed).find((declaration) => declaration.name.text === name) ?? null;
}

function namesOf(patching: Patching, kinds: readonly Declaration["kind"][] | null): string[] {
  return patching.declarations
    .filter(isNamed)
    .filter((declaration) => kinds === null || kinds.includes(declaration.kind))
    .map((declaration) => declaration.name.text);
}

function exchange(patching: Patching, old: Declaration, changed: Declaration): void {
  patching.declarations = patching.declarations.map((declaration) =>
    declaration === old ? changed : declaration,
  );
}

/** Remembers which item took labels away, for the message of a later edit that looks for them. */
function noteLostLabels(patching: Patching, old: Declaration, changed: Code, span: Span): void {
  if (!isCode(old)) return;
  const kept = new Set(labelsOf(changed.body).map((label) => label.text));
  for (const label of labelsOf(old.body)) {
    if (!kept.has(label.text)) patching.gone.set(`${changed.name.text}.${label.text}`, span);
  }
}

// ---------------------------------------------------------------- the other place

type Related = Diagnostic["related"];

function declaredAt(declaration: Named): Related {
  const { name } = declaration;
  return [{ span: name.span, message: `\`${name.text}\` is declared here` }];
}

/** Where something that is not there should have been: the item that removed it, else the base. */
function missingPlace(patching: Patching, name: string): Related {
  const removed = patching.gone.get(name);
  if (removed !== undefined) return [{ span: removed, message: "it was removed here" }];
  return [{ span: patching.base.name.span, message: "this is the base" }];
}

function describe(declaration: Declaration): string {
  switch (declaration.kind) {
    case "invariant":
    case "action":
    case "enum":
      return `an ${declaration.kind}`;
    case "lock":
      return `a ${declaration.class}`;
    case "property":
    case "step":
      return declaration.kind === "step" ? "a step property" : "a temporal property";
    case "var":
      return declaration.ghost ? "a ghost variable" : "a variable";
    default:
      return `a ${declaration.kind}`;
  }
}
