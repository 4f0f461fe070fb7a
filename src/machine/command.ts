// A command: one way through a step with every choice made beforehand, which is the form of guarded-command notations.
// Where a machine's code chooses half way, a command has a parameter and an assumption at that place: it can be taken
// exactly for those parameter values whose assumptions hold, so taking commands = taking steps, one for one.

import type { Expr, Location, MachineAction, MachineLocal, MachineProcess, Op } from "./machine.ts";

/** Ops without choices and waits; `assume` stands where they were. */
export type CommandOp =
  | Exclude<Op, { readonly kind: "either" | "pick" | "await" | "if" | "loop" | "acquire" }>
  | Assume
  | {
      readonly kind: "if";
      readonly condition: Expr;
      readonly then: CommandCode;
      readonly otherwise: CommandCode;
      readonly span: Extract<Op, { readonly kind: "if" }>["span"];
    }
  | (Omit<Extract<Op, { readonly kind: "loop" }>, "body"> & { readonly body: CommandCode })
  /** Takes the lock, which no other holds in a conflicting mode (an `available` stands before it); held by oneself: the fault `double-acquire`. */
  | Extract<Op, { readonly kind: "acquire" }>;

export type CommandCode = readonly CommandOp[];

/** The command can be taken only if this holds when control is here. */
export type Assume =
  /** `faulty`: if evaluating the condition faults, this command is taken and faults (else another command stands for that fault). */
  | {
      readonly kind: "assume";
      readonly condition: Expr;
      readonly negated: boolean;
      readonly faulty: boolean;
      readonly span: Expr["span"];
    }
  /**
   * The choice lies in the set; `where` comes as an `assume` of its own, behind the assignment of the choice.
   * `faulty`: as above, for the set.
   */
  | {
      readonly kind: "assume-member";
      readonly choice: MachineLocal;
      readonly set: Expr;
      readonly faulty: boolean;
      readonly span: Expr["span"];
    }
  /** No other process holds the lock in a conflicting mode, or this one holds it already; evaluating the place may fault. */
  | {
      readonly kind: "assume-available";
      readonly acquire: Extract<Op, { readonly kind: "acquire" }>;
      readonly span: Expr["span"];
    };

export interface Command {
  /** Unique in the machine and stable: `zapper.zap_huge_pmd.2`, the ways through one step numbered `~1`, `~2` if several. */
  readonly name: string;
  /** Whose step it is. */
  readonly owner:
    | {
        readonly kind: "process";
        readonly process: MachineProcess;
        readonly location: Location;
      }
    | { readonly kind: "action"; readonly action: MachineAction };
  /** What is chosen, any values of their types; fresh locals, each assigned to the picked local by the code itself. */
  readonly choices: readonly MachineLocal[];
  /** Every path ends in `goto`, `stop` or `fault`. */
  readonly code: CommandCode;
}
