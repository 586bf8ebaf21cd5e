import { UserError } from '../../../src/core/errors.js';
import { digest, sitesOf } from './digest.js';
import { type Enzyme, isTypeIIS } from './enzymes.js';
import { bySticky } from './ligate.js';
import type { Sequence } from './sequence.js';
import { canonical, closed, joined, reversed } from './shape.js';

const MOST = 64;
/** How many joins are tried before the search is called off. */
const PATIENCE = 20_000;

/**
 * Everything Golden Gate assembly makes: all molecules are cut, and fragments whose overhangs fit are joined to circles,
 * each used at most once. Products that still hold a site would be cut again, so only circles without one are left.
 * Those of most pieces come first.
 * @throws UserError on an enzyme that cuts within its site, and when no circle closes
 * SEE: C. Engler, R. Kandzia, S. Marillonnet, "A one pot, one step, precision cloning method with high throughput
 * capability", PLoS ONE 3 (2008) e3647.
 */
export function goldenGate(molecules: readonly Sequence[], enzyme: Enzyme): Sequence[] {
  if (!isTypeIIS(enzyme)) {
    throw new UserError(
      `${enzyme.name} cuts within its site; Golden Gate takes a type IIS enzyme such as BsaI, BsmBI, BbsI, PaqCI or SapI`,
    );
  }
  const pieces = molecules.flatMap((each) => digest(each, [enzyme])).filter((piece) => isReady(piece, enzyme));
  if (pieces.length === 0)
    throw new UserError(`no piece has sticky ends at both sides and no ${enzyme.name} site left after the cut`);
  const found = new Map<string, { circle: Sequence; pieces: number }>();
  let tried = 0;
  const grow = (chain: Sequence, rest: readonly Sequence[], used: number): void => {
    if (++tried > PATIENCE) throw new UserError('the overhangs fit in too many ways; give each junction its own');
    if (bySticky(chain, chain) !== null) keep(closed(chain), used);
    for (const [at, piece] of rest.entries()) {
      for (const turned of [piece, reversed(piece)]) {
        if (bySticky(chain, turned) === null) continue;
        grow(
          joined(chain, turned),
          rest.filter((_, other) => other !== at),
          used + 1,
        );
      }
    }
  };
  const keep = (circle: Sequence, used: number): void => {
    const name = canonical(circle);
    if (sitesOf(circle, enzyme).length === 0 && !found.has(name)) found.set(name, { circle, pieces: used });
    if (found.size > MOST) throw new UserError(`more than ${MOST} products; give each junction its own overhang`);
  };
  for (const [at, piece] of pieces.entries()) grow(piece, pieces.slice(at + 1), 1);
  if (found.size === 0) throw new UserError(open(pieces));
  return [...found.values()].sort((a, b) => b.pieces - a.pieces).map(({ circle }) => circle);
}

function isReady(piece: Sequence, enzyme: Enzyme): boolean {
  return !piece.circular && piece.left !== null && piece.right !== null && sitesOf(piece, enzyme).length === 0;
}

function open(pieces: readonly Sequence[]): string {
  const ends = pieces.map(({ left, right, sequence }) => `${left?.bases}...${right?.bases} (${sequence.length} bases)`);
  return `no circle closes; the pieces after the cut have these overhangs, each read from 5' to 3': ${ends.join(', ')}`;
}
