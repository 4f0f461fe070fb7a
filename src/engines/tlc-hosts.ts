// The programs of TLC's distributed mode: one server, and workers and fingerprint servers on the hosts that the user names.
// What each needs to be told is in TLC's own sources (tlc2.tool.distributed): the server's name and port, nothing else;
// modules and configuration come from the server.

export interface DistributedOptions {
  /** One worker for each name, a Java machine of its own; `localhost` is this computer. */
  readonly workers: readonly string[];
  /** Hosts that keep fingerprints; none: the server keeps them. */
  readonly fingerprintServers: readonly string[];
  /** Runs a command line on another host, as `ssh` does; null: the user does it. */
  readonly remoteShell: string | null;
  /** The name under which the other hosts reach this one; null: `localhost`, which is right if no other takes part. */
  readonly serverHost: string | null;
  readonly port: number;
}

export const LOCAL = "localhost";
/** The port that TLC chooses itself. */
export const DEFAULT_PORT = 10997;

/** A program that belongs to a distributed run, beside the server. */
export interface HostProgram {
  readonly host: string;
  readonly role: "worker" | "fingerprint server";
  readonly java: readonly string[];
}

const DISTRIBUTED = "tlc2.tool.distributed";
export const SERVER = `${DISTRIBUTED}.TLCServer`;
const ROLES = {
  worker: `${DISTRIBUTED}.TLCWorker`,
  "fingerprint server": `${DISTRIBUTED}.fp.DistributedFPSet`,
} as const;

/** A list of hosts as the command line has it: `localhost,box1,box1`; null if a name is none. */
export function hostsOf(list: string): readonly string[] | null {
  const hosts = list.split(",").map((host) => host.trim());
  return hosts.every((host) => /^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(host))
    ? hosts
    : null;
}

/** Why these options cannot work; null if they can. */
export function hostsMisuse(options: DistributedOptions): string | null {
  const others = [...options.workers, ...options.fingerprintServers].some((host) => host !== LOCAL);
  if (others && options.serverHost === null) {
    return "other hosts have to know the name of this one: give it by `--server-host NAME`";
  }
  return null;
}

/** How other programs reach this host. */
export function serverHostOf({ serverHost }: DistributedOptions): string {
  return serverHost ?? LOCAL;
}

/** What the server's Java machine is told. */
export function serverFlags(options: DistributedOptions): readonly string[] {
  const count = options.fingerprintServers.length;
  return [
    ...common(options, LOCAL),
    ...(count === 0 ? [] : [`-D${SERVER}.expectedFPSetCount=${count}`]),
  ];
}

/** All programs beside the server; fingerprint servers first, for which the server waits. */
export function hostPrograms(options: DistributedOptions): readonly HostProgram[] {
  const program = (host: string, role: HostProgram["role"]): HostProgram => {
    // A worker of this computer leaves the other cores to the others.
    const threads = host === LOCAL && role === "worker" ? [`-D${ROLES.worker}.threadCount=1`] : [];
    return { host, role, java: [...common(options, host), ...threads] };
  };
  return [
    ...options.fingerprintServers.map((host) => program(host, "fingerprint server")),
    ...options.workers.map((host) => program(host, "worker")),
  ];
}

/** The arguments of `java` for a program. */
export function javaArguments(
  options: DistributedOptions,
  { role, java }: HostProgram,
  classPath: string,
  extra: readonly string[] = [],
): readonly string[] {
  return [...java, ...extra, "-cp", classPath, ROLES[role], serverHostOf(options)];
}

/** A command line for a shell. */
export function shellLine(words: readonly string[]): string {
  return words
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`))
    .join(" ");
}

function common(options: DistributedOptions, host: string): readonly string[] {
  return [
    "-XX:+UseParallelGC",
    `-Djava.rmi.server.hostname=${host === LOCAL ? serverHostOf(options) : host}`,
    `-D${SERVER}.port=${options.port}`,
  ];
}
