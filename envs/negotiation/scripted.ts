import type { Script, Scripted } from '../../src/core/environment.js';
import type { Rng } from '../../src/core/rng.js';
import { MANNERS, speech } from './talk.js';
import type { Act, Amounts, Config, View } from './types.js';
import { named, restOf, worthOf } from './values.js';

/**
 * How much a seat demands: from `start` to `floor` of everything over its turns; `bend` above 1 gives way early, below 1
 * late. SEE: Faratin, Sierra, Jennings, "Negotiation decision functions for autonomous agents", 1998, section 4.2.
 */
interface Concession {
  readonly start: number;
  readonly floor: number;
  readonly bend: number;
}

const CONCESSIONS: { readonly [style: string]: Concession } = {
  fair: { start: 0.9, floor: 0.5, bend: 1 },
  greedy: { start: 1, floor: 0.6, bend: 0.25 },
  yielding: { start: 0.8, floor: 0.3, bend: 3 },
};

/** The share of everything that a style demands after `done` (0 to 1) of its turns. */
export function demand({ start, floor, bend }: Concession, done: number): number {
  return start - (start - floor) * done ** (1 / bend);
}

/** Every way to take some of each item. */
export function splits(items: { readonly [item: string]: number }): Amounts[] {
  let all: number[][] = [[]];
  for (const count of Object.values(items)) {
    all = all.flatMap((taken) => Array.from({ length: count + 1 }, (_, n) => [...taken, n]));
  }
  return all;
}

/**
 * What one item of each kind seems to be worth to the other: the larger the part of the items it keeps asking for, the
 * more. A small even part stands for kinds it has not asked for.
 */
function guess({ deeds, items, you }: View): Amounts {
  const asked = deeds.flatMap((deed) => (deed.kind === 'offer' && deed.seat !== you ? [deed.take] : []));
  return Object.values(items).map((count, at) => {
    const parts = asked.reduce((sum, take) => sum + (take[at] as number) / count, 0);
    return 0.5 + parts;
  });
}

interface Place {
  readonly config: Config;
  readonly style: Concession;
  readonly all: readonly Amounts[];
}

/** Offers, accepts or leaves by what the seat may know; ties between offers are drawn. */
function decide({ config, style, all }: Place, view: View, rng: Rng): Act {
  const { rounds, discount, outside, total } = config;
  const values = view.values[view.you as number] as Amounts;
  const left = rounds - 1 - Math.floor(view.turn / 2);
  const wanted = demand(style, rounds === 1 ? 1 : 1 - left / (rounds - 1));
  const last = view.turn === 2 * rounds - 1;
  if (view.standing !== null) {
    const offered = worthOf(values, restOf(view.items, view.standing.take)) / total;
    const enough = last ? outside : Math.max(outside, wanted * discount * view.worth);
    if (offered * view.worth >= enough) return { act: 'accept' };
  }
  const later = view.standing === null ? 1 : view.worth * discount;
  const least = Math.max(wanted, outside / later) * total;
  const mine = all.filter((take) => worthOf(values, take) >= least);
  if (last || mine.length === 0) return { act: 'walk away' };
  return { act: 'offer', take: named(view.items, kindest(mine, values, guess(view), view, rng)) };
}

/** Among splits that are good enough for the seat, one that seems best for the other; then one best for itself. */
function kindest(mine: readonly Amounts[], values: Amounts, theirs: Amounts, view: View, rng: Rng): Amounts {
  const rated = mine.map((take) => ({
    take,
    rating: worthOf(theirs, restOf(view.items, take)) + 0.001 * worthOf(values, take),
  }));
  const best = Math.max(...rated.map(({ rating }) => rating));
  return rng.pick(rated.filter(({ rating }) => rating > best - 1e-9)).take;
}

/** NOTE: the act is chosen before the speech, so that what is said fits what is done. */
function player(config: Config, style: string): Script {
  const place = { config, style: CONCESSIONS[style] as Concession, all: splits(config.items) };
  const manner = MANNERS[style] as (typeof MANNERS)[string];
  let chosen: Act | null = null;
  return ({ space, view, rng }) => {
    const seen = view as View;
    const act = chosen ?? decide(place, seen, rng);
    chosen = space.kind === 'text' ? act : null;
    const values = seen.values[seen.you as number] as Amounts;
    return { move: space.kind === 'text' ? speech(manner, seen, values, act, rng, config.maxChars) : act };
  };
}

export const scripted: Scripted<Config> = {
  styles: {
    fair: 'asks for nine tenths at first and half at the end, giving way evenly',
    greedy: 'asks for everything and gives way only at the end, to six tenths',
    yielding: 'asks for eight tenths and soon gives way, down to three tenths',
  },
  seat: ({ config, style }) => player(config, style),
};
