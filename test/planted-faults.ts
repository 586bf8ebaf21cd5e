import { z } from 'zod';
import type { Event, Step, Turn } from '../src/core/environment.js';
import type { Json } from '../src/core/json.js';
import { type Coin, type CoinGame, hiddenCoin } from './hidden-coin.js';
import {
  crash,
  type Fault,
  options,
  vectorForm,
  withFacts,
  withSpec,
  withStep,
  withTurn,
  withView,
} from './planting.js';

const SIDE = z.strictObject({ side: z.string() });

/** Faults by the law that must catch them. Leaks, for law 4, stand in a file of their own; law 9 needs one seat. */
export const FAULTS: { readonly [law: number]: readonly Fault[] } = {
  1: [
    ['rules that count their calls', () => withStep(counting()), /same moves lead elsewhere/],
    ['a memory shared by episodes', () => sharedMemory(), /when other episodes run between/],
  ],
  2: [
    ['a state changed in place', () => withStep(changingInPlace), /threw: Cannot assign to read only property/],
    [
      'undefined in a state',
      () => withStep(({ state, ...rest }) => ({ ...rest, state: { ...state, x: undefined as unknown as string } })),
      /state is not plain JSON: x is undefined/,
    ],
    [
      '-0 in a reward',
      () => withStep((step) => (step.rewards ? { ...step, rewards: { 0: { right: -0 }, 1: { right: 0 } } } : step)),
      /reward is not plain JSON: .*-0/,
    ],
    [
      'a Map in a view',
      () => withView((view) => ({ ...view, map: new Map() as unknown as Json })),
      /view of .* is not plain JSON/,
    ],
    ['an identity that JSON loses', () => byIdentity(), /view of .* differs on an equal state/],
    ['probabilities that are too small', () => withTurn((turn) => halved(turn)), /do not add up to 1/],
    ['an outcome listed twice', () => withTurn((turn) => doubled(turn)), /listed twice/],
    ['chance declared absent', () => withFacts({ chance: 'none' }), /chance is declared "none"/],
    ['chance drawn, declared listed', () => withTurn((turn) => drawn(turn)), /drawn, and declared "listed"/],
    [
      'seats asked at once, declared sequential',
      () => withTurn((turn, state) => together(turn, state)),
      /declared sequential/,
    ],
    ['information declared perfect', () => withFacts({ information: 'perfect' }), /not told to everybody/],
    ['an event that is not declared', () => withEvent({ to: 'all', kind: 'sneezed' }), /"sneezed" are not declared/],
    ['an event for a seat that is not there', () => withEvent({ to: [7], kind: 'ready' }), /not addressed to all or/],
    [
      'a part of reward that is not declared',
      () => withStep((step) => ({ ...step, rewards: { 0: { luck: 1 } } })),
      /part "luck"/,
    ],
    ['two options with one id', () => withTurn((turn) => options(turn, (list) => [...list, ...list])), /the same id/],
    [
      'an empty id',
      () => withTurn((turn) => options(turn, (list) => [...list, { id: '', label: 'x' }])),
      /an empty id/,
    ],
    ['a form that takes junk', () => asForm(z.unknown(), () => ({ side: 'heads' })), /not refused: a text for a form/],
    ['a sampled form that is refused', () => asForm(SIDE, () => ({ edge: 'heads' })), /sampled move is refused/],
    [
      'a form that reads twice differently',
      () =>
        asForm(
          SIDE.transform(({ side }) => ({ side: `${side}!` })),
          () => ({ side: 'heads' }),
        ),
      /checking a checked move changes it/,
    ],
    [
      'a text that the rules cannot take',
      () => withStep((step) => (step.state.word === '' ? crash() : step)),
      /apply throws on a move that check accepts/,
    ],
    ['a version that is none', () => withSpec({ version: 'new' }), /not of the form 1\.2\.3/],
  ],
  3: [
    [
      'no end',
      () => withTurn((turn) => (turn.kind === 'over' ? { kind: 'chance', outcomes: [['again', 1]] } : turn)),
      /not over within the horizon|no listed outcome/,
    ],
    ['a horizon that is too short', () => withFacts({ horizon: 3 }), /not over within the horizon/],
    ['an absurd horizon', () => withFacts({ horizon: 100_000 }), /absurd/],
    [
      'returns that do not cancel',
      () => withStep((step) => (step.rewards ? { ...step, rewards: { 0: { right: 0.5 } } } : step)),
      /do not add up to 0/,
    ],
    ['a return out of bounds', () => withFacts({ utility: { kind: 'general', min: 0, max: 1 } }), /out of bounds/],
    [
      'returns declared identical',
      () => withFacts({ utility: { kind: 'identical', min: -1, max: 1 } }),
      /not the same for all/,
    ],
    ['a sum declared constant', () => constantSum(), /sum of the returns is not constant/],
  ],
  7: [
    [
      'two options with one label',
      () => withTurn((turn) => options(turn, (list) => list.map(({ id }) => ({ id, label: 'this one' })))),
      /label of an option is not read/,
    ],
    [
      'a label that is the id of another',
      () =>
        withTurn((turn) =>
          options(turn, (list) => list.map(({ id }, at) => ({ id, label: list.at(at - 1)?.id ?? id }))),
        ),
      /label of an option is not read/,
    ],
    [
      'a form whose refusal throws',
      () =>
        asForm(
          z.looseObject({}),
          () => ({ side: 'heads' }),
          (value) => ((value as { side?: string }).side === 'heads' ? null : crash()),
        ),
      /the reader throws/,
    ],
    [
      'a form that grows when read',
      () =>
        asForm(
          SIDE.transform(({ side }) => ({ side: `${side}!` })),
          () => ({ side: 'heads' }),
        ),
      /printed move is read differently/,
    ],
  ],
  8: [
    ['a vector of another length', () => ({ vector: () => ({ ...vectorForm(), length: 4 }) }), /another length/],
    [
      'a vector with NaN',
      () => ({ vector: () => ({ ...vectorForm(), encode: () => Float32Array.from([0, Number.NaN, 0]) }) }),
      /not finite/,
    ],
    ['a vector kept between calls', () => sharedVector(), /share their memory/],
    [
      'a vocabulary without an option',
      () => ({ vector: () => ({ ...vectorForm(), actions: ['look', 'go', 'heads'] }) }),
      /missing from the vocabulary/,
    ],
    ['a key by identity of the view', () => identityKey(), /equal view has another key/],
  ],
};

/** The guess as a form instead of a choice. */
function asForm(schema: z.ZodType, sample: () => Json, refuse?: (value: Json) => string | null): Partial<CoinGame> {
  const form = { description: 'how the coin fell', schema, sample, ...(refuse === undefined ? {} : { refuse }) };
  return {
    ...withSpec({ forms: { guess: form } }),
    ...withTurn((turn, state) =>
      turn.kind === 'act' && state.gone === 1 && state.guess === ''
        ? { kind: 'act', spaces: { 1: { kind: 'form', form: 'guess' } } }
        : turn,
    ),
    apply: (state, moves) => {
      const move = 'seats' in moves && state.gone === 1 && state.guess === '' ? { seats: { 1: 'heads' } } : moves;
      return hiddenCoin.apply(state, move);
    },
  };
}

function counting(): (step: Step<Coin>) => Step<Coin> {
  let calls = 0;
  return (step) => ({ ...step, state: { ...step.state, calls: calls++ } });
}

/** Every toss is compared with the last one, whichever episode it belonged to. */
function sharedMemory(): Partial<CoinGame> {
  let last = '';
  let depth = 0;
  return {
    start: (config) => {
      depth++;
      last = '';
      return hiddenCoin.start(config);
    },
    ...withStep((step) => {
      const state = { ...step.state, last };
      last = `${step.state.coin}${step.state.guess}${depth > 0 ? '' : 'never'}`;
      return { ...step, state };
    }),
  };
}

function changingInPlace(step: Step<Coin>, before: Coin): Step<Coin> {
  if (before.guess !== '') (before as { guess: string }).guess = '';
  return step;
}

/** Knows states by identity, which a state out of JSON does not have. */
function byIdentity(): Partial<CoinGame> {
  const own = new WeakSet<Coin>();
  return {
    ...withStep((step) => {
      own.add(step.state);
      return step;
    }),
    ...withView((view, state) => ({ ...view, own: own.has(state) })),
  };
}

function halved(turn: Turn): Turn {
  if (turn.kind !== 'chance' || !('outcomes' in turn)) return turn;
  return { kind: 'chance', outcomes: turn.outcomes.map(([side, probability]) => [side, probability / 2] as const) };
}

function doubled(turn: Turn): Turn {
  if (turn.kind !== 'chance' || !('outcomes' in turn)) return turn;
  const half = turn.outcomes.map(([side, probability]) => [side, probability / 2] as const);
  return { kind: 'chance', outcomes: [...half, ...half] };
}

function drawn(turn: Turn): Turn {
  return turn.kind === 'chance' ? { kind: 'chance', draw: (rng) => rng.pick(['heads', 'tails']) } : turn;
}

function together(turn: Turn, state: Coin): Turn {
  if (turn.kind !== 'act' || state.gone === 1) return turn;
  return { kind: 'act', spaces: { ...turn.spaces, 1: { kind: 'text', maxChars: 10, purpose: 'Wait.' } } };
}

function withEvent(event: Event): Partial<CoinGame> {
  return withStep((step) => ({ ...step, events: [...(step.events ?? []), event] }));
}

function constantSum(): Partial<CoinGame> {
  return {
    ...withFacts({ utility: { kind: 'constant-sum', min: -1, max: 2 } }),
    ...withStep((step) => (step.rewards?.[0]?.right === 1 ? { ...step, rewards: { 0: { right: 2 } } } : step)),
  };
}

function sharedVector(): Partial<CoinGame> {
  const one = new Float32Array(3);
  return { vector: () => ({ ...vectorForm(), encode: () => one }) };
}

function identityKey(): Partial<CoinGame> {
  const names = new WeakMap<object, string>();
  let count = 0;
  return {
    key: (view) => {
      const known = names.get(view as object) ?? `view ${count++}`;
      names.set(view as object, known);
      return known;
    },
  };
}
