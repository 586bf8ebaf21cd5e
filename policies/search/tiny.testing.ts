import { z } from 'zod';
import {
  type Environment,
  environment,
  type Facts,
  type Moves,
  type Turn,
  type Viewer,
} from '../../src/core/environment.js';
import type { JsonObject } from '../../src/core/json.js';
import { choice } from '../../src/core/space.js';

/** A game written down as its tree, all of it told to all. What a step pays stands at the node it leads to. */
export type Tiny = { readonly pay?: readonly number[] } & (
  | { readonly chance: readonly (readonly [share: number, next: Tiny])[] }
  /** One seat or several at once; by what they play, in the order of the seats, with blanks between. */
  | {
      readonly asks: readonly number[];
      readonly options: readonly string[];
      readonly next: { readonly [played: string]: Tiny };
    }
  | { readonly over: true }
);

type State = { readonly path: readonly string[] };

export const config: JsonObject = {};

/** @param secret whether a step is told only to those who made it */
export function tiny(root: Tiny, about: Partial<Facts> = {}, secret = false): Environment {
  const at = ({ path }: State) => path.reduce((node, step) => childOf(node, step), root);
  return environment<State, Record<string, never>>({
    spec: {
      id: 'tiny',
      version: '1.0.0',
      title: 'Tiny',
      summary: 'A game of a test.',
      config: z.strictObject({}),
      rewards: { paid: { says: 'what the tree says', weight: 1, told: 'at once' } },
      events: { went: { told: 'everyone', says: 'the step' } },
      facts: () => ({
        seats: 2,
        information: 'perfect',
        chance: 'listed',
        calls: false,
        dynamics: 'sequential',
        utility: { kind: 'zero-sum', min: -1, max: 1 },
        horizon: 20,
        ...about,
      }),
      rules: () => '',
    },
    start: () => ({ path: [] }),
    turn: (state) => turnOf(at(state)),
    apply(state, moves) {
      const step = stepOf(moves);
      const next = { path: [...state.path, step] };
      const { pay } = at(next);
      const rewards = Object.fromEntries((pay ?? []).map((paid, seat) => [seat, { paid }]));
      return { state: next, events: [{ to: secret ? movers(moves) : 'all', kind: 'went', step }], rewards };
    },
    view: ({ path }, viewer) => ({ path: secret ? seenBy(root, path, viewer) : path }),
    say: () => '',
  });
}

function movers(moves: Moves): number[] {
  return 'seats' in moves ? Object.keys(moves.seats).map(Number) : [];
}

function seenBy(root: Tiny, path: readonly string[], viewer: Viewer): string[] {
  let node = root;
  return path.map((step) => {
    const own = 'asks' in node && node.asks.includes(viewer as number);
    node = childOf(node, step);
    return own || viewer === 'all' ? step : '?';
  });
}

function turnOf(node: Tiny): Turn {
  if ('over' in node) return { kind: 'over', outcome: 'over', truncated: false };
  if ('chance' in node)
    return { kind: 'chance', outcomes: node.chance.map(([share], index) => [index, share] as const) };
  return { kind: 'act', spaces: Object.fromEntries(node.asks.map((seat) => [seat, choice(node.options)])) };
}

function stepOf(moves: Moves): string {
  if ('chance' in moves) return `${moves.chance as number}`;
  return 'seats' in moves ? Object.values(moves.seats).join(' ') : '';
}

function childOf(node: Tiny, step: string): Tiny {
  const child = 'chance' in node ? node.chance[Number(step)]?.[1] : 'next' in node ? node.next[step] : undefined;
  if (child === undefined) throw new RangeError(`there is no step "${step}" here`);
  return child;
}

export function pays(...pay: number[]): Tiny {
  return { pay, over: true };
}
