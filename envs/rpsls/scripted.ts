import type { Scripted, ScriptTurn } from '../../src/core/environment.js';
import { beats, type Config, THROWS, type Throw, type View } from './throws.js';

/**
 * How a language model prompted to reason and act was found to throw.
 * SEE: Xu et al., "Learning strategic language agents in the werewolf game with iterative latent space policy
 * optimization", ICML 2025; exploitability .39.
 */
export const REACT: readonly (readonly [Throw, number])[] = [
  ['rock', 0.53],
  ['paper', 0.29],
  ['scissors', 0.14],
  ['spock', 0.02],
  ['lizard', 0.02],
];

/** A throw that beats what the other seat has thrown most; at random before the first round and among equals. */
function copycat({ view, rng }: ScriptTurn): Throw {
  const { you, throws } = view as View;
  const counts = THROWS.map((hand) => throws.filter((round) => round[1 - (you as number)] === hand).length);
  const most = Math.max(...counts);
  const usual = rng.pick(THROWS.filter((_, at) => counts[at] === most));
  return rng.pick(THROWS.filter((hand) => beats(hand, usual) !== null));
}

const STYLES: { readonly [style: string]: (turn: ScriptTurn) => Throw } = {
  uniform: ({ rng }) => rng.pick(THROWS),
  react: ({ rng }) => rng.weighted(REACT),
  copycat,
};

export const scripted: Scripted<Config> = {
  styles: {
    uniform: 'the equilibrium: every throw with the same probability',
    react: 'throws rock too often, as a language model without training did',
    copycat: 'beats what the other side has thrown most',
  },
  seat: ({ style }) => {
    const play = STYLES[style] ?? copycat;
    return (turn) => ({ move: play(turn) });
  },
};
