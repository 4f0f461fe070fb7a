// Files in which a search keeps states that are too many for the memory.

import { closeSync, mkdtempSync, openSync, readSync, rmSync, unlinkSync, writeSync } from "node:fs";
import { join } from "node:path";
import { fileErrorWords } from "./file-errors.ts";

/** Files for a search: what checker/spill-files.ts asks of a disk. */
export interface SpillFolder {
  /** Makes an empty file. */
  file(): SpillFile;
  /** What went wrong first, in a few words; null if nothing did. */
  readonly failure: string | null;
  /** Closes and removes everything. */
  remove(): void;
}

/** Both throw if it cannot be done, and `failure` says why. */
interface SpillFile {
  append(bytes: Uint8Array): void;
  read(position: number, into: Uint8Array): void;
}

/** Why no files can be made in a folder, in a few words; null if they can. */
export function unfitForSpill(folder: string): string | null {
  try {
    rmSync(mkdtempSync(join(folder, PREFIX)), { recursive: true });
    return null;
  } catch (error) {
    return fileErrorWords(error);
  }
}

const PREFIX = ".weft-spill-";

/**
 * A folder of its own inside this one, made for the first file. Nothing is left of it when the program is gone, however it
 * ends: each file loses its name as soon as it is open, where the system lets it.
 */
export function spillFolder(parent: string): SpillFolder {
  let folder: string | null = null;
  let failure: string | null = null;
  const open: number[] = [];
  const trying = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      failure ??= fileErrorWords(error);
      throw error;
    }
  };
  const remove = (): void => {
    for (const file of open.splice(0)) closeSync(file);
    if (folder !== null) rmSync(folder, { recursive: true, force: true });
    folder = null;
    process.removeListener("exit", remove);
  };
  const make = (): SpillFile => {
    if (folder === null) process.on("exit", remove);
    folder ??= mkdtempSync(join(parent, PREFIX));
    const path = join(folder, String(open.length));
    const file = openSync(path, "wx+", 0o600);
    open.push(file);
    dropName(path);
    let length = 0;
    return {
      append: (bytes) =>
        trying(() => {
          for (let done = 0; done < bytes.length; )
            done += writeSync(file, bytes, done, bytes.length - done, length + done);
          length += bytes.length;
        }),
      read: (position, into) =>
        trying(() => {
          for (let done = 0; done < into.length; ) {
            const read = readSync(file, into, done, into.length - done, position + done);
            if (read === 0) throw new Error("a file is shorter than what was written to it");
            done += read;
          }
        }),
    };
  };
  return {
    file: () => trying(make),
    get failure() {
      return failure;
    },
    remove,
  };
}

/** An open file goes on without its name, but not on every system. */
function dropName(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // It is removed with its folder.
  }
}
