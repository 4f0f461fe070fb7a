// What lock operations do: owners and readers are written, misuse is a fault, sleeping under a spinlock is noted.

import { type LockOp, lockFaults, sleepsUnderSpinlock } from "../scalar/locks.ts";
import type { PlaceText } from "../scalar/scalar.ts";
import { isFalse, not } from "../scalar/scalar-build.ts";
import { line } from "../text.ts";
import { type Body, faults, scopeIn, textIn } from "./body.ts";
import { placeOfLocal } from "./context.ts";
import { noteStatement } from "./judging.ts";
import { ownerField } from "./layout.ts";
import { lockPlace, part, processLayout, readerPlace } from "./reading.ts";
import { placeText, scalarText } from "./scalar-text.ts";
import { either } from "./store.ts";

/** Statements for a lock operation. */
export function lockStatements(body: Body, op: LockOp): void {
  const { inside, to } = body;
  const { context, self } = inside;
  if (self === null) throw new Error("a lock operation in an action");
  const { layout } = context;
  const scope = scopeIn(body);
  const keys = lockFaults(op, self, scope);
  if (!faults(body, scope.sites) || op.kind === "contract" || op.kind === "end") return;
  const noted = scopeIn(body);
  const sleeps = sleepsUnderSpinlock(op, self, noted);
  if (!isFalse(sleeps)) {
    const texts = { good: textIn(body, not(sleeps)), bad: textIn(body, sleeps) };
    const subject = { kind: "lock_use", name: "lock_use" } as const;
    noteStatement(to, context.judging, context.counting, subject, texts, " sleep-under-spinlock");
  }
  const { lock } = op.lock;
  const place = lockPlace(layout, lock, keys);
  const writer = lock.class === "rwsem" ? part.field(place, "writer") : place;
  const reader = (value: boolean): void =>
    line(to, `${placeText(readerPlace(layout, place, self), inside.text)} := ${value};`);
  const state = inside.reading.lock(lock, keys);
  switch (op.kind) {
    case "acquire":
      if (op.read) reader(true);
      else takeOwnership(body, writer);
      return;
    case "try-acquire": {
      const result = placeOfLocal(inside, op.result);
      const got = (value: boolean): void =>
        line(to, `${placeText(result, inside.text)} := ${value};`);
      either(
        to,
        state.free,
        inside.text,
        () => {
          takeOwnership(body, writer);
          got(true);
        },
        () => got(false),
      );
      return;
    }
    case "release":
      if (lock.class !== "rwsem") giveUpOwnership(body, writer);
      else {
        either(
          to,
          state.ownedBy(self),
          inside.text,
          () => giveUpOwnership(body, writer),
          () => reader(false),
        );
      }
      return;
    case "downgrade":
      giveUpOwnership(body, writer);
      reader(true);
      return;
    default:
      op satisfies never;
  }
}

function takeOwnership({ inside, to }: Body, place: PlaceText): void {
  const { layout } = inside.context;
  const { owner } = layout;
  const { self } = inside;
  if (owner === null || self === null) throw new Error("a lock that nobody can own");
  const process = processLayout(layout, self.process);
  const at = (of: PlaceText): string => placeText(of, inside.text);
  if (owner.fields.length === 0) {
    line(to, `${at(place)} := ${process.owner};`);
    return;
  }
  line(to, `${at(part.field(place, "process"))} := ${process.owner};`);
  if (process.index !== null && self.index !== null) {
    const field = part.field(place, ownerField(owner, process.index.type));
    line(to, `${at(field)} := ${scalarText(self.index, inside.text)};`);
  }
}

function giveUpOwnership({ inside, to }: Body, place: PlaceText): void {
  const { owner } = inside.context.layout;
  if (owner === null) throw new Error("a lock that nobody can own");
  const at = (of: PlaceText): string => placeText(of, inside.text);
  if (owner.fields.length === 0) {
    line(to, `${at(place)} := ${owner.nobody};`);
    return;
  }
  line(to, `${at(part.field(place, "process"))} := ${owner.nobody};`);
  for (const { name } of owner.fields) line(to, `undefine ${at(part.field(place, name))};`);
}
