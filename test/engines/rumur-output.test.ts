// What a verifier made by rumur prints, as it is read.

import { expect, test } from "vitest";
import { emptyReport, takeLine } from "../../src/engines/rumur-output.ts";

function read(text: string) {
  const progress: string[] = [];
  const report = emptyReport();
  for (const line of text.split("\n")) takeLine(report, line, (said) => progress.push(said));
  return { report, progress };
}

test("figures, progress and what covers counted; equal messages are one", () => {
  const { report, progress } = read(`<?xml version="1.0" encoding="utf-8"?>
<rumur_run>
<information state_size_bits="26" state_size_bytes="4" hash_table_slots="65536"/>
<progress states="10000" duration_seconds="0" rules_fired="23456" queue_size="78" thread_id="0"/>
<cover_result message="range" count="16"/>
<cover_result message="assert &quot;a &lt; b&quot;" count="0"/>
<cover_result message="range" count="4"/>
<summary states="24" rules_fired="68" errors="1" duration_seconds="0"/>
</rumur_run>`);
  expect(report.summary).toEqual({ states: 24, rulesFired: 68 });
  expect([...report.covers]).toEqual([
    ["range", 20],
    ['assert "a < b"', 0],
  ]);
  expect(report.error).toBe(null);
  expect(progress).toEqual(["10000 states, 23456 rules fired, 78 in the queue"]);
});

test("the way to an error, with rules, parameters and states", () => {
  const { report } = read(`<error includes_trace="true">
<message>invariant &quot;one at a time&quot; failed</message>
<transition>Startstate &quot;init&quot;<parameter name="free_1">true</parameter></transition>
<state>
<state_component name="at[1]" value="zero"/>
<state_component name="owner.index" value="Undefined"/>
</state>
<transition>Rule &quot;p.go~2&quot;<parameter name="m">1</parameter><parameter name="c">green</parameter></transition>
<state>
<state_component name="at[1]" value="one"/>
<state_component name="owner.index" value="1"/>
</state>
</error>
<summary states="2" rules_fired="1" errors="1" duration_seconds="0"/>`);
  expect(report.error).toBe('invariant "one at a time" failed');
  expect(report.steps).toEqual([
    {
      rule: null,
      parameters: new Map([["free_1", "true"]]),
      state: new Map([
        ["at[1]", "zero"],
        ["owner.index", "Undefined"],
      ]),
    },
    {
      rule: "p.go~2",
      parameters: new Map([
        ["m", "1"],
        ["c", "green"],
      ]),
      state: new Map([
        ["at[1]", "one"],
        ["owner.index", "1"],
      ]),
    },
  ]);
});

test("output that breaks off has no figures", () => {
  const { report } = read('<progress states="10000" rules_fired="1" queue_size="2"/>\n<summ');
  expect(report.summary).toBe(null);
});
