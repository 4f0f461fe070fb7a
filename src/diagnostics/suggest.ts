// "Did you mean …?": the known word nearest to a misspelt one.

const longestWord = 64;

/** How many slips a word of this length may hold and still be recognised. */
function tolerance(length: number): number {
  if (length <= 1) return 0;
  return Math.max(1, Math.floor(length / 3));
}

/**
 * The least number of insertions, deletions, replacements and swaps of neighbours that turn one
 * word into the other (Damerau and Levenshtein's distance, each letter touched once).
 */
export function editDistance(left: string, right: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const same = left[row - 1] === right[column - 1];
      let cost = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped =
        row > 1 &&
        column > 1 &&
        left[row - 1] === right[column - 2] &&
        left[row - 2] === right[column - 1];
      if (swapped) cost = Math.min(cost, (beforePrevious[column - 2] ?? 0) + 1);
      current.push(cost);
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[right.length] ?? 0;
}

/** The candidate nearest to `name`, or null if none is near; among equals the first one. */
export function suggest(name: string, candidates: Iterable<string>): string | null {
  if (name.length > longestWord) return null;
  const word = name.toLowerCase();
  let best: string | null = null;
  let bestDistance = tolerance(name.length) + 1;
  for (const candidate of candidates) {
    if (candidate === name || Math.abs(candidate.length - name.length) >= bestDistance) continue;
    const distance = editDistance(word, candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** The hint that goes with a suggestion, or null if there is none. */
export function didYouMean(name: string, candidates: Iterable<string>): string | null {
  const found = suggest(name, candidates);
  return found === null ? null : `did you mean \`${found}\`?`;
}
