// Taking commands is taking steps: the same states, transitions, verdicts and faults, on random specs.

import { expect, test } from "vitest";
import { check } from "../../src/checker/check.ts";
import type { Exploration } from "../../src/checker/exploration.ts";
import { finish } from "../../src/checker/explore.ts";
import { interpretedSystem } from "../../src/checker/interpreted-system.ts";
import type { TransitionSystem, Transitions } from "../../src/checker/transition-system.ts";
import { commandsOf } from "../../src/machine/commands.ts";
import type { Machine } from "../../src/machine/machine.ts";
import {
  accountOf,
  describeDifferences,
  differences,
  hasFaults,
} from "../engines/differential-account.ts";
import { commandMachine, ELSEWHERE } from "../support/command-machine.ts";
import { prepareSeed } from "../support/corpus.ts";

const SPECS = 60;
const STATES = 300;

/** The system without the steps that other commands stand for. */
function withoutElsewhere(system: TransitionSystem): TransitionSystem {
  const drop = (out: Transitions): void => {
    let kept = 0;
    for (let step = 0; step < out.count; step += 1) {
      const fault = system.faults[out.fault[step] ?? -1];
      if (fault?.span === ELSEWHERE) continue;
      out.words[kept] = out.words[step] ?? 0;
      out.mover[kept] = out.mover[step] ?? 0;
      out.fault[kept] = out.fault[step] ?? -1;
      for (let note = 0; note < out.noteCount; note += 1) {
        if (out.notes[2 * note] === step) out.notes[2 * note] = kept;
      }
      kept += 1;
    }
    out.count = kept;
  };
  return {
    ...system,
    successors(states, offset, out) {
      system.successors(states, offset, out);
      drop(out);
    },
  };
}

/** What the commands of a machine do differently, null if nothing; `large` if it was not compared. */
function differs(machine: Machine): string | null | "large" {
  const limited = { maxStates: STATES + 1, refine: "none" } as const;
  const plain = finish(check(machine, interpretedSystem(machine), limited));
  if (!plain.complete) return "large";
  const commands = commandsOf(machine);
  if (commands.kind === "refusal") return `refused: ${commands.refusal.reason}`;
  const again = commandMachine(machine, commands.commands);
  const system = withoutElsewhere(interpretedSystem(again));
  const other = finish(check(again, system, limited));
  const weft = accountOf(plain);
  const comparable = hasFaults(plain) ? { ...weft, transitions: null } : weft;
  const found = differences(comparable, accountOf(other));
  if (found.length > 0) return describeDifferences("commands", found);
  const [mine, theirs] = [faultsOf(plain), faultsOf(other)];
  return mine === theirs ? null : `faults: ${mine} | ${theirs}`;
}

function faultsOf({ verdicts }: Exploration): string {
  const faults = verdicts.flatMap(({ detail }) =>
    detail?.kind === "fault" ? [`${detail.fault} at ${detail.span.start}`] : [],
  );
  return faults.sort().join(", ");
}

test("commands do what steps do, on random specs", { timeout: 120_000 }, () => {
  const found = new Map<number, string>();
  let compared = 0;
  for (let seed = 0; seed < SPECS; seed += 1) {
    const { machine } = prepareSeed(seed);
    const difference = machine === null ? "large" : differs(machine);
    if (difference === "large") continue;
    compared += 1;
    if (difference !== null) found.set(seed, difference);
  }
  expect([...found]).toEqual([]);
  expect(compared).toBeGreaterThan(SPECS / 2);
});
