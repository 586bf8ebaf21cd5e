import { z } from 'zod';
import { UserError } from '../../../src/core/errors.js';
import { digest } from '../dna/digest.js';
import { enzyme, enzymesIn } from '../dna/enzymes.js';
import { gibson as assembled } from '../dna/gibson.js';
import { goldenGate } from '../dna/goldengate.js';
import { ligate as ligated } from '../dna/ligate.js';
import type { Sequence } from '../dna/sequence.js';
import { allAt, nameOf, stored } from '../store.js';
import { counted } from '../words.js';
import type { CloningJob } from '../world.js';
import { keys, sampleKey, tool } from './args.js';

/** DNA molecules under some keys. */
function dna(job: CloningJob, from: string | readonly string[]): Sequence[] {
  const all = allAt(job, from);
  const other = all.find(({ type }) => type !== 'dna');
  if (other !== undefined) throw new UserError(`${other.name} is ${nameOf(other.type)}, and DNA is wanted`);
  return all;
}

export const enzymeCut = tool({
  description:
    'enzyme_cut(sequence, enzyme): digests DNA completely and stores every fragment, in order along the strand as written, with its overhangs. A circle cut once becomes one linear fragment. Lengths are those of the strand as written, so they add up.',
  args: z.strictObject({
    sequence: keys('key of the DNA to cut'),
    enzyme: z.string().min(1).max(100).describe('an enzyme, EcoRI, or several at once: EcoRI, HindIII'),
  }),
  sample: (rng) => ({
    sequence: sampleKey(rng),
    enzyme: rng.pick(['AluI', 'HaeIII', 'TaqI', 'EcoRI', 'BsaI', 'MboI, RsaI']),
  }),
  run(job, { sequence, enzyme }) {
    const enzymes = enzymesIn(enzyme);
    const names = enzymes.map(({ name }) => name).join(' and ');
    const before = dna(job, sequence);
    const fragments = before.flatMap((each) => digest(each, enzymes));
    if (fragments.every((each, at) => each === before[at]))
      return { text: `${names} has no site here; nothing is cut and nothing stored.` };
    const { world, text } = stored(job, fragments, () => 'fragment');
    const sizes = fragments.map((each) => each.sequence.length).join(', ');
    return { world, text: `${counted(fragments.length, 'fragment')} by ${names}, in base pairs: ${sizes}\n${text}` };
  },
});

export const gibson = tool({
  description:
    'gibson(sequences): Gibson assembly of linear DNA. Ends that share 10 or more bases are joined, the longest overlap first, in any order and orientation, each piece once. Stores every product; circular where all ends meet.',
  args: z.strictObject({ sequences: keys('keys of the pieces, or of a bundle; one piece closes on itself') }),
  sample(rng) {
    const first = sampleKey(rng);
    return { sequences: [first, first.slice(-20) + sampleKey(rng)] };
  },
  run: (job, { sequences }) => products(job, assembled(dna(job, sequences))),
});

export const goldengate = tool({
  description:
    'goldengate(sequences, enzyme): Golden Gate assembly. Everything is cut by a type IIS enzyme and joined by overhangs that fit, to circles without a site of it. Stores every product, that of most pieces first.',
  args: z.strictObject({
    sequences: keys('keys of the parts and of the vector, or of a bundle'),
    enzyme: z.string().min(1).max(40).default('BsaI').describe('a type IIS enzyme: BsaI, BsmBI, BbsI, PaqCI, SapI'),
  }),
  sample: (rng) => ({ sequences: [sampleKey(rng), sampleKey(rng)], enzyme: rng.pick(['BsaI', 'BsmBI', 'BbsI']) }),
  run: (job, { sequences, enzyme: name }) => products(job, goldenGate(dna(job, sequences), enzyme(name))),
});

export const ligate = tool({
  description:
    'ligate(sequences): DNA ligase joins ends that fit: overhangs that pair, and blunt ends. Each piece is used once, in any order and orientation. Stores every product: circles where there are any, else linear ones.',
  args: z.strictObject({ sequences: keys('keys of the pieces, or of a bundle; one piece closes on itself') }),
  sample: (rng) => ({ sequences: [sampleKey(rng)] }),
  run: (job, { sequences }) => products(job, ligated(dna(job, sequences))),
});

function products(job: CloningJob, made: readonly Sequence[]) {
  const { world, text } = stored(
    job,
    made.map((each) => ({ ...each, name: '', description: '' })),
    () => 'assembly',
  );
  const note = made.length > 1 ? '; a tube would hold all of them' : '';
  return { world, text: `${counted(made.length, 'product')}${note}:\n${text}` };
}
