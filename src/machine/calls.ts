// Calls, inlined: every call gets its own copy of the callee's body, with its own locals, labels and frame.

import type { Call, Expr, Local } from "../language/model.ts";
import {
  type Context,
  freshLocal,
  localPlace,
  nodeBase,
  nopNode,
  opsNode,
  readLocal,
  substitute,
  substituteLock,
} from "./builder.ts";
import type { GraphNode, NopNode } from "./graph.ts";
import { withLabels } from "./labels.ts";
import { callIsStep } from "./lines.ts";
import type { MachineLocal, Op } from "./machine.ts";

/**
 * The nodes of a call. `after` gives the node behind it, from the local that holds the result (null if the callee has none).
 * Parameters that only pass on a local or a constant stand for it; others are evaluated into a local of their own,
 * which is a step of its own if an argument reads something shared.
 */
export function inlineCall(
  call: Call,
  context: Context,
  line: number,
  after: (result: MachineLocal | null) => GraphNode,
): GraphNode {
  const { unit } = context;
  const callee = call.function;
  const frame = unit.tables.frames.length;
  const values = call.arguments.map(
    (argument): Expr =>
      argument.kind === "value"
        ? substitute(argument.value, context.locals)
        : substitute(readLocal(argument.local, call.span), context.locals),
  );
  unit.tables.frames.push({ function: callee.name, call: call.span, arguments: values });
  const referenced = new Set(
    values.flatMap((value, index): Local[] =>
      call.arguments[index]?.kind === "reference" && value.kind === "local" ? [value.local] : [],
    ),
  );

  const locals = new Map<Local, Expr>();
  const ops: Op[] = [];
  const inside: Context = {
    ...context,
    owner: callee.name,
    stack: [...context.stack, frame],
    breakTo: null,
    continueTo: null,
  };
  callee.parameters.forEach((parameter, index) => {
    const value = values[index];
    if (value === undefined)
      throw new Error(`${callee.name} is called without its parameter ${parameter.name}`);
    const standsFor =
      parameter.role === "reference" ||
      value.kind === "literal" ||
      value.kind === "constant" ||
      (value.kind === "local" && !referenced.has(value.local));
    if (standsFor) {
      locals.set(parameter, value);
      return;
    }
    const local = freshLocal(
      unit,
      `${callee.name}_${parameter.name}`,
      parameter.type,
      "parameter",
      parameter.span,
    );
    locals.set(parameter, readLocal(local, parameter.span));
    ops.push({ kind: "assign", place: localPlace(local, parameter.span), value, span: value.span });
  });

  const result =
    callee.result === null
      ? null
      : freshLocal(unit, `${callee.name}_result`, callee.result, "result", call.span);
  const behind = nopNode(context, [{ kind: "leave", frame }], after(result));
  let exit: GraphNode = behind;
  if (callee.contract !== null && result !== null) {
    const lock = substituteLock(callee.contract.lock, locals);
    exit = opsNode(
      inside,
      [
        {
          kind: "contract",
          lock,
          result: readLocal(result, call.span),
          span: callee.contract.span,
        },
      ],
      behind,
    );
  }
  const body = withLabels(
    {
      ...{ ...inside, locals, returnTo: { node: exit, result } },
      labels: new Map<string, NopNode>(),
      jumps: new Set<string>(),
    },
    callee.body,
  );
  const entered: GraphNode = {
    ...nodeBase(context),
    kind: "nop",
    ops: [{ kind: "enter", frame }],
    next: context.unit.buildBody(callee.body, body, exit),
  };
  const step = callIsStep(call);
  if (ops.length === 0 && !step) return entered;
  return opsNode(context, ops, entered, {
    line,
    step,
    local: !step,
  });
}
