// Random specs with what random specs have seldom: properties that cannot be evaluated in some states, first states of
// which some fault, and steps that change nothing, which no property may judge.

import type { Random } from "../support/random.ts";
import type { RandomSpec } from "../support/random-spec.ts";

const NUMBER = /^var (x\d+): (\d+)\.\.(\d+)\b/gm;

/** The spec with a few more claims and beginnings, where it has a shared number to divide by. */
export function withFaultyClaims(spec: RandomSpec, random: Random): RandomSpec {
  const [path] = [...spec.files.keys()].filter(
    (name) => name !== "patch.weft" && name !== "common.weft",
  );
  const text = spec.files.get(path ?? "");
  if (path === undefined || text === undefined) return spec;
  const found = random.some([...text.matchAll(NUMBER)]);
  if (found === undefined) return spec;
  const [, name = "", lo, hi] = found;
  const value = random.int(Number(lo), Number(hi) - 1);
  const divisor = `(${name} - ${value})`;
  const claims = [
    `cover hard_cover: 12 / ${divisor} == ${random.int(2, 13)}`,
    `cover hard_end: ${name} >= ${value} && 12 % ${divisor} == 5`,
    `invariant hard_safe: 12 / ${divisor} >= 0`,
    `invariant hard_guarded: ${name} <= ${value} || 12 / ${divisor} >= 1`,
    `step hard_step: 12 / (${name}' - ${value}) <= 12`,
    `action hard_idle when ${name} <= ${value} {\n}\nstep hard_busy: !taken(hard_idle)`,
    `var hard_open: 0..2 in {0, 1, 2}\ninit where 2 / hard_open >= ${random.int(0, 1)}`,
    `var hard_open: 0..2 in {0, 1, 2}\nvar hard_kept: 0..1 = hard_open\ninit where hard_open != 1`,
    `var hard_open: 0..1 in {0, 1}\nvar hard_more: 0..1 in (0..1 / hard_open)`,
  ];
  const added = random.shuffled(claims).slice(0, random.int(1, 3));
  const open = added.filter((line) => line.includes("hard_open"));
  const once = added.filter((line) => !open.slice(1).includes(line));
  const files = new Map(spec.files).set(path, `${text}\n${once.join("\n")}\n`);
  return { ...spec, files };
}
