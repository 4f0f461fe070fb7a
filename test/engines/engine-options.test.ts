// Options of a check that do not go with another engine: each is refused, with the reason.

import { expect, test } from "vitest";
import { type EngineOptions, engineMisuse, engineOf } from "../../src/commands/engine-options.ts";
import type { CheckOptions } from "../../src/commands/options.ts";

type Options = CheckOptions & EngineOptions;

const plain: Options = {
  set: new Map(),
  fold: true,
  reset: true,
  color: "never",
  backend: "typescript",
};

function misuse(options: Partial<Options>, given: readonly string[] = []): string | null {
  return engineMisuse({ ...plain, ...options }, (name) => given.includes(name));
}

const refused: readonly (readonly [Partial<Options>, RegExp])[] = [
  [{ engine: "spin", first: true }, /^--engine does not go with --first: /],
  [{ engine: "spin", fewestSwitches: true }, /^--engine does not go with --fewest-switches: /],
  [{ engine: "rumur", maxStates: 3 }, /^--engine does not go with --max-states: /],
  [{ engine: "all", fold: false }, /^--engine does not go with --no-fold: /],
  [{ tlc: "x" }, /^--tlc goes with --engine tlc or --engine all$/],
  [{ engine: "spin", tlc: "x" }, /^--tlc goes with --engine tlc or --engine all$/],
  [{ distributed: ["localhost"] }, /^--distributed goes with --engine tlc$/],
  [{ engine: "all", distributed: ["localhost"] }, /^--distributed goes with --engine tlc$/],
  [{ engine: "tlc", serverPort: 1 }, /^--server-port goes with --distributed$/],
  [{ engine: "tlc", remoteShell: "ssh" }, /^--remote-shell goes with --distributed$/],
  [{ engine: "tlc", distributed: ["box"] }, /--server-host/],
];

test.each(refused)("%j is refused", (options, words) => {
  expect(misuse(options)).toMatch(words);
});

test("a backend that nobody asked for is no misuse", () => {
  expect(misuse({ engine: "spin" })).toBeNull();
  expect(misuse({ engine: "spin" }, ["backend"])).toMatch(/--backend: the other engine/);
  expect(misuse({ engine: "all" }, ["backend"])).toMatch(/--backend: both/);
  expect(misuse({}, ["backend"])).toBeNull();
});

test("what bounds any search, and how results are shown, goes with every engine", () => {
  const options = { memory: 2 ** 30, timeLimit: 1, json: true, quiet: true, reset: false };
  for (const engine of ["spin", "rumur", "tlc", "all"] as const) {
    expect(misuse({ ...options, engine })).toBeNull();
  }
  const hosts = { distributed: ["localhost", "box"], serverHost: "here", serverPort: 1 };
  expect(misuse({ engine: "tlc", tlc: "x", ...hosts })).toBeNull();
});

test("the options name the engine", () => {
  expect(engineOf({})).toBeNull();
  expect(engineOf({ engine: "all" })).toBeNull();
  expect(engineOf({ engine: "tlc" })?.name).toBe("tlc");
});
