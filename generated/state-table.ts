// state_table: made by Weft 0.1.0 from state-table.weft.
// Sources sha256:e7790b090cdf1e77. Do not edit: compile the spec again.

// Workers who search together insert the states of a round into one table without any atomic exchange of its slots. This is the protocol of Weft's own search by several workers (docs/workers.md). A round has three jobs. In the first, the steps of its states are found, chunk by chunk. In the second, each worker inserts the states of its part of the table, in the order of the steps. In the third, new states are added to the arena, chunk by chunk, where they belong in the order of the steps. One worker leads: it begins a job, takes part, and waits for the others before it begins the next.

const all_State: readonly _State[] = [0, 1, 2];
const all_Position: readonly Position[] = [0, 1];
const all_Chunk: readonly Chunk[] = [0, 1];
const all_Worker: readonly Worker[] = [0, 1];
const all_Index: readonly Index[] = [0, 1, 2, 3, 4, 5];
const all_Job: readonly Job[] = ["none", "expand", "insert", "compact", "leave"];
const all_bool: readonly boolean[] = [false, true];
const all_option: readonly (_State | null)[] = [null, ...all_State];

export type Worker = 0 | 1;

export type Chunk = 0 | 1;

/** Steps of a chunk. */
export type Position = 0 | 1;

export type _State = 0 | 1 | 2;

export type Index = 0 | 1 | 2 | 3 | 4 | 5;

export type Job = "none" | "expand" | "insert" | "compact" | "leave";

/** The instances of the processes. */
export type Process = "leader" | "worker[1]";

/** The shared variables, who holds which lock, and where each process stands with its local variables. */
export type State = {
  /** What each step leads to: anything. */
  leads: { [key in Chunk]: { [key in Position]: _State } };
  /** number of the job; it changes when there is another */
  turn: 0 | 1 | 2 | 3 | 4;
  job: Job;
  /** the last job that each worker has done */
  finished: { [key in Worker]: 0 | 1 | 2 | 3 | 4 };
  next_chunk: 0 | 1 | 2 | 3 | 4;
  /** are the steps of the chunk written? */
  expanded: { [key in Chunk]: boolean };
  /** the slot of each state */
  taken: { [key in _State]: boolean };
  /** does the step lead to a new state? */
  fresh: { [key in Chunk]: { [key in Position]: boolean } };
  /** where the new states of the chunk begin */
  base: { [key in Chunk]: Index };
  arena: { [key in Index]: _State | null };
  leader: { at: "leader.1" | "leader.2" | "leader.3" | "expand_chunks.1" | "insert_part.1" | "compact_chunks.1" | "leader.waiting" | "expand_chunks.expanding" | "insert_part.2" | "compact_chunks.2" | "settle.1" | "leader.5" | "insert_part.3" | "compact_chunks.3" | "settle.2" | "leader.6" | "insert_part.4" | "compact_chunks.adding" | "insert_part.5" | "done"; which: Job; settle_total: Index; settle_c: Chunk; settle_p: Position; compact_chunks_c: 0 | 1 | 2 | 3 | 4; compact_chunks_at: 0 | 1 | 2 | 3 | 4 | 5 | 6; compact_chunks_p: Position; insert_part_c: Chunk; insert_part_p: Position; expand_chunks_c: 0 | 1 | 2 | 3 | 4 };
  worker: { [key in 1]: { at: "worker.1" | "worker.2" | "worker.3" | "expand_chunks.1" | "insert_part.1" | "compact_chunks.1" | "worker.4" | "expand_chunks.expanding" | "insert_part.2" | "compact_chunks.2" | "insert_part.3" | "compact_chunks.3" | "insert_part.4" | "compact_chunks.adding" | "insert_part.5" | "done"; seen: 0 | 1 | 2 | 3 | 4; compact_chunks_c: 0 | 1 | 2 | 3 | 4; compact_chunks_at: 0 | 1 | 2 | 3 | 4 | 5 | 6; compact_chunks_p: Position; insert_part_c: Chunk; insert_part_p: Position; expand_chunks_c: 0 | 1 | 2 | 3 | 4 } };
};

export const WORKERS = 2 as 2 | 3;

export const CHUNKS = 2 as 2 | 3;

/** First values everywhere, locks free, processes at their first steps. */
const blank: State = {
  leads: { 0: { 0: 0, 1: 0 }, 1: { 0: 0, 1: 0 } },
  turn: 0,
  job: "none",
  finished: { 0: 0, 1: 0 },
  next_chunk: 0,
  expanded: { 0: false, 1: false },
  taken: { 0: false, 1: false, 2: false },
  fresh: { 0: { 0: false, 1: false }, 1: { 0: false, 1: false } },
  base: { 0: 0, 1: 0 },
  arena: { 0: null, 1: null, 2: null, 3: null, 4: null, 5: null },
  leader: { at: "leader.1", which: "none", settle_total: 0, settle_c: 0, settle_p: 0, compact_chunks_c: 0, compact_chunks_at: 0, compact_chunks_p: 0, insert_part_c: 0, insert_part_p: 0, expand_chunks_c: 0 },
  worker: { 1: { at: "worker.1", seen: 0, compact_chunks_c: 0, compact_chunks_at: 0, compact_chunks_p: 0, insert_part_c: 0, insert_part_p: 0, expand_chunks_c: 0 } },
};

/** The states in which the system may begin. */
export function initialStates(report: Report = newReport()): State[] {
  return run<State>(blank, report, (s, choose) => {
    s.leads = keyed(all_Chunk, () => keyed(all_Position, () => pick<_State>(choose, all_State, () => true)) as { [key in Position]: _State }) as { [key in Chunk]: { [key in Position]: _State } };
    s.turn = 0;
    s.job = "none";
    s.finished = keyed(all_Worker, () => 0) as { [key in Worker]: 0 | 1 | 2 | 3 | 4 };
    s.next_chunk = 0;
    s.expanded = keyed(all_Chunk, () => false) as { [key in Chunk]: boolean };
    s.taken = keyed(all_State, () => false) as { [key in _State]: boolean };
    s.fresh = keyed(all_Chunk, () => keyed(all_Position, () => false) as { [key in Position]: boolean }) as { [key in Chunk]: { [key in Position]: boolean } };
    s.base = keyed(all_Chunk, () => 0) as { [key in Chunk]: Index };
    s.arena = keyed(all_Index, () => null) as { [key in Index]: _State | null };
    start: {
      const own = s.leader;
      // for which in {expand, insert, compact}
      own.which = "expand";
      own.at = "leader.1";
      break start;
    }
    for (const w of [1] as const) {
      start: {
        const own = s.worker[w];
        // var seen: 0..4 = 0
        own.seen = 0;
        own.at = "worker.1";
        break start;
      }
    }
  });
}

/**
 * leader.1: `job := which`
 * state-table.weft:97
 */
export function leader_at_leader_1(state: State, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.leader;
    s.job = own.which;
    own.at = "leader.2";
  });
}

/**
 * leader.2: `next_chunk := 0`
 * state-table.weft:98
 */
export function leader_at_leader_2(state: State, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.leader;
    s.next_chunk = 0;
    own.at = "leader.3";
  });
}

/**
 * leader.3: `turn += 1`
 * whoever sees it sees what was written before
 * state-table.weft:99
 */
export function leader_at_leader_3(state: State, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.leader;
    s.turn = within(s.turn + 1, 0, 4, "state-table.weft:99");
    // if which == expand
    if (same(own.which, "expand")) {
      own.insert_part_c = 0;
      own.insert_part_p = 0;
      own.at = "expand_chunks.1";
      return;
    } else {
      // if which == insert
      if (same(own.which, "insert")) {
        // for c in Chunk
        own.insert_part_c = 0;
        // for p in Position
        own.insert_part_p = 0;
        own.at = "insert_part.1";
        return;
      } else {
        own.insert_part_c = 0;
        own.insert_part_p = 0;
        own.at = "compact_chunks.1";
        return;
      }
    }
  });
}

/**
 * expand_chunks.1: `var c: 0..CHUNKS + WORKERS = fetch_add(next_chunk, 1)`
 * state-table.weft:40
 */
export function leader_at_expand_chunks_1(state: State, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.leader;
    let expand_chunks_old: 0 | 1 | 2 | 3 | 4 = 0;
    expand_chunks_old = s.next_chunk;
    s.next_chunk = within(s.next_chunk + 1, 0, 4, "state-table.weft:40");
    own.expand_chunks_c = expand_chunks_old;
    // if c >= CHUNKS
    if (own.expand_chunks_c >= CHUNKS) {
      own.expand_chunks_c = 0;
      own.at = "leader.waiting";
      return;
    }
    own.at = "expand_chunks.expanding";
  });
}

/**
 * insert_part.1: `if owner(leads[c][p]) == w`
 * state-table.weft:50
 */
export function leader_at_insert_part_1(state: State, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.leader;
    if (((s$: _State) => within<Worker>(s$ % WORKERS, 0, 1, "state-table.weft:36"))(s.leads[own.insert_part_c][own.insert_part_p]) === 0) {
      own.at = "insert_part.2";
      return;
    }
    if (!same(own.insert_part_p, 1)) {
      // for p in Position
      own.insert_part_p = within<Position>(own.insert_part_p + 1, 0, 1, "state-table.weft:49");
      own.at = "insert_part.1";
      return;
    } else {
      if (!same(own.insert_part_c, 1)) {
        // for c in Chunk
        own.insert_part_c = within<Chunk>(own.insert_part_c + 1, 0, 1, "state-table.weft:48");
        // for p in Position
        own.insert_part_p = 0;
        own.at = "insert_part.1";
        return;
      } else {
        own.insert_part_c = 0;
        own.insert_part_p = 0;
        own.at = "leader.waiting";
        return;
      }
    }
  });
}

/**
 * compact_chunks.1: `var c: 0..CHUNKS + WORKERS = fetch_add(next_chunk, 1)`
 * state-table.weft:74
 */
export function leader_at_compact_chunks_1(state: State, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.leader;
    let compact_chunks_old: 0 | 1 | 2 | 3 | 4 = 0;
    compact_chunks_old = s.next_chunk;
    s.next_chunk = within(s.next_chunk + 1, 0, 4, "state-table.weft:74");
    own.compact_chunks_c = compact_chunks_old;
    // if c >= CHUNKS
    if (own.compact_chunks_c >= CHUNKS) {
      own.compact_chunks_c = 0;
      own.at = "leader.waiting";
      return;
    }
    own.at = "compact_chunks.2";
  });
}

/**
 * leader.waiting: `await forall w in Worker: w == 0 || finished[w] == turn`
 * state-table.weft:102
 */
export function leader_at_leader_waiting(state: State, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.leader;
    if (!all_Worker.every((w) => w === 0 || s.finished[w] === s.turn)) wait();
    // if which == insert
    if (same(own.which, "insert")) {
      // var total: Index = 0
      own.settle_total = 0;
      // for c in Chunk
      own.settle_c = 0;
      own.at = "settle.1";
      return;
    }
    if (!same(own.which, "compact")) {
      // for which in {expand, insert, compact}
      own.which = same(own.which, "expand") ? "insert" : "compact";
      own.settle_total = 0;
      own.settle_c = 0;
      own.at = "leader.1";
      return;
    } else {
      own.which = "none";
      own.settle_total = 0;
      own.settle_c = 0;
      own.at = "leader.5";
      return;
    }
  });
}

/**
 * expand_chunks.expanding: `expanded[c] := true`
 * state-table.weft:43
 */
export function leader_at_expand_chunks_expanding(state: State, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.leader;
    s.expanded[keyOf(s.expanded, own.expand_chunks_c, "state-table.weft:43")] = true;
    own.expand_chunks_c = 0;
    own.at = "expand_chunks.1";
  });
}

/**
 * insert_part.2: `assert expanded_first: expanded[c]`
 * state-table.weft:51
 */
export function leader_at_insert_part_2(state: State, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.leader;
    if (!s.expanded[own.insert_part_c]) report.failed.push("expanded_first");
    own.at = "insert_part.3";
  });
}

/**
 * compact_chunks.2: `var at: 0..6 = base[c]`
 * state-table.weft:76
 */
export function leader_at_compact_chunks_2(state: State, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.leader;
    own.compact_chunks_at = s.base[keyOf(s.base, own.compact_chunks_c, "state-table.weft:76")];
    // for p in Position
    own.compact_chunks_p = 0;
    own.at = "compact_chunks.3";
  });
}

/**
 * settle.1: `base[c] := total`
 * state-table.weft:65
 */
export function leader_at_settle_1(state: State, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.leader;
    s.base[own.settle_c] = own.settle_total;
    // for p in Position
    own.settle_p = 0;
    own.at = "settle.2";
  });
}

/**
 * leader.5: `job := leave`
 * state-table.weft:105
 */
export function leader_at_leader_5(state: State, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.leader;
    s.job = "leave";
    own.at = "leader.6";
  });
}

/**
 * insert_part.3: `if !taken[leads[c][p]]`
 * the slot is read
 * state-table.weft:52
 */
export function leader_at_insert_part_3(state: State, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.leader;
    if (!s.taken[s.leads[own.insert_part_c][own.insert_part_p]]) {
      own.at = "insert_part.4";
      return;
    }
    if (!same(own.insert_part_p, 1)) {
      // for p in Position
      own.insert_part_p = within<Position>(own.insert_part_p + 1, 0, 1, "state-table.weft:49");
      own.at = "insert_part.1";
      return;
    } else {
      if (!same(own.insert_part_c, 1)) {
        // for c in Chunk
        own.insert_part_c = within<Chunk>(own.insert_part_c + 1, 0, 1, "state-table.weft:48");
        // for p in Position
        own.insert_part_p = 0;
        own.at = "insert_part.1";
        return;
      } else {
        own.insert_part_c = 0;
        own.insert_part_p = 0;
        own.at = "leader.waiting";
        return;
      }
    }
  });
}

/**
 * compact_chunks.3: `if fresh[c][p]`
 * state-table.weft:78
 */
export function leader_at_compact_chunks_3(state: State, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.leader;
    if (s.fresh[keyOf(s.fresh, own.compact_chunks_c, "state-table.weft:78")][own.compact_chunks_p]) {
      own.at = "compact_chunks.adding";
      return;
    }
    if (!same(own.compact_chunks_p, 1)) {
      // for p in Position
      own.compact_chunks_p = within<Position>(own.compact_chunks_p + 1, 0, 1, "state-table.weft:77");
      own.at = "compact_chunks.3";
      return;
    } else {
      own.compact_chunks_c = 0;
      own.compact_chunks_p = 0;
      own.compact_chunks_at = 0;
      own.at = "compact_chunks.1";
      return;
    }
  });
}

/**
 * settle.2: `if fresh[c][p]`
 * state-table.weft:67
 */
export function leader_at_settle_2(state: State, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.leader;
    if (s.fresh[own.settle_c][own.settle_p]) {
      // total += 1
      own.settle_total = within<Index>(own.settle_total + 1, 0, 5, "state-table.weft:67");
    }
    if (!same(own.settle_p, 1)) {
      // for p in Position
      own.settle_p = within<Position>(own.settle_p + 1, 0, 1, "state-table.weft:66");
      own.at = "settle.2";
      return;
    } else {
      if (!same(own.settle_c, 1)) {
        // for c in Chunk
        own.settle_c = within<Chunk>(own.settle_c + 1, 0, 1, "state-table.weft:64");
        own.settle_p = 0;
        own.at = "settle.1";
        return;
      } else {
        if (!same(own.which, "compact")) {
          // for which in {expand, insert, compact}
          own.which = same(own.which, "expand") ? "insert" : "compact";
          own.settle_c = 0;
          own.settle_p = 0;
          own.settle_total = 0;
          own.at = "leader.1";
          return;
        } else {
          own.settle_c = 0;
          own.settle_p = 0;
          own.which = "none";
          own.settle_total = 0;
          own.at = "leader.5";
          return;
        }
      }
    }
  });
}

/**
 * leader.6: `turn += 1`
 * state-table.weft:106
 */
export function leader_at_leader_6(state: State, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.leader;
    s.turn = within(s.turn + 1, 0, 4, "state-table.weft:106");
    own.at = "done";
  });
}

/**
 * insert_part.4: `taken[leads[c][p]] := true`
 * and written: nobody else does
 * state-table.weft:53
 */
export function leader_at_insert_part_4(state: State, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.leader;
    s.taken[s.leads[own.insert_part_c][own.insert_part_p]] = true;
    own.at = "insert_part.5";
  });
}

/**
 * compact_chunks.adding: `arena[at] := leads[c][p]`
 * state-table.weft:80
 */
export function leader_at_compact_chunks_adding(state: State, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.leader;
    const value: _State | null = s.leads[keyOf(s.leads, own.compact_chunks_c, "state-table.weft:80")][own.compact_chunks_p];
    s.arena[keyOf(s.arena, own.compact_chunks_at, "state-table.weft:80")] = value;
    // at += 1
    own.compact_chunks_at = within(own.compact_chunks_at + 1, 0, 6, "state-table.weft:81");
    if (!same(own.compact_chunks_p, 1)) {
      // for p in Position
      own.compact_chunks_p = within<Position>(own.compact_chunks_p + 1, 0, 1, "state-table.weft:77");
      own.at = "compact_chunks.3";
      return;
    } else {
      own.compact_chunks_p = 0;
      own.compact_chunks_at = 0;
      own.compact_chunks_c = 0;
      own.at = "compact_chunks.1";
      return;
    }
  });
}

/**
 * insert_part.5: `fresh[c][p] := true`
 * state-table.weft:54
 */
export function leader_at_insert_part_5(state: State, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.leader;
    s.fresh[own.insert_part_c][own.insert_part_p] = true;
    if (!same(own.insert_part_p, 1)) {
      // for p in Position
      own.insert_part_p = within<Position>(own.insert_part_p + 1, 0, 1, "state-table.weft:49");
      own.at = "insert_part.1";
      return;
    } else {
      if (!same(own.insert_part_c, 1)) {
        // for c in Chunk
        own.insert_part_c = within<Chunk>(own.insert_part_c + 1, 0, 1, "state-table.weft:48");
        // for p in Position
        own.insert_part_p = 0;
        own.at = "insert_part.1";
        return;
      } else {
        own.insert_part_p = 0;
        own.insert_part_c = 0;
        own.at = "leader.waiting";
        return;
      }
    }
  });
}

/** The steps that leader can take. */
export function leader(state: State, report: Report = newReport()): State[] {
  switch (state.leader.at) {
    case "leader.1":
      return leader_at_leader_1(state, report);
    case "leader.2":
      return leader_at_leader_2(state, report);
    case "leader.3":
      return leader_at_leader_3(state, report);
    case "expand_chunks.1":
      return leader_at_expand_chunks_1(state, report);
    case "insert_part.1":
      return leader_at_insert_part_1(state, report);
    case "compact_chunks.1":
      return leader_at_compact_chunks_1(state, report);
    case "leader.waiting":
      return leader_at_leader_waiting(state, report);
    case "expand_chunks.expanding":
      return leader_at_expand_chunks_expanding(state, report);
    case "insert_part.2":
      return leader_at_insert_part_2(state, report);
    case "compact_chunks.2":
      return leader_at_compact_chunks_2(state, report);
    case "settle.1":
      return leader_at_settle_1(state, report);
    case "leader.5":
      return leader_at_leader_5(state, report);
    case "insert_part.3":
      return leader_at_insert_part_3(state, report);
    case "compact_chunks.3":
      return leader_at_compact_chunks_3(state, report);
    case "settle.2":
      return leader_at_settle_2(state, report);
    case "leader.6":
      return leader_at_leader_6(state, report);
    case "insert_part.4":
      return leader_at_insert_part_4(state, report);
    case "compact_chunks.adding":
      return leader_at_compact_chunks_adding(state, report);
    case "insert_part.5":
      return leader_at_insert_part_5(state, report);
    default:
      return [];
  }
}

/**
 * worker.1: `await turn != seen`
 * state-table.weft:112
 */
export function worker_at_worker_1(state: State, w: 1, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.worker[w];
    if (!(s.turn !== own.seen)) wait();
    own.at = "worker.2";
  });
}

/**
 * worker.2: `seen := turn`
 * state-table.weft:113
 */
export function worker_at_worker_2(state: State, w: 1, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.worker[w];
    own.seen = s.turn;
    own.at = "worker.3";
  });
}

/**
 * worker.3: `var which: Job = job`
 * state-table.weft:114
 */
export function worker_at_worker_3(state: State, w: 1, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.worker[w];
    let which: Job = "none";
    which = s.job;
    // if which == leave
    if (same(which, "leave")) {
      own.seen = 0;
      own.insert_part_c = 0;
      own.insert_part_p = 0;
      own.at = "done";
      return;
    }
    // if which == expand
    if (same(which, "expand")) {
      own.insert_part_c = 0;
      own.insert_part_p = 0;
      own.at = "expand_chunks.1";
      return;
    } else {
      // if which == insert
      if (same(which, "insert")) {
        // for c in Chunk
        own.insert_part_c = 0;
        // for p in Position
        own.insert_part_p = 0;
        own.at = "insert_part.1";
        return;
      } else {
        own.insert_part_c = 0;
        own.insert_part_p = 0;
        own.at = "compact_chunks.1";
        return;
      }
    }
  });
}

/**
 * expand_chunks.1: `var c: 0..CHUNKS + WORKERS = fetch_add(next_chunk, 1)`
 * state-table.weft:40
 */
export function worker_at_expand_chunks_1(state: State, w: 1, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.worker[w];
    let expand_chunks_old: 0 | 1 | 2 | 3 | 4 = 0;
    expand_chunks_old = s.next_chunk;
    s.next_chunk = within(s.next_chunk + 1, 0, 4, "state-table.weft:40");
    own.expand_chunks_c = expand_chunks_old;
    // if c >= CHUNKS
    if (own.expand_chunks_c >= CHUNKS) {
      own.expand_chunks_c = 0;
      own.at = "worker.4";
      return;
    }
    own.at = "expand_chunks.expanding";
  });
}

/**
 * insert_part.1: `if owner(leads[c][p]) == w`
 * state-table.weft:50
 */
export function worker_at_insert_part_1(state: State, w: 1, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.worker[w];
    if (((s$: _State) => within<Worker>(s$ % WORKERS, 0, 1, "state-table.weft:36"))(s.leads[own.insert_part_c][own.insert_part_p]) === w) {
      own.at = "insert_part.2";
      return;
    }
    if (!same(own.insert_part_p, 1)) {
      // for p in Position
      own.insert_part_p = within<Position>(own.insert_part_p + 1, 0, 1, "state-table.weft:49");
      own.at = "insert_part.1";
      return;
    } else {
      if (!same(own.insert_part_c, 1)) {
        // for c in Chunk
        own.insert_part_c = within<Chunk>(own.insert_part_c + 1, 0, 1, "state-table.weft:48");
        // for p in Position
        own.insert_part_p = 0;
        own.at = "insert_part.1";
        return;
      } else {
        own.insert_part_c = 0;
        own.insert_part_p = 0;
        own.at = "worker.4";
        return;
      }
    }
  });
}

/**
 * compact_chunks.1: `var c: 0..CHUNKS + WORKERS = fetch_add(next_chunk, 1)`
 * state-table.weft:74
 */
export function worker_at_compact_chunks_1(state: State, w: 1, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.worker[w];
    let compact_chunks_old: 0 | 1 | 2 | 3 | 4 = 0;
    compact_chunks_old = s.next_chunk;
    s.next_chunk = within(s.next_chunk + 1, 0, 4, "state-table.weft:74");
    own.compact_chunks_c = compact_chunks_old;
    // if c >= CHUNKS
    if (own.compact_chunks_c >= CHUNKS) {
      own.compact_chunks_c = 0;
      own.at = "worker.4";
      return;
    }
    own.at = "compact_chunks.2";
  });
}

/**
 * worker.4: `finished[w] := seen`
 * state-table.weft:117
 */
export function worker_at_worker_4(state: State, w: 1, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.worker[w];
    s.finished[w] = own.seen;
    own.at = "worker.1";
  });
}

/**
 * expand_chunks.expanding: `expanded[c] := true`
 * state-table.weft:43
 */
export function worker_at_expand_chunks_expanding(state: State, w: 1, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.worker[w];
    s.expanded[keyOf(s.expanded, own.expand_chunks_c, "state-table.weft:43")] = true;
    own.expand_chunks_c = 0;
    own.at = "expand_chunks.1";
  });
}

/**
 * insert_part.2: `assert expanded_first: expanded[c]`
 * state-table.weft:51
 */
export function worker_at_insert_part_2(state: State, w: 1, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.worker[w];
    if (!s.expanded[own.insert_part_c]) report.failed.push("expanded_first");
    own.at = "insert_part.3";
  });
}

/**
 * compact_chunks.2: `var at: 0..6 = base[c]`
 * state-table.weft:76
 */
export function worker_at_compact_chunks_2(state: State, w: 1, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.worker[w];
    own.compact_chunks_at = s.base[keyOf(s.base, own.compact_chunks_c, "state-table.weft:76")];
    // for p in Position
    own.compact_chunks_p = 0;
    own.at = "compact_chunks.3";
  });
}

/**
 * insert_part.3: `if !taken[leads[c][p]]`
 * the slot is read
 * state-table.weft:52
 */
export function worker_at_insert_part_3(state: State, w: 1, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.worker[w];
    if (!s.taken[s.leads[own.insert_part_c][own.insert_part_p]]) {
      own.at = "insert_part.4";
      return;
    }
    if (!same(own.insert_part_p, 1)) {
      // for p in Position
      own.insert_part_p = within<Position>(own.insert_part_p + 1, 0, 1, "state-table.weft:49");
      own.at = "insert_part.1";
      return;
    } else {
      if (!same(own.insert_part_c, 1)) {
        // for c in Chunk
        own.insert_part_c = within<Chunk>(own.insert_part_c + 1, 0, 1, "state-table.weft:48");
        // for p in Position
        own.insert_part_p = 0;
        own.at = "insert_part.1";
        return;
      } else {
        own.insert_part_c = 0;
        own.insert_part_p = 0;
        own.at = "worker.4";
        return;
      }
    }
  });
}

/**
 * compact_chunks.3: `if fresh[c][p]`
 * state-table.weft:78
 */
export function worker_at_compact_chunks_3(state: State, w: 1, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.worker[w];
    if (s.fresh[keyOf(s.fresh, own.compact_chunks_c, "state-table.weft:78")][own.compact_chunks_p]) {
      own.at = "compact_chunks.adding";
      return;
    }
    if (!same(own.compact_chunks_p, 1)) {
      // for p in Position
      own.compact_chunks_p = within<Position>(own.compact_chunks_p + 1, 0, 1, "state-table.weft:77");
      own.at = "compact_chunks.3";
      return;
    } else {
      own.compact_chunks_c = 0;
      own.compact_chunks_p = 0;
      own.compact_chunks_at = 0;
      own.at = "compact_chunks.1";
      return;
    }
  });
}

/**
 * insert_part.4: `taken[leads[c][p]] := true`
 * and written: nobody else does
 * state-table.weft:53
 */
export function worker_at_insert_part_4(state: State, w: 1, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.worker[w];
    s.taken[s.leads[own.insert_part_c][own.insert_part_p]] = true;
    own.at = "insert_part.5";
  });
}

/**
 * compact_chunks.adding: `arena[at] := leads[c][p]`
 * state-table.weft:80
 */
export function worker_at_compact_chunks_adding(state: State, w: 1, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.worker[w];
    const value: _State | null = s.leads[keyOf(s.leads, own.compact_chunks_c, "state-table.weft:80")][own.compact_chunks_p];
    s.arena[keyOf(s.arena, own.compact_chunks_at, "state-table.weft:80")] = value;
    // at += 1
    own.compact_chunks_at = within(own.compact_chunks_at + 1, 0, 6, "state-table.weft:81");
    if (!same(own.compact_chunks_p, 1)) {
      // for p in Position
      own.compact_chunks_p = within<Position>(own.compact_chunks_p + 1, 0, 1, "state-table.weft:77");
      own.at = "compact_chunks.3";
      return;
    } else {
      own.compact_chunks_p = 0;
      own.compact_chunks_at = 0;
      own.compact_chunks_c = 0;
      own.at = "compact_chunks.1";
      return;
    }
  });
}

/**
 * insert_part.5: `fresh[c][p] := true`
 * state-table.weft:54
 */
export function worker_at_insert_part_5(state: State, w: 1, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.worker[w];
    s.fresh[own.insert_part_c][own.insert_part_p] = true;
    if (!same(own.insert_part_p, 1)) {
      // for p in Position
      own.insert_part_p = within<Position>(own.insert_part_p + 1, 0, 1, "state-table.weft:49");
      own.at = "insert_part.1";
      return;
    } else {
      if (!same(own.insert_part_c, 1)) {
        // for c in Chunk
        own.insert_part_c = within<Chunk>(own.insert_part_c + 1, 0, 1, "state-table.weft:48");
        // for p in Position
        own.insert_part_p = 0;
        own.at = "insert_part.1";
        return;
      } else {
        own.insert_part_p = 0;
        own.insert_part_c = 0;
        own.at = "worker.4";
        return;
      }
    }
  });
}

/** The steps that worker can take. */
export function worker(state: State, w: 1, report: Report = newReport()): State[] {
  switch (state.worker[w].at) {
    case "worker.1":
      return worker_at_worker_1(state, w, report);
    case "worker.2":
      return worker_at_worker_2(state, w, report);
    case "worker.3":
      return worker_at_worker_3(state, w, report);
    case "expand_chunks.1":
      return worker_at_expand_chunks_1(state, w, report);
    case "insert_part.1":
      return worker_at_insert_part_1(state, w, report);
    case "compact_chunks.1":
      return worker_at_compact_chunks_1(state, w, report);
    case "worker.4":
      return worker_at_worker_4(state, w, report);
    case "expand_chunks.expanding":
      return worker_at_expand_chunks_expanding(state, w, report);
    case "insert_part.2":
      return worker_at_insert_part_2(state, w, report);
    case "compact_chunks.2":
      return worker_at_compact_chunks_2(state, w, report);
    case "insert_part.3":
      return worker_at_insert_part_3(state, w, report);
    case "compact_chunks.3":
      return worker_at_compact_chunks_3(state, w, report);
    case "insert_part.4":
      return worker_at_insert_part_4(state, w, report);
    case "compact_chunks.adding":
      return worker_at_compact_chunks_adding(state, w, report);
    case "insert_part.5":
      return worker_at_insert_part_5(state, w, report);
    default:
      return [];
  }
}

/** Who takes steps: process instances, then actions. */
export type Mover = "leader" | "worker[1]";

export const movers: readonly Mover[] = ["leader", "worker[1]"];

/** The states to which a mover can go; what goes wrong on the way is added to the report. */
export function next(state: State, mover: Mover, report: Report = newReport()): State[] {
  switch (mover) {
    case "leader":
      return leader(state, report);
    case "worker[1]":
      return worker(state, 1, report);
  }
}

/** Who can take a step, though it may go wrong. */
export function enabled(state: State): Mover[] {
  return movers.filter((mover) => {
    const report = newReport();
    return next(state, mover, report).length > 0 || report.faults.length > 0;
  });
}

/**
 * invariant as_alone
 * The arena is what one worker alone would have made of it: no state is lost, none is there twice, all are in their order.
 * state-table.weft:129
 */
export function as_alone(state: State): boolean {
  return !standsAt(state.leader.at, "done") || all_Chunk.every((c) => all_Position.every((p) => !((c$: Chunk) => ((p$: Position) => all_Chunk.every((d) => all_Position.every((q) => !((c$$: Chunk) => ((p$$: Position) => ((d$: Chunk) => ((q$: Position) => c$$ < d$ || same(c$$, d$) && p$$ < q$)(p$))(c$))(q))(d) || !same(state.leads[d][q], state.leads[c$][p$]))))(p))(c) || state.arena[all_Chunk.reduce<number>((total, d) => total + all_Position.filter((q) => ((c$: Chunk) => ((p$: Position) => ((d$: Chunk) => ((q$: Position) => c$ < d$ || same(c$, d$) && p$ < q$)(p))(c))(q))(d) && ((c$: Chunk) => ((p$: Position) => all_Chunk.every((d$) => all_Position.every((q$) => !((c$$: Chunk) => ((p$$: Position) => ((d$$: Chunk) => ((q$$: Position) => c$$ < d$$ || same(c$$, d$$) && p$$ < q$$)(p$))(c$))(q$))(d$) || !same(state.leads[d$][q$], state.leads[c$][p$]))))(q))(d)).length, 0) as Index] === state.leads[c][p])) && all_Index.every((i) => !(state.arena[i] !== null) || i < all_Chunk.reduce<number>((total, c) => total + all_Position.filter((p) => ((c$: Chunk) => ((p$: Position) => all_Chunk.every((d) => all_Position.every((q) => !((c$$: Chunk) => ((p$$: Position) => ((d$: Chunk) => ((q$: Position) => c$$ < d$ || same(c$$, d$) && p$$ < q$)(p$))(c$))(q))(d) || !same(state.leads[d][q], state.leads[c$][p$]))))(p))(c)).length, 0));
}

/**
 * step written_once
 * Nothing is written over.
 * state-table.weft:139
 */
export function written_once(before: State, after: State, _taken: Mover): boolean {
  return all_Index.every((i) => same(before.arena[i], null) || same(after.arena[i], before.arena[i]));
}

/**
 * cover all_new
 * state-table.weft:141
 */
export function all_new(state: State): boolean {
  return standsAt(state.leader.at, "done") && all_Index.filter((i) => state.arena[i] !== null).length === 3;
}

/**
 * cover other_expands
 * state-table.weft:142
 */
export function other_expands(state: State): boolean {
  return standsAt(state.worker[1].at, "expand_chunks.expanding");
}

/**
 * cover other_adds
 * state-table.weft:143
 */
export function other_adds(state: State): boolean {
  return standsAt(state.worker[1].at, "compact_chunks.adding");
}

/** Where the words of a packed state keep what: field(word, shift, bits, how many a word). */
const codecs: { readonly [name: string]: Codec } = {
  leads: elements(all_Chunk, elements(all_Position, number(0, field(0, 12, 2, 4)))),
  turn: number(0, field(1, 13, 3, 1)),
  job: oneValue(all_Job, field(1, 16, 3, 1)),
  finished: elements(all_Worker, number(0, field(0, 20, 3, 2))),
  next_chunk: number(0, field(1, 19, 3, 1)),
  expanded: elements(all_Chunk, oneValue(all_bool, field(2, 21, 1, 2))),
  taken: elements(all_State, oneValue(all_bool, field(1, 22, 1, 3))),
  fresh: elements(all_Chunk, elements(all_Position, oneValue(all_bool, field(1, 5, 1, 4)))),
  base: elements(all_Chunk, number(0, field(0, 26, 3, 2))),
  arena: elements(all_Index, oneValue(all_option, field(0, 0, 2, 6))),
  leader: parts({ at: oneValue(["leader.1", "leader.2", "leader.3", "expand_chunks.1", "insert_part.1", "compact_chunks.1", "leader.waiting", "expand_chunks.expanding", "insert_part.2", "compact_chunks.2", "settle.1", "leader.5", "insert_part.3", "compact_chunks.3", "settle.2", "leader.6", "insert_part.4", "compact_chunks.adding", "insert_part.5", "done"], field(1, 0, 5, 1)), which: oneValue(all_Job, field(1, 25, 3, 1)), settle_total: number(0, field(1, 28, 3, 1)), settle_c: number(0, field(1, 31, 1, 1)), settle_p: number(0, field(2, 23, 1, 1)), compact_chunks_c: number(0, field(2, 0, 3, 1)), compact_chunks_at: number(0, field(2, 3, 3, 1)), compact_chunks_p: number(0, field(2, 24, 1, 1)), insert_part_c: number(0, field(2, 25, 1, 1)), insert_part_p: number(0, field(2, 26, 1, 1)), expand_chunks_c: number(0, field(2, 6, 3, 1)) }),
  worker: elements([1], parts({ at: oneValue(["worker.1", "worker.2", "worker.3", "expand_chunks.1", "insert_part.1", "compact_chunks.1", "worker.4", "expand_chunks.expanding", "insert_part.2", "compact_chunks.2", "insert_part.3", "compact_chunks.3", "insert_part.4", "compact_chunks.adding", "insert_part.5", "done"], field(1, 9, 4, 1)), seen: number(0, field(2, 9, 3, 1)), compact_chunks_c: number(0, field(2, 12, 3, 1)), compact_chunks_at: number(0, field(2, 15, 3, 1)), compact_chunks_p: number(0, field(2, 27, 1, 1)), insert_part_c: number(0, field(2, 28, 1, 1)), insert_part_p: number(0, field(2, 29, 1, 1)), expand_chunks_c: number(0, field(2, 18, 3, 1)) })),
};

/** Writes a state as packed words. */
export function encode(state: State, words: Int32Array = new Int32Array(3), offset: number = 0): Int32Array {
  words.fill(0, offset, offset + 3);
  for (const [name, codec] of Object.entries(codecs)) codec.put(words, offset, 0, state[name as keyof State]);
  return words;
}

/** Reads a state from packed words. */
export function decode(words: Int32Array, offset: number = 0): State {
  const parts = Object.entries(codecs).map(([name, codec]) => [name, codec.get(words, offset, 0)] as const);
  return Object.fromEntries(parts) as State;
}

// ---------------------------------------------------------------- helpers

/** Something that went wrong while a step ran: what, and where in the spec. */
export class Fault extends Error {
  readonly kind: string;
  readonly place: string;
  constructor(kind: string, place: string) {
    super([kind, place].join(" at "));
    this.kind = kind;
    this.place = place;
  }
}

/** A step that cannot be taken now. */
class Waits extends Error {}

/** What happened beside the states that were reached. */
export interface Report {
  readonly faults: Fault[];
  /** Names of assertions that failed. */
  readonly failed: string[];
}

/** Gives the number of an alternative: each path through a step takes other ones. */
type Choose = (from: number, accepts: (alternative: number) => boolean) => number;

/** A report of nothing so far. */
export function newReport(): Report {
  return { faults: [], failed: [] };
}

/** Runs a step in every possible way, each time on a copy of the state. */
function run<S>(state: S, report: Report, step: (copy: S, choose: Choose) => void): S[] {
  const found: S[] = [];
  let taken: { at: number; of: number }[] = [];
  do {
    let depth = 0;
    const choose: Choose = (of, accepts) => {
      depth += 1;
      const known = taken[depth - 1];
      const choice = known ?? { at: 0, of };
      if (known === undefined) taken.push(choice);
      while (choice.at < of && !accepts(choice.at)) choice.at += 1;
      if (choice.at === of && known !== undefined) throw new Waits();
      return choice.at;
    };
    const copied = copy(state);
    try {
      step(copied, choose);
      found.push(copied);
    } catch (error) {
      if (error instanceof Fault) report.faults.push(error);
      else if (!(error instanceof Waits)) throw error;
    }
    taken = taken.slice(0, depth);
    for (let last = taken.at(-1); last !== undefined; last = taken.at(-1)) {
      last.at += 1;
      if (last.at < last.of) break;
      taken.pop();
    }
  } while (taken.length > 0);
  return found;
}

/** One of the values that pass the test; none: the step waits, or faults where it may not wait. */
function pick<T>(
  choose: Choose,
  values: readonly T[],
  test: (value: T) => boolean,
  stuck?: string,
): T {
  const at = choose(values.length, (alternative) => test(values[alternative] as T));
  if (at < values.length) return values[at] as T;
  return stuck === undefined ? wait() : fault("atomic-stuck", stuck);
}

/** Ends the step: it cannot be taken. */
function wait(): never {
  throw new Waits();
}

/** Ends the step: something went wrong. */
function fault(kind: string, place: string): never {
  throw new Fault(kind, place);
}

/** A copy that shares nothing with the original. */
function copy<T>(value: T): T {
  if (Array.isArray(value)) return value.map((element) => copy(element)) as T;
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copy(part)])) as T;
}

/** Are two values the same, part by part? */
function same(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (left === null || right === null || typeof left !== "object" || typeof right !== "object")
    return false;
  const [parts, others] = [Object.entries(left), Object.entries(right)];
  if (parts.length !== others.length) return false;
  return parts.every(
    ([key, part]) => key in right && same(part, (right as { [key: string]: unknown })[key]),
  );
}

/** The number, which must lie in a range. */
function within<T extends number>(value: number, lo: number, hi: number, place: string): T {
  return value >= lo && value <= hi ? (value as T) : fault("range", place);
}

/** The key, which must be one of the array's. */
function keyOf<K extends string | number>(
  array: { readonly [key in K]: unknown },
  key: unknown,
  place: string,
): K {
  return Object.hasOwn(array, String(key)) ? (String(key) as K) : fault("index", place);
}

/** Is a location one of these? */
function standsAt(location: string, ...among: readonly string[]): boolean {
  return among.includes(location);
}

/** An array with a value for each key. */
function keyed<A extends object, K>(keys: readonly K[], make: (key: K) => A[keyof A]): A {
  return Object.fromEntries(keys.map((key) => [String(key), make(key)])) as A;
}

/** Where a number is in the words of a state: field `index` of a row of equally wide ones. */
interface Field {
  readonly word: number;
  readonly shift: number;
  readonly bits: number;
  readonly perWord: number;
}

/** How a part of a state is kept in words. */
interface Codec {
  get(words: Int32Array, offset: number, index: number): unknown;
  put(words: Int32Array, offset: number, index: number, value: unknown): void;
}

/** The number in a field. */
function getField(
  { word, shift, bits, perWord }: Field,
  words: Int32Array,
  offset: number,
  index: number,
): number {
  if (bits === 0) return 0;
  const packed = words[offset + word + Math.floor(index / perWord)] as number;
  return (packed >>> (shift + (index % perWord) * bits)) & (bits === 32 ? -1 : 2 ** bits - 1);
}

/** Puts a number into a field. */
function putField(
  { word, shift, bits, perWord }: Field,
  words: Int32Array,
  offset: number,
  index: number,
  value: number,
): void {
  if (bits === 0) return;
  const at = offset + word + Math.floor(index / perWord);
  const by = shift + (index % perWord) * bits;
  words[at] = ((words[at] as number) & ~((bits === 32 ? -1 : 2 ** bits - 1) << by)) | (value << by);
}

/** A field: `bits` bits each, from a word and a shift on. */
function field(word: number, shift: number, bits: number, perWord: number): Field {
  return { word, shift, bits, perWord };
}

/** One of a list of values, by its position. */
function oneValue(values: readonly unknown[], at: Field): Codec {
  return {
    get: (words, offset, index) => values[getField(at, words, offset, index)],
    put: (words, offset, index, value) => putField(at, words, offset, index, values.indexOf(value)),
  };
}

/** A number, from the least one on. */
function number(lo: number, at: Field): Codec {
  return {
    get: (words, offset, index) => lo + getField(at, words, offset, index),
    put: (words, offset, index, value) =>
      putField(at, words, offset, index, (value as number) - lo),
  };
}

/** An object, part by part. */
function parts(fields: { readonly [name: string]: Codec }): Codec {
  return {
    get: (words, offset, index) =>
      Object.fromEntries(
        Object.entries(fields).map(([name, codec]) => [name, codec.get(words, offset, index)]),
      ),
    put(words, offset, index, value) {
      for (const [name, codec] of Object.entries(fields)) {
        codec.put(words, offset, index, (value as { [name: string]: unknown })[name]);
      }
    },
  };
}

/** An array: an element for each key. */
function elements(keys: readonly unknown[], of: Codec): Codec {
  return {
    get: (words, offset, index) =>
      Object.fromEntries(
        keys.map((key, at) => [String(key), of.get(words, offset, index * keys.length + at)]),
      ),
    put(words, offset, index, value) {
      keys.forEach((key, at) => {
        of.put(
          words,
          offset,
          index * keys.length + at,
          (value as { [key: string]: unknown })[String(key)],
        );
      });
    },
  };
}

// ---------------------------------------------------------------- packed form

/** What `packed.initial` and `packed.successors` fill: step i leads to words[i * width …], or faults at faults[fault[i]]. */
export interface Steps {
  count: number;
  noteCount: number;
  words: Int32Array;
  mover: Int32Array;
  fault: Int32Array;
  weights: Float64Array;
  /** Makes room for more steps. */
  grow(): void;
  /** Remembers that a step does something worth noting: an index into `packed.notes`. */
  note(step: number, note: number): void;
  clear(): void;
}

/** A place in one of `packed.sources`: line from 1, offsets from 0. */
export type Place = { readonly source: number; readonly line: number; readonly start: number; readonly end: number };

/** What a step may do beside changing the state. */
export type Note =
  | { readonly kind: "assert"; readonly assertion: number }
  | { readonly kind: "sleep-under-spinlock"; readonly place: Place }
  | { readonly kind: "lock-order"; readonly held: string; readonly taken: string; readonly place: Place };

const faults: readonly { readonly fault: string; readonly place: Place }[] = [
  { fault: "range", place: { source: 0, line: 99, start: 2917, end: 2921 } },
  { fault: "range", place: { source: 0, line: 40, start: 1721, end: 1731 } },
  { fault: "range", place: { source: 0, line: 36, start: 1635, end: 1646 } },
  { fault: "range", place: { source: 0, line: 49, start: 1860, end: 1877 } },
  { fault: "range", place: { source: 0, line: 48, start: 1839, end: 1853 } },
  { fault: "range", place: { source: 0, line: 74, start: 2452, end: 2462 } },
  { fault: "index", place: { source: 0, line: 43, start: 1782, end: 1793 } },
  { fault: "index", place: { source: 0, line: 76, start: 2515, end: 2522 } },
  { fault: "index", place: { source: 0, line: 78, start: 2556, end: 2564 } },
  { fault: "range", place: { source: 0, line: 77, start: 2527, end: 2544 } },
  { fault: "range", place: { source: 0, line: 67, start: 2352, end: 2357 } },
  { fault: "range", place: { source: 0, line: 66, start: 2309, end: 2326 } },
  { fault: "range", place: { source: 0, line: 64, start: 2267, end: 2281 } },
  { fault: "range", place: { source: 0, line: 106, start: 3151, end: 3155 } },
  { fault: "index", place: { source: 0, line: 80, start: 2605, end: 2613 } },
  { fault: "index", place: { source: 0, line: 80, start: 2592, end: 2601 } },
  { fault: "range", place: { source: 0, line: 81, start: 2625, end: 2627 } },
];
const notes: Note[] = [
  { kind: "assert", assertion: 0 },
];
const branches = new Uint8Array(20);
const choices: number[] = [];
const limits: number[] = [];

function packedInitial(out: Steps): void {
  let leads_number = 0, w0 = 0, w1 = 0, w2 = 0, top = 0, depth = 0;
  do {
    w0 = 0; w1 = 0; w2 = 0; depth = 0;
    path: {
      for (let _1_2 = 0; _1_2 < 2; _1_2 += 1) {
        for (let _2_2 = 0; _2_2 < 2; _2_2 += 1) {
          depth += 1;
          leads_number = depth > top ? 0 : choices[depth - 1]!;
          limits[depth - 1] = 3;
          for (; ; leads_number += 1) {
            choices[depth - 1] = leads_number;
            if (leads_number === 3) {
              if (depth > top) {
                break path;
              }
              break path;
            }
            if (((7 >>> leads_number) & 1) !== 0) break;
          }
          {
            const shift = (_1_2 * 2 + _2_2) * 2 + 12;
            w0 = (w0 & ~(3 << shift)) | (leads_number << shift);
          }
        }
      }
      w1 = w1 & -57345;
      w1 = w1 & -458753;
      for (let _1_3 = 0; _1_3 < 2; _1_3 += 1) {
        w0 = w0 & ~(7 << (_1_3 * 3 + 20));
      }
      w1 = w1 & -3670017;
      for (let _1_4 = 0; _1_4 < 2; _1_4 += 1) {
        w2 = w2 & ~(1 << (_1_4 + 21));
      }
      for (let _1_5 = 0; _1_5 < 3; _1_5 += 1) {
        w1 = w1 & ~(1 << (_1_5 + 22));
      }
      for (let _1_6 = 0; _1_6 < 2; _1_6 += 1) {
        for (let _2_3 = 0; _2_3 < 2; _2_3 += 1) {
          {
            const shift = _1_6 * 2 + _2_3 + 5;
            w1 = w1 & ~(1 << shift);
          }
        }
      }
      for (let _1_7 = 0; _1_7 < 2; _1_7 += 1) {
        w0 = w0 & ~(7 << (_1_7 * 3 + 26));
      }
      for (let _1_8 = 0; _1_8 < 6; _1_8 += 1) {
        w0 = w0 & ~(3 << (_1_8 * 2));
      }
      for (let k = 0; k < 1; k += 1) {
        l13: {
          w1 = (w1 & ~(7 << (k * 3 + 25))) | (1 << (k * 3 + 25));
          w1 = w1 & ~(31 << (k * 5));
          break l13;
        }
      }
      for (let k_2 = 0; k_2 < 1; k_2 += 1) {
        l15: {
          w2 = w2 & ~(7 << (k_2 * 3 + 9));
          w1 = w1 & ~(15 << (k_2 * 4 + 9));
          break l15;
        }
      }
      arrive(out, -1, w0, w1, w2);
      break path;
    }
    top = depth;
    while (top > 0 && (choices[top - 1]! += 1) >= limits[top - 1]!) top -= 1;
  } while (top > 0);
}

function packed_leader_at_leader_1(states: Int32Array, offset: number, out: Steps): void {
  let w0 = states[offset]!, w1 = states[offset + 1]!, w2 = states[offset + 2]!;
  w1 = (w1 & -458753) | (((w1 >>> 25) & 7) << 16);
  w1 = (w1 & -32) | 1;
  arrive(out, 0, w0, w1, w2);
}

function packed_leader_at_leader_2(states: Int32Array, offset: number, out: Steps): void {
  let w0 = states[offset]!, w1 = states[offset + 1]!, w2 = states[offset + 2]!;
  w1 = w1 & -3670017;
  w1 = (w1 & -32) | 2;
  arrive(out, 0, w0, w1, w2);
}

function packed_leader_at_leader_3(states: Int32Array, offset: number, out: Steps): void {
  let w0 = states[offset]!, w1 = states[offset + 1]!, w2 = states[offset + 2]!;
  const t: number = ((w1 >>> 13) & 7) + 1;
  if (!(t <= 4)) {
    faulted(out, 0, 0);
    return;
  }
  w1 = (w1 & -57345) | (t << 13);
  if (((w1 >>> 25) & 7) === 1) {
    branches[17] = 1;
    w2 = w2 & -33554433;
    w2 = w2 & -67108865;
    w1 = (w1 & -32) | 3;
    arrive(out, 0, w0, w1, w2);
    return;
  } else {
    branches[14] = 1;
    if (((w1 >>> 25) & 7) === 2) {
      branches[13] = 1;
      w2 = w2 & -33554433;
      w2 = w2 & -67108865;
      w1 = (w1 & -32) | 4;
      arrive(out, 0, w0, w1, w2);
      return;
    } else {
      branches[8] = 1;
      w2 = w2 & -33554433;
      w2 = w2 & -67108865;
      w1 = (w1 & -32) | 5;
      arrive(out, 0, w0, w1, w2);
      return;
    }
  }
}

function packed_leader_at_expand_chunks_1(states: Int32Array, offset: number, out: Steps): void {
  let w0 = states[offset]!, w1 = states[offset + 1]!, w2 = states[offset + 2]!;
  const expand_chunks_old: number = (w1 >>> 19) & 7;
  const t: number = ((w1 >>> 19) & 7) + 1;
  if (!(t <= 4)) {
    faulted(out, 0, 1);
    return;
  }
  w1 = (w1 & -3670017) | (t << 19);
  w2 = (w2 & -449) | (expand_chunks_old << 6);
  if (((w2 >>> 6) & 7) >= 2) {
    branches[16] = 1;
    w2 = w2 & -449;
    w1 = (w1 & -32) | 6;
    arrive(out, 0, w0, w1, w2);
    return;
  } else {
    branches[15] = 1;
  }
  w1 = (w1 & -32) | 7;
  arrive(out, 0, w0, w1, w2);
}

function packed_leader_at_insert_part_1(states: Int32Array, offset: number, out: Steps): void {
  let w0 = states[offset]!, w1 = states[offset + 1]!, w2 = states[offset + 2]!;
  const index: number = (w2 >>> 25) & 1;
  const index_2: number = (w2 >>> 26) & 1;
  const s: number = (w0 >>> ((index * 2 + index_2) * 2 + 12)) & 3;
  const t: number = s % 2;
  if (!(t <= 1)) {
    faulted(out, 0, 2);
    return;
  }
  if (t === 0) {
    branches[12] = 1;
    w1 = (w1 & -32) | 8;
    arrive(out, 0, w0, w1, w2);
    return;
  } else {
    branches[9] = 1;
  }
  if (((w2 >>> 26) & 1) !== 1) {
    const t_2: number = ((w2 >>> 26) & 1) + 1;
    if (!(t_2 <= 1)) {
      faulted(out, 0, 3);
      return;
    }
    w2 = (w2 & -67108865) | (t_2 << 26);
    w1 = (w1 & -32) | 4;
    arrive(out, 0, w0, w1, w2);
    return;
  } else {
    if (((w2 >>> 25) & 1) !== 1) {
      const t_3: number = ((w2 >>> 25) & 1) + 1;
      if (!(t_3 <= 1)) {
        faulted(out, 0, 4);
        return;
      }
      w2 = (w2 & -33554433) | (t_3 << 25);
      w2 = w2 & -67108865;
      w1 = (w1 & -32) | 4;
      arrive(out, 0, w0, w1, w2);
      return;
    } else {
      w2 = w2 & -33554433;
      w2 = w2 & -67108865;
      w1 = (w1 & -32) | 6;
      arrive(out, 0, w0, w1, w2);
      return;
    }
  }
}

function packed_leader_at_compact_chunks_1(states: Int32Array, offset: number, out: Steps): void {
  let w0 = states[offset]!, w1 = states[offset + 1]!, w2 = states[offset + 2]!;
  const compact_chunks_old: number = (w1 >>> 19) & 7;
  const t: number = ((w1 >>> 19) & 7) + 1;
  if (!(t <= 4)) {
    faulted(out, 0, 5);
    return;
  }
  w1 = (w1 & -3670017) | (t << 19);
  w2 = (w2 & -8) | compact_chunks_old;
  if ((w2 & 7) >= 2) {
    branches[7] = 1;
    w2 = w2 & -8;
    w1 = (w1 & -32) | 6;
    arrive(out, 0, w0, w1, w2);
    return;
  } else {
    branches[6] = 1;
  }
  w1 = (w1 & -32) | 9;
  arrive(out, 0, w0, w1, w2);
}

function packed_leader_at_leader_waiting(states: Int32Array, offset: number, out: Steps): void {
  let forall = 0, b3 = 0, b0 = 0, w0 = states[offset]!, w1 = states[offset + 1]!, w2 = states[offset + 2]!;
  forall = 1;
  l1: for (let o = 0; o < 2; o += 1) {
    if (o !== 0 && ((w0 >>> (o * 3 + 20)) & 7) !== ((w1 >>> 13) & 7)) {
      forall = 0;
      break l1;
    }
  }
  if (forall === 0) {
    return;
  }
  if (((w1 >>> 25) & 7) === 2) {
    b3 = 1;
    w1 = w1 & -1879048193;
    w1 = w1 & 2147483647;
    w1 = (w1 & -32) | 10;
    branches[3]! |= b3;
    branches[0]! |= b0;
    arrive(out, 0, w0, w1, w2);
    return;
  } else {
    b0 = 1;
  }
  if (((w1 >>> 25) & 7) !== 3) {
    w1 = (w1 & -234881025) | ((((w1 >>> 25) & 7) === 1 ? 2 : 3) << 25);
    w1 = w1 & -1879048193;
    w1 = w1 & 2147483647;
    w1 = w1 & -32;
    branches[3]! |= b3;
    branches[0]! |= b0;
    arrive(out, 0, w0, w1, w2);
    return;
  } else {
    w1 = w1 & -234881025;
    w1 = w1 & -1879048193;
    w1 = w1 & 2147483647;
    w1 = (w1 & -32) | 11;
    branches[3]! |= b3;
    branches[0]! |= b0;
    arrive(out, 0, w0, w1, w2);
    return;
  }
}

function packed_leader_at_expand_chunks_expanding(states: Int32Array, offset: number, out: Steps): void {
  let w0 = states[offset]!, w1 = states[offset + 1]!, w2 = states[offset + 2]!;
  const index: number = (w2 >>> 6) & 7;
  if (!(index <= 1)) {
    faulted(out, 0, 6);
    return;
  }
  w2 = w2 | (1 << (index + 21));
  w2 = w2 & -449;
  w1 = (w1 & -32) | 3;
  arrive(out, 0, w0, w1, w2);
}

function packed_leader_at_insert_part_2(states: Int32Array, offset: number, out: Steps): void {
  let w0 = states[offset]!, w1 = states[offset + 1]!, w2 = states[offset + 2]!;
  const index: number = (w2 >>> 25) & 1;
  if (((w2 >>> (index + 21)) & 1) === 0) {
    out.note(out.count, 0);
  }
  w1 = (w1 & -32) | 12;
  arrive(out, 0, w0, w1, w2);
}

function packed_leader_at_compact_chunks_2(states: Int32Array, offset: number, out: Steps): void {
  let w0 = states[offset]!, w1 = states[offset + 1]!, w2 = states[offset + 2]!;
  const index: number = w2 & 7;
  if (!(index <= 1)) {
    faulted(out, 0, 7);
    return;
  }
  w2 = (w2 & -57) | (((w0 >>> (index * 3 + 26)) & 7) << 3);
  w2 = w2 & -16777217;
  w1 = (w1 & -32) | 13;
  arrive(out, 0, w0, w1, w2);
}

function packed_leader_at_settle_1(states: Int32Array, offset: number, out: Steps): void {
  let w0 = states[offset]!, w1 = states[offset + 1]!, w2 = states[offset + 2]!;
  const index: number = w1 >>> 31;
  w0 = (w0 & ~(7 << (index * 3 + 26))) | (((w1 >>> 28) & 7) << (index * 3 + 26));
  w2 = w2 & -8388609;
  w1 = (w1 & -32) | 14;
  arrive(out, 0, w0, w1, w2);
}

function packed_leader_at_leader_5(states: Int32Array, offset: number, out: Steps): void {
  let w0 = states[offset]!, w1 = states[offset + 1]!, w2 = states[offset + 2]!;
  w1 = (w1 & -458753) | 262144;
  w1 = (w1 & -32) | 15;
  arrive(out, 0, w0, w1, w2);
}

function packed_leader_at_insert_part_3(states: Int32Array, offset: number, out: Steps): void {
  let w0 = states[offset]!, w1 = states[offset + 1]!, w2 = states[offset + 2]!;
  const index: number = (w2 >>> 25) & 1;
  const index_2: number = (w2 >>> 26) & 1;
  const index_3: number = (w0 >>> ((index * 2 + index_2) * 2 + 12)) & 3;
  if (((w1 >>> (index_3 + 22)) & 1) === 0) {
    branches[11] = 1;
    w1 = (w1 & -32) | 16;
    arrive(out, 0, w0, w1, w2);
    return;
  } else {
    branches[10] = 1;
  }
  if (((w2 >>> 26) & 1) !== 1) {
    const t: number = ((w2 >>> 26) & 1) + 1;
    if (!(t <= 1)) {
      faulted(out, 0, 3);
      return;
    }
    w2 = (w2 & -67108865) | (t << 26);
    w1 = (w1 & -32) | 4;
    arrive(out, 0, w0, w1, w2);
    return;
  } else {
    if (((w2 >>> 25) & 1) !== 1) {
      const t_2: number = ((w2 >>> 25) & 1) + 1;
      if (!(t_2 <= 1)) {
        faulted(out, 0, 4);
        return;
      }
      w2 = (w2 & -33554433) | (t_2 << 25);
      w2 = w2 & -67108865;
      w1 = (w1 & -32) | 4;
      arrive(out, 0, w0, w1, w2);
      return;
    } else {
      w2 = w2 & -33554433;
      w2 = w2 & -67108865;
      w1 = (w1 & -32) | 6;
      arrive(out, 0, w0, w1, w2);
      return;
    }
  }
}

function packed_leader_at_compact_chunks_3(states: Int32Array, offset: number, out: Steps): void {
  let w0 = states[offset]!, w1 = states[offset + 1]!, w2 = states[offset + 2]!;
  const index: number = w2 & 7;
  if (!(index <= 1)) {
    faulted(out, 0, 8);
    return;
  }
  const index_2: number = (w2 >>> 24) & 1;
  if (((w1 >>> (index * 2 + index_2 + 5)) & 1) !== 0) {
    branches[5] = 1;
    w1 = (w1 & -32) | 17;
    arrive(out, 0, w0, w1, w2);
    return;
  } else {
    branches[4] = 1;
  }
  if (((w2 >>> 24) & 1) !== 1) {
    const t: number = ((w2 >>> 24) & 1) + 1;
    if (!(t <= 1)) {
      faulted(out, 0, 9);
      return;
    }
    w2 = (w2 & -16777217) | (t << 24);
    w1 = (w1 & -32) | 13;
    arrive(out, 0, w0, w1, w2);
    return;
  } else {
    w2 = w2 & -8;
    w2 = w2 & -16777217;
    w2 = w2 & -57;
    w1 = (w1 & -32) | 5;
    arrive(out, 0, w0, w1, w2);
    return;
  }
}

function packed_leader_at_settle_2(states: Int32Array, offset: number, out: Steps): void {
  let w0 = states[offset]!, w1 = states[offset + 1]!, w2 = states[offset + 2]!;
  const index: number = w1 >>> 31;
  const index_2: number = (w2 >>> 23) & 1;
  if (((w1 >>> (index * 2 + index_2 + 5)) & 1) !== 0) {
    branches[2] = 1;
    const t: number = ((w1 >>> 28) & 7) + 1;
    if (!(t <= 5)) {
      faulted(out, 0, 10);
      return;
    }
    w1 = (w1 & -1879048193) | (t << 28);
  } else {
    branches[1] = 1;
  }
  if (((w2 >>> 23) & 1) !== 1) {
    const t_2: number = ((w2 >>> 23) & 1) + 1;
    if (!(t_2 <= 1)) {
      faulted(out, 0, 11);
      return;
    }
    w2 = (w2 & -8388609) | (t_2 << 23);
    w1 = (w1 & -32) | 14;
    arrive(out, 0, w0, w1, w2);
    return;
  } else {
    if (w1 >>> 31 !== 1) {
      const t_3: number = (w1 >>> 31) + 1;
      if (!(t_3 <= 1)) {
        faulted(out, 0, 12);
        return;
      }
      w1 = (w1 & 2147483647) | (t_3 << 31);
      w2 = w2 & -8388609;
      w1 = (w1 & -32) | 10;
      arrive(out, 0, w0, w1, w2);
      return;
    } else {
      if (((w1 >>> 25) & 7) !== 3) {
        w1 = (w1 & -234881025) | ((((w1 >>> 25) & 7) === 1 ? 2 : 3) << 25);
        w1 = w1 & 2147483647;
        w2 = w2 & -8388609;
        w1 = w1 & -1879048193;
        w1 = w1 & -32;
        arrive(out, 0, w0, w1, w2);
        return;
      } else {
        w1 = w1 & 2147483647;
        w2 = w2 & -8388609;
        w1 = w1 & -234881025;
        w1 = w1 & -1879048193;
        w1 = (w1 & -32) | 11;
        arrive(out, 0, w0, w1, w2);
        return;
      }
    }
  }
}

function packed_leader_at_leader_6(states: Int32Array, offset: number, out: Steps): void {
  let w0 = states[offset]!, w1 = states[offset + 1]!, w2 = states[offset + 2]!;
  const t: number = ((w1 >>> 13) & 7) + 1;
  if (!(t <= 4)) {
    faulted(out, 0, 13);
    return;
  }
  w1 = (w1 & -57345) | (t << 13);
  w1 = (w1 & -32) | 19;
  arrive(out, 0, w0, w1, w2);
}

function packed_leader_at_insert_part_4(states: Int32Array, offset: number, out: Steps): void {
  let w0 = states[offset]!, w1 = states[offset + 1]!, w2 = states[offset + 2]!;
  const index: number = (w2 >>> 25) & 1;
  const index_2: number = (w2 >>> 26) & 1;
  const index_3: number = (w0 >>> ((index * 2 + index_2) * 2 + 12)) & 3;
  w1 = w1 | (1 << (index_3 + 22));
  w1 = (w1 & -32) | 18;
  arrive(out, 0, w0, w1, w2);
}

function packed_leader_at_compact_chunks_adding(states: Int32Array, offset: number, out: Steps): void {
  let w0 = states[offset]!, w1 = states[offset + 1]!, w2 = states[offset + 2]!;
  const index: number = w2 & 7;
  if (!(index <= 1)) {
    faulted(out, 0, 14);
    return;
  }
  const index_2: number = (w2 >>> 24) & 1;
  const index_3: number = (w2 >>> 3) & 7;
  if (!(index_3 <= 5)) {
    faulted(out, 0, 15);
    return;
  }
  w0 = (w0 & ~(3 << (index_3 * 2))) | ((((w0 >>> ((index * 2 + index_2) * 2 + 12)) & 3) + 1) << (index_3 * 2));
  const t: number = ((w2 >>> 3) & 7) + 1;
  if (!(t <= 6)) {
    faulted(out, 0, 16);
    return;
  }
  w2 = (w2 & -57) | (t << 3);
  if (((w2 >>> 24) & 1) !== 1) {
    const t_2: number = ((w2 >>> 24) & 1) + 1;
    if (!(t_2 <= 1)) {
      faulted(out, 0, 9);
      return;
    }
    w2 = (w2 & -16777217) | (t_2 << 24);
    w1 = (w1 & -32) | 13;
    arrive(out, 0, w0, w1, w2);
    return;
  } else {
    w2 = w2 & -16777217;
    w2 = w2 & -57;
    w2 = w2 & -8;
    w1 = (w1 & -32) | 5;
    arrive(out, 0, w0, w1, w2);
    return;
  }
}

function packed_leader_at_insert_part_5(states: Int32Array, offset: number, out: Steps): void {
  let w0 = states[offset]!, w1 = states[offset + 1]!, w2 = states[offset + 2]!;
  const index: number = (w2 >>> 25) & 1;
  const index_2: number = (w2 >>> 26) & 1;
  const at$: number = index * 2 + index_2;
  {
    const shift = at$ + 5;
    w1 = w1 | (1 << shift);
  }
  if (((w2 >>> 26) & 1) !== 1) {
    const t: number = ((w2 >>> 26) & 1) + 1;
    if (!(t <= 1)) {
      faulted(out, 0, 3);
      return;
    }
    w2 = (w2 & -67108865) | (t << 26);
    w1 = (w1 & -32) | 4;
    arrive(out, 0, w0, w1, w2);
    return;
  } else {
    if (((w2 >>> 25) & 1) !== 1) {
      const t_2: number = ((w2 >>> 25) & 1) + 1;
      if (!(t_2 <= 1)) {
        faulted(out, 0, 4);
        return;
      }
      w2 = (w2 & -33554433) | (t_2 << 25);
      w2 = w2 & -67108865;
      w1 = (w1 & -32) | 4;
      arrive(out, 0, w0, w1, w2);
      return;
    } else {
      w2 = w2 & -67108865;
      w2 = w2 & -33554433;
      w1 = (w1 & -32) | 6;
      arrive(out, 0, w0, w1, w2);
      return;
    }
  }
}

function packed_worker_at_worker_1(states: Int32Array, offset: number, out: Steps): void {
  let w0 = states[offset]!, w1 = states[offset + 1]!, w2 = states[offset + 2]!;
  if (((w1 >>> 13) & 7) === ((w2 >>> 9) & 7)) {
    return;
  }
  w1 = (w1 & -7681) | 512;
  arrive(out, 1, w0, w1, w2);
}

function packed_worker_at_worker_2(states: Int32Array, offset: number, out: Steps): void {
  let w0 = states[offset]!, w1 = states[offset + 1]!, w2 = states[offset + 2]!;
  w2 = (w2 & -3585) | (((w1 >>> 13) & 7) << 9);
  w1 = (w1 & -7681) | 1024;
  arrive(out, 1, w0, w1, w2);
}

function packed_worker_at_worker_3(states: Int32Array, offset: number, out: Steps): void {
  let w0 = states[offset]!, w1 = states[offset + 1]!, w2 = states[offset + 2]!;
  const which: number = (w1 >>> 16) & 7;
  if (which === 4) {
    branches[19] = 1;
    w2 = w2 & -3585;
    w2 = w2 & -268435457;
    w2 = w2 & -536870913;
    w1 = w1 | 7680;
    arrive(out, 1, w0, w1, w2);
    return;
  } else {
    branches[18] = 1;
  }
  if (which === 1) {
    branches[17] = 1;
    w2 = w2 & -268435457;
    w2 = w2 & -536870913;
    w1 = (w1 & -7681) | 1536;
    arrive(out, 1, w0, w1, w2);
    return;
  } else {
    branches[14] = 1;
    if (which === 2) {
      branches[13] = 1;
      w2 = w2 & -268435457;
      w2 = w2 & -536870913;
      w1 = (w1 & -7681) | 2048;
      arrive(out, 1, w0, w1, w2);
      return;
    } else {
      branches[8] = 1;
      w2 = w2 & -268435457;
      w2 = w2 & -536870913;
      w1 = (w1 & -7681) | 2560;
      arrive(out, 1, w0, w1, w2);
      return;
    }
  }
}

function packed_worker_at_expand_chunks_1(states: Int32Array, offset: number, out: Steps): void {
  let w0 = states[offset]!, w1 = states[offset + 1]!, w2 = states[offset + 2]!;
  const expand_chunks_old: number = (w1 >>> 19) & 7;
  const t: number = ((w1 >>> 19) & 7) + 1;
  if (!(t <= 4)) {
    faulted(out, 1, 1);
    return;
  }
  w1 = (w1 & -3670017) | (t << 19);
  w2 = (w2 & -1835009) | (expand_chunks_old << 18);
  if (((w2 >>> 18) & 7) >= 2) {
    branches[16] = 1;
    w2 = w2 & -1835009;
    w1 = (w1 & -7681) | 3072;
    arrive(out, 1, w0, w1, w2);
    return;
  } else {
    branches[15] = 1;
  }
  w1 = (w1 & -7681) | 3584;
  arrive(out, 1, w0, w1, w2);
}

function packed_worker_at_insert_part_1(states: Int32Array, offset: number, out: Steps): void {
  let w0 = states[offset]!, w1 = states[offset + 1]!, w2 = states[offset + 2]!;
  const index: number = (w2 >>> 28) & 1;
  const index_2: number = (w2 >>> 29) & 1;
  const s: number = (w0 >>> ((index * 2 + index_2) * 2 + 12)) & 3;
  const t: number = s % 2;
  if (!(t <= 1)) {
    faulted(out, 1, 2);
    return;
  }
  if (t === 1) {
    branches[12] = 1;
    w1 = (w1 & -7681) | 4096;
    arrive(out, 1, w0, w1, w2);
    return;
  } else {
    branches[9] = 1;
  }
  if (((w2 >>> 29) & 1) !== 1) {
    const t_2: number = ((w2 >>> 29) & 1) + 1;
    if (!(t_2 <= 1)) {
      faulted(out, 1, 3);
      return;
    }
    w2 = (w2 & -536870913) | (t_2 << 29);
    w1 = (w1 & -7681) | 2048;
    arrive(out, 1, w0, w1, w2);
    return;
  } else {
    if (((w2 >>> 28) & 1) !== 1) {
      const t_3: number = ((w2 >>> 28) & 1) + 1;
      if (!(t_3 <= 1)) {
        faulted(out, 1, 4);
        return;
      }
      w2 = (w2 & -268435457) | (t_3 << 28);
      w2 = w2 & -536870913;
      w1 = (w1 & -7681) | 2048;
      arrive(out, 1, w0, w1, w2);
      return;
    } else {
      w2 = w2 & -268435457;
      w2 = w2 & -536870913;
      w1 = (w1 & -7681) | 3072;
      arrive(out, 1, w0, w1, w2);
      return;
    }
  }
}

function packed_worker_at_compact_chunks_1(states: Int32Array, offset: number, out: Steps): void {
  let w0 = states[offset]!, w1 = states[offset + 1]!, w2 = states[offset + 2]!;
  const compact_chunks_old: number = (w1 >>> 19) & 7;
  const t: number = ((w1 >>> 19) & 7) + 1;
  if (!(t <= 4)) {
    faulted(out, 1, 5);
    return;
  }
  w1 = (w1 & -3670017) | (t << 19);
  w2 = (w2 & -28673) | (compact_chunks_old << 12);
  if (((w2 >>> 12) & 7) >= 2) {
    branches[7] = 1;
    w2 = w2 & -28673;
    w1 = (w1 & -7681) | 3072;
    arrive(out, 1, w0, w1, w2);
    return;
  } else {
    branches[6] = 1;
  }
  w1 = (w1 & -7681) | 4608;
  arrive(out, 1, w0, w1, w2);
}

function packed_worker_at_worker_4(states: Int32Array, offset: number, out: Steps): void {
  let w0 = states[offset]!, w1 = states[offset + 1]!, w2 = states[offset + 2]!;
  w0 = (w0 & -58720257) | (((w2 >>> 9) & 7) << 23);
  w1 = w1 & -7681;
  arrive(out, 1, w0, w1, w2);
}

function packed_worker_at_expand_chunks_expanding(states: Int32Array, offset: number, out: Steps): void {
  let w0 = states[offset]!, w1 = states[offset + 1]!, w2 = states[offset + 2]!;
  const index: number = (w2 >>> 18) & 7;
  if (!(index <= 1)) {
    faulted(out, 1, 6);
    return;
  }
  w2 = w2 | (1 << (index + 21));
  w2 = w2 & -1835009;
  w1 = (w1 & -7681) | 1536;
  arrive(out, 1, w0, w1, w2);
}

function packed_worker_at_insert_part_2(states: Int32Array, offset: number, out: Steps): void {
  let w0 = states[offset]!, w1 = states[offset + 1]!, w2 = states[offset + 2]!;
  const index: number = (w2 >>> 28) & 1;
  if (((w2 >>> (index + 21)) & 1) === 0) {
    out.note(out.count, 0);
  }
  w1 = (w1 & -7681) | 5120;
  arrive(out, 1, w0, w1, w2);
}

function packed_worker_at_compact_chunks_2(states: Int32Array, offset: number, out: Steps): void {
  let w0 = states[offset]!, w1 = states[offset + 1]!, w2 = states[offset + 2]!;
  const index: number = (w2 >>> 12) & 7;
  if (!(index <= 1)) {
    faulted(out, 1, 7);
    return;
  }
  w2 = (w2 & -229377) | (((w0 >>> (index * 3 + 26)) & 7) << 15);
  w2 = w2 & -134217729;
  w1 = (w1 & -7681) | 5632;
  arrive(out, 1, w0, w1, w2);
}

function packed_worker_at_insert_part_3(states: Int32Array, offset: number, out: Steps): void {
  let w0 = states[offset]!, w1 = states[offset + 1]!, w2 = states[offset + 2]!;
  const index: number = (w2 >>> 28) & 1;
  const index_2: number = (w2 >>> 29) & 1;
  const index_3: number = (w0 >>> ((index * 2 + index_2) * 2 + 12)) & 3;
  if (((w1 >>> (index_3 + 22)) & 1) === 0) {
    branches[11] = 1;
    w1 = (w1 & -7681) | 6144;
    arrive(out, 1, w0, w1, w2);
    return;
  } else {
    branches[10] = 1;
  }
  if (((w2 >>> 29) & 1) !== 1) {
    const t: number = ((w2 >>> 29) & 1) + 1;
    if (!(t <= 1)) {
      faulted(out, 1, 3);
      return;
    }
    w2 = (w2 & -536870913) | (t << 29);
    w1 = (w1 & -7681) | 2048;
    arrive(out, 1, w0, w1, w2);
    return;
  } else {
    if (((w2 >>> 28) & 1) !== 1) {
      const t_2: number = ((w2 >>> 28) & 1) + 1;
      if (!(t_2 <= 1)) {
        faulted(out, 1, 4);
        return;
      }
      w2 = (w2 & -268435457) | (t_2 << 28);
      w2 = w2 & -536870913;
      w1 = (w1 & -7681) | 2048;
      arrive(out, 1, w0, w1, w2);
      return;
    } else {
      w2 = w2 & -268435457;
      w2 = w2 & -536870913;
      w1 = (w1 & -7681) | 3072;
      arrive(out, 1, w0, w1, w2);
      return;
    }
  }
}

function packed_worker_at_compact_chunks_3(states: Int32Array, offset: number, out: Steps): void {
  let w0 = states[offset]!, w1 = states[offset + 1]!, w2 = states[offset + 2]!;
  const index: number = (w2 >>> 12) & 7;
  if (!(index <= 1)) {
    faulted(out, 1, 8);
    return;
  }
  const index_2: number = (w2 >>> 27) & 1;
  if (((w1 >>> (index * 2 + index_2 + 5)) & 1) !== 0) {
    branches[5] = 1;
    w1 = (w1 & -7681) | 6656;
    arrive(out, 1, w0, w1, w2);
    return;
  } else {
    branches[4] = 1;
  }
  if (((w2 >>> 27) & 1) !== 1) {
    const t: number = ((w2 >>> 27) & 1) + 1;
    if (!(t <= 1)) {
      faulted(out, 1, 9);
      return;
    }
    w2 = (w2 & -134217729) | (t << 27);
    w1 = (w1 & -7681) | 5632;
    arrive(out, 1, w0, w1, w2);
    return;
  } else {
    w2 = w2 & -28673;
    w2 = w2 & -134217729;
    w2 = w2 & -229377;
    w1 = (w1 & -7681) | 2560;
    arrive(out, 1, w0, w1, w2);
    return;
  }
}

function packed_worker_at_insert_part_4(states: Int32Array, offset: number, out: Steps): void {
  let w0 = states[offset]!, w1 = states[offset + 1]!, w2 = states[offset + 2]!;
  const index: number = (w2 >>> 28) & 1;
  const index_2: number = (w2 >>> 29) & 1;
  const index_3: number = (w0 >>> ((index * 2 + index_2) * 2 + 12)) & 3;
  w1 = w1 | (1 << (index_3 + 22));
  w1 = (w1 & -7681) | 7168;
  arrive(out, 1, w0, w1, w2);
}

function packed_worker_at_compact_chunks_adding(states: Int32Array, offset: number, out: Steps): void {
  let w0 = states[offset]!, w1 = states[offset + 1]!, w2 = states[offset + 2]!;
  const index: number = (w2 >>> 12) & 7;
  if (!(index <= 1)) {
    faulted(out, 1, 14);
    return;
  }
  const index_2: number = (w2 >>> 27) & 1;
  const index_3: number = (w2 >>> 15) & 7;
  if (!(index_3 <= 5)) {
    faulted(out, 1, 15);
    return;
  }
  w0 = (w0 & ~(3 << (index_3 * 2))) | ((((w0 >>> ((index * 2 + index_2) * 2 + 12)) & 3) + 1) << (index_3 * 2));
  const t: number = ((w2 >>> 15) & 7) + 1;
  if (!(t <= 6)) {
    faulted(out, 1, 16);
    return;
  }
  w2 = (w2 & -229377) | (t << 15);
  if (((w2 >>> 27) & 1) !== 1) {
    const t_2: number = ((w2 >>> 27) & 1) + 1;
    if (!(t_2 <= 1)) {
      faulted(out, 1, 9);
      return;
    }
    w2 = (w2 & -134217729) | (t_2 << 27);
    w1 = (w1 & -7681) | 5632;
    arrive(out, 1, w0, w1, w2);
    return;
  } else {
    w2 = w2 & -134217729;
    w2 = w2 & -229377;
    w2 = w2 & -28673;
    w1 = (w1 & -7681) | 2560;
    arrive(out, 1, w0, w1, w2);
    return;
  }
}

function packed_worker_at_insert_part_5(states: Int32Array, offset: number, out: Steps): void {
  let w0 = states[offset]!, w1 = states[offset + 1]!, w2 = states[offset + 2]!;
  const index: number = (w2 >>> 28) & 1;
  const index_2: number = (w2 >>> 29) & 1;
  const at$: number = index * 2 + index_2;
  {
    const shift = at$ + 5;
    w1 = w1 | (1 << shift);
  }
  if (((w2 >>> 29) & 1) !== 1) {
    const t: number = ((w2 >>> 29) & 1) + 1;
    if (!(t <= 1)) {
      faulted(out, 1, 3);
      return;
    }
    w2 = (w2 & -536870913) | (t << 29);
    w1 = (w1 & -7681) | 2048;
    arrive(out, 1, w0, w1, w2);
    return;
  } else {
    if (((w2 >>> 28) & 1) !== 1) {
      const t_2: number = ((w2 >>> 28) & 1) + 1;
      if (!(t_2 <= 1)) {
        faulted(out, 1, 4);
        return;
      }
      w2 = (w2 & -268435457) | (t_2 << 28);
      w2 = w2 & -536870913;
      w1 = (w1 & -7681) | 2048;
      arrive(out, 1, w0, w1, w2);
      return;
    } else {
      w2 = w2 & -536870913;
      w2 = w2 & -268435457;
      w1 = (w1 & -7681) | 3072;
      arrive(out, 1, w0, w1, w2);
      return;
    }
  }
}

function packed_invariant_as_alone(states: Int32Array, offset: number): number {
  let forall = 0, forall_2 = 0, forall_3 = 0, forall_4 = 0, sum = 0, count = 0, forall_5 = 0, forall_6 = 0, both = 0, both_2 = 0, forall_7 = 0, sum_2 = 0, count_2 = 0, forall_8 = 0, forall_9 = 0, both_3 = 0, both_4 = 0, both_5 = 0;
  both_5 = (states[offset + 1]! & 31) === 19 ? 1 : 0;
  if (both_5 !== 0) {
    forall = 1;
    l1: for (let o = 0; o < 2; o += 1) {
      forall_2 = 1;
      l2: for (let o_2 = 0; o_2 < 2; o_2 += 1) {
        forall_3 = 1;
        l3: for (let o_3 = 0; o_3 < 2; o_3 += 1) {
          forall_4 = 1;
          l4: for (let o_4 = 0; o_4 < 2; o_4 += 1) {
            if (!(!(o_3 < o) && !(o_3 === o && o_4 < o_2)) && ((states[offset]! >>> ((o_3 * 2 + o_4) * 2 + 12)) & 3) === ((states[offset]! >>> ((o * 2 + o_2) * 2 + 12)) & 3)) {
              forall_4 = 0;
              break l4;
            }
          }
          if (forall_4 === 0) {
            forall_3 = 0;
            break l3;
          }
        }
        both_2 = forall_3;
        if (both_2 !== 0) {
          sum = 0;
          for (let o_5 = 0; o_5 < 2; o_5 += 1) {
            count = 0;
            for (let o_6 = 0; o_6 < 2; o_6 += 1) {
              both = !(!(o_5 < o) && !(o_5 === o && o_6 < o_2)) ? 1 : 0;
              if (both !== 0) {
                forall_5 = 1;
                l7: for (let o_7 = 0; o_7 < 2; o_7 += 1) {
                  forall_6 = 1;
                  l8: for (let o_8 = 0; o_8 < 2; o_8 += 1) {
                    if (!(!(o_7 < o_5) && !(o_7 === o_5 && o_8 < o_6)) && ((states[offset]! >>> ((o_7 * 2 + o_8) * 2 + 12)) & 3) === ((states[offset]! >>> ((o_5 * 2 + o_6) * 2 + 12)) & 3)) {
                      forall_6 = 0;
                      break l8;
                    }
                  }
                  if (forall_6 === 0) {
                    forall_5 = 0;
                    break l7;
                  }
                }
                both = forall_5;
              }
              count = count + both;
            }
            sum = sum + count;
          }
          both_2 = !(((states[offset]! >>> (sum * 2)) & 3) !== 0 && ((states[offset]! >>> (sum * 2)) & 3) - 1 === ((states[offset]! >>> ((o * 2 + o_2) * 2 + 12)) & 3)) ? 1 : 0;
        }
        if (both_2 !== 0) {
          forall_2 = 0;
          break l2;
        }
      }
      if (forall_2 === 0) {
        forall = 0;
        break l1;
      }
    }
    both_4 = forall;
    if (both_4 !== 0) {
      forall_7 = 1;
      l9: for (let o_9 = 0; o_9 < 6; o_9 += 1) {
        both_3 = ((states[offset]! >>> (o_9 * 2)) & 3) !== 0 ? 1 : 0;
        if (both_3 !== 0) {
          sum_2 = 0;
          for (let o_10 = 0; o_10 < 2; o_10 += 1) {
            count_2 = 0;
            for (let o_11 = 0; o_11 < 2; o_11 += 1) {
              forall_8 = 1;
              l12: for (let o_12 = 0; o_12 < 2; o_12 += 1) {
                forall_9 = 1;
                l13: for (let o_13 = 0; o_13 < 2; o_13 += 1) {
                  if (!(!(o_12 < o_10) && !(o_12 === o_10 && o_13 < o_11)) && ((states[offset]! >>> ((o_12 * 2 + o_13) * 2 + 12)) & 3) === ((states[offset]! >>> ((o_10 * 2 + o_11) * 2 + 12)) & 3)) {
                    forall_9 = 0;
                    break l13;
                  }
                }
                if (forall_9 === 0) {
                  forall_8 = 0;
                  break l12;
                }
              }
              count_2 = count_2 + forall_8;
            }
            sum_2 = sum_2 + count_2;
          }
          both_3 = !(o_9 < sum_2) ? 1 : 0;
        }
        if (both_3 !== 0) {
          forall_7 = 0;
          break l9;
        }
      }
      both_4 = forall_7;
    }
    both_5 = both_4 === 0 ? 1 : 0;
  }
  return both_5 === 0 ? 1 : 0;
}

function packed_cover_all_new(states: Int32Array, offset: number): number {
  let count = 0, both = 0;
  both = (states[offset + 1]! & 31) === 19 ? 1 : 0;
  if (both !== 0) {
    count = 0;
    for (let o = 0; o < 6; o += 1) {
      count = count + (((states[offset]! >>> (o * 2)) & 3) !== 0 ? 1 : 0);
    }
    both = count === 3 ? 1 : 0;
  }
  return both;
}

function packed_cover_other_expands(states: Int32Array, offset: number): number {
  return ((states[offset + 1]! >>> 9) & 15) === 7 ? 1 : 0;
}

function packed_cover_other_adds(states: Int32Array, offset: number): number {
  return ((states[offset + 1]! >>> 9) & 15) === 13 ? 1 : 0;
}

function packed_step_written_once(states: Int32Array, offset: number, next: Int32Array, nextOffset: number, _mover: number): number {
  let forall = 0;
  forall = 1;
  l1: for (let o = 0; o < 6; o += 1) {
    if (((states[offset]! >>> (o * 2)) & 3) !== 0 && ((next[nextOffset]! >>> (o * 2)) & 3) !== ((states[offset]! >>> (o * 2)) & 3)) {
      forall = 0;
      break l1;
    }
  }
  return forall;
}

function arrive(out: Steps, mover: number, w0: number, w1: number, w2: number): void {
  const step = out.count;
  if (step === out.mover.length) out.grow();
  const first = step * 3;
  out.words[first] = w0;
  out.words[first + 1] = w1;
  out.words[first + 2] = w2;
  out.mover[step] = mover;
  out.fault[step] = -1;
  out.count = step + 1;
}

function faulted(out: Steps, mover: number, fault: number): void {
  const step = out.count;
  if (step === out.mover.length) out.grow();
  out.mover[step] = mover;
  out.fault[step] = fault;
  out.count = step + 1;
}

/** The machine over packed states: `width` words of an Int32Array each. */
export const packed = {
  sources: ["state-table.weft"],
  width: 3,
  /** Who takes steps: process instances, then actions. */
  movers: [
    { kind: "process", name: "leader", mustFinish: true },
    { kind: "process", name: "worker[1]", mustFinish: true },
  ],
  costs: [],
  faults,
  notes,
  branches,
  /** All initial states. */
  initial(out: Steps): void {
    out.clear();
    packedInitial(out);
  },
  /** All steps from the state at `offset`. */
  successors(states: Int32Array, offset: number, out: Steps): void {
    out.clear();
    switch (states[offset + 1]! & 31) {
      case 0: packed_leader_at_leader_1(states, offset, out); break;
      case 1: packed_leader_at_leader_2(states, offset, out); break;
      case 2: packed_leader_at_leader_3(states, offset, out); break;
      case 3: packed_leader_at_expand_chunks_1(states, offset, out); break;
      case 4: packed_leader_at_insert_part_1(states, offset, out); break;
      case 5: packed_leader_at_compact_chunks_1(states, offset, out); break;
      case 6: packed_leader_at_leader_waiting(states, offset, out); break;
      case 7: packed_leader_at_expand_chunks_expanding(states, offset, out); break;
      case 8: packed_leader_at_insert_part_2(states, offset, out); break;
      case 9: packed_leader_at_compact_chunks_2(states, offset, out); break;
      case 10: packed_leader_at_settle_1(states, offset, out); break;
      case 11: packed_leader_at_leader_5(states, offset, out); break;
      case 12: packed_leader_at_insert_part_3(states, offset, out); break;
      case 13: packed_leader_at_compact_chunks_3(states, offset, out); break;
      case 14: packed_leader_at_settle_2(states, offset, out); break;
      case 15: packed_leader_at_leader_6(states, offset, out); break;
      case 16: packed_leader_at_insert_part_4(states, offset, out); break;
      case 17: packed_leader_at_compact_chunks_adding(states, offset, out); break;
      case 18: packed_leader_at_insert_part_5(states, offset, out); break;
    }
    switch ((states[offset + 1]! >>> 9) & 15) {
      case 0: packed_worker_at_worker_1(states, offset, out); break;
      case 1: packed_worker_at_worker_2(states, offset, out); break;
      case 2: packed_worker_at_worker_3(states, offset, out); break;
      case 3: packed_worker_at_expand_chunks_1(states, offset, out); break;
      case 4: packed_worker_at_insert_part_1(states, offset, out); break;
      case 5: packed_worker_at_compact_chunks_1(states, offset, out); break;
      case 6: packed_worker_at_worker_4(states, offset, out); break;
      case 7: packed_worker_at_expand_chunks_expanding(states, offset, out); break;
      case 8: packed_worker_at_insert_part_2(states, offset, out); break;
      case 9: packed_worker_at_compact_chunks_2(states, offset, out); break;
      case 10: packed_worker_at_insert_part_3(states, offset, out); break;
      case 11: packed_worker_at_compact_chunks_3(states, offset, out); break;
      case 12: packed_worker_at_insert_part_4(states, offset, out); break;
      case 13: packed_worker_at_compact_chunks_adding(states, offset, out); break;
      case 14: packed_worker_at_insert_part_5(states, offset, out); break;
    }
  },
  /** Has this mover, a process instance, come to its end? */
  finished(states: Int32Array, offset: number, mover: number): boolean {
    if (mover < 1) {
      return (states[offset + 1]! & 31) === 19;
    }
    if (mover < 2) {
      return ((states[offset + 1]! >>> 9) & 15) === 15;
    }
    return false;
  },
  /** Does no process stand at local work? Properties are judged in such states only. */
  atRest(_states: Int32Array, _offset: number): boolean {
    return true;
  },
  /** 1 holds, 0 does not, 2 cannot be evaluated. */
  statePredicates: [
    { kind: "invariant", name: "as_alone", evaluate: packed_invariant_as_alone },
    { kind: "cover", name: "all_new", evaluate: packed_cover_all_new },
    { kind: "cover", name: "other_expands", evaluate: packed_cover_other_expands },
    { kind: "cover", name: "other_adds", evaluate: packed_cover_other_adds },
  ],
  stepPredicates: [
    { kind: "step", name: "written_once", evaluate: packed_step_written_once },
  ],
} as const;
