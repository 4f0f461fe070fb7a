// Bugs to seed into the translations to other notations: random specs through the engines must notice each.

import type { EngineName } from "../../src/engines/engine.ts";

export interface EngineBug {
  readonly room: "commands" | "scalar core" | "promela" | "murphi" | "tlaplus";
  readonly file: string;
  /** Stands exactly once in the file. */
  readonly from: string;
  readonly to: string;
  readonly what: string;
  /** Who looks for it. */
  readonly engines: readonly EngineName[];
}

type Bug = Omit<EngineBug, "room" | "engines">;

function inRoom(
  room: EngineBug["room"],
  engine: EngineName,
  bugs: readonly Bug[],
): readonly EngineBug[] {
  return bugs.map((bug) => ({ ...bug, room, engines: [engine] }));
}

const machine = "src/machine";
const emit = "src/emit";

const commands: readonly Bug[] = [
  {
    file: `${machine}/commands-split.ts`,
    from: 'out.push({ kind: "assume-available", acquire: op, span: op.span }, op);',
    to: "out.push(op);",
    what: "nobody waits for locks",
  },
  {
    file: `${machine}/commands-split.ts`,
    from: "...behind([assume(true)], otherwise)",
    to: "...behind([assume(false)], otherwise)",
    what: "an `else` before a choice is taken when the condition holds",
  },
  {
    file: `${machine}/commands-split.ts`,
    from: "if (where !== null) {",
    to: "if (where === null && span.start < 0) {",
    what: "the `where` of a pick is forgotten",
  },
  {
    file: `${machine}/commands-split.ts`,
    from: "      negated: true,\n      faulty: false,",
    to: "      negated: false,\n      faulty: false,",
    what: "a choice in `atomic` is stuck when it has candidates",
  },
];

const scalarCore: readonly Bug[] = [
  {
    file: `${emit}/scalar/execute.ts`,
    from: "or(faults, and(holds, rest)),",
    to: "or(faults, rest),",
    what: "guards are dropped",
  },
  {
    file: `${emit}/scalar/execute.ts`,
    from: "or(faults, and(holds, rest)),",
    to: "and(holds, rest),",
    what: "a command whose guard faults cannot be taken",
  },
  {
    file: `${emit}/scalar/evaluate-operators.ts`,
    from: 'mayGoWrong(scope, isUndefined, "division", expr.span);',
    to: "",
    what: "divisions are not checked",
  },
  {
    file: `${emit}/scalar/place.ts`,
    from: 'mayGoWrong(scope, not(fits(scope.notions, value, from, place.type)), "range", place.span);',
    to: "",
    what: "what is assigned need not fit",
  },
  {
    file: `${emit}/scalar/locks.ts`,
    from: "return or(read ? not(lock.owned) : lock.free, heldBy(lock, self));",
    to: "return or(not(lock.owned), heldBy(lock, self));",
    what: "a writer gets in among readers",
  },
  {
    file: `${emit}/scalar/locks.ts`,
    from: 'mayGoWrong(scope, held, "lock-held-at-end", op.span);',
    to: "",
    what: "a process may end and keep its locks",
  },
];

const promela: readonly Bug[] = [
  {
    file: `${emit}/promela/commands.ts`,
    from: "const whole = and(standing(translating.layout, command, self, process), guard);",
    to: "const whole = standing(translating.layout, command, self, process);",
    what: "guards are dropped",
  },
  {
    file: `${emit}/promela/step-ends.ts`,
    from: "const groups = grouped(step, sites);",
    to: "const groups = grouped(step, []);",
    what: "nothing looks for faults",
  },
  {
    file: `${emit}/promela/step-ends.ts`,
    from: "if (path.written.has(root.name))\n",
    to: "if (root.name === '')\n",
    what: "a faulting step keeps what it has written",
  },
  {
    file: `${emit}/promela/step-ends.ts`,
    from: "const changed = moved ? TRUE : changes(step, path);",
    to: "const changed = TRUE;",
    what: "step properties are judged where nothing changes",
  },
  {
    file: `${emit}/promela/beginning.ts`,
    from: "for (const instance of machine.instances) firstLocals(step, instance);",
    to: "",
    what: "locals begin as 0, not as the first value of their type",
  },
  {
    file: `${emit}/promela/store.ts`,
    from: "if (from !== own && (!fixed || before.has(from))) return null;",
    to: "",
    what: "an assignment reads what it has written already",
  },
];

const murphi: readonly Bug[] = [
  {
    file: `${emit}/murphi/rules.ts`,
    from: "guard: and(...standing(inside, command), possible) };",
    to: "guard: and(...standing(inside, command)) };",
    what: "guards are dropped",
  },
  {
    file: `${emit}/murphi/command-rule.ts`,
    from: "  if (!faults(body, scope.sites)) return;\n  const target",
    to: "  const target",
    what: "assignments are not checked",
  },
  {
    file: `${emit}/murphi/command-rule.ts`,
    from: "if (process.stored.has(local))\n",
    to: "if (op.location < 0)\n",
    what: "dead locals keep their values",
  },
  {
    file: `${emit}/murphi/command-rule.ts`,
    from: "} else if (readsRoot(value, place.root)) {",
    to: "} else if (body.last && place.path.length > 9) {",
    what: "an assignment reads what it has written already",
  },
  {
    file: `${emit}/murphi/lock-statements.ts`,
    from: "() => reader(false),",
    to: "() => reader(true),",
    what: "a reader never gives up its lock",
  },
  {
    file: `${emit}/murphi/lock-statements.ts`,
    from: "if (!isFalse(sleeps)) {",
    to: "if (isFalse(sleeps)) {",
    what: "sleeping under a spinlock goes unnoticed",
  },
];

const tlaplus: readonly Bug[] = [
  {
    file: `${emit}/tlaplus/walk.ts`,
    from: 'bullets("/\\\\", [guard(w.context, exprTree(r, condition)), rest.go(path)]),\n      );\n    }',
    to: "rest.go(path),\n      );\n    }",
    what: "nobody waits for conditions",
  },
  {
    file: `${emit}/tlaplus/steps.ts`,
    from: 'only === undefined ? [] : [prefix("UNCHANGED",',
    to: 'kept.length < 99 ? [] : [prefix("UNCHANGED",',
    what: "UNCHANGED is forgotten",
  },
  {
    file: `${emit}/tlaplus/walk.ts`,
    from: 'checks.push({ when, fault: "range", span: place.span });',
    to: "",
    what: "what is assigned need not fit",
  },
  {
    file: `${emit}/tlaplus/locks.ts`,
    from: 'infix(readers(at), "\\\\", setOf([at.self]))',
    to: 'infix(readers(at), "\\\\cup", setOf([at.self]))',
    what: "a reader never gives up its lock",
  },
  {
    file: `${emit}/tlaplus/walk.ts`,
    from: "return settled(w.context, path, local, firstValue(local.type));",
    to: "return path;",
    what: "dead locals keep their values",
  },
  {
    file: `${emit}/tlaplus/properties.ts`,
    from: 'infix(text("vars\'"), "#", text("vars"))',
    to: 'infix(text("vars\'"), "=", text("vars"))',
    what: "step properties are judged only where nothing changes",
  },
];

export const engineBugs: readonly EngineBug[] = [
  ...inRoom("commands", "spin", commands),
  ...inRoom("scalar core", "spin", scalarCore),
  ...inRoom("promela", "spin", promela),
  ...inRoom("murphi", "rumur", murphi),
  ...inRoom("tlaplus", "tlc", tlaplus),
];
