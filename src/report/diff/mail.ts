// A comparison as plain text for a mail, as a cover letter of 72 columns: what the patch does, the behaviour that it
// stops in CPU columns, why it stops it, and what that costs.

import type { VersionsDiff } from "../../diff/vectors.ts";
import { wrap } from "../wrap.ts";
import { type Block, paragraph, say } from "./block.ts";
import { closingOf } from "./closing.ts";
import { drawPlain } from "./plain.ts";
import { docOf, pageBlocks } from "./sections.ts";

const width = 72;

/** Writes a comparison as a mail; lines of at most 72 columns, without a line break at the end. */
export function mailOf(diff: VersionsDiff): string {
  const { title, commit, links } = citationOf(diff);
  const opening: readonly Block[] = [
    ...(commit === null ? [] : [paragraph(say`This is about commit ${commit} ("${title}").`)]),
    paragraph(closingOf(diff).text),
  ];
  const trailers = links.map((link) => `Link: ${link}`);
  return [
    subjectLine(title),
    drawPlain([...opening, ...pageBlocks(diff, { width })], { width, indent: 0, loose: true }),
    ...(trailers.length === 0 ? [] : [trailers.join("\n")]),
  ].join("\n\n");
}

/** A long subject goes on in the next line, behind a blank, as mail headers do. */
function subjectLine(title: string): string {
  return wrap(`Subject: ${title}`, width, 1).join("\n");
}

/** What the new version's spec says of the patch itself; nothing is made up. */
interface Citation {
  readonly title: string;
  /** The commit that it names at its end, in parentheses. */
  readonly commit: string | null;
  readonly links: readonly string[];
}

function citationOf(diff: VersionsDiff): Citation {
  const { before, after } = diff;
  const doc = docOf(diff);
  if (doc === null) return { title: `${before} -> ${after}`, commit: null, links: [] };
  const links = [...doc.matchAll(/https?:\/\/[^\s)>\]]*[^\s)>\].,;:]/g)].map(([link]) => link);
  // Links on lines of their own, as trailers, are no part of the title.
  const text = doc.replace(/(\s+Link: https?:\/\/\S+)+$/, "");
  const named = /^(.*?)\s*\(([0-9a-f]{12,40})\)\.?$/.exec(text);
  if (named === null) return { title: text.replace(/\.$/, ""), commit: null, links };
  const [, title = text, commit = null] = named;
  return { title, commit, links };
}
