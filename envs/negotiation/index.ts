import { type Event, environment, type Moves, type Rewards, type Step, type Turn } from '../../src/core/environment.js';
import { type Config, config, presets } from './config.js';
import { act } from './form.js';
import { rules, say, show } from './language.js';
import { scripted } from './scripted.js';
import type { Act, Amounts, Deed, State, View } from './types.js';
import { amountsOf, deals, named, restOf, worthOf } from './values.js';

/** Deeds a turn is made of: a speech and an act, or the act alone. */
function perTurn({ config }: State): number {
  return config.talk ? 2 : 1;
}

/** Turns completed by both seats together. */
function turnNumber(state: State): number {
  return Math.floor(state.deeds.length / perTurn(state));
}

function actor(state: State): number {
  return turnNumber(state) % 2;
}

function offersOf(state: State): number {
  let offers = 0;
  for (const deed of state.deeds) if (deed.kind === 'offer') offers++;
  return offers;
}

/** NOTE: the offer on the table is the last deed, or the one before the speech that follows it. */
function standing({ deeds }: State): Amounts | null {
  for (let at = deeds.length - 1; at >= 0 && at >= deeds.length - 2; at--) {
    const deed = deeds[at] as Deed;
    if (deed.kind === 'offer') return deed.take;
  }
  return null;
}

/** What is left of a value now: it shrinks with every offer that another offer has answered. */
function worth(state: State): number {
  return state.config.discount ** Math.max(0, offersOf(state) - 1);
}

function outcomeOf(state: State): string | null {
  const last = state.deeds[state.deeds.length - 1];
  if (last?.kind === 'accept') return 'deal';
  if (last?.kind === 'walk away') return `player_${(turnNumber(state) - 1) % 2} walked away`;
  return state.deeds.length === 2 * state.config.rounds * perTurn(state) ? 'no deal in time' : null;
}

function turn(state: State): Turn {
  const { config, values, deeds } = state;
  if (values.length < 2) return { kind: 'chance', outcomes: deals(config, values) };
  const outcome = outcomeOf(state);
  if (outcome !== null) return { kind: 'over', outcome, truncated: false };
  const seat = actor(state);
  if (config.talk && deeds.length % 2 === 0) {
    const purpose = 'Say something to the other player; you act next. You may stay silent.';
    return { kind: 'act', spaces: { [seat]: { kind: 'text', maxChars: config.maxChars, purpose } } };
  }
  const limits = { items: config.items, accept: standing(state) !== null };
  return { kind: 'act', spaces: { [seat]: { kind: 'form', form: 'act', limits } } };
}

/** What the seat to move just did. */
function deedOf({ config }: State, move: string | Act): Deed {
  if (typeof move === 'string') return { kind: 'said', text: move };
  return move.act === 'offer' ? { kind: 'offer', take: amountsOf(config.items, move.take) } : { kind: move.act };
}

function eventOf(state: State, seat: number, deed: Deed): Event {
  const { items } = state.config;
  switch (deed.kind) {
    case 'said':
      return { to: 'all', kind: 'said', seat, text: deed.text };
    case 'offer':
      return {
        to: 'all',
        kind: 'offered',
        seat,
        take: named(items, deed.take),
        leave: named(items, restOf(items, deed.take)),
      };
    case 'accept': {
      const { own, other } = agreed(state);
      return { to: 'all', kind: 'agreed', seat, take: named(items, own), leave: named(items, other) };
    }
    case 'walk away':
      return { to: 'all', kind: 'walked away', seat };
  }
}

/** What the accepting seat and the other get: the complement of what the offer takes, and that. */
function agreed(state: State): { own: Amounts; other: Amounts } {
  const other = standing(state);
  if (other === null) throw new Error('accepted without an offer');
  return { own: restOf(state.config.items, other), other };
}

function pay(before: State, seat: number, deed: Deed): Rewards {
  const { total, outside } = before.config;
  if (deed.kind !== 'accept') return { 0: { value: outside }, 1: { value: outside } };
  const { own, other } = agreed(before);
  const value = (who: number, got: Amounts) => ({
    value: (worthOf(before.values[who] as Amounts, got) / total) * worth(before),
  });
  return { [seat]: value(seat, own), [1 - seat]: value(1 - seat, other) };
}

function play(state: State, moves: Moves): Step<State> {
  const seat = actor(state);
  const deed = deedOf(state, (moves as { seats: { [seat: number]: string | Act } }).seats[seat] as string | Act);
  const next = { ...state, deeds: [...state.deeds, deed] };
  const event = eventOf(state, seat, deed);
  const outcome = outcomeOf(next);
  if (outcome === null) return { state: next, events: [event] };
  const late: Event[] = outcome === 'no deal in time' ? [{ to: 'all', kind: 'out of time' }] : [];
  return { state: next, events: [event, ...late], rewards: pay(state, seat, deed) };
}

function deal(state: State, values: Amounts): Step<State> {
  const seat = state.values.length;
  return {
    state: { ...state, values: [...state.values, values] },
    events: [{ to: [seat], kind: 'dealt', seat, values: named(state.config.items, values) }],
  };
}

export default environment<State, Config>({
  spec: {
    id: 'negotiation',
    version: '1.0.0',
    title: 'Negotiation',
    summary: 'Two players with private values divide a pile of items by talk and offers.',
    config,
    presets,
    rewards: {
      value: {
        says: 'own value of what the seat gets as a share of the value of everything, discounted; without a deal the outside option',
        weight: 1,
        told: 'at once',
      },
    },
    events: {
      dealt: { told: 'the seat whose values they are', says: 'what one item of each kind is worth to it' },
      said: { told: 'everyone', says: 'which seat said what', look: 'speech' },
      offered: { told: 'everyone', says: 'which seat would take what and leave what' },
      agreed: { told: 'everyone', says: 'which seat accepted, what it gets and what the other gets' },
      'walked away': { told: 'everyone', says: 'which seat ended it without a deal' },
      'out of time': { told: 'everyone', says: 'that the last turn passed without a deal' },
    },
    forms: { act },
    facts: ({ rounds, talk }) => ({
      seats: 2,
      information: 'imperfect',
      chance: 'listed',
      calls: false,
      dynamics: 'sequential',
      utility: { kind: 'general', min: 0, max: 1 },
      horizon: 2 + 2 * rounds * (talk ? 2 : 1),
    }),
    rules,
  },

  start: (config) => ({ config, values: [], deeds: [] }),
  turn,
  apply: (state, moves) => ('chance' in moves ? deal(state, moves.chance as Amounts) : play(state, moves)),

  view(state, viewer): View {
    const { config, values, deeds } = state;
    const you = typeof viewer === 'number' ? viewer : null;
    const offer = standing(state);
    const each = perTurn(state);
    const by = deeds.map((deed, at) => ({ seat: Math.floor(at / each) % 2, ...deed }));
    return {
      you,
      items: config.items,
      values: [0, 1].map((seat) => (viewer === 'all' || seat === you ? (values[seat] ?? null) : null)),
      turn: turnNumber(state),
      standing: offer === null ? null : { seat: by.findLast(({ kind }) => kind === 'offer')?.seat ?? 0, take: offer },
      worth: worth(state),
      deeds: by,
    };
  },
  say,
  show: (view) => show(view as View),
  scripted,
});
