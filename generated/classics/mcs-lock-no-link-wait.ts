// mcs_lock_no_link_wait: made by Weft 0.1.0 from mcs-lock-no-link-wait.weft, mcs-lock.weft.
// Sources sha256:2440ccbc42773b6f. Do not edit: compile the spec again.

// The unlock that does not wait for its successor to link itself: it follows a null pointer.

const all_Thread: readonly Thread[] = [1, 2, 3];
const all_option: readonly (Thread | null)[] = [null, ...all_Thread];
const all_bool: readonly boolean[] = [false, true];

export type Thread = 1 | 2 | 3;

/** The instances of the processes. */
export type Process = "thread[1]" | "thread[2]" | "thread[3]";

/** The shared variables, who holds which lock, and where each process stands with its local variables. */
export type State = {
  /** the lock: the last in the queue */
  tail: Thread | null;
  /** node->next */
  next: { [key in Thread]: Thread | null };
  /** node->locked: the lock has been handed to this node */
  locked: { [key in Thread]: boolean };
  thread: { [key in 1 | 2 | 3]: { at: "mcs_spin_lock.1" | "mcs_spin_lock.2" | "mcs_spin_lock.3" | "mcs_spin_lock.link" | "thread.critical" | "mcs_spin_lock.spin" | "mcs_spin_unlock.1" | "mcs_spin_unlock.last" | "mcs_spin_unlock.hand_over" | "mcs_spin_unlock.wait_for_link" | "done"; mcs_spin_unlock_successor: Thread | null; mcs_spin_lock_prev: Thread | null } };
};

export const THREADS = 3 as 1 | 2 | 3 | 4;

/** First values everywhere, locks free, processes at their first steps. */
const blank: State = {
  tail: null,
  next: { 1: null, 2: null, 3: null },
  locked: { 1: false, 2: false, 3: false },
  thread: { 1: { at: "mcs_spin_lock.1", mcs_spin_unlock_successor: null, mcs_spin_lock_prev: null }, 2: { at: "mcs_spin_lock.1", mcs_spin_unlock_successor: null, mcs_spin_lock_prev: null }, 3: { at: "mcs_spin_lock.1", mcs_spin_unlock_successor: null, mcs_spin_lock_prev: null } },
};

/** The states in which the system may begin. */
export function initialStates(report: Report = newReport()): State[] {
  return run<State>(blank, report, (s) => {
    s.tail = null;
    s.next = keyed(all_Thread, () => null) as { [key in Thread]: Thread | null };
    s.locked = keyed(all_Thread, () => false) as { [key in Thread]: boolean };
    for (const me of [1, 2, 3] as const) {
      start: {
        const own = s.thread[me];
        own.at = "mcs_spin_lock.1";
        break start;
      }
    }
  });
}

/**
 * mcs_spin_lock.1: `locked[me] := false`
 * node->locked = 0
 * mcs-lock.weft:16
 */
export function thread_at_mcs_spin_lock_1(state: State, me: 1 | 2 | 3, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.thread[me];
    s.locked[me] = false;
    own.at = "mcs_spin_lock.2";
  });
}

/**
 * mcs_spin_lock.2: `next[me] := null`
 * node->next = NULL
 * mcs-lock.weft:17
 */
export function thread_at_mcs_spin_lock_2(state: State, me: 1 | 2 | 3, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.thread[me];
    s.next[me] = null;
    own.at = "mcs_spin_lock.3";
  });
}

/**
 * mcs_spin_lock.3: `var prev: Thread? = xchg(tail, me)`
 * prev = xchg(lock, node)
 * mcs-lock.weft:18
 */
export function thread_at_mcs_spin_lock_3(state: State, me: 1 | 2 | 3, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.thread[me];
    let mcs_spin_lock_old: Thread | null = null;
    mcs_spin_lock_old = s.tail;
    s.tail = me;
    own.mcs_spin_lock_prev = mcs_spin_lock_old;
    // if prev != null
    if (!same(own.mcs_spin_lock_prev, null)) {
      own.at = "mcs_spin_lock.link";
      return;
    }
    own.mcs_spin_lock_prev = null;
    own.at = "thread.critical";
  });
}

/**
 * mcs_spin_lock.link: `next[prev] := me`
 * WRITE_ONCE(prev->next, node)
 * mcs-lock.weft:21
 */
export function thread_at_mcs_spin_lock_link(state: State, me: 1 | 2 | 3, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.thread[me];
    s.next[present(own.mcs_spin_lock_prev, "mcs-lock.weft:21")] = me;
    own.mcs_spin_lock_prev = null;
    own.at = "mcs_spin_lock.spin";
  });
}

/**
 * thread.critical: `skip`
 * critical section
 * mcs-lock.weft:44
 */
export function thread_at_thread_critical(state: State, me: 1 | 2 | 3, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.thread[me];
    own.at = "mcs_spin_unlock.1";
  });
}

/**
 * mcs_spin_lock.spin: `await locked[me]`
 * arch_mcs_spin_lock_contended()
 * mcs-lock.weft:23
 */
export function thread_at_mcs_spin_lock_spin(state: State, me: 1 | 2 | 3, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.thread[me];
    if (!s.locked[me]) wait();
    own.at = "thread.critical";
  });
}

/**
 * mcs_spin_unlock.1: `var successor: Thread? = next[me]`
 * next = READ_ONCE(node->next)
 * mcs-lock.weft:28
 */
export function thread_at_mcs_spin_unlock_1(state: State, me: 1 | 2 | 3, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.thread[me];
    own.mcs_spin_unlock_successor = s.next[me];
    // if successor == null
    if (same(own.mcs_spin_unlock_successor, null)) {
      own.mcs_spin_unlock_successor = null;
      own.at = "mcs_spin_unlock.last";
      return;
    }
    own.at = "mcs_spin_unlock.hand_over";
  });
}

/**
 * mcs_spin_unlock.last: `if cmpxchg(tail, me, null)`
 * cmpxchg_release(lock, node, NULL)
 * mcs-lock.weft:31
 */
export function thread_at_mcs_spin_unlock_last(state: State, me: 1 | 2 | 3, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.thread[me];
    let mcs_spin_unlock_swapped: boolean = false;
    mcs_spin_unlock_swapped = same(s.tail, me);
    if (mcs_spin_unlock_swapped) {
      s.tail = null;
    }
    if (mcs_spin_unlock_swapped) {
      own.at = "mcs_spin_lock.1";
      return;
    }
    own.at = "mcs_spin_unlock.wait_for_link";
  });
}

/**
 * mcs_spin_unlock.hand_over: `locked[successor] := true`
 * arch_mcs_spin_unlock_contended()
 * mcs-lock.weft:37
 */
export function thread_at_mcs_spin_unlock_hand_over(state: State, me: 1 | 2 | 3, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.thread[me];
    s.locked[present(own.mcs_spin_unlock_successor, "mcs-lock.weft:37")] = true;
    own.mcs_spin_unlock_successor = null;
    own.at = "mcs_spin_lock.1";
  });
}

/**
 * mcs_spin_unlock.wait_for_link: `successor := next[me]`
 * next = READ_ONCE(node->next)
 * mcs-lock.weft:34
 */
export function thread_at_mcs_spin_unlock_wait_for_link(state: State, me: 1 | 2 | 3, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.thread[me];
    own.mcs_spin_unlock_successor = s.next[me];
    own.at = "mcs_spin_unlock.hand_over";
  });
}

/** The steps that thread can take. */
export function thread(state: State, me: 1 | 2 | 3, report: Report = newReport()): State[] {
  switch (state.thread[me].at) {
    case "mcs_spin_lock.1":
      return thread_at_mcs_spin_lock_1(state, me, report);
    case "mcs_spin_lock.2":
      return thread_at_mcs_spin_lock_2(state, me, report);
    case "mcs_spin_lock.3":
      return thread_at_mcs_spin_lock_3(state, me, report);
    case "mcs_spin_lock.link":
      return thread_at_mcs_spin_lock_link(state, me, report);
    case "thread.critical":
      return thread_at_thread_critical(state, me, report);
    case "mcs_spin_lock.spin":
      return thread_at_mcs_spin_lock_spin(state, me, report);
    case "mcs_spin_unlock.1":
      return thread_at_mcs_spin_unlock_1(state, me, report);
    case "mcs_spin_unlock.last":
      return thread_at_mcs_spin_unlock_last(state, me, report);
    case "mcs_spin_unlock.hand_over":
      return thread_at_mcs_spin_unlock_hand_over(state, me, report);
    case "mcs_spin_unlock.wait_for_link":
      return thread_at_mcs_spin_unlock_wait_for_link(state, me, report);
    default:
      return [];
  }
}

/** Who takes steps: process instances, then actions. */
export type Mover = "thread[1]" | "thread[2]" | "thread[3]";

export const movers: readonly Mover[] = ["thread[1]", "thread[2]", "thread[3]"];

/** The states to which a mover can go; what goes wrong on the way is added to the report. */
export function next(state: State, mover: Mover, report: Report = newReport()): State[] {
  switch (mover) {
    case "thread[1]":
      return thread(state, 1, report);
    case "thread[2]":
      return thread(state, 2, report);
    case "thread[3]":
      return thread(state, 3, report);
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
 * mcs-lock.weft:50
 */
export function mutual_exclusion(state: State): boolean {
  return all_Thread.every((a) => all_Thread.every((b) => !(a !== b) || !(standsAt(state.thread[a].at, "thread.critical") && standsAt(state.thread[b].at, "thread.critical"))));
}

/**
 * invariant tail_null_when_free
 * A free lock has nobody in it.
 * mcs-lock.weft:54
 */
export function tail_null_when_free(state: State): boolean {
  return !(state.tail === null) || !all_Thread.some((a) => standsAt(state.thread[a].at, "thread.critical"));
}

/**
 * cover unlinked_successor
 * The narrow one: the owner wants to leave, the next has swapped itself in but not linked itself yet.
 * mcs-lock.weft:57
 */
export function unlinked_successor(state: State): boolean {
  return all_Thread.some((a) => all_Thread.some((b) => standsAt(state.thread[a].at, "mcs_spin_unlock.wait_for_link") && standsAt(state.thread[b].at, "mcs_spin_lock.link")));
}

/**
 * cover queue_of_all
 * mcs-lock.weft:60
 */
export function queue_of_all(state: State): boolean {
  return all_Thread.every((a) => standsAt(state.thread[a].at, "thread.critical") || standsAt(state.thread[a].at, "mcs_spin_lock.spin"));
}

/** Where the words of a packed state keep what: field(word, shift, bits, how many a word). */
const codecs: { readonly [name: string]: Codec } = {
  tail: oneValue(all_option, field(0, 30, 2, 1)),
  next: elements(all_Thread, oneValue(all_option, field(0, 12, 2, 3))),
  locked: elements(all_Thread, oneValue(all_bool, field(1, 0, 1, 3))),
  thread: elements([1, 2, 3], parts({ at: oneValue(["mcs_spin_lock.1", "mcs_spin_lock.2", "mcs_spin_lock.3", "mcs_spin_lock.link", "thread.critical", "mcs_spin_lock.spin", "mcs_spin_unlock.1", "mcs_spin_unlock.last", "mcs_spin_unlock.hand_over", "mcs_spin_unlock.wait_for_link", "done"], field(0, 0, 4, 3)), mcs_spin_unlock_successor: oneValue(all_option, field(0, 18, 2, 3)), mcs_spin_lock_prev: oneValue(all_option, field(0, 24, 2, 3)) })),
};

/** Writes a state as packed words. */
export function encode(state: State, words: Int32Array = new Int32Array(2), offset: number = 0): Int32Array {
  words.fill(0, offset, offset + 2);
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

/** The value of an option, which must not be null. */
function present<T>(option: T | null, place: string): T {
  return option === null ? fault("null-used", place) : option;
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
  { fault: "null-used", place: { source: 1, line: 21, start: 843, end: 847 } },
  { fault: "null-used", place: { source: 1, line: 37, start: 1416, end: 1425 } },
];
const notes: Note[] = [];
const branches = new Uint8Array(6);

function packedInitial(out: Steps): void {
  let w0 = 0, w1 = 0;
  w0 = w0 & 1073741823;
  for (let _1 = 0; _1 < 3; _1 += 1) {
    w0 = w0 & ~(3 << (_1 * 2 + 12));
  }
  for (let _1_2 = 0; _1_2 < 3; _1_2 += 1) {
    w1 = w1 & ~(1 << _1_2);
  }
  for (let k = 0; k < 3; k += 1) {
    l4: {
      w0 = w0 & ~(15 << (k * 4));
      break l4;
    }
  }
  arrive(out, -1, w0, w1);
}

function packed_thread_at_mcs_spin_lock_1(k: number, states: Int32Array, offset: number, out: Steps): void {
  let w0 = states[offset]!, w1 = states[offset + 1]!;
  w1 = w1 & ~(1 << k);
  w0 = (w0 & ~(15 << (k * 4))) | (1 << (k * 4));
  arrive(out, k, w0, w1);
}

function packed_thread_at_mcs_spin_lock_2(k: number, states: Int32Array, offset: number, out: Steps): void {
  let w0 = states[offset]!, w1 = states[offset + 1]!;
  w0 = w0 & ~(3 << (k * 2 + 12));
  w0 = (w0 & ~(15 << (k * 4))) | (2 << (k * 4));
  arrive(out, k, w0, w1);
}

function packed_thread_at_mcs_spin_lock_3(k: number, states: Int32Array, offset: number, out: Steps): void {
  let w0 = states[offset]!, w1 = states[offset + 1]!;
  const mcs_spin_lock_old: number = w0 >>> 30;
  w0 = (w0 & 1073741823) | ((k + 1) << 30);
  w0 = (w0 & ~(3 << (k * 2 + 24))) | (mcs_spin_lock_old << (k * 2 + 24));
  if (((w0 >>> (k * 2 + 24)) & 3) !== 0) {
    branches[5] = 1;
    w0 = (w0 & ~(15 << (k * 4))) | (3 << (k * 4));
    arrive(out, k, w0, w1);
    return;
  } else {
    branches[4] = 1;
  }
  w0 = w0 & ~(3 << (k * 2 + 24));
  w0 = (w0 & ~(15 << (k * 4))) | (4 << (k * 4));
  arrive(out, k, w0, w1);
}

function packed_thread_at_mcs_spin_lock_link(k: number, states: Int32Array, offset: number, out: Steps): void {
  let w0 = states[offset]!, w1 = states[offset + 1]!;
  const option: number = (w0 >>> (k * 2 + 24)) & 3;
  if (option === 0) {
    faulted(out, k, 0);
    return;
  }
  {
    const shift = (option - 1) * 2 + 12;
    w0 = (w0 & ~(3 << shift)) | ((k + 1) << shift);
  }
  w0 = w0 & ~(3 << (k * 2 + 24));
  w0 = (w0 & ~(15 << (k * 4))) | (5 << (k * 4));
  arrive(out, k, w0, w1);
}

function packed_thread_at_thread_critical(k: number, states: Int32Array, offset: number, out: Steps): void {
  let w0 = states[offset]!, w1 = states[offset + 1]!;
  w0 = (w0 & ~(15 << (k * 4))) | (6 << (k * 4));
  arrive(out, k, w0, w1);
}

function packed_thread_at_mcs_spin_lock_spin(k: number, states: Int32Array, offset: number, out: Steps): void {
  let w0 = states[offset]!, w1 = states[offset + 1]!;
  if (((w1 >>> k) & 1) === 0) {
    return;
  }
  w0 = (w0 & ~(15 << (k * 4))) | (4 << (k * 4));
  arrive(out, k, w0, w1);
}

function packed_thread_at_mcs_spin_unlock_1(k: number, states: Int32Array, offset: number, out: Steps): void {
  let w0 = states[offset]!, w1 = states[offset + 1]!;
  w0 = (w0 & ~(3 << (k * 2 + 18))) | (((w0 >>> (k * 2 + 12)) & 3) << (k * 2 + 18));
  if (((w0 >>> (k * 2 + 18)) & 3) === 0) {
    branches[3] = 1;
    w0 = w0 & ~(3 << (k * 2 + 18));
    w0 = (w0 & ~(15 << (k * 4))) | (7 << (k * 4));
    arrive(out, k, w0, w1);
    return;
  } else {
    branches[0] = 1;
  }
  w0 = (w0 & ~(15 << (k * 4))) | (8 << (k * 4));
  arrive(out, k, w0, w1);
}

function packed_thread_at_mcs_spin_unlock_last(k: number, states: Int32Array, offset: number, out: Steps): void {
  let w0 = states[offset]!, w1 = states[offset + 1]!;
  const mcs_spin_unlock_swapped: number = w0 >>> 30 !== 0 && w0 >>> 30 === k + 1 ? 1 : 0;
  if (mcs_spin_unlock_swapped !== 0) {
    w0 = w0 & 1073741823;
  }
  if (mcs_spin_unlock_swapped !== 0) {
    branches[2] = 1;
    w0 = w0 & ~(15 << (k * 4));
    arrive(out, k, w0, w1);
    return;
  } else {
    branches[1] = 1;
  }
  w0 = (w0 & ~(15 << (k * 4))) | (9 << (k * 4));
  arrive(out, k, w0, w1);
}

function packed_thread_at_mcs_spin_unlock_hand_over(k: number, states: Int32Array, offset: number, out: Steps): void {
  let w0 = states[offset]!, w1 = states[offset + 1]!;
  const option: number = (w0 >>> (k * 2 + 18)) & 3;
  if (option === 0) {
    faulted(out, k, 1);
    return;
  }
  {
    const shift = option - 1;
    w1 = w1 | (1 << shift);
  }
  w0 = w0 & ~(3 << (k * 2 + 18));
  w0 = w0 & ~(15 << (k * 4));
  arrive(out, k, w0, w1);
}

function packed_thread_at_mcs_spin_unlock_wait_for_link(k: number, states: Int32Array, offset: number, out: Steps): void {
  let w0 = states[offset]!, w1 = states[offset + 1]!;
  w0 = (w0 & ~(3 << (k * 2 + 18))) | (((w0 >>> (k * 2 + 12)) & 3) << (k * 2 + 18));
  w0 = (w0 & ~(15 << (k * 4))) | (8 << (k * 4));
  arrive(out, k, w0, w1);
}

function packed_invariant_mutual_exclusion(states: Int32Array, offset: number): number {
  let forall = 0, forall_2 = 0;
  forall = 1;
  l1: for (let o = 0; o < 3; o += 1) {
    forall_2 = 1;
    l2: for (let o_2 = 0; o_2 < 3; o_2 += 1) {
      if (o + 1 !== o_2 + 1 && (((states[offset]! >>> (o * 4)) & 15) === 4 && ((states[offset]! >>> (o_2 * 4)) & 15) === 4)) {
        forall_2 = 0;
        break l2;
      }
    }
    if (forall_2 === 0) {
      forall = 0;
      break l1;
    }
  }
  return forall;
}

function packed_invariant_tail_null_when_free(states: Int32Array, offset: number): number {
  let exists = 0, both = 0;
  both = states[offset]! >>> 30 === 0 ? 1 : 0;
  if (both !== 0) {
    exists = 0;
    l1: for (let o = 0; o < 3; o += 1) {
      if (((states[offset]! >>> (o * 4)) & 15) === 4) {
        exists = 1;
        break l1;
      }
    }
    both = exists;
  }
  return both === 0 ? 1 : 0;
}

function packed_cover_unlinked_successor(states: Int32Array, offset: number): number {
  let exists = 0, exists_2 = 0;
  exists = 0;
  l1: for (let o = 0; o < 3; o += 1) {
    exists_2 = 0;
    l2: for (let o_2 = 0; o_2 < 3; o_2 += 1) {
      if (((states[offset]! >>> (o * 4)) & 15) === 9 && ((states[offset]! >>> (o_2 * 4)) & 15) === 3) {
        exists_2 = 1;
        break l2;
      }
    }
    if (exists_2 !== 0) {
      exists = 1;
      break l1;
    }
  }
  return exists;
}

function packed_cover_queue_of_all(states: Int32Array, offset: number): number {
  let forall = 0;
  forall = 1;
  l1: for (let o = 0; o < 3; o += 1) {
    if (((states[offset]! >>> (o * 4)) & 15) !== 4 && ((states[offset]! >>> (o * 4)) & 15) !== 5) {
      forall = 0;
      break l1;
    }
  }
  return forall;
}

function arrive(out: Steps, mover: number, w0: number, w1: number): void {
  const step = out.count;
  if (step === out.mover.length) out.grow();
  const first = step * 2;
  out.words[first] = w0;
  out.words[first + 1] = w1;
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

/** The machine over packed states: `width` words of an Int32Array each. */
export const packed = {
  sources: ["mcs-lock-no-link-wait.weft", "mcs-lock.weft"],
  width: 2,
  /** Who takes steps: process instances, then actions. */
  movers: [
    { kind: "process", name: "thread[1]", mustFinish: true },
    { kind: "process", name: "thread[2]", mustFinish: true },
    { kind: "process", name: "thread[3]", mustFinish: true },
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
      switch ((states[offset]! >>> (k * 4)) & 15) {
        case 0: packed_thread_at_mcs_spin_lock_1(k, states, offset, out); break;
        case 1: packed_thread_at_mcs_spin_lock_2(k, states, offset, out); break;
        case 2: packed_thread_at_mcs_spin_lock_3(k, states, offset, out); break;
        case 3: packed_thread_at_mcs_spin_lock_link(k, states, offset, out); break;
        case 4: packed_thread_at_thread_critical(k, states, offset, out); break;
        case 5: packed_thread_at_mcs_spin_lock_spin(k, states, offset, out); break;
        case 6: packed_thread_at_mcs_spin_unlock_1(k, states, offset, out); break;
        case 7: packed_thread_at_mcs_spin_unlock_last(k, states, offset, out); break;
        case 8: packed_thread_at_mcs_spin_unlock_hand_over(k, states, offset, out); break;
        case 9: packed_thread_at_mcs_spin_unlock_wait_for_link(k, states, offset, out); break;
      }
    }
  },
  /** Has this mover, a process instance, come to its end? */
  finished(states: Int32Array, offset: number, mover: number): boolean {
    if (mover < 3) {
      const k = mover;
      return ((states[offset]! >>> (k * 4)) & 15) === 10;
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
    { kind: "invariant", name: "tail_null_when_free", evaluate: packed_invariant_tail_null_when_free },
    { kind: "cover", name: "unlinked_successor", evaluate: packed_cover_unlinked_successor },
    { kind: "cover", name: "queue_of_all", evaluate: packed_cover_queue_of_all },
  ],
  stepPredicates: [],
} as const;
