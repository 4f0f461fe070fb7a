// Code that stands in both versions and that the constants of only one make part of the machine.

import type { Span } from "../../diagnostics/source.ts";
import { allOps } from "../../machine/code.ts";
import type { Line, Machine } from "../../machine/machine.ts";
import type { Matching } from "../matching/matching.ts";

/** Lines that follow each other in one body and are steps of one of the two machines only. */
export interface DecidedCode {
  /** The condition that decides it, as a branch is described; else the line with which it begins. */
  readonly name: string;
  readonly owner: string;
  /** The version whose machine has it. */
  readonly present: "before" | "after";
  /** Its first line in the new version, and in the version that has it. */
  readonly span: Span;
  readonly presentSpan: Span;
  /** All its steps, by their lines in the version that has it. */
  readonly lines: ReadonlySet<number>;
}

/** What constants took out of the machine, or put into it, in the order of the new version's text. */
export function decidedCode(
  before: Machine,
  after: Machine,
  matching: Matching,
): readonly DecidedCode[] {
  const built = { before: builtLines(before), after: builtLines(after) };
  const found: DecidedCode[] = [];
  let run: { readonly code: DecidedCode; readonly lines: Set<number> } | null = null;
  after.lines.forEach((line, fresh) => {
    const old = matching.before[fresh] ?? -1;
    const previous = before.lines[old];
    // Local work leaves no trace in the machine; it goes with the steps around it.
    if (line.kind === "local") return;
    const there = { before: built.before.has(old), after: built.after.has(fresh) };
    if (previous === undefined || there.before === there.after) {
      run = null;
      return;
    }
    const present = there.before ? "before" : "after";
    const owner = line.function;
    if (run?.code.owner !== owner || run.code.present !== present) {
      const name = nameOf(after.lines, fresh);
      const presentSpan = present === "before" ? previous.span : line.span;
      const lines = new Set<number>();
      run = { code: { name, owner, present, span: line.span, presentSpan, lines }, lines };
      found.push(run.code);
    }
    run.lines.add(present === "before" ? old : fresh);
  });
  return found;
}

/** Lines of which some step of the machine is made. */
function builtLines({ processes, actions }: Machine): ReadonlySet<number> {
  const codes = [
    ...processes.flatMap(({ start, locations }) => [start, ...locations.map(({ code }) => code)]),
    ...actions.map(({ code }) => code),
  ];
  const marks = codes.flatMap((code) =>
    [...allOps(code)].flatMap((op) => (op.kind === "line" ? op.line : [])),
  );
  const begun = processes.flatMap(({ locations }) => locations.map(({ line }) => line));
  return new Set([...marks, ...begun, ...actions.map(({ line }) => line)]);
}

/** Code directly behind the head of an `if` that is no step itself: constants, or locals, decide that one. */
function nameOf(lines: readonly Line[], first: number): string {
  const line = lines[first];
  const head = lines[first - 1];
  const decides =
    head?.kind === "local" && head.function === line?.function && head.code.startsWith("if ");
  return decides ? `\`${head.code}\`` : `\`${line?.code ?? ""}\` and what follows`;
}
