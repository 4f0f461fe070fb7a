// What a comparison says, before it has a form: headings, sentences, tables, drawings. Terminal, mail and Markdown
// draw the same blocks.

import type { Paint, Role } from "../style.ts";

/** Words in a row. Names and code are told apart, for forms that mark them. */
export type Phrase = readonly (string | Code)[];

export interface Code {
  readonly code: string;
  /** Code with blanks in it is quoted in plain text, unless it is a value: `owner == 0`. */
  readonly isValue?: boolean;
}

export interface TableCell {
  readonly text: Phrase;
  readonly role?: Role;
}

export type Block =
  | { readonly kind: "heading"; readonly text: Phrase }
  | { readonly kind: "paragraph"; readonly text: Phrase; readonly role?: Role }
  /** The first row is the head if `headed`. */
  | {
      readonly kind: "table";
      readonly headed: boolean;
      readonly rows: readonly (readonly TableCell[])[];
    }
  /** Lines that stay as they are, such as a behaviour in columns. */
  | { readonly kind: "drawing"; readonly text: string };

/** How much is told, and in which width drawings are made. */
export interface SectionOptions {
  readonly width: number;
  readonly paint?: Paint;
  /** What fits a screen; what a page has room for; or everything, in whole. */
  readonly extent: "screen" | "page" | "full";
}

/** A name or a piece of code. */
export function code(text: string): Code {
  return { code: text };
}

/** A value or an observation, such as `owner == 0`. */
export function value(text: string): Code {
  return { code: text, isValue: true };
}

/** Puts a sentence together: say`${code(name)} is violated`. */
export function say(
  texts: TemplateStringsArray,
  ...parts: readonly (string | number | Code | Phrase)[]
): Phrase {
  const words = texts.flatMap((text, index): Phrase => {
    const part = parts[index];
    return part === undefined ? [text] : [text, ...phraseOf(part)];
  });
  return words.filter((word) => word !== "");
}

function phraseOf(part: string | number | Code | Phrase): Phrase {
  if (typeof part === "number") return [String(part)];
  if (typeof part === "string") return [part];
  return "code" in part ? [part] : part;
}

/** Text of a phrase without marks. */
export function bare(phrase: Phrase): string {
  return phrase.map((word) => (typeof word === "string" ? word : word.code)).join("");
}

/** The phrase with a capital in front, unless it begins with a name. */
export function capitalised(phrase: Phrase): Phrase {
  const [first, ...rest] = phrase;
  return typeof first === "string"
    ? [first.charAt(0).toUpperCase() + first.slice(1), ...rest]
    : phrase;
}

/** The phrase as a sentence: a capital in front, a full stop behind. */
export function sentence(phrase: Phrase): Phrase {
  return /[.:]$/.test(bare(phrase)) ? capitalised(phrase) : [...capitalised(phrase), "."];
}

/** Phrases one behind the other, a blank between them. */
export function joined(phrases: readonly Phrase[], separator = " "): Phrase {
  return phrases.flatMap((phrase, index) => (index === 0 ? phrase : [separator, ...phrase]));
}

/** `a, b and c` */
export function enumerated(phrases: readonly Phrase[]): Phrase {
  const last = phrases.at(-1) ?? [];
  if (phrases.length <= 1) return last;
  return [...joined(phrases.slice(0, -1), ", "), " and ", ...last];
}

export function heading(text: Phrase | string): Block {
  return { kind: "heading", text: typeof text === "string" ? [text] : text };
}

export function paragraph(text: Phrase, role?: Role): Block {
  return role === undefined ? { kind: "paragraph", text } : { kind: "paragraph", text, role };
}

export function cell(text: Phrase | string | Code, role?: Role): TableCell {
  const words = typeof text === "string" || "code" in text ? [text] : text;
  return role === undefined ? { text: words } : { text: words, role };
}
