import type { ReactNode } from 'react';
import type { Move } from '../src/core/space.js';
import type { TableView } from '../src/server/rooms/wire.js';

/**
 * An environment's own face: how its table looks where people look rather than read. The default export of
 * `envs/<id>/view.tsx`, found by that name; without one the view is shown in words. A face draws from the view alone, so
 * that it serves players, spectators and replays alike, and it keeps to what the viewer may know by itself.
 */
export interface FaceProps {
  /** The table as this viewer sees it; `seat` is null for a spectator or an all-knowing reader. */
  readonly table: Pick<TableView, 'seat' | 'seats' | 'view' | 'events' | 'said' | 'asked' | 'over'>;
  /** What each seat is called. */
  readonly names: readonly string[];
  /** Plays a move; null when the viewer is not asked, or when a move is on its way. */
  readonly act: ((move: Move) => void) | null;
  /** Under which name the browser keeps private notes; null where nobody plays. */
  readonly notes: string | null;
}

export type Face = (props: FaceProps) => ReactNode;

/** What else a module of a face may say. */
export interface FaceModule {
  readonly default: Face;
  /** `choices`: its buttons are all the options, so that the plain ones are folded away. */
  readonly covers?: readonly ('choices' | 'seats')[];
}
