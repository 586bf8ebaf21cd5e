import { occurrences, otherStrand } from '../bases.js';
import { cutter } from '../cutters.js';
import { between, codingDna, geneName, randomDna, some } from '../make.js';
import { assembled, ELEMENTS, housekeeping, type Piece, spacer } from '../plasmids.js';
import type { Make } from './kind.js';

type Rng = Parameters<Make>[0];

/** Cuts one base after its site and leaves four single-stranded bases. */
const BSAI = cutter('BsaI');

/** Four-base ends that join to their own partner only: none reads the same backwards, none is another's partner. */
function ends(rng: Rng, count: number): string[] {
  const taken: string[] = [];
  while (taken.length < count) {
    const drawn = randomDna(rng, 4);
    const partner = otherStrand(drawn);
    if (drawn !== partner && !taken.includes(drawn) && !taken.includes(partner)) taken.push(drawn);
  }
  return taken;
}

/** A part between two sites that cut themselves off. */
function flanked(rng: Rng, left: string, body: string, right: string): string {
  const [head, tail] = [randomDna(rng, 6), randomDna(rng, 6)];
  return `${head}${BSAI.site}A${left}${body}${right}A${otherStrand(BSAI.site)}${tail}`;
}

/** A body of its own without the enzyme's site. */
function body(rng: Rng, pieces: readonly Piece[]): string | undefined {
  return assembled(rng, pieces, false, [BSAI.site])?.sequence;
}

const goldenGate: Make = (rng, shelf) => {
  const [name, first, second] = [geneName(rng), `P${geneName(rng)}`, `P${geneName(rng)}`];
  const promoter = (): Piece[] => [
    spacer(rng, 20, 40),
    { dna: 'TTGACA', free: 'nothing' },
    { dna: randomDna(rng, 17), free: 'bases' },
    { dna: 'TATAAT', free: 'nothing' },
    spacer(rng, 15, 25),
  ];
  const start: Piece = { dna: ELEMENTS.ribosomeSite, free: 'nothing' };
  const coding: Piece = { dna: codingDna(rng, between(rng, 50, 100)), free: 'codons' };
  const parts = [
    ['vector', housekeeping(rng)],
    [first, promoter()],
    ...(rng.below(2) === 0 ? [] : [['leader', [spacer(rng, 40, 80)]] as const]),
    [name, [start, spacer(rng, 5, 8), coding]],
    ['terminator', [spacer(rng, 10, 20), { dna: ELEMENTS.t7Terminator, free: 'nothing' }, spacer(rng, 10, 20)]],
  ] as const;
  const bodies = [...parts.map(([, pieces]) => body(rng, pieces)), body(rng, promoter())];
  if (first === second || bodies.includes(undefined)) return undefined;
  const joints = ends(rng, parts.length);
  const left = (index: number) => joints[index % joints.length] as string;
  const keys = parts.map(([label], index) =>
    shelf.add(flanked(rng, left(index), bodies[index] as string, left(index + 1)), { name: label }),
  );
  const decoy = shelf.add(flanked(rng, left(1), bodies[parts.length] as string, left(2)), { name: second });
  const circle = parts.map((_, index) => left(index) + (bodies[index] as string)).join('');
  if (occurrences(circle, BSAI.site, true) > 0 || isRecut(shelf.materials)) return undefined;
  const listed = parts.map(([label], index) => `${label} ${keys[index]}`).join(', ');
  const question = `Assemble one plasmid by Golden Gate with BsaI from these parts, each once and in this order: ${listed}. The promoter ${second} ${decoy} fits in the place of ${first}, but must stay out.`;
  const goal = { circular: true, parts: [{ name: 'construct', dna: circle, protein: null }], frames: [], absent: [] };
  const size = { minLength: circle.length, maxLength: circle.length, minGc: 0, maxGc: 100 };
  return { question, submit: 'plasmid', gold: { goal: { ...goal, ...size } } };
};

/** Whether a part has more than its own two sites, by chance at a joint. */
function isRecut(parts: readonly { readonly sequence: string }[]): boolean {
  return parts.some(({ sequence }) => occurrences(sequence, BSAI.site) !== 2);
}

const NEVER_IN = ['EcoRI', 'BamHI', 'HindIII', 'XhoI', 'NdeI', 'NcoI', 'PstI', 'SalI', 'BsaI', 'BbsI'].map(cutter);

/** A protein to write a gene for: any codons, but not these sites, and neither too many nor too few G and C. */
const coding: Make = (rng, shelf) => {
  const protein = `M${Array.from({ length: between(rng, 40, 90) }, () => rng.pick([...'ACDEFGHIKLMNPQRSTVWY'])).join('')}`;
  const sites = some(rng, NEVER_IN, 3);
  const question = `Make a linear DNA that encodes the protein ${shelf.add(protein, { type: 'protein', name: geneName(rng) })} from ATG to one stop codon and has nothing beside, no site of ${sites.map(({ name }) => name).join(', ')} on either strand, and between 40 and 60 percent G and C.`;
  const length = 3 * (protein.length + 1);
  const absent = sites.map(({ name, site }) => ({ name: `${name} site`, dna: site }));
  const parts = [{ name: 'coding sequence', dna: null, protein }];
  const goal = {
    circular: false,
    parts,
    frames: [],
    absent,
    minLength: length,
    maxLength: length,
    minGc: 40,
    maxGc: 60,
  };
  return { question, submit: 'goal', gold: { goal } };
};

export const assemblies = {
  'build-goldengate': goldenGate,
  'design-coding': coding,
};
