import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { circles } from './assemble.js';
import { cutsOf, digest } from './digest.js';
import { ENZYMES, enzyme } from './enzymes.js';
import { gibson } from './gibson.js';
import { goldenGate } from './goldengate.js';
import { BASES, regexOf, reverseComplement } from './iupac.js';
import { byEnds, ligate } from './ligate.js';
import { amplify } from './pcr.js';
import { primersFor } from './primers.js';
import { type Feature, letters, molecule, type Sequence } from './sequence.js';
import { canonical, closed, leastRotation, reversed, rotated, slice } from './shape.js';

/** NOTE: a fixed seed, so that a failure is the same everywhere. */
const options = { seed: 6, numRuns: 150 };

const dna = (least: number, most: number) =>
  fc.string({ unit: fc.constantFrom(...'ACGT'), minLength: least, maxLength: most });
const ambiguous = fc.string({ unit: fc.constantFrom(...Object.keys(BASES)), maxLength: 60 });

/** A molecule with features anywhere on it, and with some bases in its middle. */
function featured(circular: boolean, middle = ''): fc.Arbitrary<Sequence> {
  const place = fc.tuple(fc.nat(), fc.nat(), fc.constantFrom<1 | -1>(1, -1));
  return fc.tuple(dna(30, 200), fc.array(place, { maxLength: 4 })).map(([text, places]) => {
    const sequence = text.slice(0, 15) + middle + text.slice(15);
    const { length } = sequence;
    const features = places.map(([from, size, strand], at): Feature => {
      const start = from % length;
      const most = circular ? length : length - start;
      return { start, end: start + 1 + (size % most), strand, type: 'misc_feature', name: `f${at}` };
    });
    return rotatedOrNot(molecule(sequence, { circular, features }));
  });
}

/** Features in the order that every operation leaves them in. */
function rotatedOrNot(sequence: Sequence): Sequence {
  return sequence.circular ? rotated(sequence, 0) : reversed(reversed(sequence));
}

/** What each feature reads on its own strand. */
function readings(sequence: Sequence): string[] {
  return sequence.features
    .map(({ start, end, strand, name, part }) => {
      const read = letters(sequence, start, end - start);
      return `${name} ${part === undefined ? 'whole' : `${part.from}/${part.of}`} ${strand === 1 ? read : reverseComplement(read)}`;
    })
    .sort();
}

const cutters = [
  'MboI',
  'AluI',
  'TaqI',
  'HhaI',
  'NlaIII',
  'RsaI',
  'HinfI',
  'DdeI',
  'FokI',
  'BsmAI',
  'AciI',
  'HpaII',
].map(enzyme);
const someEnzymes = fc.uniqueArray(fc.constantFrom(...cutters), { minLength: 1, maxLength: 2 });

describe('both strands', () => {
  it('the reverse complement is its own inverse and keeps length, for all IUPAC letters', () => {
    fc.assert(
      fc.property(ambiguous, (text) => {
        expect(reverseComplement(reverseComplement(text))).toBe(text);
        expect(reverseComplement(text).length).toBe(text.length);
      }),
      options,
    );
  });

  it('a pattern is met where its reverse complement is met on the other strand', () => {
    fc.assert(
      fc.property(dna(20, 80), fc.constantFrom(...ENZYMES.values()), (text, { site }) => {
        const count = (where: string, what: string) =>
          [...where.matchAll(new RegExp(`(?=${regexOf(what)})`, 'g'))].length;
        expect(count(text, site)).toBe(count(reverseComplement(text), reverseComplement(site)));
      }),
      options,
    );
  });

  it('a molecule turned round twice is as it was, overhangs and features too', () => {
    const cut = fc
      .tuple(featured(true), someEnzymes)
      .chain(([circle, enzymes]) => fc.constantFrom(...digest(circle, enzymes)));
    fc.assert(
      fc.property(cut, (fragment) => {
        const twice = reversed(reversed(fragment));
        expect([twice.sequence, twice.left, twice.right]).toEqual([fragment.sequence, fragment.left, fragment.right]);
      }),
      options,
    );
  });

  it('features read the same on a molecule turned round or rotated', () => {
    fc.assert(
      fc.property(featured(true), fc.nat(300), (circle, from) => {
        expect(readings(reversed(circle))).toEqual(readings(circle));
        expect(readings(rotated(circle, from))).toEqual(readings(circle));
        expect(rotated(rotated(circle, from), -from)).toEqual(circle);
      }),
      options,
    );
  });

  it('circles have one canonical text, whatever base and strand they are written from', () => {
    fc.assert(
      fc.property(dna(1, 60), fc.nat(100), (text, from) => {
        const circle = molecule(text, { circular: true });
        expect(canonical(rotated(circle, from))).toBe(canonical(circle));
        expect(canonical(reversed(circle))).toBe(canonical(circle));
        const rotations = [...text].map((_, at) => text.slice(at) + text.slice(0, at)).sort();
        expect(leastRotation(text)).toBe(rotations[0]);
      }),
      options,
    );
  });
});

describe('digests', () => {
  it('of a circle do not depend on where it is written from', () => {
    fc.assert(
      fc.property(featured(true), someEnzymes, fc.nat(300), (circle, enzymes, from) => {
        const texts = (of: Sequence) =>
          digest(of, enzymes)
            .map((each) => canonical(each) + readings(each))
            .sort();
        expect(texts(rotated(circle, from))).toEqual(texts(circle));
      }),
      options,
    );
  });

  it('of the other strand give the same fragments', () => {
    fc.assert(
      fc.property(featured(true), someEnzymes, (circle, enzymes) => {
        fc.pre(isClear(circle, enzymes));
        const texts = (of: Sequence) => digest(of, enzymes).map(canonical).sort();
        expect(texts(reversed(circle))).toEqual(texts(circle));
      }),
      options,
    );
  });

  it('give fragments that add up', () => {
    fc.assert(
      fc.property(
        fc.boolean().chain((circular) => featured(circular)),
        someEnzymes,
        (whole, enzymes) => {
          const fragments = digest(whole, enzymes);
          const total = fragments.reduce((sum, { sequence }) => sum + sequence.length, 0);
          expect(total).toBe(whole.sequence.length);
          const text = fragments.map(({ sequence }) => sequence).join('');
          expect(whole.circular ? leastRotation(text) : text).toBe(
            whole.circular ? leastRotation(whole.sequence) : whole.sequence,
          );
          expect(fragments.length).toBe(Math.max(1, cutsOf(whole, enzymes).length + (whole.circular ? 0 : 1)));
        },
      ),
      options,
    );
  });

  it('are undone by ligation, features and all', () => {
    fc.assert(
      fc.property(featured(true), someEnzymes, (circle, enzymes) => {
        fc.pre(isClear(circle, enzymes) && cutsOf(circle, enzymes).length <= 4);
        const pieces = digest(circle, enzymes);
        fc.pre(pieces.every((piece) => !piece.circular));
        const whole = circles(pieces, byEnds).find((each) => canonical(each) === canonical(circle));
        expect(whole).toBeDefined();
      }),
      options,
    );
    fc.assert(
      fc.property(featured(true, 'GAATTC'), fc.nat(300), (circle, from) => {
        const [piece, ...more] = digest(rotated(circle, from), [enzyme('EcoRI')]);
        fc.pre(more.length === 0);
        const [whole] = ligate([piece as Sequence]);
        expect(readings(whole as Sequence)).toEqual(readings(circle));
        expect((whole as Sequence).features.every(({ start }) => start < circle.sequence.length)).toBe(true);
      }),
      options,
    );
  });
});

/** Whether no two cuts lie so close that strands fall apart between them. */
function isClear(circle: Sequence, enzymes: readonly ReturnType<typeof enzyme>[]): boolean {
  const cuts = cutsOf(circle, enzymes);
  const { length } = circle.sequence;
  return cuts.every(({ top }, at) => {
    const next = cuts[(at + 1) % cuts.length]?.top ?? top;
    return cuts.length === 1 ? length > 40 : (next - top + length) % length > 40;
  });
}

describe('PCR', () => {
  it('gives a product that begins with one primer and ends with the other, and holds what is between', () => {
    fc.assert(
      fc.property(
        dna(120, 300),
        dna(0, 12),
        dna(0, 12),
        fc.boolean(),
        fc.nat(299),
        (text, one, two, circular, turn) => {
          const target = text.slice(10, -10);
          const { forward, reverse } = primersFor(target, 60, { forward: one, reverse: two });
          const [first, second] = [forward.tail + forward.annealing, reverse.tail + reverse.annealing];
          const template = circular ? rotated(molecule(text, { circular }), turn) : molecule(text);
          const products = amplify(template, first, second).map(({ product }) => product.sequence);
          expect(products.every((each) => each.startsWith(first) && each.endsWith(reverseComplement(second)))).toBe(
            true,
          );
          const other = amplify(reversed(template), first, second).map(({ product }) => product.sequence);
          expect(other).toEqual(products);
          expect(products).toContain(one + target + reverseComplement(two));
        },
      ),
      { ...options, numRuns: 80 },
    );
  });
});

describe('assemblies', () => {
  const overlap = 20;

  it('Gibson gives back a circle that was taken apart with overlaps', () => {
    fc.assert(
      fc.property(dna(200, 400), fc.integer({ min: 1, max: 4 }), fc.nat(399), (text, count, turn) => {
        const circle = molecule(text, { circular: true });
        const size = Math.floor(text.length / count);
        const pieces = Array.from({ length: count }, (_, at) => {
          const end = at === count - 1 ? text.length : (at + 1) * size;
          const piece = slice(circle, turn + at * size, turn + end + overlap);
          return at % 2 === 0 ? piece : reversed(piece);
        });
        expect(gibson(pieces).map(canonical)).toContain(canonical(circle));
      }),
      { ...options, numRuns: 60 },
    );
  });

  it('Golden Gate joins parts in the order of their overhangs, whatever order they are given in', () => {
    const ends = ['AATG', 'GCTT', 'TACA', 'CCAT'];
    const clean = dna(30, 60).filter((text) => !/GGTCTC|GAGACC/.test(`${text}${text}`));
    fc.assert(
      fc.property(fc.array(clean, { minLength: 2, maxLength: 4 }), fc.boolean(), (inserts, turned) => {
        const parts = inserts.map((text, at) => {
          const next = ends[(at + 1) % inserts.length] as string;
          const part = molecule(`TTGGTCTCA${ends[at]}${text}${next}TGAGACCTT`);
          return turned && at % 2 === 1 ? reversed(part) : part;
        });
        const wanted = closed(molecule(inserts.map((text, at) => ends[at] + text).join('')));
        fc.pre(!/GGTCTC|GAGACC/.test(wanted.sequence + wanted.sequence));
        const made = goldenGate([...parts].reverse(), enzyme('BsaI'));
        expect(made.map(canonical)).toEqual([canonical(wanted)]);
      }),
      { ...options, numRuns: 60 },
    );
  });
});
