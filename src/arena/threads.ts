import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import { holdExits } from '../nn/exit.js';

/**
 * Memory of a thread that plays episodes, in MB. Node's own young generation is so small that what a call or a step
 * leaves behind is copied again and again: of a thousand episodes that wait for models, a quarter of the processor time.
 */
export const THREAD_LIMITS = { maxYoungGenerationSizeMb: 192 };

/**
 * Worker threads that run a module of this folder tree.
 * @param module its address without the ending @param start what each thread is started with, as its `workerData`
 */
export function openThreads(module: URL, start: object, threads: number): Piscina {
  const { filename, workerData } = threadOf(module, start);
  return new Piscina({ filename, workerData, minThreads: threads, maxThreads: threads, resourceLimits: THREAD_LIMITS });
}

/** What a thread of a module is started with. Exiting waits for networks that run in it from now on. */
export function threadOf(module: URL, start: object): { filename: string; workerData: object } {
  holdExits();
  const ending = extname(fileURLToPath(import.meta.url));
  const address = `${module.href}${ending}`;
  return {
    // NOTE: while developing the worker is TypeScript, which a thread of plain node cannot load by itself.
    filename: ending === '.ts' ? new URL('./worker-loader.mjs', import.meta.url).href : address,
    workerData: { ...start, module: address },
  };
}
