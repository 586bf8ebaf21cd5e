import { isTold } from '../../src/core/environment.js';
import type { Frame, ReplayViewer } from '../../src/server/replays/wire.js';

/** How much a viewer had been told, and had moved, when each frame was seen. */
type Known = readonly { readonly events: number; readonly moves: number }[];

/** Which frame of a viewer belongs to each turn of the record, and back. A turn is a place in the frames of `all`. */
export interface Match {
  frameAt(turn: number): number;
  /** The first turn at which the viewer saw a frame. */
  turnAt(frame: number): number;
}

const SAME: Match = { frameAt: (turn) => turn, turnAt: (frame) => frame };

/**
 * Lays the frames of a viewer along the turns of the record. Its own frames say nothing of turns, for they would count
 * what others do in secret; whoever sees all can tell from what the viewer knew at each.
 */
export function matched(all: readonly Frame[], own: readonly Frame[], viewer: ReplayViewer): Match {
  if (viewer === 'all') return SAME;
  const [turns, frames] = [knownBy(all, viewer), knownBy(own, viewer)];
  return {
    frameAt(turn) {
      const now = turns[turn] ?? turns.at(-1);
      const last = frames.findLastIndex(
        ({ events, moves }) => events <= (now?.events ?? 0) && moves <= (now?.moves ?? 0),
      );
      return Math.max(0, last);
    },
    turnAt(frame) {
      const now = frames[frame] ?? frames.at(-1);
      const first = turns.findIndex(({ events, moves }) => events >= (now?.events ?? 0) && moves >= (now?.moves ?? 0));
      return first < 0 ? turns.length - 1 : first;
    },
  };
}

function knownBy(frames: readonly Frame[], viewer: 'public' | number): Known {
  let [events, moves] = [0, 0];
  return frames.map((frame, at) => {
    events += frame.events.filter(({ event }) => isTold(event, viewer)).length;
    if (viewer !== 'public' && frames[at - 1]?.step?.seats[viewer] !== undefined) moves++;
    return { events, moves };
  });
}

/** The frames before which somebody decides: the viewer, or anybody for those who see all. */
export function decisions(frames: readonly Frame[]): readonly number[] {
  return frames.flatMap(({ step }, at) => (Object.keys(step?.seats ?? {}).length > 0 ? [at] : []));
}

/** Where jumps from a frame lead; null where there is nowhere to go. */
export function jumps(turns: readonly number[], at: number): { readonly [to in Jump]: number | null } {
  return {
    first: elsewhere(turns[0], at),
    previous: turns.findLast((turn) => turn < at) ?? null,
    next: turns.find((turn) => turn > at) ?? null,
    last: elsewhere(turns.at(-1), at),
  };
}

export type Jump = 'first' | 'previous' | 'next' | 'last';

/** Where a key leads from a frame; null for keys that lead nowhere. */
export function keyed(key: string, at: number, last: number): number | null {
  switch (key) {
    case 'ArrowLeft':
      return Math.max(0, at - 1);
    case 'ArrowRight':
      return Math.min(last, at + 1);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}

function elsewhere(turn: number | undefined, at: number): number | null {
  return turn === undefined || turn === at ? null : turn;
}
