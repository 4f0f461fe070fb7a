// dining_ordered: made by Weft 0.1.0 from dining-ordered.weft, dining.weft.
// Sources sha256:5b99c86bba3ab58c. Do not edit: compile the spec again.

// One philosopher takes the right fork first: forks are now taken in one order, and nobody starves for ever.

const all_0_to_3: readonly (0 | 1 | 2 | 3)[] = [0, 1, 2, 3];
const all_Seat: readonly Seat[] = [0, 1, 2];
const all_process: readonly Process[] = ["philosopher[0]", "philosopher[1]", "philosopher[2]"];
const all_option: readonly (Process | null)[] = [null, ...all_process];

export type Seat = 0 | 1 | 2;

/** The instances of the processes. */
export type Process = "philosopher[0]" | "philosopher[1]" | "philosopher[2]";

/** The shared variables, who holds which lock, and where each process stands with its local variables. */
export type State = {
  /** the fork to the left of a seat */
  fork: { [key in Seat]: Process | null };
  philosopher: { [key in 0 | 1 | 2]: { at: "philosopher.hungry" | "philosopher.2" | "philosopher.eating" | "philosopher.4" | "philosopher.5" | "done"; low: Seat; high: Seat } };
};

/** philosophers, and forks */
export const N = 3 as 2 | 3 | 4 | 5 | 6;

/** First values everywhere, locks free, processes at their first steps. */
const blank: State = {
  fork: { 0: null, 1: null, 2: null },
  philosopher: { 0: { at: "philosopher.hungry", low: 0, high: 0 }, 1: { at: "philosopher.hungry", low: 0, high: 0 }, 2: { at: "philosopher.hungry", low: 0, high: 0 } },
};

/** The states in which the system may begin. */
export function initialStates(report: Report = newReport()): State[] {
  return run<State>(blank, report, (s) => {
    for (const i of [0, 1, 2] as const) {
      start: {
        const own = s.philosopher[i];
        // var low: Seat = min({i, (i + 1) % N})
        own.low = within<Seat>(least(setOf(all_0_to_3, [i, (i + 1) % N]), "dining-ordered.weft:6"), 0, 2, "dining-ordered.weft:6");
        // var high: Seat = max({i, (i + 1) % N})
        own.high = within<Seat>(greatest(setOf(all_0_to_3, [i, (i + 1) % N]), "dining-ordered.weft:7"), 0, 2, "dining-ordered.weft:7");
        own.at = "philosopher.hungry";
        break start;
      }
    }
  });
}

/**
 * philosopher.hungry: `acquire fork[low]`
 * take the lower fork
 * dining-ordered.weft:10
 */
export function philosopher_at_philosopher_hungry(state: State, i: 0 | 1 | 2, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const self = `philosopher[${i}]` as Process;
    const own = s.philosopher[i];
    s.fork[own.low] = acquired(s.fork[own.low], self, "dining-ordered.weft:10");
    own.at = "philosopher.2";
  });
}

/**
 * philosopher.2: `acquire fork[high]`
 * take the higher fork
 * dining-ordered.weft:11
 */
export function philosopher_at_philosopher_2(state: State, i: 0 | 1 | 2, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const self = `philosopher[${i}]` as Process;
    const own = s.philosopher[i];
    s.fork[own.high] = acquired(s.fork[own.high], self, "dining-ordered.weft:11");
    own.at = "philosopher.eating";
  });
}

/**
 * philosopher.eating: `skip`
 * eat
 * dining-ordered.weft:13
 */
export function philosopher_at_philosopher_eating(state: State, i: 0 | 1 | 2, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.philosopher[i];
    own.at = "philosopher.4";
  });
}

/**
 * philosopher.4: `release fork[high]`
 * put down the higher fork
 * dining-ordered.weft:14
 */
export function philosopher_at_philosopher_4(state: State, i: 0 | 1 | 2, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const self = `philosopher[${i}]` as Process;
    const own = s.philosopher[i];
    s.fork[own.high] = released(s.fork[own.high], self, "dining-ordered.weft:14");
    own.at = "philosopher.5";
  });
}

/**
 * philosopher.5: `release fork[low]`
 * put down the lower fork
 * dining-ordered.weft:15
 */
export function philosopher_at_philosopher_5(state: State, i: 0 | 1 | 2, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const self = `philosopher[${i}]` as Process;
    const own = s.philosopher[i];
    s.fork[own.low] = released(s.fork[own.low], self, "dining-ordered.weft:15");
    own.at = "philosopher.hungry";
  });
}

/** The steps that philosopher can take. */
export function philosopher(state: State, i: 0 | 1 | 2, report: Report = newReport()): State[] {
  switch (state.philosopher[i].at) {
    case "philosopher.hungry":
      return philosopher_at_philosopher_hungry(state, i, report);
    case "philosopher.2":
      return philosopher_at_philosopher_2(state, i, report);
    case "philosopher.eating":
      return philosopher_at_philosopher_eating(state, i, report);
    case "philosopher.4":
      return philosopher_at_philosopher_4(state, i, report);
    case "philosopher.5":
      return philosopher_at_philosopher_5(state, i, report);
    default:
      return [];
  }
}

/** Who takes steps: process instances, then actions. */
export type Mover = "philosopher[0]" | "philosopher[1]" | "philosopher[2]";

export const movers: readonly Mover[] = ["philosopher[0]", "philosopher[1]", "philosopher[2]"];

/** The states to which a mover can go; what goes wrong on the way is added to the report. */
export function next(state: State, mover: Mover, report: Report = newReport()): State[] {
  switch (mover) {
    case "philosopher[0]":
      return philosopher(state, 0, report);
    case "philosopher[1]":
      return philosopher(state, 1, report);
    case "philosopher[2]":
      return philosopher(state, 2, report);
  }
}

/** Who can take a step, though it may go wrong. */
export function enabled(state: State): Mover[] {
  return movers.filter((mover) => {
    const report = newReport();
    return next(state, mover, report).length > 0 || report.faults.length > 0;
  });
}

/**
 * invariant neighbours_apart
 * Neighbours never eat at the same time.
 * dining.weft:26
 */
export function neighbours_apart(state: State): boolean {
  return all_Seat.every((i) => !(standsAt(state.philosopher[i].at, "philosopher.eating") && standsAt(state.philosopher[keyOf(state.philosopher, (i + 1) % N, "dining.weft:27")].at, "philosopher.eating")));
}

/**
 * cover somebody_eats
 * dining.weft:29
 */
export function somebody_eats(state: State): boolean {
  return all_Seat.some((i) => standsAt(state.philosopher[i].at, "philosopher.eating"));
}

/**
 * cover all_hungry
 * From four seats on two can eat at once.
 * dining.weft:32
 */
export function all_hungry(state: State): boolean {
  return all_Seat.every((i) => standsAt(state.philosopher[i].at, "philosopher.hungry"));
}

/** Where the words of a packed state keep what: field(word, shift, bits, how many a word). */
const codecs: { readonly [name: string]: Codec } = {
  fork: elements(all_Seat, oneValue(all_option, field(0, 9, 2, 3))),
  philosopher: elements([0, 1, 2], parts({ at: oneValue(["philosopher.hungry", "philosopher.2", "philosopher.eating", "philosopher.4", "philosopher.5", "done"], field(0, 0, 3, 3)), low: number(0, field(0, 15, 2, 3)), high: number(0, field(0, 21, 2, 3)) })),
};

/** Writes a state as packed words. */
export function encode(state: State, words: Int32Array = new Int32Array(1), offset: number = 0): Int32Array {
  words.fill(0, offset, offset + 1);
  for (const [name, codec] of Object.entries(codecs)) codec.put(words, offset, 0, state[name as keyof State]);
  return words;
}

/** Reads a state from packed words. */
export function decode(words: Int32Array, offset: number = 0): State {
  const parts = Object.entries(codecs).map(([name, codec]) => [name, codec.get(words, offset, 0)] as const);
  return Object.fromEntries(parts) as State;
}

// ---------------------------------------------------------------- helpers

/** Something that went wrong while a step ran: what, and where in the spec. */
export class Fault extends Error {
  readonly kind: string;
  readonly place: string;
  constructor(kind: string, place: string) {
    super([kind, place].join(" at "));
    this.kind = kind;
    this.place = place;
  }
}

/** A step that cannot be taken now. */
class Waits extends Error {}

/** What happened beside the states that were reached. */
export interface Report {
  readonly faults: Fault[];
  /** Names of assertions that failed. */
  readonly failed: string[];
}

/** Gives the number of an alternative: each path through a step takes other ones. */
type Choose = (from: number, accepts: (alternative: number) => boolean) => number;

/** A report of nothing so far. */
export function newReport(): Report {
  return { faults: [], failed: [] };
}

/** Runs a step in every possible way, each time on a copy of the state. */
function run<S>(state: S, report: Report, step: (copy: S, choose: Choose) => void): S[] {
  const found: S[] = [];
  let taken: { at: number; of: number }[] = [];
  do {
    let depth = 0;
    const choose: Choose = (of, accepts) => {
      depth += 1;
      const known = taken[depth - 1];
      const choice = known ?? { at: 0, of };
      if (known === undefined) taken.push(choice);
      while (choice.at < of && !accepts(choice.at)) choice.at += 1;
      if (choice.at === of && known !== undefined) throw new Waits();
      return choice.at;
    };
    const copied = copy(state);
    try {
      step(copied, choose);
      found.push(copied);
    } catch (error) {
      if (error instanceof Fault) report.faults.push(error);
      else if (!(error instanceof Waits)) throw error;
    }
    taken = taken.slice(0, depth);
    for (let last = taken.at(-1); last !== undefined; last = taken.at(-1)) {
      last.at += 1;
      if (last.at < last.of) break;
      taken.pop();
    }
  } while (taken.length > 0);
  return found;
}

/** Ends the step: it cannot be taken. */
function wait(): never {
  throw new Waits();
}

/** Ends the step: something went wrong. */
function fault(kind: string, place: string): never {
  throw new Fault(kind, place);
}

/** A copy that shares nothing with the original. */
function copy<T>(value: T): T {
  if (Array.isArray(value)) return value.map((element) => copy(element)) as T;
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copy(part)])) as T;
}

/** Are two values the same, part by part? */
function same(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (left === null || right === null || typeof left !== "object" || typeof right !== "object")
    return false;
  const [parts, others] = [Object.entries(left), Object.entries(right)];
  if (parts.length !== others.length) return false;
  return parts.every(
    ([key, part]) => key in right && same(part, (right as { [key: string]: unknown })[key]),
  );
}

/** The number, which must lie in a range. */
function within<T extends number>(value: number, lo: number, hi: number, place: string): T {
  return value >= lo && value <= hi ? (value as T) : fault("range", place);
}

/** The key, which must be one of the array's. */
function keyOf<K extends string | number>(
  array: { readonly [key in K]: unknown },
  key: unknown,
  place: string,
): K {
  return Object.hasOwn(array, String(key)) ? (String(key) as K) : fault("index", place);
}

/** The first element of a set. */
function least<T>(set: readonly T[], place: string): T {
  return set.length === 0 ? fault("empty-set", place) : (set[0] as T);
}

/** The last element of a set. */
function greatest<T>(set: readonly T[], place: string): T {
  return set.length === 0 ? fault("empty-set", place) : (set.at(-1) as T);
}

/** Is the value among these? */
function has(set: readonly unknown[], value: unknown): boolean {
  return set.some((element) => same(element, value));
}

/** A set: the elements in the order of their type, each once. */
function setOf<T>(all: readonly T[], elements: readonly unknown[]): T[] {
  return all.filter((value) => has(elements, value));
}

/** Is a location one of these? */
function standsAt(location: string, ...among: readonly string[]): boolean {
  return among.includes(location);
}

/** A lock that readers can share. */
interface ReadLock<P> {
  writer: P | null;
  readers: readonly P[];
}

/** Does the process hold the lock, in any mode? */
function holds(lock: unknown, self: unknown): boolean {
  if (lock === null || typeof lock !== "object") return lock === self;
  const { writer, readers } = lock as ReadLock<unknown>;
  return writer === self || readers.includes(self);
}

/** Does anyone hold the lock? */
function isHeld(lock: unknown): boolean {
  if (lock === null || typeof lock !== "object") return lock !== null;
  const { writer, readers } = lock as ReadLock<unknown>;
  return writer !== null || readers.length > 0;
}

/** The lock once the process has taken it; it waits while another holds it. */
function acquired<L>(lock: L, self: unknown, place: string): L {
  if (holds(lock, self)) fault("double-acquire", place);
  if (isHeld(lock)) wait();
  return (lock === null || typeof lock !== "object" ? self : { writer: self, readers: [] }) as L;
}

/** The lock once the process has let it go. */
function released<L>(lock: L, self: unknown, place: string): L {
  if (!holds(lock, self)) fault("release-not-held", place);
  if (lock === null || typeof lock !== "object") return null as L;
  const { writer, readers } = lock as unknown as ReadLock<unknown>;
  const left = readers.filter((reader) => reader !== self);
  return { writer: writer === self ? null : writer, readers: left } as L;
}

/** Where a number is in the words of a state: field `index` of a row of equally wide ones. */
interface Field {
  readonly word: number;
  readonly shift: number;
  readonly bits: number;
  readonly perWord: number;
}

/** How a part of a state is kept in words. */
interface Codec {
  get(words: Int32Array, offset: number, index: number): unknown;
  put(words: Int32Array, offset: number, index: number, value: unknown): void;
}

/** The number in a field. */
function getField(
  { word, shift, bits, perWord }: Field,
  words: Int32Array,
  offset: number,
  index: number,
): number {
  if (bits === 0) return 0;
  const packed = words[offset + word + Math.floor(index / perWord)] as number;
  return (packed >>> (shift + (index % perWord) * bits)) & (bits === 32 ? -1 : 2 ** bits - 1);
}

/** Puts a number into a field. */
function putField(
  { word, shift, bits, perWord }: Field,
  words: Int32Array,
  offset: number,
  index: number,
  value: number,
): void {
  if (bits === 0) return;
  const at = offset + word + Math.floor(index / perWord);
  const by = shift + (index % perWord) * bits;
  words[at] = ((words[at] as number) & ~((bits === 32 ? -1 : 2 ** bits - 1) << by)) | (value << by);
}

/** A field: `bits` bits each, from a word and a shift on. */
function field(word: number, shift: number, bits: number, perWord: number): Field {
  return { word, shift, bits, perWord };
}

/** One of a list of values, by its position. */
function oneValue(values: readonly unknown[], at: Field): Codec {
  return {
    get: (words, offset, index) => values[getField(at, words, offset, index)],
    put: (words, offset, index, value) => putField(at, words, offset, index, values.indexOf(value)),
  };
}

/** A number, from the least one on. */
function number(lo: number, at: Field): Codec {
  return {
    get: (words, offset, index) => lo + getField(at, words, offset, index),
    put: (words, offset, index, value) =>
      putField(at, words, offset, index, (value as number) - lo),
  };
}

/** An object, part by part. */
function parts(fields: { readonly [name: string]: Codec }): Codec {
  return {
    get: (words, offset, index) =>
      Object.fromEntries(
        Object.entries(fields).map(([name, codec]) => [name, codec.get(words, offset, index)]),
      ),
    put(words, offset, index, value) {
      for (const [name, codec] of Object.entries(fields)) {
        codec.put(words, offset, index, (value as { [name: string]: unknown })[name]);
      }
    },
  };
}

/** An array: an element for each key. */
function elements(keys: readonly unknown[], of: Codec): Codec {
  return {
    get: (words, offset, index) =>
      Object.fromEntries(
        keys.map((key, at) => [String(key), of.get(words, offset, index * keys.length + at)]),
      ),
    put(words, offset, index, value) {
      keys.forEach((key, at) => {
        of.put(
          words,
          offset,
          index * keys.length + at,
          (value as { [key: string]: unknown })[String(key)],
        );
      });
    },
  };
}

// ---------------------------------------------------------------- packed form

/** What `packed.initial` and `packed.successors` fill: step i leads to words[i * width …], or faults at faults[fault[i]]. */
export interface Steps {
  count: number;
  noteCount: number;
  words: Int32Array;
  mover: Int32Array;
  fault: Int32Array;
  weights: Float64Array;
  /** Makes room for more steps. */
  grow(): void;
  /** Remembers that a step does something worth noting: an index into `packed.notes`. */
  note(step: number, note: number): void;
  clear(): void;
}

/** A place in one of `packed.sources`: line from 1, offsets from 0. */
export type Place = { readonly source: number; readonly line: number; readonly start: number; readonly end: number };

/** What a step may do beside changing the state. */
export type Note =
  | { readonly kind: "assert"; readonly assertion: number }
  | { readonly kind: "sleep-under-spinlock"; readonly place: Place }
  | { readonly kind: "lock-order"; readonly held: string; readonly taken: string; readonly place: Place };

const faults: readonly { readonly fault: string; readonly place: Place }[] = [
  { fault: "empty-set", place: { source: 0, line: 6, start: 310, end: 331 } },
  { fault: "range", place: { source: 0, line: 6, start: 298, end: 301 } },
  { fault: "empty-set", place: { source: 0, line: 7, start: 351, end: 372 } },
  { fault: "range", place: { source: 0, line: 7, start: 338, end: 342 } },
  { fault: "double-acquire", place: { source: 0, line: 10, start: 396, end: 413 } },
  { fault: "double-acquire", place: { source: 0, line: 11, start: 462, end: 480 } },
  { fault: "release-not-held", place: { source: 0, line: 14, start: 589, end: 607 } },
  { fault: "release-not-held", place: { source: 0, line: 15, start: 660, end: 677 } },
  { fault: "index", place: { source: 1, line: 27, start: 980, end: 1013 } },
];
const notes: Note[] = [];
const orderPlaces: readonly Place[] = [
  { source: 0, line: 10, start: 396, end: 413 },
  { source: 0, line: 11, start: 462, end: 480 },
];
const lockNames: readonly string[] = [
  "fork[0]",
  "fork[1]",
  "fork[2]",
];
const branches = new Uint8Array(0);

function packedInitial(out: Steps): void {
  let blamed = -1, w0 = 0;
  for (let k = 0; k < 3; k += 1) {
    blamed = k;
    l2: {
      const set: number = (1 << k) | (1 << (k + 1) % 3);
      if (set === 0) {
        faulted(out, blamed, 0);
        return;
      }
      const t: number = 31 - Math.clz32(set & -set);
      if (!(t <= 2)) {
        faulted(out, blamed, 1);
        return;
      }
      w0 = (w0 & ~(3 << (k * 2 + 15))) | (t << (k * 2 + 15));
      const set_2: number = (1 << k) | (1 << (k + 1) % 3);
      if (set_2 === 0) {
        faulted(out, blamed, 2);
        return;
      }
      const t_2: number = 31 - Math.clz32(set_2);
      if (!(t_2 <= 2)) {
        faulted(out, blamed, 3);
        return;
      }
      w0 = (w0 & ~(3 << (k * 2 + 21))) | (t_2 << (k * 2 + 21));
      w0 = w0 & ~(7 << (k * 3));
      break l2;
    }
  }
  arrive(out, -1, w0);
}

function packed_philosopher_at_philosopher_hungry(k: number, states: Int32Array, offset: number, out: Steps): void {
  let noted = out.noteCount, w0 = states[offset]!;
  const key: number = (w0 >>> (k * 2 + 15)) & 3;
  if (((w0 >>> (key * 2 + 9)) & 3) === k + 1) {
    faulted(out, k, 4);
    return;
  }
  if (((w0 >>> (key * 2 + 9)) & 3) !== 0) {
    out.noteCount = noted;
    return;
  }
  for (let l = 0; l < 3; l += 1) {
    if (((w0 >>> (l * 2 + 9)) & 3) === k + 1) {
      out.note(out.count, lockOrder(0, l, key));
    }
  }
  w0 = (w0 & ~(3 << (key * 2 + 9))) | ((k + 1) << (key * 2 + 9));
  w0 = (w0 & ~(7 << (k * 3))) | (1 << (k * 3));
  arrive(out, k, w0);
}

function packed_philosopher_at_philosopher_2(k: number, states: Int32Array, offset: number, out: Steps): void {
  let noted = out.noteCount, w0 = states[offset]!;
  const key: number = (w0 >>> (k * 2 + 21)) & 3;
  if (((w0 >>> (key * 2 + 9)) & 3) === k + 1) {
    faulted(out, k, 5);
    return;
  }
  if (((w0 >>> (key * 2 + 9)) & 3) !== 0) {
    out.noteCount = noted;
    return;
  }
  for (let l = 0; l < 3; l += 1) {
    if (((w0 >>> (l * 2 + 9)) & 3) === k + 1) {
      out.note(out.count, lockOrder(1, l, key));
    }
  }
  w0 = (w0 & ~(3 << (key * 2 + 9))) | ((k + 1) << (key * 2 + 9));
  w0 = (w0 & ~(7 << (k * 3))) | (2 << (k * 3));
  arrive(out, k, w0);
}

function packed_philosopher_at_philosopher_eating(k: number, states: Int32Array, offset: number, out: Steps): void {
  let w0 = states[offset]!;
  w0 = (w0 & ~(7 << (k * 3))) | (3 << (k * 3));
  arrive(out, k, w0);
}

function packed_philosopher_at_philosopher_4(k: number, states: Int32Array, offset: number, out: Steps): void {
  let w0 = states[offset]!;
  const key: number = (w0 >>> (k * 2 + 21)) & 3;
  const owns: number = ((w0 >>> (key * 2 + 9)) & 3) === k + 1 ? 1 : 0;
  if (!(((w0 >>> (key * 2 + 9)) & 3) === k + 1)) {
    faulted(out, k, 6);
    return;
  }
  if (owns !== 0) {
    w0 = w0 & ~(3 << (key * 2 + 9));
  }
  w0 = (w0 & ~(7 << (k * 3))) | (4 << (k * 3));
  arrive(out, k, w0);
}

function packed_philosopher_at_philosopher_5(k: number, states: Int32Array, offset: number, out: Steps): void {
  let w0 = states[offset]!;
  const key: number = (w0 >>> (k * 2 + 15)) & 3;
  const owns: number = ((w0 >>> (key * 2 + 9)) & 3) === k + 1 ? 1 : 0;
  if (!(((w0 >>> (key * 2 + 9)) & 3) === k + 1)) {
    faulted(out, k, 7);
    return;
  }
  if (owns !== 0) {
    w0 = w0 & ~(3 << (key * 2 + 9));
  }
  w0 = w0 & ~(7 << (k * 3));
  arrive(out, k, w0);
}

function packed_invariant_neighbours_apart(states: Int32Array, offset: number): number {
  let forall = 0, both = 0;
  forall = 1;
  l1: for (let o = 0; o < 3; o += 1) {
    both = ((states[offset]! >>> (o * 3)) & 7) === 2 ? 1 : 0;
    if (both !== 0) {
      const k: number = (o + 1) % 3;
      if (!((o + 1) % 3 <= 2)) {
        return 2;
      }
      both = ((states[offset]! >>> (k * 3)) & 7) === 2 ? 1 : 0;
    }
    if (both !== 0) {
      forall = 0;
      break l1;
    }
  }
  return forall;
}

function packed_cover_somebody_eats(states: Int32Array, offset: number): number {
  let exists = 0;
  exists = 0;
  l1: for (let o = 0; o < 3; o += 1) {
    if (((states[offset]! >>> (o * 3)) & 7) === 2) {
      exists = 1;
      break l1;
    }
  }
  return exists;
}

function packed_cover_all_hungry(states: Int32Array, offset: number): number {
  let forall = 0;
  forall = 1;
  l1: for (let o = 0; o < 3; o += 1) {
    if (((states[offset]! >>> (o * 3)) & 7) !== 0) {
      forall = 0;
      break l1;
    }
  }
  return forall;
}

function arrive(out: Steps, mover: number, w0: number): void {
  const step = out.count;
  if (step === out.mover.length) out.grow();
  out.words[step] = w0;
  out.mover[step] = mover;
  out.fault[step] = -1;
  out.count = step + 1;
}

function faulted(out: Steps, mover: number, fault: number): void {
  const step = out.count;
  if (step === out.mover.length) out.grow();
  out.mover[step] = mover;
  out.fault[step] = fault;
  out.count = step + 1;
}

const orders = new Map<number, number>();

/** The number of the note that a lock was taken while another was held. */
function lockOrder(site: number, held: number, taken: number): number {
  const key = (site * 3 + held) * 3 + taken;
  const known = orders.get(key);
  if (known !== undefined) return known;
  const note = { kind: "lock-order" as const, held: lockNames[held]!, taken: lockNames[taken]!, place: orderPlaces[site]! };
  orders.set(key, notes.push(note) - 1);
  return notes.length - 1;
}

/** The machine over packed states: `width` words of an Int32Array each. */
export const packed = {
  sources: ["dining-ordered.weft", "dining.weft"],
  width: 1,
  /** Who takes steps: process instances, then actions. */
  movers: [
    { kind: "process", name: "philosopher[0]", mustFinish: true },
    { kind: "process", name: "philosopher[1]", mustFinish: true },
    { kind: "process", name: "philosopher[2]", mustFinish: true },
  ],
  costs: [],
  faults,
  notes,
  branches,
  /** All initial states. */
  initial(out: Steps): void {
    out.clear();
    packedInitial(out);
  },
  /** All steps from the state at `offset`. */
  successors(states: Int32Array, offset: number, out: Steps): void {
    out.clear();
    for (let k = 0; k < 3; k += 1) {
      switch ((states[offset]! >>> (k * 3)) & 7) {
        case 0: packed_philosopher_at_philosopher_hungry(k, states, offset, out); break;
        case 1: packed_philosopher_at_philosopher_2(k, states, offset, out); break;
        case 2: packed_philosopher_at_philosopher_eating(k, states, offset, out); break;
        case 3: packed_philosopher_at_philosopher_4(k, states, offset, out); break;
        case 4: packed_philosopher_at_philosopher_5(k, states, offset, out); break;
      }
    }
  },
  /** Has this mover, a process instance, come to its end? */
  finished(states: Int32Array, offset: number, mover: number): boolean {
    if (mover < 3) {
      const k = mover;
      return ((states[offset]! >>> (k * 3)) & 7) === 5;
    }
    return false;
  },
  /** Does no process stand at local work? Properties are judged in such states only. */
  atRest(_states: Int32Array, _offset: number): boolean {
    return true;
  },
  /** 1 holds, 0 does not, 2 cannot be evaluated. */
  statePredicates: [
    { kind: "invariant", name: "neighbours_apart", evaluate: packed_invariant_neighbours_apart },
    { kind: "cover", name: "somebody_eats", evaluate: packed_cover_somebody_eats },
    { kind: "cover", name: "all_hungry", evaluate: packed_cover_all_hungry },
  ],
  stepPredicates: [],
} as const;
