// Whatever a text is, it is refused with a place or checked: no exception of our own, no hang.
//
// WEFT_FUZZ says how many mutated specs and token strings to try (a tenth as many byte strings).

import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { byteSoup, type Fate, fateOf, mutated, tokenSoup, tokensOf } from "./support/fuzz.ts";
import { type Random, seeded } from "./support/random.ts";
import { shrink } from "./support/shrink.ts";

const count = Number(process.env["WEFT_FUZZ"] ?? 400);
const CHUNK = 1000;
/** A text that takes longer is taken for a hang. */
const PATIENCE_MILLISECONDS = 10_000;

const folder = new URL("../specs/", import.meta.url);
const specs = new Map(
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".weft"))
    .sort()
    .map((path) => [path, readFileSync(new URL(path, folder), "utf8")]),
);
const words = [...new Set([...specs.values()].flatMap(tokensOf))];

interface Attempt {
  readonly path: string;
  readonly text: string;
}

function failureOf({ path, text }: Attempt): string | null {
  try {
    fateOf(path, text, (other) => specs.get(other) ?? null);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function smallest(attempt: Attempt, failure: string): string {
  const deadline = performance.now() + 30_000;
  const shows = (text: string): boolean => failureOf({ ...attempt, text }) === failure;
  const text = shrink(attempt.text, shows, () => performance.now() > deadline);
  return `${failure}\n--- ${attempt.path}\n${text}`;
}

function check(name: string, total: number, seed: number, make: (random: Random) => Attempt): void {
  for (let from = 0; from < total; from += CHUNK) {
    const to = Math.min(from + CHUNK, total);
    test(`${name}, ${from} to ${to - 1}`, { timeout: 600_000 }, () => {
      for (let turn = from; turn < to; turn += 1) {
        const attempt = make(seeded(seed + turn));
        const started = performance.now();
        const failure = failureOf(attempt);
        if (failure !== null) expect.fail(smallest(attempt, failure));
        const taken = performance.now() - started;
        if (taken > PATIENCE_MILLISECONDS) {
          expect.fail(`took ${taken} ms\n--- ${attempt.path}\n${attempt.text}`);
        }
      }
    });
  }
}

check("specs with one to three tokens changed", count, 1_000_000, (random) => {
  const path = random.some([...specs.keys()]) ?? "";
  return { path, text: mutated(random, specs.get(path) ?? "") };
});

check("random tokens", count, 2_000_000, (random) => ({
  path: "soup.weft",
  text: tokenSoup(random, words),
}));

check("random bytes", count / 10, 3_000_000, (random) => ({
  path: "bytes.weft",
  text: byteSoup(random),
}));

test("the fuzzer meets both ends: specs that are refused, and other specs that are checked", () => {
  const fates = new Set<Fate>();
  const [path, text] = [...specs][0] ?? ["", ""];
  for (let turn = 0; turn < 200 && fates.size < 2; turn += 1) {
    fates.add(fateOf(path, mutated(seeded(turn), text), (other) => specs.get(other) ?? null));
  }
  expect([...fates].sort()).toEqual(["checked", "refused"]);
});
