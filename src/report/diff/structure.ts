// What a patch changed in the text, in the manner of a diff: by function, with the lines' places.

import { formatPlace, type Span } from "../../diagnostics/source.ts";
import type { Difference } from "../../diff/difference.ts";
import type {
  DeclarationChange,
  OwnerChange,
  ReachChange,
  StepChange,
} from "../../diff/structure/structure.ts";
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

/** Of two texts that are cut, so many words are kept before the one in which they part. */
const contextWords = 3;

export function structureBlocks(difference: Difference, all: boolean): readonly Block[] {
  const { owners, declarations, reach } = difference.structure;
  const rows = [...declarations.map(declarationRow), ...owners.flatMap(ownerRows)];
  const shown = all ? rows : rows.slice(0, mostRows);
  const hidden = rows.length - shown.length;
  if (rows.length === 0 && reach.length === 0) {
    return [heading("Text"), paragraph(say`no step and no declaration differs`)];
  }
  return [
    heading("Text"),
    ...(shown.length === 0 ? [] : [{ kind: "table", headed: false, rows: shown } as const]),
    ...(hidden > 0
      ? [paragraph(say`and ${plural(hidden, "more line")} (weft diff --full)`, "dim")]
      : []),
    ...reachLines(difference, "dead", "never reached any more"),
    ...reachLines(difference, "reachable", "reached now"),
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
  // Of each something must be left that can be set against the other.
  const common = Math.min(differs < 0 ? fresh.length : differs, old.length - 1, fresh.length - 1);
  const [from, to] = [old, fresh].map((words) => shortened(words.slice(common).join(" ")));
  return [...fresh.slice(0, common), from, "->", to].join(" ");
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
  const [old, fresh] = [before, after].map((line) => oneLine(line?.code ?? "")) as [string, string];
  if (change !== "changed" || old === fresh) return `${signs[change]} ${shortened(fresh || old)}`;
  return `${signs[change]} ${shortenedFrom(fresh, old)} (was ${shortenedFrom(old, fresh)})`;
}

/** A text that is cut so that the word is seen in which it parts from the other one, and the form of the statement. */
function shortenedFrom(text: string, other: string): string {
  const [words, others] = [text.split(" "), other.split(" ")];
  const parting = words.findIndex((word, index) => word !== others[index]);
  const late = words.slice(0, parting + 1).join(" ").length > longestText / 2;
  if (text.length <= longestText || !late) return shortened(text);
  const rest = words.slice(Math.max(parting - contextWords, 1));
  return shortened(`${words[0]} ... ${rest.join(" ")}`);
}

function shortened(text: string): string {
  return text.length <= longestText ? text : `${text.slice(0, longestText - 3).trimEnd()}...`;
}

function placeOf(span: Span | null): string {
  return span === null ? "" : formatPlace(span).replace(/:\d+$/, "").replace(/^.*\//, "");
}

function reachLines(
  { structure: { reach }, before, after }: Difference,
  became: ReachChange["became"],
  words: string,
): readonly Block[] {
  const found = reach.filter((change) => change.became === became);
  if (found.length === 0) return [];
  const heads = [...after.machine.declared, ...before.machine.declared];
  const ownerWords = (owner: string): Phrase => {
    const kind = heads.find(({ name }) => name === owner)?.kind;
    return kind === "process" || kind === "action"
      ? say`${kind} ${code(owner)}`
      : [code(`${owner}()`)];
  };
  const each = found.map(({ kind, name, owner }): Phrase => {
    if (kind === "branch") return say`${marked(name)} in ${ownerWords(owner)}`;
    return kind === "label" ? [code(name)] : say`action ${code(name)}`;
  });
  return [paragraph(say`${words}: ${enumerated(each)}`)];
}

/** Words with code between backticks. */
function marked(text: string): Phrase {
  return text.split("`").map((part, index) => (index % 2 === 1 ? code(part) : part));
}
