import type { Rng } from '../../core/rng.js';

/** Who takes which place in the games of one block: a list of names by place for each game. */
export type Design = (block: Block) => readonly (readonly string[])[];

export interface Block {
  /** Names of the agents, two or more unless there is one place only. */
  readonly agents: readonly string[];
  readonly places: number;
  /** What a free design was given. */
  readonly games: readonly (readonly string[])[];
  /** The block's own stream. */
  readonly rng: Rng;
}

/**
 * Every two agents meet: each of the two in each place in turn, the other in all the rest. With two places that is one
 * game each way.
 */
function roundRobin({ agents, places }: Block): string[][] {
  const games: string[][] = [];
  for (const [at, first] of agents.entries()) {
    for (const second of agents.slice(at + 1)) {
      for (let place = 0; place < places; place++) games.push(alone(first, place, second, places));
      for (let place = 0; place < places; place++) games.push(alone(second, place, first, places));
    }
  }
  return distinct(games);
}

/**
 * As many games as agents, each agent in each place exactly once (a cyclic Latin square). Their order is drawn anew for
 * each block, so that over blocks everybody sits with everybody.
 */
function rotation({ agents, places, rng }: Block): string[][] {
  const order = rng.shuffled(agents);
  const games = order.map((_, turn) =>
    Array.from({ length: places }, (_, place) => order[(place + turn) % order.length] as string),
  );
  return distinct(games);
}

/** The games by how they are named in a plan. */
export const designs: { readonly [name: string]: Design } = {
  'round-robin': roundRobin,
  blocks: rotation,
  free: ({ games }) => games,
};

function alone(one: string, place: number, other: string, places: number): string[] {
  return Array.from({ length: places }, (_, at) => (at === place ? one : other));
}

/** NOTE: with two places the two ways of a pair are the same games read from either end. */
function distinct(games: readonly string[][]): string[][] {
  return [...new Map(games.map((game) => [JSON.stringify(game), game])).values()];
}
