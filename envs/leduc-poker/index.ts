import { z } from 'zod';
import { type Event, environment, type Moves, type Step, type Turn, type Viewer } from '../../src/core/environment.js';
import { ANTE, MOST_RAISES, RAISES, situation } from './betting.js';
import { cardNames, dealable, rankOf, strength } from './cards.js';
import { rules, say, show } from './language.js';
import { scripted } from './scripted.js';
import { ACTIONS, type Config, type State, type View } from './types.js';
import { vectorOf } from './vector.js';

const MOST_CHIPS = ANTE + MOST_RAISES * (RAISES[0] + RAISES[1]);
const LETTERS = Object.fromEntries(Object.entries(ACTIONS).map(([letter, action]) => [action, letter]));
const deals = new Map<string, Turn>();

function dealTurn({ suits, cards }: State): Turn {
  const key = `${suits} ${cards.join('')}`;
  let turn = deals.get(key);
  if (turn === undefined) {
    turn = { kind: 'chance', outcomes: dealable(suits, cards) };
    deals.set(key, turn);
  }
  return turn;
}

function deal(state: State, card: string): Step<State> {
  const seat = state.cards.length;
  const next = { suits: state.suits, cards: [...state.cards, card], actions: state.actions };
  const told: Event = seat < 2 ? { to: [seat], kind: 'dealt', seat, card } : { to: 'all', kind: 'board', card };
  return { state: next, events: [told] };
}

/** The seat with the better hand, or null when both hold the same rank. */
function better(cards: readonly string[]): 0 | 1 | null {
  const [first, second, board] = cards.map(rankOf) as [number, number, number];
  if (first === second) return null;
  return strength(first, board) > strength(second, board) ? 0 : 1;
}

function settle(state: State, acted: Event): Step<State> {
  const { put, rounds } = situation(state.actions);
  const folded = state.actions.endsWith('f');
  const folder = ((rounds[1] ?? rounds[0]).length - 1) % 2;
  const winner = folded ? 1 - folder : better(state.cards);
  const [first, second] = state.cards as [string, string];
  const showdown: Event[] = folded ? [] : [{ to: 'all', kind: 'showdown', cards: [first, second] }];
  const pot = put[0] + put[1];
  if (winner === null) return { state, events: [acted, ...showdown, { to: 'all', kind: 'split', pot }] };
  const lost = put[1 - winner] as number;
  return {
    state,
    events: [acted, ...showdown, { to: 'all', kind: 'won', seat: winner, pot }],
    rewards: { [winner]: { chips: lost }, [1 - winner]: { chips: -lost } },
  };
}

function act(state: State, moves: { readonly [seat: number]: unknown }): Step<State> {
  const { seat, put } = situation(state.actions);
  const action = moves[seat] as string;
  const next = { suits: state.suits, cards: state.cards, actions: state.actions + LETTERS[action] };
  const after = situation(next.actions);
  const acted: Event = { to: 'all', kind: 'acted', seat, action, chips: after.put[seat] - put[seat] };
  return after.turn.kind === 'over' ? settle(next, acted) : { state: next, events: [acted] };
}

function view({ cards, actions }: State, viewer: Viewer): View {
  const { rounds, put, turn } = situation(actions);
  const open = viewer === 'all' || (turn.kind === 'over' && turn.outcome === 'showdown');
  const hand = (seat: number) => (open || viewer === seat ? (cards[seat] ?? null) : null);
  const names = (letters: string | null) => [...(letters ?? '')].map((letter) => ACTIONS[letter] as string);
  return {
    you: typeof viewer === 'number' ? viewer : null,
    hands: [hand(0), hand(1)],
    board: cards[2] ?? null,
    rounds: [names(rounds[0]), names(rounds[1])],
    put,
  };
}

export default environment<State, Config>({
  spec: {
    id: 'leduc-poker',
    version: '1.0.0',
    title: 'Leduc poker',
    summary: 'Six cards, one in the hand and one on the table, two rounds of betting.',
    config: z.strictObject({ suits: z.enum(['apart', 'merged']).default('apart') }),
    presets: {
      merged: { says: 'cards are seen by rank alone, which is all that counts', config: { suits: 'merged' } },
    },
    rewards: { chips: { says: 'chips won or lost', weight: 1, told: 'at once' } },
    events: {
      dealt: { told: 'the seat that gets the card', says: 'which card it is', look: { badge: 'card' } },
      board: { told: 'everyone', says: 'the public card' },
      acted: { told: 'everyone', says: 'which seat folded, checked, called or raised, and the chips it put in' },
      showdown: { told: 'everyone', says: 'the cards of both seats' },
      won: { told: 'everyone', says: 'which seat wins how large a pot' },
      split: { told: 'everyone', says: 'how large a pot is shared' },
    },
    facts: () => ({
      seats: 2,
      information: 'imperfect',
      chance: 'listed',
      calls: false,
      dynamics: 'sequential',
      utility: { kind: 'zero-sum', min: -MOST_CHIPS, max: MOST_CHIPS },
      horizon: 3 + 2 * (MOST_RAISES + 2),
    }),
    rules,
  },

  start: ({ suits }) => ({ suits, cards: [], actions: '' }),

  turn(state) {
    const { rounds, turn } = situation(state.actions);
    return state.cards.length < (rounds[1] === null ? 2 : 3) ? dealTurn(state) : turn;
  },

  apply(state, moves: Moves) {
    if ('chance' in moves) return deal(state, moves.chance as string);
    return act(state, (moves as { seats: { readonly [seat: number]: unknown } }).seats);
  },

  view,
  say,
  show: (seen) => show(seen as View),
  vector: ({ suits }) => vectorOf(cardNames(suits)),
  scripted,
});
