// any_order_sync: made by Weft 0.1.0 from any-order-sync.weft, any-order.weft, pre-patch.weft.
// Sources sha256:e24c1cd089a3f39a. Do not edit: compile the spec again.

// The fix as merged, for a walk in any order.

const all_Mm: readonly Mm[] = [1, 2];
const all_Pmd: readonly Pmd[] = ["none", "huge", "table"];
const all_Pte: readonly Pte[] = ["none", "present", "migration"];
const all_Subpage: readonly Subpage[] = [0, 1];
const all_Zapper: readonly Zapper[] = [1];
const all_bool: readonly boolean[] = [false, true];
const all_process: readonly Process[] = ["splitter", "zapper[1]"];
const all_option: readonly (Process | null)[] = [null, ...all_process];

export type Mapped = "either_way" | "by_pmd" | "by_ptes";

export type Subpage = 0 | 1;

export type Pmd = "none" | "huge" | "table";

export type Pte = "none" | "present" | "migration";

/** Where the walk stands in one mm: the next pte, whether pvmw->pte is set, whether pvmw->ptl (its lock) is held. */
export type Pvmw = { pte: 0 | 1 | 2; mapped: boolean; ptl: boolean };

export type Mm = 1 | 2;

/** any mm may be zapped */
export type Zapped = 1 | 2;

export type Zapper = 1;

/** The instances of the processes. */
export type Process = "splitter" | "zapper[1]";

/** The shared variables, who holds which lock, and where each process stands with its local variables. */
export type State = {
  /** is the VMA in the page's interval tree? All are */
  linked: { [key in Mm]: boolean };
  pmd: { [key in Mm]: Pmd };
  pte: { [key in Mm]: { [key in Subpage]: Pte } };
  compound_mapcount: 0 | 1 | 2;
  /** page[i]._mapcount: the ptes, and for a file page the pmds as well. */
  mapcount: { [key in Subpage]: 0 | 1 | 2 };
  /** page_count() less the splitter's own reference and extra_pins, those of the page cache. */
  refcount: 0 | 1 | 2 | 3 | 4;
  /** pmd_lock(): one in each page of pmds */
  pmd_ptl: { [key in Mm]: Process | null };
  /** pte_lockptr(): one in each page of ptes */
  pte_ptl: { [key in Mm]: Process | null };
  /** split_huge_page */
  splitter: { at: "split_huge_page_to_list.1" | "try_to_unmap.1" | "try_to_unmap.2" | "try_to_unmap.tested" | "__split_huge_pmd.2" | "split_huge_page_to_list.3" | "__split_huge_pmd_locked.7" | "__split_huge_pmd.3" | "split_huge_page_to_list.freeze" | "split_huge_page_to_list.ebusy" | "page_remove_rmap.1" | "page_vma_mapped_walk.not_found" | "try_to_unmap_one.found" | "page_vma_mapped_walk.8" | "page_vma_mapped_walk.1" | "try_to_unmap.3" | "split_huge_page_to_list.frozen" | "page_remove_rmap.2" | "try_to_unmap_one.remove_rmap" | "page_vma_mapped_walk.late_lock" | "check_pte.1" | "page_vma_mapped_walk.pmd_mapped" | "page_vma_mapped_walk.pmd_sync" | "map_pte.lock" | "__split_huge_pmd_locked.8" | "try_to_unmap_one.3" | "page_vma_mapped_walk.3" | "page_vma_mapped_walk.6" | "page_vma_mapped_walk.4" | "done"; try_to_unmap_m: Mm; try_to_unmap_m_left: readonly Mm[]; try_to_unmap_one_pvmw: Pvmw; page_remove_rmap_page: Subpage; page_vma_mapped_walk_pmde: Pmd; page_remove_rmap_i: Subpage };
  /** munmap */
  zapper: { [key in 1]: { at: "zapper.1" | "zap_huge_pmd.1" | "zap_pmd_range.2" | "zap_huge_pmd.2" | "zapper.2" | "zap_pte_range.1" | "zap_huge_pmd.3" | "zap_huge_pmd.4" | "zap_pte_range.2" | "zap_huge_pmd.cleared" | "zap_pte_range.3" | "zap_pte_range.unlock" | "page_remove_rmap.2" | "zap_pte_range.cleared" | "zap_huge_pmd.unlock" | "done"; batch: 0 | 1 | 2; m: Mm; zap_pte_range_i: Subpage; page_remove_rmap_i: Subpage } };
};

/** subpages of the huge page, standing for the 512 */
export const PTES = 2 as 1 | 2 | 3 | 4;

/** how many of the mms are being zapped */
export const ZAPPERS = 1 as 1 | 2 | 3 | 4;

/** PageAnon(page); if not, a page of huge tmpfs */
export const ANON = false as boolean;

/** how mms that map the page may do so */
export const MAPPED = "either_way" as Mapped;

/** CONFIG_DEBUG_VM: compiles the VM_BUG_ONs in */
export const DEBUG_VM = false as boolean;

/** VMAs that could map the page, in any order */
export const MMS = 2 as 1 | 2 | 3 | 4 | 5 | 6;

export const HEAD = 0 as Subpage;

/** unmap_page() asks for PVMW_SYNC: always */
export const TTU_SYNC = true as boolean;

/** First values everywhere, locks free, processes at their first steps. */
const blank: State = {
  linked: { 1: false, 2: false },
  pmd: { 1: "none", 2: "none" },
  pte: { 1: { 0: "none", 1: "none" }, 2: { 0: "none", 1: "none" } },
  compound_mapcount: 0,
  mapcount: { 0: 0, 1: 0 },
  refcount: 0,
  pmd_ptl: { 1: null, 2: null },
  pte_ptl: { 1: null, 2: null },
  splitter: { at: "split_huge_page_to_list.1", try_to_unmap_m: 1, try_to_unmap_m_left: [], try_to_unmap_one_pvmw: { pte: 0, mapped: false, ptl: false }, page_remove_rmap_page: 0, page_vma_mapped_walk_pmde: "none", page_remove_rmap_i: 0 },
  zapper: { 1: { at: "zapper.1", batch: 0, m: 1, zap_pte_range_i: 0, page_remove_rmap_i: 0 } },
};

/** The states in which the system may begin. */
export function initialStates(report: Report = newReport()): State[] {
  return run<State>(blank, report, (s, choose) => {
    s.linked = keyed(all_Mm, () => true) as { [key in Mm]: boolean };
    s.pmd = keyed(all_Mm, () => pick<Pmd>(choose, setOf(all_Pmd, ["none", "huge", "table"]), () => true)) as { [key in Mm]: Pmd };
    s.pte = keyed(all_Mm, () => keyed(all_Subpage, () => pick<Pte>(choose, setOf(all_Pte, ["none", "present"]), () => true)) as { [key in Subpage]: Pte }) as { [key in Mm]: { [key in Subpage]: Pte } };
    s.compound_mapcount = all_Mm.filter((m) => s.pmd[m] === "huge").length as 0 | 1 | 2;
    s.mapcount = keyed(all_Subpage, (i) => within(all_Mm.filter((m) => ((m$: Mm) => ((i$: Subpage) => s.pmd[m$] === "table" && s.pte[m$][i$] === "present")(i))(m)).length + (ANON ? 0 : s.compound_mapcount), 0, 2, "pre-patch.weft:57") as 0 | 1 | 2) as { [key in Subpage]: 0 | 1 | 2 };
    s.refcount = within(s.compound_mapcount + all_Mm.reduce<number>((total, m) => total + all_Subpage.filter((i) => ((m$: Mm) => ((i$: Subpage) => same(s.pmd[m$], "table") && same(s.pte[m$][i$], "present"))(i))(m)).length, 0), 0, 4, "pre-patch.weft:61") as 0 | 1 | 2 | 3 | 4;
    if (!all_Mm.every((m) => s.linked[m])) wait();
    if (!all_Mm.every((m) => !!s.linked[m] || same(s.pmd[m], "none"))) wait();
    if (!all_Mm.every((m) => all_Subpage.every((i) => !!same(s.pmd[m], "table") || s.pte[m][i] === "none"))) wait();
    if (!all_Mm.every((m) => !(MAPPED === "by_ptes") || !same(s.pmd[m], "huge"))) wait();
    if (!all_Mm.every((m) => all_Subpage.every((i) => !same(MAPPED, "by_pmd") || same(s.pte[m][i], "none")))) wait();
    start: {
      const own = s.splitter;
      own.at = "split_huge_page_to_list.1";
      break start;
    }
    for (const z of [1] as const) {
      start: {
        const own = s.zapper[z];
        // var batch: 0..PTES = 0
        own.batch = 0;
        own.at = "zapper.1";
        break start;
      }
    }
  });
}

/**
 * split_huge_page_to_list.1: `if total_mapcount() != refcount`
 * can_split_huge_page()
 * pre-patch.weft:306
 */
export function splitter_at_split_huge_page_to_list_1(state: State, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.splitter;
    if (within(s.compound_mapcount + all_Subpage.reduce<number>((total, i) => total + s.mapcount[i], 0) - (ANON ? 0 : s.compound_mapcount * PTES), -4, 6, "pre-patch.weft:71") !== s.refcount) {
      own.at = "done";
      return;
    }
    own.at = "try_to_unmap.1";
  });
}

/**
 * try_to_unmap.1: `var vmas: set of Mm = {m in Mm where linked[m]}`
 * vma_interval_tree_foreach()
 * any-order.weft:23
 */
export function splitter_at_try_to_unmap_1(state: State, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.splitter;
    let try_to_unmap_vmas: readonly Mm[] = [];
    try_to_unmap_vmas = all_Mm.filter((m) => s.linked[m]);
    // for any m in vmas
    own.try_to_unmap_m_left = try_to_unmap_vmas;
    if (!same(own.try_to_unmap_m_left, setOf(all_Mm, []))) {
      own.at = "try_to_unmap.2";
      return;
    } else {
      own.try_to_unmap_m_left = [];
      own.at = "try_to_unmap.tested";
      return;
    }
  });
}

/**
 * try_to_unmap.2: `for any m in vmas`
 * any-order.weft:24
 */
export function splitter_at_try_to_unmap_2(state: State, report: Report = newReport()): State[] {
  return run<State>(state, report, (s, choose) => {
    const self = "splitter" as Process;
    const own = s.splitter;
    own.try_to_unmap_m = pick<Mm>(choose, own.try_to_unmap_m_left, () => true);
    own.try_to_unmap_m_left = difference(own.try_to_unmap_m_left, setOf(all_Mm, [own.try_to_unmap_m]));
    // var pvmw: Pvmw = { pte: 0, mapped: false, ptl: false }
    own.try_to_unmap_one_pvmw = { pte: 0, mapped: false, ptl: false };
    // acquire pmd_ptl[m]  /// ptl = pmd_lock()
    s.pmd_ptl[own.try_to_unmap_m] = acquired(s.pmd_ptl[own.try_to_unmap_m], self, "pre-patch.weft:171");
    // cost idle_locks += if maps(m) then 0 else 1
    // cost idle_locks += if maps(m) then 0 else 1
    own.at = "__split_huge_pmd.2";
  });
}

/**
 * try_to_unmap.tested: `return page_mapcount(HEAD) == 0`
 * !page_mapcount(page)
 * any-order.weft:29
 */
export function splitter_at_try_to_unmap_tested(state: State, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const self = "splitter" as Process;
    const own = s.splitter;
    let unmap_page_result: boolean = false;
    // return true
    unmap_page_result = true;
    if (unmap_page_result) {
      own.at = "split_huge_page_to_list.3";
      return;
    }
    if (Object.values(s.pmd_ptl).some((lock) => holds(lock, self)) || Object.values(s.pte_ptl).some((lock) => holds(lock, self))) fault("lock-held-at-end", "pre-patch.weft:334");
    own.at = "done";
  });
}

/**
 * __split_huge_pmd.2: `if pmd[m] == huge`
 * pmd_trans_huge(*pmd)
 * pre-patch.weft:173
 */
export function splitter_at___split_huge_pmd_2(state: State, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.splitter;
    if (s.pmd[own.try_to_unmap_m] === "huge") {
      own.at = "__split_huge_pmd_locked.7";
      return;
    }
    own.at = "__split_huge_pmd.3";
  });
}

/**
 * split_huge_page_to_list.3: `var unmapped: bool = total_mapcount() == 0`
 * mapcount = total_mapcount(head)
 * pre-patch.weft:311
 */
export function splitter_at_split_huge_page_to_list_3(state: State, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.splitter;
    let split_huge_page_to_list_unmapped: boolean = false;
    split_huge_page_to_list_unmapped = within(s.compound_mapcount + all_Subpage.reduce<number>((total, i) => total + s.mapcount[i], 0) - (ANON ? 0 : s.compound_mapcount * PTES), -4, 6, "pre-patch.weft:71") === 0;
    // if unmapped
    if (split_huge_page_to_list_unmapped) {
      own.at = "split_huge_page_to_list.freeze";
      return;
    }
    own.at = "split_huge_page_to_list.ebusy";
  });
}

/**
 * __split_huge_pmd_locked.7: `pmd[m] := none`
 * pmdp_huge_clear_flush_notify()
 * pre-patch.weft:163
 */
export function splitter_at___split_huge_pmd_locked_7(state: State, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.splitter;
    s.pmd[own.try_to_unmap_m] = "none";
    // for i in Subpage
    own.page_remove_rmap_i = 0;
    own.at = "page_remove_rmap.1";
  });
}

/**
 * __split_huge_pmd.3: `release pmd_ptl[m]`
 * spin_unlock(ptl)
 * pre-patch.weft:176
 */
export function splitter_at___split_huge_pmd_3(state: State, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const self = "splitter" as Process;
    const own = s.splitter;
    let page_vma_mapped_walk_result: boolean = false;
    s.pmd_ptl[own.try_to_unmap_m] = released(s.pmd_ptl[own.try_to_unmap_m], self, "pre-patch.weft:176");
    // if pvmw.mapped
    if (own.try_to_unmap_one_pvmw.mapped) {
      // pvmw.pte += 1
      own.try_to_unmap_one_pvmw.pte = within(own.try_to_unmap_one_pvmw.pte + 1, 0, 2, "pre-patch.weft:229");
      // if pvmw.pte == PTES
      if (same(own.try_to_unmap_one_pvmw.pte, PTES)) {
        // if pvmw.ptl
        if (own.try_to_unmap_one_pvmw.ptl) {
          own.at = "page_vma_mapped_walk.not_found";
          return;
        }
        // return false
        page_vma_mapped_walk_result = false;
        if (page_vma_mapped_walk_result) {
          // assert bug_no_pte: pvmw.mapped
          if (!own.try_to_unmap_one_pvmw.mapped) report.failed.push("bug_no_pte");
          own.at = "try_to_unmap_one.found";
          return;
        } else {
          own.try_to_unmap_one_pvmw = { pte: 0, mapped: false, ptl: false };
          own.try_to_unmap_m = 1;
          own.at = "try_to_unmap.3";
          return;
        }
      }
      own.at = "page_vma_mapped_walk.8";
      return;
    }
    own.at = "page_vma_mapped_walk.1";
  });
}

/**
 * split_huge_page_to_list.freeze: `if refcount == 0`
 * page_ref_freeze(head)
 * pre-patch.weft:314
 */
export function splitter_at_split_huge_page_to_list_freeze(state: State, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.splitter;
    if (s.refcount === 0) {
      own.at = "split_huge_page_to_list.frozen";
      return;
    }
    own.at = "split_huge_page_to_list.ebusy";
  });
}

/**
 * split_huge_page_to_list.ebusy: `skip`
 * ret = -EBUSY
 * pre-patch.weft:324
 */
export function splitter_at_split_huge_page_to_list_ebusy(state: State, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const self = "splitter" as Process;
    const own = s.splitter;
    if (Object.values(s.pmd_ptl).some((lock) => holds(lock, self)) || Object.values(s.pte_ptl).some((lock) => holds(lock, self))) fault("lock-held-at-end", "pre-patch.weft:334");
    own.at = "done";
  });
}

/**
 * page_remove_rmap.1: `mapcount[i] -= 1`
 * page[i]._mapcount--
 * pre-patch.weft:88
 */
export function splitter_at_page_remove_rmap_1(state: State, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.splitter;
    s.mapcount[own.page_remove_rmap_i] = within(s.mapcount[own.page_remove_rmap_i] - 1, 0, 2, "pre-patch.weft:88");
    if (!same(own.page_remove_rmap_i, 1)) {
      // for i in Subpage
      own.page_remove_rmap_i = within<Subpage>(own.page_remove_rmap_i + 1, 0, 1, "pre-patch.weft:87");
      own.at = "page_remove_rmap.1";
      return;
    } else {
      own.page_remove_rmap_i = 0;
      own.at = "page_remove_rmap.2";
      return;
    }
  });
}

/**
 * page_vma_mapped_walk.not_found: `release pte_ptl[m]`
 * spin_unlock(pvmw->ptl)
 * pre-patch.weft:233
 */
export function splitter_at_page_vma_mapped_walk_not_found(state: State, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const self = "splitter" as Process;
    const own = s.splitter;
    let page_vma_mapped_walk_result: boolean = false;
    s.pte_ptl[own.try_to_unmap_m] = released(s.pte_ptl[own.try_to_unmap_m], self, "pre-patch.weft:233");
    // return false
    page_vma_mapped_walk_result = false;
    if (page_vma_mapped_walk_result) {
      // assert bug_no_pte: pvmw.mapped
      if (!own.try_to_unmap_one_pvmw.mapped) report.failed.push("bug_no_pte");
      own.at = "try_to_unmap_one.found";
      return;
    } else {
      own.try_to_unmap_one_pvmw = { pte: 0, mapped: false, ptl: false };
      own.try_to_unmap_m = 1;
      own.at = "try_to_unmap.3";
      return;
    }
  });
}

/**
 * try_to_unmap_one.found: `pte[m][pvmw.pte] := none`
 * ptep_clear_flush()
 * pre-patch.weft:257
 */
export function splitter_at_try_to_unmap_one_found(state: State, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.splitter;
    s.pte[own.try_to_unmap_m][keyOf(s.pte[own.try_to_unmap_m], own.try_to_unmap_one_pvmw.pte, "pre-patch.weft:257")] = "none";
    // page_remove_rmap(pvmw.pte, false)
    own.page_remove_rmap_page = within<Subpage>(own.try_to_unmap_one_pvmw.pte, 0, 1, "pre-patch.weft:262");
    void within<Subpage>(own.try_to_unmap_one_pvmw.pte, 0, 1, "pre-patch.weft:262");
    own.at = "try_to_unmap_one.remove_rmap";
  });
}

/**
 * page_vma_mapped_walk.8: `if pte[m][pvmw.pte] != none`
 * pte_none(*pvmw->pte)
 * pre-patch.weft:237
 */
export function splitter_at_page_vma_mapped_walk_8(state: State, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.splitter;
    let page_vma_mapped_walk_result: boolean = false;
    if (s.pte[own.try_to_unmap_m][keyOf(s.pte[own.try_to_unmap_m], own.try_to_unmap_one_pvmw.pte, "pre-patch.weft:237")] !== "none") {
      // if !pvmw.ptl
      if (!own.try_to_unmap_one_pvmw.ptl) {
        own.at = "page_vma_mapped_walk.late_lock";
        return;
      }
      own.at = "check_pte.1";
      return;
    }
    // pvmw.pte += 1
    own.try_to_unmap_one_pvmw.pte = within(own.try_to_unmap_one_pvmw.pte + 1, 0, 2, "pre-patch.weft:229");
    // if pvmw.pte == PTES
    if (same(own.try_to_unmap_one_pvmw.pte, PTES)) {
      // if pvmw.ptl
      if (own.try_to_unmap_one_pvmw.ptl) {
        own.at = "page_vma_mapped_walk.not_found";
        return;
      }
      // return false
      page_vma_mapped_walk_result = false;
      if (page_vma_mapped_walk_result) {
        // assert bug_no_pte: pvmw.mapped
        if (!own.try_to_unmap_one_pvmw.mapped) report.failed.push("bug_no_pte");
        own.at = "try_to_unmap_one.found";
        return;
      } else {
        own.try_to_unmap_m = 1;
        own.try_to_unmap_one_pvmw = { pte: 0, mapped: false, ptl: false };
        own.at = "try_to_unmap.3";
        return;
      }
    }
    own.at = "page_vma_mapped_walk.8";
  });
}

/**
 * page_vma_mapped_walk.1: `var pmde: Pmd = pmd[m]`
 * pmde = READ_ONCE(*pvmw->pmd)
 * pre-patch.weft:209
 */
export function splitter_at_page_vma_mapped_walk_1(state: State, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.splitter;
    own.page_vma_mapped_walk_pmde = s.pmd[own.try_to_unmap_m];
    // if pmde == huge
    if (same(own.page_vma_mapped_walk_pmde, "huge")) {
      own.page_vma_mapped_walk_pmde = "none";
      own.at = "page_vma_mapped_walk.pmd_mapped";
      return;
    } else {
      // else if pmde == none
      if (same(own.page_vma_mapped_walk_pmde, "none")) {
        own.page_vma_mapped_walk_pmde = "none";
        own.at = "page_vma_mapped_walk.pmd_sync";
        return;
      }
    }
    // pvmw.mapped := true
    own.try_to_unmap_one_pvmw.mapped = true;
    own.page_vma_mapped_walk_pmde = "none";
    own.at = "map_pte.lock";
  });
}

/**
 * try_to_unmap.3: `if !page_mapped()`
 * page_not_mapped(page)
 * any-order.weft:26
 */
export function splitter_at_try_to_unmap_3(state: State, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.splitter;
    if (!(s.compound_mapcount > 0 || all_Subpage.some((i) => s.mapcount[i] > 0))) {
      own.try_to_unmap_m_left = [];
      own.at = "try_to_unmap.tested";
      return;
    }
    if (!same(own.try_to_unmap_m_left, setOf(all_Mm, []))) {
      own.at = "try_to_unmap.2";
      return;
    } else {
      own.try_to_unmap_m_left = [];
      own.at = "try_to_unmap.tested";
      return;
    }
  });
}

/**
 * split_huge_page_to_list.frozen: `skip`
 * __split_huge_page()
 * pre-patch.weft:316
 */
export function splitter_at_split_huge_page_to_list_frozen(state: State, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const self = "splitter" as Process;
    const own = s.splitter;
    if (Object.values(s.pmd_ptl).some((lock) => holds(lock, self)) || Object.values(s.pte_ptl).some((lock) => holds(lock, self))) fault("lock-held-at-end", "pre-patch.weft:334");
    own.at = "done";
  });
}

/**
 * page_remove_rmap.2: `compound_mapcount -= 1`
 * compound_mapcount--
 * pre-patch.weft:91
 */
export function splitter_at_page_remove_rmap_2(state: State, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.splitter;
    s.compound_mapcount = within(s.compound_mapcount - 1, 0, 2, "pre-patch.weft:91");
    own.at = "__split_huge_pmd_locked.8";
  });
}

/**
 * try_to_unmap_one.remove_rmap: `mapcount[page] -= 1`
 * page->_mapcount--
 * pre-patch.weft:93
 */
export function splitter_at_try_to_unmap_one_remove_rmap(state: State, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.splitter;
    s.mapcount[own.page_remove_rmap_page] = within(s.mapcount[own.page_remove_rmap_page] - 1, 0, 2, "pre-patch.weft:93");
    own.page_remove_rmap_page = 0;
    own.at = "try_to_unmap_one.3";
  });
}

/**
 * page_vma_mapped_walk.late_lock: `acquire pte_ptl[m]`
 * spin_lock(pvmw->ptl)
 * pre-patch.weft:241
 */
export function splitter_at_page_vma_mapped_walk_late_lock(state: State, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const self = "splitter" as Process;
    const own = s.splitter;
    s.pte_ptl[own.try_to_unmap_m] = acquired(s.pte_ptl[own.try_to_unmap_m], self, "pre-patch.weft:241");
    // cost idle_locks += if maps(m) then 0 else 1
    // cost idle_locks += if maps(m) then 0 else 1
    // pvmw.ptl := true
    own.try_to_unmap_one_pvmw.ptl = true;
    own.at = "check_pte.1";
  });
}

/**
 * check_pte.1: `return pte[m][pvmw.pte] == present`
 * pfn_in_hpage(page, pte_pfn())
 * pre-patch.weft:203
 */
export function splitter_at_check_pte_1(state: State, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.splitter;
    let check_pte_result: boolean = false;
    let page_vma_mapped_walk_result: boolean = false;
    check_pte_result = s.pte[own.try_to_unmap_m][keyOf(s.pte[own.try_to_unmap_m], own.try_to_unmap_one_pvmw.pte, "pre-patch.weft:203")] === "present";
    if (check_pte_result) {
      // return true
      page_vma_mapped_walk_result = true;
      if (page_vma_mapped_walk_result) {
        // assert bug_no_pte: pvmw.mapped
        if (!own.try_to_unmap_one_pvmw.mapped) report.failed.push("bug_no_pte");
        own.at = "try_to_unmap_one.found";
        return;
      } else {
        own.try_to_unmap_one_pvmw = { pte: 0, mapped: false, ptl: false };
        own.try_to_unmap_m = 1;
        own.at = "try_to_unmap.3";
        return;
      }
    }
    // pvmw.pte += 1
    own.try_to_unmap_one_pvmw.pte = within(own.try_to_unmap_one_pvmw.pte + 1, 0, 2, "pre-patch.weft:229");
    // if pvmw.pte == PTES
    if (same(own.try_to_unmap_one_pvmw.pte, PTES)) {
      // if pvmw.ptl
      if (own.try_to_unmap_one_pvmw.ptl) {
        own.at = "page_vma_mapped_walk.not_found";
        return;
      }
      // return false
      page_vma_mapped_walk_result = false;
      if (page_vma_mapped_walk_result) {
        // assert bug_no_pte: pvmw.mapped
        if (!own.try_to_unmap_one_pvmw.mapped) report.failed.push("bug_no_pte");
        own.at = "try_to_unmap_one.found";
        return;
      } else {
        own.try_to_unmap_one_pvmw = { pte: 0, mapped: false, ptl: false };
        own.try_to_unmap_m = 1;
        own.at = "try_to_unmap.3";
        return;
      }
    }
    own.at = "page_vma_mapped_walk.8";
  });
}

/**
 * page_vma_mapped_walk.pmd_mapped: `acquire pmd_ptl[m]`
 * pvmw->ptl = pmd_lock()
 * pre-patch.weft:212
 */
export function splitter_at_page_vma_mapped_walk_pmd_mapped(state: State, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const self = "splitter" as Process;
    const own = s.splitter;
    s.pmd_ptl[own.try_to_unmap_m] = acquired(s.pmd_ptl[own.try_to_unmap_m], self, "pre-patch.weft:212");
    own.at = "page_vma_mapped_walk.3";
  });
}

/**
 * page_vma_mapped_walk.pmd_sync: `acquire pmd_ptl[m]`
 * ptl = pmd_lock()
 * any-order-sync.weft:9
 */
export function splitter_at_page_vma_mapped_walk_pmd_sync(state: State, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const self = "splitter" as Process;
    const own = s.splitter;
    s.pmd_ptl[own.try_to_unmap_m] = acquired(s.pmd_ptl[own.try_to_unmap_m], self, "any-order-sync.weft:9");
    // cost idle_locks += if maps(m) then 0 else 1
    // cost idle_locks += if maps(m) then 0 else 1
    own.at = "page_vma_mapped_walk.6";
  });
}

/**
 * map_pte.lock: `acquire pte_ptl[m]`
 * spin_lock(pvmw->ptl)
 * pre-patch.weft:196
 */
export function splitter_at_map_pte_lock(state: State, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const self = "splitter" as Process;
    const own = s.splitter;
    let map_pte_result: boolean = false;
    let page_vma_mapped_walk_result: boolean = false;
    s.pte_ptl[own.try_to_unmap_m] = acquired(s.pte_ptl[own.try_to_unmap_m], self, "pre-patch.weft:196");
    // cost idle_locks += if maps(m) then 0 else 1
    // cost idle_locks += if maps(m) then 0 else 1
    // pvmw.ptl := true
    own.try_to_unmap_one_pvmw.ptl = true;
    // return true
    map_pte_result = true;
    if (holds(s.pte_ptl[own.try_to_unmap_m], self) !== map_pte_result) fault("contract-broken", "pre-patch.weft:189");
    if (!map_pte_result) {
      // pvmw.pte += 1
      own.try_to_unmap_one_pvmw.pte = within(own.try_to_unmap_one_pvmw.pte + 1, 0, 2, "pre-patch.weft:229");
      // if pvmw.pte == PTES
      if (same(own.try_to_unmap_one_pvmw.pte, PTES)) {
        // if pvmw.ptl
        if (own.try_to_unmap_one_pvmw.ptl) {
          own.at = "page_vma_mapped_walk.not_found";
          return;
        }
        // return false
        page_vma_mapped_walk_result = false;
        if (page_vma_mapped_walk_result) {
          // assert bug_no_pte: pvmw.mapped
          if (!own.try_to_unmap_one_pvmw.mapped) report.failed.push("bug_no_pte");
          own.at = "try_to_unmap_one.found";
          return;
        } else {
          own.try_to_unmap_one_pvmw = { pte: 0, mapped: false, ptl: false };
          own.try_to_unmap_m = 1;
          own.at = "try_to_unmap.3";
          return;
        }
      }
      own.at = "page_vma_mapped_walk.8";
      return;
    }
    own.at = "check_pte.1";
  });
}

/**
 * __split_huge_pmd_locked.8: `refcount -= 1`
 * put_page(page)
 * pre-patch.weft:165
 */
export function splitter_at___split_huge_pmd_locked_8(state: State, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.splitter;
    s.refcount = within(s.refcount - 1, 0, 4, "pre-patch.weft:165");
    own.at = "__split_huge_pmd.3";
  });
}

/**
 * try_to_unmap_one.3: `refcount -= 1`
 * put_page(page)
 * pre-patch.weft:263
 */
export function splitter_at_try_to_unmap_one_3(state: State, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.splitter;
    let page_vma_mapped_walk_result: boolean = false;
    s.refcount = within(s.refcount - 1, 0, 4, "pre-patch.weft:263");
    // if pvmw.mapped
    if (own.try_to_unmap_one_pvmw.mapped) {
      // pvmw.pte += 1
      own.try_to_unmap_one_pvmw.pte = within(own.try_to_unmap_one_pvmw.pte + 1, 0, 2, "pre-patch.weft:229");
      // if pvmw.pte == PTES
      if (same(own.try_to_unmap_one_pvmw.pte, PTES)) {
        // if pvmw.ptl
        if (own.try_to_unmap_one_pvmw.ptl) {
          own.at = "page_vma_mapped_walk.not_found";
          return;
        }
        // return false
        page_vma_mapped_walk_result = false;
        if (page_vma_mapped_walk_result) {
          // assert bug_no_pte: pvmw.mapped
          if (!own.try_to_unmap_one_pvmw.mapped) report.failed.push("bug_no_pte");
          own.at = "try_to_unmap_one.found";
          return;
        } else {
          own.try_to_unmap_one_pvmw = { pte: 0, mapped: false, ptl: false };
          own.try_to_unmap_m = 1;
          own.at = "try_to_unmap.3";
          return;
        }
      }
      own.at = "page_vma_mapped_walk.8";
      return;
    }
    own.at = "page_vma_mapped_walk.1";
  });
}

/**
 * page_vma_mapped_walk.3: `pmde := pmd[m]`
 * pmde = *pvmw->pmd
 * pre-patch.weft:213
 */
export function splitter_at_page_vma_mapped_walk_3(state: State, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.splitter;
    let page_vma_mapped_walk_result: boolean = false;
    own.page_vma_mapped_walk_pmde = s.pmd[own.try_to_unmap_m];
    // if pmde == huge
    if (same(own.page_vma_mapped_walk_pmde, "huge")) {
      // return true
      page_vma_mapped_walk_result = true;
      if (page_vma_mapped_walk_result) {
        // assert bug_no_pte: pvmw.mapped
        if (!own.try_to_unmap_one_pvmw.mapped) report.failed.push("bug_no_pte");
        own.page_vma_mapped_walk_pmde = "none";
        own.at = "try_to_unmap_one.found";
        return;
      } else {
        own.try_to_unmap_one_pvmw = { pte: 0, mapped: false, ptl: false };
        own.try_to_unmap_m = 1;
        own.page_vma_mapped_walk_pmde = "none";
        own.at = "try_to_unmap.3";
        return;
      }
    }
    own.at = "page_vma_mapped_walk.4";
  });
}

/**
 * page_vma_mapped_walk.6: `release pmd_ptl[m]`
 * spin_unlock(ptl)
 * any-order-sync.weft:11
 */
export function splitter_at_page_vma_mapped_walk_6(state: State, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const self = "splitter" as Process;
    const own = s.splitter;
    let page_vma_mapped_walk_result: boolean = false;
    s.pmd_ptl[own.try_to_unmap_m] = released(s.pmd_ptl[own.try_to_unmap_m], self, "any-order-sync.weft:11");
    // return false
    page_vma_mapped_walk_result = false;
    if (page_vma_mapped_walk_result) {
      // assert bug_no_pte: pvmw.mapped
      if (!own.try_to_unmap_one_pvmw.mapped) report.failed.push("bug_no_pte");
      own.at = "try_to_unmap_one.found";
      return;
    } else {
      own.try_to_unmap_one_pvmw = { pte: 0, mapped: false, ptl: false };
      own.try_to_unmap_m = 1;
      own.at = "try_to_unmap.3";
      return;
    }
  });
}

/**
 * page_vma_mapped_walk.4: `release pmd_ptl[m]`
 * spin_unlock(pvmw->ptl)
 * pre-patch.weft:215
 */
export function splitter_at_page_vma_mapped_walk_4(state: State, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const self = "splitter" as Process;
    const own = s.splitter;
    let page_vma_mapped_walk_result: boolean = false;
    s.pmd_ptl[own.try_to_unmap_m] = released(s.pmd_ptl[own.try_to_unmap_m], self, "pre-patch.weft:215");
    // if pmde == none
    if (own.page_vma_mapped_walk_pmde === "none") {
      // return false
      page_vma_mapped_walk_result = false;
      if (page_vma_mapped_walk_result) {
        // assert bug_no_pte: pvmw.mapped
        if (!own.try_to_unmap_one_pvmw.mapped) report.failed.push("bug_no_pte");
        own.page_vma_mapped_walk_pmde = "none";
        own.at = "try_to_unmap_one.found";
        return;
      } else {
        own.page_vma_mapped_walk_pmde = "none";
        own.try_to_unmap_one_pvmw = { pte: 0, mapped: false, ptl: false };
        own.try_to_unmap_m = 1;
        own.at = "try_to_unmap.3";
        return;
      }
    }
    // pvmw.mapped := true
    own.try_to_unmap_one_pvmw.mapped = true;
    own.page_vma_mapped_walk_pmde = "none";
    own.at = "map_pte.lock";
  });
}

/**
 * split_huge_page
 * The steps that splitter can take.
 */
export function splitter(state: State, report: Report = newReport()): State[] {
  switch (state.splitter.at) {
    case "split_huge_page_to_list.1":
      return splitter_at_split_huge_page_to_list_1(state, report);
    case "try_to_unmap.1":
      return splitter_at_try_to_unmap_1(state, report);
    case "try_to_unmap.2":
      return splitter_at_try_to_unmap_2(state, report);
    case "try_to_unmap.tested":
      return splitter_at_try_to_unmap_tested(state, report);
    case "__split_huge_pmd.2":
      return splitter_at___split_huge_pmd_2(state, report);
    case "split_huge_page_to_list.3":
      return splitter_at_split_huge_page_to_list_3(state, report);
    case "__split_huge_pmd_locked.7":
      return splitter_at___split_huge_pmd_locked_7(state, report);
    case "__split_huge_pmd.3":
      return splitter_at___split_huge_pmd_3(state, report);
    case "split_huge_page_to_list.freeze":
      return splitter_at_split_huge_page_to_list_freeze(state, report);
    case "split_huge_page_to_list.ebusy":
      return splitter_at_split_huge_page_to_list_ebusy(state, report);
    case "page_remove_rmap.1":
      return splitter_at_page_remove_rmap_1(state, report);
    case "page_vma_mapped_walk.not_found":
      return splitter_at_page_vma_mapped_walk_not_found(state, report);
    case "try_to_unmap_one.found":
      return splitter_at_try_to_unmap_one_found(state, report);
    case "page_vma_mapped_walk.8":
      return splitter_at_page_vma_mapped_walk_8(state, report);
    case "page_vma_mapped_walk.1":
      return splitter_at_page_vma_mapped_walk_1(state, report);
    case "try_to_unmap.3":
      return splitter_at_try_to_unmap_3(state, report);
    case "split_huge_page_to_list.frozen":
      return splitter_at_split_huge_page_to_list_frozen(state, report);
    case "page_remove_rmap.2":
      return splitter_at_page_remove_rmap_2(state, report);
    case "try_to_unmap_one.remove_rmap":
      return splitter_at_try_to_unmap_one_remove_rmap(state, report);
    case "page_vma_mapped_walk.late_lock":
      return splitter_at_page_vma_mapped_walk_late_lock(state, report);
    case "check_pte.1":
      return splitter_at_check_pte_1(state, report);
    case "page_vma_mapped_walk.pmd_mapped":
      return splitter_at_page_vma_mapped_walk_pmd_mapped(state, report);
    case "page_vma_mapped_walk.pmd_sync":
      return splitter_at_page_vma_mapped_walk_pmd_sync(state, report);
    case "map_pte.lock":
      return splitter_at_map_pte_lock(state, report);
    case "__split_huge_pmd_locked.8":
      return splitter_at___split_huge_pmd_locked_8(state, report);
    case "try_to_unmap_one.3":
      return splitter_at_try_to_unmap_one_3(state, report);
    case "page_vma_mapped_walk.3":
      return splitter_at_page_vma_mapped_walk_3(state, report);
    case "page_vma_mapped_walk.6":
      return splitter_at_page_vma_mapped_walk_6(state, report);
    case "page_vma_mapped_walk.4":
      return splitter_at_page_vma_mapped_walk_4(state, report);
    default:
      return [];
  }
}

/**
 * zapper.1: `pick m in Mm`
 * any-order.weft:51
 */
export function zapper_at_zapper_1(state: State, z: 1, report: Report = newReport()): State[] {
  return run<State>(state, report, (s, choose) => {
    const own = s.zapper[z];
    own.m = pick<Mm>(choose, all_Mm, () => true);
    // if pmd[m] == huge  /// pmd_trans_huge(*pmd)
    if (s.pmd[own.m] === "huge") {
      own.at = "zap_huge_pmd.1";
      return;
    }
    own.at = "zap_pmd_range.2";
  });
}

/**
 * zap_huge_pmd.1: `acquire pmd_ptl[m]`
 * ptl = __pmd_trans_huge_lock()
 * pre-patch.weft:103
 */
export function zapper_at_zap_huge_pmd_1(state: State, z: 1, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const self = `zapper[${z}]` as Process;
    const own = s.zapper[z];
    s.pmd_ptl[own.m] = acquired(s.pmd_ptl[own.m], self, "pre-patch.weft:103");
    own.at = "zap_huge_pmd.2";
  });
}

/**
 * zap_pmd_range.2: `if pmd[m] != table`
 * pmd_none_or_clear_bad(pmd)
 * pre-patch.weft:142
 */
export function zapper_at_zap_pmd_range_2(state: State, z: 1, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.zapper[z];
    if (s.pmd[own.m] !== "table") {
      // if batch > 0
      if (own.batch > 0) {
        own.m = 1;
        own.at = "zapper.2";
        return;
      }
      own.batch = 0;
      own.m = 1;
      own.at = "done";
      return;
    }
    own.at = "zap_pte_range.1";
  });
}

/**
 * zap_huge_pmd.2: `if pmd[m] != huge`
 * !pmd_trans_huge(*pmd)
 * pre-patch.weft:104
 */
export function zapper_at_zap_huge_pmd_2(state: State, z: 1, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.zapper[z];
    if (s.pmd[own.m] !== "huge") {
      own.at = "zap_huge_pmd.3";
      return;
    }
    own.at = "zap_huge_pmd.4";
  });
}

/**
 * zapper.2: `refcount -= batch`
 * tlb_finish_mmu(): put_page()
 * any-order.weft:55
 */
export function zapper_at_zapper_2(state: State, z: 1, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.zapper[z];
    s.refcount = within(s.refcount - own.batch, 0, 4, "any-order.weft:55");
    own.batch = 0;
    own.at = "done";
  });
}

/**
 * zap_pte_range.1: `acquire pte_ptl[m]`
 * pte_offset_map_lock()
 * pre-patch.weft:118
 */
export function zapper_at_zap_pte_range_1(state: State, z: 1, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const self = `zapper[${z}]` as Process;
    const own = s.zapper[z];
    s.pte_ptl[own.m] = acquired(s.pte_ptl[own.m], self, "pre-patch.weft:118");
    // for i in Subpage
    own.zap_pte_range_i = 0;
    own.at = "zap_pte_range.2";
  });
}

/**
 * zap_huge_pmd.3: `release pmd_ptl[m]`
 * spin_unlock(ptl)
 * pre-patch.weft:105
 */
export function zapper_at_zap_huge_pmd_3(state: State, z: 1, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const self = `zapper[${z}]` as Process;
    const own = s.zapper[z];
    let zap_huge_pmd_result: boolean = false;
    s.pmd_ptl[own.m] = released(s.pmd_ptl[own.m], self, "pre-patch.weft:105");
    // return false
    zap_huge_pmd_result = false;
    if (zap_huge_pmd_result) {
      // if batch > 0
      if (own.batch > 0) {
        own.m = 1;
        own.at = "zapper.2";
        return;
      }
      if (Object.values(s.pmd_ptl).some((lock) => holds(lock, self))) fault("lock-held-at-end", "any-order.weft:57");
      own.batch = 0;
      own.m = 1;
      own.at = "done";
      return;
    }
    own.at = "zap_pmd_range.2";
  });
}

/**
 * zap_huge_pmd.4: `pmd[m] := none`
 * pmdp_huge_get_and_clear_full()
 * pre-patch.weft:108
 */
export function zapper_at_zap_huge_pmd_4(state: State, z: 1, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.zapper[z];
    s.pmd[own.m] = "none";
    // for i in Subpage
    own.page_remove_rmap_i = 0;
    own.at = "zap_huge_pmd.cleared";
  });
}

/**
 * zap_pte_range.2: `var ptent: Pte = pte[m][i]`
 * ptent = *pte
 * pre-patch.weft:120
 */
export function zapper_at_zap_pte_range_2(state: State, z: 1, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.zapper[z];
    let zap_pte_range_ptent: Pte = "none";
    zap_pte_range_ptent = s.pte[own.m][own.zap_pte_range_i];
    // if ptent == present
    if (same(zap_pte_range_ptent, "present")) {
      own.at = "zap_pte_range.3";
      return;
    }
    if (!same(own.zap_pte_range_i, 1)) {
      // for i in Subpage
      own.zap_pte_range_i = within<Subpage>(own.zap_pte_range_i + 1, 0, 1, "pre-patch.weft:119");
      own.at = "zap_pte_range.2";
      return;
    } else {
      own.zap_pte_range_i = 0;
      own.at = "zap_pte_range.unlock";
      return;
    }
  });
}

/**
 * zap_huge_pmd.cleared: `mapcount[i] -= 1`
 * page[i]._mapcount--
 * pre-patch.weft:88
 */
export function zapper_at_zap_huge_pmd_cleared(state: State, z: 1, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.zapper[z];
    s.mapcount[own.page_remove_rmap_i] = within(s.mapcount[own.page_remove_rmap_i] - 1, 0, 2, "pre-patch.weft:88");
    if (!same(own.page_remove_rmap_i, 1)) {
      // for i in Subpage
      own.page_remove_rmap_i = within<Subpage>(own.page_remove_rmap_i + 1, 0, 1, "pre-patch.weft:87");
      own.at = "zap_huge_pmd.cleared";
      return;
    } else {
      own.page_remove_rmap_i = 0;
      own.at = "page_remove_rmap.2";
      return;
    }
  });
}

/**
 * zap_pte_range.3: `pte[m][i] := none`
 * ptep_get_and_clear_full()
 * pre-patch.weft:122
 */
export function zapper_at_zap_pte_range_3(state: State, z: 1, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.zapper[z];
    s.pte[own.m][own.zap_pte_range_i] = "none";
    own.at = "zap_pte_range.cleared";
  });
}

/**
 * zap_pte_range.unlock: `release pte_ptl[m]`
 * pte_unmap_unlock()
 * pre-patch.weft:134
 */
export function zapper_at_zap_pte_range_unlock(state: State, z: 1, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const self = `zapper[${z}]` as Process;
    const own = s.zapper[z];
    s.pte_ptl[own.m] = released(s.pte_ptl[own.m], self, "pre-patch.weft:134");
    // if batch > 0
    if (own.batch > 0) {
      own.m = 1;
      own.at = "zapper.2";
      return;
    }
    if (Object.values(s.pte_ptl).some((lock) => holds(lock, self))) fault("lock-held-at-end", "any-order.weft:57");
    own.batch = 0;
    own.m = 1;
    own.at = "done";
  });
}

/**
 * page_remove_rmap.2: `compound_mapcount -= 1`
 * compound_mapcount--
 * pre-patch.weft:91
 */
export function zapper_at_page_remove_rmap_2(state: State, z: 1, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.zapper[z];
    s.compound_mapcount = within(s.compound_mapcount - 1, 0, 2, "pre-patch.weft:91");
    own.at = "zap_huge_pmd.unlock";
  });
}

/**
 * zap_pte_range.cleared: `mapcount[page] -= 1`
 * page->_mapcount--
 * pre-patch.weft:93
 */
export function zapper_at_zap_pte_range_cleared(state: State, z: 1, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const own = s.zapper[z];
    s.mapcount[own.zap_pte_range_i] = within(s.mapcount[own.zap_pte_range_i] - 1, 0, 2, "pre-patch.weft:93");
    // batch += 1
    own.batch = within(own.batch + 1, 0, 2, "pre-patch.weft:125");
    if (!same(own.zap_pte_range_i, 1)) {
      // for i in Subpage
      own.zap_pte_range_i = within<Subpage>(own.zap_pte_range_i + 1, 0, 1, "pre-patch.weft:119");
      own.at = "zap_pte_range.2";
      return;
    } else {
      own.zap_pte_range_i = 0;
      own.at = "zap_pte_range.unlock";
      return;
    }
  });
}

/**
 * zap_huge_pmd.unlock: `release pmd_ptl[m]`
 * spin_unlock(ptl)
 * pre-patch.weft:112
 */
export function zapper_at_zap_huge_pmd_unlock(state: State, z: 1, report: Report = newReport()): State[] {
  return run<State>(state, report, (s) => {
    const self = `zapper[${z}]` as Process;
    const own = s.zapper[z];
    let zap_huge_pmd_result: boolean = false;
    s.pmd_ptl[own.m] = released(s.pmd_ptl[own.m], self, "pre-patch.weft:112");
    // batch += 1
    own.batch = within(own.batch + 1, 0, 2, "pre-patch.weft:113");
    // return true
    zap_huge_pmd_result = true;
    if (zap_huge_pmd_result) {
      // if batch > 0
      if (own.batch > 0) {
        own.m = 1;
        own.at = "zapper.2";
        return;
      }
      if (Object.values(s.pmd_ptl).some((lock) => holds(lock, self))) fault("lock-held-at-end", "any-order.weft:57");
      own.batch = 0;
      own.m = 1;
      own.at = "done";
      return;
    }
    own.at = "zap_pmd_range.2";
  });
}

/**
 * munmap
 * The steps that zapper can take.
 */
export function zapper(state: State, z: 1, report: Report = newReport()): State[] {
  switch (state.zapper[z].at) {
    case "zapper.1":
      return zapper_at_zapper_1(state, z, report);
    case "zap_huge_pmd.1":
      return zapper_at_zap_huge_pmd_1(state, z, report);
    case "zap_pmd_range.2":
      return zapper_at_zap_pmd_range_2(state, z, report);
    case "zap_huge_pmd.2":
      return zapper_at_zap_huge_pmd_2(state, z, report);
    case "zapper.2":
      return zapper_at_zapper_2(state, z, report);
    case "zap_pte_range.1":
      return zapper_at_zap_pte_range_1(state, z, report);
    case "zap_huge_pmd.3":
      return zapper_at_zap_huge_pmd_3(state, z, report);
    case "zap_huge_pmd.4":
      return zapper_at_zap_huge_pmd_4(state, z, report);
    case "zap_pte_range.2":
      return zapper_at_zap_pte_range_2(state, z, report);
    case "zap_huge_pmd.cleared":
      return zapper_at_zap_huge_pmd_cleared(state, z, report);
    case "zap_pte_range.3":
      return zapper_at_zap_pte_range_3(state, z, report);
    case "zap_pte_range.unlock":
      return zapper_at_zap_pte_range_unlock(state, z, report);
    case "page_remove_rmap.2":
      return zapper_at_page_remove_rmap_2(state, z, report);
    case "zap_pte_range.cleared":
      return zapper_at_zap_pte_range_cleared(state, z, report);
    case "zap_huge_pmd.unlock":
      return zapper_at_zap_huge_pmd_unlock(state, z, report);
    default:
      return [];
  }
}

/** Who takes steps: process instances, then actions. */
export type Mover = "splitter" | "zapper[1]";

export const movers: readonly Mover[] = ["splitter", "zapper[1]"];

/** The states to which a mover can go; what goes wrong on the way is added to the report. */
export function next(state: State, mover: Mover, report: Report = newReport()): State[] {
  switch (mover) {
    case "splitter":
      return splitter(state, report);
    case "zapper[1]":
      return zapper(state, 1, report);
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
 * invariant unmap_complete
 * The kernel's own check: when unmap_page() tests, the head subpage is mapped no more.
 * pre-patch.weft:348
 */
export function unmap_complete(state: State): boolean {
  return !standsAt(state.splitter.at, "try_to_unmap.tested") || ((i: Subpage) => state.mapcount[i] + (ANON ? state.compound_mapcount : 0))(HEAD) === 0;
}

/**
 * invariant head_speaks_for_all
 * That check sees no tail. It would suffice only if a page whose head is unmapped were not mapped at all, which is what 504e070dc08f tests instead.
 * pre-patch.weft:352
 */
export function head_speaks_for_all(state: State): boolean {
  return !(standsAt(state.splitter.at, "try_to_unmap.tested") && ((i: Subpage) => state.mapcount[i] + (ANON ? state.compound_mapcount : 0))(HEAD) === 0) || !(state.compound_mapcount > 0 || all_Subpage.some((i) => state.mapcount[i] > 0));
}

/**
 * invariant window
 * Why SYNC is enough: an entry that is gone and yet counted is one whose lock is held.
 * pre-patch.weft:362
 */
export function window(state: State): boolean {
  return all_Subpage.every((i) => state.mapcount[i] <= all_Mm.filter((m) => ((m$: Mm) => ((i$: Subpage) => state.pmd[m$] === "table" && state.pte[m$][i$] === "present")(i))(m) || !ANON && state.pmd[m] === "huge" || isHeld(state.pte_ptl[m]) || isHeld(state.pmd_ptl[m])).length);
}

/**
 * invariant pmd_window_locked
 * The same for the pmds.
 * pre-patch.weft:371
 */
export function pmd_window_locked(state: State): boolean {
  return state.compound_mapcount <= all_Mm.filter((m) => state.pmd[m] === "huge" || isHeld(state.pmd_ptl[m])).length;
}

/**
 * cover split_succeeds
 * pre-patch.weft:395
 */
export function split_succeeds(state: State): boolean {
  return standsAt(state.splitter.at, "split_huge_page_to_list.frozen");
}

/**
 * cover split_fails
 * pre-patch.weft:396
 */
export function split_fails(state: State): boolean {
  return standsAt(state.splitter.at, "split_huge_page_to_list.ebusy");
}

/**
 * cover late_reference
 * Unmapped in time, and yet the split fails: the zapper's mmu_gather still holds the page.
 * pre-patch.weft:399
 */
export function late_reference(state: State): boolean {
  return standsAt(state.splitter.at, "split_huge_page_to_list.ebusy") && !(state.compound_mapcount > 0 || all_Subpage.some((i) => state.mapcount[i] > 0)) && state.refcount > 0;
}

/**
 * invariant freeze_safe
 * The real barrier of a split: once the reference count is frozen nobody maps the page or still holds it.
 * any-order.weft:68
 */
export function freeze_safe(state: State): boolean {
  return !standsAt(state.splitter.at, "split_huge_page_to_list.frozen") || all_Mm.every((m) => state.pmd[m] !== "huge" && all_Subpage.every((i) => !((m$: Mm) => ((i$: Subpage) => state.pmd[m$] === "table" && state.pte[m$][i$] === "present")(i))(m))) && all_Zapper.every((z) => !(state.zapper[z].batch > 0));
}

/**
 * invariant settled
 * The books balance when all is over.
 * any-order.weft:74
 */
export function settled(state: State): boolean {
  return !(standsAt(state.splitter.at, "done") && all_Zapper.every((z) => standsAt(state.zapper[z].at, "done"))) || state.compound_mapcount === all_Mm.filter((m) => state.pmd[m] === "huge").length && all_Subpage.every((i) => state.mapcount[i] === all_Mm.filter((m) => ((m$: Mm) => ((i$: Subpage) => same(state.pmd[m$], "table") && same(state.pte[m$][i$], "present"))(i))(m)).length + (ANON ? 0 : state.compound_mapcount)) && state.refcount === state.compound_mapcount + all_Mm.reduce<number>((total, m) => total + all_Subpage.filter((i) => ((m$: Mm) => ((i$: Subpage) => same(state.pmd[m$], "table") && same(state.pte[m$][i$], "present"))(i))(m)).length, 0);
}

/**
 * cover pte_window
 * The splitter tests while a zapper stands between clearing a pte and counting it off.
 * any-order.weft:82
 */
export function pte_window(state: State): boolean {
  return standsAt(state.splitter.at, "try_to_unmap.tested") && all_Zapper.some((z) => standsAt(state.zapper[z].at, "zap_pte_range.cleared"));
}

/**
 * cover pmd_window
 * The same with a pmd.
 * any-order.weft:86
 */
export function pmd_window(state: State): boolean {
  return standsAt(state.splitter.at, "try_to_unmap.tested") && all_Zapper.some((z) => standsAt(state.zapper[z].at, "zap_huge_pmd.cleared"));
}

/**
 * cover contended
 * The splitter is about to wait for a zapper that is inside its window.
 * any-order.weft:90
 */
export function contended(state: State): boolean {
  return standsAt(state.splitter.at, "map_pte.lock") && all_Zapper.some((z) => standsAt(state.zapper[z].at, "zap_pte_range.cleared"));
}

/** Where the words of a packed state keep what: field(word, shift, bits, how many a word). */
const codecs: { readonly [name: string]: Codec } = {
  linked: elements(all_Mm, oneValue(all_bool, field(1, 4, 1, 2))),
  pmd: elements(all_Mm, oneValue(all_Pmd, field(0, 13, 2, 2))),
  pte: elements(all_Mm, elements(all_Subpage, oneValue(all_Pte, field(0, 0, 2, 4)))),
  compound_mapcount: number(0, field(1, 6, 2, 1)),
  mapcount: elements(all_Subpage, number(0, field(0, 17, 2, 2))),
  refcount: number(0, field(0, 29, 3, 1)),
  pmd_ptl: elements(all_Mm, oneValue(all_option, field(0, 21, 2, 2))),
  pte_ptl: elements(all_Mm, oneValue(all_option, field(0, 25, 2, 2))),
  splitter: parts({ at: oneValue(["split_huge_page_to_list.1", "try_to_unmap.1", "try_to_unmap.2", "try_to_unmap.tested", "__split_huge_pmd.2", "split_huge_page_to_list.3", "__split_huge_pmd_locked.7", "__split_huge_pmd.3", "split_huge_page_to_list.freeze", "split_huge_page_to_list.ebusy", "page_remove_rmap.1", "page_vma_mapped_walk.not_found", "try_to_unmap_one.found", "page_vma_mapped_walk.8", "page_vma_mapped_walk.1", "try_to_unmap.3", "split_huge_page_to_list.frozen", "page_remove_rmap.2", "try_to_unmap_one.remove_rmap", "page_vma_mapped_walk.late_lock", "check_pte.1", "page_vma_mapped_walk.pmd_mapped", "page_vma_mapped_walk.pmd_sync", "map_pte.lock", "__split_huge_pmd_locked.8", "try_to_unmap_one.3", "page_vma_mapped_walk.3", "page_vma_mapped_walk.6", "page_vma_mapped_walk.4", "done"], field(0, 8, 5, 1)), try_to_unmap_m: number(1, field(1, 16, 1, 1)), try_to_unmap_m_left: bitSet(all_Mm, field(0, 0, 0, 1), field(1, 8, 2, 1)), try_to_unmap_one_pvmw: parts({ pte: number(0, field(1, 10, 2, 1)), mapped: oneValue(all_bool, field(1, 17, 1, 1)), ptl: oneValue(all_bool, field(1, 18, 1, 1)) }), page_remove_rmap_page: number(0, field(1, 19, 1, 1)), page_vma_mapped_walk_pmde: oneValue(all_Pmd, field(1, 12, 2, 1)), page_remove_rmap_i: number(0, field(1, 20, 1, 1)) }),
  zapper: elements([1], parts({ at: oneValue(["zapper.1", "zap_huge_pmd.1", "zap_pmd_range.2", "zap_huge_pmd.2", "zapper.2", "zap_pte_range.1", "zap_huge_pmd.3", "zap_huge_pmd.4", "zap_pte_range.2", "zap_huge_pmd.cleared", "zap_pte_range.3", "zap_pte_range.unlock", "page_remove_rmap.2", "zap_pte_range.cleared", "zap_huge_pmd.unlock", "done"], field(1, 0, 4, 1)), batch: number(0, field(1, 14, 2, 1)), m: number(1, field(1, 21, 1, 1)), zap_pte_range_i: number(0, field(1, 22, 1, 1)), page_remove_rmap_i: number(0, field(1, 23, 1, 1)) })),
};

/** Writes a state as packed words. */
export function encode(state: State, words: Int32Array = new Int32Array(2), offset: number = 0): Int32Array {
  words.fill(0, offset, offset + 2);
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

/** Is the value among these? */
function has(set: readonly unknown[], value: unknown): boolean {
  return set.some((element) => same(element, value));
}

/** A set: the elements in the order of their type, each once. */
function setOf<T>(all: readonly T[], elements: readonly unknown[]): T[] {
  return all.filter((value) => has(elements, value));
}

/** The set of what is in the first but not in the second. */
function difference<T>(left: readonly T[], right: readonly unknown[]): T[] {
  return left.filter((value) => !has(right, value));
}

/** Is a location one of these? */
function standsAt(location: string, ...among: readonly string[]): boolean {
  return among.includes(location);
}

/** An array with a value for each key. */
function keyed<A extends object, K>(keys: readonly K[], make: (key: K) => A[keyof A]): A {
  return Object.fromEntries(keys.map((key) => [String(key), make(key)])) as A;
}

/** A lock that readers can share. */
interface ReadLock<P> {
  writer: P | null;
  readers: readonly P[];
}

/** Does the process hold the lock, in any mode? */
function holds(lock: unknown, self: unknown): boolean {
  if (lock === null || typeof lock !== "object") return lock === self;
  const { writer, readers } = lock as ReadLock<unknown>;
  return writer === self || readers.includes(self);
}

/** Does anyone hold the lock? */
function isHeld(lock: unknown): boolean {
  if (lock === null || typeof lock !== "object") return lock !== null;
  const { writer, readers } = lock as ReadLock<unknown>;
  return writer !== null || readers.length > 0;
}

/** The lock once the process has taken it; it waits while another holds it. */
function acquired<L>(lock: L, self: unknown, place: string): L {
  if (holds(lock, self)) fault("double-acquire", place);
  if (isHeld(lock)) wait();
  return (lock === null || typeof lock !== "object" ? self : { writer: self, readers: [] }) as L;
}

/** The lock once the process has let it go. */
function released<L>(lock: L, self: unknown, place: string): L {
  if (!holds(lock, self)) fault("release-not-held", place);
  if (lock === null || typeof lock !== "object") return null as L;
  const { writer, readers } = lock as unknown as ReadLock<unknown>;
  const left = readers.filter((reader) => reader !== self);
  return { writer: writer === self ? null : writer, readers: left } as L;
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

/** A set, one bit for each value; more than 32 of them fill whole words first. */
function bitSet(values: readonly unknown[], whole: Field, rest: Field): Codec {
  const wholeWords = Math.floor(values.length / 32);
  const placeOf = (index: number, bit: number): [Field, number] => {
    const word = Math.floor(bit / 32);
    return word < wholeWords ? [whole, index * wholeWords + word] : [rest, index];
  };
  return {
    get: (words, offset, index) =>
      values.filter((_, bit) => {
        const [at, position] = placeOf(index, bit);
        return ((getField(at, words, offset, position) >>> (bit % 32)) & 1) === 1;
      }),
    put(words, offset, index, value) {
      values.forEach((one, bit) => {
        if (!has(value as readonly unknown[], one)) return;
        const [at, position] = placeOf(index, bit);
        putField(
          at,
          words,
          offset,
          position,
          getField(at, words, offset, position) | (1 << (bit % 32)),
        );
      });
    },
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
  { fault: "range", place: { source: 2, line: 57, start: 2953, end: 3031 } },
  { fault: "range", place: { source: 2, line: 61, start: 3157, end: 3233 } },
  { fault: "range", place: { source: 2, line: 71, start: 3696, end: 3798 } },
  { fault: "double-acquire", place: { source: 2, line: 171, start: 7537, end: 7555 } },
  { fault: "lock-held-at-end", place: { source: 2, line: 334, start: 12920, end: 12921 } },
  { fault: "release-not-held", place: { source: 2, line: 176, start: 7748, end: 7766 } },
  { fault: "range", place: { source: 2, line: 229, start: 9538, end: 9546 } },
  { fault: "range", place: { source: 2, line: 88, start: 4446, end: 4457 } },
  { fault: "range", place: { source: 2, line: 87, start: 4419, end: 4435 } },
  { fault: "release-not-held", place: { source: 2, line: 233, start: 9733, end: 9751 } },
  { fault: "index", place: { source: 2, line: 257, start: 10454, end: 10470 } },
  { fault: "range", place: { source: 2, line: 262, start: 10645, end: 10653 } },
  { fault: "index", place: { source: 2, line: 237, start: 9840, end: 9856 } },
  { fault: "range", place: { source: 2, line: 91, start: 4522, end: 4539 } },
  { fault: "range", place: { source: 2, line: 93, start: 4599, end: 4613 } },
  { fault: "double-acquire", place: { source: 2, line: 241, start: 9947, end: 9965 } },
  { fault: "index", place: { source: 2, line: 203, start: 8687, end: 8703 } },
  { fault: "double-acquire", place: { source: 2, line: 212, start: 9047, end: 9065 } },
  { fault: "double-acquire", place: { source: 0, line: 9, start: 254, end: 272 } },
  { fault: "double-acquire", place: { source: 2, line: 196, start: 8487, end: 8505 } },
  { fault: "contract-broken", place: { source: 2, line: 189, start: 8277, end: 8305 } },
  { fault: "range", place: { source: 2, line: 165, start: 7366, end: 7374 } },
  { fault: "range", place: { source: 2, line: 263, start: 10666, end: 10674 } },
  { fault: "release-not-held", place: { source: 0, line: 11, start: 365, end: 383 } },
  { fault: "release-not-held", place: { source: 2, line: 215, start: 9216, end: 9234 } },
  { fault: "double-acquire", place: { source: 2, line: 103, start: 4988, end: 5006 } },
  { fault: "range", place: { source: 1, line: 55, start: 1922, end: 1930 } },
  { fault: "double-acquire", place: { source: 2, line: 118, start: 5535, end: 5553 } },
  { fault: "release-not-held", place: { source: 2, line: 105, start: 5134, end: 5152 } },
  { fault: "lock-held-at-end", place: { source: 1, line: 57, start: 1997, end: 1998 } },
  { fault: "range", place: { source: 2, line: 119, start: 5603, end: 5619 } },
  { fault: "release-not-held", place: { source: 2, line: 134, start: 6113, end: 6131 } },
  { fault: "range", place: { source: 2, line: 125, start: 5831, end: 5836 } },
  { fault: "release-not-held", place: { source: 2, line: 112, start: 5341, end: 5359 } },
  { fault: "range", place: { source: 2, line: 113, start: 5404, end: 5409 } },
];
const notes: Note[] = [
  { kind: "assert", assertion: 0 },
];
const orderPlaces: readonly Place[] = [
  { source: 2, line: 171, start: 7537, end: 7555 },
  { source: 2, line: 241, start: 9947, end: 9965 },
  { source: 2, line: 212, start: 9047, end: 9065 },
  { source: 0, line: 9, start: 254, end: 272 },
  { source: 2, line: 196, start: 8487, end: 8505 },
  { source: 2, line: 103, start: 4988, end: 5006 },
  { source: 2, line: 118, start: 5535, end: 5553 },
];
const lockNames: readonly string[] = [
  "pmd_ptl[1]",
  "pmd_ptl[2]",
  "pte_ptl[1]",
  "pte_ptl[2]",
];
const branches = new Uint8Array(54);
const scratch = new Int32Array(3);
const choices: number[] = [];
const limits: number[] = [];

function packedInitial(out: Steps): void {
  let pmd_number = 0, pte_number = 0, count = 0, count_2 = 0, sum = 0, count_3 = 0, forall = 0, forall_2 = 0, forall_3 = 0, forall_4 = 0, c0 = 0, blamed = 0, w0 = 0, w1 = 0, top = 0, depth = 0;
  do {
    c0 = 0; blamed = -1; w0 = 0; w1 = 0; depth = 0;
    path: {
      for (let _1 = 0; _1 < 2; _1 += 1) {
        w1 = w1 | (1 << (_1 + 4));
      }
      for (let _1_3 = 0; _1_3 < 2; _1_3 += 1) {
        depth += 1;
        pmd_number = depth > top ? 0 : choices[depth - 1]!;
        limits[depth - 1] = 3;
        for (; ; pmd_number += 1) {
          choices[depth - 1] = pmd_number;
          if (pmd_number === 3) {
            if (depth > top) {
              break path;
            }
            break path;
          }
          if (((7 >>> pmd_number) & 1) !== 0) break;
        }
        w0 = (w0 & ~(3 << (_1_3 * 2 + 13))) | (pmd_number << (_1_3 * 2 + 13));
      }
      for (let _1_5 = 0; _1_5 < 2; _1_5 += 1) {
        for (let _2_2 = 0; _2_2 < 2; _2_2 += 1) {
          depth += 1;
          pte_number = depth > top ? 0 : choices[depth - 1]!;
          limits[depth - 1] = 3;
          for (; ; pte_number += 1) {
            choices[depth - 1] = pte_number;
            if (pte_number === 3) {
              if (depth > top) {
                break path;
              }
              break path;
            }
            if (((3 >>> pte_number) & 1) !== 0) break;
          }
          {
            const shift = (_1_5 * 2 + _2_2) * 2;
            w0 = (w0 & ~(3 << shift)) | (pte_number << shift);
          }
        }
      }
      count = 0;
      for (let o = 0; o < 2; o += 1) {
        count = count + (((w0 >>> (o * 2 + 13)) & 3) === 1 ? 1 : 0);
      }
      w1 = (w1 & -193) | (count << 6);
      for (let i = 0; i < 2; i += 1) {
        count_2 = 0;
        for (let o_2 = 0; o_2 < 2; o_2 += 1) {
          count_2 = count_2 + (((w0 >>> (o_2 * 2 + 13)) & 3) === 2 && ((w0 >>> ((o_2 * 2 + i) * 2)) & 3) === 1 ? 1 : 0);
        }
        const t: number = count_2 + ((w1 >>> 6) & 3);
        if (!(t <= 2)) {
          faulted(out, blamed, 0, c0);
          break path;
        }
        w0 = (w0 & ~(3 << (i * 2 + 17))) | (t << (i * 2 + 17));
      }
      sum = 0;
      for (let o_3 = 0; o_3 < 2; o_3 += 1) {
        count_3 = 0;
        for (let o_4 = 0; o_4 < 2; o_4 += 1) {
          count_3 = count_3 + (((w0 >>> (o_3 * 2 + 13)) & 3) === 2 && ((w0 >>> ((o_3 * 2 + o_4) * 2)) & 3) === 1 ? 1 : 0);
        }
        sum = sum + count_3;
      }
      const t_2: number = ((w1 >>> 6) & 3) + sum;
      if (!(t_2 <= 4)) {
        faulted(out, blamed, 1, c0);
        break path;
      }
      w0 = (w0 & 536870911) | (t_2 << 29);
      forall = 1;
      l13: for (let o_5 = 0; o_5 < 2; o_5 += 1) {
        if (((w1 >>> (o_5 + 4)) & 1) === 0) {
          forall = 0;
          break l13;
        }
      }
      if (forall === 0) {
        break path;
      }
      forall_2 = 1;
      l14: for (let o_6 = 0; o_6 < 2; o_6 += 1) {
        if (((w1 >>> (o_6 + 4)) & 1) === 0 && ((w0 >>> (o_6 * 2 + 13)) & 3) !== 0) {
          forall_2 = 0;
          break l14;
        }
      }
      if (forall_2 === 0) {
        break path;
      }
      forall_3 = 1;
      l15: for (let o_7 = 0; o_7 < 2; o_7 += 1) {
        forall_4 = 1;
        l16: for (let o_8 = 0; o_8 < 2; o_8 += 1) {
          if (((w0 >>> (o_7 * 2 + 13)) & 3) !== 2 && ((w0 >>> ((o_7 * 2 + o_8) * 2)) & 3) !== 0) {
            forall_4 = 0;
            break l16;
          }
        }
        if (forall_4 === 0) {
          forall_3 = 0;
          break l15;
        }
      }
      if (forall_3 === 0) {
        break path;
      }
      for (let k = 0; k < 1; k += 1) {
        blamed = k;
        l21: {
          w0 = w0 & ~(31 << (k * 5 + 8));
          break l21;
        }
      }
      for (let k_2 = 0; k_2 < 1; k_2 += 1) {
        blamed = k_2 + 1;
        l23: {
          w1 = w1 & ~(3 << (k_2 * 2 + 14));
          w1 = w1 & ~(15 << (k_2 * 4));
          break l23;
        }
      }
      arrive(out, -1, w0, w1, c0);
      break path;
    }
    top = depth;
    while (top > 0 && (choices[top - 1]! += 1) >= limits[top - 1]!) top -= 1;
  } while (top > 0);
}

function packed_splitter_at_split_huge_page_to_list_1(states: Int32Array, offset: number, out: Steps): void {
  let sum = 0, c0 = 0, w0 = states[offset]!, w1 = states[offset + 1]!;
  sum = 0;
  for (let o = 0; o < 2; o += 1) {
    sum = sum + ((w0 >>> (o * 2 + 17)) & 3);
  }
  const t: number = ((w1 >>> 6) & 3) + sum - ((w1 >>> 6) & 3) * 2;
  if (!(t >= -4)) {
    faulted(out, 0, 2, c0);
    return;
  }
  if (t !== w0 >>> 29) {
    branches[40] = 1;
    w0 = (w0 & -7937) | 7424;
    arrive(out, 0, w0, w1, c0);
    return;
  } else {
    branches[39] = 1;
  }
  w0 = (w0 & -7937) | 256;
  arrive(out, 0, w0, w1, c0);
}

function packed_splitter_at_try_to_unmap_1(states: Int32Array, offset: number, out: Steps): void {
  let set = 0, c0 = 0, w0 = states[offset]!, w1 = states[offset + 1]!;
  set = 0;
  for (let o = 0; o < 2; o += 1) {
    if (((w1 >>> (o + 4)) & 1) !== 0) {
      set = set | (1 << o);
    }
  }
  const try_to_unmap_vmas: number = set;
  w1 = (w1 & -769) | (try_to_unmap_vmas << 8);
  if (((w1 >>> 8) & 3) !== 0) {
    w0 = (w0 & -7937) | 512;
    arrive(out, 0, w0, w1, c0);
    return;
  } else {
    w1 = w1 & -769;
    w0 = (w0 & -7937) | 768;
    arrive(out, 0, w0, w1, c0);
    return;
  }
}

function packed_splitter_at_try_to_unmap_2(states: Int32Array, offset: number, out: Steps): void {
  let try_to_unmap_m_number = 0, exists = 0, both = 0, both_2 = 0, b38 = 0, c0 = 0, noted = 0, w0 = 0, w1 = 0, top = 0, depth = 0;
  do {
    b38 = 0; c0 = 0; noted = out.noteCount; w0 = states[offset]!; w1 = states[offset + 1]!; depth = 0;
    path: {
      const candidates: number = (w1 >>> 8) & 3;
      depth += 1;
      try_to_unmap_m_number = depth > top ? 0 : choices[depth - 1]!;
      limits[depth - 1] = 2;
      for (; ; try_to_unmap_m_number += 1) {
        choices[depth - 1] = try_to_unmap_m_number;
        if (try_to_unmap_m_number === 2) {
          if (depth > top) {
            out.noteCount = noted;
            break path;
          }
          out.noteCount = noted;
          break path;
        }
        if (((candidates >>> try_to_unmap_m_number) & 1) !== 0) break;
      }
      w1 = (w1 & -65537) | (try_to_unmap_m_number << 16);
      b38 = 1;
      const t: number = (w1 >>> 8) & 3;
      const t_2: number = 1 << ((w1 >>> 16) & 1);
      w1 = (w1 & -769) | ((t & ~t_2) << 8);
      scratch[0] = 0;
      scratch[1] = 0;
      scratch[2] = 0;
      w1 = (w1 & -3073) | ((scratch[0]!) << 10);
      w1 = (w1 & -131073) | ((scratch[1]!) << 17);
      w1 = (w1 & -262145) | ((scratch[2]!) << 18);
      const key: number = (w1 >>> 16) & 1;
      if (((w0 >>> (key * 2 + 21)) & 3) === 1) {
        branches[38]! |= b38;
        faulted(out, 0, 3, c0);
        break path;
      }
      if (((w0 >>> (key * 2 + 21)) & 3) !== 0) {
        out.noteCount = noted;
        break path;
      }
      for (let l = 0; l < 2; l += 1) {
        if (((w0 >>> (l * 2 + 21)) & 3) === 1) {
          out.note(out.count, lockOrder(0, l, key));
        }
      }
      for (let l_2 = 0; l_2 < 2; l_2 += 1) {
        if (((w0 >>> (l_2 * 2 + 25)) & 3) === 1) {
          out.note(out.count, lockOrder(0, l_2 + 2, key));
        }
      }
      w0 = (w0 & ~(3 << (key * 2 + 21))) | (1 << (key * 2 + 21));
      const m: number = ((w1 >>> 16) & 1) + 1;
      both_2 = ((w0 >>> ((m - 1) * 2 + 13)) & 3) !== 1 ? 1 : 0;
      if (both_2 !== 0) {
        both = ((w0 >>> ((m - 1) * 2 + 13)) & 3) === 2 ? 1 : 0;
        if (both !== 0) {
          exists = 0;
          l3: for (let o = 0; o < 2; o += 1) {
            if (((w0 >>> (((m - 1) * 2 + o) * 2)) & 3) !== 0) {
              exists = 1;
              break l3;
            }
          }
          both = exists;
        }
        both_2 = both === 0 ? 1 : 0;
      }
      const amount: number = both_2 === 0 ? 0 : 1;
      c0 += amount;
      w0 = (w0 & -7937) | 1024;
      branches[38]! |= b38;
      arrive(out, 0, w0, w1, c0);
      break path;
    }
    top = depth;
    while (top > 0 && (choices[top - 1]! += 1) >= limits[top - 1]!) top -= 1;
  } while (top > 0);
}

function packed_splitter_at_try_to_unmap_tested(states: Int32Array, offset: number, out: Steps): void {
  let c0 = 0, w0 = states[offset]!, w1 = states[offset + 1]!;
  branches[5] = 1;
  w0 = (w0 & -7937) | 1280;
  arrive(out, 0, w0, w1, c0);
}

function packed_splitter_at___split_huge_pmd_2(states: Int32Array, offset: number, out: Steps): void {
  let c0 = 0, w0 = states[offset]!, w1 = states[offset + 1]!;
  const index: number = ((w1 >>> 16) & 1) + 1;
  if (((w0 >>> ((index - 1) * 2 + 13)) & 3) === 1) {
    branches[37] = 1;
    w0 = (w0 & -7937) | 1536;
    arrive(out, 0, w0, w1, c0);
    return;
  } else {
    branches[36] = 1;
  }
  w0 = (w0 & -7937) | 1792;
  arrive(out, 0, w0, w1, c0);
}

function packed_splitter_at_split_huge_page_to_list_3(states: Int32Array, offset: number, out: Steps): void {
  let sum = 0, c0 = 0, w0 = states[offset]!, w1 = states[offset + 1]!;
  sum = 0;
  for (let o = 0; o < 2; o += 1) {
    sum = sum + ((w0 >>> (o * 2 + 17)) & 3);
  }
  const t: number = ((w1 >>> 6) & 3) + sum - ((w1 >>> 6) & 3) * 2;
  if (!(t >= -4)) {
    faulted(out, 0, 2, c0);
    return;
  }
  const split_huge_page_to_list_unmapped: number = t === 0 ? 1 : 0;
  if (split_huge_page_to_list_unmapped !== 0) {
    branches[4] = 1;
    w0 = (w0 & -7937) | 2048;
    arrive(out, 0, w0, w1, c0);
    return;
  } else {
    branches[1] = 1;
  }
  w0 = (w0 & -7937) | 2304;
  arrive(out, 0, w0, w1, c0);
}

function packed_splitter_at___split_huge_pmd_locked_7(states: Int32Array, offset: number, out: Steps): void {
  let c0 = 0, w0 = states[offset]!, w1 = states[offset + 1]!;
  const index: number = ((w1 >>> 16) & 1) + 1;
  {
    const shift = (index - 1) * 2 + 13;
    w0 = w0 & ~(3 << shift);
  }
  branches[9] = 1;
  w1 = w1 & -1048577;
  w0 = (w0 & -7937) | 2560;
  arrive(out, 0, w0, w1, c0);
}

function packed_splitter_at___split_huge_pmd_3(states: Int32Array, offset: number, out: Steps): void {
  let c0 = 0, w0 = states[offset]!, w1 = states[offset + 1]!;
  const key: number = (w1 >>> 16) & 1;
  const owns: number = ((w0 >>> (key * 2 + 21)) & 3) === 1 ? 1 : 0;
  if (!(((w0 >>> (key * 2 + 21)) & 3) === 1)) {
    faulted(out, 0, 5, c0);
    return;
  }
  if (owns !== 0) {
    w0 = w0 & ~(3 << (key * 2 + 21));
  }
  if (((w1 >>> 17) & 1) !== 0) {
    branches[35] = 1;
    const t: number = ((w1 >>> 10) & 3) + 1;
    if (!(t <= 2)) {
      faulted(out, 0, 6, c0);
      return;
    }
    w1 = (w1 & -3073) | (t << 10);
    if (((w1 >>> 10) & 3) === 2) {
      branches[20] = 1;
      if (((w1 >>> 18) & 1) !== 0) {
        branches[19] = 1;
        w0 = (w0 & -7937) | 2816;
        arrive(out, 0, w0, w1, c0);
        return;
      } else {
        branches[18] = 1;
      }
      branches[11] = 1;
      w1 = w1 & -3073;
      w1 = w1 & -131073;
      w1 = w1 & -262145;
      w1 = w1 & -65537;
      w0 = (w0 & -7937) | 3840;
      arrive(out, 0, w0, w1, c0);
      return;
    } else {
      branches[17] = 1;
    }
    w0 = (w0 & -7937) | 3328;
    arrive(out, 0, w0, w1, c0);
    return;
  } else {
    branches[34] = 1;
  }
  w0 = (w0 & -7937) | 3584;
  arrive(out, 0, w0, w1, c0);
}

function packed_splitter_at_split_huge_page_to_list_freeze(states: Int32Array, offset: number, out: Steps): void {
  let c0 = 0, w0 = states[offset]!, w1 = states[offset + 1]!;
  if (w0 >>> 29 === 0) {
    branches[3] = 1;
    w0 = (w0 & -7937) | 4096;
    arrive(out, 0, w0, w1, c0);
    return;
  } else {
    branches[2] = 1;
  }
  w0 = (w0 & -7937) | 2304;
  arrive(out, 0, w0, w1, c0);
}

function packed_splitter_at_split_huge_page_to_list_ebusy(states: Int32Array, offset: number, out: Steps): void {
  let any$ = 0, c0 = 0, w0 = states[offset]!, w1 = states[offset + 1]!;
  any$ = 0;
  for (let l = 0; l < 2; l += 1) {
    if (((w0 >>> (l * 2 + 21)) & 3) === 1) {
      any$ = 1;
    }
  }
  for (let l_2 = 0; l_2 < 2; l_2 += 1) {
    if (((w0 >>> (l_2 * 2 + 25)) & 3) === 1) {
      any$ = 1;
    }
  }
  if (any$ !== 0) {
    faulted(out, 0, 4, c0);
    return;
  }
  w0 = (w0 & -7937) | 7424;
  arrive(out, 0, w0, w1, c0);
}

function packed_splitter_at_page_remove_rmap_1(states: Int32Array, offset: number, out: Steps): void {
  let c0 = 0, w0 = states[offset]!, w1 = states[offset + 1]!;
  const index: number = (w1 >>> 20) & 1;
  const index_2: number = (w1 >>> 20) & 1;
  const t: number = ((w0 >>> (index * 2 + 17)) & 3) - 1;
  if (!(t >= 0)) {
    faulted(out, 0, 7, c0);
    return;
  }
  {
    const shift = index_2 * 2 + 17;
    w0 = (w0 & ~(3 << shift)) | (t << shift);
  }
  if (((w1 >>> 20) & 1) !== 1) {
    const t_2: number = ((w1 >>> 20) & 1) + 1;
    if (!(t_2 <= 1)) {
      faulted(out, 0, 8, c0);
      return;
    }
    w1 = (w1 & -1048577) | (t_2 << 20);
    w0 = (w0 & -7937) | 2560;
    arrive(out, 0, w0, w1, c0);
    return;
  } else {
    w1 = w1 & -1048577;
    w0 = (w0 & -7937) | 4352;
    arrive(out, 0, w0, w1, c0);
    return;
  }
}

function packed_splitter_at_page_vma_mapped_walk_not_found(states: Int32Array, offset: number, out: Steps): void {
  let c0 = 0, w0 = states[offset]!, w1 = states[offset + 1]!;
  const key: number = (w1 >>> 16) & 1;
  const owns: number = ((w0 >>> (key * 2 + 25)) & 3) === 1 ? 1 : 0;
  if (!(((w0 >>> (key * 2 + 25)) & 3) === 1)) {
    faulted(out, 0, 9, c0);
    return;
  }
  if (owns !== 0) {
    w0 = w0 & ~(3 << (key * 2 + 25));
  }
  branches[11] = 1;
  w1 = w1 & -3073;
  w1 = w1 & -131073;
  w1 = w1 & -262145;
  w1 = w1 & -65537;
  w0 = (w0 & -7937) | 3840;
  arrive(out, 0, w0, w1, c0);
}

function packed_splitter_at_try_to_unmap_one_found(states: Int32Array, offset: number, out: Steps): void {
  let c0 = 0, w0 = states[offset]!, w1 = states[offset + 1]!;
  const index: number = ((w1 >>> 16) & 1) + 1;
  const index_2: number = (w1 >>> 10) & 3;
  if (!(index_2 <= 1)) {
    faulted(out, 0, 10, c0);
    return;
  }
  const at$: number = (index - 1) * 2 + index_2;
  {
    const shift = at$ * 2;
    w0 = w0 & ~(3 << shift);
  }
  const t: number = (w1 >>> 10) & 3;
  if (!(t <= 1)) {
    faulted(out, 0, 11, c0);
    return;
  }
  w1 = (w1 & -524289) | (t << 19);
  const t_2: number = (w1 >>> 10) & 3;
  if (!(t_2 <= 1)) {
    faulted(out, 0, 11, c0);
    return;
  }
  branches[8] = 1;
  w0 = (w0 & -7937) | 4608;
  arrive(out, 0, w0, w1, c0);
}

function packed_splitter_at_page_vma_mapped_walk_8(states: Int32Array, offset: number, out: Steps): void {
  let c0 = 0, w0 = states[offset]!, w1 = states[offset + 1]!;
  const index: number = ((w1 >>> 16) & 1) + 1;
  const index_2: number = (w1 >>> 10) & 3;
  if (!(index_2 <= 1)) {
    faulted(out, 0, 12, c0);
    return;
  }
  if (((w0 >>> (((index - 1) * 2 + index_2) * 2)) & 3) !== 0) {
    branches[16] = 1;
    if (((w1 >>> 18) & 1) === 0) {
      branches[14] = 1;
      branches[13] = 1;
      w0 = (w0 & -7937) | 4864;
      arrive(out, 0, w0, w1, c0);
      return;
    } else {
      branches[12] = 1;
    }
    w0 = (w0 & -7937) | 5120;
    arrive(out, 0, w0, w1, c0);
    return;
  } else {
    branches[15] = 1;
  }
  const t: number = ((w1 >>> 10) & 3) + 1;
  if (!(t <= 2)) {
    faulted(out, 0, 6, c0);
    return;
  }
  w1 = (w1 & -3073) | (t << 10);
  if (((w1 >>> 10) & 3) === 2) {
    branches[20] = 1;
    if (((w1 >>> 18) & 1) !== 0) {
      branches[19] = 1;
      w0 = (w0 & -7937) | 2816;
      arrive(out, 0, w0, w1, c0);
      return;
    } else {
      branches[18] = 1;
    }
    branches[11] = 1;
    w1 = w1 & -65537;
    w1 = w1 & -3073;
    w1 = w1 & -131073;
    w1 = w1 & -262145;
    w0 = (w0 & -7937) | 3840;
    arrive(out, 0, w0, w1, c0);
    return;
  } else {
    branches[17] = 1;
  }
  w0 = (w0 & -7937) | 3328;
  arrive(out, 0, w0, w1, c0);
}

function packed_splitter_at_page_vma_mapped_walk_1(states: Int32Array, offset: number, out: Steps): void {
  let c0 = 0, w0 = states[offset]!, w1 = states[offset + 1]!;
  const index: number = ((w1 >>> 16) & 1) + 1;
  w1 = (w1 & -12289) | (((w0 >>> ((index - 1) * 2 + 13)) & 3) << 12);
  if (((w1 >>> 12) & 3) === 1) {
    branches[33] = 1;
    branches[32] = 1;
    w1 = w1 & -12289;
    w0 = (w0 & -7937) | 5376;
    arrive(out, 0, w0, w1, c0);
    return;
  } else {
    if (((w1 >>> 12) & 3) === 0) {
      branches[27] = 1;
      w1 = w1 & -12289;
      w0 = (w0 & -7937) | 5632;
      arrive(out, 0, w0, w1, c0);
      return;
    } else {
      branches[26] = 1;
    }
  }
  w1 = w1 | 131072;
  w1 = w1 & -12289;
  w0 = (w0 & -7937) | 5888;
  arrive(out, 0, w0, w1, c0);
}

function packed_splitter_at_try_to_unmap_3(states: Int32Array, offset: number, out: Steps): void {
  let exists = 0, both = 0, c0 = 0, w0 = states[offset]!, w1 = states[offset + 1]!;
  both = !(0 < ((w1 >>> 6) & 3)) ? 1 : 0;
  if (both !== 0) {
    exists = 0;
    l1: for (let o = 0; o < 2; o += 1) {
      if (0 < ((w0 >>> (o * 2 + 17)) & 3)) {
        exists = 1;
        break l1;
      }
    }
    both = exists === 0 ? 1 : 0;
  }
  if (both !== 0) {
    branches[7] = 1;
    w1 = w1 & -769;
    w0 = (w0 & -7937) | 768;
    arrive(out, 0, w0, w1, c0);
    return;
  } else {
    branches[6] = 1;
  }
  if (((w1 >>> 8) & 3) !== 0) {
    w0 = (w0 & -7937) | 512;
    arrive(out, 0, w0, w1, c0);
    return;
  } else {
    w1 = w1 & -769;
    w0 = (w0 & -7937) | 768;
    arrive(out, 0, w0, w1, c0);
    return;
  }
}

function packed_splitter_at_split_huge_page_to_list_frozen(states: Int32Array, offset: number, out: Steps): void {
  let any$ = 0, c0 = 0, w0 = states[offset]!, w1 = states[offset + 1]!;
  any$ = 0;
  for (let l = 0; l < 2; l += 1) {
    if (((w0 >>> (l * 2 + 21)) & 3) === 1) {
      any$ = 1;
    }
  }
  for (let l_2 = 0; l_2 < 2; l_2 += 1) {
    if (((w0 >>> (l_2 * 2 + 25)) & 3) === 1) {
      any$ = 1;
    }
  }
  if (any$ !== 0) {
    faulted(out, 0, 4, c0);
    return;
  }
  w0 = (w0 & -7937) | 7424;
  arrive(out, 0, w0, w1, c0);
}

function packed_splitter_at_page_remove_rmap_2(states: Int32Array, offset: number, out: Steps): void {
  let c0 = 0, w0 = states[offset]!, w1 = states[offset + 1]!;
  const t: number = ((w1 >>> 6) & 3) - 1;
  if (!(t >= 0)) {
    faulted(out, 0, 13, c0);
    return;
  }
  w1 = (w1 & -193) | (t << 6);
  w0 = (w0 & -7937) | 6144;
  arrive(out, 0, w0, w1, c0);
}

function packed_splitter_at_try_to_unmap_one_remove_rmap(states: Int32Array, offset: number, out: Steps): void {
  let c0 = 0, w0 = states[offset]!, w1 = states[offset + 1]!;
  const index: number = (w1 >>> 19) & 1;
  const index_2: number = (w1 >>> 19) & 1;
  const t: number = ((w0 >>> (index * 2 + 17)) & 3) - 1;
  if (!(t >= 0)) {
    faulted(out, 0, 14, c0);
    return;
  }
  {
    const shift = index_2 * 2 + 17;
    w0 = (w0 & ~(3 << shift)) | (t << shift);
  }
  w1 = w1 & -524289;
  w0 = (w0 & -7937) | 6400;
  arrive(out, 0, w0, w1, c0);
}

function packed_splitter_at_page_vma_mapped_walk_late_lock(states: Int32Array, offset: number, out: Steps): void {
  let exists = 0, both = 0, both_2 = 0, c0 = 0, noted = out.noteCount, w0 = states[offset]!, w1 = states[offset + 1]!;
  const key: number = (w1 >>> 16) & 1;
  if (((w0 >>> (key * 2 + 25)) & 3) === 1) {
    faulted(out, 0, 15, c0);
    return;
  }
  if (((w0 >>> (key * 2 + 25)) & 3) !== 0) {
    out.noteCount = noted;
    return;
  }
  for (let l = 0; l < 2; l += 1) {
    if (((w0 >>> (l * 2 + 21)) & 3) === 1) {
      out.note(out.count, lockOrder(1, l, key + 2));
    }
  }
  for (let l_2 = 0; l_2 < 2; l_2 += 1) {
    if (((w0 >>> (l_2 * 2 + 25)) & 3) === 1) {
      out.note(out.count, lockOrder(1, l_2 + 2, key + 2));
    }
  }
  w0 = (w0 & ~(3 << (key * 2 + 25))) | (1 << (key * 2 + 25));
  const m: number = ((w1 >>> 16) & 1) + 1;
  both_2 = ((w0 >>> ((m - 1) * 2 + 13)) & 3) !== 1 ? 1 : 0;
  if (both_2 !== 0) {
    both = ((w0 >>> ((m - 1) * 2 + 13)) & 3) === 2 ? 1 : 0;
    if (both !== 0) {
      exists = 0;
      l3: for (let o = 0; o < 2; o += 1) {
        if (((w0 >>> (((m - 1) * 2 + o) * 2)) & 3) !== 0) {
          exists = 1;
          break l3;
        }
      }
      both = exists;
    }
    both_2 = both === 0 ? 1 : 0;
  }
  const amount: number = both_2 === 0 ? 0 : 1;
  c0 += amount;
  w1 = w1 | 262144;
  w0 = (w0 & -7937) | 5120;
  arrive(out, 0, w0, w1, c0);
}

function packed_splitter_at_check_pte_1(states: Int32Array, offset: number, out: Steps): void {
  let page_vma_mapped_walk_result = 0, c0 = 0, w0 = states[offset]!, w1 = states[offset + 1]!;
  const index: number = ((w1 >>> 16) & 1) + 1;
  const index_2: number = (w1 >>> 10) & 3;
  if (!(index_2 <= 1)) {
    faulted(out, 0, 16, c0);
    return;
  }
  const check_pte_result: number = ((w0 >>> (((index - 1) * 2 + index_2) * 2)) & 3) === 1 ? 1 : 0;
  if (check_pte_result !== 0) {
    branches[22] = 1;
    page_vma_mapped_walk_result = 1;
    if (page_vma_mapped_walk_result !== 0) {
      branches[10] = 1;
      if (((w1 >>> 17) & 1) === 0) {
        out.note(out.count, 0);
      }
      w0 = (w0 & -7937) | 3072;
      arrive(out, 0, w0, w1, c0);
      return;
    } else {
      branches[11] = 1;
      w1 = w1 & -3073;
      w1 = w1 & -131073;
      w1 = w1 & -262145;
      w1 = w1 & -65537;
      w0 = (w0 & -7937) | 3840;
      arrive(out, 0, w0, w1, c0);
      return;
    }
  } else {
    branches[21] = 1;
  }
  const t: number = ((w1 >>> 10) & 3) + 1;
  if (!(t <= 2)) {
    faulted(out, 0, 6, c0);
    return;
  }
  w1 = (w1 & -3073) | (t << 10);
  if (((w1 >>> 10) & 3) === 2) {
    branches[20] = 1;
    if (((w1 >>> 18) & 1) !== 0) {
      branches[19] = 1;
      w0 = (w0 & -7937) | 2816;
      arrive(out, 0, w0, w1, c0);
      return;
    } else {
      branches[18] = 1;
    }
    page_vma_mapped_walk_result = 0;
    if (page_vma_mapped_walk_result !== 0) {
      branches[10] = 1;
      if (((w1 >>> 17) & 1) === 0) {
        out.note(out.count, 0);
      }
      w0 = (w0 & -7937) | 3072;
      arrive(out, 0, w0, w1, c0);
      return;
    } else {
      branches[11] = 1;
      w1 = w1 & -3073;
      w1 = w1 & -131073;
      w1 = w1 & -262145;
      w1 = w1 & -65537;
      w0 = (w0 & -7937) | 3840;
      arrive(out, 0, w0, w1, c0);
      return;
    }
  } else {
    branches[17] = 1;
  }
  w0 = (w0 & -7937) | 3328;
  arrive(out, 0, w0, w1, c0);
}

function packed_splitter_at_page_vma_mapped_walk_pmd_mapped(states: Int32Array, offset: number, out: Steps): void {
  let c0 = 0, noted = out.noteCount, w0 = states[offset]!, w1 = states[offset + 1]!;
  const key: number = (w1 >>> 16) & 1;
  if (((w0 >>> (key * 2 + 21)) & 3) === 1) {
    faulted(out, 0, 17, c0);
    return;
  }
  if (((w0 >>> (key * 2 + 21)) & 3) !== 0) {
    out.noteCount = noted;
    return;
  }
  for (let l = 0; l < 2; l += 1) {
    if (((w0 >>> (l * 2 + 21)) & 3) === 1) {
      out.note(out.count, lockOrder(2, l, key));
    }
  }
  for (let l_2 = 0; l_2 < 2; l_2 += 1) {
    if (((w0 >>> (l_2 * 2 + 25)) & 3) === 1) {
      out.note(out.count, lockOrder(2, l_2 + 2, key));
    }
  }
  w0 = (w0 & ~(3 << (key * 2 + 21))) | (1 << (key * 2 + 21));
  w0 = (w0 & -7937) | 6656;
  arrive(out, 0, w0, w1, c0);
}

function packed_splitter_at_page_vma_mapped_walk_pmd_sync(states: Int32Array, offset: number, out: Steps): void {
  let exists = 0, both = 0, both_2 = 0, c0 = 0, noted = out.noteCount, w0 = states[offset]!, w1 = states[offset + 1]!;
  const key: number = (w1 >>> 16) & 1;
  if (((w0 >>> (key * 2 + 21)) & 3) === 1) {
    faulted(out, 0, 18, c0);
    return;
  }
  if (((w0 >>> (key * 2 + 21)) & 3) !== 0) {
    out.noteCount = noted;
    return;
  }
  for (let l = 0; l < 2; l += 1) {
    if (((w0 >>> (l * 2 + 21)) & 3) === 1) {
      out.note(out.count, lockOrder(3, l, key));
    }
  }
  for (let l_2 = 0; l_2 < 2; l_2 += 1) {
    if (((w0 >>> (l_2 * 2 + 25)) & 3) === 1) {
      out.note(out.count, lockOrder(3, l_2 + 2, key));
    }
  }
  w0 = (w0 & ~(3 << (key * 2 + 21))) | (1 << (key * 2 + 21));
  const m: number = ((w1 >>> 16) & 1) + 1;
  both_2 = ((w0 >>> ((m - 1) * 2 + 13)) & 3) !== 1 ? 1 : 0;
  if (both_2 !== 0) {
    both = ((w0 >>> ((m - 1) * 2 + 13)) & 3) === 2 ? 1 : 0;
    if (both !== 0) {
      exists = 0;
      l3: for (let o = 0; o < 2; o += 1) {
        if (((w0 >>> (((m - 1) * 2 + o) * 2)) & 3) !== 0) {
          exists = 1;
          break l3;
        }
      }
      both = exists;
    }
    both_2 = both === 0 ? 1 : 0;
  }
  const amount: number = both_2 === 0 ? 0 : 1;
  c0 += amount;
  w0 = (w0 & -7937) | 6912;
  arrive(out, 0, w0, w1, c0);
}

function packed_splitter_at_map_pte_lock(states: Int32Array, offset: number, out: Steps): void {
  let exists = 0, both = 0, both_2 = 0, b23 = 0, c0 = 0, noted = out.noteCount, w0 = states[offset]!, w1 = states[offset + 1]!;
  const key: number = (w1 >>> 16) & 1;
  if (((w0 >>> (key * 2 + 25)) & 3) === 1) {
    branches[23]! |= b23;
    faulted(out, 0, 19, c0);
    return;
  }
  if (((w0 >>> (key * 2 + 25)) & 3) !== 0) {
    out.noteCount = noted;
    return;
  }
  for (let l = 0; l < 2; l += 1) {
    if (((w0 >>> (l * 2 + 21)) & 3) === 1) {
      out.note(out.count, lockOrder(4, l, key + 2));
    }
  }
  for (let l_2 = 0; l_2 < 2; l_2 += 1) {
    if (((w0 >>> (l_2 * 2 + 25)) & 3) === 1) {
      out.note(out.count, lockOrder(4, l_2 + 2, key + 2));
    }
  }
  w0 = (w0 & ~(3 << (key * 2 + 25))) | (1 << (key * 2 + 25));
  const m: number = ((w1 >>> 16) & 1) + 1;
  both_2 = ((w0 >>> ((m - 1) * 2 + 13)) & 3) !== 1 ? 1 : 0;
  if (both_2 !== 0) {
    both = ((w0 >>> ((m - 1) * 2 + 13)) & 3) === 2 ? 1 : 0;
    if (both !== 0) {
      exists = 0;
      l3: for (let o = 0; o < 2; o += 1) {
        if (((w0 >>> (((m - 1) * 2 + o) * 2)) & 3) !== 0) {
          exists = 1;
          break l3;
        }
      }
      both = exists;
    }
    both_2 = both === 0 ? 1 : 0;
  }
  const amount: number = both_2 === 0 ? 0 : 1;
  c0 += amount;
  w1 = w1 | 262144;
  const key_2: number = (w1 >>> 16) & 1;
  const held: number = ((w0 >>> (key_2 * 2 + 25)) & 3) === 1 ? 1 : 0;
  if (!(held === 1)) {
    branches[23]! |= b23;
    faulted(out, 0, 20, c0);
    return;
  }
  b23 = 1;
  w0 = (w0 & -7937) | 5120;
  branches[23]! |= b23;
  arrive(out, 0, w0, w1, c0);
}

function packed_splitter_at___split_huge_pmd_locked_8(states: Int32Array, offset: number, out: Steps): void {
  let c0 = 0, w0 = states[offset]!, w1 = states[offset + 1]!;
  const t: number = (w0 >>> 29) - 1;
  if (!(t >= 0)) {
    faulted(out, 0, 21, c0);
    return;
  }
  w0 = (w0 & 536870911) | (t << 29);
  w0 = (w0 & -7937) | 1792;
  arrive(out, 0, w0, w1, c0);
}

function packed_splitter_at_try_to_unmap_one_3(states: Int32Array, offset: number, out: Steps): void {
  let c0 = 0, w0 = states[offset]!, w1 = states[offset + 1]!;
  const t: number = (w0 >>> 29) - 1;
  if (!(t >= 0)) {
    faulted(out, 0, 22, c0);
    return;
  }
  w0 = (w0 & 536870911) | (t << 29);
  if (((w1 >>> 17) & 1) !== 0) {
    branches[35] = 1;
    const t_2: number = ((w1 >>> 10) & 3) + 1;
    if (!(t_2 <= 2)) {
      faulted(out, 0, 6, c0);
      return;
    }
    w1 = (w1 & -3073) | (t_2 << 10);
    if (((w1 >>> 10) & 3) === 2) {
      branches[20] = 1;
      if (((w1 >>> 18) & 1) !== 0) {
        branches[19] = 1;
        w0 = (w0 & -7937) | 2816;
        arrive(out, 0, w0, w1, c0);
        return;
      } else {
        branches[18] = 1;
      }
      branches[11] = 1;
      w1 = w1 & -3073;
      w1 = w1 & -131073;
      w1 = w1 & -262145;
      w1 = w1 & -65537;
      w0 = (w0 & -7937) | 3840;
      arrive(out, 0, w0, w1, c0);
      return;
    } else {
      branches[17] = 1;
    }
    w0 = (w0 & -7937) | 3328;
    arrive(out, 0, w0, w1, c0);
    return;
  } else {
    branches[34] = 1;
  }
  w0 = (w0 & -7937) | 3584;
  arrive(out, 0, w0, w1, c0);
}

function packed_splitter_at_page_vma_mapped_walk_3(states: Int32Array, offset: number, out: Steps): void {
  let c0 = 0, w0 = states[offset]!, w1 = states[offset + 1]!;
  const index: number = ((w1 >>> 16) & 1) + 1;
  w1 = (w1 & -12289) | (((w0 >>> ((index - 1) * 2 + 13)) & 3) << 12);
  if (((w1 >>> 12) & 3) === 1) {
    branches[31] = 1;
    branches[10] = 1;
    if (((w1 >>> 17) & 1) === 0) {
      out.note(out.count, 0);
    }
    w1 = w1 & -12289;
    w0 = (w0 & -7937) | 3072;
    arrive(out, 0, w0, w1, c0);
    return;
  } else {
    branches[30] = 1;
  }
  w0 = (w0 & -7937) | 7168;
  arrive(out, 0, w0, w1, c0);
}

function packed_splitter_at_page_vma_mapped_walk_6(states: Int32Array, offset: number, out: Steps): void {
  let c0 = 0, w0 = states[offset]!, w1 = states[offset + 1]!;
  const key: number = (w1 >>> 16) & 1;
  const owns: number = ((w0 >>> (key * 2 + 21)) & 3) === 1 ? 1 : 0;
  if (!(((w0 >>> (key * 2 + 21)) & 3) === 1)) {
    faulted(out, 0, 23, c0);
    return;
  }
  if (owns !== 0) {
    w0 = w0 & ~(3 << (key * 2 + 21));
  }
  branches[11] = 1;
  w1 = w1 & -3073;
  w1 = w1 & -131073;
  w1 = w1 & -262145;
  w1 = w1 & -65537;
  w0 = (w0 & -7937) | 3840;
  arrive(out, 0, w0, w1, c0);
}

function packed_splitter_at_page_vma_mapped_walk_4(states: Int32Array, offset: number, out: Steps): void {
  let c0 = 0, w0 = states[offset]!, w1 = states[offset + 1]!;
  const key: number = (w1 >>> 16) & 1;
  const owns: number = ((w0 >>> (key * 2 + 21)) & 3) === 1 ? 1 : 0;
  if (!(((w0 >>> (key * 2 + 21)) & 3) === 1)) {
    faulted(out, 0, 24, c0);
    return;
  }
  if (owns !== 0) {
    w0 = w0 & ~(3 << (key * 2 + 21));
  }
  if (((w1 >>> 12) & 3) === 0) {
    branches[29] = 1;
    branches[11] = 1;
    w1 = w1 & -12289;
    w1 = w1 & -3073;
    w1 = w1 & -131073;
    w1 = w1 & -262145;
    w1 = w1 & -65537;
    w0 = (w0 & -7937) | 3840;
    arrive(out, 0, w0, w1, c0);
    return;
  } else {
    branches[28] = 1;
  }
  w1 = w1 | 131072;
  w1 = w1 & -12289;
  w0 = (w0 & -7937) | 5888;
  arrive(out, 0, w0, w1, c0);
}

function packed_zapper_at_zapper_1(states: Int32Array, offset: number, out: Steps): void {
  let m_number = 0, c0 = 0, w0 = 0, w1 = 0, top = 0, depth = 0;
  do {
    c0 = 0; w0 = states[offset]!; w1 = states[offset + 1]!; depth = 0;
    path: {
      depth += 1;
      m_number = depth > top ? 0 : choices[depth - 1]!;
      limits[depth - 1] = 2;
      for (; ; m_number += 1) {
        choices[depth - 1] = m_number;
        if (m_number === 2) {
          if (depth > top) {
            break path;
          }
          break path;
        }
        break;
      }
      w1 = (w1 & -2097153) | (m_number << 21);
      branches[53] = 1;
      const index: number = ((w1 >>> 21) & 1) + 1;
      if (((w0 >>> ((index - 1) * 2 + 13)) & 3) === 1) {
        branches[52] = 1;
        w1 = (w1 & -16) | 1;
        arrive(out, 1, w0, w1, c0);
        break path;
      } else {
        branches[47] = 1;
      }
      w1 = (w1 & -16) | 2;
      arrive(out, 1, w0, w1, c0);
      break path;
    }
    top = depth;
    while (top > 0 && (choices[top - 1]! += 1) >= limits[top - 1]!) top -= 1;
  } while (top > 0);
}

function packed_zapper_at_zap_huge_pmd_1(states: Int32Array, offset: number, out: Steps): void {
  let c0 = 0, noted = out.noteCount, w0 = states[offset]!, w1 = states[offset + 1]!;
  const key: number = (w1 >>> 21) & 1;
  if (((w0 >>> (key * 2 + 21)) & 3) === 2) {
    faulted(out, 1, 25, c0);
    return;
  }
  if (((w0 >>> (key * 2 + 21)) & 3) !== 0) {
    out.noteCount = noted;
    return;
  }
  for (let l = 0; l < 2; l += 1) {
    if (((w0 >>> (l * 2 + 21)) & 3) === 2) {
      out.note(out.count, lockOrder(5, l, key));
    }
  }
  w0 = (w0 & ~(3 << (key * 2 + 21))) | (2 << (key * 2 + 21));
  w1 = (w1 & -16) | 3;
  arrive(out, 1, w0, w1, c0);
}

function packed_zapper_at_zap_pmd_range_2(states: Int32Array, offset: number, out: Steps): void {
  let c0 = 0, w0 = states[offset]!, w1 = states[offset + 1]!;
  const index: number = ((w1 >>> 21) & 1) + 1;
  if (((w0 >>> ((index - 1) * 2 + 13)) & 3) !== 2) {
    branches[46] = 1;
    if (0 < ((w1 >>> 14) & 3)) {
      branches[42] = 1;
      w1 = w1 & -2097153;
      w1 = (w1 & -16) | 4;
      arrive(out, 1, w0, w1, c0);
      return;
    } else {
      branches[41] = 1;
    }
    w1 = w1 & -49153;
    w1 = w1 & -2097153;
    w1 = w1 | 15;
    arrive(out, 1, w0, w1, c0);
    return;
  } else {
    branches[45] = 1;
  }
  w1 = (w1 & -16) | 5;
  arrive(out, 1, w0, w1, c0);
}

function packed_zapper_at_zap_huge_pmd_2(states: Int32Array, offset: number, out: Steps): void {
  let c0 = 0, w0 = states[offset]!, w1 = states[offset + 1]!;
  const index: number = ((w1 >>> 21) & 1) + 1;
  if (((w0 >>> ((index - 1) * 2 + 13)) & 3) !== 1) {
    branches[51] = 1;
    w1 = (w1 & -16) | 6;
    arrive(out, 1, w0, w1, c0);
    return;
  } else {
    branches[50] = 1;
  }
  w1 = (w1 & -16) | 7;
  arrive(out, 1, w0, w1, c0);
}

function packed_zapper_at_zapper_2(states: Int32Array, offset: number, out: Steps): void {
  let c0 = 0, w0 = states[offset]!, w1 = states[offset + 1]!;
  const t: number = (w0 >>> 29) - ((w1 >>> 14) & 3);
  if (!(t >= 0)) {
    faulted(out, 1, 26, c0);
    return;
  }
  w0 = (w0 & 536870911) | (t << 29);
  w1 = w1 & -49153;
  w1 = w1 | 15;
  arrive(out, 1, w0, w1, c0);
}

function packed_zapper_at_zap_pte_range_1(states: Int32Array, offset: number, out: Steps): void {
  let c0 = 0, noted = out.noteCount, w0 = states[offset]!, w1 = states[offset + 1]!;
  const key: number = (w1 >>> 21) & 1;
  if (((w0 >>> (key * 2 + 25)) & 3) === 2) {
    faulted(out, 1, 27, c0);
    return;
  }
  if (((w0 >>> (key * 2 + 25)) & 3) !== 0) {
    out.noteCount = noted;
    return;
  }
  for (let l = 0; l < 2; l += 1) {
    if (((w0 >>> (l * 2 + 25)) & 3) === 2) {
      out.note(out.count, lockOrder(6, l + 2, key + 2));
    }
  }
  w0 = (w0 & ~(3 << (key * 2 + 25))) | (2 << (key * 2 + 25));
  w1 = w1 & -4194305;
  w1 = (w1 & -16) | 8;
  arrive(out, 1, w0, w1, c0);
}

function packed_zapper_at_zap_huge_pmd_3(states: Int32Array, offset: number, out: Steps): void {
  let c0 = 0, w0 = states[offset]!, w1 = states[offset + 1]!;
  const key: number = (w1 >>> 21) & 1;
  const owns: number = ((w0 >>> (key * 2 + 21)) & 3) === 2 ? 1 : 0;
  if (!(((w0 >>> (key * 2 + 21)) & 3) === 2)) {
    faulted(out, 1, 28, c0);
    return;
  }
  if (owns !== 0) {
    w0 = w0 & ~(3 << (key * 2 + 21));
  }
  branches[48] = 1;
  w1 = (w1 & -16) | 2;
  arrive(out, 1, w0, w1, c0);
}

function packed_zapper_at_zap_huge_pmd_4(states: Int32Array, offset: number, out: Steps): void {
  let c0 = 0, w0 = states[offset]!, w1 = states[offset + 1]!;
  const index: number = ((w1 >>> 21) & 1) + 1;
  {
    const shift = (index - 1) * 2 + 13;
    w0 = w0 & ~(3 << shift);
  }
  branches[9] = 1;
  w1 = w1 & -8388609;
  w1 = (w1 & -16) | 9;
  arrive(out, 1, w0, w1, c0);
}

function packed_zapper_at_zap_pte_range_2(states: Int32Array, offset: number, out: Steps): void {
  let c0 = 0, w0 = states[offset]!, w1 = states[offset + 1]!;
  const index: number = ((w1 >>> 21) & 1) + 1;
  const index_2: number = (w1 >>> 22) & 1;
  const zap_pte_range_ptent: number = (w0 >>> (((index - 1) * 2 + index_2) * 2)) & 3;
  if (zap_pte_range_ptent === 1) {
    branches[44] = 1;
    w1 = (w1 & -16) | 10;
    arrive(out, 1, w0, w1, c0);
    return;
  } else {
    branches[43] = 1;
  }
  if (((w1 >>> 22) & 1) !== 1) {
    const t: number = ((w1 >>> 22) & 1) + 1;
    if (!(t <= 1)) {
      faulted(out, 1, 30, c0);
      return;
    }
    w1 = (w1 & -4194305) | (t << 22);
    w1 = (w1 & -16) | 8;
    arrive(out, 1, w0, w1, c0);
    return;
  } else {
    w1 = w1 & -4194305;
    w1 = (w1 & -16) | 11;
    arrive(out, 1, w0, w1, c0);
    return;
  }
}

function packed_zapper_at_zap_huge_pmd_cleared(states: Int32Array, offset: number, out: Steps): void {
  let c0 = 0, w0 = states[offset]!, w1 = states[offset + 1]!;
  const index: number = (w1 >>> 23) & 1;
  const index_2: number = (w1 >>> 23) & 1;
  const t: number = ((w0 >>> (index * 2 + 17)) & 3) - 1;
  if (!(t >= 0)) {
    faulted(out, 1, 7, c0);
    return;
  }
  {
    const shift = index_2 * 2 + 17;
    w0 = (w0 & ~(3 << shift)) | (t << shift);
  }
  if (((w1 >>> 23) & 1) !== 1) {
    const t_2: number = ((w1 >>> 23) & 1) + 1;
    if (!(t_2 <= 1)) {
      faulted(out, 1, 8, c0);
      return;
    }
    w1 = (w1 & -8388609) | (t_2 << 23);
    w1 = (w1 & -16) | 9;
    arrive(out, 1, w0, w1, c0);
    return;
  } else {
    w1 = w1 & -8388609;
    w1 = (w1 & -16) | 12;
    arrive(out, 1, w0, w1, c0);
    return;
  }
}

function packed_zapper_at_zap_pte_range_3(states: Int32Array, offset: number, out: Steps): void {
  let c0 = 0, w0 = states[offset]!, w1 = states[offset + 1]!;
  const index: number = ((w1 >>> 21) & 1) + 1;
  const index_2: number = (w1 >>> 22) & 1;
  const at$: number = (index - 1) * 2 + index_2;
  {
    const shift = at$ * 2;
    w0 = w0 & ~(3 << shift);
  }
  branches[8] = 1;
  w1 = (w1 & -16) | 13;
  arrive(out, 1, w0, w1, c0);
}

function packed_zapper_at_zap_pte_range_unlock(states: Int32Array, offset: number, out: Steps): void {
  let any$ = 0, c0 = 0, w0 = states[offset]!, w1 = states[offset + 1]!;
  const key: number = (w1 >>> 21) & 1;
  const owns: number = ((w0 >>> (key * 2 + 25)) & 3) === 2 ? 1 : 0;
  if (!(((w0 >>> (key * 2 + 25)) & 3) === 2)) {
    faulted(out, 1, 31, c0);
    return;
  }
  if (owns !== 0) {
    w0 = w0 & ~(3 << (key * 2 + 25));
  }
  if (0 < ((w1 >>> 14) & 3)) {
    branches[42] = 1;
    w1 = w1 & -2097153;
    w1 = (w1 & -16) | 4;
    arrive(out, 1, w0, w1, c0);
    return;
  } else {
    branches[41] = 1;
  }
  any$ = 0;
  for (let l = 0; l < 2; l += 1) {
    if (((w0 >>> (l * 2 + 25)) & 3) === 2) {
      any$ = 1;
    }
  }
  if (any$ !== 0) {
    faulted(out, 1, 29, c0);
    return;
  }
  w1 = w1 & -49153;
  w1 = w1 & -2097153;
  w1 = w1 | 15;
  arrive(out, 1, w0, w1, c0);
}

function packed_zapper_at_page_remove_rmap_2(states: Int32Array, offset: number, out: Steps): void {
  let c0 = 0, w0 = states[offset]!, w1 = states[offset + 1]!;
  const t: number = ((w1 >>> 6) & 3) - 1;
  if (!(t >= 0)) {
    faulted(out, 1, 13, c0);
    return;
  }
  w1 = (w1 & -193) | (t << 6);
  w1 = (w1 & -16) | 14;
  arrive(out, 1, w0, w1, c0);
}

function packed_zapper_at_zap_pte_range_cleared(states: Int32Array, offset: number, out: Steps): void {
  let c0 = 0, w0 = states[offset]!, w1 = states[offset + 1]!;
  const index: number = (w1 >>> 22) & 1;
  const index_2: number = (w1 >>> 22) & 1;
  const t: number = ((w0 >>> (index * 2 + 17)) & 3) - 1;
  if (!(t >= 0)) {
    faulted(out, 1, 14, c0);
    return;
  }
  {
    const shift = index_2 * 2 + 17;
    w0 = (w0 & ~(3 << shift)) | (t << shift);
  }
  const t_2: number = ((w1 >>> 14) & 3) + 1;
  if (!(t_2 <= 2)) {
    faulted(out, 1, 32, c0);
    return;
  }
  w1 = (w1 & -49153) | (t_2 << 14);
  if (((w1 >>> 22) & 1) !== 1) {
    const t_3: number = ((w1 >>> 22) & 1) + 1;
    if (!(t_3 <= 1)) {
      faulted(out, 1, 30, c0);
      return;
    }
    w1 = (w1 & -4194305) | (t_3 << 22);
    w1 = (w1 & -16) | 8;
    arrive(out, 1, w0, w1, c0);
    return;
  } else {
    w1 = w1 & -4194305;
    w1 = (w1 & -16) | 11;
    arrive(out, 1, w0, w1, c0);
    return;
  }
}

function packed_zapper_at_zap_huge_pmd_unlock(states: Int32Array, offset: number, out: Steps): void {
  let any$ = 0, c0 = 0, w0 = states[offset]!, w1 = states[offset + 1]!;
  const key: number = (w1 >>> 21) & 1;
  const owns: number = ((w0 >>> (key * 2 + 21)) & 3) === 2 ? 1 : 0;
  if (!(((w0 >>> (key * 2 + 21)) & 3) === 2)) {
    faulted(out, 1, 33, c0);
    return;
  }
  if (owns !== 0) {
    w0 = w0 & ~(3 << (key * 2 + 21));
  }
  const t: number = ((w1 >>> 14) & 3) + 1;
  if (!(t <= 2)) {
    faulted(out, 1, 34, c0);
    return;
  }
  w1 = (w1 & -49153) | (t << 14);
  branches[49] = 1;
  if (0 < ((w1 >>> 14) & 3)) {
    branches[42] = 1;
    w1 = w1 & -2097153;
    w1 = (w1 & -16) | 4;
    arrive(out, 1, w0, w1, c0);
    return;
  } else {
    branches[41] = 1;
  }
  any$ = 0;
  for (let l = 0; l < 2; l += 1) {
    if (((w0 >>> (l * 2 + 21)) & 3) === 2) {
      any$ = 1;
    }
  }
  if (any$ !== 0) {
    faulted(out, 1, 29, c0);
    return;
  }
  w1 = w1 & -49153;
  w1 = w1 & -2097153;
  w1 = w1 | 15;
  arrive(out, 1, w0, w1, c0);
}

function packed_invariant_unmap_complete(states: Int32Array, offset: number): number {
  return !(((states[offset]! >>> 8) & 31) === 3 && ((states[offset]! >>> 17) & 3) !== 0) ? 1 : 0;
}

function packed_invariant_head_speaks_for_all(states: Int32Array, offset: number): number {
  let exists = 0, both = 0, both_2 = 0;
  both_2 = ((states[offset]! >>> 8) & 31) === 3 && ((states[offset]! >>> 17) & 3) === 0 ? 1 : 0;
  if (both_2 !== 0) {
    both = !(0 < ((states[offset + 1]! >>> 6) & 3)) ? 1 : 0;
    if (both !== 0) {
      exists = 0;
      l1: for (let o = 0; o < 2; o += 1) {
        if (0 < ((states[offset]! >>> (o * 2 + 17)) & 3)) {
          exists = 1;
          break l1;
        }
      }
      both = exists === 0 ? 1 : 0;
    }
    both_2 = both === 0 ? 1 : 0;
  }
  return both_2 === 0 ? 1 : 0;
}

function packed_invariant_window(states: Int32Array, offset: number): number {
  let forall = 0, count = 0;
  forall = 1;
  l1: for (let o = 0; o < 2; o += 1) {
    count = 0;
    for (let o_2 = 0; o_2 < 2; o_2 += 1) {
      count = count + (!(!(((states[offset]! >>> (o_2 * 2 + 13)) & 3) === 2 && ((states[offset]! >>> ((o_2 * 2 + o) * 2)) & 3) === 1) && ((states[offset]! >>> (o_2 * 2 + 13)) & 3) !== 1 && ((states[offset]! >>> (o_2 * 2 + 25)) & 3) === 0 && ((states[offset]! >>> (o_2 * 2 + 21)) & 3) === 0) ? 1 : 0);
    }
    if (!(((states[offset]! >>> (o * 2 + 17)) & 3) <= count)) {
      forall = 0;
      break l1;
    }
  }
  return forall;
}

function packed_invariant_pmd_window_locked(states: Int32Array, offset: number): number {
  let count = 0;
  count = 0;
  for (let o = 0; o < 2; o += 1) {
    count = count + (!(((states[offset]! >>> (o * 2 + 13)) & 3) !== 1 && ((states[offset]! >>> (o * 2 + 21)) & 3) === 0) ? 1 : 0);
  }
  return ((states[offset + 1]! >>> 6) & 3) <= count ? 1 : 0;
}

function packed_cover_split_succeeds(states: Int32Array, offset: number): number {
  return ((states[offset]! >>> 8) & 31) === 16 ? 1 : 0;
}

function packed_cover_split_fails(states: Int32Array, offset: number): number {
  return ((states[offset]! >>> 8) & 31) === 9 ? 1 : 0;
}

function packed_cover_late_reference(states: Int32Array, offset: number): number {
  let exists = 0, both = 0, both_2 = 0;
  both_2 = ((states[offset]! >>> 8) & 31) === 9 ? 1 : 0;
  if (both_2 !== 0) {
    both = !(0 < ((states[offset + 1]! >>> 6) & 3)) ? 1 : 0;
    if (both !== 0) {
      exists = 0;
      l1: for (let o = 0; o < 2; o += 1) {
        if (0 < ((states[offset]! >>> (o * 2 + 17)) & 3)) {
          exists = 1;
          break l1;
        }
      }
      both = exists === 0 ? 1 : 0;
    }
    both_2 = both;
  }
  return both_2 !== 0 && 0 < states[offset]! >>> 29 ? 1 : 0;
}

function packed_invariant_freeze_safe(states: Int32Array, offset: number): number {
  let forall = 0, forall_2 = 0, both = 0, forall_3 = 0, both_2 = 0, both_3 = 0;
  both_3 = ((states[offset]! >>> 8) & 31) === 16 ? 1 : 0;
  if (both_3 !== 0) {
    forall = 1;
    l1: for (let o = 0; o < 2; o += 1) {
      both = ((states[offset]! >>> (o * 2 + 13)) & 3) !== 1 ? 1 : 0;
      if (both !== 0) {
        forall_2 = 1;
        l2: for (let o_2 = 0; o_2 < 2; o_2 += 1) {
          if (((states[offset]! >>> (o * 2 + 13)) & 3) === 2 && ((states[offset]! >>> ((o * 2 + o_2) * 2)) & 3) === 1) {
            forall_2 = 0;
            break l2;
          }
        }
        both = forall_2;
      }
      if (both === 0) {
        forall = 0;
        break l1;
      }
    }
    both_2 = forall;
    if (both_2 !== 0) {
      forall_3 = 1;
      l3: for (let o_3 = 0; o_3 < 1; o_3 += 1) {
        if (0 < ((states[offset + 1]! >>> (o_3 * 2 + 14)) & 3)) {
          forall_3 = 0;
          break l3;
        }
      }
      both_2 = forall_3;
    }
    both_3 = both_2 === 0 ? 1 : 0;
  }
  return both_3 === 0 ? 1 : 0;
}

function packed_invariant_settled(states: Int32Array, offset: number): number {
  let forall = 0, both = 0, count = 0, forall_2 = 0, count_2 = 0, both_2 = 0, sum = 0, count_3 = 0, both_3 = 0, both_4 = 0;
  both = ((states[offset]! >>> 8) & 31) === 29 ? 1 : 0;
  if (both !== 0) {
    forall = 1;
    l1: for (let o = 0; o < 1; o += 1) {
      if (((states[offset + 1]! >>> (o * 4)) & 15) !== 15) {
        forall = 0;
        break l1;
      }
    }
    both = forall;
  }
  both_4 = both;
  if (both_4 !== 0) {
    count = 0;
    for (let o_2 = 0; o_2 < 2; o_2 += 1) {
      count = count + (((states[offset]! >>> (o_2 * 2 + 13)) & 3) === 1 ? 1 : 0);
    }
    both_2 = ((states[offset + 1]! >>> 6) & 3) === count ? 1 : 0;
    if (both_2 !== 0) {
      forall_2 = 1;
      l3: for (let o_3 = 0; o_3 < 2; o_3 += 1) {
        count_2 = 0;
        for (let o_4 = 0; o_4 < 2; o_4 += 1) {
          count_2 = count_2 + (((states[offset]! >>> (o_4 * 2 + 13)) & 3) === 2 && ((states[offset]! >>> ((o_4 * 2 + o_3) * 2)) & 3) === 1 ? 1 : 0);
        }
        if (((states[offset]! >>> (o_3 * 2 + 17)) & 3) !== count_2 + ((states[offset + 1]! >>> 6) & 3)) {
          forall_2 = 0;
          break l3;
        }
      }
      both_2 = forall_2;
    }
    both_3 = both_2;
    if (both_3 !== 0) {
      sum = 0;
      for (let o_5 = 0; o_5 < 2; o_5 += 1) {
        count_3 = 0;
        for (let o_6 = 0; o_6 < 2; o_6 += 1) {
          count_3 = count_3 + (((states[offset]! >>> (o_5 * 2 + 13)) & 3) === 2 && ((states[offset]! >>> ((o_5 * 2 + o_6) * 2)) & 3) === 1 ? 1 : 0);
        }
        sum = sum + count_3;
      }
      both_3 = states[offset]! >>> 29 === ((states[offset + 1]! >>> 6) & 3) + sum ? 1 : 0;
    }
    both_4 = both_3 === 0 ? 1 : 0;
  }
  return both_4 === 0 ? 1 : 0;
}

function packed_cover_pte_window(states: Int32Array, offset: number): number {
  let exists = 0, both = 0;
  both = ((states[offset]! >>> 8) & 31) === 3 ? 1 : 0;
  if (both !== 0) {
    exists = 0;
    l1: for (let o = 0; o < 1; o += 1) {
      if (((states[offset + 1]! >>> (o * 4)) & 15) === 13) {
        exists = 1;
        break l1;
      }
    }
    both = exists;
  }
  return both;
}

function packed_cover_pmd_window(states: Int32Array, offset: number): number {
  let exists = 0, both = 0;
  both = ((states[offset]! >>> 8) & 31) === 3 ? 1 : 0;
  if (both !== 0) {
    exists = 0;
    l1: for (let o = 0; o < 1; o += 1) {
      if (((states[offset + 1]! >>> (o * 4)) & 15) === 9) {
        exists = 1;
        break l1;
      }
    }
    both = exists;
  }
  return both;
}

function packed_cover_contended(states: Int32Array, offset: number): number {
  let exists = 0, both = 0;
  both = ((states[offset]! >>> 8) & 31) === 23 ? 1 : 0;
  if (both !== 0) {
    exists = 0;
    l1: for (let o = 0; o < 1; o += 1) {
      if (((states[offset + 1]! >>> (o * 4)) & 15) === 13) {
        exists = 1;
        break l1;
      }
    }
    both = exists;
  }
  return both;
}

function packed_label_page_vma_mapped_walk_pmd_mapped(states: Int32Array, offset: number): number {
  let found = 0;
  found = 0;
  for (let k = 0; k < 1; k += 1) {
    found = found !== 0 || ((states[offset]! >>> (k * 5 + 8)) & 31) === 21 ? 1 : 0;
  }
  return found;
}

function packed_label_page_vma_mapped_walk_peeked(_states: Int32Array, _offset: number): number {
  return 0;
}

function packed_label_page_vma_mapped_walk_late_lock(states: Int32Array, offset: number): number {
  let found = 0;
  found = 0;
  for (let k = 0; k < 1; k += 1) {
    found = found !== 0 || ((states[offset]! >>> (k * 5 + 8)) & 31) === 19 ? 1 : 0;
  }
  return found;
}

function arrive(out: Steps, mover: number, w0: number, w1: number, c0: number): void {
  const step = out.count;
  if (step === out.mover.length) out.grow();
  const first = step * 2;
  out.words[first] = w0;
  out.words[first + 1] = w1;
  out.mover[step] = mover;
  out.fault[step] = -1;
  out.weights[step] = c0;
  out.count = step + 1;
}

function faulted(out: Steps, mover: number, fault: number, c0: number): void {
  const step = out.count;
  if (step === out.mover.length) out.grow();
  out.mover[step] = mover;
  out.fault[step] = fault;
  out.weights[step] = c0;
  out.count = step + 1;
}

const orders = new Map<number, number>();

/** The number of the note that a lock was taken while another was held. */
function lockOrder(site: number, held: number, taken: number): number {
  const key = (site * 4 + held) * 4 + taken;
  const known = orders.get(key);
  if (known !== undefined) return known;
  const note = { kind: "lock-order" as const, held: lockNames[held]!, taken: lockNames[taken]!, place: orderPlaces[site]! };
  orders.set(key, notes.push(note) - 1);
  return notes.length - 1;
}

/** The machine over packed states: `width` words of an Int32Array each. */
export const packed = {
  sources: ["any-order-sync.weft", "any-order.weft", "pre-patch.weft"],
  width: 2,
  /** Who takes steps: process instances, then actions. */
  movers: [
    { kind: "process", name: "splitter", mustFinish: true },
    { kind: "process", name: "zapper[1]", mustFinish: true },
  ],
  costs: ["idle_locks"],
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
    switch ((states[offset]! >>> 8) & 31) {
      case 0: packed_splitter_at_split_huge_page_to_list_1(states, offset, out); break;
      case 1: packed_splitter_at_try_to_unmap_1(states, offset, out); break;
      case 2: packed_splitter_at_try_to_unmap_2(states, offset, out); break;
      case 3: packed_splitter_at_try_to_unmap_tested(states, offset, out); break;
      case 4: packed_splitter_at___split_huge_pmd_2(states, offset, out); break;
      case 5: packed_splitter_at_split_huge_page_to_list_3(states, offset, out); break;
      case 6: packed_splitter_at___split_huge_pmd_locked_7(states, offset, out); break;
      case 7: packed_splitter_at___split_huge_pmd_3(states, offset, out); break;
      case 8: packed_splitter_at_split_huge_page_to_list_freeze(states, offset, out); break;
      case 9: packed_splitter_at_split_huge_page_to_list_ebusy(states, offset, out); break;
      case 10: packed_splitter_at_page_remove_rmap_1(states, offset, out); break;
      case 11: packed_splitter_at_page_vma_mapped_walk_not_found(states, offset, out); break;
      case 12: packed_splitter_at_try_to_unmap_one_found(states, offset, out); break;
      case 13: packed_splitter_at_page_vma_mapped_walk_8(states, offset, out); break;
      case 14: packed_splitter_at_page_vma_mapped_walk_1(states, offset, out); break;
      case 15: packed_splitter_at_try_to_unmap_3(states, offset, out); break;
      case 16: packed_splitter_at_split_huge_page_to_list_frozen(states, offset, out); break;
      case 17: packed_splitter_at_page_remove_rmap_2(states, offset, out); break;
      case 18: packed_splitter_at_try_to_unmap_one_remove_rmap(states, offset, out); break;
      case 19: packed_splitter_at_page_vma_mapped_walk_late_lock(states, offset, out); break;
      case 20: packed_splitter_at_check_pte_1(states, offset, out); break;
      case 21: packed_splitter_at_page_vma_mapped_walk_pmd_mapped(states, offset, out); break;
      case 22: packed_splitter_at_page_vma_mapped_walk_pmd_sync(states, offset, out); break;
      case 23: packed_splitter_at_map_pte_lock(states, offset, out); break;
      case 24: packed_splitter_at___split_huge_pmd_locked_8(states, offset, out); break;
      case 25: packed_splitter_at_try_to_unmap_one_3(states, offset, out); break;
      case 26: packed_splitter_at_page_vma_mapped_walk_3(states, offset, out); break;
      case 27: packed_splitter_at_page_vma_mapped_walk_6(states, offset, out); break;
      case 28: packed_splitter_at_page_vma_mapped_walk_4(states, offset, out); break;
    }
    switch (states[offset + 1]! & 15) {
      case 0: packed_zapper_at_zapper_1(states, offset, out); break;
      case 1: packed_zapper_at_zap_huge_pmd_1(states, offset, out); break;
      case 2: packed_zapper_at_zap_pmd_range_2(states, offset, out); break;
      case 3: packed_zapper_at_zap_huge_pmd_2(states, offset, out); break;
      case 4: packed_zapper_at_zapper_2(states, offset, out); break;
      case 5: packed_zapper_at_zap_pte_range_1(states, offset, out); break;
      case 6: packed_zapper_at_zap_huge_pmd_3(states, offset, out); break;
      case 7: packed_zapper_at_zap_huge_pmd_4(states, offset, out); break;
      case 8: packed_zapper_at_zap_pte_range_2(states, offset, out); break;
      case 9: packed_zapper_at_zap_huge_pmd_cleared(states, offset, out); break;
      case 10: packed_zapper_at_zap_pte_range_3(states, offset, out); break;
      case 11: packed_zapper_at_zap_pte_range_unlock(states, offset, out); break;
      case 12: packed_zapper_at_page_remove_rmap_2(states, offset, out); break;
      case 13: packed_zapper_at_zap_pte_range_cleared(states, offset, out); break;
      case 14: packed_zapper_at_zap_huge_pmd_unlock(states, offset, out); break;
    }
  },
  /** Has this mover, a process instance, come to its end? */
  finished(states: Int32Array, offset: number, mover: number): boolean {
    if (mover < 1) {
      return ((states[offset]! >>> 8) & 31) === 29;
    }
    if (mover < 2) {
      return (states[offset + 1]! & 15) === 15;
    }
    return false;
  },
  /** Does no process stand at local work? Properties are judged in such states only. */
  atRest(_states: Int32Array, _offset: number): boolean {
    return true;
  },
  /** 1 holds, 0 does not, 2 cannot be evaluated. */
  statePredicates: [
    { kind: "invariant", name: "unmap_complete", evaluate: packed_invariant_unmap_complete },
    { kind: "invariant", name: "head_speaks_for_all", evaluate: packed_invariant_head_speaks_for_all },
    { kind: "invariant", name: "window", evaluate: packed_invariant_window },
    { kind: "invariant", name: "pmd_window_locked", evaluate: packed_invariant_pmd_window_locked },
    { kind: "cover", name: "split_succeeds", evaluate: packed_cover_split_succeeds },
    { kind: "cover", name: "split_fails", evaluate: packed_cover_split_fails },
    { kind: "cover", name: "late_reference", evaluate: packed_cover_late_reference },
    { kind: "invariant", name: "freeze_safe", evaluate: packed_invariant_freeze_safe },
    { kind: "invariant", name: "settled", evaluate: packed_invariant_settled },
    { kind: "cover", name: "pte_window", evaluate: packed_cover_pte_window },
    { kind: "cover", name: "pmd_window", evaluate: packed_cover_pmd_window },
    { kind: "cover", name: "contended", evaluate: packed_cover_contended },
    { kind: "label", name: "page_vma_mapped_walk.pmd_mapped", evaluate: packed_label_page_vma_mapped_walk_pmd_mapped },
    { kind: "label", name: "page_vma_mapped_walk.peeked", evaluate: packed_label_page_vma_mapped_walk_peeked },
    { kind: "label", name: "page_vma_mapped_walk.late_lock", evaluate: packed_label_page_vma_mapped_walk_late_lock },
  ],
  stepPredicates: [],
} as const;
