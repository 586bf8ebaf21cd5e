import { z } from 'zod';
import { part } from '../../part.js';

const count = z.int().min(1);

/**
 * What PPO takes, besides the part of the table that it learns. The defaults follow the paper's table 3 where games allow
 * it; whole episodes take the place of segments of a fixed length.
 */
export const settings = part.extend({
  episodes: count.default(256).describe('episodes played in an iteration, all at once'),
  epochs: count.default(4).describe('times an iteration goes through what it played'),
  batch: count.default(256).describe('decisions in a step of training'),
  learningRate: z.number().positive().default(3e-4).describe('of Adam'),
  anneal: count
    .nullable()
    .default(null)
    .describe('iterations in which the learning rate falls in a straight line to a hundredth; null keeps it'),
  clip: z.number().positive().default(0.2).describe('how far the ratio of new to old probability is followed'),
  gamma: z.number().min(0).max(1).default(1).describe('discount from one decision of a seat to its next'),
  lambda: z.number().min(0).max(1).default(0.95).describe('of generalised advantages'),
  entropy: z.number().min(0).default(0.01).describe('what entropy is worth'),
  value: z.number().min(0).default(0.5).describe("what the value's square error counts"),
  gradient: z.number().positive().default(0.5).describe('longest gradient of a step'),
  hidden: z.array(count).default([64, 64]).describe('widths of the hidden layers, which policy and value share'),
});
export type Settings = z.output<typeof settings>;
