// Modules of our own, run by the engine of this computer.

import { encodeModule, type WasmModule } from "../../src/emit/wasm/encoder.ts";

// The libraries for Node and for the language do not declare it.
declare const WebAssembly: {
  validate(bytes: Uint8Array<ArrayBuffer>): boolean;
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (module: object) => Instance;
};

interface Instance {
  readonly exports: Readonly<Record<string, unknown>>;
}

/** Is this a module? */
export function isValid(bytes: Uint8Array<ArrayBuffer>): boolean {
  return WebAssembly.validate(bytes);
}

export function instance(module: WasmModule): Instance {
  const bytes = encodeModule(module);
  if (!isValid(bytes)) throw new Error("not a module");
  return new WebAssembly.Instance(new WebAssembly.Module(bytes));
}
