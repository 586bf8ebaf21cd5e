import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { UserError } from '../../src/core/errors.js';
import { type Annotation, parseAnnotation } from '../annotations.js';
import { lines } from '../read.js';

interface Piece {
  readonly file: number;
  readonly from: number;
  to: number;
}

/**
 * What annotation files say of each episode, read when it is asked for: only places in the files are kept, so that
 * memory grows with episodes and not with what is said.
 */
export class Said {
  /** Kinds of annotations there are. */
  readonly kinds = new Set<Annotation['kind']>();
  readonly #pieces = new Map<string, Piece[]>();
  readonly #fds: number[] = [];

  /** @throws UserError naming the first line that is no annotation, and why */
  static async open(files: readonly string[]): Promise<Said> {
    const said = new Said();
    for (const file of files) await said.#index(file);
    return said;
  }

  of(episode: string): Annotation[] {
    return (this.#pieces.get(episode) ?? []).flatMap((piece) => this.#read(piece));
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
        this.#place(read.annotation.episode, { file: at, from, to });
      }
      from = to;
    }
  }

  #place(episode: string, piece: Piece): void {
    const pieces = this.#pieces.get(episode);
    const last = pieces?.at(-1);
    if (pieces === undefined) this.#pieces.set(episode, [piece]);
    else if (last?.file === piece.file && last.to === piece.from) last.to = piece.to;
    else pieces.push(piece);
  }

  #read({ file, from, to }: Piece): Annotation[] {
    const bytes = Buffer.alloc(to - from);
    const read = readSync(this.#fds[file] as number, bytes, 0, bytes.length, from);
    const whole = bytes.toString('utf8', 0, read).split('\n');
    return whole.flatMap((text) => {
      const one = text.trim() === '' ? null : parseAnnotation(text);
      return one !== null && 'annotation' in one ? [one.annotation] : [];
    });
  }
}
