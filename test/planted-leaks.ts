import type { Turn } from '../src/core/environment.js';
import { type Coin, type CoinGame, hiddenCoin } from './hidden-coin.js';
import {
  type Fault,
  type Options,
  options,
  readdressed,
  vectorForm,
  withFacts,
  withSpec,
  withStep,
  withTurn,
  withView,
} from './planting.js';

/** One leak for every channel that reaches a viewer, for law 4. */
export const LEAKS: readonly Fault[] = [
  [
    'a view that shows the coin',
    () => withView((view, state) => ({ ...view, coin: state.coin })),
    /^view: tells seat 1/,
  ],
  [
    'a view that counts hidden steps',
    () => withView((view, state) => ({ ...view, steps: state.looks })),
    /^view: tells seat 1/,
  ],
  [
    'options that depend on the coin',
    () =>
      secretOptions((coin) =>
        [
          { id: 'heads', label: 'heads' },
          { id: 'tails', label: 'tails' },
        ].slice(coin === 'heads' ? 0 : 1),
      ),
    /^options: tells seat 1/,
  ],
  [
    'a label that depends on the coin',
    () => secretOptions((coin) => ['heads', 'tails'].map((id) => ({ id, label: id === coin ? `${id} ` : id }))),
    /^labels: tells seat 1/,
  ],
  [
    'a purpose that counts hidden steps',
    () => withTurn((turn, state) => secretPurpose(turn, state)),
    /^space: tells seat 1/,
  ],
  [
    'a reward told early',
    () => withSpec({ rewards: { right: { says: 'right', weight: 1, told: 'at once' } } }),
    /^reward told: tells seat 1/,
  ],
  ['words that remember the coin', () => talkative(), /^said: tells seat 1/],
  ['a whole text that remembers the coin', () => talkative(), /^text: tells seat 1/],
  ['a board that remembers the coin', () => showy(), /^shown: tells/],
  ['a vector that remembers the coin', () => leakyVector(), /^vector: tells seat 1/],
  ['a key that splits too much', () => leakyKey(), /^key: tells seat 1/],
  ['a key that splits too little', () => ({ key: () => 'the same' }), /one key in two information states/],
  [
    'a public view that shows the coin',
    () => withView((view, state, viewer) => (viewer === 'public' ? { ...view, coin: state.coin } : view)),
    /^view: tells the public/,
  ],
  ['public words that remember the coin', () => talkative('public'), /^said: tells the public/],
  ['no secret, declared imperfect', () => toldToAll(), /no twins found/],
  ['secrets, declared perfect', () => withFacts({ information: 'perfect' }), /cannot tell states apart/],
];

function secretOptions(make: (coin: string) => Options): Partial<CoinGame> {
  return withTurn((turn, state) =>
    state.gone === 1 && state.guess === '' ? options(turn, () => make(state.coin)) : turn,
  );
}

function secretPurpose(turn: Turn, state: Coin): Turn {
  if (turn.kind !== 'act' || turn.spaces[1]?.kind !== 'text') return turn;
  return { kind: 'act', spaces: { 1: { ...turn.spaces[1], purpose: `Say a word. Step ${state.looks}.` } } };
}

/** Words made with a memory of the last state, where the coin lies. */
function talkative(to: unknown = 1): Partial<CoinGame> {
  const memory = remembering();
  return {
    ...memory.rules,
    say: (event, viewer) => `${hiddenCoin.say(event, viewer)}${viewer === to ? memory.coin() : ''}`,
  };
}

function showy(): Partial<CoinGame> {
  const memory = remembering();
  return { ...memory.rules, show: () => memory.coin() };
}

function leakyVector(): Partial<CoinGame> {
  const memory = remembering();
  const encode = () => Float32Array.from([memory.coin() === 'heads' ? 1 : 0, 0, 0]);
  return { ...memory.rules, vector: () => ({ ...vectorForm(), encode }) };
}

function leakyKey(): Partial<CoinGame> {
  const memory = remembering();
  return { ...memory.rules, key: (view) => `${JSON.stringify(view)}${memory.coin()}` };
}

function remembering(): { readonly rules: Partial<CoinGame>; readonly coin: () => string } {
  let coin = '';
  const rules = withView((view, state) => {
    coin = state.coin;
    return view;
  });
  return { rules, coin: () => coin };
}

function toldToAll(): Partial<CoinGame> {
  return {
    ...withStep((step) => readdressed(readdressed(step, 'tossed', 'all'), 'looked', 'all')),
    ...withView((view, state) => ({ ...view, coin: state.coin, looks: state.looks })),
  };
}
