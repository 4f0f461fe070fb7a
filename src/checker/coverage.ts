// Vacuity: branches never entered, actions never taken, and whether the labels that expectations name were reached.

import type { Coverage, Trace } from "./exploration.ts";
import { expectedLabels } from "./interpreted-system.ts";
import { expanderOf, pathTo, pathToFinding } from "./paths.ts";
import { type Replayer, traceOf, traceOfBeginning } from "./trace.ts";

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

/** A label is reached when a process stands at it, or when a step passes it: then a mark of the machine is entered. */
function labelTrace(replayer: Replayer, owner: string, label: string): Trace | null {
  const { search, interpreter } = replayer;
  const position = search.system.statePredicates.findIndex(
    ({ kind, name }) => kind === "label" && name === `${owner}.${label}`,
  );
  const stood = search.findings.states[position] ?? null;
  const marks = new Set(
    interpreter.machine.branches.flatMap(({ function: of, labels, label: mark }, branch) => {
      const named = of === owner && labels.includes(label);
      const marked = mark !== null && mark[0] === owner && mark[1] === label;
      return (named || marked) && search.branches[branch] === 1 ? [branch] : [];
    }),
  );
  const isMark = (branch: number): boolean => marks.has(branch);
  if (marks.size > 0) {
    const start = traceOfBeginning(replayer, (beginning) =>
      beginning.start.some(({ branches }) => branches.some(isMark)),
    );
    return (
      start ??
      (stood === null
        ? traceToMark(replayer, isMark)
        : traceOf(replayer, pathTo(search, stood.state)))
    );
  }
  return stood === null ? null : traceOf(replayer, pathTo(search, stood.state));
}

/** The way to the first step that enters one of these branches. */
function traceToMark(
  { search, interpreter, ...rest }: Replayer,
  isMark: (branch: number) => boolean,
): Trace | null {
  const { system, table } = search;
  const expander = expanderOf(search);
  for (let state = 0; state < search.expanded; state += 1) {
    system.branches.fill(0);
    expander.load(state);
    if (!system.branches.some((entered, branch) => entered === 1 && isMark(branch))) continue;
    const steps = interpreter.steps(system.decode(table.arena, state * system.width));
    const step = steps.findIndex(({ branches }) => branches.some(isMark));
    const path = pathToFinding(search, { state, step });
    const last = path.steps.length - 1;
    return traceOf(
      { search, interpreter, ...rest },
      path,
      ({ branches }, position) => position !== last || branches.some(isMark),
    );
  }
  return null;
}
