// Tests that need programs which are not Weft's: where one is missing they are skipped and say why, but not in CI.

import { expect, type TestContext, test } from "vitest";
import type { Engine } from "../../src/engines/engine.ts";

export interface EngineTestOptions {
  /** Milliseconds. */
  readonly timeout?: number;
}

/** A test that runs only where all these engines do. */
export function engineTest(
  name: string,
  engines: readonly Engine[],
  run: () => void | Promise<void>,
  options: EngineTestOptions = {},
): void {
  test(name, options, async (context) => {
    await needEngines(context, engines);
    await run();
  });
}

/** Skips a test that needs engines which are not here; under CI=true they must be, but for TLC. */
export async function needEngines(
  { skip }: Pick<TestContext, "skip">,
  engines: readonly Engine[],
): Promise<void> {
  for (const engine of engines) {
    const missing = await engine.missing({ tlc: null });
    if (missing === null) continue;
    const reason = `${missing.message}${missing.hint === null ? "" : ` (${missing.hint})`}`;
    if (required(engine)) expect.fail(`CI=true, and ${reason}`);
    skip(reason);
  }
}

function required({ name }: Engine): boolean {
  return process.env["CI"] === "true" && name !== "tlc";
}
