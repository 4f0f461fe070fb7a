// Every module of TLA+ that is emitted is one for a parser that is not ours: tree-sitter's grammar of TLA+, offline.

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { Language, type Node, Parser } from "web-tree-sitter";
import { emitTlaPlus } from "../../src/emit/tlaplus/tlaplus.ts";
import type { Machine } from "../../src/machine/machine.ts";
import { compile } from "../../src/pipeline.ts";
import { prepareSeed } from "../support/corpus.ts";

const root = new URL("../../", import.meta.url);
const grammar = import.meta.resolve("@tlaplus/tree-sitter-tlaplus/tree-sitter-tlaplus.wasm");
await Parser.init();
const parser = new Parser();
parser.setLanguage(await Language.load(fileURLToPath(grammar)));

/** Places that the parser could make nothing of. */
function mistakes(text: string): readonly string[] {
  const tree = parser.parse(text);
  if (tree === null) return ["no tree"];
  const found: string[] = [];
  const visit = (node: Node): void => {
    if (node.isError || node.isMissing) {
      found.push(`${node.startPosition.row + 1}: ${node.text.split("\n", 1)[0]}`);
    } else if (node.hasError) {
      for (const child of node.children) if (child !== null) visit(child);
    }
  };
  visit(tree.rootNode);
  tree.delete();
  return found;
}

function check(machine: Machine | null): void {
  if (machine === null) expect.fail("a spec that is refused");
  const translated = emitTlaPlus(machine);
  if (translated.kind === "refusal") return;
  const [module] = translated.translation.files;
  expect(mistakes(module?.text ?? ""), machine.name).toEqual([]);
}

const specs = readdirSync(new URL("specs/", root), { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".weft"))
  .sort();

test.each(specs)("specs/%s", (path) => {
  const { machine } = compile(`specs/${path}`, (wanted) =>
    readFileSync(new URL(wanted, root), "utf8"),
  );
  check(machine);
});

test("random specs", { timeout: 60_000 }, () => {
  for (let seed = 1; seed <= 25; seed += 1) {
    const { machine } = prepareSeed(seed);
    if (machine !== null) check(machine);
  }
});

test("the parser finds what is wrong", () => {
  expect(mistakes("---- MODULE m ----\nf == [x \\in 1..2 -> ]\n====\n")).not.toEqual([]);
});
