// The documents say what is so: transcripts in them are the tool's own output, examples in them compile.
//
// `<!-- weft: weft check … -->` … `<!-- /weft -->` holds the output of a command, `<!-- file: path -->` a file;
// `npm run generate` fills them. A block whose command asks an engine that is not here stays as it is, but not in CI.
// A ```weft block of docs/language.md is a whole spec, or declarations, or (```weft fn) the body of one.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { renderDiagnostics } from "../src/diagnostics/frame.ts";
import { compile } from "../src/pipeline.ts";
import { root, weft } from "./support/cli.ts";

function markdownUnder(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return markdownUnder(path);
    return entry.name.endsWith(".md") ? [path] : [];
  });
}

const documents = [
  ...readdirSync(root).filter((name) => name.endsWith(".md")),
  ...markdownUnder("docs"),
  ...markdownUnder("specs"),
].sort();

const embedded = /<!-- file: (\S+) -->\n[\s\S]*?<!-- \/file -->/g;
const block = /<!-- weft: (weft [^\n]+?) -->\n[\s\S]*?<!-- \/weft -->/g;

/** The block with the text of a file. */
function included(path: string): string {
  const text = readFileSync(join(root, path), "utf8").trimEnd();
  return `<!-- file: ${path} -->\n\`\`\`weft\n${text}\n\`\`\`\n<!-- /file -->`;
}

/** The block with the output of its command. */
function filled(before: string, command: string): string {
  const args = [...command.matchAll(/'([^']*)'|(\S+)/g)].map(
    ([, quoted, plain]) => quoted ?? plain ?? "",
  );
  const { code, stdout, stderr } = weft(args.slice(1));
  if (code === 1 && /--engine /.test(command) && process.env["CI"] !== "true") return before;
  // A page never shows a spec that was refused, or a fault of our own.
  if ([255, 1, 150, 120, 10].includes(code ?? 255)) throw new Error(`${command}: ${stderr}`);
  const output = `${stdout}${stderr}`
    // Times differ from run to run.
    .replace(/; \d+\.\d+ s$/gm, "")
    .replace(/(?: {2}\d| \d\d|\d{3})\.\d %(?= |$)/gm, "    … %")
    // Progress is shown only where a search takes long.
    .replace(/^(SPIN|rumur|TLC): .*\n?/gm, "")
    .replaceAll(root, ".")
    .trimEnd();
  return `<!-- weft: ${command} -->\n\`\`\`text\n$ ${command}\n${output}\n\`\`\`\n<!-- /weft -->`;
}

test.each(documents)("the transcripts of %s are fresh", async (path) => {
  const text = readFileSync(join(root, path), "utf8");
  const fresh = text.replace(embedded, (_, file: string) => included(file)).replace(block, filled);
  await expect(fresh).toMatchFileSnapshot(join(root, path));
});

test("documents link only to what is there", () => {
  for (const path of documents) {
    const text = readFileSync(join(root, path), "utf8").replace(/```[\s\S]*?```/g, "");
    for (const [, target = ""] of text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)) {
      if (/^[a-z]+:/.test(target)) continue;
      const file = join(root, path, "..", target);
      expect(() => readdirOrRead(file), `${path} links to ${target}`).not.toThrow();
    }
  }
});

function readdirOrRead(path: string): void {
  try {
    readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EISDIR") throw error;
  }
}

// ---------------------------------------------------------------- examples

interface Example {
  readonly line: number;
  readonly info: string;
  readonly text: string;
}

function examplesIn(path: string): readonly Example[] {
  const text = readFileSync(join(root, path), "utf8");
  return [...text.matchAll(/^```weft ?([^\n]*)\n([\s\S]*?)^```$/gm)].map((match) => ({
    line: text.slice(0, match.index).split("\n").length,
    info: match[1] ?? "",
    text: match[2] ?? "",
  }));
}

/** What examples that are not whole specs may use without declaring it. */
const prelude = `spec example
type Cpu = 1..2
enum Pmd { none, huge, table }
var pmd[Cpu]: Pmd = huge
var refs: 0..3 = 2
var flag: bool = false
var queue: seq of Cpu upto 2 = []
spinlock ptl[Cpu]
mutex big
rwsem mmap_lock
`;

function asSpec({ info, text }: Example): string {
  if (/^\s*(\/\/\/[^\n]*\n)*(spec|patch) /.test(text)) return text;
  if (info === "fn")
    return `${prelude}\nfn example_body(m: Cpu) {\n${text}}\nprocess p[c: Cpu] { example_body(c) }\n`;
  if (info === "property") return `${prelude}\nprocess p[c: Cpu] {\nhere:\n  refs := 1\n}\n${text}`;
  return `${prelude}\n${text}`;
}

const examples = examplesIn("docs/language.md");

test.each(examples.map((example) => [example.line, example] as const))(
  "the example at docs/language.md:%i compiles",
  (_, example) => {
    const files = new Map([
      ["example.weft", asSpec(example)],
      ...examples
        .filter(({ info }) => info.startsWith("file="))
        .map(({ info, text }) => [info.slice(5), text] as const),
    ]);
    const { diagnostics } = compile("example.weft", (path) => files.get(path) ?? null);
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    if (example.info.startsWith("refused=")) {
      expect(errors.map(({ code }) => code)).toContain(example.info.slice(8));
    } else {
      expect(renderDiagnostics(errors)).toBe("");
    }
  },
);

test("the reference has examples", () => {
  expect(examples.length).toBeGreaterThan(20);
});
