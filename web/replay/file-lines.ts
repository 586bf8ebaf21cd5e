/** A record of a file as its list shows it, read from the beginning of its line. */
export interface LineHead {
  /** Place of the line among those that are no blanks. */
  readonly place: number;
  readonly environment: string;
  readonly seats: readonly string[];
  readonly id: string;
}

/** What a browser gives of an opened file: its size, and any part of it. */
export type Sliceable = Pick<Blob, 'size' | 'slice'>;

const BLOCK = 4 << 20;
const HEAD = 4096;
const NEWLINE = 10;

/**
 * Where the lines of a file lie, found block by block, so that of a file larger than memory nothing is held but two numbers
 * and a kind for each line. A line is read when it is asked for.
 */
export class FileLines {
  readonly file: Sliceable;
  readonly #starts: number[] = [];
  readonly #lengths: number[] = [];
  /** Of each line, which environment and seats it names, as a place in `#names`. */
  readonly #kinds: number[] = [];
  readonly #names: string[] = [];
  readonly #known = new Map<string, number>();
  #end = 0;

  constructor(file: Sliceable) {
    this.file = file;
  }

  get count(): number {
    return this.#starts.length;
  }

  /** How much of the file was looked through, from 0 to 1. */
  get done(): number {
    return this.file.size === 0 ? 1 : this.#end / this.file.size;
  }

  /** Looks through the file; tells after each block. */
  async scan(told: () => void, signal: AbortSignal): Promise<void> {
    let line = new Line(0);
    for (let at = 0; at < this.file.size && !signal.aborted; at += BLOCK) {
      const block = new Uint8Array(await this.file.slice(at, at + BLOCK).arrayBuffer());
      let from = 0;
      for (let end = block.indexOf(NEWLINE); end >= 0; end = block.indexOf(NEWLINE, from)) {
        line.add(block.subarray(from, end));
        this.#take(line);
        from = end + 1;
        line = new Line(at + from);
      }
      line.add(block.subarray(from));
      this.#end = at + block.length;
      told();
    }
    if (!signal.aborted) this.#take(line);
    told();
  }

  /** The whole text of a line. */
  async text(place: number): Promise<string> {
    const [start, length] = [this.#starts[place], this.#lengths[place]];
    if (start === undefined || length === undefined) throw new RangeError(`the file has no line ${place}`);
    return this.file.slice(start, start + length).text();
  }

  bytes(place: number): number {
    return this.#lengths[place] ?? 0;
  }

  /** Places of the lines whose environment or seats have all words of a text, from the `from`-th on, at most `most`. */
  find(text: string, from: number, most: number): { readonly places: readonly number[]; readonly more: boolean } {
    const words = text
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== '');
    const fits = this.#names.map((name) => words.every((word) => name.toLowerCase().includes(word)));
    const places: number[] = [];
    let skip = from;
    for (let place = 0; place < this.count; place++) {
      if (fits[this.#kinds[place] as number] !== true || skip-- > 0) continue;
      if (places.length === most) return { places, more: true };
      places.push(place);
    }
    return { places, more: false };
  }

  async head(place: number): Promise<LineHead> {
    const start = this.#starts[place] ?? 0;
    const text = await this.file.slice(start, start + Math.min(HEAD, this.bytes(place))).text();
    return { place, ...headOf(text) };
  }

  #take(line: Line): void {
    const text = line.head();
    if (text.trim() === '') return;
    const { environment, seats } = headOf(text);
    this.#starts.push(line.start);
    this.#lengths.push(line.length);
    this.#kinds.push(this.#kindOf([environment, ...seats].join(' ')));
  }

  #kindOf(name: string): number {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const fresh = this.#names.push(name) - 1;
    this.#known.set(name, fresh);
    return fresh;
  }
}

const decoder = new TextDecoder();

/** A line as its pieces come: its length, and its beginning. */
class Line {
  readonly start: number;
  length = 0;
  #head: Uint8Array = new Uint8Array(0);

  constructor(start: number) {
    this.start = start;
  }

  add(piece: Uint8Array): void {
    this.length += piece.length;
    const missing = HEAD - this.#head.length;
    if (missing <= 0 || piece.length === 0) return;
    const more = piece.subarray(0, missing);
    this.#head = this.#head.length === 0 ? more : joined(this.#head, more);
  }

  head(): string {
    return decoder.decode(this.#head);
  }
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}

/** What the beginning of a record's line says. NOTE: it may be cut anywhere, so that it is no JSON; '' where it says nothing. */
export function headOf(text: string): Omit<LineHead, 'place'> {
  const [, id = ''] = /"id":\s*"([^"\\]*)"/.exec(text) ?? [];
  const [, environment = ''] = /"environment":\s*\{\s*"id":\s*"([^"\\]*)"/.exec(text) ?? [];
  const seats = /"seats":\s*\[([^\]]*)/.exec(text)?.[1] ?? '';
  const names = [...seats.matchAll(/"(?:agent|person)":\s*("(?:[^"\\]|\\.)*")/g)].map(([, name]) => name as string);
  return { id, environment, seats: names.map(unquoted) };
}

function unquoted(text: string): string {
  try {
    return JSON.parse(text) as string;
  } catch {
    return text.slice(1, -1);
  }
}
