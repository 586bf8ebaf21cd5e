import { z } from 'zod';
import { type Event, environment, type Moves, type Step, type Turn, type Viewer } from '../../src/core/environment.js';
import { choice } from '../../src/core/space.js';
import { bidCount, bidOf, matches, numberOf, written } from './bids.js';
import { rules, say, show } from './language.js';
import { scripted } from './scripted.js';
import type { Config, State, View } from './types.js';
import { vectorOf } from './vector.js';

const LIAR = 'liar';
/** NOTE: a turn depends on the configuration, the last bid and the seat alone, so each is made once. */
const turns = new Map<string, Turn>();

function remembered(key: string, make: () => Turn): Turn {
  let turn = turns.get(key);
  if (turn === undefined) {
    turn = make();
    turns.set(key, turn);
  }
  return turn;
}

function rollTurn({ faces }: Config): Turn {
  const roll = Array.from({ length: faces }, (_, at) => [at + 1, 1 / faces] as const);
  return { kind: 'chance', outcomes: roll };
}

/** Every higher bid; from the second turn on also the call. */
function bidTurn(config: Config, last: number, seat: number): Turn {
  const ids: string[] = [];
  for (let number = last + 1; number < bidCount(config); number++) ids.push(`bid ${written(number, config.faces)}`);
  if (last >= 0) ids.push(LIAR);
  return { kind: 'act', spaces: { [seat]: choice(ids) } };
}

function lastBid({ bids }: State): number {
  return bids[bids.length - 1] ?? -1;
}

/** The dice of each seat rolled so far. */
function hands({ config: { seats, dice }, rolled }: State): number[][] {
  return Array.from({ length: seats }, (_, seat) => rolled.slice(seat * dice, (seat + 1) * dice));
}

function rolled(state: State, face: number): Step<State> {
  const seat = Math.floor(state.rolled.length / state.config.dice);
  return {
    state: { ...state, rolled: [...state.rolled, face] },
    events: [{ to: [seat], kind: 'rolled', seat, face }],
  };
}

function bid(state: State, seat: number, text: string): Step<State> {
  const number = numberOf(text, state.config.faces);
  const { quantity, face } = bidOf(number, state.config.faces);
  return {
    state: { ...state, bids: [...state.bids, number] },
    events: [{ to: 'all', kind: 'bid', seat, quantity, face }],
  };
}

/** All dice are shown and counted: the bidder wins if the bid was true, the caller if not; other seats get nothing. */
function call(state: State, seat: number): Step<State> {
  const { config } = state;
  const { quantity, face } = bidOf(lastBid(state), config.faces);
  const bidder = (state.bids.length - 1) % config.seats;
  const count = matches(state.rolled, face, config);
  const [winner, loser] = count >= quantity ? [bidder, seat] : [seat, bidder];
  const events: Event[] = [
    { to: 'all', kind: 'called', seat },
    { to: 'all', kind: 'shown', dice: hands(state), face, count },
    { to: 'all', kind: 'won', seat: winner, loser },
  ];
  return { state: { ...state, called: true }, events, rewards: { [winner]: { win: 1 }, [loser]: { win: -1 } } };
}

function view(state: State, viewer: Viewer): View {
  const open = viewer === 'all' || state.called;
  return {
    you: typeof viewer === 'number' ? viewer : null,
    dice: hands(state).map((own, seat) => (open || seat === viewer ? own : null)),
    bids: state.bids.map((number) => written(number, state.config.faces)),
    called: state.called,
  };
}

export default environment<State, Config>({
  spec: {
    id: 'liars-dice',
    version: '1.0.0',
    title: "Liar's dice",
    summary: 'Hidden dice, rising bids about all of them, and one call of "liar" that ends it.',
    config: z.strictObject({
      seats: z.union([z.literal(2), z.literal(3), z.literal(4)]).default(2),
      dice: z.int().min(1).max(5).default(1).describe('dice of each seat'),
      faces: z.int().min(2).max(12).default(6).describe('faces of a die'),
      wild: z.boolean().default(true).describe('whether the highest face counts as any face'),
    }),
    presets: {
      five: { says: 'five dice each, as it is played at tables', config: { dice: 5 } },
      four: { says: 'four seats with two dice each', config: { seats: 4, dice: 2 } },
    },
    rewards: { win: { says: '+1 to the winner of the call, -1 to its loser', weight: 1, told: 'at once' } },
    events: {
      rolled: { told: 'the seat that owns the die', says: 'which face it shows' },
      bid: { told: 'everyone', says: 'which seat bids what quantity of what face' },
      called: { told: 'everyone', says: 'which seat calls the last bid a lie' },
      shown: { told: 'everyone', says: 'all dice, and how many count towards the last bid' },
      won: { told: 'everyone', says: 'which seat wins and which loses' },
    },
    facts: (config) => ({
      seats: config.seats,
      information: 'imperfect',
      chance: 'listed',
      calls: false,
      dynamics: 'sequential',
      utility: { kind: 'zero-sum', min: -1, max: 1 },
      horizon: config.seats * config.dice + bidCount(config) + 1,
    }),
    rules,
  },

  start: ({ seats, dice, faces, wild }) => ({
    config: { seats, dice, faces, wild },
    rolled: [],
    bids: [],
    called: false,
  }),

  turn(state) {
    const { config, bids, called } = state;
    const { seats, dice, faces } = config;
    if (called) return { kind: 'over', outcome: 'called', truncated: false };
    if (state.rolled.length < seats * dice) return remembered(`${faces}`, () => rollTurn(config));
    const seat = bids.length % seats;
    const last = lastBid(state);
    return remembered(`${seats} ${dice} ${faces} ${last} ${seat}`, () => bidTurn(config, last, seat));
  },

  apply(state, moves: Moves) {
    if ('chance' in moves) return rolled(state, moves.chance as number);
    const seat = state.bids.length % state.config.seats;
    const id = (moves as { seats: { readonly [seat: number]: string } }).seats[seat] as string;
    return id === LIAR ? call(state, seat) : bid(state, seat, id.slice('bid '.length));
  },

  view,
  say,
  show: (seen) => show(seen as View),
  vector: vectorOf,
  scripted,
});
