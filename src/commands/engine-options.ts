// The options of checks by engines outside, and those of a check that do not go with them.

import { type Command, InvalidArgumentError, Option } from "commander";
import type { Engine, EngineName } from "../engines/engine.ts";
import { engineNamed } from "../engines/engines.ts";
import { distributedTlc } from "../engines/tlc-distributed.ts";
import {
  DEFAULT_PORT,
  type DistributedOptions,
  hostsMisuse,
  hostsOf,
} from "../engines/tlc-hosts.ts";
import { remark } from "./console.ts";
import { type CheckOptions, parseCount, type ReductionOptions } from "./options.ts";

export interface EngineOptions {
  readonly engine?: EngineName | "all";
  /** Where TLC is. */
  readonly tlc?: string;
  /** Hosts of TLC's workers. */
  readonly distributed?: readonly string[];
  readonly fingerprintServers?: readonly string[];
  readonly remoteShell?: string;
  readonly serverHost?: string;
  readonly serverPort?: number;
}

/** `--engine`, `--tlc`, and what TLC's distributed mode wants to know. */
export function withEngine(command: Command): Command {
  return command
    .addOption(
      new Option(
        "--engine <which>",
        "let another model checker search; all: every one that is here, side by side with Weft",
      ).choices(["spin", "rumur", "tlc", "all"]),
    )
    .option(
      "--tlc <path>",
      "tla2tools.jar or the class path of TLC (default: the variable WEFT_TLC)",
    )
    .option(
      "--distributed <hosts>",
      "with --engine tlc: a worker of TLC on each of these hosts, such as localhost,box1,box1",
      parseHosts,
    )
    .option(
      "--fingerprint-servers <hosts>",
      "with --distributed: hosts that keep the fingerprints (default: the server does)",
      parseHosts,
    )
    .option(
      "--remote-shell <command>",
      "with --distributed: what runs a command line on another host, such as ssh (default: you do)",
    )
    .option("--server-host <name>", "with --distributed: the name of this host for the others")
    .option(
      "--server-port <n>",
      `with --distributed: the server's port (default: ${DEFAULT_PORT})`,
      parseCount,
    );
}

function parseHosts(text: string): readonly string[] {
  const hosts = hostsOf(text);
  if (hosts === null) throw new InvalidArgumentError("write names of hosts with commas between.");
  return hosts;
}

/** The engine that these options ask for; null if it is Weft, or all. */
export function engineOf(options: EngineOptions): Engine | null {
  if (options.engine === undefined || options.engine === "all") return null;
  const hosts = hostsIn(options);
  return hosts === null ? engineNamed(options.engine) : distributedTlc(hosts, remark);
}

function hostsIn(options: EngineOptions): DistributedOptions | null {
  if (options.distributed === undefined) return null;
  return {
    workers: options.distributed,
    fingerprintServers: options.fingerprintServers ?? [],
    remoteShell: options.remoteShell ?? null,
    serverHost: options.serverHost ?? null,
    port: options.serverPort ?? DEFAULT_PORT,
  };
}

/** Why these options do not go together; null if they do. `given`: was this option on the command line? */
export function engineMisuse(
  options: CheckOptions & EngineOptions,
  given: (name: string) => boolean,
): string | null {
  const { engine } = options;
  if (options.tlc !== undefined && engine !== "tlc" && engine !== "all") {
    return "--tlc goes with --engine tlc or --engine all";
  }
  if (options.distributed !== undefined && engine !== "tlc") {
    return "--distributed goes with --engine tlc";
  }
  const lost = hostOptions.find(([name]) => options[name] !== undefined)?.[1];
  if (options.distributed === undefined && lost !== undefined) {
    return `${lost} goes with --distributed`;
  }
  const hosts = hostsIn(options);
  const misuse = hosts === null ? null : hostsMisuse(hosts);
  if (misuse !== null || engine === undefined) return misuse;
  const reason = whySearchOptions(options, given);
  return reason === null ? null : `--engine does not go with ${reason}`;
}

const hostOptions = [
  ["fingerprintServers", "--fingerprint-servers"],
  ["remoteShell", "--remote-shell"],
  ["serverHost", "--server-host"],
  ["serverPort", "--server-port"],
] as const;

/** An option that says how Weft itself searches, and why it has no meaning elsewhere. */
function whySearchOptions(
  options: CheckOptions & EngineOptions & ReductionOptions,
  given: (name: string) => boolean,
): string | null {
  const reasons: readonly (readonly [boolean, string])[] = [
    [options.first === true, "--first: other engines are asked for all verdicts at once"],
    [
      options.fewestSwitches === true,
      "--fewest-switches: a counterexample is shown as the other engine found it",
    ],
    [
      options.maxStates !== undefined,
      "--max-states: other engines count in ways of their own; --time-limit and --memory bound them",
    ],
    [options.symmetry === true, "--symmetry: only Weft's own search takes states for one"],
    [options.por === true, "--por: only Weft's own search leaves out orders of steps"],
    [
      given("backend"),
      options.engine === "all"
        ? "--backend: both of Weft's own machines run anyway"
        : "--backend: the other engine takes the steps, not a machine of Weft's",
    ],
    [given("workers"), "--workers: they are threads of Weft's own search"],
    [!options.fold, "--no-fold: other engines know no local work that is no step"],
  ];
  return reasons.find(([wrong]) => wrong)?.[1] ?? null;
}
