import { z } from 'zod';
import {
  type Event,
  environment,
  type Moves,
  type Outcomes,
  type Rewards,
  type Step,
  type Turn,
} from '../../src/core/environment.js';
import { choice } from '../../src/core/space.js';
import { ACTIONS, type Config, RANKS, type View } from './cards.js';
import { say, show } from './language.js';
import { scripted } from './scripted.js';

/** Cards dealt so far, one letter a seat, and the actions so far: `c` check, `b` bet, `k` call, `f` fold. */
type State = { readonly players: number; readonly cards: string; readonly actions: string };

const OPEN = choice(['check', 'bet']);
const FACING = choice(['call', 'fold']);
/** NOTE: what happens next depends on the actions alone once the cards are out, so the few cases are made once. */
const turns = new Map<string, Turn>();

/** Seats act in order; after a bet every other seat answers once. */
function turnOf(players: number, actions: string): Turn {
  const seat = actions.length % players;
  const bet = actions.indexOf('b');
  const spaces = { [seat]: bet < 0 ? OPEN : FACING };
  if (actions.length < (bet < 0 ? players : bet + players)) return { kind: 'act', spaces };
  return {
    kind: 'over',
    outcome: actions.includes('k') || bet < 0 ? 'showdown' : 'all others folded',
    truncated: false,
  };
}

function deal(players: number, cards: string): Turn {
  const left = [...RANKS.slice(0, players + 1)].filter((card) => !cards.includes(card));
  const outcomes: Outcomes = left.map((card) => [card, 1 / left.length] as const);
  return { kind: 'chance', outcomes };
}

/** What each seat has put in: the ante, and one more for a bet or a call. */
function stakes({ players, actions }: State): number[] {
  return Array.from({ length: players }, (_, seat) => {
    const own = [...actions].filter((_letter, at) => at % players === seat);
    return own.includes('b') || own.includes('k') ? 2 : 1;
  });
}

/** The best card among the seats that bet or called; of all seats if nobody bet. */
function winnerOf({ players, cards, actions }: State): number {
  const seats = Array.from({ length: players }, (_, seat) => seat);
  const put = stakes({ players, cards, actions });
  const in_ = actions.includes('b') ? seats.filter((seat) => put[seat] === 2) : seats;
  return in_.reduce((best, seat) => (rank(cards, seat) > rank(cards, best) ? seat : best));
}

function rank(cards: string, seat: number): number {
  return RANKS.indexOf(cards[seat] as string);
}

/** The end: who wins the pot, and whose cards are shown. */
function settle(state: State, acted: Event, outcome: string): Step<State> {
  const winner = winnerOf(state);
  const put = stakes(state);
  const pot = put.reduce((sum, chips) => sum + chips, 0);
  const rewards: Rewards = Object.fromEntries(
    put.map((chips, seat) => [seat, { chips: seat === winner ? pot - chips : -chips }]),
  );
  const inPot = state.actions.includes('b') ? put.map((chips) => chips === 2) : put.map(() => true);
  const shown = [...state.cards].map((card, seat) => (inPot[seat] === true ? card : '?')).join('');
  const showdown: Event[] = outcome === 'showdown' ? [{ to: 'all', kind: 'showdown', cards: shown }] : [];
  return { state, rewards, events: [acted, ...showdown, { to: 'all', kind: 'won', seat: winner, pot }] };
}

export default environment<State, Config>({
  spec: {
    id: 'kuhn-poker',
    version: '1.0.0',
    title: 'Kuhn poker',
    summary: 'The smallest real poker: one card each, one bet, for two or three players.',
    config: z.strictObject({ players: z.union([z.literal(2), z.literal(3)]).default(2) }),
    presets: { three: { says: 'three players, four cards', config: { players: 3 } } },
    rewards: { chips: { says: 'chips won or lost', weight: 1, told: 'at once' } },
    events: {
      dealt: { told: 'the seat that gets the card', says: 'which card it is', look: { badge: 'card' } },
      acted: { told: 'everyone', says: 'which seat checked, bet, called or folded' },
      showdown: { told: 'everyone', says: 'the cards of the seats still in' },
      won: { told: 'everyone', says: 'which seat wins how large a pot' },
    },
    facts: ({ players }) => ({
      seats: players,
      information: 'imperfect',
      chance: 'listed',
      calls: false,
      dynamics: 'sequential',
      utility: { kind: 'zero-sum', min: -2, max: 2 * (players - 1) },
      horizon: players + (2 * players - 1),
    }),
    rules: ({ players }) =>
      `Kuhn poker for ${players} players. The deck has one card each of ${[...RANKS.slice(0, players + 1)].join(', ')}, from low to high. Everybody puts 1 chip in the pot and gets one card that only they see. In turn, starting with player_0, each may check or bet 1 more chip. After a bet every other player, in turn, may call (put in 1 chip) or fold; nobody may raise. If nobody bets, all cards are shown and the highest wins the pot; otherwise the highest card among those who bet or called wins it.`,
  },

  start: ({ players }) => ({ players, cards: '', actions: '' }),

  turn({ players, cards, actions }) {
    const key = cards.length < players ? `${players}${cards}` : `${players}:${actions}`;
    let turn = turns.get(key);
    if (turn === undefined) {
      turn = cards.length < players ? deal(players, cards) : turnOf(players, actions);
      turns.set(key, turn);
    }
    return turn;
  },

  apply(state, moves: Moves) {
    if ('chance' in moves) {
      const card = moves.chance as string;
      const seat = state.cards.length;
      const { players, actions } = state;
      return {
        state: { players, cards: state.cards + card, actions },
        events: [{ to: [seat], kind: 'dealt', seat, card }],
      };
    }
    const { players, cards } = state;
    const seat = state.actions.length % players;
    const action = (moves as { seats: { [seat: number]: string } }).seats[seat] as string;
    const next = { players, cards, actions: state.actions + (action === 'call' ? 'k' : action[0]) };
    const acted = { to: 'all', kind: 'acted', seat, action } as const;
    const turn = this.turn(next);
    return turn.kind === 'over' ? settle(next, acted, turn.outcome) : { state: next, events: [acted] };
  },

  view({ players, cards, actions }, viewer): View {
    const you = typeof viewer === 'number' ? viewer : null;
    let seen = '';
    // NOTE: cards not dealt yet look like cards not seen, or a view would count what others are dealt in secret.
    for (let seat = 0; seat < players; seat++) {
      seen += viewer === 'all' || seat === you ? (cards[seat] ?? '?') : '?';
    }
    return { you, cards: seen, actions: [...actions].map((letter) => ACTIONS[letter] as string) };
  },
  say,
  show: (view) => show(view as View),

  vector: ({ players }) => ({
    length: players + 1 + 4 * (2 * players - 1),
    actions: ['check', 'bet', 'call', 'fold'],
    /** The own card, then each action of the sequence, one of four. */
    encode(view) {
      const { you, cards, actions } = view as View;
      const vector = new Float32Array(players + 1 + 4 * (2 * players - 1));
      const card = you === null ? -1 : RANKS.indexOf(cards[you] ?? '?');
      if (card >= 0) vector[card] = 1;
      const names = Object.values(ACTIONS);
      for (const [at, action] of actions.entries()) vector[players + 1 + 4 * at + names.indexOf(action)] = 1;
      return vector;
    },
  }),
  scripted,
});
