// How an old counterexample goes on the new version, as a story that ends where it is stopped.

import type { Trace } from "../../checker/exploration.ts";
import type { Difference } from "../../diff/difference.ts";
import type { Parting, Transplant } from "../../diff/transplant.ts";
import type { Instance, Machine } from "../../machine/machine.ts";
import { narrateStanding, waitOf } from "../failure.ts";
import { type Narrative, narrate } from "../narrate.ts";

/** The story of a counterexample on the new version, up to where it parts, and the row that is stopped there. */
export function followedStory({ after }: Difference, { followed, parting }: Transplant): Narrative {
  const { machine } = after;
  const stopped = parting?.mover == null ? undefined : machine.instances[parting.mover];
  if (stopped === undefined || parting === null) return narrate(machine, followed);
  return narrateStanding(machine, followed, [stopped], (instance, story) =>
    partingMark(machine, followed, parting, instance, story),
  );
}

function partingMark(
  machine: Machine,
  followed: Trace,
  { why }: Parting,
  instance: Instance,
  story: Narrative,
): string | null {
  switch (why.kind) {
    case "blocked":
      return waitOf(machine, followed, instance, story) ?? "waits";
    case "faults":
      return "a fault";
    case "elsewhere":
      return "goes another way";
    case "differs":
      return "has another effect";
    case "unknown-mover":
    case "no-start":
    case "done":
    case "not-violated":
      return null;
    default:
      return why satisfies never;
  }
}
