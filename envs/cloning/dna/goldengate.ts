import { UserError } from '../../../src/core/errors.js';
import { anyCircles } from './assemble.js';
import { digest, sitesOf } from './digest.js';
import { type Enzyme, isTypeIIS } from './enzymes.js';
import { bySticky } from './ligate.js';
import type { Sequence } from './sequence.js';

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
  const made = anyCircles(pieces, bySticky).filter((circle) => sitesOf(circle, enzyme).length === 0);
  if (made.length === 0) throw new UserError(open(pieces));
  return made;
}

function isReady(piece: Sequence, enzyme: Enzyme): boolean {
  return !piece.circular && piece.left !== null && piece.right !== null && sitesOf(piece, enzyme).length === 0;
}

function open(pieces: readonly Sequence[]): string {
  const ends = pieces.map(({ left, right, sequence }) => `${left?.bases}...${right?.bases} (${sequence.length} bases)`);
  return `no circle closes; the pieces after the cut have these overhangs, each read from 5' to 3': ${ends.join(', ')}`;
}
