import { z } from 'zod';
import type { Json } from '../../core/json.js';
import { rules } from './plan.js';

const sides = z.record(z.string(), z.array(z.string()).min(1));
const config = z.record(z.string(), z.unknown() as z.ZodType<Json>);

const contest = z.strictObject({
  environment: z.string(),
  preset: z.string().exactOptional(),
  config: config.exactOptional().describe('fields over the preset, nested ones by path'),
  sides: sides.exactOptional().describe('roles that win and lose together, by side'),
  seating: z.enum(['sides', 'seats']).exactOptional().describe('what one agent takes: a whole side, or a seat'),
});

/** What a plan file may say, and what the command line makes of its options. */
export const tournamentRequest = z.strictObject({
  agents: z.array(z.union([z.string(), z.strictObject({ name: z.string().min(1), agent: z.string() })])).min(1),
  environments: z.array(z.union([z.string(), contest])).min(1),
  design: z.string().default('round-robin'),
  games: z.array(z.array(z.string())).exactOptional().describe('of a free design: names of agents by place'),
  blocks: z.number().int().min(1).default(10).describe('seeds, each played by the whole design'),
  seed: z.union([z.string(), z.number().int()]).exactOptional(),
  clock: z.enum(['real', 'fixed']).default('real'),
  anchors: z.boolean().default(true).describe('a random and a scripted agent at the table'),
  rules: rules.default({}),
});

/** What may be asked for: only agents and environments must be said. */
export type TournamentWish = z.input<typeof tournamentRequest>;
/** The same with its defaults filled in. */
export type TournamentRequest = z.infer<typeof tournamentRequest>;
export type ContestRequest = z.infer<typeof contest>;
