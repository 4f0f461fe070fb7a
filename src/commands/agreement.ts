// `weft check --engine all`: the same spec by Weft, its interpreter and every engine that is there, side by side.

import type { Found } from "../checker/exploration.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import {
  type Contender,
  type Disagreement,
  disagreements,
  outcomeOn,
} from "../engines/agreement.ts";
import type { Engine } from "../engines/engine.ts";
import { engines as allEngines } from "../engines/engines.ts";
import { engineTitles, type FoundBy } from "../engines/found-by.ts";
import type { Machine } from "../machine/machine.ts";
import { agreementLine, drawAgreement, drawDisagreements } from "../report/agreement.ts";
import {
  type AgreementFacts,
  agreementDocument,
  agreementsDocument,
} from "../report/agreement-json.ts";
import { drawMissing } from "../report/outside.ts";
import { plain } from "../report/style.ts";
import { closingLine, headline, type TraceStyle } from "../report/verdicts.ts";
import { peakMemory } from "../runtime/memory.ts";
import { version } from "../version.ts";
import { paintFor, print, printDiagnostics, printJson, remark } from "./console.ts";
import { askEngine, failureDiagnostic } from "./engine.ts";
import type { EngineOptions } from "./engine-options.ts";
import {
  codeOfDiagnostics,
  codeOfLimit,
  type ExitCode,
  exitCodes,
  firstCode,
} from "./exit-codes.ts";
import type { CheckOptions } from "./options.ts";
import { type Checked, compileSpec, concluded, refused, search } from "./run.ts";

export interface AgreementOptions extends CheckOptions, EngineOptions {
  readonly traces: TraceStyle;
}

/** One spec, checked by all. */
export interface Agreed {
  /** As Weft's own check ends; its diagnostics are those of the spec. */
  readonly checked: Checked;
  readonly contenders: readonly Contender[];
  readonly disagreements: readonly Disagreement[];
  /** Why engines gave no answer. */
  readonly silent: readonly Silent[];
  readonly code: ExitCode;
}

export interface Silent {
  readonly who: string;
  readonly missing: boolean;
  readonly diagnostic: Diagnostic;
}

/** Checks each spec by all, prints the tables, and sets the status of the program. */
export async function checkAgreement(
  paths: readonly string[],
  options: AgreementOptions,
): Promise<void> {
  const all: Agreed[] = [];
  for (const path of paths) {
    const agreed = await agree(path, options);
    all.push(agreed);
    if (options.json !== true) show(agreed, options, all.length > 1);
  }
  if (options.json === true) {
    const [first] = all;
    printJson(
      all.length === 1 && first !== undefined
        ? agreementDocument(factsOf(first))
        : agreementsDocument(all.map(factsOf)),
    );
  }
  process.exitCode = firstCode(all.map(({ code }) => code));
}

/** Has everybody check a spec, one after the other. */
export async function agree(
  path: string,
  options: AgreementOptions,
  engines: readonly Engine[] = allEngines,
): Promise<Agreed> {
  const { machine, diagnostics } = compileSpec(path, options);
  if (machine === null) return unchecked(refused(path, diagnostics));
  const own = { ...options, backend: "js" as const };
  const checked = concluded(path, diagnostics, machine, await search(machine, own));
  if (checked.result === null) return unchecked(checked);
  const weft = contenderOf("Weft", checked.result.exploration, peakMemory());
  const slow = await search(machine, { ...options, backend: "interpreter" });
  const contenders = [weft, contenderOf("interpreter", slow, null)];
  const silent: Silent[] = [];
  const codes: ExitCode[] = [checked.code];
  for (const engine of engines) {
    const who = engineTitles[engine.name];
    const asked = await askEngine(machine, engine, options, { verdictsOnly: true });
    if (asked.kind === "found") {
      const shown = await withBehaviours(machine, engine, options, asked.by, weft);
      contenders.push(contenderBy(shown));
      continue;
    }
    const diagnostic = failureDiagnostic(engine, asked);
    const missing = asked.failure.kind === "missing";
    silent.push({ who, missing, diagnostic });
    if (asked.interrupted) codes.push(exitCodes.interrupted);
    else if (!missing) codes.push(codeOfDiagnostics([diagnostic]));
    if (asked.interrupted) break;
  }
  if (silent.filter(({ missing }) => missing).length === engines.length) {
    codes.push(exitCodes.usage);
  }
  for (const { found } of contenders) {
    if (found.complete) continue;
    codes.push(codeOfLimit(found.stoppedBy));
  }
  const differing = disagreements(contenders);
  if (differing.length > 0) codes.push(exitCodes.internal);
  return { checked, contenders, disagreements: differing, silent, code: firstCode(codes) };
}

function unchecked(checked: Checked): Agreed {
  return { checked, contenders: [], disagreements: [], silent: [], code: checked.code };
}

function contenderOf(who: string, found: Found, memoryBytes: number | null): Contender {
  return { who, version, flags: [], found, memoryBytes, unconfirmed: [] };
}

function contenderBy({ found, unconfirmed }: FoundBy): Contender {
  const { name = "", version: of = "", flags = [], memoryBytes = null } = found.by ?? {};
  return { who: name, version: of, flags, found, memoryBytes, unconfirmed };
}

/** An engine that sees something which Weft does not is asked once more, for its behaviour. */
async function withBehaviours(
  machine: Machine,
  engine: Engine,
  options: AgreementOptions,
  answer: FoundBy,
  weft: Contender,
): Promise<FoundBy> {
  const alone = answer.found.verdicts.some(({ kind, name, outcome }) => {
    if (outcome !== "violated" && outcome !== "reachable") return false;
    return outcomeOn(weft.found, { kind, name }) !== outcome;
  });
  if (!alone) return answer;
  const again = await askEngine(machine, engine, options, { verdictsOnly: false });
  return again.kind === "found" ? again.by : answer;
}

function show(agreed: Agreed, options: AgreementOptions, following: boolean): void {
  const { checked, contenders, disagreements: differing, silent } = agreed;
  printDiagnostics(checked.diagnostics, options.color);
  const { result, path } = checked;
  if (result === null) return;
  const { machine, exploration, findings } = result;
  const paint = paintFor(options.color);
  const { traces, quiet = false } = options;
  const drawing = { paint, traces, quiet };
  const closing = [
    agreementLine(contenders, differing, paint),
    closingLine(exploration, findings, paint),
  ];
  const shown = differing.length === 0 ? [] : [drawDisagreements(machine, differing, drawing)];
  if (quiet) {
    if (silent.length > 0) remark(drawMissing(silent, plain));
    print([...shown, `${path}: ${closing.join("; ")}`].join("\n\n"));
  } else {
    const absent = silent.length === 0 ? [] : [drawMissing(silent, paint)];
    const blocks = [
      paint("strong", headline(machine, exploration)),
      ...shown,
      drawAgreement(contenders, differing, drawing),
      ...absent,
      closing.join("\n"),
    ];
    print(`${following ? "\n" : ""}${blocks.join("\n\n")}`);
  }
}

function factsOf({
  checked,
  contenders,
  disagreements: differing,
  silent,
  code,
}: Agreed): AgreementFacts {
  const { path, diagnostics, result } = checked;
  return {
    path,
    diagnostics,
    exitCode: code,
    found: result?.exploration ?? null,
    contenders,
    disagreements: differing,
    silent,
  };
}
