import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Annotation, gradesFileOf, parseAnnotation } from '../../../replays/annotations.js';
import { GRADES_ENDING, parseRecord } from '../../../replays/read.js';
import type { EpisodeRecord } from '../../../replays/schema.js';
import { breathe } from '../../core/halt.js';
import { LineFile, type LineReader } from './lines.js';

/** A file or folder of records; folders with all that lies below them. */
export interface Place {
  readonly path: string;
  /** False for records that are found by their id alone, as those of games by invitation. */
  readonly listed: boolean;
}

/** A record on the shelf: parsed, as it stands, and what was said of its moves. */
export interface Found {
  readonly record: EpisodeRecord;
  readonly line: string;
  readonly annotations: readonly Annotation[];
}

interface RecordFile {
  readonly lines: LineFile;
  readonly grades: LineFile;
  readonly listed: boolean;
  changed: number;
}

/** How old what is known of the folders may be, in milliseconds. */
const FRESH_MS = 1000;
/** NOTE: as much as `ludus query` takes for one record. */
export const LARGEST_RECORD = 32 << 20;

/**
 * The records of files and folders, found by id or listed newest first. Files may grow, appear and go while it is open,
 * and be of any size. Lines that are no records are passed over.
 */
export class Shelf {
  readonly #places: readonly Place[];
  readonly #now: () => number;
  readonly #files = new Map<string, RecordFile>();
  #looked = Number.NEGATIVE_INFINITY;

  constructor(places: readonly Place[], now: () => number = Date.now) {
    this.#places = places;
    this.#now = now;
  }

  /** The record of an id; null when there is none. */
  async find(id: string): Promise<Found | null> {
    await this.#look(false);
    const known = await this.#find(id);
    if (known !== null) return known;
    await this.#look(true);
    return this.#find(id);
  }

  /** Listed records, the newest first, from the `from`-th on. */
  async *list(environment: string | null, from: number): AsyncGenerator<EpisodeRecord> {
    await this.#look(false);
    let left = from;
    for (const { lines, place } of this.#listed(environment)) {
      if (left-- > 0) continue;
      if (lines.bytes(place) > LARGEST_RECORD) continue;
      const read = parseRecord(await lines.text(place));
      if ('record' in read) yield read.record;
      await breathe();
    }
  }

  *#listed(environment: string | null): Generator<{ readonly lines: LineFile; readonly place: number }> {
    const newest = [...this.#files.values()].sort((a, b) => b.changed - a.changed);
    for (const { lines, listed } of newest) {
      if (!listed) continue;
      for (let place = lines.count - 1; place >= 0; place--) {
        if (environment === null || lines.group(place) === environment) yield { lines, place };
      }
    }
  }

  async #find(id: string): Promise<Found | null> {
    for (const { lines, grades } of this.#files.values()) {
      for (const place of lines.find(id)) {
        if (lines.bytes(place) > LARGEST_RECORD) continue;
        const line = await lines.text(place);
        const read = parseRecord(line);
        if ('record' in read && read.record.id === id)
          return { record: read.record, line, annotations: await annotationsOf(grades, id) };
      }
    }
    return null;
  }

  /** Takes in what is new. @param anew however fresh what is known is */
  async #look(anew: boolean): Promise<void> {
    if (!anew && this.#now() - this.#looked < FRESH_MS) return;
    const there = new Map<string, boolean>();
    for (const { path, listed } of this.#places) for (const file of await filesOf(path)) there.set(file, listed);
    for (const path of this.#files.keys()) if (!there.has(path)) this.#files.delete(path);
    for (const [path, listed] of there) await this.#lookAt(path, listed);
    this.#looked = this.#now();
  }

  async #lookAt(path: string, listed: boolean): Promise<void> {
    const file = this.#files.get(path) ?? {
      lines: new LineFile(path, RECORDS),
      grades: new LineFile(gradesFileOf(path), GRADES),
      listed,
      changed: 0,
    };
    this.#files.set(path, file);
    file.changed = (await stat(path).catch(() => null))?.mtimeMs ?? 0;
    await file.lines.refresh();
  }
}

async function filesOf(path: string): Promise<string[]> {
  if (!existsSync(path)) return [];
  if (!(await stat(path)).isDirectory()) return [path];
  const entries = await readdir(path, { recursive: true });
  return entries
    .filter((name) => name.endsWith('.jsonl') && !name.endsWith(GRADES_ENDING))
    .sort()
    .map((name) => join(path, name));
}

async function annotationsOf(grades: LineFile, id: string): Promise<Annotation[]> {
  await grades.refresh();
  const found: Annotation[] = [];
  for (const place of grades.find(id).reverse()) {
    const read = parseAnnotation(await grades.text(place));
    if ('annotation' in read && read.annotation.episode === id) found.push(read.annotation);
  }
  return found;
}

const RECORDS: LineReader = {
  head(text) {
    const found = /^\{"ludus":\d+,"id":"([^"\\]+)","environment":\{"id":"([^"\\]+)"/.exec(text);
    return found === null ? undefined : { id: found[1] as string, group: found[2] as string };
  },
  whole(text) {
    const read = parseRecord(text);
    return 'record' in read ? { id: read.record.id, group: read.record.environment.id } : null;
  },
};

const GRADES: LineReader = {
  head(text) {
    const found = /^\{"annotations":\d+,(?:"kind":"\w+",)?"episode":"([^"\\]+)"/.exec(text);
    return found === null ? undefined : { id: found[1] as string, group: '' };
  },
  whole(text) {
    const read = parseAnnotation(text);
    return 'annotation' in read ? { id: read.annotation.episode, group: '' } : null;
  },
};
