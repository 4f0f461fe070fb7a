// The two streams: results go to standard output, everything else to standard error; colour as asked for.

import { styleText } from "node:util";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { renderDiagnostics, type StyleName } from "../diagnostics/frame.ts";
import { type Paint, plain, type Role } from "../report/style.ts";
import { fileErrorWords } from "../runtime/file-errors.ts";
import { writeTextAtomically } from "../runtime/files.ts";
import { exitCodes } from "./exit-codes.ts";

export type ColorMode = "auto" | "always" | "never";

type Format = Parameters<typeof styleText>[0];

const roles: Readonly<Record<Role, Format>> = {
  good: "green",
  bad: ["bold", "red"],
  warn: "yellow",
  dim: "dim",
  strong: "bold",
};

const diagnosticStyles: Readonly<Record<StyleName, Format>> = {
  error: ["bold", "red"],
  warning: ["bold", "yellow"],
  note: ["bold", "cyan"],
  place: "bold",
  gutter: "dim",
  hint: "cyan",
};

/** Whether a stream takes colour. FORCE_COLOR wins over NO_COLOR, as in Node itself. */
function takesColor(mode: ColorMode, stream: NodeJS.WriteStream): boolean {
  if (mode !== "auto") return mode === "always";
  const { FORCE_COLOR: force, NO_COLOR: no } = process.env;
  if (force !== undefined) return force !== "0" && force !== "false";
  if (no !== undefined && no !== "") return false;
  return stream.isTTY;
}

/** Paints for standard output. */
export function paintFor(mode: ColorMode): Paint {
  if (!takesColor(mode, process.stdout)) return plain;
  return (role, text) =>
    text
      .split("\n")
      .map((line) => (line === "" ? line : styleText(roles[role], line, { validateStream: false })))
      .join("\n");
}

/** Writes a result, with a line break behind it. */
export function print(text: string): void {
  process.stdout.write(text.endsWith("\n") ? text : `${text}\n`);
}

/** Writes a JSON document. */
export function printJson(document: object): void {
  print(JSON.stringify(document, null, 2));
}

/** Writes a remark that is no result. */
export function remark(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Writes diagnostics with their places. */
export function printDiagnostics(diagnostics: readonly Diagnostic[], mode: ColorMode): void {
  if (diagnostics.length === 0) return;
  const colored = takesColor(mode, process.stderr);
  const text = renderDiagnostics(diagnostics, {
    columns: process.stderr.columns ?? 100,
    ...(colored
      ? {
          style: (name, part) => styleText(diagnosticStyles[name], part, { validateStream: false }),
        }
      : {}),
  });
  process.stderr.write(`${text}\n`);
}

/** Writes a file; if that cannot be done, says why and answers false. */
export function wroteFile(path: string, text: string): boolean {
  try {
    writeTextAtomically(path, text);
    return true;
  } catch (error) {
    remark(`cannot write ${path}: ${fileErrorWords(error)}`);
    return false;
  }
}

/** A reader that goes away early (`weft check … | head`), or a disk that is full, is no fault of ours. */
export function endWithOutput(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit();
    remark(`cannot write the result: ${fileErrorWords(error)}`);
    process.exit(exitCodes.usage);
  });
}
