// Aligns two sequences in order: the pairs, none crossing another, that are worth most together.

/**
 * Pairs of positions, ascending in both. `worth` of two positions is 0 if they must not be paired.
 * Takes time and memory by the product of the lengths: these are the bodies of functions, not whole files.
 */
export function align(
  left: number,
  right: number,
  worth: (left: number, right: number) => number,
): readonly (readonly [number, number])[] {
  const width = right + 1;
  const best = new Float64Array((left + 1) * width);
  const worths = new Float64Array(left * right);
  for (let row = left - 1; row >= 0; row -= 1) {
    for (let column = right - 1; column >= 0; column -= 1) {
      const pair = worth(row, column);
      worths[row * right + column] = pair;
      const skipped = Math.max(
        best[(row + 1) * width + column] as number,
        best[row * width + column + 1] as number,
      );
      const paired = pair > 0 ? pair + (best[(row + 1) * width + column + 1] as number) : 0;
      best[row * width + column] = Math.max(skipped, paired);
    }
  }
  const pairs: [number, number][] = [];
  let [row, column] = [0, 0];
  while (row < left && column < right) {
    const here = best[row * width + column] as number;
    const pair = worths[row * right + column] as number;
    if (pair > 0 && here === pair + (best[(row + 1) * width + column + 1] as number)) {
      pairs.push([row, column]);
      row += 1;
      column += 1;
    } else if (here === best[(row + 1) * width + column]) {
      row += 1;
    } else {
      column += 1;
    }
  }
  return pairs;
}
