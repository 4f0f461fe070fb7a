// Prints why tests were skipped and the closing line of a test run, `N passed, N failed`, after everything else.

import type { Reporter, TestModule, TestRunEndReason } from "vitest/node";

export default class ClosingLine implements Reporter {
  onTestRunEnd(
    modules: readonly TestModule[],
    unhandledErrors: readonly unknown[],
    reason: TestRunEndReason,
  ): void {
    let passed = 0;
    let failed = unhandledErrors.length;
    let skipped = 0;
    const reasons = new Map<string, number>();
    for (const module of modules) {
      // A module that fails to load has no tests to count.
      failed += module.errors().length;
      for (const test of module.children.allTests()) {
        const result = test.result();
        if (result.state === "passed") passed += 1;
        else if (result.state === "failed") failed += 1;
        else skipped += 1;
        const reason = result.state === "skipped" ? result.note : undefined;
        if (reason !== undefined) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
      }
    }
    // Such as a build that fails before any test begins.
    if (failed === 0 && (reason === "failed" || modules.length === 0)) failed = 1;
    const why = [...reasons].map(([reason, count]) => `${count} skipped: ${reason}`);
    const line = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
    // The default reporter writes its summary when the process ends; this line comes after it.
    process.once("exit", () => console.log([...why, line].join("\n")));
  }
}
