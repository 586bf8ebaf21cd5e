import { expect, it } from 'vitest';
import type { Episode } from '../../src/core/episode.js';
import { claimed, memoryOf } from './memory.js';
import { play, seated, viewOf } from './trial.testing.js';

it('reads only plain claims', () => {
  expect(claimed('I am the seer, believe me')).toEqual(['seer']);
  expect(claimed("Look, I'm just a villager.")).toEqual(['villager']);
  expect(claimed('I’m your doctor')).toEqual(['doctor']);
  for (const text of [
    'player_2 is the seer',
    'I am not the seer',
    'the seer? I am sure',
    'I think I saw the doctor',
    'I am the seersucker',
  ])
    expect(claimed(text), text).toEqual([]);
});

it('remembers claims, votes and deaths from what the viewer was told', () => {
  const episode: Episode = seated(['werewolf', 'villager', 'villager', 'villager'], { first: 'day', 'talk.rounds': 1 });
  for (const [seat, text] of ['I am the seer', 'hm', 'I am a villager', ''].entries()) play(episode, { [seat]: text });
  play(episode, { 0: 'vote player_1', 1: 'vote player_0', 2: 'vote player_1', 3: 'abstain' });
  const memory = memoryOf(viewOf(episode, 2));
  expect(memory.map(({ claims }) => claims)).toEqual([
    [{ role: 'seer', round: 1 }],
    [],
    [{ role: 'villager', round: 1 }],
    [],
  ]);
  expect(memory.map(({ votes }) => votes[0]?.target)).toEqual([1, 0, 1, null]);
  expect(memory.map(({ death }) => death)).toEqual([null, 'voted out on day 1', null, null]);
  expect(memory.map(({ known }) => known)).toEqual([null, null, 'villager', null]);
});
