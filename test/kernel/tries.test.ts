import { describe, expect, it } from 'vitest';
import type { ActRequest, AgentFactory, Decision } from '../../src/core/agent.js';
import { runEpisode } from '../../src/core/play.js';
import { choice } from '../../src/core/space.js';
import { agent, asks, draws, openly, playOut, replies, settled, table, throwing, toy, yes } from './toys.js';
import { speech } from './vocabulary.js';

const three = [yes, yes, yes];

/** Every way for a try to fail, and how it is called. */
const FAILURES: [string, () => Decision | Promise<Decision>, string, RegExp][] = [
  ['prose', () => ({ reply: { text: 'I would rather say yes today' } }), 'unparsable', /none of: yes, no/],
  ['two answers', () => ({ reply: { text: 'yes or no' } }), 'ambiguous', /names 2 options/],
  ['a move that is not offered', () => ({ move: 'perhaps' }), 'illegal', /choose one of: yes, no/],
  ['a reply cut off', () => ({ reply: { text: '<answer>ye', truncated: true } }), 'truncated', /not closed/],
  ['a throw', () => throwing('broke'), 'crashed', /^broke$/],
  ['a throw of no error', () => throwing(7), 'crashed', /no error/],
  ['a rejection', () => Promise.reject(new Error('broke later')), 'crashed', /^broke later$/],
  ['nothing', () => undefined as unknown as Decision, 'crashed', /no decision/],
  ['nothing, later', async () => undefined as unknown as Decision, 'crashed', /no decision/],
  ['a text', () => 'yes' as unknown as Decision, 'crashed', /no decision/],
  ['an empty object', () => ({}) as Decision, 'crashed', /neither a move nor a reply/],
  ['a reply without text', () => ({ reply: 'yes' }) as unknown as Decision, 'crashed', /reply without a text/],
  ['a move that is no JSON', () => ({ move: 10n }) as unknown as Decision, 'illegal', /not offered/],
  ['a thought that is no text', () => ({ move: 'yes', thought: 1 }) as unknown as Decision, 'crashed', /thought/],
  ['a failure of its own', () => ({ failed: { failure: 'late', reason: 'hung' } }), 'late', /^hung$/],
  [
    'a failure of no kind',
    () => ({ failed: { failure: 'odd', reason: 'a' } }) as unknown as Decision,
    'crashed',
    /kind/,
  ],
  ['a failure without a reason', () => ({ failed: { failure: 'late' } }) as unknown as Decision, 'crashed', /reason/],
  ['a getter that throws', () => trap(), 'crashed', /^trap$/],
];

function trap(): Decision {
  return Object.defineProperty({ move: 'yes' }, 'thought', { get: () => throwing(new Error('trap')) });
}

describe('a failed try', () => {
  it.each(FAILURES)('%s: is told apart, answered in words to its seat alone, and tried again', async (...given) => {
    const [, act, failure, reason] = given;
    const asked: ActRequest[] = [];
    const clumsy = agent((request) => {
      asked.push(request);
      return request.attempt < 3 ? act() : { move: 'no' };
    });
    const others: ActRequest[] = [];
    const other = agent((request) => {
      others.push(request);
      return { move: 'yes' };
    });
    const { steps, ending } = await playOut(table(toy([asks([0, 1]), asks([1])]), [clumsy, other]));
    expect(ending.how).toBe('rules');
    const decided = steps[0]?.seats?.[0];
    expect(decided?.move).toBe('no');
    expect(decided?.tries).toHaveLength(2);
    expect(decided?.tries?.[0]).toMatchObject({ failure, reason: expect.stringMatching(reason) });
    expect(asked.map(({ attempt, refused }) => [attempt, refused?.failure])).toEqual([
      [1, undefined],
      [2, failure],
      [3, failure],
    ]);
    expect(asked[1]?.refused?.text).toContain(`${decided?.tries?.[0]?.reason}. 2 tries are left.`);
    expect(asked[2]?.text).toMatch(/One try is left\.$/);
    expect(others.map(({ refused }) => refused)).toEqual([null, null]);
    expect(others.map(({ text }) => text).join()).not.toContain('left');
  });

  it('keeps what came instead of an answer', async () => {
    const wordy = replies({ reply: { text: 'hm' }, thought: 'hard' }, { move: 'yes' });
    const { steps } = await playOut(table(toy([asks([0])]), [wordy, yes]));
    expect(steps[0]?.seats?.[0]?.tries?.[0]).toMatchObject({ reply: { text: 'hm' }, thought: 'hard' });
  });

  it('does not change the state, the events or the dice of the others', async () => {
    const environment = toy([draws(1), openly([0]), draws(1), openly([1])]);
    const played = async (first: AgentFactory) =>
      (await playOut(table(environment, [first, yes]))).steps.map(({ chance, seats }) => chance ?? seats?.[1]);
    expect(await played(replies({ move: 'x' }, { move: 'y' }))).toEqual(await played(yes));
  });
});

describe('after the last try', () => {
  const never = agent(() => ({ move: 'perhaps' }));

  it('with two seats the seat forfeits: it gets the worst return of the spec, the other the best', async () => {
    const { steps, ending } = await playOut(table(toy([asks([0]), asks([1])]), [yes, never]));
    expect(steps).toHaveLength(1);
    expect(ending).toMatchObject({ how: 'forfeit', outcome: null, returns: [9, -7] });
    expect(ending.forfeits?.[1]?.map(({ failure }) => failure)).toEqual(['illegal', 'illegal', 'illegal']);
    expect(Object.keys(ending.forfeits ?? {})).toEqual(['1']);
  });

  it('both seats that fail at once forfeit', async () => {
    const { ending } = await playOut(table(toy([asks([0, 1])]), [never, never]));
    expect(ending).toMatchObject({ how: 'forfeit', returns: [-7, -7] });
  });

  it('with more seats a move is substituted and marked, and the game goes on', async () => {
    const environment = toy([asks([0, 1, 2]), asks([1], speech)], { seats: 3 });
    const { steps, ending } = await playOut(table(environment, [yes, agent(() => ({ move: 0 })), yes]));
    const substituted = steps.map((step) => step.seats?.[1]);
    expect(substituted[0]).toMatchObject({ substituted: true, tries: [{}, {}, {}] });
    expect(['yes', 'no']).toContain(substituted[0]?.move);
    expect(substituted[1]).toMatchObject({ substituted: true, move: '' });
    expect(steps[0]?.seats?.[0]).toEqual({ move: 'yes' });
    expect(ending).toMatchObject({ how: 'rules', returns: [0, 0, 0] });
  });

  it('substitutes come from a stream of their own, the same each time', async () => {
    const many = choice(Array.from({ length: 50 }, (_, i) => `option ${i}`));
    const environment = toy([asks([0], many), draws(0), asks([0], many), draws(0)], { seats: 3 });
    const played = async (agents: AgentFactory[]) => (await playOut(table(environment, agents))).steps;
    const first = agent(() => ({ move: 'option 7' }));
    const failing = await played([never, yes, yes]);
    expect(await played([never, yes, yes])).toEqual(failing);
    const chances = async (agents: AgentFactory[]) => (await played(agents)).map(({ chance }) => chance);
    expect(await chances([first, yes, yes])).toEqual(failing.map(({ chance }) => chance));
  });

  it('the rule may be chosen, and is refused where it means nothing', async () => {
    const substituting = table(toy([asks([1])]), [yes, never], { onFailure: 'substitute' });
    expect((await runEpisode(substituting)).how).toBe('rules');
    const forfeiting = table(toy([asks([0])], { seats: 1 }), [never], { onFailure: 'forfeit' });
    expect(await runEpisode(forfeiting)).toMatchObject({ how: 'forfeit', returns: [-7] });
    const many = table(toy([], { seats: 3 }), three, { onFailure: 'forfeit' });
    await expect(runEpisode(many)).rejects.toThrow('a forfeit is defined for one or two seats');
  });

  it('the number of tries may be chosen', async () => {
    let asked = 0;
    const counting = agent(() => {
      asked++;
      return { move: 'perhaps' };
    });
    await runEpisode(table(toy([asks([0])]), [counting, yes], { tries: 1 }));
    expect(asked).toBe(1);
  });
});

describe('an agent that fails to listen', () => {
  it.each<[string, () => void]>([
    ['by a throw', () => throwing(new Error('deaf'))],
    ['by a rejection', () => Promise.reject(new Error('deaf')) as unknown as undefined],
  ])('%s loses a try of its next turn, not the episode', async (_name, news) => {
    const asked: ActRequest[] = [];
    const deaf = agent(
      async (request) => {
        asked.push(request);
        return { move: 'yes' };
      },
      { news },
    );
    const late = agent(async () => {
      await settled();
      return { move: 'yes' };
    });
    const { steps, ending } = await playOut(table(toy([openly([0]), asks([1])]), [late, deaf]));
    await settled();
    expect(ending.how).toBe('rules');
    expect(steps[1]?.seats?.[1]?.tries).toEqual([{ failure: 'crashed', reason: 'deaf' }]);
    expect(asked.map(({ attempt }) => attempt)).toEqual([2]);
  });

  it('is told so before it is asked', async () => {
    const deaf = agent(() => ({ move: 'yes' }), { news: () => throwing(new Error('deaf')) });
    const { steps } = await playOut(table(toy([openly([0]), asks([1]), asks([1])]), [yes, deaf]));
    expect(steps[1]?.seats?.[1]).toEqual({ move: 'yes', tries: [{ failure: 'crashed', reason: 'deaf' }] });
    expect(steps[2]?.seats?.[1]).toEqual({ move: 'yes' });
  });
});
