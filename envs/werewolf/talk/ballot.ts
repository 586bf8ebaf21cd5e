import type { Rng } from '../../../src/core/rng.js';
import type { ChoiceSpace } from '../../../src/core/space.js';
import { has, size } from '../seats.js';
import { heat, type Suspicion, suspicion } from './belief.js';
import { best, type Choice, favourite } from './choose.js';
import type { Memory } from './memory.js';
import type { Mood } from './styles.js';
import { hasTold } from './village.js';
import { isCalledWolf, isLost, worth } from './wolf.js';

/** Whom to vote for; null abstains, which only idle talkers do. */
export function vote(memory: Memory, mood: Mood, space: ChoiceSpace, rng: Rng): Choice | null {
  const { style } = mood;
  if (rng.float() < style.idle / 2 && size(memory.alive) > 4) return null;
  const scores = suspicion(memory, !memory.isWolf);
  const liked = rng.float() < style.favours ? favourite(memory) : -1;
  return best(
    space,
    (seat) => {
      const own = memory.isWolf ? wolfValue(memory, mood, scores, seat) : villageValue(memory, scores, seat);
      const said = has(memory.accusersToday[seat] as number, memory.me) ? 0.5 : 0;
      return own + said + 0.3 * size(memory.votersNow[seat] as number) + (seat === liked ? 5 : 0);
    },
    style.noise,
    rng,
  );
}

function villageValue(memory: Memory, scores: Suspicion, seat: number): number {
  return (scores[seat] as number) + heat(memory, scores, seat);
}

/** A wolf votes as it speaks, and for a lost mate only when it has decided to drop him. */
function wolfValue(memory: Memory, mood: Mood, seen: Suspicion, seat: number): number {
  if (has(memory.pack, seat)) return mood.bus && isLost(memory, seen, seat) ? 1 : -30;
  return worth(memory, mood, seen, seat);
}

/** How much a player wants to speak, 0 to 4: news first, then answers, then whoever has not spoken. */
export function bid(memory: Memory, { style }: Mood, rng: Rng): number {
  const { me } = memory;
  if (rng.float() < style.idle) return 0;
  const news =
    memory.role === 'seer' && memory.seen.some((check) => check.finding === 'wolf' && !hasTold(memory, check));
  if (news && style.tellsWolf > 0) return 4;
  const answered = memory.mine.some(({ kind }) => kind === 'deny' || kind === 'claim' || kind === 'counter');
  if (!answered && (isCalledWolf(memory) || memory.accusersToday[me] !== 0)) return 3;
  if (has(memory.spoken, me)) return rng.float() < style.wordy / 2 ? 1 : 0;
  return 1 + rng.below(2);
}
