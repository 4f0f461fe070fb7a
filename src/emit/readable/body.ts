// The body of a function being printed: whose code it is, and what its printers share.

import type { Code, Local, Lock, MachineProcess } from "../../machine/machine.ts";
import type { Lines } from "../text.ts";
import type { Context } from "./context.ts";
import type { Reading } from "./reading.ts";

/** Whose code it is: a process, and how its own part of the state is reached; null for actions. */
export interface Owner {
  readonly process: MachineProcess;
  /** The text of the process index, null if there is none. */
  readonly index: string | null;
  readonly mayHold: readonly Lock[];
}

/** Whether code is a step, or the start of a process among those of the others. */
export type Arrival = "step" | "start";

/** A code to print, and for whom. */
export interface Task {
  readonly owner: Owner | null;
  /** What a caller may give for an action's parameters. */
  readonly given: ReadonlyMap<Local, string>;
  readonly code: Code;
  /** The line of the step, which its doc shows already. */
  readonly line: number;
  readonly arrive: Arrival;
}

/** The body of a function being printed. */
export interface Body {
  readonly context: Context;
  readonly reading: Reading;
  readonly to: Lines;
  readonly task: Task;
  /** A local that is assigned. */
  readonly nameOf: (local: Local) => string;
  /** A new name in the body. */
  readonly unique: (wish: string) => string;
  /** Whether anything reads the local. */
  readonly isRead: (local: Local) => boolean;
  /** What the body needs around it: choices, the name of the process, its own part of the state. */
  readonly needs: { chooses: boolean; self: boolean; own: boolean };
}
