// Reading and writing files; `-` is standard input. The only room that knows the file system.

import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The path that stands for standard input. */
export const standardInput = "-";

/** The text of a file or of standard input, without a byte order mark; null if it cannot be read. */
export function readText(path: string): string | null {
  try {
    const text = path === standardInput ? readStandardInput() : readFileSync(path, "utf8");
    return text.replace(/^\ufeff/, "");
  } catch {
    return null;
  }
}

let standardText: string | null = null;

/** Standard input can be read only once; whoever asks again gets the same text. */
function readStandardInput(): string {
  standardText ??= readFileSync(0, "utf8");
  return standardText;
}

/**
 * Writes a file so that a reader sees the old content or the new one, never a part: the text goes to
 * a file beside it, which then takes its name. Missing folders are made.
 */
export function writeTextAtomically(path: string, text: string): void {
  const folder = dirname(path);
  mkdirSync(folder, { recursive: true });
  const temporary = join(folder, `.weft-${process.pid}.tmp`);
  try {
    writeFileSync(temporary, text);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
