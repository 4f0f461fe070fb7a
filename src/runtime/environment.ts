// The environment that Weft was started in: its variables, and lists of paths as they are written there.

import { delimiter, resolve } from "node:path";

/** The value of an environment variable; null if it is not set or empty. */
export function environmentVariable(name: string): string | null {
  return process.env[name] || null;
}

/** A list such as a class path with each of its paths made absolute, for programs that run in another folder. */
export function absolutePaths(list: string): string {
  return list
    .split(delimiter)
    .filter((path) => path !== "")
    .map((path) => resolve(path))
    .join(delimiter);
}

/** What kind of processor this is, as Node calls it: `x64`, `arm64`. */
export function architecture(): string {
  return process.arch;
}
