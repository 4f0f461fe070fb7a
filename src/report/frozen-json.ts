// What freezing, or the comparison with what is frozen, came to as one JSON document, `weft-frozen/1`;
// docs/frozen.schema.json describes it.

import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { FrozenCheck } from "../diff/frozen/check.ts";
import type { Structure } from "../diff/structure/structure.ts";
import { leading } from "../diff/vectors.ts";
import { diagnosticJson, placeJson } from "./json.ts";

/** What came of one spec; `check` is null if it was refused. */
export interface FrozenFacts {
  readonly path: string;
  readonly lock: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly code: number;
  readonly check: FrozenCheck | null;
}

/** The document, ready for JSON.stringify. */
export function frozenDocument(results: readonly FrozenFacts[], exitCode: number): object {
  return { format: "weft-frozen/1", exitCode, results: results.map(resultJson) };
}

function resultJson({ path, lock, diagnostics, code, check }: FrozenFacts): object {
  const head = {
    file: path,
    lock,
    exitCode: code,
    diagnostics: diagnostics.map(diagnosticJson),
  };
  if (check === null) return { ...head, status: "refused" };
  const { outcome, vectors } = check;
  return {
    ...head,
    status: outcome.kind,
    textChanged: textChanged(check),
    vectors: vectors.map(({ found, drifts }) => ({ found, drifts })),
    changes:
      outcome.kind === "drifted" && outcome.cause.kind === "text"
        ? changesJson(leading(outcome.cause.diff).structure)
        : null,
  };
}

function textChanged({ outcome }: FrozenCheck): boolean {
  switch (outcome.kind) {
    case "frozen":
      return false;
    case "same":
      return outcome.textChanged;
    case "drifted":
      return outcome.cause.kind !== "not-text";
    default:
      return outcome satisfies never;
  }
}

/** Every change of the text, with both texts. */
function changesJson({ declarations, owners }: Structure): readonly object[] {
  return [
    ...declarations.map(({ kind, name, change, before, after, span }) => {
      return { kind, name, change, before, after, place: placeJson(span) };
    }),
    ...owners.flatMap(({ kind, name, steps }) =>
      steps.map(({ change, before, after }) => {
        const place = placeJson((after ?? before)?.span ?? null);
        return {
          kind,
          name,
          change,
          before: before?.code ?? null,
          after: after?.code ?? null,
          place,
        };
      }),
    ),
  ];
}
