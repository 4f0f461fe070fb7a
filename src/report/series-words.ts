// What a series of patches shows, in sentences: which patches a property needs, which orders are safe.

import { type Dependence, lacksDependence, type Needs } from "../diff/series/needs.ts";
import type { Broken, Orders } from "../diff/series/orders.ts";
import { grouped, listed } from "./words.ts";
import { wrap } from "./wrap.ts";

const columns = 100;

/** `base`, `1+3`: patches as they are counted on the command line. */
export function subsetName(patches: readonly number[]): string {
  return patches.length === 0 ? "base" : patches.map(number).join("+");
}

/** Which patches the properties need, those together that need the same. */
export function needsLines(all: readonly Needs[], patches: number): readonly (readonly string[])[] {
  const alike = groupBy(all, ({ property: _, ...needs }) => JSON.stringify(needs));
  return alike.map((group) => linesOfNeeds(group, patches));
}

function linesOfNeeds(alike: readonly Needs[], patches: number): readonly string[] {
  const [first] = alike;
  if (first === undefined) return [];
  const { violatedInBase, needed, inseparable, sufficient } = first;
  const properties = listed(alike.map(({ property }) => property));
  const where = violatedInBase ? "the base" : "some subset, though not by the base";
  const verb = alike.length === 1 ? "holds" : "hold";
  const without = (some: readonly number[]): string =>
    some.length === 1 ? "without it" : "without one of them";
  return [
    `${properties}: violated by ${where}, ${verb} with ${patches === 1 ? "the patch" : "all patches"}`,
    needed.length === 0
      ? "  needed: none"
      : `  needed: ${numbers(needed)} (violated ${without(needed)})`,
    ...(inseparable.length === 0
      ? []
      : [
          `  not to be left out: ${numbers(inseparable)} (the rest does not apply ${without(inseparable)})`,
        ]),
    ...(violatedInBase ? wrapped(`sufficient: ${sufficientWords(sufficient)}`, 4) : []),
  ];
}

function numbers(patches: readonly number[]): string {
  return listed(patches.map(number));
}

/** `2+3`, `1 or 2+3`, `any 2 of 1, 2 and 3` */
function sufficientWords(subsets: Needs["sufficient"]): string {
  const size = subsets[0]?.length ?? 0;
  const members = [...new Set(subsets.flat())].sort((left, right) => left - right);
  const all = subsets.every((subset) => subset.length === size);
  if (size > 0 && subsets.length > 1 && all && subsets.length === choose(members.length, size)) {
    return `any ${size} of ${numbers(members)}`;
  }
  return alternatives(subsets.map(subsetName));
}

/** In how many ways `size` of `count` things can be taken. */
function choose(count: number, size: number): number {
  let ways = 1;
  for (let taken = 0; taken < size; taken += 1) ways = (ways * (count - taken)) / (taken + 1);
  return ways;
}

// ---------------------------------------------------------------- orders

/** Which orders pass through a broken state, and which states these are. */
export function orderLines(
  { total, safe, listed: orders, broken }: Orders,
  dependences: readonly Dependence[],
  everySubset: boolean,
): readonly string[] {
  if (!everySubset) {
    return broken.length === 0
      ? ["in this order no state on the way is broken"]
      : ["this order passes through a broken state:", ...broken.flatMap(brokenLines)];
  }
  const told = broken.filter(
    (one) => one.reason === null || !lacksDependence(one.patches, dependences),
  );
  const head = `${grouped(safe)} of ${grouped(total)} ${total === 1n ? "order passes" : "orders pass"} through no broken state`;
  const safeLines =
    orders === null || orders.length === 0 || safe === total
      ? []
      : wrapped(`safe: ${orders.map(orderName).join(", ")}`, 6);
  return [
    head,
    ...safeLines,
    ...dependences.flatMap(dependenceLines),
    ...told.flatMap(brokenLines),
  ];
}

/** `2 3 1`: the patches in the order in which they come. */
function orderName(order: readonly number[]): string {
  return order.map(number).join("-");
}

function dependenceLines({ patch, on, reason }: Dependence): readonly string[] {
  return wrapped(`${number(patch)} does not apply without ${numbers(on)}: ${reason}`, 4);
}

function brokenLines({ patches, reason, violated }: Broken): readonly string[] {
  const name = subsetName(patches);
  if (reason !== null) return wrapped(`${name} does not apply: ${reason}`, 4);
  return groupBy(violated, ({ by }) => by.join()).flatMap((alike) => {
    const properties = listed(alike.map(({ property }) => property));
    const by = alike[0]?.by ?? [];
    const words =
      by.length === 0
        ? `${name} still violates ${properties}, which held before`
        : `${name} violates ${properties}, which held before ${alternatives(by.map(number))}`;
    return wrapped(words, 4);
  });
}

/** In the order in which the groups are met. */
function groupBy<T>(all: readonly T[], key: (one: T) => string): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const group = groups.get(key(one));
    if (group === undefined) groups.set(key(one), [one]);
    else group.push(one);
  }
  return [...groups.values()];
}

/** A patch as it is counted on the command line. */
function number(patch: number): string {
  return String(patch + 1);
}

/** `1, 2 or 3` */
function alternatives(words: readonly string[]): string {
  return words.length <= 1 ? words.join() : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

/** In lines two spaces in, those that follow further. */
function wrapped(text: string, indent: number): readonly string[] {
  return wrap(text, columns - 2, indent).map((line) => `  ${line}`);
}
