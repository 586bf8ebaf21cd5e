import { z } from 'zod';
import type { Json } from '../../src/core/json.js';
import { type Job, taskTool, type Work } from '../../src/core/task/contract.js';
import { AMINO } from './amino.js';
import type { Config } from './config.js';
import { TERMS, type Term, type Terms } from './energy.js';
import { checkCount, named, readMutations, written } from './mutations.js';
import { type Request, scoreIn } from './outside.js';
import { writePdb } from './pdb.js';
import { proteinOf } from './protein.js';
import { FEWEST, MOST } from './search.js';
import { ddG, difference, type Mutation } from './stability.js';
import type { ProteinTask } from './types.js';

type Work_ = Work<null>;
type Handed = Job<ProteinTask, null, Config>;

/** Hands in the mutations and ends the task. */
export const complete = taskTool({
  description: `complete(mutations): hands in ${FEWEST} to ${MOST} mutations, tells their ddG and ends the task. Mutations that are refused end nothing.`,
  args: z.object({
    mutations: z
      .array(z.string().max(40))
      .max(50)
      .describe(
        `${FEWEST} to ${MOST} mutations such as "17C": the position, counted from 0 over all chains, and the letter of the new residue`,
      ),
  }),
  sample: (rng) => ({
    mutations: Array.from(
      { length: FEWEST + rng.below(MOST - FEWEST + 1) },
      () => `${rng.below(76)}${rng.pick([...AMINO])}`,
    ),
  }),
  run(job: Handed, args): Work_ | { ask: Json } {
    const mutations = accepted(job, args.mutations);
    if (job.config.scorer === 'outside') return { ask: requestOf(job.task, mutations) };
    const { fold } = proteinOf(job.task);
    return ended(job, mutations, ddG(fold, mutations), ` (${termWords(difference(fold, mutations))})`);
  },
  answered(job: Handed, args, told): Work_ {
    const mutations = accepted(job, args.mutations);
    const score = scoreIn(told);
    if (typeof score === 'number') return ended(job, mutations, score, '');
    return {
      text: `the score could not be worked out: ${score.error}. Nothing was handed in; complete may be called again`,
      failed: true,
    };
  },
});

/** @throws UserError where the mutations may not be handed in */
function accepted({ task }: Handed, texts: readonly string[]): Mutation[] {
  const mutations = readMutations(proteinOf(task).fold.sequence, texts);
  checkCount(mutations);
  return mutations;
}

function requestOf(task: ProteinTask, mutations: readonly Mutation[]): Json {
  const { structure, fold } = proteinOf(task);
  const request: Request = {
    ...{ ask: 'ddg', sequence: fold.sequence, structure: writePdb(structure) },
    mutations: mutations.map(written),
  };
  return request;
}

/** How an episode is told to have ended. */
const GAIN = 'more stable';
const LOSS = 'not more stable';

function ended(job: Handed, mutations: readonly Mutation[], score: number, terms: string): Work_ {
  const { task } = job;
  const { sequence } = proteinOf(task).fold;
  return {
    text: `${named(sequence, mutations)}: ddG ${score.toFixed(2)} kcal/mol${terms}`,
    end: { outcome: score < 0 ? GAIN : LOSS, rewards: { stability: rewardOf(job, score) } },
  };
}

/** From 0 to 1. */
function rewardOf({ task, config }: Handed, score: number): number {
  if (!(score < 0)) return 0;
  if (config.reward === 'binary') return 1;
  const whole = config.scorer === 'outside' ? config.fullMarks : -proteinOf(task).best.energy;
  return Math.min(1, -score / whole);
}

function termWords(terms: Terms): string {
  return (Object.keys(TERMS) as Term[]).map((term) => `${term} ${terms[term].toFixed(2)}`).join(', ');
}
