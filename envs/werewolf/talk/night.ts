import type { Rng } from '../../../src/core/rng.js';
import type { ChoiceSpace } from '../../../src/core/space.js';
import { has, size } from '../seats.js';
import { heat, suspicion, trusts } from './belief.js';
import { best, type Choice, favourite, verbOf } from './choose.js';
import type { Memory } from './memory.js';
import type { Mood } from './styles.js';

/** Whom wolves kill: who leads the village, who threatens the pack, not whoever the village will vote out for them. */
export function kill(memory: Memory, { style }: Mood, space: ChoiceSpace, rng: Rng): Choice | null {
  const looks = suspicion(memory, false);
  const trust = trusts(memory, false);
  const liked = rng.float() < style.favours ? favourite(memory) : -1;
  const missed = memory.quietNight ? memory.lastTarget : -1;
  return best(
    space,
    (seat) => {
      let value = 2.5 * (trust[seat] as number) - 0.25 * Math.max(-3, Math.min(looks[seat] as number, 6));
      const claim = memory.claims[seat];
      if (claim != null && claim !== 'villager' && claim !== 'seer') value += 0.9;
      value += 0.7 * threats(memory, seat);
      if (has(memory.proposals, seat)) value += 2.5;
      if (seat === missed) value -= 1;
      return seat === liked ? value + 9 : value;
    },
    1.6 + style.noise,
    rng,
  );
}

/** How many of the pack a player has spoken or voted against. */
function threats(memory: Memory, seat: number): number {
  let count = 0;
  for (let mate = 0; mate < memory.seats; mate++) {
    if (!has(memory.pack, mate)) continue;
    if (has((memory.accusers[mate] as number) | (memory.voters[mate] as number), seat)) count++;
  }
  return count;
}

/** Whom a seer checks: somebody not checked yet who could be either. */
export function see(memory: Memory, { style }: Mood, space: ChoiceSpace, rng: Rng): Choice | null {
  const scores = suspicion(memory, true);
  const liked = rng.float() < style.favours ? favourite(memory) : -1;
  return best(
    space,
    (seat) => {
      if (memory.seen.some(({ who }) => who === seat)) return -30;
      const score = Math.max(-4, Math.min(scores[seat] as number, 4));
      return (seat === liked ? 9 : 0) + (score > 3 ? 0.5 : score);
    },
    0.6 + style.noise,
    rng,
  );
}

/** Whom doctors and bodyguards protect: believed seers, themselves once they have come out, and whoever looks innocent. */
export function protect(memory: Memory, { style }: Mood, space: ChoiceSpace, rng: Rng): Choice | null {
  const scores = suspicion(memory, true);
  const trust = trusts(memory, true);
  const alone = memory.config.roles.doctor + memory.config.roles.bodyguard === 1;
  return best(
    space,
    (seat) => {
      if (seat === memory.me) return 0.4 + (memory.claims[seat] != null && alone ? 1.5 : 0);
      const score = Math.max(-2.5, Math.min(scores[seat] as number, 6));
      return 4 * (trust[seat] as number) - 0.4 * score;
    },
    0.8 + style.noise,
    rng,
  );
}

/** The witch heals a victim she does not suspect and poisons somebody she is nearly sure of. */
export function brew(memory: Memory, { style }: Mood, space: ChoiceSpace, rng: Rng): string | null {
  const scores = suspicion(memory, true);
  const heal = space.options.find(({ id }) => verbOf(id) === 'heal');
  if (heal !== undefined && memory.victim >= 0) {
    const worthIt = memory.victim === memory.me || (scores[memory.victim] as number) < 1;
    if (worthIt && rng.float() < 0.75) return heal.id;
  }
  const poison = best(space, (seat, id) => aimed(id, 'poison', scores[seat] as number), style.noise, rng);
  return poison !== null && poison.score > 2.5 ? poison.id : null;
}

/** A dying hunter takes the worst suspect along, if anybody looks bad enough. */
export function shoot(memory: Memory, { style }: Mood, space: ChoiceSpace, rng: Rng): Choice | null {
  const scores = suspicion(memory, true);
  const aim = best(space, (seat) => (scores[seat] as number) + 0.5 * heat(memory, scores, seat), style.noise, rng);
  const few = size(memory.alive) <= 4;
  return aim !== null && (aim.score > 0.4 || few) ? aim : null;
}

function aimed(id: string, verb: string, score: number): number {
  return verbOf(id) === verb ? score : Number.NEGATIVE_INFINITY;
}
