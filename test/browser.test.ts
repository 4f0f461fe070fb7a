// Pages in a real browser: they open from a file without a word of complaint, and do what a reader asks of them.

import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { needBrowser, type PageOpener, startBrowser } from "./support/browser.ts";
import { pageOfCheck, pageOfDiff, pageOfVaried, specHere } from "./support/pages.ts";
import { machineOf } from "./support/spec.ts";

let browser: PageOpener | null = null;
let thp = "";
let peterson = "";

beforeAll(async () => {
  browser = await startBrowser();
  thp = await pageOfDiff(
    ["pre-patch", specHere("thp-unmap/pre-patch.weft")],
    ["post-patch", specHere("thp-unmap/post-patch.weft")],
  );
  peterson = await pageOfCheck(specHere("classics/peterson-turn-first.weft"));
}, 60_000);

afterAll(() => browser?.close());

const patience = { timeout: 60_000 };

/** How far the page can be moved sideways, in pixels. */
function overflowOf(page: Page): Promise<unknown> {
  return page.evaluate(
    "document.documentElement.scrollWidth - document.documentElement.clientWidth",
  );
}

/** The number of the moment that is shown. */
async function momentOf(page: Page): Promise<number> {
  const current = page.locator(".moment[aria-current]");
  expect(await current.count()).toBe(1);
  return Number(await current.getAttribute("data-moment"));
}

test(
  "a comparison opens with its verdicts, and follows the old counterexample",
  patience,
  async (context) => {
    const { page, complaints } = await needBrowser(context, browser).open(thp);
    expect(await page.title()).toBe("pre-patch → post-patch");
    expect(await page.locator("#verdicts tr.flips th").allTextContents()).toEqual([
      "invariant unmap_complete",
      "invariant head_speaks_for_all",
      "cover pte_window",
    ]);
    expect(await momentOf(page)).toBe(0);
    for (let step = 0; step < 11; step += 1) await page.keyboard.press("ArrowRight");
    expect(await momentOf(page)).toBe(11);
    const splitter = page.locator(".states tr", { hasText: /^≠?\s*splitter/ }).first();
    expect(await splitter.locator("td").allTextContents()).toEqual([
      "before !pte_present(*pvmw->pte)",
      "before spin_lock(pvmw->ptl): waits for pte_ptl[1], held by zapper[1]",
    ]);
    const sources = page.locator(".source");
    expect(await sources.nth(0).locator(".stopped").count()).toBe(0);
    expect(await sources.nth(1).locator(".stopped .code").allTextContents()).toEqual([
      expect.stringContaining("acquire pte_ptl[m]"),
    ]);
    expect(await page.locator(".parting").textContent()).toContain("no continuation violates");
    await page.keyboard.press("End");
    expect(await page.locator(".moment[aria-current] .mark").textContent()).toBe(
      "<-- unmap_complete violated",
    );
    expect(complaints).toEqual([]);
  },
);

test("the line of the step is marked and in sight in both texts", patience, async (context) => {
  const { page } = await needBrowser(context, browser).open(thp);
  for (let step = 0; step < 5; step += 1) await page.keyboard.press("ArrowRight");
  const panels = page.locator(".source");
  expect(await panels.count()).toBe(2);
  for (const panel of await panels.all()) {
    const main = panel.locator(".line.main");
    expect(await main.locator(".code").textContent()).toContain("pte[m][i] := none");
    const box = await panel.locator(".scroll").boundingBox();
    const line = await main.boundingBox();
    expect(line?.y).toBeGreaterThanOrEqual(box?.y ?? 0);
    expect((line?.y ?? 0) + (line?.height ?? 0)).toBeLessThanOrEqual(
      (box?.y ?? 0) + (box?.height ?? 0),
    );
  }
  const changed = page.locator(".states td.changed");
  expect(await changed.allTextContents()).toContain("present none");
});

test("keys, buttons, the slider and rows all step", patience, async (context) => {
  const { page } = await needBrowser(context, browser).open(thp);
  await page.keyboard.press("End");
  expect(await momentOf(page)).toBe(14);
  await page.keyboard.press("ArrowLeft");
  expect(await momentOf(page)).toBe(13);
  await page.keyboard.press("Home");
  expect(await momentOf(page)).toBe(0);
  await page.keyboard.press("d");
  expect(await momentOf(page)).toBe(11);
  await page.getByRole("button", { name: "One step back" }).click();
  expect(await momentOf(page)).toBe(10);
  await page.locator(".moment[data-moment='3']").click();
  expect(await momentOf(page)).toBe(3);
  await page.getByRole("slider").fill("7");
  expect(await momentOf(page)).toBe(7);
  expect(await page.locator("[aria-live=polite]").first().textContent()).toMatch(/^7 of 14: /);
  // In a list, keys choose in the list.
  await page.getByRole("combobox", { name: "Story" }).focus();
  await page.keyboard.press("Home");
  expect(await momentOf(page)).toBe(7);
});

test(
  "other stories are found in the list, the matrix and the sections",
  patience,
  async (context) => {
    const { page, complaints } = await needBrowser(context, browser).open(thp);
    const list = page.getByRole("combobox", { name: "Story" });
    const stories = await list.locator("option").allTextContents();
    for (const [index, story] of stories.entries()) {
      await list.selectOption({ index });
      await page.keyboard.press("Tab");
      await page.keyboard.press("End");
      expect(await momentOf(page), story).toBeGreaterThan(0);
    }
    await page.getByRole("button", { name: /^violated 15 steps/ }).click();
    expect(await list.locator("option:checked").textContent()).toContain("head_speaks_for_all");
    await page.getByRole("button", { name: "greatest cost idle_locks" }).click();
    expect(await page.locator(".lane").first().isVisible()).toBe(true);
    expect(complaints).toEqual([]);
  },
);

test(
  "the graph of both versions tells the states apart, and where they stand",
  patience,
  async (context) => {
    const { page } = await needBrowser(context, browser).open(thp);
    expect(await page.locator("#graph svg .node").count()).toBe(165);
    expect(await page.locator("#graph svg .node.removed").count()).toBe(17);
    expect(await page.locator("#graph svg .node.added").count()).toBe(0);
    await page.keyboard.press("d");
    expect(await page.locator("#graph svg .node.at-0.at-1").count()).toBe(1);
    expect(await page.locator("#graph svg .node.way").count()).toBe(2);
    await page.locator("#graph svg .node.at-0").click();
    expect(await page.locator("#graph pre.node").textContent()).toMatch(/^51\nlinked\[1\] true\n/);
  },
);

test("dark and light follow the system, and a key changes them", patience, async (context) => {
  const opener = needBrowser(context, browser);
  const background = (page: Page): Promise<string> =>
    page.evaluate("getComputedStyle(document.body).backgroundColor");
  const light = (await opener.open(thp)).page;
  const dark = (await opener.open(thp, { colorScheme: "dark" })).page;
  const [lightColor, darkColor] = [await background(light), await background(dark)];
  expect(lightColor).not.toBe(darkColor);
  await light.keyboard.press("t");
  expect(await background(light)).toBe(darkColor);
  await dark.getByRole("button", { name: "Dark or light" }).click();
  expect(await background(dark)).toBe(lightColor);
});

test("the keys are told, and the dialogue can be left", patience, async (context) => {
  const { page } = await needBrowser(context, browser).open(thp);
  await page.keyboard.press("?");
  expect(await page.getByRole("dialog", { name: "Keys" }).isVisible()).toBe(true);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Escape");
  expect(await page.getByRole("dialog", { name: "Keys" }).isVisible()).toBe(false);
  expect(await momentOf(page)).toBe(0);
});

test("a phone shows everything without moving the page sideways", patience, async (context) => {
  const opener = needBrowser(context, browser);
  for (const html of [thp, peterson]) {
    const { page, complaints } = await opener.open(html, { viewport: { width: 360, height: 740 } });
    await page.keyboard.press("End");
    expect(await overflowOf(page)).toBe(0);
    expect(await page.locator(".moment[aria-current] .mark").isVisible()).toBe(true);
    expect(complaints).toEqual([]);
  }
});

test("on paper there is the whole story and no button", patience, async (context) => {
  const { page } = await needBrowser(context, browser).open(thp);
  await page.emulateMedia({ media: "print" });
  expect(await page.locator(".bar").isVisible()).toBe(false);
  const tracks = page.locator(".tracks");
  const hidden = await tracks.evaluate((box) => box.scrollHeight - box.clientHeight);
  expect(hidden).toBeLessThanOrEqual(1);
});

test("under several parameters each choice has its own behaviours", patience, async (context) => {
  const specs = ["thp-unmap/pre-patch.weft", "thp-unmap/post-patch.weft"] as const;
  const html = await pageOfVaried(...specs, "DEBUG_VM", ["false", "true"]);
  const { page, complaints } = await needBrowser(context, browser).open(html);
  expect(
    await page.locator(".matrix").first().locator("thead th[colspan]").allTextContents(),
  ).toEqual(["DEBUG_VM = false", "DEBUG_VM = true"]);
  const choice = page.getByRole("combobox", { name: "Parameters" });
  expect(await choice.inputValue()).toBe("0");
  await page.locator("tr", { hasText: "assert bug_unmap" }).getByRole("button").first().click();
  expect(await choice.inputValue()).toBe("1");
  await page.keyboard.press("d");
  expect(await page.locator(".parting").textContent()).toContain("On thp-unmap/post-patch.weft");
  expect(await page.locator("#graph svg:visible").count()).toBe(1);
  await choice.selectOption("0");
  expect(await momentOf(page)).toBe(0);
  await page.locator("h1").click();
  await page.keyboard.press("]");
  const list = page.getByRole("combobox", { name: "Story" });
  expect(await list.inputValue()).toBe("1");
  expect(complaints).toEqual([]);
});

test("a check opens with its counterexample", patience, async (context) => {
  const { page, complaints } = await needBrowser(context, browser).open(peterson);
  expect(await page.locator("#verdicts").textContent()).toContain("mutual_exclusion");
  expect(await page.locator("#graph svg .node").count()).toBe(70);
  await page.keyboard.press("End");
  expect(await page.locator(".moment[aria-current] .mark").textContent()).toBe(
    "<-- mutual_exclusion violated",
  );
  expect(complaints).toEqual([]);
});

test(
  "a spec in which there is nothing to step through shows its text",
  patience,
  async (context) => {
    const machine = machineOf("spec still\nvar n: 0..3 = 0\nprocess p { n := 1 }\n");
    const { page, complaints } = await needBrowser(context, browser).open(
      await pageOfCheck(machine),
    );
    for (const key of ["ArrowRight", "End", "d", "]"]) await page.keyboard.press(key);
    expect(await page.locator("#story .nothing").isVisible()).toBe(true);
    expect(await page.locator(".source .code").first().isVisible()).toBe(true);
    expect(await page.locator(".bar").isVisible()).toBe(false);
    expect(complaints).toEqual([]);
  },
);

test("nothing in a spec is ever markup", patience, async (context) => {
  const evil = `</title></script><script>window.hacked=1</script><img src=x onerror="window.hacked=1">&amp;'"<!--`;
  const text = (last: number): string => `/// ${evil}
spec hostile
var x: 0..3 = 0 /// ${evil}
process p {
  x := 1 /// ${evil} \\N \\l
  x := ${last} /// <u>bold</u> & "quoted"
}
/// <i>${evil}</i>
invariant never: x != 3
`;
  const html = await pageOfDiff(
    [`<img src=x>${evil}`, machineOf(text(3))],
    [evil, machineOf(text(2))],
  );
  const { page, complaints } = await needBrowser(context, browser).open(html);
  await page.keyboard.press("End");
  expect(await page.evaluate("'hacked' in window")).toBe(false);
  expect(await page.locator("img, u, i").count()).toBe(0);
  expect(await page.locator(".moment[aria-current] .text").first().textContent()).toBe(
    '<u>bold</u> & "quoted"',
  );
  expect(await page.locator("h1").textContent()).toContain(evil);
  await page.setViewportSize({ width: 360, height: 740 });
  expect(await overflowOf(page)).toBe(0);
  expect(await page.locator(".source .code").allTextContents()).toContainEqual(`/// ${evil}`);
  expect(complaints).toEqual([]);
});

test("the page of many states is small and opens at once", {
  ...patience,
  retry: 2,
}, async (context) => {
  const html = await pageOfCheck(specHere("thp-unmap/post-patch.weft", { ZAPPERS: "2" }));
  expect(Buffer.byteLength(html)).toBeLessThan(5e6);
  const { page } = await needBrowser(context, browser).open(html);
  const opened = await page.evaluate("performance.getEntriesByType('navigation')[0].duration");
  expect(opened).toBeLessThan(2000);
  expect(await page.locator("#graph").textContent()).toContain("25,195 states come to 232");
});
