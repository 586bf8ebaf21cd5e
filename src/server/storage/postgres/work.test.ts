import { expect, test } from 'vitest';
import { Work, type Writer } from './work.js';

class Hand implements Writer {
  failed = false;
  readonly match: string;

  constructor(match: string) {
    this.match = match;
  }

  fail(): void {
    this.failed = true;
  }
}

/** What goes to the database, by name. */
function written(work: Work) {
  const [cleared, to, wiped, cards, , records, , , , matches, numbers] = work.values() as unknown[][];
  return { cleared, to, wiped, cards, records, lines: matches?.map((match, at) => `${match} ${numbers?.[at]}`) };
}

const RECORD = { line: '{"ludus":1,"id":"r"}', isPrivate: false };
const NOTHING = { cleared: [], to: [], wiped: [], cards: [], records: [], lines: [] };

test('nothing of a match is written after lines of it were lost', () => {
  const [lost, fine] = [new Hand('lost'), new Hand('fine')];
  const [first, second] = [new Work(), new Work()];
  first.line(lost, 0, 'a');
  second.line(lost, 1, 'b');
  second.line(fine, 0, 'c');
  first.fail(new Error('full'));
  expect(written(second)).toEqual({ ...NOTHING, lines: ['fine 0'] });
});

test('what is cleared in the same batch is not written first, and what comes after it is', () => {
  const hand = new Hand('m');
  const work = new Work();
  work.line(hand, 7, 'a');
  work.clear(hand, 8);
  work.line(hand, 8, 'b');
  expect(written(work)).toEqual({ ...NOTHING, cleared: ['m'], to: [8], lines: ['m 8'] });
});

test('what was said goes with the match it was said at', () => {
  const work = new Work();
  for (const [n, match] of ['m', 'gone', 'm'].entries()) work.say(match, n, { id: '', sender: '0', payload: `${n}` });
  work.wipe('gone');
  expect(work.values().slice(12, 14)).toEqual([
    ['m', 'm'],
    [0, 2],
  ]);
});

test('a match that is let go of leaves no line, and its record stays', () => {
  const hand = new Hand('m');
  const work = new Work();
  work.line(hand, 0, 'a');
  work.finish(hand, RECORD);
  work.wipe('m');
  const to = [Number.MAX_SAFE_INTEGER];
  expect(written(work)).toEqual({ ...NOTHING, cleared: ['m'], to, wiped: ['m'], records: ['r'] });
});
