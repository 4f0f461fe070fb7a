// Sessions of random commands on random specs: nothing that is typed ends in a fault of our own, or in a line that is too wide.

import { expect, test } from "vitest";
import { check } from "../src/checker/check.ts";
import { finish } from "../src/checker/explore.ts";
import { interpret } from "../src/checker/interpret.ts";
import { openSession } from "../src/checker/session.ts";
import { carryOut, type Shell } from "../src/commands/session-commands.ts";
import { displayWidth } from "../src/diagnostics/width.ts";
import { compile, packedSystem } from "../src/pipeline.ts";
import { plain } from "../src/report/style.ts";
import { type Random, seeded } from "./support/random.ts";
import { randomSpec } from "./support/random-spec.ts";

const SEEDS = Number(process.env["WEFT_SESSION_SEEDS"] ?? 15);
const width = 90;

const words = [
  "",
  "b",
  "b 2",
  "n",
  "n 3",
  "r",
  "e",
  "u",
  "redo",
  "v",
  "s",
  "l",
  "w",
  "p",
  "t",
  "i",
  "i more",
  "i 2",
  "g",
  "x",
];

function randomLine(random: Random): string {
  if (random.chance(0.5)) return String(random.int(1, 4));
  return words[random.int(0, words.length - 1)] ?? "";
}

test("whatever is typed, the session goes on", { timeout: 300_000 }, async () => {
  let steps = 0;
  for (let seed = 0; seed < SEEDS; seed += 1) {
    const random = seeded(seed);
    const { files, path } = randomSpec(seed);
    const { machine } = compile(path, (file) => files.get(file) ?? null, new Map(), {
      fold: random.chance(0.7),
      reset: true,
    });
    if (machine === null) throw new Error(`seed ${seed} does not compile`);
    const session = openSession(interpret(machine));
    if (session === null) continue;
    const shell: Shell = {
      session,
      past: [],
      undone: [],
      exploration: null,
      listed: 0,
      check: async () => finish(check(machine, packedSystem(machine), { maxStates: 1000 })),
      drawing: () => ({ paint: plain, width }),
    };
    for (let line = 0; line < 40; line += 1) {
      const typed = randomLine(random);
      const text = await carryOut(shell, typed);
      expect(text, `seed ${seed}, ${typed}`).toMatch(/\S/);
      // Every step that is offered has words.
      expect(text, `seed ${seed}, ${typed}`).not.toMatch(/^ +(> )?\d+ *$/m);
      // Tables of locks and properties, and columns of many CPUs, are as wide as they are.
      if (/^(l|p|t|g)\b/.test(typed)) continue;
      for (const shown of (text ?? "").split("\n")) {
        expect(displayWidth(shown), `seed ${seed}, ${typed}: ${shown}`).toBeLessThanOrEqual(width);
      }
    }
    steps += shell.session.at;
  }
  expect(steps).toBeGreaterThan(SEEDS);
});
