import { describe, expect, it } from 'vitest';
import type { Episode } from '../../src/core/episode.js';
import { offered, play, seated, told, viewOf, voteOut } from './trial.testing.js';

/** Days played by hand, rule by rule. Seats are numbered in the order of the roles given. */

function lastOut(episode: Episode): number {
  return told(episode, 'out').at(-1)?.target as number;
}

describe('the vote', () => {
  const roles = ['werewolf', 'villager', 'villager', 'villager', 'villager'] as const;
  const day = { first: 'day' } as const;

  it('goes by plurality: one vote is enough, abstentions do not count', () => {
    const episode = seated(roles, day);
    play(episode, { 0: 'vote player_1', 1: 'abstain', 2: 'abstain', 3: 'abstain', 4: 'abstain' });
    expect(lastOut(episode)).toBe(1);
  });

  it('takes nobody when all abstain', () => {
    const episode = seated(roles, day);
    voteOut(episode, -1, -1);
    expect(told(episode, 'out')).toMatchObject([{ target: -1, tied: [] }]);
    expect(viewOf(episode, 'public').alive).toEqual([true, true, true, true, true]);
  });

  it('draws a tie among those tied', () => {
    const episode = seated(roles, day);
    play(episode, {
      0: 'vote player_1',
      1: 'vote player_0',
      2: 'vote player_1',
      3: 'vote player_0',
      4: 'vote player_3',
    });
    expect(episode.turn).toMatchObject({
      kind: 'chance',
      outcomes: [
        [0, 0.5],
        [1, 0.5],
      ],
    });
    episode.apply({ chance: 1 });
    expect(told(episode, 'out')).toMatchObject([{ target: 1, tied: [0, 1] }]);
  });

  it('or takes nobody in a tie', () => {
    const episode = seated(roles, { ...day, 'vote.tie': 'nobody' });
    play(episode, { 0: 'vote player_1', 1: 'vote player_0', 2: 'abstain', 3: 'abstain', 4: 'abstain' });
    expect(told(episode, 'out')).toMatchObject([{ target: -1, tied: [0, 1] }]);
  });

  it('with strict majority needs more than half of the living, abstaining or not', () => {
    const moves = (fourth: string) => ({
      0: 'vote player_1',
      1: 'abstain',
      2: 'vote player_1',
      3: fourth,
      4: 'abstain',
    });
    const short = seated(roles, { ...day, 'vote.majority': 'strict' });
    play(short, moves('abstain'));
    expect(lastOut(short)).toBe(-1);
    const enough = seated(roles, { ...day, 'vote.majority': 'strict' });
    play(enough, moves('vote player_1'));
    expect(lastOut(enough)).toBe(1);
    const half = seated(roles.slice(0, 4), { ...day, 'vote.majority': 'strict' });
    play(half, { 0: 'vote player_1', 1: 'abstain', 2: 'vote player_1', 3: 'abstain' });
    expect(lastOut(half)).toBe(-1);
  });

  it('in turn is asked and told one by one', () => {
    const episode = seated(roles, { ...day, 'vote.mode': 'in turn', 'vote.abstain': false });
    play(episode, { 0: 'vote player_1' });
    expect(offered(episode, 1)).toEqual([0, 2, 3, 4].map((seat) => `vote player_${seat}`));
    expect(offered(episode, 2)).toEqual([]);
    expect(viewOf(episode, 4).rounds[0]?.votes).toEqual({ 0: 1 });
  });

  it('pays each part to those it is for', () => {
    const episode = seated(['werewolf', 'werewolf', 'villager', 'villager', 'villager', 'villager'], day);
    voteOut(episode, 0, 2);
    expect(episode.paid).toEqual([
      { votedOut: -1 },
      { elimination: -1 },
      ...new Array(4).fill({ vote: 1, elimination: 1 }),
    ]);
    expect(episode.told(2)).toEqual({});
    play(episode, { 1: 'kill player_2' });
    expect(episode.told(3)).toEqual({ survive: 1 });
  });
});

describe('talk', () => {
  const roles = ['werewolf', 'villager', 'villager', 'villager'] as const;
  const speaking = (episode: Episode) =>
    episode.turn.kind === 'act' ? Object.keys(episode.turn.spaces).map(Number) : [];

  function silence(episode: Episode): void {
    play(episode, { [speaking(episode)[0] as number]: '' });
  }

  it('by bids: the highest speaks, a tie is drawn, bids are shown after all have bid', () => {
    const set = { first: 'day', 'talk.order': 'bidding', 'talk.turns': 2 } as const;
    const episode = seated(roles, set);
    play(episode, { 0: 'bid 4', 1: 'bid 0', 2: 'bid 4', 3: 'bid 3' });
    expect(told(episode, 'bids')).toMatchObject([
      {
        to: 'all',
        bids: [
          [0, 4],
          [1, 0],
          [2, 4],
          [3, 3],
        ],
      },
    ]);
    expect(episode.turn).toMatchObject({
      kind: 'chance',
      outcomes: [
        [0, 0.5],
        [2, 0.5],
      ],
    });
    episode.apply({ chance: 2 });
    expect(speaking(episode)).toEqual([2]);
    silence(episode);
    play(episode, { 0: 'bid 0', 1: 'bid 1', 2: 'bid 0', 3: 'bid 0' });
    expect(speaking(episode)).toEqual([1]);
    silence(episode);
    expect(viewOf(episode, 0).phase).toBe('vote');
  });

  it('rotating: starts one later each day and passes over the dead', () => {
    const episode = seated([...roles, 'villager', 'villager'], {
      first: 'day',
      'talk.rounds': 1,
      'talk.order': 'rotating',
    });
    for (const seat of [0, 1, 2, 3, 4, 5]) {
      expect(speaking(episode)).toEqual([seat]);
      silence(episode);
    }
    voteOut(episode, -1, -1);
    play(episode, { 0: 'kill player_1' });
    for (const seat of [2, 3, 4, 5, 0]) {
      expect(speaking(episode)).toEqual([seat]);
      silence(episode);
    }
    expect(told(episode, 'phase').map(({ order }) => order)).toContainEqual([2, 3, 4, 5, 0]);
  });

  it('in random order: the next is drawn among those who have not spoken', () => {
    const episode = seated(roles, { first: 'day', 'talk.rounds': 2, 'talk.order': 'random' });
    for (const round of [0, 1]) {
      for (const [seat, left] of [
        [3, 4],
        [0, 3],
        [2, 2],
      ] as const) {
        expect(
          episode.turn.kind === 'chance' && 'outcomes' in episode.turn && episode.turn.outcomes.length,
          `${round}`,
        ).toBe(left);
        episode.apply({ chance: seat });
        silence(episode);
      }
      expect(speaking(episode)).toEqual([1]);
      silence(episode);
    }
    expect(viewOf(episode, 0).phase).toBe('vote');
  });
});

it('predictions are asked of all the living before the vote, and stay secret', () => {
  const episode = seated(['werewolf', 'seer', 'villager'], { first: 'day', predict: true });
  expect(() => play(episode, { 0: {}, 1: {}, 2: {} })).toThrow(/the role of player_1, player_2 is missing/);
  const odd = { player_1: 'witch', player_2: 'villager' };
  expect(() => play(episode, { 0: odd, 1: odd, 2: odd })).toThrow(/player_1: there is no witch in this game/);
  play(episode, {
    0: { player_1: 'seer', player_2: 'villager' },
    1: { player_0: 'werewolf', player_2: 'villager' },
    2: { player_0: 'seer', player_1: 'werewolf' },
  });
  expect(told(episode, 'predicted').map(({ to }) => to)).toEqual([[0], [1], [2]]);
  expect(offered(episode, 2)).toContain('vote player_0');
});

it('after the last round the game ends undecided, and nobody has won', () => {
  const episode = seated(['werewolf', 'doctor', 'villager'], { maxRounds: 1 });
  play(episode, { 0: 'kill player_1', 1: 'save player_1' });
  voteOut(episode, -1, -1);
  expect(episode.turn).toEqual({ kind: 'over', outcome: 'undecided', truncated: true });
  expect(episode.paid).toEqual([{ survive: 1 }, { survive: 1 }, { survive: 1 }]);
  expect(viewOf(episode, 'public').winner).toBe('nobody');
});
