/** Between two drawings, in milliseconds. */
const FRAME_MS = 100;
/** Between two lines where nothing can be drawn over: at first, and at most. */
const LINE_MS = 1000;
const SLOW_LINE_MS = 30_000;

/**
 * Where a long job shows how it stands: on a terminal a block of lines drawn over itself, elsewhere a plain line now
 * and then, ever more rarely.
 */
export class Screen {
  readonly #stream: NodeJS.WriteStream | null;
  #height = 0;
  #last = performance.now();
  #wait = LINE_MS;
  #line = '';

  /** @param stream null shows nothing */
  constructor(stream: NodeJS.WriteStream | null) {
    this.#stream = stream;
  }

  /** Rows and columns there are to draw in; null where nothing can be drawn over. */
  get size(): { readonly width: number; readonly height: number } | null {
    if (this.#stream?.isTTY !== true) return null;
    return { width: this.#stream.columns || 80, height: this.#stream.rows || 24 };
  }

  /** A line that stays. */
  say(line: string): void {
    if (this.#stream === null) return;
    this.#clear();
    this.#stream.write(`${line}\n`);
  }

  /**
   * Shows how things stand, unless that was done just now.
   * @param block makes the lines to draw; each is cut to the width
   * @param line the same in one line
   */
  show(block: () => readonly string[], line: () => string, must = false): void {
    if (this.#stream === null) return;
    const now = performance.now();
    const drawn = this.size !== null;
    if (!must && now - this.#last < (drawn ? FRAME_MS : this.#wait)) return;
    this.#last = now;
    if (drawn) this.#draw(block());
    else this.#write(line());
  }

  /** Leaves what was drawn standing, so that later lines come below it. */
  end(): void {
    this.#height = 0;
  }

  #draw(lines: readonly string[]): void {
    const width = this.size?.width ?? 80;
    this.#clear();
    this.#stream?.write(lines.map((line) => `${[...line].slice(0, width - 1).join('')}\n`).join(''));
    this.#height = lines.length;
  }

  #write(line: string): void {
    if (line === this.#line) return;
    this.#line = line;
    this.#wait = Math.min(SLOW_LINE_MS, 1.5 * this.#wait);
    this.#stream?.write(`${line}\n`);
  }

  #clear(): void {
    if (this.#height > 0) this.#stream?.write(`\u001b[${this.#height}A\u001b[J`);
    this.#height = 0;
  }
}
