// A machine's code as text for golden tests: locations with their ops, expressions as their source.

import { spanText } from "../../src/diagnostics/source.ts";
import type { Code, Expr, Machine, Op } from "../../src/machine/machine.ts";

/** Every process and action, one op a line, marks left out unless asked for. */
export function printMachine(machine: Machine, marks = false): string {
  const lines: string[] = [];
  for (const process of machine.processes) {
    const stored = process.locals.filter((local) => local.stored).map((local) => local.name);
    lines.push(`process ${process.name}${stored.length > 0 ? ` (${stored.join(", ")})` : ""}`);
    const names = process.locations.map((location) => location.name);
    lines.push("  start:", ...printCode(process.start, names, marks, "    "));
    for (const location of process.locations) {
      if (location.name === "done") continue;
      const labels = location.labels.map(([owner, label]) => ` @${owner}.${label}`).join("");
      lines.push(`  ${location.name}:${labels}${location.local ? " (local)" : ""}`);
      lines.push(...printCode(location.code, names, marks, "    "));
    }
  }
  for (const action of machine.actions) {
    lines.push(`action ${action.name}`, ...printCode(action.code, [], marks, "    "));
  }
  return lines.join("\n");
}

function printCode(
  code: Code,
  names: readonly string[],
  marks: boolean,
  indent: string,
): readonly string[] {
  const block = (inner: Code): readonly string[] => printCode(inner, names, marks, `${indent}  `);
  return code.flatMap((op): readonly string[] => {
    switch (op.kind) {
      case "if":
        return [
          `${indent}if ${source(op.condition)}`,
          ...block(op.then),
          ...(op.otherwise.length > 0 ? [`${indent}else`, ...block(op.otherwise)] : []),
        ];
      case "loop":
        return [`${indent}loop ${op.id}`, ...block(op.body)];
      case "either":
        return op.branches.flatMap((branch, index) => [
          `${indent}${index === 0 ? "either" : "or"}`,
          ...block(branch),
        ]);
      case "pick": {
        const where = op.where === null ? "" : ` where ${source(op.where)}`;
        const stuck = op.stuck === "fault" ? " or fault" : "";
        return [
          `${indent}pick ${op.local.name} in ${source(op.set)}${where}${stuck}`,
          ...block(op.body),
        ];
      }
      case "line":
      case "branch":
      case "enter":
      case "leave":
        return marks ? [`${indent}(${op.kind})`] : [];
      default:
        return [`${indent}${printSimple(op, names)}`];
    }
  });
}

function printSimple(op: Op, names: readonly string[]): string {
  switch (op.kind) {
    case "assign": {
      const path = op.place.path
        .map((step) => (step.kind === "field" ? `.${step.name}` : `[${source(step.index)}]`))
        .join("");
      return `${op.place.root.name}${path} := ${source(op.value)}`;
    }
    case "await":
      return `await ${source(op.condition)}`;
    case "acquire":
    case "release":
    case "downgrade":
      return `${op.kind} ${spanText(op.lock.span)}`;
    case "try-acquire":
      return `${op.result.name} := try acquire ${spanText(op.lock.span)}`;
    case "assert":
      return `assert ${source(op.condition)}`;
    case "cost":
      return `cost ${op.cost.name} += ${source(op.value)}`;
    case "contract":
      return `contract ${spanText(op.lock.span)} when ${source(op.result)}`;
    case "goto": {
      const resets = op.resets.map((local) => local.name).join(", ");
      return `goto ${names[op.location] ?? op.location}${resets === "" ? "" : ` resetting ${resets}`}`;
    }
    case "break":
    case "continue":
      return `${op.kind} ${op.loop}`;
    case "fault":
      return `fault ${op.fault}`;
    default:
      return op.kind;
  }
}

/** An expression as the source wrote it, locals and made ones by name. */
function source(expr: Expr): string {
  if (expr.kind === "local") return expr.local.name;
  if (expr.kind === "literal") return JSON.stringify(expr.value);
  if (expr.kind === "arithmetic")
    return `${source(expr.left)} ${expr.operator} ${source(expr.right)}`;
  if (expr.kind === "comparison")
    return `${source(expr.left)} ${expr.operator} ${source(expr.right)}`;
  if (expr.kind === "set-operation")
    return `${source(expr.left)} ${expr.operator} ${source(expr.right)}`;
  if (expr.kind === "builtin") return `${expr.function}(${expr.arguments.map(source).join(", ")})`;
  if (expr.kind === "set") return `{${expr.elements.map(source).join(", ")}}`;
  return spanText(expr.span).replace(/\s+/g, " ");
}
