import { z } from 'zod';
import type { Preset } from '../../src/core/environment.js';
import { ROLES, type Role } from './roles.js';

export { ROLES, type Role };

const count = z.number().int().min(0).max(20);
const reveal = z.enum(['none', 'team', 'role']);
const weight = z.number();

const fields = z.strictObject({
  roles: z
    .strictObject({
      werewolf: count.default(2),
      seer: count.default(1),
      doctor: count.default(1),
      villager: count.default(3),
      hunter: count.default(0),
      witch: count.default(0),
      bodyguard: count.default(0),
    })
    .prefault({})
    .describe('how many of each role; their sum is the number of seats'),
  first: z.enum(['night', 'day']).default('night').describe('what the game starts with'),
  maxRounds: z
    .number()
    .int()
    .min(1)
    .max(50)
    .default(10)
    .describe('after this many rounds the game is cut off undecided'),
  kill: z
    .enum(['propose', 'vote', 'random'])
    .default('propose')
    .describe(
      'who picks the victim: the other wolves propose and the last one decides; a vote of the wolves, ties drawn; one living wolf drawn at random',
    ),
  doctor: z
    .strictObject({
      self: z.boolean().default(true).describe('may save himself'),
      repeat: z.boolean().default(true).describe('may save the same player two nights running'),
    })
    .prefault({}),
  seer: z.enum(['team', 'role']).default('team').describe('what a check tells'),
  reveal: z
    .strictObject({
      night: reveal.default('none').describe('what is shown of a player killed by night'),
      day: reveal.default('none').describe('what is shown of a player voted out'),
    })
    .prefault({}),
  talk: z
    .strictObject({
      order: z
        .enum(['fixed', 'rotating', 'random', 'bidding'])
        .default('fixed')
        .describe(
          'who speaks when: by number, starting one later each day, drawn each day, or the highest bid of 0 to 4',
        ),
      rounds: z
        .number()
        .int()
        .min(0)
        .max(10)
        .default(1)
        .describe('speeches of each living player a day (not with bidding)'),
      turns: z.number().int().min(1).max(50).default(8).describe('speeches a day with bidding'),
      maxChars: z.number().int().min(1).max(10_000).default(600).describe('longest speech'),
    })
    .prefault({}),
  vote: z
    .strictObject({
      mode: z.enum(['simultaneous', 'in turn']).default('simultaneous'),
      majority: z.enum(['plurality', 'strict']).default('plurality').describe('strict: more than half of the living'),
      abstain: z.boolean().default(true).describe('whether a player may vote for nobody; if all do, nobody is out'),
      tie: z.enum(['random', 'nobody']).default('random').describe('between tied players'),
    })
    .prefault({}),
  ending: z
    .enum(['parity', 'extinction'])
    .default('parity')
    .describe('wolves win when they are as many as the others, or when no other is left'),
  predict: z.boolean().default(false).describe('before each vote everybody is asked for the roles of the others'),
  weights: z
    .strictObject({
      win: weight.default(1),
      survive: weight.default(0),
      vote: weight.default(0),
      votedOut: weight.default(0),
      elimination: weight.default(0),
    })
    .prefault({})
    .describe('weight of each reward part in the return'),
});

export type Config = z.infer<typeof fields>;

/** A playable configuration: at least one wolf, and more others than wolves. */
export const config = fields.superRefine((value, context) => {
  const wolves = value.roles.werewolf;
  const others = seatsOf(value) - wolves;
  if (wolves < 1)
    context.addIssue({ code: 'custom', path: ['roles', 'werewolf'], message: 'at least one werewolf is needed' });
  if (others <= wolves) {
    context.addIssue({
      code: 'custom',
      path: ['roles'],
      message: `more others than werewolves are needed: there are ${wolves} werewolves and ${others} others`,
    });
  }
  if (seatsOf(value) > 20) context.addIssue({ code: 'custom', path: ['roles'], message: 'at most 20 seats' });
});

export function seatsOf({ roles }: Config): number {
  return ROLES.reduce((sum, role) => sum + roles[role], 0);
}

/** SEE: LSPO (arXiv 2502.04686), table of rewards: win 300, round survived 5, vote 20, voted out 10, elimination 5. */
const LSPO_WEIGHTS = { win: 300, survive: 5, vote: 20, votedOut: 10, elimination: 5 };

export const presets: { readonly [name: string]: Preset } = {
  'lspo-7': { says: 'the seven-player game of LSPO with its shaped rewards', config: { weights: LSPO_WEIGHTS } },
  'lspo-4': {
    says: 'the four-player game of LSPO: one wolf, a seer, two villagers',
    config: { roles: { werewolf: 1, seer: 1, doctor: 0, villager: 2 }, weights: LSPO_WEIGHTS },
  },
  'arena-8': {
    says: 'eight players as in Werewolf Arena: a random wolf kills, players bid to speak, strict majority',
    config: {
      roles: { werewolf: 2, seer: 1, doctor: 1, villager: 4 },
      kill: 'random',
      talk: { order: 'bidding' },
      vote: { majority: 'strict' },
    },
  },
  'kaggle-7': {
    says: "seven players as in Kaggle's game arena: roles shown on death, ties drawn",
    config: {
      roles: { werewolf: 2, seer: 1, doctor: 1, villager: 3 },
      kill: 'vote',
      reveal: { night: 'role', day: 'role' },
    },
  },
  mafia: {
    says: 'no special roles, day first: two wolves among seven',
    config: {
      roles: { werewolf: 2, seer: 0, doctor: 0, villager: 5 },
      first: 'day',
      kill: 'random',
      vote: { abstain: false },
    },
  },
};
