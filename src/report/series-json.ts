// A series of patches as one JSON document, `weft-series/1`; docs/check.schema.json describes it.

import type { SubsetResult } from "../diff/series/series.ts";
import type { Series, SeriesVector } from "./series.ts";

/** The document of a series; null: it was refused. Patches are counted from 1, as in the text. */
export function seriesDocument(series: Series | null, exitCode: number): object {
  const head = { format: "weft-series/1", exitCode };
  if (series === null) return { ...head, base: null };
  const { base, patches, everySubset, vectors, complete } = series;
  return { ...head, base, patches, everySubset, complete, vectors: vectors.map(vectorJson) };

  function vectorJson({ column, results, needs, dependences, orders }: SeriesVector): object {
    const subsets = results.subsets.map(subsetJson);
    if (!everySubset || !complete) return { parameters: column, subsets };
    return {
      parameters: column,
      subsets,
      needs: needs.map(({ property, violatedInBase, needed, inseparable, sufficient }) => ({
        property,
        violatedInBase,
        needed: counted(needed),
        inseparable: counted(inseparable),
        sufficient: sufficient.map(counted),
      })),
      dependences: dependences.map(({ patch, on, reason }) => ({
        patch: patch + 1,
        on: counted(on),
        reason,
      })),
      orders: {
        // There may be more than a number can count exactly; 10! is far from it.
        total: Number(orders.total),
        safe: Number(orders.safe),
        listed: orders.listed?.map(counted) ?? null,
        broken: orders.broken.map(({ patches: broken, reason, violated }) => ({
          patches: counted(broken),
          reason,
          violated: violated.map(({ property, by }) => ({ property, by: counted(by) })),
        })),
      },
    };
  }
}

function subsetJson({ patches, outcomes, reason, unexpected }: SubsetResult): object {
  return {
    patches: counted(patches),
    outcomes: outcomes && [...outcomes].map(([property, outcome]) => ({ property, outcome })),
    reason,
    unexpected,
  };
}

function counted(patches: readonly number[]): readonly number[] {
  return patches.map((patch) => patch + 1);
}
