// What the program's exit status says. Several may apply: the first row of the table does.

import type { Findings } from "../checker/expectations.ts";
import type { Found, Limit, VerdictKind } from "../checker/exploration.ts";
import { type DiagnosticCode, passOf } from "../diagnostics/catalogue.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";

/** In the order of precedence. */
export const exitCodes = {
  /** Our own fault, or that of an engine outside: it broke down, or disagrees. */
  internal: 255,
  /** The command line, a missing file or program. */
  usage: 1,
  syntax: 150,
  /** Names and types, and statements that cannot be steps. */
  meaning: 120,
  /** An `assume`, or the range of a param, is broken by the values given. */
  assumption: 10,
  deadlock: 11,
  /** An invariant or step property, lock misuse, a range or index error. */
  violation: 12,
  assertion: 14,
  /** A cover not reached, an action or branch never taken, a label reached or not against expectation. */
  vacuous: 15,
  /** A limit was reached before the end. */
  limit: 152,
  interrupted: 130,
  holds: 0,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The one of several codes that the program ends with; 0 if there are none. */
export function firstCode(codes: readonly ExitCode[]): ExitCode {
  return Object.values(exitCodes).find((code) => codes.includes(code)) ?? exitCodes.holds;
}

const missing: readonly DiagnosticCode[] = ["file-missing", "use-missing", "patch-base-missing"];
const assumed: readonly DiagnosticCode[] = ["assume-broken", "parameter-out-of-range"];

/** The code of a spec that was refused; 0 if nothing in the list is an error. */
export function codeOfDiagnostics(diagnostics: readonly Diagnostic[]): ExitCode {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  return firstCode(errors.map(({ code }) => codeOfDiagnostic(code)));
}

function codeOfDiagnostic(code: DiagnosticCode): ExitCode {
  if (missing.includes(code) || code === "parameter-unknown") return exitCodes.usage;
  if (assumed.includes(code)) return exitCodes.assumption;
  if (code === "engine-failed") return exitCodes.internal;
  if (code === "engine-stopped") return exitCodes.limit;
  switch (passOf(code)) {
    case "syntax":
      return exitCodes.syntax;
    case "command":
      return exitCodes.usage;
    default:
      return exitCodes.meaning;
  }
}

/** The code of a check that came to a result. */
export function codeOfExploration(exploration: Found, findings: Findings): ExitCode {
  const codes: ExitCode[] = findings.violations.map(({ kind }) => codeOfKind(kind));
  const { covers, branches, actions, labels } = findings;
  if (covers.length + branches.length + actions.length + labels.length > 0)
    codes.push(exitCodes.vacuous);
  if (!exploration.complete) {
    codes.push(codeOfLimit(exploration.stoppedBy));
  } else if (
    exploration.by === undefined &&
    exploration.verdicts.some(({ outcome }) => outcome === "unknown")
  ) {
    codes.push(exitCodes.limit);
  }
  return firstCode(codes);
}

/** The code of a search that is not complete. */
export function codeOfLimit(stoppedBy: Limit | null): ExitCode {
  return stoppedBy === "interrupted" ? exitCodes.interrupted : exitCodes.limit;
}

/** The code of a violation of this kind. */
export function codeOfKind(kind: VerdictKind): ExitCode {
  switch (kind) {
    case "deadlock":
    case "stuck":
      return exitCodes.deadlock;
    case "assert":
      return exitCodes.assertion;
    case "cover":
      return exitCodes.vacuous;
    case "invariant":
    case "step":
    case "range":
    case "lock_use":
    case "lock_order":
      return exitCodes.violation;
    default:
      return kind satisfies never;
  }
}
