import { z } from 'zod';
import type { Preset } from '../../src/core/environment.js';
import { messageOf, UserError } from '../../src/core/errors.js';
import { checkTask, taskFields } from '../../src/core/task/fields.js';
import { readStructure } from './protein.js';
import { MOST } from './search.js';
import { SIZES } from './tasks.js';

const paper = z.strictObject({ title: z.string().min(1).max(300), text: z.string().max(20_000) });

const given = z.strictObject({
  id: z.string().min(1).max(100).default('given'),
  split: z.string().min(1).max(40).default('given'),
  name: z.string().min(1).max(100).default('the protein'),
  backbone: z.null().default(null),
  sequence: z.literal('').default(''),
  structure: z.string().min(1).max(4_000_000).describe('text of a PDB or mmCIF file'),
  family: z
    .array(z.string().max(20_000))
    .max(5000)
    .default([])
    .describe('sequences of relatives aligned to the protein, each as long as it, "-" for a gap'),
  papers: z.array(paper).max(1000).default([]).describe('what the literature tools search beside general knowledge'),
  planted: z.array(z.never()).max(0).default([]),
});

const fields = z.strictObject({
  ...taskFields(SIZES, given, { maxSteps: 20, maxCalls: 12 }),
  reward: z
    .enum(['graded', 'binary'])
    .default('graded')
    .describe('graded: the share of the best known gain in stability; binary: 1 for any gain'),
  scorer: z
    .enum(['model', 'outside'])
    .default('model')
    .describe('model: the energies described on the card; outside: the service that LUDUS_DDG_URL names'),
  fullMarks: z
    .number()
    .min(0.1)
    .max(1000)
    .default(10)
    .describe('gain in kcal/mol that pays 1 when the scorer is outside and the reward graded'),
});

export type Config = z.infer<typeof fields>;

export const config = fields.superRefine((value, context) => {
  checkTask(SIZES)(value, context);
  const problem = value.given === null ? null : problemOf(value.given);
  if (problem !== null)
    context.addIssue({ code: 'custom', path: ['given', ...problem.path], message: problem.message });
});

/** Larger proteins would take seconds at each turn. */
const LARGEST = 1500;

/** What is wrong with a protein from elsewhere, and in which field. */
function problemOf({ structure, family }: z.infer<typeof given>): { path: string[]; message: string } | null {
  let length: number;
  try {
    ({ length } = readStructure(structure));
  } catch (thrown) {
    if (!(thrown instanceof UserError)) throw thrown;
    return { path: ['structure'], message: messageOf(thrown) };
  }
  if (length < MOST || length > LARGEST)
    return { path: ['structure'], message: `it has ${length} residues; ${MOST} to ${LARGEST} are worked with` };
  const wrong = family.findIndex((sequence) => sequence.length !== length);
  if (wrong < 0) return null;
  const message = `sequence ${wrong} has ${(family[wrong] as string).length} letters; the protein has ${length} residues`;
  return { path: ['family'], message };
}

export const presets: { readonly [name: string]: Preset } = {
  val: { says: 'a protein drawn from the validation split', config: { split: 'val' } },
  test: { says: 'a protein drawn from the test split', config: { split: 'test' } },
  binary: { says: 'any gain in stability pays 1', config: { reward: 'binary' } },
};
