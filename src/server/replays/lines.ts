import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';

/** What a line is about, for lookups without reading it again. */
export interface LineKey {
  readonly id: string;
  /** Narrows lists; '' where nothing does. */
  readonly group: string;
}

/** Reads what a line is about: from its beginning if that says it, else (undefined) from all of it. */
export interface LineReader {
  head(text: string): LineKey | undefined;
  whole(text: string): LineKey | null;
}

/** NOTE: enough of a line to name its episode and environment as Ludus writes them. */
const HEAD_BYTES = 512;
const BLOCK_BYTES = 1 << 20;

/**
 * Where the lines of one file lie, and what each is about. Of the file nothing is kept but a few numbers a line, so that
 * its size does not matter. `refresh` reads only what is new; a file that was replaced or cut is read anew. A last line
 * counts once it has its newline.
 */
export class LineFile {
  readonly path: string;
  readonly #reader: LineReader;
  #starts: number[] = [];
  #lengths: number[] = [];
  #hashes: number[] = [];
  #groups: number[] = [];
  readonly #names: string[] = [];
  #end = 0;
  #inode = 0;
  #refreshing: Promise<void> | null = null;

  constructor(path: string, reader: LineReader) {
    this.path = path;
    this.#reader = reader;
  }

  get count(): number {
    return this.#starts.length;
  }

  group(place: number): string {
    return this.#names[this.#groups[place] as number] as string;
  }

  bytes(place: number): number {
    return this.#lengths[place] ?? 0;
  }

  /** Takes in what was written since. A file that is no longer there has no lines. */
  refresh(): Promise<void> {
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = null;
    });
    return this.#refreshing;
  }

  /** The text of a line. */
  async text(place: number): Promise<string> {
    const [start, length] = [this.#starts[place], this.#lengths[place]];
    if (start === undefined || length === undefined) throw new RangeError(`${this.path} has no line ${place}`);
    return readAt(this.path, start, length);
  }

  /** Places of the lines that may be about an id, the newest first. NOTE: ids are kept as hashes: the line itself tells. */
  find(id: string): number[] {
    const hash = hashOf(id);
    const found: number[] = [];
    for (let place = this.#hashes.length - 1; place >= 0; place--) if (this.#hashes[place] === hash) found.push(place);
    return found;
  }

  async #refresh(): Promise<void> {
    const now = await stat(this.path).catch(() => null);
    const [size, inode] = [now?.size ?? 0, now?.ino ?? 0];
    if (size < this.#end || inode !== this.#inode) this.#forget(inode);
    if (size > this.#end) await this.#scan(size);
  }

  #forget(inode: number): void {
    [this.#starts, this.#lengths, this.#hashes, this.#groups] = [[], [], [], []];
    this.#end = 0;
    this.#inode = inode;
  }

  async #scan(size: number): Promise<void> {
    const stream = createReadStream(this.path, { start: this.#end, end: size - 1, highWaterMark: BLOCK_BYTES });
    let head: Buffer = Buffer.alloc(0);
    let at = this.#end;
    for await (const block of stream as AsyncIterable<Buffer>) {
      let from = 0;
      for (let line = block.indexOf(10); line >= 0; line = block.indexOf(10, from)) {
        head = longer(head, block.subarray(from, line));
        await this.#take(head.toString('utf8'), at + line);
        head = Buffer.alloc(0);
        from = line + 1;
      }
      head = longer(head, block.subarray(from));
      at += block.length;
    }
  }

  /** @param end where the line's newline stands */
  async #take(head: string, end: number): Promise<void> {
    const [start, length] = [this.#end, end - this.#end];
    const key = this.#reader.head(head) ?? this.#reader.whole(await readAt(this.path, start, length));
    this.#end = end + 1;
    if (key === null) return;
    this.#starts.push(start);
    this.#lengths.push(length);
    this.#hashes.push(hashOf(key.id));
    this.#groups.push(this.#nameOf(key.group));
  }

  #nameOf(group: string): number {
    const known = this.#names.indexOf(group);
    return known >= 0 ? known : this.#names.push(group) - 1;
  }
}

function longer(head: Buffer, more: Buffer): Buffer {
  return head.length >= HEAD_BYTES ? head : Buffer.concat([head, more.subarray(0, HEAD_BYTES - head.length)]);
}

async function readAt(path: string, start: number, length: number): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, start);
    return buffer.subarray(0, bytesRead).toString('utf8');
  } finally {
    await file.close();
  }
}

/** SEE: FNV-1a, 32 bits (G. Fowler, L. C. Noll, K.-P. Vo). */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash | 0;
}
