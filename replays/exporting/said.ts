import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { UserError } from '../../src/core/errors.js';
import { type Annotation, parseAnnotation } from '../annotations.js';
import { lines } from '../read.js';
import { Fingerprints } from './fingerprints.js';

/** Pieces of files by number, one list a field: where each lies, and the piece before it that is about the same episode. */
class Pieces {
  readonly file: number[] = [];
  readonly from: number[] = [];
  readonly to: number[] = [];
  readonly before: number[] = [];

  push(file: number, from: number, to: number, before: number): number {
    this.file.push(file);
    this.from.push(from);
    this.to.push(to);
    return this.before.push(before) - 1;
  }
}

const NONE = -1;

/**
 * What annotation files say of each episode, read when it is asked for: only fingerprints of episodes and places in the
 * files are kept, about 60 bytes an episode, however much is said of it.
 */
export class Said {
  /** Kinds of annotations there are. */
  readonly kinds = new Set<Annotation['kind']>();
  readonly #episodes = new Fingerprints();
  /** The last piece about each episode, by its number. */
  readonly #last: number[] = [];
  readonly #pieces = new Pieces();
  readonly #fds: number[] = [];

  /** @throws UserError naming the first line that is no annotation, and why */
  static async open(files: readonly string[]): Promise<Said> {
    const said = new Said();
    for (const file of files) await said.#index(file);
    return said;
  }

  of(episode: string): Annotation[] {
    if (!this.#episodes.has(episode)) return [];
    const pieces: number[] = [];
    const last = this.#last[this.#episodes.add(episode)] as number;
    for (let at = last; at !== NONE; at = this.#pieces.before[at] as number) pieces.push(at);
    return pieces.reverse().flatMap((piece) => this.#read(piece));
  }

  close(): void {
    for (const fd of this.#fds.splice(0)) closeSync(fd);
  }

  async #index(file: string): Promise<void> {
    if (!existsSync(file)) throw new UserError(`there is no annotation file ${file}; ludus grade makes one`);
    const at = this.#fds.push(openSync(file, 'r')) - 1;
    let from = 0;
    let number = 0;
    for await (const { text } of lines(file)) {
      number++;
      const to = from + Buffer.byteLength(text) + 1;
      if (text.trim() !== '') {
        const read = parseAnnotation(text);
        if ('problem' in read) throw new UserError(`${file}:${number}: ${read.problem}`);
        this.kinds.add(read.annotation.kind);
        this.#place(read.annotation.episode, at, from, to);
      }
      from = to;
    }
  }

  #place(episode: string, file: number, from: number, to: number): void {
    const number = this.#episodes.add(episode);
    const last = this.#last[number] ?? NONE;
    if (last !== NONE && this.#pieces.file[last] === file && this.#pieces.to[last] === from) this.#pieces.to[last] = to;
    else this.#last[number] = this.#pieces.push(file, from, to, last);
  }

  #read(piece: number): Annotation[] {
    const from = this.#pieces.from[piece] as number;
    const bytes = Buffer.alloc((this.#pieces.to[piece] as number) - from);
    const fd = this.#fds[this.#pieces.file[piece] as number] as number;
    const read = readSync(fd, bytes, 0, bytes.length, from);
    const whole = bytes.toString('utf8', 0, read).split('\n');
    return whole.flatMap((text) => {
      const one = text.trim() === '' ? null : parseAnnotation(text);
      return one !== null && 'annotation' in one ? [one.annotation] : [];
    });
  }
}
