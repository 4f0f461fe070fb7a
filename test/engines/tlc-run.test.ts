import { expect, test } from "vitest";
import { tlcMessages } from "../../src/engines/tlc-output.ts";
import { emptyReport, type TlcReport, take } from "../../src/engines/tlc-run.ts";

/** What is made of an output; states with their variables as text are enough here. */
function reportOf(output: string): TlcReport {
  const report = emptyReport();
  for (const message of tlcMessages(output)) take(report, message);
  return report;
}

function check(output: string, expected: Partial<TlcReport>): void {
  expect(reportOf(output)).toMatchObject(expected);
}

const message = (code: number, severity: number, text: string): string =>
  `@!@!@STARTMSG ${code}:${severity} @!@!@\n${text}\n@!@!@ENDMSG ${code} @!@!@\n`;

const began =
  message(2262, 0, "TLC2 Version 2.19 of 08 August 2024 (rev: 5a47802)") +
  "Parsing file Zap.tla\nSemantic processing of module Zap\n" +
  message(2189, 0, "Computing initial states...");

const figures = (generated: string, distinct: string, left: string): string =>
  message(
    2200,
    0,
    `Progress(8) at 2026-11-23 00:02:16: ${generated} states generated (1,656 s/min), ${distinct} distinct states found (1,273 ds/min), ${left} states left on queue.`,
  ) +
  message(
    2199,
    0,
    `${generated.replaceAll(",", "")} states generated, ${distinct.replaceAll(",", "")} distinct states found, ${left} states left on queue.`,
  );

const completed = message(
  2193,
  0,
  `Model checking completed. No error has been found.
  Estimates of the probability that TLC did not check all reachable states
  because two distinct states had the same fingerprint:
  calculated (optimistic):  val = 1.4E-8
  based on the actual fingerprints:  val = 1.7E-13`,
);

test("a complete run", () => {
  const output =
    began +
    message(
      2191,
      0,
      "Finished computing initial states: 1,006 states generated, with 4 of them distinct at 2026-11-23 00:07:25.",
    ) +
    '<<"weft", "invariant Inv">>\n<<"weft", "range">>\n<<"weft", "range">>\n"chatter"\n' +
    completed +
    figures("1,657,892", "169,744", "0") +
    message(2194, 0, "The depth of the complete state graph search is 72.") +
    message(2186, 0, "Finished in 03s at (2026-11-23 00:07:28)");
  check(output, {
    version: "2.19 of 08 August 2024 (rev: 5a47802)",
    completed: true,
    figures: { generated: 1_657_892, distinct: 169_744, left: 0 },
    initialStates: 1006,
    depth: 72,
    collision: "1.7E-13",
    found: new Set(["invariant Inv", "range"]),
    stoppedAt: null,
    errors: [],
  });
});

const trace =
  message(2121, 1, "The behavior up to this point is:") +
  message(2217, 4, "1: <Initial predicate>\nx = 2\n") +
  message(2217, 4, "2: <Inc(1) line 7, col 11 to line 9, col 29 of module T>\nx = 3\n");

test("an invariant that is violated", () => {
  const output =
    began +
    message(2190, 0, "Finished computing initial states: 1 distinct state generated at now.") +
    message(2110, 1, "Invariant WeftStop1 is violated.") +
    trace +
    figures("36", "12", "3");
  check(output, { completed: false, stoppedAt: "WeftStop1", initialStates: 1, errors: [] });
  expect(reportOf(output).trace.map(({ action }) => action)).toEqual([null, "Inc(1)"]);
});

test("an invariant that an initial state violates", () => {
  const output =
    began + message(2107, 1, "Invariant WeftStop1 is violated by the initial state:\nx = 2\n");
  check(output, { stoppedAt: "WeftStop1", errors: [] });
  expect(reportOf(output).trace).toEqual([
    { action: null, values: new Map([["x", { kind: "number", value: 2 }]]) },
  ]);
});

const asserted =
  'The first argument of Assert evaluated to FALSE; the second argument was:\n<<"weft", "range">>';
const nested = message(
  2103,
  1,
  "The error occurred when TLC was evaluating the nested\nexpressions at the following positions:\n0. Line 6",
);

test("a report that stops the run, in a step and in an initial state", () => {
  check(began + message(2132, 1, asserted) + trace + nested, { stoppedAt: "range", errors: [] });
  const early = message(1000, 1, message(2132, 0, asserted).trimEnd());
  check(began + early + nested, { stoppedAt: "range", trace: [], errors: [] });
});

test("errors that are no verdicts", () => {
  const unknown =
    "A non-function (an integer) was applied as a function.\nline 6, col 8 of module N";
  check(began + message(2102, 1, unknown) + nested, { stoppedAt: null, errors: [unknown] });
  const foreign = asserted.replace('<<"weft", "range">>', "oops");
  check(began + message(2132, 1, foreign), { stoppedAt: null, errors: [foreign] });
  const complaint = "***Parse Error***\nEncountered Next\n\nat line 5\n";
  check(complaint, { errors: ["***Parse Error***", "Encountered Next", "at line 5"] });
});

test("a TLC that was built by hand calls itself after the time", () => {
  check(message(2262, 0, "TLC2 Version 2026.11.22.235949"), { version: "unreleased" });
  check("TLC2 TLC Server Version 2.20 of Day Month 20??\n", { version: "2.20" });
});
