// ticket_lock_wraps: made by Weft 0.1.0 from ticket-lock-wraps.weft, ticket-lock.weft.
// Sources sha256:98d52c3ae9e2ad92. Do not edit: compile the spec again.

// Tickets that wrap, as a u16 does: right as long as there are at least as many numbers as threads.

const all_Thread: readonly Thread[] = [1, 2, 3];

export type Thread = 1 | 2 | 3;

export type Ticket = 0 | 1 | 2 | 3 | 4 | 5 | 6;

/** The instances of the processes. */
export type Process = "thread[1]" | "thread[2]" | "thread[3]";

/** The shared variables, who holds which lock, and where each process stands with its local variables. */
export type State = {
  /** the next number to be handed out */
  next: Ticket;
  /** the number that may enter */
  owner: Ticket;
  thread: { [key in 1 | 2 | 3]: { at: "lock.take" | "lock.wait" | "thread.critical" | "unlock.1" | "done"; round: 1 | 2; ticket: Ticket; lock_ticket: Ticket } };
};

export const THREADS = 3 as 1 | 2 | 3 | 4;

/** how often each thread enters */
export const ROUNDS = 2 as 1 | 2 | 3;

/** how many numbers there are */
export const TICKETS = 3 as 1 | 2 | 3 | 4 | 5 | 6;

/** First values everywhere, locks free, processes at their first steps. */
const blank: State = {
  next: 0,
  owner: 0,
  thread: { 1: { at: "lock.take", round: 1, ticket: 0, lock_ticket: 0 }, 2: { at: "lock.take", round: 1, ticket: 0, lock_ticket: 0 }, 3: { at: "lock.take", round: 1, ticket: 0, lock_ticket: 0 } },
};

/** The states in which the system may begin. */
export function initialStates(report: Report = newReport()): State[] {
  return run<State>(blank, report, (s) => {
    s.next = 0;
    s.owner = 0;
    for (const me of [1, 2, 3] as const) {
      start: {
        const own = s.thread[me];
        // for round in 1..ROUNDS
        own.round = 1;
        // var ticket: Ticket = 0
        own.lock_ticket = 0;
        own.lock_ticket = 0;
        own.at = "lock.take";
        break start;
      }
    }
  });
}

/**
 * lock.take: `atomic`
 * ticket = atomic_fetch_add(1, &lock->next)
 * ticket-lock-wraps.weft:8
 */
export function thread_at_lock_take(state: State, me: 1 | 2 | 3, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.thread[me];
    // ticket := next
    own.lock_ticket = s.next;
    // next := (next + 1) % TICKETS
    s.next = ((s.next + 1) % TICKETS) as Ticket;
    own.at = "lock.wait";
  });
}

/**
 * lock.wait: `await owner == ticket`
 * while (READ_ONCE(lock->owner) != ticket)
 * ticket-lock.weft:20
 */
export function thread_at_lock_wait(state: State, me: 1 | 2 | 3, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.thread[me];
    let lock_result: Ticket = 0;
    if (!(s.owner === own.lock_ticket)) wait();
    // return ticket
    lock_result = own.lock_ticket;
    own.ticket = lock_result;
    own.lock_ticket = 0;
    own.at = "thread.critical";
  });
}

/**
 * thread.critical: `skip`
 * critical section
 * ticket-lock.weft:32
 */
export function thread_at_thread_critical(state: State, me: 1 | 2 | 3, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.thread[me];
    own.at = "unlock.1";
  });
}

/**
 * unlock.1: `owner := (ticket + 1) % TICKETS`
 * WRITE_ONCE(lock->owner, ticket + 1)
 * ticket-lock-wraps.weft:15
 */
export function thread_at_unlock_1(state: State, me: 1 | 2 | 3, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.thread[me];
    s.owner = ((own.ticket + 1) % TICKETS) as Ticket;
    if (!same(own.round, 2)) {
      // for round in 1..ROUNDS
      own.round = within(own.round + 1, 1, 2, "ticket-lock.weft:29");
      // var ticket: Ticket = 0
      own.lock_ticket = 0;
      own.ticket = 0;
      own.lock_ticket = 0;
      own.at = "lock.take";
      return;
    } else {
      own.round = 1;
      own.ticket = 0;
      own.lock_ticket = 0;
      own.at = "done";
      return;
    }
  });
}

/** The steps that thread can take. */
export function thread(state: State, me: 1 | 2 | 3, report: Report = newReport()): State[] {
  switch (state.thread[me].at) {
    case "lock.take":
      return thread_at_lock_take(state, me, report);
    case "lock.wait":
      return thread_at_lock_wait(state, me, report);
    case "thread.critical":
      return thread_at_thread_critical(state, me, report);
    case "unlock.1":
      return thread_at_unlock_1(state, me, report);
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
 * ticket-lock.weft:38
 */
export function mutual_exclusion(state: State): boolean {
  return all_Thread.every((a) => all_Thread.every((b) => !(a !== b) || !(standsAt(state.thread[a].at, "thread.critical") && standsAt(state.thread[b].at, "thread.critical"))));
}

/**
 * cover all_wait
 * ticket-lock.weft:45
 */
export function all_wait(state: State): boolean {
  return all_Thread.every((a) => standsAt(state.thread[a].at, "thread.critical") || standsAt(state.thread[a].at, "lock.wait"));
}

/**
 * cover all_done
 * ticket-lock.weft:46
 */
export function all_done(state: State): boolean {
  return all_Thread.every((a) => standsAt(state.thread[a].at, "done"));
}

/** Where the words of a packed state keep what: field(word, shift, bits, how many a word). */
const codecs: { readonly [name: string]: Codec } = {
  next: number(0, field(0, 27, 3, 1)),
  owner: number(0, field(1, 0, 3, 1)),
  thread: elements([1, 2, 3], parts({ at: oneValue(["lock.take", "lock.wait", "thread.critical", "unlock.1", "done"], field(0, 0, 3, 3)), round: number(1, field(1, 3, 1, 3)), ticket: number(0, field(0, 9, 3, 3)), lock_ticket: number(0, field(0, 18, 3, 3)) })),
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

/** The number, which must lie in a range. */
function within<T extends number>(value: number, lo: number, hi: number, place: string): T {
  return value >= lo && value <= hi ? (value as T) : fault("range", place);
}

/** Is a location one of these? */
function standsAt(location: string, ...among: readonly string[]): boolean {
  return among.includes(location);
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
  { fault: "range", place: { source: 1, line: 29, start: 981, end: 1003 } },
];
const notes: Note[] = [];
const branches = new Uint8Array(0);

function packedInitial(out: Steps): void {
  let w0 = 0, w1 = 0;
  w0 = w0 & -939524097;
  w1 = w1 & -8;
  for (let k = 0; k < 3; k += 1) {
    l2: {
      w1 = w1 & ~(1 << (k + 3));
      w0 = w0 & ~(7 << (k * 3 + 18));
      w0 = w0 & ~(7 << (k * 3 + 18));
      w0 = w0 & ~(7 << (k * 3));
      break l2;
    }
  }
  arrive(out, -1, w0, w1);
}

function packed_thread_at_lock_take(k: number, states: Int32Array, offset: number, out: Steps): void {
  let w0 = states[offset]!, w1 = states[offset + 1]!;
  w0 = (w0 & ~(7 << (k * 3 + 18))) | (((w0 >>> 27) & 7) << (k * 3 + 18));
  const dividend: number = ((w0 >>> 27) & 7) + 1;
  w0 = (w0 & -939524097) | ((dividend % 3) << 27);
  w0 = (w0 & ~(7 << (k * 3))) | (1 << (k * 3));
  arrive(out, k, w0, w1);
}

function packed_thread_at_lock_wait(k: number, states: Int32Array, offset: number, out: Steps): void {
  let w0 = states[offset]!, w1 = states[offset + 1]!;
  if ((w1 & 7) !== ((w0 >>> (k * 3 + 18)) & 7)) {
    return;
  }
  const lock_result: number = (w0 >>> (k * 3 + 18)) & 7;
  w0 = (w0 & ~(7 << (k * 3 + 9))) | (lock_result << (k * 3 + 9));
  w0 = w0 & ~(7 << (k * 3 + 18));
  w0 = (w0 & ~(7 << (k * 3))) | (2 << (k * 3));
  arrive(out, k, w0, w1);
}

function packed_thread_at_thread_critical(k: number, states: Int32Array, offset: number, out: Steps): void {
  let w0 = states[offset]!, w1 = states[offset + 1]!;
  w0 = (w0 & ~(7 << (k * 3))) | (3 << (k * 3));
  arrive(out, k, w0, w1);
}

function packed_thread_at_unlock_1(k: number, states: Int32Array, offset: number, out: Steps): void {
  let w0 = states[offset]!, w1 = states[offset + 1]!;
  const dividend: number = ((w0 >>> (k * 3 + 9)) & 7) + 1;
  w1 = (w1 & -8) | (dividend % 3);
  if (((w1 >>> (k + 3)) & 1) + 1 !== 2) {
    const t: number = ((w1 >>> (k + 3)) & 1) + 2;
    if (!(t <= 2)) {
      faulted(out, k, 0);
      return;
    }
    w1 = (w1 & ~(1 << (k + 3))) | ((t - 1) << (k + 3));
    w0 = w0 & ~(7 << (k * 3 + 18));
    w0 = w0 & ~(7 << (k * 3 + 9));
    w0 = w0 & ~(7 << (k * 3 + 18));
    w0 = w0 & ~(7 << (k * 3));
    arrive(out, k, w0, w1);
    return;
  } else {
    w1 = w1 & ~(1 << (k + 3));
    w0 = w0 & ~(7 << (k * 3 + 9));
    w0 = w0 & ~(7 << (k * 3 + 18));
    w0 = (w0 & ~(7 << (k * 3))) | (4 << (k * 3));
    arrive(out, k, w0, w1);
    return;
  }
}

function packed_invariant_mutual_exclusion(states: Int32Array, offset: number): number {
  let forall = 0, forall_2 = 0;
  forall = 1;
  l1: for (let o = 0; o < 3; o += 1) {
    forall_2 = 1;
    l2: for (let o_2 = 0; o_2 < 3; o_2 += 1) {
      if (o + 1 !== o_2 + 1 && (((states[offset]! >>> (o * 3)) & 7) === 2 && ((states[offset]! >>> (o_2 * 3)) & 7) === 2)) {
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

function packed_cover_all_wait(states: Int32Array, offset: number): number {
  let forall = 0;
  forall = 1;
  l1: for (let o = 0; o < 3; o += 1) {
    if (((states[offset]! >>> (o * 3)) & 7) !== 2 && ((states[offset]! >>> (o * 3)) & 7) !== 1) {
      forall = 0;
      break l1;
    }
  }
  return forall;
}

function packed_cover_all_done(states: Int32Array, offset: number): number {
  let forall = 0;
  forall = 1;
  l1: for (let o = 0; o < 3; o += 1) {
    if (((states[offset]! >>> (o * 3)) & 7) !== 4) {
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
  sources: ["ticket-lock-wraps.weft", "ticket-lock.weft"],
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
      switch ((states[offset]! >>> (k * 3)) & 7) {
        case 0: packed_thread_at_lock_take(k, states, offset, out); break;
        case 1: packed_thread_at_lock_wait(k, states, offset, out); break;
        case 2: packed_thread_at_thread_critical(k, states, offset, out); break;
        case 3: packed_thread_at_unlock_1(k, states, offset, out); break;
      }
    }
  },
  /** Has this mover, a process instance, come to its end? */
  finished(states: Int32Array, offset: number, mover: number): boolean {
    if (mover < 3) {
      const k = mover;
      return ((states[offset]! >>> (k * 3)) & 7) === 4;
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
    { kind: "cover", name: "all_wait", evaluate: packed_cover_all_wait },
    { kind: "cover", name: "all_done", evaluate: packed_cover_all_done },
  ],
  stepPredicates: [],
} as const;
