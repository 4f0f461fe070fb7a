// Verdicts on what every spec is checked for: deadlocks, stuck processes, faults, the use and the order of locks.
// Each kind has one verdict if all is well, else one for every place, process or cycle that is not.

import type { Span } from "../diagnostics/source.ts";
import { faultVerdict } from "../machine/fault-verdict.ts";
import type { FaultKind } from "../machine/machine.ts";
import { notJudgedBeyond } from "./beyond.ts";
import {
  type Claim,
  type Got,
  settledClaim,
  tracedClaim,
  type Want,
  type WantedNames,
} from "./claims.ts";
import type { Detail, VerdictKind } from "./exploration.ts";
import { compareFindings, type Finding } from "./findings.ts";
import { deadlockGoal, faultGoal, noteGoal } from "./goals.ts";
import type { InterpretedStep } from "./interpret.ts";
import { faultKey, noteKey, spanKey } from "./interpreted-system.ts";
import { lockCycles, type OrderEdge } from "./lock-order.ts";
import type { Orbits } from "./orbit-table.ts";
import { findStuck } from "./stuck.ts";
import { beginningNotes, beginsWithFault, type Replayer } from "./trace.ts";
import type { Note, State } from "./transition-system.ts";
import { type Refine, verdictOf, want, withoutTrace } from "./verdicts.ts";

/** Which of the two built-in verdicts a fault belongs to. */
export function verdictOfFault(fault: FaultKind): "range" | "lock_use" {
  return faultVerdict(fault);
}

/** Verdicts on all built-in kinds, in their order. */
export function builtInClaims(replayer: Replayer, refine: Refine): readonly Claim[] {
  const refined = refine !== "none";
  const unlessNone = (kind: VerdictKind, claims: readonly Claim[]): readonly Claim[] =>
    claims.length > 0 ? claims : [withoutTrace(replayer, builtIn(kind, null), "holds")];
  const troubles = troublesOf(replayer);
  return [
    ...unlessNone("deadlock", deadlockClaims(replayer, refined)),
    ...unlessNone("stuck", stuckClaims(replayer, refined)),
    ...unlessNone("range", troubleClaims(troubles, "range", refined)),
    ...unlessNone("lock_use", troubleClaims(troubles, "lock_use", refined)),
    ...unlessNone("lock_order", cycleClaims(replayer, refined)),
  ];
}

function builtIn(kind: VerdictKind, span: Span | null): Parameters<typeof verdictOf>[0] {
  return { kind, name: kind, span };
}

function deadlockClaims(replayer: Replayer, refined: boolean): readonly Claim[] {
  const { search, interpreter } = replayer;
  const { deadlock } = search.findings;
  if (deadlock === null) return [];
  return [
    tracedClaim(want(deadlock, deadlockGoal(search), refined), (got) => {
      const state = got.trace.states.at(-1) as State;
      if (interpreter.steps(state).length > 0)
        throw new Error("the interpreter goes on from a deadlock");
      const processes = interpreter.movers
        .filter(({ mustFinish }, mover) => mustFinish && !interpreter.finished(state, mover))
        .map(({ name }) => name);
      return {
        ...verdictOf(builtIn("deadlock", null), "violated"),
        ...got,
        detail: { kind: "blocked", processes },
      };
    }),
  ];
}

function stuckClaims({ search }: Replayer, refined: boolean): readonly Claim[] {
  if (!search.complete) return [];
  if (notJudgedBeyond(search).some(({ kind }) => kind === "stuck"))
    return [settledClaim(verdictOf(builtIn("stuck", null), "unknown"))];
  if (search.beyond !== null) return [];
  return findStuck(search).map(({ mover, depth, state, holds, renaming }) => {
    const wanted = want({ depth, state, step: -1 }, { kind: "state", holds }, refined);
    const names: WantedNames = {
      lastStep: () => true,
      renaming: (orbits, { states }) => renaming(orbits, states.at(-1) as State),
    };
    return tracedClaim({ ...wanted, names }, (got) => {
      const processes = [search.system.movers[mover]?.name ?? ""];
      return {
        ...verdictOf(builtIn("stuck", null), "violated"),
        ...got,
        detail: { kind: "blocked", processes },
      };
    });
  });
}

/** Something wrong with steps, at one place of the source. */
interface Trouble {
  readonly kind: "range" | "lock_use";
  readonly span: Span;
  readonly detail: Detail;
  readonly want: Omit<Want, "refined">;
}

/** All faults and sleeps, earliest first. One place may be several sites of the system, which inlines calls. */
function troublesOf(replayer: Replayer): readonly Trouble[] {
  const { findings, system } = replayer.search;
  const faults = grouped(system.faults, findings.faults, ({ fault, span }) =>
    faultKey({ kind: fault, span }),
  );
  const sleeps = grouped(
    system.notes.map((note) => (note.kind === "sleep-under-spinlock" ? note : null)),
    findings.notes,
    (note) => (note === null ? null : spanKey(note.span)),
  );
  const troubles = [
    ...faults.map(
      ({ item: { fault, span }, key, indices, finding }): Trouble => ({
        kind: verdictOfFault(fault),
        span,
        detail: { kind: "fault", fault, span },
        want: {
          finding,
          goal: faultGoal(indices),
          lastStep: (step) => step.fault !== null && faultKey(step.fault) === key,
          beginning: (beginning) => beginsWithFault(beginning, key),
        },
      }),
    ),
    ...sleeps.flatMap(({ item, indices, finding }): Trouble[] => {
      if (item === null) return [];
      const { span } = item;
      return [
        {
          kind: "lock_use",
          span,
          detail: { kind: "sleep", span },
          want: noteWant(finding, item, indices),
        },
      ];
    }),
  ];
  return troubles.toSorted((left, right) => compareFindings(left.want.finding, right.want.finding));
}

function troubleClaims(
  troubles: readonly Trouble[],
  kind: Trouble["kind"],
  refined: boolean,
): readonly Claim[] {
  return troubles
    .filter((trouble) => trouble.kind === kind)
    .map((trouble) =>
      tracedClaim({ ...trouble.want, refined }, (got) => ({
        ...verdictOf(builtIn(kind, trouble.span), "violated"),
        ...got,
        detail: trouble.detail,
      })),
    );
}

function noteWant(finding: Finding, note: Note, indices: ReadonlySet<number>): Trouble["want"] {
  const key = noteKey(note);
  return {
    finding,
    goal: noteGoal(indices),
    lastStep: ({ notes }) => notes.some((other) => noteKey(other) === key),
    beginning: (beginning) => beginningNotes(beginning).some((other) => noteKey(other) === key),
  };
}

interface Group<T> {
  readonly item: T;
  readonly key: string;
  readonly indices: ReadonlySet<number>;
  readonly finding: Finding;
}

/** Items that were found, those with the same key together; the earliest finding stands for them. */
function grouped<T>(
  items: readonly T[],
  findings: readonly (Finding | undefined)[],
  keyOf: (item: T) => string | null,
): readonly Group<T>[] {
  const groups = new Map<string, Group<T> & { readonly indices: Set<number> }>();
  items.forEach((item, index) => {
    const key = keyOf(item);
    const finding = findings[index];
    if (key === null || finding === undefined) return;
    const group = groups.get(key);
    const indices = (group?.indices ?? new Set<number>()).add(index);
    const earlier = group !== undefined && compareFindings(group.finding, finding) <= 0;
    groups.set(key, earlier ? { ...group, indices } : { item, key, indices, finding });
  });
  return [...groups.values()];
}

type OrderNote = Note & { readonly kind: "lock-order" };

/** Two locks taken in an order at one place under any names, to be renamed. */
function namesOfOrder(orbits: Orbits, { held, taken, span }: OrderNote): WantedNames {
  const keys = new Set(
    orbits
      .images([held, taken])
      .map(([first = "", second = ""]) =>
        noteKey({ kind: "lock-order", held: first, taken: second, span }),
      ),
  );
  const alike = ({ notes }: Pick<InterpretedStep, "notes">): readonly Note[] =>
    notes.filter((note) => keys.has(noteKey(note)));
  return {
    lastStep: (step) => alike(step).length > 0,
    renaming(_, { steps }) {
      const [note] = alike(steps.at(-1) ?? { notes: [] });
      if (note?.kind !== "lock-order") throw new Error("an order of locks that no step shows");
      return orbits.renaming([note.held, note.taken], [held, taken]);
    },
  };
}

function cycleClaims({ search }: Replayer, refined: boolean): readonly Claim[] {
  const { system, findings, orbits } = search;
  return lockCycles(system.notes, findings.notes, orbits?.images).map((cycle): Claim => {
    const notes = cycle.map(({ note, held, taken }): OrderNote => {
      const met = system.notes[note] as OrderNote;
      return { ...met, held, taken };
    });
    return {
      wants: cycle.map(({ finding, note }, index) => ({
        ...noteWant(finding, notes[index] as OrderNote, new Set([note])),
        ...(orbits === null ? {} : { names: namesOfOrder(orbits, notes[index] as OrderNote) }),
        refined,
      })),
      verdict(got) {
        const edges = cycle.map(({ held, taken }: OrderEdge, index) => {
          const { trace } = got[index] as Got;
          const by = trace.steps.at(-1)?.name ?? "";
          return { held, taken, by, span: (notes[index] as { span: Span }).span, trace };
        });
        return {
          ...verdictOf(builtIn("lock_order", edges[0]?.span ?? null), "violated"),
          detail: { kind: "lock-cycle", edges },
        };
      },
    };
  });
}
