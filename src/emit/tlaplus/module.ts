import { type Lines, line, newLines } from "../text.ts";
import type { Context, ProcessNames } from "./context.ts";
import { declarations, EARLY, locationSets, RULE } from "./declarations.ts";
import { initialFormula } from "./initial.ts";
import { comment, lines, neededLines, type Operator, operatorLines } from "./operator.ts";
import {
  deadlockOperator,
  type Judged,
  stepsOperator,
  terminalOperator,
  typeOperator,
} from "./properties.ts";
import { actionStep, indexBound, processSteps } from "./steps.ts";
import {
  and,
  type Bound,
  bullets,
  call,
  exists,
  reference,
  setOf,
  string,
  type Tla,
  tuple,
} from "./tree.ts";
import { enumerable, processTree } from "./values.ts";
import { needChecked } from "./way.ts";

/** The module. */
export function moduleText(context: Context, module: string, judged: readonly Judged[]): string {
  // Everything is laid out before what it turns out to need, which comes first in the text.
  const locations = locationSets(context);
  const initial = operatorLines(context, {
    name: "Init",
    parameters: [],
    body: initialFormula(context),
  });
  const steps = stepLines(context, judged);
  const types = operatorLines(
    context,
    typeOperator(context, new Map([...locations].map(([at, { name }]) => [at, name]))),
  );
  const stated = statedLines(context, judged);
  const declared = declarations(context, module);
  const to = newLines();
  for (const one of declared) line(to, one);
  for (const { operator } of locations.values()) {
    for (const one of operatorLines(context, operator)) line(to, one);
  }
  section(to, "What goes wrong");
  lines(to, REPORT);
  for (const [name, needed] of context.needed) {
    if (EARLY.has(name)) continue;
    line(to, "");
    lines(to, neededLines(context, needed));
  }
  section(to, "Beginning");
  lines(to, initial);
  lines(to, steps);
  section(to, "What is stated");
  lines(to, types);
  lines(to, stated);
  line(to, "");
  line(to, "=".repeat(RULE));
  // Sections and what is in them both begin with an empty line.
  return `${to.lines.join("\n")}\n`.replaceAll(/\n{3,}/g, "\n\n");
}

const REPORT = [
  "\\* Tells of something that goes wrong; if it is one of those in Stop, that ends the run (before the",
  "\\* step itself, where NoDeadlock asks whether there is one).",
  "Report(verdict, place) == verdict \\in Stop => Assert(FALSE, <<verdict, place>>)",
  "",
  "\\* A step that goes wrong changes nothing.",
  "Fault(verdict, place) == Report(verdict, place) /\\ UNCHANGED vars",
];

function section(to: Lines, title: string): void {
  line(to, "");
  line(to, "-".repeat(RULE));
  line(to, `\\* ${title}`);
  line(to, "");
}

// ---------------------------------------------------------------- steps

function stepLines(context: Context, judged: readonly Judged[]): readonly string[] {
  const judging = stepsOperator(judged);
  const to = newLines();
  const ways: Tla[] = [];
  for (const names of context.processes.values()) {
    section(to, `process ${names.machine.name}`);
    lines(to, comment(names.machine.process.doc));
    lines(to, processLines(context, names));
    ways.push(moves(names, judging !== null));
  }
  if (context.machine.actions.length > 0) section(to, "actions");
  for (const action of context.machine.actions) {
    const { operator, sets } = actionStep(context, action);
    lines(to, comment(action.action.doc));
    lines(to, operatorLines(context, operator));
    line(to, "");
    const taken = call(operator.name, ...sets.map(({ bound }) => reference(bound)));
    const judged = judgedMove(taken, tuple([string(action.name)]), judging !== null);
    ways.push(
      sets.reduceRight(
        (body, { bound, pick }) => exists(bound, enumerable(context, pick.local.type), body),
        judged,
      ),
    );
  }
  section(to, "All steps");
  if (judging !== null) {
    needChecked(context);
    for (const { property, operator, faults } of judged) {
      if (property.kind !== "step") continue;
      lines(to, comment(property.doc));
      if (faults !== null) lines(to, operatorLines(context, faults));
      lines(to, [...operatorLines(context, operator), ""]);
    }
    line(to, "\\* What steps must keep to, for a step that changes something.");
    lines(to, [...operatorLines(context, judging), ""]);
  }
  lines(to, operatorLines(context, { name: "Next", parameters: [], body: bullets("\\/", ways) }));
  lines(to, ["", "Spec == Init /\\ [][Next]_vars"]);
  return to.lines;
}

function judgedMove(move: Tla, mover: Tla, judged: boolean): Tla {
  return judged ? and(move, call("Steps", mover)) : move;
}

function moves(names: ProcessNames, judged: boolean): Tla {
  const bound = indexBound(names);
  const index = bound === null ? null : reference(bound);
  const move = call(names.operator, ...(index === null ? [] : [index]));
  const step = judgedMove(move, processTree(names.machine.process, index), judged);
  return bound === null ? step : exists(bound, names.domain ?? setOf([]), step);
}

function processLines(context: Context, names: ProcessNames): readonly string[] {
  const { machine } = names;
  const operators = processSteps(context, names);
  const steps = machine.locations.filter((_, position) => names.steps[position] !== "");
  const bodies = operators.flatMap((operator, position) => {
    const shown = context.machine.lines[steps[position]?.line ?? -1];
    const said = shown?.text == null ? "" : `  /// ${shown.text}`;
    const head = shown === undefined ? [] : comment(`${shown.code}${said}`.replaceAll("\n", " "));
    return [...head, ...operatorLines(context, operator), ""];
  });
  const bound: Bound | null = indexBound(names);
  const given = bound === null ? [] : [reference(bound)];
  const all = bullets(
    "\\/",
    operators.map(({ name }) => call(name, ...given)),
  );
  const parameters = bound === null ? [] : [bound];
  return [...bodies, ...operatorLines(context, { name: names.operator, parameters, body: all })];
}

// ---------------------------------------------------------------- what is stated

function statedLines(context: Context, judged: readonly Judged[]): readonly string[] {
  const to = newLines();
  const add = (operator: Operator): void => lines(to, operatorLines(context, operator));
  for (const { property, operator, faults, unreached } of judged) {
    if (property.kind === "step") continue;
    line(to, "");
    lines(to, comment(property.doc));
    if (faults !== null) add(faults);
    add(operator);
    if (unreached !== null) {
      line(to, "\\* An invariant that is violated where the cover is reached.");
      add(unreached);
    }
  }
  const terminal = terminalOperator(context);
  if (terminal !== null) {
    line(to, "");
    line(to, "\\* Where it is right that nothing can happen any more.");
    add(terminal);
  }
  line(to, "");
  line(to, "\\* Somebody can move, or nobody needs to.");
  add(deadlockOperator(context));
  return to.lines;
}
