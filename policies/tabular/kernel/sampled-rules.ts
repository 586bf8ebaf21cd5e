import type { Rng } from '../../../src/core/rng.js';
import { CHANCE, TERMINAL } from '../../tree/game-tree.js';
import type { Entry, Ledger } from './ledger.js';
import type { Position, Rules } from './rules.js';
import { draw, note, positiveRegret } from './sampled-tree.js';
import { unit } from './sampling.js';

/** What is kept of the mover's information state. */
export function entryAt(rules: Rules, ledger: Ledger, position: Position): Entry {
  return ledger.entry(rules.name(position), rules.options(position));
}

/** Which option regret matching plays. */
export function drawAt({ regrets }: Entry, rng: Rng): number {
  return draw(regrets, 0, regrets.length, positiveRegret(regrets, 0, regrets.length), rng);
}

/** Adds what regret matching plays to the average. */
export function noteAt({ regrets, sums }: Entry): void {
  note(regrets, sums, 0, regrets.length, positiveRegret(regrets, 0, regrets.length));
}

/** As `noteLine` of trees, through the rules. */
export function noteLineOfRules(rules: Rules, ledger: Ledger, seat: number, rng: Rng): void {
  let position = rules.root();
  while (position.mover !== TERMINAL) {
    if (position.mover === CHANCE) position = rules.luck(position, rng);
    else if (position.mover !== seat) {
      position = rules.next(position, Math.floor(unit(rng) * rules.options(position).length));
    } else {
      const entry = entryAt(rules, ledger, position);
      noteAt(entry);
      position = rules.next(position, drawAt(entry, rng));
    }
  }
}
