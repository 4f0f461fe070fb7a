// Instructions for memory that several instances share: what one wrote before another sees its word changed, that one sees.

import { type Code, constant, put, sequence } from "./code.ts";
import { signedLeb } from "./leb.ts";

const forgotten: Code = (to) => put(to, 0x1a);

function atomic(opcode: number): Code {
  // Words, which must lie at multiples of 4.
  return (to) => put(to, 0xfe, [opcode, 2, 0]);
}

export function atomicLoad(address: Code): Code {
  return sequence([address, atomic(0x10)]);
}

export function atomicStore(address: Code, value: Code): Code {
  return sequence([address, value, atomic(0x17)]);
}

/** Adds to a word; what it was before. */
export function atomicAdd(address: Code, value: Code): Code {
  return sequence([address, value, atomic(0x1e)]);
}

/** Sleeps until somebody calls, not at all if the word is not `expected`, and no longer than so many nanoseconds. */
export function sleep(address: Code, expected: Code, nanoseconds: number): Code {
  const longest: Code = (to) => put(to, 0x42, signedLeb(nanoseconds));
  return sequence([address, expected, longest, atomic(0x01), forgotten]);
}

/** Wakes all who sleep at a word. */
export function wake(address: Code): Code {
  return sequence([address, constant(-1), atomic(0x00), forgotten]);
}
