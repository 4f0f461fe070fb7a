// Which states can reach a goal: backwards, in time and memory that grow with the edges that lead back, not with all edges.
//
// One walk after the other goes forward from a state that is not settled, turning back where it can only go to states that
// were walked on before, until it comes to a goal or a marked state: then all states of the walk are marked. What that leaves
// open lies on loops, or leads to no goal. It is passed over again while that settles many more; for the last ones the edges
// among them are turned round, and what is settled spreads along these.

/** How the states of a graph lead to each other. */
export interface StateGraph {
  readonly states: number;
  /** Is this state a goal, or does an edge lead from it to a state with mark 1? */
  readonly leadsTo: (state: number, marks: Uint8Array) => boolean;
  /** The first state with mark 0 that an edge leads to, -1 if there is none. */
  readonly unmet: (state: number, marks: Uint8Array) => number;
  /** Visits the states that edges lead to. */
  readonly eachTarget: (state: number, visit: (target: number) => void) => void;
}

/** Passes that settle fewer than one in so many of the open states are not worth another. */
const WORTH = 4;

/** A byte for each state: 1 if a goal can be reached from it, in any number of steps, else 0. */
export function canReach(graph: StateGraph): Uint8Array {
  const marks = walked(graph);
  for (let open = unmarked(marks); open.length > 0; ) {
    const settled = pass(graph, open, marks);
    if (settled === 0) break;
    open = open.filter((state) => marks[state] === 0);
    if (WORTH * settled >= open.length) continue;
    spread(graph, open, marks);
    break;
  }
  return marks;
}

const MET = 2;

/** Marks what walks settle; what they met and did not settle is 0 again in the end. */
function walked({ states, leadsTo, unmet }: StateGraph): Uint8Array {
  const marks = new Uint8Array(states);
  let walk = new Int32Array(1 << 10);
  for (let from = 0; from < states; from += 1) {
    if (marks[from] !== 0) continue;
    let length = 0;
    for (let state = from; state >= 0; ) {
      if (length === walk.length) {
        const longer = new Int32Array(2 * length);
        longer.set(walk);
        walk = longer;
      }
      walk[length] = state;
      length += 1;
      marks[state] = MET;
      if (leadsTo(state, marks)) {
        for (let at = 0; at < length; at += 1) marks[walk[at] as number] = 1;
        break;
      }
      for (state = -1; length > 0; length -= 1) {
        state = unmet(walk[length - 1] as number, marks);
        if (state >= 0) break;
      }
    }
  }
  for (let state = marks.indexOf(MET); state >= 0; state = marks.indexOf(MET, state + 1))
    marks[state] = 0;
  return marks;
}

/** The states without a mark, ascending. */
export function unmarked(marks: Uint8Array): Int32Array {
  let count = 0;
  for (let at = marks.indexOf(0); at >= 0; at = marks.indexOf(0, at + 1)) count += 1;
  const found = new Int32Array(count);
  let state = -1;
  for (let at = 0; at < count; at += 1) {
    state = marks.indexOf(0, state + 1);
    found[at] = state;
  }
  return found;
}

/** Looks at open states from the last to the first; answers how many it settled. */
function pass({ leadsTo }: StateGraph, open: Int32Array, marks: Uint8Array): number {
  let settled = 0;
  for (let at = open.length - 1; at >= 0; at -= 1) {
    const state = open[at] as number;
    if (!leadsTo(state, marks)) continue;
    marks[state] = 1;
    settled += 1;
  }
  return settled;
}

/** Settles the open states, which come in ascending order. */
function spread({ leadsTo, eachTarget }: StateGraph, open: Int32Array, marks: Uint8Array): void {
  const { starts, sources } = turnedRound(open, eachTarget);
  const reached = [...open].filter((state) => leadsTo(state, marks));
  for (const state of reached) marks[state] = 1;
  for (let state = reached.pop(); state !== undefined; state = reached.pop()) {
    const position = positionIn(open, state);
    const end = starts[position + 1] as number;
    for (let at = starts[position] as number; at < end; at += 1) {
      const source = sources[at] as number;
      if (marks[source] === 1) continue;
      marks[source] = 1;
      reached.push(source);
    }
  }
}

/** The edges among some states by their targets: `sources[starts[p] …]` are where those to the state at position p begin. */
function turnedRound(
  open: Int32Array,
  eachTarget: StateGraph["eachTarget"],
): { readonly starts: Int32Array; readonly sources: Int32Array } {
  const starts = new Int32Array(open.length + 1);
  const eachEdge = (visit: (source: number, position: number) => void): void => {
    for (const source of open) {
      eachTarget(source, (target) => {
        const position = positionIn(open, target);
        if (position >= 0) visit(source, position);
      });
    }
  };
  eachEdge((_, position) => {
    starts[position + 1] = (starts[position + 1] as number) + 1;
  });
  for (let position = 0; position < open.length; position += 1) {
    starts[position + 1] = (starts[position + 1] as number) + (starts[position] as number);
  }
  const next = starts.slice();
  const sources = new Int32Array(starts[open.length] as number);
  eachEdge((source, position) => {
    const at = next[position] as number;
    sources[at] = source;
    next[position] = at + 1;
  });
  return { starts, sources };
}

/** Where a state stands in an ascending list, -1 if it does not. */
export function positionIn(ascending: Int32Array, state: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = ascending[middle] as number;
    if (found === state) return middle;
    if (found < state) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
