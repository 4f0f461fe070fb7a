// A comparison for a terminal: one screen that says what a patch did, or everything in whole.

import { leading, type VersionsDiff } from "../../diff/vectors.ts";
import { type Paint, plain } from "../style.ts";
import { behaviourBlocks } from "./behaviours.ts";
import { paragraph } from "./block.ts";
import { closingOf } from "./closing.ts";
import { costBlocks } from "./costs.ts";
import { namesOf } from "./names.ts";
import { drawPlain } from "./plain.ts";
import { counterexampleBlocks, headBlocks, ownRunBlocks, underBlocks } from "./sections.ts";
import { structureBlocks } from "./structure.ts";
import { transplantBlocks } from "./transplant-blocks.ts";
import { countBlocks, verdictBlocks } from "./verdicts.ts";

export interface TerminalOptions {
  readonly paint?: Paint;
  /** Everything in whole: all verdicts, costs and steps, and each behaviour from its start. */
  readonly full?: boolean;
  /** Only the last line. */
  readonly quiet?: boolean;
}

const width = 100;
const indent = 2;

/** Draws a comparison; lines of at most 100 columns, without a line break at the end. */
export function drawDifference(diff: VersionsDiff, options: TerminalOptions = {}): string {
  const { paint = plain, full = false, quiet = false } = options;
  const { text, role } = closingOf(diff);
  const closing = drawPlain([paragraph(text, role)], { width, indent: 0, paint });
  if (quiet) return closing;
  const names = namesOf(diff);
  const difference = leading(diff);
  const drawing = { width, paint, extent: full ? "full" : "screen" } as const;
  const body = drawPlain(
    [
      ...headBlocks(diff),
      ...verdictBlocks(diff, names, { all: full, short: false }),
      ...countBlocks(diff, names),
      ...underBlocks(diff),
      ...counterexampleBlocks(difference, names, drawing),
      ...transplantBlocks(difference, names, drawing),
      ...behaviourBlocks(difference, names, full),
      ...ownRunBlocks(difference, names, drawing),
      ...costBlocks(diff, names, full),
      ...structureBlocks(difference, full),
    ],
    { width, indent, paint },
  );
  return `${body}\n\n${closing}`;
}
