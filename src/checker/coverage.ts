// Vacuity: branches never entered, actions never taken, and whether the labels that expectations name were reached.

import type { Coverage, Trace } from "./exploration.ts";
import type { Finding } from "./findings.ts";
import { expectedLabels } from "./interpreted-system.ts";
import { expanderOf, pathTo, UNKNOWN } from "./paths.ts";
import { type Accept, type Replayer, traceIfAny, traceOf, traceOfBeginning } from "./trace.ts";

/** What the search went through, and what it never did. */
export function coverageOf(replayer: Replayer): Coverage {
  const { search, interpreter } = replayer;
  const { machine } = interpreter;
  const ruledOut = new Set(
    machine.actions.flatMap(({ name, possible }) => (possible ? [] : [name])),
  );
  return {
    branchesNeverEntered: [...machine.branches.keys()].filter(
      (branch) => search.branches[branch] === 0 && machine.branches[branch]?.exempt !== "label",
    ),
    actionsNeverTaken: interpreter.movers
      .filter(
        ({ kind, name }, mover) =>
          kind === "action" && search.taken[mover] === 0 && !ruledOut.has(name),
      )
      .map(({ name }) => name),
    labels: expectedLabels(machine).map(([owner, label]) => {
      const trace = labelTrace(replayer, owner, label);
      return { name: `${owner}.${label}`, reached: trace !== null, trace };
    }),
  };
}

/** How a label was reached: a process stood at it, or a step entered a branch that is a mark of it. */
export interface LabelReach {
  readonly stood: Finding | null;
  /** Null if none of its marks was entered. */
  readonly isMark: ((branch: number) => boolean) | null;
}

/** How a search came to a label. */
export function labelReach(
  { search, interpreter }: Replayer,
  owner: string,
  label: string,
): LabelReach {
  const position = search.system.statePredicates.findIndex(
    ({ kind, name }) => kind === "label" && name === `${owner}.${label}`,
  );
  const marks = new Set(
    interpreter.machine.branches.flatMap(({ function: of, labels, label: mark }, branch) => {
      const named = of === owner && labels.includes(label);
      const marked = mark !== null && mark[0] === owner && mark[1] === label;
      return (named || marked) && search.branches[branch] === 1 ? [branch] : [];
    }),
  );
  return {
    stood: search.findings.states[position] ?? null,
    isMark: marks.size > 0 ? (branch) => marks.has(branch) : null,
  };
}

/** The start work that enters a mark; null if none does. */
export function traceOfMarkedStart(
  replayer: Pick<Replayer, "interpreter" | "beginnings">,
  isMark: (branch: number) => boolean,
): Trace | null {
  return traceOfBeginning(replayer, (beginning) =>
    beginning.start.some(({ branches }) => branches.some(isMark)),
  );
}

function labelTrace(replayer: Replayer, owner: string, label: string): Trace | null {
  const { stood, isMark } = labelReach(replayer, owner, label);
  const start = isMark === null ? null : traceOfMarkedStart(replayer, isMark);
  if (start !== null) return start;
  if (stood !== null) return traceOf(replayer, pathTo(replayer.search, stood.state));
  return isMark === null ? null : traceToMark(replayer, isMark);
}

/** The way to the first step that enters one of these branches. */
function traceToMark(replayer: Replayer, isMark: (branch: number) => boolean): Trace | null {
  const { search } = replayer;
  const { system } = search;
  const expander = expanderOf(search);
  for (let state = 0; state < search.expanded; state += 1) {
    system.branches.fill(0);
    expander.load(state);
    if (!system.branches.some((entered, branch) => entered === 1 && isMark(branch))) continue;
    const { from, steps: before } = pathTo(search, state);
    for (const [step, mover] of expander.out.mover.subarray(0, expander.out.count).entries()) {
      const to = expander.target(step);
      // A search among some of the states may not have gone where this step leads.
      if (to === UNKNOWN) continue;
      const path = { from, steps: [...before, { mover, to }] };
      const shows: Accept = (taken, position) =>
        position !== before.length || taken.branches.some(isMark);
      const trace = traceIfAny(replayer, path, shows, null, "step");
      if (trace !== null) return trace;
    }
  }
  return null;
}
