// Lock operations of a step's body.

import type { Lock, MachineLocal, Op } from "../../machine/machine.ts";
import { isLock } from "../../machine/may-fault.ts";
import { line } from "../text.ts";
import type { Body } from "./body.ts";
import { allValues, type Context, helper, quotedPlace } from "./context.ts";
import { LEVEL, lockText, plain, wrap } from "./reading.ts";

type LockOp = Extract<
  Op,
  { readonly kind: "acquire" | "try-acquire" | "release" | "downgrade" | "contract" | "end" }
>;

/** Prints a lock operation. */
export function printLock(
  body: Body,
  op: LockOp,
  setLocal: (local: MachineLocal, value: string) => void,
): void {
  const { context, reading, to } = body;
  const place = quotedPlace(op.span);
  if (op.kind === "end") {
    printEnd(body, place);
    return;
  }
  body.needs.self = true;
  const lock = lockText(reading, op.lock, hoistedKeys(body, op));
  const shared = op.lock.lock.class === "rwsem";
  switch (op.kind) {
    case "acquire":
      if (op.read) {
        const processes = allValues(context, {
          kind: "process",
          members: context.machine.instances.map(({ name }) => name),
        });
        line(
          to,
          `${lock} = ${helper(context, "acquiredForRead")}(${lock}, self, ${processes}, ${place});`,
        );
      } else line(to, `${lock} = ${helper(context, "acquired")}(${lock}, self, ${place});`);
      break;
    case "try-acquire": {
      const free = body.unique("free");
      line(to, `const ${free} = !${helper(context, "isHeld")}(${lock});`);
      line(to, `if (${free}) ${lock} = ${shared ? "{ writer: self, readers: [] }" : "self"};`);
      setLocal(op.result, free);
      break;
    }
    case "release":
      line(to, `${lock} = ${helper(context, "released")}(${lock}, self, ${place});`);
      break;
    case "downgrade":
      if (shared) line(to, `${lock} = ${helper(context, "downgraded")}(${lock}, self, ${place});`);
      else line(to, `${helper(context, "fault")}("downgrade-not-held", ${place});`);
      break;
    case "contract": {
      const result = wrap(reading.text(reading, op.result), LEVEL.equal + 1);
      line(
        to,
        `if (${helper(context, "holds")}(${lock}, self) !== ${result}) ${helper(context, "fault")}("contract-broken", ${place});`,
      );
      break;
    }
    default:
      op satisfies never;
  }
}

/** Keys that may denote no lock are all evaluated before any is looked at. */
function hoistedKeys(
  body: Body,
  op: Exclude<LockOp, { readonly kind: "end" }>,
): readonly string[] | null {
  const { context, reading, to } = body;
  if (isLock(op.lock)) return null;
  const given = op.lock.indices.map((index) => {
    const name = body.unique("index");
    line(to, `const ${name} = ${plain(reading, index)};`);
    return name;
  });
  return op.lock.lock.keys.map((key, depth) => {
    const name = body.unique("key");
    const all = `${allValues(context, key)}`;
    line(
      to,
      `const ${name} = ${helper(context, "oneOf")}(${all}, ${given[depth]}, ${quotedPlace(op.lock.span)});`,
    );
    return key.kind === "bool"
      ? `${name} ? "true" : "false"`
      : key.kind === "option"
        ? `${name} ?? "null"`
        : name;
  });
}

function printEnd(body: Body, place: string): void {
  const { context, to } = body;
  const locks = body.task.owner?.mayHold ?? [];
  if (locks.length === 0) return;
  body.needs.self = true;
  const tests = locks.map((lock) => heldSomewhere(context, lock));
  line(to, `if (${tests.join(" || ")}) ${helper(context, "fault")}("lock-held-at-end", ${place});`);
}

function heldSomewhere(context: Context, lock: Lock): string {
  const holds = helper(context, "holds");
  const all = lock.keys.reduce(
    (text, _, depth) =>
      depth === 0 ? `Object.values(${text})` : `${text}.flatMap((inner) => Object.values(inner))`,
    `s.${lock.name}`,
  );
  return lock.keys.length === 0
    ? `${holds}(${all}, self)`
    : `${all}.some((lock) => ${holds}(lock, self))`;
}
