import type { Facts } from '../../src/core/environment.js';
import type { Config } from './rounds.js';

/** Least and greatest return of a seat; each can be reached, with every number of cards and players. */
export function bounds({ cards, players, returns }: Config): { min: number; max: number } {
  // NOTE: nobody can win every prize, because whoever holds the highest card wins or ties when it is played.
  const most = (cards * (cards + 1)) / 2 - 1;
  if (returns === 'win_loss') return { min: -1, max: players - 1 };
  if (returns === 'total_points') return { min: 0, max: most };
  // NOTE: with two seats the prize that is missed goes to the other; with more, the others may tie for it.
  return players === 2 ? { min: 1 - most, max: most - 1 } : { min: -most, max: (players - 1) * most };
}

export function facts(config: Config): Facts {
  const { cards, players, order, reveal, returns } = config;
  // NOTE: with two cards one choice is made, and up to three seats can work out every bid from who won.
  const hidden = reveal === 'winner' && (cards > 2 || players > 3);
  return {
    seats: players,
    information: hidden ? 'imperfect' : 'perfect',
    chance: order === 'random' ? 'listed' : 'none',
    calls: false,
    dynamics: 'simultaneous',
    utility: { kind: returns === 'total_points' ? 'general' : 'zero-sum', ...bounds(config) },
    horizon: (order === 'random' ? 2 : 1) * (cards - 1),
  };
}

const ORDER: { readonly [order in Config['order']]: string } = {
  random: 'in random order, one turned up at a time',
  descending: 'from the highest to the lowest',
  ascending: 'from the lowest to the highest',
};

const REVEAL: { readonly [reveal in Config['reveal']]: string } = {
  bids: 'Then all bids are shown.',
  winner: 'Then only the winner is announced; the bids stay secret.',
};

function paid({ players, returns }: Config): string {
  if (returns === 'total_points') return 'You are paid your points.';
  if (returns === 'win_loss') {
    const prize =
      players === 2 ? '+1 to the winner and -1 to the loser' : `+${players - 1} to the winner and -1 to each other`;
    return `The most points win the game: ${prize}. If the most points are shared, nobody is paid.`;
  }
  if (players === 2) return 'You are paid your points less those of the other.';
  return 'You are paid the difference between your points and those of each other player, added up.';
}

/** The rules as a configuration plays them. */
export function rules(config: Config): string {
  const { cards, players, order, reveal } = config;
  return `Goofspiel for ${players} players. Everybody holds cards 1 to ${cards}, and prizes worth 1 to ${cards} points come up ${ORDER[order]}. For each prize everybody bids one card at the same time, neither seeing the others' bids; the single highest bid wins the prize. If the highest bid is tied, nobody gets it. ${REVEAL[reveal]} Cards bid are gone, whoever won. The last prize is played by itself, since everybody has one card left. ${paid(config)}`;
}
