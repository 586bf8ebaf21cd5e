import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Json, JsonObject } from '../../src/core/json.js';
import { type Encoding, jsonLines, type RowSink } from '../encoding.js';
import type { Format, Row } from '../format.js';
import { lines } from '../read.js';
import { Counts } from './counts.js';
import { Fingerprints } from './fingerprints.js';
import type { Side } from './split.js';

const SPOOL = '.waiting';

/** A row of validation that waits, and by what it would be met in train. */
interface Waiting {
  readonly data: JsonObject;
  readonly places: readonly string[];
  readonly label: string | null;
}

/** Where an export goes: the names of its files. */
export interface Places {
  readonly folder: string;
  readonly train: string;
  /** Null where nothing is split off. */
  readonly validation: string | null;
  readonly manifest: string;
}

/** One file and its manifest beside it; split, a folder of `train`, `validation` and `manifest.json`. */
export function placesOf(out: string, split: boolean, ending: string): Places {
  if (!split) return { folder: dirname(out), train: out, validation: null, manifest: `${out}.manifest.json` };
  const inside = (name: string): string => join(out, name);
  return {
    folder: out,
    train: inside(`train${ending}`),
    validation: inside(`validation${ending}`),
    manifest: inside('manifest.json'),
  };
}

/**
 * The files of an export. All are written beside their places and put there at the end, the manifest last, so that each
 * is there whole or as it was.
 */
export class Output {
  readonly #places: Places;
  readonly #encoding: Encoding;
  readonly #beside: Format['beside'];
  readonly #train: RowSink;
  /** NOTE: a row of validation has to wait until all of train is known. */
  readonly #waiting: RowSink | null;
  readonly #trained = new Fingerprints();
  readonly #fresh: string[] = [];
  readonly #rows: { [file: string]: number } = {};
  /** How many rows of each class were written. */
  readonly labels = new Counts();

  constructor(places: Places, { encoding = jsonLines, beside }: Pick<Format, 'encoding' | 'beside'>) {
    mkdirSync(places.folder, { recursive: true });
    this.#places = places;
    this.#encoding = encoding;
    this.#beside = beside;
    this.#train = this.#open(places.train, encoding);
    this.#waiting = places.validation === null ? null : this.#open(`${places.validation}${SPOOL}`, jsonLines);
  }

  put({ data, turns, label }: Row, side: Side): void {
    const places = this.#waiting === null ? [] : placesIn(turns);
    if (side === 'validation' && this.#waiting !== null) {
      this.#waiting.put({ data, places, label: label ?? null });
      return;
    }
    for (const place of places) this.#trained.add(place);
    this.#count(this.#places.train, label ?? null);
    this.#train.put(data);
  }

  /** Finishes all but the manifest. Gives the rows of each file, and how many of validation were left out. */
  async finish(): Promise<{ readonly rows: { readonly [file: string]: number }; readonly shared: number }> {
    this.#train.close();
    this.#rows[basename(this.#places.train)] ??= 0;
    const shared = this.#waiting === null ? 0 : await this.#release(this.#waiting, this.#places.validation as string);
    return { rows: this.#rows, shared };
  }

  /** Puts everything in its place. */
  publish(manifest: JsonObject): void {
    const besides = this.#beside?.(Object.keys(this.#rows)) ?? {};
    for (const [name, content] of Object.entries(besides)) this.#write(join(this.#places.folder, name), content);
    this.#write(this.#places.manifest, manifest);
    for (const file of this.#fresh.splice(0)) renameSync(`${file}.new`, file);
  }

  /** Leaves everything as it was. */
  abandon(): void {
    for (const file of this.#fresh.splice(0)) rmSync(`${file}.new`, { force: true });
  }

  async #release(waiting: RowSink, file: string): Promise<number> {
    waiting.close();
    const spool = `${file}${SPOOL}`;
    const sink = this.#open(file, this.#encoding);
    this.#rows[basename(file)] = 0;
    let shared = 0;
    for await (const { text } of lines(`${spool}.new`)) {
      const { data, places, label } = JSON.parse(text) as Waiting;
      if (places.some((place) => this.#trained.has(place))) shared++;
      else {
        this.#count(file, label);
        sink.put(data);
      }
    }
    sink.close();
    rmSync(`${spool}.new`);
    this.#fresh.splice(this.#fresh.indexOf(spool), 1);
    return shared;
  }

  #count(file: string, label: string | null): void {
    if (label !== null) this.labels.add(label);
    const name = basename(file);
    this.#rows[name] = (this.#rows[name] ?? 0) + 1;
  }

  #open(file: string, encoding: Encoding): RowSink {
    this.#fresh.push(file);
    return encoding.open(`${file}.new`);
  }

  #write(file: string, content: Json): void {
    this.#fresh.push(file);
    writeFileSync(`${file}.new`, `${JSON.stringify(content, null, 2)}\n`);
  }
}

/** By what a row would be met again: the state it was asked in, and the words. Rows of whole games have no one place. */
function placesIn(turns: Row['turns']): string[] {
  const [turn, more] = turns;
  if (turn === undefined || more !== undefined) return [];
  return [`position ${turn.position}`, `prompt ${JSON.stringify(turn.prompt)}`];
}
