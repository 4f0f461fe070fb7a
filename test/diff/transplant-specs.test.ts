// The counterexamples of the specs here on the versions that fix them, and on fixes that are broken.

import { expect, test } from "vitest";
import type { Machine } from "../../src/machine/machine.ts";
import { toldOf, transplanted, transplantOf, versionAt } from "../support/transplanted.ts";
import { UNLIMITED } from "./unlimited.ts";

const thp = (name: string): string => `specs/thp-unmap/${name}.weft`;
const classic = (name: string): string => `specs/classics/${name}.weft`;

const pre = versionAt(thp("pre-patch"));
const post = versionAt(thp("post-patch"));

function lineOf({ lines }: Machine, code: string, owner: string): number {
  return lines.findIndex((line) => line.code === code && line.function === owner);
}

test("the splitter waits for the zapper's page table lock, and nothing can go wrong any more", () => {
  const { rows, trace, followed, parting, continuation } = transplantOf(
    pre,
    post,
    "unmap_complete",
  );
  const { lines } = post.machine;
  expect(rows).toEqual(
    trace.steps.slice(0, 11).map((_, step) => ({ kind: "alike", before: step, after: step })),
  );
  expect(parting).toMatchObject({
    before: 11,
    mover: post.machine.instances.find(({ name }) => name === "splitter")?.id,
    state: followed.states.at(-1),
    location: { name: "map_pte.lock" },
    next: "elsewhere",
    why: {
      kind: "blocked",
      by: [
        {
          blocker: { kind: "lock", lock: "pte_ptl[1]", holders: ["zapper[1]"] },
          holders: [
            {
              holder: "zapper[1]",
              taken: followed.steps.findIndex(({ events }) =>
                events.some((event) => event.kind === "acquire" && event.lock === "pte_ptl[1]"),
              ),
              released: lines[lineOf(post.machine, "release pte_ptl[m]", "zap_pte_range")],
              before: [lines[lineOf(post.machine, "mapcount[page] -= 1", "page_remove_rmap")]],
            },
          ],
        },
      ],
    },
  });
  expect(parting?.line).toBe(lines[lineOf(post.machine, "acquire pte_ptl[m]", "map_pte")]);
  expect(continuation).toMatchObject({
    states: 24,
    transitions: 32,
    complete: true,
    violation: null,
  });
});

test("every counterexample that the fix does away with is transplanted", () => {
  const names = transplanted(pre, post).map(({ verdict }) => verdict.name);
  expect(names).toEqual(["unmap_complete", "head_speaks_for_all"]);
});

test("without its wait the fix lets the old counterexample run to the end", () => {
  const peeking = versionAt(thp("without-pte-sync"));
  // The same, as someone would break the patch by hand.
  const dropped = versionAt("broken.weft", {
    "broken.weft": `patch broken of "${thp("post-patch")}"\nset TTU_SYNC = false\n`,
  });
  for (const broken of [peeking, dropped]) {
    const { rows, parting, continuation } = transplantOf(pre, broken, "unmap_complete");
    expect(rows.map(({ kind }) => kind)).toEqual(Array(14).fill("alike"));
    expect(parting).toBe(null);
    expect(continuation?.violation?.verdict.name).toBe("unmap_complete");
    expect(continuation?.violation?.trace.steps).toEqual([]);
  }
});

test("a window of pmds: the wait is a step that the patch inserted", () => {
  const before = versionAt(thp("no-upfront-split-without-pmd-sync"));
  const after = versionAt(thp("no-upfront-split"));
  expect(toldOf(before, after, "unmap_complete")).toMatchInlineSnapshot(`
    "= zapper[1]: pmd_trans_huge(*pmd)
    = zapper[1]: ptl = __pmd_trans_huge_lock()
    = zapper[1]: !pmd_trans_huge(*pmd)
    = zapper[1]: pmdp_huge_get_and_clear_full()
    = splitter: can_split_huge_page()
    = splitter: vma_interval_tree_foreach()
    = splitter: pmde = READ_ONCE(*pvmw->pmd)
    parts at 7: splitter at inserted ptl = pmd_lock()
    blocked by pmd_ptl[1]: zapper[1] since "zapper[1]: ptl = __pmd_trans_huge_lock()" until "spin_unlock(ptl)", first page[i]._mapcount--, then compound_mapcount--
    no violation in 21 states"
  `);
});

test("a step before the window is gone, and the rest as before", () => {
  expect(toldOf(pre, versionAt(thp("wrong-lock")), "unmap_complete")).toMatchInlineSnapshot(`
    "= zapper[1]: pmd_trans_huge(*pmd)
    = zapper[1]: pmd_none_or_clear_bad(pmd)
    = zapper[1]: pte_offset_map_lock()
    = zapper[1]: ptent = *pte
    = zapper[1]: ptep_get_and_clear_full()
    = splitter: can_split_huge_page()
    = splitter: vma_interval_tree_foreach()
    - splitter: ptl = pmd_lock()
    - splitter: pmd_trans_huge(*pmd)
    - splitter: spin_unlock(ptl)
    = splitter: pmde = READ_ONCE(*pvmw->pmd)
    parts at 11: splitter at elsewhere spin_lock(pvmw->ptl)
    blocked by pte_ptl[1]: zapper[1] since "zapper[1]: pte_offset_map_lock()" until "pte_unmap_unlock()", first page->_mapcount--
    no violation in 24 states"
  `);
});

test("the philosophers", () => {
  const [before, after] = [versionAt(classic("dining")), versionAt(classic("dining-ordered"))];
  expect(toldOf(before, after, "deadlock")).toMatchInlineSnapshot(`
    "~ philosopher[0]: take the lower fork
    ~ philosopher[1]: take the lower fork
    parts at 2: philosopher[2] at changed take the lower fork
    blocked by fork[0]: philosopher[0] since "philosopher[0]: take the lower fork" until "put down the lower fork", first take the higher fork, then put down the higher fork
    no violation in 33 states"
  `);
});

test("Peterson's stores in their order", () => {
  const [before, after] = [
    versionAt(classic("peterson-turn-first")),
    versionAt(classic("peterson")),
  ];
  expect(toldOf(before, after, "mutual_exclusion")).toMatchInlineSnapshot(`
    "- p[0]: turn = other
    - p[1]: turn = other
    = p[1]: wants[me] = true
    + p[1]: turn = other
    = p[1]: while (wants[other]
    = p[0]: wants[me] = true
    + p[0]: turn = other
    = p[0]: while (wants[other]
    = p[0]: && turn == other)
    parts at 7: p[0] at elsewhere while (wants[other]
    not-violated
    no violation in 40 states"
  `);
});

test("one atomic addition for a read and a write", () => {
  const [before, after] = [
    versionAt(classic("ticket-lock-plain-add")),
    versionAt(classic("ticket-lock")),
  ];
  expect(toldOf(before, after, "mutual_exclusion")).toMatchInlineSnapshot(`
    "~ thread[1]: ticket = atomic_fetch_add(1, &lock->next) [next: 0, now 1]
    ~ thread[2]: ticket = atomic_fetch_add(1, &lock->next) [next: 0, now 2]
    - thread[2]: lock->next = ticket + 1
    parts at 3: thread[2] at same while (READ_ONCE(lock->owner) != ticket)
    blocked by await owner == ticket
    no violation in 195 states"
  `);
});

test("the MCS lock waits for its successor to link itself, and never overlooks it", () => {
  const mcs = versionAt(classic("mcs-lock"));
  expect(toldOf(versionAt(classic("mcs-lock-no-link-wait")), mcs, "range")).toMatchInlineSnapshot(`
    "= thread[1]: node->locked = 0
    = thread[1]: node->next = NULL
    = thread[1]: prev = xchg(lock, node)
    = thread[1]: critical section
    = thread[1]: next = READ_ONCE(node->next)
    = thread[2]: node->locked = 0
    = thread[2]: node->next = NULL
    = thread[2]: prev = xchg(lock, node)
    = thread[1]: cmpxchg_release(lock, node, NULL)
    parts at 9: thread[1] at inserted while (!READ_ONCE(node->next))
    blocked by await next[me] != null
    no violation in 3846 states"
  `);
  const two = versionAt(classic("mcs-lock"), {}, new Map([["THREADS", "2"]]));
  expect(toldOf(versionAt(classic("mcs-lock-lost-waiter")), two, "stuck")).toMatchInlineSnapshot(`
    "= thread[2]: node->locked = 0
    = thread[2]: node->next = NULL
    = thread[2]: prev = xchg(lock, node)
    = thread[2]: critical section
    = thread[2]: next = READ_ONCE(node->next)
    ~ thread[2]: cmpxchg_release(lock, node, NULL) [tail: 2, now null]
    = thread[1]: node->locked = 0
    = thread[1]: node->next = NULL
    = thread[1]: prev = xchg(lock, node)
    parts at 9: thread[1] at elsewhere critical section
    elsewhere
    no violation in 157 states"
  `);
});

test("a spec of actions alone: the action is matched by its name and its choices", () => {
  const after = versionAt(classic("two-phase-commit"));
  const mutated = (from: string, to: string): ReturnType<typeof versionAt> => {
    const text = after.machine.source.text;
    expect(text).toContain(from);
    return versionAt("mutant.weft", { "mutant.weft": text.replace(from, to) });
  };
  const hasty = mutated(
    "rm_receive_commit(rm: Rm) when COMMIT in msgs",
    "rm_receive_commit(rm: Rm) when rm_state[rm] == prepared",
  );
  expect(toldOf(hasty, after, "consistent")).toMatchInlineSnapshot(`
    "= rm_prepare: rm_state[rm] := prepared
    = rm_choose_to_abort: rm_state[rm] := aborted
    parts at 2: nobody at changed nowhere
    blocked by COMMIT in msgs
    no violation in 32 states"
  `);
  const early = mutated(
    "(forall rm in Rm: rm in tm_prepared)",
    "(exists rm in Rm: rm in tm_prepared)",
  );
  expect(toldOf(early, after, "consistent")).toMatchInlineSnapshot(`
    "= rm_prepare: rm_state[rm] := prepared
    = tm_receive_prepared: tm_prepared := tm_prepared union {rm}
    parts at 2: nobody at changed nowhere
    blocked by tm_state == init && (forall rm in Rm: rm in tm_prepared)
    no violation in 96 states"
  `);
});

test("a search of the continuations that is stopped tells so", () => {
  const before = versionAt(classic("mcs-lock-no-link-wait"));
  const stopped = { ...UNLIMITED, timeLimitSeconds: -1 };
  const [transplant] = transplanted(before, versionAt(classic("mcs-lock")), stopped);
  expect(transplant?.continuation).toMatchObject({ complete: false, violation: null });
  expect(transplant?.continuation?.states).toBeLessThan(3846);
  expect(transplant?.continuation?.exploration.stoppedBy).toBe("time-limit");
});
