// The constant `packed` of a module: its packed form as one object, everything that a search needs.

import type { FlatExpr, FlatProcess, FlatProgram } from "../../machine/flat/program.ts";
import type { Machine } from "../../machine/machine.ts";
import {
  braces,
  fileName,
  type Lines,
  line,
  mentions,
  printFunction,
  type Signature,
} from "../text.ts";
import { type OwnNames, passesOver, printAlone, printGoesOn, printRunOn } from "./alone.ts";
import { numberText } from "./expression.ts";
import { type Printing, readingOf } from "./reading.ts";

/** The names of the functions that `packed` refers to. */
export interface Names {
  readonly steps: readonly (readonly (string | null)[])[];
  readonly alone: readonly (readonly (string | null)[])[];
  readonly actions: readonly string[];
  readonly states: readonly string[];
  readonly judged: readonly string[];
}

/** Prints the constant `packed`. */
export function printSystem(to: Lines, printing: Printing, machine: Machine, names: Names): void {
  const { program } = printing;
  line(to, "/** The machine over packed states: `width` words of an Int32Array each. */");
  const print = (): void => {
    const sources = machine.sources.map(({ path }) => JSON.stringify(fileName(path)));
    line(to, `sources: [${sources.join(", ")}],`);
    line(to, `width: ${program.layout.width},`);
    printMovers(to, machine);
    line(to, `costs: ${JSON.stringify(program.costs)},`);
    for (const table of ["faults", "notes", "branches"]) line(to, `${table},`);
    printMethods(to, printing, names);
    line(to, "/** 1 holds, 0 does not, 2 cannot be evaluated. */");
    const states = program.statePredicates.map(
      ({ kind, name }, at) =>
        `{ kind: "${kind}", name: ${JSON.stringify(name)}, evaluate: ${names.states[at]} }`,
    );
    const steps = program.stepPredicates.map(
      ({ name }, at) =>
        `{ kind: "step", name: ${JSON.stringify(name)}, evaluate: ${names.judged[at]} }`,
    );
    printList(to, "statePredicates", states);
    printList(to, "stepPredicates", steps);
  };
  braces(to, "export const packed =", print, printing.types ? "} as const;" : "};");
}

function printList(to: Lines, name: string, entries: readonly string[]): void {
  if (entries.length === 0) {
    line(to, `${name}: [],`);
    return;
  }
  line(to, `${name}: [`);
  for (const entry of entries) line(to, `  ${entry},`);
  line(to, "],");
}

function printMovers(to: Lines, machine: Machine): void {
  line(to, "/** Who takes steps: process instances, then actions. */");
  const instances = machine.instances.map((instance) => {
    const process = machine.processes.find((candidate) => candidate.process === instance.process);
    return `{ kind: "process", name: ${JSON.stringify(instance.name)}, mustFinish: ${!(process?.daemon ?? false)} }`;
  });
  const actions = machine.actions.map(
    ({ name }) => `{ kind: "action", name: ${JSON.stringify(name)}, mustFinish: false }`,
  );
  printList(to, "movers", [...instances, ...actions]);
}

function printMethods(to: Lines, printing: Printing, names: Names): void {
  const { program, types } = printing;
  const method = (
    head: string,
    parameters: Signature["parameters"],
    result: string,
    body: (inside: Lines) => void,
  ): void => {
    printFunction(to, { head, parameters, result, types, tail: "}," }, body);
  };
  const state: Signature["parameters"] = [
    ["states", "Int32Array"],
    ["offset", "number"],
  ];
  line(to, "/** All initial states. */");
  method("initial", [["out", "Steps"]], "void", (inside) => {
    line(inside, "out.clear();");
    if (printing.helpers.has("isNew")) line(inside, "met.clear();");
    line(inside, "packedInitial(out);");
  });
  line(to, "/** All steps from the state at `offset`. */");
  method("successors", [...state, ["out", "Steps"]], "void", (inside) => {
    line(inside, "out.clear();");
    if (!passesOver(program)) return printSteps(inside, printing, names);
    line(inside, "stepsFrom(states, offset, out);");
    line(inside, "runOn(out);");
  });
  line(to, "/** Has this mover, a process instance, come to its end? */");
  method("finished", [...state, ["mover", "number"]], "boolean", (inside) => {
    for (const process of program.processes) {
      braces(inside, `if (mover < ${process.first + process.count})`, () => {
        const location = locationText(printing, process);
        const k = `const k = mover${process.first === 0 ? "" : ` - ${process.first}`};`;
        if (mentions([location], "k")) line(inside, k);
        line(inside, `return (${location}) === ${process.done};`);
      });
    }
    line(inside, "return false;");
  });
  line(
    to,
    "/** Does no process stand at local work? Properties are judged in such states only. */",
  );
  method("atRest", state, "boolean", (inside) => {
    for (const process of program.processes) {
      if (process.localLocations.length === 0) continue;
      const among = `[${process.localLocations.join(", ")}].includes(${locationText(printing, process)})`;
      const loop = process.count > 1 ? `for (let k = 0; k < ${process.count}; k += 1) ` : "";
      line(inside, `${loop}if (${among}) return false;`);
    }
    line(inside, "return true;");
  });
}

/** The location of an instance: of `k` where there are several. */
function locationText(printing: Printing, process: FlatProcess): string {
  const { program } = printing;
  if (bitsOf(program, process) === 0) return "0";
  const index: FlatExpr =
    process.count > 1 ? { kind: "local", local: 0 } : { kind: "const", value: 0 };
  return numberText(readingOf(printing, ["k"], "predicate"), {
    kind: "read",
    item: process.location,
    index,
    state: "now",
  });
}

function bitsOf(program: FlatProgram, process: FlatProcess): number {
  return program.layout.items[process.location]?.bits ?? 0;
}

/** What reduced successors need: `goesOn`, and where states may be passed over `stepsFrom` and `runOn`. */
export function printReduction(to: Lines, printing: Printing, names: Names): void {
  const { program } = printing;
  if (names.alone.flat().every((name) => name === null)) return;
  printGoesOn(to);
  if (!passesOver(program)) return;
  braces(to, "function stepsFrom(states, offset, out)", () => printSteps(to, printing, names));
  line(to, "");
  printRunOn(to, program, ownNames(printing, names));
}

function ownNames(printing: Printing, names: Names): readonly OwnNames[] {
  return printing.program.processes.map((process, at) => ({
    steps: names.steps[at] ?? [],
    alone: names.alone[at] ?? [],
    location: locationText(printing, process),
  }));
}

/** The steps from a state: those of one process where they are enough, else all. */
function printSteps(to: Lines, printing: Printing, names: Names): void {
  const { processes } = printing.program;
  const own = ownNames(printing, names);
  processes.forEach((process, at) => {
    printAlone(to, process, own[at] as OwnNames);
  });
  processes.forEach((process, at) => {
    printDispatch(to, printing, process, names.steps[at] ?? []);
  });
  for (const action of names.actions) line(to, `${action}(states, offset, out);`);
}

function printDispatch(
  to: Lines,
  printing: Printing,
  process: FlatProcess,
  steps: readonly (string | null)[],
): void {
  if (process.count === 0 || steps.every((step) => step === null)) return;
  const many = process.count > 1;
  const dispatch = (): void => {
    braces(to, `switch (${locationText(printing, process)})`, () => {
      steps.forEach((step, at) => {
        if (step !== null)
          line(to, `case ${at}: ${step}(${many ? "k, " : ""}states, offset, out); break;`);
      });
    });
  };
  if (many) braces(to, `for (let k = 0; k < ${process.count}; k += 1)`, dispatch);
  else dispatch();
}
