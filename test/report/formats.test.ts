// Traces for other readers: state by state, ITF, Mermaid, DOT.

import { expect, test } from "vitest";
import type { Trace } from "../../src/checker/exploration.ts";
import { stateGraph } from "../../src/commands/state-graph.ts";
import { packedSystem } from "../../src/pipeline.ts";
import { drawDot } from "../../src/report/dot.ts";
import { narrateVerdict } from "../../src/report/failure.ts";
import { toItf } from "../../src/report/itf.ts";
import { decodeState, readItf } from "../../src/report/itf-read.ts";
import { drawMermaid } from "../../src/report/mermaid.ts";
import { drawText } from "../../src/report/text.ts";
import { drawVerdict } from "../../src/report/verdicts.ts";
import { type CheckedSpec, checked, verdictNamed } from "../support/checked.ts";

const race = `spec race
var n: 0..2 = 0
spinlock l
process p[i: 1..2] {
  var seen: 0..2 = n                      /// seen = READ_ONCE(n)
  acquire l
  n := seen + 1                           /// n = seen + 1
  release l
}
invariant both: (forall i in {1, 2}: done(p[i])) => n == 2
`;

/** One of every kind of value; process indices with a gap. */
const kinds = `spec kinds
param N: 1..3 = 2
enum Color { red, green }
type Node = { color: Color, next: Color? }
var node[bool]: Node = { color: red, next: null }
var some: (0..3)? in {null, 2}
var seen: set of Color = {}
var queue: seq of (0..2) upto 2 = []
rwsem r[Color]
process w[i in {1, 3}] {
  var mine: Color = green
  acquire r[red] for read
  seen := seen union {mine}
  queue := append(queue, i - 1)
  pick c in Color { node[true] := node[true] with next = c }
  release r[red]
}
cover end: done(w[1]) && done(w[3])
`;

function traceOf(result: CheckedSpec, name: string): Trace {
  const { trace } = verdictNamed(result, name);
  if (trace === null) throw new Error("no trace");
  return trace;
}

test("state by state: what changed, who holds what", () => {
  const result = checked(race);
  expect(`\n${drawText(result.machine, traceOf(result, "both"))}\n`).toMatchInlineSnapshot(`
    "
    state 0: start
        n 0
        p[1] stands at p.1
        p[2] stands at p.1

    state 1: p[1]: seen = READ_ONCE(n) (a.weft:5:3)
        p[1] stands at p.2

    state 2: p[2]: seen = READ_ONCE(n) (a.weft:5:3)
        p[2] stands at p.2

    state 3: p[2]: acquire l (a.weft:6:3)
        p[2] stands at p.3
        held: l by p[2]

    state 4: p[2]: n = seen + 1 (a.weft:7:3)
        n: 0 -> 1
        p[2] stands at p.4
        held: l by p[2]

    state 5: p[2]: release l (a.weft:8:3)
        p[2] is done

    state 6: p[1]: acquire l (a.weft:6:3)
        p[1] stands at p.3
        held: l by p[1]

    state 7: p[1]: n = seen + 1 (a.weft:7:3)
        p[1] stands at p.4
        held: l by p[1]

    state 8: p[1]: release l (a.weft:8:3)
        p[1] is done
    "
  `);
});

test("ITF gives every variable in every state, integers as big integers, types for Apalache", () => {
  const result = checked(kinds);
  const trace = traceOf(result, "end");
  const document = JSON.parse(
    JSON.stringify(toItf(result.machine, trace, { description: "end", status: "example" })),
  );
  expect(document["#meta"]).toMatchInlineSnapshot(`
    {
      "description": "end",
      "format": "ITF",
      "format-description": "https://apalache-mc.org/docs/adr/015adr-trace.html",
      "parameters": {
        "N": {
          "#bigint": "2",
        },
      },
      "source": "a.weft",
      "status": "example",
      "varTypes": {
        "mbt::actionTaken": "Str",
        "mbt::nondetPicks": "{ c: None(UNIT) | Some(Str) }",
        "node": "Bool -> { color: Str, next: None(UNIT) | Some(Str) }",
        "queue": "Seq(Int)",
        "r": "Str -> { writer: None(UNIT) | Some(Str), readers: Set(Str) }",
        "seen": "Set(Str)",
        "some": "None(UNIT) | Some(Int)",
        "w": "Int -> { at: Str, mine: Str }",
      },
    }
  `);
  expect(document.states).toHaveLength(trace.states.length);
  for (const state of document.states) {
    const { "#meta": _, ...values } = state;
    expect(Object.keys(values)).toEqual(document.vars);
    expect(numbersIn(values)).toEqual([]);
  }
  expect(document.states.at(-1)).toMatchInlineSnapshot(`
    {
      "#meta": {
        "index": 10,
        "label": "w.6",
        "loc": "a.weft:16",
        "locksHeld": [],
        "text": "release r[red]",
        "thread": "w[3]",
      },
      "mbt::actionTaken": "w[3]",
      "mbt::nondetPicks": {
        "c": {
          "tag": "None",
          "value": {
            "#tup": [],
          },
        },
      },
      "node": {
        "#map": [
          [
            false,
            {
              "color": "red",
              "next": {
                "tag": "None",
                "value": {
                  "#tup": [],
                },
              },
            },
          ],
          [
            true,
            {
              "color": "red",
              "next": {
                "tag": "Some",
                "value": "red",
              },
            },
          ],
        ],
      },
      "queue": [
        {
          "#bigint": "0",
        },
        {
          "#bigint": "2",
        },
      ],
      "r": {
        "#map": [
          [
            "red",
            {
              "readers": {
                "#set": [],
              },
              "writer": {
                "tag": "None",
                "value": {
                  "#tup": [],
                },
              },
            },
          ],
          [
            "green",
            {
              "readers": {
                "#set": [],
              },
              "writer": {
                "tag": "None",
                "value": {
                  "#tup": [],
                },
              },
            },
          ],
        ],
      },
      "seen": {
        "#set": [
          "green",
        ],
      },
      "some": {
        "tag": "None",
        "value": {
          "#tup": [],
        },
      },
      "w": {
        "#map": [
          [
            {
              "#bigint": "1",
            },
            {
              "at": "done",
              "mine": "red",
            },
          ],
          [
            {
              "#bigint": "3",
            },
            {
              "at": "done",
              "mine": "red",
            },
          ],
        ],
      },
    }
  `);
});

test("ITF reads back to the same states, movers and parameters", () => {
  for (const [text, name] of [
    [race, "both"],
    [kinds, "end"],
  ] as const) {
    const result = checked(text);
    const trace = traceOf(result, name);
    const written = JSON.stringify(
      toItf(result.machine, trace, { description: "", status: "example" }),
    );
    const stored = readItf(written);
    if (typeof stored === "string") throw new Error(stored);
    expect(stored.states.map(({ mover }) => mover)).toEqual([
      null,
      ...trace.steps.map((step) => step.name),
    ]);
    const states = stored.states.map((state) => {
      const decoded = decodeState(result.machine, state, true);
      return typeof decoded === "string" ? decoded : Object.fromEntries(decoded);
    });
    expect(states).toEqual(trace.states);
    expect(stored.parameters).toEqual(
      result.machine.parameters.map(({ name: param, value }) => ({
        name: param,
        value: String(value),
      })),
    );
  }
});

test.each([
  ["", "this is not JSON"],
  ["[]", "this is not an ITF trace: it is no object"],
  ["{}", "this is not an ITF trace: it has no `states`"],
  ['{"states": [1]}', "this is not an ITF trace: it has no `states`"],
])("what is no ITF trace is refused: %s", (text, message) => {
  expect(readItf(text)).toBe(message);
});

test("a value of another type is refused by name", () => {
  const { machine } = checked(race);
  const state = { values: { n: { "#bigint": "7" } }, mover: null };
  expect(decodeState(machine, state, true)).toBe("`n` holds what this spec's type does not have");
});

test("Mermaid", () => {
  const result = checked(race);
  const verdict = verdictNamed(result, "both");
  const story = narrateVerdict(result.machine, verdict, traceOf(result, "both"));
  expect(`\n${drawMermaid(story, "both is violated")}\n`).toMatchInlineSnapshot(`
    "
    ---
    title: "both is violated"
    ---
    sequenceDiagram
      participant CPU0 as CPU0 (p[1])
      participant CPU1 as CPU1 (p[2])
      CPU0->>CPU0: seen = READ_ONCE(n)<br/>[n == 0]
      CPU1->>CPU1: seen = READ_ONCE(n)<br/>[n == 0]
      CPU1->>CPU1: spin_lock(l)
      CPU1->>CPU1: n = seen + 1<br/>[n 1]
      CPU1->>CPU1: spin_unlock(l)
      CPU0->>CPU0: spin_lock(l)
      CPU0->>CPU0: n = seen + 1<br/>[n still 1]
      CPU0->>CPU0: spin_unlock(l)
      Note over CPU0: both violated
    "
  `);
});

test("DOT draws small state graphs, the way of a trace in red", () => {
  const small = checked(`spec small
var n: 0..2 = 0
action up when n < 2 { n += 1 }
terminal when n == 2
invariant low: n < 2
`);
  const graph = stateGraph(packedSystem(small.machine));
  expect(`\n${drawDot(small.machine, graph, traceOf(small, "low"))}\n`).toMatchInlineSnapshot(`
    "
    digraph "small" {
      node [shape=box, fontname=monospace, fontsize=10];
      edge [fontname=monospace, fontsize=9];
      s0 [label="n 0", peripheries=2, color=red, penwidth=2];
      s1 [label="n 1", color=red, penwidth=2];
      s2 [label="n 2", color=red, penwidth=2];
      s0 -> s1 [label="up", color=red, penwidth=2];
      s1 -> s2 [label="up", color=red, penwidth=2];
    }
    "
  `);
});

test("DOT of a large graph says that it is only a part", () => {
  const large = checked("spec large\nvar n: 0..999 = 0\nprocess p { while n < 999 { n += 1 } }\n");
  const graph = stateGraph(packedSystem(large.machine));
  expect(graph.cut).toBe(true);
  expect(drawDot(large.machine, graph, null)).toContain("only a part");
});

/** Bare JSON numbers, which ITF does not allow. */
function numbersIn(value: unknown): readonly number[] {
  if (typeof value === "number") return [value];
  if (value === null || typeof value !== "object") return [];
  return Object.values(value).flatMap(numbersIn);
}

test("a title of Mermaid is a string of YAML, its texts keep their colons", () => {
  const result = checked(
    "spec s\nvar n: 0..2 = 0\nprocess p { n := 1; n := 2 }\ncover two: n > 1\n",
  );
  const story = narrateVerdict(result.machine, verdictNamed(result, "two"), traceOf(result, "two"));
  expect(`\n${drawMermaid(story, 'a way to n > 1 # "here"')}\n`).toMatchInlineSnapshot(`
    "
    ---
    title: "a way to n > 1 # \\"here\\""
    ---
    sequenceDiagram
      participant CPU0 as CPU0 (p)
      CPU0->>CPU0: n := 1<br/>[n 1]
      CPU0->>CPU0: n := 2<br/>[n 2]
      Note over CPU0: two
    "
  `);
});

test("state by state: actions, picks, costs, and who waits for whom", () => {
  const result = checked(`spec s
type N = 1..2
var n: N? = null
mutex a
mutex b
cost writes
action give(x: N) when n == null {
  n := x
  cost writes += x
}
process p {
  await n != null
  pick y in N { acquire a; n := y; cost writes += 1 }
  acquire b; release b; release a
}
process q { acquire b; acquire a; release a; release b }
`);
  const { machine } = result;
  const verdict = verdictNamed(result, "deadlock");
  expect(`\n${drawVerdict(machine, verdict, { traces: "text" })}\n`).toMatchInlineSnapshot(`
    "
    a deadlock is reached after 5 steps with 2 context switches, one of 20 as short:
      blocked: p, q

    state 0: start
        n null
        p stands at p.1
        q stands at q.1

    state 1: q: acquire b (a.weft:16:13)
        q stands at q.2
        held: b by q

    state 2: give(1): n := x (a.weft:8:3)
        n: null -> 1
        writes: +1
        held: b by q

    state 3: p: await n != null (a.weft:12:3)
        p stands at p.2
        held: b by q

    state 4: p: pick y in N (a.weft:13:3)
        picked: y 1
        p stands at p.4
        held: a by p, b by q

    state 5: p: n := y (a.weft:13:28)
        writes: +1
        p stands at p.5
        held: a by p, b by q

    CPU0 (p): mutex_lock(b) <-- waits for CPU1
    CPU1 (q): mutex_lock(a) <-- waits for CPU0
    "
  `);
});

test("state by state: the step that violates is marked", () => {
  const result = checked(race);
  const drawn = drawVerdict(result.machine, verdictNamed(result, "both"), { traces: "text" });
  expect(drawn.split("\n").slice(-4)).toMatchInlineSnapshot(`
    [
      "",
      "state 8: p[1]: release l (a.weft:8:3)",
      "    p[1] is done",
      "    <-- both violated",
    ]
  `);
});

test("state by state: what fails before the first step", () => {
  const result = checked("spec s\nprocess p { assert no: 1 == 2  /// BUG_ON(1)\n skip }\n");
  const drawn = drawVerdict(result.machine, verdictNamed(result, "no"), { traces: "text" });
  expect(`\n${drawn}\n`).toMatchInlineSnapshot(`
    "
    assert no fails at the start:
      a.weft:2:13

    state 0: start
        p stands at p.1
        CPU0 (p): BUG_ON(1) <-- no fails
    "
  `);
});
