// How an old counterexample goes on the new version, as a story that ends where it is stopped.

import type { Trace } from "../../checker/exploration.ts";
import type { Difference } from "../../diff/difference.ts";
import type { Parting, Transplant } from "../../diff/transplant/transplant.ts";
import type { Instance, Machine } from "../../machine/machine.ts";
import { columnOf } from "../cast.ts";
import { narrateStanding, narrateVerdict, waitOf } from "../failure.ts";
import { type Narrative, narrate, type Row } from "../narrate.ts";

/** The story of a counterexample on the new version, up to where it parts, and the row that is stopped there. */
export function followedStory(
  { after }: Difference,
  { followed, parting, verdict }: Transplant,
): Narrative {
  const { machine } = after;
  const ofProcesses = verdict.kind === "deadlock" || verdict.kind === "stuck";
  // Nothing stops it: it ends where the property is judged, and not with a step that nobody takes.
  if (parting?.why.kind === "not-violated" && !ofProcesses) {
    return narrateVerdict(machine, verdict, followed);
  }
  const stopped = parting?.mover == null ? undefined : machine.instances[parting.mover];
  if (stopped === undefined || parting === null) return narrate(machine, followed);
  return narrateStanding(machine, followed, [stopped], (instance, story) =>
    partingMark(machine, followed, parting, instance, story),
  );
}

/** The number under which a row tells of a step that the new version does not take. */
export function removedStep(before: number): number {
  return -2 - before;
}

/** The story with the old steps that the patch removed, where they would have been. */
export function withRemoved(
  story: Narrative,
  { before, after }: Difference,
  { trace, rows }: Transplant,
): Narrative {
  const old = narrate(before.machine, trace);
  const told = [...story.rows];
  let last = -1;
  for (const row of rows) {
    if (row.kind !== "removed") {
      last = row.after;
      continue;
    }
    const mover = trace.steps[row.before]?.name;
    const instance = after.machine.instances.find(({ name }) => name === mover);
    const column = instance === undefined ? -1 : columnOf(story.columns, instance.id);
    if (column < 0) continue;
    const gone = old.rows
      .filter(({ step, kind }) => step === row.before && kind === "step")
      .map((one): Row => ({ ...one, column, values: [], step: removedStep(row.before) }));
    const position = told.findLastIndex(
      ({ step, kind }) => kind === "step" && step <= last && step >= -1,
    );
    const behind = told.slice(position + 1).findIndex(({ step }) => step >= -1);
    told.splice(behind < 0 ? told.length : position + 1 + behind, 0, ...gone);
  }
  return { ...story, rows: told };
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
