// Assembles one spec from its files: a patch with its base, a spec with the files that it uses.
//
// Reading and parsing are parameters, so that the same code runs on a disk, in an editor with unsaved
// buffers and in a browser. Paths in a file are relative to that file. A file that is used twice is
// brought in once, at its first use. Nothing comes out if anything is wrong, but every file that can
// still be reached is read and parsed, so that one run reports the errors of all of them.

import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { report } from "../diagnostics/report.ts";
import type { Source, Span } from "../diagnostics/source.ts";
import type {
  Comment,
  Declaration,
  File,
  PatchFile,
  SpecFile,
  Text,
  UseDeclaration,
} from "./ast.ts";
import { applyPatch } from "./patch.ts";

/** The text of a file, or null if it cannot be read. */
export type ReadFile = (path: string) => string | null;

export type Parse = (source: Source) => {
  readonly file: File | null;
  readonly diagnostics: readonly Diagnostic[];
};

export interface Loaded {
  /** The spec, patched and with what it uses; null if anything is wrong. */
  readonly value: SpecFile | null;
  /** Every text that was read, the one asked for first. */
  readonly sources: readonly Source[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Loads the spec or patch at `path`. */
export function load(path: string, readFile: ReadFile, parse: Parse): Loaded {
  return loadSeries(path, [], readFile, parse);
}

/** Loads the spec or patch at `path` and applies patches to it in this order, whatever each says that it is a patch of. */
export function loadSeries(
  path: string,
  patches: readonly string[],
  readFile: ReadFile,
  parse: Parse,
): Loaded {
  const loading: Loading = { readFile, parse, sources: [], diagnostics: [], trail: [], used: [] };
  const file = readAsked(loading, path);
  let value = file === null ? null : assemble(loading, path, file, null);
  for (const patch of patches) value = applyNext(loading, value, patch);
  const { sources, diagnostics } = loading;
  return { value: hasErrors(loading) ? null : value, sources, diagnostics };
}

/** The file that a patch says it is a patch of, as a path; null for a spec, and for what cannot be read. */
export function baseOf(path: string, readFile: ReadFile, parse: Parse): string | null {
  const text = readFile(path);
  const file = text === null ? null : parse({ path, text }).file;
  return file?.kind === "patch" ? resolvePath(path, file.base.path) : null;
}

interface Loading {
  readonly readFile: ReadFile;
  readonly parse: Parse;
  readonly sources: Source[];
  readonly diagnostics: Diagnostic[];
  /** The files being assembled, outermost first: what a cycle would come back to. */
  readonly trail: { readonly path: string; readonly reference: Span | null }[];
  /** The files whose declarations are already in. */
  readonly used: string[];
}

/** A file of the command line; null if it cannot be read, which is reported, or does not parse. */
function readAsked(loading: Loading, path: string): File | null {
  const file = readAndParse(loading, path);
  if (file === undefined) loading.diagnostics.push(report("file-missing", null, { path }));
  return file ?? null;
}

/** The parsed file; null if it does not parse at all, undefined if it cannot be read. */
function readAndParse(loading: Loading, path: string): File | null | undefined {
  const text = loading.readFile(path);
  if (text === null) return undefined;
  const source: Source = { path, text };
  loading.sources.push(source);
  const { file, diagnostics } = loading.parse(source);
  loading.diagnostics.push(...diagnostics);
  return file;
}

/** The whole spec that a file stands for; `reference` is the place that names the file. */
function assemble(
  loading: Loading,
  path: string,
  file: File,
  reference: Span | null,
): SpecFile | null {
  loading.trail.push({ path: normalize(path), reference });
  const value =
    file.kind === "patch" ? assemblePatch(loading, path, file) : withUsed(loading, path, file);
  loading.trail.pop();
  return value;
}

function assemblePatch(loading: Loading, path: string, patch: PatchFile): SpecFile | null {
  const basePath = resolvePath(path, patch.base.path);
  const { span } = patch.base;
  const cycle = cycleTo(loading, basePath);
  if (cycle !== null) {
    loading.diagnostics.push(report("patch-cycle", span, cycle.params, cycle));
    return null;
  }
  const file = readAndParse(loading, basePath);
  if (file === undefined) {
    loading.diagnostics.push(report("patch-base-missing", span, { path: basePath }));
  }
  if (file === undefined || file === null) return null;
  return patched(loading, path, assemble(loading, basePath, file, span), patch);
}

/** The next patch of a series on what those before it came to. */
function applyNext(loading: Loading, base: SpecFile | null, path: string): SpecFile | null {
  const file = readAsked(loading, path);
  if (file === null) return null;
  if (file.kind === "spec") {
    const what = `\`${path}\` is a whole spec; what follows the base of a series are patches`;
    loading.diagnostics.push(report("usage", file.name.span, { what }));
    return null;
  }
  return patched(loading, path, base, file);
}

function patched(
  loading: Loading,
  path: string,
  base: SpecFile | null,
  patch: PatchFile,
): SpecFile | null {
  // Edits of a half-read tree would only fail for reasons that are not the author's.
  if (base === null || hasErrors(loading)) return null;
  const { value, diagnostics } = applyPatch(base, patch);
  loading.diagnostics.push(...diagnostics);
  return value === null ? null : withUsed(loading, path, value);
}

/** The spec with every `use` exchanged for the declarations of the file that it names. */
function withUsed(loading: Loading, path: string, spec: SpecFile): SpecFile {
  const declarations: Declaration[] = [];
  const comments: Comment[] = [...spec.comments];
  const texts: Text[] = [...spec.texts];
  for (const declaration of spec.declarations) {
    if (declaration.kind !== "use") {
      declarations.push(declaration);
      continue;
    }
    const used = loadUsed(loading, path, declaration);
    if (used === null) continue;
    declarations.push(...used.declarations.filter(({ kind }) => kind !== "expect"));
    comments.push(...used.comments);
    texts.push(...used.texts);
  }
  return { ...spec, declarations, comments, texts };
}

function loadUsed(loading: Loading, path: string, use: UseDeclaration): SpecFile | null {
  const usedPath = resolvePath(path, use.path);
  const cycle = cycleTo(loading, usedPath);
  if (cycle !== null) {
    loading.diagnostics.push(report("use-cycle", use.span, cycle.params, cycle));
    return null;
  }
  if (loading.used.includes(usedPath)) return null;
  loading.used.push(usedPath);
  const file = readAndParse(loading, usedPath);
  if (file === undefined) {
    loading.diagnostics.push(report("use-missing", use.span, { path: usedPath }));
    return null;
  }
  if (file === null) return null;
  if (file.kind === "patch") {
    const related = [{ span: file.name.span, message: "the patch begins here" }];
    loading.diagnostics.push(report("use-of-patch", use.span, { path: usedPath }, { related }));
    return null;
  }
  return assemble(loading, usedPath, file, use.span);
}

function hasErrors(loading: Loading): boolean {
  return loading.diagnostics.some((diagnostic) => diagnostic.severity === "error");
}

interface Cycle {
  /** The way round: `a.weft -> b.weft -> a.weft`. */
  readonly params: { readonly cycle: string };
  /** The other references on the way. */
  readonly related: Diagnostic["related"];
}

/** The cycle that a reference to this path would close, or null. */
function cycleTo({ trail }: Loading, path: string): Cycle | null {
  const start = trail.findIndex((entry) => entry.path === path);
  if (start < 0) return null;
  const round = trail.slice(start);
  return {
    params: { cycle: [...round.map((entry) => entry.path), path].join(" -> ") },
    related: round
      .slice(1)
      .flatMap(({ reference }) =>
        reference === null ? [] : [{ span: reference, message: "a reference on the way round" }],
      ),
  };
}

// ---------------------------------------------------------------- paths

/** The path that `reference` means in the file `from`. */
function resolvePath(from: string, reference: string): string {
  if (reference.startsWith("/")) return normalize(reference);
  const slash = Math.max(from.lastIndexOf("/"), from.lastIndexOf("\\"));
  return normalize(from.slice(0, slash + 1) + reference);
}

/** The path without `.` and, as far as that is possible, without `..`. */
function normalize(path: string): string {
  const parts: string[] = [];
  for (const [index, part] of path.split("/").entries()) {
    if (part === "." || (part === "" && index > 0)) continue;
    const parent = parts.at(-1);
    if (part === ".." && parent !== undefined && parent !== ".." && parent !== "") parts.pop();
    else parts.push(part);
  }
  return parts.join("/");
}
