import { expect, test } from "vitest";
import type { Interpreter } from "../../src/checker/interpret.ts";
import { interpret } from "../../src/checker/interpret.ts";
import type { State } from "../../src/checker/transition-system.ts";
import type { Code, Machine, Op } from "../../src/machine/machine.ts";
import {
  acquire,
  actionOf,
  add,
  allOf,
  arrayVariable,
  at,
  bool,
  either,
  ended,
  equal,
  go,
  less,
  literal,
  local,
  lock,
  lockPlace,
  machineLocal,
  machineOf,
  not,
  pick,
  place,
  processOf,
  range,
  read,
  release,
  set,
  span,
  stop,
  variable,
  wait,
  when,
} from "../support/machines.ts";

const x = variable("x", range(0, 3), 0);
const a = arrayVariable("a", range(1, 2), range(0, 3), literal(0));

/** What a step shows: where it leads, or how it faults; then notes. */
function shown(machine: Machine, state: State): readonly string[] {
  const interpreter = interpret(machine);
  return interpreter.steps(state).map(({ mover, next, fault, notes }) => {
    const who = interpreter.movers[mover]?.name;
    const where = fault === null ? JSON.stringify(next) : `!${fault.kind}`;
    return [`${who}: ${where}`, ...notes.map((note) => note.kind)].join(" ");
  });
}

function initialOf(interpreter: Interpreter): State {
  const state = interpreter.initial()[0]?.state;
  if (state === null || state === undefined) throw new Error("no initial state");
  return state;
}

/** The steps of a process p that runs one code, with the variables x and a: what x and a become, or the fault. */
function check(code: Code, expected: readonly string[], parts: Partial<Machine> = {}): void {
  const machine = machineOf({
    variables: [x, a],
    processes: [processOf("p", [code])],
    ...parts,
  });
  const interpreter = interpret(machine);
  const outcomes = interpreter.steps(initialOf(interpreter)).map(({ next, fault, notes }) => {
    const values = fault?.kind ?? `x=${next?.["x"]} a=${Object.values(next?.["a"] as object)}`;
    return [values, ...notes.map(({ kind }) => kind)].join(" ");
  });
  expect(outcomes).toEqual(expected);
}

test("assigns", () => check([set(x, literal(2)), go(1)], ["x=2 a=0,0"]));
test("assigns elements", () => check([set(a, literal(3), literal(2)), go(1)], ["x=0 a=0,3"]));
test("reads what was assigned before", () =>
  check([set(x, literal(1)), set(x, add(read(x), literal(1))), go(1)], ["x=2 a=0,0"]));
test("a value out of range is a fault", () => check([set(x, literal(4)), go(1)], ["range"]));
test("an index without an element is a fault", () => {
  check([set(a, literal(1), literal(3)), go(1)], ["index"]);
  check([set(x, at(read(a), literal(0))), go(1)], ["index"]);
});
test("an await that does not hold is not offered", () => {
  check([wait(equal(read(x), literal(1))), go(1)], []);
  check([wait(equal(read(x), literal(0))), go(1)], ["x=0 a=0,0"]);
});
test("either gives its branches in order, without those that wait", () => {
  const branches = [
    [set(x, literal(3)), go(1)],
    [wait(equal(read(x), literal(1))), go(1)],
    [set(x, literal(1)), go(1)],
  ];
  check([either(...branches)], ["x=3 a=0,0", "x=1 a=0,0"]);
});
test("code behind a choice goes on in every branch", () => {
  check(
    [either([set(x, literal(1))], [set(x, literal(2))]), set(a, read(x), literal(1)), go(1)],
    ["x=1 a=1,0", "x=2 a=2,0"],
  );
});

const chosen = machineLocal("chosen", range(0, 3), false);
test("pick gives its values in order", () => {
  const odd = equal(
    {
      kind: "arithmetic",
      operator: "%",
      left: local(chosen),
      right: literal(2),
      type: range(0, 1),
      span: span(),
    },
    literal(1),
  );
  const process = processOf(
    "p",
    [[pick(chosen, allOf(chosen.type), [set(x, local(chosen)), go(1)], odd)]],
    { locals: [chosen] },
  );
  check([], ["x=1 a=0,0", "x=3 a=0,0"], { processes: [process] });
});
test("pick without a candidate waits, or faults in an atomic block", () => {
  const never = literal(false, bool);
  for (const [stuck, expected] of [
    ["wait", []],
    ["fault", ["atomic-stuck"]],
  ] as const) {
    const op = pick(chosen, allOf(chosen.type), [go(1)], never, stuck);
    check([], expected, { processes: [processOf("p", [[op]], { locals: [chosen] })] });
  }
});
test("a candidate whose condition faults is a faulting step among the others", () => {
  const above = equal(at(read(a), local(chosen)), literal(0));
  const op = pick(chosen, allOf(chosen.type), [set(x, local(chosen)), go(1)], above);
  check([], ["index", "x=1 a=0,0", "x=2 a=0,0", "index"], {
    processes: [processOf("p", [[op]], { locals: [chosen] })],
  });
});

const loop = (body: Code, limit: number): Op => ({
  kind: "loop",
  id: 7,
  body,
  limit,
  span: span(),
});
const leave: Op = { kind: "break", loop: 7 };
test("a loop runs until its break", () => {
  const body = [when(equal(read(x), literal(3)), [leave]), set(x, add(read(x), literal(1)))];
  check([loop(body, 4), go(1)], ["x=3 a=0,0"]);
  check([loop(body, 3), go(1)], ["endless-loop"]);
});
test("continue starts the next round", () => {
  const body = [
    set(x, add(read(x), literal(1))),
    when(less(read(x), literal(3)), [{ kind: "continue", loop: 7 }]),
    leave,
  ];
  check([loop(body, 9), go(1)], ["x=3 a=0,0"]);
});
test("a choice in a loop goes on with the next round", () => {
  const body = [
    when(equal(read(x), literal(2)), [leave]),
    set(x, add(read(x), literal(1))),
    either([], [set(a, read(x), literal(1))]),
  ];
  check([loop(body, 9), go(1)], ["x=2 a=0,0", "x=2 a=2,0", "x=2 a=1,0", "x=2 a=2,0"]);
});
test("a failed assert is noted, and the step goes on", () => {
  const assert: Op = {
    kind: "assert",
    assertion: 0,
    condition: equal(read(x), literal(1)),
    span: span(),
  };
  check([assert, set(x, literal(2)), go(1)], ["x=2 a=0,0 assert"]);
  check([assert, set(x, literal(9)), go(1)], ["range assert"]);
});

// ---------------------------------------------------------------- locks

const spin = lock("s", "spinlock");
const mutex = lock("m", "mutex");
const sem = lock("r", "rwsem");
const keyed = lock("k", "mutex", range(1, 2));
const parts = { locks: [spin, mutex, sem, keyed] };

/** One process after the other runs its codes as far as they go; then what the last step of each shows. */
function checkLocks(first: Code, second: Code, expected: readonly string[]): void {
  const machine = machineOf({
    ...parts,
    processes: [processOf("p", [[...first, go(1)]]), processOf("q", [[...second, go(1)]])],
  });
  const interpreter = interpret(machine);
  const [afterFirst] = interpreter.stepsOf(initialOf(interpreter), 0);
  const state = afterFirst?.next ?? null;
  const fate = (step: typeof afterFirst): string =>
    step === undefined
      ? "waits"
      : [step.fault?.kind ?? "ok", ...step.notes.map(({ kind }) => kind)].join(" ");
  expect([
    fate(afterFirst),
    ...(state === null ? [] : [fate(interpreter.stepsOf(state, 1)[0])]),
  ]).toEqual(expected);
}

const downgrade: Op = { kind: "downgrade", lock: lockPlace(sem), span: span() };
test("a lock keeps others out", () => {
  checkLocks([acquire(spin)], [acquire(spin)], ["ok", "waits"]);
  checkLocks([acquire(spin), release(spin)], [acquire(spin)], ["ok", "ok"]);
  checkLocks([acquire(spin)], [acquire(mutex)], ["ok", "ok"]);
  checkLocks(
    [acquire(keyed, false, literal(1))],
    [acquire(keyed, false, literal(2))],
    ["ok", "ok"],
  );
  checkLocks(
    [acquire(keyed, false, literal(1))],
    [acquire(keyed, false, literal(1))],
    ["ok", "waits"],
  );
});
test("readers share, writers do not", () => {
  checkLocks([acquire(sem, true)], [acquire(sem, true)], ["ok", "ok"]);
  checkLocks([acquire(sem, true)], [acquire(sem)], ["ok", "waits"]);
  checkLocks([acquire(sem)], [acquire(sem, true)], ["ok", "waits"]);
  checkLocks([acquire(sem), downgrade], [acquire(sem, true)], ["ok", "ok"]);
  checkLocks([acquire(sem), downgrade], [acquire(sem)], ["ok", "waits"]);
});
test("misuse is a fault", () => {
  checkLocks([acquire(mutex), acquire(mutex)], [], ["double-acquire"]);
  checkLocks([acquire(sem, true), acquire(sem, true)], [], ["double-acquire"]);
  checkLocks([acquire(sem, true), acquire(sem)], [], ["double-acquire"]);
  checkLocks([release(mutex)], [], ["release-not-held"]);
  checkLocks([acquire(mutex)], [release(mutex)], ["ok", "release-not-held"]);
  checkLocks([acquire(sem, true), downgrade], [], ["downgrade-not-held"]);
  checkLocks([acquire(mutex), ended()], [ended()], ["lock-held-at-end"]);
  checkLocks([acquire(keyed, false, literal(3))], [], ["index"]);
});
test("a contract is kept or broken", () => {
  const contract = (result: boolean): Op => ({
    kind: "contract",
    lock: lockPlace(mutex),
    result: literal(result, bool),
    span: span(),
  });
  checkLocks([acquire(mutex), contract(true)], [contract(false)], ["ok", "ok"]);
  checkLocks([contract(true)], [], ["contract-broken"]);
  checkLocks([acquire(mutex), contract(false)], [], ["contract-broken"]);
});
test("lock orders and sleeping under a spinlock are noted", () => {
  checkLocks([acquire(spin), acquire(mutex)], [], ["ok sleep-under-spinlock lock-order", "ok"]);
  checkLocks([acquire(mutex), acquire(spin)], [], ["ok lock-order", "ok"]);
  checkLocks([acquire(mutex), acquire(sem, true)], [], ["ok lock-order", "ok"]);
});
test("trying never waits, and adds no order", () => {
  const result = machineLocal("result", bool);
  const attempt: Op = { kind: "try-acquire", lock: lockPlace(mutex), result, span: span() };
  const tries = processOf(
    "q",
    [
      [attempt, go(1)],
      [acquire(keyed, false, literal(1)), go(2)],
    ],
    { locals: [result] },
  );
  const machine = machineOf({
    ...parts,
    processes: [processOf("p", [[acquire(mutex), go(1)]]), tries],
  });
  const interpreter = interpret(machine);
  const start = initialOf(interpreter);
  const free = interpreter.stepsOf(start, 1)[0];
  expect([free?.next?.["m"], free?.next?.["q"]]).toEqual(["q", { at: "q.1", result: true }]);
  const taken = interpreter.stepsOf(start, 0)[0]?.next as State;
  const failed = interpreter.stepsOf(taken, 1)[0];
  expect([failed?.next?.["m"], failed?.next?.["q"]]).toEqual(["p", { at: "q.1", result: false }]);
  // What was taken by trying counts as held.
  expect(interpreter.stepsOf(free?.next as State, 1)[0]?.notes).toEqual([
    { kind: "lock-order", held: "m", taken: "k[1]", span: expect.anything() },
  ]);
});
test("says what a mover waits for", () => {
  const machine = machineOf({
    ...parts,
    variables: [x],
    processes: [
      processOf("p", [
        [acquire(keyed, false, literal(2)), go(1)],
        [wait(equal(read(x), literal(1))), go(2)],
      ]),
      processOf("q", [[acquire(keyed, false, literal(2)), go(1)]]),
    ],
  });
  const interpreter = interpret(machine);
  const state = interpreter.stepsOf(initialOf(interpreter), 0)[0]?.next as State;
  expect(interpreter.blockers(state, 0)).toEqual([{ kind: "await", span: expect.anything() }]);
  expect(interpreter.blockers(state, 1)).toEqual([
    { kind: "lock", lock: "k[2]", read: false, holders: ["p"], span: expect.anything() },
  ]);
});

// ---------------------------------------------------------------- states

test("instances come before actions, each with its own locals", () => {
  const index = { ...machineLocal("i", range(1, 2), false), role: "index" as const };
  const mine = machineLocal("mine", range(0, 3));
  const process = processOf(
    "w",
    [[set(mine, add(local(index), literal(1))), go(1)], [go(2, mine)]],
    {
      index: { local: index, values: [1, 2] },
      locals: [mine],
    },
  );
  const machine = machineOf({
    variables: [x],
    processes: [process],
    actions: [actionOf("tick", [set(x, literal(1)), stop])],
  });
  const interpreter = interpret(machine);
  const start = initialOf(interpreter);
  expect(start).toEqual({ x: 0, w: { 1: { at: "w.0", mine: 0 }, 2: { at: "w.0", mine: 0 } } });
  expect(shown(machine, start)).toEqual([
    'w[1]: {"x":0,"w":{"1":{"at":"w.1","mine":2},"2":{"at":"w.0","mine":0}}}',
    'w[2]: {"x":0,"w":{"1":{"at":"w.0","mine":0},"2":{"at":"w.1","mine":3}}}',
    'tick: {"x":1,"w":{"1":{"at":"w.0","mine":0},"2":{"at":"w.0","mine":0}}}',
  ]);
  const reset = interpreter.stepsOf(interpreter.stepsOf(start, 0)[0]?.next as State, 0)[0]?.next;
  expect(reset?.["w"]).toEqual({ 1: { at: "done", mine: 0 }, 2: { at: "w.0", mine: 0 } });
});

/** The values of x and a in all initial states, or the fault. */
function checkInitial(parts: Partial<Machine>, expected: readonly string[]): void {
  const found = interpret(machineOf(parts)).initial();
  expect(
    found.map(
      ({ state, fault }) =>
        fault?.kind ??
        Object.values(state ?? {})
          .map((value) => Object.values(value as object).join() || `${value}`)
          .join(" "),
    ),
  ).toEqual(expected);
}

test("initial values are chosen for each element by itself, the first key slowest", () => {
  const pair = arrayVariable("b", range(1, 2), bool, allOf(bool), "in");
  checkInitial({ variables: [pair] }, ["false,false", "false,true", "true,false", "true,true"]);
  const same = equal(at(read(pair), literal(1)), at(read(pair), literal(2)));
  checkInitial({ variables: [pair], initConditions: [not(same)] }, ["false,true", "true,false"]);
});
test("initial values may read keys and variables above, and may fault", () => {
  const first = variable("first", range(0, 3), 2);
  const binder = { kind: "binder", name: "k", type: range(1, 2), span: span() } as const;
  const sum = (limit: number) => ({
    ...arrayVariable(
      "b",
      range(1, 2),
      range(0, limit),
      add(read(first), { kind: "bound", binder, type: binder.type, span: span() }),
    ),
    keys: [{ binder, type: binder.type }],
  });
  checkInitial({ variables: [first, sum(4)] }, ["2 3,4"]);
  checkInitial({ variables: [first, sum(3)] }, ["range"]);
});
test("the work before the first step runs in every initial state", () => {
  const ghost = { ...variable("g", range(0, 3), 0), ghost: true };
  const counting = processOf("p", [[go(1)]], {
    start: [set(ghost, add(read(ghost), literal(2))), go(0)],
  });
  const again = processOf("q", [[go(1)]], {
    start: [set(ghost, add(read(ghost), literal(1))), go(1)],
  });
  const found = interpret(
    machineOf({ variables: [ghost], processes: [counting, again] }),
  ).initial();
  expect(found.map(({ state }) => state)).toEqual([{ g: 3, p: { at: "p.0" }, q: { at: "done" } }]);
  const faulting = processOf("q", [[go(1)]], { start: [set(ghost, literal(9)), go(0)] });
  const faults = interpret(
    machineOf({ variables: [ghost], processes: [counting, faulting] }),
  ).initial();
  expect(faults.map(({ state, fault, mover }) => [state, fault?.kind, mover])).toEqual([
    [null, "range", 1],
  ]);
});
test("a place inside an array is checked by the type of the element", () => {
  const element = place(a, literal(1));
  expect(element.type).toEqual(range(0, 3));
  check([set(a, literal(-1), literal(1)), go(1)], ["range"]);
});
