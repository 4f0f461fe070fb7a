// generated/ holds the module of every spec in specs/: fresh, accepted by the compiler, the same with and without types;
// and what it is in each notation of other tools.

import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { transformSync } from "esbuild";
import { expect, test } from "vitest";
import { renderDiagnostic } from "../src/diagnostics/frame.ts";
import { notations } from "../src/emit/notations.ts";
import { emitTypeScript } from "../src/emit/typescript.ts";
import type { Machine } from "../src/machine/machine.ts";
import { compile } from "../src/pipeline.ts";
import { hashTexts } from "../src/runtime/hash.ts";
import { version } from "../src/version.ts";
import { readableDifference } from "./support/readable.ts";

const root = new URL("../", import.meta.url);

const specs = readdirSync(new URL("specs/", root), { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".weft"))
  .sort();

function machineOf(path: string): Machine {
  const { machine, diagnostics } = compile(`specs/${path}`, (wanted) =>
    readFileSync(new URL(wanted, root), "utf8"),
  );
  if (machine === null) expect.fail(diagnostics.map((found) => renderDiagnostic(found)).join("\n"));
  return machine;
}

function moduleOf(machine: Machine, types: boolean): string {
  const sourceHash = hashTexts(machine.sources.map(({ text }) => text));
  return emitTypeScript(machine, { types, toolVersion: version, sourceHash });
}

/** What is left of a module without its types and its layout. */
function stripped(text: string): string {
  return transformSync(text, { loader: "ts", target: "es2022", minifyWhitespace: true }).code;
}

for (const path of specs) {
  test(`generated/${path.replace(/weft$/, "ts")}`, { timeout: 60_000 }, async () => {
    const machine = machineOf(path);
    const module = moduleOf(machine, true);
    await expect(module).toMatchFileSnapshot(`../generated/${path.replace(/weft$/, "ts")}`);
    expect(stripped(module) === stripped(moduleOf(machine, false))).toBe(true);
    expect(readableDifference(machine, 60)).toBeNull();
  });
}

/** The translations of a spec: what they are called in generated/, and their texts. */
function translationsOf(path: string): readonly { readonly name: string; readonly text: string }[] {
  const machine = machineOf(path);
  return notations.flatMap(({ emit }) => {
    const translated = emit(machine);
    if (translated.kind === "refusal") expect.fail(translated.refusal.reason);
    const { files } = translated.translation;
    return files.map(({ name, text }) => ({ name: join(dirname(path), name), text }));
  });
}

const translated: string[] = [];

for (const path of specs) {
  test(`translations of ${path}`, { timeout: 60_000 }, async () => {
    for (const { name, text } of translationsOf(path)) {
      translated.push(name);
      await expect(text).toMatchFileSnapshot(`../generated/${name}`);
    }
  });
}

test("everything in generated/ has its spec", () => {
  const folder = fileURLToPath(new URL("generated/", root));
  const found = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== "tsconfig.json")
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
  const modules = specs.map((path) => path.replace(/weft$/, "ts"));
  expect([...modules, ...translated]).toEqual([...new Set([...modules, ...translated])]);
  expect(found.filter((path) => ![...modules, ...translated].includes(path))).toEqual([]);
});

test("the compiler accepts the modules, under the rules of this project", {
  timeout: 120_000,
}, () => {
  const tsc = fileURLToPath(new URL("node_modules/typescript/bin/tsc", root));
  const project = fileURLToPath(new URL("generated/tsconfig.json", root));
  expect(() =>
    execFileSync(process.execPath, [tsc, "-p", project], { encoding: "utf8" }),
  ).not.toThrow();
});
