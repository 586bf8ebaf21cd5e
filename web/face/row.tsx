import { type CSSProperties, type KeyboardEvent, useRef, useState } from 'react';
import type { Move } from '../../src/core/space.js';
import { type Cell, Place } from './place.js';
import './row.css';

interface Props {
  readonly label: string;
  readonly cells: readonly Cell[];
  readonly act: ((move: Move) => void) | null;
  /** Further class, for looks. */
  readonly look: string;
  readonly style?: CSSProperties;
}

/** Things to press in an order, on as many lines as they need. Arrow keys, Home and End go among them. */
export function Row({ label, cells, act, look, style }: Props) {
  const row = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(0);
  const here = Math.min(at, cells.length - 1);
  const press = (event: KeyboardEvent) => {
    const buttons = [...(row.current?.querySelectorAll('button') ?? [])];
    const next = ledTo(event.key, here, buttons);
    if (next === null) return;
    event.preventDefault();
    buttons[next]?.focus();
  };
  return (
    <div ref={row} className={`places ${look}`} style={style} role="toolbar" aria-label={label} onKeyDown={press}>
      {cells.map((cell, place) => (
        <Place
          key={cell.label.split(',')[0]}
          cell={cell}
          act={act}
          here={place === here}
          onFocus={() => setAt(place)}
        />
      ))}
    </div>
  );
}

/** Where a key leads from a place; up and down to what is drawn next above or below it. Null where it leads nowhere. */
function ledTo(key: string, at: number, buttons: readonly HTMLElement[]): number | null {
  switch (key) {
    case 'ArrowLeft':
      return Math.max(0, at - 1);
    case 'ArrowRight':
      return Math.min(buttons.length - 1, at + 1);
    case 'Home':
      return 0;
    case 'End':
      return buttons.length - 1;
    case 'ArrowUp':
      return beyond(buttons, at, -1);
    case 'ArrowDown':
      return beyond(buttons, at, 1);
    default:
      return null;
  }
}

function beyond(buttons: readonly HTMLElement[], at: number, way: 1 | -1): number {
  const from = buttons[at]?.getBoundingClientRect();
  if (from === undefined) return at;
  const apart = (button: HTMLElement) => {
    const { top, left } = button.getBoundingClientRect();
    const down = way * (top - from.top);
    return down <= 1 ? Number.POSITIVE_INFINITY : 10 * down + Math.abs(left - from.left);
  };
  const distances = buttons.map(apart);
  const nearest = Math.min(...distances);
  return nearest === Number.POSITIVE_INFINITY ? at : distances.indexOf(nearest);
}
