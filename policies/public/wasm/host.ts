/** The part of the WebAssembly interface that is used here; the language's own library has no types for it. */
interface Host {
  readonly Memory: new (limits: { readonly initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: { readonly [module: string]: { readonly [name: string]: object } },
  ) => { readonly exports: { readonly [name: string]: unknown } };
}

const { WebAssembly: host } = globalThis as unknown as { readonly WebAssembly: Host };

/** Starts a module that works on one memory. @returns what it exports, and the memory's bytes */
export function start(
  module: Uint8Array,
  pages: number,
): { exports: { readonly [name: string]: unknown }; buffer: ArrayBuffer } {
  const memory = new host.Memory({ initial: pages });
  const { exports } = new host.Instance(new host.Module(module), { memory: { memory } });
  return { exports, buffer: memory.buffer };
}
