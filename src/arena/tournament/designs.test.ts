import { describe, expect, it } from 'vitest';
import { stream } from '../../core/rng.js';
import { type Design, designs } from './designs.js';

function play(name: string, agents: readonly string[], places: number, block = 0): readonly (readonly string[])[] {
  return (designs[name] as Design)({ agents, places, games: [], rng: stream(block, 'seating') });
}

/** How often each agent takes each place. */
function takings(games: readonly (readonly string[])[], agents: readonly string[], places: number): number[][] {
  return agents.map((agent) =>
    Array.from({ length: places }, (_, place) => games.filter((game) => game[place] === agent).length),
  );
}

describe('round robin', () => {
  it.each([
    [2, 2, 2],
    [4, 2, 12],
    [3, 1, 3],
    [3, 3, 18],
    [2, 7, 14],
  ])('%i agents at %i places make %i games', (count, places, games) => {
    const agents = [...'abcd'].slice(0, count);
    const played = play('round-robin', agents, places);
    expect(played).toHaveLength(games);
    expect(new Set(played.map(String)).size).toBe(games);
    expect(new Set(takings(played, agents, places).flat()).size).toBe(1);
  });

  it('lets every two agents meet, each in each of two places', () => {
    expect(play('round-robin', ['a', 'b', 'c'], 2).map((game) => game.join(''))).toEqual([
      'ab',
      'ba',
      'ac',
      'ca',
      'bc',
      'cb',
    ]);
  });
});

describe('blocks', () => {
  it.each([
    [2, 2],
    [3, 2],
    [5, 2],
    [3, 7],
    [7, 7],
    [4, 1],
  ])('%i agents at %i places: each in each place once', (count, places) => {
    const agents = [...'abcdefg'].slice(0, count);
    const played = play('blocks', agents, places);
    expect(played).toHaveLength(count);
    expect(takings(played, agents, places).flat()).toEqual(agents.flatMap(() => new Array<number>(places).fill(1)));
  });

  it('lets everybody meet everybody over the blocks, though a table has two places only', () => {
    const agents = [...'abcdef'];
    const met = new Set<string>();
    for (let block = 0; block < 40; block++) {
      for (const game of play('blocks', agents, 2, block)) met.add([...game].sort().join(''));
    }
    expect(met.size).toBe(15);
  });
});

it('a free design plays what it is given', () => {
  const games = [
    ['a', 'b'],
    ['a', 'a'],
  ];
  expect((designs.free as Design)({ agents: ['a', 'b'], places: 2, games, rng: stream(0, 'seating') })).toEqual(games);
});
