import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Shard } from '../../../replays/shard.js';
import { messageOf, UserError } from '../../core/errors.js';
import { MOST_SAID } from '../matches/chat.js';
import type { ChatLine } from '../wire/wire.js';
import type { Files } from './files.js';

const line = z.object({ id: z.string(), sender: z.string(), payload: z.string() });

/**
 * What is said at tables, in a folder: `<match>.jsonl`, and in `<match>.old.jsonl` what was said before, so that as much
 * is there as is shown and never more than twice that.
 */
export class Chats {
  readonly #folder: string;
  readonly #files: Files;
  /** By match: lines of its newer file. */
  readonly #counts = new Map<string, number>();

  constructor(folder: string, files: Files) {
    mkdirSync(folder, { recursive: true });
    this.#folder = folder;
    this.#files = files;
  }

  /** What was said, oldest first. A torn last line is cut off: nobody was shown it. @throws UserError naming the file */
  load(match: string): ChatLine[] {
    const said = linesOf(this.#file(match));
    this.#counts.set(match, said.length);
    return [...linesOf(this.#old(match)), ...said];
  }

  /** @throws Error of the system */
  append(match: string, said: ChatLine): void {
    const count = this.#counts.get(match) ?? 0;
    const isFull = count >= MOST_SAID;
    if (isFull) this.#files.move(this.#file(match), this.#old(match));
    this.#files.append(this.#file(match), `${JSON.stringify(said)}\n`);
    this.#counts.set(match, isFull ? 1 : count + 1);
  }

  forget(match: string): void {
    this.#counts.delete(match);
    this.#files.remove(this.#file(match));
    this.#files.remove(this.#old(match));
  }

  #file(match: string): string {
    return join(this.#folder, `${match}.jsonl`);
  }

  #old(match: string): string {
    return join(this.#folder, `${match}.old.jsonl`);
  }
}

function linesOf(file: string): ChatLine[] {
  if (!existsSync(file)) return [];
  new Shard(file).close();
  try {
    const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
    return lines.map((text) => line.parse(JSON.parse(text)));
  } catch (error) {
    throw new UserError(`${file} is no file of what was said at a table: ${messageOf(error)}`);
  }
}
