// Locks spelled as the kernel's calls: `spin_lock(ptl[1])`, `down_read(mmap_lock)`.

import type { StepEvent } from "../checker/exploration.ts";
import type { Lock, Machine } from "../machine/machine.ts";

type LockEvent = Extract<
  StepEvent,
  { readonly kind: "acquire" | "release" | "downgrade" | "try-acquire" }
>;

const spelling = {
  spinlock: { acquire: "spin_lock", release: "spin_unlock", tryAcquire: "spin_trylock" },
  mutex: { acquire: "mutex_lock", release: "mutex_unlock", tryAcquire: "mutex_trylock" },
} as const;

/** The call that an event on a lock stands for. */
export function lockCall(machine: Machine, event: LockEvent): string {
  const call = `${callName(classOf(machine, event.lock), event)}(${event.lock})`;
  return event.kind === "try-acquire" ? `${call} == ${event.taken}` : call;
}

/** The class of a lock by the name of an instance, `ptl[1]`. */
function classOf(machine: Machine, instance: string): Lock["class"] {
  const name = instance.replace(/\[.*$/, "");
  return machine.locks.find((lock) => lock.name === name)?.class ?? "spinlock";
}

function callName(kind: Lock["class"], event: LockEvent): string {
  if (kind === "rwsem") {
    switch (event.kind) {
      case "acquire":
        return event.read ? "down_read" : "down_write";
      case "release":
        return event.read ? "up_read" : "up_write";
      case "downgrade":
        return "downgrade_write";
      case "try-acquire":
        return "down_write_trylock";
      default:
        return event satisfies never;
    }
  }
  const words = spelling[kind];
  switch (event.kind) {
    case "acquire":
      return words.acquire;
    case "release":
      return words.release;
    case "try-acquire":
      return words.tryAcquire;
    case "downgrade":
      return "downgrade_write";
    default:
      return event satisfies never;
  }
}
