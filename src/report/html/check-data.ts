// What a page says of one version: its verdicts, every behaviour that a check found, costs, and what never happens.

import {
  expectedOutcome,
  type Findings,
  unexpectedIn,
  usualOutcome,
} from "../../checker/expectations.ts";
import type { Found, Outcome, Verdict } from "../../checker/exploration.ts";
import type { Search } from "../../checker/explore.ts";
import type { Machine } from "../../machine/machine.ts";
import { coverageLines, coverageWords, reachedWords } from "../coverage.ts";
import { type Block, bare, cell, code, paragraph, say } from "../diff/block.ts";
import { totalWords } from "../diff/costs.ts";
import { propertyName } from "../diff/names.ts";
import { engineWords, notJudgedWords } from "../outside.ts";
import { plain } from "../style.ts";
import { closingLine } from "../verdicts.ts";
import { oneLine, plural } from "../words.ts";
import type { Cell, Choice, PropertyRow, Section, Sentence } from "./data.ts";
import { toneOf } from "./diff-matrix.ts";
import type { Files } from "./files.ts";
import { type Charted, chart, graphData, unchartedBecause } from "./graph.ts";
import { Teller } from "./side.ts";
import { plainStory, Stories } from "./stories.ts";

/** A check with all that a page needs of it. */
export interface ToldCheck {
  readonly choice: Choice;
  readonly charted: Charted;
  readonly properties: readonly PropertyRow[];
}

/** Readies a check; without its `search` there is no state graph. */
export function tellCheck(
  machine: Machine,
  exploration: Found,
  findings: Findings,
  search: Search | null,
  files: Files,
): ToldCheck {
  const charted = chartOf(machine, exploration, search);
  const teller = new Teller(machine, charted.graph?.nodeOf ?? (() => -1));
  const stories = new Stories();
  // What is wrong goes first; witnesses of covers follow.
  const verdicts = [
    ...exploration.verdicts.filter(({ outcome }) => outcome === "violated"),
    ...exploration.verdicts.filter(({ outcome }) => outcome !== "violated"),
  ];
  const shown = new Map(
    verdicts.map((verdict) => [verdict, showVerdict(verdict, teller, stories)]),
  );
  const sections = [
    costSection(exploration, teller, stories),
    coverageSection(machine, exploration, findings, teller, stories),
  ];
  const unexpected = unexpectedIn(machine, exploration);
  return {
    charted,
    properties: exploration.verdicts.map((verdict) => {
      const expected =
        expectedOutcome(machine, exploration.parameters, verdict.name) ??
        usualOutcome(verdict.kind);
      const surprising = unexpected.includes(verdict.name);
      return propertyRow(verdict, { expected, surprising }, shown.get(verdict) ?? -1);
    }),
    choice: {
      name: "",
      lead: [...leadOf(machine, exploration, findings, shown), ...stories.leftOut()],
      stories: stories.all,
      sections: sections.flat(),
      sides: [teller.side(machine.name, exploration, files)],
      graph: graphData(charted),
      graphNote: charted.note,
    },
  };
}

function chartOf(machine: Machine, { complete }: Found, search: Search | null): Charted {
  if (search === null) return unchartedBecause(complete);
  const observed =
    machine.observed.length > 0
      ? machine.observed
      : machine.variables.filter(({ ghost }) => !ghost).map(({ name }) => name);
  return chart([{ machine, search }], observed);
}

/** The story of a verdict, and for a cycle of locks one for each of its edges; the number of the first, -1: none. */
function showVerdict(verdict: Verdict, teller: Teller, stories: Stories): number {
  const { trace, detail, outcome } = verdict;
  const group = outcome === "violated" ? "Counterexamples" : "Ways to covers";
  const title = `${bare(propertyName(verdict))}${detail?.kind === "blocked" ? `: ${detail.processes.join(", ")}` : ""}`;
  const own =
    trace === null
      ? []
      : [
          stories.add(() =>
            plainStory({ group, title, about: plural(trace.steps.length, "step") }, [
              teller.verdict(verdict, trace),
            ]),
          ),
        ];
  const edges = detail?.kind === "lock-cycle" ? detail.edges : [];
  const cycle = edges.map(({ by, taken, held, trace: way }) =>
    stories.add(() =>
      plainStory({ group, title, about: `${by} takes ${taken} while it holds ${held}` }, [
        teller.plain(way),
      ]),
    ),
  );
  return [...own, ...cycle][0] ?? -1;
}

function propertyRow(
  verdict: Verdict,
  { expected, surprising }: { readonly expected: Outcome; readonly surprising: boolean },
  story: number,
): PropertyRow {
  const { kind, outcome, trace } = verdict;
  const notes = [
    ...(trace === null ? [] : [plural(trace.steps.length, "step")]),
    ...(outcome === expected && expected !== usualOutcome(kind) ? ["as expected"] : []),
    ...(surprising ? [`expected: ${expected}`] : []),
  ];
  const shown: Cell = {
    words: outcome,
    note: notes.join("; "),
    tone: toneOf(kind, outcome, expected),
    flipped: false,
    story,
  };
  return { name: bare(propertyName(verdict)), cells: [[shown]] };
}

function leadOf(
  machine: Machine,
  exploration: Found,
  findings: Findings,
  shown: ReadonlyMap<Verdict, number>,
): readonly Sentence[] {
  const [first] = findings.violations;
  const sad = first !== undefined;
  const well =
    exploration.complete &&
    coverageWords(findings) === null &&
    (exploration.notJudged ?? []).length === 0;
  return [
    ...(machine.doc === null
      ? []
      : [{ words: [oneLine(machine.doc)], tone: "plain", story: -1 } as const]),
    {
      words: [closingLine(exploration, findings, plain)],
      tone: sad ? "bad" : well ? "good" : "warn",
      story: sad ? (shown.get(first) ?? -1) : -1,
    },
    ...outsideOf(exploration),
  ];
}

/** Who searched if it was not Weft, and what it does not judge. */
function outsideOf({ by }: Found): readonly Sentence[] {
  if (by === undefined) return [];
  const sentences = [`checked by ${engineWords(by)}`, ...by.remarks];
  return [
    ...sentences.map((words): Sentence => ({ words: [words], tone: "plain", story: -1 })),
    { words: [`not judged by it: ${notJudgedWords(by.notJudged)}`], tone: "warn", story: -1 },
  ];
}

function costSection({ costs }: Found, teller: Teller, stories: Stories): readonly Section[] {
  if (costs.length === 0) return [];
  const rows = costs.map((cost) => [cell(code(cost.name)), cell(totalWords(cost))]);
  const table: Block = {
    kind: "table",
    headed: true,
    rows: [[cell("cost"), cell("least to greatest, over complete runs")], ...rows],
  };
  const runs = costs.flatMap(({ name, least, greatest, leastRun, greatestRun }) =>
    [
      { which: "least", total: least, run: leastRun },
      { which: "greatest", total: greatest, run: greatestRun },
    ].flatMap(({ which, total, run }) =>
      run === null
        ? []
        : [
            stories.add(() =>
              plainStory({ group: "Costs", title: `${which} ${name}`, about: String(total) }, [
                teller.plain(run, { costs: true }),
              ]),
            ),
          ],
    ),
  );
  return [{ id: "costs", title: ["Costs"], blocks: [table], stories: runs.filter(isShown) }];
}

/** What never happens, and which labels are reached though they should not be. */
function coverageSection(
  machine: Machine,
  { complete, by }: Found,
  findings: Findings,
  teller: Teller,
  stories: Stories,
): readonly Section[] {
  // Of what an engine outside does not look at nothing is said, least of all that it is in order.
  if (by?.notJudged.some(({ kind }) => kind === "coverage") === true) return [];
  const missing = coverageLines(machine, findings);
  const reached = findings.labels.flatMap((label) => {
    const { trace, name } = label;
    if (trace === null) return [];
    const heading = { group: "Labels", title: name, about: plural(trace.steps.length, "step") };
    return [
      {
        words: reachedWords(label),
        story: stories.add(() => plainStory(heading, [teller.plain(trace)])),
      },
    ];
  });
  const lines = [...missing, ...reached.map(({ words }) => words)];
  const blocks =
    lines.length > 0
      ? lines.map((line) => paragraph([line], "warn"))
      : [
          paragraph(
            complete
              ? say`Every branch that should be entered is, and every action is taken.`
              : say`Not known: the search is not complete.`,
          ),
        ];
  const shown = reached.map(({ story }) => story).filter(isShown);
  return [{ id: "coverage", title: ["Coverage"], blocks, stories: shown }];
}

function isShown(story: number): boolean {
  return story >= 0;
}
