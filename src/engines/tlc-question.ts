// What TLC is asked about a machine: the translation, what is to be judged in it, and how states are read.

import type { State } from "../checker/transition-system.ts";
import { emitTlaPlus, type TlaTranslation } from "../emit/tlaplus/tlaplus.ts";
import type { Machine } from "../machine/machine.ts";
import type { EngineAnswer, EngineVerdict } from "./engine.ts";
import type { TlcCheck, TlcSubject } from "./tlc-module.ts";
import { readState } from "./tlc-state.ts";
import type { TlaValue } from "./tlc-value.ts";

export interface TlcQuestion {
  readonly subject: TlcSubject;
  readonly files: readonly { readonly name: string; readonly text: string }[];
  readonly verdicts: readonly Pick<EngineVerdict, "kind" | "name">[];
  /** Of those of one verdict the first that is found decides. */
  readonly checks: readonly TlcQuestionCheck[];
  /** A state of the machine, from the values of the module's variables. */
  readState(values: ReadonlyMap<string, TlaValue>): State;
}

export interface TlcQuestionCheck extends TlcCheck {
  /** One of the question's. */
  readonly verdict: TlcQuestion["verdicts"][number];
  /** What it says when it is found. */
  readonly outcome: EngineVerdict["outcome"];
}

export type Asked =
  | { readonly kind: "question"; readonly question: TlcQuestion }
  | (EngineAnswer & { readonly kind: "failure" });

/** Translates a machine, and asks for all its verdicts. */
export function tlcQuestion(machine: Machine): Asked {
  const translated = emitTlaPlus(machine);
  if (translated.kind === "refusal") {
    const { reason } = translated.refusal;
    return { kind: "failure", failure: { kind: "refused", message: reason, hint: null } };
  }
  const { translation } = translated;
  const { module, files, constants } = translation;
  const checks = checksOf(translation);
  const reading = { ...translation, machine };
  const question: TlcQuestion = {
    subject: {
      module,
      text: files[0]?.text ?? "",
      ...{ init: "Init", next: "Next", variables: "vars", report: "Report", sanity: "TypeOK" },
      // What is reported goes to an operator of ours, which stops where we say.
      constants: [...constants, "CONSTANT Stop = {}"],
    },
    files,
    verdicts: [...new Set(checks.map(({ verdict }) => verdict))],
    checks,
    readState: (values) => readState(reading, values),
  };
  return { kind: "question", question };
}

function checksOf({ properties, reports }: TlaTranslation): readonly TlcQuestionCheck[] {
  const stated = properties.flatMap(({ property, operator, faults }): TlcQuestionCheck[] => {
    const { kind, name } = property;
    const verdict = { kind, name };
    if (kind === "invariant") return [found(verdict, operator, false, "violated")];
    if (kind === "step") return [reported(verdict, `step ${name}`)];
    const reached = found(verdict, operator, true, "reachable");
    if (faults === null) return [reached];
    const faulty = found(verdict, faults, true, "violated");
    return [reached, { ...faulty, key: `${faulty.key} cannot be judged` }];
  });
  const asserted = reports.flatMap((told) => {
    const name = /^assert (.*)$/.exec(told)?.[1];
    return name === undefined ? [] : [reported({ kind: "assert", name }, told)];
  });
  return [
    ...stated,
    ...asserted,
    found({ kind: "deadlock", name: "deadlock" }, "NoDeadlock", false, "violated"),
    ...(["range", "lock_use"] as const).map((kind) => reported({ kind, name: kind }, kind)),
  ];
}

function found(
  verdict: TlcQuestionCheck["verdict"],
  predicate: string,
  value: boolean,
  outcome: EngineVerdict["outcome"],
): TlcQuestionCheck {
  const judged = { by: "state", predicate, found: value } as const;
  return { key: `${verdict.kind} ${verdict.name}`, verdict, outcome, judged };
}

function reported(verdict: TlcQuestionCheck["verdict"], report: string): TlcQuestionCheck {
  return { key: report, verdict, outcome: "violated", judged: { by: "report", report } };
}
