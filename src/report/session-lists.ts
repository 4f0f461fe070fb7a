// What a stepping session tells when it is asked: the whole state, the locks, who waits, the properties, the initial states.

import type { Exploration } from "../checker/exploration.ts";
import { stepTruthOf, truthOf } from "../checker/judgement.ts";
import { lockInstances, lockName } from "../checker/locks.ts";
import { locationOf } from "../checker/processes.ts";
import {
  heldLocks,
  lastStep,
  present,
  type Session,
  type Situation,
  situations,
} from "../checker/session.ts";
import type { State, Truth } from "../checker/transition-system.ts";
import { sameValue } from "../checker/values.ts";
import { formatPlace } from "../diagnostics/source.ts";
import { displayWidth } from "../diagnostics/width.ts";
import type { Property } from "../machine/machine.ts";
import type { SessionOptions } from "./session.ts";
import { type Paint, plain } from "./style.ts";
import { type Cell, drawTable } from "./table.ts";
import { lineOf } from "./text.ts";
import { formatValue, type Leaf, leavesOf, stateLeaves } from "./values.ts";
import { blockedWords, heldWords } from "./waiting.ts";
import { kindWords, listed, oneLine, plural } from "./words.ts";
import { unbroken, wrap } from "./wrap.ts";

/** Every variable, and where each process stands with its locals. */
export function drawWholeState(session: Session, { width = 100 }: SessionOptions = {}): string {
  const { machine } = session.interpreter;
  const state = present(session);
  const ghosts = new Set(machine.variables.filter(({ ghost }) => ghost).map(({ name }) => name));
  const variables = stateLeaves(machine, state, new Set(["variable", "ghost"] as const)).map(
    ({ name, value, type }) => {
      const ghost = ghosts.has(name.replace(/[.[].*$/, "")) ? " (ghost)" : "";
      return `${name} == ${formatValue(value, type)}${ghost}`;
    },
  );
  const locals = stateLeaves(machine, state, new Set(["process"] as const));
  const processes = machine.instances.flatMap((instance) => {
    const { name, line } = locationOf(machine, instance, state);
    const span = machine.lines[line]?.span;
    const place = span === undefined ? "" : ` (${formatPlace(span)})`;
    const stands = name === "done" ? "is done" : `stands at ${name}${place}`;
    const own = locals.filter((leaf) => leaf.name.startsWith(`${instance.name}.`));
    return [
      `${instance.name} ${stands}`,
      ...own.map((leaf) => `${leaf.name} == ${formatValue(leaf.value, leaf.type)}`),
    ];
  });
  return [...variables, ...processes]
    .flatMap((text) => wrap(text, width - 2).map((line) => `  ${line}`))
    .join("\n");
}

/** Every lock: who holds it since when, and who waits for it. */
export function drawLocks(session: Session): string {
  const { machine, movers } = session.interpreter;
  const locks = lockInstances(machine).map(lockName);
  if (locks.length === 0) return "  the spec has no locks";
  const held = heldLocks(session);
  const waiting = situations(session).flatMap(({ mover, blockers }) =>
    blockers.flatMap((blocker) =>
      blocker.kind === "lock" ? [{ lock: blocker.lock, name: movers[mover]?.name ?? "" }] : [],
    ),
  );
  const rows = locks.map((lock): readonly Cell[] => {
    const holders = held.filter((one) => one.lock === lock);
    const names = new Set(waiting.filter((one) => one.lock === lock).map(({ name }) => name));
    const waits =
      names.size === 0 ? "" : `${listed([...names])} ${names.size === 1 ? "waits" : "wait"}`;
    const by: Cell = holders.length === 0 ? ["dim", "free"] : heldWords(holders);
    return [lock, by, ["warn", waits]];
  });
  return drawTable(rows);
}

/** Why each process that cannot move, or could move in more ways, is kept from it. */
export function drawWaits(
  session: Session,
  { width = 100, paint = plain }: SessionOptions = {},
): string {
  const kept = situations(session).filter(({ done, blockers }) => !done && blockers.length > 0);
  if (kept.length === 0) return "  nobody waits";
  return kept.flatMap((situation) => waitLines(session, situation, width, paint)).join("\n");
}

function waitLines(
  session: Session,
  situation: Situation,
  width: number,
  paint: Paint,
): readonly string[] {
  const { machine, movers } = session.interpreter;
  const { mover, offers } = situation;
  const instance = machine.instances[mover];
  const line =
    instance === undefined
      ? machine.actions[mover - machine.instances.length]?.line
      : locationOf(machine, instance, present(session)).line;
  const span = machine.lines[line ?? -1]?.span;
  const place = span === undefined ? "" : paint("dim", ` (${formatPlace(span)})`);
  const can = offers.length === 0 ? "cannot move" : "can move, but not in every way";
  const words = [...blockedWords(session, situation), ...takenWords(session, situation)];
  return [
    `  ${movers[mover]?.name ?? ""} ${can}${place}`,
    ...words.flatMap((text) => wrap(text, width - 6).map((part) => `      ${part}`)),
  ];
}

/** How the locks that it waits for were taken. */
function takenWords(session: Session, { blockers }: Situation): readonly string[] {
  const { interpreter, trace } = session;
  const wanted = new Set(blockers.flatMap((one) => (one.kind === "lock" ? [one.lock] : [])));
  return heldLocks(session).flatMap(({ lock, since }) => {
    const step = trace.steps[since - 1];
    const line = step === undefined ? null : lineOf(interpreter.machine, step);
    if (!wanted.has(lock) || line === null) return [];
    return [
      `step ${since} was ${oneLine(line.text ?? line.code)} ${unbroken(`(${formatPlace(line.span)})`)}`,
    ];
  });
}

/** The properties: how each comes out here, and in all as far as a check has told. */
export function drawProperties(
  session: Session,
  exploration: Exploration | null,
  { paint = plain }: SessionOptions = {},
): string {
  const { properties } = session.interpreter.machine;
  if (properties.length === 0) return "  the spec states no properties";
  const rows = properties.map((property): readonly Cell[] => {
    const verdict = exploration?.verdicts.find(
      ({ name, kind }) => name === property.name && kind === property.kind,
    );
    const steps = verdict?.trace?.steps.length;
    const after =
      steps === undefined ? "" : steps === 0 ? " at the start" : ` after ${plural(steps, "step")}`;
    const inAll = verdict === undefined ? "" : `in all: ${verdict.outcome}${after}`;
    return [hereCell(session, property), `${kindWords(property.kind)} ${property.name}`, inAll];
  });
  return drawTable(rows, paint);
}

function hereCell(session: Session, property: Property): Cell {
  const { interpreter, trace, at } = session;
  if (property.kind !== "step") {
    const truth = truthOf(interpreter, property, present(session));
    return truthCell(truth, property.kind === "cover" ? "dim" : "bad");
  }
  const last = lastStep(session);
  const before = trace.states[at - 1];
  const next = trace.states[at];
  if (last === null || before === undefined || next === undefined) return ["dim", "no step yet"];
  return truthCell(stepTruthOf(interpreter, property, before, { next, mover: last.mover }), "bad");
}

function truthCell(truth: Truth | null, role: "bad" | "dim"): Cell {
  if (truth === null) return ["dim", "not judged here"];
  if (truth === 2) return ["bad", "has no value"];
  return truth === 1 ? ["good", "true"] : [role, "false"];
}

// ---------------------------------------------------------------- initial states

/** Some of the initial states, numbered from 1: in a table of what they differ in, if that fits. */
export function drawBeginnings(
  session: Session,
  from: number,
  count: number,
  { width = 100 }: SessionOptions = {},
): string {
  const { interpreter, beginnings, trace } = session;
  const { machine } = interpreter;
  const states = beginnings.map(({ state, before }) => state ?? before);
  // The other variables begin with what follows from these.
  const chosen = machine.variables.filter(({ initial }) => initial.kind === "in");
  const all = states.map((state) =>
    chosen.flatMap(({ name, type }) => leavesOf(name, state[name] ?? null, type)),
  );
  const varying = (all[0] ?? []).flatMap((leaf, index) =>
    all.some((leaves) => !sameValue(leaf.value, leaves[index]?.value ?? null)) ? [index] : [],
  );
  const shown = all.slice(from, from + count).map((leaves, index) => {
    const number = from + index;
    const here = sameValue(states[number] as State, trace.states[0] as State) ? "> " : "";
    const broken = beginnings[number]?.fault == null ? "" : "faults";
    const told = varying.map((position) => leaves[position] as Leaf);
    return { number: `${here}${number + 1}`.padStart(5), told, broken };
  });
  const table = drawTable([
    ["", ...varying.map((position) => all[0]?.[position]?.name ?? "")],
    ...shown.map(({ number, told, broken }) => [number, ...told.map(leafText), broken]),
  ]);
  if (table.split("\n").every((line) => displayWidth(line) <= width)) return table;
  return shown
    .flatMap(({ number, told, broken }) => {
      const parts = told.map((leaf) => unbroken(`${leaf.name} ${leafText(leaf)}`));
      const text = [...parts, ...(broken === "" ? [] : [broken])].join("; ");
      return wrap(text, width - 9).map(
        (line, index) => `${index === 0 ? `  ${number}  ` : " ".repeat(9)}${line}`,
      );
    })
    .join("\n");
}

function leafText({ value, type }: Leaf): string {
  return formatValue(value, type);
}
