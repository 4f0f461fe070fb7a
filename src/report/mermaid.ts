// A story as a Mermaid sequence diagram, for pages and tickets.

import type { Narrative, Row } from "./narrate.ts";

/** Draws a story as `sequenceDiagram` source; lines without a line break at the end. */
export function drawMermaid(story: Narrative, title: string): string {
  const participants = story.columns.map(
    ({ title: name, role }) => `  participant ${name}${role === null ? "" : ` as ${name} (${escape(role)})`}`,
  );
  const rows = story.rows.flatMap((row) => rowLines(story, row));
  return [`---`, `title: ${escape(title)}`, `---`, "sequenceDiagram", ...participants, ...rows].join("\n");
}

function rowLines(story: Narrative, row: Row): readonly string[] {
  const name = story.columns[row.column]?.title ?? "env";
  // Mermaid drops leading blanks: nesting is drawn with dots.
  const nesting = "·".repeat(row.depth);
  const values = row.values.length > 0 ? `<br/>[${escape(row.values.join(", "))}]` : "";
  const lines = [`  ${name}->>${name}: ${nesting}${escape(row.text)}${values}`];
  if (row.mark !== null) lines.push(`  Note over ${name}: ${escape(row.mark)}`);
  return lines;
}

/** Characters that Mermaid would read as its own. */
function escape(text: string): string {
  return text.replace(/[#;:<>"]/g, (character) => `#${character.charCodeAt(0)};`);
}
