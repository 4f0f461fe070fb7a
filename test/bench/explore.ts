// How fast specs are checked: states a second, one line a spec. `npm run bench`, or `npm run bench -- --large`
// for ten million states as well.

import { readFileSync } from "node:fs";
import { totalmem } from "node:os";
import { checkMachine, compile, type Settings } from "../../src/pipeline.ts";
import { drawTable } from "../../src/report/table.ts";
import { grouped } from "../../src/report/words.ts";
import { defaultMemory } from "../../src/runtime/memory.ts";

type Case = readonly [spec: string, settings: Settings];

const cases: readonly Case[] = [
  ["specs/thp-unmap/pre-patch.weft", new Map()],
  ["specs/thp-unmap/post-patch.weft", new Map()],
  [
    "specs/thp-unmap/post-patch.weft",
    new Map([
      ["MMS", "4"],
      ["ZAPPERS", "2"],
    ]),
  ],
  ["specs/classics/mcs-lock.weft", new Map([["THREADS", "4"]])],
  ["specs/classics/dining-ordered.weft", new Map([["N", "6"]])],
  ["specs/classics/two-phase-commit.weft", new Map([["RMS", "7"]])],
];

const large: Case = ["specs/classics/two-phase-commit.weft", new Map([["RMS", "9"]])];

function measure([path, settings]: Case): readonly string[] {
  const begun = performance.now();
  const { machine } = compile(path, (file) => readFileSync(file, "utf8"), settings);
  if (machine === null) throw new Error(`${path} does not compile`);
  const compiled = performance.now();
  const { distinctStates, transitions, complete } = checkMachine(machine, {
    memoryBytes: defaultMemory(),
  });
  const seconds = (performance.now() - compiled) / 1000;
  const given = [...settings].map(([name, value]) => `${name}=${String(value)}`).join(" ");
  return [
    `${path.replace(/^specs\//, "")} ${given}`,
    grouped(distinctStates) + (complete ? "" : " (not complete)"),
    grouped(transitions),
    `${((compiled - begun) / 1000).toFixed(2)} s`,
    `${seconds.toFixed(2)} s`,
    grouped(Math.round(distinctStates / seconds)),
    `${Math.round(process.memoryUsage().rss / 2 ** 20)} MiB`,
  ];
}

const chosen = process.argv.includes("--large") ? [...cases, large] : cases;
console.log(`Node ${process.version}, ${Math.round(totalmem() / 2 ** 30)} GiB`);
const head = ["spec", "states", "transitions", "compile", "check", "states/s", "memory so far"];
console.log(drawTable([head, ...chosen.map(measure)]));
