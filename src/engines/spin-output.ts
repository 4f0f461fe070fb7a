// What SPIN's verifier says, line by line: its figures, what was found and where the trail of it is, and whether it has
// really looked at everything, which its exit status does not tell.

export interface SpinReport {
  /** States that it stored, and transitions as it counts them. */
  stored: number | null;
  transitions: number | null;
  depth: number | null;
  /** Steps of `init` that choose, that reach a first state, that are refused; places where they are refused. */
  before: {
    readonly chosen: number;
    readonly started: number;
    readonly refused: number;
    readonly places: number;
  };
  /** Numbers of what was found, in the order of the search. */
  readonly found: number[];
  /** The trail of what was found, by its number. */
  readonly trails: Map<number, string>;
  /** Why it has not looked at everything, as it says it; null if it has. */
  incomplete: string | null;
  /** The search depth that it was given was too small. */
  tooDeep: boolean;
  /** It found something that the model does not say: the translation is wrong. */
  unexpected: string | null;
}

export function emptySpinReport(): SpinReport {
  return {
    stored: null,
    transitions: null,
    depth: null,
    before: { chosen: 0, started: 0, refused: 0, places: 0 },
    found: [],
    trails: new Map(),
    incomplete: null,
    tooDeep: false,
    unexpected: null,
  };
}

/** Sentences with which the verifier admits that it has not seen all states. */
const GAPS =
  /Search not completed|max search depth too small|reached -DMEMLIM|out of memory|memory limit|VECTORSZ is too small|hash-?compact|bit ?state|hash factor|aborting|interrupted|exceeded|max\. .* reached/i;

/** Takes one line; progress goes on to `progress`. */
export function takeSpinLine(
  report: SpinReport,
  line: string,
  progress: (line: string) => void,
): void {
  const told = /^pan:(\d+): (.*) \(at depth -?\d+\)$/.exec(line);
  if (told !== null) {
    const [, , words = ""] = told;
    const found = /^weft found (\d+)$/.exec(words);
    if (found === null) report.unexpected ??= words;
    else report.found.push(Number(found[1]));
    return;
  }
  const trail = /^pan: wrote (\S+)$/.exec(line);
  if (trail !== null) {
    const last = report.found.at(-1);
    if (last !== undefined && trail[1] !== undefined) report.trails.set(last, trail[1]);
    return;
  }
  const before = /^weft: chosen (\d+) started (\d+) refused (\d+) at (\d+)$/.exec(line);
  if (before !== null) {
    const [chosen = 0, started = 0, refused = 0, places = 0] = before.slice(1).map(Number);
    report.before = { chosen, started, refused, places };
    return;
  }
  if (/^Depth=/.test(line)) {
    progress(line.trim().replace(/\s+/g, " "));
    return;
  }
  const stored = /^\s*(\d+) states, stored/.exec(line);
  if (stored !== null) report.stored = Number(stored[1]);
  const transitions = /^\s*(\d+) transitions \(= /.exec(line);
  if (transitions !== null) report.transitions = Number(transitions[1]);
  const depth = /^State-vector .*depth reached (\d+)/.exec(line);
  if (depth !== null) report.depth = Number(depth[1]);
  if (/max search depth too small/.test(line)) report.tooDeep = true;
  if (GAPS.test(line)) report.incomplete ??= line.trim();
}

/** A step of a trail: the number of its process and the line of its `d_step`. */
export interface TrailStep {
  readonly pid: number;
  readonly line: number;
}

/** The steps of a trail as the verifier replays it. */
export function trailSteps(output: string): readonly TrailStep[] {
  return output.split("\n").flatMap((text) => {
    const step = /^\s*\d+:\s+proc\s+(\d+) \(.*\) \S+:(\d+) \(state -?\d+\)\s*\[(.*)\]\s*$/.exec(
      text,
    );
    if (step === null) return [];
    const at = /^D_STEP(\d+)$/.exec(step[3] ?? "");
    return [{ pid: Number(step[1]), line: Number(at?.[1] ?? step[2]) }];
  });
}
