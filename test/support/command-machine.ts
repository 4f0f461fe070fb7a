// Commands run as a machine again: at each location a choice among its commands, and for each of these among its choices.
// So the interpreter can tell whether taking commands is taking steps.

import type { Span } from "../../src/diagnostics/source.ts";
import { mapChildren } from "../../src/language/expressions.ts";
import type { Command, CommandCode, CommandOp } from "../../src/machine/command.ts";
import type { Code, Expr, Machine, Op } from "../../src/machine/machine.ts";

/** Faults with this place are those of assumptions that another command stands for: such steps are not offered. */
export const ELSEWHERE: Span = {
  source: { path: "elsewhere", text: "" },
  start: 0,
  end: 0,
};

/** The machine whose steps are the commands. Steps that fault at `ELSEWHERE` are to be ignored. */
export function commandMachine(machine: Machine, commands: readonly Command[]): Machine {
  const among = (own: readonly Command[], span: Span): Code =>
    own.length === 0 ? [] : [{ kind: "either", branches: own.map(chosen), span }];
  return {
    ...machine,
    processes: machine.processes.map((process) => ({
      ...process,
      locations: process.locations.map((location) => {
        const own = commands.filter(
          ({ owner }) => owner.kind === "process" && owner.location === location,
        );
        return { ...location, code: among(own, ELSEWHERE) };
      }),
    })),
    actions: machine.actions.map((action) => {
      const own = commands.filter(
        ({ owner }) => owner.kind === "action" && owner.action === action,
      );
      return { ...action, code: among(own, ELSEWHERE) };
    }),
  };
}

/** A command behind the choice of all its parameters. */
function chosen({ choices, code }: Command): Code {
  return choices.reduceRight<Code>((body, local) => {
    const type = { kind: "set", of: local.type } as Expr["type"];
    const set: Expr = { kind: "type-set", of: local.type, type, span: ELSEWHERE };
    return [{ kind: "pick", local, set, where: null, stuck: "wait", body, span: ELSEWHERE }];
  }, ops(code));
}

function ops(code: CommandCode): Code {
  return code.flatMap(opsOf);
}

function opsOf(op: CommandOp): readonly Op[] {
  switch (op.kind) {
    case "if":
      return [{ ...op, then: ops(op.then), otherwise: ops(op.otherwise) }];
    case "loop":
      return [{ ...op, body: ops(op.body) }];
    case "assume": {
      const { condition, negated, span } = op;
      const type = { kind: "bool" } as const;
      const wanted: Expr = negated ? { kind: "not", operand: condition, type, span } : condition;
      return [waiting(wanted, op.faulty, span)];
    }
    case "assume-member": {
      const { choice, set, span } = op;
      const element: Expr = { kind: "local", local: choice, type: choice.type, span };
      const type = { kind: "bool" } as const;
      const member: Expr = { kind: "member", element, set, negated: false, type, span };
      return [waiting(member, op.faulty, span)];
    }
    // The `acquire` behind it waits by itself.
    case "assume-available":
      return [];
    default:
      return [op];
  }
}

function waiting(condition: Expr, faulty: boolean, span: Span): Op {
  return { kind: "await", condition: faulty ? condition : placedElsewhere(condition), span };
}

function placedElsewhere(expr: Expr): Expr {
  return { ...mapChildren(expr, placedElsewhere), span: ELSEWHERE };
}
