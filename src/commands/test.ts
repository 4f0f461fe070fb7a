// `weft test [PATH…]`: check every spec under a folder and compare with what it expects.

import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { expectedOutcome, type Judgement, judge } from "../checker/expectations.ts";
import { formatPlace } from "../diagnostics/source.ts";
import type { Expectation, Value } from "../machine/machine.ts";
import { drawTests, type TestRow } from "../report/tests.ts";
import { paintFor, print, printDiagnostics, printJson, remark } from "./console.ts";
import { codeOfLimit, type ExitCode, exitCodes, firstCode } from "./exit-codes.ts";
import {
  type CheckOptions,
  withCompileOptions,
  withOutputOptions,
  withSearchOptions,
} from "./options.ts";
import { type CheckResult, checkSpec, compileSpec, shownPath } from "./run.ts";

export function addTest(program: Command): void {
  const command = program
    .command("test")
    .description("check that specs come to what they expect")
    .argument("[path...]", "files, or folders searched for *.weft (default: this folder)");
  withSearchOptions(withCompileOptions(command));
  withOutputOptions(command, "only what is not as expected").action(runTest);
}

async function runTest(paths: readonly string[], options: CheckOptions): Promise<void> {
  const given = paths.length === 0 ? ["."] : paths;
  const rows: TestRow[] = [];
  const codes: ExitCode[] = [];
  for (const path of given) {
    const found = specsUnder(path);
    if (found === null) {
      remark(`there is no file or folder \`${path}\``);
      codes.push(exitCodes.usage);
      continue;
    }
    for (const spec of found) {
      const tested = await testSpec(spec, options);
      rows.push(...tested.rows);
      codes.push(...tested.codes);
    }
  }
  if (rows.some(({ met }) => !met)) codes.push(exitCodes.violation);
  const code = firstCode(codes);
  if (options.json === true)
    printJson({ format: "weft-test/1", exitCode: code, expectations: rows });
  else if (rows.length > 0 || codes.length === 0) {
    const complete = !codes.includes(exitCodes.limit) && !codes.includes(exitCodes.interrupted);
    const { quiet = false } = options;
    print(drawTests(rows, { paint: paintFor(options.color), quiet, complete }));
  }
  process.exitCode = code;
}

/** The spec files at a path, in a fixed order; null if there is nothing. */
function specsUnder(path: string): readonly string[] | null {
  const status = statSync(path, { throwIfNoEntry: false });
  if (status === undefined) return path === "-" ? [path] : null;
  if (!status.isDirectory()) return [path];
  const entries = readdirSync(path, { withFileTypes: true });
  const names = entries
    .filter(({ name }) => !name.startsWith(".") && name !== "node_modules")
    .sort((left, right) => (left.name < right.name ? -1 : 1));
  return names.flatMap((entry) => {
    const inner = path === "." ? entry.name : join(path, entry.name);
    if (entry.isDirectory()) return specsUnder(inner) ?? [];
    return entry.name.endsWith(".weft") ? [inner] : [];
  });
}

interface Tested {
  readonly rows: readonly TestRow[];
  readonly codes: readonly ExitCode[];
}

/** Checks a spec once for each set of parameters that an expectation speaks of. */
async function testSpec(path: string, options: CheckOptions): Promise<Tested> {
  const compiled = compileSpec(path, options, options.set);
  if (compiled.machine === null) {
    const checked = await checkSpec(path, options);
    printDiagnostics(checked.diagnostics, options.color);
    return { rows: [], codes: [checked.code] };
  }
  const rows: TestRow[] = [];
  const codes: ExitCode[] = [];
  for (const [, group] of groupByBindings(compiled.machine.expectations)) {
    const settings = new Map<string, string | Value>(options.set);
    for (const { name, value } of group[0]?.bindings ?? []) settings.set(name, value);
    const { result, diagnostics, code } = await checkSpec(path, options, settings);
    printDiagnostics(result === null ? diagnostics : [], options.color);
    if (result === null) {
      codes.push(code);
      continue;
    }
    const { complete, stoppedBy } = result.exploration;
    if (!complete) codes.push(codeOfLimit(stoppedBy));
    const judged = group.map((expectation) => judge(expectation, result.exploration));
    rows.push(...judged.map((judgement) => rowOf(path, judgement)));
    rows.push(...unexpected(path, result, group));
  }
  return { rows, codes };
}

function groupByBindings(
  expectations: readonly Expectation[],
): ReadonlyMap<string, readonly Expectation[]> {
  // A spec that expects nothing is checked all the same: a violation is never passed over.
  const groups = new Map<string, Expectation[]>(expectations.length === 0 ? [["", []]] : []);
  for (const expectation of expectations) {
    const bindings = [...expectation.bindings].sort((a, b) => (a.name < b.name ? -1 : 1));
    const key = JSON.stringify(bindings.map(({ name, value }) => [name, value]));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [expectation]);
    else group.push(expectation);
  }
  return groups;
}

function rowOf(path: string, { expectation, found, met }: Judgement): TestRow {
  const { subject, span } = expectation;
  return {
    spec: shownPath(path),
    parameters: bindingWords(expectation),
    subject:
      subject.kind === "property"
        ? subject.name
        : subject.kind === "label"
          ? `${subject.function}.${subject.label}`
          : subject.what,
    expected: subject.kind === "count" ? String(subject.value) : subject.outcome,
    found: String(found),
    met,
    place: formatPlace(span),
  };
}

/** Violations that no expectation mentions are never passed over. */
function unexpected(
  path: string,
  { machine, exploration }: CheckResult,
  group: readonly Expectation[],
): readonly TestRow[] {
  const names = exploration.verdicts
    .filter(
      ({ outcome, name }) =>
        outcome === "violated" && expectedOutcome(machine, exploration.parameters, name) === null,
    )
    .map(({ name }) => name);
  return [...new Set(names)].map((subject) => ({
    spec: shownPath(path),
    parameters: bindingWords(group[0]),
    subject,
    expected: "holds",
    found: "violated",
    met: false,
    place: "no expectation speaks of it",
  }));
}

function bindingWords(expectation: Expectation | undefined): string {
  const bindings = expectation?.bindings ?? [];
  return bindings.map(({ name, value }) => `${name} = ${String(value)}`).join(", ");
}
