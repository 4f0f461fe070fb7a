// The commands of a stepping session: what each word does, and what is said where it can do nothing.

import type { Exploration } from "../checker/exploration.ts";
import {
  begun,
  follow,
  goneTo,
  isBroken,
  moved,
  type Offer,
  type Session,
  situations,
  take,
  type Waypoint,
  walked,
  wrongHere,
} from "../checker/session.ts";
import type { State } from "../checker/transition-system.ts";
import { sameValue } from "../checker/values.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import type { Machine } from "../machine/machine.ts";
import { toItf } from "../report/itf.ts";
import { decodeState, readItf } from "../report/itf-read.ts";
import { drawSession, drawWalked, type SessionOptions } from "../report/session.ts";
import {
  drawBeginnings,
  drawLocks,
  drawProperties,
  drawWaits,
  drawWholeState,
} from "../report/session-lists.ts";
import { sentence } from "../report/verdicts.ts";
import { limitWords, plural } from "../report/words.ts";
import { wrap } from "../report/wrap.ts";
import { fileErrorWords } from "../runtime/file-errors.ts";
import { readText, writeTextAtomically } from "../runtime/files.ts";
import { shownVerdict } from "./trace.ts";

/** A session with what it has learnt. */
export interface Shell {
  session: Session;
  /** The sessions before each move, and those that were taken back. */
  readonly past: Session[];
  readonly undone: Session[];
  /** What a check found, once one was made. */
  exploration: Exploration | null;
  /** How many initial states were listed so far. */
  listed: number;
  readonly check: () => Promise<Exploration>;
  readonly drawing: () => Required<SessionOptions>;
}

/** Carries out a line; what is to be printed, or null to end the session. */
export function carryOut(shell: Shell, line: string): Promise<string> | string | null {
  const [word = "", ...rest] = line.trim().split(/\s+/);
  if (/^\d+$/.test(word)) return choose(shell, [word, ...rest]);
  const name = Object.hasOwn(aliases, word) ? aliases[word] : undefined;
  if (name === undefined) {
    const near = didYouMean(word, Object.keys(aliases)) ?? "h lists the commands";
    return `there is no command \`${word}\`: ${near}`;
  }
  return name === "quit" ? null : commands[name](shell, line.trim().slice(word.length).trim());
}

type Name =
  | "enter"
  | "next"
  | "back"
  | "undo"
  | "redo"
  | "restart"
  | "end"
  | "initial"
  | "view"
  | "properties"
  | "goto"
  | "state"
  | "locks"
  | "why"
  | "trace"
  | "save"
  | "open"
  | "help";

/** Every word that is understood. */
const aliases: Readonly<Record<string, Name | "quit">> = {
  "": "enter",
  n: "next",
  next: "next",
  b: "back",
  back: "back",
  u: "undo",
  undo: "undo",
  redo: "redo",
  r: "restart",
  restart: "restart",
  e: "end",
  end: "end",
  i: "initial",
  initial: "initial",
  v: "view",
  view: "view",
  p: "properties",
  properties: "properties",
  g: "goto",
  goto: "goto",
  s: "state",
  state: "state",
  l: "locks",
  locks: "locks",
  w: "why",
  why: "why",
  t: "trace",
  trace: "trace",
  save: "save",
  open: "open",
  h: "help",
  help: "help",
  "?": "help",
  q: "quit",
  quit: "quit",
  exit: "quit",
};

const help = `  NUMBER     take that step, or several, as in 1 1 2; > marks the one taken before
  Enter      take the step marked >, or the only one there is
  b [COUNT]  go back          n [COUNT]  go on again, by the steps marked >
  r          to the start     e          to the end of the known behaviour
  u          undo the last move, whatever it was; redo
  i          the initial states; i NUMBER starts in another, i more lists on
  v          where you stand  s          the whole state, with locals and places
  l          the locks        w          why processes wait
  p          the properties, here and, after a check, in all
  g [NAME]   check the spec and go to a counterexample: of this property, or cover,
             or deadlock; of the first that is violated, if none is named
  t          the behaviour so far, in columns
  save FILE  write the behaviour so far, as weft replay reads it
  open FILE  go to the end of such a behaviour
  q          quit`;

type Command = (shell: Shell, argument: string) => Promise<string> | string;

const commands: Readonly<Record<Name, Command>> = {
  enter(shell) {
    const offers = offersOf(shell.session);
    const step = offers.find(({ ahead }) => ahead) ?? (offers.length === 1 ? offers[0] : undefined);
    return step === undefined ? stands(shell) : choose(shell, [String(step.number)]);
  },
  next: (shell, argument) => move(shell, argument, 1),
  back: (shell, argument) => move(shell, argument, -1),
  undo,
  redo,
  restart: (shell) => goTo(shell, moved(shell.session, Number.NEGATIVE_INFINITY)),
  end: (shell) => goTo(shell, moved(shell.session, Number.POSITIVE_INFINITY)),
  initial,
  view: stands,
  properties: ({ session, exploration, drawing }) =>
    drawProperties(session, exploration, drawing()),
  goto: goToProperty,
  state: ({ session, drawing }) => drawWholeState(session, drawing()),
  locks: ({ session }) => drawLocks(session),
  why: ({ session, drawing }) => drawWaits(session, drawing()),
  trace: ({ session, drawing }) => drawWalked(session, drawing()),
  save,
  open,
  help: () => help,
};

/** Where the session stands, as it is shown after every move. */
export function stands({ session, drawing }: Shell): string {
  return drawSession(session, drawing());
}

function goTo(shell: Shell, session: Session): string {
  shell.past.push(shell.session);
  shell.undone.length = 0;
  shell.session = session;
  return stands(shell);
}

/** Takes back the last move, whatever it was: a step, a way back, another behaviour. */
function undo(shell: Shell): string {
  const session = shell.past.pop();
  if (session === undefined) return "there is nothing to undo";
  shell.undone.push(shell.session);
  shell.session = session;
  return stands(shell);
}

function redo(shell: Shell): string {
  const session = shell.undone.pop();
  if (session === undefined) return "there is nothing to redo";
  shell.past.push(shell.session);
  shell.session = session;
  return stands(shell);
}

function offersOf(session: Session): readonly Offer[] {
  return situations(session).flatMap(({ offers }) => offers);
}

/** Takes these steps one after another: all of them, or none. */
function choose(shell: Shell, numbers: readonly string[]): string {
  let { session } = shell;
  for (const [taken, number] of numbers.entries()) {
    const offers = offersOf(session);
    const offer = offers.find((one) => String(one.number) === number);
    if (offer === undefined) {
      const where = taken === 0 ? "here" : `after ${numbers.slice(0, taken).join(" ")}`;
      return `there is no step ${number} ${where}: ${possible(offers.length)}`;
    }
    session = take(session, offer.step);
  }
  return goTo(shell, session);
}

function possible(offers: number): string {
  if (offers === 0) return "the behaviour ends, b goes back";
  return offers === 1 ? "1 is the only one" : `choose 1 to ${offers}`;
}

function move(shell: Shell, argument: string, direction: 1 | -1): string {
  const { session } = shell;
  const count = argument === "" ? 1 : Number(argument);
  if (!Number.isInteger(count) || count < 1) return `${argument} is no number of steps`;
  const there = moved(session, direction * count);
  if (there.at !== session.at) return goTo(shell, there);
  return direction === -1
    ? "this is the start already"
    : "nothing is known beyond this state: choose a step";
}

/** Initial states listed at a time. */
const page = 50;

function initial(shell: Shell, argument: string): string {
  const { session, drawing } = shell;
  const { beginnings } = session;
  if (/^\d+$/.test(argument)) {
    const beginning = beginnings[Number(argument) - 1];
    if (beginning !== undefined) return goTo(shell, begun(session, beginning));
    return beginnings.length === 1
      ? "there is only one initial state"
      : `there is no initial state ${argument}: choose 1 to ${beginnings.length}`;
  }
  if (argument !== "" && argument !== "more") return "write i, i NUMBER or i more";
  if (beginnings.length === 1) return "there is only one initial state: r goes there";
  const from = argument === "more" && shell.listed < beginnings.length ? shell.listed : 0;
  shell.listed = Math.min(from + page, beginnings.length);
  const left = beginnings.length - shell.listed;
  const more = left === 0 ? "" : `\n  i more lists ${left} more`;
  return `${drawBeginnings(session, from, page, drawing())}${more}`;
}

/** Goes to what a check finds on a property; without a name, to the first violation. */
export async function goToProperty(shell: Shell, name: string): Promise<string> {
  const unknown = name === "" ? null : unknownProperty(shell.session.interpreter.machine, name);
  if (unknown !== null) return unknown;
  const exploration = shell.exploration ?? (await shell.check());
  const { stoppedBy } = exploration;
  // What an interrupted check has not found may be found by the next one.
  shell.exploration = stoppedBy === "interrupted" ? null : exploration;
  const verdict = exploration.verdicts.find((one) =>
    name === "" ? one.outcome === "violated" : one.name === name,
  );
  if (verdict === undefined) {
    return stoppedBy === null
      ? "nothing is violated: g NAME goes to a cover"
      : `no violation was found, but the search is not complete (${limitWords(stoppedBy)})`;
  }
  const { trace, absent } = shownVerdict(verdict, name);
  if (trace === null) return stoppedBy === null ? absent : `${absent} (${limitWords(stoppedBy)})`;
  const text = goTo(shell, goneTo(shell.session, trace));
  const [edge] = verdict.detail?.kind === "lock-cycle" ? verdict.detail.edges : [];
  const first =
    edge === undefined ? "" : `, first: ${edge.by} takes ${edge.taken} while it holds ${edge.held}`;
  const words = sentence({ ...verdict, trace }).replace(/:$/, first);
  return `${wrap(words, shell.drawing().width).join("\n")}\n\n${text}`;
}

/** What is said of a name that no verdict has; null if one has it. */
export function unknownProperty(machine: Machine, name: string): string | null {
  const stated = [...machine.properties, ...machine.assertions].map((one) => one.name);
  const names = [...stated, "deadlock", "stuck", "range", "lock_use", "lock_order"];
  if (names.includes(name)) return null;
  const hint = didYouMean(name, names);
  return `there is no property \`${name}\`${hint === null ? "" : `: ${hint}`}`;
}

// ---------------------------------------------------------------- files

function save({ session }: Shell, path: string): string {
  if (path === "") return "save to which file?";
  const { trace } = walked(session);
  const wrong = wrongHere(session);
  const description = wrong.map(sentence).join(", ") || "steps chosen by hand";
  const status = wrong.length > 0 ? "violation" : "example";
  const itf = toItf(session.interpreter.machine, trace, { description, status });
  try {
    writeTextAtomically(path, `${JSON.stringify(itf, null, 2)}\n`);
  } catch (error) {
    return `cannot write ${path}: ${fileErrorWords(error)}`;
  }
  const lost = isBroken(session) ? " (a step that faults has no state to be written)" : "";
  return `wrote ${plural(trace.states.length - 1, "step")} to ${path}${lost}`;
}

function open(shell: Shell, path: string): string {
  if (path === "") return "open which file?";
  const there = storedSession(shell.session, path);
  return typeof there === "string" ? there : goTo(shell, there);
}

/** The session at the end of a stored behaviour, or why that cannot be followed. */
export function storedSession(session: Session, path: string): Session | string {
  const { machine } = session.interpreter;
  const text = readText(path);
  const stored = text === null ? `there is no file \`${path}\`` : readItf(text);
  if (typeof stored === "string") return `cannot open ${path}: ${stored}`;
  const waypoints: Waypoint[] = [];
  for (const [index, state] of stored.states.entries()) {
    const values = decodeState(machine, state, true);
    if (typeof values === "string") return `cannot open ${path}: in state ${index}, ${values}`;
    const agrees = (here: State): boolean =>
      [...values].every(([name, value]) => sameValue(value, here[name] ?? null));
    waypoints.push({ agrees, mover: state.mover });
  }
  const reached = follow(session, waypoints);
  if (typeof reached !== "number") return reached;
  return reached === 0
    ? `cannot open ${path}: no initial state is like its first one`
    : `cannot open ${path}: its step ${reached} is not possible here (weft replay says why)`;
}
