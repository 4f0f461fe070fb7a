// lost_update: made by Weft 0.1.0 from lost-update.weft.
// Sources sha256:b8392ced624e4d5b. Do not edit: compile the spec again.

// Two CPUs count an event each. Is any of them lost?

const all_Cpu: readonly Cpu[] = [1, 2];

export type Cpu = 1 | 2;

/** The instances of the processes. */
export type Process = "cpu[1]" | "cpu[2]";

/** The shared variables, who holds which lock, and where each process stands with its local variables. */
export type State = {
  hits: 0 | 1 | 2;
  cpu: { [key in 1 | 2]: { at: "count_hit.1" | "count_hit.2" | "done"; count_hit_seen: 0 | 1 | 2 } };
};

/** First values everywhere, locks free, processes at their first steps. */
const blank: State = {
  hits: 0,
  cpu: { 1: { at: "count_hit.1", count_hit_seen: 0 }, 2: { at: "count_hit.1", count_hit_seen: 0 } },
};

/** The states in which the system may begin. */
export function initialStates(report: Report = newReport()): State[] {
  return run<State>(blank, report, (s) => {
    s.hits = 0;
    for (const c of [1, 2] as const) {
      start: {
        const own = s.cpu[c];
        own.at = "count_hit.1";
        break start;
      }
    }
  });
}

/**
 * count_hit.1: `var seen: 0..2 = hits`
 * seen = READ_ONCE(hits)
 * lost-update.weft:9
 */
export function cpu_at_count_hit_1(state: State, c: 1 | 2, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.cpu[c];
    own.count_hit_seen = s.hits;
    own.at = "count_hit.2";
  });
}

/**
 * count_hit.2: `hits := seen + 1`
 * WRITE_ONCE(hits, seen + 1)
 * lost-update.weft:10
 */
export function cpu_at_count_hit_2(state: State, c: 1 | 2, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.cpu[c];
    s.hits = within(own.count_hit_seen + 1, 0, 2, "lost-update.weft:10");
    own.count_hit_seen = 0;
    own.at = "done";
  });
}

/** The steps that cpu can take. */
export function cpu(state: State, c: 1 | 2, report: Report = newReport()): State[] {
  switch (state.cpu[c].at) {
    case "count_hit.1":
      return cpu_at_count_hit_1(state, c, report);
    case "count_hit.2":
      return cpu_at_count_hit_2(state, c, report);
    default:
      return [];
  }
}

/** Who takes steps: process instances, then actions. */
export type Mover = "cpu[1]" | "cpu[2]";

export const movers: readonly Mover[] = ["cpu[1]", "cpu[2]"];

/** The states to which a mover can go; what goes wrong on the way is added to the report. */
export function next(state: State, mover: Mover, report: Report = newReport()): State[] {
  switch (mover) {
    case "cpu[1]":
      return cpu(state, 1, report);
    case "cpu[2]":
      return cpu(state, 2, report);
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
 * invariant none_lost
 * When both are done, both were counted. (Not so: take a lock around the two steps and see.)
 * lost-update.weft:16
 */
export function none_lost(state: State): boolean {
  return !all_Cpu.every((c) => standsAt(state.cpu[c].at, "done")) || state.hits === 2;
}

/**
 * cover both_counted
 * lost-update.weft:18
 */
export function both_counted(state: State): boolean {
  return state.hits === 2;
}

/** Where the words of a packed state keep what: field(word, shift, bits, how many a word). */
const codecs: { readonly [name: string]: Codec } = {
  hits: number(0, field(0, 8, 2, 1)),
  cpu: elements([1, 2], parts({ at: oneValue(["count_hit.1", "count_hit.2", "done"], field(0, 0, 2, 2)), count_hit_seen: number(0, field(0, 4, 2, 2)) })),
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
  { fault: "range", place: { source: 0, line: 10, start: 198, end: 202 } },
];
const notes: Note[] = [];
const branches = new Uint8Array(0);

function packedInitial(out: Steps): void {
  let w0 = 0;
  w0 = w0 & -769;
  for (let k = 0; k < 2; k += 1) {
    l2: {
      w0 = w0 & ~(3 << (k * 2));
      break l2;
    }
  }
  arrive(out, -1, w0);
}

function packed_cpu_at_count_hit_1(k: number, states: Int32Array, offset: number, out: Steps): void {
  let w0 = states[offset]!;
  w0 = (w0 & ~(3 << (k * 2 + 4))) | (((w0 >>> 8) & 3) << (k * 2 + 4));
  w0 = (w0 & ~(3 << (k * 2))) | (1 << (k * 2));
  arrive(out, k, w0);
}

function packed_cpu_at_count_hit_2(k: number, states: Int32Array, offset: number, out: Steps): void {
  let w0 = states[offset]!;
  const t: number = ((w0 >>> (k * 2 + 4)) & 3) + 1;
  if (!(t <= 2)) {
    faulted(out, k, 0);
    return;
  }
  w0 = (w0 & -769) | (t << 8);
  w0 = w0 & ~(3 << (k * 2 + 4));
  w0 = (w0 & ~(3 << (k * 2))) | (2 << (k * 2));
  arrive(out, k, w0);
}

function packed_invariant_none_lost(states: Int32Array, offset: number): number {
  let forall = 0;
  forall = 1;
  l1: for (let o = 0; o < 2; o += 1) {
    if (((states[offset]! >>> (o * 2)) & 3) !== 2) {
      forall = 0;
      break l1;
    }
  }
  return !(forall !== 0 && ((states[offset]! >>> 8) & 3) !== 2) ? 1 : 0;
}

function packed_cover_both_counted(states: Int32Array, offset: number): number {
  return ((states[offset]! >>> 8) & 3) === 2 ? 1 : 0;
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

/** The machine over packed states: `width` words of an Int32Array each. */
export const packed = {
  sources: ["lost-update.weft"],
  width: 1,
  /** Who takes steps: process instances, then actions. */
  movers: [
    { kind: "process", name: "cpu[1]", mustFinish: true },
    { kind: "process", name: "cpu[2]", mustFinish: true },
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
      switch ((states[offset]! >>> (k * 2)) & 3) {
        case 0: packed_cpu_at_count_hit_1(k, states, offset, out); break;
        case 1: packed_cpu_at_count_hit_2(k, states, offset, out); break;
      }
    }
  },
  /** Has this mover, a process instance, come to its end? */
  finished(states: Int32Array, offset: number, mover: number): boolean {
    if (mover < 2) {
      const k = mover;
      return ((states[offset]! >>> (k * 2)) & 3) === 2;
    }
    return false;
  },
  /** Does no process stand at local work? Properties are judged in such states only. */
  atRest(_states: Int32Array, _offset: number): boolean {
    return true;
  },
  /** 1 holds, 0 does not, 2 cannot be evaluated. */
  statePredicates: [
    { kind: "invariant", name: "none_lost", evaluate: packed_invariant_none_lost },
    { kind: "cover", name: "both_counted", evaluate: packed_cover_both_counted },
  ],
  stepPredicates: [],
} as const;
