// A short name for a list of texts, to tell whether something was made from them.

import { createHash } from "node:crypto";

/** The beginning of the SHA-256 of the texts, each with its length so that none runs into the next. */
export function hashTexts(texts: readonly string[]): string {
  const hash = createHash("sha256");
  for (const text of texts) hash.update(`${text.length}\n${text}`);
  return `sha256:${hash.digest("hex").slice(0, 16)}`;
}
