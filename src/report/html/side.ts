// One version of a spec on a page, and the behaviours of it that can be stepped through.

import type { Found, Trace, Verdict } from "../../checker/exploration.ts";
import { type Interpreter, interpret } from "../../checker/interpret.ts";
import type { Machine } from "../../machine/machine.ts";
import { narrateVerdict } from "../failure.ts";
import { type NarrateOptions, type Narrative, narrate } from "../narrate.ts";
import { formatValue } from "../values.ts";
import { limitWords, plural } from "../words.ts";
import type { Leaf, Side, Track } from "./data.ts";
import type { Files } from "./files.ts";
import { leavesOfStates } from "./readings.ts";
import { type NodeOf, trackOf } from "./track.ts";

/** A version with what turns its traces into tracks. */
export class Teller {
  readonly machine: Machine;
  private readonly interpreter: Interpreter;
  private readonly nodeOf: NodeOf;
  private leaves: readonly Leaf[] | null = null;

  constructor(machine: Machine, nodeOf: NodeOf) {
    this.machine = machine;
    this.interpreter = interpret(machine);
    this.nodeOf = nodeOf;
  }

  /** The trace of a verdict, with what goes wrong marked. */
  verdict(verdict: Verdict, trace: Trace): Track {
    return this.told(trace, narrateVerdict(this.machine, verdict, trace));
  }

  /** A trace whose last step is remarkable. */
  marked(trace: Trace, mark: string): Track {
    const story = narrate(this.machine, trace);
    const last = story.rows.length - 1;
    const rows = story.rows.map((row, index) => (index === last ? { ...row, mark } : row));
    return this.told(trace, { ...story, rows });
  }

  /** A trace in which nothing goes wrong. */
  plain(trace: Trace, options: NarrateOptions = {}): Track {
    return this.told(trace, narrate(this.machine, trace, options));
  }

  /** The version itself; its leaves are known once a trace was told. */
  side(name: string, exploration: Found, files: Files): Side {
    const { machine } = this;
    return {
      name,
      spec: machine.name,
      parameters: machine.parameters.map(
        (one) => `${one.name} = ${formatValue(one.value, one.type)}`,
      ),
      counts: countWords(exploration),
      files: machine.sources.map((source) => files.number(source)),
      leaves: this.leaves ?? [],
      lines: machine.lines.map(({ span }) => files.place(span)),
    };
  }

  /** A trace as it is told already. */
  told(trace: Trace, story: Narrative): Track {
    const [first] = trace.states;
    if (first !== undefined) this.leaves ??= leavesOfStates(this.machine, first);
    return trackOf(this.interpreter, trace, story, this.nodeOf);
  }
}

/** `3,819 distinct states, 6,843 transitions, depth 60; exhaustive search` */
export function countWords({
  distinctStates,
  transitions,
  depth,
  complete,
  stoppedBy,
  by,
}: Found): string {
  const counts = [
    ...(distinctStates === null ? [] : [plural(distinctStates, "distinct state")]),
    ...(transitions === null ? [] : [plural(transitions, "transition")]),
    ...(depth === null ? [] : [`depth ${depth}`]),
  ];
  const why = stoppedBy === null ? "it ended early" : limitWords(stoppedBy);
  const how = complete ? "exhaustive search" : `NOT exhaustive (${why})`;
  const who = by === undefined ? "" : `, by ${by.name} ${by.version}`;
  return `${counts.join(", ")}; ${how}, sequential consistency${who}`;
}
