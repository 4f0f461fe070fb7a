// two_phase_commit: made by Weft 0.1.0 from two-phase-commit.weft.
// Sources sha256:1df8de1c7b03f777. Do not edit: compile the spec again.

// Two-phase commit, as in Lamport's TwoPhase: resource managers agree to commit or to abort.

const all_Rm: readonly Rm[] = [1, 2, 3];
const all_option: readonly (Rm | null)[] = [null, ...all_Rm];
const all_Kind: readonly Kind[] = ["prepared", "commit", "abort"];
const all_record: readonly Message[] = all_Kind.flatMap((f0) => all_option.map((f1) => ({ kind: f0, rm: f1 })));
const all_RmState: readonly RmState[] = ["working", "prepared", "committed", "aborted"];
const all_TmState: readonly TmState[] = ["init", "committed", "aborted"];

export type Rm = 1 | 2 | 3;

export type RmState = "working" | "prepared" | "committed" | "aborted";

export type TmState = "init" | "committed" | "aborted";

export type Kind = "prepared" | "commit" | "abort";

/** `rm` is the sender of a `prepared`; the transaction manager's own messages go to all. */
export type Message = { kind: Kind; rm: Rm | null };

/** The instances of the processes. */
export type Process = never;

/** The shared variables, who holds which lock, and where each process stands with its local variables. */
export type State = {
  rm_state: { [key in Rm]: RmState };
  tm_state: TmState;
  /** those that the transaction manager knows to be prepared */
  tm_prepared: readonly Rm[];
  msgs: readonly Message[];
};

/** resource managers */
export const RMS = 3 as 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

export const COMMIT = { kind: "commit", rm: null } as Message;

export const ABORT = { kind: "abort", rm: null } as Message;

/** First values everywhere, locks free, processes at their first steps. */
const blank: State = {
  rm_state: { 1: "working", 2: "working", 3: "working" },
  tm_state: "init",
  tm_prepared: [],
  msgs: [],
};

/** The states in which the system may begin. */
export function initialStates(report: Report = newReport()): State[] {
  return run<State>(blank, report, (s) => {
    s.rm_state = keyed(all_Rm, () => "working") as { [key in Rm]: RmState };
    s.tm_state = "init";
    s.tm_prepared = setOf(all_Rm, []);
    s.msgs = setOf(all_record, []);
  });
}

/**
 * The transaction manager hears that a resource manager is prepared.
 * two-phase-commit.weft:28
 */
export function tm_receive_prepared(state: State, given: { readonly rm?: Rm } = {}, report: Report = newReport()): State[] {
  return run<State>(state, report, (s, choose) => {
    let rm: Rm = 1;
    rm = pick<Rm>(choose, given.rm === undefined ? all_Rm : [given.rm], () => true);
    if (!(s.tm_state === "init" && has(s.msgs, ((rm: Rm) => ({ kind: "prepared", rm: rm }))(rm)))) wait();
    // tm_prepared := tm_prepared union {rm}
    s.tm_prepared = union(all_Rm, s.tm_prepared, setOf(all_Rm, [rm]));
  });
}

/**
 * All are prepared: it commits.
 * two-phase-commit.weft:33
 */
export function tm_commit(state: State, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    if (!(same(s.tm_state, "init") && all_Rm.every((rm) => has(s.tm_prepared, rm)))) wait();
    // tm_state := committed
    s.tm_state = "committed";
    // msgs := msgs union {COMMIT}
    s.msgs = copy(union(all_record, s.msgs, setOf(all_record, [COMMIT])));
  });
}

/**
 * It may abort as long as it has not committed.
 * two-phase-commit.weft:39
 */
export function tm_abort(state: State, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    if (!same(s.tm_state, "init")) wait();
    // tm_state := aborted
    s.tm_state = "aborted";
    // msgs := msgs union {ABORT}
    s.msgs = copy(union(all_record, s.msgs, setOf(all_record, [ABORT])));
  });
}

/** two-phase-commit.weft:44 */
export function rm_prepare(state: State, given: { readonly rm?: Rm } = {}, report: Report = newReport()): State[] {
  return run<State>(state, report, (s, choose) => {
    let rm: Rm = 1;
    rm = pick<Rm>(choose, given.rm === undefined ? all_Rm : [given.rm], () => true);
    if (!same(s.rm_state[rm], "working")) wait();
    // rm_state[rm] := prepared
    s.rm_state[rm] = "prepared";
    // msgs := msgs union {prepared_by(rm)}
    s.msgs = copy(union(all_record, s.msgs, setOf(all_record, [((rm: Rm) => ({ kind: "prepared", rm: rm }))(rm)])));
  });
}

/**
 * Before it is prepared, a resource manager may abort by itself.
 * two-phase-commit.weft:50
 */
export function rm_choose_to_abort(state: State, given: { readonly rm?: Rm } = {}, report: Report = newReport()): State[] {
  return run<State>(state, report, (s, choose) => {
    let rm: Rm = 1;
    rm = pick<Rm>(choose, given.rm === undefined ? all_Rm : [given.rm], () => true);
    if (!same(s.rm_state[rm], "working")) wait();
    // rm_state[rm] := aborted
    s.rm_state[rm] = "aborted";
  });
}

/** two-phase-commit.weft:54 */
export function rm_receive_commit(state: State, given: { readonly rm?: Rm } = {}, report: Report = newReport()): State[] {
  return run<State>(state, report, (s, choose) => {
    let rm: Rm = 1;
    rm = pick<Rm>(choose, given.rm === undefined ? all_Rm : [given.rm], () => true);
    if (!has(s.msgs, COMMIT)) wait();
    // rm_state[rm] := committed
    s.rm_state[rm] = "committed";
  });
}

/** two-phase-commit.weft:58 */
export function rm_receive_abort(state: State, given: { readonly rm?: Rm } = {}, report: Report = newReport()): State[] {
  return run<State>(state, report, (s, choose) => {
    let rm: Rm = 1;
    rm = pick<Rm>(choose, given.rm === undefined ? all_Rm : [given.rm], () => true);
    if (!has(s.msgs, ABORT)) wait();
    // rm_state[rm] := aborted
    s.rm_state[rm] = "aborted";
  });
}

/** Who takes steps: process instances, then actions. */
export type Mover = "tm_receive_prepared" | "tm_commit" | "tm_abort" | "rm_prepare" | "rm_choose_to_abort" | "rm_receive_commit" | "rm_receive_abort";

export const movers: readonly Mover[] = ["tm_receive_prepared", "tm_commit", "tm_abort", "rm_prepare", "rm_choose_to_abort", "rm_receive_commit", "rm_receive_abort"];

/** The states to which a mover can go; what goes wrong on the way is added to the report. */
export function next(state: State, mover: Mover, report: Report = newReport()): State[] {
  switch (mover) {
    case "tm_receive_prepared":
      return tm_receive_prepared(state, {}, report);
    case "tm_commit":
      return tm_commit(state, report);
    case "tm_abort":
      return tm_abort(state, report);
    case "rm_prepare":
      return rm_prepare(state, {}, report);
    case "rm_choose_to_abort":
      return rm_choose_to_abort(state, {}, report);
    case "rm_receive_commit":
      return rm_receive_commit(state, {}, report);
    case "rm_receive_abort":
      return rm_receive_abort(state, {}, report);
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
 * invariant consistent
 * No two decide differently.
 * two-phase-commit.weft:66
 */
export function consistent(state: State): boolean {
  return !all_Rm.some((a) => all_Rm.some((b) => state.rm_state[a] === "committed" && state.rm_state[b] === "aborted"));
}

/**
 * cover all_commit
 * two-phase-commit.weft:68
 */
export function all_commit(state: State): boolean {
  return all_Rm.every((rm) => state.rm_state[rm] === "committed");
}

/**
 * cover all_abort
 * two-phase-commit.weft:69
 */
export function all_abort(state: State): boolean {
  return all_Rm.every((rm) => state.rm_state[rm] === "aborted");
}

/**
 * cover lone_abort
 * One aborted by itself before the transaction manager did.
 * two-phase-commit.weft:72
 */
export function lone_abort(state: State): boolean {
  return state.tm_state === "init" && all_Rm.some((rm) => state.rm_state[rm] === "aborted");
}

/** States in which it is right that nothing can happen any more. */
export function isTerminal(state: State): boolean {
  return all_Rm.every((rm) => has(setOf(all_RmState, ["committed", "aborted"]), state.rm_state[rm]));
}

/** Where the words of a packed state keep what: field(word, shift, bits, how many a word). */
const codecs: { readonly [name: string]: Codec } = {
  rm_state: elements(all_Rm, oneValue(all_RmState, field(0, 12, 2, 3))),
  tm_state: oneValue(all_TmState, field(0, 21, 2, 1)),
  tm_prepared: bitSet(all_Rm, field(0, 0, 0, 1), field(0, 18, 3, 1)),
  msgs: bitSet(all_record, field(0, 0, 0, 1), field(0, 0, 12, 1)),
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

/** One of the values that pass the test; none: the step waits, or faults where it may not wait. */
function pick<T>(
  choose: Choose,
  values: readonly T[],
  test: (value: T) => boolean,
  stuck?: string,
): T {
  const at = choose(values.length, (alternative) => test(values[alternative] as T));
  if (at < values.length) return values[at] as T;
  return stuck === undefined ? wait() : fault("atomic-stuck", stuck);
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

/** Is the value among these? */
function has(set: readonly unknown[], value: unknown): boolean {
  return set.some((element) => same(element, value));
}

/** A set: the elements in the order of their type, each once. */
function setOf<T>(all: readonly T[], elements: readonly unknown[]): T[] {
  return all.filter((value) => has(elements, value));
}

/** The set of what is in either. */
function union<T>(
  all: readonly T[],
  left: readonly unknown[],
  right: readonly unknown[],
): T[] {
  return setOf(all, [...left, ...right]);
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

/** A set, one bit for each value; more than 32 of them fill whole words first. */
function bitSet(values: readonly unknown[], whole: Field, rest: Field): Codec {
  const wholeWords = Math.floor(values.length / 32);
  const placeOf = (index: number, bit: number): [Field, number] => {
    const word = Math.floor(bit / 32);
    return word < wholeWords ? [whole, index * wholeWords + word] : [rest, index];
  };
  return {
    get: (words, offset, index) =>
      values.filter((_, bit) => {
        const [at, position] = placeOf(index, bit);
        return ((getField(at, words, offset, position) >>> (bit % 32)) & 1) === 1;
      }),
    put(words, offset, index, value) {
      values.forEach((one, bit) => {
        if (!has(value as readonly unknown[], one)) return;
        const [at, position] = placeOf(index, bit);
        putField(
          at,
          words,
          offset,
          position,
          getField(at, words, offset, position) | (1 << (bit % 32)),
        );
      });
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
const branches = new Uint8Array(0);
const scratch = new Int32Array(2);
const choices: number[] = [];
const limits: number[] = [];

function packedInitial(out: Steps): void {
  let w0 = 0;
  for (let _1 = 0; _1 < 3; _1 += 1) {
    w0 = w0 & ~(3 << (_1 * 2 + 12));
  }
  w0 = w0 & -6291457;
  w0 = w0 & -1835009;
  w0 = w0 & -4096;
  arrive(out, -1, w0);
}

function packed_tm_receive_prepared(states: Int32Array, offset: number, out: Steps): void {
  let rm_number = 0, both = 0, w0 = 0, top = 0, depth = 0;
  do {
    w0 = states[offset]!; depth = 0;
    path: {
      depth += 1;
      rm_number = depth > top ? 0 : choices[depth - 1]!;
      limits[depth - 1] = 3;
      for (; ; rm_number += 1) {
        choices[depth - 1] = rm_number;
        if (rm_number === 3) {
          if (depth > top) {
            break path;
          }
          break path;
        }
        break;
      }
      const rm: number = rm_number + 1;
      both = ((w0 >>> 21) & 3) === 0 ? 1 : 0;
      if (both !== 0) {
        scratch[0] = 0;
        scratch[1] = rm;
        const set: number = w0 & 4095;
        const some: number = scratch[1]! !== 0 ? 1 : 0;
        const ordinal: number = scratch[0]! * 4 + (some !== 0 ? scratch[1]! : 0);
        both = (set >>> ordinal) & 1;
      }
      if (both === 0) {
        break path;
      }
      const t: number = (w0 >>> 18) & 7;
      const t_2: number = 1 << rm - 1;
      w0 = (w0 & -1835009) | ((t | t_2) << 18);
      arrive(out, 0, w0);
      break path;
    }
    top = depth;
    while (top > 0 && (choices[top - 1]! += 1) >= limits[top - 1]!) top -= 1;
  } while (top > 0);
}

function packed_tm_commit(states: Int32Array, offset: number, out: Steps): void {
  let forall = 0, both = 0, w0 = states[offset]!;
  both = ((w0 >>> 21) & 3) === 0 ? 1 : 0;
  if (both !== 0) {
    forall = 1;
    l1: for (let o = 0; o < 3; o += 1) {
      const set: number = (w0 >>> 18) & 7;
      if (((set >>> o) & 1) === 0) {
        forall = 0;
        break l1;
      }
    }
    both = forall;
  }
  if (both === 0) {
    return;
  }
  w0 = (w0 & -6291457) | 2097152;
  const t: number = w0 & 4095;
  w0 = (w0 & -4096) | (t | 16);
  arrive(out, 1, w0);
}

function packed_tm_abort(states: Int32Array, offset: number, out: Steps): void {
  let w0 = states[offset]!;
  if (((w0 >>> 21) & 3) !== 0) {
    return;
  }
  w0 = (w0 & -6291457) | 4194304;
  const t: number = w0 & 4095;
  w0 = (w0 & -4096) | (t | 256);
  arrive(out, 2, w0);
}

function packed_rm_prepare(states: Int32Array, offset: number, out: Steps): void {
  let rm_number = 0, w0 = 0, top = 0, depth = 0;
  do {
    w0 = states[offset]!; depth = 0;
    path: {
      depth += 1;
      rm_number = depth > top ? 0 : choices[depth - 1]!;
      limits[depth - 1] = 3;
      for (; ; rm_number += 1) {
        choices[depth - 1] = rm_number;
        if (rm_number === 3) {
          if (depth > top) {
            break path;
          }
          break path;
        }
        break;
      }
      const rm: number = rm_number + 1;
      if (((w0 >>> ((rm - 1) * 2 + 12)) & 3) !== 0) {
        break path;
      }
      {
        const shift = (rm - 1) * 2 + 12;
        w0 = (w0 & ~(3 << shift)) | (1 << shift);
      }
      const t: number = w0 & 4095;
      scratch[0] = 0;
      scratch[1] = rm;
      const some: number = scratch[1]! !== 0 ? 1 : 0;
      const t_2: number = 1 << scratch[0]! * 4 + (some !== 0 ? scratch[1]! : 0);
      w0 = (w0 & -4096) | (t | t_2);
      arrive(out, 3, w0);
      break path;
    }
    top = depth;
    while (top > 0 && (choices[top - 1]! += 1) >= limits[top - 1]!) top -= 1;
  } while (top > 0);
}

function packed_rm_choose_to_abort(states: Int32Array, offset: number, out: Steps): void {
  let rm_number = 0, w0 = 0, top = 0, depth = 0;
  do {
    w0 = states[offset]!; depth = 0;
    path: {
      depth += 1;
      rm_number = depth > top ? 0 : choices[depth - 1]!;
      limits[depth - 1] = 3;
      for (; ; rm_number += 1) {
        choices[depth - 1] = rm_number;
        if (rm_number === 3) {
          if (depth > top) {
            break path;
          }
          break path;
        }
        break;
      }
      const rm: number = rm_number + 1;
      if (((w0 >>> ((rm - 1) * 2 + 12)) & 3) !== 0) {
        break path;
      }
      {
        const shift = (rm - 1) * 2 + 12;
        w0 = w0 | (3 << shift);
      }
      arrive(out, 4, w0);
      break path;
    }
    top = depth;
    while (top > 0 && (choices[top - 1]! += 1) >= limits[top - 1]!) top -= 1;
  } while (top > 0);
}

function packed_rm_receive_commit(states: Int32Array, offset: number, out: Steps): void {
  let rm_number = 0, w0 = 0, top = 0, depth = 0;
  do {
    w0 = states[offset]!; depth = 0;
    path: {
      depth += 1;
      rm_number = depth > top ? 0 : choices[depth - 1]!;
      limits[depth - 1] = 3;
      for (; ; rm_number += 1) {
        choices[depth - 1] = rm_number;
        if (rm_number === 3) {
          if (depth > top) {
            break path;
          }
          break path;
        }
        break;
      }
      const rm: number = rm_number + 1;
      const set: number = w0 & 4095;
      if (((set >>> 4) & 1) === 0) {
        break path;
      }
      {
        const shift = (rm - 1) * 2 + 12;
        w0 = (w0 & ~(3 << shift)) | (2 << shift);
      }
      arrive(out, 5, w0);
      break path;
    }
    top = depth;
    while (top > 0 && (choices[top - 1]! += 1) >= limits[top - 1]!) top -= 1;
  } while (top > 0);
}

function packed_rm_receive_abort(states: Int32Array, offset: number, out: Steps): void {
  let rm_number = 0, w0 = 0, top = 0, depth = 0;
  do {
    w0 = states[offset]!; depth = 0;
    path: {
      depth += 1;
      rm_number = depth > top ? 0 : choices[depth - 1]!;
      limits[depth - 1] = 3;
      for (; ; rm_number += 1) {
        choices[depth - 1] = rm_number;
        if (rm_number === 3) {
          if (depth > top) {
            break path;
          }
          break path;
        }
        break;
      }
      const rm: number = rm_number + 1;
      const set: number = w0 & 4095;
      if (((set >>> 8) & 1) === 0) {
        break path;
      }
      {
        const shift = (rm - 1) * 2 + 12;
        w0 = w0 | (3 << shift);
      }
      arrive(out, 6, w0);
      break path;
    }
    top = depth;
    while (top > 0 && (choices[top - 1]! += 1) >= limits[top - 1]!) top -= 1;
  } while (top > 0);
}

function packed_invariant_consistent(states: Int32Array, offset: number): number {
  let exists = 0, exists_2 = 0;
  exists = 0;
  l1: for (let o = 0; o < 3; o += 1) {
    exists_2 = 0;
    l2: for (let o_2 = 0; o_2 < 3; o_2 += 1) {
      if (((states[offset]! >>> (o * 2 + 12)) & 3) === 2 && ((states[offset]! >>> (o_2 * 2 + 12)) & 3) === 3) {
        exists_2 = 1;
        break l2;
      }
    }
    if (exists_2 !== 0) {
      exists = 1;
      break l1;
    }
  }
  return exists === 0 ? 1 : 0;
}

function packed_cover_all_commit(states: Int32Array, offset: number): number {
  let forall = 0;
  forall = 1;
  l1: for (let o = 0; o < 3; o += 1) {
    if (((states[offset]! >>> (o * 2 + 12)) & 3) !== 2) {
      forall = 0;
      break l1;
    }
  }
  return forall;
}

function packed_cover_all_abort(states: Int32Array, offset: number): number {
  let forall = 0;
  forall = 1;
  l1: for (let o = 0; o < 3; o += 1) {
    if (((states[offset]! >>> (o * 2 + 12)) & 3) !== 3) {
      forall = 0;
      break l1;
    }
  }
  return forall;
}

function packed_cover_lone_abort(states: Int32Array, offset: number): number {
  let exists = 0, both = 0;
  both = ((states[offset]! >>> 21) & 3) === 0 ? 1 : 0;
  if (both !== 0) {
    exists = 0;
    l1: for (let o = 0; o < 3; o += 1) {
      if (((states[offset]! >>> (o * 2 + 12)) & 3) === 3) {
        exists = 1;
        break l1;
      }
    }
    both = exists;
  }
  return both;
}

function packed_terminal_terminal(states: Int32Array, offset: number): number {
  let forall = 0;
  forall = 1;
  l1: for (let o = 0; o < 3; o += 1) {
    const element: number = (states[offset]! >>> (o * 2 + 12)) & 3;
    if (((12 >>> element) & 1) === 0) {
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

/** The machine over packed states: `width` words of an Int32Array each. */
export const packed = {
  sources: ["two-phase-commit.weft"],
  width: 1,
  /** Who takes steps: process instances, then actions. */
  movers: [
    { kind: "action", name: "tm_receive_prepared", mustFinish: false },
    { kind: "action", name: "tm_commit", mustFinish: false },
    { kind: "action", name: "tm_abort", mustFinish: false },
    { kind: "action", name: "rm_prepare", mustFinish: false },
    { kind: "action", name: "rm_choose_to_abort", mustFinish: false },
    { kind: "action", name: "rm_receive_commit", mustFinish: false },
    { kind: "action", name: "rm_receive_abort", mustFinish: false },
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
    packed_tm_receive_prepared(states, offset, out);
    packed_tm_commit(states, offset, out);
    packed_tm_abort(states, offset, out);
    packed_rm_prepare(states, offset, out);
    packed_rm_choose_to_abort(states, offset, out);
    packed_rm_receive_commit(states, offset, out);
    packed_rm_receive_abort(states, offset, out);
  },
  /** Has this mover, a process instance, come to its end? */
  finished(_states: Int32Array, _offset: number, _mover: number): boolean {
    return false;
  },
  /** Does no process stand at local work? Properties are judged in such states only. */
  atRest(_states: Int32Array, _offset: number): boolean {
    return true;
  },
  /** 1 holds, 0 does not, 2 cannot be evaluated. */
  statePredicates: [
    { kind: "invariant", name: "consistent", evaluate: packed_invariant_consistent },
    { kind: "cover", name: "all_commit", evaluate: packed_cover_all_commit },
    { kind: "cover", name: "all_abort", evaluate: packed_cover_all_abort },
    { kind: "cover", name: "lone_abort", evaluate: packed_cover_lone_abort },
    { kind: "terminal", name: "terminal", evaluate: packed_terminal_terminal },
  ],
  stepPredicates: [],
} as const;
