/**
 * Monte Carlo CFR with external sampling: the seat that learns tries all its options, chance and the others are sampled.
 * SEE: Lanctot, Waugh, Zinkevich, Bowling, "Monte Carlo Sampling for Regret Minimization in Extensive Games", NIPS 2009,
 * section 3.2 (external sampling) and theorem 5.
 *
 * Regrets are unbiased samples of those of CFR, so what CFR promises holds with high probability: equilibrium with two
 * seats and a constant sum; with more seats or a general sum, each seat's regret falls, and no more is promised.
 */
import type { Rng } from '../../src/core/rng.js';
import type { Solver } from '../solver.js';
import { CHANCE, TERMINAL } from '../tree/game-tree.js';
import { ExternalTree } from './kernel/external-tree.js';
import { Ledger } from './kernel/ledger.js';
import { noOptions, readOptions } from './kernel/options.js';
import { type Position, Rules } from './kernel/rules.js';
import { drawAt, entryAt, noteAt, noteLineOfRules } from './kernel/sampled-rules.js';
import { positiveRegret } from './kernel/sampled-tree.js';
import { Sampling, TreeMemory } from './kernel/sampling.js';

/** One iteration: each seat walks the game once. Makes the same draws and sums as `ExternalTree`, in the same order. */
function iterate(rules: Rules, ledger: Ledger, rng: Rng): void {
  for (let seat = 0; seat < rules.seats; seat++) {
    walk(rules, ledger, rng, seat, rules.root());
    if (rules.seats !== 2) noteLineOfRules(rules, ledger, seat, rng);
  }
}

/** The sampled value of a position for the seat that learns. */
function walk(rules: Rules, ledger: Ledger, rng: Rng, seat: number, position: Position): number {
  if (position.mover === TERMINAL) return position.returns[seat] as number;
  if (position.mover === CHANCE) return walk(rules, ledger, rng, seat, rules.luck(position, rng));
  const entry = entryAt(rules, ledger, position);
  if (position.mover !== seat) {
    if (rules.seats === 2) noteAt(entry);
    return walk(rules, ledger, rng, seat, rules.next(position, drawAt(entry, rng)));
  }
  const { regrets, options } = entry;
  const values = options.map((_, option) => walk(rules, ledger, rng, seat, rules.next(position, option)));
  const total = positiveRegret(regrets, 0, regrets.length);
  const weighted = values.reduce(
    (sum, worth, i) => sum + (total > 0 ? Math.max(0, regrets[i] as number) : 1) * worth,
    0,
  );
  const value = weighted / (total > 0 ? total : options.length);
  for (const [i, worth] of values.entries()) regrets[i] = (regrets[i] as number) + worth - value;
  return value;
}

const solver: Solver = {
  id: 'external-mccfr',
  title: 'Monte Carlo CFR, external sampling',
  paper: 'Lanctot, Waugh, Zinkevich, Bowling, NIPS 2009',
  options: noOptions,
  roads: {
    flat: {
      says: 'walks over the compiled tree; any number of seats and any returns',
      open(game, options, rng) {
        readOptions(noOptions, options);
        const memory = new TreeMemory(game.tree());
        const walks = new ExternalTree(game.tree(), memory.regrets, memory.sums, rng);
        return new Sampling(memory, rng, () => walks.iterate());
      },
    },
    contract: {
      says: 'walks straight through the rules, for games too large to compile; chance may be drawn',
      open(game, options, rng) {
        readOptions(noOptions, options);
        const [rules, ledger] = [new Rules(game.environment, game.config), new Ledger()];
        return new Sampling(ledger, rng, () => iterate(rules, ledger, rng));
      },
    },
  },
};

export default solver;
