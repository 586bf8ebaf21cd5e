import { createRequire } from 'node:module';
import type * as Internal from 'boardgame.io/internal';

const { Async } = createRequire(import.meta.url)('boardgame.io/internal') as typeof Internal;
type Store = InstanceType<typeof Async>;
type Given<K extends 'createMatch' | 'setState' | 'setMetadata'> = Parameters<Store[K]>;
type Kept = { state?: unknown; initialState?: unknown; metadata?: unknown; log: unknown[] };

/** NOTE: less than a disk takes. */
const MS = 2;

/** A storage for boardgame.io as databases are: each call takes a while. A failing one keeps no move. */
export class Storage extends Async {
  readonly #matches = new Map<string, Kept>();
  readonly #fails: boolean;

  constructor(kind: string) {
    super();
    this.#fails = kind === 'failing';
  }

  async connect(): Promise<void> {}

  override createMatch(...[id, { initialState, metadata }]: Given<'createMatch'>): Promise<void> {
    return later(() => void this.#matches.set(id, { state: initialState, initialState, metadata, log: [] }));
  }

  setState(...[id, state]: Given<'setState'>): Promise<void> {
    return later(() => {
      if (this.#fails) throw new Error('the disk is full');
      this.#kept(id).state = state;
    });
  }

  setMetadata(...[id, metadata]: Given<'setMetadata'>): Promise<void> {
    return later(() => {
      this.#kept(id).metadata = metadata;
    });
  }

  /** NOTE: copies, as a database gives them. */
  fetch(id: string): Promise<never> {
    return later(() => structuredClone(this.#kept(id)) as never);
  }

  wipe(id: string): Promise<void> {
    return later(() => void this.#matches.delete(id));
  }

  override listMatches(): Promise<string[]> {
    return later(() => [...this.#matches.keys()]);
  }

  #kept(id: string): Kept {
    return this.#matches.get(id) ?? { log: [] };
  }
}

async function later<T>(what: () => T): Promise<T> {
  await new Promise((resolve) => setTimeout(resolve, MS));
  return what();
}
