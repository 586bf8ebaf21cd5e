import type { Seen } from './reader.js';

/** A mutation that a player thinks well of, and by about how many kcal/mol. */
export interface Advice {
  readonly position: number;
  readonly amino: string;
  readonly gain: number;
}

type Rule = (seen: Seen, all: readonly Seen[]) => Advice | null;

/** What is to be mended at each position by rules of thumb, the most useful first; one mutation a position. */
export function advice(all: readonly Seen[]): Advice[] {
  return all
    .flatMap((seen) => {
      const ideas = RULES.map((rule) => rule(seen, all)).filter((idea) => idea !== null);
      const [best] = ideas.filter(({ amino }) => amino !== seen.amino).sort((x, y) => y.gain - x.gain);
      return best === undefined ? [] : [best];
    })
    .sort((x, y) => y.gain - x.gain || x.position - y.position);
}

/** The residue relatives have, if it is one that fits the place; else one that always does. */
function usualOr({ usual }: Seen, fitting: string, otherwise: string): string {
  return usual !== '' && fitting.includes(usual) ? usual : otherwise;
}

const RULES: readonly Rule[] = [
  function core(seen) {
    const gain = 'KRDE'.includes(seen.amino) ? 5 : 'STNQHPG'.includes(seen.amino) ? 4 : seen.amino === 'A' ? 2.5 : 0;
    if (seen.burial < 0.5 || gain === 0) return null;
    return { position: seen.position, amino: usualOr(seen, 'LIVMF', 'L'), gain: gain * seen.burial };
  },
  function surface(seen) {
    const gain = 'WF'.includes(seen.amino) ? 2.2 : 'LIVMY'.includes(seen.amino) ? 1.8 : 0;
    if (seen.burial >= 0.15 || gain === 0 || isEnd(seen)) return null;
    return { position: seen.position, amino: usualOr(seen, 'EKQR', 'E'), gain };
  },
  function breaker(seen) {
    const gain = seen.amino === 'P' ? 5 : seen.amino === 'G' ? 2 : 'NT'.includes(seen.amino) ? 0.9 : 0;
    if (seen.burial >= 0.5 || gain === 0 || isEnd(seen)) return null;
    return { position: seen.position, amino: usualOr(seen, 'EKQRA', 'A'), gain };
  },
  function cap(seen) {
    if (seen.fromStart > 0 || seen.letter === 'H' || 'STDN'.includes(seen.amino)) return null;
    return { position: seen.position, amino: usualOr(seen, 'STDN', 'D'), gain: 2 };
  },
  function firstTurn(seen) {
    if (seen.fromStart < 1 || seen.fromStart > 3 || seen.burial > 0.3 || !'KRNTVGIH'.includes(seen.amino)) return null;
    return { position: seen.position, amino: usualOr(seen, 'EDQ', 'E'), gain: 1.6 };
  },
  function lastTurn(seen) {
    if (seen.fromEnd < 1 || seen.fromEnd > 3 || seen.burial > 0.3 || !'DGTVNS'.includes(seen.amino)) return null;
    return { position: seen.position, amino: usualOr(seen, 'KRAQ', 'K'), gain: 1.6 };
  },
  function charges(seen, all) {
    const own = chargeOf(seen.amino);
    if (own === 0 || seen.burial > 0.2 || isEnd(seen)) return null;
    const around = [-4, -3, 3, 4].reduce((sum, step) => sum + chargeOf(all[seen.position + step]?.amino ?? ''), 0);
    const gain = 0.5 * own * around;
    return gain < 1.5 ? null : { position: seen.position, amino: own > 0 ? 'E' : 'K', gain };
  },
];

function isEnd({ fromStart, fromEnd }: Seen): boolean {
  return fromStart < 2 || fromEnd < 2;
}

function chargeOf(amino: string): number {
  return amino === '' ? 0 : 'KR'.includes(amino) ? 1 : 'DE'.includes(amino) ? -1 : 0;
}
