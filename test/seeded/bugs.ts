// Bugs to seed: each one a small change of the tool's own source that the corpus of random specs must notice.

export interface SeededBug {
  readonly room:
    | "folding"
    | "inlining"
    | "dead locals"
    | "lowering"
    | "layout"
    | "flattening"
    | "emitter";
  readonly file: string;
  /** Stands exactly once in the file. */
  readonly from: string;
  readonly to: string;
  readonly what: string;
}

const machine = "src/machine";
const emit = "src/emit";

export const seededBugs: readonly SeededBug[] = [
  // ---- folding
  {
    room: "folding",
    file: `${machine}/progress.ts`,
    from: "if (!node.step) return progress;",
    to: "if (!node.step) return SPENT;",
    what: "local work ends a choice before its first step",
  },
  {
    room: "folding",
    file: `${machine}/progress.ts`,
    from: "now = now.region === null ? SPENT : { ...now, choice: null, begun: true };",
    to: "now = SPENT;",
    what: "a branch without a step ends the `atomic` block around it",
  },
  {
    room: "folding",
    file: `${machine}/progress.ts`,
    from: "if (now.region !== null && node.region !== now.region) now = SPENT;",
    to: "if (now.region !== null && node.region !== now.region) now = FRESH;",
    what: "an `atomic` block runs on into the next step",
  },
  {
    room: "folding",
    file: `${machine}/fold.ts`,
    from: "if (progress.spent && (node.step || this.apart(node))) {",
    to: 'if (progress.spent && (node.step || node.kind === "branch")) {',
    what: "local conditions become steps",
  },
  {
    room: "folding",
    file: `${machine}/fold.ts`,
    from: "this.code(branch.entry, { ...progress, choice: branch.scope, single: false }),",
    to: "this.code(branch.entry, { ...progress, single: false }),",
    what: "an empty branch of `either` takes the step behind it along",
  },
  {
    room: "folding",
    file: `${machine}/fold.ts`,
    from: 'const stuck = progress.region !== null && progress.begun ? "fault" : "wait";',
    to: 'const stuck = progress.region !== null ? "fault" : "wait";',
    what: "a `pick` that comes first in `atomic` faults instead of waiting",
  },
  {
    room: "folding",
    file: `${machine}/fold.ts`,
    from: 'if (node.ofAction) return [{ kind: "stop" }];',
    to: 'if (node.ofAction) return [{ kind: "stop" }];\n  if (!node.step) return [{ kind: "goto", location: DONE, resets: [] }];',
    what: "nobody looks for held locks at the end of a process",
  },
  // ---- inlining
  {
    room: "inlining",
    file: `${machine}/calls.ts`,
    from: "const step = callIsStep(call);",
    to: "const step = false;",
    what: "reading shared arguments is no step",
  },
  {
    room: "inlining",
    file: `${machine}/calls.ts`,
    from: "returnTo: { node: exit, result }",
    to: "returnTo: { node: behind, result }",
    what: "`return` goes past the check of `holds … when result`",
  },
  {
    room: "inlining",
    file: `${machine}/calls.ts`,
    from: "locals.set(parameter, readLocal(local, parameter.span));",
    to: "locals.set(parameter, value);",
    what: "a parameter is read anew from its argument at each use",
  },
  {
    room: "inlining",
    file: `${machine}/calls.ts`,
    from: '(value.kind === "local" && !referenced.has(value.local));',
    to: 'value.kind === "local";',
    what: "a parameter follows a local that the same call passes by `ref`",
  },
  // ---- dead locals
  {
    room: "dead locals",
    file: `${machine}/dead-variables.ts`,
    from: "stored.has(local) && !live.has(local)",
    to: "stored.has(local)",
    what: "living locals are reset as well",
  },
  {
    room: "dead locals",
    file: `${machine}/dead-variables.ts`,
    from: "liveBefore(op.otherwise, after, targets),",
    to: "",
    what: "what only an `else` reads is taken for dead",
  },
  {
    room: "dead locals",
    file: `${machine}/dead-variables.ts`,
    from: "live.add(op.place.root as MachineLocal);",
    to: "live.delete(op.place.root as MachineLocal);",
    what: "assigning a part of a local is taken for assigning all of it",
  },
  {
    room: "dead locals",
    file: `${machine}/dead-variables.ts`,
    from: "const always = new Set(top);",
    to: "const always = new Set<MachineLocal>();",
    what: "variables that properties read die when code reads them no more",
  },
  // ---- lowering
  {
    room: "lowering",
    file: `${machine}/conditions.ts`,
    from: "negated ? [whenFalse, whenTrue] : [whenTrue, whenFalse];",
    to: "negated ? [whenTrue, whenFalse] : [whenTrue, whenFalse];",
    what: "`!` before a call is lost",
  },
  {
    room: "lowering",
    file: `${machine}/assignments.ts`,
    from: 'operator: operator === "+=" ? "+" : "-",',
    to: 'operator: "+",',
    what: "`-=` adds",
  },
  {
    room: "lowering",
    file: `${machine}/assignments.ts`,
    from: "return { ops: [keep(readPlace(place)), set(value)], result };",
    to: "return { ops: [set(value), keep(readPlace(place))], result };",
    what: "`xchg` and `fetch_add` give the new value",
  },
  {
    room: "lowering",
    file: `${machine}/assignments.ts`,
    from: "          then: [set(second)],\n          otherwise: [],",
    to: "          then: [],\n          otherwise: [set(second)],",
    what: "`cmpxchg` exchanges when the values differ",
  },
  {
    room: "lowering",
    file: `${machine}/loops.ts`,
    from: 'compare("!=", local, elements.at(-1) ?? first, span)',
    to: 'compare("!=", local, elements.at(-2) ?? first, span)',
    what: "`for` leaves out the last element",
  },
  {
    room: "lowering",
    file: `${machine}/loops.ts`,
    from: "value: remove(left, readLocal(local, span)),",
    to: "value: readLocal(left, span),",
    what: "`for any` never runs out of elements",
  },
  {
    room: "lowering",
    file: `${machine}/lower.ts`,
    from: "parameters.reduceRight<Code>(",
    to: "parameters.reduce<Code>(",
    what: "the last parameter of an action varies slowest",
  },
  {
    room: "lowering",
    file: `${machine}/may-hold.ts`,
    from: "      return joined(flow(op.then, held, reach), flow(op.otherwise, held, reach));",
    to: "      return flow(op.then, held, reach);",
    what: "locks taken in an `else` are forgotten",
  },
  // ---- layout
  {
    room: "layout",
    file: `${machine}/layout.ts`,
    from: "while (2 ** bits < count) bits += 1;",
    to: "while (2 ** (bits + 1) < count) bits += 1;",
    what: "a bit too few for each value",
  },
  {
    room: "layout",
    file: `${machine}/layout.ts`,
    from: "used[word] = item.shift + size(item);",
    to: "used[word] = item.shift + size(item) - 1;",
    what: "neighbours in a word overlap by a bit",
  },
  {
    room: "layout",
    file: `${machine}/layout.ts`,
    from: "bitsFor(type.upto + 1)",
    to: "bitsFor(type.upto)",
    what: "a full sequence has no length",
  },
  {
    room: "layout",
    file: `${machine}/layout-pack.ts`,
    from: 'if (type.kind === "range") return type.lo + stored;',
    to: 'if (type.kind === "range") return stored;',
    what: "ranges are unpacked as if they began at 0",
  },
  // ---- flattening
  {
    room: "flattening",
    file: `${machine}/flat/convert.ts`,
    from: 'count(b, "i", length, constant(upto), (i) => clear(b, elementOf(place, i)));',
    to: "",
    what: "the tail of a shorter sequence keeps old elements",
  },
  {
    room: "flattening",
    file: `${machine}/flat/convert.ts`,
    from: "() => clear(b, insideOf(place)),",
    to: "() => {},",
    what: "null keeps what the option held",
  },
  {
    room: "flattening",
    file: `${machine}/flat/set.ts`,
    from: 'operator === "intersect" ? right : unary("bit-not", right)',
    to: 'operator === "minus" ? right : unary("bit-not", right)',
    what: "`intersect` and `minus` are exchanged",
  },
  {
    room: "flattening",
    file: `${machine}/flat/set.ts`,
    from: "const first = shiftLeft(position, constant(5));",
    to: "const first = shiftLeft(position, constant(4));",
    what: "the second word of a large set begins at element 16",
  },
  {
    room: "flattening",
    file: `${machine}/flat/lock.ts`,
    from: 'return at.lock.class === "rwsem" ? or(owned, hasReaders(b, at)) : owned;',
    to: "return owned;",
    what: "a writer gets in among readers",
  },
  {
    room: "flattening",
    file: `${machine}/flat/fold.ts`,
    from: "return left.right.value === right.right.value ? left : ZERO;",
    to: "return left.right.value === right.right.value ? ZERO : left;",
    what: "two equal tests contradict each other",
  },
  {
    room: "flattening",
    file: `${machine}/flat/process.ts`,
    from: 'return { kind: "read", item: stored.location.id, index: position, state };',
    to: 'return { kind: "read", item: stored.location.id, index: ZERO, state };',
    what: "every instance stands where the first one does",
  },
  // ---- the emitter
  {
    room: "emitter",
    file: `${emit}/packed/write.ts`,
    from: "if (value.value === 0) return ",
    to: "if (value.value === 0) return word; if (value.value < 0) return ",
    what: "writing 0 leaves the field alone",
  },
  {
    room: "emitter",
    file: `${emit}/packed/write.ts`,
    from: "String(~(mask << fixedShift))",
    to: "String(~(mask << (fixedShift + 1)))",
    what: "writing a field clears the bits one above",
  },
  {
    room: "emitter",
    file: `${emit}/packed/expression.ts`,
    from: "}) | 0`, level: BIT_OR };",
    to: "})`, level: ATOM };",
    what: "`/` gives fractions",
  },
  {
    room: "emitter",
    file: `${emit}/packed/expression.ts`,
    from: "const fixedShift = item.shift + (index.value % item.perWord) * item.bits;",
    to: "const fixedShift = item.shift + (index.value % item.perWord);",
    what: "elements of an array overlap",
  },
  {
    room: "emitter",
    file: `${emit}/packed/statement.ts`,
    from: 'case "reject":\n      if (r.notes) ',
    to: 'case "reject":\n      if (false) ',
    what: "steps that are not offered leave their notes behind",
  },
  {
    room: "emitter",
    file: `${emit}/packed/statement.ts`,
    from: 'case "cost":\n      return line(to, `c',
    to: 'case "cost":\n      return line(to, `if (c0 === 0) c',
    what: "the costs of a step are not added up",
  },
];
