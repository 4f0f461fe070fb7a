// Interval arithmetic: the exact least and greatest result of an operation on two ranges.

import type { ArithmeticOperator } from "./model.ts";

export interface Interval {
  readonly lo: number;
  readonly hi: number;
}

/** The results of `left operator right`; for `/` and `%`, of those operands that have one (left ≥ 0, right > 0). */
export function arithmeticInterval(
  operator: ArithmeticOperator,
  left: Interval,
  right: Interval,
): Interval {
  switch (operator) {
    case "+":
      return { lo: left.lo + right.lo, hi: left.hi + right.hi };
    case "-":
      return { lo: left.lo - right.hi, hi: left.hi - right.lo };
    case "*": {
      const products = [
        left.lo * right.lo,
        left.lo * right.hi,
        left.hi * right.lo,
        left.hi * right.hi,
      ];
      // `+ 0` because a product may be -0.
      return { lo: Math.min(...products) + 0, hi: Math.max(...products) + 0 };
    }
    case "/": {
      const lo = Math.floor(Math.max(0, left.lo) / Math.max(1, right.hi));
      return { lo, hi: Math.floor(left.hi / Math.max(1, right.lo)) };
    }
    case "%": {
      const largest = Math.max(0, right.hi - 1);
      // A left side that is always below the right side is its own remainder.
      if (left.lo >= 0 && left.hi < right.lo) return { lo: left.lo, hi: left.hi };
      return { lo: 0, hi: Math.min(Math.max(0, left.hi), largest) };
    }
  }
}

/** The results of adding between 0 and `count` numbers of the range. */
export function sumInterval(each: Interval, count: number): Interval {
  return { lo: Math.min(0, each.lo * count), hi: Math.max(0, each.hi * count) };
}
