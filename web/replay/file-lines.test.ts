import { describe, expect, test } from 'vitest';
import { FileLines, headOf, type Sliceable } from './file-lines.js';

const line = (id: string, environment: string, ...agents: string[]) =>
  JSON.stringify({
    ludus: 1,
    id,
    environment: { id: environment },
    seed: '1',
    seats: agents.map((agent) => ({ agent })),
  });

const never = new AbortController().signal;

async function scanned(file: Sliceable): Promise<FileLines> {
  const lines = new FileLines(file);
  await lines.scan(() => undefined, never);
  return lines;
}

describe('the lines of a file', () => {
  test('are found with blanks passed over, torn or not, and read one by one', async () => {
    const texts = [line('a', 'chess', 'x'), line('ä', 'go', 'y', 'x'), 'torn {'];
    const lines = await scanned(new Blob([`${texts[0]}\n\n${texts[1]}\n${texts[2]}`]));
    expect(lines.count).toBe(3);
    expect(await Promise.all([0, 1, 2].map((place) => lines.text(place)))).toEqual(texts);
    expect(await lines.head(1)).toEqual({ place: 1, id: 'ä', environment: 'go', seats: ['y', 'x'] });
  });

  test('are found by environment and seats, in pages', async () => {
    const many = Array.from({ length: 10 }, (_, at) => line(String(at), at % 2 === 0 ? 'chess' : 'go', 'mcts:20'));
    const lines = await scanned(new Blob([`${many.join('\n')}\n`]));
    expect(lines.find('CHESS mcts', 0, 3)).toEqual({ places: [0, 2, 4], more: true });
    expect(lines.find('chess mcts', 3, 3)).toEqual({ places: [6, 8], more: false });
    expect(lines.find('checkers', 0, 3)).toEqual({ places: [], more: false });
  });

  test('of a large file are found with one block of it in memory at a time', async () => {
    const giant = new Giant(256 << 20, 32 << 20);
    const lines = await scanned(giant);
    expect([lines.count, lines.bytes(3)]).toEqual([8, (32 << 20) - 1]);
    expect(giant.largest).toBeLessThanOrEqual(4 << 20);
  });

  test('stop being looked for when nobody wants them any more', async () => {
    const stop = new AbortController();
    const lines = new FileLines(new Giant(2 ** 40, 1 << 20));
    await lines.scan(() => stop.abort(), stop.signal);
    expect(lines.done).toBeLessThan(0.001);
  });
});

test('the beginning of a line tells what it can', () => {
  expect(headOf('{"id":"a","environment":{"id":"go","vers')).toEqual({ id: 'a', environment: 'go', seats: [] });
  expect(headOf('{"seats":[{"agent":"a \\"b\\""},{"agent":"c').seats).toEqual(['a "b"']);
});

/** A file that is made up where it is read: spaces, and a newline at the end of each line. */
class Giant implements Sliceable {
  readonly size: number;
  readonly #line: number;
  largest = 0;

  constructor(size: number, line: number) {
    this.size = size;
    this.#line = line;
  }

  slice(start = 0, end = this.size): Blob {
    const bytes = new Uint8Array(Math.min(end, this.size) - start).fill(120);
    this.largest = Math.max(this.largest, bytes.length);
    const first = this.#line - 1 - (start % this.#line);
    for (let at = first; at < bytes.length; at += this.#line) bytes[at] = 10;
    return new Blob([bytes]);
  }
}
