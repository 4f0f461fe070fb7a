// Lines of a body that differ in layout, comments and the names of its locals only: a reader of the protocol sees no change.
//
// A name may stand for another if both are bound in their body (parameters, locals, loop variables, and what quantifiers
// bind) and every other line agrees: each name has one counterpart, and is the counterpart of one.

import { spanText } from "../../diagnostics/source.ts";
import type { Line, Machine } from "../../machine/machine.ts";
import type { Matching } from "./matching.ts";

type Tokens = readonly string[];

/** Lines of a body, by their indices in the new version, that say what they said before. */
export function sameCode(
  before: Machine,
  after: Machine,
  matching: Matching,
  owner: string,
): ReadonlySet<number> {
  const pairs = after.lines.flatMap((line, fresh) => {
    const old = before.lines[matching.before[fresh] ?? -1];
    if (line.function !== owner || old === undefined) return [];
    return { line: fresh, old: tokensOf(old), fresh: tokensOf(line) };
  });
  const heads = { old: headOf(before, owner), fresh: headOf(after, owner) };
  const locals = {
    old: boundIn([heads.old, ...pairs.map(({ old }) => old)]),
    fresh: boundIn([heads.fresh, ...pairs.map(({ fresh }) => fresh)]),
  };
  const alike = pairs.filter(({ old, fresh }) => agree(old, fresh, locals));
  const names = counterparts([heads, ...alike], locals);
  const parameters = parameterNames(heads);
  const same = (token: string, other = ""): boolean =>
    token === other
      ? (parameters.get(token) ?? token) === token
      : names.get(token)?.size === 1 && names.get(`>${other}`)?.size === 1;
  return new Set(
    alike
      .filter(({ old, fresh }) => old.every((token, at) => same(token, fresh[at])))
      .map(({ line }) => line),
  );
}

interface Locals {
  readonly old: ReadonlySet<string>;
  readonly fresh: ReadonlySet<string>;
}

/** Names, numbers and signs, without comments. */
function tokensOf({ span }: Line): Tokens {
  return split(spanText(span).replace(/\/\/.*$/gm, ""));
}

function split(code: string): Tokens {
  return code.match(/\w+|[^\s\w]/g) ?? [];
}

/** What stands before the body. */
function headOf({ declared }: Machine, owner: string): Tokens {
  const code = declared.find(
    ({ kind, name }) =>
      name === owner && (kind === "fn" || kind === "process" || kind === "action"),
  );
  return split(code?.text ?? "");
}

const binders = new Set(["var", "for", "any", "pick", "forall", "exists", "count", "sum", "let"]);

/** Names that some text of a body binds: behind a keyword, or (parameters, an index) in front of a colon. */
function boundIn(texts: readonly Tokens[]): ReadonlySet<string> {
  const [head = []] = texts;
  const parameters = head.filter((_, at) => head[at + 1] === ":");
  const others = texts.flatMap((tokens) =>
    tokens.filter((_, at) => at > 0 && binders.has(tokens[at - 1] ?? "")),
  );
  return new Set([...parameters, ...others]);
}

/** Whether two texts differ in names of locals only. */
function agree(old: Tokens, fresh: Tokens, locals: Locals): boolean {
  return (
    old.length === fresh.length &&
    old.every((token, at) => {
      const other = fresh[at] ?? "";
      return token === other || (locals.old.has(token) && locals.fresh.has(other));
    })
  );
}

/** By name of the old body, its counterparts in the new one; under `>` and a new name, the old ones. */
type Counterparts = ReadonlyMap<string, ReadonlySet<string>>;

function counterparts(
  pairs: readonly { readonly old: Tokens; readonly fresh: Tokens }[],
  locals: Locals,
): Counterparts {
  const found = new Map<string, Set<string>>();
  const note = (name: string, other: string): void => {
    found.set(name, (found.get(name) ?? new Set()).add(other));
  };
  for (const { old, fresh } of pairs) {
    if (old.length !== fresh.length) continue;
    old.forEach((token, at) => {
      const other = fresh[at] ?? "";
      if (!locals.old.has(token) && !locals.fresh.has(other)) return;
      note(token, other);
      note(`>${other}`, token);
    });
  }
  return found;
}

/** What each parameter is called in the new head, if both have as many. */
function parameterNames(heads: {
  readonly old: Tokens;
  readonly fresh: Tokens;
}): ReadonlyMap<string, string> {
  const { old, fresh } = heads;
  if (old.length !== fresh.length) return new Map();
  return new Map(
    old.flatMap((token, at) => (old[at + 1] === ":" ? [[token, fresh[at] ?? ""] as const] : [])),
  );
}
