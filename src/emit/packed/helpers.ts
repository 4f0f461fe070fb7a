// The fixed functions that packed code calls, as text. Only those that a module needs are printed.

import type { FlatProgram } from "../../machine/flat/program.ts";
import { braces, type Lines, line } from "../text.ts";
import { MOST_LOCAL_WORDS } from "./reading.ts";

const HELPER = /^(word[0-9]+|countBits|isNew|lockOrder)$/;

/** Prints the two ends of a path and the helpers, those that the code mentions. */
export function printHelpers(
  to: Lines,
  program: FlatProgram,
  types: boolean,
  mentioned: ReadonlySet<string>,
): void {
  const type = (text: string): string => (types ? `: ${text}` : "");
  const sure = types ? "!" : "";
  const { width } = program.layout;
  const local = width <= MOST_LOCAL_WORDS;
  const words = local ? Array.from({ length: width }, (_, word) => `w${word}`) : [];
  const costs = program.costs.map((_, cost) => `c${cost}`);
  const numbers = (parameters: readonly string[]): string =>
    parameters.map((name) => `${name}${type("number")}`).join(", ");

  const end = (name: string, more: readonly string[], fault: string): void => {
    const parameters = numbers(["mover", ...more, ...costs]);
    braces(to, `function ${name}(out${type("Steps")}, ${parameters})${type("void")}`, () => {
      line(to, "const step = out.count;");
      line(to, "if (step === out.mover.length) out.grow();");
      if (name === "arrive" && local) {
        if (width > 1) line(to, `const first = step * ${width};`);
        words.forEach((word, at) => {
          const index = width === 1 ? "step" : at === 0 ? "first" : `first + ${at}`;
          line(to, `out.words[${index}] = ${word};`);
        });
      } else if (name === "arrive") {
        line(to, `out.words.set(now, step * ${width});`);
      }
      line(to, "out.mover[step] = mover;");
      line(to, `out.fault[step] = ${fault};`);
      costs.forEach((cost, at) => {
        const index =
          costs.length === 1 ? "step" : `step * ${costs.length}${at === 0 ? "" : ` + ${at}`}`;
        line(to, `out.weights[${index}] = ${cost};`);
      });
      line(to, "out.count = step + 1;");
    });
    line(to, "");
  };
  if (mentioned.has("arrive")) end("arrive", words, "-1");
  if (mentioned.has("faulted")) end("faulted", ["fault"], "fault");

  for (const helper of [...mentioned].filter((word) => HELPER.test(word)).toSorted()) {
    const count = /^word([0-9]+)$/.exec(helper)?.[1];
    if (count !== undefined) {
      const parts = Array.from({ length: Number(count) }, (_, at) => `w${at}`);
      const choice = parts
        .slice(0, -1)
        .map((part, at) => `index === ${at} ? ${part} : `)
        .join("");
      braces(to, `function ${helper}(${numbers(["index", ...parts])})${type("number")}`, () => {
        line(to, `return ${choice}${parts.at(-1) ?? "0"};`);
      });
    } else if (helper === "countBits") {
      braces(to, `function countBits(mask${type("number")})${type("number")}`, () => {
        line(to, "const pairs = mask - ((mask >>> 1) & 0x55555555);");
        line(to, "const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);");
        line(to, "return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;");
      });
    } else if (helper === "isNew") {
      line(to, `const met = new Set${types ? "<string>" : ""}();`);
      line(to, "");
      line(to, "/** Is this initial state met for the first time? */");
      braces(to, `function isNew(words${type("Iterable<number>")})${type("boolean")}`, () => {
        line(to, "const before = met.size;");
        line(to, "return met.add([...words].join()).size > before;");
      });
    } else if (helper === "lockOrder") {
      line(to, `const orders = new Map${types ? "<number, number>" : ""}();`);
      line(to, "");
      line(to, "/** The number of the note that a lock was taken while another was held. */");
      braces(
        to,
        `function lockOrder(${numbers(["site", "held", "taken"])})${type("number")}`,
        () => {
          line(
            to,
            `const key = (site * ${program.lockNames.length} + held) * ${program.lockNames.length} + taken;`,
          );
          line(to, "const known = orders.get(key);");
          line(to, "if (known !== undefined) return known;");
          line(
            to,
            `const note = { kind: "lock-order"${types ? " as const" : ""}, held: lockNames[held]${sure}, taken: lockNames[taken]${sure}, place: orderPlaces[site]${sure} };`,
          );
          line(to, "orders.set(key, notes.push(note) - 1);");
          line(to, "return notes.length - 1;");
        },
      );
    }
    line(to, "");
  }
}
