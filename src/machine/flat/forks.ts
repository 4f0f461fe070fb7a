// Forks whose rest is plain to see: whatever comes behind a choice stands behind it in the same block.

import { sizeOfBlock } from "./knowledge.ts";
import type { FlatBlock, FlatRoutine, FlatStmt } from "./program.ts";
import { ends } from "./prune.ts";
import { blocksOf, visitStatements } from "./walk.ts";

/** Parts of statements that are written twice, behind both sides of a condition. */
const MOST_DOUBLED = 200;

/** Whether a block chooses, and its path goes on in several ways. */
export function forks(block: FlatBlock): boolean {
  let found = false;
  visitStatements(block, (statement) => {
    if (statement.kind === "pick") found = true;
  });
  return found;
}

/**
 * The routine with nothing behind a condition one of whose sides forks: the sides hold it instead. Null if it forks inside
 * a loop or would become too long.
 */
export function withRests(routine: FlatRoutine): FlatRoutine | null {
  const body = sunk(routine.body);
  return body && { ...routine, body };
}

function sunk(block: FlatBlock): FlatBlock | null {
  const at = block.findIndex((one) => one.kind !== "pick" && blocksOf(one).some(forks));
  const one = block[at];
  if (one === undefined) return block;
  if (one.kind !== "if") return null;
  const rest = block.slice(at + 1);
  if (sizeOfBlock(rest) > MOST_DOUBLED) return null;
  const side = (of: FlatBlock): FlatBlock | null => sunk(of.some(ends) ? of : [...of, ...rest]);
  const [then, otherwise] = [side(one.then), side(one.otherwise)];
  if (then === null || otherwise === null) return null;
  return [...block.slice(0, at), { ...one, then, otherwise }];
}

type Pick = FlatStmt & { readonly kind: "pick" };

/** What one alternative of a fork does, as a block: it is left where the alternative is refused. */
export function alternative({ filter, accept }: Pick, rest: FlatBlock): FlatBlock {
  const refused: FlatBlock = [{ kind: "reject" }];
  return [...filter, { kind: "if", condition: accept, then: [], otherwise: refused }, ...rest];
}
