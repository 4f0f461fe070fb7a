// What a page shows, as plain data: written into it as JSON, read back by its script.
//
// All words are made when the page is written; the script only lays them out. Texts are as they stand in the spec: whoever
// puts them into a page must escape them.

import type { Block, Phrase } from "../diff/block.ts";

/** A page about one version of a spec, or about two of them. */
export interface PageData {
  /** As the browser's tab is called. */
  readonly title: string;
  /** The names of the versions, the old one first; one for a check. */
  readonly versions: readonly string[];
  readonly files: readonly FileText[];
  readonly properties: readonly PropertyRow[];
  /** One for each choice of parameters; never empty. */
  readonly choices: readonly Choice[];
  /** The choice that is shown first. */
  readonly first: number;
}

export interface FileText {
  readonly path: string;
  readonly lines: readonly string[];
}

/** What became of a property, by choice of parameters and version. */
export interface PropertyRow {
  readonly name: string;
  readonly cells: readonly (readonly (Cell | null)[])[];
}

export interface Cell {
  /** `violated`, and how far away it is where that says something. */
  readonly words: string;
  readonly note: string;
  readonly tone: Tone;
  /** The other version has another outcome. */
  readonly flipped: boolean;
  /** Index into the choice's stories; -1: nothing to show. */
  readonly story: number;
}

export type Tone = "good" | "bad" | "warn" | "plain";

export interface Choice {
  /** `DEBUG_VM = true`; empty if nothing varies. */
  readonly name: string;
  readonly lead: readonly Sentence[];
  readonly sides: readonly Side[];
  readonly stories: readonly Story[];
  readonly sections: readonly Section[];
  readonly graph: Graph | null;
  /** What the graph shows, or why there is none. */
  readonly graphNote: string;
}

export interface Sentence {
  readonly words: Phrase;
  readonly tone: Tone;
  /** A story that shows it; -1: none. */
  readonly story: number;
}

/** One version under one choice of parameters. */
export interface Side {
  readonly name: string;
  readonly spec: string;
  /** `MMS = 2` */
  readonly parameters: readonly string[];
  readonly counts: string;
  /** Its texts (indices into PageData.files), the one that was asked for first. */
  readonly files: readonly number[];
  /** What a state is made of, in the order in which it is shown. */
  readonly leaves: readonly Leaf[];
  /** Places that steps go through: [file, first line, last line], lines counted from 1. */
  readonly lines: readonly (readonly [number, number, number])[];
}

export interface Leaf {
  readonly name: string;
  readonly kind: "variable" | "ghost" | "lock" | "process" | "local";
}

/** A value of a state: its text, and for a process the place where it stands (index into Side.lines, -1: nowhere). */
export type Reading = readonly [text: string, line: number];

/** A behaviour of one version. */
export interface Track {
  readonly columns: readonly Column[];
  /** What the first state is. */
  readonly first: readonly Reading[];
  /** Rows about what happened before the first step. */
  readonly before: readonly RowData[];
  readonly steps: readonly TrackStep[];
  /** Steps at the end that the page leaves out. */
  readonly left: number;
  /** By state: the node of the graph, -1 if there is none. */
  readonly nodes: readonly number[];
}

export interface Column {
  /** `CPU0` */
  readonly title: string;
  readonly role: string;
  /** The processes or actions whose steps stand here. */
  readonly movers: readonly string[];
}

export interface TrackStep {
  /** Who takes it. */
  readonly name: string;
  readonly column: number;
  readonly rows: readonly RowData[];
  /** Indices into Side.lines, in the order in which the step goes through them; what it is about goes first. */
  readonly lines: readonly number[];
  /** What it changed: index into Side.leaves, with the new reading. */
  readonly changes: readonly (readonly [leaf: number, ...reading: Reading])[];
}

export interface RowData {
  readonly column: number;
  readonly depth: number;
  readonly text: string;
  /** What the step wrote or saw. */
  readonly values: readonly string[];
  readonly kind: "call" | "step" | "stands";
  readonly mark: string;
}

/** Something that can be stepped through: a behaviour, or two side by side. */
export interface Story {
  readonly title: string;
  /** Stories of a group stand together in the list. */
  readonly group: string;
  readonly about: string;
  /** By version; null where it has no part in the story. */
  readonly tracks: readonly (Track | null)[];
  /** In order of time. The first one is the beginning, before any step. */
  readonly moments: readonly Moment[];
  /** Why the new version does not go on as the old one did. */
  readonly parting: Parting | null;
}

export type MomentKind =
  | "start"
  /** A step of a behaviour that is not compared. */
  | "step"
  | "alike"
  | "changed"
  | "inserted"
  | "removed"
  /** Steps from where the ways part on: each version goes its own. */
  | "apart";

export interface Moment {
  readonly kind: MomentKind;
  /** By version: the step that is taken at this moment, -1 if none is. */
  readonly steps: readonly number[];
  /** What is remarkable about it, beside its rows. */
  readonly notes: readonly string[];
}

export interface Parting {
  /** Index of the moment at which the ways part; moments.length if that is the end. */
  readonly moment: number;
  /** The step before which the new version stands there (index into its Side.lines); -1: none. */
  readonly stands: number;
  readonly words: Phrase;
  readonly tone: Tone;
}

/** A part of the page below the story: sentences and tables, and the behaviours that they speak of. */
export interface Section {
  readonly id: string;
  readonly title: Phrase;
  readonly blocks: readonly Block[];
  /** Indices into the choice's stories. */
  readonly stories: readonly number[];
}

/** A state graph, drawn as SVG beside this data in the element `graph-<choice>`. */
export interface Graph {
  /** What is told of each node: `pmd[1] huge`. */
  readonly nodes: readonly (readonly string[])[];
}
