/**
 * Monte Carlo CFR with outcome sampling: one line of play at a time, so an iteration costs no more than a game.
 * SEE: Lanctot, Waugh, Zinkevich, Bowling, "Monte Carlo Sampling for Regret Minimization in Extensive Games", NIPS 2009,
 * section 3.1 (outcome sampling, equation 10).
 *
 * Regrets are unbiased samples of those of CFR, of larger variance than with external sampling; the same is promised.
 */
import { z } from 'zod';
import type { Rng } from '../../src/core/rng.js';
import type { Solver } from '../solver.js';
import { CHANCE, TERMINAL } from '../tree/game-tree.js';
import { type Entry, Ledger } from './kernel/ledger.js';
import { readOptions } from './kernel/options.js';
import { OutcomeTree } from './kernel/outcome-tree.js';
import { Rules } from './kernel/rules.js';
import { drawAt, entryAt, noteLineOfRules } from './kernel/sampled-rules.js';
import { positiveRegret } from './kernel/sampled-tree.js';
import { Sampling, TreeMemory, unit } from './kernel/sampling.js';

const options = z.strictObject({
  exploration: z
    .number()
    .gt(0)
    .max(1)
    .default(0.6)
    .describe('how often the seat that learns picks evenly instead of by its strategy'),
});

/** An own decision on a line of play. */
interface Decision {
  readonly entry: Entry;
  readonly picked: number;
  /** With what probability the seat's strategy picks that. */
  readonly chance: number;
}

/** One iteration. Makes the same draws and sums as `OutcomeTree`, in the same order. */
function iterate(rules: Rules, ledger: Ledger, rng: Rng, exploration: number): void {
  for (let seat = 0; seat < rules.seats; seat++) {
    play(rules, ledger, rng, exploration, seat);
    noteLineOfRules(rules, ledger, seat, rng);
  }
}

/** The seat explores, chance and the others play as they are: equation 10 needs the seat's own sampling alone. */
function play(rules: Rules, ledger: Ledger, rng: Rng, exploration: number, seat: number): void {
  const decisions: Decision[] = [];
  let explored = 1;
  let position = rules.root();
  while (position.mover !== TERMINAL) {
    if (position.mover === CHANCE) {
      position = rules.luck(position, rng);
      continue;
    }
    const entry = entryAt(rules, ledger, position);
    if (position.mover !== seat) {
      position = rules.next(position, drawAt(entry, rng));
      continue;
    }
    const count = entry.options.length;
    const picked = unit(rng) < exploration ? Math.floor(unit(rng) * count) : drawAt(entry, rng);
    const chance = chanceOf(entry, picked);
    explored *= exploration / count + (1 - exploration) * chance;
    decisions.push({ entry, picked, chance });
    position = rules.next(position, picked);
  }
  learn(decisions, (position.returns[seat] as number) / explored);
}

function chanceOf({ regrets }: Entry, option: number): number {
  const total = positiveRegret(regrets, 0, regrets.length);
  return total > 0 ? Math.max(0, regrets[option] as number) / total : 1 / regrets.length;
}

/**
 * From the last own decision to the first. An option's sampled counterfactual value is the return over the probability
 * of having sampled it, times that of the seat's own moves after the option; 0 if it was not picked.
 */
function learn(decisions: readonly Decision[], weighted: number): void {
  let value = weighted;
  for (const { entry, picked, chance } of [...decisions].reverse()) {
    const mean = chance * value;
    for (let i = 0; i < entry.regrets.length; i++) {
      entry.regrets[i] = (entry.regrets[i] as number) + (i === picked ? value - mean : -mean);
    }
    value = mean;
  }
}

const solver: Solver = {
  id: 'outcome-mccfr',
  title: 'Monte Carlo CFR, outcome sampling',
  paper: 'Lanctot, Waugh, Zinkevich, Bowling, NIPS 2009',
  options,
  roads: {
    flat: {
      says: 'lines of play over the compiled tree; any number of seats and any returns',
      open(game, chosen, rng) {
        const { exploration } = readOptions(options, chosen);
        const memory = new TreeMemory(game.tree());
        const lines = new OutcomeTree(game.tree(), memory, rng, exploration);
        return new Sampling(memory, rng, () => lines.iterate());
      },
    },
    contract: {
      says: 'lines of play straight through the rules, for games too large to compile; chance may be drawn',
      open(game, chosen, rng) {
        const { exploration } = readOptions(options, chosen);
        const [rules, ledger] = [new Rules(game.environment, game.config), new Ledger()];
        return new Sampling(ledger, rng, () => iterate(rules, ledger, rng, exploration));
      },
    },
  },
};

export default solver;
