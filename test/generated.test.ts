// generated/ holds what `weft compile` writes for every spec in specs/: fresh, accepted by the compiler of TypeScript, and
// the same machine as the one that is checked. `npm run generate` writes it anew.

import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { transformSync } from "esbuild";
import { expect, test } from "vitest";
import { DEFAULT_SEARCH, explore, finish } from "../src/checker/explore.ts";
import { interpretedSystem } from "../src/checker/interpreted-system.ts";
import { moduleOf } from "../src/commands/compile.ts";
import { emitTypeScript } from "../src/emit/typescript.ts";
import type { Machine } from "../src/machine/machine.ts";
import { stateKey } from "../src/machine/state.ts";
import { compile } from "../src/pipeline.ts";
import { exploreReadable, loadModule } from "./support/generated-module.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const modules = (folder: string, ending: string): readonly string[] =>
  readdirSync(`${root}${folder}`, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(ending))
    .map((path) => path.slice(0, -ending.length).replaceAll("\\", "/"))
    .toSorted();
const specs = modules("specs", ".weft");

function machineOf(name: string): Machine {
  const { machine, diagnostics } = compile(`specs/${name}.weft`, (path) =>
    readFileSync(`${root}${path}`, "utf8"),
  );
  if (machine === null) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return machine;
}

test.each(specs)("generated/%s.ts is fresh", async (name) => {
  await expect(moduleOf(machineOf(name))).toMatchFileSnapshot(`../generated/${name}.ts`);
});

test("every generated module has its spec", () => {
  expect(modules("generated", ".ts")).toEqual(specs);
});

test("generated modules are accepted under strict", () => {
  const tsc = `${root}node_modules/typescript/bin/tsc`;
  execFileSync(process.execPath, [tsc, "-p", `${root}generated/tsconfig.json`], {
    encoding: "utf8",
  });
}, 120_000);

test.each(specs)(
  "%s: the readable form is the machine that is checked",
  async (name) => {
    const machine = machineOf(name);
    const search = finish(
      explore(interpretedSystem(machine), { ...DEFAULT_SEARCH, stop: "never" }),
    );
    const readable = exploreReadable(await loadModule(moduleOf(machine)));
    const { system, table, transitions } = search;
    const states = Array.from({ length: table.count }, (_, index) =>
      stateKey(system.decode(table.arena, index)),
    );
    expect([...readable.states].sort()).toEqual(states.sort());
    const faults = search.findings.faults.length;
    if (faults === 0) expect(readable.transitions).toBe(transitions);
  },
  120_000,
);

test.each(specs)("%s: with and without types it is the same program", (name) => {
  const machine = machineOf(name);
  const options = { toolVersion: "0", sourceHash: "" };
  const bare = (text: string): string =>
    transformSync(text, { loader: "ts", minifyWhitespace: true }).code;
  expect(bare(emitTypeScript(machine, { ...options, types: true }))).toBe(
    bare(emitTypeScript(machine, { ...options, types: false })),
  );
});
