import { describe, expect, it } from 'vitest';
import kuhn from '../../envs/kuhn-poker/index.js';
import leduc from '../../envs/leduc-poker/index.js';
import liarsDice from '../../envs/liars-dice/index.js';
import werewolf from '../../envs/werewolf/index.js';
import { readConfig } from '../../src/core/config.js';
import { actors, type Environment } from '../../src/core/environment.js';
import { Episode } from '../../src/core/episode.js';
import type { Json, JsonObject } from '../../src/core/json.js';
import { type Rng, stream } from '../../src/core/rng.js';
import type { ActionSpace } from '../../src/core/space.js';
import { mostTried } from './arms.js';
import { Belief } from './determinise.js';
import { Ismcts } from './ismcts.js';
import { atMost } from './rules.js';
import { knownBy, type Situation, situations, some, twins } from './situations.testing.js';
import { pays, type Tiny, tiny } from './tiny.testing.js';

/** How a search comes by the states it plays in. */
type Source = (belief: Belief, situation: Situation, rng: Rng) => Json;

const fromBelief: Source = (belief, _, rng) => belief.draw(rng);
/** The planted fault: the search plays in the true state. */
const fromTruth: Source = (_, { state }) => state;

function searched(
  environment: Environment,
  config: JsonObject,
  situation: Situation,
  sims: number,
  source = fromBelief,
) {
  const rng = stream(1, 'ismcts');
  const belief = new Belief(environment, config, situation.seat, { rng, most: 64 });
  belief.learn(situation.known);
  const search = new Ismcts(environment, config, { rng });
  return search.search(situation.seat, () => source(belief, situation, rng), atMost(sims));
}

/** Groups of twins among which answers differ. */
function told(environment: Environment, config: JsonObject, groups: readonly Situation[][], source: Source): number {
  const answers = groups.map((group) =>
    group.map((situation) => JSON.stringify(searched(environment, config, situation, 60, source))),
  );
  return answers.filter((group) => new Set(group).size > 1).length;
}

const night = ({ known }: Situation) => (known.view as { phase?: string }).phase !== 'vote';

describe.each([
  ['kuhn-poker', kuhn, {}, 100],
  ['leduc-poker', leduc, {}, 300],
  ['liars-dice', liarsDice, {}, 100],
  ['werewolf', werewolf, { 'talk.rounds': 0, roles: { werewolf: 1, seer: 1, doctor: 1, villager: 1 } }, 60],
] as [string, Environment, { [path: string]: Json }, number][])(
  'in twin states of %s',
  (id, environment, set, episodes) => {
    const config = readConfig(environment.spec, { set });
    const all = situations(environment, config, episodes).filter((situation) => id !== 'werewolf' || night(situation));
    const groups = some(twins(all), 12, stream(1, 'twins')).map((group) => group.slice(0, 3));

    it('there are some to look at', () => {
      expect(groups.length).toBe(12);
      for (const group of groups) {
        expect(new Set(group.map(({ known }) => JSON.stringify(known))).size).toBe(1);
        expect(new Set(group.map(({ state }) => JSON.stringify(state))).size).toBeGreaterThan(1);
      }
    });

    it('the answer is the same under one seed', () => expect(told(environment, config, groups, fromBelief)).toBe(0));

    it('a search that is shown the true state is caught', () => {
      expect(told(environment, config, groups, fromTruth)).toBeGreaterThan(2);
    });
  },
);

/** The situation of a seat after the given moves, seats and chance in turn. */
function reached(environment: Environment, config: JsonObject, moves: readonly Json[]): Situation {
  const episode = new Episode(environment, config);
  for (const move of moves) {
    const { turn } = episode;
    episode.apply(turn.kind === 'chance' ? { chance: move } : { seats: { [actors(turn)[0] as number]: move } });
  }
  const [seat] = actors(episode.turn) as [number];
  const space = (episode.turn as { spaces: { [seat: number]: ActionSpace } }).spaces[seat] as ActionSpace;
  return { seat, known: knownBy(episode, seat), space, state: episode.state, at: '' };
}

describe('it plays', () => {
  const config = readConfig(kuhn.spec);
  const choice = (moves: readonly Json[]) => mostTried(searched(kuhn, config, reached(kuhn, config, moves), 400));

  // NOTE: K, Q, J from high to low: whoever holds the king wins every showdown, whoever holds the jack loses it.
  it('what cannot be wrong in Kuhn poker', () => {
    expect(choice(['Q', 'K', 'bet'])).toBe('call');
    expect(choice(['Q', 'J', 'bet'])).toBe('fold');
    expect(choice(['Q', 'K', 'check'])).toBe('bet');
  });
});

// NOTE: matching pennies. A search in which the second seat acted on what it cannot see would be sure to lose as first.
describe('in a search nobody acts on a secret', () => {
  const guess = (hidden: string): Tiny => ({
    asks: [1],
    options: ['heads', 'tails'],
    next: Object.fromEntries(['heads', 'tails'].map((id) => [id, id === hidden ? pays(-1, 1) : pays(1, -1)])),
  });
  const next = { heads: guess('heads'), tails: guess('tails') };
  const pennies = tiny({ asks: [0], options: ['heads', 'tails'], next }, { information: 'imperfect' }, true);

  it('of the searching seat', () => {
    const candidates = searched(pennies, {}, reached(pennies, {}, []), 3000);
    for (const { value } of candidates) expect(Math.abs(value ?? 1)).toBeLessThan(0.25);
  });

  it('of the others', () => {
    const candidates = searched(pennies, {}, reached(pennies, {}, ['heads']), 3000);
    expect(candidates.reduce((sum, { visits }) => sum + visits, 0)).toBe(3000);
    for (const { value } of candidates) expect(Math.abs(value ?? 1)).toBeLessThan(0.25);
  });
});
