// Expressions of the spec as TypeScript over readable values: `s.pmd[m] === "huge"`.

import { type Expr, firstValue, type Type } from "../../machine/machine.ts";
import { fitsIn } from "../../machine/may-fault.ts";
import { mentions } from "../text.ts";
import { allValues, helper, propertyName, quotedPlace, typeText, valueText } from "./context.ts";
import { isExact } from "./kinds.ts";
import { arithmetic, comparison, logical } from "./operators.ts";
import {
  arrow,
  arrowBody,
  atom,
  binding,
  cast,
  exact,
  fitsText,
  instanceName,
  instanceState,
  isPlain,
  keyAccess,
  LEVEL,
  lockText,
  plain,
  type Reading,
  type Text,
  wrap,
} from "./reading.ts";
import { setText } from "./set.ts";

type ExprOf<K extends Expr["kind"]> = Extract<Expr, { readonly kind: K }>;

/** Prints an expression. */
export function expressionText(r: Reading, expr: Expr): Text {
  const { context } = r;
  const place = quotedPlace(expr.span);
  const call = (name: string, ...parts: readonly string[]): Text =>
    atom(`${helper(context, name)}(${parts.join(", ")})`);
  switch (expr.kind) {
    case "literal":
      return literal(valueText(expr.type, expr.value));
    case "constant":
      return atom(
        context.constants.get(expr.constant) ?? valueText(expr.type, expr.constant.value),
      );
    case "variable":
      return atom(`${r.state}.${expr.variable.name}`);
    case "local":
      return atom(r.local(expr.local));
    case "bound":
      return atom(r.binders.get(expr.binder) ?? expr.binder.name);
    case "index": {
      const base = wrap(r.text(r, expr.base), LEVEL.atom);
      if (expr.base.type.kind !== "array") throw new Error("an index of no array");
      return atom(`${base}${keyAccess(r, base, expr.index, expr.base.type.key, place)}`);
    }
    case "element":
      return call("element", plain(r, expr.base), plain(r, expr.index), place);
    case "field":
      return atom(`${wrap(r.text(r, expr.base), LEVEL.atom)}.${expr.field}`);
    case "not":
      return { text: `!${wrap(r.text(r, expr.operand), LEVEL.unary)}`, level: LEVEL.unary };
    case "negate":
      return { text: `0 - ${wrap(r.text(r, expr.operand), LEVEL.times)}`, level: LEVEL.plus };
    case "logical":
      return logical(r, expr);
    case "arithmetic":
      return arithmetic(r, expr);
    case "comparison":
      return comparison(r, expr);
    case "if":
      return {
        text: `${wrap(r.text(r, expr.condition), LEVEL.choice + 1)} ? ${wrap(r.text(r, expr.then), LEVEL.choice)} : ${wrap(r.text(r, expr.otherwise), LEVEL.choice)}`,
        level: LEVEL.choice,
      };
    case "let": {
      const value = exact(r, expr.value, expr.binder.type).text;
      const type = context.types ? `: ${typeText(context, expr.binder.type)}` : "";
      const body = binding(r, expr.binder, (name) => {
        const text = arrowBody(r.text(r, expr.body));
        return `(${mentions([text], name) ? name : `_${name}`}${type}) => ${text}`;
      });
      return atom(`(${body})(${value})`);
    }
    case "quantifier":
      return quantified(r, expr);
    case "record": {
      const order = expr.type.kind === "record" ? expr.type.fields : [];
      const fields = order.flatMap((field) => {
        const given = expr.fields.find(({ name }) => name === field.name);
        return given === undefined
          ? []
          : [`${propertyName(field.name)}: ${exact(r, given.value, field.type).text}`];
      });
      return atom(`{ ${fields.join(", ")} }`);
    }
    case "sequence": {
      const of = expr.type.kind === "sequence" ? expr.type.of : expr.type;
      return atom(`[${expr.elements.map((element) => exact(r, element, of).text).join(", ")}]`);
    }
    case "array": {
      const of = expr.type.kind === "array" ? expr.type.of : expr.type;
      const make = binding(r, expr.binder, (name) => arrow(name, exact(r, expr.body, of)));
      const array = call("keyed", allValues(context, expr.binder.type), make);
      return context.types ? cast(array, typeText(context, expr.type)) : array;
    }
    case "member":
    case "set-operation":
    case "subset":
    case "interval":
    case "type-set":
    case "set":
    case "map":
    case "filter":
      return setText(r, expr);
    case "with-index":
      return call(
        "withKey",
        plain(r, expr.base),
        plain(r, expr.index),
        plain(r, expr.value),
        place,
      );
    case "with-element": {
      const of = expr.type.kind === "sequence" ? expr.type.of : expr.type;
      return call(
        "withElement",
        plain(r, expr.base),
        plain(r, expr.index),
        exact(r, expr.value, of).text,
        place,
      );
    }
    case "with-field":
      return atom(
        `{ ...${wrap(r.text(r, expr.base), LEVEL.atom)}, ${propertyName(expr.field)}: ${plain(r, expr.value)} }`,
      );
    case "builtin":
      return builtin(r, expr);
    case "some":
      return r.text(r, expr.value);
    case "unwrap": {
      if (expr.value.type.kind !== "option") return r.text(r, expr.value);
      const constant = context.types && expr.value.kind === "literal";
      const of = constant ? `<${typeText(context, expr.type)}>` : "";
      return atom(`${helper(context, "present")}${of}(${plain(r, expr.value)}, ${place})`);
    }
    case "convert":
      return checked(r, expr.value, expr.type, place);
    case "instance":
      return atom(instanceName(r, expr));
    case "done": {
      const last = context.machine.processes
        .find(({ process }) => process === expr.process)
        ?.locations.at(-1);
      return call("standsAt", `${instanceState(r, expr)}.at`, JSON.stringify(last?.name ?? "done"));
    }
    case "located": {
      const process = context.machine.processes.find(
        (candidate) => candidate.process === expr.process,
      );
      const locations = process?.locations.filter(({ id }) => expr.locations.has(id)) ?? [];
      return call(
        "standsAt",
        `${instanceState(r, expr)}.at`,
        ...locations.map(({ name }) => JSON.stringify(name)),
      );
    }
    case "process-variable": {
      const process = context.machine.processes.find(
        (candidate) => candidate.process === expr.process,
      );
      const stored =
        process?.locals.some((local) => local.stored && local.name === expr.local.name) ?? false;
      if (stored) return atom(`${instanceState(r, expr)}.${expr.local.name}`);
      return literal(valueText(expr.type, firstValue(expr.local.type)));
    }
    case "holder":
      return atom(`${lockText(r, expr.lock)}${expr.lock.lock.class === "rwsem" ? ".writer" : ""}`);
    case "held":
      if (expr.by === null) return call("isHeld", lockText(r, expr.lock));
      return atom(`${helper(context, "holds")}(${lockText(r, expr.lock)}, ${plain(r, expr.by)})`);
    case "prime":
      return r.text({ ...r, state: "after", processes: "after" }, expr.operand);
    case "taken": {
      const moved = call("same", "taken", instanceName(r, expr));
      if (expr.at === null) return moved;
      return { text: `${moved.text} && ${wrap(r.text(r, expr.at), LEVEL.and)}`, level: LEVEL.and };
    }
    case "taken-action":
      return call("same", "taken", JSON.stringify(expr.action.name));
    case "at":
      throw new Error("`@` that lowering left unresolved");
    default:
      return expr satisfies never;
  }
}

function literal(text: string): Text {
  return { text, level: text.startsWith("-") ? LEVEL.unary : LEVEL.atom };
}

/** A value that must lie in a type; what its own type tells is not asked again. */
export function checked(
  r: Reading,
  value: Expr,
  type: Type,
  place: string,
  given: Text = r.text(r, value),
): Text {
  const { context } = r;
  if (fitsIn(value.type, type)) {
    const wanted = typeText(context, type);
    if (!context.types || isExact(value) || isPlain(wanted)) return given;
    return cast(given, wanted);
  }
  if (type.kind === "range" && value.type.kind === "range") {
    const of = context.types && type.name !== null ? `<${typeText(context, type)}>` : "";
    return atom(
      `${helper(context, "within")}${of}(${given.text}, ${type.lo}, ${type.hi}, ${place})`,
    );
  }
  const of = context.types ? `<${typeText(context, type)}>` : "";
  return atom(
    `${helper(context, "fitting")}${of}(${given.text}, (x) => ${fitsText(r, value.type, type, "x")}, ${place})`,
  );
}

function quantified(r: Reading, expr: ExprOf<"quantifier">): Text {
  const set = wrap(r.text(r, expr.set), LEVEL.atom);
  return binding(r, expr.binder, (name) => {
    const body = r.text(r, expr.body);
    const test = arrow(name, body);
    switch (expr.quantifier) {
      case "forall":
        return atom(`${set}.every(${test})`);
      case "exists":
        return atom(`${set}.some(${test})`);
      case "count":
        return atom(`${set}.filter(${test}).length`);
      case "sum": {
        const of = r.context.types ? "<number>" : "";
        const added = wrap(body, LEVEL.times);
        const parameters = mentions([added], name) ? `total, ${name}` : "total";
        return atom(`${set}.reduce${of}((${parameters}) => total + ${added}, 0)`);
      }
      default:
        return expr.quantifier satisfies never;
    }
  });
}

function builtin(r: Reading, expr: ExprOf<"builtin">): Text {
  const { context } = r;
  const [argument, second] = expr.arguments;
  if (argument === undefined) throw new Error(`${expr.function} of nothing`);
  const given = exact(r, argument, argument.type);
  const place = quotedPlace(expr.span);
  switch (expr.function) {
    case "size":
    case "length":
      return atom(`${wrap(given, LEVEL.atom)}.length`);
    case "min":
      return atom(`${helper(context, "least")}(${given.text}, ${place})`);
    case "max":
      return atom(`${helper(context, "greatest")}(${given.text}, ${place})`);
    case "first":
    case "rest":
      return atom(`${helper(context, expr.function)}(${given.text}, ${place})`);
    case "append": {
      const type = expr.type.kind === "sequence" ? expr.type : null;
      const last = second === undefined || type === null ? "" : exact(r, second, type.of).text;
      const of = context.types && type !== null ? `<${typeText(context, type.of)}>` : "";
      return atom(
        `${helper(context, "append")}${of}(${given.text}, ${last}, ${type?.upto ?? 0}, ${place})`,
      );
    }
    default:
      return expr.function satisfies never;
  }
}
