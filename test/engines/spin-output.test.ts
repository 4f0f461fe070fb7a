// What a verifier made by SPIN prints, as it is read.

import { expect, test } from "vitest";
import { emptySpinReport, takeSpinLine, trailSteps } from "../../src/engines/spin-output.ts";

function read(text: string) {
  const progress: string[] = [];
  const report = emptySpinReport();
  for (const line of text.split("\n")) takeSpinLine(report, line, (said) => progress.push(said));
  return { report, progress };
}

const whole = `pan:1: weft found 12 (at depth 20)
pan: wrote model.pml1.trail
pan:2: weft found 0 (at depth 24)
pan: wrote model.pml2.trail
Depth=      30 States= 1.2e+06 Transitions= 2.5e+06 Memory=   128.195	t=      1.2 R=   1e+06

(Spin Version 6.5.2 -- 6 December 2019)
	+ Breadth-First Search

Full statespace search for:
	never claim         	- (none specified)
	assertion violations	+
	cycle checks       	- (disabled by -DSAFETY)
	invalid end states	- (disabled by -E flag)

State-vector 124 byte, depth reached 40, errors: 7
     6321 states, stored
	    6321 nominal states (stored-atomic)
     3841 states, matched
    10162 transitions (= stored+matched)
        0 atomic steps
hash conflicts:         1 (resolved)

Stats on memory usage (in Megabytes):
    0.872	equivalent memory usage for states (stored*(State-vector + overhead))

pan: elapsed time 0.01 seconds
weft: chosen 1710 started 42 refused 3 at 2`;

test("figures, what was found, its trails, and progress", () => {
  const { report, progress } = read(whole);
  expect(report).toMatchObject({ stored: 6321, transitions: 10162, depth: 40, incomplete: null });
  expect(report.before).toEqual({ chosen: 1710, started: 42, refused: 3, places: 2 });
  expect(report.found).toEqual([12, 0]);
  expect([...report.trails]).toEqual([
    [12, "model.pml1.trail"],
    [0, "model.pml2.trail"],
  ]);
  expect(progress).toEqual([
    "Depth= 30 States= 1.2e+06 Transitions= 2.5e+06 Memory= 128.195 t= 1.2 R= 1e+06",
  ]);
  expect(report.unexpected).toBe(null);
});

test.each([
  "Warning: Search not completed",
  "error: max search depth too small",
  "pan: reached -DMEMLIM bound",
  "pan: out of memory",
  "error: VECTORSZ is too small, edit pan.h",
  "	+ Using Breadth-First Search and hash-compact",
  "Bit statespace search for:",
])("%s: not everything was looked at", (line) => {
  expect(read(`${whole}\n${line}`).report.incomplete).toBe(line.trim());
});

test("an error that the model does not tell of is none of the spec's", () => {
  const { report } = read("pan:1: invalid array index (at depth 3)");
  expect(report.unexpected).toBe("invalid array index");
  expect(report.found).toEqual([]);
});

test("steps of a trail are told by the process and the line of their d_step", () => {
  const steps = trailSteps(`  1:	proc  0 (:init:) model.pml:21 (state 5)	[x = 1]
  2:	proc  0 (:init:) model.pml:28 (state 11)	[D_STEP28]
  3:	proc  2 (p) model.pml:39 (state 18)	[D_STEP51]
spin: trail ends after 4 steps
#processes 4:
  4:	proc 0 (:init:)  model.pml:32 (state 12)
		-end-`);
  expect(steps).toEqual([
    { pid: 0, line: 21 },
    { pid: 0, line: 28 },
    { pid: 2, line: 51 },
  ]);
});
