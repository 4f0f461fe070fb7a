// A headless Chromium for tests of pages. Where there is none such tests are skipped and say why, but not in CI.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { expect, type TestContext } from "vitest";
import { findProgram } from "../../src/runtime/programs.ts";

/** Where Debian, others and Google put it. */
const names = ["chromium", "chromium-browser", "google-chrome"];

const quiet = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A browser in which pages are opened one after the other; `close` ends it and removes its files. */
export interface PageOpener {
  /** Opens a page from a file, and gives what it complains of or asks the network for: nothing, if all is well. */
  open(html: string, options?: BrowserContextOptions): Promise<Opened>;
  close(): Promise<void>;
}

export interface Opened {
  readonly page: Page;
  /** Messages on the console, errors, requests of anything but the file. */
  readonly complaints: readonly string[];
}

/** Starts a browser, or null if there is none. */
export async function startBrowser(): Promise<PageOpener | null> {
  for (const name of names) {
    const executablePath = await findProgram(name);
    if (executablePath === null) continue;
    return opener(await chromium.launch({ executablePath, headless: true, args: quiet }));
  }
  return null;
}

/** Skips a test that needs a browser which is not here; under CI=true it must be. */
export function needBrowser(
  { skip }: Pick<TestContext, "skip">,
  browser: PageOpener | null,
): PageOpener {
  if (browser !== null) return browser;
  const reason = `no browser was found (looked for ${names.join(", ")})`;
  if (process.env["CI"] === "true") expect.fail(`CI=true, and ${reason}`);
  return skip(reason);
}

function opener(browser: Browser): PageOpener {
  const folder = mkdtempSync(join(tmpdir(), "weft-page-"));
  let pages = 0;
  return {
    async open(html, options = {}) {
      pages += 1;
      const path = join(folder, `page-${pages}.html`);
      writeFileSync(path, html);
      const context = await browser.newContext({
        viewport: { width: 1280, height: 900 },
        colorScheme: "light",
        ...options,
      });
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on("console", (message) => complaints.push(message.text()));
      page.on("pageerror", (error) => complaints.push(error.message));
      page.on("request", (request) => {
        if (request.url() !== pathToFileURL(path).href) complaints.push(request.url());
      });
      await page.goto(pathToFileURL(path).href);
      return { page, complaints };
    },
    async close() {
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
