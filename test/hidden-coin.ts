import { z } from 'zod';
import type { Environment, Event, Moves, Step, Turn } from '../src/core/environment.js';
import { choice } from '../src/core/space.js';

/**
 * A tiny game with every kind of secret, sound in itself, for planting faults in. A coin is tossed and shown to seat 0
 * alone, who may look again up to twice, unseen. Seat 1 guesses, then says a word without knowing whether it was right;
 * then the coin is shown.
 */
export interface Coin {
  readonly [field: string]: string | number | null;
  readonly coin: string;
  readonly looks: number;
  readonly gone: number;
  readonly guess: string;
  readonly word: string | null;
}

export interface CoinView {
  readonly you: number | null;
  readonly coin: string;
  readonly guess: string;
}

export type CoinGame = Environment<Coin, { readonly stake: number }>;

const SIDES = ['heads', 'tails'];
const LOOK = choice(['look', 'go']);
const GUESS = choice(SIDES);
const START: Coin = { coin: '', looks: 0, gone: 0, guess: '', word: null };

function turn(state: Coin): Turn {
  if (state.coin === '') return { kind: 'chance', outcomes: SIDES.map((side) => [side, 0.5] as const) };
  if (state.gone === 0) return { kind: 'act', spaces: { 0: state.looks < 2 ? LOOK : choice(['go']) } };
  if (state.guess === '') return { kind: 'act', spaces: { 1: GUESS } };
  if (state.word === null)
    return { kind: 'act', spaces: { 1: { kind: 'text', maxChars: 40, purpose: 'Say a word.' } } };
  return { kind: 'over', outcome: state.guess === state.coin ? 'right' : 'wrong', truncated: false };
}

function apply(state: Coin, moves: Moves): Step<Coin> {
  if ('chance' in moves) {
    const coin = moves.chance as string;
    return { state: { ...state, coin }, events: [{ to: [0], kind: 'tossed', coin }] };
  }
  const { seats } = moves as { seats: { [seat: number]: string } };
  if (seats[0] === 'look')
    return { state: { ...state, looks: state.looks + 1 }, events: [{ to: [0], kind: 'looked' }] };
  if (seats[0] === 'go') return { state: { ...state, gone: 1 }, events: [{ to: 'all', kind: 'ready' }] };
  const said = seats[1] as string;
  if (state.guess === '') {
    const won = said === state.coin ? 1 : -1;
    const guessed: Event = { to: 'all', kind: 'guessed', guess: said };
    return { state: { ...state, guess: said }, events: [guessed], rewards: { 0: { right: -won }, 1: { right: won } } };
  }
  const events: Event[] = [
    { to: 'all', kind: 'said', text: said },
    { to: 'all', kind: 'shown', coin: state.coin },
  ];
  return { state: { ...state, word: said }, events };
}

function say(event: Event, viewer: unknown): string {
  switch (event.kind) {
    case 'tossed':
      return viewer === 0 ? `You see ${event.coin as string}.` : `The coin shows ${event.coin as string}.`;
    case 'looked':
      return 'player_0 looks again.';
    case 'ready':
      return 'player_0 is ready.';
    case 'guessed':
      return `player_1 guesses ${event.guess as string}.`;
    case 'said':
      return `player_1 says: ${event.text as string}`;
    default:
      return `It was ${event.coin as string}.`;
  }
}

function view(state: Coin, viewer: unknown): CoinView & { [field: string]: string | number | null } {
  const over = state.word !== null;
  const coin = viewer === 0 || viewer === 'all' || over ? state.coin : '';
  return {
    you: typeof viewer === 'number' ? viewer : null,
    coin,
    guess: state.guess,
    word: state.word,
    ...looksOf(state, viewer),
  };
}

/** Only seat 0 may count its looks. */
function looksOf(state: Coin, viewer: unknown): { looks?: number; ready: number } {
  return { ...(viewer === 0 || viewer === 'all' ? { looks: state.looks } : {}), ready: state.gone };
}

const vector = {
  length: 3,
  actions: ['look', 'go', ...SIDES],
  encode: (seen: unknown) => {
    const { you, coin } = seen as CoinView;
    return Float32Array.from([you ?? 2, SIDES.indexOf(coin), 1]);
  },
};

export const hiddenCoin: CoinGame = {
  spec: {
    id: 'hidden-coin',
    version: '1.0.0',
    title: 'Hidden coin',
    summary: 'One sees a coin, the other guesses.',
    config: z.strictObject({ stake: z.number().int().min(1).max(3).default(1) }),
    rewards: { right: { says: '1 for a right guess, -1 for a wrong one', weight: 1, told: 'end' } },
    events: {
      tossed: { told: 'seat 0', says: 'how the coin fell' },
      looked: { told: 'seat 0', says: 'that it looked again' },
      ready: { told: 'everyone', says: 'that seat 0 is ready' },
      guessed: { told: 'everyone', says: 'the guess' },
      said: { told: 'everyone', says: 'the word' },
      shown: { told: 'everyone', says: 'the coin, at the end' },
    },
    facts: () => ({
      seats: 2,
      information: 'imperfect',
      chance: 'listed',
      calls: false,
      dynamics: 'sequential',
      utility: { kind: 'zero-sum', min: -1, max: 1 },
      horizon: 6,
    }),
    rules: () => 'player_0 sees a coin, player_1 guesses how it fell.',
  },
  start: () => START,
  turn,
  apply,
  view,
  say,
  show: (seen) => `The guess: ${(seen as unknown as CoinView).guess}`,
  vector: () => vector,
  key: (seen) => JSON.stringify(seen),
};
