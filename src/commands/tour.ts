// `weft tour`: the main job in one go, on the specs that ship with Weft: three versions of a patch and what each comes to
// with and without DEBUG_VM, the race that the first one loses, and what the patch changed.

import { existsSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { Command } from "commander";
import { drawDifference } from "../report/diff/terminal.ts";
import { drawMatrix } from "../report/matrix.ts";
import { drawVerdict } from "../report/verdicts.ts";
import { paintFor, print, remark } from "./console.ts";
import { compareVersions } from "./diff.ts";
import { exitCodes, firstCode } from "./exit-codes.ts";
import { checkMatrix } from "./matrix.ts";
import { type CheckOptions, colorOption } from "./options.ts";
import { checkSpec } from "./run.ts";

const versions = ["pre-patch", "v1-debug-vm", "post-patch"];
const property = "unmap_complete";

export function addTour(program: Command): void {
  program
    .command("tour")
    .description("what Weft is for, shown on the specs that come with it")
    .addOption(colorOption())
    .action(runTour);
}

async function runTour({ color }: Pick<CheckOptions, "color">): Promise<void> {
  const folder = specFolder();
  if (folder === null) {
    remark("the specs that come with Weft are not beside it");
    process.exitCode = exitCodes.usage;
    return;
  }
  const paint = paintFor(color);
  const paths = versions.map((version) => `${folder}/${version}.weft`);
  const options: CheckOptions = {
    set: new Map(),
    fold: true,
    reset: true,
    backend: "js",
    color,
  };
  const vary = new Map([["DEBUG_VM", ["false", "true"]]]);
  print(
    paint(
      "dim",
      `$ weft matrix ${folder}/{${versions.join(",")}}.weft --vary DEBUG_VM=false,true --property ${property}`,
    ),
  );
  const { matrix, code } = await checkMatrix(paths, { ...options, vary, property: [property] });
  if (matrix !== null) print(`\n${drawMatrix(matrix, paint)}\n\n`);
  const [before = "", , after = ""] = paths;
  print(paint("dim", `$ weft trace ${before} --property ${property}`));
  const { result } = await checkSpec(before, options);
  const verdict = result?.exploration.verdicts.find(({ name }) => name === property);
  if (result !== null && verdict !== undefined) {
    print(`\n${drawVerdict(result.machine, verdict, { paint })}\n\n`);
  }
  print(paint("dim", `$ weft diff ${before} ${after}`));
  const compared = await compareVersions(before, after, {
    ...options,
    vary: new Map(),
    observe: [],
  });
  if (compared.diff !== null) print(`\n${drawDifference(compared.diff, { paint })}\n`);
  process.exitCode = firstCode([code, compared.code]);
}

/** Beside the program in its package, shown relative to where it runs. */
function specFolder(): string | null {
  const candidates = ["../specs/thp-unmap", "../../specs/thp-unmap"];
  const found = candidates
    .map((candidate) => fileURLToPath(new URL(candidate, import.meta.url)))
    .find((candidate) => existsSync(candidate));
  if (found === undefined) return null;
  const short = relative(process.cwd(), found);
  return short.startsWith("..") ? found : short;
}
