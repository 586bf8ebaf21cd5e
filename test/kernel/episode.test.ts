import { describe, expect, it } from 'vitest';
import type { Moves } from '../../src/core/environment.js';
import { Episode } from '../../src/core/episode.js';
import { MoveRefused } from '../../src/core/errors.js';
import { Observation } from '../../src/core/observation.js';
import { stream } from '../../src/core/rng.js';
import { asks, calls, draws, openly, toy, yesNo } from './toys.js';
import { offer, vocabulary } from './vocabulary.js';

const asking = { rng: stream(1, 'x'), attempt: 1, refused: null, budgetMs: null, signal: null, fresh: 0 };
const bothYes = { seats: { 0: 'yes', 1: 'yes' } };

describe('an episode', () => {
  it.each<[string, Moves, RegExp]>([
    ['no seats', { chance: 1 }, /seats 0, 1 are to move now/],
    ['a seat missing', { seats: { 0: 'yes' } }, /seat 1: nothing is not offered/],
    ['a wrong move', { seats: { 0: 'yes', 1: 'perhaps' } }, /seat 1: "perhaps" is not offered; choose one of: yes, no/],
    ['a seat that is not asked', { seats: { ...bothYes.seats, 2: 'yes' } }, /seat 2 is not to move now/],
    ['a seat that is no number', { seats: { ...bothYes.seats, ...{ x: 'yes' } } }, /seat x is not to move now/],
  ])('refuses %s whole and stays as it was', (_name, moves, reason) => {
    const episode = new Episode(toy([asks([0, 1])], { seats: 3 }), {});
    const before = JSON.stringify([episode.state, episode.turn, episode.heard(0), episode.heard(1)]);
    expect(() => episode.apply(moves)).toThrow(MoveRefused);
    expect(() => episode.apply(moves)).toThrow(reason);
    expect(JSON.stringify([episode.state, episode.turn, episode.heard(0), episode.heard(1)])).toBe(before);
    expect(episode.steps).toBe(0);
  });

  it('refuses unlisted outcomes, a wrong number of answers and anything after the end', () => {
    const episode = new Episode(toy([draws(0), calls(['q', 'r'])]), {});
    expect(() => episode.apply(bothYes)).toThrow('chance is to move now');
    expect(() => episode.apply({ chance: 10 })).toThrow('10 is no listed outcome');
    episode.apply({ chance: 9 });
    expect(() => episode.apply({ chance: 9 })).toThrow('answers to the calls are wanted');
    expect(() => episode.apply({ answers: ['a'] })).toThrow('2 answers are wanted, not 1');
    episode.apply({ answers: ['a', 'b'] });
    expect(() => episode.apply(bothYes)).toThrow('the episode is over');
  });

  it('gives the rules what a form made of a move, and remembers that', () => {
    const environment = toy([asks([1], offer)]);
    const episode = new Episode({ ...environment, spec: { ...environment.spec, ...vocabulary } }, {});
    const moves = { seats: { 1: { take: 2 } } };
    episode.apply(moves);
    expect(episode.state).toMatchObject({ played: [{ seats: { 1: { take: 2, note: '' } } }] });
    expect(episode.heard(1).moves).toEqual([{ take: 2, note: '' }]);
    expect(episode.heard(0).moves).toEqual([]);
    expect(moves).toEqual({ seats: { 1: { take: 2 } } });
  });

  it('tells events only to those they are addressed to, in order', () => {
    const to = (seats: 'all' | number[], kind: string) => ({ to: seats, kind });
    const events = () => [to([0], 'first'), to('all', 'second'), to([1, 2], 'third'), to([], 'nobody')];
    const episode = new Episode(toy([{ ...asks([0]), events }], { seats: 3 }), {});
    episode.apply({ seats: { 0: 'no' } });
    const kinds = [0, 1, 2].map((seat) => episode.heard(seat).events.map(({ kind }) => kind));
    expect(kinds).toEqual([
      ['first', 'second'],
      ['second', 'third'],
      ['second', 'third'],
    ]);
    expect(episode.log).toHaveLength(4);
    expect(() => episode.heard(3)).toThrow('seat 3 is not at this table of 3');
  });

  it('refuses payments of unknown parts, to unknown seats and of no number', () => {
    const paying = (rewards: { [seat: number]: { [part: string]: number } }) => () =>
      new Episode(toy([{ ...asks([0]), rewards }]), {}).apply({ seats: { 0: 'yes' } });
    expect(paying({ 0: { pint: 1 } })).toThrow('paid a part "pint" the spec does not declare');
    expect(paying({ 2: { point: 1 } })).toThrow('paid seat 2, which is not at this table');
    expect(paying({ 0: { point: Number.NaN } })).toThrow('paid NaN for "point"');
  });

  it('pays parts by their weights, and tells those of the end only at the end', () => {
    const parts = {
      point: { says: 'a point', weight: 2, told: 'at once' },
      secret: { says: 'a secret', weight: 10, told: 'end' },
    } as const;
    const paid = { ...openly([0]), rewards: { 0: { point: 1, secret: 1 }, 1: { secret: -1 } } };
    const episode = new Episode(toy([paid, paid], { parts }), {});
    episode.apply({ seats: { 0: 'yes' } });
    expect([episode.told(0), episode.told(1)]).toEqual([{ point: 1 }, {}]);
    expect([episode.toldReturn(0), episode.toldReturn(1)]).toEqual([2, 0]);
    episode.apply({ seats: { 0: 'yes' } });
    expect([episode.told(0), episode.told(1)]).toEqual([{ point: 2, secret: 2 }, { secret: -2 }]);
    expect(episode.returns()).toEqual([24, -20]);
  });

  it('takes weights of a configuration over those of the spec', () => {
    const episode = new Episode(toy([{ ...asks([0]), rewards: { 0: { point: 3 } } }]), { weights: { point: 5 } });
    episode.apply({ seats: { 0: 'yes' } });
    expect(episode.returns()).toEqual([15, 0]);
  });
});

describe('an observation', () => {
  const parts = {
    point: { says: 'a point', weight: 1, told: 'at once' },
    secret: { says: 'a secret', weight: 1, told: 'end' },
  } as const;
  const scene = { ...openly([0, 1]), rewards: { 0: { point: 1, secret: 1 } } };

  it('is of the time of asking, whenever it is read', () => {
    const early = new Episode(toy([scene, scene, scene], { parts }), {});
    early.apply(bothYes);
    const read = JSON.stringify(new Observation(early, 0, yesNo, asking));
    const kept = new Observation(early, 0, yesNo, asking);
    early.apply({ seats: { 0: 'no', 1: 'no' } });
    early.apply(bothYes);
    expect(early.turn.kind).toBe('over');
    expect(JSON.stringify(kept)).toBe(read);
    expect(kept.events).toHaveLength(1);
    expect(kept.moves).toEqual(['yes']);
    expect(kept.rewards).toEqual({ point: 1 });
    expect(kept.view).toMatchObject({ at: 1 });
  });

  it('cannot change what the episode remembers', () => {
    const episode = new Episode(toy([scene, scene], { parts }), {});
    episode.apply(bothYes);
    const { events, moves } = new Observation(episode, 0, yesNo, asking);
    (events as unknown[]).length = 0;
    (moves as unknown[]).push('no');
    expect(episode.heard(0)).toMatchObject({ moves: ['yes'] });
    expect(episode.heard(0).events).toHaveLength(1);
  });

  it('says the rules, the seat, what happened, what is seen and how to answer, in this order', () => {
    const events = () => [
      { to: 'all' as const, kind: 'seen' },
      { to: [1], kind: 'hidden' },
      { to: [0], kind: 'silent' },
      { to: [0], kind: 'told' },
    ];
    const environment = { ...toy([{ ...asks([0]), events }, asks([0])]), show: () => 'BOARD' };
    const episode = new Episode(environment, {});
    const opening = 'Say yes or no.\n\nYou are player_0.\n\n';
    const closing =
      'BOARD\n\nChoose exactly one of these and answer with its words inside <answer></answer>:\n- yes\n- no';
    expect(new Observation(episode, 0, yesNo, asking).text).toBe(opening + closing);
    episode.apply({ seats: { 0: 'yes' } });
    const told = 'What has happened:\nseen for 0\ntold for 0\n\n';
    expect(new Observation(episode, 0, yesNo, asking).text).toBe(opening + told + closing);
    const refused = { failure: 'late', text: 'Too late.' } as const;
    expect(new Observation(episode, 0, yesNo, { ...asking, refused }).text).toBe(
      `${opening + told + closing}\n\nToo late.`,
    );
  });

  it('says each event once to a seat, however often it is asked', () => {
    let said = 0;
    const environment = { ...toy([openly([0, 1]), openly([0, 1]), asks([0])]), say: () => `line ${++said}` };
    const episode = new Episode(environment, {});
    for (const moves of [bothYes, bothYes]) {
      episode.apply(moves);
      const texts = [0, 0, 1].map((seat) => new Observation(episode, seat, yesNo, asking).text);
      expect(texts[0]).toBe(texts[1]);
    }
    expect(said).toBe(4);
  });

  it('does nothing that nobody asked for', () => {
    const refuse = () => {
      throw new Error('nobody asked');
    };
    const environment = toy([asks([0])]);
    const spec = { ...environment.spec, rules: refuse };
    const episode = new Episode({ ...environment, spec, view: refuse, say: refuse, show: refuse }, {});
    const observation = new Observation(episode, 0, yesNo, asking);
    expect(observation.events).toEqual([]);
    expect(() => observation.text).toThrow('nobody asked');
  });
});
