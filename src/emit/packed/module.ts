// The packed form of a machine as part of a module: what a checker runs.
// Movers are tried in the machine's order; each location of each process is a function of its own, run for the instances
// in a loop: small functions that stay fast, instead of one huge one.

import { positionAt, type Span } from "../../diagnostics/source.ts";
import type { FlatProgram } from "../../machine/flat/program.ts";
import type { Machine } from "../../machine/machine.ts";
import { braces, identifier, type Lines, line, type names, newLines, wordsOf } from "../text.ts";
import { printHelpers } from "./helpers.ts";
import { type Printing, typed } from "./reading.ts";
import { printPredicate, printStep } from "./routine.ts";
import { printReduction, printSystem } from "./system.ts";

/** Prints the packed form; it ends in the constant `packed`. */
export function printPacked(
  to: Lines,
  machine: Machine,
  program: FlatProgram,
  types: boolean,
  name: ReturnType<typeof names>,
): void {
  const printing: Printing = { program, types, helpers: new Set() };
  const steps = program.processes.map((process) =>
    process.steps.map((step) => (step === null ? null : name(identifier(`packed_${step.name}`)))),
  );
  const alone = program.processes.map((process) =>
    process.alone.map((routine) =>
      routine === null ? null : name(identifier(`packed_${routine.name}`)),
    ),
  );
  const actions = program.actions.map((action) => name(identifier(`packed_${action.name}`)));
  const states = program.statePredicates.map((predicate) =>
    name(identifier(`packed_${predicate.kind}_${predicate.name}`)),
  );
  const judged = program.stepPredicates.map((predicate) =>
    name(identifier(`packed_step_${predicate.name}`)),
  );
  const code = newLines();

  printStep(printing, code, name("packedInitial"), program.initial, "initial", "-1");
  line(code, "");
  program.processes.forEach((process, at) => {
    process.steps.forEach((step, location) => {
      const own = steps[at]?.[location] ?? null;
      if (step === null || own === null) return;
      const mover = step.parameter
        ? process.first === 0
          ? "k"
          : `${process.first} + k`
        : String(process.first);
      printStep(printing, code, own, step, "step", mover);
      line(code, "");
    });
    process.alone.forEach((routine, location) => {
      const own = alone[at]?.[location] ?? null;
      if (routine === null || own === null) return;
      printPredicate(printing, code, own, routine, "state");
      line(code, "");
    });
  });
  program.actions.forEach((action, at) => {
    printStep(
      printing,
      code,
      actions[at] ?? "",
      action,
      "step",
      String(machine.instances.length + at),
    );
    line(code, "");
  });
  program.statePredicates.forEach(({ routine }, at) => {
    printPredicate(printing, code, states[at] ?? "", routine, "state");
    line(code, "");
  });
  program.stepPredicates.forEach(({ routine }, at) => {
    printPredicate(printing, code, judged[at] ?? "", routine, "step");
    line(code, "");
  });
  printHelpers(code, program, types, wordsOf(code.lines));
  const own = { steps, alone, actions, states, judged };
  printReduction(code, printing, own);
  printSystem(code, printing, machine, own);

  if (types) printTypes(to);
  printTables(to, machine, program, types);
  const mentioned = wordsOf(code.lines);
  const needs = (word: string): boolean => mentioned.has(word);
  if (needs("now")) line(to, `const now = new Int32Array(${program.layout.width});`);
  if (needs("scratch")) line(to, `const scratch = new Int32Array(${program.scratchWords});`);
  if (needs("data")) printData(to, program.data);
  if (needs("choices")) {
    line(to, `const choices${typed(printing, "number[]")} = [];`);
    line(to, `const limits${typed(printing, "number[]")} = [];`);
  }
  line(to, "");
  for (const text of code.lines) line(to, text);
}

function printTypes(to: Lines): void {
  line(
    to,
    "/** What `packed.initial` and `packed.successors` fill: step i leads to words[i * width …], or faults at faults[fault[i]]. */",
  );
  braces(to, "export interface Steps", () => {
    for (const field of [
      "count: number",
      "noteCount: number",
      "words: Int32Array",
      "mover: Int32Array",
      "fault: Int32Array",
      "weights: Float64Array",
    ]) {
      line(to, `${field};`);
    }
    line(to, "/** Makes room for more steps. */");
    line(to, "grow(): void;");
    line(
      to,
      "/** Remembers that a step does something worth noting: an index into `packed.notes`. */",
    );
    line(to, "note(step: number, note: number): void;");
    line(to, "clear(): void;");
  });
  line(to, "");
  line(to, "/** A place in one of `packed.sources`: line from 1, offsets from 0. */");
  line(
    to,
    "export type Place = { readonly source: number; readonly line: number; readonly start: number; readonly end: number };",
  );
  line(to, "");
  line(to, "/** What a step may do beside changing the state. */");
  line(to, "export type Note =");
  line(to, '  | { readonly kind: "assert"; readonly assertion: number }');
  line(to, '  | { readonly kind: "sleep-under-spinlock"; readonly place: Place }');
  line(
    to,
    '  | { readonly kind: "lock-order"; readonly held: string; readonly taken: string; readonly place: Place };',
  );
  line(to, "");
}

/** A place by the number of its source: paths differ from computer to computer. */
function placeText(machine: Machine, span: Span): string {
  const source = machine.sources.findIndex(({ path }) => path === span.source.path);
  const { line: number } = positionAt(span.source, span.start);
  return `{ source: ${source}, line: ${number}, start: ${span.start}, end: ${span.end} }`;
}

function printTables(to: Lines, machine: Machine, program: FlatProgram, types: boolean): void {
  const list = (name: string, type: string, entries: readonly string[]): void => {
    line(to, `const ${name}${types ? `: ${type}` : ""} = [${entries.length === 0 ? "];" : ""}`);
    if (entries.length === 0) return;
    for (const entry of entries) line(to, `  ${entry},`);
    line(to, "];");
  };
  list(
    "faults",
    "readonly { readonly fault: string; readonly place: Place }[]",
    program.faults.map(
      ({ fault, span }) =>
        `{ fault: ${JSON.stringify(fault)}, place: ${placeText(machine, span)} }`,
    ),
  );
  list(
    "notes",
    "Note[]",
    program.notes.map((note) =>
      note.kind === "assert"
        ? `{ kind: "assert", assertion: ${note.assertion} }`
        : `{ kind: "sleep-under-spinlock", place: ${placeText(machine, note.span)} }`,
    ),
  );
  if (program.orderSites.length > 0) {
    list(
      "orderPlaces",
      "readonly Place[]",
      program.orderSites.map((span) => placeText(machine, span)),
    );
    list(
      "lockNames",
      "readonly string[]",
      program.lockNames.map((name) => JSON.stringify(name)),
    );
  }
  line(to, `const branches = new Uint8Array(${machine.branches.length});`);
}

function printData(to: Lines, data: readonly number[]): void {
  line(to, "const data = Int32Array.of(");
  for (let at = 0; at < data.length; at += 24) line(to, `  ${data.slice(at, at + 24).join(", ")},`);
  line(to, ");");
}
