import {
  type Environment,
  type Event,
  environment,
  type Facts,
  type Spec,
  type Step,
  type Turn,
} from '../src/core/environment.js';
import type { Json } from '../src/core/json.js';
import { type Coin, type CoinGame, hiddenCoin } from './hidden-coin.js';

/** A change to the sound game that a law must catch, with the words of what is found. */
export type Fault = readonly [name: string, faulty: () => Partial<CoinGame>, found: RegExp];

export type Options = readonly { readonly id: string; readonly label: string }[];

export function planted(change: Partial<CoinGame>): Environment {
  return environment<Coin, { readonly stake: number }>({ ...hiddenCoin, ...change });
}

export function withSpec(change: Partial<Spec<{ readonly stake: number }>>): Partial<CoinGame> {
  return { spec: { ...hiddenCoin.spec, ...change } };
}

export function withFacts(change: Partial<Facts>): Partial<CoinGame> {
  return withSpec({ facts: (config) => ({ ...hiddenCoin.spec.facts(config), ...change }) });
}

export function withTurn(change: (turn: Turn, state: Coin) => Turn): Partial<CoinGame> {
  return { turn: (state) => change(hiddenCoin.turn(state), state) };
}

export function withStep(change: (step: Step<Coin>, before: Coin) => Step<Coin>): Partial<CoinGame> {
  return { apply: (state, moves) => change(hiddenCoin.apply(state, moves), state) };
}

export function withView(
  change: (view: { readonly [field: string]: Json }, state: Coin, viewer: unknown) => Json,
): Partial<CoinGame> {
  return {
    view: (state, viewer) =>
      change(hiddenCoin.view(state, viewer) as { readonly [field: string]: Json }, state, viewer),
  };
}

export function options(turn: Turn, change: (options: Options) => Options): Turn {
  if (turn.kind !== 'act') return turn;
  const spaces = Object.entries(turn.spaces).map(([seat, space]) => [
    seat,
    space.kind === 'choice' ? { kind: 'choice' as const, options: change(space.options) } : space,
  ]);
  return { kind: 'act', spaces: Object.fromEntries(spaces) };
}

export function readdressed(step: Step<Coin>, kind: string, to: Event['to']): Step<Coin> {
  return { ...step, events: (step.events ?? []).map((event) => (event.kind === kind ? { ...event, to } : event)) };
}

export function crash(): never {
  throw new Error('the rules break');
}

export function vectorForm() {
  const form = hiddenCoin.vector?.({ stake: 1 });
  if (form === undefined) throw new Error('the sound game has a vector');
  return form;
}
