// peterson: made by Weft 0.1.0 from peterson.weft.
// Sources sha256:cce237f5f68b6ab5. Do not edit: compile the spec again.

// Peterson's lock: mutual exclusion of two processes with nothing but reads and writes.

const all_Me: readonly Me[] = [0, 1];
const all_bool: readonly boolean[] = [false, true];

export type Me = 0 | 1;

/** The instances of the processes. */
export type Process = "p[0]" | "p[1]";

/** The shared variables, who holds which lock, and where each process stands with its local variables. */
export type State = {
  /** who wants to enter */
  wants: { [key in Me]: boolean };
  /** who may enter if both want to */
  turn: Me;
  p: { [key in 0 | 1]: { at: "p.1" | "p.2" | "p.waiting" | "p.critical" | "p.4" | "p.6" | "done" } };
};

/** First values everywhere, locks free, processes at their first steps. */
const blank: State = {
  wants: { 0: false, 1: false },
  turn: 0,
  p: { 0: { at: "p.1" }, 1: { at: "p.1" } },
};

/** The states in which the system may begin. */
export function initialStates(report: Report = newReport()): State[] {
  return run<State>(blank, report, (s) => {
    s.wants = keyed(all_Me, () => false) as { [key in Me]: boolean };
    s.turn = 0;
  });
}

/**
 * p.1: `wants[me] := true`
 * wants[me] = true
 * peterson.weft:14
 */
export function p_at_p_1(state: State, me: 0 | 1, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.p[me];
    s.wants[me] = true;
    own.at = "p.2";
  });
}

/**
 * p.2: `turn := 1 - me`
 * turn = other
 * peterson.weft:15
 */
export function p_at_p_2(state: State, me: 0 | 1, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.p[me];
    s.turn = (1 - me) as Me;
    own.at = "p.waiting";
  });
}

/**
 * p.waiting: `if !wants[1 - me]`
 * while (wants[other]
 * peterson.weft:18
 */
export function p_at_p_waiting(state: State, me: 0 | 1, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.p[me];
    if (!s.wants[(1 - me) as Me]) {
      own.at = "p.critical";
      return;
    }
    own.at = "p.4";
  });
}

/**
 * p.critical: `skip`
 * critical section
 * peterson.weft:22
 */
export function p_at_p_critical(state: State, me: 0 | 1, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.p[me];
    own.at = "p.6";
  });
}

/**
 * p.4: `if turn == me`
 * && turn == other)
 * peterson.weft:19
 */
export function p_at_p_4(state: State, me: 0 | 1, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.p[me];
    if (s.turn === me) {
      own.at = "p.critical";
      return;
    }
    own.at = "p.waiting";
  });
}

/**
 * p.6: `wants[me] := false`
 * wants[me] = false
 * peterson.weft:23
 */
export function p_at_p_6(state: State, me: 0 | 1, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.p[me];
    s.wants[me] = false;
    own.at = "p.1";
  });
}

/** The steps that p can take. */
export function p(state: State, me: 0 | 1, report: Report = newReport()): State[] {
  switch (state.p[me].at) {
    case "p.1":
      return p_at_p_1(state, me, report);
    case "p.2":
      return p_at_p_2(state, me, report);
    case "p.waiting":
      return p_at_p_waiting(state, me, report);
    case "p.critical":
      return p_at_p_critical(state, me, report);
    case "p.4":
      return p_at_p_4(state, me, report);
    case "p.6":
      return p_at_p_6(state, me, report);
    default:
      return [];
  }
}

/** Who takes steps: process instances, then actions. */
export type Mover = "p[0]" | "p[1]";

export const movers: readonly Mover[] = ["p[0]", "p[1]"];

/** The states to which a mover can go; what goes wrong on the way is added to the report. */
export function next(state: State, mover: Mover, report: Report = newReport()): State[] {
  switch (mover) {
    case "p[0]":
      return p(state, 0, report);
    case "p[1]":
      return p(state, 1, report);
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
 * invariant mutual_exclusion
 * Never two at once.
 * peterson.weft:28
 */
export function mutual_exclusion(state: State): boolean {
  return !(standsAt(state.p[0].at, "p.critical") && standsAt(state.p[1].at, "p.critical"));
}

/**
 * cover zero_enters
 * Both get in, and they do compete.
 * peterson.weft:31
 */
export function zero_enters(state: State): boolean {
  return standsAt(state.p[0].at, "p.critical");
}

/**
 * cover one_enters
 * peterson.weft:32
 */
export function one_enters(state: State): boolean {
  return standsAt(state.p[1].at, "p.critical");
}

/**
 * cover both_wait
 * peterson.weft:33
 */
export function both_wait(state: State): boolean {
  return standsAt(state.p[0].at, "p.waiting") && standsAt(state.p[1].at, "p.waiting");
}

/** Where the words of a packed state keep what: field(word, shift, bits, how many a word). */
const codecs: { readonly [name: string]: Codec } = {
  wants: elements(all_Me, oneValue(all_bool, field(0, 6, 1, 2))),
  turn: number(0, field(0, 8, 1, 1)),
  p: elements([0, 1], parts({ at: oneValue(["p.1", "p.2", "p.waiting", "p.critical", "p.4", "p.6", "done"], field(0, 0, 3, 2)) })),
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

/** A copy that shares nothing with the original. */
function copy<T>(value: T): T {
  if (Array.isArray(value)) return value.map((element) => copy(element)) as T;
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copy(part)])) as T;
}

/** Is a location one of these? */
function standsAt(location: string, ...among: readonly string[]): boolean {
  return among.includes(location);
}

/** An array with a value for each key. */
function keyed<A extends object, K>(keys: readonly K[], make: (key: K) => A[keyof A]): A {
  return Object.fromEntries(keys.map((key) => [String(key), make(key)])) as A;
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

const faults: readonly { readonly fault: string; readonly place: Place }[] = [];
const notes: Note[] = [];
const branches = new Uint8Array(4);

function packedInitial(out: Steps): void {
  let w0 = 0;
  for (let _1 = 0; _1 < 2; _1 += 1) {
    w0 = w0 & ~(1 << (_1 + 6));
  }
  w0 = w0 & -257;
  arrive(out, -1, w0);
}

function packed_p_at_p_1(k: number, states: Int32Array, offset: number, out: Steps): void {
  let w0 = states[offset]!;
  w0 = w0 | (1 << (k + 6));
  w0 = (w0 & ~(7 << (k * 3))) | (1 << (k * 3));
  arrive(out, k, w0);
}

function packed_p_at_p_2(k: number, states: Int32Array, offset: number, out: Steps): void {
  let w0 = states[offset]!;
  w0 = (w0 & -257) | ((1 - k) << 8);
  w0 = (w0 & ~(7 << (k * 3))) | (2 << (k * 3));
  arrive(out, k, w0);
}

function packed_p_at_p_waiting(k: number, states: Int32Array, offset: number, out: Steps): void {
  let w0 = states[offset]!;
  const index: number = 1 - k;
  if (((w0 >>> (index + 6)) & 1) === 0) {
    branches[3] = 1;
    w0 = (w0 & ~(7 << (k * 3))) | (3 << (k * 3));
    arrive(out, k, w0);
    return;
  } else {
    branches[2] = 1;
  }
  w0 = (w0 & ~(7 << (k * 3))) | (4 << (k * 3));
  arrive(out, k, w0);
}

function packed_p_at_p_critical(k: number, states: Int32Array, offset: number, out: Steps): void {
  let w0 = states[offset]!;
  w0 = (w0 & ~(7 << (k * 3))) | (5 << (k * 3));
  arrive(out, k, w0);
}

function packed_p_at_p_4(k: number, states: Int32Array, offset: number, out: Steps): void {
  let w0 = states[offset]!;
  if (((w0 >>> 8) & 1) === k) {
    branches[1] = 1;
    w0 = (w0 & ~(7 << (k * 3))) | (3 << (k * 3));
    arrive(out, k, w0);
    return;
  } else {
    branches[0] = 1;
  }
  w0 = (w0 & ~(7 << (k * 3))) | (2 << (k * 3));
  arrive(out, k, w0);
}

function packed_p_at_p_6(k: number, states: Int32Array, offset: number, out: Steps): void {
  let w0 = states[offset]!;
  w0 = w0 & ~(1 << (k + 6));
  w0 = w0 & ~(7 << (k * 3));
  arrive(out, k, w0);
}

function packed_invariant_mutual_exclusion(states: Int32Array, offset: number): number {
  return !((states[offset]! & 7) === 3 && ((states[offset]! >>> 3) & 7) === 3) ? 1 : 0;
}

function packed_cover_zero_enters(states: Int32Array, offset: number): number {
  return (states[offset]! & 7) === 3 ? 1 : 0;
}

function packed_cover_one_enters(states: Int32Array, offset: number): number {
  return ((states[offset]! >>> 3) & 7) === 3 ? 1 : 0;
}

function packed_cover_both_wait(states: Int32Array, offset: number): number {
  return (states[offset]! & 7) === 2 && ((states[offset]! >>> 3) & 7) === 2 ? 1 : 0;
}

function arrive(out: Steps, mover: number, w0: number): void {
  const step = out.count;
  if (step === out.mover.length) out.grow();
  out.words[step] = w0;
  out.mover[step] = mover;
  out.fault[step] = -1;
  out.count = step + 1;
}

/** The machine over packed states: `width` words of an Int32Array each. */
export const packed = {
  sources: ["peterson.weft"],
  width: 1,
  /** Who takes steps: process instances, then actions. */
  movers: [
    { kind: "process", name: "p[0]", mustFinish: true },
    { kind: "process", name: "p[1]", mustFinish: true },
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
    for (let k = 0; k < 2; k += 1) {
      switch ((states[offset]! >>> (k * 3)) & 7) {
        case 0: packed_p_at_p_1(k, states, offset, out); break;
        case 1: packed_p_at_p_2(k, states, offset, out); break;
        case 2: packed_p_at_p_waiting(k, states, offset, out); break;
        case 3: packed_p_at_p_critical(k, states, offset, out); break;
        case 4: packed_p_at_p_4(k, states, offset, out); break;
        case 5: packed_p_at_p_6(k, states, offset, out); break;
      }
    }
  },
  /** Has this mover, a process instance, come to its end? */
  finished(states: Int32Array, offset: number, mover: number): boolean {
    if (mover < 2) {
      const k = mover;
      return ((states[offset]! >>> (k * 3)) & 7) === 6;
    }
    return false;
  },
  /** Does no process stand at local work? Properties are judged in such states only. */
  atRest(_states: Int32Array, _offset: number): boolean {
    return true;
  },
  /** 1 holds, 0 does not, 2 cannot be evaluated. */
  statePredicates: [
    { kind: "invariant", name: "mutual_exclusion", evaluate: packed_invariant_mutual_exclusion },
    { kind: "cover", name: "zero_enters", evaluate: packed_cover_zero_enters },
    { kind: "cover", name: "one_enters", evaluate: packed_cover_one_enters },
    { kind: "cover", name: "both_wait", evaluate: packed_cover_both_wait },
  ],
  stepPredicates: [],
} as const;
