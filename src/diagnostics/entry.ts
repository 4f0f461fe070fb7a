// The shape of an entry in the catalogue of diagnostics, and the type of its parameters.

export type Severity = "error" | "warning" | "note";

export interface CatalogueEntry {
  readonly severity: Severity;
  /** One sentence without a final full stop. `{hole}` is filled in; a literal brace may not stand here. */
  readonly message: string;
  /** The paragraph behind `weft explain CODE`, with a tiny example where one helps. */
  readonly explain: string;
}

/** A part of the catalogue: the codes that one pass reports. */
export type CatalogueTable = Readonly<Record<string, CatalogueEntry>>;

/** The names of the holes of a message template: `Holes<"{a} is no {b}">` is `"a" | "b"`. */
export type Holes<Message extends string> = Message extends `${string}{${infer Hole}}${infer Rest}`
  ? Hole | Holes<Rest>
  : never;

/** What must be given to fill a message template. */
export type MessageParams<Message extends string> = {
  readonly [Hole in Holes<Message>]: string | number;
};

/** A template with its holes filled. */
export function fillMessage(
  message: string,
  params: Readonly<Record<string, string | number>>,
): string {
  return message.replace(/\{(\w+)\}/g, (hole, name: string) => String(params[name] ?? hole));
}
