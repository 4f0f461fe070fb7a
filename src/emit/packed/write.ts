// Writing a field: clearing its bits in a word and setting them, with as little arithmetic as its place needs.

import type { FlatExpr, FlatStmt } from "../../machine/flat/program.ts";
import type { Item } from "../../machine/layout.ts";
import { braces, type Lines, line } from "../text.ts";
import { itemOf, maskOf, numberText, parenthesised, placeOf, type Reading } from "./expression.ts";

/** Prints the write of a field of the state being built; `local`: its words are local variables. */
export function printWrite(
  to: Lines,
  reading: Reading,
  statement: FlatStmt & { readonly kind: "write" },
  local: boolean,
): void {
  const item = itemOf(reading, statement.item);
  const place = placeOf(reading, item, statement.index);
  const change = (word: string, shift: string): string =>
    `${word} = ${changed(reading, item, statement.value, word, shift, place.fixedShift)};`;
  const word = (index: string | null): string => reading.word("now", place.fixedWord, index, 1);
  const plain = item.bits >= 32 || place.fixedShift !== null || /^[\w +*]{1,14}$/.test(place.shift);
  if (plain && place.word === null) {
    line(to, change(word(null), place.shift));
    return;
  }
  braces(to, "", () => {
    const shift = plain ? place.shift : "shift";
    if (!plain) line(to, `const shift = ${place.shift};`);
    if (place.word === null) {
      line(to, change(word(null), shift));
      return;
    }
    line(to, `const at = ${place.word};`);
    if (!local) {
      line(to, change(word("at"), shift));
      return;
    }
    const words = Math.ceil(item.count / item.perWord);
    for (let position = 0; position < words; position += 1) {
      const last = position === words - 1;
      const head = `${position > 0 ? "else " : ""}${last ? "" : `if (at === ${position}) `}`;
      line(to, head + change(`w${place.fixedWord + position}`, shift));
    }
  });
}

/** The word with the field changed. */
function changed(
  reading: Reading,
  item: Item,
  value: FlatExpr,
  word: string,
  shift: string,
  fixedShift: number | null,
): string {
  const text = numberText(reading, value);
  if (item.bits >= 32) return text;
  const mask = maskOf(item.bits);
  const by = parenthesised(shift);
  const kept = fixedShift === null ? `~(${mask} << ${by})` : String(~(mask << fixedShift));
  if (value.kind === "const") {
    const bits =
      fixedShift === null ? `(${value.value} << ${by})` : String(value.value << fixedShift);
    if (value.value === 0) return `${word} & ${kept}`;
    return value.value === mask ? `${word} | ${bits}` : `(${word} & ${kept}) | ${bits}`;
  }
  const bits = fixedShift === 0 ? parenthesised(text) : `(${parenthesised(text)} << ${by})`;
  return `(${word} & ${kept}) | ${bits}`;
}
