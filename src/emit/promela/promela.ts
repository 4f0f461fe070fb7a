// Writes a machine in Promela, the language of SPIN: one `d_step` for one step of Weft.

import { commandsOf } from "../../machine/commands.ts";
import type { Machine } from "../../machine/machine.ts";
import type { Notions } from "../scalar/scope.ts";
import { fileName, type Lines, line, newLines } from "../text.ts";
import type { Refusal, Translated, Translation } from "../translation.ts";
import { type Beginning, beginningOf } from "./beginning.ts";
import { type Origin, Refused, writeProctypes } from "./commands.ts";
import { harmless, valueText } from "./comments.ts";
import { declaration, stateBytes, writeDeclarations } from "./declarations.ts";
import { type Finding, findingsOf, type Purpose, supportingCode } from "./findings.ts";
import { type Layout, layoutOf, type Root } from "./layout.ts";
import { writeProperties } from "./properties.ts";
import type { Translating } from "./reading.ts";
import { scratchOf } from "./scratch.ts";
import { TooLarge } from "./shapes.ts";

export interface PromelaOptions {
  /** `reading`: assertions, for people. `checking`: all verdicts and counts from one run, for Weft. */
  readonly purpose?: Purpose;
  /** Shall a cover that is reached fail an assertion, which shows how? Always so for `checking`. */
  readonly covers?: boolean;
}

export interface PromelaTranslation extends Translation {
  /** What `weft_found` may be told, by number. */
  readonly findings: readonly Finding[];
  /** What a line of the model is, counted from 1. */
  readonly origins: ReadonlyMap<number, Origin>;
  /** Steps that SPIN takes before Weft's first state. */
  readonly stages: number;
  /** About how many bytes a state takes. */
  readonly stateBytes: number;
}

/** SPIN numbers its processes with a byte. */
const MOST_PROCESSES = 250;

/** The machine in Promela. */
export function emitPromela(
  machine: Machine,
  options: PromelaOptions = {},
): Translated<PromelaTranslation> {
  const refused = (refusal: Refusal): Translated<PromelaTranslation> => ({
    kind: "refusal",
    refusal,
  });
  const commands = commandsOf(machine);
  if (commands.kind === "refusal") return refused(commands.refusal);
  if (machine.instances.length > MOST_PROCESSES)
    return refused({ span: null, reason: `it has more than ${MOST_PROCESSES} processes` });
  try {
    return { kind: "translation", translation: write(machine, commands.commands, options) };
  } catch (error) {
    if (error instanceof Refused) return refused(error.refusal);
    if (error instanceof TooLarge) return refused({ span: null, reason: error.message });
    throw error;
  }
}

type Commands = Extract<ReturnType<typeof commandsOf>, { readonly kind: "commands" }>["commands"];

function write(
  machine: Machine,
  commands: Commands,
  { purpose = "reading", covers = purpose === "checking" }: PromelaOptions,
): PromelaTranslation {
  const layout = layoutOf(machine);
  const notions: Notions = { machine, keep: () => false, opaque: () => false };
  const translating: Translating = { layout, notions };
  const findings = findingsOf(machine, purpose);
  const label = labels(layout);
  const scratch = scratchOf(translating);
  const refusedName = layout.naming.fresh("refused");
  const beginning = beginningOf({ translating, findings, scratch, label, refused: refusedName });
  const body = newLines();
  const origins = new Map<number, Origin>();
  writeInit(body, translating, scratch.all, beginning);
  writeProctypes({ translating, findings, label, to: body, origins }, commands);
  writeProperties({ translating, findings, to: body, label, covers });
  // What stands before the processes is written last: it has the typedefs of their variables too.
  const to = newLines();
  writeHead(to, machine, beginning);
  if (purpose === "checking") {
    for (const text of supportingCode(findings.all, beginning.stages)) line(to, text);
  }
  writeDeclarations(to, translating);
  if (beginning.refuses) line(to, `bool ${refusedName}; /* a beginning faulted */`);
  const before = to.lines.length;
  return {
    files: [{ name: `${machine.name}.pml`, text: `${[...to.lines, ...body.lines].join("\n")}\n` }],
    renamed: layout.renamed,
    findings: findings.all,
    origins: new Map([...origins].map(([at, origin]) => [before + at, origin])),
    stages: beginning.stages,
    stateBytes: stateBytes(translating),
  };
}

function writeInit(
  to: Lines,
  translating: Translating,
  scratch: readonly Root[],
  { lines }: Beginning,
): void {
  line(to, "");
  line(to, "init {");
  to.depth += 1;
  for (const root of scratch) line(to, `${declaration(translating, root)};`);
  for (const text of lines) line(to, text);
  to.depth -= 1;
  line(to, "}");
}

/** Labels, each once in a model; SPIN takes a process that rests at one that begins with `end` for finished. */
function labels({ naming }: Layout): (wish: string) => string {
  const used = new Map<string, number>();
  return (wish) => {
    const number = (used.get(wish) ?? 0) + 1;
    used.set(wish, number);
    // Locations are macros, which would stand in for labels of the same name.
    return naming.fresh(`${wish}_${number}`);
  };
}

function writeHead(to: Lines, machine: Machine, beginning: Beginning): void {
  const { parameters, name, doc, source } = machine;
  const values = parameters.map((parameter) => `${parameter.name} = ${valueText(parameter.value)}`);
  const words = [
    `Generated by Weft from ${fileName(source.path)}; do not edit.`,
    `spec ${name}${values.length === 0 ? "" : ` with ${values.join(", ")}`}`,
    ...(doc === null ? [] : ["", ...doc.split("\n")]),
    "",
    "Each d_step is one step of the spec. Where a process stands is in its variable that ends in _at. The",
    "assertions in a d_step are those of the spec, and one wherever a step could fault: a value out of its",
    "range, an index that does not exist, a lock that is not held. Scratch variables are 0 between steps.",
    "",
    ...beginningWords(beginning),
    "",
    `spin -o1 -o2 -o3 -a ${machine.name}.pml && gcc -O2 -DBFS -DSAFETY -DNOREDUCE -o pan pan.c && ./pan`,
  ];
  words.forEach((text, position) => {
    line(to, `${position === 0 ? "/*" : " *"} ${harmless(text)}`.trimEnd());
  });
  line(to, " */");
}

/** What SPIN counts in addition to the spec's own states and steps. */
function beginningWords({ stages, statesBefore }: Beginning): readonly string[] {
  const states = statesBefore === 1 ? "its own first state" : `${statesBefore ?? "the"} states`;
  return [
    "`init` chooses an initial state of the spec, one value after another; what it does not set is 0 (false).",
    `SPIN counts in addition what lies before: ${states}, as many transitions and 1 for each initial state,`,
    `and ${stages} level${stages === 1 ? "" : "s"} of depth.`,
  ];
}
