import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { UserError } from '../src/core/errors.js';
import { type Annotation, annotationLine, parseAnnotation } from './annotations.js';
import { lines } from './read.js';

/**
 * Writes an annotation file, in flat memory. What an older file of that name says of other episodes, or in other kinds,
 * stays; what it says of the same is replaced. The file is there whole or as it was.
 */
export class Annotator {
  readonly file: string;
  readonly #fresh: string;
  readonly #fd: number;
  readonly #written = new Set<string>();

  private constructor(file: string) {
    mkdirSync(dirname(file), { recursive: true });
    this.file = file;
    this.#fresh = `${file}.new`;
    this.#fd = openSync(this.#fresh, 'w');
  }

  /** @throws UserError when something that holds no annotations stands there */
  static async open(file: string): Promise<Annotator> {
    if (existsSync(file)) await refuseOthers(file);
    return new Annotator(file);
  }

  add(annotations: readonly Annotation[]): void {
    for (const one of annotations) this.#written.add(subject(one));
    writeSync(this.#fd, annotations.map(annotationLine).join(''));
  }

  /** Puts the file in its place. */
  async close(): Promise<void> {
    if (existsSync(this.file)) {
      for await (const { text } of lines(this.file)) {
        const read = parseAnnotation(text);
        if ('annotation' in read && !this.#written.has(subject(read.annotation))) writeSync(this.#fd, `${text}\n`);
      }
    }
    closeSync(this.#fd);
    renameSync(this.#fresh, this.file);
  }

  /** Leaves everything as it was. */
  abandon(): void {
    closeSync(this.#fd);
    rmSync(this.#fresh, { force: true });
  }
}

function subject({ kind, episode }: Annotation): string {
  return `${kind} ${episode}`;
}

async function refuseOthers(file: string): Promise<void> {
  for await (const { text } of lines(file)) {
    if (text.trim() === '') continue;
    if ('annotation' in parseAnnotation(text)) return;
    throw new UserError(`${file} is there already and holds no annotations; name another file`);
  }
}
