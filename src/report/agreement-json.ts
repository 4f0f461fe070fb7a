// Searches side by side as one JSON document, `weft-agreement/1`; docs/check.schema.json describes it.

import type { Found } from "../checker/exploration.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { type Contender, type Disagreement, outcomeOn, subjectsOf } from "../engines/agreement.ts";
import { disagreementsJson } from "./agreement.ts";
import { diagnosticJson, memoryModel, parametersJson } from "./json.ts";

export interface AgreementFacts {
  readonly path: string;
  /** What is said of the spec itself. */
  readonly diagnostics: readonly Diagnostic[];
  readonly exitCode: number;
  /** What Weft found; null if the spec was refused. */
  readonly found: Pick<Found, "spec" | "parameters"> | null;
  readonly contenders: readonly Contender[];
  readonly disagreements: readonly Disagreement[];
  /** Engines that gave no answer. */
  readonly silent: readonly { readonly who: string; readonly diagnostic: Diagnostic }[];
}

/** The document of one spec, ready for JSON.stringify. */
export function agreementDocument(facts: AgreementFacts): object {
  const { path, diagnostics, exitCode, found, contenders, disagreements, silent } = facts;
  const head = {
    format: "weft-agreement/1",
    file: path,
    exitCode,
    diagnostics: diagnostics.map(diagnosticJson),
  };
  if (found === null) return { ...head, status: "refused" };
  return {
    ...head,
    status: statusOf(facts),
    spec: found.spec,
    parameters: parametersJson(found.parameters),
    memoryModel,
    searches: contenders.map((contender) => searchJson(contender, subjectsOf(contenders))),
    disagreements: disagreementsJson(disagreements),
    silent: silent.map(({ who, diagnostic }) => ({ by: who, ...diagnosticJson(diagnostic) })),
  };
}

function statusOf({ contenders, disagreements }: AgreementFacts): string {
  if (disagreements.length > 0) return "disagreed";
  return contenders.every(({ found }) => found.complete) ? "agreed" : "incomplete";
}

/** Several specs in one document. */
export function agreementsDocument(all: readonly AgreementFacts[]): object {
  return { format: "weft-agreements/1", results: all.map(agreementDocument) };
}

function searchJson(
  { who, version, flags, found, memoryBytes }: Contender,
  subjects: ReturnType<typeof subjectsOf>,
): object {
  return {
    by: who,
    version,
    flags,
    exhaustive: found.complete,
    distinctStates: found.distinctStates,
    transitions: found.transitions,
    depth: found.depth,
    elapsedSeconds: found.elapsedSeconds,
    memoryBytes,
    remarks: found.by?.remarks ?? [],
    properties: subjects.flatMap((subject) => {
      const verdict = outcomeOn(found, subject);
      return verdict === null ? [] : [{ kind: subject.kind, name: subject.name, verdict }];
    }),
  };
}
