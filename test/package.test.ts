// What is published: the packed tarball installs into an empty folder, runs, and exports what it says.

import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { version } from "../src/version.ts";
import { root, withFiles } from "./support/cli.ts";

const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

test("the version is the same everywhere", () => {
  expect(version).toBe(manifest.version);
});

test("the lock file names no registry", () => {
  expect(readFileSync(join(root, "package-lock.json"), "utf8")).not.toContain('"resolved"');
});

test("the tarball runs in an empty folder", () => {
  withFiles({}, (folder) => {
    const packed = execFileSync(
      "npm",
      ["pack", "--ignore-scripts", "--json", "--pack-destination", folder],
      {
        cwd: root,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      },
    );
    const { filename, files } = JSON.parse(packed)[0] as {
      filename: string;
      files: readonly { path: string }[];
    };
    const paths = files.map(({ path }) => path);
    for (const wanted of [
      "dist/cli.js",
      "dist/src/index.js",
      "dist/src/index.d.ts",
      "LICENSE",
      "README.md",
      "specs/thp-unmap/pre-patch.weft",
    ]) {
      expect(paths).toContain(wanted);
    }
    expect(paths.filter((path) => /(^|\/)(test|node_modules|\.ci)\//.test(path))).toEqual([]);

    // What `npm install FILE` does, without asking a registry: dependencies come from our own tree.
    const home = join(folder, "node_modules", manifest.name);
    mkdirSync(home, { recursive: true });
    execFileSync("tar", ["-xzf", join(folder, filename), "-C", home, "--strip-components=1"]);
    for (const name of Object.keys(manifest.dependencies)) copyDependency(name, folder);
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');

    const run = (
      args: readonly string[],
    ): { code: number | null; stdout: string; stderr: string } => {
      const ran = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
      return { code: ran.status, stdout: ran.stdout, stderr: ran.stderr };
    };
    const program = join(home, manifest.bin.weft);
    expect(run([program, "--version"])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
    expect(run([program, "init", "first"]).code).toBe(0);
    const checked = run([program, "check", "first.weft"]);
    expect([checked.code, checked.stderr]).toEqual([12, ""]);
    expect(checked.stdout).toContain("none_lost violated");
    // Draws the state graph, with what it is laid out by.
    const reported = run([program, "check", "first.weft", "--report", "page.html"]);
    expect([reported.code, reported.stderr]).toEqual([12, ""]);
    expect(readFileSync(join(folder, "page.html"), "utf8")).toContain("<svg");
    const tour = run([program, "tour"]);
    expect([tour.code, tour.stderr]).toEqual([0, ""]);

    writeFileSync(
      join(folder, "use.js"),
      `import * as weft from "${manifest.name}";
       const text = "spec s\\nvar n: 0..3 = 0\\nprocess p { n := 1 }\\ninvariant zero: n == 0\\n";
       const { machine } = weft.compile("s.weft", () => text);
       const result = weft.checkMachine(machine);
       const mended = weft.compile("t.weft", () => text.replace("n := 1", "skip")).machine;
       const told = weft.drawDifference(weft.compareMachines(machine, mended));
       console.log(result.distinctStates, result.verdicts[0].outcome, told.includes("zero holds now"));`,
    );
    const used = run(["use.js"]);
    expect(used.stderr).toBe("");
    expect(used.stdout).toBe("2 violated true\n");
  });
});

/** A dependency with what it depends on, into the folder's node_modules. */
function copyDependency(name: string, folder: string): void {
  const target = join(folder, "node_modules", name);
  if (existsSync(target)) return;
  const source = join(root, "node_modules", name);
  cpSync(source, target, { recursive: true });
  const { dependencies = {} } = JSON.parse(readFileSync(join(source, "package.json"), "utf8")) as {
    dependencies?: Readonly<Record<string, string>>;
  };
  for (const inner of Object.keys(dependencies)) copyDependency(inner, folder);
}
