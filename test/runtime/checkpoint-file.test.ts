// A checkpoint's file is whole or refused: whichever bytes are changed, wherever it is cut off, whenever its writer is killed.

import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import {
  CheckpointWriter,
  mayBeReplaced,
  openCheckpoint,
} from "../../src/runtime/checkpoint-file.ts";
import { takeOver } from "../../src/runtime/checkpoint-owner.ts";
import { goingOn } from "../support/checkpoints.ts";

const folder = mkdtempSync(join(tmpdir(), "weft-pieces-"));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, "file");

type Content = readonly [summary: string, pieces: string];

/** What a file says, or why it says nothing. */
function content(file: string): Content | string {
  const reader = openCheckpoint(file);
  if ("reason" in reader) return reader.reason;
  const pieces: string[] = [];
  const unreadable = reader.read((kind, bytes) => pieces.push(`${kind}:${bytes}`));
  reader.close();
  return unreadable?.reason ?? [String(reader.summary), pieces.join(" ")];
}

/** Two commits, and the beginning of a third. */
function written(): void {
  const writer = CheckpointWriter.create(path);
  writer.append(1, Buffer.from("first"));
  writer.append(2, Buffer.from(""));
  writer.commit(Buffer.from("one"));
  writer.append(1, Buffer.from("second"));
  writer.append(2, Buffer.from("third"));
  writer.commit(Buffer.from("two"));
  writer.append(1, Buffer.from("never committed"));
  writer.close();
}

/** Where the newest commit ends: heads of 16 bytes, and what they hold. */
const newestEnd = ["first", "one", "second", "third", "two"].reduce(
  (sum, piece) => sum + 16 + piece.length,
  4096,
);

const older: Content = ["one", "1:first"];
const newer: Content = ["two", "1:first 1:second 2:third"];

test("what was committed last is read; what lies behind it is not", () => {
  written();
  expect(content(path)).toEqual(newer);
  const again = goingOn(path);
  again.append(3, Buffer.from("fourth"));
  again.commit(Buffer.from("three"));
  again.close();
  expect(content(path)).toEqual(["three", `${newer[1]} 3:fourth`]);
});

test("the old file is there until the first commit of the new one, and nothing but the new one afterwards", () => {
  written();
  const writer = CheckpointWriter.create(path);
  writer.append(1, Buffer.from("new"));
  expect(content(path)).toEqual(newer);
  writer.commit(Buffer.from("begun anew"));
  expect(content(path)).toEqual(["begun anew", "1:new"]);
  writer.close();
  expect(readdirSync(folder)).toEqual(["file"]);
  CheckpointWriter.create(join(folder, "other")).close();
  expect(readdirSync(folder)).toEqual(["file"]);
});

test("large pieces are cut, and read in their order", () => {
  const large = join(folder, "large");
  const bytes = Uint8Array.from({ length: 9_000_000 }, (_, at) => (at * 2654435761) >>> 24);
  const writer = CheckpointWriter.create(large);
  writer.append(1, bytes);
  writer.commit(bytes.subarray(0, 5_000_000));
  writer.close();
  const reader = openCheckpoint(large);
  if ("reason" in reader) expect.fail(reader.reason);
  const read: Buffer[] = [];
  expect(reader.read((_, piece) => read.push(Buffer.from(piece)))).toBeNull();
  reader.close();
  expect(Buffer.concat(read).equals(bytes)).toBe(true);
  expect(reader.summary.equals(bytes.subarray(0, 5_000_000))).toBe(true);
  rmSync(large);
});

test("with any byte changed, a file is refused, or says what it said at one of its commits", {
  timeout: 60_000,
}, () => {
  written();
  const good = readFileSync(path);
  const changed = join(folder, "changed");
  const told = new Set<string>();
  for (let at = 0; at < good.length; at += 1) {
    // Nothing is said between whose the file is and the first piece.
    if (at > 1552 && at < 4096 && at % 64 !== 0) continue;
    const bytes = Buffer.from(good);
    bytes[at] = (good[at] as number) ^ (1 << (at % 8));
    writeFileSync(changed, bytes);
    const found = content(changed);
    if (typeof found === "string") told.add(found.replaceAll(/\d+/g, "N"));
    else expect([older, newer]).toContainEqual(found);
    // Where a valid piece lies, nothing is overlooked.
    if (at >= 4096 && at < newestEnd) expect([at, typeof found]).toEqual([at, "string"]);
  }
  rmSync(changed);
  expect([...told].sort()).toMatchInlineSnapshot(`
    [
      "it is damaged at byte N: no piece begins there",
      "it is damaged at byte N: the piece there does not have the checksum it was written with",
      "it is no checkpoint of Weft",
      "it is of format N, and this version of Weft reads format N",
      "it was written by a computer of another byte order, or is damaged at byte N",
    ]
  `);
});

test("cut off anywhere, a file is refused, or lacks nothing that was committed", () => {
  written();
  const { length } = readFileSync(path);
  const cut = join(folder, "cut");
  fc.assert(
    fc.property(fc.nat(length), (bytes) => {
      copyFileSync(path, cut);
      truncateSync(cut, bytes);
      const found = content(cut);
      const whole = bytes >= newestEnd;
      if (whole) expect(found).toEqual(newer);
      else expect(found).toMatch(/^it is (no checkpoint|damaged)/);
    }),
    { seed: 7, numRuns: 400 },
  );
  rmSync(cut);
});

test("other files are not mistaken for checkpoints, and not replaced by them", () => {
  const text = join(folder, "a.weft");
  writeFileSync(text, "spec a\n");
  expect(content(text)).toBe("it is no checkpoint of Weft");
  expect(mayBeReplaced(text)).toBe(false);
  expect(mayBeReplaced(path)).toBe(true);
  expect(mayBeReplaced(join(folder, "nothing"))).toBe(true);
  expect(content(join(folder, "nothing"))).toMatch(
    /^it cannot be read: there is no such file or folder/,
  );
  mkdirSync(join(folder, "inner"));
  expect(content(join(folder, "inner"))).toMatch(/^it cannot be read: it is a folder/);
  expect(existsSync(join(folder, "nothing"))).toBe(false);
});

test("a file of a later format is refused by its number", () => {
  written();
  const bytes = readFileSync(path);
  bytes[8] = 7;
  writeFileSync(path, bytes);
  expect(content(path)).toBe("it is of format 7, and this version of Weft reads format 2");
});

/** All files of that name, begun ones too. */
const named = () => readdirSync(folder).filter((name) => name.includes("file"));

const lost = "another program keeps its search in it now";

/** One more commit. */
function addTo(writer: CheckpointWriter, text: string): void {
  writer.append(1, Buffer.from(text));
  writer.commit(Buffer.from(`summary of ${text}`));
}

test("a file that another writer goes on with is not written any more", () => {
  written();
  const first = goingOn(path);
  addTo(first, "mine");
  const second = goingOn(path);
  expect(() => addTo(first, "too late")).toThrow(lost);
  expect(() => first.anew()).toThrow(lost);
  addTo(second, "yours");
  expect(() => first.commit(Buffer.from("too late"))).toThrow(lost);
  first.close();
  addTo(second, "again");
  second.close();
  expect(content(path)).toEqual(["summary of again", `${newer[1]} 1:mine 1:yours 1:again`]);
});

test("nor one that another writer has replaced, or somebody removed", () => {
  written();
  const first = goingOn(path);
  const second = CheckpointWriter.create(path);
  addTo(first, "still mine");
  addTo(second, "new");
  expect(() => addTo(first, "too late")).toThrow(lost);
  rmSync(path);
  expect(() => addTo(second, "gone")).toThrow("it is not there any more");
  first.close();
  second.close();
  expect(named()).toEqual([]);
});

test("of two files that are begun for one name the later is it, and none is replaced that was taken meanwhile", () => {
  written();
  const first = CheckpointWriter.create(path);
  const second = CheckpointWriter.create(path);
  expect(() => addTo(first, "too late")).toThrow(lost);
  first.close();
  addTo(second, "new");
  const third = second.anew();
  takeOver(path);
  expect(() => addTo(third, "too late")).toThrow(lost);
  third.close();
  expect(content(path)).toEqual(["summary of new", "1:new"]);
  expect(named()).toEqual(["file"]);
});

test("what was committed after a file was read, or by a third one who took it, is not cut off", () => {
  written();
  const first = goingOn(path);
  const reader = openCheckpoint(path);
  if ("reason" in reader) expect.fail(reader.reason);
  addTo(first, "meanwhile");
  first.close();
  const owner = takeOver(path);
  expect(() => CheckpointWriter.after(reader, owner)).toThrow("another program kept its search");
  takeOver(path);
  expect(() => CheckpointWriter.after(reader, owner)).toThrow(lost);
  reader.close();
  expect(content(path)).toEqual(["summary of meanwhile", `${newer[1]} 1:meanwhile`]);
});
