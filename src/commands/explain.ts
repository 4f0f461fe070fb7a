// `weft explain CODE`: the paragraph behind a code.

import type { Command } from "commander";
import {
  catalogueTables,
  diagnosticCodes,
  explain,
  isDiagnosticCode,
} from "../diagnostics/catalogue.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import { print, remark } from "./console.ts";
import { exitCodes } from "./exit-codes.ts";

const width = 80;

export function addExplain(program: Command): void {
  program
    .command("explain")
    .description("say more about a code such as unknown-name; without one, list them all")
    .argument("[code]", "the word in brackets of a message")
    .action(runExplain);
}

function runExplain(code: string | undefined): void {
  if (code === undefined) {
    print(listCodes());
  } else if (isDiagnosticCode(code)) {
    print(`${code}\n\n${wrapText(explain(code))}`);
  } else {
    const hint = didYouMean(code, diagnosticCodes);
    remark(`there is no code \`${code}\`${hint === null ? "" : `: ${hint}`}`);
    process.exitCode = exitCodes.usage;
  }
}

function listCodes(): string {
  return Object.entries(catalogueTables)
    .map(
      ([pass, table]) =>
        `${pass}\n${Object.keys(table)
          .map((code) => `  ${code}`)
          .join("\n")}`,
    )
    .join("\n\n");
}

/** Fills lines up to the width; lines that are indented or part of a code block are left alone. */
function wrapText(text: string): string {
  return text
    .split("\n")
    .flatMap((paragraph) => (/^\s/.test(paragraph) ? [paragraph] : fill(paragraph)))
    .join("\n");
}

function fill(paragraph: string): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of paragraph.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
