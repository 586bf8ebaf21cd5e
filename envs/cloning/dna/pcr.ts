import { UserError } from '../../../src/core/errors.js';
import { reverseComplement } from './iupac.js';
import { meltingTemperature } from './melting.js';
import { letters, molecule, type Sequence, type Strand } from './sequence.js';
import { canonical, doubled, joined, reversed, slice } from './shape.js';

/** A primer binds where its 3' end pairs well enough: at this many degrees Celsius or more. */
export const ANNEALING = 45;
export const SHORTEST_PRIMER = 7;

/** Where a primer binds: on the strand that reads as it does, from `at` (top strand, from 0) with its last `length` bases. */
export interface Binding {
  readonly at: number;
  readonly length: number;
  readonly strand: Strand;
  readonly tm: number;
}

/** A product of PCR. */
export interface Amplicon {
  readonly product: Sequence;
  readonly forward: Binding;
  readonly reverse: Binding;
}

/** Products that a reaction may have before it is called useless. */
const MOST = 16;

/**
 * Where the 3' end of a primer pairs without a gap: the longest stretch up to its 3' end that is on the molecule. What is
 * before it is a tail that hangs over. Sorted by temperature, best first; weak ones included.
 */
export function bindings(template: Sequence, primer: string): Binding[] {
  const { length } = template.sequence;
  const turned = reversed(template);
  const top = anneal(template, primer).map((found) => ({ ...found, strand: 1 as const }));
  const bottom = anneal(turned, primer).map(({ at, ...found }) => {
    const start = length - at - found.length;
    return { ...found, at: template.circular ? (start + length) % length : start, strand: -1 as const };
  });
  return [...top, ...bottom].sort((a, b) => b.tm - a.tm || a.at - b.at);
}

function anneal(template: Sequence, primer: string): Omit<Binding, 'strand'>[] {
  const { length } = template.sequence;
  const seed = primer.slice(-SHORTEST_PRIMER);
  const before = template.circular ? primer.length : 0;
  const text = letters(template, -before, length + before + (template.circular ? seed.length - 1 : 0));
  return [...text.matchAll(new RegExp(`(?=${seed})`, 'g'))]
    .filter(({ index }) => index + seed.length > before)
    .filter(({ index }) => !template.circular || index + seed.length <= length + before)
    .map(({ index }) => {
      const end = index + seed.length;
      const paired = Math.min(common(text.slice(0, end), primer), length);
      const at = end - paired - before;
      const tm = meltingTemperature(primer.slice(-paired));
      return { at: template.circular ? (at + length) % length : at, length: paired, tm };
    });
}

/** How many letters two texts end in alike. */
function common(a: string, b: string): number {
  let length = 0;
  while (length < Math.min(a.length, b.length) && a[a.length - 1 - length] === b[b.length - 1 - length]) length++;
  return length;
}

/**
 * Every product of two primers, shortest first, each written with the forward primer on the top strand. Primers may
 * bind either strand; on a circle the product may cross the origin.
 * @throws UserError on a primer that is too short or binds nowhere, and when nothing or far too much is amplified
 */
export function amplify(template: Sequence, forward: string, reverse: string): Amplicon[] {
  const blunt = doubleStranded(template);
  const sites = { forward: bound(blunt, forward, 'forward'), reverse: bound(blunt, reverse, 'reverse') };
  const found = new Map<string, Amplicon>();
  for (const first of sites.forward) {
    for (const second of sites.reverse) {
      const product = between(blunt, { forward, reverse }, first, second);
      if (product === null) continue;
      const name = canonical(product);
      if (!found.has(name)) found.set(name, { product, forward: first, reverse: second });
      if (found.size > MOST) throw new UserError(`more than ${MOST} products: a primer binds in too many places`);
    }
  }
  if (found.size === 0) throw new UserError(nothing(sites.forward, sites.reverse));
  return [...found.values()].sort((a, b) => a.product.sequence.length - b.product.sequence.length);
}

/** NOTE: single-stranded ends are no template for both primers, so they are left out. */
function doubleStranded(template: Sequence): Sequence {
  if (template.type !== 'dna') throw new UserError(`PCR copies DNA; this is ${template.type}`);
  if (template.circular || (template.left === null && template.right === null)) return template;
  const { start, end } = doubled(template);
  return slice(template, start, end);
}

function bound(template: Sequence, primer: string, which: string): Binding[] {
  if (!/^[ACGT]*$/.test(primer)) throw new UserError(`the ${which} primer holds letters other than A, C, G and T`);
  if (primer.length < SHORTEST_PRIMER) {
    throw new UserError(`the ${which} primer has ${primer.length} bases; at least ${SHORTEST_PRIMER} are needed`);
  }
  const all = bindings(template, primer);
  const strong = all.filter(({ tm }) => tm >= ANNEALING);
  if (strong.length > 0) return strong;
  const best = all[0];
  const end = `the last ${SHORTEST_PRIMER} bases of the ${which} primer (${primer.slice(-SHORTEST_PRIMER)})`;
  if (best === undefined) throw new UserError(`${end} are on neither strand of the template`);
  throw new UserError(
    `the ${which} primer pairs with its last ${best.length} bases only, which melt at ${best.tm.toFixed(1)} degrees; ${ANNEALING} are needed`,
  );
}

function nothing(forward: readonly Binding[], reverse: readonly Binding[]): string {
  const places = (list: readonly Binding[]) =>
    list.map(({ at, length, strand }) => `${at + 1}-${at + length} (strand ${strand})`).join(', ');
  return `no product: the primers do not point at each other. The forward primer binds ${places(forward)}, the reverse primer ${places(reverse)}`;
}

/** What is amplified between two bindings; null where they do not face each other. */
function between(
  template: Sequence,
  primers: { readonly forward: string; readonly reverse: string },
  first: Binding,
  second: Binding,
): Sequence | null {
  if (first.strand === second.strand) return null;
  const { length } = template.sequence;
  const turn = ({ at, length: paired }: Binding) => (((length - at - paired) % length) + length) % length;
  const [oriented, start, facing] =
    first.strand === 1 ? [template, first.at, second.at] : [reversed(template), turn(first), turn(second)];
  const behind = start + first.length > facing && template.circular;
  const end = facing + (behind ? length : 0) + second.length;
  if (start > facing + (behind ? length : 0) || start + first.length > end) return null;
  const core = slice(oriented, start, end);
  const tail = molecule(primers.forward.slice(0, -first.length));
  const other = molecule(reverseComplement(primers.reverse.slice(0, -second.length)));
  return { ...joined(joined(tail, core), other), name: '', description: '' };
}
