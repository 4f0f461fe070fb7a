// What the checker uses of WebAssembly: the libraries for Node and for the language do not declare it.

export interface WebAssemblyMemory {
  readonly buffer: ArrayBuffer;
  /** Adds pages of 64 KiB; the buffer is another one then. */
  grow(pages: number): number;
}

interface Engine {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: object };
  readonly Memory: new (size: {
    readonly initial: number;
    readonly maximum: number;
    readonly shared: boolean;
  }) => WebAssemblyMemory;
}

/** Undefined where an engine of JavaScript comes without it. */
export const { WebAssembly } = globalThis as unknown as {
  readonly WebAssembly: Engine | undefined;
};

const PAGE = 1 << 16;
const MOST_PAGES = 1 << 16;

/** A memory that several instances may share, with so many bytes at first; a RangeError if there is no room for one. */
export function sharedMemory(bytes: number): WebAssemblyMemory {
  if (WebAssembly === undefined) throw new Error("there is no WebAssembly");
  return new WebAssembly.Memory({
    initial: Math.ceil(bytes / PAGE),
    maximum: MOST_PAGES,
    shared: true,
  });
}
