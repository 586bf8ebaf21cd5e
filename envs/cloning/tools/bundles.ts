import { z } from 'zod';
import { UserError } from '../../../src/core/errors.js';
import type { Sequence } from '../dna/sequence.js';
import { slice } from '../dna/shape.js';
import { allAt, entryAt, nameOf, stored } from '../store.js';
import { counted, lineOf } from '../words.js';
import { isBundle } from '../world.js';
import { key, keys, position, sampleKey, tool } from './args.js';

export const sliceSequence = tool({
  description:
    'slice_sequence(seqs, name, start, end): part of a molecule as a blunt linear one, as if you ordered its synthesis. Positions count from 1, both ends included; on a circle an end before the start goes across the origin.',
  args: z.strictObject({
    seqs: key('key of a molecule or bundle'),
    name: z.string().max(100).default('').describe('which molecule of a bundle, by its name; not needed for one alone'),
    start: position('first base, from 1').default(1),
    end: position('last base, included; the last one of all where absent').optional(),
  }),
  sample: (rng) => ({ seqs: sampleKey(rng), name: '', start: 1 + rng.below(10), end: 11 + rng.below(25) }),
  run(job, { seqs, name, start, end }) {
    const molecule = memberOf(allAt(job, seqs), name, seqs);
    const { length } = molecule.sequence;
    const last = end ?? length;
    if (start > length || last > length)
      throw new UserError(`${seqs} has ${length} letters; ${start}-${last} reaches beyond`);
    if (last < start && !molecule.circular)
      throw new UserError(`the end ${last} lies before the start ${start}, and the molecule is linear`);
    const piece = slice(molecule, start - 1, last < start ? last + length : last);
    const told = molecule.name === '' ? '' : `${molecule.name} ${start}-${last}`;
    const { world, text } = stored(job, [{ ...piece, name: told }], () => 'slice');
    return { world, text };
  },
});

function memberOf(members: readonly Sequence[], name: string, from: string): Sequence {
  const wanted = name.trim().toLowerCase();
  const found = members.filter((member) => member.name.toLowerCase() === wanted);
  if (found.length === 1) return found[0] as Sequence;
  if (members.length === 1 && (wanted === '' || wanted === from.toLowerCase())) return members[0] as Sequence;
  const names = members.map((member) => `"${member.name}"`).join(', ');
  const trouble =
    found.length > 1 ? `${found.length} molecules are called "${name}"` : `no molecule is called "${name}"`;
  throw new UserError(`${trouble} in ${from}; it holds ${names}`);
}

export const separate = tool({
  description:
    'separate(seqs): runs a bundle of DNA on a gel, stores each molecule under a key of its own, longest first, and tells the bands.',
  args: z.strictObject({ seqs: keys('key of a bundle, or several keys') }),
  sample: (rng) => ({ seqs: sampleKey(rng) }),
  run(job, { seqs }) {
    const bySize = allAt(job, seqs).sort((a, b) => b.sequence.length - a.sequence.length);
    const { world, text } = stored(job, bySize, () => 'band');
    const sizes = bySize.map(({ sequence }) => sequence.length);
    const bands = [...new Set(sizes)].map((size) => {
      const count = sizes.filter((each) => each === size).length;
      return count === 1 ? String(size) : `${size} (${count} molecules that no gel tells apart)`;
    });
    return { world, text: `${counted(bands.length, 'band')}, in base pairs: ${bands.join(', ')}\n${text}` };
  },
});

export const merge = tool({
  description: 'merge(seqs): puts molecules of one kind into a bundle under one key.',
  args: z.strictObject({ seqs: keys('keys of what is to be put together') }),
  sample: (rng) => ({ seqs: [sampleKey(rng), sampleKey(rng)] }),
  run(job, { seqs }) {
    const bundle = alike(allAt(job, seqs));
    const { world, text } = stored(job, [{ bundle }], () => 'bundle');
    return { world, text };
  },
});

/** The members of a bundle, each under a name that no other one has. @throws UserError when they are not of one kind */
function alike(members: readonly Sequence[]): Sequence[] {
  const kinds = new Set(members.map(({ type }) => type));
  if (kinds.size > 1)
    throw new UserError(`a bundle holds molecules of one kind; these are ${[...kinds].map(nameOf).join(' and ')}`);
  const taken = new Set<string>();
  return members.map((member) => {
    let name = member.name;
    for (let copy = 2; taken.has(name); copy++) name = `${member.name} #${copy}`;
    taken.add(name);
    return { ...member, name };
  });
}

export const add = tool({
  description: 'add(sequences, new_sequence): appends a molecule to a bundle, which keeps its key.',
  args: z.strictObject({
    sequences: key('key of the bundle; a single molecule becomes a bundle'),
    new_sequence: key('key of what is appended'),
  }),
  sample: (rng) => ({ sequences: `bundle-${1 + rng.below(4)}`, new_sequence: sampleKey(rng) }),
  run(job, { sequences, new_sequence }) {
    const entry = entryAt(job, sequences);
    if (!isBundle(entry) && job.world.made[sequences] === undefined && isSpelt(job.task.materials, sequences)) {
      throw new UserError('give the key of a bundle, not bases; merge makes one');
    }
    const bundle = alike([...allAt(job, sequences), ...allAt(job, new_sequence)]);
    const made = { ...job.world.made, [sequences]: { bundle } };
    return { world: { made }, text: lineOf(sequences, { bundle }) };
  },
});

function isSpelt(materials: readonly { readonly key: string }[], text: string): boolean {
  return materials.every(({ key }) => key !== text);
}
