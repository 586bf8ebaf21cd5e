import type { Environment, Facts } from '../../src/core/environment.js';
import type { JsonObject } from '../../src/core/json.js';
import { type Rng, stream } from '../../src/core/rng.js';
import { type ActionSpace, type Move, sample } from '../../src/core/space.js';
import { drawn } from './rules.js';

/**
 * Whether a game can be searched. Each gives the reason why not and what to use instead, as the end of a sentence that
 * begins with the search's name; null when it can.
 */

/** For searches that know the state: all is told to everybody, and every turn is a choice. */
export function unfitForMcts(environment: Environment, config: JsonObject): string | null {
  const { information } = environment.spec.facts(config);
  if (information === 'imperfect') return hides(environment, config);
  return unlisted(environment, config);
}

/** For searches over what a seat may know. */
export function unfitForIsmcts(environment: Environment, config: JsonObject): string | null {
  return unlisted(environment, config);
}

/** For alpha-beta: besides, two seats with opposite interests that move one at a time, and chance that can be listed. */
export function unfitForMinimax(environment: Environment, config: JsonObject): string | null {
  const facts = environment.spec.facts(config);
  if (facts.information === 'imperfect') return hides(environment, config);
  const reason = wrongKind(facts);
  return reason === null ? unlisted(environment, config) : `${reason}; use mcts`;
}

function hides(environment: Environment, config: JsonObject): string {
  const instead = unlisted(environment, config) === null ? 'ismcts' : 'scripted or a model';
  return `needs perfect information, and seats of ${environment.spec.id} have secrets; use ${instead}`;
}

function wrongKind({ seats, utility, dynamics, chance }: Facts): string | null {
  if (seats !== 2 || utility.kind !== 'zero-sum') {
    return `takes two seats with opposite interests, and here are ${seats} with ${utility.kind} returns`;
  }
  if (dynamics === 'simultaneous') return 'takes moves one at a time, and here seats move at once';
  return chance === 'drawn' ? 'goes through all outcomes of chance, and here some can only be drawn' : null;
}

/** NOTE: what a game asks for stands in no list; turns other than choices come up early in random play, or never. */
const EPISODES = 4;
const verdicts = new WeakMap<Environment, Map<string, string | null>>();

/** Why not every turn is a choice or a draw. */
function unlisted(environment: Environment, config: JsonObject): string | null {
  const known = verdicts.get(environment) ?? new Map<string, string | null>();
  verdicts.set(environment, known);
  const key = JSON.stringify(config);
  let verdict = known.get(key);
  if (verdict === undefined) {
    verdict = findUnlisted(environment, config);
    known.set(key, verdict);
  }
  return verdict;
}

function findUnlisted(environment: Environment, config: JsonObject): string | null {
  const instead = 'use scripted or a model';
  const { id } = environment.spec;
  if (environment.spec.facts(config).calls) return `asks nobody outside, and turns of ${id} do; ${instead}`;
  for (let episode = 0; episode < EPISODES; episode++) {
    const kind = otherTurn(environment, config, stream(episode, 'fit'));
    if (kind !== null) return `chooses among options, and some turns of ${id} take a ${kind}; ${instead}`;
  }
  return null;
}

/** The first turn of a random episode that is no choice. */
function otherTurn(environment: Environment, config: JsonObject, rng: Rng): string | null {
  let state = environment.start(config);
  for (;;) {
    const turn = environment.turn(state);
    if (turn.kind === 'over') return null;
    if (turn.kind === 'call') return 'call';
    if (turn.kind === 'chance') {
      state = environment.apply(state, { chance: drawn(turn, rng) }).state;
      continue;
    }
    const other = Object.values(turn.spaces).find(({ kind }) => kind !== 'choice');
    if (other !== undefined) return WORDS[other.kind];
    const seats = Object.entries(turn.spaces).map(([seat, space]) => [seat, sample(environment.spec, space, rng)]);
    state = environment.apply(state, { seats: Object.fromEntries(seats) as { [seat: number]: Move } }).state;
  }
}

const WORDS: { readonly [kind in ActionSpace['kind']]: string } = {
  choice: 'choice',
  text: 'text',
  tools: 'tool call',
  form: 'form',
};
