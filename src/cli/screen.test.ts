import { expect, it } from 'vitest';
import { Screen } from './screen.js';

/** As much of a stream as a screen needs. */
function streamOf(isTTY: boolean): { stream: NodeJS.WriteStream; written: string[] } {
  const written: string[] = [];
  const stream = { isTTY, columns: 20, rows: 10, write: (text: string) => written.push(text) };
  return { stream: stream as unknown as NodeJS.WriteStream, written };
}

it('on a terminal a block is drawn over the one before, each line cut to the width', () => {
  const { stream, written } = streamOf(true);
  const screen = new Screen(stream);
  screen.show(
    () => ['one', 'x'.repeat(50)],
    () => 'plain',
    true,
  );
  screen.show(
    () => ['two'],
    () => 'plain',
    true,
  );
  screen.end();
  screen.say('after');
  expect(written).toEqual([`one\n${'x'.repeat(19)}\n`, '\u001b[2A\u001b[J', 'two\n', 'after\n']);
});

it('elsewhere there are plain lines, none at once and none twice', () => {
  const { stream, written } = streamOf(false);
  const screen = new Screen(stream);
  screen.show(
    () => ['block'],
    () => 'too soon',
  );
  screen.show(
    () => ['block'],
    () => 'last',
    true,
  );
  screen.show(
    () => ['block'],
    () => 'last',
    true,
  );
  expect(written).toEqual(['last\n']);
  expect(screen.size).toBeNull();
});

it('and nothing where nothing is wanted', () => {
  const screen = new Screen(null);
  screen.say('line');
  screen.show(
    () => ['block'],
    () => 'line',
    true,
  );
  expect(screen.size).toBeNull();
});
