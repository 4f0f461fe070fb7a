// What TLC prints in its tool mode: messages with codes between markers, and what the module itself prints.
// Codes are those of TLC's own list (tlc2.output.EC); texts are read only for figures.

/** One message, or a line between messages (`code` is null): printed by the module, or by SANY. */
export interface TlcMessage {
  readonly code: number | null;
  readonly severity: TlcSeverity;
  readonly text: string;
}

export type TlcSeverity = "information" | "error" | "bug" | "warning" | "state";

const SEVERITIES: readonly TlcSeverity[] = ["information", "error", "bug", "warning", "state"];

/** The codes that the engine asks for by name. */
export const TLC = {
  version: 2262,
  initialStates: 2190,
  initialStatesSeen: 2191,
  progress: 2200,
  statistics: 2199,
  depth: 2194,
  success: 2193,
  invariantInitially: 2107,
  invariant: 2110,
  stepProperty: 2112,
  assertion: 2132,
  state: 2217,
  behaviour: 2121,
  nested: 2103,
  general: 1000,
  /** The first of those of the distributed mode. */
  distributed: 7000,
} as const;

const START = /^@!@!@STARTMSG (-?\d+):(\d) @!@!@$/;
const END = /^@!@!@ENDMSG -?\d+ @!@!@$/;

/** Puts lines together to messages, one line at a time. */
export interface TlcReader {
  line(line: string): TlcMessage | null;
}

/** Messages may stand inside others (an `Assert` that fails in the initial predicate); the inner one comes first, and is part of the other. */
export function tlcReader(): TlcReader {
  const open: { code: number; severity: TlcSeverity; lines: string[] }[] = [];
  return {
    line(line) {
      const start = START.exec(line);
      if (start !== null) {
        const severity = SEVERITIES[Number(start[2])] ?? "information";
        open.push({ code: Number(start[1]), severity, lines: [] });
        return null;
      }
      const last = open.at(-1);
      if (last === undefined) return { code: null, severity: "information", text: line };
      if (!END.test(line)) {
        last.lines.push(line);
        return null;
      }
      open.pop();
      open.at(-1)?.lines.push(...last.lines);
      return { code: last.code, severity: last.severity, text: last.lines.join("\n") };
    },
  };
}

/** All messages of a whole output. */
export function tlcMessages(output: string): readonly TlcMessage[] {
  const reader = tlcReader();
  return output.split("\n").flatMap((line) => reader.line(line) ?? []);
}

export interface TlcFigures {
  readonly distinct: number;
  readonly generated: number;
  /** States whose successors are not known. */
  readonly left: number;
}

/** The figures of a progress line or of the closing statistics; null if the text has none. */
export function figuresOf(text: string): TlcFigures | null {
  const match =
    /([\d,]+) states generated.*?, ([\d,]+) distinct states found.*?, ([\d,]+) states left on queue/s.exec(
      text,
    );
  if (match === null) return null;
  const [generated, distinct, left] = match.slice(1).map(countOf);
  return { generated: generated ?? 0, distinct: distinct ?? 0, left: left ?? 0 };
}

/** A count as TLC writes it, with commas between the thousands. */
export function countOf(text: string): number {
  return Number(text.replaceAll(",", ""));
}
