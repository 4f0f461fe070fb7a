// What a state is made of when a page shows it: variables, locks with their holders, where each process stands and why it waits.

import type { Interpreter } from "../../checker/interpret.ts";
import type { Blocker } from "../../checker/interpret-path.ts";
import { holdersOf, lockInstances, lockName } from "../../checker/locks.ts";
import { locationOf } from "../../checker/processes.ts";
import type { State } from "../../checker/transition-system.ts";
import type { Instance, Machine } from "../../machine/machine.ts";
import { formatValue, type Leaf as StateLeaf, stateLeaves } from "../values.ts";
import { listed, oneLine } from "../words.ts";
import type { Leaf, Reading } from "./data.ts";

/** The names of all readings of a machine's states, in their order. */
export function leavesOfStates(machine: Machine, state: State): readonly Leaf[] {
  const named = (kind: Leaf["kind"], leaves: readonly StateLeaf[]): readonly Leaf[] =>
    leaves.map(({ name }) => ({ name, kind }));
  return [
    ...named("variable", stateLeaves(machine, state, new Set(["variable"]))),
    ...named("ghost", stateLeaves(machine, state, new Set(["ghost"]))),
    ...lockInstances(machine).map((lock): Leaf => ({ name: lockName(lock), kind: "lock" })),
    ...machine.instances.map(({ name }): Leaf => ({ name, kind: "process" })),
    ...named("local", stateLeaves(machine, state, new Set(["process"]))),
  ];
}

/** The readings of a state, as `leavesOfStates` names them. */
export function readingsOf(interpreter: Interpreter, state: State): readonly Reading[] {
  const { machine } = interpreter;
  const valued = (leaves: readonly StateLeaf[]): readonly Reading[] =>
    leaves.map(({ value, type }) => [formatValue(value, type), -1]);
  return [
    ...valued(stateLeaves(machine, state, new Set(["variable"]))),
    ...valued(stateLeaves(machine, state, new Set(["ghost"]))),
    ...lockInstances(machine).map((lock): Reading => {
      const { owner, readers } = holdersOf(state, lock);
      if (owner !== null) return [`held by ${owner}`, -1];
      return [readers.length === 0 ? "free" : `read by ${listed(readers)}`, -1];
    }),
    ...machine.instances.map((instance) => standingReading(interpreter, instance, state)),
    ...valued(stateLeaves(machine, state, new Set(["process"]))),
  ];
}

/** Where a process stands, and why it cannot go on. */
function standingReading(interpreter: Interpreter, instance: Instance, state: State): Reading {
  const { machine } = interpreter;
  const location = locationOf(machine, instance, state);
  const line = machine.lines[location.line];
  if (line === undefined) return ["done", -1];
  const words = `before ${oneLine(line.text ?? line.code)}`;
  if (interpreter.stepsOf(state, instance.id).length > 0) return [words, location.line];
  const [blocker] = interpreter.blockers(state, instance.id);
  return [`${words}${blocker === undefined ? "" : waitWords(blocker)}`, location.line];
}

function waitWords(blocker: Blocker): string {
  if (blocker.kind !== "lock") return ": waits";
  return `: waits for ${blocker.lock}, held by ${listed(blocker.holders)}`;
}
