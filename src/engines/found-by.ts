// What an outside engine answers, in the form in which a check of Weft's own is shown: its counterexamples are found again
// in Weft's machine, and what it does not judge is said.

import type {
  Found,
  Limit,
  NotJudged,
  Outcome,
  Verdict,
  VerdictKind,
} from "../checker/exploration.ts";
import { type Interpreter, interpret } from "../checker/interpret.ts";
import { headOf } from "../checker/trace.ts";
import type { Span } from "../diagnostics/source.ts";
import type { Machine } from "../machine/machine.ts";
import { endingOf } from "./endings.ts";
import type { EngineName, EngineResult, EngineVerdict } from "./engine.ts";
import { retrace } from "./retrace.ts";

/** The engines' names as their people write them. */
export const engineTitles: Readonly<Record<EngineName, string>> = {
  spin: "SPIN",
  rumur: "rumur",
  tlc: "TLC",
};

export interface FoundBy {
  readonly found: Found;
  /** Verdicts whose behaviour is none of Weft's machine: the engine and Weft disagree. */
  readonly unconfirmed: readonly EngineVerdict[];
}

/** Something that a check judges. */
export interface Judged {
  readonly kind: VerdictKind;
  readonly name: string;
  readonly span: Span | null;
}

const builtIn: readonly VerdictKind[] = ["deadlock", "stuck", "range", "lock_use", "lock_order"];

/** Everything that Weft judges of a machine, in the order of its verdicts. */
export function judgedOf(machine: Machine): readonly Judged[] {
  return [
    ...machine.properties.map(({ kind, name, span }) => ({ kind, name, span })),
    ...machine.assertions.map(({ name, span }) => ({ kind: "assert" as const, name, span })),
    ...builtIn.map((kind) => ({ kind, name: kind, span: null })),
  ];
}

/** Retraces and arranges a result. */
export function foundBy(machine: Machine, result: EngineResult, stoppedBy: Limit | null): FoundBy {
  const interpreter = interpret(machine);
  const unconfirmed: EngineVerdict[] = [];
  const verdicts: Verdict[] = [];
  const notJudged: NotJudged[] = [];
  for (const judged of judgedOf(machine)) {
    const told = result.verdicts.find(
      ({ kind, name }) => kind === judged.kind && name === judged.name,
    );
    // Who has seen everything and still does not know does not judge it.
    if (told === undefined || (told.outcome === "unknown" && result.complete)) {
      notJudged.push({ kind: judged.kind, name: judged.name });
      continue;
    }
    const verdict = confirmed(interpreter, judged, told);
    if (verdict === null) unconfirmed.push(told);
    verdicts.push(verdict ?? verdictOf(judged, told.outcome));
  }
  notJudged.push(...machine.costs.map(({ name }) => ({ kind: "cost" as const, name })));
  notJudged.push({ kind: "coverage", name: "" });
  const { complete, states, transitions, depth, seconds } = result;
  return {
    found: {
      ...headOf(machine),
      complete,
      stoppedBy: complete ? null : stoppedBy,
      initialStates: null,
      distinctStates: states,
      transitions,
      depth,
      levels: null,
      verdicts,
      costs: [],
      coverage: { branchesNeverEntered: [], actionsNeverTaken: [], labels: [] },
      elapsedSeconds: seconds,
      by: {
        name: engineTitles[result.engine],
        version: result.version,
        flags: result.flags,
        memoryBytes: result.memoryBytes,
        remarks: result.remarks ?? [],
        notJudged,
      },
    },
    unconfirmed,
  };
}

/** The verdict with its trace; null if the engine's behaviour is none of the machine's. */
function confirmed(interpreter: Interpreter, judged: Judged, told: EngineVerdict): Verdict | null {
  const plain = verdictOf(judged, told.outcome);
  if (told.behaviour === null) return plain;
  const ending = endingOf(interpreter, told);
  if (ending === null) return plain;
  const retraced = retrace(interpreter, told.behaviour, ending);
  if (retraced === null) return null;
  const { trace, detail, span } = retraced;
  return { ...plain, trace, detail, span: span ?? plain.span };
}

function verdictOf({ kind, name, span }: Judged, outcome: Outcome): Verdict {
  return { kind, name, outcome, span, detail: null, trace: null, shortest: null };
}
