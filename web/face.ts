import type { ReactNode } from 'react';
import type { Move } from '../src/core/space.js';
import type { TableView } from '../src/server/wire/wire.js';

/**
 * An environment's own face: how its table looks where people look rather than read. The default export of
 * `envs/<id>/view.tsx`, found by that name; without one the view is shown in words. A face draws from the view and the
 * events alone, so that it serves players, spectators and replays alike. Pieces to build one of stand in `web/face/`.
 */
export interface FaceProps {
  /** The table as this viewer sees it; `seat` is null for a spectator or an all-knowing reader. */
  readonly table: Pick<TableView, 'seat' | 'seats' | 'view' | 'events' | 'said' | 'asked' | 'over'>;
  /** What each seat is called. */
  readonly names: readonly string[];
  /** What each seat is at the moment (here, away, an agent), for faces that show the seats; empty in replays. */
  readonly standing: readonly string[];
  /** Plays a move; null when the viewer is not asked, or when a move is on its way. */
  readonly act: ((move: Move) => void) | null;
  /** Private notes of this viewer on this match, kept in the browser; null where nobody plays. */
  readonly notes: Notes | null;
}

export interface Notes {
  read(name: string): string;
  write(name: string, text: string): void;
}

export type Face = (props: FaceProps) => ReactNode;

/** What else a module of a face may say. */
export interface FaceModule {
  readonly default: Face;
  /** Kinds of moves that it has all the means for, so that the plain ones are folded away. `seats`: it shows who sits where. */
  readonly covers?: readonly ('choices' | 'forms' | 'tools' | 'seats')[];
}
