// Code of WebAssembly for vectors: 16 bytes at a time, as two numbers of 64 bits or four of 32.

import { type Body, type Code, localAt, put } from "./code.ts";
import { unsignedLeb } from "./leb.ts";

const VECTOR = 0x7b;
const PREFIX = 0xfd;

function operation(opcode: number): (...operands: readonly Code[]) => Code {
  return (...operands) =>
    (to) => {
      for (const operand of operands) operand(to);
      put(to, PREFIX, unsignedLeb(opcode));
    };
}

export const bothVectors: (left: Code, right: Code) => Code = operation(0x4e);
export const eitherVector: (left: Code, right: Code) => Code = operation(0x50);
/** Whether any bit is set. */
export const anyBit: (vector: Code) => Code = operation(0x53);

// Of two numbers of 64 bits: those that are equal have all bits set, others none; a bit for each of these; the same in all places.
export const equalPairs: (left: Code, right: Code) => Code = operation(0xd6);
export const bitsOfPair: (vector: Code) => Code = operation(0xc4);
export const inAllOfPair: (number: Code) => Code = operation(0x12);

// Of four numbers of 32 bits.
export const equalQuadruples: (left: Code, right: Code) => Code = operation(0x37);
export const bitsOfQuadruple: (vector: Code) => Code = operation(0xa4);
export const inAllOfQuadruple: (number: Code) => Code = operation(0x11);

export function getVector(local: string): Code {
  return (to) => putLocal(to, 0x20, local);
}

export function setVector(local: string, value: Code): Code {
  return (to) => {
    value(to);
    putLocal(to, 0x21, local);
  };
}

function putLocal(to: Body, opcode: number, local: string): void {
  put(to, opcode, localAt(to, local, VECTOR));
}

export function loadVector(address: Code, offset = 0): Code {
  return (to) => {
    address(to);
    put(to, PREFIX, unsignedLeb(0x00), [2], unsignedLeb(offset));
  };
}
