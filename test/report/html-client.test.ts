// The script and the style of pages are what stands in the sources.

import { expect, test } from "vitest";
import { clientModule } from "../support/client-text.ts";

test("the text of the script and the style is fresh", async () => {
  await expect(clientModule()).toMatchFileSnapshot("../../src/report/html/client-text.ts");
});

test("nothing in them would end the element that holds them", () => {
  expect(clientModule()).not.toMatch(/<\/(script|style)|<!--/i);
});
