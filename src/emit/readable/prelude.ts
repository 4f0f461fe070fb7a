// What the readable form of a generated module calls: each function here is printed at the end of a module that needs it.
// This is real code, checked and tested as such; prelude-text.ts holds its text, which a test keeps fresh.

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
export class Waits extends Error {}

/** What happened beside the states that were reached. */
export interface Report {
  readonly faults: Fault[];
  /** Names of assertions that failed. */
  readonly failed: string[];
}

/** Gives the number of an alternative: each path through a step takes other ones. */
export type Choose = (from: number, accepts: (alternative: number) => boolean) => number;

/** A report of nothing so far. */
export function newReport(): Report {
  return { faults: [], failed: [] };
}

/** Runs a step in every possible way, each time on a copy of the state. */
export function run<S>(state: S, report: Report, step: (copy: S, choose: Choose) => void): S[] {
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
export function pick<T>(
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
export function wait(): never {
  throw new Waits();
}

/** Ends the step: something went wrong. */
export function fault(kind: string, place: string): never {
  throw new Fault(kind, place);
}

/** A copy that shares nothing with the original. */
export function copy<T>(value: T): T {
  if (Array.isArray(value)) return value.map((element) => copy(element)) as T;
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copy(part)])) as T;
}

/** Are two values the same, part by part? */
export function same(left: unknown, right: unknown): boolean {
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
export function within<T extends number>(value: number, lo: number, hi: number, place: string): T {
  return value >= lo && value <= hi ? (value as T) : fault("range", place);
}

/** The value, which must pass a test. */
export function fitting<T>(value: unknown, test: (value: T) => boolean, place: string): T {
  return test(value as T) ? (value as T) : fault("range", place);
}

/** The key, which must be one of the array's. */
export function keyOf<K extends string | number>(
  array: { readonly [key in K]: unknown },
  key: unknown,
  place: string,
): K {
  return Object.hasOwn(array, String(key)) ? (String(key) as K) : fault("index", place);
}

/** The value, which must be one of these. */
export function oneOf<T>(values: readonly T[], value: unknown, place: string): T {
  return values.includes(value as T) ? (value as T) : fault("index", place);
}

/** The position, which must be one of the sequence's. */
export function position(sequence: readonly unknown[], index: number, place: string): number {
  return index >= 0 && index < sequence.length ? index : fault("index", place);
}

/** An element of a sequence. */
export function element<T>(sequence: readonly T[], index: number, place: string): T {
  return sequence[position(sequence, index, place)] as T;
}

/** The array with another value for one key. */
export function withKey<A extends object>(
  array: A,
  key: unknown,
  value: unknown,
  place: string,
): A {
  return { ...array, [keyOf(array as { readonly [key: string]: unknown }, key, place)]: value };
}

/** The sequence with another element. */
export function withElement<T>(
  sequence: readonly T[],
  index: number,
  value: T,
  place: string,
): T[] {
  return sequence.with(position(sequence, index, place), value);
}

/** The value of an option, which must not be null. */
export function present<T>(option: T | null, place: string): T {
  return option === null ? fault("null-used", place) : option;
}

/** The first element of a sequence. */
export function first<T>(sequence: readonly T[], place: string): T {
  return sequence.length === 0 ? fault("sequence-empty", place) : (sequence[0] as T);
}

/** The sequence without its first element. */
export function rest<T>(sequence: readonly T[], place: string): T[] {
  return sequence.length === 0 ? fault("sequence-empty", place) : sequence.slice(1);
}

/** The sequence with one more element. */
export function append<T>(sequence: readonly T[], last: T, upto: number, place: string): T[] {
  return sequence.length >= upto ? fault("sequence-full", place) : [...sequence, last];
}

/** The first element of a set. */
export function least<T>(set: readonly T[], place: string): T {
  return set.length === 0 ? fault("empty-set", place) : (set[0] as T);
}

/** The last element of a set. */
export function greatest<T>(set: readonly T[], place: string): T {
  return set.length === 0 ? fault("empty-set", place) : (set.at(-1) as T);
}

/** A quotient rounded down, of a left side of at least 0 and a right side above 0. */
export function quotient(left: number, right: number, place: string): number {
  return left < 0 || right <= 0 ? fault("division", place) : Math.floor(left / right);
}

/** What a division leaves over. */
export function remainder(left: number, right: number, place: string): number {
  return left < 0 || right <= 0 ? fault("division", place) : left % right;
}

/** The numbers from `lo` to `hi`. */
export function range<T extends number>(lo: number, hi: number): T[] {
  return Array.from({ length: Math.max(0, hi - lo + 1) }, (_, index) => (lo + index) as T);
}

/** Is the value among these? */
export function has(set: readonly unknown[], value: unknown): boolean {
  return set.some((element) => same(element, value));
}

/** A set: the elements in the order of their type, each once. */
export function setOf<T>(all: readonly T[], elements: readonly unknown[]): T[] {
  return all.filter((value) => has(elements, value));
}

/** The set of what is in either. */
export function union<T>(
  all: readonly T[],
  left: readonly unknown[],
  right: readonly unknown[],
): T[] {
  return setOf(all, [...left, ...right]);
}

/** The set of what is in both. */
export function intersection<T>(left: readonly T[], right: readonly unknown[]): T[] {
  return left.filter((value) => has(right, value));
}

/** The set of what is in the first but not in the second. */
export function difference<T>(left: readonly T[], right: readonly unknown[]): T[] {
  return left.filter((value) => !has(right, value));
}

/** Is every element of the first set in the second? */
export function isSubset(left: readonly unknown[], right: readonly unknown[]): boolean {
  return left.every((value) => has(right, value));
}

/** Is a location one of these? */
export function standsAt(location: string, ...among: readonly string[]): boolean {
  return among.includes(location);
}

/** All sets of these values, in order: like binary numbers whose lowest digit is the first value. */
export function subsets<T>(all: readonly T[]): T[][] {
  return Array.from({ length: 2 ** all.length }, (_, mask) =>
    all.filter((__, digit) => (mask >> digit) % 2 === 1),
  );
}

/** All sequences of up to so many of these values, the shorter ones first. */
export function sequences<T>(all: readonly T[], upto: number): T[][] {
  let longest: T[][] = [[]];
  const found = [...longest];
  for (let length = 1; length <= upto; length += 1) {
    longest = longest.flatMap((shorter) => all.map((value) => [...shorter, value]));
    found.push(...longest);
  }
  return found;
}

/** An array with a value for each key. */
export function keyed<A extends object, K>(keys: readonly K[], make: (key: K) => A[keyof A]): A {
  return Object.fromEntries(keys.map((key) => [String(key), make(key)])) as A;
}

/** All arrays with these keys and values, the first key slowest. */
export function arrays<K, V>(keys: readonly K[], values: readonly V[]): { [key: string]: V }[] {
  return keys.reduce<{ [key: string]: V }[]>(
    (found, key) =>
      found.flatMap((array) => values.map((value) => ({ ...array, [String(key)]: value }))),
    [{}],
  );
}

/** A lock that readers can share. */
export interface ReadLock<P> {
  writer: P | null;
  readers: readonly P[];
}

/** Does the process hold the lock, in any mode? */
export function holds(lock: unknown, self: unknown): boolean {
  if (lock === null || typeof lock !== "object") return lock === self;
  const { writer, readers } = lock as ReadLock<unknown>;
  return writer === self || readers.includes(self);
}

/** Does anyone hold the lock? */
export function isHeld(lock: unknown): boolean {
  if (lock === null || typeof lock !== "object") return lock !== null;
  const { writer, readers } = lock as ReadLock<unknown>;
  return writer !== null || readers.length > 0;
}

/** The lock once the process has taken it; it waits while another holds it. */
export function acquired<L>(lock: L, self: unknown, place: string): L {
  if (holds(lock, self)) fault("double-acquire", place);
  if (isHeld(lock)) wait();
  return (lock === null || typeof lock !== "object" ? self : { writer: self, readers: [] }) as L;
}

/** The lock once the process reads under it; readers stand in the order of all processes. */
export function acquiredForRead<P>(
  lock: ReadLock<P>,
  self: P,
  processes: readonly P[],
  place: string,
): ReadLock<P> {
  if (holds(lock, self)) fault("double-acquire", place);
  if (lock.writer !== null) wait();
  return { writer: null, readers: setOf(processes, [...lock.readers, self]) };
}

/** The lock once the process has let it go. */
export function released<L>(lock: L, self: unknown, place: string): L {
  if (!holds(lock, self)) fault("release-not-held", place);
  if (lock === null || typeof lock !== "object") return null as L;
  const { writer, readers } = lock as unknown as ReadLock<unknown>;
  const left = readers.filter((reader) => reader !== self);
  return { writer: writer === self ? null : writer, readers: left } as L;
}

/** The lock once its writer only reads. */
export function downgraded<P>(lock: ReadLock<P>, self: P, place: string): ReadLock<P> {
  return lock.writer === self
    ? { writer: null, readers: [self] }
    : fault("downgrade-not-held", place);
}
