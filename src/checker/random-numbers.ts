// Random numbers that are the same on every computer: xoshiro128**, its state filled from a seed by a splitmix.
//
// David Blackman and Sebastiano Vigna, "Scrambled Linear Pseudorandom Number Generators", ACM TOMS 47(4), 2021. The seeding
// follows Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014, in 32 bits: a counter that
// goes up by the golden ratio, each value mixed by the finalizer of MurmurHash3.

export type RandomState = readonly [number, number, number, number];

export interface RandomNumbers {
  /** A whole number from 0 to 2^32 - 1. */
  next(): number;
  /** A whole number from 0 to `bound` - 1, each as likely as the others; `bound` is from 1 to 2^32. */
  below(bound: number): number;
}

const GOLDEN_RATIO = 0x9e3779b9;
const WORD = 2 ** 32;

/** The numbers of a seed, of which the lower 32 bits count. */
export function randomNumbers(seed: number): RandomNumbers {
  const mixed = (position: number): number => mix(seed + Math.imul(position, GOLDEN_RATIO));
  return xoshiro([mixed(1), mixed(2), mixed(3), mixed(4)]);
}

function mix(word: number): number {
  let mixed = word | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

/** The generator from a given state, which must not be all zeros. */
export function xoshiro([first, second, third, fourth]: RandomState): RandomNumbers {
  let [a, b, c, d] = [first | 0, second | 0, third | 0, fourth | 0];
  const next = (): number => {
    const result = Math.imul(rotated(Math.imul(b, 5), 7), 9);
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotated(d, 11);
    return result >>> 0;
  };
  return {
    next,
    below(bound) {
      // The numbers beyond the last whole multiple would make the small remainders likelier.
      const end = WORD - (WORD % bound);
      let drawn = next();
      while (drawn >= end) drawn = next();
      return drawn % bound;
    },
  };
}

function rotated(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
