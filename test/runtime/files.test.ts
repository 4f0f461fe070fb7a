// Reading and writing files: what cannot be read is null, what is written is whole or not there.

import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readText, writeTextAtomically } from "../../src/runtime/files.ts";

const folder = mkdtempSync(join(tmpdir(), "weft-files-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("what is not there, or is a folder, reads as null", () => {
  expect(readText(join(folder, "no.weft"))).toBeNull();
  expect(readText(folder)).toBeNull();
});

test("written text is read back, folders are made, nothing else is left", () => {
  const path = join(folder, "a", "b", "c.ts");
  writeTextAtomically(path, "one\n");
  writeTextAtomically(path, "two\n");
  expect(readText(path)).toBe("two\n");
  expect(readdirSync(join(folder, "a", "b"))).toEqual(["c.ts"]);
});

test("a write that fails leaves nothing behind", () => {
  const path = join(folder, "taken");
  mkdirSync(join(path, "inner"), { recursive: true });
  expect(() => writeTextAtomically(path, "text")).toThrow();
  expect(readdirSync(folder).filter((name) => name.startsWith(".weft"))).toEqual([]);
});
