// Figures as a person reads them, each with the digits that it deserves, and the tables they stand in.

import { grouped } from "../../src/report/words.ts";

/** The middle one, of an even number the lower of the two. */
export function median(values: readonly number[]): number {
  const middle = values.toSorted((a, b) => a - b)[(values.length - 1) >> 1];
  if (middle === undefined) throw new Error("the median of nothing");
  return middle;
}

/** `0.0031 s`, `0.142 s`, `12.3 s`. */
export function seconds(value: number): string {
  return `${digits(value, value < 0.01 ? 2 : 3)} s`;
}

/** `3.4 ×`, `27 ×`. */
export function ratio(value: number): string {
  return `${digits(value, 2)} ×`;
}

/** `412,000`: three digits, for what varies from run to run. */
export function rate(value: number): string {
  return grouped(Math.round(Number(value.toPrecision(3))));
}

/** `23 B`: what one state takes. */
export function bytes(value: number): string {
  return `${grouped(Math.round(value))} B`;
}

function digits(value: number, significant: number): string {
  const exponent = Math.floor(Math.log10(value));
  return value.toFixed(Math.max(significant - 1 - exponent, 0));
}

/** A Markdown table; the first column is text, the others are figures, set to the right. */
export function drawMarkdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const widths = head.map((title, column) =>
    Math.max(...[title, ...rows.map((row) => row[column] ?? "")].map((cell) => cell.length)),
  );
  const line = (cells: readonly string[]): string => {
    const padded = widths.map((width, column) => {
      const cell = cells[column] ?? "";
      return column === 0 ? cell.padEnd(width) : cell.padStart(width);
    });
    return `| ${padded.join(" | ")} |`;
  };
  const rule = widths.map((width, column) =>
    column === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`,
  );
  return [line(head), line(rule), ...rows.map(line)].join("\n");
}
