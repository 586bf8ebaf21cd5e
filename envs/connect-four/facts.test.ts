import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/core/config.js';
import { actors, type Event, type Turn } from '../../src/core/environment.js';
import { Episode } from '../../src/core/episode.js';
import type { Json } from '../../src/core/json.js';
import { type Rng, stream } from '../../src/core/rng.js';
import { type ChoiceSpace, sample } from '../../src/core/space.js';
import connectFour from './index.js';

const config = readConfig(connectFour.spec);

/** Histories of exactly so many plies, and how many of them are over. SEE: OpenSpiel 2.0.1, counted by running it. */
const PERFT = [
  { plies: 6, histories: 117_649, terminal: 0 },
  { plies: 7, histories: 823_536, terminal: 13_032 },
  { plies: 8, histories: 5_673_234, terminal: 44_430 },
];

/** Counts histories level by level below a state: `counts[n]` are those n plies further on. */
function perft(state: Json, plies: number, counts: { histories: number; terminal: number }[], depth = 0): void {
  const turn = connectFour.turn(state);
  const count = counts[depth] as { histories: number; terminal: number };
  count.histories++;
  if (turn.kind === 'over') count.terminal++;
  if (turn.kind !== 'act' || depth === plies) return;
  for (const seat in turn.spaces) {
    for (const { id } of (turn.spaces[seat] as ChoiceSpace).options) {
      perft(connectFour.apply(state, { seats: { [seat]: id } }).state, plies, counts, depth + 1);
    }
  }
}

/** An episode after drops into these columns, 1 to 7. */
function played(columns: string): Episode {
  const episode = new Episode(connectFour, config);
  for (const column of columns) episode.apply({ seats: { [actors(episode.turn)[0] as number]: `column ${column}` } });
  return episode;
}

type Chooser = (episode: Episode, seat: number, rng: Rng) => Json;

const random: Chooser = ({ turn }, seat, rng) => sample(connectFour.spec, spaceOf(turn, seat), rng);
const script = connectFour.scripted?.seat({ config, seat: 0, style: 'sensible', rng: stream(0, 'unused') });
const sensible: Chooser = (episode, seat, rng) =>
  script?.({
    space: spaceOf(episode.turn, seat),
    view: connectFour.view(episode.state, seat),
    events: episode.heard(seat).events,
    rng,
  }).move ?? '';

function spaceOf(turn: Turn, seat: number): ChoiceSpace {
  return (turn as { spaces: { [seat: number]: ChoiceSpace } }).spaces[seat] as ChoiceSpace;
}

function playOut(choosers: readonly Chooser[], rng: Rng): Episode {
  const episode = new Episode(connectFour, config);
  for (let seat = 0; episode.turn.kind === 'act'; seat = 1 - seat) {
    episode.apply({ seats: { [seat]: (choosers[seat] as Chooser)(episode, seat, rng) } });
  }
  return episode;
}

describe('connect-four: facts from outside', () => {
  it('has as many histories as OpenSpiel counts', () => {
    const counts = Array.from({ length: 9 }, () => ({ histories: 0, terminal: 0 }));
    perft(connectFour.start(config), 8, counts);
    expect(PERFT.map(({ plies }) => ({ plies, ...counts[plies] }))).toEqual(PERFT);
  });

  it.each([
    ['four up', '1212121', 'x wins', [1, -1]],
    ['four across, closed in the middle', '1122443', 'x wins', [1, -1]],
    ['four across at the right edge', '7766554', 'x wins', [1, -1]],
    ['a rising diagonal', '12233434474', 'x wins', [1, -1]],
    ['a falling diagonal', '76655454414', 'x wins', [1, -1]],
    ['four up for the second seat', '13132323', 'o wins', [-1, 1]],
  ])('%s wins', (_name, columns, outcome, returns) => {
    const episode = played(columns);
    expect(episode.turn).toEqual({ kind: 'over', outcome, truncated: false });
    expect(episode.returns()).toEqual(returns);
  });

  it.each([
    ['three and a gap', '112255'],
    ['a line that would wrap round the edge', '5161727'],
    ['three up', '12121'],
  ])('%s does not win', (_name, columns) => {
    expect(played(columns).turn.kind).toBe('act');
  });

  it('is a draw when the board is full without four in a row, after 42 drops', () => {
    const pairs = ['121212', '212121', '343434', '434343', '565656', '656565', '777777'];
    const episode = played(pairs.join(''));
    expect(episode.steps).toBe(connectFour.spec.facts(config).horizon);
    expect(episode.turn).toEqual({ kind: 'over', outcome: 'draw', truncated: false });
    expect(episode.returns()).toEqual([0, 0]);
  });

  it('offers no full column', () => {
    const { turn } = played('444444');
    expect(spaceOf(turn, 0).options.map(({ id }) => id)).toEqual(
      [1, 2, 3, 5, 6, 7].map((column) => `column ${column}`),
    );
  });
});

describe('connect-four: who is told what', () => {
  const TOLD: { readonly [kind: string]: Event['to'] } = { dropped: 'all', won: 'all' };

  it('tells everybody everything', () => {
    const rng = stream(1, 'moves');
    const events = Array.from({ length: 20 }, () => playOut([random, random], rng).log).flat();
    expect(new Set(events.map(({ kind }) => kind))).toEqual(new Set(Object.keys(connectFour.spec.events)));
    for (const { kind, to } of events) expect(to).toEqual(TOLD[kind]);
  });
});

describe('connect-four: words, vector and scripted player', () => {
  it('draws the board', () => {
    const episode = played('4453');
    expect(connectFour.show?.(connectFour.view(episode.state, 1)).split('\n')).toEqual([
      '6 . . . . . . .',
      '5 . . . . . . .',
      '4 . . . . . . .',
      '3 . . . . . . .',
      '2 . . . o . . .',
      '1 . . o x x . .',
      '  1 2 3 4 5 6 7',
      'You play o.',
    ]);
  });

  it('encodes own discs before the other side, from the view', () => {
    const { state } = played('41');
    const vector = connectFour.vector?.(config);
    const set = (seat: number) =>
      [...(vector?.encode(connectFour.view(state, seat)) ?? [])].flatMap((value, at) => (value === 1 ? [at] : []));
    expect(set(0)).toEqual([18, 42]);
    expect(set(1)).toEqual([0, 60]);
  });

  it('beats random play at least 98 times in 100, from either seat', () => {
    const rng = stream(5, 'games');
    const returns = Array.from({ length: 300 }, (_, game) =>
      game % 2 === 0
        ? (playOut([sensible, random], rng).returns()[0] as number)
        : (playOut([random, sensible], rng).returns()[1] as number),
    );
    expect(returns.filter((value) => value === 1).length / returns.length).toBeGreaterThanOrEqual(0.98);
  });
});
