// A stepping session as a screen: the step that led here, the state, who can do what, and why the others cannot.

import type { Step, Trace, Verdict } from "../checker/exploration.ts";
import { locationOf } from "../checker/processes.ts";
import {
  heldLocks,
  isBroken,
  lastStep,
  type Offer,
  present,
  type Session,
  type Situation,
  situations,
  told,
  walked,
  wrongHere,
} from "../checker/session.ts";
import { headOf } from "../checker/trace.ts";
import type { State } from "../checker/transition-system.ts";
import { sameValue } from "../checker/values.ts";
import { formatPlace } from "../diagnostics/source.ts";
import { displayWidth } from "../diagnostics/width.ts";
import type { Machine } from "../machine/machine.ts";
import { columnsOf } from "./cast.ts";
import { markOf, narrateVerdict } from "./failure.ts";
import { lockCall } from "./locks.ts";
import { narrate } from "./narrate.ts";
import { type Paint, plain } from "./style.ts";
import { changesBetween } from "./text.ts";
import { changedLeaves, formatValue, summarize } from "./values.ts";
import { drawStory, sentence } from "./verdicts.ts";
import { blockedWords, heldWords } from "./waiting.ts";
import { plural } from "./words.ts";
import { unbroken, wrap } from "./wrap.ts";

export interface SessionOptions {
  readonly paint?: Paint;
  /** Columns of the terminal, 100 unless told. */
  readonly width?: number;
}

/** Draws where a session stands; lines without a line break at the end. */
export function drawSession(session: Session, options: SessionOptions = {}): string {
  const { paint = plain, width = 100 } = options;
  const view: View = { session, paint, width, roles: rolesOf(session.interpreter.machine) };
  const blocks = [headLines(view), stateLines(view), moverLines(view), endLines(view)];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}

interface View {
  readonly session: Session;
  readonly paint: Paint;
  readonly width: number;
  /** What each instance runs, `munmap`; null where that is its name. */
  readonly roles: readonly (string | null)[];
}

function rolesOf(machine: Machine): readonly (string | null)[] {
  const nobody = {
    ...headOf(machine),
    states: [],
    start: [],
    steps: [],
    contextSwitches: 0,
    loop: null,
  };
  const columns = columnsOf(
    machine,
    nobody,
    machine.instances.map(({ id }) => id),
  );
  return machine.instances.map(({ name }, index) => {
    const role = columns[index]?.role ?? null;
    return role === name ? null : role;
  });
}

// ---------------------------------------------------------------- how one came here

function headLines({ session, paint, width }: View): readonly string[] {
  const { interpreter, trace, at } = session;
  const { machine } = interpreter;
  const last = lastStep(session);
  if (last === null) return [paint("strong", startWords(session))];
  const before = trace.states[at - 1] as State;
  const after = trace.states[at] ?? null;
  const changes = after === null ? [] : changesBetween(machine, before, after);
  const wrote =
    after !== null && changedLeaves(machine, before, after, new Set(["variable"])).length > 0;
  const { text, values } = stepWords(machine, before, last, after);
  const seen = wrote || values.length === 0 ? "" : ` ${bracketed(values)}`;
  // An action without a text of its own is told as a call of its name.
  const who = text.startsWith(`${last.name}(`) ? "" : `${last.name}: `;
  const ahead = trace.steps.length > at ? ` of ${trace.steps.length}` : "";
  return [
    ...wrap(`step ${at}${ahead}: ${who}${text}${seen}`, width).map((line) => paint("strong", line)),
    ...flowed(changes, 4, width),
  ];
}

/** `initial state 3 of 42` */
function startWords({ trace, beginnings, at }: Session): string {
  const state = trace.states[0] ?? null;
  const index = beginnings.findIndex((one) => one.state !== null && sameValue(one.state, state));
  const which = beginnings.length === 1 || index < 0 ? "" : ` ${index + 1} of ${beginnings.length}`;
  const ahead = trace.steps.length - at;
  const known = ahead === 0 ? "" : `, ${plural(ahead, "step")} ahead`;
  return `initial state${which}${known}`;
}

// ---------------------------------------------------------------- the state

function stateLines({ session, width }: View): readonly string[] {
  const { machine } = session.interpreter;
  const state = present(session);
  const variables = machine.variables
    .filter(({ ghost }) => !ghost)
    .flatMap(({ name, type }) => summarize(name, state[name] ?? null, type));
  const all = heldLocks(session);
  const locks = [...new Set(all.map(({ lock }) => lock))];
  const held = locks.map((name) => `${name} ${heldWords(all.filter(({ lock }) => lock === name))}`);
  return [...flowed(variables, 2, width), ...flowed(held, 2, width)];
}

/** Parts behind each other, `a; b; c`, broken between them. */
function flowed(parts: readonly string[], indent: number, width: number): readonly string[] {
  if (parts.length === 0) return [];
  const room = width - indent;
  return wrap(parts.map(unbroken).join("; "), room).map((line) => " ".repeat(indent) + line);
}

// ---------------------------------------------------------------- who can do what

function moverLines(view: View): readonly string[] {
  const { session } = view;
  const { machine } = session.interpreter;
  const all = situations(session);
  const processes = all.slice(0, machine.instances.length);
  const actions = all.slice(machine.instances.length).flatMap(({ offers }) => offers);
  return [
    ...processes.flatMap((situation) => processLines(view, situation)),
    ...(actions.length === 0 ? [] : ["  actions", ...offerLines(view, actions)]),
  ];
}

function processLines(view: View, situation: Situation): readonly string[] {
  const { session, paint, width, roles } = view;
  const { machine } = session.interpreter;
  const instance = machine.instances[situation.mover];
  if (instance === undefined) return [];
  const role = roles[situation.mover] ?? null;
  const name = `${instance.name}${role === null ? "" : ` (${role})`}`;
  if (situation.done) return [paint("dim", `  ${name} is done`)];
  const { stack } = locationOf(machine, instance, present(session));
  const calls = stack.map((frame) => `${machine.frames[frame]?.function ?? "?"}()`);
  const heading = [`  ${name}${callsWords(calls, width - name.length - 2)}`];
  if (situation.offers.length > 0) return [...heading, ...offerLines(view, situation.offers)];
  const waits = blockedWords(session, situation).flatMap((words) =>
    wrap(words, width - entryIndent).map((line, index) =>
      paint("warn", (index === 0 ? "-  " : "").padStart(entryIndent) + line),
    ),
  );
  return [...heading, ...waits];
}

/** `, in f() > g()`, the outer calls left out where there is no room for them. */
function callsWords(calls: readonly string[], room: number): string {
  if (calls.length === 0) return "";
  for (let outer = 0; outer < calls.length; outer += 1) {
    const words = `, in ${[...(outer > 0 ? ["…"] : []), ...calls.slice(outer)].join(" > ")}`;
    if (words.length <= room || outer === calls.length - 1) return words;
  }
  return "";
}

/** Columns in front of a step's words: its number and what marks it. */
const entryIndent = 8;

function offerLines({ session, paint, width }: View, offers: readonly Offer[]): readonly string[] {
  const worded = offers.map((offer) => ({ offer, ...offerWords(session, offer) }));
  return worded.flatMap(({ offer, text, values }) => {
    const twins = worded.filter(
      (other) => other.text === text && other.values.join() === values.join(),
    );
    const shown = twins.length > 1 ? [...values, ...effectOf(session, offer)] : values;
    const marks = [...new Set(offer.wrong.map(markOf))];
    const arrow = marks.length === 0 ? "" : ` ${unbroken(`<-- ${marks.join(", ")}`)}`;
    const words = `${text}${shown.length === 0 ? "" : ` ${bracketed(shown)}`}${arrow}`;
    const number = `${offer.ahead ? "> " : ""}${offer.number}  `.padStart(entryIndent);
    return wrap(words, width - entryIndent).map((line, index) => {
      const whole = (index === 0 ? number : " ".repeat(entryIndent)) + line;
      return marks.length === 0 ? whole : paint("bad", whole);
    });
  });
}

function bracketed(values: readonly string[]): string {
  return `[${values.map(unbroken).join(", ")}]`;
}

function offerWords(session: Session, { step }: Offer): StepWords {
  const { machine, movers } = session.interpreter;
  const words = stepWords(machine, present(session), told(session, step), step.next);
  const { kind, name = "" } = movers[step.mover] ?? {};
  // The steps of all actions stand together.
  if (kind !== "action" || words.text.startsWith(`${name}(`)) return words;
  return { ...words, text: `${name}: ${words.text}` };
}

/** What tells a step from another one with the same words: the locals that it changes, and where it leads. */
function effectOf(session: Session, { step }: Offer): readonly string[] {
  const { machine } = session.interpreter;
  const instance = machine.instances[step.mover];
  if (step.next === null || instance === undefined) return [];
  const locals = changedLeaves(machine, present(session), step.next, new Set(["process"]));
  return [
    ...locals.map(({ name, value, type }) => `${name} ${formatValue(value, type)}`),
    `to ${locationOf(machine, instance, step.next).name}`,
  ];
}

interface StepWords {
  readonly text: string;
  /** What it writes, or sees. */
  readonly values: readonly string[];
}

/** A step in a line: the calls that it enters, `f() > g() >`, and what it does. */
function stepWords(machine: Machine, before: State, step: Step, after: State | null): StepWords {
  const states = after === null ? [before] : [before, after];
  const trace: Trace = {
    ...headOf(machine),
    states,
    start: [],
    steps: [step],
    contextSwitches: 0,
    loop: null,
  };
  const entered = new Set(
    step.events.flatMap((event) =>
      event.kind === "enter" ? [machine.frames[event.frame]?.function] : [],
    ),
  );
  const rows = narrate(machine, trace).rows.filter(
    ({ kind, text }) => kind !== "call" || entered.has(text.replace(/\(.*$/, "")),
  );
  const words = rows.map(({ kind, text }, index) => {
    if (index === rows.length - 1) return text;
    return kind === "call" ? `${text} > ` : `${text}; `;
  });
  // In an unfolded machine some steps come by no line.
  const text = words.join("") || "local work";
  const locks = lockCalls(machine, step).filter((call) => !text.includes(call));
  return { text, values: [...locks, ...rows.flatMap(({ values }) => values)] };
}

/** What a step does to locks, which an author's text may not name. */
function lockCalls(machine: Machine, { events }: Step): readonly string[] {
  return events.flatMap((event) => {
    switch (event.kind) {
      case "acquire":
      case "release":
      case "downgrade":
      case "try-acquire":
        return [lockCall(machine, event)];
      default:
        return [];
    }
  });
}

// ---------------------------------------------------------------- the way so far

/**
 * The behaviour up to where one stands, as `weft trace` shows it, state by state where its columns do not fit; each
 * step at which something went wrong is marked.
 */
export function drawWalked(session: Session, options: SessionOptions = {}): string {
  const { machine } = session.interpreter;
  const { trace } = walked(session);
  const [wrong] = wrongHere(session);
  const unmarked =
    wrong === undefined ? narrate(machine, trace) : narrateVerdict(machine, wrong, trace);
  const marks = new Map(
    trace.steps.map((_, step) => [
      unmarked.rows.findLastIndex((row) => row.step === step && row.kind === "step"),
      freshMarks(session, step + 1),
    ]),
  );
  // What is marked where a process stands is not marked again at the step before.
  const told = new Set(unmarked.rows.map(({ mark }) => mark));
  const rows = unmarked.rows.map((row, index) => {
    const mark = marks.get(index) ?? null;
    return { ...row, mark: row.mark ?? (told.has(mark) ? null : mark) };
  });
  const story = { ...unmarked, rows };
  const columns = drawStory(machine, trace, story);
  const fits = columns.split("\n").every((line) => displayWidth(line) <= (options.width ?? 100));
  return drawStory(machine, trace, story, { ...options, traces: fits ? "columns" : "text" });
}

/** What is wrong after a step and was not before it. */
function freshMarks(session: Session, at: number): string | null {
  const before = wrongHere({ ...session, at: at - 1 }).map(({ name }) => name);
  const fresh = wrongHere({ ...session, at })
    // Of a deadlock the rows behind the last step tell, one for each process that waits.
    .filter(({ kind, name }) => kind !== "deadlock" && !before.includes(name));
  return fresh.length === 0 ? null : fresh.map(markOf).join(", ");
}

// ---------------------------------------------------------------- what is wrong, and how it ends

/** `a fault is reached: value out of range (a.weft:7:3)` */
function wrongWords(verdict: Verdict): string {
  const { detail } = verdict;
  if (detail?.kind !== "fault" && detail?.kind !== "sleep") return sentence(verdict);
  return `${sentence(verdict)}: ${markOf(verdict)} ${unbroken(`(${formatPlace(detail.span)})`)}`;
}

function endLines({ session, paint, width }: View): readonly string[] {
  const { interpreter } = session;
  const wrong = wrongHere(session);
  const lines = wrong.flatMap((verdict) =>
    wrap(wrongWords(verdict), width).map((line) => paint("bad", line)),
  );
  if (isBroken(session)) return [...lines, "there is no next state: b goes back"];
  const none = interpreter.steps(present(session)).length === 0;
  if (!none || wrong.some(({ kind }) => kind === "deadlock")) return lines;
  const all = interpreter.movers.every(
    ({ kind }, mover) => kind === "action" || interpreter.finished(present(session), mover),
  );
  const why = all ? "every process is done" : "no step is possible, and none is needed";
  return [...lines, paint("good", `${why}: the behaviour ends here`)];
}
