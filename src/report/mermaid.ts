// A story as a Mermaid sequence diagram, for pages and tickets.

import type { Narrative, Row } from "./narrate.ts";

/** Draws a story as `sequenceDiagram` source; lines without a line break at the end. */
export function drawMermaid(story: Narrative, title: string): string {
  const participants = story.columns.map(
    ({ title: name, role }) =>
      `  participant ${name}${role === null ? "" : ` as ${name} (${escapeText(role)})`}`,
  );
  const rows = story.rows.flatMap((row) => rowLines(story, row));
  return [
    "---",
    // A quoted string of YAML, which reads JSON's: ` #` would begin a comment.
    `title: ${JSON.stringify(title)}`,
    "---",
    "sequenceDiagram",
    ...participants,
    ...rows,
  ].join("\n");
}

function rowLines(story: Narrative, row: Row): readonly string[] {
  const name = story.columns[row.column]?.title ?? "env";
  // Mermaid drops leading blanks: nesting is drawn with dots.
  const nesting = "·".repeat(row.depth);
  const values = row.values.length > 0 ? `<br/>[${escapeText(row.values.join(", "))}]` : "";
  const lines = [`  ${name}->>${name}: ${nesting}${escapeText(row.text)}${values}`];
  if (row.mark !== null) lines.push(`  Note over ${name}: ${escapeText(row.mark)}`);
  return lines;
}

/** Characters that Mermaid would read as its own. */
function escapeText(text: string): string {
  return text.replace(/[#;<>]/g, (character) => `#${character.charCodeAt(0)};`);
}
