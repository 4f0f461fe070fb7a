// LEB128: how WebAssembly writes numbers, seven bits a byte, the lowest first.

/** Numbers of one byte, made once: most are. */
const SHORT: readonly (readonly number[])[] = Array.from({ length: 0x80 }, (_, byte) => [byte]);

/** A number from 0 to 2^32 - 1. */
export function unsignedLeb(value: number): readonly number[] {
  const short = SHORT[value];
  if (short !== undefined) return short;
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    bytes.push(rest > 0 ? low | 0x80 : low);
  } while (rest > 0);
  return bytes;
}

/** A number of 32 bits with its sign. */
export function signedLeb(value: number): readonly number[] {
  const short = value >= -0x40 && value < 0x40 ? SHORT[value & 0x7f] : undefined;
  if (short !== undefined) return short;
  const bytes: number[] = [];
  let rest = value | 0;
  while (true) {
    const low = rest & 0x7f;
    rest >>= 7;
    // Done when the bits that are left only repeat the sign of this byte.
    if ((rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0)) {
      bytes.push(low);
      return bytes;
    }
    bytes.push(low | 0x80);
  }
}
