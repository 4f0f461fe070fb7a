// How alike two lines of code read: the share of words that they have in common.

/** Statements that begin with a word of their own: one of them is never another form of a different one. */
const FORMS = new Set(
  (
    "acquire release downgrade await assert if while for loop either pick atomic return goto break continue skip cost " +
    "ghost var"
  ).split(" "),
);

/** From 0, nothing in common, to 1, the same words; 0 for statements of different forms. */
export function alikeness(left: string, right: string): number {
  const [mine, others] = [wordsOf(left), wordsOf(right)];
  if (formOf(mine) !== formOf(others)) return 0;
  const unmatched = new Map<string, number>();
  for (const word of others) unmatched.set(word, (unmatched.get(word) ?? 0) + 1);
  let common = 0;
  for (const word of mine) {
    const left = unmatched.get(word) ?? 0;
    if (left === 0) continue;
    unmatched.set(word, left - 1);
    common += 1;
  }
  return (2 * common) / Math.max(mine.length + others.length, 1);
}

/** Names, numbers and operators; punctuation, which any two lines share, does not count. */
function wordsOf(code: string): readonly string[] {
  return code.match(/\w+|[^\w\s()[\]{},;.]+/g) ?? [];
}

/** The word that begins a statement of a form of its own; an `else if` is an `if`. */
function formOf(words: readonly string[]): string {
  const first = words[0] === "else" ? words[1] : words[0];
  return first !== undefined && FORMS.has(first) ? first : "";
}
