// Statements to steps: what is one step, what is folded, where processes rest, what is stored.

import { expect, test } from "vitest";
import { printMachine } from "../support/print-machine.ts";
import { compileFiles, machineOf } from "../support/spec.ts";

const head = "spec t\nvar x: 0..3 = 0\nvar y: 0..3 = 0\nvar b: bool = false\nspinlock l\n";

function lowered(body: string, options = { fold: true, reset: true }): string {
  return printMachine(machineOf(`${head}${body}\n`, new Map(), options));
}

test("every statement on shared state is a step; local work runs with the step before it", () => {
  expect(
    lowered("process p { var i: 0..3 = 1; x := i; i := i + 1; i := i + 1; y := i; skip }"),
  ).toMatchInlineSnapshot(`
      "process p (i)
        start:
          i := 1
          goto p.1
        p.1:
          x := i
          i := i + 1
          i := i + 1
          goto p.2
        p.2:
          y := i
          goto p.3
        p.3:
          end
          goto done resetting i"
    `);
});

test("testing a shared variable and acting on it are two steps", () => {
  expect(lowered("process p { if b { x := 1 } else { x := 2 }\n y := 1 }")).toMatchInlineSnapshot(`
    "process p
      start:
        goto p.1
      p.1:
        if b
          goto p.2
        else
          goto p.3
      p.2:
        x := 1
        goto p.4
      p.3:
        x := 2
        goto p.4
      p.4:
        y := 1
        end
        goto done"
  `);
});

test("arms of a local condition that meet again share the code behind them", () => {
  expect(
    lowered(
      "process p { var i: 0..3 = x; if i == 0 { i := 1 } else { i := 2 }\n i := i + 1; y := i }",
    ),
  ).toMatchInlineSnapshot(`
      "process p (i)
        start:
          goto p.1
        p.1:
          i := x
          if i == 0
            i := 1
          else
            i := 2
          i := i + 1
          goto p.2
        p.2:
          y := i
          end
          goto done resetting i"
    `);
});

test("a choice, the local work after it and the first step of its branch are one step", () => {
  expect(
    lowered(
      "process p { either { var i: 0..3 = 2; x := i; y := i } or { await b } or { }\n skip }",
    ),
  ).toMatchInlineSnapshot(`
      "process p (i)
        start:
          goto p.1
        p.1:
          either
            i := 2
            x := i
            goto p.3
          or
            await b
            goto p.5 resetting i
          or
            goto p.5 resetting i
        p.3:
          y := i
          goto p.5 resetting i
        p.5:
          end
          goto done"
    `);
});

test("choices nest; a branch of a nested choice without a step is the step", () => {
  expect(
    lowered(
      "process p { either { pick v in {1, 2} where v != x { x := v } } or { either { } or { skip }\n y := 1 } }",
    ),
  ).toMatchInlineSnapshot(`
      "process p
        start:
          goto p.1
        p.1:
          either
            pick v in {1, 2} where v != x
              x := v
              end
              goto done
          or
            either
              goto p.6
            or
              goto p.6
        p.6:
          y := 1
          end
          goto done"
    `);
});

test("an atomic block is one step, its loops and choices inside", () => {
  expect(
    lowered("process p { atomic { await b; for i in 0..2 { if x < i { x := i } }\n b := false } }"),
  ).toMatchInlineSnapshot(`
      "process p
        start:
          goto p.1
        p.1:
          await b
          i := 0
          loop 0
            if x < i
              x := i
            else
            if i != 2
              i := i + 1
              continue 0
            else
              break 0
          b := false
          end
          goto done"
    `);
  expect(
    lowered("process p { atomic { for i in 1..2 { either { x := i } or { y := i } } } }"),
  ).toMatchInlineSnapshot(`
      "process p
        start:
          goto p.1
        p.1:
          i := 1
          either
            x := i
            i := 2
            either
              x := i
              end
              goto done
            or
              y := i
              end
              goto done
          or
            y := i
            i := 2
            either
              x := i
              end
              goto done
            or
              y := i
              end
              goto done"
    `);
});

test("a loop over a constant set advances with the step before it", () => {
  expect(lowered("process p { for i in {0, 1, 3} { x := i } }")).toMatchInlineSnapshot(`
    "process p (i)
      start:
        i := 0
        goto p.1
      p.1:
        x := i
        if i != 3
          i := for i in {0, 1, 3}
          goto p.1
        else
          end
          goto done resetting i"
  `);
});

test("a round without a step is folded into a loop inside the step", () => {
  expect(
    lowered(
      "process p { var s: set of (0..3) = {}\n s := {x}\n for i in 0..3 { if i in s { y := i } } }",
    ),
  ).toMatchInlineSnapshot(`
      "process p (s, i)
        start:
          s := {}
          goto p.1
        p.1:
          s := {x}
          i := 0
          loop 0
            if i in s
              goto p.2
            else
            if i != 3
              i := i + 1
              continue 0
            else
              break 0
          end
          goto done resetting s, i
        p.2:
          y := i
          if i != 3
            i := i + 1
            loop 1
              if i in s
                goto p.2
              else
              if i != 3
                i := i + 1
                continue 1
              else
                break 1
            end
            goto done resetting s, i
          else
            end
            goto done resetting s, i"
    `);
});

test("for any picks one of what is left in each round", () => {
  expect(lowered("process p { for any i in {1, 2} { x := i } }")).toMatchInlineSnapshot(`
    "process p (i_left)
      start:
        i_left := {1, 2}
        if i_left != {}
          goto p.1
        else
          end
          goto done resetting i_left
      p.1:
        pick i in i_left
          i_left := i_left minus {i}
          x := i
          if i_left != {}
            goto p.1
          else
            end
            goto done resetting i_left"
  `);
});

test("calls are inlined; parameters that only pass on stand for their argument", () => {
  expect(
    lowered(
      "fn f(i: 0..3, ref r: 0..3): bool { r := x; if i == r { return true }\n y := i; return false }\nprocess p { var r: 0..3 = 0; if f(1, r) { skip }\n x := r }",
    ),
  ).toMatchInlineSnapshot(`
      "process p (r)
        start:
          r := 0
          goto f.1
        f.1:
          r := x
          if 1 == r
            f_result := true
            if f_result
              goto p.1
            else
            goto p.2
          else
          goto f.2
        p.1:
          goto p.2
        p.2:
          x := r
          end
          goto done resetting r
        f.2:
          y := 1
          f_result := false
          if f_result
            goto p.1
          else
          goto p.2"
    `);
});

test("step functions", () => {
  expect(
    lowered(
      "process p { var o: 0..3 = xchg(x, 2); if cmpxchg(y, o, 1) { skip }\n while !try acquire l { }\n release l }",
    ),
  ).toMatchInlineSnapshot(`
      "process p (o)
        start:
          goto p.1
        p.1:
          old := x
          x := 2
          o := old
          goto p.2
        p.2:
          swapped := y == o
          if swapped
            y := 1
          if swapped
            goto p.3
          else
          goto p.4
        p.3:
          goto p.4
        p.4:
          taken := try acquire l
          if taken
            goto p.5
          else
            goto p.4
        p.5:
          release l
          end
          goto done resetting o"
    `);
});

test("costs and ghosts belong to the step before them", () => {
  expect(
    printMachine(
      machineOf(
        `${head}ghost var g: 0..3 = 0\ncost c\nprocess p { x := 1; ghost g := x; cost c += 1; y := 1 }`,
      ),
    ),
  ).toMatchInlineSnapshot(`
      "process p
        start:
          goto p.1
        p.1:
          x := 1
          g := x
          cost c += 1
          goto p.2
        p.2:
          y := 1
          end
          goto done"
    `);
});

test("unfolded, local work is a location of its own, but nothing that others could tell apart", () => {
  expect(
    lowered(
      "process p { var i: 0..3 = 1; x := i; i := 2; if i == 2 { i := 3 }\n y := i; i := 0 }",
      { fold: false, reset: true },
    ),
  ).toMatchInlineSnapshot(`
      "process p (i)
        start:
          goto p.local
        p.local: (local)
          i := 1
          goto p.1
        p.1:
          x := i
          goto p.local#2
        p.local#2: (local)
          i := 2
          goto p.local#3
        p.local#3: (local)
          if i == 2
            goto p.local#4
          else
          goto p.2
        p.local#4: (local)
          i := 3
          goto p.2
        p.2:
          y := i
          i := 0
          end
          goto done resetting i"
    `);
});

test("without resets dead locals keep their values, until the end if properties can read them", () => {
  expect(
    lowered("process p { var i: 0..3 = 0\n i := x; y := i; skip }", { fold: true, reset: false }),
  ).toMatchInlineSnapshot(`
    "process p (i)
      start:
        i := 0
        goto p.1
      p.1:
        i := x
        goto p.2
      p.2:
        y := i
        goto p.3
      p.3:
        end
        goto done resetting i"
  `);
});

test.each([
  ["loop-without-step", "process p { var i: 0..3 = 0\n while i < 3 { i := i + 1 } }"],
  ["loop-without-step", "process p { a: var i: 0..3 = 0\n goto a }"],
  ["await-inside-atomic", "process p { atomic { x := 1; await b } }"],
  [
    "choice-in-atomic-while",
    "process p { atomic { while x < 2 { either { x += 1 } or { x += 2 } } } }",
  ],
  ["label-not-observable", "process p { either { a: x := 1 } or { skip } }\ninvariant i: !(p @ a)"],
  [
    "label-not-observable",
    "fn f() { if b { return }\n y := 1; d: return }\nprocess q { f(); skip }\ninvariant i: !(q @ f.d)",
  ],
  ["text-for-two-steps", "process p { x := 1; y := 1 /// both\n}"],
])("%s", (code, body) => {
  const { diagnostics, machine } = compileFiles({ "t.weft": `${head}${body}\n` });
  expect(diagnostics.map((found) => found.code)).toContain(code);
  expect(machine).toBeNull();
});

test("a label before a call is seen at the first step of that copy of the callee", () => {
  const machine = machineOf(
    `${head}fn f() { x := 1 }\nprocess p { f()\n a: f()\n }\ninvariant i: p @ a => x == 1\n`,
  );
  expect(machine.processes[0]?.locations.map(({ name, labels }) => [name, labels])).toEqual([
    ["f.1", []],
    ["p.a", [["p", "a"]]],
    ["done", []],
  ]);
});

test("a label before a loop is seen at the start of each round", () => {
  const machine = machineOf(
    `${head}process p { l: while !b { x := 1 } }\ninvariant i: p @ l => true\n`,
  );
  const locations = machine.processes[0]?.locations ?? [];
  expect(locations.map(({ name }) => name)).toEqual(["p.l", "p.2", "done"]);
});
