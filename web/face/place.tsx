import type { CSSProperties, ReactNode } from 'react';
import type { Move } from '../../src/core/space.js';

/** Something on a table that may be pressed to play. */
export interface Cell {
  /** What it is and how it stands, in words; up to its first comma it is the name that tells it from the others. */
  readonly label: string;
  readonly drawn: ReactNode;
  /** What pressing it plays; null where nothing can be played. */
  readonly move: Move | null;
  /** Whether to set it off, as the place of the last move. */
  readonly marked?: boolean;
  /** Where it is drawn, on a table that is no list. */
  readonly style?: CSSProperties;
}

interface Props {
  readonly cell: Cell;
  readonly act: ((move: Move) => void) | null;
  /** Whether the focus comes here: among places that belong together, to one alone. */
  readonly here: boolean;
  readonly onFocus: () => void;
}

/** NOTE: closed places stay in reach of the keys, so that the table can be read; they only cannot be played. */
export function Place({ cell, act, here, onFocus }: Props) {
  const open = act !== null && cell.move !== null;
  return (
    <button
      type="button"
      aria-label={cell.label}
      aria-disabled={!open}
      className={cell.marked === true ? 'marked' : undefined}
      style={cell.style}
      tabIndex={here ? 0 : -1}
      onFocus={onFocus}
      onClick={() => {
        if (open) act(cell.move as Move);
      }}
    >
      {cell.drawn}
    </button>
  );
}
