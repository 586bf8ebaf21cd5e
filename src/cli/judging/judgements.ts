import { existsSync } from 'node:fs';
import { type Annotation, annotationLine, type Judgement, parseAnnotation } from '../../../replays/annotations.js';
import { lines } from '../../../replays/read.js';
import { Shard } from '../../../replays/shard.js';
import { UserError } from '../../core/errors.js';

/** Whose judgements, the name that a provider returns left out. */
export type Source = Omit<Judgement['source'], 'model'>;

/**
 * An annotation file that judgements are appended to, each as soon as it is there: a run that is killed has lost none
 * that it paid for. What else the file says stays.
 */
export class Judgements {
  readonly file: string;
  readonly #known: Map<string, Judgement>;
  readonly #shard: Shard;

  private constructor(file: string, known: Map<string, Judgement>) {
    this.file = file;
    this.#known = known;
    this.#shard = new Shard(file);
  }

  /** @throws UserError when something that holds no annotations stands there */
  static async open(file: string, source: Source): Promise<Judgements> {
    return new Judgements(file, await readKnown(file, source));
  }

  /** What the same judge said of a turn before, asked in the same way. */
  of(episode: string, step: number, seat: number): Judgement | undefined {
    return this.#known.get(nameOf({ episode, step, seat }));
  }

  add(judgement: Judgement): void {
    this.#shard.append(annotationLine(judgement));
    this.#known.set(nameOf(judgement), judgement);
  }

  close(): void {
    this.#shard.close();
  }
}

/** How a line of annotations begins, also one that breaks off: what begins otherwise is not cut off. */
const BEGINNING = '{"annotations":';

async function readKnown(file: string, source: Source): Promise<Map<string, Judgement>> {
  const known = new Map<string, Judgement>();
  if (!existsSync(file)) return known;
  for await (const { text, whole } of lines(file)) {
    if (text.trim() === '') continue;
    const read = parseAnnotation(text);
    if ('annotation' in read) {
      if (isFrom(read.annotation, source)) known.set(nameOf(read.annotation), read.annotation);
    } else if (whole || !BEGINNING.startsWith(text.slice(0, BEGINNING.length))) {
      throw new UserError(`${file} is there already and holds no annotations (${read.problem}); name another file`);
    }
  }
  return known;
}

function isFrom(one: Annotation, source: Source): one is Judgement {
  if (one.kind !== 'judgement') return false;
  const { model: _, ...own } = one.source;
  return signature(own) === signature(source);
}

function signature({ asked, rubric, prompt, alternatives, allSeeing }: Source): string {
  return JSON.stringify([asked, rubric, prompt, alternatives ?? 0, allSeeing === true]);
}

function nameOf({ episode, step, seat }: { readonly episode: string; readonly step: number; readonly seat: number }) {
  return `${episode} ${step} ${seat}`;
}
