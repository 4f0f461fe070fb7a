// Whose a file is that a search is kept in: the program's that has taken it last.
//
// Each writer draws a word at random, leaves it in the file when it takes it, and looks for it there before it writes. By name,
// as the name may belong to another file meanwhile. So of two programs in one file, the first stops when it sees the word of the second;
// nothing is locked, so that a program that is killed leaves nothing that somebody would have to remove.

import { randomBytes } from "node:crypto";
import { closeSync, openSync, readSync, writeSync } from "node:fs";

/** Where the word stands: in a sector of its own. */
export const OWNER_AT = 1536;
const OWNER_BYTES = 16;

/** A word that no other writer has. */
export function newOwner(): Buffer {
  return randomBytes(OWNER_BYTES);
}

/** The word in the file of this name; null if there is none. Throws what reading throws. */
export function ownerOf(path: string): Buffer | null {
  const file = openedIfThere(path);
  if (file === null) return null;
  try {
    const word = Buffer.alloc(OWNER_BYTES);
    return readSync(file, word, 0, OWNER_BYTES, OWNER_AT) === OWNER_BYTES ? word : null;
  } finally {
    closeSync(file);
  }
}

/** Takes a file from whoever has it; gives the word that says so. Not made durable: all who ask run at the same time. */
export function takeOver(path: string): Buffer {
  const file = openSync(path, "r+");
  try {
    const owner = newOwner();
    writeSync(file, owner, 0, OWNER_BYTES, OWNER_AT);
    return owner;
  } finally {
    closeSync(file);
  }
}

/** Do two words say the same? Null stands for no file, or none that says whose it is. */
export function sameOwner(one: Buffer | null, other: Buffer | null): boolean {
  return one === null || other === null ? one === other : one.equals(other);
}

/** Throws if the file of this name is not that of this owner. */
export function demandOwned(path: string, owner: Buffer | null): void {
  const found = ownerOf(path);
  if (sameOwner(found, owner)) return;
  throw new Error(
    found === null ? "it is not there any more" : "another program keeps its search in it now",
  );
}

function openedIfThere(path: string): number | null {
  try {
    return openSync(path, "r");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
