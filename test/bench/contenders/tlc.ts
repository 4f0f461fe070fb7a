// TLC, with one worker or two; where it is says WEFT_TLC.

import { mkdirSync } from "node:fs";
import { emitTlaPlus } from "../../../src/emit/tlaplus/tlaplus.ts";
import { COLLECTOR, locateTlc, missingTlc } from "../../../src/engines/tlc-java.ts";
import { tlcReader } from "../../../src/engines/tlc-output.ts";
import { emptyReport, take } from "../../../src/engines/tlc-run.ts";
import { writeTextAtomically } from "../../../src/runtime/files.ts";
import { type Contender, done, Failed, once, type Subject } from "./contender.ts";

const HEAP = "-Xmx8g";

export function tlc(workers: number): Contender {
  const flags = ["-workers", String(workers), "-fp", "0", "-nowarning"];
  const prepared = once((subject) => prepare(subject, `tlc-${workers}`));
  return {
    kind: "TLC",
    name: `TLC ${workers}`,
    flags: `java ${COLLECTOR} ${HEAP} tlc2.TLC ${flags.join(" ")}`,
    missing: async () => (await missingTlc(null))?.message ?? null,
    async run(subject) {
      const { folder, module } = await prepared(subject);
      const installation = await locateTlc(null);
      if ("kind" in installation) throw new Failed(installation.message);
      const report = emptyReport();
      const reader = tlcReader();
      let begun = 0;
      const end = await done(subject, {
        program: installation.java,
        args: [
          ...[COLLECTOR, HEAP, `-Djava.io.tmpdir=${folder}`, "-cp", installation.classPath],
          // TLC names folders after the second, and wants new ones.
          ...["tlc2.TLC", ...flags, "-tool", "-cleanup", "-metadir", `states-${performance.now()}`],
          module,
        ],
        folder,
        onLine(line) {
          if (/^Computing initial states/.test(line)) begun = performance.now();
          const message = reader.line(line);
          if (message !== null) take(report, message);
        },
      });
      const exploringSeconds = (performance.now() - begun) / 1000;
      const { figures, completed, initialStates } = report;
      if (!completed || figures === null || begun === 0) {
        throw new Failed(report.stoppedAt ?? report.errors[0] ?? "TLC did not finish");
      }
      const { distinct, generated } = figures;
      return {
        counts: { states: distinct, transitions: generated - initialStates },
        stored: distinct,
        wholeSeconds: end.seconds,
        exploringSeconds,
        peakBytes: end.peakBytes,
      };
    },
  };
}

async function prepare(
  subject: Subject,
  name: string,
): Promise<{ readonly folder: string; readonly module: string }> {
  const emitted = emitTlaPlus(subject.machine);
  if (emitted.kind === "refusal") throw new Failed(emitted.refusal.reason);
  const { files, module } = emitted.translation;
  const folder = `${subject.folder}/${name}`;
  mkdirSync(folder);
  for (const file of files) {
    const text = file.name.endsWith(".cfg") ? leanConfiguration(file.text) : file.text;
    writeTextAtomically(`${folder}/${file.name}`, text);
  }
  return { folder, module };
}

/** Without the check of types and of deadlock, which costs TLC as much as the search and the others little or nothing. */
export function leanConfiguration(text: string): string {
  return text.replace(/^INVARIANT (?:TypeOK|NoDeadlock)\n/gm, "");
}
