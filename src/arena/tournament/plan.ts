import { z } from 'zod';
import type { Json } from '../../core/json.js';

const contest = z.object({
  environment: z.string().describe('id, or scheme:argument'),
  version: z.string(),
  config: z.record(z.string(), z.unknown() as z.ZodType<Json>),
  sides: z.record(z.string(), z.array(z.string())).exactOptional(),
  seating: z.enum(['sides', 'seats']).exactOptional(),
});

export const rules = z.strictObject({
  limits: z
    .strictObject({
      steps: z.number().int().min(1).exactOptional(),
      turnMs: z.number().min(1).exactOptional(),
      callMs: z.number().min(1).exactOptional(),
      totalMs: z.number().min(1).exactOptional(),
    })
    .exactOptional(),
  tries: z.number().int().min(1).max(100).exactOptional(),
  onFailure: z.enum(['forfeit', 'substitute']).exactOptional(),
});

export const tournamentPlan = z.object({
  ludus: z.literal(1),
  /** In the order of their tables. An anchor is there to be measured against. */
  agents: z.array(z.object({ name: z.string(), agent: z.string(), anchor: z.literal(true).exactOptional() })),
  contests: z.array(contest).min(1),
  design: z.string(),
  /** What a free design plays in each block: names by place. */
  games: z.array(z.array(z.string())).exactOptional(),
  blocks: z.number().int().min(1),
  seed: z.string(),
  clock: z.enum(['real', 'fixed']),
  rules,
});

/**
 * What a tournament is to play, complete: kept in its folder as `tournament.json`, and resuming goes on with exactly
 * this. A block is one seed, and with it one deal, under which a design seats the agents in turn.
 */
export type TournamentPlan = z.infer<typeof tournamentPlan>;

/**
 * An environment as a tournament plays it. `sides` names the roles that win and lose together. Seated by sides, all
 * seats that the opening deals a role of one side go to one agent; else every seat is a place of its own.
 */
export type Contest = z.infer<typeof contest>;
