// The program: declares the commands, and answers for our own faults.

import { Command } from "commander";
import { addCheck } from "./commands/check.ts";
import { addCompile } from "./commands/compile.ts";
import { endWithOutput } from "./commands/console.ts";
import { addDiff } from "./commands/diff.ts";
import { addEmit } from "./commands/emit.ts";
import { addEstimate } from "./commands/estimate.ts";
import { exitCodes } from "./commands/exit-codes.ts";
import { addExplain } from "./commands/explain.ts";
import { addExplore } from "./commands/explore.ts";
import { addFmt } from "./commands/fmt.ts";
import { addInit } from "./commands/init.ts";
import { addMatrix } from "./commands/matrix.ts";
import { addReplay } from "./commands/replay.ts";
import { addSeries } from "./commands/series.ts";
import { addSimulate } from "./commands/simulate.ts";
import { addTest } from "./commands/test.ts";
import { addTour } from "./commands/tour.ts";
import { addTrace } from "./commands/trace.ts";
import { version } from "./version.ts";

const program = new Command("weft")
  .description("Specify a race, check every interleaving, show the one that loses.")
  .version(version, "-V, --version")
  .showSuggestionAfterError()
  .showHelpAfterError("(weft help COMMAND says what it takes)");

for (const add of [
  addCheck,
  addMatrix,
  addSeries,
  addDiff,
  addSimulate,
  addEstimate,
  addTrace,
  addExplore,
  addReplay,
  addCompile,
  addEmit,
  addTest,
  addFmt,
  addExplain,
  addInit,
  addTour,
]) {
  add(program);
}

/** Whatever reaches this was not foreseen: it is no mistake in a spec. */
function ownFault(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`weft: ${message}\nThis is Weft's fault, not your spec's.\n`);
  process.exit(exitCodes.internal);
}

endWithOutput();
process.on("uncaughtException", ownFault);
program.parseAsync().catch(ownFault);
