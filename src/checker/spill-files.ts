// Files of a search that has outgrown its memory: rows of 32-bit words, appended at the end and read in large pieces.
// What the disk is comes from outside (runtime/spill.ts), so that this room needs no file system.

/** A file that only grows. Both throw if the disk does not do it; then `failure` of the disk says why. */
export interface DiskFile {
  append(bytes: Uint8Array): void;
  /** Fills `into` with what stands from this byte on; there must be as much. */
  read(position: number, into: Uint8Array): void;
}

export interface Disk {
  /** Makes an empty file. It is gone when the program is. */
  file(): DiskFile;
  /** Why something could not be written or read, in a few words; null if all went well. */
  readonly failure: string | null;
}

/** Words that are gathered before they are written. */
const BUFFERED_WORDS = 1 << 16;

/** Rows of `width` words. */
export class RowFile {
  readonly width: number;
  /** Rows in the file and on their way to it. */
  count = 0;
  private readonly file: DiskFile;
  private readonly buffer: Int32Array;
  private buffered = 0;

  constructor(disk: Disk, width: number) {
    this.width = width;
    this.file = disk.file();
    this.buffer = new Int32Array(Math.max(1, Math.floor(BUFFERED_WORDS / width)) * width);
  }

  /** Appends `rows` rows that stand in `words` from `offset` on. */
  append(words: Int32Array, offset: number, rows = 1): void {
    const length = rows * this.width;
    if (length >= this.buffer.length) {
      this.flush();
      this.write(words, offset, length);
    } else {
      if (this.buffered + length > this.buffer.length) this.flush();
      for (let word = 0; word < length; word += 1)
        this.buffer[this.buffered + word] = words[offset + word] as number;
      this.buffered += length;
    }
    this.count += rows;
  }

  /** Reads rows from `first` on, as many as fit into `into` or are there; says how many. */
  read(first: number, into: Int32Array, last: number): number {
    if (this.buffered > 0) this.flush();
    const rows = Math.min(Math.floor(into.length / this.width), last - first);
    if (rows <= 0) return 0;
    const bytes = new Uint8Array(into.buffer, into.byteOffset, 4 * rows * this.width);
    this.file.read(4 * first * this.width, bytes);
    return rows;
  }

  /** Writes what was only gathered. */
  flush(): void {
    const { buffered } = this;
    this.buffered = 0;
    this.write(this.buffer, 0, buffered);
  }

  private write(words: Int32Array, offset: number, length: number): void {
    if (length === 0) return;
    this.file.append(new Uint8Array(words.buffer, words.byteOffset + 4 * offset, 4 * length));
  }
}
