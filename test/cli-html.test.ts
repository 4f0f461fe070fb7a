// The built program writes pages: where it is told to, beside what it prints, with its own status.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { weft, withFiles } from "./support/cli.ts";

const before = `spec counter
var n: 0..3 = 0
process p { n := 2 }
invariant low: n < 2
expect low violated
`;

const files = {
  "old.weft": before,
  "new.weft": before.replace("n := 2", "n := 1").replace("low violated", "low holds"),
};

test("diff --html writes a page and prints what it always does", () => {
  withFiles(files, (cwd) => {
    const plain = weft(["diff", "old.weft", "new.weft"], { cwd });
    const ran = weft(["diff", "old.weft", "new.weft", "--html", "out/page.html"], { cwd });
    expect(ran).toEqual(plain);
    expect(ran.code).toBe(0);
    const page = readFileSync(join(cwd, "out/page.html"), "utf8");
    expect(page).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(page).toContain("<title>old → new</title>");
    expect(page).toContain("<svg");
  });
});

test("check --report writes a page; the status is the check's", () => {
  withFiles(files, (cwd) => {
    const ran = weft(["check", "old.weft", "--report", "page.html", "-q"], { cwd });
    expect([ran.code, ran.stdout]).toEqual([12, "old.weft: violated: low\n"]);
    expect(readFileSync(join(cwd, "page.html"), "utf8")).toContain("<title>counter</title>");
  });
});

test("a page that cannot be written is said, and gives its status", () => {
  withFiles({ ...files, dir: "a file" }, (cwd) => {
    const ran = weft(["diff", "old.weft", "new.weft", "--html", "dir/page.html"], { cwd });
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain("cannot write dir/page.html");
  });
});

test("a page is about one spec that was not refused", () => {
  withFiles({ ...files, "bad.weft": "spec bad\nvar n: 0..1 = m\n" }, (cwd) => {
    const two = weft(["check", "old.weft", "new.weft", "--report", "page.html"], { cwd });
    expect([two.code, two.stdout]).toEqual([1, ""]);
    expect(two.stderr).toBe("--report writes the page of one spec; check them one by one\n");
    const refused = weft(["check", "bad.weft", "--report", "page.html"], { cwd });
    expect(refused.code).toBe(120);
    expect(existsSync(join(cwd, "page.html"))).toBe(false);
  });
});
