import { readFileSync } from 'node:fs';
import type { InferenceSession, Tensor as RuntimeTensor } from 'onnxruntime-node';
import { messageOf, suggestion, UserError } from '../core/errors.js';
import { holdExits, uncut } from './exit.js';
import type { DType, TensorData, ValueInfo } from './onnx/model.js';
import { readMetadata } from './onnx/read.js';

/** An array with its dims, row by row. */
export interface Tensor {
  readonly dims: readonly number[];
  readonly data: TensorData;
}
export type Tensors = { readonly [name: string]: Tensor };

export interface OpenOptions {
  /** NOTE: 1 by default: small networks get slower with more, and on a busy machine several times slower. */
  readonly threads?: number;
}

/** A network ready to run, in this thread only: each worker opens its own. */
export interface OpenModel {
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
  readonly metadata: { readonly [key: string]: string };
  /**
   * One run: every output, or those wanted. It holds up the thread while it computes.
   * @throws UserError naming the input that is missing, unknown or of other dims
   */
  run(feeds: Tensors, wanted?: readonly string[]): Promise<Tensors>;
  /** A tensor for an input, made once where the same memory is fed again and again. */
  tensor(input: string, data: TensorData, dims: readonly number[]): Tensor;
  /** A run over fixed memory: it reads what the feeds hold at each call and writes into the arrays of `results`. */
  bind(feeds: Tensors, results: Tensors): () => Promise<void>;
  /** Waits for the run in progress and gives the memory back. */
  close(): Promise<void>;
}

type Runtime = typeof import('onnxruntime-node');

/**
 * Opens an ONNX file.
 * @param model its path or its bytes
 * @throws UserError when it cannot be read or run, or when onnxruntime-node is not installed
 */
export async function openModel(model: string | Uint8Array, options: OpenOptions = {}): Promise<OpenModel> {
  const runtime = await orExplain(() => import('onnxruntime-node'));
  const bytes = typeof model === 'string' ? readFile(model) : model;
  const metadata = readMetadata(bytes);
  holdExits();
  const open = () => runtime.InferenceSession.create(bytes, settings(options));
  const session = await explain('cannot be opened', () => uncut(open));
  return new Opened(runtime, session, metadata);
}

/** NOTE: numbers too small for the normal form are taken as zero: on some processors they slow training down. */
function settings({ threads = 1 }: OpenOptions): InferenceSession.SessionOptions {
  if (!(Number.isInteger(threads) && threads >= 1))
    throw new UserError(`threads is a whole number from 1, not ${threads}`);
  return {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
    extra: { session: { set_denormal_as_zero: '1' } },
  };
}

/**
 * The library that runs networks, which is installed where it can be and loaded when first needed.
 * NOTE: its own types stay out of what is exported, so that programs compile where it is missing.
 * @throws UserError saying how to install it
 */
export async function orExplain<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    const command = 'npm install onnxruntime-node@1.30.0';
    throw new UserError(
      `networks run on onnxruntime-node, which cannot be loaded (${messageOf(error).split('\n')[0]}). ` +
        `Install it with: ${command}; offline: ONNXRUNTIME_NODE_INSTALL=skip ${command}`,
      { cause: error },
    );
  }
}

function readFile(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new UserError(`cannot read the network ${path}: ${messageOf(error)}`);
  }
}

async function explain<T>(what: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw new UserError(`the network ${what}: ${messageOf(error)}`, { cause: error });
  }
}

class Opened implements OpenModel {
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
  readonly metadata: { readonly [key: string]: string };
  readonly #runtime: Runtime;
  readonly #session: InferenceSession;
  readonly #types: ReadonlyMap<string, DType>;
  #last: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(runtime: Runtime, session: InferenceSession, metadata: { readonly [key: string]: string }) {
    this.#runtime = runtime;
    this.#session = session;
    this.metadata = metadata;
    this.inputs = session.inputMetadata.flatMap(valueInfo);
    this.outputs = session.outputMetadata.flatMap(valueInfo);
    this.#types = new Map([...this.inputs, ...this.outputs].map(({ name, dtype }) => [name, dtype]));
  }

  async run(feeds: Tensors, wanted?: readonly string[]): Promise<Tensors> {
    return this.#run(this.#feeds(feeds), wanted);
  }

  tensor(input: string, data: TensorData, dims: readonly number[]): Tensor {
    return this.#tensor(input, { data, dims }) as Tensor;
  }

  bind(feeds: Tensors, results: Tensors): () => Promise<void> {
    const given = this.#feeds(feeds);
    const into = Object.fromEntries(Object.entries(results).map(([name, one]) => [name, this.#tensor(name, one)]));
    return async () => {
      await this.#run(given, into);
    };
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#last.catch(() => undefined);
    await this.#session.release();
  }

  #run(
    feeds: { readonly [name: string]: RuntimeTensor },
    fetches: readonly string[] | { readonly [name: string]: RuntimeTensor } | undefined,
  ): Promise<Tensors> {
    if (this.#closed) throw new UserError('this network was closed');
    const run = explain('cannot run', () =>
      uncut(() => (fetches === undefined ? this.#session.run(feeds) : this.#session.run(feeds, fetches))),
    );
    this.#last = run;
    // NOTE: the library's tensors may hold other types too, which no operation here gives.
    return run as Promise<Tensors>;
  }

  #feeds(feeds: Tensors): { readonly [name: string]: RuntimeTensor } {
    const missing = this.inputs.find(({ name }) => feeds[name] === undefined);
    if (missing !== undefined) throw new UserError(`the network's input "${missing.name}" is missing`);
    return Object.fromEntries(Object.entries(feeds).map(([name, one]) => [name, this.#tensor(name, one)]));
  }

  #tensor(name: string, tensor: Tensor): RuntimeTensor {
    if (tensor instanceof this.#runtime.Tensor) return tensor;
    const dtype = this.#types.get(name);
    if (dtype === undefined)
      throw new UserError(`the network has no "${name}"; ${suggestion(name, [...this.#types.keys()])}`);
    try {
      // NOTE: the constructor is declared once for each type, and no union fits all of its forms.
      return new this.#runtime.Tensor(dtype as 'float32', tensor.data as Float32Array, tensor.dims);
    } catch (error) {
      throw new UserError(`"${name}" of the network takes ${dtype}: ${messageOf(error)}`);
    }
  }
}

function valueInfo(value: InferenceSession.ValueMetadata): ValueInfo[] {
  return value.isTensor ? [{ name: value.name, dtype: value.type as DType, dims: [...value.shape] }] : [];
}
