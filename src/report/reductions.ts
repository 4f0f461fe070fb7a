// What a result says of reductions: which were used, and why those that were not could not be.

import type { KeptType, ReductionRefusal, ReductionReport } from "../checker/reduction.ts";
import { formatPlace } from "../diagnostics/source.ts";
import type { Distinction } from "../machine/symmetry/distinctions.ts";
import type { SymmetricType } from "../machine/symmetry/types.ts";
import { listed } from "./words.ts";

/** `symmetry: Mm (6 values, 720 orders): one state for all that differ only in which is which` */
export function reductionWords(report: ReductionReport): string {
  if (!report.applied) return `no ${kindWords(report.kind)}: ${refusalWords(report.reason)}`;
  if (report.kind === "partial-order")
    return "partial order: steps that nothing depends on are taken in one order only; there may be shorter counterexamples, which --no-por finds";
  const types = report.types.map(({ name, size }) => `${name} (${size} values)`);
  const orders = ordersOf(report.types).toLocaleString("en-GB").replaceAll(",", " ");
  const kept = report.kept.length === 0 ? "" : `; not of ${keptWords(report.kept)}`;
  return `symmetry of ${listed(types)}: one state stands for up to ${orders} that differ in names only${kept}`;
}

/** As data, for `--json`. */
export function reductionJson(report: ReductionReport): object {
  if (!report.applied) {
    return { kind: report.kind, applied: false, reason: refusalWords(report.reason) };
  }
  if (report.kind === "partial-order") return report;
  return {
    kind: report.kind,
    applied: true,
    types: report.types.map(({ name, size }) => ({ name, values: size })),
    kept: report.kept.map((kept) => ({
      name: kept.name,
      reason: distinctionWords(kept.distinction),
    })),
  };
}

function kindWords(kind: ReductionReport["kind"]): string {
  return kind === "symmetry" ? "symmetry" : "partial order";
}

/** In how many orders the values of all types together can be. */
function ordersOf(types: readonly SymmetricType[]): bigint {
  let orders = 1n;
  for (const { size } of types) for (let left = size; left > 1; left -= 1) orders *= BigInt(left);
  return orders;
}

function refusalWords(reason: ReductionRefusal): string {
  switch (reason.kind) {
    case "no-symmetric-type":
      return "the spec has no symmetric type of two values or more";
    case "option":
      return `it does not go with ${reason.option}`;
    case "expected-count":
      return `the spec expects a number of ${reason.what} of this run, at ${formatPlace(reason.span)}`;
    case "step-property":
      return `\`${reason.name}\` judges every step in every state, at ${formatPlace(reason.span)}`;
    case "nobody-alone":
      return "all that processes do may matter to others or to what is looked for";
    case "violated":
      return "it found a violation, and the search was begun once more without, for the shortest counterexamples";
    case "told-apart":
      return keptWords(reason.types);
    default:
      return reason satisfies never;
  }
}

function keptWords(kept: readonly KeptType[]): string {
  return kept
    .map(({ name, distinction }) => `${name}: ${distinctionWords(distinction)}`)
    .join("; ");
}

/** What tells values apart, and where. */
function distinctionWords(distinction: Distinction): string {
  const at = `at ${formatPlace(distinction.span)}`;
  switch (distinction.kind) {
    case "fault-in-order":
      return `which of its values is looked at first matters where one may fault, ${at}`;
    case "read-before-assigned":
      return `\`${distinction.name}\` may be read before it is assigned, ${at}`;
    case "read-after-end":
      return `\`${distinction.name}\` is its first value once the process is done, ${at}`;
    case "start-in-order":
      return `the instances of ${distinction.name} write ghosts one after the other before the first step, ${at}`;
    case "some-instances":
      return `${distinction.name} has instances for some of its values only, ${at}`;
    default:
      return distinction satisfies never;
  }
}
