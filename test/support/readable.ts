// The readable form of a generated module, run and compared with the interpreter.

import type { Interpreter } from "../../src/checker/interpret.ts";
import { interpret } from "../../src/checker/interpret.ts";
import type { Beginning } from "../../src/checker/interpret-initial.ts";
import type { State } from "../../src/checker/transition-system.ts";
import { placeOf } from "../../src/emit/readable/context.ts";
import { emitTypeScript } from "../../src/emit/typescript.ts";
import { packer } from "../../src/machine/layout-pack.ts";
import type { Machine } from "../../src/machine/machine.ts";
import { stateKey } from "../../src/machine/state.ts";

interface Report {
  readonly faults: readonly { readonly kind: string; readonly place: string }[];
  readonly failed: readonly string[];
}

/** What a generated module exports. */
interface Readable {
  readonly movers: readonly string[];
  newReport(): Report;
  initialStates(report: Report): State[];
  next(state: State, mover: string, report: Report): State[];
  enabled(state: State): string[];
  encode(state: State): Int32Array;
  decode(words: Int32Array): State;
  readonly [name: string]: unknown;
}

/** The module without types, evaluated. */
export function loadReadable(machine: Machine): Readable {
  const text = emitTypeScript(machine, { types: false, toolVersion: "0", sourceHash: "0" });
  const exported = [...text.matchAll(/^export (?:const|function|class) (\w+)/gm)].map(
    ([, name]) => name,
  );
  const body = `${text.replaceAll(/^export /gm, "")}\nreturn { ${exported.join(", ")} };`;
  return new Function(body)() as Readable;
}

/** The first difference between the readable form and the interpreter, within so many states; null if there is none. */
export function readableDifference(machine: Machine, limit: number): string | null {
  const readable = loadReadable(machine);
  const oracle = interpret(machine);
  const met = new Map<string, State>();

  const wayDifference = (
    mine: (report: Report) => readonly State[],
    theirs: readonly (Beginning | ReturnType<Interpreter["steps"]>[number])[],
  ): string | null => {
    const report = readable.newReport();
    const states = mine(report).map(stateKey).join("\n");
    const next = theirs.flatMap((way): State[] => {
      const state = "state" in way ? way.state : way.next;
      return state === null ? [] : [state];
    });
    const expected = next.map(stateKey).join("\n");
    if (states !== expected) return `leads to\n${states}\nbut the interpreter says\n${expected}`;
    const faults = sortedOnce(report.faults.map(({ kind, place }) => `${kind} at ${place}`));
    const known = theirs.flatMap(({ fault }) =>
      fault === null ? [] : `${fault.kind} at ${placeOf(fault.span)}`,
    );
    if (faults !== sortedOnce(known)) return `faults ${faults}, expected ${sortedOnce(known)}`;
    for (const state of next) met.set(stateKey(state), state);
    return null;
  };

  const initial = wayDifference((report) => readable.initialStates(report), oracle.initial());
  if (initial !== null) return `initially: ${initial}`;
  const { layout, pack } = packer(machine);
  let left = limit;
  for (const [key, state] of met) {
    if (left === 0) break;
    left -= 1;
    const active = oracle.movers.flatMap(({ name }, mover) => {
      return oracle.stepsOf(state, mover).length > 0 ? name : [];
    });
    if (readable.enabled(state).join() !== active.join())
      return `${key} enables ${readable.enabled(state)}`;
    for (const [mover, { name }] of oracle.movers.entries()) {
      const difference = wayDifference(
        (report) => readable.next(state, name, report),
        oracle.stepsOf(state, mover),
      );
      if (difference !== null) return `${name} from ${key}: ${difference}`;
    }
    if (stateKey(state) !== key) return `a step changed the state that it was given, ${key}`;
    const words = new Int32Array(layout.width);
    pack(state, words, 0);
    if (readable.encode(state).join() !== words.join())
      return `encode(${key}) is ${readable.encode(state)}`;
    if (stateKey(readable.decode(words)) !== key) return `decode(encode(${key})) differs`;
    for (const property of machine.properties) {
      if (property.kind === "step") continue;
      const mine = judged(readable, property.name, state);
      const theirs = oracle.judge(property.condition, state);
      if (mine !== theirs) return `${property.name} is ${mine} in ${key}, not ${theirs}`;
    }
  }
  return null;
}

/** A property's function as a truth: 2 if it faults. */
function judged(readable: Readable, name: string, state: State): number {
  const holds = (readable[name] ?? readable[`_${name}`]) as (state: State) => boolean;
  try {
    return Number(holds(state));
  } catch (error) {
    const { Fault } = readable;
    if (typeof Fault === "function" && error instanceof Fault) return 2;
    throw error;
  }
}

function sortedOnce(texts: readonly string[]): string {
  return [...new Set(texts)].sort().join("; ");
}
