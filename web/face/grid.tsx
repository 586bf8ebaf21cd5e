import { type KeyboardEvent, useRef, useState } from 'react';
import type { Move } from '../../src/core/space.js';
import { type Cell, Place } from './place.js';
import './grid.css';

interface Props {
  readonly label: string;
  /** Rows from top to bottom, all equally long. */
  readonly rows: readonly (readonly Cell[])[];
  readonly act: ((move: Move) => void) | null;
  /** Further class, for looks. */
  readonly look: string;
}

/** A board of places to press. Arrow keys, Home and End move around; only the place one is at takes the focus. */
export function Grid({ label, rows, act, look }: Props) {
  const board = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState<readonly [number, number]>([0, 0]);
  const width = rows[0]?.length ?? 0;
  const press = (event: KeyboardEvent) => {
    const next = stepped(event.key, at, rows.length, width);
    if (next === null) return;
    event.preventDefault();
    setAt(next);
    board.current?.querySelectorAll('button')[next[0] * width + next[1]]?.focus();
  };
  return (
    <div ref={board} className={`grid ${look}`} role="toolbar" aria-label={label} onKeyDown={press}>
      {rows.map((cells, row) => (
        <div key={cells[0]?.label ?? row} className="line">
          {cells.map((cell, column) => (
            <Place
              key={cell.label.split(',')[0]}
              cell={cell}
              act={act}
              here={at[0] === row && at[1] === column}
              onFocus={() => setAt([row, column])}
            />
          ))}
        </div>
      ))}
    </div>
  );
}

/** Where a key leads from a place, staying on the board; null where it leads nowhere. */
export function stepped(
  key: string,
  [row, column]: readonly [number, number],
  height: number,
  width: number,
): readonly [number, number] | null {
  switch (key) {
    case 'ArrowUp':
      return [Math.max(0, row - 1), column];
    case 'ArrowDown':
      return [Math.min(height - 1, row + 1), column];
    case 'ArrowLeft':
      return [row, Math.max(0, column - 1)];
    case 'ArrowRight':
      return [row, Math.min(width - 1, column + 1)];
    case 'Home':
      return [row, 0];
    case 'End':
      return [row, width - 1];
    default:
      return null;
  }
}
