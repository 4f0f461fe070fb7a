// The hash tables in parts, each of which belongs to one worker: a part is a range of lines, and the states that belong to one
// of these. Where a search for a free slot comes to the end of a part it stops: such states are put off.

import {
  add,
  and,
  type Code,
  choose,
  constant,
  constant64,
  divide,
  get,
  global,
  lessUnsigned,
  load,
  multiply,
  multiply64,
  narrowed,
  or,
  sequence,
  set,
  shiftRight64,
  store,
  subtract,
  widened,
  xor,
} from "../code.ts";
import { shortTable } from "../short-table.ts";
import { stateAddress, type Table } from "../table.ts";
import { tagTable } from "../tag-table.ts";
import type { SharedMap } from "./shared-map.ts";

/** A table as workers use it while a round goes on, when new states have no place in the arena yet. */
export interface PartTable {
  /** Of the part whose last line is before `last`: jumps to `deferred` at its end. */
  readonly part: Table;
  readonly whole: Table;
  /** The same where states get their places at once. */
  readonly alone: Table;
  /** Behind `insert`: the state in `record` is new. */
  readonly inserted: Code;
  /** The new state in `record` has this `index`. */
  readonly settle: Code;
}

/** The part of the table, of so many, to which the state with this `hash` belongs: as with lines, its hash as a fraction. */
export function partOf(parts: number): Code {
  return narrowed(
    shiftRight64(multiply64(widened(get("hash")), constant64(parts)), constant64(32)),
  );
}

const DEFERRED = "deferred";
const nothing = sequence([]);

/** The table of states that stand in the slots themselves, their words using so many bits. */
export function shortParts(map: SharedMap, used: readonly number[]): PartTable {
  const part = shortTable(map, used, DEFERRED);
  const whole = shortTable(map, used);
  return { part, whole, alone: whole, inserted: nothing, settle: nothing };
}

/**
 * The table that knows where states stand. Of one that is new in this round a slot names the step to it, by a number that is
 * no state's yet.
 */
export function tagParts(map: SharedMap, width: number): PartTable {
  const number = divide(subtract(get("record"), constant(map.allRecords)), constant(map.stride));
  const recordOf = (index: Code): Code =>
    add(multiply(subtract(index, global("count")), constant(map.stride)), constant(map.allRecords));
  const unplaced = {
    index: add(global("count"), number),
    address: (index: Code): Code =>
      choose(lessUnsigned(index, global("count")), stateAddress(width, index), recordOf(index)),
  };
  const indices = subtract(global("size"), constant(1));
  return {
    part: tagTable(map, width, { ...unplaced, deferred: DEFERRED }),
    whole: tagTable(map, width, { ...unplaced, deferred: null }),
    alone: tagTable(map, width),
    // From now on the step is known by its slot.
    inserted: store(get("record"), get("slot"), 4 * width),
    settle: sequence([
      set("slot", load(get("record"), 4 * width)),
      store(
        get("slot"),
        or(
          and(load(get("slot"), map.slots), xor(indices, constant(-1))),
          add(get("index"), constant(1)),
        ),
        map.slots,
      ),
    ]),
  };
}
