// `weft explore SPEC`: step through behaviours in the terminal.
//
// Commands are lines on standard input, typed or piped. Where no terminal shows what is typed, it is repeated
// behind a `>`, so that what is written reads like the session.

import { createInterface } from "node:readline";
import type { Command } from "commander";
import { interpret } from "../checker/interpret.ts";
import { openSession } from "../checker/session.ts";
import { report } from "../diagnostics/report.ts";
import type { Machine } from "../machine/machine.ts";
import { readItf } from "../report/itf-read.ts";
import type { SessionOptions } from "../report/session.ts";
import { headline } from "../report/verdicts.ts";
import { wrap } from "../report/wrap.ts";
import { readText, standardInput } from "../runtime/files.ts";
import { paintFor, print, printDiagnostics, remark } from "./console.ts";
import { codeOfDiagnostics, exitCodes } from "./exit-codes.ts";
import {
  type CheckOptions,
  withCompileOptions,
  withFewestSwitches,
  withSearchOptions,
} from "./options.ts";
import { forgetInterrupt } from "./progress.ts";
import { knownParameters } from "./replay.ts";
import { compileSpec, search } from "./run.ts";
import {
  carryOut,
  goToProperty,
  type Shell,
  stands,
  storedSession,
  unknownProperty,
} from "./session-commands.ts";

interface Options extends CheckOptions {
  readonly property?: string;
  readonly trace?: string;
  readonly do?: string;
}

export function addExplore(program: Command): void {
  const command = program
    .command("explore")
    .description("step through behaviours: choose each step, go back, see who waits for whom")
    .argument("<spec>", "the file")
    .option("--property <name>", "start in the counterexample of this property")
    .option("--trace <file>", "start at the end of a saved behaviour")
    .option("--do <commands>", "carry out these commands first, such as '1; 1; w'")
    .option("-q, --quiet", "no progress");
  withFewestSwitches(withSearchOptions(withCompileOptions(command))).action(runExplore);
}

async function runExplore(path: string, options: Options): Promise<void> {
  if (path === standardInput) {
    refuse("explore reads its commands from standard input: give it the spec as a file");
    return;
  }
  const { machine, diagnostics } = compileSpec(path, options, settingsOf(path, options));
  printDiagnostics(diagnostics, options.color);
  if (machine === null) {
    process.exitCode = codeOfDiagnostics(diagnostics);
    return;
  }
  const unknown =
    options.property === undefined ? null : unknownProperty(machine, options.property);
  if (unknown !== null) {
    refuse(unknown);
    return;
  }
  const drawing = (): Required<SessionOptions> => ({
    paint: paintFor(options.color),
    width: Math.max(narrowest, Math.min(widest, process.stdout.columns ?? widest)),
  });
  printTitle(machine, drawing());
  const session = openSession(interpret(machine));
  if (session === null) {
    const empty = report("no-initial-state", machine.initConditions[0]?.span ?? null, {});
    printDiagnostics([empty], options.color);
    process.exitCode = codeOfDiagnostics([empty]);
    return;
  }
  const opened = options.trace === undefined ? session : storedSession(session, options.trace);
  if (typeof opened === "string") {
    refuse(opened);
    return;
  }
  const shell: Shell = {
    session: opened,
    past: [],
    undone: [],
    exploration: null,
    listed: 0,
    check: () => search(machine, { ...options, refineCovers: true }),
    drawing,
  };
  print(await opening(shell, options.property));
  if (await carriedOut(shell, options.do ?? "")) await converse(shell);
}

function refuse(why: string): void {
  remark(why);
  process.exitCode = exitCodes.usage;
}

/** Told before the initial states are looked for, which may take a while. */
function printTitle(machine: Machine, { paint, width }: Required<SessionOptions>): void {
  const lines = wrap(headline(machine, { spec: machine.name }), width);
  print(`${lines.map((line) => paint("strong", line)).join("\n")}\n\n`);
}

/** Columns that are used of a terminal. */
const narrowest = 40;
const widest = 100;

/** The parameters of a saved behaviour hold unless others are given. */
function settingsOf(path: string, options: Options): ReadonlyMap<string, string> {
  const text = options.trace === undefined ? null : readText(options.trace);
  const stored = text === null ? null : readItf(text);
  if (stored === null || typeof stored === "string") return options.set;
  return new Map([...knownParameters(path, options, stored), ...options.set]);
}

/** The first screen; where there is no counterexample to begin in, it says so and shows the start. */
async function opening(shell: Shell, property: string | undefined): Promise<string> {
  const { session } = shell;
  const { length } = session.beginnings;
  const hint = length === 1 ? "" : `, i the ${length} initial states`;
  const greeting = `h lists the commands${hint}; q ends`;
  if (property === undefined) return `${greeting}\n\n${stands(shell)}`;
  const found = await goToProperty(shell, property);
  const text = shell.session === session ? `${found}\n\n${stands(shell)}` : found;
  return `${greeting}\n\n${text}`;
}

/** Carries out the commands of the command line; false if one of them ends the session. */
async function carriedOut(shell: Shell, commands: string): Promise<boolean> {
  if (commands.trim() === "") return true;
  for (const line of commands.split(";")) {
    if (!(await answered(shell, line.trim(), true))) return false;
  }
  return true;
}

/** Answers a line, which is repeated if nobody has seen it being typed; false if it ends the session. */
async function answered(shell: Shell, line: string, repeat: boolean): Promise<boolean> {
  print(repeat ? `\n> ${line.trim()}\n` : "");
  const text = await carryOut(shell, line);
  if (text === null) return false;
  print(`${text}\n`);
  return true;
}

/** Reads commands to the end of the input, or until one ends the session. */
async function converse(shell: Shell): Promise<void> {
  const { stdin, stdout } = process;
  const terminal = stdin.isTTY && stdout.isTTY;
  const lines = createInterface({
    input: stdin,
    terminal,
    ...(terminal ? { output: stdout } : {}),
  });
  let busy = false;
  let closed = false;
  lines.on("close", () => {
    closed = true;
  });
  lines.on("SIGINT", () => {
    // In a terminal that edits lines Ctrl-C is a key. A check that runs knows the signal only.
    if (busy) {
      process.kill(process.pid, "SIGINT");
    } else {
      process.exitCode = exitCodes.interrupted;
      lines.close();
    }
  });
  const ask = (): void => {
    // Lines typed ahead of Ctrl-D are still answered; a prompt would open the input again.
    if (!terminal || closed) return;
    const { at, trace } = shell.session;
    lines.setPrompt(trace.steps.length > at ? `${at}/${trace.steps.length}> ` : `${at}> `);
    print("");
    lines.prompt();
  };
  ask();
  for await (const line of lines) {
    busy = true;
    forgetInterrupt();
    const goesOn = await answered(shell, line, !stdin.isTTY);
    busy = false;
    if (!goesOn) {
      lines.close();
      return;
    }
    ask();
  }
  // Ctrl-C or Ctrl-D: the shell's own prompt begins a line.
  if (terminal) print("");
}
