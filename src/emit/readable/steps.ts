// The steps of a machine in readable form: a function for each location of a process and for each action, and `next`.

import { locksHeldIn } from "../../machine/flat/lock.ts";
import type { Local, MachineAction, MachineProcess } from "../../machine/machine.ts";
import {
  braces,
  identifier,
  type Lines,
  line,
  printFunction,
  type Signature,
  wordsOf,
} from "../text.ts";
import { type Printed, printCode } from "./code.ts";
import { type Context, helper, placeOf, typeText } from "./context.ts";
import { indexType, printDoc } from "./types.ts";

type Parameters = Signature["parameters"];

/** A mover as `next` calls it: its name and the call that gives its steps. */
interface MoverCall {
  readonly name: string;
  readonly call: string;
}

/** Prints all steps, `next` and `enabled`. */
export function printSteps(context: Context, to: Lines): void {
  const { machine } = context;
  const calls = [
    ...machine.processes.flatMap((process) => printProcess(context, to, process)),
    ...machine.actions.map((action) => printAction(context, to, action)),
  ];
  printNext(context, to, calls);
}

/** The parameter that collects what goes wrong. */
export function reportParameter(context: Context): Parameters[number] {
  if (context.types) helper(context, "Report");
  return ["report", "Report", `${helper(context, "newReport")}()`];
}

/** The name of the process index, as a parameter. */
export function indexName(context: Context, process: MachineProcess): string | null {
  if (process.index === null) return null;
  const { name } = process.index;
  return context.taken.has(name) ? `${name}$` : name;
}

/** Prints the run of a body on each copy of a state. */
export function printRun(
  context: Context,
  to: Lines,
  from: string,
  body: readonly string[],
  tail = "});",
): void {
  const words = wordsOf(body);
  const state = words.has("s") ? "s" : "_s";
  const parameters = words.has("choose") ? `${state}, choose` : words.has("s") ? "s" : "";
  const of = context.types ? "<State>" : "";
  const head = `return ${helper(context, "run")}${of}(${from}, report, (${parameters}) =>`;
  const lines = (): void => {
    for (const text of body) line(to, text);
  };
  braces(to, head, lines, tail);
}

/** Prints the steps of a process; gives the calls for its instances. */
function printProcess(context: Context, to: Lines, process: MachineProcess): readonly MoverCall[] {
  const { machine, types } = context;
  const index = indexName(context, process);
  const instance: Parameters = index === null ? [] : [[index, indexType(process)]];
  const steps = process.locations.flatMap((location) => {
    if (location.code.length === 0) return [];
    const name = context.name(identifier(`${process.name}_at_${location.name}`));
    const before = location.mayHold.flatMap((lock) => machine.locks[lock] ?? []);
    const mayHold = locksHeldIn(location.code, before, machine.locks);
    const { code, line: at } = location;
    const printed = printCode(context, {
      owner: { process, index, mayHold },
      given: new Map(),
      code,
      line: at,
      arrive: "step",
    });
    const shown = machine.lines[at];
    const head = shown === undefined ? "" : `: \`${shown.code.replaceAll("\n", " ")}\``;
    printDoc(
      to,
      `${location.name}${head}`,
      shown?.text ?? null,
      shown === undefined ? null : placeOf(shown.span),
    );
    printStep(context, to, name, instance, printed);
    return [{ location: location.name, name }];
  });
  const name = context.name(identifier(process.name));
  const parameters: Parameters = [["state", "State"], ...instance, reportParameter(context)];
  const passed = index === null ? "state, report" : `state, ${index}, report`;
  printDoc(to, process.process.doc, `The steps that ${process.name} can take.`);
  printFunction(
    to,
    { head: `export function ${name}`, parameters, result: "State[]", types },
    (inside) => {
      if (steps.length === 0) {
        line(inside, "return [];");
        return;
      }
      braces(inside, `switch (${ownAt(context, process, index)})`, () => {
        for (const step of steps) {
          line(inside, `case ${JSON.stringify(step.location)}:`);
          line(inside, `  return ${step.name}(${passed});`);
        }
        line(inside, "default:");
        line(inside, "  return [];");
      });
    },
  );
  line(to, "");
  return machine.instances
    .filter((one) => one.process === process.process)
    .map((one) => ({
      name: one.name,
      call: `${name}(state${one.index === null ? "" : `, ${JSON.stringify(one.index)}`}, report)`,
    }));
}

/** Where the instance stands. */
function ownAt(context: Context, process: MachineProcess, index: string | null): string {
  if (index === null) return `state.${process.name}.at`;
  const key = process.index?.type.kind === "bool" ? `${index} ? "true" : "false"` : index;
  const sure = context.types && indexType(process) === "number" ? "!" : "";
  return `state.${process.name}[${key}]${sure}.at`;
}

function printAction(context: Context, to: Lines, action: MachineAction): MoverCall {
  const name = context.name(identifier(action.name));
  const given = new Map<Local, string>(
    action.parameters.map((parameter) => [parameter, `given.${parameter.name}`] as const),
  );
  const printed = printCode(context, {
    owner: null,
    given,
    code: action.code,
    line: action.line,
    arrive: "step",
  });
  const shown = context.machine.lines[action.line];
  const fields = action.parameters.map(
    (parameter) => `readonly ${parameter.name}?: ${typeText(context, parameter.type)}`,
  );
  const parameters: Parameters =
    fields.length === 0 ? [] : [["given", `{ ${fields.join("; ")} }`, "{}"]];
  printDoc(to, action.action.doc, shown?.text ?? null, placeOf(action.action.span));
  printStep(context, to, name, parameters, printed);
  return { name: action.name, call: `${name}(state${fields.length === 0 ? "" : ", {}"}, report)` };
}

function printStep(
  context: Context,
  to: Lines,
  name: string,
  more: Parameters,
  { lines }: Printed,
): void {
  const parameters: Parameters = [["state", "State"], ...more, reportParameter(context)];
  const signature = {
    head: `export function ${name}`,
    parameters,
    result: "State[]",
    types: context.types,
  };
  printFunction(to, signature, (inside) => printRun(context, inside, "state", lines));
  line(to, "");
}

function printNext(context: Context, to: Lines, calls: readonly MoverCall[]): void {
  const { types } = context;
  const quoted = calls.map(({ name }) => JSON.stringify(name));
  if (types) {
    printDoc(to, "Who takes steps: process instances, then actions.");
    line(to, `export type Mover = ${calls.length === 0 ? "never" : quoted.join(" | ")};`);
    line(to, "");
  }
  line(to, `export const movers${types ? ": readonly Mover[]" : ""} = [${quoted.join(", ")}];`);
  line(to, "");
  const parameters: Parameters = [["state", "State"], ["mover", "Mover"], reportParameter(context)];
  printDoc(
    to,
    "The states to which a mover can go; what goes wrong on the way is added to the report.",
  );
  printFunction(
    to,
    { head: "export function next", parameters, result: "State[]", types },
    (inside) => {
      if (calls.length === 0) {
        line(inside, "return [];");
        return;
      }
      braces(inside, "switch (mover)", () => {
        for (const { name, call } of calls) {
          line(inside, `case ${JSON.stringify(name)}:`);
          line(inside, `  return ${call};`);
        }
      });
    },
  );
  line(to, "");
  printDoc(to, "Who can take a step, though it may go wrong.");
  printFunction(
    to,
    { head: "export function enabled", parameters: [["state", "State"]], result: "Mover[]", types },
    (inside) => {
      braces(
        inside,
        "return movers.filter((mover) =>",
        () => {
          line(inside, "const report = newReport();");
          line(inside, "return next(state, mover, report).length > 0 || report.faults.length > 0;");
        },
        "});",
      );
    },
  );
  line(to, "");
}
