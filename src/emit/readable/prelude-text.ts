// The text of each declaration of the prelude, for modules that need it. Written by a test from prelude.ts and prelude-codec.ts.

/** A declaration as TypeScript and as JavaScript (empty: a type), and what it refers to. */
export interface PreludeEntry {
  readonly uses: readonly string[];
  readonly typed: string;
  readonly plain: string;
}

export const preludeText: { readonly [name: string]: PreludeEntry } = {
  Fault: {
    uses: [],
    typed: "/** Something that went wrong while a step ran: what, and where in the spec. */\nexport class Fault extends Error {\n  readonly kind: string;\n  readonly place: string;\n  constructor(kind: string, place: string) {\n    super([kind, place].join(\" at \"));\n    this.kind = kind;\n    this.place = place;\n  }\n}",
    plain: "/** Something that went wrong while a step ran: what, and where in the spec. */\nexport class Fault extends Error {\n  kind;\n  place;\n  constructor(kind, place) {\n    super([kind, place].join(\" at \"));\n    this.kind = kind;\n    this.place = place;\n  }\n}",
  },
  Waits: {
    uses: [],
    typed: "/** A step that cannot be taken now. */\nclass Waits extends Error {}",
    plain: "/** A step that cannot be taken now. */\nclass Waits extends Error {\n}",
  },
  Report: {
    uses: ["Fault"],
    typed: "/** What happened beside the states that were reached. */\nexport interface Report {\n  readonly faults: Fault[];\n  /** Names of assertions that failed. */\n  readonly failed: string[];\n}",
    plain: "",
  },
  Choose: {
    uses: [],
    typed: "/** Gives the number of an alternative: each path through a step takes other ones. */\ntype Choose = (from: number, accepts: (alternative: number) => boolean) => number;",
    plain: "",
  },
  newReport: {
    uses: ["Report"],
    typed: "/** A report of nothing so far. */\nexport function newReport(): Report {\n  return { faults: [], failed: [] };\n}",
    plain: "/** A report of nothing so far. */\nexport function newReport() {\n  return { faults: [], failed: [] };\n}",
  },
  run: {
    uses: ["Fault", "Waits", "Report", "Choose", "copy"],
    typed: "/** Runs a step in every possible way, each time on a copy of the state. */\nfunction run<S>(state: S, report: Report, step: (copy: S, choose: Choose) => void): S[] {\n  const found: S[] = [];\n  let taken: { at: number; of: number }[] = [];\n  do {\n    let depth = 0;\n    const choose: Choose = (of, accepts) => {\n      depth += 1;\n      const known = taken[depth - 1];\n      const choice = known ?? { at: 0, of };\n      if (known === undefined) taken.push(choice);\n      while (choice.at < of && !accepts(choice.at)) choice.at += 1;\n      if (choice.at === of && known !== undefined) throw new Waits();\n      return choice.at;\n    };\n    const copied = copy(state);\n    try {\n      step(copied, choose);\n      found.push(copied);\n    } catch (error) {\n      if (error instanceof Fault) report.faults.push(error);\n      else if (!(error instanceof Waits)) throw error;\n    }\n    taken = taken.slice(0, depth);\n    for (let last = taken.at(-1); last !== undefined; last = taken.at(-1)) {\n      last.at += 1;\n      if (last.at < last.of) break;\n      taken.pop();\n    }\n  } while (taken.length > 0);\n  return found;\n}",
    plain: "/** Runs a step in every possible way, each time on a copy of the state. */\nfunction run(state, report, step) {\n  const found = [];\n  let taken = [];\n  do {\n    let depth = 0;\n    const choose = (of, accepts) => {\n      depth += 1;\n      const known = taken[depth - 1];\n      const choice = known ?? { at: 0, of };\n      if (known === void 0) taken.push(choice);\n      while (choice.at < of && !accepts(choice.at)) choice.at += 1;\n      if (choice.at === of && known !== void 0) throw new Waits();\n      return choice.at;\n    };\n    const copied = copy(state);\n    try {\n      step(copied, choose);\n      found.push(copied);\n    } catch (error) {\n      if (error instanceof Fault) report.faults.push(error);\n      else if (!(error instanceof Waits)) throw error;\n    }\n    taken = taken.slice(0, depth);\n    for (let last = taken.at(-1); last !== void 0; last = taken.at(-1)) {\n      last.at += 1;\n      if (last.at < last.of) break;\n      taken.pop();\n    }\n  } while (taken.length > 0);\n  return found;\n}",
  },
  pick: {
    uses: ["Choose", "wait", "fault"],
    typed: "/** One of the values that pass the test; none: the step waits, or faults where it may not wait. */\nfunction pick<T>(\n  choose: Choose,\n  values: readonly T[],\n  test: (value: T) => boolean,\n  stuck?: string,\n): T {\n  const at = choose(values.length, (alternative) => test(values[alternative] as T));\n  if (at < values.length) return values[at] as T;\n  return stuck === undefined ? wait() : fault(\"atomic-stuck\", stuck);\n}",
    plain: "/** One of the values that pass the test; none: the step waits, or faults where it may not wait. */\nfunction pick(choose, values, test, stuck) {\n  const at = choose(values.length, (alternative) => test(values[alternative]));\n  if (at < values.length) return values[at];\n  return stuck === void 0 ? wait() : fault(\"atomic-stuck\", stuck);\n}",
  },
  wait: {
    uses: ["Waits"],
    typed: "/** Ends the step: it cannot be taken. */\nfunction wait(): never {\n  throw new Waits();\n}",
    plain: "/** Ends the step: it cannot be taken. */\nfunction wait() {\n  throw new Waits();\n}",
  },
  fault: {
    uses: ["Fault"],
    typed: "/** Ends the step: something went wrong. */\nfunction fault(kind: string, place: string): never {\n  throw new Fault(kind, place);\n}",
    plain: "/** Ends the step: something went wrong. */\nfunction fault(kind, place) {\n  throw new Fault(kind, place);\n}",
  },
  copy: {
    uses: [],
    typed: "/** A copy that shares nothing with the original. */\nfunction copy<T>(value: T): T {\n  if (Array.isArray(value)) return value.map((element) => copy(element)) as T;\n  if (value === null || typeof value !== \"object\") return value;\n  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copy(part)])) as T;\n}",
    plain: "/** A copy that shares nothing with the original. */\nfunction copy(value) {\n  if (Array.isArray(value)) return value.map((element) => copy(element));\n  if (value === null || typeof value !== \"object\") return value;\n  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copy(part)]));\n}",
  },
  same: {
    uses: [],
    typed: "/** Are two values the same, part by part? */\nfunction same(left: unknown, right: unknown): boolean {\n  if (left === right) return true;\n  if (left === null || right === null || typeof left !== \"object\" || typeof right !== \"object\")\n    return false;\n  const [parts, others] = [Object.entries(left), Object.entries(right)];\n  if (parts.length !== others.length) return false;\n  return parts.every(\n    ([key, part]) => key in right && same(part, (right as { [key: string]: unknown })[key]),\n  );\n}",
    plain: "/** Are two values the same, part by part? */\nfunction same(left, right) {\n  if (left === right) return true;\n  if (left === null || right === null || typeof left !== \"object\" || typeof right !== \"object\")\n    return false;\n  const [parts, others] = [Object.entries(left), Object.entries(right)];\n  if (parts.length !== others.length) return false;\n  return parts.every(\n    ([key, part]) => key in right && same(part, right[key])\n  );\n}",
  },
  within: {
    uses: ["fault"],
    typed: "/** The number, which must lie in a range. */\nfunction within<T extends number>(value: number, lo: number, hi: number, place: string): T {\n  return value >= lo && value <= hi ? (value as T) : fault(\"range\", place);\n}",
    plain: "/** The number, which must lie in a range. */\nfunction within(value, lo, hi, place) {\n  return value >= lo && value <= hi ? value : fault(\"range\", place);\n}",
  },
  fitting: {
    uses: ["fault"],
    typed: "/** The value, which must pass a test. */\nfunction fitting<T>(value: unknown, test: (value: T) => boolean, place: string): T {\n  return test(value as T) ? (value as T) : fault(\"range\", place);\n}",
    plain: "/** The value, which must pass a test. */\nfunction fitting(value, test, place) {\n  return test(value) ? value : fault(\"range\", place);\n}",
  },
  keyOf: {
    uses: ["fault"],
    typed: "/** The key, which must be one of the array's. */\nfunction keyOf<K extends string | number>(\n  array: { readonly [key in K]: unknown },\n  key: unknown,\n  place: string,\n): K {\n  return Object.hasOwn(array, String(key)) ? (String(key) as K) : fault(\"index\", place);\n}",
    plain: "/** The key, which must be one of the array's. */\nfunction keyOf(array, key, place) {\n  return Object.hasOwn(array, String(key)) ? String(key) : fault(\"index\", place);\n}",
  },
  oneOf: {
    uses: ["fault"],
    typed: "/** The value, which must be one of these. */\nfunction oneOf<T>(values: readonly T[], value: unknown, place: string): T {\n  return values.includes(value as T) ? (value as T) : fault(\"index\", place);\n}",
    plain: "/** The value, which must be one of these. */\nfunction oneOf(values, value, place) {\n  return values.includes(value) ? value : fault(\"index\", place);\n}",
  },
  position: {
    uses: ["fault"],
    typed: "/** The position, which must be one of the sequence's. */\nfunction position(sequence: readonly unknown[], index: number, place: string): number {\n  return index >= 0 && index < sequence.length ? index : fault(\"index\", place);\n}",
    plain: "/** The position, which must be one of the sequence's. */\nfunction position(sequence, index, place) {\n  return index >= 0 && index < sequence.length ? index : fault(\"index\", place);\n}",
  },
  element: {
    uses: ["position"],
    typed: "/** An element of a sequence. */\nfunction element<T>(sequence: readonly T[], index: number, place: string): T {\n  return sequence[position(sequence, index, place)] as T;\n}",
    plain: "/** An element of a sequence. */\nfunction element(sequence, index, place) {\n  return sequence[position(sequence, index, place)];\n}",
  },
  withKey: {
    uses: ["keyOf"],
    typed: "/** The array with another value for one key. */\nfunction withKey<A extends object>(\n  array: A,\n  key: unknown,\n  value: unknown,\n  place: string,\n): A {\n  return { ...array, [keyOf(array as { readonly [key: string]: unknown }, key, place)]: value };\n}",
    plain: "/** The array with another value for one key. */\nfunction withKey(array, key, value, place) {\n  return { ...array, [keyOf(array, key, place)]: value };\n}",
  },
  withElement: {
    uses: ["position"],
    typed: "/** The sequence with another element. */\nfunction withElement<T>(\n  sequence: readonly T[],\n  index: number,\n  value: T,\n  place: string,\n): T[] {\n  return sequence.with(position(sequence, index, place), value);\n}",
    plain: "/** The sequence with another element. */\nfunction withElement(sequence, index, value, place) {\n  return sequence.with(position(sequence, index, place), value);\n}",
  },
  present: {
    uses: ["fault"],
    typed: "/** The value of an option, which must not be null. */\nfunction present<T>(option: T | null, place: string): T {\n  return option === null ? fault(\"null-used\", place) : option;\n}",
    plain: "/** The value of an option, which must not be null. */\nfunction present(option, place) {\n  return option === null ? fault(\"null-used\", place) : option;\n}",
  },
  first: {
    uses: ["fault"],
    typed: "/** The first element of a sequence. */\nfunction first<T>(sequence: readonly T[], place: string): T {\n  return sequence.length === 0 ? fault(\"sequence-empty\", place) : (sequence[0] as T);\n}",
    plain: "/** The first element of a sequence. */\nfunction first(sequence, place) {\n  return sequence.length === 0 ? fault(\"sequence-empty\", place) : sequence[0];\n}",
  },
  rest: {
    uses: ["fault"],
    typed: "/** The sequence without its first element. */\nfunction rest<T>(sequence: readonly T[], place: string): T[] {\n  return sequence.length === 0 ? fault(\"sequence-empty\", place) : sequence.slice(1);\n}",
    plain: "/** The sequence without its first element. */\nfunction rest(sequence, place) {\n  return sequence.length === 0 ? fault(\"sequence-empty\", place) : sequence.slice(1);\n}",
  },
  append: {
    uses: ["fault"],
    typed: "/** The sequence with one more element. */\nfunction append<T>(sequence: readonly T[], last: T, upto: number, place: string): T[] {\n  return sequence.length >= upto ? fault(\"sequence-full\", place) : [...sequence, last];\n}",
    plain: "/** The sequence with one more element. */\nfunction append(sequence, last, upto, place) {\n  return sequence.length >= upto ? fault(\"sequence-full\", place) : [...sequence, last];\n}",
  },
  least: {
    uses: ["fault"],
    typed: "/** The first element of a set. */\nfunction least<T>(set: readonly T[], place: string): T {\n  return set.length === 0 ? fault(\"empty-set\", place) : (set[0] as T);\n}",
    plain: "/** The first element of a set. */\nfunction least(set, place) {\n  return set.length === 0 ? fault(\"empty-set\", place) : set[0];\n}",
  },
  greatest: {
    uses: ["fault"],
    typed: "/** The last element of a set. */\nfunction greatest<T>(set: readonly T[], place: string): T {\n  return set.length === 0 ? fault(\"empty-set\", place) : (set.at(-1) as T);\n}",
    plain: "/** The last element of a set. */\nfunction greatest(set, place) {\n  return set.length === 0 ? fault(\"empty-set\", place) : set.at(-1);\n}",
  },
  quotient: {
    uses: ["fault"],
    typed: "/** A quotient rounded down, of a left side of at least 0 and a right side above 0. */\nfunction quotient(left: number, right: number, place: string): number {\n  return left < 0 || right <= 0 ? fault(\"division\", place) : Math.floor(left / right);\n}",
    plain: "/** A quotient rounded down, of a left side of at least 0 and a right side above 0. */\nfunction quotient(left, right, place) {\n  return left < 0 || right <= 0 ? fault(\"division\", place) : Math.floor(left / right);\n}",
  },
  remainder: {
    uses: ["fault"],
    typed: "/** What a division leaves over. */\nfunction remainder(left: number, right: number, place: string): number {\n  return left < 0 || right <= 0 ? fault(\"division\", place) : left % right;\n}",
    plain: "/** What a division leaves over. */\nfunction remainder(left, right, place) {\n  return left < 0 || right <= 0 ? fault(\"division\", place) : left % right;\n}",
  },
  range: {
    uses: [],
    typed: "/** The numbers from `lo` to `hi`. */\nfunction range<T extends number>(lo: number, hi: number): T[] {\n  return Array.from({ length: Math.max(0, hi - lo + 1) }, (_, index) => (lo + index) as T);\n}",
    plain: "/** The numbers from `lo` to `hi`. */\nfunction range(lo, hi) {\n  return Array.from({ length: Math.max(0, hi - lo + 1) }, (_, index) => lo + index);\n}",
  },
  has: {
    uses: ["same"],
    typed: "/** Is the value among these? */\nfunction has(set: readonly unknown[], value: unknown): boolean {\n  return set.some((element) => same(element, value));\n}",
    plain: "/** Is the value among these? */\nfunction has(set, value) {\n  return set.some((element) => same(element, value));\n}",
  },
  setOf: {
    uses: ["has"],
    typed: "/** A set: the elements in the order of their type, each once. */\nfunction setOf<T>(all: readonly T[], elements: readonly unknown[]): T[] {\n  return all.filter((value) => has(elements, value));\n}",
    plain: "/** A set: the elements in the order of their type, each once. */\nfunction setOf(all, elements) {\n  return all.filter((value) => has(elements, value));\n}",
  },
  union: {
    uses: ["setOf"],
    typed: "/** The set of what is in either. */\nfunction union<T>(\n  all: readonly T[],\n  left: readonly unknown[],\n  right: readonly unknown[],\n): T[] {\n  return setOf(all, [...left, ...right]);\n}",
    plain: "/** The set of what is in either. */\nfunction union(all, left, right) {\n  return setOf(all, [...left, ...right]);\n}",
  },
  intersection: {
    uses: ["has"],
    typed: "/** The set of what is in both. */\nfunction intersection<T>(left: readonly T[], right: readonly unknown[]): T[] {\n  return left.filter((value) => has(right, value));\n}",
    plain: "/** The set of what is in both. */\nfunction intersection(left, right) {\n  return left.filter((value) => has(right, value));\n}",
  },
  difference: {
    uses: ["has"],
    typed: "/** The set of what is in the first but not in the second. */\nfunction difference<T>(left: readonly T[], right: readonly unknown[]): T[] {\n  return left.filter((value) => !has(right, value));\n}",
    plain: "/** The set of what is in the first but not in the second. */\nfunction difference(left, right) {\n  return left.filter((value) => !has(right, value));\n}",
  },
  isSubset: {
    uses: ["has"],
    typed: "/** Is every element of the first set in the second? */\nfunction isSubset(left: readonly unknown[], right: readonly unknown[]): boolean {\n  return left.every((value) => has(right, value));\n}",
    plain: "/** Is every element of the first set in the second? */\nfunction isSubset(left, right) {\n  return left.every((value) => has(right, value));\n}",
  },
  standsAt: {
    uses: [],
    typed: "/** Is a location one of these? */\nfunction standsAt(location: string, ...among: readonly string[]): boolean {\n  return among.includes(location);\n}",
    plain: "/** Is a location one of these? */\nfunction standsAt(location, ...among) {\n  return among.includes(location);\n}",
  },
  subsets: {
    uses: [],
    typed: "/** All sets of these values, in order: like binary numbers whose lowest digit is the first value. */\nfunction subsets<T>(all: readonly T[]): T[][] {\n  return Array.from({ length: 2 ** all.length }, (_, mask) =>\n    all.filter((__, digit) => (mask >> digit) % 2 === 1),\n  );\n}",
    plain: "/** All sets of these values, in order: like binary numbers whose lowest digit is the first value. */\nfunction subsets(all) {\n  return Array.from(\n    { length: 2 ** all.length },\n    (_, mask) => all.filter((__, digit) => (mask >> digit) % 2 === 1)\n  );\n}",
  },
  sequences: {
    uses: [],
    typed: "/** All sequences of up to so many of these values, the shorter ones first. */\nfunction sequences<T>(all: readonly T[], upto: number): T[][] {\n  let longest: T[][] = [[]];\n  const found = [...longest];\n  for (let length = 1; length <= upto; length += 1) {\n    longest = longest.flatMap((shorter) => all.map((value) => [...shorter, value]));\n    found.push(...longest);\n  }\n  return found;\n}",
    plain: "/** All sequences of up to so many of these values, the shorter ones first. */\nfunction sequences(all, upto) {\n  let longest = [[]];\n  const found = [...longest];\n  for (let length = 1; length <= upto; length += 1) {\n    longest = longest.flatMap((shorter) => all.map((value) => [...shorter, value]));\n    found.push(...longest);\n  }\n  return found;\n}",
  },
  keyed: {
    uses: [],
    typed: "/** An array with a value for each key. */\nfunction keyed<A extends object, K>(keys: readonly K[], make: (key: K) => A[keyof A]): A {\n  return Object.fromEntries(keys.map((key) => [String(key), make(key)])) as A;\n}",
    plain: "/** An array with a value for each key. */\nfunction keyed(keys, make) {\n  return Object.fromEntries(keys.map((key) => [String(key), make(key)]));\n}",
  },
  arrays: {
    uses: [],
    typed: "/** All arrays with these keys and values, the first key slowest. */\nfunction arrays<K, V>(keys: readonly K[], values: readonly V[]): { [key: string]: V }[] {\n  return keys.reduce<{ [key: string]: V }[]>(\n    (found, key) =>\n      found.flatMap((array) => values.map((value) => ({ ...array, [String(key)]: value }))),\n    [{}],\n  );\n}",
    plain: "/** All arrays with these keys and values, the first key slowest. */\nfunction arrays(keys, values) {\n  return keys.reduce(\n    (found, key) => found.flatMap((array) => values.map((value) => ({ ...array, [String(key)]: value }))),\n    [{}]\n  );\n}",
  },
  ReadLock: {
    uses: [],
    typed: "/** A lock that readers can share. */\ninterface ReadLock<P> {\n  writer: P | null;\n  readers: readonly P[];\n}",
    plain: "",
  },
  holds: {
    uses: ["ReadLock"],
    typed: "/** Does the process hold the lock, in any mode? */\nfunction holds(lock: unknown, self: unknown): boolean {\n  if (lock === null || typeof lock !== \"object\") return lock === self;\n  const { writer, readers } = lock as ReadLock<unknown>;\n  return writer === self || readers.includes(self);\n}",
    plain: "/** Does the process hold the lock, in any mode? */\nfunction holds(lock, self) {\n  if (lock === null || typeof lock !== \"object\") return lock === self;\n  const { writer, readers } = lock;\n  return writer === self || readers.includes(self);\n}",
  },
  isHeld: {
    uses: ["ReadLock"],
    typed: "/** Does anyone hold the lock? */\nfunction isHeld(lock: unknown): boolean {\n  if (lock === null || typeof lock !== \"object\") return lock !== null;\n  const { writer, readers } = lock as ReadLock<unknown>;\n  return writer !== null || readers.length > 0;\n}",
    plain: "/** Does anyone hold the lock? */\nfunction isHeld(lock) {\n  if (lock === null || typeof lock !== \"object\") return lock !== null;\n  const { writer, readers } = lock;\n  return writer !== null || readers.length > 0;\n}",
  },
  acquired: {
    uses: ["wait", "fault", "holds", "isHeld"],
    typed: "/** The lock once the process has taken it; it waits while another holds it. */\nfunction acquired<L>(lock: L, self: unknown, place: string): L {\n  if (holds(lock, self)) fault(\"double-acquire\", place);\n  if (isHeld(lock)) wait();\n  return (lock === null || typeof lock !== \"object\" ? self : { writer: self, readers: [] }) as L;\n}",
    plain: "/** The lock once the process has taken it; it waits while another holds it. */\nfunction acquired(lock, self, place) {\n  if (holds(lock, self)) fault(\"double-acquire\", place);\n  if (isHeld(lock)) wait();\n  return lock === null || typeof lock !== \"object\" ? self : { writer: self, readers: [] };\n}",
  },
  acquiredForRead: {
    uses: ["wait", "fault", "setOf", "ReadLock", "holds"],
    typed: "/** The lock once the process reads under it; readers stand in the order of all processes. */\nfunction acquiredForRead<P>(\n  lock: ReadLock<P>,\n  self: P,\n  processes: readonly P[],\n  place: string,\n): ReadLock<P> {\n  if (holds(lock, self)) fault(\"double-acquire\", place);\n  if (lock.writer !== null) wait();\n  return { writer: null, readers: setOf(processes, [...lock.readers, self]) };\n}",
    plain: "/** The lock once the process reads under it; readers stand in the order of all processes. */\nfunction acquiredForRead(lock, self, processes, place) {\n  if (holds(lock, self)) fault(\"double-acquire\", place);\n  if (lock.writer !== null) wait();\n  return { writer: null, readers: setOf(processes, [...lock.readers, self]) };\n}",
  },
  released: {
    uses: ["fault", "ReadLock", "holds"],
    typed: "/** The lock once the process has let it go. */\nfunction released<L>(lock: L, self: unknown, place: string): L {\n  if (!holds(lock, self)) fault(\"release-not-held\", place);\n  if (lock === null || typeof lock !== \"object\") return null as L;\n  const { writer, readers } = lock as unknown as ReadLock<unknown>;\n  const left = readers.filter((reader) => reader !== self);\n  return { writer: writer === self ? null : writer, readers: left } as L;\n}",
    plain: "/** The lock once the process has let it go. */\nfunction released(lock, self, place) {\n  if (!holds(lock, self)) fault(\"release-not-held\", place);\n  if (lock === null || typeof lock !== \"object\") return null;\n  const { writer, readers } = lock;\n  const left = readers.filter((reader) => reader !== self);\n  return { writer: writer === self ? null : writer, readers: left };\n}",
  },
  downgraded: {
    uses: ["fault", "ReadLock"],
    typed: "/** The lock once its writer only reads. */\nfunction downgraded<P>(lock: ReadLock<P>, self: P, place: string): ReadLock<P> {\n  return lock.writer === self\n    ? { writer: null, readers: [self] }\n    : fault(\"downgrade-not-held\", place);\n}",
    plain: "/** The lock once its writer only reads. */\nfunction downgraded(lock, self, place) {\n  return lock.writer === self ? { writer: null, readers: [self] } : fault(\"downgrade-not-held\", place);\n}",
  },
  Field: {
    uses: [],
    typed: "/** Where a number is in the words of a state: field `index` of a row of equally wide ones. */\ninterface Field {\n  readonly word: number;\n  readonly shift: number;\n  readonly bits: number;\n  readonly perWord: number;\n}",
    plain: "",
  },
  Codec: {
    uses: [],
    typed: "/** How a part of a state is kept in words. */\ninterface Codec {\n  get(words: Int32Array, offset: number, index: number): unknown;\n  put(words: Int32Array, offset: number, index: number, value: unknown): void;\n}",
    plain: "",
  },
  getField: {
    uses: ["Field"],
    typed: "/** The number in a field. */\nfunction getField(\n  { word, shift, bits, perWord }: Field,\n  words: Int32Array,\n  offset: number,\n  index: number,\n): number {\n  if (bits === 0) return 0;\n  const packed = words[offset + word + Math.floor(index / perWord)] as number;\n  return (packed >>> (shift + (index % perWord) * bits)) & (bits === 32 ? -1 : 2 ** bits - 1);\n}",
    plain: "/** The number in a field. */\nfunction getField({ word, shift, bits, perWord }, words, offset, index) {\n  if (bits === 0) return 0;\n  const packed = words[offset + word + Math.floor(index / perWord)];\n  return packed >>> shift + index % perWord * bits & (bits === 32 ? -1 : 2 ** bits - 1);\n}",
  },
  putField: {
    uses: ["Field"],
    typed: "/** Puts a number into a field. */\nfunction putField(\n  { word, shift, bits, perWord }: Field,\n  words: Int32Array,\n  offset: number,\n  index: number,\n  value: number,\n): void {\n  if (bits === 0) return;\n  const at = offset + word + Math.floor(index / perWord);\n  const by = shift + (index % perWord) * bits;\n  words[at] = ((words[at] as number) & ~((bits === 32 ? -1 : 2 ** bits - 1) << by)) | (value << by);\n}",
    plain: "/** Puts a number into a field. */\nfunction putField({ word, shift, bits, perWord }, words, offset, index, value) {\n  if (bits === 0) return;\n  const at = offset + word + Math.floor(index / perWord);\n  const by = shift + index % perWord * bits;\n  words[at] = words[at] & ~((bits === 32 ? -1 : 2 ** bits - 1) << by) | value << by;\n}",
  },
  field: {
    uses: ["Field"],
    typed: "/** A field: `bits` bits each, from a word and a shift on. */\nfunction field(word: number, shift: number, bits: number, perWord: number): Field {\n  return { word, shift, bits, perWord };\n}",
    plain: "/** A field: `bits` bits each, from a word and a shift on. */\nfunction field(word, shift, bits, perWord) {\n  return { word, shift, bits, perWord };\n}",
  },
  oneValue: {
    uses: ["Field", "Codec", "getField", "putField"],
    typed: "/** One of a list of values, by its position. */\nfunction oneValue(values: readonly unknown[], at: Field): Codec {\n  return {\n    get: (words, offset, index) => values[getField(at, words, offset, index)],\n    put: (words, offset, index, value) => putField(at, words, offset, index, values.indexOf(value)),\n  };\n}",
    plain: "/** One of a list of values, by its position. */\nfunction oneValue(values, at) {\n  return {\n    get: (words, offset, index) => values[getField(at, words, offset, index)],\n    put: (words, offset, index, value) => putField(at, words, offset, index, values.indexOf(value))\n  };\n}",
  },
  number: {
    uses: ["Field", "Codec", "getField", "putField"],
    typed: "/** A number, from the least one on. */\nfunction number(lo: number, at: Field): Codec {\n  return {\n    get: (words, offset, index) => lo + getField(at, words, offset, index),\n    put: (words, offset, index, value) =>\n      putField(at, words, offset, index, (value as number) - lo),\n  };\n}",
    plain: "/** A number, from the least one on. */\nfunction number(lo, at) {\n  return {\n    get: (words, offset, index) => lo + getField(at, words, offset, index),\n    put: (words, offset, index, value) => putField(at, words, offset, index, value - lo)\n  };\n}",
  },
  bitSet: {
    uses: ["has", "Field", "Codec", "getField", "putField"],
    typed: "/** A set, one bit for each value; more than 32 of them fill whole words first. */\nfunction bitSet(values: readonly unknown[], whole: Field, rest: Field): Codec {\n  const wholeWords = Math.floor(values.length / 32);\n  const placeOf = (index: number, bit: number): [Field, number] => {\n    const word = Math.floor(bit / 32);\n    return word < wholeWords ? [whole, index * wholeWords + word] : [rest, index];\n  };\n  return {\n    get: (words, offset, index) =>\n      values.filter((_, bit) => {\n        const [at, position] = placeOf(index, bit);\n        return ((getField(at, words, offset, position) >>> (bit % 32)) & 1) === 1;\n      }),\n    put(words, offset, index, value) {\n      values.forEach((one, bit) => {\n        if (!has(value as readonly unknown[], one)) return;\n        const [at, position] = placeOf(index, bit);\n        putField(\n          at,\n          words,\n          offset,\n          position,\n          getField(at, words, offset, position) | (1 << (bit % 32)),\n        );\n      });\n    },\n  };\n}",
    plain: "/** A set, one bit for each value; more than 32 of them fill whole words first. */\nfunction bitSet(values, whole, rest) {\n  const wholeWords = Math.floor(values.length / 32);\n  const placeOf = (index, bit) => {\n    const word = Math.floor(bit / 32);\n    return word < wholeWords ? [whole, index * wholeWords + word] : [rest, index];\n  };\n  return {\n    get: (words, offset, index) => values.filter((_, bit) => {\n      const [at, position] = placeOf(index, bit);\n      return (getField(at, words, offset, position) >>> bit % 32 & 1) === 1;\n    }),\n    put(words, offset, index, value) {\n      values.forEach((one, bit) => {\n        if (!has(value, one)) return;\n        const [at, position] = placeOf(index, bit);\n        putField(\n          at,\n          words,\n          offset,\n          position,\n          getField(at, words, offset, position) | 1 << bit % 32\n        );\n      });\n    }\n  };\n}",
  },
  nullable: {
    uses: ["Field", "Codec", "getField", "putField"],
    typed: "/** A value that may be null: a flag, then the value. */\nfunction nullable(flag: Field, inner: Codec): Codec {\n  return {\n    get: (words, offset, index) =>\n      getField(flag, words, offset, index) === 0 ? null : inner.get(words, offset, index),\n    put(words, offset, index, value) {\n      putField(flag, words, offset, index, value === null ? 0 : 1);\n      if (value !== null) inner.put(words, offset, index, value);\n    },\n  };\n}",
    plain: "/** A value that may be null: a flag, then the value. */\nfunction nullable(flag, inner) {\n  return {\n    get: (words, offset, index) => getField(flag, words, offset, index) === 0 ? null : inner.get(words, offset, index),\n    put(words, offset, index, value) {\n      putField(flag, words, offset, index, value === null ? 0 : 1);\n      if (value !== null) inner.put(words, offset, index, value);\n    }\n  };\n}",
  },
  parts: {
    uses: ["Codec"],
    typed: "/** An object, part by part. */\nfunction parts(fields: { readonly [name: string]: Codec }): Codec {\n  return {\n    get: (words, offset, index) =>\n      Object.fromEntries(\n        Object.entries(fields).map(([name, codec]) => [name, codec.get(words, offset, index)]),\n      ),\n    put(words, offset, index, value) {\n      for (const [name, codec] of Object.entries(fields)) {\n        codec.put(words, offset, index, (value as { [name: string]: unknown })[name]);\n      }\n    },\n  };\n}",
    plain: "/** An object, part by part. */\nfunction parts(fields) {\n  return {\n    get: (words, offset, index) => Object.fromEntries(\n      Object.entries(fields).map(([name, codec]) => [name, codec.get(words, offset, index)])\n    ),\n    put(words, offset, index, value) {\n      for (const [name, codec] of Object.entries(fields)) {\n        codec.put(words, offset, index, value[name]);\n      }\n    }\n  };\n}",
  },
  elements: {
    uses: ["Codec"],
    typed: "/** An array: an element for each key. */\nfunction elements(keys: readonly unknown[], of: Codec): Codec {\n  return {\n    get: (words, offset, index) =>\n      Object.fromEntries(\n        keys.map((key, at) => [String(key), of.get(words, offset, index * keys.length + at)]),\n      ),\n    put(words, offset, index, value) {\n      keys.forEach((key, at) => {\n        of.put(\n          words,\n          offset,\n          index * keys.length + at,\n          (value as { [key: string]: unknown })[String(key)],\n        );\n      });\n    },\n  };\n}",
    plain: "/** An array: an element for each key. */\nfunction elements(keys, of) {\n  return {\n    get: (words, offset, index) => Object.fromEntries(\n      keys.map((key, at) => [String(key), of.get(words, offset, index * keys.length + at)])\n    ),\n    put(words, offset, index, value) {\n      keys.forEach((key, at) => {\n        of.put(\n          words,\n          offset,\n          index * keys.length + at,\n          value[String(key)]\n        );\n      });\n    }\n  };\n}",
  },
  slots: {
    uses: ["Field", "Codec", "getField", "putField"],
    typed: "/** A sequence: its length, then so many slots, those behind the length empty. */\nfunction slots(upto: number, length: Field, of: Codec): Codec {\n  return {\n    get: (words, offset, index) =>\n      Array.from({ length: getField(length, words, offset, index) }, (_, at) =>\n        of.get(words, offset, index * upto + at),\n      ),\n    put(words, offset, index, value) {\n      const sequence = value as readonly unknown[];\n      putField(length, words, offset, index, sequence.length);\n      sequence.forEach((element, at) => {\n        of.put(words, offset, index * upto + at, element);\n      });\n    },\n  };\n}",
    plain: "/** A sequence: its length, then so many slots, those behind the length empty. */\nfunction slots(upto, length, of) {\n  return {\n    get: (words, offset, index) => Array.from(\n      { length: getField(length, words, offset, index) },\n      (_, at) => of.get(words, offset, index * upto + at)\n    ),\n    put(words, offset, index, value) {\n      const sequence = value;\n      putField(length, words, offset, index, sequence.length);\n      sequence.forEach((element, at) => {\n        of.put(words, offset, index * upto + at, element);\n      });\n    }\n  };\n}",
  },
};
