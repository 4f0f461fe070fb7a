// TLC's distributed mode, on this computer, asked about a module that is written by hand beside a spec.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type TestContext, test } from "vitest";
import type { EngineAnswer } from "../../src/engines/engine.ts";
import { tlc } from "../../src/engines/tlc.ts";
import { askDistributed } from "../../src/engines/tlc-distributed.ts";
import {
  type DistributedOptions,
  hostPrograms,
  hostsMisuse,
  hostsOf,
  javaArguments,
  serverFlags,
  shellLine,
} from "../../src/engines/tlc-hosts.ts";
import type { TlcQuestion } from "../../src/engines/tlc-question.ts";
import { checked } from "../support/checked.ts";
import { needEngines } from "../support/engines.ts";

const options: DistributedOptions = {
  workers: ["localhost", "localhost"],
  fingerprintServers: [],
  remoteShell: null,
  serverHost: null,
  port: 10997,
};

test("hosts are read from a list", () => {
  expect(hostsOf("localhost, box-1.lab,10.0.0.2")).toEqual(["localhost", "box-1.lab", "10.0.0.2"]);
  for (const wrong of ["", "a,,b", "a b", "-x", "a;rm"]) expect(hostsOf(wrong), wrong).toBeNull();
});

test("other hosts have to know this one", () => {
  expect(hostsMisuse(options)).toBeNull();
  expect(hostsMisuse({ ...options, fingerprintServers: ["box"] })).toMatch("--server-host");
  expect(hostsMisuse({ ...options, workers: ["box"], serverHost: "desk" })).toBeNull();
});

test("every program gets the line that TLC wants", () => {
  const wide = { ...options, workers: ["box"], fingerprintServers: ["vault"], serverHost: "desk" };
  const lines = hostPrograms(wide).map((program) =>
    shellLine([program.host, ...javaArguments(wide, program, "/opt/my tlc/tla2tools.jar")]),
  );
  const told = (host: string): string =>
    `${host} -XX:+UseParallelGC -Djava.rmi.server.hostname=${host} -Dtlc2.tool.distributed.TLCServer.port=10997 -cp '/opt/my tlc/tla2tools.jar'`;
  expect(lines).toEqual([
    `${told("vault")} tlc2.tool.distributed.fp.DistributedFPSet desk`,
    `${told("box")} tlc2.tool.distributed.TLCWorker desk`,
  ]);
  expect(serverFlags(wide)).toContain("-Dtlc2.tool.distributed.TLCServer.expectedFPSetCount=1");
  expect(serverFlags(wide)).toContain("-Djava.rmi.server.hostname=desk");
});

const spec = `spec grid
var x: 0..40 = 0
var y: 0..40 = 0
action right(by: 1..3) when x + by <= 40 { x := x + by }
action up(by: 1..3) when y + by <= 40 { y := y + by }
action stay when x == 40 && y == 40 { }
invariant small: x + y <= LIMIT
cover end: x == 40
const LIMIT: 0..80 = `;

const module = `---- MODULE Grid ----
EXTENDS Integers
CONSTANT Limit
VARIABLES x, y
Init == x = 0 /\\ y = 0
Right(by) == x + by <= 40 /\\ x' = x + by /\\ y' = y
Up(by) == y + by <= 40 /\\ y' = y + by /\\ x' = x
Stay == x = 40 /\\ y = 40 /\\ UNCHANGED <<x, y>>
Next == \\/ \\E by \\in 1..3 : Right(by)
        \\/ \\E by \\in 1..3 : Up(by)
        \\/ Stay
Small == x + y <= Limit
====
`;

function question(limit: number): TlcQuestion {
  return {
    subject: {
      ...{
        module: "Grid",
        text: module,
        init: "Init",
        next: "Next",
        variables: "",
        report: "",
        sanity: "",
      },
      constants: [],
    },
    files: [
      { name: "Grid.tla", text: module },
      {
        name: "Grid.cfg",
        text: `INIT Init\nNEXT Next\nCONSTANT Limit = ${limit}\nINVARIANT Small\n`,
      },
    ],
    verdicts: [
      { kind: "invariant", name: "small" },
      { kind: "cover", name: "end" },
      { kind: "deadlock", name: "deadlock" },
    ],
    checks: [],
    readState: (values) =>
      Object.fromEntries(
        [...values].map(([name, value]) => [name, value.kind === "number" ? value.value : null]),
      ),
  };
}

async function ask(
  context: TestContext,
  limit: number,
  chosen: Partial<DistributedOptions> & Pick<DistributedOptions, "port">,
): Promise<EngineAnswer> {
  await needEngines(context, [tlc]);
  const { machine } = checked(`${spec}${limit}\n`);
  const folder = mkdtempSync(join(tmpdir(), "weft-tlc-"));
  try {
    const answer = await askDistributed(machine, question(limit), {
      options: { ...options, ...chosen },
      tell: () => {},
      settings: {
        folder,
        memoryBytes: 2 ** 30,
        timeLimitSeconds: 100,
        signal: new AbortController().signal,
        progress: () => {},
        verdictsOnly: false,
        optimise: "-O0",
        tlc: null,
      },
    });
    const failed = answer.kind === "failure" ? answer.failure.message : "";
    if (failed.includes("NotSerializableException")) context.skip("this TLC cannot be distributed");
    return answer;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test("two workers count what one search counts", { timeout: 120_000 }, async (context) => {
  const answer = await ask(context, 80, { port: 10_971 });
  expect(answer).toMatchObject({
    kind: "result",
    result: {
      complete: true,
      states: 41 * 41,
      transitions: null,
      depth: null,
      verdicts: [{ outcome: "holds" }, { outcome: "unknown" }, { outcome: "holds" }],
    },
  });
});

test("a violation comes with a behaviour that is followed", {
  timeout: 120_000,
}, async (context) => {
  const chosen = { fingerprintServers: ["localhost"], workers: ["localhost"], port: 10_972 };
  const answer = await ask(context, 20, chosen);
  expect(answer).toMatchObject({
    kind: "result",
    result: {
      complete: false,
      states: null,
      verdicts: [{ outcome: "violated" }, { outcome: "unknown" }, { outcome: "unknown" }],
    },
  });
});

test("a worker that cannot start ends the run", { timeout: 120_000 }, async (context) => {
  const chosen = { workers: ["box"], serverHost: "localhost", remoteShell: "false", port: 10_973 };
  const answer = await ask(context, 80, chosen);
  expect(answer).toMatchObject({
    kind: "failure",
    failure: { kind: "failed", message: expect.stringContaining("the worker on box") },
  });
});
