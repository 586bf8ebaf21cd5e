import { seatName } from '../../../core/environment.js';
import type { Json } from '../../../core/json.js';
import { replayFor } from '../../replays/frames.js';
import type { Frame, Played } from '../../replays/wire.js';
import type { Guest } from './guest.js';

/** Some steps of an episode that has ended, in words; nothing is hidden any more. */
export interface Replayed {
  readonly text: string;
  /** How many steps there are. */
  readonly steps: number;
  readonly shown: readonly StepShown[];
}

interface StepShown {
  readonly step: number;
  /** What was played: moves by seat, an outcome of chance, answers from outside. */
  readonly played: { readonly [what: string]: Json };
  readonly happened: readonly string[];
  readonly position: string | null;
}

/**
 * Plays an episode again and tells steps of it.
 * @param from the first step to tell, from 1
 * @param count the most steps to tell
 * @throws Refused while the episode goes on
 */
export async function replayed(guest: Guest, id: string, from: number, count: number): Promise<Replayed> {
  const { record, environment } = guest.record(id);
  const { frames } = await replayFor(record, environment, 'all');
  const steps = frames.length - 1;
  const shown = frames.slice(from - 1, Math.min(from - 1 + count, steps)).map((frame, index) => {
    return shownOf(from + index, frame.step as Played, frames[from + index] as Frame);
  });
  const last = from - 1 + shown.length;
  const rest = last < steps ? `Steps ${last + 1} to ${steps} follow.` : 'That was the last step.';
  return { text: [...shown.map((one) => wordsOf(one, steps)), rest].join('\n\n'), steps, shown };
}

function shownOf(step: number, { seats, chance, answers }: Played, { events, shown }: Frame): StepShown {
  const moves = Object.entries(seats).map(([seat, { move }]) => [seatName(Number(seat)), move] as const);
  return {
    step,
    played: {
      ...Object.fromEntries(moves),
      ...(chance === null ? {} : { chance }),
      ...(answers === null ? {} : { answers }),
    },
    happened: events.map(({ said }) => said).filter((line) => line !== ''),
    position: shown,
  };
}

function wordsOf({ step, played, happened, position }: StepShown, steps: number): string {
  const moves = Object.entries(played).map(
    ([who, move]) => `${who}: ${typeof move === 'string' ? move : JSON.stringify(move)}`,
  );
  return [`Step ${step} of ${steps}`, ...moves, ...happened, ...(position === null ? [] : [position])].join('\n');
}
