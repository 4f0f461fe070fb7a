// Two projects: `fast` runs the sources in one process; `built` runs the built program, as a user does.

import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

const built = ["test/cli*.test.ts", "test/package.test.ts", "test/docs.test.ts"];

export default defineConfig({
  test: {
    reporters: ["default", "./test/support/reporter.ts"],
    // As many as the computer has cores; the default is one less, and two cores are common.
    maxWorkers: availableParallelism(),
    coverage: { provider: "v8", include: ["src/**", "grammar/**"] },
    projects: [
      {
        extends: true,
        test: { name: "fast", include: ["test/**/*.test.ts"], exclude: built, isolate: false },
      },
      {
        extends: true,
        test: {
          name: "built",
          include: built,
          globalSetup: "./test/support/build.ts",
          testTimeout: 60_000,
        },
      },
    ],
  },
});
