import { expect, test } from "vitest";
import { type CheckSettings, check } from "../../src/checker/check.ts";
import type { Exploration, Trace, Verdict } from "../../src/checker/exploration.ts";
import { finish } from "../../src/checker/explore.ts";
import { interpret } from "../../src/checker/interpret.ts";
import { interpretedSystem } from "../../src/checker/interpreted-system.ts";
import { sameValue } from "../../src/checker/values.ts";
import type { Machine } from "../../src/machine/machine.ts";
import { compile } from "../../src/pipeline.ts";

function machineOf(text: string, fold = true): Machine {
  const read = (path: string): string | null => (path === "t.weft" ? `spec t\n${text}` : null);
  const { machine, diagnostics } = compile("t.weft", read, new Map(), { fold, reset: true });
  if (machine === null)
    throw new Error(diagnostics.map(({ code, message }) => `${code}: ${message}`).join("\n"));
  return machine;
}

function exploring(text: string, settings: Partial<CheckSettings> = {}, fold = true): Exploration {
  const machine = machineOf(text, fold);
  const exploration = finish(check(machine, interpretedSystem(machine), settings));
  for (const { trace } of exploration.verdicts) if (trace !== null) replays(machine, trace);
  return exploration;
}

/** Every step of the trace is one that the interpreter offers; every state but that of a fault is there. */
function replays(machine: Machine, { states, steps, start }: Trace): void {
  const interpreter = interpret(machine);
  const faults = steps.at(-1)?.fault ?? null;
  expect(states.length).toBe(steps.length + (faults === null ? 1 : 0));
  if (start.some(({ fault }) => fault !== null)) return;
  expect(
    interpreter.initial().some(({ state }) => state !== null && sameValue(state, states[0] ?? {})),
  ).toBe(true);
  steps.forEach((step, index) => {
    const next = states[index + 1] ?? null;
    const offered = interpreter.stepsOf(states[index] ?? {}, step.mover);
    expect(
      offered.some((one) =>
        next === null ? one.next === null : one.next !== null && sameValue(one.next, next),
      ),
    ).toBe(true);
  });
}

/** What is not as it should be: `name outcome steps/switches ×count (detail)`. */
function told({ name, outcome, trace, shortest, detail }: Verdict): string {
  const length = trace === null ? "" : ` ${trace.steps.length}/${trace.contextSwitches}`;
  const count = shortest === null ? "" : ` ×${shortest}`;
  return `${name} ${outcome}${length}${count}${detailOf(detail)}`;
}

function detailOf(detail: Verdict["detail"]): string {
  switch (detail?.kind) {
    case undefined:
      return "";
    case "fault":
      return ` (${detail.fault})`;
    case "blocked":
      return ` (${detail.processes.join()})`;
    case "lock-cycle":
      return ` (${detail.edges.map(({ held, by, trace }) => `${held} by ${by} after ${trace.steps.length}`).join(", ")})`;
    default:
      return ` (${detail?.kind})`;
  }
}

/** The verdicts on a spec, those that hold left out; the same whether local steps are folded or not, up to lengths. */
function judged(
  text: string,
  expected: readonly string[],
  settings: Partial<CheckSettings> = {},
): Exploration {
  const exploration = exploring(text, settings);
  const notHolding = (verdicts: readonly Verdict[]) =>
    verdicts.filter(({ outcome }) => outcome !== "holds");
  expect(notHolding(exploration.verdicts).map(told)).toEqual(expected);
  if (exploration.complete) {
    const outline = ({ verdicts }: Exploration) =>
      verdicts.map(({ name, outcome, detail }) => `${name} ${outcome} ${detail?.kind}`);
    expect(outline(exploring(text, settings, false))).toEqual(outline(exploration));
  }
  return exploration;
}

const COUNTERS = `
var x: 0..9 = 0
process p { x := 1 \n x := 2 }
process q { x := 5 }
`;

test("counts states, transitions and depth", () => {
  const { distinctStates, transitions, depth, levels, initialStates, complete } =
    exploring(COUNTERS);
  // p at 0, 1, 2, done with what p and q wrote last.
  expect({ distinctStates, transitions, depth, levels, initialStates, complete }).toEqual({
    distinctStates: 8,
    transitions: 8,
    depth: 3,
    levels: [1, 2, 3, 2],
    initialStates: 1,
    complete: true,
  });
});

test("an invariant with its shortest traces, fewest switches first", () => {
  judged(`${COUNTERS} invariant small: x < 5`, ["small violated 1/0 ×1"]);
  judged(`${COUNTERS} invariant once: !(x == 2 && done(q))`, ["once violated 3/1 ×2"]);
});
test("covers and their witnesses", () => {
  judged(`${COUNTERS} cover two: x == 2 \n cover three: x == 3`, [
    "two reachable 2/0",
    "three unreachable",
  ]);
});
test("a step property", () => {
  judged(`${COUNTERS} step up: x <= x'`, ["up violated 2/1 ×1"]);
  judged(`${COUNTERS} step by_p: taken(p) => x' < 5 && x != 5`, ["by_p violated 2/1 ×1"]);
});
test("a property that faults is violated, and says so", () => {
  judged("var o: (0..3)? = null\nprocess p { o := 1 \n o := null }\ninvariant small: o < 3", [
    "small violated 0/0 ×1 (property-fault)",
  ]);
  judged("var x: 0..3 = 1\nprocess p { x := 0 }\ncover half: 2 / x == 7", [
    "half violated 1/0 (property-fault)",
  ]);
});
test("a cover that faults may still be reached, as long as not all is explored", () => {
  const late = "var x: 0..3 = 0\nprocess p { x := 1 }\ncover half: 2 / x == 2";
  judged(late, ["half reachable 1/0"]);
  const { verdicts } = exploring(late, { maxStates: 1 });
  expect(verdicts.find(({ name }) => name === "half")?.outcome).toBe("unknown");
});
test("an assert fails where it stands, and the search goes on", () => {
  const text =
    "var x: 0..3 = 0\nprocess p { assert zero: x == 0 \n x := 2 }\nprocess q { x := 1 }\ncover end: x == 2 && done(q)";
  judged(text, ["end reachable 3/1 ×2", "zero violated 2/1 ×1"], { refine: "all" });
});

test("a deadlock, with everybody who is blocked", () => {
  const text = `
mutex a\nmutex b
process p { acquire a \n acquire b \n release b \n release a }
process q { acquire b \n acquire a \n release a \n release b }
`;
  judged(text, [
    "deadlock violated 2/1 ×2 (p,q)",
    "lock_order violated (a by p after 2, b by q after 2)",
  ]);
});
test("a cycle in the order of locks without any deadlock", () => {
  const text = `
mutex a\nmutex b\nvar gone: bool = false
process p { acquire a \n acquire b \n release b \n release a \n gone := true }
process q { await gone \n acquire b \n acquire a \n release a \n release b }
`;
  judged(text, ["lock_order violated (a by p after 2, b by q after 8)"]);
});
test("one process alone can break the order of locks", () => {
  const text = `
mutex a\nmutex b
process p { acquire a \n acquire b \n release b \n release a \n acquire b \n acquire a \n release a \n release b }
`;
  judged(text, ["lock_order violated (a by p after 2, b by p after 6)"]);
});
test("waiting for ever while others go on is no deadlock but stuck", () => {
  const text = `
var x: 0..1 = 0
process p { await x == 0 && x == 1 }
daemon process d { loop { x := 1 - x } }
`;
  judged(text, ["stuck violated 0/0 ×1 (p)"]);
});
test("what only a fault leaves behind is neither deadlock nor stuck", () => {
  judged(
    "var x: 0..1 = 0\nprocess p { x += 1 \n x += 1 }\nprocess q { await x == 0 && x == 1 && done(p) }",
    ["range violated 2/0 ×1 (range)"],
  );
});
test("actions alone end in a deadlock, unless that is right", () => {
  const text = "var x: 0..2 = 0\naction up() when x < 2 { x += 1 }";
  judged(text, ["deadlock violated 2/0 ×1 ()"]);
  judged(`${text}\nterminal when x == 2`, []);
});
test("misused locks are reported by place, not by call", () => {
  const text = `
mutex l
fn bad() { release l }
process p { bad() }
process q { bad() }
`;
  judged(text, ["lock_use violated 1/0 ×2 (release-not-held)"]);
});
test("sleeping under a spinlock", () => {
  judged("spinlock s\nmutex m\nprocess p { acquire s \n acquire m \n release m \n release s }", [
    "lock_use violated 2/0 ×1 (sleep)",
  ]);
});
test("faults in the work before the first step", () => {
  const exploration = judged(
    "ghost var g: 0..1 = 0\nprocess p { var l: 0..3 = 2 \n ghost g := l \n skip }",
    ["range violated 0/0 ×1 (range)"],
  );
  expect(exploration.initialStates).toBe(0);
  const trace = exploration.verdicts.find(({ name }) => name === "range")?.trace;
  expect(trace?.start.map(({ name, fault }) => [name, fault?.kind])).toEqual([["p", "range"]]);
});

test("what is unknown after a limit does not hold", () => {
  const text =
    "var x: 0..99 = 0\nprocess p { loop { x := (x + 1) % 100 } }\ninvariant small: x < 50\ninvariant all: x < 100\ncover half: x == 50";
  const exploration = judged(
    text,
    [
      "small unknown",
      "all unknown",
      "half unknown",
      ...["deadlock", "stuck", "range", "lock_use", "lock_order"].map((name) => `${name} unknown`),
    ],
    { maxStates: 20 },
  );
  expect([exploration.complete, exploration.stoppedBy]).toEqual([false, "max-states"]);
});
test("stopping at the first violation", () => {
  const text =
    "var x: 0..99 = 0\nprocess p { loop { x := (x + 1) % 100 } }\ninvariant small: x < 50\ninvariant less: x < 60";
  const exploration = exploring(text, { first: true });
  expect(exploration.verdicts.slice(0, 2).map(told)).toEqual([
    "small violated 50/0 ×1",
    "less unknown",
  ]);
  expect(exploration.distinctStates).toBe(51);
});
test("stopping when one property is decided", () => {
  const text =
    "var x: 0..99 = 0\nprocess p { loop { x := (x + 1) % 100 } }\ninvariant small: x < 50\ncover sixty: x == 60";
  const exploration = exploring(text, { until: "sixty", refine: "all" });
  expect(exploration.verdicts.slice(0, 2).map(told)).toEqual([
    "small violated 50/0 ×1",
    "sixty reachable 60/0 ×1",
  ]);
  expect([exploration.complete, exploration.distinctStates]).toEqual([false, 61]);
});
test("the fewest switches of all, however long the trace", () => {
  const text = `
var x: 0..4 = 0
process p { x := 1 \n x := 2 }
process q { either { await x == 1 \n x := 4 } or { skip \n skip \n skip \n skip \n x := 4 } }
invariant never: x != 4
`;
  const lengths = (settings: Partial<CheckSettings>) =>
    exploring(text, settings).verdicts[0]?.trace?.contextSwitches;
  expect([lengths({}), lengths({ fewestSwitches: true })]).toEqual([1, 0]);
});

test("totals of costs and the runs that attain them", () => {
  const text = `
cost work
var x: 0..3 = 0
process p { either { cost work += 1 \n skip \n cost work += 2 } or { skip \n cost work += 7 \n skip } }
`;
  const { costs } = exploring(text);
  expect(
    costs.map(({ least, greatest, leastRun, greatestRun }) => [
      least,
      greatest,
      leastRun?.steps.length,
      greatestRun?.steps.length,
    ]),
  ).toEqual([[3, 7, 1, 2]]);
});
test("a loop that adds on the way to an end makes a cost unbounded", () => {
  const text =
    "cost work\nvar x: bool = false\nprocess p { while !x { skip \n cost work += 1 } }\nprocess q { x := true }";
  const [cost] = exploring(text).costs;
  expect([cost?.least, cost?.greatest]).toEqual([0, "unbounded"]);
  const states = cost?.greatestRun?.states.map((state) => JSON.stringify(state)) ?? [];
  const start = cost?.loopStart ?? -1;
  expect(states.indexOf(states[start] ?? "", start + 1)).toBeGreaterThan(start);
});
test("costs before the first step count", () => {
  const [cost] = exploring("cost work\nprocess p { cost work += 2 \n skip }").costs;
  expect([cost?.least, cost?.greatest]).toEqual([2, 2]);
});

test("branches never entered, actions never taken, labels reached or not", () => {
  const text = `
var x: 0..3 = 0
process p {
  if x == 3 {
dead:
    x := 1
  }
alive:
  x := 2
}
action never() when x == 3 { x := 0 }
expect p.dead unreachable
expect p.alive reachable
`;
  const machine = machineOf(text);
  const { coverage } = exploring(text);
  expect(coverage.branchesNeverEntered.map((branch) => machine.branches[branch]?.exempt)).toEqual([
    "none",
  ]);
  expect(coverage.actionsNeverTaken).toEqual(["never"]);
  expect(coverage.labels.map(({ name, reached }) => `${name} ${reached}`)).toEqual([
    "p.dead false",
    "p.alive true",
  ]);
});
test("unfolded machines are judged where nobody stands at local work", () => {
  const text =
    "var x: 0..3 = 0\nprocess p { var l: 0..3 = 0 \n x := 1 \n l := 2 \n l := 3 \n x := l }\nstep up: x' == x || x' == x + 1 || x' == 3\ninvariant ok: x != 2";
  judged(text, []);
  expect(exploring(text, {}, false).distinctStates).toBeGreaterThan(exploring(text).distinctStates);
});
