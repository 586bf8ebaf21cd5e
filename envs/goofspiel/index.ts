import {
  type ChanceTurn,
  type Event,
  environment,
  type Moves,
  type Rewards,
  type Step,
  seatName,
  type Turn,
  type Viewer,
} from '../../src/core/environment.js';
import { type ChoiceSpace, choice } from '../../src/core/space.js';
import { say, show } from './language.js';
import {
  BIDS,
  type CardSet,
  type Config,
  chosen,
  digit,
  fields,
  handOf,
  highest,
  isOver,
  listed,
  pointsOf,
  prizeOf,
  type Round,
  roundOf,
  roundsOf,
  type State,
  undrawn,
  type View,
} from './rounds.js';
import { facts, rules } from './rules.js';
import { scripted } from './scripted.js';
import { vectorForm } from './vector.js';

/** NOTE: there are at most 8,192 hands, and as many sets of prizes left; what each offers is made once. */
const hands = new Map<CardSet, ChoiceSpace>();
const draws = new Map<CardSet, ChanceTurn>();

function spaceOf(hand: CardSet): ChoiceSpace {
  let space = hands.get(hand);
  if (space === undefined) {
    space = choice(listed(hand).map((card) => BIDS[card] as string));
    hands.set(hand, space);
  }
  return space;
}

function drawOf(left: CardSet): ChanceTurn {
  let turn = draws.get(left);
  if (turn === undefined) {
    const cards = listed(left);
    turn = { kind: 'chance', outcomes: cards.map((card) => [card, 1 / cards.length] as const) };
    draws.set(left, turn);
  }
  return turn;
}

function over(state: State): Turn {
  const winner = highest(pointsOf(state.config.players, roundsOf(state)));
  return { kind: 'over', outcome: winner === null ? 'draw' : `${seatName(winner)} wins`, truncated: false };
}

/** What a round tells: the bids, to all or each to its own seat, then who got the prize. */
function told({ reveal }: Config, { prize, bids, winner }: Round): Event[] {
  const shown: Event[] =
    reveal === 'bids'
      ? [{ to: 'all', kind: 'bids', bids }]
      : bids.map((card, seat) => ({ to: [seat], kind: 'bid', seat, card }));
  return [...shown, { to: 'all', kind: 'awarded', prize, seat: winner }];
}

/** What rounds pay as they are played: points, or those of a seat times the number of seats, less all points given. */
function paidFor({ players, returns }: Config, rounds: readonly Round[]): Rewards {
  const points = pointsOf(players, rounds);
  const given = points.reduce((sum, won) => sum + won, 0);
  const parts = points.map((won) =>
    returns === 'total_points' ? { points: won } : { difference: players * won - given },
  );
  return given === 0 ? {} : { ...parts };
}

/** What winning alone pays, by number of seats and winner: 1 from each other seat. */
const winnings: readonly (readonly Rewards[])[] = [0, 1, 2, 3, 4].map((players) =>
  Array.from({ length: players }, (_, winner) => ({
    ...Array.from({ length: players }, (_, seat) => ({ win: seat === winner ? players - 1 : -1 })),
  })),
);

function bid(state: State, moves: { readonly [seat: number]: string }): Step<State> {
  const { config, prizes } = state;
  let { bids } = state;
  for (let seat = 0; seat < config.players; seat++) bids += digit(BIDS.indexOf(moves[seat] as string));
  const next = { config, prizes, bids };
  if (isOver(next)) return finish(next);
  const round = roundOf(next, chosen(state));
  const events = told(config, round);
  if (config.returns === 'win_loss') return { state: next, events };
  return { state: next, events, rewards: paidFor(config, [round]) };
}

/** The last chosen round and the forced one after it. */
function finish(state: State): Step<State> {
  const { config } = state;
  const rounds = roundsOf(state);
  const points = pointsOf(config.players, rounds);
  const [chosenLast, forced] = rounds.slice(-2) as [Round, Round];
  const turnedUp: Event[] = config.order === 'random' ? [{ to: 'all', kind: 'prize', card: forced.prize }] : [];
  const ended: Event = { to: 'all', kind: 'ended', points };
  const events = [...told(config, chosenLast), ...turnedUp, ...told(config, forced), ended];
  if (config.returns !== 'win_loss') return { state, events, rewards: paidFor(config, [chosenLast, forced]) };
  const winner = highest(points);
  return { state, events, rewards: winner === null ? {} : (winnings[config.players]?.[winner] as Rewards) };
}

function view(state: State, viewer: Viewer): View {
  const { config } = state;
  const sees = (seat: number) => config.reveal === 'bids' || viewer === 'all' || viewer === seat;
  const rounds = roundsOf(state);
  const now = chosen(state);
  const isUp = config.order === 'random' ? state.prizes.length > now : !isOver(state);
  return {
    you: typeof viewer === 'number' ? viewer : null,
    cards: config.cards,
    prize: isUp ? prizeOf(state, now) : null,
    rounds: rounds.map((round) => ({ ...round, bids: round.bids.map((card, seat) => (sees(seat) ? card : null)) })),
    hands: Array.from({ length: config.players }, (_, seat) =>
      sees(seat) ? (isOver(state) ? [] : listed(handOf(state, seat))) : null,
    ),
    points: pointsOf(config.players, rounds),
  };
}

export default environment<State, Config>({
  spec: {
    id: 'goofspiel',
    version: '1.0.0',
    title: 'Goofspiel',
    summary: 'Everybody bids the same cards for the same prizes, all at once; two to four players.',
    config: fields,
    presets: {
      hidden: { says: 'only the winner of each prize is told', config: { reveal: 'winner' } },
      small: {
        says: 'four cards from high to low with hidden bids, the size that solvers are compared on',
        config: { cards: 4, order: 'descending', reveal: 'winner' },
      },
      table: { says: 'four players, paid by points', config: { players: 4, returns: 'total_points' } },
    },
    rewards: {
      win: { says: 'for the most points alone: 1 from each other seat', weight: 1, told: 'at once' },
      difference: { says: 'points less those of each other seat, added up', weight: 1, told: 'at once' },
      points: { says: 'value of the prizes won', weight: 1, told: 'at once' },
    },
    events: {
      prize: { told: 'everyone', says: 'which prize is turned up (in random order)' },
      bids: { told: 'everyone', says: "every seat's bid (when bids are shown)" },
      bid: { told: 'the seat that bid', says: 'which card it was (when bids stay secret)' },
      awarded: { told: 'everyone', says: 'which seat wins the prize, or none' },
      ended: { told: 'everyone', says: "every seat's points at the end" },
    },
    facts,
    rules,
  },

  start: (config) => ({ config, prizes: '', bids: '' }),

  turn(state) {
    if (isOver(state)) return over(state);
    const { config, prizes } = state;
    if (config.order === 'random' && prizes.length === chosen(state)) return drawOf(undrawn(state));
    const spaces: { [seat: number]: ChoiceSpace } = {};
    for (let seat = 0; seat < config.players; seat++) spaces[seat] = spaceOf(handOf(state, seat));
    return { kind: 'act', spaces };
  },

  apply(state, moves: Moves) {
    if ('seats' in moves) return bid(state, moves.seats as { [seat: number]: string });
    const card = (moves as { chance: number }).chance;
    const { config, prizes, bids } = state;
    return { state: { config, prizes: prizes + digit(card), bids }, events: [{ to: 'all', kind: 'prize', card }] };
  },

  view,
  say,
  show: (seen) => show(seen as View),
  /** The prizes, bids and winners that the seat knows of. */
  key(seen) {
    const { you, prize, rounds } = seen as View;
    const past = rounds.map(
      ({ prize, bids, winner }) => `${prize}:${bids.map((card) => card ?? '?').join()}>${winner}`,
    );
    return `${you} ${past.join(' ')} ${prize}`;
  },
  vector: vectorForm,
  scripted,
});
