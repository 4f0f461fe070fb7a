// Builds the program once before the tests that run it.

import { execFileSync } from "node:child_process";

export function setup(): void {
  execFileSync("npm", ["run", "-s", "build"], { stdio: "inherit" });
}
