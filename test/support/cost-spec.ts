// Random small specs about costs: processes that take locks in all ways, also inside one step, go round loops that add or
// do not, wait for each other, and mostly come to an end. The same spec for the same seed.

import { type Random, seeded } from "./random.ts";

interface Writing {
  readonly random: Random;
  /** Locks that the code at hand holds: taking them again would be a fault. */
  readonly held: readonly string[];
  readonly indexed: boolean;
  depth: number;
}

const LOCKS = ["spin", "mutex", "sem"] as const;

/** The text of a spec. */
export function costSpec(seed: number): string {
  const random = seeded(seed);
  const processes = Array.from({ length: random.int(1, 3) }, (_, number) => {
    const indexed = number === 0 && random.chance(0.4);
    const head = `${random.chance(0.1) ? "daemon " : ""}process p${number}${indexed ? "[i: Id]" : ""}`;
    const start = random.chance(0.2) ? [`cost c += ${indexed ? "i" : "1"}`] : [];
    const writing = { random, held: [], indexed, depth: 0 };
    return block(head, [...start, ...statements(writing, random.int(1, 4))]);
  });
  const action = random.chance(0.15) ? block("action turn when x == 1", ["x := 2"]) : [];
  return [
    `spec costs_${seed}`,
    "type Id = 1..2",
    "spinlock spin[Id]",
    "mutex mutex_",
    "rwsem sem",
    "cost c",
    "cost d",
    `var x: 0..2 ${random.chance(0.4) ? "in {0, 1}" : "= 0"}`,
    "var flag: bool = false",
    ...processes.flat(),
    ...action,
    "",
  ].join("\n");
}

function block(head: string, lines: readonly string[]): readonly string[] {
  return [`${head} {`, ...lines.map((line) => `  ${line}`), "}"];
}

function statements(writing: Writing, count: number): readonly string[] {
  return Array.from({ length: count }, () => statement(writing)).flat();
}

function statement(writing: Writing): readonly string[] {
  const { random, depth } = writing;
  if (depth >= 2) return simple(writing);
  const inner = { ...writing, depth: depth + 1 };
  const kind = random.weighted([
    [5, "simple"],
    [3, "locked"],
    [2, "tried"],
    [2, "at-once"],
    [1.5, "either"],
    [1.5, "loop"],
    [1, "while"],
    [0.6, "await"],
    [0.8, "trap"],
  ] as const);
  switch (kind) {
    case "simple":
      return simple(writing);
    case "locked":
      return locked(inner);
    case "tried":
      return tried(inner);
    case "at-once":
      return block("atomic", atOnce(writing));
    case "either":
      return [
        ...block("either", statements(inner, 1)),
        ...block("or", statements(inner, random.int(1, 2))),
      ];
    case "loop":
      return block("loop", [
        ...statements(inner, 1),
        ...block("either", ["skip", "break"]),
        ...block("or", ["skip"]),
      ]);
    case "while":
      return block(`while ${condition(random)}`, [...statements(inner, 1), "skip"]);
    case "await":
      return [`await ${condition(random)}`];
    // A way that costs much and never comes to an end.
    case "trap":
      return block(`if ${condition(random)}`, [
        "x := 2",
        "cost c += 9",
        ...block("loop", ["skip"]),
      ]);
    default:
      return kind satisfies never;
  }
}

/** A step, and what it costs. */
function simple({ random }: Writing): readonly string[] {
  const step = random.pick([
    "skip",
    "x := (x + 1) % 3",
    "x := 2",
    "x := 0",
    "flag := true",
    "flag := !flag",
    ...(random.chance(0.15) ? ["x += 1"] : []),
  ]);
  const cost = random.pick(["c += 1", "d += x", "d += if flag then 2 else 0", "c += 3"]);
  return random.chance(0.3) ? [step, `cost ${cost}`] : [step];
}

function condition(random: Random): string {
  return random.pick(["x == 1", "flag", "!flag", "x < 2", "x != 0 || flag"]);
}

/** A lock that is not held yet, by its declaration; null if all are. */
function freeLock({ random, held }: Writing): (typeof LOCKS)[number] | null {
  return random.some(LOCKS.filter((lock) => !held.includes(lock))) ?? null;
}

function written(lock: (typeof LOCKS)[number], { random, indexed }: Writing): string {
  if (lock === "mutex") return "mutex_";
  return lock === "sem"
    ? "sem"
    : `spin[${random.pick(indexed ? ["1", "i", "3 - i"] : ["1", "2"])}]`;
}

function locked(writing: Writing): readonly string[] {
  const { random } = writing;
  const lock = freeLock(writing);
  if (lock === null) return simple(writing);
  const name = written(lock, writing);
  const inside = { ...writing, held: [...writing.held, lock] };
  const body = statements(inside, random.int(1, 2));
  if (lock !== "sem" || random.chance(0.4)) return [`acquire ${name}`, ...body, `release ${name}`];
  return random.chance(0.5)
    ? [`acquire ${name} for read`, ...body, `release ${name}`]
    : [`acquire ${name}`, `downgrade ${name}`, ...body, `release ${name}`];
}

function tried(writing: Writing): readonly string[] {
  const lock = freeLock(writing);
  if (lock === null) return simple(writing);
  const name = written(lock, writing);
  const inside = { ...writing, held: [...writing.held, lock] };
  return [
    ...block(`if try acquire ${name}`, [...statements(inside, 1), `release ${name}`]),
    ...(writing.random.chance(0.4) ? block("else", simple(writing)) : []),
  ];
}

/** Locks taken and released again within one step; no state shows it. */
function atOnce(writing: Writing): readonly string[] {
  const { random } = writing;
  const lock = freeLock(writing);
  if (lock === null) return simple(writing);
  const name = written(lock, writing);
  const again = block(`if try acquire ${name}`, [...simple(writing), `release ${name}`]);
  const first = random.chance(0.5)
    ? [`acquire ${name}`, ...simple(writing), `release ${name}`]
    : again;
  return [...first, ...(random.chance(0.5) ? again : [])];
}
