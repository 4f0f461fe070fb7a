// What a patch changed in the text, in the manner of a diff: by function, with the lines' places.

import { formatPlace, type Span } from "../../diagnostics/source.ts";
import type { Difference } from "../../diff/difference.ts";
import type {
  DeclarationChange,
  OwnerChange,
  ReachChange,
  StepChange,
} from "../../diff/structure.ts";
import { oneLine, plural } from "../words.ts";
import {
  type Block,
  cell,
  code,
  enumerated,
  heading,
  type Phrase,
  paragraph,
  say,
  type TableCell,
} from "./block.ts";

/** Rows that are shown unless all are asked for. */
const mostRows = 12;
/** Longer texts of declarations are cut. */
const longestText = 60;

export function structureBlocks({ structure }: Difference, all: boolean): readonly Block[] {
  const { owners, declarations, reach } = structure;
  const rows = [...declarations.map(declarationRow), ...owners.flatMap(ownerRows)];
  const shown = all ? rows : rows.slice(0, mostRows);
  const hidden = rows.length - shown.length;
  if (rows.length === 0 && reach.length === 0) {
    return [heading("Text"), paragraph(say`no step and no declaration differs`)];
  }
  return [
    heading("Text"),
    ...(shown.length === 0 ? [] : [{ kind: "table", headed: false, rows: shown } as const]),
    ...(hidden > 0 ? [paragraph(say`and ${plural(hidden, "more line")} (--full)`, "dim")] : []),
    ...reachLines(reach, "dead", "never reached any more"),
    ...reachLines(reach, "reachable", "reached now"),
  ];
}

const signs = { added: "+", removed: "-", changed: "~" } as const;
const roles = { added: "good", removed: "bad", changed: "warn" } as const;

function declarationRow(change: DeclarationChange, position: number): readonly TableCell[] {
  return [
    cell(position === 0 ? "declarations" : ""),
    cell([code(`${signs[change.change]} ${declarationText(change)}`)], roles[change.change]),
    cell(placeOf(change.span), "dim"),
  ];
}

/** `const TTU_SYNC: bool = false -> true`: what both texts begin with is said once. */
function declarationText({ kind, name, before, after }: DeclarationChange): string {
  if (before === null || after === null) return shortened(after ?? before ?? `${kind} ${name}`);
  const old = before.split(" ");
  const fresh = after.split(" ");
  const differs = fresh.findIndex((word, index) => word !== old[index]);
  const common = differs < 0 ? fresh.length : differs;
  const [from, to] = [old, fresh].map((words) => shortened(words.slice(common).join(" ")));
  return `${fresh.slice(0, common).join(" ")} ${from} -> ${to}`;
}

function ownerRows({ name, kind, change, steps }: OwnerChange): readonly (readonly TableCell[])[] {
  const head = kind === "fn" ? `${name}()` : `${kind} ${name}`;
  const told = change === "changed" ? head : `${head}, ${change}`;
  return steps.map((step, position) => [
    cell(position === 0 ? told : ""),
    cell([code(stepText(step))], roles[step.change]),
    cell(placeOf((step.after ?? step.before)?.span ?? null), "dim"),
  ]);
}

function stepText({ change, before, after }: StepChange): string {
  const line = after ?? before;
  const source = oneLine(line?.code ?? "");
  const was =
    change === "changed" && before !== null && before.code !== after?.code
      ? ` (was ${shortened(oneLine(before.code))})`
      : "";
  return `${signs[change]} ${shortened(source)}${was}`;
}

function shortened(text: string): string {
  return text.length <= longestText ? text : `${text.slice(0, longestText - 3).trimEnd()}...`;
}

function placeOf(span: Span | null): string {
  return span === null ? "" : formatPlace(span).replace(/:\d+$/, "").replace(/^.*\//, "");
}

function reachLines(
  reach: readonly ReachChange[],
  became: ReachChange["became"],
  words: string,
): readonly Block[] {
  const found = reach.filter((change) => change.became === became);
  if (found.length === 0) return [];
  const each = found.map(({ kind, name, owner }): Phrase => {
    if (kind === "branch") return say`${marked(name)} in ${code(`${owner}()`)}`;
    return kind === "label" ? [code(name)] : say`action ${code(name)}`;
  });
  return [paragraph(say`${words}: ${enumerated(each)}`)];
}

/** Words with code between backticks. */
function marked(text: string): Phrase {
  return text.split("`").map((part, index) => (index % 2 === 1 ? code(part) : part));
}
