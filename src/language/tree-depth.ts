// How deep a tree is, found without recursion: `a + a + … + a` is a tree as deep as it is long.

import type { Span } from "../diagnostics/source.ts";
import type { File } from "./ast.ts";

/** Later passes recurse over the tree; at this depth their stacks are far from full. */
const limit = 1000;

/** Where the tree is too deep for the passes that recurse over it, or null. */
export function tooDeep(file: File): Span | null {
  const waiting: { readonly node: object; readonly depth: number }[] = [{ node: file, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const [key, child] of Object.entries(next.node)) {
      if (child === null || typeof child !== "object" || key === "source") continue;
      if (isSpan(child)) {
        if (next.depth > limit) return child;
      } else {
        waiting.push({ node: child, depth: next.depth + 1 });
      }
    }
  }
  return null;
}

function isSpan(value: object): value is Span {
  return "start" in value && "end" in value && "source" in value;
}
