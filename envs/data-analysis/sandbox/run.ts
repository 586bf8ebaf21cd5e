import type { QuickJSContext, QuickJSHandle, QuickJSRuntime, QuickJSWASMModule } from 'quickjs-emscripten';
import { newQuickJSWASMModuleFromVariant, newVariant, RELEASE_SYNC } from 'quickjs-emscripten';
import { KIT, kitSource } from './kit.js';
import { LONGEST_ERROR, LONGEST_OUTPUT, MEMORY, type Notebook, type Output } from './notebook.js';
import { Printed } from './printed.js';

/** The interpreter asks whether to go on about once in ten thousand steps. */
const ASKS_IN_A_MILLION = 100;
/** What a call out of the interpreter costs besides a step for each character, in steps. */
const CALL = 1000;
const PAGES_IN_A_MIB = 16;
/** NOTE: from 512 KiB on deep recursion runs into the thread's own stack before the sandbox's. */
const STACK = 192 * 1024;
const MOST_JOBS = 10_000;

type Memory = ReturnType<QuickJSWASMModule['getWasmMemory']>;
/** NOTE: Node has it, and its types leave it to those of a browser. */
const { Memory } = Reflect.get(globalThis, 'WebAssembly') as {
  readonly Memory: new (pages: { readonly initial: number; readonly maximum: number }) => Memory;
};

/**
 * Runs a notebook in an interpreter made for it alone, which is left to be collected: nothing of a run can reach another.
 * An error in a cell is its output, and the next cell runs; a notebook that has used up what it may is stopped there.
 * @param isLate asked now and then; true stops the notebook
 */
export async function runCells(notebook: Notebook, isLate: () => boolean): Promise<readonly Output[]> {
  const sandbox = await Sandbox.open(notebook, isLate);
  return notebook.cells.map((cell, at) => sandbox.run(cell, `cell ${at}`));
}

/** How a cell ended: with a value to show, or in an error told in words. */
type Ended = { readonly value: string } | { readonly error: string };

class Sandbox {
  readonly #context: QuickJSContext;
  readonly #display: QuickJSHandle;
  readonly #explain: QuickJSHandle;
  #printed = new Printed(LONGEST_OUTPUT);
  /** What is left of the interpreter's steps, in millions. */
  #left: number;
  /** Why no further cell is run; null while they are. */
  #stopped: string | null = null;

  private constructor(context: QuickJSContext, notebook: Notebook) {
    this.#context = context;
    this.#left = notebook.limits.steps;
    context.runtime.setModuleLoader(kitSource, (_, name) => name.replace('./', ''));
    const kit = context.unwrapResult(context.evalCode(kitSource(KIT), KIT, { type: 'module' }));
    this.#display = context.getProp(kit, 'display');
    this.#explain = context.getProp(kit, 'explain');
    this.#install(context.getProp(kit, 'install'), notebook.files);
    context.runtime.removeModuleLoader();
  }

  /** NOTE: the memory is bounded by the WebAssembly itself, since the interpreter's own limit does not hold. */
  static async open(notebook: Notebook, isLate: () => boolean): Promise<Sandbox> {
    const wasmMemory = new Memory({ initial: 16 * PAGES_IN_A_MIB, maximum: MEMORY * PAGES_IN_A_MIB });
    const module = await newQuickJSWASMModuleFromVariant(newVariant(RELEASE_SYNC, { wasmMemory }));
    const runtime = module.newRuntime();
    runtime.setMaxStackSize(STACK);
    const sandbox = new Sandbox(runtime.newContext(), notebook);
    sandbox.#bound(runtime, notebook, isLate);
    return sandbox;
  }

  run(cell: string, name: string): Output {
    if (this.#stopped !== null) return { text: `not run: ${this.#stopped}`, failed: true };
    this.#printed = new Printed(LONGEST_OUTPUT);
    const ended = this.#evaluate(cell, name);
    if (this.#stopped !== null) return this.#failure(`Stopped: ${this.#stopped}`);
    if ('error' in ended) return this.#failure(ended.error);
    if (ended.value !== '') this.#printed.add(ended.value);
    return { text: this.#printed.text, failed: false };
  }

  /** NOTE: what went wrong is shown however much was printed before it. */
  #failure(reason: string): Output {
    const before = this.#printed.text;
    const told = new Printed(LONGEST_ERROR);
    told.add(reason);
    return { text: before === '' ? told.text : `${before}\n${told.text}`, failed: true };
  }

  #bound(runtime: QuickJSRuntime, { limits }: Notebook, isLate: () => boolean): void {
    runtime.setInterruptHandler(() => {
      this.#left -= 1 / ASKS_IN_A_MILLION;
      if (isLate()) this.#stopped ??= `the notebook took longer than ${limits.seconds} s`;
      else if (this.#left < 0)
        this.#stopped ??= `the notebook took more than ${limits.steps} million steps of computing`;
      return this.#stopped !== null;
    });
  }

  /** A text that goes in or out, which costs steps as well. */
  #passed(text: string): string {
    this.#left -= (CALL + text.length) / 1e6;
    return text;
  }

  #install(install: QuickJSHandle, files: Notebook['files']): void {
    const context = this.#context;
    const print = context.newFunction('print', (text) => this.#printed.add(this.#passed(context.getString(text))));
    const read = context.newFunction('read', (name) => {
      const file = context.getString(name);
      return Object.hasOwn(files, file) ? context.newString(this.#passed(files[file] as string)) : context.undefined;
    });
    const names = context.unwrapResult(context.evalCode(`(${JSON.stringify(Object.keys(files))})`));
    context.unwrapResult(context.callFunction(install, context.undefined, print, read, names));
  }

  /** NOTE: what is thrown here comes from the interpreter itself, which is then in no state to go on. */
  #evaluate(cell: string, name: string): Ended {
    try {
      return this.#settled(this.#context.evalCode(cell, name));
    } catch (thrown) {
      const isDeep = thrown instanceof RangeError;
      const reason = isDeep ? 'calls, brackets or data are nested too deep' : 'the interpreter broke down';
      this.#stopped ??= reason;
      return { error: reason };
    }
  }

  #settled(result: ReturnType<QuickJSContext['evalCode']>): Ended {
    this.#context.runtime.executePendingJobs(MOST_JOBS);
    if (result.error) return this.#failed(result.error);
    const state = this.#context.getPromiseState(result.value);
    if (state.type === 'rejected') return this.#failed(state.error);
    if (state.type === 'pending') return { value: 'a promise that nothing will keep: there are no timers here' };
    return this.#shown(state.value);
  }

  #shown(value: QuickJSHandle): Ended {
    if (this.#context.typeof(value) === 'undefined') return { value: '' };
    const shown = this.#context.callFunction(this.#display, this.#context.undefined, value);
    return shown.error ? this.#failed(shown.error) : { value: this.#context.getString(shown.value) };
  }

  #failed(error: QuickJSHandle): Ended {
    const told = this.#context.callFunction(this.#explain, this.#context.undefined, error);
    const words = told.error ? 'an error that cannot be told in words' : this.#context.getString(told.value);
    if (/^InternalError: out of memory/.test(words)) this.#stopped ??= `the memory of ${MEMORY} MiB is used up`;
    return { error: words };
  }
}
