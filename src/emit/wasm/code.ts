// Code of WebAssembly as expressions and statements: each piece appends its instructions to the body of a function.
// Parameters, globals and results are numbers of 32 bits, locals of 32 or 64 (vectors.ts: or more), known by names; a local is there once it is named.

import { signedLeb, unsignedLeb } from "./leb.ts";

/** An expression, which leaves its value on the stack, or a statement, which leaves nothing. */
export type Code = (to: Body) => void;

/** A function: its parameters are its first locals. */
export interface WasmFunction {
  readonly name: string;
  /** Whether it can be called from outside, by its name. */
  readonly exported: boolean;
  readonly parameters: readonly string[];
  readonly results: 0 | 1;
  readonly body: readonly Code[];
}

/** Where functions and globals are in their module. */
export interface Names {
  readonly function: (name: string) => number;
  readonly global: (name: string) => number;
}

export interface Body {
  readonly bytes: number[];
  /** Positions of parameters and locals. */
  readonly locals: Map<string, number>;
  /** The types of the locals behind the parameters, in the order of their positions. */
  readonly types: number[];
  /** Blocks around, the innermost last; what cannot be named has no label. */
  readonly labels: string[];
  readonly names: Names;
}

const VALUE = 0x7f;
const VALUE64 = 0x7e;
const NOTHING = 0x40;

/** The locals and instructions of a function, as the code section has them, in pieces. */
export function encodeBody(
  { parameters, body }: WasmFunction,
  names: Names,
): readonly (readonly number[])[] {
  const to: Body = {
    bytes: [],
    locals: new Map(parameters.map((name, at) => [name, at])),
    types: [],
    labels: [],
    names,
  };
  for (const code of body) code(to);
  return [declared(to.types), to.bytes, [0x0b]];
}

/** Declarations of locals, those of one type that follow each other together. */
function declared(types: readonly number[]): readonly number[] {
  const starts = [...types.keys()].filter((at) => types[at] !== types[at - 1]);
  const runs = starts.map((start, run) => [
    ...unsignedLeb((starts[run + 1] ?? types.length) - start),
    types[start] as number,
  ]);
  return [unsignedLeb(runs.length), ...runs].flat();
}

export function put(to: Body, opcode: number, ...immediates: readonly (readonly number[])[]): void {
  const { bytes } = to;
  bytes.push(opcode);
  for (const immediate of immediates) bytes.push(...immediate);
}

export function localAt(to: Body, name: string, type = VALUE): readonly number[] {
  const known = to.locals.get(name);
  const at = known ?? to.locals.size;
  if (known === undefined) {
    to.locals.set(name, at);
    to.types.push(type);
  }
  return unsignedLeb(at);
}

// ---------------------------------------------------------------- numbers

export function constant(value: number): Code {
  return (to) => put(to, 0x41, signedLeb(value));
}

export function get(local: string): Code {
  return (to) => put(to, 0x20, localAt(to, local));
}

export function set(local: string, value: Code): Code {
  return (to) => {
    value(to);
    put(to, 0x21, localAt(to, local));
  };
}

export function global(name: string): Code {
  return (to) => put(to, 0x23, unsignedLeb(to.names.global(name)));
}

export function setGlobal(name: string, value: Code): Code {
  return (to) => {
    value(to);
    put(to, 0x24, unsignedLeb(to.names.global(name)));
  };
}

function unary(opcode: number): (operand: Code) => Code {
  return (operand) => (to) => {
    operand(to);
    put(to, opcode);
  };
}

function binary(opcode: number): (left: Code, right: Code) => Code {
  return (left, right) => (to) => {
    left(to);
    right(to);
    put(to, opcode);
  };
}

export const isZero = unary(0x45);
export const leadingZeros = unary(0x67);
export const trailingZeros = unary(0x68);
export const countBits = unary(0x69);
export const equal = binary(0x46);
export const unequal = binary(0x47);
export const less = binary(0x48);
export const lessUnsigned = binary(0x49);
export const greater = binary(0x4a);
export const greaterUnsigned = binary(0x4b);
export const atMost = binary(0x4c);
export const atLeast = binary(0x4e);
export const atLeastUnsigned = binary(0x4f);
export const add = binary(0x6a);
export const subtract = binary(0x6b);
export const multiply = binary(0x6c);
export const divide = binary(0x6d);
export const remainder = binary(0x6f);
export const and = binary(0x71);
export const or = binary(0x72);
export const xor = binary(0x73);
export const shiftLeft = binary(0x74);
export const shiftRight = binary(0x76);
// Of numbers of 64 bits.
export const isZero64 = unary(0x50);
export const unequal64 = binary(0x52);
export const add64 = binary(0x7c);
export const multiply64 = binary(0x7e);
export const or64 = binary(0x84);
export const xor64 = binary(0x85);
export const shiftLeft64 = binary(0x86);
export const shiftRight64 = binary(0x88);
/** The lower half. */
export const narrowed = unary(0xa7);
/** Zeros in the upper half. */
export const widened = unary(0xad);

/** A number of 64 bits that 32 with a sign would do for. */
export function constant64(value: number): Code {
  return (to) => put(to, 0x42, signedLeb(value));
}

/** The number of 64 bits with these halves. */
export function joined(upper: Code, lower: Code): Code {
  return or64(shiftLeft64(widened(upper), constant64(32)), widened(lower));
}

/** Of a local of 64 bits. */
export function get64(local: string): Code {
  return (to) => put(to, 0x20, localAt(to, local, VALUE64));
}

export function set64(local: string, value: Code): Code {
  return (to) => {
    value(to);
    put(to, 0x21, localAt(to, local, VALUE64));
  };
}

/** One of two values, both of which are computed. */
export function select(condition: Code, then: Code, otherwise: Code): Code {
  return (to) => {
    then(to);
    otherwise(to);
    condition(to);
    put(to, 0x1b);
  };
}

/** One of two values; the other is not computed. */
export function choose(condition: Code, then: Code, otherwise: Code): Code {
  return (to) => {
    condition(to);
    put(to, 0x04, [VALUE]);
    to.labels.push("");
    then(to);
    put(to, 0x05);
    otherwise(to);
    to.labels.pop();
    put(to, 0x0b);
  };
}

export function call(name: string, ...operands: readonly Code[]): Code {
  return (to) => {
    for (const operand of operands) operand(to);
    put(to, 0x10, unsignedLeb(to.names.function(name)));
  };
}

// ---------------------------------------------------------------- memory

function reading(opcode: number, align: number): (address: Code, offset?: number) => Code {
  return (address, offset = 0) =>
    (to) => {
      address(to);
      put(to, opcode, [align], unsignedLeb(offset));
    };
}

function writing(
  opcode: number,
  align: number,
): (address: Code, value: Code, offset?: number) => Code {
  return (address, value, offset = 0) =>
    (to) => {
      address(to);
      value(to);
      put(to, opcode, [align], unsignedLeb(offset));
    };
}

/** A word; its address need not be a multiple of anything. */
export const load = reading(0x28, 2);
export const load64 = reading(0x29, 2);
export const loadByte = reading(0x2d, 0);
export const loadShort = reading(0x2f, 1);
export const store = writing(0x36, 2);
export const store64 = writing(0x37, 2);
export const storeByte = writing(0x3a, 0);
export const storeShort = writing(0x3b, 1);

/** Adds pages; -1 if there are no more. */
export function growMemory(pages: Code): Code {
  return (to) => {
    pages(to);
    put(to, 0x40, [0x00]);
  };
}

/** Copies bytes; the two places may overlap. */
export function copyMemory(into: Code, from: Code, bytes: Code): Code {
  return (to) => {
    into(to);
    from(to);
    bytes(to);
    put(to, 0xfc, [0x0a, 0x00, 0x00]);
  };
}

/** Sets bytes to 0. */
export function clearMemory(address: Code, bytes: Code): Code {
  return (to) => {
    address(to);
    constant(0)(to);
    bytes(to);
    put(to, 0xfc, [0x0b, 0x00]);
  };
}

// ---------------------------------------------------------------- statements

export function sequence(statements: readonly Code[]): Code {
  return (to) => {
    for (const statement of statements) statement(to);
  };
}

export function when(
  condition: Code,
  then: readonly Code[],
  otherwise: readonly Code[] = [],
): Code {
  return (to) => {
    condition(to);
    put(to, 0x04, [NOTHING]);
    to.labels.push("");
    for (const statement of then) statement(to);
    if (otherwise.length > 0) put(to, 0x05);
    for (const statement of otherwise) statement(to);
    to.labels.pop();
    put(to, 0x0b);
  };
}

function labelled(opcode: number): (label: string, body: readonly Code[]) => Code {
  return (label, body) => (to) => {
    put(to, opcode, [NOTHING]);
    to.labels.push(label);
    for (const statement of body) statement(to);
    to.labels.pop();
    put(to, 0x0b);
  };
}

/** `jump` to its label leaves it. */
export const block = labelled(0x02);
/** `jump` to its label starts it again; else it is left at its end. */
export const again = labelled(0x03);

function levels(to: Body, label: string): readonly number[] {
  const at = to.labels.lastIndexOf(label);
  if (at < 0) throw new Error(`no block ${label} around`);
  return unsignedLeb(to.labels.length - 1 - at);
}

export function jump(label: string): Code {
  return (to) => put(to, 0x0c, levels(to, label));
}

export function jumpIf(label: string, condition: Code): Code {
  return (to) => {
    condition(to);
    put(to, 0x0d, levels(to, label));
  };
}

/** Until a `jump` to `out`. */
export function forever(label: string, out: string, body: readonly Code[]): Code {
  return block(out, [again(label, [...body, jump(label)])]);
}

/** `local` from its value now up to below `limit`, which is computed each time. */
export function count(local: string, label: string, limit: Code, body: readonly Code[]): Code {
  const out = `${label} out`;
  return forever(label, out, [
    jumpIf(out, atLeast(get(local), limit)),
    ...body,
    set(local, add(get(local), constant(1))),
  ]);
}

/** The case with this number; nothing if there is none. */
export function choice(index: Code, cases: readonly (readonly Code[])[]): Code {
  const depth = cases.length;
  return (to) => {
    // The blocks of all cases, one in the other, the first case innermost: a jump to a block goes to behind its end.
    for (let at = 0; at <= depth; at += 1) {
      put(to, 0x02, [NOTHING]);
      to.labels.push("");
    }
    index(to);
    const targets = cases.flatMap((body, at) => unsignedLeb(body.length === 0 ? depth : at));
    put(to, 0x0e, unsignedLeb(depth), targets, unsignedLeb(depth));
    for (let at = 0; at < depth; at += 1) {
      put(to, 0x0b);
      to.labels.pop();
      for (const statement of cases[at] ?? []) statement(to);
      put(to, 0x0c, unsignedLeb(depth - 1 - at));
    }
    put(to, 0x0b);
    to.labels.pop();
  };
}

export const leave: Code = (to) => put(to, 0x0f);

export function answer(value: Code): Code {
  return (to) => {
    value(to);
    put(to, 0x0f);
  };
}

/** What never comes: behind code that always leaves. */
export const unreachable: Code = (to) => put(to, 0x00);
