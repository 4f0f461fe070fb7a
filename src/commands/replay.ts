// `weft replay TRACE.itf.json SPEC`: does a stored trace still run, and if not, where and why?

import type { Command } from "commander";
import { type RecordedState, type Replay, replay } from "../diff/replay.ts";
import type { Machine } from "../machine/machine.ts";
import { standing } from "../report/cast.ts";
import { waitedFor } from "../report/failure.ts";
import { decodeState, readItf, type StoredTrace } from "../report/itf-read.ts";
import { formatPlainValue } from "../report/values.ts";
import { listed, plural } from "../report/words.ts";
import { readText } from "../runtime/files.ts";
import { print, printDiagnostics, printJson, remark } from "./console.ts";
import { codeOfDiagnostics, exitCodes } from "./exit-codes.ts";
import {
  type Backend,
  type CompileOptions,
  withBackend,
  withCompileOptions,
  withLint,
} from "./options.ts";
import { compileSpec, systemOf } from "./run.ts";

interface Options extends CompileOptions {
  readonly backend: Backend;
  readonly json?: boolean;
}

export function addReplay(program: Command): void {
  const command = program
    .command("replay")
    .description("run a stored trace again, on its spec or another version")
    .argument("<trace>", "an ITF file, as `weft trace --format itf` writes it")
    .argument("<spec>", "the file to run it on")
    .option("--json", "one JSON document on standard output");
  withBackend(withLint(withCompileOptions(command))).action(runReplay);
}

function runReplay(tracePath: string, specPath: string, options: Options): void {
  const text = readText(tracePath);
  const stored = text === null ? `there is no file \`${tracePath}\`` : readItf(text);
  if (typeof stored === "string") {
    remark(`${tracePath}: ${stored}`);
    process.exitCode = exitCodes.usage;
    return;
  }
  const settings = new Map([...knownParameters(specPath, options, stored), ...options.set]);
  const { machine, diagnostics } = compileSpec(specPath, options, settings);
  printDiagnostics(diagnostics, options.color);
  if (machine === null) {
    process.exitCode = codeOfDiagnostics(diagnostics);
    return;
  }
  const result = replayStored(machine, stored, options.backend);
  if (typeof result === "string") {
    remark(`${tracePath}: ${result}`);
    process.exitCode = exitCodes.violation;
    return;
  }
  if (options.json === true) printJson({ format: "weft-replay/1", ...result });
  else print(tell(machine, result, stored.states.length - 1));
  process.exitCode = result.kind === "runs" ? exitCodes.holds : exitCodes.violation;
}

/**
 * A trace of this very spec runs with every process where it was. Another version may name places
 * otherwise, so what does not run like that is tried again by its variables and locks alone.
 */
function replayStored(machine: Machine, stored: StoredTrace, backend: Backend): Replay | string {
  const exact = decodeAll(machine, stored, true);
  if (typeof exact !== "string") {
    const result = replay(systemOf(machine, backend), exact);
    if (result.kind === "runs") return result;
  }
  const loose = decodeAll(machine, stored, false);
  return typeof loose === "string" ? loose : replay(systemOf(machine, backend), loose);
}

/** The parameters of the stored run that this spec has too. */
export function knownParameters(
  path: string,
  options: Options,
  { parameters }: StoredTrace,
): readonly (readonly [string, string])[] {
  const names = compileSpec(path, options, new Map()).machine?.parameters.map(({ name }) => name);
  return parameters
    .filter(({ name }) => names?.includes(name))
    .map(({ name, value }) => [name, value] as const);
}

function decodeAll(
  machine: Machine,
  { states }: StoredTrace,
  places: boolean,
): readonly RecordedState[] | string {
  const recorded: RecordedState[] = [];
  for (const [index, state] of states.entries()) {
    const values = decodeState(machine, state, places);
    if (typeof values === "string") return `in state ${index}, ${values}`;
    recorded.push({ values, mover: state.mover });
  }
  return recorded;
}

function tell(machine: Machine, result: Replay, steps: number): string {
  switch (result.kind) {
    case "runs":
      return `the trace runs: ${plural(steps, "step")}`;
    case "no-start": {
      const differs = result.differs.map(
        ({ name, recorded, found }) =>
          `  ${name}: the trace has ${formatPlainValue(recorded)}, the nearest initial state ${formatPlainValue(found)}`,
      );
      return ["the trace does not start: no initial state is like its first one", ...differs].join(
        "\n",
      );
    }
    case "stops": {
      const who = result.mover ?? "the next step";
      const head = `the trace runs for ${plural(result.step, "step")} of ${steps}, then stops`;
      return [head, ...tellWhy(machine, result, who)].join("\n");
    }
    default:
      return result satisfies never;
  }
}

function tellWhy(
  machine: Machine,
  { why, state }: Extract<Replay, { readonly kind: "stops" }>,
  who: string,
): readonly string[] {
  const where = placeOf(machine, state, who);
  switch (why.kind) {
    case "unknown-mover":
      return [`  this spec has no ${who}`];
    case "waits":
      return [`  ${who} can take no step here${where}`];
    case "faults":
      return [`  the step of ${who} is a fault here${where}`];
    case "differs":
      return [
        `  ${who} comes to another state${where}:`,
        ...why.differences.map(
          ({ name, recorded, found }) =>
            `    ${name}: ${formatPlainValue(found)}, in the trace ${formatPlainValue(recorded)}`,
        ),
      ];
    default:
      return why satisfies never;
  }
}

type StateOf = Extract<Replay, { readonly kind: "stops" }>["state"];

function placeOf(machine: Machine, state: StateOf, who: string): string {
  const instance = machine.instances.find(({ name }) => name === who);
  if (instance === undefined) return "";
  const location = standing(machine, state, instance.id);
  const line = machine.lines[location?.line ?? -1];
  if (location === null) return "";
  if (line === undefined) return `: it is ${location.name}`;
  const wait = waitedFor(machine, state, instance.id);
  const held =
    wait === null || wait.holders.length === 0
      ? ""
      : ` (${wait.lock} is held by ${listed(wait.holders)})`;
  return `: it stands at ${location.name}, before ${line.text ?? line.code}${held}`;
}
