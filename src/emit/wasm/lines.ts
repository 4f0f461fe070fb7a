// Slots of a hash table in lines of 64 bytes, as long as a line of the processor's caches, and looked at as a whole.
//
// Lines are filled from the first slot on; only full lines have states that belong to them in the next ones. The line where
// a state belongs is its hash, as a fraction of 2^32: so there may be any number of lines (Lemire, "Fast random integer
// generation in an interval", TOMACS 29(1), 2019). Buckets of a cache line, compared by vector instructions: as in Google's
// Swiss tables (Kulukundis, "Designing a fast, efficient, cache-friendly hash table", CppCon 2017).

import {
  add,
  and,
  type Code,
  constant,
  constant64,
  equal,
  forever,
  get,
  get64,
  global,
  jumpIf,
  load,
  multiply64,
  narrowed,
  or,
  sequence,
  set,
  set64,
  shiftLeft,
  shiftRight64,
  trailingZeros,
  when,
  widened,
  xor,
} from "./code.ts";
import type { MemoryMap } from "./memory-map.ts";
import {
  bitsOfPair,
  bitsOfQuadruple,
  equalPairs,
  equalQuadruples,
  getVector,
  inAllOfPair,
  inAllOfQuadruple,
  loadVector,
  setVector,
} from "./vectors.ts";

const LINE_BYTES = 64;
const VECTORS = [0, 1, 2, 3];

/** How lines of slots of 4 or 8 bytes are read. */
export interface Lines {
  readonly slotBytes: 4 | 8;
  /** Sets what all else needs, from the global `size`. */
  readonly prepare: Code;
  /** Sets `line` to the one where `hash` belongs, in bytes from the first. */
  readonly find: Code;
  /** Adds something of the line to `sum`. */
  readonly touch: Code;
  /**
   * Looks at line after line, doing something with each when it is loaded and when its `free slots` are known, up to the first
   * that has some; sets `slot` to the first of these, in bytes from the first of all.
   */
  readonly probe: (loaded: readonly Code[], freeKnown: readonly Code[]) => Code;
  /** The vectors of the line that is loaded. */
  readonly parts: readonly Code[];
  /** A bit for each slot of the line for which a vector, made of each part, equals one with this in all places. */
  readonly bitsWhere: (made: (part: Code) => Code, number: Code) => Code;
}

/**
 * The lines of a table; with `deferred`, of that part of it which ends at `last`, in bytes from the first line: a search for a
 * free slot that comes there jumps to this label.
 */
export function linesOf(map: MemoryMap, slotBytes: 4 | 8, deferred: string | null = null): Lines {
  const slotShift = slotBytes === 8 ? 3 : 2;
  const slotsOfVector = 16 / slotBytes;
  const [equals, bits, inAll] =
    slotBytes === 8
      ? [equalPairs, bitsOfPair, inAllOfPair]
      : [equalQuadruples, bitsOfQuadruple, inAllOfQuadruple];
  const nothing = slotBytes === 8 ? constant64(0) : constant(0);
  const parts = VECTORS.map((part) => getVector(`part ${part}`));
  const bitsWhere = (made: (part: Code) => Code, number: Code): Code =>
    parts
      .map((part, at) =>
        shiftLeft(bits(equals(made(part), inAll(number))), constant(at * slotsOfVector)),
      )
      .reduce((one, other) => or(one, other));
  const read = sequence(
    VECTORS.map((part) =>
      setVector(`part ${part}`, loadVector(get("line"), map.slots + 16 * part)),
    ),
  );
  const aroundEnd = when(equal(get("line"), get("lines end")), [set("line", constant(0))]);
  return {
    slotBytes,
    prepare: sequence([
      set64("lines", shiftRight64(widened(global("size")), constant64(6 - slotShift))),
      set("lines end", shiftLeft(global("size"), constant(slotShift))),
    ]),
    // The product's upper half is the line's number.
    find: set(
      "line",
      and(
        narrowed(shiftRight64(multiply64(widened(get("hash")), get64("lines")), constant64(26))),
        constant(-LINE_BYTES),
      ),
    ),
    touch: set("sum", xor(get("sum"), load(get("line"), map.slots))),
    probe: (loaded, freeKnown) =>
      sequence([
        forever("probe", "free", [
          ...(deferred === null ? [] : [jumpIf(deferred, equal(get("line"), get("last")))]),
          read,
          ...loaded,
          set(
            "free slots",
            bitsWhere((part) => part, nothing),
          ),
          ...freeKnown,
          jumpIf("free", get("free slots")),
          set("line", add(get("line"), constant(LINE_BYTES))),
          ...(deferred === null ? [aroundEnd] : []),
        ]),
        set(
          "slot",
          add(get("line"), shiftLeft(trailingZeros(get("free slots")), constant(slotShift))),
        ),
      ]),
    parts,
    bitsWhere,
  };
}
