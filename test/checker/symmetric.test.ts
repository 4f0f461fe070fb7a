// Symmetry reduction: the same verdicts, the same shortest lengths, the same totals as a search of all states, and one state for
// each orbit. WEFT_SYMMETRIC_SPECS says how many random specs to compare, WEFT_SYMMETRIC_SEED from which seed on.

import { expect, test } from "vitest";
import { renderDiagnostics } from "../../src/diagnostics/frame.ts";
import type { Machine } from "../../src/machine/machine.ts";
import { compile } from "../../src/pipeline.ts";
import { prepare } from "../support/corpus.ts";
import { randomSpec } from "../support/random-spec.ts";
import { type Compared, compareReduced } from "../support/same-reduced.ts";

const SPECS = Number(process.env["WEFT_SYMMETRIC_SPECS"] ?? 10);
const FIRST = Number(process.env["WEFT_SYMMETRIC_SEED"] ?? 0);

function machineOf(text: string): Machine {
  const { machine, diagnostics } = compile("a.weft", () => `spec a\n${text}`);
  if (machine === null) throw new Error(renderDiagnostics(diagnostics));
  return machine;
}

function reduced(text: string): Compared {
  const compared = compareReduced(machineOf(text));
  if (compared === null) throw new Error("not reduced");
  return compared;
}

test("random specs: as without it, with one state for each orbit", { timeout: 3_600_000 }, () => {
  let [applied, smaller] = [0, 0];
  for (let seed = FIRST; seed < FIRST + SPECS; seed += 1) {
    const { machine } = prepare(randomSpec(seed, 1));
    if (machine === null) continue;
    let compared: Compared | null = null;
    try {
      compared = compareReduced(machine);
    } catch (error) {
      throw new Error(`spec ${seed}`, { cause: error });
    }
    if (compared === null) continue;
    applied += 1;
    if (compared.reduced.distinctStates < compared.whole.distinctStates) smaller += 1;
  }
  process.stdout.write(`${SPECS} specs, symmetric: ${applied}, with fewer states: ${smaller}\n`);
  expect(applied).toBeGreaterThan(SPECS / 2);
  expect(smaller).toBeGreaterThan(SPECS / 10);
});

test("identical workers, each in one of few places, come to one state for each way to share them out", () => {
  const { whole, reduced: few } = reduced(`
symmetric type Worker = 1..5
var x[Worker]: bool = false
process worker[w: Worker] { x[w] := true; skip }`);
  expect(whole.distinctStates).toBe(3 ** 5);
  // Multisets of 5 out of 3 places.
  expect(few.distinctStates).toBe(21);
});

test("values that refer to each other: lists and rings", () => {
  const { reduced: few } = reduced(`
symmetric type Node = 1..4
var next[Node]: Node? = null
action link(a: Node, b: Node) when next[a] == null { next[a] := b }
action cut(a: Node) when next[a] != null { next[a] := null }
invariant no_ring: forall a in Node: next[a] == null || next[a] != a
cover ring: forall a in Node: next[a] != null && next[a] != a`);
  // Partial functions from 4 points to themselves, up to renaming: A126285.
  expect(few.distinctStates).toBe(45);
});

test("two symmetric types that index together", () => {
  reduced(`
symmetric type Row = 1..3
symmetric type Column = 1..3
var grid[Row][Column]: bool = false
action set(r: Row, c: Column) when !grid[r][c] { grid[r][c] := true }
cover diagonal: exists a in Row, b in Row, x in Column, y in Column:
  a != b && x != y && grid[a][x] && grid[b][y] && !grid[a][y] && !grid[b][x]
cover full: forall r in Row, c in Column: grid[r][c]`);
});

test("values of one type held by another, sets, sequences and records", () => {
  reduced(`
symmetric type Mm = 1..2
symmetric type Cpu = 1..2
type Work = { on: Mm?, seen: set of Mm }
var work[Cpu]: Work = { on: null, seen: {} }
var queue: seq of Mm upto 2 = []
var pairs: set of { who: Cpu, what: Mm } = {}
action put(m: Mm) when length(queue) < 2 && (forall c in Cpu: work[c].on != m) { queue := append(queue, m) }
action take(c: Cpu) when length(queue) > 0 && work[c].on == null {
  work[c].on := first(queue)
  queue := rest(queue)
}
action finish(c: Cpu) when work[c].on != null {
  pick m in Mm where work[c].on == m {
    work[c].seen := work[c].seen union {m}
    pairs := pairs union {{ who: c, what: m }}
    work[c].on := null
  }
}
invariant few: size(pairs) < 4
step kept: forall c in Cpu: work[c].seen subset work[c].seen'`);
});

test("a step property that tells who steps where", () => {
  reduced(`
symmetric type T = 1..3
var x[T]: 0..2 = 0
var last: T? = null
process p[t: T] { x[t] := 1; last := t; x[t] := 2 }
step own: forall t in T: x[t]' != x[t] => taken(p[t])
step never_twice: forall t in T: taken(p[t]) => last != t`);
});

test("processes that are stuck, each of them", () => {
  const { reduced: few } = reduced(`
symmetric type T = 1..3
var gone[T]: bool = false
var on: bool = false
process p[t: T] { await gone[t]; skip }
daemon process ticker { loop { on := !on } }
process killer { pick t in T { gone[t] := true } }`);
  const stuck = few.verdicts.filter(
    ({ kind, outcome }) => kind === "stuck" && outcome === "violated",
  );
  expect(stuck.map(({ detail }) => detail)).toEqual(
    ["p[1]", "p[2]", "p[3]"].map((name) => ({ kind: "blocked", processes: [name] })),
  );
});

test("locks of one array taken in two orders, under any names", () => {
  const { reduced: few } = reduced(`
symmetric type T = 1..3
spinlock l[T]
process p {
  pick a in T {
    acquire l[a]
    pick b in T where b != a {
      if try acquire l[b] { release l[b] }
      acquire l[b]
      release l[b]
    }
    release l[a]
  }
}`);
  const order = few.verdicts.find(({ kind }) => kind === "lock_order");
  expect(
    order?.detail?.kind === "lock-cycle" &&
      order.detail.edges.map(({ held, taken }) => `${held}>${taken}`),
  ).toEqual(["l[1]>l[2]", "l[2]>l[1]"]);
});

test("deadlock, faults, costs and rwsems", () => {
  reduced(`
symmetric type T = 1..3
rwsem r[T]
mutex m
cost c
var n: 0..3 = 0
process p[t: T] {
  pick other in T {
    acquire r[other] for read
    acquire m
    cost c += if other == t then 2 else 1
    n += 1
    release m
    pick again in T where again != other { acquire r[again] }
    release r[other]
  }
}`);
});
