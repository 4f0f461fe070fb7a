// The executable runs the program from what V8 made of it when it was built, and does without that where it must.

import { execFileSync } from "node:child_process";
import { copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root, withFiles } from "./support/cli.ts";

const spec = "spec s\nvar n: 0..3 = 0\naction up when n < 3 { n += 1 }\nterminal when n == 3\n";
const files = ["cli.js", "weft.cjs", "weft.v8"];

/** What a check says, run by the executable in a folder. */
function check(folder: string): string {
  const args = [join(folder, "cli.js"), "check", "--quiet", join(folder, "s.weft")];
  return execFileSync(process.execPath, args, { encoding: "utf8" }).trim().split(": ").at(-1) ?? "";
}

test("V8 takes what was compiled when the program was built", () => {
  const text = `
    import { loadProgram } from "./dist/src/runtime/program.js";
    console.log(loadProgram(new URL("file://" + process.cwd() + "/dist/"), "").wasCompiled);
  `;
  const args = ["--input-type=module", "-e", text];
  expect(execFileSync(process.execPath, args, { cwd: root, encoding: "utf8" })).toBe("true\n");
});

test("the program is ASCII, as it is read", () => {
  expect(readFileSync(join(root, "dist/weft.cjs")).every((byte) => byte < 128)).toBe(true);
});

test("without it, or with a damaged one, the program says the same", () => {
  withFiles({ "s.weft": spec, "package.json": `{ "type": "module" }` }, (folder) => {
    for (const file of files) copyFileSync(join(root, "dist", file), join(folder, file));
    expect(check(folder)).toBe("everything holds");
    const compiled = readFileSync(join(folder, "weft.v8"));
    compiled.fill(7, compiled.length >> 1, (compiled.length >> 1) + 1000);
    writeFileSync(join(folder, "weft.v8"), compiled);
    expect(check(folder)).toBe("everything holds");
    copyFileSync(join(root, "dist/weft.v8"), join(folder, "weft.v8"));
    // V8 itself tells programs apart by their length only.
    const other = readFileSync(join(folder, "weft.cjs"), "latin1");
    writeFileSync(join(folder, "weft.cjs"), other.replace("everything holds", "all is well here"));
    expect(check(folder)).toBe("all is well here");
    writeFileSync(join(folder, "weft.v8"), "");
    expect(check(folder)).toBe("all is well here");
    rmSync(join(folder, "weft.v8"));
    expect(check(folder)).toBe("all is well here");
  });
});
