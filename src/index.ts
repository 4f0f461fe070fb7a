// The public API: compile a spec, check it, show what came out. Everything here is plain data and functions.

export type { Findings } from "./checker/expectations.ts";
export { findingsOf } from "./checker/expectations.ts";
export type {
  CostResult,
  Coverage,
  Exploration,
  Outcome,
  Step,
  Trace,
  Verdict,
} from "./checker/exploration.ts";
export type { State, TransitionSystem } from "./checker/transition-system.ts";
export { explain } from "./diagnostics/catalogue.ts";
export type { Diagnostic } from "./diagnostics/diagnostic.ts";
export { renderDiagnostic, renderDiagnostics } from "./diagnostics/frame.ts";
export type { Position, Source, Span } from "./diagnostics/source.ts";
export { positionAt } from "./diagnostics/source.ts";
export type { Difference } from "./diff/difference.ts";
export type { VersionsDiff } from "./diff/vectors.ts";
export type { ReadFile } from "./language/load.ts";
export type { Machine, Value } from "./machine/machine.ts";
export {
  type Compiled,
  checkMachine,
  compareMachines,
  compile,
  type Settings,
} from "./pipeline.ts";
export { drawColumns } from "./report/columns.ts";
export { drawDifference } from "./report/diff/terminal.ts";
export { narrateVerdict } from "./report/failure.ts";
export { toItf } from "./report/itf.ts";
export { checkDocument } from "./report/json.ts";
export { drawText } from "./report/text.ts";
export { drawExploration } from "./report/verdicts.ts";
export { version } from "./version.ts";
