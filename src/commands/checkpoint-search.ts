// A search in a file: what checker/checkpoint.ts says that must be known, in the pieces of runtime/checkpoint-file.ts.

import {
  type Keeper,
  type Kept,
  keptOf,
  type Standing,
  type StandingSummary,
  summaryOf,
} from "../checker/checkpoint.ts";
import { Parents } from "../checker/parents.ts";
import type { Source } from "../diagnostics/source.ts";
import type { CheckpointReader, CheckpointWriter, Unreadable } from "../runtime/checkpoint-file.ts";
import type { Identity } from "./checkpoint-identity.ts";

const STATES = 1;
const CHILDREN = 2;

/** What ends each commit: whose search it is, and where it stands. */
export interface Summary {
  readonly identity: Identity;
  readonly standing: StandingSummary;
}

export function readSummary({ summary }: CheckpointReader): Summary {
  return JSON.parse(summary.toString()) as Summary;
}

/** Reads the search of a summary from its file. */
export function readKept(
  reader: CheckpointReader,
  { standing }: Summary,
  sources: readonly Source[],
): Kept | Unreadable {
  const { width, states, cursor, initialStates } = standing;
  const arena = new Int32Array(Math.max(states, 1) * width);
  const words = new Uint8Array(arena.buffer, 0, 4 * states * width);
  const parents = new Parents(initialStates);
  const large = new Map(standing.large);
  let read = 0;
  const unreadable = reader.read((kind, bytes) => {
    if (kind === CHILDREN) parents.pushBytes(bytes, large);
    if (kind !== STATES) return;
    if (read + bytes.length <= words.length) words.set(bytes, read);
    read += bytes.length;
  });
  if (unreadable !== null) return unreadable;
  const { told } = parents;
  if (read !== words.length || told.states !== cursor || told.end > states) {
    return { reason: `it does not hold the ${states} states that it tells of` };
  }
  return keptOf(standing, sources, arena, parents);
}

/** How often a search is kept: after so many seconds, and so that keeping takes at most this share of the time. */
export interface KeepingRule {
  readonly everySeconds: number;
  readonly share: number;
}

interface KeeperSettings {
  readonly identity: Identity;
  readonly sources: readonly Source[];
  readonly rule: KeepingRule;
  /** Milliseconds, by the clock of the search. */
  readonly now: () => number;
  /** Told once why nothing can be kept any more; the search goes on. */
  readonly onFailure: (error: unknown) => void;
}

/** Keeps a search in a file, adding each time what is new. A search under other reductions is another one: its file is begun anew. */
export class FileKeeper implements Keeper {
  private writer: CheckpointWriter;
  private readonly settings: KeeperSettings;
  /** The reductions of the search in the file; null if nothing is there yet. */
  private reductions: readonly string[] | null;
  /** States in the file so far, and how many of them have their children told. */
  private states: number;
  private expanded: number;
  private failed = false;
  private due: number;

  /** Goes on behind what was read from the same file; null: the file is new. */
  constructor(writer: CheckpointWriter, kept: Kept | null, settings: KeeperSettings) {
    this.writer = writer;
    this.settings = settings;
    this.reductions = kept?.reductions ?? null;
    this.states = kept?.states ?? 0;
    this.expanded = kept?.cursor ?? 0;
    this.due = settings.now() + 1000 * settings.rule.everySeconds;
  }

  /** States that are kept. */
  get kept(): number {
    return this.states;
  }

  isDue(now: number): boolean {
    return now >= this.due;
  }

  keep(standing: Standing): void {
    if (this.failed) return;
    const { now, rule, onFailure } = this.settings;
    const started = now();
    try {
      this.write(standing);
    } catch (error) {
      this.failed = true;
      this.due = Number.POSITIVE_INFINITY;
      onFailure(error);
      return;
    }
    const ended = now();
    this.due = ended + Math.max(1000 * rule.everySeconds, (ended - started) / rule.share);
  }

  close(): void {
    this.writer.close();
  }

  private write(standing: Standing): void {
    this.turnTo(standing.reductions);
    const { writer, settings } = this;
    const { table, cursor } = standing;
    const { width, count, arena } = table;
    const { buffer, byteOffset } = arena;
    // A search that was begun once more under the same reductions is the same one, which the file knows further.
    if (count < this.states || cursor < this.expanded) return;
    const [from, to] = [this.states, count].map((states) => 4 * states * width);
    if (from === undefined || to === undefined) return;
    writer.append(STATES, new Uint8Array(buffer, byteOffset + from, to - from));
    writer.append(CHILDREN, standing.parents.bytesOf(this.expanded, cursor));
    const summary: Summary = {
      identity: settings.identity,
      standing: summaryOf(standing, settings.sources),
    };
    writer.commit(Buffer.from(JSON.stringify(summary)));
    this.states = count;
    this.expanded = cursor;
  }

  /** Begins a new file if that of the search so far is of no use to this one. */
  private turnTo(reductions: readonly string[]): void {
    const known = this.reductions;
    this.reductions = reductions;
    if (known === null || known.join() === reductions.join()) return;
    this.writer = this.writer.anew();
    this.states = 0;
    this.expanded = 0;
  }
}
