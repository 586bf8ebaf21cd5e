import { type Environment, environment } from '../../src/core/environment.js';
import { type Config, config, presets } from './config.js';
import { factsOf } from './facts.js';
import { applyTo, NEW_ROUND, turnOf } from './flow.js';
import { say, show } from './language.js';
import { prediction } from './predict.js';
import { rulesOf } from './rules.js';
import { scripted } from './scripted.js';
import type { State, View } from './types.js';
import { vectorForm } from './vector.js';
import { view } from './view.js';

const spec: Environment<State, Config>['spec'] = {
  id: 'werewolf',
  version: '1.0.0',
  title: 'Werewolf',
  summary: 'Hidden roles, free talk and votes: a few wolves who know each other against a village that does not.',
  config,
  presets,
  rewards: {
    win: {
      says: '+1 to every member of the winning team, -1 to the others, dead or alive',
      weight: 1,
      told: 'at once',
    },
    survive: { says: '+1 to each player alive at the end of each completed round', weight: 0, told: 'at once' },
    vote: { says: 'village only: +1 for a vote for a werewolf, -1 for any other vote', weight: 0, told: 'end' },
    votedOut: { says: '-1 to the player voted out', weight: 0, told: 'at once' },
    elimination: {
      says: 'to everybody else alive: +1 when an opponent is voted out, -1 when a team mate is',
      weight: 0,
      told: 'end',
    },
  },
  events: {
    role: { told: 'the seat', says: 'its own role', look: { badge: 'role' } },
    mates: { told: 'the wolves', says: 'who the wolves are' },
    phase: { told: 'everyone', says: 'a night, a discussion or a vote begins; who is alive', look: 'heading' },
    proposed: { told: 'the wolves alive', says: 'whom a wolf proposes or votes to kill' },
    chose: {
      told: 'a kill: the wolves alive; else the seat that chose',
      says: 'whom the wolves kill, or whom a seer, doctor or bodyguard picked',
    },
    saw: { told: 'the seer who looked', says: 'what the check told' },
    victim: { told: 'each living witch with a potion left', says: 'whom the wolves have chosen' },
    potion: { told: 'the witch', says: 'what she did' },
    dawn: { told: 'everyone', says: 'who was killed in the night, and what is shown of them' },
    shot: { told: 'everyone', says: 'whom a dying hunter shot, if anybody' },
    bids: { told: 'everyone', says: 'what everybody bid to speak' },
    said: { told: 'everyone', says: 'a speech', look: 'speech' },
    predicted: { told: 'the seat that predicted', says: 'its prediction' },
    votes: { told: 'everyone', says: 'who voted for whom' },
    out: { told: 'everyone', says: 'who was voted out, if anybody, and what is shown of them' },
    over: { told: 'everyone', says: 'who won, and all roles' },
  },
  forms: { prediction },
  facts: factsOf,
  rules: rulesOf,
};

export default environment<State, Config>({
  spec,
  start: (config) => ({ config, stage: 'deal', roles: [], rounds: [NEW_ROUND], chosen: null }),
  turn: turnOf,
  apply: applyTo,
  view,
  say,
  show: (view) => show(view as View),
  vector: vectorForm,
  scripted,
});
