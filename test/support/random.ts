// A small deterministic source of chance: the same seed gives the same choices everywhere.

export interface Random {
  /** A whole number from `lo` to `hi`, both included. */
  int(lo: number, hi: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly [T, ...(readonly T[])]): T;
  /** One of the items, or undefined if there are none. */
  some<T>(items: readonly T[]): T | undefined;
  /** One of the items, each as likely as its weight says. */
  weighted<T>(items: readonly (readonly [number, T])[]): T;
  shuffled<T>(items: readonly T[]): readonly T[];
}

/** mulberry32: 32 bits of state, good enough to choose from lists. */
export function seeded(seed: number): Random {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  // Seeds that differ little begin alike: the first numbers are thrown away.
  next();
  next();
  const int = (lo: number, hi: number): number => lo + Math.floor(next() * (hi - lo + 1));
  return {
    int,
    chance: (probability) => next() < probability,
    pick: (items) => items[int(0, items.length - 1)] ?? items[0],
    some: (items) => items[int(0, items.length - 1)],
    weighted(items) {
      let left = next() * items.reduce((sum, [weight]) => sum + weight, 0);
      for (const [weight, item] of items) {
        left -= weight;
        if (left < 0) return item;
      }
      const last = items.at(-1);
      if (last === undefined) throw new Error("nothing to choose from");
      return last[1];
    },
    shuffled(items) {
      const mixed = [...items];
      for (let index = mixed.length - 1; index > 0; index -= 1) {
        const other = int(0, index);
        const item = mixed[index] as (typeof mixed)[number];
        mixed[index] = mixed[other] as (typeof mixed)[number];
        mixed[other] = item;
      }
      return mixed;
    },
  };
}
