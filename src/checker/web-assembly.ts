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
