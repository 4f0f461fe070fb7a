// Which bits of a state's words hold what.

import type { Item, Layout, Stored } from "./layout.ts";

/** By word of a state: the bits that hold any of these. */
export function maskOf({ width }: Pick<Layout, "width">, parts: readonly Stored[]): Int32Array {
  return maskOfItems({ width }, parts.flatMap(itemsOf));
}

/** As `maskOf`, for items. */
export function maskOfItems({ width }: Pick<Layout, "width">, items: readonly Item[]): Int32Array {
  const masks = new Int32Array(width);
  for (const { bits, count, word, shift, perWord } of items) {
    if (bits === 0) continue;
    for (let index = 0; index < count; index += 1) {
      const at = word + Math.floor(index / perWord);
      const field = bits === 32 ? -1 : ((1 << bits) - 1) << (shift + (index % perWord) * bits);
      masks[at] = (masks[at] as number) | field;
    }
  }
  return masks;
}

/** The items that a value lies in. */
export function itemsOf(stored: Stored): readonly Item[] {
  switch (stored.kind) {
    case "scalar":
      return [stored.item];
    case "option":
      return [stored.flag, ...itemsOf(stored.of)];
    case "record":
      return stored.fields.flatMap(({ of }) => itemsOf(of));
    case "array":
      return itemsOf(stored.of);
    case "set":
      return [stored.whole, stored.rest];
    case "sequence":
      return [stored.length, ...itemsOf(stored.of)];
    default:
      return stored satisfies never;
  }
}
