import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Place } from './cards.js';
import type { Files } from './files.js';

/** From what size on a new shard is begun, in bytes. */
const FULL = 256 << 20;

/** The folder of records: shards of lines, those that their people keep private in a folder of their own. */
export class RecordShards {
  readonly #home: string;
  readonly #files: Files;
  readonly #current = new Map<string, number>();

  /** @param home the folder that holds `records` */
  constructor(home: string, files: Files) {
    this.#home = home;
    this.#files = files;
  }

  /** Where a record is going to stand when it is the next one. */
  next(record: string, isPrivate: boolean): Place {
    const folder = isPrivate ? join('records', 'private') : 'records';
    const file = this.#shard(folder);
    return { file, at: this.#files.size(join(this.#home, file)), bytes: Buffer.byteLength(record) };
  }

  /** Puts a record where `next` said. @throws Error of the system */
  put({ file }: Place, record: string): void {
    this.#files.append(join(this.#home, file), record);
  }

  /** The record that stands at a place, with its newline; null when the file does not hold it whole. */
  async read({ file, at, bytes }: Place): Promise<string | null> {
    const path = join(this.#home, file);
    if (!existsSync(path)) return null;
    const handle = await open(path, 'r');
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(bytes), 0, bytes, at);
      return bytesRead === bytes && buffer.at(-1) === 10 ? buffer.toString('utf8') : null;
    } finally {
      await handle.close();
    }
  }

  /** The shards that may end in a torn line: the last of each folder. */
  last(): string[] {
    return ['records', join('records', 'private')].flatMap((folder) => {
      const number = numbers(join(this.#home, folder)).at(-1);
      return number === undefined ? [] : [join(this.#home, shardName(folder, number))];
    });
  }

  #shard(folder: string): string {
    let number = this.#current.get(folder) ?? numbers(join(this.#home, folder)).at(-1) ?? 0;
    const size = (of: number) => this.#files.size(join(this.#home, shardName(folder, of)));
    if (size(number) >= FULL) number++;
    this.#current.set(folder, number);
    return shardName(folder, number);
  }
}

function shardName(folder: string, number: number): string {
  return join(folder, `shard-${number}.jsonl`);
}

function numbers(folder: string): number[] {
  mkdirSync(folder, { recursive: true });
  const found = readdirSync(folder).map((name) => /^shard-(\d+)\.jsonl$/.exec(name)?.[1]);
  return found.flatMap((digits) => (digits === undefined ? [] : [Number(digits)])).sort((a, b) => a - b);
}
