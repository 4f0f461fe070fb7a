// What a verifier made by rumur prints with `--output-format machine-readable`, line by line.

/** A step of a counterexample, and the state that it leads to: texts by the names of the variables' parts. */
export interface RumurStep {
  /** Name of the rule; null for a start state. */
  readonly rule: string | null;
  readonly parameters: ReadonlyMap<string, string>;
  readonly state: Map<string, string>;
}

export interface RumurReport {
  /** The figures of the end, null if it did not come to one. */
  summary: { readonly states: number; readonly rulesFired: number } | null;
  /** How often each cover was met, by its message; equal messages together. */
  readonly covers: Map<string, number>;
  /** The first error's message and the way to it. */
  error: string | null;
  readonly steps: RumurStep[];
}

export function emptyReport(): RumurReport {
  return { summary: null, covers: new Map(), error: null, steps: [] };
}

/** Adds a line to what is known. */
export function takeLine(
  report: RumurReport,
  line: string,
  progress: (line: string) => void,
): void {
  const element = /^<(\w+)/.exec(line)?.[1];
  switch (element) {
    case "progress": {
      const { states, rules_fired: fired, queue_size: queue } = attributes(line);
      progress(`${states} states, ${fired} rules fired, ${queue} in the queue`);
      return;
    }
    case "cover_result": {
      const { message = "", count = "0" } = attributes(line);
      report.covers.set(message, (report.covers.get(message) ?? 0) + Number(count));
      return;
    }
    case "message":
      report.error ??= unescaped(line.replace(/^<message>|<\/message>$/g, ""));
      return;
    case "transition":
      report.steps.push(transition(line));
      return;
    case "state_component": {
      const { name = "", value = "" } = attributes(line);
      report.steps.at(-1)?.state.set(name, value);
      return;
    }
    case "summary": {
      const { states, rules_fired: fired } = attributes(line);
      report.summary = { states: Number(states), rulesFired: Number(fired) };
      return;
    }
    default:
  }
}

function transition(line: string): RumurStep {
  const named = /^<transition>(Rule|Startstate) &quot;(.*?)&quot;/.exec(line);
  const parameters = new Map<string, string>();
  for (const [, name = "", value = ""] of line.matchAll(
    /<parameter name="([^"]*)">([^<]*)<\/parameter>/g,
  ))
    parameters.set(unescaped(name), unescaped(value));
  const rule = named?.[1] === "Rule" ? unescaped(named[2] ?? "") : null;
  return { rule, parameters, state: new Map() };
}

function attributes(line: string): { readonly [name: string]: string } {
  const found = [...line.matchAll(/(\w+)="([^"]*)"/g)];
  return Object.fromEntries(found.map(([, name = "", value = ""]) => [name, unescaped(value)]));
}

const ENTITIES: { readonly [entity: string]: string } = {
  "&quot;": '"',
  "&lt;": "<",
  "&gt;": ">",
  "&amp;": "&",
  "&apos;": "'",
};

function unescaped(text: string): string {
  return text.replace(/&\w+;/g, (entity) => ENTITIES[entity] ?? entity);
}
