import { z } from 'zod';
import type { Work } from '../../../src/core/task/contract.js';
import { kindOf, readLetters } from '../dna/iupac.js';
import { molecule, type Sequence } from '../dna/sequence.js';
import { allAt, oneAt, stored, storeOf } from '../store.js';
import { grade, type Handed } from '../tasks/grade.js';
import { type CloningJob, isBundle, type World } from '../world.js';
import { key, keys, sampleBases, sampleKey, tool } from './args.js';

export const submitAnswer = tool({
  description: 'submit_answer(answer): hands in the answer and ends the task.',
  args: z.strictObject({
    answer: z.union([z.string().max(20_000), z.number()]).describe('one option, by its label or its text'),
  }),
  sample: (rng) => ({ answer: rng.pick([...'ABCDE']) }),
  run: (job, { answer }) => end(job, { answer: String(answer) }),
});

export const submitFinalSequences = tool({
  description: 'submit_final_sequences(final): hands in molecules in the order asked for and ends the task.',
  args: z.strictObject({ final: keys('keys of the molecules, in order') }),
  sample: (rng) => ({ final: [sampleBases(rng)] }),
  run: (job, { final }) => end(job, { molecules: allAt(job, final).map(plain) }),
});

export const submitFinalPlasmid = tool({
  description: 'submit_final_plasmid(final): hands in the finished plasmid and ends the task.',
  args: z.strictObject({ final: key('key of the plasmid') }),
  sample: (rng) => ({ final: sampleKey(rng) }),
  run: (job, { final }) => end(job, { molecules: [plain(oneAt(job, final))] }),
});

export const createSequence = tool({
  description: 'create_sequence(name, sequence, circular): puts a molecule into the store, letter by letter.',
  args: z.strictObject({
    name: z.string().min(1).max(100).describe('what it is called'),
    sequence: z.string().min(1).max(50_000).describe('its letters: DNA, RNA or protein'),
    circular: z.boolean().default(false).describe('whether it is a circle'),
  }),
  sample: (rng) => ({ name: 'mine', sequence: sampleBases(rng) }),
  run(job, { name, sequence, circular }) {
    const type = kindOf(sequence);
    const made = molecule(readLetters(sequence, type), { name, type, circular });
    const { world, text } = stored(job, [made], () => 'created');
    return { world, text };
  },
});

export const finish = tool({
  description: 'finish(): ends the task; every molecule of the store is looked at.',
  args: z.strictObject({}),
  sample: () => ({}),
  run(job) {
    const entries = [...storeOf(job.task, job.world).values()];
    return end(job, { molecules: entries.flatMap((entry) => (isBundle(entry) ? entry.bundle : [entry])).map(plain) });
  },
});

function plain({ sequence, circular }: Sequence): { sequence: string; circular: boolean } {
  return { sequence, circular };
}

function end({ task }: CloningJob, handed: Handed): Work<World> {
  const { correct, share } = grade(task, handed);
  const outcome = correct ? 'right' : share > 0 ? 'partly right' : 'wrong';
  return { text: 'Handed in.', end: { outcome, rewards: { correct: correct ? 1 : 0, share } } };
}
