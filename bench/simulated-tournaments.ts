import { type GameResult, type RateOptions, type Rng, rate, type SeatResult, stream } from 'ludus';

/** A kind of tournament whose true ratings are known. */
export interface Simulation {
  readonly says: string;
  /** True ratings in points. */
  readonly truth: { readonly [agent: string]: number };
  /** What the side `first` or `wolves` is worth over the other, in points; absent where sides are alike. */
  readonly advantage?: { readonly side: string; readonly worth: number };
  readonly rated: Omit<RateOptions, 'rng'>;
  games(rng: Rng): GameResult[];
}

/** How often intervals held the truth. */
export interface Coverage {
  readonly ratings: number;
  readonly advantage: number | null;
  /** Mean width of a rating's interval, in points. */
  readonly width: number;
}

const FOUR = { ann: -120, bob: -20, cid: 40, dan: 100 };
const NAMES = Object.keys(FOUR) as (keyof typeof FOUR)[];
const FIRST = 60;
const WOLVES = -80;

const chance = (points: number): number => 1 / (1 + 10 ** (-points / 400));

function seat(agent: string, side: string | null, score: number): SeatResult {
  return { agent, side, role: null, score };
}

/** A game of two seats from one number between 0 and 1: the lower, the better for the first. */
function duel(first: keyof typeof FOUR, second: keyof typeof FOUR, luck: number, block: string | null): GameResult {
  const expected = chance(FOUR[first] - FOUR[second] + FIRST);
  const draws = 0.6 * Math.min(expected, 1 - expected);
  const score = luck < expected - draws / 2 ? 1 : luck < expected + draws / 2 ? 0 : -1;
  return { block, how: 'rules', seats: [seat(first, 'first', score), seat(second, 'second', -score)] };
}

function everyPair(play: (first: keyof typeof FOUR, second: keyof typeof FOUR) => GameResult): GameResult[] {
  return NAMES.flatMap((first) => NAMES.filter((second) => second !== first).map((second) => play(first, second)));
}

function roundRobin(rng: Rng): GameResult[] {
  return Array.from({ length: 15 }, () => everyPair((first, second) => duel(first, second, rng.float(), null))).flat();
}

/** Deals that all pairs play both ways; in seven games of ten the deal alone is the luck. */
function deals(rng: Rng): GameResult[] {
  return Array.from({ length: 30 }, (_, deal) => {
    const luck = rng.float();
    return everyPair((first, second) => duel(first, second, rng.float() < 0.7 ? luck : rng.float(), `deal ${deal}`));
  }).flat();
}

/** Two wolves against five villagers, everybody anywhere. */
function teams(rng: Rng): GameResult[] {
  return Array.from({ length: 400 }, () => {
    const seated = Array.from({ length: 7 }, () => rng.pick(NAMES));
    const mean = (from: number, to: number): number =>
      seated.slice(from, to).reduce((sum, name) => sum + FOUR[name], 0) / (to - from);
    const won = rng.float() < chance(mean(0, 2) - mean(2, 7) + WOLVES);
    return {
      block: null,
      how: 'rules' as const,
      seats: seated.map((name, at) => seat(name, at < 2 ? 'wolves' : 'village', at < 2 === won ? 1 : 0)),
    };
  });
}

/** Four seats, each for itself: first, second, third and last, one after another by their odds. */
function freeForAll(rng: Rng): GameResult[] {
  return Array.from({ length: 80 }, () => {
    const left = new Map(NAMES.map((name) => [name, 10 ** (FOUR[name] / 400)]));
    const seats: SeatResult[] = [];
    while (left.size > 0) {
      const sum = [...left.values()].reduce((total, odds) => total + odds, 0);
      const next = rng.weighted([...left].map(([name, odds]) => [name, odds / sum] as const));
      seats.push(seat(next, null, left.size));
      left.delete(next);
    }
    return { block: null, how: 'rules' as const, seats };
  });
}

const FIRST_SIDE = { side: 'first', worth: FIRST };

export const SIMULATIONS: { readonly [name: string]: Simulation } = {
  'round robin': {
    says: '4 agents, draws, first moves: 180 games',
    truth: FOUR,
    advantage: FIRST_SIDE,
    rated: { advantage: true },
    games: roundRobin,
  },
  'paired deals': {
    says: '30 deals that every pair plays both ways: 360 games',
    truth: FOUR,
    advantage: FIRST_SIDE,
    rated: { advantage: true },
    games: deals,
  },
  teams: {
    says: '2 wolves against 5 villagers, mixed: 400 games',
    truth: FOUR,
    advantage: { side: 'wolves', worth: WOLVES },
    rated: { advantage: true },
    games: teams,
  },
  'free for all': { says: '4 seats, each for itself: 80 games', truth: FOUR, rated: {}, games: freeForAll },
  'deals as games': {
    says: 'paired deals, resampled as if games shared no luck: what not to do',
    truth: FOUR,
    advantage: FIRST_SIDE,
    rated: { advantage: true, resample: 'games' },
    games: deals,
  },
};

/** Plays so many tournaments and counts how often 95 % intervals hold the true ratings, measured from their mean. */
export function coverageOf(simulation: Simulation, tournaments: number, replicates: number): Coverage {
  const names = Object.keys(simulation.truth);
  const middle = names.reduce((sum, name) => sum + (simulation.truth[name] as number), 0) / names.length;
  const found = { held: 0, width: 0, advantage: 0 };
  for (let index = 0; index < tournaments; index++) {
    const rng = stream(index, 'tournament');
    const { ratings, advantages } = rate(simulation.games(rng), { ...simulation.rated, replicates, rng });
    for (const { agent, low, high } of ratings) {
      if (holds(low, high, (simulation.truth[agent] as number) - middle)) found.held++;
      found.width += (high ?? Number.POSITIVE_INFINITY) - (low ?? Number.NEGATIVE_INFINITY);
    }
    const own = advantages.find(({ side }) => side === simulation.advantage?.side);
    if (own !== undefined && holds(own.low, own.high, simulation.advantage?.worth ?? 0)) found.advantage++;
  }
  const count = tournaments * names.length;
  return {
    ratings: found.held / count,
    advantage: simulation.advantage === undefined ? null : found.advantage / tournaments,
    width: found.width / count,
  };
}

function holds(low: number | null, high: number | null, truth: number): boolean {
  return (low === null || low <= truth) && (high === null || truth <= high);
}
