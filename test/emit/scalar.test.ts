// Scalars mean what the interpreter means: which commands can be taken, which of them fault and how, and what properties
// come to, in the reachable states of random specs.

import { expect, test } from "vitest";
import { type Interpreter, interpret } from "../../src/checker/interpret.ts";
import type { State, Truth } from "../../src/checker/transition-system.ts";
import { evaluate } from "../../src/emit/scalar/evaluate.ts";
import { faultsOf, offered } from "../../src/emit/scalar/execute.ts";
import { type Notions, scopeOf, type Taker } from "../../src/emit/scalar/scope.ts";
import type { FaultSite } from "../../src/emit/scalar/symbolic.ts";
import { scalarOf } from "../../src/emit/scalar/symbolic-build.ts";
import type { Command } from "../../src/machine/command.ts";
import { commandsOf } from "../../src/machine/commands.ts";
import type { Expr, Instance, Machine } from "../../src/machine/machine.ts";
import { stateKey } from "../../src/machine/state.ts";
import { prepare, prepareSeed } from "../support/corpus.ts";
import {
  assignmentsOf,
  type Here,
  scalarValue,
  stateReading,
  whoIs,
} from "../support/scalar-state.ts";

const SPECS = Number(process.env["WEFT_SCALAR_SPECS"] ?? 60);
const FIRST = Number(process.env["WEFT_SCALAR_FIRST"] ?? 0);
const STATES = 25;

/** Some reachable states: the first ones found, and later ones here and there. */
function someStates(interpreter: Interpreter): readonly State[] {
  const found = new Map<string, State>();
  const queue = interpreter.initial().flatMap(({ state }) => (state === null ? [] : [state]));
  for (let at = 0; at < queue.length && found.size < 6 * STATES; at += 1) {
    const state = queue[at] as State;
    const key = stateKey(state);
    if (found.has(key)) continue;
    found.set(key, state);
    for (const { next } of interpreter.steps(state)) if (next !== null) queue.push(next);
  }
  const all = [...found.values()];
  const every = Math.max(1, Math.floor(all.length / STATES));
  return all.filter((_, position) => position % every === 0);
}

function firstFault(sites: readonly FaultSite[], here: Here): FaultSite | null {
  return sites.find(({ when }) => scalarValue(when, here) === true) ?? null;
}

/** A command as the targets see it. */
interface Judged {
  readonly command: Command;
  readonly self: Instance | null;
  readonly offered: ReturnType<typeof offered>;
  readonly faults: ReturnType<typeof faultsOf>;
}

/** The first difference between the interpreter and the scalars of a machine; null if there is none. */
function difference(machine: Machine, keep: boolean): string | null {
  const interpreter = interpret(machine);
  const notions: Notions = { machine, keep: () => keep, opaque: () => false };
  const reading = stateReading(notions);
  const split = commandsOf(machine);
  if (split.kind === "refusal") return `refused: ${split.refusal.reason}`;
  const ofMover = (self: Instance | null, commands: readonly Command[]): readonly Judged[] =>
    commands.map((command) => {
      const who = self === null ? null : whoIs(machine, self);
      const given = [command, notions, reading, who] as const;
      return { command, self, offered: offered(...given), faults: faultsOf(...given) };
    });
  const commands = [
    ...machine.instances.map((instance) =>
      ofMover(
        instance,
        split.commands.filter(
          ({ owner }) => owner.kind === "process" && owner.process.process === instance.process,
        ),
      ),
    ),
    ...machine.actions.map((action) =>
      ofMover(
        null,
        split.commands.filter(({ owner }) => owner.kind === "action" && owner.action === action),
      ),
    ),
  ];
  const claims = judgedClaims(machine, notions);
  for (const state of someStates(interpreter)) {
    for (const [mover, own] of commands.entries()) {
      const told = compareSteps(interpreter, state, mover, own);
      if (told !== null) return told;
    }
    for (const { name, condition, judge } of claims) {
      const [mine, theirs] = [judge(state), interpreter.judge(condition, state)];
      if (mine !== theirs) return `${name}: ${mine} for ${theirs} in ${JSON.stringify(state)}`;
    }
    const steps = compareStepProperties(interpreter, notions, state);
    if (steps !== null) return steps;
  }
  return null;
}

function compareSteps(
  interpreter: Interpreter,
  state: State,
  mover: number,
  commands: readonly Judged[],
): string | null {
  const { machine } = interpreter;
  const instance = machine.instances[mover] ?? null;
  const at = instance === null ? null : interpreterLocation(machine, instance, state);
  const outcomes = interpreter.stepsOf(state, mover);
  let taken = 0;
  const faults = new Set<string>();
  for (const { command, self, ...judged } of commands) {
    if (command.owner.kind === "process" && command.owner.location.name !== at) continue;
    if (judged.offered.kind === "refusal") return `refused: ${judged.offered.refusal.reason}`;
    for (const choices of assignmentsOf(command.choices)) {
      const here: Here = { machine, state, next: null, self, choices };
      if (scalarValue(judged.offered.result, here) !== true) continue;
      if (judged.faults.kind === "refusal") return null;
      const fault = firstFault(judged.faults.result, here);
      if (fault === null) taken += 1;
      else faults.add(`${fault.fault} at ${fault.span.start}`);
    }
  }
  const wanted = outcomes.filter(({ next }) => next !== null).length;
  const where = `${machine.instances[mover]?.name ?? "action"} in ${JSON.stringify(state)}`;
  if (taken !== wanted) return `${taken} steps for ${wanted} of ${where}`;
  const faulting = outcomes.flatMap(({ fault }) =>
    fault === null ? [] : [`${fault.kind} at ${fault.span.start}`],
  );
  const [mine, theirs] = [[...faults].sort().join(), [...new Set(faulting)].sort().join()];
  return mine === theirs ? null : `faults ${mine} for ${theirs} of ${where}`;
}

function interpreterLocation(machine: Machine, instance: Instance, state: State): string {
  const fields = state[instance.process.name] as { readonly [name: string]: unknown };
  const own = (instance.index === null ? fields : fields[String(instance.index)]) as {
    readonly at: string;
  };
  if (machine.instances.length === 0) throw new Error("no instances");
  return own.at;
}

/** A property as a truth: 2 if judging it faults. */
function truthOf(condition: Expr, scope: ReturnType<typeof scopeOf>): (here: Here) => Truth {
  const scalar = scalarOf(evaluate(condition, scope));
  const sites = [...scope.sites];
  return (here) => {
    if (firstFault(sites, here) !== null) return 2;
    return scalarValue(scalar, here) === true ? 1 : 0;
  };
}

function judgedClaims(
  machine: Machine,
  notions: Notions,
): readonly {
  readonly name: string;
  readonly condition: Expr;
  readonly judge: (state: State) => Truth;
}[] {
  const claims = [
    ...machine.properties.filter(({ kind }) => kind !== "step"),
    ...machine.terminal.map((condition) => ({ name: "terminal", condition })),
  ];
  return claims.map(({ name, condition }) => {
    const judge = truthOf(condition, scopeOf(notions, stateReading(notions)));
    return {
      name,
      condition,
      judge: (state) => judge({ machine, state, next: null, self: null, choices: new Map() }),
    };
  });
}

function compareStepProperties(
  interpreter: Interpreter,
  notions: Notions,
  state: State,
): string | null {
  const { machine } = interpreter;
  for (const { kind, name, condition } of machine.properties) {
    if (kind !== "step") continue;
    for (const { next, mover } of interpreter.steps(state)) {
      if (next === null) continue;
      const instance = machine.instances[mover];
      const action = machine.actions[mover - machine.instances.length]?.action;
      const taker: Taker =
        instance === undefined
          ? { kind: "action", action: action as NonNullable<typeof action> }
          : { kind: "process", who: whoIs(machine, instance) };
      const after = stateReading(notions, true);
      const scope = scopeOf(notions, stateReading(notions), { after, taker });
      const here: Here = { machine, state, next, self: null, choices: new Map() };
      const [mine, theirs] = [
        truthOf(condition, scope)(here),
        interpreter.judgeStep(condition, state, next, mover),
      ];
      if (mine !== theirs) return `${name}: ${mine} for ${theirs} in ${JSON.stringify(state)}`;
    }
  }
  return null;
}

for (const keep of [false, true]) {
  test(`scalars mean what the interpreter means, quantifiers ${keep ? "kept" : "unrolled"}`, {
    timeout: 600_000,
  }, () => {
    const found = new Map<number, string>();
    for (let seed = FIRST; seed < FIRST + SPECS; seed += 1) {
      const { machine } = prepareSeed(seed);
      if (machine === null) continue;
      try {
        const told = difference(machine, keep);
        if (told !== null) found.set(seed, told);
      } catch (error) {
        found.set(seed, error instanceof Error ? (error.stack ?? error.message) : String(error));
      }
    }
    expect([...found]).toEqual([]);
  });
}

/** What random specs seldom have, each in a few lines; all are compared with the interpreter as the random ones are. */
const CORNERS: { readonly [what: string]: string } = {
  "a quantifier stops at the first value that decides it": `
var a[1..3]: 0..2 in 0..2
cover some: forall i in 1..3: 2 / a[i] >= 2
cover one: exists i in 1..3: 2 / a[i] == 2
cover both: exists i in 1..3: (forall j in 1..3: a[i] / a[j] >= 1)
action set_one { pick i in 1..3 { a[i] := 0 } }`,
  "the rest of a sequence, and its end": `
var s: seq of (0..2) upto 3 = []
var last: 0..2 = 0
action grow { pick x in 0..2 { s := append(s, x) } }
action shrink {
  last := first(rest(s))
  s := rest(rest(s))
}
action compare { pick x in 0..2 where first(rest(s)) > x { last := x } }
cover rising: length(s) == 3 && s[0] < s[1] && first(rest(rest(s))) == 2
invariant bounded: length(s) <= 3 && (length(s) == 0 || first(s) in 0..2)`,
  "what an action assigns before it chooses again": `
var x: 0..3 = 0
var a[0..3]: bool = false
action once {
  x := 3 - x
  a[x] := !a[x]
  pick y in 0..3 where a[y] && y <= x {
    x := y
    pick z in {y, x} { a[z] := false }
  }
}`,
  "a fault on one side of a choice": `
var x: 0..2 = 0
action away { pick y in 0..2 { x := y } }
action split {
  either {
    if 2 / x == 1 {
      either { x := 1 } or { x := 2 }
    } else { x := 0 }
  } or { x := 2 }
}
action stuck {
  x := 2 - x
  pick y in {z in 0..2 where 2 / (2 - x) > z} where y / x >= 0 { x := y }
}`,
  "many rounds of a loop over what it changes": `
var x[0..1]: 0..3 = 3
spinlock l[0..1]
process holding { acquire l[1]
  release l[1] }
process spinning {
  acquire l[0]
  atomic {
    while x[0] > 1 || held(l[1]) {
      if x[0] >= 1 { x[0] -= 1 } else { x[1] := 3 - x[1] }
    }
  }
  release l[0]
}`,
  "a waiting process, and locks given back": `
var x: 0..2 = 0
rwsem r
spinlock l[0..1]
process reader[i: 0..1] {
  acquire r for read
  acquire l[i]
  x := if x < 2 then x + 1 else 0
  release l[i]
  release r
}
process writer {
  var ok: bool = false
  acquire r
  downgrade r
  ok := try acquire l[x / 2]
  if ok { release l[x / 2] }
  release r
}
invariant alone: holder(r) == writer => !held(r, reader[0])
invariant nobody: (exists i in 0..1: held(l[i], reader[i])) => held(r)
step mine: taken(reader[x - 1]) => x' >= x - 2
cover freed: !held(r) && holder(r) == null`,
};

for (const [what, text] of Object.entries(CORNERS)) {
  test(what, { timeout: 60_000 }, () => {
    const spec = { seed: 0, path: "s.weft", files: new Map([["s.weft", `spec s\n${text}\n`]]) };
    const { machine, refusal } = prepare(spec);
    expect(refusal).toBe(null);
    for (const keep of [false, true]) {
      expect(machine === null ? "no machine" : difference(machine, keep)).toBe(null);
    }
  });
}
