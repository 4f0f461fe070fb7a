// The packed form of a machine as part of a module: what a checker runs.
// Movers are tried in the machine's order; each location of each process is a function of its own, run for the instances
// in a loop: small functions that stay fast, instead of one huge one.

import { positionAt, type Span } from "../diagnostics/source.ts";
import type { FlatExpr, FlatProcess, FlatProgram } from "../machine/flatten-program.ts";
import type { Machine } from "../machine/machine.ts";
import { numberText } from "./packed-expression.ts";
import { printHelpers } from "./packed-helpers.ts";
import { MOST_LOCAL_WORDS, type Printing, readingOf, typed } from "./packed-reading.ts";
import { printPredicate, printStep } from "./packed-routine.ts";
import { braces, identifier, type Lines, line, type names } from "./text.ts";

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
  const actions = program.actions.map((action) => name(identifier(`packed_${action.name}`)));
  const states = program.statePredicates.map((predicate) =>
    name(identifier(`packed_${predicate.kind}_${predicate.name}`)),
  );
  const judged = program.stepPredicates.map((predicate) =>
    name(identifier(`packed_step_${predicate.name}`)),
  );
  const forks = [
    program.initial,
    ...program.actions,
    ...program.processes.flatMap((process) => process.steps),
  ];

  if (types) printTypes(to);
  printTables(to, machine, program, types);
  if (program.layout.width > MOST_LOCAL_WORDS)
    line(to, `const now = new Int32Array(${program.layout.width});`);
  if (program.scratchWords > 0)
    line(to, `const scratch = new Int32Array(${program.scratchWords});`);
  if (program.data.length > 0) printData(to, program.data);
  if (
    forks.some(
      (routine) => routine !== null && JSON.stringify(routine.body).includes('"kind":"pick"'),
    )
  ) {
    line(to, `const choices${typed(printing, "number[]")} = [];`);
    line(to, `const limits${typed(printing, "number[]")} = [];`);
  }
  line(to, "");

  printStep(printing, to, name("packedInitial"), program.initial, "initial", "-1");
  line(to, "");
  program.processes.forEach((process, at) => {
    process.steps.forEach((step, location) => {
      const own = steps[at]?.[location] ?? null;
      if (step === null || own === null) return;
      const mover = step.parameter
        ? process.first === 0
          ? "k"
          : `${process.first} + k`
        : String(process.first);
      printStep(printing, to, own, step, "step", mover);
      line(to, "");
    });
  });
  program.actions.forEach((action, at) => {
    printStep(
      printing,
      to,
      actions[at] ?? "",
      action,
      "step",
      String(machine.instances.length + at),
    );
    line(to, "");
  });
  program.statePredicates.forEach(({ routine }, at) => {
    printPredicate(printing, to, states[at] ?? "", routine, false);
    line(to, "");
  });
  program.stepPredicates.forEach(({ routine }, at) => {
    printPredicate(printing, to, judged[at] ?? "", routine, true);
    line(to, "");
  });
  printHelpers(to, program, types, printing.helpers);
  printSystem(to, printing, machine, { steps, actions, states, judged });
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
      "weights: Int32Array",
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
  line(to, "/** A place in the spec: line from 1, offsets from 0. */");
  line(
    to,
    "export type Place = { readonly file: string; readonly line: number; readonly start: number; readonly end: number };",
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

function placeText(span: Span): string {
  const { path } = span.source;
  const { line: number } = positionAt(span.source, span.start);
  return `{ file: ${JSON.stringify(path)}, line: ${number}, start: ${span.start}, end: ${span.end} }`;
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
      ({ fault, span }) => `{ fault: ${JSON.stringify(fault)}, place: ${placeText(span)} }`,
    ),
  );
  list(
    "notes",
    "Note[]",
    program.notes.map((note) =>
      note.kind === "assert"
        ? `{ kind: "assert", assertion: ${note.assertion} }`
        : `{ kind: "sleep-under-spinlock", place: ${placeText(note.span)} }`,
    ),
  );
  if (program.orderSites.length > 0) {
    list("orderPlaces", "readonly Place[]", program.orderSites.map(placeText));
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

interface Names {
  readonly steps: readonly (readonly (string | null)[])[];
  readonly actions: readonly string[];
  readonly states: readonly string[];
  readonly judged: readonly string[];
}

/** The constant `packed`: everything that a search needs. */
function printSystem(to: Lines, printing: Printing, machine: Machine, names: Names): void {
  const { program } = printing;
  const number = typed(printing, "number");
  const words = typed(printing, "Int32Array");
  const reading = readingOf(printing, ["k"], "predicate");
  const locationOf = (process: FlatProcess, k: FlatExpr): string => {
    const bits = program.layout.items[process.location]?.bits ?? 0;
    return bits === 0
      ? "0"
      : numberText(reading, { kind: "read", item: process.location, index: k, state: "now" });
  };
  line(to, "/** The machine over packed states: `width` words of an Int32Array each. */");
  braces(
    to,
    "export const packed =",
    () => {
      line(to, `width: ${program.layout.width},`);
      line(to, "/** Who takes steps: process instances, then actions. */");
      line(to, "movers: [");
      machine.instances.forEach((instance) => {
        const daemon =
          machine.processes.find((process) => process.process === instance.process)?.daemon ??
          false;
        line(
          to,
          `  { kind: "process", name: ${JSON.stringify(instance.name)}, mustFinish: ${!daemon} },`,
        );
      });
      for (const action of machine.actions) {
        line(to, `  { kind: "action", name: ${JSON.stringify(action.name)}, mustFinish: false },`);
      }
      line(to, "],");
      line(to, `costs: ${JSON.stringify(program.costs)},`);
      line(to, "faults,");
      line(to, "notes,");
      line(to, "branches,");
      line(to, "/** All initial states. */");
      braces(
        to,
        `initial(out${typed(printing, "Steps")})${typed(printing, "void")}`,
        () => {
          line(to, "out.clear();");
          if (printing.helpers.has("isNew")) line(to, "met.clear();");
          line(to, "packedInitial(out);");
        },
        "},",
      );
      line(to, "/** All steps from the state at `offset`. */");
      braces(
        to,
        `successors(states${words}, offset${number}, out${typed(printing, "Steps")})${typed(printing, "void")}`,
        () => {
          line(to, "out.clear();");
          program.processes.forEach((process, at) => {
            printProcess(to, process, names.steps[at] ?? [], locationOf);
          });
          for (const action of names.actions) line(to, `${action}(states, offset, out);`);
        },
        "},",
      );
      line(to, "/** Has this mover, a process instance, come to its end? */");
      braces(
        to,
        `finished(states${words}, offset${number}, mover${number})${typed(printing, "boolean")}`,
        () => {
          for (const process of program.processes) {
            const k = "const k = mover" + (process.first === 0 ? ";" : ` - ${process.first};`);
            braces(to, `if (mover < ${process.first + process.count})`, () => {
              if (process.count > 1) line(to, k);
              const location = locationOf(
                process,
                process.count > 1 ? { kind: "local", local: 0 } : { kind: "const", value: 0 },
              );
              line(to, `return (${location}) === ${process.done};`);
            });
          }
          line(to, "return false;");
        },
        "},",
      );
      line(
        to,
        "/** Does no process stand at local work? Properties are judged in such states only. */",
      );
      braces(
        to,
        `atRest(${program.processes.some((process) => process.localLocations.length > 0) ? `states${words}, offset${number}` : ""})${typed(printing, "boolean")}`,
        () => {
          for (const process of program.processes.filter(
            ({ localLocations }) => localLocations.length > 0,
          )) {
            braces(to, `for (let k = 0; k < ${process.count}; k += 1)`, () => {
              line(
                to,
                `if (${JSON.stringify(process.localLocations)}.includes(${locationOf(process, { kind: "local", local: 0 })})) return false;`,
              );
            });
          }
          line(to, "return true;");
        },
        "},",
      );
      line(to, "/** 1 holds, 0 does not, 2 cannot be evaluated. */");
      line(to, "statePredicates: [");
      program.statePredicates.forEach(({ kind, name }, at) => {
        line(
          to,
          `  { kind: "${kind}", name: ${JSON.stringify(name)}, evaluate: ${names.states[at]} },`,
        );
      });
      line(to, "],");
      line(to, "stepPredicates: [");
      program.stepPredicates.forEach(({ name }, at) => {
        line(
          to,
          `  { kind: "step", name: ${JSON.stringify(name)}, evaluate: ${names.judged[at]} },`,
        );
      });
      line(to, "],");
    },
    printing.types ? "} as const;" : "};",
  );
}

function printProcess(
  to: Lines,
  process: FlatProcess,
  steps: readonly (string | null)[],
  locationOf: (process: FlatProcess, k: FlatExpr) => string,
): void {
  if (steps.every((step) => step === null)) return;
  const many = process.count > 1;
  const dispatch = (): void => {
    const location = locationOf(
      process,
      many ? { kind: "local", local: 0 } : { kind: "const", value: 0 },
    );
    braces(to, `switch (${location})`, () => {
      steps.forEach((step, at) => {
        if (step === null) return;
        line(to, `case ${at}: ${step}(${many ? "k, " : ""}states, offset, out); break;`);
      });
    });
  };
  if (many) braces(to, `for (let k = 0; k < ${process.count}; k += 1)`, dispatch);
  else if (process.count === 1) dispatch();
}
