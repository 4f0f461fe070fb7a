// The layout of the CPU0/CPU1 columns, row by row.

import fc from "fast-check";
import { expect, test } from "vitest";
import { drawColumns } from "../../src/report/columns.ts";
import type { Narrative, Row } from "../../src/report/narrate.ts";

/** Rows as `[column, depth, text, values?, mark?]`. */
type Short = readonly [number, number, string, (string | undefined)?, string?];

function story(roles: readonly (string | null)[], rows: readonly Short[]): Narrative {
  return {
    columns: roles.map((role, index) => ({
      title: role === null ? "env" : `CPU${index}`,
      role,
      movers: [index],
    })),
    rows: rows.map(([column, depth, text, values, mark], step): Row => {
      const kind = text.endsWith("()") ? "call" : "step";
      return {
        column,
        depth,
        text,
        values: values?.split(", ") ?? [],
        kind,
        step,
        mark: mark ?? null,
      };
    }),
  };
}

test("two CPUs stand at 8 and 40, as in a commit message", () => {
  const drawn = drawColumns(
    story(
      ["split_huge_page", "munmap"],
      [
        [1, 0, "zap_pte_range()"],
        [1, 1, "spin_lock(pte_ptl)"],
        [1, 1, "ptep_get_and_clear_full()", "pte none"],
        [0, 0, "try_to_unmap_one()"],
        [0, 1, "page_vma_mapped_walk()"],
        [0, 2, "!pte_present(*pvmw->pte)", "pte == none"],
        [0, 0, "page_mapcount(page) == 1", undefined, "unmap_complete violated"],
        [1, 1, "page_remove_rmap()", "mapcount 0"],
      ],
    ),
  );
  expect(drawn).toMatchInlineSnapshot(`
    "        CPU0 (split_huge_page)          CPU1 (munmap)
            ----                            ----
                                            zap_pte_range()
                                              spin_lock(pte_ptl)
                                              ptep_get_and_clear_full() [pte none]
            try_to_unmap_one()
              page_vma_mapped_walk()
                !pte_present(*pvmw->pte)
                  [pte == none]
            page_mapcount(page) == 1
              <-- unmap_complete violated
                                              page_remove_rmap() [mapcount 0]"
  `);
});

test("the right column moves in steps of four when the left one needs it", () => {
  const drawn = drawColumns(
    story(
      ["splitter", "zapper"],
      [
        [0, 0, "split_huge_page_to_list()"],
        [0, 1, "unmap_page()"],
        [0, 2, "try_to_unmap()"],
        [0, 3, "try_to_unmap_one()"],
        [0, 4, "page_vma_mapped_walk()"],
        [0, 5, "pmde = READ_ONCE(*pvmw->pmd)", "pmd[1] == none"],
        [1, 0, "zap_huge_pmd()"],
        [1, 1, "page_remove_rmap()", "compound_mapcount 0"],
      ],
    ),
  );
  expect(drawn).toMatchInlineSnapshot(`
    "        CPU0 (splitter)                         CPU1 (zapper)
            ----                                    ----
            split_huge_page_to_list()
              unmap_page()
                try_to_unmap()
                  try_to_unmap_one()
                    page_vma_mapped_walk()
                      pmde = READ_ONCE(*pvmw->pmd)
                        [pmd[1] == none]
                                                    zap_huge_pmd()
                                                      page_remove_rmap()
                                                        [compound_mapcount 0]"
  `);
});

test("three CPUs stand 24 apart, the environment has a column of its own", () => {
  const drawn = drawColumns(
    story(
      ["rm[1]", "rm[2]", "tm", null],
      [
        [0, 0, "prepare"],
        [1, 0, "prepare"],
        [3, 0, "lose a message"],
        [2, 0, "commit", "tm_state committed", "consistent violated"],
      ],
    ),
  );
  expect(drawn).toMatchInlineSnapshot(`
    "        CPU0 (rm[1])            CPU1 (rm[2])            CPU2 (tm)                   env
            ----                    ----                    ----                        ---
            prepare
                                    prepare
                                                                                        lose a message
                                                            commit
                                                              [tm_state committed]
                                                              <-- consistent violated"
  `);
});

test("one CPU needs one column; what the trace starts from stands above", () => {
  const drawn = drawColumns(story(["main"], [[0, 0, "x := 1", "x 1"]]), {
    beginning: [
      "linked[*] true",
      "pmd[1] huge",
      "pmd[2] none",
      "pte[1][*] present",
      "pte[2][*] none",
    ],
  });
  expect(drawn).toMatchInlineSnapshot(`
    "        { linked[*] true; pmd[1] huge; pmd[2] none; pte[1][*] present;
              pte[2][*] none }

            CPU0 (main)
            ----
            x := 1 [x 1]"
  `);
});

test("a cell that is too long goes on in the next row, indented by two", () => {
  const drawn = drawColumns(
    story(
      ["a", "b"],
      [
        [0, 0, "wait until every reader that saw the old list has left its critical section"],
        [1, 3, "list_for_each_entry_rcu_lockless_notrace(position, &head->list, member)"],
        [
          1,
          0,
          "x := 1",
          "first 1, second 2, third 3, fourth 4, fifth 5, sixth 6",
          "property_with_a_long_name violated",
        ],
      ],
    ),
  );
  expect(drawn).toMatchInlineSnapshot(`
    "        CPU0 (a)                        CPU1 (b)
            ----                            ----
            wait until every reader that
              saw the old list has left
              its critical section
                                                  list_for_each_entry_rcu_lockless_
                                                    notrace(position, &head->list,
                                                    member)
                                            x := 1
                                              [first 1, second 2, third 3, fourth 4,
                                                fifth 5, sixth 6]
                                              <-- property_with_a_long_name violated"
  `);
});

test("wide characters take two columns each", () => {
  const drawn = drawColumns(
    story(
      ["a", "b"],
      [
        [0, 1, "全角文字の説明がとても長いときでも列は揃うべきである"],
        [1, 0, "émoji 🚀 write", "n 1"],
      ],
    ),
  );
  expect(drawn).toMatchInlineSnapshot(`
    "        CPU0 (a)                        CPU1 (b)
            ----                            ----
              全角文字の説明がとても長いと
                きでも列は揃うべきである
                                            émoji 🚀 write [n 1]"
  `);
});

test("a value that is too long for its column is broken at its blanks", () => {
  const drawn = drawColumns(
    story(
      ["a", "b"],
      [
        [0, 3, "send()", "box {{ kind: get, to: 1 }, { kind: put, to: 2 }}, i 1"],
        [1, 4, "recv()", "box {{ kind: get, to: 1 }, { kind: put, to: 2 }}, i 2"],
      ],
    ),
  );
  expect(drawn).toMatchInlineSnapshot(`
    "        CPU0 (a)                        CPU1 (b)
            ----                            ----
                  send()
                    [box {{ kind: get,
                      to: 1 },
                      { kind: put,
                      to: 2 }}, i 1]
                                                    recv()
                                                      [box {{ kind: get, to: 1 },
                                                        { kind: put, to: 2 }}, i 2]"
  `);
});

const words = fc.array(fc.stringMatching(/^[a-z_()]{1,45}$/), { minLength: 1, maxLength: 8 });
const row = fc.record({
  column: fc.nat({ max: 1 }),
  depth: fc.nat({ max: 9 }),
  text: words.map((list) => list.join(" ")),
  values: fc.array(fc.stringMatching(/^[a-z0-9 ]{1,30}$/), { maxLength: 4 }),
  kind: fc.constantFrom("call", "step"),
  step: fc.nat(),
  mark: fc.option(fc.stringMatching(/^[a-z ]{1,50}$/)),
} as const);

test("a value that begins with blanks makes no empty line", () => {
  const [, , ...body] = drawColumns(
    story(
      ["a", "b"],
      [
        [1, 7, ")", "0,     aa"],
        [0, 3, "_)(aa_a)a() (((a_a_a_ aaaaaaaaaaa _)_"],
      ],
    ),
  ).split("\n");
  expect(body.filter((line) => line.trim() === "")).toEqual([]);
});

test("whatever the rows: at most 80 columns, no tabs, no blanks at line ends, no overlap", () => {
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 12 }), (rows) => {
      const columns = story(["first", "second"], []).columns;
      const [head = "", dashes = "", ...body] = drawColumns({ columns, rows }).split("\n");
      const right = head.indexOf("CPU1");
      expect(head.indexOf("CPU0")).toBe(8);
      expect(right % 4).toBe(0);
      expect(right).toBeGreaterThanOrEqual(40);
      expect(dashes).toBe(`${" ".repeat(8)}----${" ".repeat(right - 12)}----`);
      for (const line of body) {
        expect(line.length).toBeLessThanOrEqual(80);
        expect(line).toMatch(/^ {8,}\S/);
        expect(line).not.toMatch(/\s$|\t/);
        const onRight = line.slice(0, right).trim() === "";
        if (!onRight) expect(line.length).toBeLessThan(right - 1);
      }
    }),
  );
});
