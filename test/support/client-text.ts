// The text of src/report/html/client-text.ts, made from the script and the style in src/report/html/client/.

import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

const folder = new URL("../../src/report/html/client/", import.meta.url);

/** A module with the script and the style of a page, each as one text. */
export function clientModule(): string {
  return [
    "// The script and the style of a page, written by `npm run generate` from client/. Do not edit.",
    "",
    `export const clientScript = ${JSON.stringify(bundled("main.ts"))};`,
    "",
    `export const clientStyle = ${JSON.stringify(bundled("page.css"))};`,
    "",
  ].join("\n");
}

function bundled(name: string): string {
  const { outputFiles } = buildSync({
    entryPoints: [fileURLToPath(new URL(name, folder))],
    bundle: true,
    minify: true,
    format: "iife",
    target: ["es2022", "chrome123", "firefox120", "safari17.5"],
    charset: "ascii",
    legalComments: "none",
    write: false,
    outdir: "out",
  });
  return outputFiles[0]?.text ?? "";
}
