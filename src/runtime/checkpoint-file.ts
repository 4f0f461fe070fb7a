// A file of pieces that only grows, and of which one knows how much is valid: what a checkpoint lies in.
//
// In front stand two slots, each naming an end: all pieces before it belong together, the last of them are a summary. A commit
// appends pieces, makes them durable, and only then writes the older slot; so whenever the program is killed or the power
// fails, the newer slot that is whole names pieces that are whole. What lies behind the end was begun and not committed.
// The first commit is made in another file, which then takes the name: the old content or the new one is there, never a part.
//
//   0     magic, u32 format, u32 byte order
//   512   a slot: u32 number of the commit, u64 end, u64 where the summary begins, u32 chain, u32 checksum of these
//   1024  the other slot
//   1536  whose the file is: checkpoint-owner.ts
//   4096  pieces: u32 kind, u32 bytes, u32 checksum of the bytes, u32 checksum of these three; then the bytes
//
// Checksums are CRC-32; the chain is that of all heads of pieces up to the end, so that none can be missing or in another place.

import {
  closeSync,
  existsSync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { crc32 } from "node:zlib";
import { demandOwned, newOwner, OWNER_AT, ownerOf, sameOwner } from "./checkpoint-owner.ts";
import { fileErrorWords } from "./file-errors.ts";

const MAGIC = Buffer.from("\u0089WEFT\r\n\u001a", "latin1");
const FORMAT = 2;
const BYTE_ORDER = 0x01020304;
const HEAD_BYTES = 16;
const SLOTS = [512, 1024] as const;
const SLOT_BYTES = 28;
const FIRST_PIECE = 4096;
const PIECE_HEAD = 16;
/** The most bytes of one piece. */
const MOST_BYTES = 1 << 22;

/** The kind of the pieces that end a commit; others are the caller's. */
const SUMMARY = 0;

/** What a slot names. */
interface Commit {
  readonly number: number;
  readonly end: number;
  readonly summary: number;
  readonly chain: number;
}

/** Why a file cannot be read as what it should be. */
export interface Unreadable {
  readonly reason: string;
}

/** Where a file stands that is taken: whose it is, and the last of its commits. */
interface Taken {
  readonly owner: Buffer;
  readonly commit: Commit;
}

/**
 * A file that is written. What cannot be written throws the file system's error; the last commit stays whole. So does every
 * writing once the file is another writer's.
 */
export class CheckpointWriter {
  readonly path: string;
  private readonly file: number;
  /** The file until it is committed for the first time; null afterwards. */
  private temporary: string | null;
  private readonly owner: Buffer;
  /** Whose the file was whose place this one takes. */
  private readonly replaced: Buffer | null;
  private commits: number;
  private end: number;
  private chain: number;
  private readonly scratch = Buffer.allocUnsafe(PIECE_HEAD + MOST_BYTES);

  private constructor(path: string, file: number, temporary: string | null, taken: Taken) {
    this.path = path;
    this.file = file;
    this.temporary = temporary;
    this.owner = taken.owner;
    this.replaced = temporary === null ? null : ownerOf(path);
    this.commits = taken.commit.number;
    this.end = taken.commit.end;
    this.chain = taken.commit.chain;
  }

  /** Begins a file that takes the place of what is at `path` once it is committed. */
  static create(path: string): CheckpointWriter {
    const temporary = join(dirname(path), `.${basename(path)}.weft-tmp`);
    // Another file, not the same one emptied: it may be open in another program.
    rmSync(temporary, { force: true });
    const file = openSync(temporary, "wx+");
    const owner = newOwner();
    const head = Buffer.alloc(FIRST_PIECE);
    owner.copy(head, OWNER_AT);
    MAGIC.copy(head);
    head.writeUInt32LE(FORMAT, MAGIC.length);
    new Uint32Array(head.buffer, head.byteOffset + MAGIC.length + 4, 1)[0] = BYTE_ORDER;
    const commit = { number: 0, end: FIRST_PIECE, summary: FIRST_PIECE, chain: 0 };
    const writer = new CheckpointWriter(path, file, temporary, { owner, commit });
    writer.write(head, 0);
    return writer;
  }

  /** Goes on behind what was read from a file that was taken before; what lies there uncommitted is dropped. */
  static after({ path, commit }: CheckpointReader, owner: Buffer): CheckpointWriter {
    const file = openSync(path, "r+");
    try {
      const writer = new CheckpointWriter(path, file, null, { owner, commit });
      writer.demandOwn();
      // Whoever had it may have been in the middle of a commit when it was taken.
      if (newestCommit(file)?.number !== commit.number) {
        throw new Error("another program kept its search in it meanwhile");
      }
      ftruncateSync(file, commit.end);
      return writer;
    } catch (error) {
      closeSync(file);
      throw error;
    }
  }

  /** Begins the file anew: what this writer has committed is there until that is. This writer is done. */
  anew(): CheckpointWriter {
    this.demandOwn();
    this.close();
    return CheckpointWriter.create(this.path);
  }

  /** Appends bytes, in as many pieces as it takes. */
  append(kind: number, bytes: Uint8Array): void {
    for (let from = 0; from < bytes.length; from += MOST_BYTES) {
      this.piece(kind, bytes.subarray(from, from + MOST_BYTES));
    }
  }

  /** Makes all that was appended valid, with a summary behind it. */
  commit(summary: Uint8Array): void {
    const at = this.end;
    this.append(SUMMARY, summary);
    fdatasyncSync(this.file);
    this.commits += 1;
    const slot = Buffer.alloc(SLOT_BYTES);
    slot.writeUInt32LE(this.commits, 0);
    slot.writeBigUInt64LE(BigInt(this.end), 4);
    slot.writeBigUInt64LE(BigInt(at), 12);
    slot.writeUInt32LE(this.chain, 20);
    slot.writeUInt32LE(crc32(slot.subarray(0, 24)), 24);
    this.demandOwn();
    this.write(slot, SLOTS[this.commits % 2 === 0 ? 0 : 1]);
    fdatasyncSync(this.file);
    if (this.temporary === null) return;
    demandOwned(this.path, this.replaced);
    this.demandOwn();
    renameSync(this.temporary, this.path);
    this.temporary = null;
    syncFolder(dirname(this.path));
  }

  close(): void {
    closeSync(this.file);
    const { temporary, owner } = this;
    if (temporary !== null && sameOwner(ownerOf(temporary), owner)) rmSync(temporary);
  }

  private demandOwn(): void {
    demandOwned(this.temporary ?? this.path, this.owner);
  }

  private piece(kind: number, bytes: Uint8Array): void {
    const { scratch } = this;
    // A copy: the bytes may lie in memory that is shared, of which a file system takes nothing.
    scratch.set(bytes, PIECE_HEAD);
    const piece = scratch.subarray(0, PIECE_HEAD + bytes.length);
    piece.writeUInt32LE(kind, 0);
    piece.writeUInt32LE(bytes.length, 4);
    piece.writeUInt32LE(crc32(piece.subarray(PIECE_HEAD)), 8);
    piece.writeUInt32LE(crc32(piece.subarray(0, 12)), 12);
    this.demandOwn();
    this.chain = crc32(piece.subarray(0, PIECE_HEAD), this.chain);
    this.write(piece, this.end);
    this.end += piece.length;
  }

  private write(bytes: Buffer, at: number): void {
    for (let done = 0; done < bytes.length; ) {
      done += writeSync(this.file, bytes, done, bytes.length - done, at + done);
    }
  }
}

/** The bytes are valid during the call only. */
type OnPiece = (kind: number, bytes: Buffer) => void;

/** A committed file, its summary read. */
export interface CheckpointReader {
  readonly path: string;
  readonly commit: Commit;
  readonly summary: Buffer;
  /** Reads all pieces but summaries, in order; null if all of them are whole. */
  read(onPiece: OnPiece): Unreadable | null;
  close(): void;
}

/** Opens a file to read it. */
export function openCheckpoint(path: string): CheckpointReader | Unreadable {
  let file: number | null = null;
  try {
    file = openSync(path, "r");
    const opened = opening(path, file);
    if ("reason" in opened) closeSync(file);
    return opened;
  } catch (error) {
    if (file !== null) closeSync(file);
    return { reason: `it cannot be read: ${fileErrorWords(error)}` };
  }
}

/** Whether a checkpoint may take this name: nothing has it, or a checkpoint. Throws what reading throws. */
export function mayBeReplaced(path: string): boolean {
  if (!existsSync(path)) return true;
  const file = openSync(path, "r");
  try {
    return bytesAt(file, 0, MAGIC.length)?.equals(MAGIC) ?? false;
  } finally {
    closeSync(file);
  }
}

function opening(path: string, file: number): CheckpointReader | Unreadable {
  const { size } = fstatSync(file);
  const head = bytesAt(file, 0, HEAD_BYTES);
  if (head === null || !head.subarray(0, MAGIC.length).equals(MAGIC)) {
    return { reason: "it is no checkpoint of Weft" };
  }
  const format = head.readUInt32LE(MAGIC.length);
  if (format !== FORMAT) {
    return { reason: `it is of format ${format}, and this version of Weft reads format ${FORMAT}` };
  }
  if (new Uint32Array(new Uint8Array(head).buffer)[3] !== BYTE_ORDER) {
    return {
      reason: "it was written by a computer of another byte order, or is damaged at byte 12",
    };
  }
  const commit = newestCommit(file);
  if (commit === null) return damaged(SLOTS[0], "nothing says how much of it is valid");
  if (size < commit.end) {
    return damaged(size, `it ends there, and should have ${commit.end} bytes`);
  }
  const scratch = Buffer.allocUnsafe(PIECE_HEAD + MOST_BYTES);
  const read = (from: number, onPiece: OnPiece): number | Unreadable =>
    readPieces(file, from, commit.end, scratch, onPiece);
  const summary: Buffer[] = [];
  const last = read(commit.summary, (_, bytes) => summary.push(Buffer.from(bytes)));
  if (typeof last !== "number") return last;
  return {
    path,
    commit,
    summary: Buffer.concat(summary),
    read: (onPiece) => {
      const chain = read(FIRST_PIECE, (kind, bytes) => {
        if (kind !== SUMMARY) onPiece(kind, bytes);
      });
      if (typeof chain !== "number") return chain;
      return chain === commit.chain
        ? null
        : damaged(FIRST_PIECE, "its pieces are not those that it was made of");
    },
    close: () => closeSync(file),
  };
}

/** Reads the pieces between two places; gives the chain of their heads. */
function readPieces(
  file: number,
  from: number,
  end: number,
  scratch: Buffer,
  onPiece: OnPiece,
): number | Unreadable {
  let chain = 0;
  for (let at = from; at < end; ) {
    const piece = pieceAt(file, at, end, scratch);
    if ("reason" in piece) return piece;
    chain = crc32(piece.head, chain);
    onPiece(piece.kind, piece.bytes);
    at += PIECE_HEAD + piece.bytes.length;
  }
  return chain;
}

interface Piece {
  readonly kind: number;
  readonly head: Buffer;
  readonly bytes: Buffer;
}

function pieceAt(file: number, at: number, end: number, scratch: Buffer): Piece | Unreadable {
  const head = scratch.subarray(0, PIECE_HEAD);
  if (!filled(file, head, at) || head.readUInt32LE(12) !== crc32(head.subarray(0, 12))) {
    return damaged(at, "no piece begins there");
  }
  const length = head.readUInt32LE(4);
  const bytes = scratch.subarray(PIECE_HEAD, PIECE_HEAD + length);
  const fits = length <= MOST_BYTES && at + PIECE_HEAD + length <= end;
  if (!fits || !filled(file, bytes, at + PIECE_HEAD) || crc32(bytes) !== head.readUInt32LE(8)) {
    return damaged(at, "the piece there does not have the checksum it was written with");
  }
  return { kind: head.readUInt32LE(0), head, bytes };
}

function newestCommit(file: number): Commit | null {
  const commits = SLOTS.flatMap((at) => slotAt(file, at) ?? []);
  return commits.toSorted((one, other) => other.number - one.number)[0] ?? null;
}

function slotAt(file: number, at: number): Commit | null {
  const slot = bytesAt(file, at, SLOT_BYTES);
  if (slot === null || slot.readUInt32LE(24) !== crc32(slot.subarray(0, 24))) return null;
  return {
    number: slot.readUInt32LE(0),
    end: Number(slot.readBigUInt64LE(4)),
    summary: Number(slot.readBigUInt64LE(12)),
    chain: slot.readUInt32LE(20),
  };
}

function damaged(at: number, what: string): Unreadable {
  return { reason: `it is damaged at byte ${at}: ${what}` };
}

function bytesAt(file: number, at: number, length: number): Buffer | null {
  const bytes = Buffer.alloc(length);
  return filled(file, bytes, at) ? bytes : null;
}

/** Fills a buffer from a place of a file; false if the file ends before. */
function filled(file: number, bytes: Buffer, at: number): boolean {
  for (let done = 0; done < bytes.length; ) {
    const read = readSync(file, bytes, done, bytes.length - done, at + done);
    if (read === 0) return false;
    done += read;
  }
  return true;
}

/** A new name is there after a power failure only if its folder is written too. */
function syncFolder(path: string): void {
  const folder = openSync(path, "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
