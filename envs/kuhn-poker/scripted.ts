import type { Scripted, ScriptTurn } from '../../src/core/environment.js';
import type { Config, View } from './cards.js';

/**
 * How often the first player bets the lowest card; any value from 0 to 1/3 gives an equilibrium.
 * SEE: H. W. Kuhn, "Simplified two-person poker", 1950.
 */
const BLUFF = 1 / 3;

/** Probability of betting or calling in the two-player equilibrium, by card and what has happened. */
const EQUILIBRIUM: { readonly [situation: string]: { readonly [card: string]: number } } = {
  '': { J: BLUFF, Q: 0, K: 3 * BLUFF },
  check: { J: 1 / 3, Q: 0, K: 1 },
  bet: { J: 0, Q: 1 / 3, K: 1 },
  'check bet': { J: 0, Q: BLUFF + 1 / 3, K: 1 },
};

/** NOTE: no closed form is used for three players: strong cards bet and call, the weakest sometimes bluffs. */
const SENSIBLE = {
  open: { J: 0.15, Q: 0, K: 0.1, A: 0.8 } as { readonly [card: string]: number },
  facing: { J: 0, Q: 0, K: 0.4, A: 1 } as { readonly [card: string]: number },
};

/** How likely the scripted player is to put a chip in: to bet, or after a bet to call. */
export function boldness({ you, cards, actions }: View, players: number): number {
  const card = cards[you as number] as string;
  if (players === 2) return EQUILIBRIUM[actions.join(' ')]?.[card] ?? 0;
  return (actions.includes('bet') ? SENSIBLE.facing : SENSIBLE.open)[card] ?? 0;
}

export const scripted: Scripted<Config> = {
  styles: { equilibrium: 'Nash equilibrium with two players (bluffing a third of the time), sensible with three' },
  seat:
    ({ config }) =>
    ({ view, rng }: ScriptTurn) => {
      const seen = view as View;
      const bold = rng.float() < boldness(seen, config.players);
      if (seen.actions.includes('bet')) return { move: bold ? 'call' : 'fold' };
      return { move: bold ? 'bet' : 'check' };
    },
};
