// `return`, `break`, `continue` and `goto`: work that is taken off the stack, and put there.

import { Fault } from "../../src/checker/evaluate.ts";
import { fits } from "../../src/checker/values.ts";
import type { Body, Label, Stmt } from "../../src/language/model.ts";
import type { Value } from "../../src/language/types.ts";
import { blocksIn, type Names, push, type Stack, type Way, type Work } from "./oracle-path.ts";

export function block(body: Body, names: Names): Work {
  return { kind: "block", body, position: 0, names };
}

/** Where `return` goes in a body that is not a fn's. */
export function exit(body: Body, names: Names): Work {
  return { kind: "exit", callee: null, body, result: null, names };
}

/** `return` with a value: it goes into the cell that the caller reads. */
export function giveBack(way: Way, value: Value, span: Stmt["span"]): void {
  unwindTo(way, ({ kind }) => kind === "exit");
  const work = way.stack?.work;
  if (work?.kind !== "exit" || work.result === null) return;
  const type = work.callee?.result;
  if (type != null && !fits(type, value)) throw new Fault("range", span);
  way.cells.set(work.result, value);
}

/** Takes work off the stack until some that is wanted lies on top. */
export function unwindTo(way: Way, wanted: (work: Work) => boolean): void {
  while (way.stack !== null && !wanted(way.stack.work)) way.stack = way.stack.below;
}

export function unwindLoop(way: Way, leave: boolean): void {
  unwindTo(way, ({ kind }) => kind === "again" || kind === "next");
  if (leave) way.stack = way.stack?.below ?? null;
}

/** `goto`: the stack as it is at the label, with the loops and choices around it that the `goto` stands in, too. */
export function jump(way: Way, label: Label, names: Names): void {
  const kept: Work[] = [];
  let stack: Stack | null = way.stack;
  for (; stack !== null && stack.work.kind !== "exit"; stack = stack.below) {
    if (stack.work.kind === "fence" || stack.work.kind === "next") kept.unshift(stack.work);
  }
  const exitWork = stack?.work;
  way.stack = stack;
  const body = exitWork?.kind === "exit" ? bodyOf(exitWork) : null;
  const path = body === null ? null : pathTo(body, label);
  if (path === null) throw new Error(`no label ${label.name}`);
  for (const { block: inside, position, container } of path) {
    if (container !== null) {
      if (container.kind === "while" || container.kind === "loop") {
        push(way, { kind: "again", statement: container, rounds: 0, names });
      } else if (container.kind !== "if") {
        const count = container.kind === "for" && container.any ? 2 : 1;
        for (const work of kept.splice(0, count)) push(way, work);
      }
    }
    push(way, { kind: "block", body: inside, position, names });
  }
}

function bodyOf(work: Work & { readonly kind: "exit" }): Body | null {
  return work.callee?.body ?? work.body;
}

interface Level {
  readonly block: Body;
  readonly position: number;
  /** The statement that holds the block; null for the body itself. */
  readonly container: Stmt | null;
}

/** The blocks around a label, outermost first; each but the last goes on behind the statement that holds the next. */
function pathTo(body: Body, label: Label, container: Stmt | null = null): readonly Level[] | null {
  if (body.endLabels.some(({ name }) => name === label.name)) {
    return [{ block: body, position: body.statements.length, container }];
  }
  for (const [position, statement] of body.statements.entries()) {
    if (statement.labels.some(({ name }) => name === label.name)) {
      return [{ block: body, position, container }];
    }
    for (const inner of blocksIn(statement)) {
      const path = pathTo(inner, label, statement);
      if (path !== null) return [{ block: body, position: position + 1, container }, ...path];
    }
  }
  return null;
}
