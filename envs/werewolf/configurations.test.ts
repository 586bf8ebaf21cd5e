import { describe, expect, it } from 'vitest';
import { configSchema } from '../../src/core/config.js';
import { actors } from '../../src/core/environment.js';
import { Episode } from '../../src/core/episode.js';
import { isObject, type Json, type JsonObject } from '../../src/core/json.js';
import { type Rng, stream } from '../../src/core/rng.js';
import { type Config, config as schema } from './config.js';
import werewolf from './index.js';
import { play, playOut, seated, viewOf } from './trial.testing.js';
import type { State } from './types.js';

/** Random configurations made from the schema alone, so that a new field is varied as soon as it is there. */

/** A random value of a field. Small numbers come up more often than large ones. */
function randomValue(field: JsonObject, rng: Rng): Json {
  if (isObject(field.properties)) return randomObject(field.properties, rng);
  if (Array.isArray(field.enum)) return rng.pick(field.enum as readonly Json[]);
  if (field.type === 'boolean') return rng.below(2) === 1;
  if (field.type === 'number') return rng.below(3) === 0 ? 0 : rng.below(200) / 8 - 5;
  const low = field.minimum as number;
  const high = field.maximum as number;
  return low + Math.floor((high - low + 1) * rng.float() ** 6);
}

function randomObject(properties: JsonObject, rng: Rng): JsonObject {
  return Object.fromEntries(
    Object.entries(properties).map(([name, field]) => [name, randomValue(field as JsonObject, rng)]),
  );
}

const PROPERTIES = configSchema(werewolf.spec).properties as JsonObject;

function randomConfig(rng: Rng): Config {
  for (;;) {
    const read = schema.safeParse(randomObject(PROPERTIES, rng));
    if (read.success) return read.data;
  }
}

/** The same configuration with one field, however deep, drawn anew; null if that makes it no game. */
function changed(config: JsonObject, properties: JsonObject, rng: Rng): JsonObject {
  const name = rng.pick(Object.keys(properties));
  const field = properties[name] as JsonObject;
  const value = isObject(field.properties)
    ? changed(config[name] as JsonObject, field.properties, rng)
    : randomValue(field, rng);
  return { ...config, [name]: value };
}

/** The part of a configuration that makes a difference at the table: what the rules text must tell apart. */
function inPlay({ roles, kill, doctor, seer, talk, vote, ...rest }: Config): string {
  const bidding = talk.order === 'bidding';
  const spoken = bidding || talk.rounds > 0;
  return JSON.stringify({
    ...rest,
    roles,
    kill: roles.werewolf > 1 ? kill : null,
    doctor: roles.doctor > 0 ? doctor : null,
    seer: roles.seer > 0 ? seer : null,
    talk: spoken ? [talk.order, bidding ? talk.turns : talk.rounds, talk.maxChars] : null,
    vote: vote.majority === 'strict' ? { ...vote, tie: null } : vote,
  });
}

const configs = Array.from({ length: 1000 }, (_, index) => randomConfig(stream('configurations', String(index))));

describe('1,000 random configurations', () => {
  it('use every value of every choice and both sides of every switch', () => {
    const values = (pick: (config: Config) => Json) => new Set(configs.map(pick)).size;
    expect(values(({ first }) => first)).toBe(2);
    expect(values(({ kill }) => kill)).toBe(3);
    expect(values(({ talk }) => talk.order)).toBe(4);
    expect(values(({ vote }) => `${vote.mode} ${vote.majority} ${vote.abstain} ${vote.tie}`)).toBe(16);
    expect(values(({ reveal }) => `${reveal.night} ${reveal.day}`)).toBe(9);
    expect(values(({ ending, predict }) => `${ending} ${predict}`)).toBe(4);
    expect(configs.filter(({ roles }) => roles.hunter * roles.witch * roles.bodyguard > 0).length).toBeGreaterThan(20);
  });

  it('play to the end within the horizon, and returns stay in their bounds', () => {
    const outcomes = new Set<string>();
    for (const [index, config] of configs.entries()) {
      const { horizon, utility } = werewolf.spec.facts(config);
      const episode = playOut(new Episode(werewolf, config), stream('played', String(index)));
      expect(episode.steps, JSON.stringify(config)).toBeLessThanOrEqual(horizon);
      for (const value of episode.returns()) {
        expect(value, JSON.stringify(config)).toBeGreaterThanOrEqual(utility.min - 1e-9);
        expect(value, JSON.stringify(config)).toBeLessThanOrEqual(utility.max + 1e-9);
      }
      if (episode.turn.kind === 'over') outcomes.add(episode.turn.outcome);
    }
    expect([...outcomes].sort()).toEqual(['the village wins', 'the werewolves win', 'undecided']);
  });

  it('have rules texts that differ exactly where their rules do', () => {
    const rng = stream('neighbours', 'fields');
    const neighbours = configs.flatMap((config) => [1, 2, 3].map(() => changed(config, PROPERTIES, rng)));
    const valid = neighbours.map((near) => schema.safeParse(near)).flatMap((read) => (read.success ? [read.data] : []));
    const ofText = new Map<string, string>();
    const ofRules = new Map<string, string>();
    let alike = 0;
    for (const config of [...configs, ...valid]) {
      const text = werewolf.spec.rules(config);
      const rules = inPlay(config);
      if (ofText.has(text)) alike++;
      expect(ofText.get(text) ?? rules, text).toBe(rules);
      expect(ofRules.get(rules) ?? text).toBe(text);
      ofText.set(text, rules);
      ofRules.set(rules, text);
    }
    expect(valid.length).toBeGreaterThan(2000);
    expect(alike).toBeGreaterThan(100);
    expect(ofText.size).toBeGreaterThan(2000);
  });

  it('give vectors of the declared length that hold numbers, and name every option in their vocabulary', () => {
    for (const [index, config] of configs.slice(0, 60).entries()) {
      const form = werewolf.vector?.(config);
      const words = new Set(form?.actions);
      playOut(new Episode(werewolf, config), stream('vectors', String(index)), ({ turn, state }) => {
        if (turn.kind !== 'act') return;
        for (const [seat, space] of Object.entries(turn.spaces)) {
          if (space.kind === 'choice') for (const { id } of space.options) expect(words.has(id), id).toBe(true);
          const vector = form?.encode(werewolf.view(state, Number(seat)));
          expect(vector?.length).toBe(form?.length);
          expect(vector?.every((value) => value >= 0 && value <= 1)).toBe(true);
        }
      });
    }
  });
});

it('the horizon of the default game is met exactly by a game in which nobody dies until a tie in the last vote', () => {
  const episode = seated(['werewolf', 'werewolf', 'seer', 'doctor', 'villager', 'villager', 'villager'], {
    'talk.rounds': 1,
  });
  const answers: { readonly [stage: string]: (seat: number) => string } = {
    night: (seat) => ['kill player_4', 'kill player_4', 'see player_0', 'save player_4'][seat] as string,
    decide: () => 'kill player_4',
    talk: () => '',
    vote: (seat) => (seat > 1 || viewOf(episode, 0).round < 10 ? 'abstain' : `vote player_${1 - seat}`),
  };
  while (episode.turn.kind !== 'over') {
    const answer = answers[(episode.state as State).stage];
    if (answer === undefined) episode.apply({ chance: 0 });
    else play(episode, Object.fromEntries(actors(episode.turn).map((seat) => [seat, answer(seat)])));
  }
  expect(episode.steps).toBe(episode.facts.horizon);
});
