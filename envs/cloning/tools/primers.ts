import { z } from 'zod';
import { UserError } from '../../../src/core/errors.js';
import { enzymeNamed } from '../dna/enzymes.js';
import { plainest, reverseComplement } from '../dna/iupac.js';
import { type Amplicon, ANNEALING, amplify, type Binding, bindings, SHORTEST_PRIMER } from '../dna/pcr.js';
import { type Primer, primersFor } from '../dna/primers.js';
import { molecule, type Sequence } from '../dna/sequence.js';
import { joined, slice } from '../dna/shape.js';
import { dnaAt, named, oneAt, stored } from '../store.js';
import { counted, placeOf } from '../words.js';
import type { CloningJob } from '../world.js';
import { key, sampleBases, sampleKey, tool } from './args.js';

const overhang = (side: string) =>
  z
    .string()
    .max(500)
    .optional()
    .describe(`bases put before the ${side} primer, 5' to 3' as the primer reads, or the key of such bases`);
const overhangName = (side: string) =>
  z
    .string()
    .max(100)
    .optional()
    .describe(
      `instead: an enzyme, for its recognition site, or the name of a sequence in the store, put before the ${side} primer`,
    );

export const designPrimers = tool({
  description:
    'design_primers(sequence, forward_overhang, forward_overhang_name, reverse_overhang, reverse_overhang_name, target_tm): primers that amplify a whole molecule from its first to its last base, with tails if you want them. Stores the forward primer, the reverse primer and the amplicon.',
  args: z.strictObject({
    sequence: key('key of the DNA to amplify from end to end; slice_sequence gives a part'),
    forward_overhang: overhang('forward'),
    forward_overhang_name: overhangName('forward'),
    reverse_overhang: overhang('reverse'),
    reverse_overhang_name: overhangName('reverse'),
    target_tm: z
      .number()
      .min(40)
      .max(80)
      .default(60)
      .describe('melting temperature of the part that anneals, in degrees Celsius'),
  }),
  sample: (rng) => ({ sequence: sampleKey(rng), forward_overhang_name: rng.pick(['EcoRI', 'BsaI', 'BamHI']) }),
  run(job, args) {
    const target = dnaAt(job, args.sequence);
    const tails = {
      forward: tail(job, args.forward_overhang, args.forward_overhang_name, 'forward'),
      reverse: tail(job, args.reverse_overhang, args.reverse_overhang_name, 'reverse'),
    };
    const { forward, reverse } = primersFor(target.sequence, args.target_tm, tails);
    const whole = slice(target, 0, target.sequence.length);
    const product = joined(joined(molecule(forward.tail), whole), molecule(reverseComplement(reverse.tail)));
    const made = [
      oligo(forward, target.name, 'forward'),
      oligo(reverse, target.name, 'reverse'),
      { ...product, name: target.name },
    ];
    const { world, text } = stored(job, made, (at) => (at < 2 ? 'primer' : 'amplicon'));
    return { world, text: `${annealing(forward, 'forward')}; ${annealing(reverse, 'reverse')}\n${text}` };
  },
});

function tail(job: CloningJob, bases: string | undefined, name: string | undefined, side: string): string {
  if (bases !== undefined && name !== undefined) {
    throw new UserError(`give either ${side}_overhang or ${side}_overhang_name, not both`);
  }
  if (name !== undefined) {
    const enzyme = enzymeNamed(name);
    return enzyme === undefined ? named(job, name).sequence : plainest(enzyme.site);
  }
  if (bases === undefined || bases === '') return '';
  return /^[ACGT]+$/i.test(bases) ? bases.toUpperCase() : dnaAt(job, bases).sequence;
}

function oligo({ tail, annealing }: Primer, of: string, side: string): Sequence {
  return molecule(tail + annealing, { name: `${of === '' ? 'primer' : of} ${side}` });
}

function annealing({ annealing, tm }: Primer, side: string): string {
  return `the ${side} primer anneals with ${annealing.length} bases, ${tm.toFixed(1)} degrees`;
}

export const findSequenceOverlap = tool({
  description:
    "find_sequence_overlap(sequence, primer, reverse): where a primer pairs with a molecule: with all its bases, or else with its 3' end. Positions count from 1 on the strand as written, both ends included.",
  args: z.strictObject({
    sequence: key('key of the DNA'),
    primer: key('key of the primer, or its bases'),
    reverse: z.boolean().default(false).describe('true for a reverse primer, which reads as the bottom strand'),
  }),
  sample: (rng) => ({
    sequence: sampleKey(rng),
    primer: sampleBases(rng, 12).slice(0, 20),
    reverse: rng.below(2) === 0,
  }),
  run(job, { sequence, primer, reverse }) {
    const template = dnaAt(job, sequence);
    const { sequence: bases } = dnaAt(job, primer);
    if (!/^[ACGT]+$/.test(bases) || bases.length < SHORTEST_PRIMER) {
      throw new UserError(`a primer has ${SHORTEST_PRIMER} or more of A, C, G and T`);
    }
    const found = bindings(template, bases).filter(({ strand }) => strand === (reverse ? -1 : 1));
    const most = Math.max(0, ...found.map(({ length }) => length));
    if (most === 0) return { text: `null: the last ${SHORTEST_PRIMER} bases of the primer are not on that strand` };
    const best = found.filter(({ length }) => length === most);
    const where = best.map((each) => placeAt(each, template)).join(' and ');
    const share =
      most === bases.length ? `all ${most} bases of the primer` : `the last ${most} of its ${bases.length} bases`;
    return { text: `${where}: ${share}, melting at ${(best[0] as Binding).tm.toFixed(1)} degrees` };
  },
});

function placeAt({ at, length }: Binding, { sequence }: Sequence): string {
  return placeOf(at, at + length, sequence.length);
}

export const simulatePcr = tool({
  description: `simulate_pcr(sequence, forward_primer, forward_primer_name, reverse_primer, reverse_primer_name): amplifies what lies between two primers; both read 5' to 3'. A primer anneals with the bases of its 3' end that pair, at ${ANNEALING} degrees or more; the rest is a tail and becomes part of the product. Stores every product. Across the origin of a circle, too.`,
  args: z.strictObject({
    sequence: key('key of the template'),
    forward_primer: z.string().max(500).optional().describe('key of the forward primer, or its bases'),
    forward_primer_name: z.string().max(100).optional().describe('instead: the name of a sequence in the store'),
    reverse_primer: z.string().max(500).optional().describe('key of the reverse primer, or its bases'),
    reverse_primer_name: z.string().max(100).optional().describe('instead: the name of a sequence in the store'),
  }),
  sample(rng) {
    const template = sampleBases(rng, 48);
    return {
      sequence: template,
      forward_primer: template.slice(0, 22),
      reverse_primer: reverseComplement(template.slice(-22)),
    };
  },
  run(job, args) {
    const template = oneAt(job, args.sequence);
    const forward = primer(job, args.forward_primer, args.forward_primer_name, 'forward');
    const reverse = primer(job, args.reverse_primer, args.reverse_primer_name, 'reverse');
    const made = amplify(template, forward, reverse);
    const products = made.map(({ product }) => ({
      ...product,
      name: template.name === '' ? '' : `PCR of ${template.name}`,
    }));
    const { world, text } = stored(job, products, () => 'amplicon');
    const pairing = made.map((each) => paired(each, template)).join('\n');
    return { world, text: `${counted(made.length, 'product')}:\n${text}\n${pairing}` };
  },
});

function primer(job: CloningJob, given: string | undefined, name: string | undefined, side: string): string {
  if ((given === undefined) === (name === undefined)) {
    throw new UserError(`give exactly one of ${side}_primer and ${side}_primer_name`);
  }
  const found = name !== undefined ? named(job, name) : bare(job, given as string);
  if (found.type !== 'dna') throw new UserError(`the ${side} primer is no DNA`);
  return found.sequence;
}

/** NOTE: a primer may be shorter than what is otherwise taken for bases written out. */
function bare(job: CloningJob, given: string): Sequence {
  return /^[ACGT]{1,6}$/i.test(given) ? molecule(given) : oneAt(job, given);
}

function paired({ forward, reverse, product }: Amplicon, template: Sequence): string {
  const said = (binding: Binding) =>
    `${placeAt(binding, template)} (${binding.length} bases, ${binding.tm.toFixed(1)} degrees)`;
  return `${product.sequence.length} bp: the forward primer anneals to ${said(forward)}, the reverse primer to ${said(reverse)}`;
}
