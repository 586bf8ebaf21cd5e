import type { Rng } from '../../src/core/rng.js';
import { type Amino, CHARGE } from './amino.js';
import { CORE_FROM, type Design, withResidue } from './design.js';
import type { Site } from './sites.js';
import { ddG } from './stability.js';
import type { Flaw } from './types.js';

/** A kind of weakness: where it can stand, and what stands there then. */
interface Kind {
  readonly name: string;
  readonly fits: (site: Site, wild: Amino) => boolean;
  readonly residues: string;
}

const isCore = ({ burial }: Site) => burial >= CORE_FROM;
const isSurface = ({ burial, place }: Site) => burial < 0.1 && place === 'helix';

/** Weaknesses that proteins have in fact, each of which a tool shows. */
const KINDS: readonly Kind[] = [
  { name: 'buried polar', fits: (site, wild) => isCore(site) && 'LIVMF'.includes(wild), residues: 'SNTQKH' },
  { name: 'cavity', fits: (site, wild) => isCore(site) && 'LIMF'.includes(wild), residues: 'AAG' },
  { name: 'exposed hydrophobic', fits: isSurface, residues: 'LIFVWMY' },
  { name: 'helix breaker', fits: isSurface, residues: 'GGPN' },
  { name: 'like charges', fits: (site, wild) => isSurface(site) && CHARGE[wild] !== 0, residues: 'EKRD' },
  { name: 'missing cap', fits: ({ place }) => place === 'N-cap', residues: 'LKVIF' },
  { name: 'weak end', fits: ({ place, burial }) => /^[NC][123]$/.test(place) && burial < 0.1, residues: 'GVTNK' },
];

/** A weakness must cost this much, kcal/mol, or it is none. */
const LEAST_COST = 0.9;
const TRIES = 40;

/** How many residues are spoilt, at least and at most. */
const COUNT = [7, 10] as const;

export interface Spoilt {
  readonly sequence: string;
  readonly planted: readonly Flaw[];
}

/** Puts weaknesses into a sound sequence, at least one of most kinds. */
export function spoilt(design: Design, rng: Rng): Spoilt {
  const count = COUNT[0] + rng.below(COUNT[1] - COUNT[0] + 1);
  const kinds = rng.shuffled(KINDS);
  let now: Spoilt = { sequence: design.sequence, planted: [] };
  for (let tries = 0; now.planted.length < count && tries < TRIES; tries++) {
    now = oneMore(design, now, kinds[tries % kinds.length] as Kind, rng);
  }
  return { ...now, planted: [...now.planted].sort((x, y) => x.position - y.position) };
}

function oneMore({ sites }: Design, now: Spoilt, kind: Kind, rng: Rng): Spoilt {
  const { sequence, planted } = now;
  const taken = new Set(planted.map(({ position }) => position));
  const places = [...sites.keys()].filter(
    (at) => !taken.has(at) && kind.fits(sites[at] as Site, sequence[at] as Amino) && rng.below(2) === 0,
  );
  for (const position of rng.shuffled(places).slice(0, 6)) {
    const sound = sequence[position] as Amino;
    const amino = rng.pick([...kind.residues]);
    if (amino === sound || ddG({ sites, sequence }, [{ position, amino }]) < LEAST_COST) continue;
    const flaw: Flaw = { position, kind: kind.name, sound };
    return { sequence: withResidue(sequence, position, amino), planted: [...planted, flaw] };
  }
  return now;
}
