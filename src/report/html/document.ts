// The one file that a page is: its style, its script and its data, with every text escaped for where it stands.
//
// A policy in its head lets nothing run or load but the style and the script that are written here.

import { clientScript, clientStyle } from "./client-text.ts";
import type { PageData } from "./data.ts";

/** Writes a page; `graphs` are SVG drawings, by choice of parameters, null where there is none. */
export async function document(
  data: PageData,
  graphs: readonly (string | null)[],
): Promise<string> {
  const policy = [
    "default-src 'none'",
    `script-src '${await digest(clientScript)}'`,
    `style-src '${await digest(clientStyle)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return [
    "<!doctype html>",
    '<html lang="en">',
    "<head>",
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${escapeText(data.title)}</title>`,
    `<style>${clientStyle}</style>`,
    "</head>",
    "<body>",
    "<noscript><p>This page shows its data by a script, which this browser does not run.</p></noscript>",
    '<div id="page"></div>',
    '<div id="drawings" hidden>',
    ...graphs.flatMap((svg, index) =>
      svg === null ? [] : [`<div id="graph-${index}">${svg}</div>`],
    ),
    "</div>",
    `<script type="application/json" id="data">${escapeJson(JSON.stringify(data))}</script>`,
    `<script>${clientScript}</script>`,
    "</body>",
    "</html>",
    "",
  ].join("\n");
}

/** For the text of an element. */
export function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** JSON that ends no script element and opens no comment, and has no character that breaks a line of a script. */
export function escapeJson(json: string): string {
  return json
    .replaceAll("<", "\\u003c")
    .replaceAll("\u2028", "\\u2028")
    .replaceAll("\u2029", "\\u2029");
}

/** The source expression of a text in a content security policy. */
async function digest(text: string): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return `sha256-${btoa(String.fromCharCode(...new Uint8Array(hash)))}`;
}
