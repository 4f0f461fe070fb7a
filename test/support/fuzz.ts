// Texts that are nearly specs, or nothing like one, and what the tool does with them.

import { renderDiagnostic } from "../../src/diagnostics/frame.ts";
import { lint } from "../../src/language/lint.ts";
import { checkMachine, compile } from "../../src/pipeline.ts";
import type { Random } from "./random.ts";

const TOKEN =
  /\/\/[^\n]*|"[^"\n]*"|[A-Za-z_][A-Za-z0-9_]*|[0-9]+|:=|\+=|-=|==|!=|<=>|=>|<=|>=|&&|\|\||\.\.|~>|<>|\s+|./gu;

/** The tokens of a text, blanks and comments among them. */
export function tokensOf(text: string): readonly string[] {
  return text.match(TOKEN) ?? [];
}

/** Words and signs that mean something, whether or not a text has them. */
const vocabulary: readonly string[] = [
  ..."spec patch of use param const assume symmetric type enum var ghost in init where".split(" "),
  ..."spinlock mutex rwsem fn ref holds when result def process daemon action fair".split(" "),
  ..."invariant step property cover cost terminal observe expect violated reachable".split(" "),
  ..."states transitions depth with edit before after replace at start remove set any".split(" "),
  ..."acquire release downgrade await assert skip if then else while loop break continue".split(
    " ",
  ),
  ..."for read either or pick return goto atomic try not subset union intersect minus".split(" "),
  ..."let forall exists count sum true false null bool seq upto size min max first rest".split(" "),
  ..."append length done held holder taken xchg fetch_add cmpxchg strongly unreachable".split(" "),
  ...": := += -= == != < <= > >= && || ! => <=> + - * / % .. ' . , ; ( ) [ ] { } ? @".split(" "),
  ...'~> <> [] 0 1 2 3 7 65536 4294967296 99999999999999999999 0x1F 1_000 "a.weft" "'.split(" "),
  ..."\n \t // /// /* */ $ # \\ ` é ∀ \u{1F512} \u0000".split(" "),
  "\n",
];

/** A text with one to three tokens left out, doubled, exchanged, or put somewhere else. */
export function mutated(random: Random, text: string): string {
  const tokens = [...tokensOf(text)];
  const solid = (): number => {
    for (let tries = 0; tries < 20; tries += 1) {
      const at = random.int(0, tokens.length - 1);
      if (tokens[at]?.trim() !== "") return at;
    }
    return 0;
  };
  for (let edits = random.int(1, 3); edits > 0; edits -= 1) {
    const at = solid();
    const token = tokens[at] ?? "";
    const other = tokens[solid()] ?? "";
    switch (random.int(0, 9)) {
      case 0:
        tokens.splice(at, 1);
        break;
      case 1:
        tokens.splice(at, 0, token, " ");
        break;
      case 2:
        tokens[at] = other;
        break;
      case 3:
        tokens[at] = random.some(vocabulary) ?? "";
        break;
      case 4:
        tokens.splice(at, 0, random.some(vocabulary) ?? "", " ");
        break;
      case 5: {
        const elsewhere = solid();
        tokens[at] = tokens[elsewhere] ?? "";
        tokens[elsewhere] = token;
        break;
      }
      // Most of all, a token like it: then the text is often still a spec, but another one.
      default:
        tokens[at] = random.some(tokens.filter((one) => classOf(one) === classOf(token))) ?? token;
    }
  }
  return tokens.join("");
}

function classOf(token: string): string {
  if (/^[0-9]/.test(token)) return "number";
  if (/^[A-Za-z_]/.test(token)) return vocabulary.includes(token) ? "word" : "name";
  if (["+", "-", "*", "/", "%"].includes(token)) return "arithmetic";
  if (["==", "!=", "<", "<=", ">", ">="].includes(token)) return "comparison";
  return ["&&", "||", "=>"].includes(token) ? "logic" : token;
}

/** A text of random tokens, now and then with a head that makes it a spec. */
export function tokenSoup(random: Random, others: readonly string[]): string {
  const head = random.chance(0.5) ? "spec soup\n" : "";
  const tokens = Array.from({ length: random.int(0, 60) }, () =>
    random.some(random.chance(0.7) ? vocabulary : others),
  );
  return head + tokens.join(random.chance(0.9) ? " " : "");
}

/** A text of random bytes, read as UTF-8. */
export function byteSoup(random: Random): string {
  const bytes = Uint8Array.from({ length: random.int(0, 400) }, () =>
    random.chance(0.5) ? random.int(0, 255) : random.int(32, 126),
  );
  return new TextDecoder().decode(bytes);
}

/** What became of a text. */
export type Fate = "refused" | "checked";

/**
 * Does with a text what `weft check` does: compile, and check if nothing is wrong. Gives what became of it; throws if it
 * was refused without saying where.
 */
export function fateOf(
  path: string,
  text: string,
  readOther: (path: string) => string | null,
): Fate {
  const { machine, model, diagnostics } = compile(path, (wanted) =>
    wanted === path ? text : readOther(wanted),
  );
  for (const diagnostic of diagnostics) renderDiagnostic(diagnostic);
  if (machine === null) {
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    if (errors.length === 0) throw new Error("refused without a diagnostic");
    for (const { span, code, message } of errors) {
      if (message === "") throw new Error(`${code} says nothing`);
      if (span === null) throw new Error(`${code} has no place`);
      if (span.start < 0 || span.end > span.source.text.length || span.start > span.end) {
        throw new Error(`${code} is placed outside its text`);
      }
    }
    return "refused";
  }
  if (model !== null) lint(model);
  checkMachine(machine, { maxStates: 500, timeLimitSeconds: 2, refine: "none" });
  return "checked";
}
