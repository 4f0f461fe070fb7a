// Arrays that grow. Large ones lie in memories of WebAssembly, which grow in place: their pages are there once they are
// written to, nothing is copied, and the old array is not there beside the new one.

import { WebAssembly, type WebAssemblyMemory } from "./web-assembly.ts";

/** Bytes from which on an array gets a memory of its own. */
const LARGE = 1 << 22;
const PAGE = 1 << 16;
const MOST_PAGES = 1 << 16;

/** The memories of large arrays, by their buffers. */
const memories = new WeakMap<object, WebAssemblyMemory>();

type Growing = Int32Array | Uint16Array | Uint8Array;

/** The array with room for `length` elements, what is new being 0. The array given is not to be used any more. */
export function grown<T extends Growing>(array: T, length: number): T;
export function grown(array: Growing, length: number): Growing {
  const bytes = length * array.BYTES_PER_ELEMENT;
  const known = memories.get(array.buffer);
  const memory = known ?? (bytes >= LARGE ? memoryOf(bytes) : null);
  const pages = Math.ceil(bytes / PAGE);
  if (memory === null || pages > MOST_PAGES)
    return copied(array, arrayOf(array, length, new ArrayBuffer(bytes)));
  const more = pages - memory.buffer.byteLength / PAGE;
  if (more > 0) memory.grow(more);
  const { buffer } = memory;
  memories.set(buffer, memory);
  const larger = arrayOf(array, length, buffer);
  return known === undefined ? copied(array, larger) : larger;
}

/** A memory with this much room; null if there is none, for each takes a large part of the address space. */
function memoryOf(bytes: number): WebAssemblyMemory | null {
  if (WebAssembly === undefined) return null;
  try {
    return new WebAssembly.Memory({
      initial: Math.ceil(bytes / PAGE),
      maximum: MOST_PAGES,
      shared: false,
    });
  } catch {
    return null;
  }
}

/** An array of the same kind over the beginning of a buffer. */
function arrayOf(like: Growing, length: number, buffer: ArrayBuffer): Growing {
  if (like instanceof Int32Array) return new Int32Array(buffer, 0, length);
  if (like instanceof Uint16Array) return new Uint16Array(buffer, 0, length);
  return new Uint8Array(buffer, 0, length);
}

function copied(from: Growing, into: Growing): Growing {
  into.set(from);
  return into;
}
