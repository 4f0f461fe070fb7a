// What an observer of a run can see happen: the letters of which behaviours are words.
//
// The first letter of a behaviour is the observation that it begins with; then comes one for each visible step, with what it
// adds to the observed costs; a complete run has a last one more, which says how it ends.

import type { Ending } from "./behaviours.ts";
import { Observations } from "./observation.ts";

export type Letter =
  | {
      readonly kind: "values";
      readonly observation: number;
      /** By observed cost. */
      readonly increments: readonly number[];
    }
  | { readonly kind: "ending"; readonly ending: Ending };

/** The letters of both versions by number: equal letters have equal numbers. */
export class Alphabet {
  readonly observations = new Observations();
  private readonly numbers = new Map<string, number>();
  private readonly letters: Letter[] = [];
  /** plain[observation]: the letter without increments; -1 if it was never asked for. */
  private plain = new Int32Array(64).fill(-1);

  /** The letter of a step to this observation that adds nothing. */
  reaching(observation: number): number {
    if (observation >= this.plain.length) {
      const larger = new Int32Array(2 * observation).fill(-1);
      larger.set(this.plain);
      this.plain = larger;
    }
    const known = this.plain[observation] as number;
    if (known >= 0) return known;
    const letter = this.letters.push({ kind: "values", observation, increments: [] }) - 1;
    this.plain[observation] = letter;
    return letter;
  }

  /** The letter of a step to this observation that adds to an observed cost. */
  adding(observation: number, increments: readonly number[]): number {
    return this.number(`${observation} ${increments}`, () => {
      return { kind: "values", observation, increments };
    });
  }

  ending(ending: Ending): number {
    return this.number(JSON.stringify(ending), () => ({ kind: "ending", ending }));
  }

  letter(number: number): Letter {
    const letter = this.letters[number];
    if (letter === undefined) throw new Error(`no letter ${number}`);
    return letter;
  }

  private number(key: string, make: () => Letter): number {
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    const number = this.letters.push(make()) - 1;
    this.numbers.set(key, number);
    return number;
  }
}
