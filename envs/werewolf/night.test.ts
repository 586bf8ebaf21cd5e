import { describe, expect, it } from 'vitest';
import type { Episode } from '../../src/core/episode.js';
import { offered, play, seated, told, viewOf, voteOut } from './trial.testing.js';

/** Nights played by hand, rule by rule, and the hunter. Seats are numbered in the order of the roles given. */

function outcomeOf(episode: Episode): string | null {
  return episode.turn.kind === 'over' ? episode.turn.outcome : null;
}

describe('the wolves', () => {
  const roles = ['werewolf', 'werewolf', 'villager', 'villager', 'villager', 'villager'] as const;

  it('propose, see the proposal and decide; none aims at a mate', () => {
    const episode = seated(roles);
    expect(offered(episode, 0)).toEqual([2, 3, 4, 5].map((seat) => `kill player_${seat}`));
    expect(offered(episode, 1)).toEqual([]);
    play(episode, { 0: 'kill player_2' });
    expect(viewOf(episode, 1).rounds[0]?.targets).toEqual({ 0: 2 });
    play(episode, { 1: 'kill player_3' });
    expect(viewOf(episode, 'public').alive).toEqual([true, true, true, false, true, true]);
  });

  it('vote, and a tie is drawn', () => {
    const episode = seated(roles, { kill: 'vote' });
    play(episode, { 0: 'kill player_2', 1: 'kill player_5' });
    expect(episode.turn).toEqual({
      kind: 'chance',
      outcomes: [
        [2, 0.5],
        [5, 0.5],
      ],
    });
    episode.apply({ chance: 5 });
    expect(told(episode, 'dawn')).toMatchObject([{ killed: [5] }]);
  });

  it('are drawn at random, and only the one drawn is asked', () => {
    const episode = seated(roles, { kill: 'random' });
    episode.apply({ chance: 1 });
    expect(offered(episode, 0)).toEqual([]);
    play(episode, { 1: 'kill player_4' });
    expect(told(episode, 'chose')).toMatchObject([{ to: [0, 1], seat: 1, target: 4 }]);
  });

  it('win at parity, or under extinction only when nobody else is left', () => {
    const few = ['werewolf', 'villager', 'villager'] as const;
    const parity = seated(few);
    play(parity, { 0: 'kill player_1' });
    expect(outcomeOf(parity)).toBe('the werewolves win');
    const extinction = seated(few, { ending: 'extinction' });
    play(extinction, { 0: 'kill player_1' });
    voteOut(extinction, -1, -1);
    play(extinction, { 0: 'kill player_2' });
    expect(outcomeOf(extinction)).toBe('the werewolves win');
    expect(extinction.returns()).toEqual([1, -1, -1]);
  });
});

describe('the doctor and the bodyguard', () => {
  const roles = ['werewolf', 'doctor', 'bodyguard', 'villager', 'villager'] as const;

  it('a saved player is alive in every view and can be aimed at again', () => {
    const episode = seated(roles);
    play(episode, { 0: 'kill player_3', 1: 'save player_3', 2: 'guard player_4' });
    for (const viewer of [0, 1, 2, 3, 4, 'public', 'all'] as const) {
      expect(viewOf(episode, viewer).alive).toEqual([true, true, true, true, true]);
      expect(viewOf(episode, viewer).rounds[0]?.killed).toEqual([]);
    }
    expect(told(episode, 'dawn')).toMatchObject([{ to: 'all', killed: [], shown: [] }]);
    expect(offered(episode, 0)).toContain('vote player_3');
    expect(offered(episode, 3)).toContain('vote player_0');
    voteOut(episode, -1, -1);
    expect(offered(episode, 0)).toContain('kill player_3');
    expect(offered(episode, 1)).toContain('save player_3');
    expect(offered(episode, 2)).toContain('guard player_3');
  });

  it('a bodyguard guards neither himself nor the same player twice running', () => {
    const episode = seated(roles);
    expect(offered(episode, 2)).toEqual([0, 1, 3, 4].map((seat) => `guard player_${seat}`));
    play(episode, { 0: 'kill player_4', 1: 'save player_1', 2: 'guard player_4' });
    voteOut(episode, -1, -1);
    expect(offered(episode, 2)).toEqual([0, 1, 3].map((seat) => `guard player_${seat}`));
    play(episode, { 0: 'kill player_4', 1: 'save player_4', 2: 'guard player_1' });
    voteOut(episode, -1, -1);
    expect(offered(episode, 2)).toContain('guard player_4');
  });

  it('a doctor may be kept from himself and from repeating, and is not asked when nobody is left to save', () => {
    const set = { 'doctor.self': false, 'doctor.repeat': false, ending: 'extinction' } as const;
    const episode = seated(['werewolf', 'doctor', 'villager'], set);
    expect(offered(episode, 1)).toEqual(['save player_0', 'save player_2']);
    play(episode, { 0: 'kill player_2', 1: 'save player_0' });
    voteOut(episode, -1, -1);
    expect(offered(episode, 1)).toEqual([]);
    expect(offered(episode, 0)).toEqual(['kill player_1']);
  });
});

describe('the seer', () => {
  it.each([
    { seer: 'team', result: 'village', role: null },
    { seer: 'role', result: 'doctor', role: 'doctor' },
  ])('learns the $seer', ({ seer, result, role }) => {
    const episode = seated(['werewolf', 'seer', 'doctor', 'villager'], { seer });
    play(episode, { 0: 'kill player_3', 1: 'see player_2', 2: 'save player_3' });
    expect(told(episode, 'saw')).toMatchObject([{ to: [1], seat: 1, target: 2, result }]);
    const { roles, teams } = viewOf(episode, 1);
    expect(roles).toEqual([null, 'seer', role, null]);
    expect(teams).toEqual([null, 'village', 'village', null]);
  });
});

describe('the witch', () => {
  const roles = ['werewolf', 'witch', 'villager', 'villager', 'villager', 'villager'] as const;

  it('learns the victim, heals once, poisons once, and then is asked no more', () => {
    const episode = seated(roles);
    play(episode, { 0: 'kill player_1' });
    expect(viewOf(episode, 1).rounds[0]?.victim).toBe(1);
    expect(viewOf(episode, 2).rounds[0]?.victim).toBeNull();
    const poisons = [0, 2, 3, 4, 5].map((seat) => `poison player_${seat}`);
    expect(offered(episode, 1)).toEqual(['heal player_1', ...poisons, 'nothing']);
    play(episode, { 1: 'heal player_1' });
    expect(told(episode, 'dawn')).toMatchObject([{ killed: [] }]);
    expect(viewOf(episode, 1).potions).toEqual({ heal: false, poison: true });
    voteOut(episode, -1, -1);
    play(episode, { 0: 'kill player_2' });
    expect(offered(episode, 1)).toEqual([...poisons, 'nothing']);
    play(episode, { 1: 'poison player_3' });
    expect(told(episode, 'dawn').at(-1)).toMatchObject({ killed: [2, 3] });
    voteOut(episode, -1, -1);
    play(episode, { 0: 'kill player_4' });
    expect(outcomeOf(episode)).toBeNull();
    expect(told(episode, 'victim')).toHaveLength(2);
    expect(viewOf(episode, 1).rounds.map(({ victim }) => victim)).toEqual([1, 2, null]);
    expect(told(episode, 'dawn')).toHaveLength(3);
  });

  it('wins the game by poisoning the last wolf', () => {
    const episode = seated(roles);
    play(episode, { 0: 'kill player_1' });
    play(episode, { 1: 'poison player_0' });
    expect(outcomeOf(episode)).toBe('the village wins');
    expect(episode.returns()).toEqual([-1, 1, 1, 1, 1, 1]);
  });
});

describe('the hunter', () => {
  const roles = ['werewolf', 'hunter', 'villager', 'villager', 'villager'] as const;

  it('shoots when killed by night', () => {
    const episode = seated(roles);
    play(episode, { 0: 'kill player_1' });
    expect(offered(episode, 1)).toEqual([0, 2, 3, 4].map((seat) => `shoot player_${seat}`).concat('nobody'));
    expect(viewOf(episode, 1).alive[1]).toBe(false);
    play(episode, { 1: 'shoot player_0' });
    expect(outcomeOf(episode)).toBe('the village wins');
  });

  it('shoots when voted out, or declines', () => {
    const episode = seated(roles, { first: 'day' });
    voteOut(episode, 1, 0);
    play(episode, { 1: 'nobody' });
    expect(told(episode, 'shot')).toEqual([{ to: 'all', kind: 'shot', seat: 1, target: -1, shown: null }]);
    expect(offered(episode, 0)).toContain('kill player_2');
  });

  it('shoots before it is seen who has won', () => {
    const episode = seated(['werewolf', 'hunter', 'villager']);
    play(episode, { 0: 'kill player_1' });
    play(episode, { 1: 'shoot player_0' });
    expect(outcomeOf(episode)).toBe('the village wins');
  });

  it('does not shoot when shot: chains end; what is shown goes by the time of day', () => {
    const set = { first: 'day', 'reveal.day': 'role' } as const;
    const episode = seated(['werewolf', 'hunter', 'hunter', 'villager', 'villager', 'villager'], set);
    voteOut(episode, 1, 0);
    play(episode, { 1: 'shoot player_2' });
    expect(told(episode, 'shot')).toMatchObject([{ seat: 1, target: 2, shown: 'hunter' }]);
    expect(offered(episode, 0)).toEqual([3, 4, 5].map((seat) => `kill player_${seat}`));
  });
});
